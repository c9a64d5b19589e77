"""The sums above 支出明细: in all, by 类别, by 资金, each with the row of its 控制数."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from generator.filling.nouns import Ground, Said
from generator.filling.sums import Sum
from generator.model.doubts import BLANK
from generator.model.ledger import APPROPRIATIONS, BASIC, PROJECT

_MOST = 7


class Shown(NamedTuple):
    """A sum: what it is called, its terms, what it comes to now, and the row of 控制数 that has the same terms."""

    title: str
    sum: Sum
    amount: Decimal
    control: int | None


Panel = tuple[Shown, ...]


def panel_of(ground: Ground, lines: Sequence[Said], controls: Sequence[Said]) -> Panel:
    """What stands above 支出明细."""
    funds = tuple(dict.fromkeys((*APPROPRIATIONS[:1], *(line.texts.get("资金来源", "") for line in lines))))
    sums = [("合计", Sum(((),)))]
    sums += [(kind, Sum(((("类别", kind),),))) for kind in (BASIC, PROJECT)]
    sums += [(fund, Sum(((("资金来源", fund),),))) for fund in funds if fund not in ("", BLANK)]
    by_terms = {said.sum.terms: number for number, said in reversed(list(enumerate(controls))) if said.sum is not None}
    texts = [line.texts for line in lines]
    return tuple(Shown(title, one, one.amount(texts), by_terms.get(one.terms)) for title, one in sums[:_MOST])
