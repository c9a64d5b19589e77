"""The whole document: parts, headings, tables, contents; every number counted, every title written once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count, takewhile
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from generator.compose.charts import charts_of
from generator.compose.context import Context
from generator.compose.formats import Formats
from generator.compose.numerals import numbered, numbers_of
from generator.compose.prose import Title, blocks_of
from generator.compose.sandbox import Sandbox
from generator.compose.tables import TableComposer
from generator.compose.templates import Templates
from generator.model.book import Book
from generator.model.department import UNIT, Inputs
from generator.model.document import Block, Document, Entry, Heading, Paragraph, Run
from generator.model.figure import Change
from generator.model.ledger import CODED
from generator.model.number_format import NumberFormat
from generator.model.problem import Problem, Problems, Severity
from generator.model.profile import Part, Profile
from generator.model.remember import Remember, anew
from generator.model.source import Position, Source, Text
from generator.model.table_spec import TableSpec

if TYPE_CHECKING:
    from generator.compose.items import Unsaid


class MasterTexts(NamedTuple):
    """The templates on a master's cover and the like; ``held`` are words that they may name besides."""

    texts: Sequence[Text] = ()
    held: Mapping[str, str] = MappingProxyType({})


_NONE = MasterTexts()
_DEEPEST = 3
"""Masters have styles for three levels of headings; deeper ones look like the third."""
_ENDS = tuple("、，．.）)：:")


def compose(
    inputs: Inputs, book: Book, profile: Profile, remember: Remember = anew, master: MasterTexts = _NONE
) -> tuple[Document, Problems]:
    """The document, and what is wrong in the profile's templates; ``master`` are those on the master's cover and the like.

    ``remember`` may keep compiled templates between runs, as Python keeps compiled modules; it never changes what
    comes out.
    """
    return compose_in(Sandbox, (inputs, book, profile), remember, master)


def compose_in(
    sandbox: Callable[..., Sandbox],
    of: tuple[Inputs, Book, Profile],
    remember: Remember = anew,
    master: MasterTexts = _NONE,
) -> tuple[Document, Problems]:
    """The same where templates run in a sandbox of another kind (traced.py has one that notes what they take)."""
    inputs, book, profile = of
    unsaid: list[Unsaid] = []
    unexplained: list[Change] = []
    formats = Formats(profile.conventions)
    context = Context(inputs, profile, book, formats, unsaid, _own_formats(profile), unexplained)
    templates, _ = templates_of(context, remember, sandbox)
    composer = _Composer(inputs, book, profile, templates)
    blocks = tuple(composer.blocks())
    title = templates.text(profile.title)
    furniture = furniture_of(inputs, title)
    file_name = templates.text(profile.file_name)
    contents = templates.text(profile.title._replace(value=profile.contents_title))
    furnished = tuple(
        (text.value, templates.furnished(text, {**master.held, **dict(furniture)})) for text in master.texts
    )
    templates.leave()
    document = Document(title, file_name, contents, furniture, tuple(composer.contents()), blocks, furnished)
    return document, (*templates.problems, *_to_say(unsaid, inputs), *_to_explain(unexplained, inputs))


def _own_formats(profile: Profile) -> dict[str, NumberFormat]:
    return {spec.name: spec.format for spec in profile.figures if spec.format is not None}


def _to_explain(unexplained: Sequence[Change], inputs: Inputs) -> Iterator[Problem]:
    """D066: a sentence gives the reason of a change that nobody explained and no ledger tells; nothing is made up."""
    department = inputs.department
    year, file = department.year, department.own_file
    severity = Severity.ERROR if inputs.doubts is None else Severity.WARNING
    for name, change in {change.current.key: change for change in unexplained}.items():
        word = "增加" if change.delta.amount > 0 else "减少"
        yield Problem(
            "D066", severity,
            f"“{name}”比{year - 1}年{word}{abs(change.delta)}，没有填写变动原因，也没有{year - 1}年的台账可以起草",
            f"请在{file}的“变动原因”下补上“{name}: …”；可参考的说法：shuoming reasons {year} {name}。",
            Position(f"{inputs.folder}/{file}"),
        )  # fmt: skip


def _to_say(unsaid: Sequence[Unsaid], inputs: Inputs) -> Iterator[Problem]:
    """D057: a sentence prints an item's amount, and nobody said what it asks of it; each once.

    An error where the words would stand in the sentence: “主要用于。” is no sentence.
    """
    printed = {one[:4] for one in unsaid if one.printed}
    department = inputs.department
    file = department.own_file
    for dimension, code, name, word, money, said, _ in dict.fromkeys(one._replace(printed=False) for one in unsaid):
        if money:
            if department.edition == UNIT and said is not None and not said.file.endswith(file):
                said = None  # the department's words: the unit has its own file
            item = f"{code} {name}" if dimension in CODED else name
            added = f"请在这一项里加上：{word}: …。"
            typed = f'请在{file}的“说明”下写上：{dimension}: {{"{item}": {{{word}: …}}}}。'
            severity, lost = Severity.WARNING, "文中缺这一句"
            if (dimension, code, name, word) in printed and inputs.doubts is None:
                severity, lost = Severity.ERROR, "文中的句子缺这几个字"
            yield Problem(
                "D057", severity, f"{dimension}“{item}”有{money}，没有填写“{word}”，{lost}",
                added if said else typed, said or Position(f"{inputs.folder}/{file}"),
            )  # fmt: skip


def templates_of(
    context: Context, remember: Remember, sandbox: Callable[..., Sandbox] = Sandbox
) -> tuple[Templates, dict[str, Source]]:
    """A document's templates, and the files they may include."""
    prose = {part.prose.name: part.prose for part in context.profile.outline if part.prose is not None}
    sources = {**prose, **context.profile.wording}
    return Templates(sources, context.values(), context.filters(), remember, sandbox), sources


def furniture_of(inputs: Inputs, title: str) -> tuple[tuple[str, str], ...]:
    """What the master's templates may name besides."""
    department = inputs.department
    return ("标题", title), ("部门", department.name), ("日期", department.date), *department.cover.items()


class _Composer:
    """Walks the outline; the contents come of what it meets."""

    def __init__(self, inputs: Inputs, book: Book, profile: Profile, templates: Templates) -> None:
        self.inputs, self.book, self.profile, self.templates = inputs, book, profile, templates
        self.formats = Formats(profile.conventions)
        self.pending = ""
        self.entries: list[Entry] = []
        self.announced: list[Entry] = []
        self.announced_at = -1
        self.anchors = count(1)
        self.parts = 0
        self.numbers = dict(zip((spec.key for spec in profile.tables), numbers_of(profile), strict=True))

    def blocks(self) -> Iterator[Block]:
        """All blocks, in order."""
        words = list(takewhile(lambda part: not part.tables, self.profile.outline))
        for part in words:
            yield from self._part(part)
        yield from self._charts()
        for part in self.profile.outline[len(words) :]:
            yield from self._part(part)

    def contents(self) -> list[Entry]:
        """The entries of the contents, after all blocks; those of tables below the part that announces them."""
        place = self.announced_at
        return [*self.entries[:place], *self.announced, *self.entries[place:]] if place >= 0 else self.entries

    def _charts(self) -> Iterator[Block]:
        """The charts, under a heading without a number: they come between the words and the first tables."""
        templates = self.profile.conventions.charts
        if not templates:
            return
        words = {name: self.templates.text(text) for name, text in templates.items()}
        charts = charts_of(self.book, self.inputs, words, self.profile.conventions.table_thousands)
        if charts:
            yield self._top(Title(1, "", words["标题"]))
        yield from charts

    def _part(self, part: Part) -> Iterator[Block]:
        ordinal = ""
        if part.ordinal:
            self.parts += 1
            ordinal = numbered(part.ordinal, self.parts)
        if part.title is not None:
            entry = None if part.listed else ""
            entry = self.templates.text(part.entry) if part.entry is not None else entry
            said = Title(1, ordinal, self.templates.text(part.title), entry)
            if part.only_listed:
                self.pending = self._entry(said)
            else:
                yield self._top(said, part.shown, part.annex)
        for line in part.cover:
            yield Paragraph((Run(self.templates.text(line)),), "Cover")
        around = _Around(self, part)
        if part.prose is not None:
            values = {"附表": [self._named(spec) for spec in part.tables]} if part.tables else None
            rendered = self.templates.render(part.prose, values)
            yield from blocks_of(rendered, self.templates, self.profile.numbering, around)
        if part.lists:
            self.announced_at = len(self.entries)
        yield from around.placed("")
        if self.pending:  # nothing came that it could lead to
            self.pending, self.parts = "", self.parts - bool(part.ordinal)

    def _named(self, spec: TableSpec) -> dict[str, Run | bool]:
        """A table as a part's words may name it; 空: nothing is printed in it."""
        number = numbered(spec.standing.number or self.profile.numbering.table, *self.numbers[spec.key])
        return {"号": Run(number), "名": Run(spec.title.value), "空": self.book.grids[spec.key].empty}

    def section(self, part: Part, said: Title) -> Heading:
        """A heading of a part's words."""
        if said.level == 1:
            return self._top(said._replace(entry=said.entry or ""))
        anchor, level, title = self._anchor(), min(said.level, _DEEPEST), said.title
        if said.entry or (said.entry is None and said.level <= part.depth):
            self.entries.append(Entry(2, said.ordinal + (said.entry or title), anchor))
        if level == 2 and part.section is not None:
            title = self.templates.text(part.section, {"题": title})
        return Heading(level, said.ordinal, title, anchor)

    def table(self, spec: TableSpec) -> Block:
        """A table, with its entry in the contents."""
        standing, title, anchor = spec.standing, spec.title.value, self._anchor()
        number = numbered(standing.number or self.profile.numbering.table, *self.numbers[spec.key])
        if standing.listed:
            entry = title if standing.entry is None else self.templates.text(standing.entry, {"表名": title})
            entries = self.announced if self.announced_at >= 0 else self.entries
            entries.append(Entry(2, number + entry, anchor))
        said = {"表名": title, "表号": number}
        if spec.format is not None:
            said["表内单位"] = spec.format.scale.label
        caption = self.templates.text(standing.caption, said)
        left, right = (self.templates.text(text, said) for text in standing.headline or self.profile.headline)
        place = Position(spec.title.position.file)
        label = self._label_at(place, said)
        composer = TableComposer(self.formats, self.profile.numbering, self.inputs.department, label)
        return composer.compose(self.book.grids[spec.key], caption, anchor, (left, right))

    def _top(self, said: Title, shown: bool = True, annex: bool = False) -> Heading:
        """A heading of the first level; an ordinal that ends in a mark stands on the title's line."""
        anchor, ordinal, title = self._anchor(), said.ordinal, said.title
        if entry := self._entry(said):
            self.entries.append(Entry(1, entry, anchor))
        if not shown:
            return Heading(1, "", title, anchor, annex)
        alone = not ordinal.endswith(_ENDS)
        return Heading(1, ordinal, title, anchor, annex) if alone else Heading(1, "", ordinal + title, anchor, annex)

    def _entry(self, said: Title) -> str:
        """What the contents say of a heading of the first level; nothing where it isn't listed."""
        entry, ordinal = said.title if said.entry is None else said.entry, said.ordinal
        if not entry:
            return ""
        return f"{ordinal}　{entry}" if ordinal and not ordinal.endswith(_ENDS) else ordinal + entry

    def _label_at(self, place: Position, said: Mapping[str, str]) -> Callable[[str], str]:
        """A table's column heads, notes and cells; what is wrong in them is wrong in its file."""
        return lambda text: self.templates.text(Text(text, place), said) if "{" in text else text

    def _anchor(self) -> str:
        """The next bookmark; an entry without a heading of its own leads to it too."""
        anchor = f"toc{next(self.anchors):04d}"
        if self.pending:
            self.entries.append(Entry(1, self.pending, anchor))
            self.pending = ""
        return anchor


class _Around:
    """What the words of one part stand in: its headings, and those of its tables that are not placed yet."""

    def __init__(self, composer: _Composer, part: Part) -> None:
        self.composer, self.part = composer, part
        self.left = {spec.key: spec for spec in part.tables}

    def heading(self, title: Title) -> Heading:
        """A heading of the part's words."""
        return self.composer.section(self.part, title)

    def placed(self, key: str) -> Iterator[Block]:
        """The table of this name, all that are left where it is empty."""
        for each in [key] if key else list(self.left):
            if each in self.left:
                yield self.composer.table(self.left.pop(each))
