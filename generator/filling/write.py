"""The fill-in workbook as bytes: the same bytes each time for the same data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from generator.filling.explained import explain
from generator.filling.heads import ECONOMIC, FUNCTION, GOVERNMENT, LIST_OF, unit_shown
from generator.filling.layout import SPENT, forms_of, told_by
from generator.filling.looks import LOOKS, lines_of, look_of
from generator.filling.mark import LISTS, SHEET, Mark
from generator.filling.nouns import UNIT, WHOLE, Column, Form, Ground, Kind, Said
from generator.filling.panel import Panel, panel_of
from generator.filling.projects import NAME, WHICH
from generator.filling.rules import Place, colour, colour_apart, fits, is_value, validate
from generator.model.classification import ITEMS
from generator.sheets.numbers import typed_number
from generator.sheets.sheet import letters_of

_LAST, _MORE = 3000, 1000
"""The row that drop-downs, colours and live sums look at last, at least; and how many below what stands there."""
_PROJECTS = "项目"
_MOST_DIGITS, _HIGHEST = 15, 400


def workbook_of(ground: Ground, mark: Mark) -> bytes:
    """The whole workbook."""
    every = [
        form._replace(columns=tuple(column for column in form.columns if not column.seldom))
        for form in forms_of(ground)
    ]
    told = told_by(every, ground.trees)
    forms = [form for form in every if told[form.title] or not form.seldom]
    out = BytesIO()
    book = Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})  # fmt: skip
    book.set_properties({"title": f"{mark.name}{ground.year}年填报表", "created": datetime(ground.year, 1, 1)})  # noqa: DTZ001 - the same bytes each time
    writing = _Writing(ground, book, {name: book.add_format(look) for name, look in LOOKS.items()}, forms, told)
    sheets = [book.add_worksheet(name) for name in ("说明", *(form.title for form in forms), LISTS, SHEET)]
    explain(sheets[0], writing.looks, forms, mark)
    lists = writing.lists(sheets[-2])
    for form, sheet in zip(forms, sheets[1:-2], strict=True):
        writing.form(form, sheet, lists)
    for row, pair in enumerate(mark.rows):
        sheets[-1].write_row(row, 0, pair)
    sheets[-1].very_hidden()
    sheets[0].activate()
    book.close()
    return out.getvalue()


class _Writing(NamedTuple):
    """A workbook being written."""

    ground: Ground
    book: Workbook
    looks: dict[str, Format]
    forms: Sequence[Form]
    told: Mapping[str, Sequence[Said]]

    def place(self, form: Form) -> Place:
        """Where a form's rows stand."""
        letters = {column.title: letters_of(number) for number, column in enumerate(form.columns, 1)}
        head = 9 if form.title == SPENT else 4
        return Place(head, max(_LAST, head + len(self.told[form.title]) + _MORE), letters)

    def lists(self, sheet: Worksheet) -> dict[str, str]:
        """The hidden sheet of long drop-down lists: each list's name, and where it stands."""
        codes = self.ground.codes
        units = [unit_shown(code, self.ground) for code in self.ground.agencies]
        lists = {UNIT: units, WHOLE: [WHOLE, *units]}
        for title in (FUNCTION, ECONOMIC, GOVERNMENT):
            names = codes.names(LIST_OF[title])
            finest = sorted((code, name) for code, name in names.items() if len(code) == ITEMS[LIST_OF[title]])
            lists[title] = [f"{code} {name}" for code, name in finest]
        closed = {column.choices for form in self.forms for column in form.columns if not fits(column.choices)}
        lists |= {"、".join(choices): list(choices) for choices in sorted(closed)}
        found = {}
        for column, (title, items) in enumerate(lists.items()):
            sheet.write_column(0, column, [title, *items])
            letters = letters_of(column + 1)
            found[title] = f"='{LISTS}'!${letters}$2:${letters}${max(len(items), 1) + 1}"
        sheet.hide()
        projects = next(form for form in self.forms if form.title == _PROJECTS)
        place = self.place(projects)
        found[WHICH] = f"={place.range(NAME, _PROJECTS)}"
        return found

    def form(self, form: Form, sheet: Worksheet, lists: Mapping[str, str]) -> None:
        """One sheet."""
        place, rows = self.place(form), self.told[form.title]
        name = self.ground.head.get("名称") or ""
        sheet.write_string(0, 0, f"{form.title}　{self.ground.year}年　{name}", self.looks["title"])
        unit = f"金额单位：{self.ground.scale}。" if any(column.kind is Kind.MONEY for column in form.columns) else ""
        sheet.write_string(1, 0, f"{form.about}{unit}", self.looks["about"])
        if form.title == SPENT:
            self._panel(sheet)
        for number, column in enumerate(form.columns):
            self._head(sheet, place, number, column)
            validate(sheet, place, (number, column), lists)
        for number, said in enumerate(rows):
            self._row(sheet, form, place.head + number, said)
        for number in range(form.spare):
            self._row(sheet, form, place.head + len(rows) + number, Said({}))
        colour(sheet, self.book, form, place, rows)
        self._set_up(sheet, form, place, len(rows) + form.spare)

    def _panel(self, sheet: Worksheet) -> None:
        """The sums above 支出明细, against 控制数."""
        controls = next(form for form in self.forms if form.title == "控制数")
        panel: Panel = panel_of(self.ground, self.told[SPENT], self.told[controls.title])
        spent = self.place(next(form for form in self.forms if form.title == SPENT))
        ranges = {title: spent.range(title) for title in spent.letters}
        for row, title in enumerate(("", "填报合计", "控制数", "相差")):
            sheet.write_string(2 + row, 0, title, self.looks["label"])
        for column, one in enumerate(panel, 1):
            letters = letters_of(column + 1)
            sheet.write_string(2, column, one.title, self.looks["label"])
            sheet.write_formula(3, column, one.sum.formula(ranges), self.looks["label_money"], _number(one.amount))
            if one.control is None:
                sheet.write_blank(4, column, None, self.looks["label_money"])
                sheet.write_blank(5, column, None, self.looks["label_money"])
                continue
            place = self.place(controls)
            cell = f"'控制数'!${place.letters['控制数']}${place.head + 1 + one.control}"
            said = typed_number(self.told[controls.title][one.control].texts["控制数"])
            known = "" if said is None else _number(said)
            sheet.write_formula(4, column, f'=IF(ISNUMBER({cell}),{cell},"")', self.looks["label_money"], known)
            apart = "" if said is None else _number(one.amount - said)
            sheet.write_formula(5, column, f'=IF(ISNUMBER({letters}5),ROUND({letters}4-{letters}5,2),"")', self.looks["label_money"], apart)  # fmt: skip
        last = letters_of(len(panel) + 1)
        colour_apart(sheet, f"B6:{last}6", "B6", self.book)

    def _head(self, sheet: Worksheet, place: Place, number: int, column: Column) -> None:
        row = place.head - 1
        sheet.write_string(row, number, column.title, self.looks["head"])
        if column.who:
            sheet.write_string(row - 1, number, column.who, self.looks["who"])
        told = "\n".join(
            filter(None, (column.hint, column.who and f"谁知道：{column.who}", "必填" if column.needed else ""))
        )
        if told:
            sheet.write_comment(row, number, told, {"author": "填报表", "x_scale": 1.6, "font_size": 9})
        kind = "column_label" if column.fixed else f"column_{look_of(column.kind)}"
        sheet.set_column(number, number, column.width, self.looks[kind])

    def _row(self, sheet: Worksheet, form: Form, row: int, said: Said) -> None:
        lines = max(lines_of(said.texts.get(column.title, ""), column.width) for column in form.read_back)
        if lines > 1:
            sheet.set_row(row, min(_HIGHEST, 16 * lines + 2))
        for number, column in enumerate(form.columns):
            value = said.texts.get(column.title, "")
            kind = (
                said.kind or column.kind
                if not (column.fixed or column.list) and is_value(form, column)
                else column.kind
            )
            look = self.looks["label" if column.fixed and column.kind is not Kind.MONEY else "label_money" if column.fixed else look_of(kind)]  # fmt: skip
            if said.sum is not None and column.title in ("填报合计", "相差"):
                self._live(sheet, form, row, number, said)
            elif not value:
                sheet.write_blank(row, number, None, look)
            elif kind in (Kind.MONEY, Kind.COUNT) and not column.fixed and (amount := _exact(value, kind)) is not None:
                sheet.write_number(row, number, amount, look)
            else:
                sheet.write_string(row, number, value, look)
            if said.choices and is_value(form, column):
                told = {"validate": "list", "source": list(said.choices), "error_type": "stop", "error_title": said.texts.get("项目", "")[:32], "error_message": "请从下拉里选。"}  # fmt: skip
                sheet.data_validation(row, number, row, number, told)

    def _live(self, sheet: Worksheet, form: Form, row: int, number: int, said: Said) -> None:
        """What 支出明细 comes to, and how far that is from the 控制数 beside it."""
        spent = next(one for one in self.forms if one.title == SPENT)
        lines = [one.texts for one in self.told[SPENT]]
        if said.sum is None or not said.sum.terms:
            sheet.write_blank(row, number, None, self.looks["label_money"])
            return
        amount = said.sum.amount(lines)
        control = typed_number(said.texts["控制数"])
        own = self.place(form)
        if form.columns[number].title == "填报合计":
            place = self.place(spent)
            ranges = {title: place.range(title, SPENT) for title in place.letters}
            sheet.write_formula(row, number, said.sum.formula(ranges), self.looks["label_money"], _number(amount))
            return
        typed, summed = (f"{own.letters[title]}{row + 1}" for title in ("控制数", "填报合计"))
        apart = "" if control is None else _number(amount - control)
        sheet.write_formula(
            row, number, f'=IF(ISNUMBER({typed}),ROUND({summed}-{typed},2),"")', self.looks["label_money"], apart
        )

    def _set_up(self, sheet: Worksheet, form: Form, place: Place, rows: int) -> None:
        sheet.protect("", {
            "format_cells": True, "format_columns": True, "format_rows": True, "insert_rows": True, "delete_rows": True,
            "sort": True, "autofilter": True,
        })  # fmt: skip
        sheet.freeze_panes(place.head, 1)
        sheet.autofilter(place.head - 1, 0, place.head + max(rows, 1) - 1, len(form.columns) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(place.head - 1)
        sheet.set_margins(0.4, 0.4, 0.6, 0.6)
        sheet.set_footer("&L&A&R第&P页，共&N页")
        sheet.print_area(
            0, 0, place.head + max(rows, 1) - 1, len(form.columns) - 1
        )  # what is typed into spare rows, too
        sheet.set_row(0, 24)
        sheet.set_row(place.head - 1, 22)


def _exact(text: str, kind: Kind) -> float | None:
    """A number's text as Excel can hold it, where nothing of it is lost."""
    number = typed_number(text)
    if number is None or len(number.as_tuple().digits) > _MOST_DIGITS or f"{number:f}" != text:
        return None
    return _number(number)


def _number(number: Decimal) -> float:
    return float(number)
