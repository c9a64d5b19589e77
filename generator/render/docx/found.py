"""What stands in a Word file of anybody's, as a Document to compare: paragraphs, tables, rows and cells in their order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, takewhile
from typing import NamedTuple

from lxml.etree import _Element as Element

from generator.model.document import Block, Document, Heading, Paragraph, Run, TableBlock, TableRow

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
P, TBL, TR, TC, R, T, VAL = (W + name for name in ("p", "tbl", "tr", "tc", "r", "t", "val"))
PPR, SIMPLE_FIELD, _CHAR = W + "pPr", W + "fldSimple", W + "fldChar"
_AROUND_BLOCKS = frozenset(W + name for name in ("sdt", "sdtContent", "customXml"))
_AROUND_RUNS = _AROUND_BLOCKS | {W + name for name in ("hyperlink", "smartTag", "fldSimple", "dir", "bdo")}
MARKUP = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
OBJECT = "\ufffc"
"""Stands for a picture, a text box, a formula, a footnote's number: what only its own program can read."""
_OBJECTS = (*(W + name for name in ("drawing", "pict", "object", "footnoteReference", "endnoteReference")), MARKUP)
_SAID = {
    **{
        W + name: sign
        for name, sign in (("tab", "\t"), ("ptab", "\t"), ("br", "\n"), ("cr", "\n"), ("noBreakHyphen", "-"))
    },
    **dict.fromkeys(_OBJECTS, OBJECT),
}
PAGE = "\f"
"""A page that begins here. Where pages break is no change."""
_BREAK = W + "br"
_SYMBOL, RUBY, _RUBY_BASE = W + "sym", W + "ruby", W + "rubyBase"
_CODE = re.compile("[0-9A-Fa-f]{1,4}")
_COUNTED = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b")
_AMOUNT = re.compile(r"-?[0-9][0-9,]*\.[0-9]+%?")
_NUMBER = re.compile("[0-9]{1,9}")
_MOST = 1000
_LEVELS = 9


class Unit(NamedTuple):
    """A run, or the runs of a field with its result: ``whole``, for inside it nothing may be marked, nor in a ruby."""

    runs: tuple[Element, ...]
    text: str
    whole: bool

    @property
    def first(self) -> Element:
        """The run it begins with."""
        return self.runs[0]


class Cell(NamedTuple):
    """A table's cell. ``joined``: it continues the one above; ``again``: with its words said again, as at a page's top.

    ``wide`` is how many columns of the grid it takes, ``span`` of those whose edges some row of the table uses:
    LibreOffice leaves the others out when it saves.
    """

    item: Element
    text: str
    wide: int
    joined: bool
    again: bool
    span: int = 1


class FoundRow(NamedTuple):
    """A table's row, and whether it says so itself that it is one of the header."""

    item: Element
    cells: tuple[Cell, ...]
    header: bool


def inside(parent: Element, *tags: str) -> Iterator[Element]:
    """What stands directly in it, also where a content control (a contents list, a form's field) holds it together."""
    for child in parent:
        if child.tag in tags:
            yield child
        elif child.tag in _AROUND_BLOCKS:
            yield from inside(child, *tags)


def runs_of(paragraph: Element) -> Iterator[Element]:
    """Its runs, those of links and simple fields too; not those of a text box, which has paragraphs of its own."""
    for child in paragraph:
        if child.tag == R:
            yield child
        elif child.tag in _AROUND_RUNS:
            yield from runs_of(child)


def said(item: Element) -> str:
    """What a part of a run says; of a ruby not how its words are said."""
    if item.tag == _BREAK and item.get(f"{W}type") in ("page", "column"):
        return PAGE
    if item.tag == T:
        return item.text or ""
    if item.tag == _SYMBOL:
        code = item.get(f"{W}char", "")
        return chr(int(code, 16)) if _CODE.fullmatch(code) else ""
    if item.tag == RUBY:
        return "".join(said(part) for base in item.iterfind(_RUBY_BASE) for run in runs_of(base) for part in run)
    return _SAID.get(str(item.tag), "")


def text_of(paragraph: Element) -> str:
    """What a paragraph says, wherever its pages break."""
    return written(paragraph).replace(PAGE, "")


def written(paragraph: Element) -> str:
    """The same with the signs for new pages."""
    return "".join(unit.text for unit in units_of(paragraph))


def units_of(paragraph: Element) -> Iterator[Unit]:
    """Its runs, fields as one."""
    runs = list(runs_of(paragraph))
    place = 0
    for first, last in _fields(runs):
        yield from map(_single, runs[place:first])
        yield _unit(runs[first : last + 1], True)
        place = last + 1
    yield from map(_single, runs[place:])


def _single(run: Element) -> Unit:
    return _unit([run], run.find(RUBY) is not None)


def _unit(runs: Sequence[Element], whole: bool = False) -> Unit:
    counted = whole and _is_counted(runs)
    return Unit(tuple(runs), OBJECT if counted else "".join(said(item) for run in runs for item in run), whole)


def _is_counted(runs: Sequence[Element]) -> bool:
    """Whether it is a page number in a header or footer: each page has its own, whatever the file has kept."""
    simple = the(runs[0].getparent()).get(f"{W}instr", "")
    instruction = simple or "".join(code.text or "" for run in runs for code in run.iterfind(f"{W}instrText"))
    return bool(_COUNTED.match(instruction)) and runs[0].getroottree().getroot().tag in (f"{W}hdr", f"{W}ftr")


def _fields(runs: Sequence[Element]) -> Iterator[tuple[int, int]]:
    """The first and last run of each field that begins and ends here; a contents list goes over many paragraphs."""
    begun: list[int] = []
    found: list[tuple[int, int]] = []
    for place, run in enumerate(runs):
        if the(run.getparent()).tag == SIMPLE_FIELD:
            found.append((place, place))
        for sign in run.iterfind(_CHAR):
            if sign.get(f"{W}fldCharType") == "begin":
                begun.append(place)
            elif sign.get(f"{W}fldCharType") == "end" and begun:
                found.append((begun.pop(), place))
    end = -1
    for first, last in sorted(found, key=lambda field: (field[0], -field[1])):
        if first > end:
            yield first, last
            end = last


def the(element: Element | None) -> Element:
    """The element, where there is one: a run stands in a paragraph, and readback has seen a body."""
    assert element is not None
    return element


def rows_of(table: Element) -> list[FoundRow]:
    """Its rows. In the body, merged cells that begin again with the words that stood there go on: a page began."""
    rows: list[FoundRow] = []
    above: dict[int, tuple[str, bool]] = {}
    for item in inside(table, TR):
        header = item.find(f"{W}trPr/{W}tblHeader") is not None
        cells, above = _cells(item, above)
        rows.append(FoundRow(item, cells, header))
        if header:
            above = {}
    edges = {0, *(edge for row in rows for edge in _edges(row))}
    number = {edge: place for place, edge in enumerate(sorted(edges))}
    return [row._replace(cells=tuple(_spanned(row, number))) for row in rows]


def _edges(row: FoundRow) -> Iterator[int]:
    """Where its cells end."""
    return accumulate(cell.wide for cell in row.cells)


def _spanned(row: FoundRow, number: Mapping[int, int]) -> Iterator[Cell]:
    for cell, edge in zip(row.cells, _edges(row), strict=True):
        yield cell._replace(span=number[edge] - number[edge - cell.wide])


_Above = dict[int, tuple[str, bool]]
"""What a row says in each column, and whether in a merged cell."""


def _cells(row: Element, above: _Above) -> tuple[tuple[Cell, ...], _Above]:
    """A merge of one row may have been saved as a cell that is not merged at all: beside a merge it counts as one."""
    cells, column, again = [], 0, True
    now: _Above = {}
    for item in inside(row, TC):
        text = "\n".join(map(text_of, inside(item, P)))
        merge, wide = item.find(f"{W}tcPr/{W}vMerge"), item.find(f"{W}tcPr/{W}gridSpan")
        before, in_merge = above.get(column, (None, False))
        goes_on = merge is not None and merge.get(VAL) != "restart"
        says = not goes_on and (merge is not None or in_merge)
        again = again and (not says or before == text)
        cells.append(Cell(item, text, span := max(1, _number(wide, 1)), goes_on or (says and again), says and again))
        now[column] = (before or "") if goes_on else text, merge is not None or (says and again)
        column += span
    return tuple(cells), now


def header_of(rows: Sequence[FoundRow]) -> int:
    """How many rows are the header: those that say so; else those that merged cells hold to a first row of wide cells."""
    said_so = len(list(takewhile(lambda row: row.header, rows)))
    if said_so or not rows or all(cell.span == 1 for cell in rows[0].cells):
        return said_so
    joined = len(list(takewhile(lambda row: any(cell.joined for cell in row.cells), rows[1:])))
    return joined + 1 if joined else 0


def outlines(styles: Element | None) -> dict[str, int]:
    """The heading level of each paragraph style that has one, its own or from what it is based on."""
    found = {} if styles is None else {style.get(f"{W}styleId", ""): style for style in styles.iter(f"{W}style")}
    return {name: level for name in found if (level := _level(name, found))}


def _level(name: str, found: Mapping[str, Element]) -> int:
    for _ in found:  # a style can't be based on more styles than there are
        if name not in found:
            return 0
        own, based = found[name].find(f"{PPR}/{W}outlineLvl"), found[name].find(f"{W}basedOn")
        if own is not None:
            return _heading(own)
        name = based.get(VAL, "") if based is not None else ""
    return 0


def _heading(outline: Element | None) -> int:
    level = _number(outline, _LEVELS) + 1
    return level if level <= _LEVELS else 0


def document_of(items: Sequence[Element], levels: Mapping[str, int]) -> Document:
    """Paragraphs and tables as blocks, one for each; amounts are left out of rows, which go by their codes and names."""
    blocks: list[Block] = []
    above = ""
    for item in items:
        text = text_of(item) if item.tag == P else ""
        if item.tag == TBL:
            blocks.append(_table(item, above))
        elif level := _level_of(item, levels):
            blocks.append(Heading(level, "", text, ""))
        else:
            blocks.append(Paragraph((Run(text),)))
        above = f"{above}\n{text}"[-60:] if text else above
    return Document("", "", "", (), (), tuple(blocks))


def _level_of(paragraph: Element, levels: Mapping[str, int]) -> int:
    own, style = paragraph.find(f"{PPR}/{W}outlineLvl"), paragraph.find(f"{PPR}/{W}pStyle")
    return _heading(own) if own is not None else levels.get(style.get(VAL, ""), 0) if style is not None else 0


def _table(item: Element, above: str) -> TableBlock:
    rows = rows_of(item)
    first = "\n".join(cell.text for cell in rows[0].cells) if rows else ""
    return block_of(rows, rows[header_of(rows) :], f"{above}\n{first}")


def block_of(rows: Sequence[FoundRow], body: Sequence[FoundRow], key: str = "") -> TableBlock:
    """A table to align: ``body`` are those of its rows that are no header, whose rows stand where they stand."""
    width = max((sum(cell.span for cell in row.cells) for row in rows), default=0)
    return TableBlock(key, "", "", None, (), 0, "l" * width, tuple(map(_row, body)), (), False)


def _row(row: FoundRow) -> TableRow:
    texts = tuple("" if cell.joined or _AMOUNT.fullmatch(cell.text) else cell.text for cell in row.cells)
    spans, joined = tuple(cell.span for cell in row.cells), tuple(cell.joined for cell in row.cells)
    return TableRow(texts, (None,) * len(texts), spans, joined)


def _number(item: Element | None, missing: int) -> int:
    value = "" if item is None else item.get(VAL, "")
    return min(int(value), _MOST) if _NUMBER.fullmatch(value) else missing
