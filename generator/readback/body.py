"""The body of a document from first to last: its paragraphs, its tables cell by cell, traces of the making."""

import re
from collections.abc import Mapping
from functools import partial
from typing import NamedTuple

from generator.readback.wordml import ALIGNED, End, Reader, Style, level, number
from generator.stories import Reference

_COME, _GONE = ("ins", "moveTo"), ("del", "moveFrom")
_FORMERLY = ("rPrChange", "pPrChange", "tcPrChange", "trPrChange", "tblPrChange", "tblGridChange", "sectPrChange")
_MOST_COLUMNS = 63  # Word's own limit
_PLAIN = Style()
_CODE = "[0-9A-Fa-f]{1,4}"
_PRIVATE = range(0xE000, 0xF900)
_PAGE = "\f"  # a page that begins before or after a paragraph's words is no line of them
_IN_A_BOX = 2
"""A text box counts as so many tables, that none of its own rows is taken for one of the body's."""
_SYMBOLS = {
    ("Wingdings", 0xFE): "☑", ("Wingdings", 0xFD): "☒", ("Wingdings", 0xA8): "□", ("Wingdings", 0x6F): "□",
    ("Wingdings", 0x6E): "■", ("Wingdings", 0x6C): "●", ("Wingdings", 0xFC): "✓", ("Wingdings", 0xFB): "✗",
    ("Wingdings 2", 0x52): "☑", ("Wingdings 2", 0x54): "☒", ("Wingdings 2", 0xA3): "□", ("Wingdings 2", 0x50): "✓",
}  # fmt: skip
"""The ticks and boxes of forms. Word adds F000 to their numbers, or not."""


class Paragraph(NamedTuple):
    """A paragraph of the body; ``ends_section`` when the pages change their layout after it, ``style`` by its name."""

    text: str
    level: int
    ends_section: bool
    style: str = ""


class BodyRow(NamedTuple):
    """A table row: for each grid column one text and one letter of alignment; a wide cell's text in its first.

    ``wide`` is how many columns a cell beginning there covers, ``merged`` whether a merge downwards begins there
    (True) or goes on (False); single cells are in neither.
    """

    texts: tuple[str, ...]
    aligned: str
    wide: Mapping[int, int]
    merged: Mapping[int, bool]
    header: bool
    whole: bool


class Table(NamedTuple):
    """A table of the body: widths of its grid columns in twips, and its rows."""

    grid: tuple[int, ...]
    rows: tuple[BodyRow, ...]


class Body(NamedTuple):
    """The body; ``text_widths`` of its sections in twips, and traces that only the file has.

    ``references`` are the headers and footers its sections name.
    """

    items: tuple[Paragraph | Table, ...]
    text_widths: tuple[int, ...]
    changes: int
    comments: int
    hidden: int
    fonts: tuple[str, ...]
    number_restarts: tuple[int, ...]
    references: tuple[Reference, ...] = ()


class BodyReader(Reader):
    """Paragraphs within paragraphs (text boxes) and tables within cells are words of the outer one.

    What a reader sees: of alternatives one, of a ruby not how the words are said, nothing that tracked changes took.
    """

    def __init__(self, styles: Mapping[str, Style]) -> None:
        super().__init__()
        self.styles = styles
        self.found = False
        self.items: list[Paragraph | Table] = []
        self.size = 0
        self.text_widths: list[int] = []
        self.changes = self.comments = self.hidden = 0
        self.fonts: set[str] = set()
        self.restarts: list[int] = []
        self.references: list[Reference] = []
        self.sections = 0
        self.known: dict[str, str] = {}
        self.paragraphs = self.tables = 0
        self._nothing_yet()
        self.starts = {
            "body": self._body, "p": self._p, "pStyle": self._p_style, "outlineLvl": self._outline, "jc": self._jc,
            "t": self._t, "br": self._br, "cr": self._br, "tab": self._tab, "ptab": self._tab, "sym": self._sym,
            "noBreakHyphen": self._hyphen, "rt": self._unseen, "txbxContent": self._box,
            "tbl": self._tbl, "gridCol": self._grid_col, "tr": self._tr, "tblHeader": self._tbl_header,
            "cantSplit": self._cant_split, "tc": self._tc, "gridBefore": self._grid_before,
            "gridSpan": self._grid_span, "vMerge": self._v_merge,
            "sectPr": self._sect_pr, "pgSz": self._pg_sz, "pgMar": self._pg_mar, "pgNumType": self._pg_num_type,
            "headerReference": partial(self._reference, "header"), "footerReference": partial(self._reference, "footer"),
            "mc:AlternateContent": self._either, "mc:Choice": self._choice, "mc:Fallback": self._choice, "m:t": self._t,
            "rFonts": self._r_fonts, "vanish": self._vanish, "commentReference": self._comment,
            **dict.fromkeys(_COME, self._come), **dict.fromkeys(_GONE, self._gone),
            **dict.fromkeys(_FORMERLY, self._formerly),
        }  # fmt: skip
        self.chosen = False
        formerly: dict[str, End] = dict.fromkeys(_FORMERLY, self._formerly_past)
        self.ends = {
            "p": self._p_past, "t": self._t_past, "tbl": self._tbl_past, "tr": self._tr_past, "tc": self._tc_past,
            "txbxContent": self._box_past, "m:t": self._t_past, **formerly,
        }  # fmt: skip

    def _nothing_yet(self) -> None:
        """What stands at a wrong place, outside of a paragraph or a row, finds somewhere to go, and is lost."""
        self.words: list[str] = []
        self.style, self.own, self.aligned, self.ends_section = "", "", "", False
        self.level: int | None = None
        self.grid: list[int] = []
        self.rows: list[BodyRow] = []
        self.texts: list[str] = []
        self.letters: list[str] = []
        self.wide: dict[int, int] = {}
        self.merged: dict[int, bool] = {}
        self.header = self.whole = False
        self.cell: list[str] = []
        self.span = 1

    @property
    def at_rows(self) -> bool:
        """Whether it is in a table of the body, not in a paragraph, and nothing is being left out."""
        return self.tables == 1 and not self.paragraphs and self.hears

    def body(self) -> Body:
        """What was read."""
        traces = self.changes, self.comments, self.hidden, tuple(sorted(self.fonts)), tuple(self.restarts)
        return Body(tuple(self.items), tuple(self.text_widths), *traces, tuple(self.references))

    def _body(self, _: dict[str, str]) -> None:
        self.found = True

    # paragraphs

    def _p(self, _: dict[str, str]) -> None:
        if not self.paragraphs:
            self.words = []
            self.style, self.level, self.own, self.ends_section = "", None, "", False
        elif self.words:
            self.words.append("\n")
        self.paragraphs += 1

    def _p_past(self) -> None:
        self.paragraphs -= 1
        if self.paragraphs:
            return
        style = self.styles.get(self.style, _PLAIN)
        text = "".join(self.words)
        if _PAGE in text:
            text = text.strip(_PAGE).replace(_PAGE, "\n")
        if self.tables:
            self.cell.append(text)
            self.aligned = self.aligned or self.own or style.aligned
        else:
            outline = style.outline if self.level is None else self.level
            self.items.append(Paragraph(text, outline, self.ends_section, style.name))

    def _p_style(self, attributes: dict[str, str]) -> None:
        if self.paragraphs == 1:
            self.style = attributes.get(self.val, "")

    def _outline(self, attributes: dict[str, str]) -> None:
        if self.paragraphs == 1:
            self.level = level(attributes.get(self.val, ""))

    def _jc(self, attributes: dict[str, str]) -> None:
        if self.paragraphs == 1:
            self.own = ALIGNED.get(attributes.get(self.val, ""), "l")

    def _t(self, _: dict[str, str]) -> None:
        self.parser.CharacterDataHandler = self.words.append

    def _t_past(self) -> None:
        self.parser.CharacterDataHandler = None

    def _br(self, attributes: dict[str, str]) -> None:
        self.words.append("\n" if self.w + "type" not in attributes else _PAGE)

    def _tab(self, attributes: dict[str, str]) -> None:
        if self.val not in attributes:  # one with a value is a stop in the paragraph's properties
            self.words.append("\t")

    def _sym(self, attributes: dict[str, str]) -> None:
        digits = attributes.get(self.w + "char", "")
        code = int(digits, 16) if re.fullmatch(_CODE, digits) else 0
        sign = _SYMBOLS.get((attributes.get(self.w + "font", ""), code & 0xFF)) or chr(code)
        if sign.isprintable() or code in _PRIVATE:
            self.words.append(sign)

    def _hyphen(self, _: dict[str, str]) -> None:
        self.words.append("-")

    def _unseen(self, _: dict[str, str]) -> None:
        self.skip()

    def _either(self, _: dict[str, str]) -> None:
        self.chosen = False

    def _choice(self, _: dict[str, str]) -> None:
        if self.chosen:
            self.skip()
        self.chosen = True

    def _box(self, _: dict[str, str]) -> None:
        self.tables += _IN_A_BOX

    def _box_past(self) -> None:
        self.tables -= _IN_A_BOX

    # tables

    def _tbl(self, _: dict[str, str]) -> None:
        self.tables += 1
        if self.tables == 1:
            self.grid, self.rows = [], []

    def _tbl_past(self) -> None:
        self.tables -= 1
        if not self.tables:
            self.items.append(Table(tuple(self.grid), tuple(self.rows)))

    def _grid_col(self, attributes: dict[str, str]) -> None:
        if self.tables == 1:
            self.grid.append(number(attributes.get(self.w + "w", "")))

    def _tr(self, _: dict[str, str]) -> None:
        if self.tables == 1:
            self.texts, self.letters, self.wide, self.merged = [], [], {}, {}
            self.header = self.whole = False

    def _tr_past(self) -> None:
        if self.tables == 1:
            row = tuple(self.texts), "".join(self.letters), self.wide, self.merged
            self.rows.append(BodyRow(*row, self.header, self.whole))

    def _tbl_header(self, _: dict[str, str]) -> None:
        self.header = self.header or self.tables == 1

    def _cant_split(self, _: dict[str, str]) -> None:
        self.whole = self.whole or self.tables == 1

    def _tc(self, _: dict[str, str]) -> None:
        if self.tables == 1:
            self.cell = []
            self.aligned = ""
            self.span = 1

    def _grid_before(self, attributes: dict[str, str]) -> None:
        if self.tables == 1:
            columns = min(number(attributes.get(self.val, "")), _MOST_COLUMNS)
            self.texts.extend([""] * columns)
            self.letters.append("l" * columns)

    def _grid_span(self, attributes: dict[str, str]) -> None:
        if self.tables == 1:
            self.span = min(max(number(attributes.get(self.val, "")), 1), _MOST_COLUMNS)

    def _v_merge(self, attributes: dict[str, str]) -> None:
        if self.tables == 1:
            self.merged[len(self.texts)] = attributes.get(self.val) == "restart"

    def _tc_past(self) -> None:
        if self.tables > 1:
            return
        text = "\n".join(self.cell)
        letter = self.aligned or "l"
        if self.span > 1:
            self.wide[len(self.texts)] = self.span
        self.texts.append(self.known.setdefault(text, text))
        self.texts.extend([""] * (self.span - 1))
        self.letters.append(letter * self.span)

    # sections, and what should not have been left in a file

    def _sect_pr(self, _: dict[str, str]) -> None:
        self.ends_section = True
        self.sections += 1

    def _reference(self, kind: str, attributes: dict[str, str]) -> None:
        link = attributes.get(self.r + "id", "")
        self.references.append(Reference(self.sections, kind, attributes.get(self.w + "type", "default"), link))

    def _pg_sz(self, attributes: dict[str, str]) -> None:
        self.size = number(attributes.get(self.w + "w", ""))

    def _pg_mar(self, attributes: dict[str, str]) -> None:
        margins = (number(attributes.get(self.w + side, "")) for side in ("left", "right"))
        self.text_widths.append(self.size - sum(margins))

    def _pg_num_type(self, attributes: dict[str, str]) -> None:
        if self.w + "start" in attributes:
            self.restarts.append(number(attributes[self.w + "start"]))

    def _r_fonts(self, attributes: dict[str, str]) -> None:
        if font := attributes.get(self.w + "eastAsia"):
            self.fonts.add(font)

    def _vanish(self, _: dict[str, str]) -> None:
        self.hidden += 1

    def _comment(self, _: dict[str, str]) -> None:
        self.comments += 1

    def _come(self, _: dict[str, str]) -> None:
        self.changes += 1

    def _gone(self, _: dict[str, str]) -> None:
        self.changes += 1
        self.skip()

    def _formerly(self, _: dict[str, str]) -> None:
        self.changes += 1
        self.listening = self.parser.StartElementHandler
        self.parser.StartElementHandler = None

    def _formerly_past(self) -> None:
        self.parser.StartElementHandler = self.listening
