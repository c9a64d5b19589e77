"""What a redline comes to: its words after all its tracked changes are accepted, or all rejected."""

from __future__ import annotations

from collections.abc import Mapping

from generator.model.comparison import Mark
from generator.model.reading import Reading, ReadTable
from generator.opc import Package, pieces_of
from generator.readback.beside import mind_pages
from generator.readback.body import BodyReader
from generator.readback.docx import shaped, styles_of
from generator.readback.wordml import Style, parse
from generator.stories import NOTES

_MARKS = {Mark.GONE: "del", Mark.ADDED: "ins"}
_SIGN = b' w:author="'
_OBJECTS = ("drawing", "pict", "object")


def words_after(package: Package, part: str, taken: Mark) -> tuple[str, ...]:
    """The words and rows of a body, a header, a footer when the changes of one kind are taken, those of the other not.

    Of a file without tracked changes, what it says. Objects with words of their own (text boxes, formulas) are left
    out, page numbers in headers, and blanks: how a line is spread is no word. Raises UsageError when it can't be read.
    """
    reading = shaped(_settled(package, part, taken).body())
    return tuple(filter(None, ("".join(text.split()) for text in _words(reading))))


def has_changes(package: Package, ours: bool = False) -> bool:
    """Whether a file holds tracked changes, in whatever part of it there are words; ``ours``: each says whose it is."""
    if ours:
        return any(_SIGN in package.read(name) for name in package.names)
    parts = (name for kind in ("header", "footer", *NOTES) for name in package.linked(package.main, kind))
    return any(_settled(package, part, Mark.ADDED).changes for part in (package.main, *parts))


def _settled(package: Package, part: str, taken: Mark) -> _SettledReader:
    reader = _SettledReader(styles_of(package), taken)
    if part != package.main:
        mind_pages(reader, "")
    parse(pieces_of(package.stream(part)), reader)
    return reader


def _words(reading: Reading) -> list[str]:
    found = [*reading.cover, *(line.text + line.page for line in reading.contents)]
    for block in reading.blocks:
        if isinstance(block, ReadTable):
            found += [block.caption, block.headline, *("/".join(path) for path in block.columns)]
            found += ["|".join(row) for row in block.rows] + list(block.notes)
        else:
            found.append(block.text)
    return found


class _SettledReader(BodyReader):
    """A paragraph whose end goes says its words at the beginning of the next."""

    def __init__(self, styles: Mapping[str, Style], taken: Mark) -> None:
        super().__init__(styles)
        kept, gone = _MARKS[taken], _MARKS[Mark.GONE if taken is Mark.ADDED else Mark.ADDED]
        self.in_row = self.in_paragraph = self.row_gone = self.end_gone = False
        self.carried: list[str] = []
        self.starts |= {
            kept: self._come, gone: self._left, "pPr": self._properties, "trPr": self._row_properties,
            **dict.fromkeys(_OBJECTS, self._unseen),
        }  # fmt: skip
        if taken is Mark.GONE:
            self.starts["delText"], self.ends["delText"] = self._t, self._t_past
        del self.starts["tblHeader"]  # a row is the same row where it no longer stands on every page
        self.ends |= {"pPr": self._properties_past, "trPr": self._row_properties_past}
        self.starts |= dict.fromkeys(("mc:AlternateContent", "m:oMath"), self._unseen)

    def _properties(self, _: dict[str, str]) -> None:
        self.in_paragraph = True

    def _properties_past(self) -> None:
        self.in_paragraph = False

    def _row_properties(self, _: dict[str, str]) -> None:
        self.in_row = True

    def _row_properties_past(self) -> None:
        self.in_row = False

    def _left(self, _: dict[str, str]) -> None:
        self.changes += 1
        if self.in_row:
            self.row_gone = self.row_gone or self.tables == 1
        elif self.in_paragraph:
            self.end_gone = True
        else:
            self.skip()

    def _p(self, attributes: dict[str, str]) -> None:
        super()._p(attributes)
        self.words, self.carried, self.end_gone = self.carried, [], False

    def _p_past(self) -> None:
        if self.end_gone:
            self.paragraphs -= 1
            self.carried, self.end_gone = self.words, False
        else:
            super()._p_past()

    def _tr(self, attributes: dict[str, str]) -> None:
        super()._tr(attributes)
        self.row_gone = self.row_gone and self.tables > 1

    def _tr_past(self) -> None:
        super()._tr_past()
        if self.row_gone and self.tables == 1:
            self.rows.pop()

    def _tc_past(self) -> None:
        super()._tc_past()
        self.carried = []

    def _tbl_past(self) -> None:
        super()._tbl_past()
        if not self.tables and not self.rows:
            self.items.pop()
