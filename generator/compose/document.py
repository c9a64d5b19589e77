"""The whole document: parts, headings, tables, contents; every number counted, every title written once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count, takewhile
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from generator.compose.charts import charts_of
from generator.compose.context import Context
from generator.compose.formats import Formats
from generator.compose.numerals import numbered
from generator.compose.prose import blocks_of
from generator.compose.tables import TableComposer
from generator.compose.templates import Templates
from generator.model.book import Book
from generator.model.department import Inputs
from generator.model.document import Block, Document, Entry, Heading
from generator.model.ledger import CODED
from generator.model.problem import Problem, Problems, Severity
from generator.model.profile import Annex, Part, Profile
from generator.model.remember import Remember, anew
from generator.model.source import Position, Source, Text

if TYPE_CHECKING:
    from generator.compose.items import Unsaid


class MasterTexts(NamedTuple):
    """The templates on a master's cover and the like; ``held`` are words that they may name besides."""

    texts: Sequence[Text] = ()
    held: Mapping[str, str] = MappingProxyType({})


_NONE = MasterTexts()


def compose(
    inputs: Inputs, book: Book, profile: Profile, remember: Remember = anew, master: MasterTexts = _NONE
) -> tuple[Document, Problems]:
    """The document, and what is wrong in the profile's templates; ``master`` are those on the master's cover and the like.

    ``remember`` may keep compiled templates between runs, as Python keeps compiled modules; it never changes what
    comes out.
    """
    unsaid: list[Unsaid] = []
    templates, _ = templates_of(Context(inputs, profile, book, Formats(profile.conventions), unsaid), remember)
    composer = _Composer(inputs, book, profile, templates)
    blocks = tuple(composer.blocks())
    title = templates.text(profile.title)
    furniture = furniture_of(inputs, title)
    file_name = templates.text(profile.file_name)
    contents = templates.text(profile.title._replace(value=profile.contents_title))
    furnished = tuple(
        (text.value, templates.furnished(text, {**master.held, **dict(furniture)})) for text in master.texts
    )
    document = Document(title, file_name, contents, furniture, tuple(composer.entries), blocks, furnished)
    return document, (*templates.problems, *_to_say(unsaid, inputs))


def _to_say(unsaid: Sequence[Unsaid], inputs: Inputs) -> Iterator[Problem]:
    """D057: a sentence prints an item's amount, and nobody said what it asks of it; each once."""
    for dimension, code, name, word, money in dict.fromkeys(unsaid):
        if money:
            item = f"{code} {name}" if dimension in CODED else name
            yield Problem(
                "D057", Severity.WARNING, f"{dimension}“{item}”有{money}，没有填写“{word}”，文中缺这一句",
                f"请在narrative.yaml的“说明”下写上：{dimension}: {{\"{item}\": {{{word}: …}}}}。",
                Position(f"{inputs.folder}/narrative.yaml"),
            )  # fmt: skip


def templates_of(context: Context, remember: Remember) -> tuple[Templates, dict[str, Source]]:
    """A document's templates, and the files they may include."""
    prose = {item.prose.name: item.prose for item in context.profile.outline if isinstance(item, Part)}
    sources = {**prose, **context.profile.wording}
    return Templates(sources, context.values(), context.filters(), remember), sources


def furniture_of(inputs: Inputs, title: str) -> tuple[tuple[str, str], ...]:
    """What the master's templates may name besides."""
    return ("标题", title), ("部门", inputs.department.name), ("日期", inputs.department.date)


class _Composer:
    """Counts as it walks the outline."""

    def __init__(self, inputs: Inputs, book: Book, profile: Profile, templates: Templates) -> None:
        self.inputs, self.book, self.profile, self.templates = inputs, book, profile, templates
        self.formats = Formats(profile.conventions)
        self.entries: list[Entry] = []
        self.anchors = count(1)
        self.parts = self.tables = 0

    def blocks(self) -> Iterator[Block]:
        """All blocks, in order."""
        words = list(takewhile(lambda item: isinstance(item, Part), self.profile.outline))
        yield from self._items(words)
        yield from self._charts()
        yield from self._items(self.profile.outline[len(words) :])

    def _items(self, items: Sequence[Part | Annex]) -> Iterator[Block]:
        for item in items:
            yield from self._annex(item) if isinstance(item, Annex) else self._part(item)

    def _charts(self) -> Iterator[Block]:
        """The charts, under a heading without a number: they come between the words and the first tables."""
        templates = self.profile.conventions.charts
        if not templates:
            return
        words = {name: self.templates.text(text) for name, text in templates.items()}
        charts = charts_of(self.book, self.inputs, words, self.profile.conventions.table_thousands)
        if charts:
            yield self._top("", words["标题"], annex=False)
        yield from charts

    def _part(self, part: Part) -> Iterator[Block]:
        ordinal = ""
        if part.numbered:
            self.parts += 1
            ordinal = numbered(self.profile.numbering.part, self.parts)
        yield self._top(ordinal, self.templates.text(part.title), annex=False)
        rendered = self.templates.render(part.prose)
        yield from blocks_of(rendered, self.templates, self.profile.numbering, lambda *what: self._section(part, *what))

    def _section(self, part: Part, level: int, ordinal: str, title: str) -> Heading:
        anchor = self._anchor()
        if level == 2:
            self.entries.append(Entry(2, ordinal + title, anchor))
            if part.section is not None:
                title = self.templates.text(part.section, {"题": title})
        return Heading(level, ordinal, title, anchor)

    def _annex(self, annex: Annex) -> Iterator[Block]:
        yield self._top("", self.templates.text(annex.title), annex=True)
        left, right = (self.templates.text(text) for text in self.profile.headline)
        for spec in annex.tables:
            self.tables += 1
            number = numbered(self.profile.numbering.table, self.tables)
            title, anchor = spec.title.value, self._anchor()
            self.entries.append(Entry(2, number + title, anchor))
            caption = self.templates.text(annex.caption, {"表名": title, "表号": number})
            place = Position(spec.title.position.file)
            composer = TableComposer(
                self.formats, self.profile.numbering, self.inputs.department, self._label_at(place)
            )
            yield composer.compose(self.book.grids[spec.key], caption, anchor, (left, right))

    def _top(self, ordinal: str, title: str, annex: bool) -> Heading:
        anchor = self._anchor()
        self.entries.append(Entry(1, f"{ordinal}　{title}" if ordinal else title, anchor))
        return Heading(1, ordinal, title, anchor, annex)

    def _label_at(self, place: Position) -> Callable[[str], str]:
        """A table's column heads, notes and cells; what is wrong in them is wrong in its file."""
        return lambda text: self.templates.text(Text(text, place)) if "{" in text else text

    def _anchor(self) -> str:
        return f"toc{next(self.anchors):04d}"
