"""Derived numbers told: a sum by its lines, a share by part and whole, a change by both years."""

from __future__ import annotations

from collections.abc import Hashable
from decimal import ROUND_DOWN, Decimal

from generator.explain.printed import Made
from generator.model.basis import LAST_YEAR
from generator.model.explanation import Explanation, Kind, Typed
from generator.model.figure import COMPLETION, Change, Fact, Figure, Mover, Numeric, Share, identity
from generator.model.ledger import Filter, LedgerLine, total_of
from generator.model.meaning import normal
from generator.model.money import CENT, Money, Scale, share
from generator.model.source import Position

LAST = "上年的"


class Figures:
    """Tells of the numbers that keep what they were derived from."""

    def __init__(self, made: Made) -> None:
        self._made = made
        self._specs = {spec.name: spec for spec in made.profile.figures}
        self._keys: dict[int, tuple[Figure, Hashable]] = {}  # with the figure, so that its id stays its own
        self._names: dict[Hashable, list[str]] = {}
        for name, figure in made.book.figures.items():
            self._names.setdefault(self._sum_key(figure), []).append(name)
        ledgers = [made.inputs.ledger, *([made.inputs.prior_ledger] if made.inputs.prior_ledger else [])]
        self._typed = {line.position: line.money for ledger in ledgers for line in ledger.all_lines}
        self.records: dict[Position, tuple[str, Money | int]] = {}
        if made.inputs.department.records:
            from generator.explain.records import record_amounts  # few places have lists

            self.records = record_amounts(made.inputs.department)

    def key(self, numeric: Numeric, aspect: str = "") -> Hashable:
        """What makes two printed numbers the same one; of a change also which of its numbers (``aspect``) it is."""
        if isinstance(numeric, Figure):
            return self._sum_key(numeric)
        return (identity(numeric), aspect) if isinstance(numeric, Change) else identity(numeric)

    def tell(self, numeric: Numeric, aspect: str = "") -> Explanation:
        """The explanation, without places."""
        match numeric:
            case Figure():
                return self._sum(numeric)
            case Fact():
                return self._fact(numeric, numeric.key)
            case Share():
                return self._share(numeric)
            case Change():
                return self._change(numeric, aspect)
            case Mover():
                return self._mover(numeric)

    def _sum_key(self, figure: Figure) -> Hashable:
        found = self._keys.get(id(figure))
        if found is None:
            found = self._keys[id(figure)] = figure, identity(figure)
        return found[1]

    def _sum(self, figure: Figure, name: str = "") -> Explanation:
        names = self._names.get(self._sum_key(figure), []) if not name else []
        typed = self.lines(figure.lines)
        notes = [f"“{item}”的定义：{self._definition(item)}" for item in names]
        return Explanation(
            Kind.SUM, name or "、".join(names), figure.money, (*notes, *self._rounding(typed, figure.money)), typed
        )

    def _definition(self, name: str) -> str:
        spec = self._specs[name]
        return f"{spec.position} {described(spec.filter)}"

    def lines(self, lines: tuple[LedgerLine, ...]) -> tuple[Typed, ...]:
        """Lines of the ledger as they were typed."""
        return tuple(self._line(line) for line in sorted(lines, key=lambda line: line.position))

    def _line(self, line: LedgerLine) -> Typed:
        known = self._made.inputs.classification
        names = (known.function.get(line.function, ""), known.department_economic.get(line.department_economic, ""))
        said = (line.function, names[0], line.department_economic, names[1])
        words = " ".join(filter(None, said)) or "、".join(value for _, value in line.own)
        project = self._made.inputs.department.projects.get(line.project)
        words += f"（项目“{project.name}”）" if project else ""
        money = self._typed.get(line.position, line.money)
        if money.scale is line.money.scale:
            return Typed(line.position, words, money)
        floor = money.convert(line.money.scale).amount.quantize(CENT, ROUND_DOWN)
        return Typed(line.position, words, money, line.money, line.money.amount != floor)

    def _rounding(self, typed: tuple[Typed, ...], money: Money) -> tuple[str, ...]:
        """How the sum came from one unit to the other."""
        if not typed or typed[0].printed is None or typed[0].money is None:
            return ()
        exact = Money.total((item.money for item in typed if item.money), typed[0].money.scale)
        if money.scale is Scale.YUAN:
            return (f"按万元相加是{exact.amount}万元，换成元是精确的",)
        topped = sum(item.topped_up for item in typed)
        shown = f"{exact.convert(money.scale).amount:f}".rstrip("0").rstrip(".")
        return (
            f"按元相加是{exact.amount:.2f}元，即{shown}万元；每行换成万元时舍去到分，"
            f"全部台账的尾差按最大余数补足，其中{topped}行各补了0.01万元",
        )

    def _fact(self, fact: Fact, name: str) -> Explanation:
        if fact.parts or fact.position is None:
            parts = tuple(self._fact(part, name.replace(fact.key, part.key)) for part in fact.parts)
            return Explanation(Kind.TOTAL, name, fact.value, parts=parts)
        if fact.position in self.records:
            return self._record(fact, *self.records[fact.position])
        department = self._made.inputs.department
        known = (department.facts, department.prior, *department.typed_bases.values())
        typed = next(
            (one.value for facts in known for one in facts.values() if one.position == fact.position), fact.value
        )
        money = typed if isinstance(typed, Money) else None
        printed = (
            fact.value if isinstance(fact.value, Money) and money and fact.value.scale is not money.scale else None
        )
        return Explanation(Kind.FACT, name, fact.value, (), (Typed(fact.position, fact.key, money, printed),))

    def _record(self, fact: Fact, name: str, typed: Money | int) -> Explanation:
        assert fact.position is not None
        money = typed if isinstance(typed, Money) else None
        printed = (
            fact.value if isinstance(fact.value, Money) and money and fact.value.scale is not money.scale else None
        )
        return Explanation(Kind.FACT, name, fact.value, (), (Typed(fact.position, name, money, printed),))

    def _share(self, share_: Share) -> Explanation:
        part, whole = named(share_.part), named(share_.whole)
        name = f"{part}占{whole}"
        parts = (self._sum(share_.part, part), self._sum(share_.whole, whole))
        exact = share(share_.part.money, share_.whole.money)
        notes: tuple[str, ...] = ()
        if share_.percent is None:
            notes = ("整体是0，不算占比",)
        elif exact != share_.percent:
            notes = (f"单独四舍五入是{exact:.2f}%；同一构成的各项要合计为100.00%，尾差按最大余数调在这一项",)
        value = share_.percent if share_.percent is not None else ""
        return Explanation(Kind.SHARE, name, value, notes, parts=parts)

    def _change(self, change: Change, aspect: str) -> Explanation:
        name, prior = named(change.current), self._prior(change)
        if aspect == "上年数":
            return prior
        moved = "增加" if change.delta.amount > 0 else "减少" if change.delta else "持平"
        against = "比上年" if change.basis == LAST_YEAR else f"比{change.basis.name}"
        parts = (self._sum(change.current, name), prior)
        delta = Explanation(Kind.DIFFERENCE, f"{name}{against}{moved}", abs(change.delta), parts=parts)
        if aspect == "差额":
            reason = change.reason
            notes = (f"变动原因填在 {reason.position}",) if reason else ()
            return delta._replace(notes=notes)
        if aspect == COMPLETION:
            rate = change.completion
            parts = (self._sum(change.current, name), prior)
            return Explanation(
                Kind.RATE, f"{name}完成{change.basis.name}的比率", rate if rate is not None else "", parts=parts
            )
        rate, notes = change.rate, ()
        if rate is None:
            notes = ("上年数是0，不能作除数；这里按格式方案的惯例印100.00%",)
        return Explanation(
            Kind.RATE,
            f"{name}{against}{moved}的幅度",
            rate if rate is not None else Decimal(100),
            notes,
            parts=(delta, prior),
        )

    def _prior(self, change: Change) -> Explanation:
        name = (LAST if change.basis == LAST_YEAR else f"{change.basis.name}的") + named(change.current)
        if isinstance(change.prior, Figure):
            return self._sum(change.prior, name)
        return self._fact(change.prior, name)

    def _mover(self, mover: Mover) -> Explanation:
        moved = "增加" if mover.delta.amount > 0 else "减少"
        scale = mover.delta.scale
        now = self._sum(Figure(total_of(mover.lines, scale), mover.lines), f"本年的{mover.name}")
        if not mover.before:
            return now._replace(name=mover.name)
        before = self._sum(Figure(total_of(mover.before, scale), mover.before), LAST + mover.name)
        return Explanation(Kind.DIFFERENCE, f"{mover.name}{moved}", abs(mover.delta), parts=(now, before))


def named(figure: Figure) -> str:
    """A figure's name in prose; of a cell's what it selects."""
    return figure.key or described(normal(figure.scope or Filter()))


def described(wanted: Filter) -> str:
    """A filter in words; what selects everything is 全部台账."""
    terms = [f"{name}＝{'或'.join(values)}" for name, values in wanted.terms]
    return "、".join(terms) if terms else "全部台账"
