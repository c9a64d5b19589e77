"""What stands behind every number: how it is computed and the lines it comes from, as data for the page's panel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from heapq import nsmallest
from typing import Any, NamedTuple

from generator.model.department import Inputs
from generator.model.figure import Change, Fact, Figure, Mover, Numeric, Share
from generator.model.ledger import LedgerLine
from generator.model.money import Money
from generator.model.source import Position
from generator.render.html.text import attributes_html, escape

SHOWN = 12
"""How many source lines the panel names; the rest are counted."""


class Entry(NamedTuple):
    """One number explained.

    ``figure`` numbers what is one figure, by whatever name and in whatever cell; ``same`` is what equal amounts of
    the same kind share, empty for nothing (zero).
    """

    kind: str
    name: str
    how: tuple[str, ...]
    lines: tuple[int, ...]
    total: int
    figure: int
    same: str


class Explained:
    """Collects the entries of a page as it is written; numbers explained alike are one entry."""

    def __init__(self, inputs: Inputs) -> None:
        self._inputs = inputs
        self._entries: dict[Entry, int] = {}
        self._lines: dict[tuple[str, str, str, str], int] = {}
        self._figures: dict[object, int] = {}
        self._firsts: dict[frozenset[int], tuple[int, ...]] = {}
        self._occurrences = 0

    def html(self, text: str, figure: Numeric | None, where: str | None = None) -> str:
        """The text; where it prints a figure, something to point at and tab to."""
        if figure is None or not text:
            return escape(text)
        self._occurrences += 1
        attributes = attributes_html(
            {"class": "n", "id": f"n{self._occurrences}", "data-f": self.number(figure), "data-at": where}
        )
        return f'<span{attributes} tabindex="0" role="button">{escape(text)}</span>'

    def number(self, figure: Numeric) -> int:
        """The entry's place in ``data``."""
        return self._entries.setdefault(self._entry(figure), len(self._entries))

    def data(self) -> dict[str, Any]:
        """Lists, not names, for what there is much of: the page's script knows the order."""
        return {"entries": [list(entry) for entry in self._entries], "lines": [list(line) for line in self._lines]}

    def _entry(self, figure: Numeric) -> Entry:
        match figure:
            case Figure():
                return self._sum(figure)
            case Share():
                return self._share(figure)
            case Change():
                return self._change(figure)
            case Mover():
                return self._mover(figure)
        return self._fact(figure)

    def _sum(self, figure: Figure) -> Entry:
        amount = money_text(figure.money)
        how = f"台账{len(figure.lines)}行相加，得{amount}" if figure.lines else "台账里没有这样的支出，为0"
        number = self._figure(_identity(figure))
        same = _same("合计", figure.money.amount, amount)
        return Entry("合计", figure.key, (how,), *self._named(figure.lines), number, same)

    def _share(self, share: Share) -> Entry:
        part, whole = money_text(share.part.money), money_text(share.whole.money)
        percent = "整体为0，不计算" if share.percent is None else f"{share.percent:.2f}%"
        how = f"{share.part.key}{part} ÷ {share.whole.key}{whole} = {percent}"
        tail = "四舍五入到两位小数；各项之和调整为100.00%"
        number = self._figure(("占比", _identity(share.part), _identity(share.whole)))
        same = _same("占比", share.percent or Decimal(0), percent)
        name = f"{share.part.key}占{share.whole.key}"
        return Entry("占比", name, (how, tail), *self._named(share.part.lines), number, same)

    def _change(self, change: Change) -> Entry:
        now, before, delta = (money_text(money) for money in (change.current.money, change.prior_money, change.delta))
        how = [f"本年{now} − 上年{before} = {delta.replace('-', '−')}", _came_from(change.prior)]
        if change.rate is not None:
            how.append(f"{money_text(abs(change.delta))} ÷ 上年{before} = {change.rate:.2f}%")
        if change.reason is not None:
            how.append(f"原因写在 {place(change.reason.position)}")
        number = self._figure(("比上年", change.current.key))
        same = _same("比上年", change.delta.amount, delta)
        return Entry("比上年", change.current.key, tuple(how), *self._named(change.current.lines), number, same)

    def _mover(self, mover: Mover) -> Entry:
        delta = money_text(mover.delta)
        how = f"本年{len(mover.lines)}行之和 − 上年{len(mover.before)}行之和 = {delta.replace('-', '−')}"
        number = self._figure(("变动", mover.name, delta))
        return Entry(
            "变动", mover.name, (how,), *self._named(mover.lines), number, _same("变动", mover.delta.amount, delta)
        )

    def _fact(self, fact: Fact) -> Entry:
        amount = value_text(fact.value)
        how = [f"{part.key.rpartition('.')[2]} {value_text(part.value)}{_typed_at(part)}" for part in fact.parts]
        how.append(f"以上{len(fact.parts)}项相加，得{amount}" if fact.parts else f"填报的数{amount}{_typed_at(fact)}")
        number = fact.value.amount if isinstance(fact.value, Money) else Decimal(fact.value)
        figure = self._figure(("填报", fact.key))
        return Entry("填报", fact.key, tuple(how), (), 0, figure, _same("填报", number, amount))

    def _figure(self, identity: object) -> int:
        return self._figures.setdefault(identity, len(self._figures))

    def _named(self, lines: Sequence[LedgerLine]) -> tuple[tuple[int, ...], int]:
        """The first lines in the order of the files, whatever order a table adds them up in."""
        which = frozenset(map(id, lines))
        if which not in self._firsts:
            first = nsmallest(SHOWN, lines, key=lambda line: line.position)
            self._firsts[which] = tuple(self._lines.setdefault(self._line(line), len(self._lines)) for line in first)
        return self._firsts[which], len(lines)

    def _line(self, line: LedgerLine) -> tuple[str, str, str, str]:
        classification, project = self._inputs.classification, self._inputs.department.projects.get(line.project)
        economic = line.department_economic
        names = [
            project.name if project else "",
            _name(classification.function, line.function),
            _name(classification.department_economic, economic),
        ]
        codes = f"{line.function} {economic}"
        return place(line.position), codes, "·".join(filter(None, names)), money_text(line.money)


def _identity(figure: Figure) -> object:
    """The same lines are the same figure; without lines its name is all there is."""
    return frozenset(map(id, figure.lines)) or figure.key


def place(position: Position) -> str:
    """``file:line``, as a person finds it in an editor."""
    return f"{position.file}:{position.line}" if position.line else str(position)


def money_text(money: Money) -> str:
    """An amount with its unit, the way the book holds it."""
    return f"{money.amount:.2f}{money.scale.label}"


def value_text(value: Money | int) -> str:
    """An amount, or a count."""
    return money_text(value) if isinstance(value, Money) else str(value)


def _same(kind: str, number: Decimal, text: str) -> str:
    """Zero is no sign of anything in common."""
    return f"{kind}{text}" if number else ""


def _name(names: Mapping[str, str], code: str) -> str:
    return names.get(code, "")


def _came_from(prior: Fact | Figure) -> str:
    if isinstance(prior, Figure):
        return f"上年数是上年台账{len(prior.lines)}行相加"
    if prior.parts:
        return f"上年数由{len(prior.parts)}项相加：{'、'.join(part.key for part in prior.parts)}"
    return f"上年数是填报的{_typed_at(prior)}"


def _typed_at(fact: Fact) -> str:
    return f"（{place(fact.position)}）" if fact.position else ""
