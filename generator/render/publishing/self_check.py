"""The inspectors' list as a workbook to print and sign, and as text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from io import BytesIO

from xlsxwriter import Workbook

from generator.model.publishing import BASIS, Answered, Reply
from generator.render.width import lines_of
from generator.render.xlsx.looks import Look, Looks
from generator.render.xlsx.sizes import height, room_in
from generator.render.xlsx.table import Box, Page, set_paper, words

TITLE = "公开前自查表"
_HEADS = (("序号", 6), ("类别", 7), ("检查内容", 40), ("结论", 10), ("依据", 34), ("还要人做的", 34))
_SIGNED = "填表人：____________　　审核人：____________　　日期：____________"
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - written as it is: the same bytes each time
_OPEN = (Answered.NO, Answered.LOOK, Answered.UNABLE, Answered.PERSON)


def summary(replies: Sequence[Reply]) -> str:
    """How many of each answer: 是 20项，须核对 2项."""
    counted = Counter(reply.answer for reply in replies)
    return "，".join(f"{answer.value}{counted[answer]}项" for answer in Answered if counted[answer])


def self_check_text(title: str, replies: Sequence[Reply]) -> str:
    """The list as text, one question a paragraph."""
    return "\n".join(_lines(title, replies)) + "\n"


def _lines(title: str, replies: Sequence[Reply]) -> Iterator[str]:
    yield from (f"{TITLE}　{title}", f"依据：{BASIS}", f"共{len(replies)}项：{summary(replies)}。", "")
    for number, reply in enumerate(replies, 1):
        yield f"{number}. [{reply.answer.value}]（{reply.aspect}）{reply.question}"
        yield f"    依据：{reply.basis}"
        if reply.left:
            yield f"    还要人做的：{reply.left}"
    yield from ("", _SIGNED)


def self_check_xlsx(title: str, replies: Sequence[Reply]) -> bytes:
    """The list on one sheet. What is still open stands on grey."""
    file = BytesIO()
    book = Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": f"{title}{TITLE}", "created": _MADE})
    sheet, looks = book.add_worksheet(TITLE), Looks(book)
    page = Page(sheet, looks, 3, 4, len(_HEADS))
    widths = [units for _, units in _HEADS]
    for column, (head, units) in enumerate(_HEADS):
        sheet.set_column(column, column, units)
        words(page, Box(3, column), head, Look("c", bold=True, filled=True))
    above = (TITLE, title, f"依据：{BASIS}。共{len(replies)}项：{summary(replies)}。")
    for row, (text, look) in enumerate(zip(above, (Look("c", 16, heavy=True, framed=False), Look("c", 12, framed=False), Look(framed=False)), strict=True)):  # fmt: skip
        sheet.set_row(row, (34, 22, height(1))[row])
        words(page, Box(row, 0, len(_HEADS)), text, look)
    for row, reply in enumerate(replies, 4):
        _row(page, row, (str(row - 3), reply.aspect, reply.question, reply.answer.value, reply.basis, reply.left), reply.answer in _OPEN)  # fmt: skip
        lines = max(
            len(lines_of(text, room_in(widths, column, 1)))
            for column, text in ((2, reply.question), (4, reply.basis), (5, reply.left))
        )
        sheet.set_row(row, height(lines))
    last = 4 + len(replies)
    sheet.set_row(last, 40)
    words(page, Box(last, 0, len(_HEADS)), _SIGNED, Look(framed=False))
    sheet.repeat_rows(3)
    sheet.freeze_panes(4, 0)
    set_paper(sheet, True)
    book.close()
    return file.getvalue()


def _row(page: Page, row: int, texts: tuple[str, ...], is_open: bool) -> None:
    for column, text in enumerate(texts):
        look = Look("c" if column in (0, 1, 3) else "l")
        words(page, Box(row, column), text, look._replace(filled=is_open, bold=True) if column == 3 else look)
