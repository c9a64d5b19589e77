"""Everything a document prints, stretch by stretch, with where it stands and what it was made from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from typing import NamedTuple

from generator.model.book import Book, Grid
from generator.model.department import Inputs, Project
from generator.model.document import ChartBlock, Document, Heading, Pages, Paragraph, TableBlock, TableRow
from generator.model.explanation import Place
from generator.model.figure import Change, Figure, Numeric
from generator.model.numerals import NUMERAL
from generator.model.profile import AmountColumn, FormRow, IndicatorColumn, Leaf, Profile, TextColumn, leaves
from generator.model.source import Position, Source

_NUMBER = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?[%％]?", re.ASCII)
_ENDS = "，。；：！？、\n"
_COVER = "封面"


class Origin(Enum):
    """What a stretch is made from, as far as its place tells."""

    AMOUNT = "金额栏"
    CODE = "编码栏"
    WORDS = "文字"
    ORDINAL = "序号"


class Printed(NamedTuple):
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

    printed: Printed
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


def numbers_of(stretches: Iterable[Printed]) -> Iterator[Number]:
    """Every number of the stretches; a code is one number, letters and all."""
    for printed in stretches:
        if printed.origin is Origin.CODE:
            yield Number(printed, printed.text, 0)
            continue
        for found in _NUMBER.finditer(printed.text):
            yield Number(printed, found[0], found.start())


def printed_of(source: Made) -> Iterator[Printed]:
    """All stretches, in the order of the document."""
    yield from _cover(source.document)
    titles, table = ["", "", "", ""], 0
    for index, block in enumerate(source.document.blocks):
        page = source.pages.blocks[index]
        match block:
            case Heading():
                titles[block.level :] = [_title(block), *[""] * (3 - block.level)]
                yield Printed(block.title, Place(" ".join(filter(None, titles)), page, block.title))
            case Paragraph():
                yield from _paragraph(block, Place(" ".join(filter(None, titles)), page, ""), source)
            case ChartBlock():
                yield from _chart(block, Place(" ".join(filter(None, titles)), page, block.caption))
            case TableBlock():
                table += 1
                yield from _Table(source, block, source.book.grids[block.key], table).stretches(page)


def _cover(document: Document) -> Iterator[Printed]:
    for text in dict.fromkeys([document.title, *(text for _, text in document.furniture)]):
        yield Printed(text, Place(_COVER, 0, text))


def _title(block: Heading) -> str:
    return block.ordinal if block.level == 1 and block.ordinal else block.ordinal + block.title


def _paragraph(block: Paragraph, place: Place, source: Made) -> Iterator[Printed]:
    whole, start, name = block.text, 0, source.inputs.department.name
    for index, run in enumerate(block.runs):
        counted = not index and run.figure is None and is_ordinal(run.text, source.profile)
        origin = Origin.ORDINAL if counted else Origin.WORDS
        words = clause(whole, start, start + len(run.text)).replace(name, "") if run.figure else run.text
        yield Printed(run.text, place._replace(text=words), origin, run.figure, run.aspect, run.position)
        start += len(run.text)


def _chart(block: ChartBlock, place: Place) -> Iterator[Printed]:
    """The caption, the legend, and for each bar its name and its label."""
    for text in (block.caption, *(series.name for series in block.series), *block.categories):
        yield Printed(text, place._replace(text=text))
    for series in block.series:
        for category, text, figure in zip(block.categories, series.texts, series.figures, strict=True):
            aspect = "差额" if isinstance(figure, Change) else ""
            if text:
                yield Printed(text, place._replace(text=f"{category} {text}"), Origin.AMOUNT, figure, aspect)


def is_ordinal(text: str, profile: Profile) -> bool:
    """Whether the text is nothing but a number a heading or item is given."""
    numbering = profile.numbering
    patterns = (numbering.first, numbering.second, numbering.item)
    return any(re.fullmatch(ordinal_pattern(pattern), text) for pattern in patterns)


def ordinal_pattern(pattern: str) -> str:
    """A regular expression for what a pattern of Numbering makes."""
    return re.escape(pattern).replace(r"\{1\}", r"\d+").replace(r"\{一\}", f"[{NUMERAL}]+")


def clause(text: str, start: int, end: int) -> str:
    """The words around a place up to the nearest punctuation."""
    first = max(text.rfind(mark, 0, start) for mark in _ENDS) + 1
    ends = [found for mark in _ENDS if (found := text.find(mark, end)) >= 0]
    return text[first : min(ends, default=len(text))].strip()


class _Table(NamedTuple):
    """One table being read."""

    source: Made
    block: TableBlock
    grid: Grid
    number: int

    def stretches(self, page: int) -> Iterator[Printed]:
        block, title = self.block, self.grid.spec.title.value
        for text in (block.caption, *(block.headline or ()), *dict.fromkeys(cell.text for cell in block.header)):
            yield Printed(text, Place(title, page, text, self.number))
        pages = self.source.pages.rows[self.number - 1]
        yield from self._form(pages) if self.grid.spec.form else self._body(pages)
        last = pages[-1] if pages else page
        for note in block.notes:
            yield Printed(note, Place(title, last, note, self.number))

    def _body(self, pages: tuple[int, ...]) -> Iterator[Printed]:
        panels = [leaves(panel.columns) for panel in self.grid.spec.panels]
        columns = [leaf for panel in panels for leaf in panel]
        ends = [sum(map(len, panels[: index + 1])) for index in range(len(panels))]
        sides = [range(end - len(panel), end) for panel, end in zip(panels, ends, strict=True) for _ in panel]
        group, paths, unit = _Group(self.source.inputs), self.block.paths, ""
        for row, page in zip(self.block.rows, pages, strict=True):
            group.next(row, columns)
            words = group.words if row.joined else row.texts
            unit = self._unit(row, unit)
            above = (unit, self.source.inputs.department.agencies[unit]) if unit and unit not in words else ()
            labels = {side.start: self._label(words, columns, side) for side in set(sides)}
            for index, leaf in enumerate(columns):
                if row.is_joined(index):
                    continue
                label = (*labels[sides[index].start], *_indicator(row, columns, leaf))
                place = Place(self._name, page, row.texts[index], self.number, label, paths[index], above)
                yield self._cell(row, index, leaf, place)._replace(hint=group.hint(leaf))

    def _unit(self, row: TableRow, last: str) -> str:
        """The code of the unit that a row names, or is listed under; "" where a department has no other units."""
        department = self.source.inputs.department
        if len(department.agencies) < 2:
            return ""
        named = next((text for text in row.texts if text in department.agencies), "")
        lines = next((figure.lines for figure in row.figures if isinstance(figure, Figure) and figure.lines), ())
        return named or (last if all(line.agency == last for line in lines) else "")

    @property
    def _name(self) -> str:
        return self.grid.spec.title.value

    def _cell(self, row: TableRow, index: int, leaf: Leaf, place: Place) -> Printed:
        text, figure = row.texts[index], row.figures[index]
        if isinstance(leaf, AmountColumn) and (figure or not text or text[0].isdigit()):
            return Printed(text, place, Origin.AMOUNT, figure)
        if isinstance(leaf, TextColumn):
            code = self._code(row, index, leaf)
            if code[1]:
                return Printed(text, place, Origin.CODE, code=code)
        return Printed(text, place, numeric=figure)

    def _code(self, row: TableRow, index: int, leaf: TextColumn) -> tuple[str, str]:
        """Dimension and whole code of a cell: 款 stands in its own column, after its 类."""
        text = row.texts[index]
        group, _, part = leaf.source.split("/")[0].rpartition(".")
        codes = self.source.inputs.department
        if text in codes.agencies or text in codes.projects or text == codes.code:
            return "", text
        if not text.isascii() or not text.isdigit():
            return "", ""
        if part in ("款", "项"):
            before = 1 if part == "款" else 2
            return group, "".join(row.texts[max(0, index - before) : index + 1])
        return (group, text) if part in ("类", "代码") else ("", "")

    def _label(self, words: tuple[str, ...], columns: list[Leaf], panel: range) -> tuple[str, ...]:
        """The row's words for a cell: codes in one piece, then names; the first panel's words are not the second's."""
        found: list[str] = []
        joining = False
        for index in panel:
            column, text = columns[index], words[index]
            if not isinstance(column, TextColumn):
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

    def _form(self, pages: tuple[int, ...]) -> Iterator[Printed]:
        rows = iter(zip(self.block.rows, pages, strict=True))
        above: tuple[str, ...] = ()
        for form in self.grid.spec.form:
            for hint in _hints(form, self.source.inputs):
                row, page = next(rows)
                words = tuple(above[index] if row.is_joined(index) else text for index, text in enumerate(row.texts))
                above = words
                yield from self._form_row(row._replace(texts=words), form, page, hint)

    def _form_row(self, row: TableRow, form: FormRow, page: int, hint: Position | None) -> Iterator[Printed]:
        for index, cell in enumerate(form.cells):
            if row.is_joined(index):
                continue
            place = Place(self._name, page, row.texts[index], self.number, tuple(filter(None, row.texts[:index])))
            origin = Origin.AMOUNT if cell.filter is not None else Origin.WORDS
            typed = hint if cell.value else None
            yield Printed(row.texts[index], place, origin, row.figures[index], hint=typed)


def _indicator(row: TableRow, columns: list[Leaf], leaf: Leaf) -> tuple[str, ...]:
    """Of a target the name of its indicator, which stands beside it."""
    if not isinstance(leaf, IndicatorColumn) or leaf.field == "指标":
        return ()
    name = leaf._replace(field="指标")
    pairs = zip(row.texts, columns, strict=True)
    return tuple(text for text, column in pairs if text and _same_indicator(column, name))


def _same_indicator(column: Leaf, wanted: IndicatorColumn) -> bool:
    return isinstance(column, IndicatorColumn) and column[1:] == wanted[1:]


class _Group:
    """Rows that hang together: the first one's words and project, and how far down its indicators we are."""

    def __init__(self, inputs: Inputs) -> None:
        self._projects = inputs.department.projects
        self.words: tuple[str, ...] = ()
        self.project: Project | None = None
        self.line = 0

    def next(self, row: TableRow, columns: list[Leaf]) -> None:
        """Go to the next row."""
        self.line = self.line + 1 if row.joined else 0
        if row.joined or not any(isinstance(column, IndicatorColumn) for column in columns):
            return
        self.words = row.texts
        lines = next((figure.lines for figure in row.figures if isinstance(figure, Figure)), ())
        self.project = self._projects.get(lines[0].project) if lines else None

    def hint(self, leaf: Leaf) -> Position | None:
        """Where the indicator of this row was typed."""
        if not isinstance(leaf, IndicatorColumn) or self.project is None:
            return None
        items = self.project.indicators.get(leaf.category, ())
        if self.line >= len(items):
            return None
        return items[self.line].position if leaf.field == "指标" else items[self.line].value_position


def _hints(form: FormRow, inputs: Inputs) -> list[Position | None]:
    """One for each row a form's row becomes: where its item was typed, as far as the item knows."""
    performance = inputs.department.performance
    match form.each:
        case "":
            return [None]
        case "指标":
            return [target.value_position for target in performance.targets]
        case "年度主要任务":
            return [None] * len(performance.tasks)
        case "主要职责":
            return [None] * len(inputs.department.duties)
        case _:
            return [None] * len(performance.goals)
