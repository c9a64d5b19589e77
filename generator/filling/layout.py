"""The sheets of a department's fill-in workbook, in their order: the one table that writer and reader go by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.filling import asked
from generator.filling.entries import Entries
from generator.filling.facts import Fact, Facts
from generator.filling.heads import (
    ECONOMIC,
    FUNCTION,
    GOVERNMENT,
    MONEY,
    Head,
    ledger_heads,
    side_heads,
    unit_column,
)
from generator.filling.keys import LINES
from generator.filling.nouns import UNIT, Column, Desk, Form, Ground, Kind, Row, Said
from generator.filling.records import Agencies, Goals, Records, Sayings
from generator.filling.shapes import assigned, at, items, mapping, text
from generator.filling.spending import Spending
from generator.model.basis import Basis
from generator.model.ledger import Dimension
from generator.model.tree import Trees

SPENT = "支出明细"
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", "、"))


def forms_of(ground: Ground) -> tuple[Form, ...]:
    """All sheets; the sheet 项目 stands before those whose rows name projects."""
    return tuple(_unlike(_forms(ground)))


def _unlike(forms: Iterator[Form]) -> Iterator[Form]:
    """With titles that Excel takes, each once."""
    taken: set[str] = {"说明"}
    for form in forms:
        title = form.title.translate(_FORBIDDEN)[:28]
        while title in taken:
            title += "（表）"
        taken.add(title)
        yield form._replace(title=title)


def _forms(ground: Ground) -> Iterator[Form]:
    spending, profile = Spending(ground), ground.profile
    yield _facts(ground, "部门情况", "部门是谁、做什么。", asked.about_department(ground))
    if not ground.unit:
        units = Agencies(ground)
        yield Form("预算单位", "有预算的单位，一个一行。", units.columns, units.rows, units.put, 10)
    yield Form(
        "项目", "每个项目一行；先填这里，再到“支出明细”里填它的钱。", spending.project_columns, spending.project_rows,
        spending.put_projects, 30,
    )  # fmt: skip
    yield Form(
        SPENT, "一笔钱一行：谁的、什么科目、什么资金、多少。合计由程序算。", spending.line_columns,
        spending.line_rows, spending.put_lines, 200,
    )  # fmt: skip
    for dimension in profile.dimensions:
        if dimension.file:
            yield _side(ground, dimension)
    lines = tuple(column.title for column in spending.line_columns)
    yield _facts(
        ground, "控制数", "财政批复的数，只用来核对，不印；右边是支出明细加起来的数。", asked.controls(ground, lines),
        value=Column("控制数", Kind.MONEY, 16), more=(
            Column("填报合计", Kind.MONEY, 16, fixed=True, aside=True),
            Column("相差", Kind.MONEY, 14, fixed=True, aside=True),
        ), spare=30,
    )  # fmt: skip
    yield _facts(
        ground, "上年数", "上年（或其他比较基数）的数，从上年公开的文本里抄；有上年数据目录的可以不填。",
        asked.bases(ground), labels=("哪一年的", "数"), value=Column(MONEY, Kind.MONEY, 16),
    )  # fmt: skip
    for basis in profile.bases:
        if LINES in mapping(ground.trees.get(basis.file, "")) and not ground.unit:
            yield _basis_lines(ground, basis)
    yield _facts(
        ground, "变动原因", "与上年比有增减的，写原因。", asked.reasons(ground), labels=("写什么", "数"),
        value=Column("内容", width=80), spare=10,
    )  # fmt: skip
    if profile.sayings:
        said = Sayings(ground)
        yield Form("逐项说明", "一个科目、项目一行，写它的用途、原因等。", said.columns, said.rows, said.put, 40)
    if profile.facts:
        yield _facts(ground, "其他事项", "采购、资产等台账里没有的事，没有的填0。", asked.others(ground))
    for declared in profile.lists:
        records = Records(ground, declared)
        yield Form(declared.name, "一项一行；没有的空着。", records.columns, records.rows, records.put, 50)
    yield Form(
        "绩效指标", "一个指标一行，跟着项目走。", spending.indicator_columns, spending.indicator_rows,
        spending.put_indicators, 60,
    )  # fmt: skip
    goals = Goals(ground)
    if profile.shows_performance or goals.rows(ground.trees):
        yield Form("整体绩效", "部门整体的目标、任务和指标，一条一行。", goals.columns, goals.rows, goals.put, 40)


def _facts(
    ground: Ground, title: str, about: str, facts: Iterator[Fact], labels: tuple[str, str] = ("分类", "项目"),
    value: Column = Column("填写", width=60), more: tuple[Column, ...] = (), spare: int = 0,
) -> Form:  # fmt: skip
    found = tuple(facts)
    sheet = Facts(ground, found, labels, value, apart=bool({one.unit for one in found} - {""}), more=more)
    several = any(one.several for one in found)
    return Form(title, about, sheet.columns, sheet.rows, sheet.put, spare or (20 if several else 0))


def _side(ground: Ground, dimension: Dimension) -> Form:
    """What a place has typed beside the spending (income.yaml)."""
    only = next(iter(ground.agencies)) if len(ground.agencies) == 1 else ""
    whole = items(ground.trees.get(dimension.file, []))
    several = not only or any("单位" in mapping(one) for one in whole)
    unit = (Head(unit_column(ground)._replace(needed=True), (UNIT,), only),) if several else ()
    heads = (*unit, *side_heads(ground, dimension))
    entries = Entries(
        ground, heads, side=True, below_zero=dimension.below_zero,
        mine=lambda one: ground.unit in ("", text(mapping(one).get("单位")) or only),
    )  # fmt: skip
    columns = (
        *(head.column for head in heads),
        Column(FUNCTION, Kind.CODED, 34, "单位财务", "没有科目的空着。", list=FUNCTION),
        Column(MONEY, Kind.MONEY, 16, "单位财务", f"单位：{ground.scale}，最多两位小数。", needed=True),
    )

    def told(trees: Trees) -> list[Said]:
        return [Said(line.texts) for line in entries.lines(items(trees.get(dimension.file, [])))]

    def put(trees: Trees, rows: Sequence[Row], desk: Desk) -> Trees:
        old = items(trees.get(dimension.file, []))
        new = entries.put(old, rows, desk)
        return trees if new == old else {**trees, dimension.file: new}

    title = "收入和结转" if any("收入" in one for one in dimension.values) else dimension.name
    return Form(title, f"与支出不相加的一边（{dimension.name}），一笔一行。", columns, told, put, 60)


def _basis_lines(ground: Ground, basis: Basis) -> Form:
    """台账 of an earlier year, where its file has one."""
    unit = Head(unit_column(ground, hint="不填就不知道各单位多少。"), (UNIT,))
    heads = (unit, *ledger_heads(ground))
    entries = Entries(ground, heads, coarse=True)
    columns = (
        *(head.column for head in heads),
        Column(FUNCTION, Kind.CODED, 34, "单位财务", "项级（7位）。", list=FUNCTION, needed=True),
        Column(ECONOMIC, Kind.CODED, 26, "单位财务", "不知道的空着。", list=ECONOMIC),
        Column(GOVERNMENT, Kind.CODED, 18, "单位财务", "一般空着。", list=GOVERNMENT),
        Column(MONEY, Kind.MONEY, 14, "单位财务", f"单位：{ground.scale}。", needed=True),
    )

    def told(trees: Trees) -> list[Said]:
        return [Said(line.texts) for line in entries.lines(items(at(trees.get(basis.file, ""), (LINES,)) or []))]

    def put(trees: Trees, rows: Sequence[Row], desk: Desk) -> Trees:
        old = items(at(trees.get(basis.file, ""), (LINES,)) or [])
        new = entries.put(old, rows, desk)
        if new == old:
            return trees
        return {**trees, basis.file: assigned(trees.get(basis.file, ""), {(LINES,): new or None}, [(LINES,)])}

    return Form(f"{basis.printed}台账", "逐笔的，没有说的就是不知道。", columns, told, put, 60)


def told_by(forms: Sequence[Form], trees: Trees) -> dict[str, list[Said]]:
    """The rows of each sheet, by its title."""
    return {form.title: list(form.told(trees)) for form in forms}


def put_back(forms: Sequence[Form], trees: Trees, rows: dict[str, Sequence[Row]], desk: Desk) -> Trees:
    """The files once all sheets that are there are said; a sheet that is not there leaves its files as they are."""
    for form in forms:
        if form.title in rows:
            trees = form.put(trees, rows[form.title], desk)
    return trees

