"""An Excel workbook's cells as text: what a list of codes is read from. Nothing is computed, styled or followed.

Plain cells are all that is asked for, so the door for Word files and the standard library do, and no library more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from itertools import islice
from typing import NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from generator.model.problem import UsageError
from generator.opc import Package

Row = tuple[int, list[str]]
"""A row's number as Excel shows it, and its cells."""
_LARGEST = 8 * 1024 * 1024
_MOST_COLUMNS, _MOST_SHEETS, _LONGEST_NUMBER = 40, 50, 20
_CELL = re.compile(r"([A-Z]{1,3})[0-9]{1,7}")


class Sheet(NamedTuple):
    """A visible sheet: its name and its rows that hold anything."""

    name: str
    rows: list[Row]


def read_xlsx(data: bytes) -> list[Sheet]:
    """The visible sheets in their order. Raises UsageError when it is no .xlsx, or unpacks beyond measure."""
    try:
        return list(islice(_sheets(Package(data)), _MOST_SHEETS))
    except (UsageError, ElementTree.ParseError, LookupError, ValueError) as error:
        remedy = "请用Excel或WPS另存为 .xlsx 或 .csv 后重试"
        raise UsageError(f"这个Excel文件读不出来（已损坏、有密码、过大，或不是 .xlsx），{remedy}。") from error


def _sheets(package: Package) -> Iterator[Sheet]:
    strings = package.linked(package.main, "sharedStrings")
    shared = [_words(item) for item in _part(package, strings[0])] if strings else []
    links = {link.name: link for link in package.links(package.main)}
    for sheet in _part(package, package.main).iter():
        if _tag(sheet) == "sheet" and sheet.get("state", "visible") == "visible":
            link = links[next((value for name, value in sheet.attrib.items() if name.endswith("}id")), "")]
            if link.kind == "worksheet":
                yield Sheet(sheet.get("name", "").strip(), list(_rows(_part(package, link.part), shared)))


def _part(package: Package, name: str) -> Element:
    data = package.xml(name)
    if len(data) > _LARGEST:
        raise ValueError(name)
    return ElementTree.fromstring(data)  # noqa: S314 - no entities: refused at the door


def _rows(sheet: Element, shared: list[str]) -> Iterator[Row]:
    number = 0
    for row in sheet.iter():
        if _tag(row) != "row":
            continue
        number = int(row.get("r", number + 1))
        cells: list[str] = []
        for cell in row:
            place = _CELL.fullmatch(cell.get("r", ""))
            column = _column(place[1]) if place else len(cells)
            if column < _MOST_COLUMNS:
                cells += [""] * (column + 1 - len(cells))
                cells[column] = _value(cell, shared)
        if any(cells):
            yield number, cells


def _value(cell: Element, shared: list[str]) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _words(cell)
    text = next((item.text or "" for item in cell if _tag(item) == "v"), "")
    if kind == "s":
        return shared[int(text)]
    return _plain(text) if kind == "n" else text


def _plain(text: str) -> str:
    """A number as a person reads it: Excel may write 2080101 as 2080101.0 or 2.080101E6."""
    try:
        number = Decimal(text)
        whole = number.adjusted() < _LONGEST_NUMBER and number == number.to_integral_value()
        return f"{number.to_integral_value():f}" if whole else text
    except InvalidOperation:
        return text


def _words(item: Element) -> str:
    """A text without the reading aids that stand above it."""
    if _tag(item) == "rPh":
        return ""
    own = item.text or "" if _tag(item) == "t" else ""
    return own + "".join(_words(child) for child in item)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _tag(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
