"""The sentences of a bound reading: each number with its meaning, and the tables' amounts of the same meaning."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cached_property

from generator.check.agreements import Tables
from generator.check.amounts import Amounts, Printed
from generator.check.book_rules import Derived
from generator.check.families import Family, families_of
from generator.check.numbers import Number, ToldChange
from generator.check.rules import Answer, Rule, Unbound
from generator.model.bound import Bound, LostNumber
from generator.model.figure import Change
from generator.model.ledger import DIMENSIONS, Filter
from generator.model.meaning import Moved, Part, Sum, normal
from generator.model.money import ZERO, Scale
from generator.model.problem import Severity
from generator.model.reading import year_of
from generator.model.sentence import Said, changes, clause, label, without_reasons
from generator.model.statement import Statement

_UNKNOWN = Statement((), {})


class Prose:
    """The sentences with the tables they speak of; ``derived`` where the document is our own."""

    def __init__(
        self, bound: Bound, tables: Tables, derived: Derived | None = None, statement: Statement = _UNKNOWN
    ) -> None:
        self.bound, self.tables, self.derived, self.statement = bound, tables, derived, statement

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """Every number that was bound, in order."""
        paragraphs = self.bound.reading.paragraphs
        return tuple(
            Number(one, paragraphs[one.paragraph].section, label(clause(paragraphs[one.paragraph].text, one.start)))
            for one in self.bound.numbers
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
        by_fund = {title: self._lists_funds(title) for title in self.sections}
        return tuple(one for title, numbers in self.sections.items() for one in families_of(numbers, by_fund[title]))

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
        of = {(one.paragraph, one.start): one.meaning for one in self.bound.numbers}
        return tuple(
            ToldChange(told, item.section, at, item.text, moved.scope if isinstance(moved, Moved) else None)
            for at, item in enumerate(self.bound.reading.paragraphs)
            for told in changes(without_reasons(item.text))
            for moved in [of.get((at, told.start))]
        )

    def moves(self, section: str) -> dict[Filter, Decimal]:
        """What a section says of amounts against last year, in 元: nothing where it says 持平."""
        found = {one.scope: one.signed for one in self.changes if one.section == section and one.scope is not None}
        for number in self.sections.get(section, ()):
            if isinstance(number.meaning, Moved) and not number.is_amount:
                found.setdefault(number.meaning.scope, ZERO)
        return found

    @cached_property
    def known(self) -> dict[Filter, Change]:
        """The comparisons of the book, by what they are of."""
        if self.derived is None:
            return {}
        changes_ = self.derived.book.changes.values()
        return {normal(one.current.scope): one for one in changes_ if one.current.scope is not None}

    def printed(self, scope: Filter) -> tuple[Printed, ...]:
        """The cells of the tables that print a scope's amount."""
        return self.amounts.of(scope) if is_of_the_ledger(scope) else ()

    def said_of(self, scope: Filter, section: str, place: tuple[int, int]) -> Said:
        """A scope's amount as the words before a place say it, else the words after, else any words, else a table. Raises Unbound."""
        same = [one for one in self.sums if one.meaning == Sum(scope)]
        near = [one for one in same if one.section == section]
        before = [one for one in near if one.bound[:2] < place]
        for found in (before[-1:], near[:1], same[:1]):
            if found:
                return found[0].said
        for cell in self.printed(scope):
            if cell.yuan is not None and cell.sheet.scale is not None:
                return Said(f"{cell.amount}{cell.sheet.scale.label}", cell.yuan, cell.sheet.scale)
        raise Unbound(f"“{section}”里没有读到本年数")

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
        for item in self.bound.reading.paragraphs:
            found.setdefault(item.section, []).append(without_reasons(item.text))
        return {section: "\n".join(texts) for section, texts in found.items()}

    def text(self, section: str) -> str | None:
        """The words under a heading; None where there is no such section."""
        return self.texts.get(section)

    def name_of(self, share: Number) -> str:
        """The words of the amount that a 占比 is behind."""
        part = share.meaning.part if isinstance(share.meaning, Part) else None
        same = (
            [one for one in self.sums if one.meaning == Sum(part) and one.bound[:2] < share.bound[:2]] if part else []
        )
        return same[-1].words if same else share.words

    @cached_property
    def year(self) -> int:
        """The budget year, as the cover says it. Raises Unbound."""
        found = year_of(self.bound.reading)
        if found is None:
            raise Unbound("封面没有写年度")
        return found

    def lost(self, *kinds: type) -> Iterator[LostNumber]:
        """The numbers of these meanings that were not read."""
        return (one for one in self.bound.lost if isinstance(one.meaning, kinds))


def is_of_the_ledger(scope: Filter) -> bool:
    """Whether tables can have such an amount: not one that only a sentence names."""
    return all(
        name in DIMENSIONS and (not DIMENSIONS[name].values or set(values) <= set(DIMENSIONS[name].choices))
        for name, values in scope.terms
    )


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
