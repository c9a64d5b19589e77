"""The document that imported data gives, beside the one it was imported from: every difference in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from generator.difference.compare import compare
from generator.model.difference import State
from generator.model.problem import Severity
from generator.model.profile import Profile
from generator.model.reading import Reading
from generator.model.tree import Trees
from generator.readback.document import reading_of
from generator.work.overheard import document_of, inputs_of
from generator.work.workshop import Workshop

_MOST = 60
_NOT_YET = "用导入的数据还不能出文档："


class Read(NamedTuple):
    """What was read, of which year; without ``words`` its cells alone are compared."""

    reading: Reading
    year: int
    words: bool = True


def lacks_before(line: str) -> bool:
    """Whether a line says that an amount of the year before is missing."""
    return line.startswith(_NOT_YET) and "缺少" in line and "比较" in line


def differences(shop: Workshop, profile: Profile, trees: Trees, theirs: Read) -> list[str]:
    """Lines for a person; none where both documents say the same."""
    reading, year, words = theirs
    inputs, problems = inputs_of(shop, profile, year, trees)
    document = None
    if inputs is not None:
        document, found = document_of(shop, profile, inputs)
        problems = (*problems, *found)
    wrong = [f"{_NOT_YET}{one.message}" for one in problems if one.severity is Severity.ERROR]
    if document is None:
        return wrong
    lines = list(_lines(reading, reading_of(document), year, words))
    told = lines[:_MOST] + ([f"还有{len(lines) - _MOST}处不同，没有列出"] if len(lines) > _MOST else [])
    return [*wrong, *told]


def _lines(theirs: Reading, ours: Reading, year: int, words: bool) -> Iterator[str]:
    theirs = theirs._replace(
        stories=(), sealed=(), look=None
    )  # what only a file has: the place's master gives it again
    found = compare(State("文档", year, {}, reading=theirs), State("导入的数据", year, {}, reading=ours))
    for cell in found.cells:
        yield f"{cell.table}·{cell.row}·{cell.column}：文档是“{cell.old}”，按导入的数据是“{cell.new}”"
    for sentence in found.sentences if words else ():
        yield f"{sentence.section}：文档是“{sentence.old}”，按导入的数据是“{sentence.new}”"
    for piece in found.pieces if words else ():
        yield f"{piece.place}（{piece.kind}）{'文档没有，按导入的数据有' if piece.gained else '文档有，按导入的数据没有'}：{piece.text[:60]}"
