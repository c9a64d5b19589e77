"""A dimension is declared in one place: a row of DIMENSIONS, or a line of a place's report.yaml; every room follows."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from generator.check.families import families_of
from generator.check.numbers import Number
from generator.load.department import load_department
from generator.load.profile import load_profile
from generator.load.schema import schemas_of
from generator.model.bound import BoundNumber
from generator.model.document import TableBlock
from generator.model.ledger import Declared, Filter, LedgerLine, own_dimension
from generator.model.meaning import Sum, normal
from generator.model.money import Money
from generator.model.source import Position
from tests.runs import run

PROFILE = Path("templates/yibin")
TABLE = """标题: 支出方向表
纸张: 纵向
列:
  - 方向: 名称
  - 合计: {}
  - 保民生: {支出方向: 保民生}
行:
  - {称: 合计, 取: {}}
  - 按: 支出方向
"""


def edit(path: str, old: str, new: str) -> None:
    text = Path(path).read_text(encoding="utf-8")
    assert old in text
    Path(path).write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def declared(workplace: Path) -> Path:
    edit("templates/yibin/report.yaml", "\n编号:", "\n维度:\n  支出方向: [保运转, 保民生]\n\n编号:")
    edit("data/2022/projects.yaml", "  资金来源: 一般公共预算", "  资金来源: 一般公共预算\n  支出方向: 保民生")
    return workplace


def test_one_line_declares_a_dimension_for_every_room(declared: Path) -> None:
    edit(
        "templates/yibin/report.yaml",
        "      - 13-project-performance",
        "      - 13-project-performance\n      - 14-own",
    )
    edit("templates/yibin/figures.yaml", "\n数:\n", "\n数:\n  民生: {支出方向: 保民生}\n")
    (PROFILE / "tables" / "14-own.yaml").write_text(TABLE, encoding="utf-8")
    edit(
        "data/2022/department.yaml",
        "  总计: 6824.79\n",
        "  总计: 6824.79\n  支出方向: {保运转: 6812.79, 保民生: 12.01}\n",
    )
    done = run(Path("data"), Path("templates"), "yibin", 2022)
    assert done.document is not None and done.book is not None
    [table] = [one for one in done.document.blocks if isinstance(one, TableBlock) and "支出方向表" in one.caption]
    assert [row.texts for row in table.rows] == [
        ("合计", "6824.79", "12.00"),
        ("保民生", "12.00", "12.00"),
        ("保运转", "6812.79", ""),
    ]
    assert done.book.figures["民生"].money.amount == Decimal("12.00")
    told = [problem.message for problem in done.problems if problem.code == "B101"]
    assert told and "“保民生”" in told[0] and "12.01" in told[0], told


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("[保运转]", "维度“支出方向”要有两个以上各不相同的值"),
        ("[保运转, 保运转]", "维度“支出方向”要有两个以上各不相同的值"),
        ("[]", "维度“支出方向”要有两个以上各不相同的值"),
    ],
)
def test_a_closed_list_has_two_values(declared: Path, typed: str, said: str) -> None:
    edit("templates/yibin/report.yaml", "[保运转, 保民生]", typed)
    _, problems, _ = load_profile(PROFILE)
    assert [problem.message for problem in problems] == [said]


@pytest.mark.parametrize("name", ["资金", "功能类", "支出", "名称"])
def test_a_name_in_use_is_none_for_a_dimension(declared: Path, name: str) -> None:
    edit("templates/yibin/report.yaml", "支出方向:", f"{name}:")
    _, problems, _ = load_profile(PROFILE)
    assert [problem.message for problem in problems] == [f"“{name}”已有别的用处，不能再作一个维度的名称"]


def test_a_value_that_is_not_of_the_list_is_told(declared: Path) -> None:
    edit("data/2022/projects.yaml", "支出方向: 保民生", "支出方向: 保民声")
    profile, _, _ = load_profile(PROFILE)
    assert profile is not None
    _, problems, _ = load_department(Path("data"), 2022, profile)
    assert any("保民声" in problem.message and "保民生" in problem.remedy for problem in problems), problems


def test_an_editor_is_told_of_it(declared: Path) -> None:
    profile, _, _ = load_profile(PROFILE)
    assert profile is not None
    inputs, _, _ = load_department(Path("data"), 2022, profile)
    assert inputs is not None
    made = schemas_of(profile, inputs.classification, {})
    for name in ("basic", "projects"):
        item = made[name]["items"]
        assert item["properties"]["支出方向"]["enum"] == ["保运转", "保民生"]
        assert "支出方向" not in item.get("required", [])
    assert "支出方向" in made["department"]["properties"]["控制数"]["properties"]


def test_its_values_make_up_a_whole() -> None:
    own = own_dimension("支出方向", Declared(("保运转", "保民生")))
    line = LedgerLine(
        "", "", "", "", "", "", "", "", "", Money(Decimal(1)), Position("x", 1, 1), None, ((own.name, "保民生"),)
    )
    assert own.of(line) == "保民生" and own.of(line._replace(own=())) == ""
    whole = Sum(normal(Filter((("资金", ("一般公共预算",)),))))
    parts = [Sum(normal(whole.scope.narrowed((own.name, (value,))))) for value in own.values]
    numbers = [Number(BoundNumber(0, at, "1.00万元", meaning), "甲", "") for at, meaning in enumerate((whole, *parts))]
    assert [family.complete for family in families_of(numbers, False, (own,))] == [True]
    assert [family.complete for family in families_of(numbers[:2], False, (own,))] == [False]
    assert [family.complete for family in families_of(numbers, False)] == [False]


BY_UNIT = "{值: [行政, 参公, 事业], 随单位性质: 是}"


def test_a_dimension_may_follow_the_unit(workplace: Path) -> None:
    """Nobody types it: 机关运行经费 can be that of 行政单位 alone."""
    edit("templates/yibin/report.yaml", "\n编号:", f"\n维度:\n  单位性质: {BY_UNIT}\n\n编号:")
    edit(
        "templates/yibin/figures.yaml", "\n数:\n", "\n数:\n  行政: {单位性质: [行政, 参公]}\n  事业: {单位性质: 事业}\n"
    )
    done = run(Path("data"), Path("templates"), "yibin", 2022)
    assert done.book is not None, done.problems
    assert [done.book.figures[name].money.amount for name in ("行政", "事业")] == [0, Decimal("6824.79")]
    assert "单位性质" not in schemas_of(done.profile, done.inputs.classification, {})["basic"]["items"]["properties"]
    edit("data/2022/projects.yaml", "  资金来源: 一般公共预算", "  资金来源: 一般公共预算\n  单位性质: 行政")
    told = run(Path("data"), Path("templates"), "yibin", 2022).problems
    assert any("没有“单位性质”这一项" in problem.message for problem in told)


@pytest.mark.parametrize("typed", ["{值: [行政, 事业], 随单位性质: 是}", BY_UNIT.replace("}", ", 不相加: 是}")])
def test_what_follows_the_unit_has_the_units_values(workplace: Path, typed: str) -> None:
    edit("templates/yibin/report.yaml", "\n编号:", f"\n维度:\n  单位性质: {typed}\n\n编号:")
    _, problems, _ = load_profile(PROFILE)
    assert "维度“单位性质”随单位性质，值只能是各种单位性质" in [problem.message for problem in problems]
