"""控制总额: what departments come to, each and all together, is what the bureau's own table says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from generator.check.rules import NotApplicable, Unable
from generator.city.across import Across, Department, Found, listed, money
from generator.model.city import CLASS, FUND, KIND, PUBLIC, TOTAL, Amount, ControlTotal
from generator.model.ledger import BASIC, DIMENSIONS, FUNDS, PROJECT
from generator.model.problem import which_of

_GROUPS = DIMENSIONS["资金"].groups
_USUAL = (TOTAL, *FUNDS, *_GROUPS, BASIC, PROJECT, PUBLIC)


def of_department(city: Across) -> Iterator[Found]:
    """K209: a department's amount is the control total. One without numbers is not asked."""
    table = _Table(city)
    for control in table.controls:
        one = table.department(control)
        now = table.sum(one.key, control.item) if one is not None and one.known else None
        if one is not None and now is not None and not _agrees(now, control, now % 10_000 == 0):
            yield Found(
                (one.key,),
                f"{one.called}的{control.item}是{money(now)}，控制总额是{money(control.cents)}（{control.place}），{_apart(now, control)}",
                f"请{one.called}按下达的控制数改；控制数调整过的，改控制总额表。",
            )


def of_city(city: Across) -> Iterator[Found]:
    """K210: what all departments come to is the control total of the city. Unable while a department has no numbers."""
    table = _Table(city)
    controls = [control for control in table.controls if not control.whose]
    if not controls:
        raise NotApplicable("控制总额表没有全市的合计")
    if city.missing:
        names = "、".join(one.called for one in city.missing[:3])
        more = f"等{len(city.missing)}个部门" if len(city.missing) > 3 else ""
        raise Unable(f"{names}{more}还没有数，全市合计先不核对")
    for control in controls:
        known = [now for key in city.departments if (now := table.sum(key, control.item)) is not None]
        now = sum(known)
        in_wan = sum(one % 10_000 == 0 for one in known)
        if known and not _agrees(now, control, in_wan):
            yield Found(
                (),
                f"全市{len(known)}个部门的{control.item}合计是{money(now)}，"
                f"控制总额是{money(control.cents)}（{control.place}），{_apart(now, control)}",
                "请看各部门与控制总额的差；控制总额表里有、应收清单里没有的部门，也会差。",
            )


def unknown(city: Across) -> Iterator[Found]:
    """K211: a control total of a department or an item that is not there; a department that has none while others have."""
    table = _Table(city)
    strange = {control.whose: control for control in reversed(table.controls) if not table.is_of_somebody(control)}
    for whose, control in reversed(strange.items()):
        yield Found(
            (),
            f"控制总额表里的“{whose}”不在应收的部门里（{control.place}）",
            "请核对代码；是漏了的部门，补到应收清单里。",
        )
    items = {control.item: control for control in reversed(table.controls) if not table.knows(control.item)}
    for item, control in reversed(items.items()):
        yield Found(
            (), f"不认识控制总额表里的“{item}”这一项（{control.place}），没有核对", which_of(item, tuple(table.names))
        )
    totals = {
        one.key
        for control in table.controls
        if _is_total(control.item) and (one := table.department(control)) is not None
    }
    lacking = [one for one in city.departments.values() if one.key not in totals] if totals else []
    if lacking:
        names = listed([one.called for one in lacking])
        yield Found(
            tuple(one.key for one in lacking),
            f"控制总额表里没有这些部门的总计：{names}",
            "请补上，或从应收清单里删去。",
        )


class _Table:
    """The bureau's control totals beside the departments' amounts. Raises NotApplicable where there are none."""

    def __init__(self, city: Across) -> None:
        if city.controls is None:
            raise NotApplicable("没有控制总额表（控制总额.csv）")
        self.controls = city.controls
        self._amounts = defaultdict[str, list[Amount]](list)
        for key, amount in city.amounts:
            self._amounts[key].append(amount)
        self._named = {name: one for one in reversed(city.departments.values()) for name in _names(one)}
        known = dict.fromkeys(name for _, one in city.amounts for name in (one.name, one.code) if name)
        self.names = tuple({**dict.fromkeys(_USUAL), **known})
        self._known = frozenset(self.names)

    def department(self, control: ControlTotal) -> Department | None:
        """Of which it is: by its code, also without zeros that a program dropped, or by its name; None for the city's."""
        return self._named.get(_plain(control.code) if control.code else control.name) if control.whose else None

    def is_of_somebody(self, control: ControlTotal) -> bool:
        """Whether it is of the city, or of a department that is there."""
        return not control.whose or self.department(control) is not None

    def knows(self, item: str) -> bool:
        """Whether any department has such an item, by its name, its code or both."""
        return _is_total(item) or _is_public(item) or not self._known.isdisjoint((item, *item.split()))

    def sum(self, key: str, item: str) -> int | None:
        """What an item of a department comes to, 0 where others have it alone; None where nobody can say."""
        amounts = self._amounts[key]
        if _is_total(item) or _is_public(item):
            kind = TOTAL if _is_total(item) else PUBLIC
            return next((one.now for one in amounts if one.kind == kind and not one.code), None)
        names = {item, *item.split()}
        if any(one.kind == PUBLIC and one.code and one.name in names for one in amounts):
            return next(one.now for one in amounts if one.kind == PUBLIC and one.code and one.name in names)
        wanted = names.union(_GROUPS.get(item, ()))
        found = (one.now for one in amounts if one.kind in (FUND, CLASS, KIND) and wanted & {one.code, one.name})
        return sum(found) if self.knows(item) else None


def _is_total(item: str) -> bool:
    """总计, 合计, 支出总计, 收支合计 …"""
    return item.endswith(("总计", "合计")) and item[:-2].removeprefix("本年") in ("", "支出", "收入", "收支")


def _is_public(item: str) -> bool:
    """三公, “三公”经费, 三公经费合计 …"""
    return item.replace("“", "").replace("”", "").removesuffix("合计").removesuffix("经费") == PUBLIC


def _names(one: Department) -> Iterator[str]:
    """What a table may call a department."""
    yield from map(_plain, one.codes)
    yield from filter(None, (one.called, one.name))


def _plain(code: str) -> str:
    return code.lstrip("0") or "0"


def _agrees(now: int, control: ControlTotal, in_wan: int = 1) -> bool:
    """Equal, as far as the control total is told; one in 分 is as far off as the ``in_wan`` departments may be that print 万元."""
    apart = abs(now - control.cents)
    if control.grain > 1:
        return apart <= (control.grain // 2 if now % control.grain else 0)
    return apart == 0 or (control.cents % 10_000 > 0 and apart < 10_000 * in_wan)


def _apart(now: int, control: ControlTotal) -> str:
    apart = now - control.cents
    return f"{'多' if apart > 0 else '少'}{money(abs(apart))}"
