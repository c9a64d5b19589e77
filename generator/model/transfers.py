"""内部往来: what one unit of a department pays another is in both their documents, and once in the department's."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from generator.model.department import Inputs
from generator.model.ledger import ORIGINALLY, PAID_BY, PAID_TO, Dimension, Ledger, LedgerLine
from generator.model.problem import Problem, Severity
from generator.model.source import Position

Received = Callable[[LedgerLine], bool]
"""Whether a line is what was received in the year, and no balance or spending."""


def received_by(dimensions: Sequence[Dimension]) -> Received:
    """Where a place has income typed: the first value of the left side of its 平衡 (收入) is what the year brought in."""
    named = tuple((one.of, one.balance[0][0]) for one in dimensions if one.balance)
    return lambda line: any(of(line) == value for of, value in named)


def has_transfers(ledger: Ledger | None) -> bool:
    """Whether any of its lines goes from unit to unit."""
    return ledger is not None and any(line.own and is_inside(line) for line in ledger.all_lines)


def counted_once(ledger: Ledger, received: Received) -> Ledger:
    """The department's ledger: without what is paid to a unit, and without that unit's receiving it.

    What the unit does with it, spends it or keeps it, is of the 资金来源 that it was paid from. What was left out of the
    spending stays in ``inside``.
    """
    if not has_transfers(ledger):
        return ledger
    kept = [line for line in ledger.others if not (PAID_TO in dict(line.own) or (_from_unit(line) and received(line)))]
    return ledger._replace(
        lines=tuple(_once(line) for line in ledger.lines if PAID_TO not in dict(line.own)),
        others=tuple(map(_once, kept)),
        inside=tuple(line for line in ledger.lines if PAID_TO in dict(line.own)),
    )


def is_inside(line: LedgerLine) -> bool:
    """Whether it goes from unit to unit: paid to one, or come from one."""
    return any(name in (PAID_TO, PAID_BY) for name, _ in line.own)


def _from_unit(line: LedgerLine) -> bool:
    return PAID_BY in dict(line.own)


def _once(line: LedgerLine) -> LedgerLine:
    return line._replace(fund=dict(line.own).get(ORIGINALLY, line.fund)) if line.own else line


class _Side(NamedTuple):
    """What one side of some transfers says, by payer, payee and 资金来源."""

    sums: Mapping[tuple[str, str, str], Decimal]
    places: Mapping[tuple[str, str], Position]

    def of(self, payer: str, payee: str, fund: str) -> Decimal:
        """What it says of one 资金来源."""
        return self.sums.get((payer, payee, fund), Decimal("0.00"))

    def between(self, pair: tuple[str, str]) -> Decimal:
        """What it says of two units, of whatever 资金来源."""
        return sum((money for key, money in self.sums.items() if key[:2] == pair), Decimal(0))


def unequal(inputs: Inputs, received: Received, unit: str = "") -> Iterator[Problem]:
    """D055: what a unit says it pays another is what the other says it got, of every 资金来源; of one ``unit`` its own alone.

    Where income is typed, what was got is the income: some of it may be left at the end of the year.
    """
    ledger = inputs.ledger
    paid = _side(ledger.lines, lambda line, own: (line.agency, own[PAID_TO], line.fund) if PAID_TO in own else None)
    income = [line for line in ledger.others if received(line)]
    got = _side(
        income or ledger.lines,
        lambda line, own: (own[PAID_BY], line.agency, own[ORIGINALLY]) if PAID_BY in own else None,
    )
    for pair in dict.fromkeys((*paid.places, *got.places)):
        if not unit or unit in pair:
            yield from _compared(inputs, pair, paid, got)


def _side(
    lines: Iterable[LedgerLine],
    between: Callable[[LedgerLine, Mapping[str, str]], tuple[str, str, str] | None],
) -> _Side:
    sums, places = defaultdict[tuple[str, str, str], Decimal](Decimal), dict[tuple[str, str], Position]()
    for line in lines:
        key = between(line, dict(line.own)) if line.own else None
        if key is not None:
            sums[key] += line.money.amount
            places.setdefault(key[:2], line.position)
    return _Side(sums, places)


def _compared(inputs: Inputs, pair: tuple[str, str], paid: _Side, got: _Side) -> Iterator[Problem]:
    names, unit = inputs.department.agencies, inputs.ledger.scale.label
    payer, payee = (names[code] or code for code in pair)
    place = paid.places.get(pair) or got.places[pair]
    one, other = paid.between(pair), got.between(pair)
    remedy = "两边的“内部往来”应相等，部门版才能只算一次，请核对。"
    if not (pair in paid.places and pair in got.places):
        said, silent = (payer, payee) if pair in paid.places else (payee, payer)
        what = f"付给{payee}{one}{unit}" if said == payer else f"有来自{payer}的{other}{unit}"
        lacks = f"来自{payer}" if silent == payee else f"付给{payee}"
        message = f"{said}{what}，{silent}没有列{lacks}的这笔钱"
        remedy = f"请在{silent}的这笔钱旁边写上“内部往来”，或删去{said}的；两边都写，部门版才能只算一次。"
        yield Problem("D055", Severity.ERROR, message, remedy, place)
    elif one != other:
        message = f"{payer}付给{payee}的是{one}{unit}，{payee}列的来自{payer}的是{other}{unit}"
        yield Problem("D055", Severity.ERROR, message, remedy, place)
    else:
        funds = sorted({key[2] for key in (*paid.sums, *got.sums) if key[:2] == pair})
        for fund in funds:
            one, other = paid.of(*pair, fund), got.of(*pair, fund)
            if one != other:
                yield Problem(
                    "D055", Severity.ERROR,
                    f"{payer}付给{payee}的钱里{fund}是{one}{unit}，{payee}写的原“资金来源”里是{other}{unit}",
                    "“来自”旁边的“资金来源”，应是付款单位那笔钱的资金来源，请核对。", got.places[pair],
                )  # fmt: skip
                return
