"""Derived numbers that keep what they were derived from."""

from collections.abc import Hashable
from decimal import Decimal
from typing import NamedTuple

from generator.model.basis import LAST_YEAR, Basis
from generator.model.ledger import Filter, LedgerLine, total_of
from generator.model.money import ZERO, Money, Scale, round_half_up, share
from generator.model.source import Position, Text


class Figure(NamedTuple):
    """A sum of ledger lines; ``key`` names it in prose, where ``scope`` is what it was asked for.

    A table cell's figure has neither: it may be shared by cells whose lines are the same.
    """

    money: Money
    lines: tuple[LedgerLine, ...]
    key: str = ""
    scope: Filter | None = None

    def of_period(self, period: str) -> "Figure":
        """The part of it that is of one 年度 (本年 or 上年结转)."""
        lines = tuple(line for line in self.lines if line.period == period)
        scope = Filter((*self.scope.terms, ("年度", (period,)))) if self.scope is not None else None
        return Figure(total_of(lines, self.money.scale), lines, "", scope)


class Fact(NamedTuple):
    """A number a person typed that no ledger holds (采购, 资产, 上年数), or a sum of such numbers."""

    key: str
    value: Money | int
    position: Position | None
    parts: "tuple[Fact, ...]" = ()

    @property
    def money(self) -> Money:
        """The amount, of one that is known to be no count."""
        assert isinstance(self.value, Money)
        return self.value

    def in_cents(self, scale: Scale) -> "Fact":
        """The fact in the unit of the tables, in its cents: what is worked out from it follows from what is printed."""
        return self._replace(value=self.value.in_cents(scale)) if isinstance(self.value, Money) else self


class Share(NamedTuple):
    """占比: ``percent`` of ``whole`` is ``part``, two places; None when the whole is zero."""

    part: Figure
    whole: Figure
    percent: Decimal | None

    @property
    def exact(self) -> Decimal:
        """The percentage before it is rounded; nothing of nothing is 0."""
        whole = self.whole.money.amount
        return self.part.money.amount * 100 / whole if whole else ZERO


class Mover(NamedTuple):
    """One thing that explains a change: a project, a 功能科目 or a line, and how much it moved.

    ``lines`` are this year's, ``before`` last year's; ``project``: it is one, else a kind of spending.
    """

    name: str
    delta: Money
    lines: tuple[LedgerLine, ...] = ()
    before: tuple[LedgerLine, ...] = ()
    project: bool = False


class Draft(NamedTuple):
    """What is known about a change nobody explained. ``basis`` is 新增, 上年台账 or 构成.

    ``others``: other things moved as well, and much. Of 构成 nothing tells what moved: it can't be worded.
    """

    basis: str
    movers: tuple[Mover, ...]
    others: bool = False

    @property
    def unknown(self) -> bool:
        """Whether only a person can say why."""
        return self.basis == "构成" and bool(self.movers)


COMPLETION = "完成率"
"""The aspect of a Change that says how much of the basis it is."""


class Change(NamedTuple):
    """A figure against a basis, most often last year: ``delta`` = current − prior, ``rate`` = |delta| / prior in percent.

    ``rate`` is None when there was nothing then. ``reason`` is a person's words, else ``draft``
    holds the facts a profile words a draft from; both None when nothing changed.
    """

    current: Figure
    prior: Fact | Figure
    delta: Money
    rate: Decimal | None
    reason: Text | None = None
    draft: Draft | None = None
    basis: Basis = LAST_YEAR

    @property
    def completion(self) -> Decimal | None:
        """完成率: how much of the basis's amount the figure is, in percent; None where that is zero."""
        return share(self.current.money, self.prior_money)

    def number(self, aspect: str) -> Money | Decimal | None:
        """What a table's cell prints of it: 上年数, 差额 with its sign, 完成率, or 增幅 with its sign; None on a zero base."""
        match aspect:
            case "上年数":
                return self.prior_money
            case "差额":
                return self.delta
            case _ if aspect == COMPLETION:
                return self.completion
            case _:
                return -self.rate if self.rate is not None and self.delta.amount < 0 else self.rate

    def exact(self, aspect: str) -> Decimal:
        """增幅 with its sign, or 完成率, before it is rounded; 0 on a zero base."""
        before, told = self.prior_money.amount, self.current if aspect == "完成率" else None
        return (told.money if told else self.delta).amount * 100 / before if before else ZERO

    @property
    def prior_money(self) -> Money:
        """The basis's amount."""
        value = self.prior.money if isinstance(self.prior, Figure) else self.prior.value
        assert isinstance(value, Money)
        return value


def change_of(
    current: Figure, prior: Fact | Figure, basis: Basis, reason: Text | None = None, draft: Draft | None = None
) -> Change:
    """The change against a basis: rate = |delta| / prior × 100, half-up to two places; None on a zero base."""
    before = prior.money
    delta = current.money - before
    rate = round_half_up(abs(delta.amount) * 100 / before.amount) if before else None
    return Change(current, prior, delta, rate, reason if delta else None, draft, basis)


Numeric = Figure | Fact | Share | Change | Mover


def identity(numeric: Numeric) -> Hashable:
    """What makes two numbers the same one: sums over the same lines are, by whatever name; without lines it is the name.

    Lines are told apart by being other objects, so an identity is of use only while the book lives.
    """
    match numeric:
        case Figure():
            return "sum", frozenset(map(id, numeric.lines)) or numeric.key
        case Share():
            return "share", _name(numeric.part), _name(numeric.whole)
        case Change():
            return "change", _name(numeric.current), numeric.basis.name
        case Mover():
            return "mover", numeric.name, numeric.delta
        case Fact():
            return "fact", numeric.key, numeric.position, tuple(part.position for part in numeric.parts)


def _name(figure: Figure) -> Hashable:
    """What a figure is known by: its name in prose, else what it selects."""
    return figure.key or figure.scope
