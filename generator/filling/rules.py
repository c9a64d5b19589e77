"""What a sheet does while a person fills it in: drop-down lists, what cells tell and warn of, colours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from generator.filling.heads import MONEY
from generator.filling.looks import DOUBT, MISSING, RIGHT, WRONG
from generator.filling.nouns import Column, Form, Kind, Said
from generator.model.doubts import BLANK

_LONGEST = 250


class Place(NamedTuple):
    """Where a form's rows stand: the row of its heads and the last that may hold any, counted from 1; each column's letters."""

    head: int
    last: int
    letters: Mapping[str, str]

    def range(self, title: str, sheet: str = "") -> str:
        """A column's cells, as a formula names them."""
        column = self.letters[title]
        of = f"'{sheet}'!" if sheet else ""
        return f"{of}${column}${self.head + 1}:${column}${self.last}"


def validate(sheet: Worksheet, place: Place, at: tuple[int, Column], lists: Mapping[str, str]) -> None:
    """Its drop-down list, or what it warns of, and what a person is told in a cell of it."""
    number, column = at
    if column.fixed:
        return
    told: dict[str, Any] = {"input_title": column.title[:32], "input_message": (column.hint + (f"谁知道：{column.who}。" if column.who else ""))[:255] or column.title, "ignore_blank": True}  # fmt: skip
    if column.list or column.choices:
        listed = lists.get(column.list or "、".join(column.choices), list(column.choices))
        told |= {
            "validate": "list", "source": listed,
            "error_type": "warning" if column.list else "stop", "error_title": column.title[:32],
            "error_message": "不在下拉的列表里。请核对。" if column.list else "请从下拉里选。",
        }  # fmt: skip
    elif column.kind in (Kind.MONEY, Kind.COUNT):
        whole = column.kind is Kind.COUNT
        told |= {
            "validate": "integer" if whole else "decimal", "criteria": ">=", "value": 0 if whole else -(10**13), "error_type": "warning",
            "error_title": column.title[:32], "error_message": "请只填整数。" if whole else "请只填数，不带单位。",
        }  # fmt: skip
    elif not column.hint:
        return
    else:
        told |= {"validate": "any"}
    sheet.data_validation(place.head, number, place.last - 1, number, told)


def colour(sheet: Worksheet, book: Workbook, form: Form, place: Place, rows: Sequence[Said]) -> None:
    """What is missing, what is no number, what differs from its 控制数."""
    missing, doubt = book.add_format({"bg_color": MISSING}), book.add_format({"bg_color": DOUBT})
    first, last = place.head + 1, place.letters[form.read_back[-1].title]
    blank = {"type": "cell", "criteria": "==", "value": f'"{BLANK}"', "format": missing}
    sheet.conditional_format(f"A{first}:{last}{place.last}", blank)
    for column in form.columns:
        letters = place.letters[column.title]
        area = f"{letters}{first}:{letters}{place.last}"
        if column.needed:
            begun = f"AND(COUNTA($A{first}:${last}{first})>0,LEN(TRIM(${letters}{first}))=0)"
            sheet.conditional_format(area, {"type": "formula", "criteria": f"={begun}", "format": missing})
        if column.kind is Kind.MONEY and not column.fixed:
            typed = f"=AND(ISTEXT(${letters}{first}),LEN(${letters}{first})>0)"
            sheet.conditional_format(area, {"type": "formula", "criteria": typed, "format": doubt})
    for number, said in enumerate(rows):
        if said.needed:
            value = next(column.title for column in form.columns if is_value(form, column))
            cell = f"{place.letters[value]}{place.head + 1 + number}"
            sheet.conditional_format(cell, {"type": "formula", "criteria": f"=LEN(TRIM({cell}))=0", "format": missing})
    if "相差" in place.letters:
        letters = place.letters["相差"]
        colour_apart(sheet, f"{letters}{first}:{letters}{place.last}", f"{letters}{first}", book)


def colour_apart(sheet: Worksheet, area: str, cell: str, book: Workbook) -> None:
    """Green where nothing is between a sum and its 控制数, red where something is."""
    for criteria, colour in ((f'=AND({cell}<>"",{cell}<>0)', WRONG), (f'=AND({cell}<>"",{cell}=0)', RIGHT)):
        sheet.conditional_format(area, {"type": "formula", "criteria": criteria, "format": book.add_format({"bg_color": colour})})  # fmt: skip


def fits(choices: Sequence[str]) -> bool:
    """Whether a drop-down list can be written into the cell's rule itself."""
    return len(",".join(choices)) < _LONGEST and not any("," in one for one in choices)


def is_value(form: Form, column: Column) -> bool:
    """Whether it is the column of a sheet of facts that is filled in."""
    return column.title in ("填写", "控制数", "内容") or (
        column.title == MONEY and not column.list and form.title == "上年数"
    )
