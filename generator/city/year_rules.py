"""This year against last: what a department says that last year was is what last year's own document said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from generator.check.rules import NotApplicable
from generator.city.across import Across, Found, close, listed, money
from generator.model.city import CLASS, FUND, TOTAL, Amount


def other_than_last_year(city: Across) -> Iterator[Found]:
    """K212: an amount of last year that is not what last year's record of the city has: two versions of one number are public."""
    if city.before is None:
        raise NotApplicable("没有上年的汇总")
    then = {(key, one.kind, one.code): one for key, one in city.before}
    differing = defaultdict[str, list[str]](list)
    for key, one in city.amounts:
        before = then.get((key, one.kind, one.code))
        if before is not None and one.before is not None and not close(one.before, before.now):
            differing[key].append(f"{_named(one)}填的是{money(one.before)}，上年是{money(before.now)}")
    for key, told in differing.items():
        yield Found(
            (key,),
            f"{city.called(key)}本年说明里的上年数，与上年的汇总不同：{listed(told)}",
            "请用上年公开的数；口径变了的，写明“口径变化”，公开时说清。",
        )


def _named(one: Amount) -> str:
    return one.name if one.kind in (TOTAL, FUND, CLASS) or one.code == one.name else f"{one.kind}的“{one.name}”"
