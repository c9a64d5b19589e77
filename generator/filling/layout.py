"""The sheets of a department's fill-in workbook, in their order: the one table that writer and reader go by."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from generator.filling import asked
from generator.filling.beside import basis_form, side_form
from generator.filling.facts import Facts
from generator.filling.goals import Goals
from generator.filling.heads import MONEY
from generator.filling.indicators import Indicators
from generator.filling.nouns import Column, Desk, Form, Ground, Kind, Row, Said
from generator.filling.projects import Projects
from generator.filling.records import Agencies, Records
from generator.filling.sayings import Sayings
from generator.filling.spending import Spending
from generator.model.tree import Trees

SPENT, UNITS = "支出明细", "预算单位"
_CONTROL = Column("控制数", Kind.MONEY, 16)
_LIVE = (
    Column("填报合计", Kind.MONEY, 16, fixed=True, aside=True),
    Column("相差", Kind.MONEY, 14, fixed=True, aside=True),
)
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
    yield from _of_itself(ground)
    yield from _of_money(ground)
    yield from _of_words(ground)
    yield from _of_goals(ground)


def _of_itself(ground: Ground) -> Iterator[Form]:
    yield _sheet("部门情况", "部门是谁、做什么。", Facts(ground, tuple(asked.about_department(ground))))
    if not ground.unit:
        units = Agencies(ground)
        yield Form(UNITS, "有预算的单位，一个一行。", units.columns, units.rows, units.put, 10)


def _of_money(ground: Ground) -> Iterator[Form]:
    spending, projects, profile = Spending(ground), Projects(ground), ground.profile
    about = "每个项目一行；先填这里，再到“支出明细”里填它的钱。"
    yield Form("项目", about, projects.columns, projects.rows, projects.put, 30)
    about = "一笔钱一行：谁的、什么科目、什么资金、多少。合计由程序算。"
    yield Form(SPENT, about, spending.columns, spending.rows, spending.put, 200)
    for dimension in profile.dimensions:
        if dimension.file:
            yield side_form(ground, dimension)
    lines = tuple(column.title for column in spending.columns)
    controls = Facts(ground, tuple(asked.controls(ground, lines)), value=_CONTROL, more=_LIVE)
    yield _sheet("控制数", "财政批复的数，只用来核对，不印；右边是支出明细加起来的数。", controls, 30)
    bases = Facts(ground, tuple(asked.bases(ground)), ("哪一年的", "数"), Column(MONEY, Kind.MONEY, 16))
    yield _sheet("上年数", "上年（或其他比较基数）的数，从上年公开的文本里抄；有上年数据目录的可以不填。", bases)
    if not ground.unit:
        yield from (basis_form(ground, basis) for basis in profile.bases)


def _of_words(ground: Ground) -> Iterator[Form]:
    profile = ground.profile
    reasons = Facts(ground, tuple(asked.reasons(ground)), ("写什么", "数"), Column("内容", width=80))
    yield _sheet("变动原因", "与上年比有增减的，写原因。", reasons, 10)
    if profile.sayings:
        said = Sayings(ground)
        yield Form("逐项说明", "一个科目、项目一行，写它的用途、原因等。", said.columns, said.rows, said.put, 40)
    if profile.facts:
        yield _sheet("其他事项", "采购、资产等台账里没有的事，没有的填0。", Facts(ground, tuple(asked.others(ground))))
    for declared in profile.lists:
        records = Records(ground, declared)
        yield Form(declared.name, "一项一行；没有的空着。", records.columns, records.rows, records.put, 50)


def _of_goals(ground: Ground) -> Iterator[Form]:
    indicators, goals = Indicators(ground), Goals(ground)
    about = "一个指标一行，跟着项目走。"
    yield Form("绩效指标", about, indicators.columns, indicators.rows, indicators.put, 60)
    if ground.profile.shows_performance or goals.rows(ground.trees):
        yield Form("整体绩效", "部门整体的目标、任务和指标，一条一行。", goals.columns, goals.rows, goals.put, 40)


def _sheet(title: str, about: str, facts: Facts, spare: int = 0) -> Form:
    several = any(one.several for one in facts.facts)
    return Form(title, about, facts.columns, facts.rows, facts.put, spare or (8 if several else 0))


def told_by(forms: Sequence[Form], trees: Trees) -> dict[str, list[Said]]:
    """The rows of each sheet, by its title."""
    return {form.title: list(form.told(trees)) for form in forms}


def put_back(ground: Ground, rows_of: Callable[[Sequence[Form]], Mapping[str, Sequence[Row]]], desk: Desk) -> Trees:
    """The files once all sheets that are there are said; a sheet that is not there leaves its files as they are.

    Units come first: which there are decides how the other sheets are read. ``rows_of`` gives the rows of sheets by their
    titles.
    """
    first = [form for form in forms_of(ground) if form.title == UNITS]
    trees = _put(first, ground.trees, rows_of(first), desk)
    later = [form for form in forms_of(ground._replace(trees=trees)) if form.title != UNITS]
    return _put(later, trees, rows_of(later), desk)


def _put(forms: Sequence[Form], trees: Trees, rows: Mapping[str, Sequence[Row]], desk: Desk) -> Trees:
    for form in forms:
        if form.title in rows:
            trees = form.put(trees, rows[form.title], desk)
    return trees
