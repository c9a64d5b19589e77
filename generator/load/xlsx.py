"""An Excel workbook's cells as text: what a list of codes is read from. Nothing is computed, styled or followed.

Written with the standard library: only plain cells are asked for, and a file of others must not fill the memory.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from io import BytesIO
from itertools import islice
from posixpath import dirname, join, normpath
from typing import NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from zipfile import BadZipFile, ZipFile

from generator.model.problem import UsageError

Row = tuple[int, list[str]]
"""A row's number as Excel shows it, and its cells."""
_LARGEST, _ALL = 8 * 1024 * 1024, 64 * 1024 * 1024
_MOST_COLUMNS, _MOST_SHEETS, _LONGEST_NUMBER = 40, 50, 20
_TOO_LARGE = "这个Excel文件解压后过大，没有读取。"
_CELL = re.compile(r"([A-Z]{1,3})[0-9]{1,7}")


class Sheet(NamedTuple):
    """A visible sheet: its name and its rows that hold anything."""

    name: str
    rows: list[Row]


def read_xlsx(data: bytes) -> list[Sheet]:
    """The visible sheets in their order. Raises UsageError when it is no .xlsx, or unpacks beyond measure."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            if sum(info.file_size for info in archive.infolist()) > _ALL:
                raise UsageError(_TOO_LARGE)
            return list(islice(_sheets(archive), _MOST_SHEETS))
    except (BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, zlib.error) as error:
        raise UsageError("这不是有效的Excel文件（.xlsx）；.xls、.et请先另存为 .xlsx 或 .csv。") from error
    except (ElementTree.ParseError, LookupError, ValueError) as error:
        raise UsageError("这个Excel文件的内容读不出来，请用Excel或WPS另存为 .xlsx 或 .csv 后重试。") from error


def _sheets(archive: ZipFile) -> Iterator[Sheet]:
    book = next(target for kind, target in _related(archive, "").values() if kind.endswith("/officeDocument"))
    parts = _related(archive, book)
    strings = next((target for kind, target in parts.values() if kind.endswith("/sharedStrings")), "")
    shared = [_words(item) for item in _part(archive, strings)] if strings in archive.namelist() else []
    for sheet in _part(archive, book).iter():
        if _tag(sheet) == "sheet" and sheet.get("state", "visible") == "visible":
            kind, target = parts[next(value for name, value in sheet.attrib.items() if name.endswith("}id"))]
            if kind.endswith("/worksheet"):
                yield Sheet(sheet.get("name", "").strip(), list(_rows(_part(archive, target), shared)))


def _related(archive: ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """A part's relationships by id: kind and target."""
    folder, name = dirname(part), part.rpartition("/")[2]
    found = {}
    for item in _part(archive, join(folder, "_rels", f"{name}.rels")):
        target = item.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))
        found[item.get("Id", "")] = (item.get("Type", ""), path)
    return found


def _part(archive: ZipFile, name: str) -> Element:
    with archive.open(name) as stream:
        data = stream.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise UsageError(_TOO_LARGE)
    if b"<!DOCTYPE" in data or b"\0" in data:  # no entities, in no other encoding either
        raise ValueError(name)
    return ElementTree.fromstring(data)  # noqa: S314 - no entities: refused above


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
