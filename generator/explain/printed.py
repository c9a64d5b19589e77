"""Everything a document prints, stretch by stretch, with where it stands and what it was made from."""

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from typing import NamedTuple

from generator.model.book import Book
from generator.model.classification import LISTS
from generator.model.department import Inputs
from generator.model.document import ChartBlock, Document, Heading, Pages, Paragraph, TableBlock, TableRow
from generator.model.explanation import Place
from generator.model.figure import Change, Numeric
from generator.model.profile import Profile, ordinal_pattern
from generator.model.source import Position, Source
from generator.model.table_spec import AmountColumn, ComparedColumn, IndicatorColumn, Leaf, TextColumn

_NUMBER = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?[%％]?", re.ASCII)
_ENDS = "，。；：！？、\n"
_COVER = "封面"


class Origin(Enum):
    """What a stretch is made from, as far as its place tells."""

    AMOUNT = "金额栏"
    CODE = "编码栏"
    WORDS = "文字"
    ORDINAL = "序号"


class Stretch(NamedTuple):
    """One stretch. ``code`` is 科目 dimension and code where it prints (part of) one; ``hint`` where its words were typed."""

    text: str
    place: Place
    origin: Origin = Origin.WORDS
    numeric: Numeric | None = None
    aspect: str = ""
    hint: Position | None = None
    code: tuple[str, str] = ("", "")


class Number(NamedTuple):
    """A number in a stretch: its digits as printed, with % but without unit, and where in the stretch they begin."""

    printed: Stretch
    text: str
    start: int


class Made(NamedTuple):
    """All that is known of one finished document; ``texts`` are the files it was made from."""

    document: Document
    book: Book
    inputs: Inputs
    profile: Profile
    pages: Pages
    texts: Mapping[str, Source]


def numbers_of(stretches: Iterable[Stretch]) -> Iterator[Number]:
    """Every number of the stretches; a code is one number, letters and all."""
    for printed in stretches:
        if printed.origin is Origin.CODE:
            yield Number(printed, printed.text, 0)
            continue
        for found in _NUMBER.finditer(printed.text):
            yield Number(printed, found[0], found.start())


def printed_of(source: Made) -> Iterator[Stretch]:
    """All stretches, in the order of the document."""
    yield from _cover(source.document)
    titles, table = ["", "", "", ""], 0
    for index, block in enumerate(source.document.blocks):
        page = source.pages.blocks[index]
        match block:
            case Heading():
                titles[block.level :] = [_title(block), *[""] * (3 - block.level)]
                yield Stretch(block.title, Place(" ".join(filter(None, titles)), page, block.title))
            case Paragraph():
                yield from _paragraph(block, Place(" ".join(filter(None, titles)), page, ""), source)
            case ChartBlock():
                yield from _chart(block, Place(" ".join(filter(None, titles)), page, block.caption))
            case TableBlock():
                table += 1
                yield from _Table(source, block, table).stretches(page)


def _cover(document: Document) -> Iterator[Stretch]:
    for text in dict.fromkeys([document.title, *(text for _, text in document.furniture)]):
        yield Stretch(text, Place(_COVER, 0, text))


def _title(block: Heading) -> str:
    return block.ordinal if block.level == 1 and block.ordinal else block.ordinal + block.title


def _paragraph(block: Paragraph, place: Place, source: Made) -> Iterator[Stretch]:
    whole, start, name = block.text, 0, source.inputs.department.name
    for index, run in enumerate(block.runs):
        counted = not index and run.figure is None and is_ordinal(run.text, source.profile)
        origin = Origin.ORDINAL if counted else Origin.WORDS
        words = clause(whole, start, start + len(run.text)).replace(name, "") if run.figure else run.text
        yield Stretch(run.text, place._replace(text=words), origin, run.figure, run.aspect, run.position)
        start += len(run.text)


def _chart(block: ChartBlock, place: Place) -> Iterator[Stretch]:
    """The caption, the legend, and for each bar its name and its label."""
    for text in (block.caption, *(series.name for series in block.series), *block.categories):
        yield Stretch(text, place._replace(text=text))
    for series in block.series:
        for category, text, figure in zip(block.categories, series.texts, series.figures, strict=True):
            aspect = "差额" if isinstance(figure, Change) else ""
            if text:
                yield Stretch(text, place._replace(text=f"{category} {text}"), Origin.AMOUNT, figure, aspect)


def is_ordinal(text: str, profile: Profile) -> bool:
    """Whether the text is nothing but a number a heading or item is given."""
    return any(re.fullmatch(ordinal_pattern(pattern), text) for pattern in profile.numbering.ordinals)


def clause(text: str, start: int, end: int) -> str:
    """The words around a place up to the nearest punctuation."""
    first = max(text.rfind(mark, 0, start) for mark in _ENDS) + 1
    ends = [found for mark in _ENDS if (found := text.find(mark, end)) >= 0]
    return text[first : min(ends, default=len(text))].strip()


class _Table(NamedTuple):
    """One table being read."""

    source: Made
    block: TableBlock
    number: int

    def stretches(self, page: int) -> Iterator[Stretch]:
        block, title = self.block, self.block.title
        for text in (block.caption, *(block.headline or ()), *dict.fromkeys(cell.text for cell in block.header)):
            yield Stretch(text, Place(title, page, text, self.number))
        pages = self.source.pages.rows[self.number - 1]
        yield from self._body(pages) if block.columns else self._form(pages)
        last = pages[-1] if pages else page
        for note in block.notes:
            yield Stretch(note, Place(title, last, note, self.number))

    def _body(self, pages: tuple[int, ...]) -> Iterator[Stretch]:
        block, paths = self.block, self.block.paths
        words: tuple[str, ...] = ()
        for row, page in zip(block.rows, pages, strict=True):
            words = self._words(row, words)
            above = self._above(row, words)
            labels = {panel: self._label(words, panel) for panel in set(block.panels)}
            for index, leaf in enumerate(block.columns):
                if row.is_joined(index):
                    continue
                label = (*labels[block.panels[index]], *_indicator(row, block.columns, leaf))
                place = Place(block.title, page, row.texts[index], self.number, label, paths[index], above)
                yield self._cell(row, index, leaf, place)

    def _words(self, row: TableRow, above: tuple[str, ...]) -> tuple[str, ...]:
        """A row's words, and those of the row above where merged cells carry them on."""
        if not row.joined or self.block.carries_on(row):
            return above if row.joined else row.texts
        return tuple(above[place] if row.is_joined(place) else text for place, text in enumerate(row.texts))

    def _above(self, row: TableRow, words: tuple[str, ...]) -> tuple[str, ...]:
        """The code and name of the unit that a row is listed under; none where its words say so, or it is the only one."""
        agencies = self.source.inputs.department.agencies
        unit = next((code for name, (code, *_) in _terms(row, 0) if name == "单位" and code in agencies), "")
        return (unit, agencies[unit]) if unit and unit not in words and len(agencies) > 1 else ()

    def _cell(self, row: TableRow, index: int, leaf: Leaf, place: Place) -> Stretch:
        text, figure, typed = row.texts[index], row.figures[index], row.typed_at(index)
        if isinstance(leaf, AmountColumn) and (figure or not text or text[0].isdigit()):
            return Stretch(text, place, Origin.AMOUNT, figure)
        if isinstance(leaf, ComparedColumn):
            return Stretch(text, place, Origin.WORDS, figure, leaf.aspect)
        if isinstance(leaf, TextColumn):
            code = self._code(text, leaf, dict(_terms(row, self.block.panels[index])))
            if code[1]:
                return Stretch(text, place, Origin.CODE, code=code)
        return Stretch(text, place, numeric=figure, hint=typed)

    def _code(self, text: str, leaf: TextColumn, terms: dict[str, tuple[str, ...]]) -> tuple[str, str]:
        """Dimension and whole code of a cell: 款 stands in its own column, after its 类; units and projects have none."""
        for source in leaf.source.split("/"):
            group, _, part = source.rpartition(".")
            if part not in _LENGTHS or not text:
                continue
            name = group or next(reversed(terms), "")
            whole = terms.get(name, ("",))[0][: _LENGTHS[part]]
            if name in LISTS and whole.endswith(text):
                return name, whole
            if text == self.source.inputs.department.code or (name in ("单位", "项目") and text == whole):
                return "", text
        return "", ""

    def _label(self, words: tuple[str, ...], panel: int) -> tuple[str, ...]:
        """The row's words for a cell: codes in one piece, then names; the first panel's words are not the second's."""
        found: list[str] = []
        joining = False
        for column, text, side in zip(self.block.columns, words, self.block.panels, strict=True):
            if side != panel or not isinstance(column, TextColumn):
                continue
            code = column.source.split("/")[0].rpartition(".")[2] in ("款", "项")
            if text and code and joining:
                found[-1] += text
            elif text:
                found.append(text)
            joining = bool(text) and text.isascii() and text.isdigit()
        return self._without_agency(found)

    def _without_agency(self, words: list[str]) -> tuple[str, ...]:
        """Without what stands in every row: the department, or its only unit."""
        department = self.source.inputs.department
        names = {department.name, *(department.agencies.values() if len(department.agencies) < 2 else ())}
        return tuple(word for word in words if word not in names) or tuple(words)

    def _form(self, pages: tuple[int, ...]) -> Iterator[Stretch]:
        words: tuple[str, ...] = ()
        for row, page in zip(self.block.rows, pages, strict=True):
            words = tuple(words[index] if row.is_joined(index) else text for index, text in enumerate(row.texts))
            for index, cell in enumerate(row.cells):
                if row.is_joined(index):
                    continue
                place = Place(self.block.title, page, words[index], self.number, tuple(filter(None, words[:index])))
                origin = Origin.AMOUNT if cell.filter is not None else Origin.WORDS
                yield Stretch(words[index], place, origin, row.figures[index], hint=row.typed_at(index))


_LENGTHS = {"类": 3, "款": 5, "项": None, "代码": None}
"""How much of a code a column of its parts has told, with the columns before it."""


def _terms(row: TableRow, panel: int) -> tuple[tuple[str, tuple[str, ...]], ...]:
    selected = row.scopes[panel] if row.scopes else None
    return selected.terms if selected is not None else ()


def _indicator(row: TableRow, columns: tuple[Leaf, ...], leaf: Leaf) -> tuple[str, ...]:
    """Of a target the name of its indicator, which stands beside it."""
    if not isinstance(leaf, IndicatorColumn) or leaf.field == "指标":
        return ()
    pairs = zip(row.texts, columns, strict=True)
    return tuple(
        text
        for text, column in pairs
        if text and isinstance(column, IndicatorColumn) and (column.category, column.field) == (leaf.category, "指标")
    )
