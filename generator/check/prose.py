"""The sentences of a bound reading: each number with its meaning, and the tables' amounts of the same meaning."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from generator.check.numbers import Number, ToldChange
from generator.check.rules import Answer, Rule, Unable
from generator.model.basis import LAST_YEAR
from generator.model.bound import Bound, BoundNumber, LostNumber
from generator.model.extent import extent_of, learned, within
from generator.model.figure import Change, Fact
from generator.model.ledger import DIMENSIONS, Filter
from generator.model.meaning import Meaning, Moved, Portion, Sum, normal
from generator.model.money import ZERO, Scale, round_half_up
from generator.model.number_format import NumberFormat
from generator.model.problem import Severity
from generator.model.profile import FactKind
from generator.model.reading import Reading, year_of
from generator.model.sentence import NAMED, Said, changes, clause, label, percent, subject, without_reasons
from generator.model.statement import Statement

if TYPE_CHECKING:
    from generator.check.amounts import Amounts, Printed
    from generator.check.book_rules import Derived
    from generator.check.families import Family
    from generator.check.tables import Tables


class Shown(NamedTuple):
    """An amount of the tables, in 元: how a message names it, its unit; whether its table is about just this; why it has none;
    by how much it may be off, printed in fewer decimals."""

    words: str
    yuan: Decimal | None
    scale: Scale | None
    is_about: bool
    why: str = ""
    off: Decimal = ZERO


class Prose:
    """The sentences with the tables they speak of; ``derived`` where the document is our own.

    ``bind`` makes the reading with its numbers bound, ``read`` the national statement, when a rule asks.
    """

    def __init__(
        self,
        tables: Tables,
        bind: Callable[[], Bound],
        derived: Derived | None = None,
        read: Callable[[], Statement] = Statement,
    ) -> None:
        self.tables, self.derived = tables, derived
        self._bind, self._read = bind, read

    @cached_property
    def bound(self) -> Bound:
        """The reading with its numbers bound; only some rules need them."""
        return self._bind()

    @cached_property
    def statement(self) -> Statement:
        """The national statement."""
        return self._read()

    @property
    def reading(self) -> Reading:
        """The document."""
        return self.tables.bound.reading

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """Every number that was bound, in order."""
        return tuple(map(self._number, self.bound.numbers))

    def _number(self, one: BoundNumber) -> Number:
        item = self.reading.paragraphs[one.paragraph]
        return Number(one, item.section, label(clause(item.text, one.start)))

    @cached_property
    def mislabelled(self) -> tuple[Number, ...]:
        """Amounts whose label says another meaning than the figure that a template prints there.

        Where the place tells amounts apart by more than usual (机关运行经费 of 行政单位 alone), its figure is what it says.
        """
        meant = {(one.paragraph, one.start): one.meaning for one in self.bound.numbers}
        told = (one for one in self.bound.labelled if isinstance(one.meaning, Sum))
        return tuple(
            self._number(one)
            for one in told
            if _usual(meant.get((one.paragraph, one.start), one.meaning)) != _usual(one.meaning)
        )

    @cached_property
    def sections(self) -> dict[str, list[Number]]:
        """The numbers by section."""
        found: dict[str, list[Number]] = {}
        for number in self.numbers:
            found.setdefault(number.section, []).append(number)
        return found

    @cached_property
    def families(self) -> tuple[Family, ...]:
        """What each section lists: an amount and its parts."""
        from generator.check.families import families_of  # only some rules need them

        own = self.derived.profile.dimensions if self.derived else ()
        return tuple(
            one
            for title, numbers in self.sections.items()
            for one in families_of(numbers, self._lists_funds(title), own, self.tables.place.adds)
        )

    def _lists_funds(self, title: str) -> bool:
        section = self.statement.section_of(title)
        return section is not None and section.others == "资金"

    @cached_property
    def sums(self) -> tuple[Number, ...]:
        """Those that are amounts of the ledger."""
        return tuple(number for number in self.numbers if isinstance(number.meaning, Sum))

    @cached_property
    def amounts(self) -> Amounts:
        """The tables' amounts."""
        return self.tables.amounts

    @cached_property
    def changes(self) -> tuple[ToldChange, ...]:
        """Every 增加/减少 of an amount, outside reasons."""
        return tuple(
            ToldChange(told, item.section, at, item.text)
            for at, item in enumerate(self.reading.paragraphs)
            for told in changes(without_reasons(item.text))
        )

    @cached_property
    def _moved(self) -> dict[tuple[int, int], Moved]:
        found = ((one.paragraph, one.start, one.meaning) for one in self.bound.numbers)
        return {(at, start): meaning for at, start, meaning in found if isinstance(meaning, Moved)}

    def moved(self, change: ToldChange) -> Moved | None:
        """What has changed; None where nothing says."""
        return self._moved.get((change.paragraph, change.told.start))

    def is_own(self, change: ToldChange) -> bool:
        """Whether the department's own words say it and no figure: a duty or a plan may speak of changes of anything."""
        if self.derived is None:
            return False
        said = change.text[change.told.words + len(change.told.subject) : change.told.after]
        passages = self.derived.inputs.department.passages
        return any(said in passage.text.value for passage in passages) and self.moved(change) is None

    def subject_of(self, change: ToldChange) -> str:
        """What a sentence says has moved; where it says no more than 比上年, the amount told before."""
        said, moved = subject(change.told.subject), self.moved(change)
        if said or moved is None:
            return said
        numbers = self.sections.get(change.section, ())
        return next((one.words for one in numbers if one.meaning == Sum(moved.scope)), "")

    def moves(self, section: str) -> dict[Filter, Decimal]:
        """What a section says of amounts against last year, in 元: nothing where it says 持平."""
        told = [(self.moved(change), change.signed) for change in self.changes if change.section == section]
        levels = [one.meaning for one in self.sections.get(section, ()) if not one.is_amount]
        told += [(meaning, ZERO) for meaning in levels if isinstance(meaning, Moved)]
        last_year = [(moved.scope, by) for moved, by in told if moved and moved.basis == LAST_YEAR.name]
        return dict(reversed(last_year))

    def is_moved(self, number: Number) -> bool:
        """Whether its section says of an amount how it stands to some basis, if only 持平."""
        changes = (self.moved(change) for change in self.changes if change.section == number.section)
        levels = (one.meaning for one in self.sections.get(number.section, ()))
        return any(isinstance(one, Moved) and one.scope == number.scope for one in (*changes, *levels))

    @cached_property
    def _known(self) -> dict[tuple[Filter, str], Change]:
        if self.derived is None:
            return {}
        found = (change for group in self.derived.book.comparisons.values() for change in group.values())
        return {(normal(one.current.scope), one.basis.name): one for one in found if one.current.scope is not None}

    def known(self, moved: Moved) -> Change | None:
        """The book's comparison of what has moved, with the same basis; of an item of a figure, what the ledgers tell."""
        known = self._known.get((moved.scope, moved.basis))
        if known is not None or self.derived is None or not is_of_the_ledger(moved.scope):
            return known
        if any(within(extent_of(moved.scope), extent_of(other)) for other in self._redefined):
            return None
        bases = (basis for basis in self.derived.profile.bases if basis.name == moved.basis)
        return next((self.derived.book.compared(basis, moved.scope) for basis in bases), None)

    @cached_property
    def _redefined(self) -> tuple[Filter, ...]:
        """What is no longer what it was last year (口径变化): last year's ledger does not tell what it came to."""
        said = self.derived.inputs.department.redefined if self.derived is not None else {}
        figures = self.derived.profile.figures if said and self.derived is not None else ()
        return tuple(spec.filter for spec in figures if spec.name in said)

    def is_compared(self, scope: Filter) -> bool:
        """Whether an amount is one to compare with last year: where the data is at hand, those that the place compares."""
        return self.derived is None or (scope, LAST_YEAR.name) in self._known

    def shown(self, scope: Filter) -> tuple[Shown, ...]:
        """What the tables print of a scope; where none prints it, the sum of what one prints of each of its values."""
        if not is_of_the_ledger(scope):
            return ()
        return tuple(map(_shown, self.amounts.of(scope))) or tuple(self._added(scope))

    def _added(self, scope: Filter) -> Iterator[Shown]:
        for name, values in scope.terms:
            closed = values if name in DIMENSIONS and DIMENSIONS[name].values else ()
            each = [self.amounts.of(narrowed(scope, name, value)) for value in closed]
            for sheet in {cell.sheet: None for cell in each[0]} if len(each) > 1 else ():
                cells = [next((cell for cell in found if cell.sheet is sheet), None) for found in each]
                yuan = [cell.yuan for cell in cells if cell is not None and cell.yuan is not None]
                if len(yuan) == len(cells) and sheet.scale is not None:
                    yield Shown(f"“{sheet.name}”{'＋'.join(values)}", sum(yuan, ZERO), sheet.scale, False)

    def said_of(self, scope: Filter, section: str, place: tuple[int, int]) -> Said:
        """A scope's amount as the words before a place say it, else the words after, else any words, else a table. Raises Unable."""
        same = [one for one in self.sums if one.meaning == Sum(scope)]
        near = [one for one in same if one.section == section]
        before = [one for one in near if one.bound[:2] < place]
        for found in (before[-1:], near[:1], same[:1]):
            if found:
                return found[0].said
        for cell in self.shown(scope):
            if cell.yuan is not None and cell.scale is not None:
                return Said(in_unit(cell.yuan, cell.scale), cell.yuan, cell.scale)
        raise Unable(f"“{section}”里没有读到本年数")

    def gap(self, whole: Number, parts: Sequence[Number]) -> Decimal:
        """By how much, in 元, parts are more than their whole; nothing where that may come of rounding each."""
        scale = whole.said.scale
        gap = sum((part.said.yuan for part in parts), ZERO) - whole.said.yuan
        off = (
            self.off(one.said) or (rounding_of(0, one.said.scale) if self.finer(one.said.scale) else ZERO)
            for one in (whole, *parts)
        )
        if abs(gap) <= sum(off, ZERO):
            return ZERO
        return ZERO if not self.exact(scale) and abs(gap) <= rounding_of(len(parts), scale) else gap

    def off(self, said: Said) -> Decimal:
        """By how much an amount may be off in 元, written in fewer decimals than two, or cut, by a format of the place."""
        number = said.printed.rstrip("万元")
        rough = (way for way in self._ways if way.scale is said.scale and (way.places < 2 or way.cut))
        return max((way.grain / (1 if way.cut else 2) for way in rough if way.writes(number)), default=ZERO)

    def is_percent(self, printed: str, exact: Decimal) -> bool:
        """Whether a percentage is the exact one in as many decimals as the place writes."""
        told = percent(printed)
        return told == round_half_up(exact) or any(
            told == way.rounded(exact) for way in self._rates if way.writes(printed.rstrip("%％"))
        )

    def is_within(self, printed: str, least: Decimal, most: Decimal) -> bool:
        """Whether a percentage may be one between these, written by a format of the place."""
        told, ways = percent(printed), (way for way in self._rates if way.writes(printed.rstrip("%％")))
        return any(way.rounded(least) <= told <= way.rounded(most) for way in ways)

    @cached_property
    def _rates(self) -> tuple[NumberFormat, ...]:
        """The formats that the place may write percentages in, otherwise than rounded to two decimals."""
        usual = self.derived.profile.conventions.percent_format if self.derived else None
        return tuple(way for way in {*self._ways, *filter(None, (usual,))} if way.is_rough)

    def is_rough(self, printed: str) -> bool:
        """Whether a percentage is written otherwise than rounded to two decimals by a format of the place."""
        return any(way.writes(printed.rstrip("%％")) for way in self._rates)

    @cached_property
    def way(self) -> NumberFormat:
        """How amounts are usually written."""
        return self.derived.profile.conventions.prose_way if self.derived else NumberFormat()

    @cached_property
    def _ways(self) -> tuple[NumberFormat, ...]:
        conventions = self.derived.profile.conventions if self.derived else None
        return (*conventions.formats.values(), *filter(None, (conventions.prose_format,))) if conventions else ()

    def finer(self, scale: Scale) -> bool:
        """Whether our own numbers are finer than this unit prints: what is worked out of printed ones is near then."""
        return self.derived is not None and self.derived.book.scale.value < scale.value

    def exact(self, scale: Scale) -> bool:
        """Whether numbers in this unit are printed as they are reckoned, so that they add up to the cent."""
        if self.derived is not None:
            return self.derived.book.scale is scale
        units = {sheet.scale for sheet in self.amounts.sheets} - {None}
        return units == {scale}

    @cached_property
    def texts(self) -> dict[str, str]:
        """All words under each heading but the reasons: what they name is not what the sentence is about."""
        found: dict[str, list[str]] = {}
        for item in self.reading.paragraphs:
            found.setdefault(item.section, []).append(without_reasons(item.text))
        return {section: "\n".join(texts) for section, texts in found.items()}

    def text(self, section: str) -> str | None:
        """The words under a heading; None where there is no such section."""
        return self.texts.get(section)

    def denies(self, section: str) -> bool:
        """Whether a section says that there is nothing of what it is about."""
        return any(not one.is_amount and one.printed.startswith("无") for one in self.sections.get(section, ()))

    @property
    def facts(self) -> Mapping[str, Fact]:
        """What a person typed, and its sums, where the data is at hand."""
        return self.derived.book.facts if self.derived else {}

    @property
    def typed_sums(self) -> Mapping[str, tuple[str, ...]]:
        """Which typed numbers are sums, and of which; none: those listed behind it."""
        return self.derived.profile.sums if self.derived else self.statement.sums

    def is_count(self, name: str) -> bool:
        """Whether a sum of typed numbers is no amount."""
        if self.derived is None:
            return name in self.statement.counts
        facts = self.derived.profile.facts
        return any(facts.get(part) is FactKind.COUNT for part in self.typed_sums[name])

    def name_of(self, share: Number) -> str:
        """The words of the amount that a 占比 is behind."""
        part = share.meaning.part if isinstance(share.meaning, Portion) else None
        before = [one for one in self.sums if one.bound[:2] < share.bound[:2]]
        return next((one.words for one in reversed(before) if part and one.meaning == Sum(part)), share.words)

    @cached_property
    def year(self) -> int:
        """The budget year, as the cover says it. Raises Unable."""
        found = year_of(self.reading)
        if found is None:
            raise Unable("封面没有写年度")
        return found

    def lost(self, *kinds: type) -> Iterator[LostNumber]:
        """The numbers of these meanings that were not read."""
        return (one for one in self.bound.lost if isinstance(one.meaning, kinds))


def _shown(cell: Printed) -> Shown:
    sheet, alone = cell.sheet, len(cell.sheet.rows) == 1
    words = f"“{sheet.name}”“{sheet.head(cell.column)}”" if alone else cell.words
    return Shown(
        words, cell.yuan, sheet.scale, sheet.whole == cell.extent, cell.why if cell.yuan is None else "", cell.off
    )


def narrowed(scope: Filter, name: str, value: str) -> Filter:
    """The scope with one value of a dimension."""
    return Filter(tuple((one, (value,) if one == name else values) for one, values in scope.terms))


def is_of_the_ledger(scope: Filter) -> bool:
    """Whether tables can have such an amount: not one that only a sentence names."""
    return all(name != NAMED and set(values) <= set(_choices(name) or values) for name, values in scope.terms)


def within_a_cent(one: Decimal, other: Decimal, printed: Scale, table: Scale) -> bool:
    """Whether two amounts in 元 agree: exactly in one unit, to half a cent of the coarser one in two."""
    return abs(one - other) <= (ZERO if printed is table else Decimal("0.005") * max(printed.value, table.value))


def percents_of(part: Said, whole: Decimal, off: int) -> tuple[Decimal, Decimal]:
    """The least and the most percent that ``part`` is of ``whole`` (元, and ``off`` halves of a cent off) before rounding."""
    half = Decimal("0.005") * part.scale.value
    least = max(part.yuan - half, ZERO) * 100 / (whole + off * half)
    return least, (part.yuan + half) * 100 / max(whole - off * half, half)


def rounding_of(parts: int, scale: Scale) -> Decimal:
    """By how much, in 元, a whole may miss the sum of so many parts where each of them was rounded to a cent of its unit."""
    return Decimal("0.005") * (parts + 1) * scale.value


def in_unit(yuan: Decimal, scale: Scale) -> str:
    """An amount of 元 in a unit, as messages print it."""
    return f"{yuan / scale.value:.2f}{scale.label}"


SENTENCES_SOURCE = "财预〔2016〕143号：文字与表格一致、说明增减变化"
MEND_WORDS = "请以表为准更新文字；由程序生成的文档请重新生成。"


def sentence_rule(
    code: str, title: str, find: Callable[[Prose], Iterator[Answer]], wrong: str, right: str
) -> Rule[Prose]:
    """A row for an error of a sentence against the tables or against itself."""
    return Rule(code, title, Severity.ERROR, find, SENTENCES_SOURCE, wrong, right)


def _choices(name: str) -> tuple[str, ...]:
    return (*DIMENSIONS[name].choices, *learned(name)) if name in DIMENSIONS and DIMENSIONS[name].choices else ()


def _usual(meaning: Meaning) -> Meaning:
    """A meaning but for what only the place tells apart."""
    if not isinstance(meaning, Sum) or all(name in DIMENSIONS for name in meaning.scope.dimensions):
        return meaning
    return Sum(Filter(tuple(term for term in meaning.scope.terms if term[0] in DIMENSIONS)))
