"""Rules between the tables of projects and the others (J216, J301 … J305). Source: 财预〔2016〕143号附表勾稽关系."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from generator.check.cells import (
    agencies_of,
    attempt,
    form_rule,
    goal_rows,
    income_line,
    overall_amount,
    plain,
    project_rows,
    same,
    total_of,
    value,
)
from generator.check.forms import Form, Forms, equal, total_row
from generator.check.rules import PASS, Absent, Answer, Finding, NotApplicable, Rule, Unbound
from generator.model.ledger import BASIC, FROM_ABOVE, GENERAL, THIS_YEAR, LedgerLine
from generator.model.money import ZERO
from generator.model.source import in_document

_FUNDS = ("一般公共预算", "政府性基金预算", "国有资本经营预算")


def projects_total(forms: Forms) -> Iterator[Answer]:
    """T11 合计 = T3 项目支出小计 = T12 项目支出."""
    yield same(total_of(forms, "表11", "合计"), total_of(forms, "表3", "项目支出", "小计"))

    def overall() -> Answer:
        form = forms.form("表12")
        return same(total_of(forms, "表11", "合计"), (form, *overall_amount(form, "项目支出")))

    yield from attempt(overall)


def projects_by_kind(forms: Forms) -> Iterator[Answer]:
    """T11 by 类型 = T3's columns; by fund = T5, T9, T10."""
    form, spending = forms.form("表11"), forms.form("表3")
    column = form.column("合计")
    for kind in ("其他运转类", "特定目标类"):
        added = form.total((row for row, found, _ in project_rows(form) if found == kind), column)
        said = f"“{form.name}”“{kind}”合计{{a}}≠“{spending.name}”“{kind}”{{b}}"
        there = spending.amount(total_row(spending), spending.column(kind))
        yield equal(said, added, there, in_document(f"{form.name}!{kind}"))
    for key, fund in (("表5", "一般公共预算"), ("表9", "政府性基金预算"), ("表10", "国有资本经营预算")):
        other = forms.form(key)
        row = total_row(form)
        now, carried = form.column("本年拨款", fund), form.column("财政拨款结转结余", fund)
        there = other.amount(total_row(other), other.column("项目支出", "小计"))
        said = f"“{form.name}”“{fund}”合计{{a}}≠“{other.name}”项目支出{{b}}"
        yield equal(said, form.amount(row, now) + form.amount(row, carried), there, form.place(row, now))


def goals_total(forms: Forms) -> Iterator[Answer]:
    """T13's blocks together = T11 合计."""
    form, projects = forms.form("表13"), forms.form("表11")
    blocks = goal_rows(form, agencies_of(forms))[0]
    if not blocks and not value((projects, total_row(projects), projects.column("合计"))):
        yield NotApplicable("没有项目支出")
        return
    added = form.total((row for row, _ in blocks), form.column("资金总额"))
    said = f"“{form.name}”各组合计{{a}}≠“{projects.name}”合计{{b}}"
    yield equal(said, added, projects.amount(total_row(projects), projects.column("合计")), in_document(form.name))


def _amounts(form: Form, rows: Iterable[int], names: int, column: int) -> dict[str, tuple[int, Decimal]]:
    found: dict[str, tuple[int, Decimal]] = {}
    for row in rows:
        name = plain(form.text(row, names))
        found[name] = (row, form.amount(row, column) + found.get(name, (0, ZERO))[1])
    return found


def _both(forms: Forms) -> tuple[Form, dict[str, tuple[int, Decimal]], Form, dict[str, tuple[int, Decimal]]]:
    projects, goals = forms.form("表11"), forms.form("表13")
    ours = _amounts(
        projects, (row for row, _, _ in project_rows(projects)), projects.column("项目名称"), projects.column("合计")
    )
    rows = [row for _, inside in goal_rows(goals, agencies_of(forms))[0] for row in inside]
    return projects, ours, goals, _amounts(goals, rows, goals.column("项目单位（项目名称）"), goals.column("资金总额"))


def amounts_of_projects(forms: Forms) -> Iterator[Answer]:
    """A project has one amount in T11 and T13."""
    projects, ours, goals, theirs = _both(forms)
    column = goals.column("资金总额")
    for name in ours.keys() & theirs.keys():
        (_, here), (row, there) = ours[name], theirs[name]
        said = f"项目“{name}”：“{projects.name}”为{{a}}，“{goals.name}”为{{b}}"
        yield PASS if here == there else equal(said, here, there, goals.place(row, column))


def every_project_has_goals(forms: Forms) -> Iterator[Answer]:
    """Every project of T11 is in T13, and conversely."""
    projects, ours, goals, theirs = _both(forms)
    for name in ours.keys() - theirs.keys():
        yield Finding(
            f"项目“{name}”在“{projects.name}”中，“{goals.name}”没有它的绩效目标",
            "请补上绩效目标。",
            projects.place(ours[name][0], projects.column("合计")),
        )
    for name in theirs.keys() - ours.keys():
        yield Finding(
            f"项目“{name}”在“{goals.name}”中，不在“{projects.name}”中",
            "请核对项目名称。",
            goals.place(theirs[name][0], goals.column("资金总额")),
        )
    yield PASS


def money_from_above(forms: Forms) -> Iterator[Answer]:
    """一般公共预算 less 其中：财政拨款 = what T13's second block and 基本支出 have of it from 上级."""
    income, row, column = income_line(forms, "其中：财政拨款")
    gap = value(income_line(forms, "一般公共预算")) - income.amount(row, column)
    projects = _projects_from_above(forms)
    basic = _basic_from_above(forms)
    if not gap and not projects and not basic[0]:
        raise Absent("没有上级资金")
    if not projects and forms.derived is None:
        raise Unbound(f"“{forms.form('表13').name}”没有上级资金一组")
    least, most = (sum(bounds, ZERO) for bounds in zip(basic, *projects, strict=True))
    if least <= gap <= most:
        yield PASS
        return
    said = "一般公共预算与“其中：财政拨款”相差{a}，而上级资金的一般公共预算合计{b}"
    answer = equal(said, gap, least if gap < least else most, income.place(row, column))
    yield answer._replace(remedy="请核对项目的层级。") if isinstance(answer, Finding) else answer


def _projects_from_above(forms: Forms) -> list[tuple[Decimal, Decimal]]:
    """The least and the most that each project of T13's second block has of this year's 一般公共预算 from 上级.

    A project may be paid from both levels, and by other funds: T13 knows the level, T11 the funds.
    """
    form, projects = forms.form("表13"), forms.form("表11")
    names, amount = form.column("项目单位（项目名称）"), form.column("政府预算资金")
    above: dict[str, Decimal] = {}
    for row, rows in goal_rows(form, agencies_of(forms))[0]:
        for inside in rows if "上级" in form.named(row) else ():
            name = plain(form.text(inside, names))
            above[name] = above.get(name, ZERO) + form.amount(inside, amount)
    general, *others = (projects.column(group, fund) for group in ("本年拨款", "财政拨款结转结余") for fund in _FUNDS)
    rows_of: dict[str, list[int]] = {}
    for row, _, text in project_rows(projects):
        rows_of.setdefault(plain(text), []).append(row)
    return [
        (max(money - sum((projects.total(rows_of[name], other) for other in others), ZERO), ZERO),
         min(money, projects.total(rows_of[name], general)))
        for name, money in above.items() if name in rows_of
    ]  # fmt: skip


def _basic_from_above(forms: Forms) -> tuple[Decimal, Decimal]:
    """The least and the most of 基本支出 that is 上级's: no table tells it apart, the data does."""
    if forms.derived is None:
        return ZERO, value(total_of(forms, "表5", "基本支出", "小计"))
    if not any(map(_is_basic_from_above, forms.derived.inputs.ledger.lines)):
        return ZERO, ZERO
    lines = filter(_is_basic_from_above, forms.derived.book.whole.lines)
    known = sum((line.money.amount for line in lines), ZERO)
    return known, known


def _is_basic_from_above(line: LedgerLine) -> bool:
    return (line.kind, line.origin, line.fund, line.period) == (BASIC, FROM_ABOVE, GENERAL, THIS_YEAR)


PROJECT_RULES: tuple[Rule[Forms], ...] = (
    form_rule("J216", "一般公共预算－其中：财政拨款＝上级资金之和", money_from_above, "差122.00，上级资金合计105.00", "上级资金合计122.00"),
    form_rule("J301", "项目支出表合计＝支出总表项目支出＝整体绩效目标表项目支出", projects_total, "6656.23与6648.23", "三表一致"),
    form_rule("J302", "项目支出表分类型、分资金与各支出表一致", projects_by_kind, "一个项目的类型只改了一处", "各表一致"),
    form_rule("J303", "项目绩效目标表各组之和＝项目支出表合计", goals_total, "6526.23＋105.00≠6656.23", "6526.23＋130.00"),
    form_rule("J304", "同一项目在两表金额相同", amounts_of_projects, "743.10与712.10", "都是743.10"),
    form_rule("J305", "每个项目都有绩效目标", every_project_has_goals, "新增项目没有绩效目标", "补上绩效目标"),
)  # fmt: skip
