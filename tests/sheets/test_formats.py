"""Number formats show a number as Excel does."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator.sheets.formats import is_date, shown
from generator.sheets.numbers import typed_number

SHOWN = (
    ("1234.567", "", "1234.567"),
    ("1234.567", "General", "1234.567"),
    ("1234567.5", "#,##0.00", "1,234,567.50"),
    ("0", "#,##0.00", "0.00"),
    ("0", "#,##0.00;-#,##0.00;-", "-"),
    ("0", "#,##0.00_ ;[Red]-#,##0.00\\ ", "0.00"),
    ("-5.5", "#,##0.00_ ;[Red]\\-#,##0.00\\ ", "-5.50"),
    ("-5.5", "0.0", "-5.5"),
    ("-5.5", "0.0;(0.0)", "(5.5)"),
    ("5", '#,##0.00"万元"', "5.00万元"),
    ("12345678", '#,##0.00,"千元"', "12,345.68千元"),
    ("12345678", "0.00,,", "12.35"),
    ("0.0525", "0.00%", "5.25%"),
    ("0.5", "#.##", ".5"),
    ("5", "0.##", "5."),
    ("301", "000000", "000301"),
    ("5", "[$¥-804]#,##0.00", "¥5.00"),
    ("0.005", "0.00", "0.01"),
    ("410395220000000000000", "0.00E+00", "4.10E+20"),
    ("410395220000000000000", "0", "410395220000000000000"),
    ("5.5", "# ?/?", "5.5"),
    ("46023", 'yyyy"年"m"月"d"日"', "2026年1月1日"),
    ("46023", "yyyy\\-mm\\-dd;@", "2026-01-01"),
    ("46023.75", "yyyy/m/d h:mm", "2026/1/1 18:00"),
    ("46023.75", "h:mm AM/PM", "6:00 PM"),
    ("46023.5001", "mm:ss", "00:09"),
    ("1", "yyyy-mm-dd", "1900-01-01"),
    ("-1", "yyyy-mm-dd", "-1"),
    ("46023", 'm"月"d"日"aaaa', "1月1日星期四"),
)


@pytest.mark.parametrize(("number", "code", "text"), SHOWN)
def test_a_number_is_shown_as_excel_shows_it(number: str, code: str, text: str) -> None:
    assert shown(Decimal(number), code) == text


def test_which_formats_are_days() -> None:
    days = [
        code
        for code in ("yyyy/m/d", "[h]:mm", "0.00", '0.00"days"', "General", "[Red]0", "d-mmm", "@")
        if is_date(code)
    ]
    assert days == ["yyyy/m/d", "[h]:mm", "d-mmm"]


def test_texts_that_are_numbers() -> None:
    said = (
        "1,234.50",
        " 12 ",
        "１２３．５",
        "-3",
        "－3",
        "1，234",
        "￥5",
        ".5",
        "1,23",
        "12万元",
        "5%",
        "",
        "1.2.3",
        "1e5",
        "无",
    )
    found = [typed_number(text) for text in said]
    assert [None if number is None else str(number) for number in found] == [
        "1234.50", "12", "123.5", "-3", "-3", "1234", "5", "0.5", None, None, None, None, None, None, None,
    ]  # fmt: skip
