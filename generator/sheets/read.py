"""The door: a file's bytes into a workbook, by what they are and not by what the file is called."""

from __future__ import annotations

import re
from pathlib import Path

from generator.model.problem import UsageError
from generator.opc import bytes_of
from generator.sheets.formulas import settled
from generator.sheets.sheet import Sheet, Workbook

LARGEST = 64 * 1024 * 1024
_SAVE = "请用Excel或WPS打开，另存为“Excel工作簿（.xlsx）”后重试"
_OLE = b"\xd0\xcf\x11\xe0"
_INSIDE = (
    (b"application/vnd.oasis.opendocument.spreadsheet", "是 .ods 文件"),
    (b"word/document.xml", "是Word文件"),
    (b"xl/workbook.bin", "是 .xlsb 文件"),
    (b"ppt/presentation.xml", "是PPT文件"),
)
_PAGE = re.compile(rb"<(?:!doctype|html|head|meta|table|style|body)\b", re.IGNORECASE)
_XML_SHEET = b"urn:schemas-microsoft-com:office:spreadsheet"


def workbook_at(path: Path) -> Workbook:
    """The workbook in a file. Raises UsageError, which names the file, for what can't be read."""
    data = bytes_of(path)
    try:
        return read_workbook(path.name, data)
    except UsageError as error:
        raise UsageError(f"{path.as_posix()}：{error}") from error


def read_workbook(name: str, data: bytes) -> Workbook:
    """The workbook that bytes are: .xlsx, .xls, or a table as text; formulas of sums computed.

    Raises UsageError, in one line and without the file's name, for what is none of them, damaged, locked by a password,
    or too large.
    """
    if name.lower().endswith(".et"):
        raise UsageError(f"是WPS的 .et 文件，没有读取；{_SAVE}。")
    if not data.strip(b"\r\n\t \xef\xbb\xbf\xff\xfe\0"):
        raise UsageError("文件是空的。")
    if len(data) > LARGEST:
        raise UsageError(f"文件过大（最多{LARGEST >> 20} MB），没有读取。")
    return Workbook(name, settled(_sheets(name, data)))


def is_workbook(data: bytes) -> bool:
    """Whether bytes look like an .xlsx or an .xls (a text file may be anything)."""
    return data.startswith(_OLE) or (data.startswith(b"PK") and not _other(data))


def _sheets(name: str, data: bytes) -> list[Sheet]:
    if data.startswith(b"PK"):
        if other := _other(data):
            raise UsageError(f"{other}，没有读取；{_SAVE}。" if "Word" not in other else f"{other}，不是表格。")
        from generator.sheets.xlsx import read_xlsx

        return read_xlsx(name, data)
    if data.startswith(_OLE):
        from generator.sheets.xls import read_xls

        return read_xls(name, data)
    head = data[:4096].lstrip(b"\xef\xbb\xbf \r\n\t")
    if head.startswith(b"<") and (_PAGE.search(head) or _XML_SHEET in head):
        raise UsageError(f"是网页或XML，只是名称像Excel文件；{_SAVE}。")
    from generator.sheets.text import decoded, sheet_of

    return [sheet_of(name, decoded(data))]


def _other(data: bytes) -> str:
    """What kind of package it is that is no .xlsx; names of its parts stand at its end."""
    return next((words for mark, words in _INSIDE if mark in data[:200] or mark in data[-65_536:]), "")
