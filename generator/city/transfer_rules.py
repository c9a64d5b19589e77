"""部门间往来: what one department says it pays a unit of another is what the other says it got, of every 资金来源."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from generator.check.rules import NotApplicable
from generator.city.across import Across, Found, close, money
from generator.model.city import Transfer
from generator.model.ledger import PAID_TO


class _Pair(NamedTuple):
    """A unit that pays, one that is paid, and what each of them says: its department's key, and its transfers."""

    payer: str
    payee: str
    paid: list[tuple[str, Transfer]]
    got: list[tuple[str, Transfer]]

    @property
    def keys(self) -> tuple[str, ...]:
        """The departments that say anything."""
        return tuple(dict.fromkeys(key for key, _ in (*self.paid, *self.got)))


def _pairs(city: Across) -> Iterator[_Pair]:
    if not city.transfers:
        raise NotApplicable("没有写“部门间往来”的")
    found: dict[tuple[str, str], _Pair] = {}
    for key, one in city.transfers:
        pays = one.says == PAID_TO
        names = (one.unit, one.other) if pays else (one.other, one.unit)
        pair = found.setdefault(names, _Pair(*names, [], []))
        (pair.paid if pays else pair.got).append((key, one))
    yield from found.values()


def said_by_one(city: Across) -> Iterator[Found]:
    """K203: only one side says it. Of a unit whose department has no numbers nobody knows what it says."""
    for pair in _pairs(city):
        said, silent = (pair.paid, pair.payee) if pair.paid else (pair.got, pair.payer)
        if (pair.paid and pair.got) or silent not in city.owners:
            continue
        key, other = said[0][0], city.owners[silent]
        direction, answer = ("付给", "来自") if pair.paid else ("来自", "付给")
        yield Found(
            tuple(dict.fromkeys((key, other))),
            f"{_side(city, said)}写了{direction}{_unit(city, silent)}的部门间往来{money(_sum(said))}（{_place(city, said)}），"
            f"{_unit(city, silent)}没有写{answer}{said[0][1].unit}的这笔钱",
            f"请{city.called(other)}在这笔钱旁边写上“部门间往来”，或{city.called(key)}删去；两边都写，全市才知道算了两次的是哪些钱。",
        )


def unequal(city: Across) -> Iterator[Found]:
    """K204: both say it, and not the same: another amount, or out of another 资金来源."""
    for pair in _pairs(city):
        if not (pair.paid and pair.got):
            continue
        both = f"（{_place(city, pair.paid)}），{_side(city, pair.got)}写的来自{pair.payer}的"
        if not close(_sum(pair.paid), _sum(pair.got)):
            message = (
                f"{_side(city, pair.paid)}写的付给{_unit(city, pair.payee)}的是{money(_sum(pair.paid))}{both}"
                f"是{money(_sum(pair.got))}（{_place(city, pair.got)}）"
            )
            yield Found(pair.keys, message, "两边的“部门间往来”应相等，请两家核对。")
            continue
        one, other = _funds(pair.paid), _funds(pair.got)
        fund = next((fund for fund in sorted({*one, *other}) if not close(one.get(fund, 0), other.get(fund, 0))), "")
        if fund:
            message = (
                f"{_side(city, pair.paid)}写的付给{_unit(city, pair.payee)}的钱里{fund}是{money(one.get(fund, 0))}{both}"
                f"资金来源里是{money(other.get(fund, 0))}（{_place(city, pair.got)}）"
            )
            yield Found(pair.keys, message, "“来自”旁边的“资金来源”，应是付款单位那笔钱的资金来源，请收款的一家核对。")


def with_nobody(city: Across) -> Iterator[Found]:
    """K205: the other side is no unit of any department, nor by its code of one that has no numbers yet."""
    late = tuple(code for one in city.missing for code in one.codes)
    for pair in _pairs(city):
        said, other = (pair.paid, pair.payee) if pair.payee not in city.owners else (pair.got, pair.payer)
        if said and other not in city.owners and not other.startswith(late):
            gaps = f"（还有{len(city.missing)}个部门没有数，可能是它们的）" if city.missing else ""
            yield Found(
                (said[0][0],),
                f"{_side(city, said)}写的部门间往来，对方{other}不是任何部门的预算单位{gaps}（{_place(city, said)}）",
                "请写对方的单位代码（不是部门代码）；付给市外单位的，不写“部门间往来”。",
            )


def _side(city: Across, said: list[tuple[str, Transfer]]) -> str:
    return f"{city.called(said[0][0])}（{said[0][1].unit}）"


def _unit(city: Across, code: str) -> str:
    return f"{city.called(city.owners[code])}（{code}）" if code in city.owners else code


def _place(city: Across, said: list[tuple[str, Transfer]]) -> str:
    key, one = said[0]
    return city.place(key, one.file, one.line)


def _sum(said: list[tuple[str, Transfer]]) -> int:
    return sum(one.cents for _, one in said)


def _funds(said: list[tuple[str, Transfer]]) -> dict[str, int]:
    sums = defaultdict[str, int](int)
    for _, one in said:
        sums[one.fund] += one.cents
    return sums
