"""数的格式: named ways to write numbers, chosen for prose, tables, columns, figures and single places of a template."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from generator.model.document import TableBlock
from generator.model.money import Money, Scale
from generator.model.number_format import NumberFormat
from generator.model.problem import Severity
from generator.work.check import check
from generator.work.report import report
from generator.work.stages import Finished
from generator.work.workshop import Workshop
from tests.conftest import ROOT

YUAN = Money(Decimal("2049197.50"), Scale.YUAN)


@pytest.mark.parametrize(
    ("way", "money", "text"),
    [
        (NumberFormat(), YUAN, "204.92"),
        (NumberFormat(cut=True), YUAN, "204.91"),
        (NumberFormat(Scale.YUAN, thousands=True), YUAN, "2,049,197.50"),
        (NumberFormat(Scale.YUAN, 0, thousands=True), YUAN, "2,049,198"),
        (NumberFormat(places=1), YUAN, "204.9"),
        (NumberFormat(trimmed=True), Money(Decimal("480.00")), "480"),
        (NumberFormat(trimmed=True), Money(Decimal("411.20")), "411.2"),
        (NumberFormat(trimmed=True), Money(Decimal("1000.00")), "1000"),
        (NumberFormat(zero="0"), Money(Decimal(0)), "0"),
        (NumberFormat(zero=""), Money(Decimal("0.001")), ""),
        (NumberFormat(), Money(Decimal(0)), "0.00"),
    ],
)
def test_an_amount(way: NumberFormat, money: Money, text: str) -> None:
    assert way.money(money) == text


REPORT = """
数的格式:
  去零: {单位: 万元, 小数: 至多2, 零: "0"}
  整元: {单位: 元, 小数: 0, 千分位: 是, 零: 空白}
  整万: {单位: 万元, 小数: 0}
  一位: {小数: 至多1}
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "tests" / "profiles" / "tiny", tmp_path / "templates" / "tiny")
    shutil.copytree(ROOT / "tests" / "data", tmp_path / "data")
    _edit(tmp_path, "report.yaml", "\n惯例:\n", f"{REPORT}\n惯例:\n")
    return tmp_path


def _edit(place: Path, name: str, old: str, new: str) -> None:
    path = place / "templates" / "tiny" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def finished(place: Path) -> Finished:
    ended = check(Workshop(place / "templates", "tiny"), place / "data", 2023)
    errors = [problem for problem in ended.problems if problem.severity is Severity.ERROR]
    assert isinstance(ended, Finished) and not errors, errors
    made = report(Workshop(place / "templates", "tiny"), place / "data", 2023)
    assert not [problem for problem in made.ended.problems if problem.severity is Severity.ERROR], made.ended.problems
    return ended


def cells(done: Finished, key: str) -> list[tuple[str, ...]]:
    blocks = [block for block in done.document.blocks if isinstance(block, TableBlock)]
    return [row.texts for block in blocks if block.key == key for row in block.rows]


def words(done: Finished) -> str:
    return "\n".join(getattr(block, "text", "") for block in done.document.blocks)


def test_prose_in_the_format_of_the_place(place: Path) -> None:
    _edit(place, "report.yaml", "惯例:\n", "惯例:\n  文中金额: 去零\n  百分比: 一位\n")
    said = words(finished(place))
    assert "123.46万元" in said
    assert "基本支出56.67万元，占45.9%" in said


def test_one_number_in_a_format_of_its_own(place: Path) -> None:
    _edit(place, "prose/notes.j2", "{{ 年 }}年预算{{ 全部 | 金额 }}", '{{ 年 }}年预算{{ 全部 | 金额("整元") }}')
    assert "预算1,234,568元" in words(finished(place))


def test_a_figure_s_own_format(place: Path) -> None:
    _edit(place, "figures.yaml", "全部: {}", "全部: {取: {}, 格式: 整元}")
    assert "预算1,234,568元" in words(finished(place))


def test_a_table_in_a_unit_of_its_own(place: Path) -> None:
    _edit(place, "tables/funds.yaml", "标题:", "格式: 去零\n标题:")
    done = finished(place)
    block = next(block for block in done.document.blocks if isinstance(block, TableBlock) and block.key == "funds")
    assert block.headline is not None
    assert block.headline[1] == "金额单位：万元"
    assert "6.79" in {text for row in block.rows for text in row.texts}


def test_a_column_in_whole_units_may_be_off_in_its_sums(place: Path) -> None:
    """56.67 and 66.79 add up to 123.46, and 57 and 67 to 124: printed 123, that is no error."""
    _edit(place, "report.yaml", "惯例:\n", "惯例:\n  表内金额: 整万\n")
    done = finished(place)
    assert "123" in {text for key in ("funds", "functions", "income") for row in cells(done, key) for text in row}


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("report.yaml", "小数: 0, 千分位", "小数: 五, 千分位", "“小数”不能是“五”"),
        ("report.yaml", "零: 空白", "零: 没有", "“零”不能是“没有”"),
        ("report.yaml", "\n惯例:\n", "\n惯例:\n  文中金额: 去铃\n", "没有名为“去铃”的数的格式"),
        ("tables/funds.yaml", "标题:", "格式: 整圆\n标题:", "没有名为“整圆”的数的格式"),
        ("prose/notes.j2", "全部 | 金额 }}", '全部 | 金额("整圆") }}', "没有名为“整圆”的数的格式"),
    ],
)
def test_a_wrong_format_is_told(place: Path, file: str, old: str, new: str, expected: str) -> None:
    _edit(place, file, old, new)
    ended = check(Workshop(place / "templates", "tiny"), place / "data", 2023)
    assert expected in [problem.message for problem in ended.problems]
