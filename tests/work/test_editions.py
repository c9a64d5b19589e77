"""部门版 and 单位版, input by input: the department's document has the department's, a unit's its own and never another's."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

from generator.model.document import TableBlock
from generator.model.problem import Severity
from generator.work.check import check
from generator.work.stages import Ended, Finished
from generator.work.workshop import Workshop
from tests.conftest import ROOT
from tests.test_dimensions import edit
from tests.work.test_units import BASIC, FACTS, HEAD, PRIOR, UNIT

ONE, OTHER = "045001", "045002"
PLACE = """
基准:
  上年执行: {早几年: 1, 口径: 执行数, 文件: last-actual.yaml}
比较:
  上年执行: [总计]
清单:
  采购明细: {文件: procurement.yaml, 列: {品名: 文字, 单价: 金额}}
说明: {功能科目: [用途, 原因]}

数:
"""
SAID = """
采购明细{{ 采购明细 | 合计("单价") | 金额 }}。

{% set 比执行 = 总计 | 比("上年执行") %}
比上年执行数{{ 比执行.上年数 }}{{ "增加" if 比执行.增加 else "减少" }}{{ 比执行.差额 }}，主要原因是人员变动。

{% for 项 in 总计 | 逐项("功能科目") %}
- {{ 项.名称 }}{{ 项.数 | 金额 }}{% if 项.用途 %}，{{ 项.用途 }}{% endif %}{% if 项.原因 %}，{{ 项.原因 }}{% endif %}。
{% endfor %}
"""
NARRATIVE = """
专项转移支付项目: [部门的转移支付]
变动原因: {总计: 部门的原因, 一般公共预算: 部门的原因}
口径变化: {机构运行经费: 部门的口径}
说明:
  功能科目:
    2080101 行政运行: {用途: 机关运转, 原因: 只有机关有}
    2080150 事业运行: {用途: 中心运转, 原因: 只有中心有}
    2080505: {用途: 交养老保险, 原因: 两个单位一起的原因}
"""
PENSION = """\
- {单位: "045001", 资金来源: 一般公共预算, 支出: {2080505 机关事业单位基本养老保险缴费支出: {30108 机关事业单位基本养老保险缴费: 6.00}}}
- {单位: "045002", 资金来源: 一般公共预算, 支出: {2080505 机关事业单位基本养老保险缴费支出: {30108 机关事业单位基本养老保险缴费: 4.00}}}
"""
PROJECT = """\
- 名称: {name}
  编码: "{code}"
  类型: 特定目标类
  层级: 本级
  单位: "{unit}"
  资金来源: 一般公共预算
  支出: {{2080199 其他人力资源和社会保障管理事务支出: {{30227 委托业务费: {money}}}}}
  绩效指标: {{成本指标: {{预算资金: ≤资金总额}}, 产出指标: {{次数: ≥1次}}, 效益指标: {{覆盖率: ≥90%}}, 满意度指标: {{满意度: ≥90%}}}}
"""
PROJECTS = PROJECT.format(name="甲项目", code="P-01", unit=ONE, money="20.00") + PROJECT.format(
    name="乙项目", code="P-02", unit=OTHER, money="30.00"
)
CONTROLS = (
    '控制数:\n  总计: 160.00\n  单位: {"045001": 86.00, 045002 乙中心: 74.00}\n  项目: {甲项目: 20.00, P-02: 30.00}\n'
)
OWN = (
    "口径变化: {机构运行经费: 单位的口径}\n"
    "专项转移支付项目: [单位的转移支付]\n"
    "上年执行: {总计: 30.00}\n"
    "说明: {功能科目: {2080505: {原因: 单位的原因}}}\n"
)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A department of two units that types of everything the department's own and each unit's."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    edit("templates/yibin/figures.yaml", "\n数:\n", PLACE)
    prose = Path("templates/yibin/prose/part-3.j2")
    prose.write_text(prose.read_text(encoding="utf-8") + SAID, encoding="utf-8")
    folder = tmp_path / "data" / "2022"
    (folder / "units").mkdir(parents=True)
    shutil.copy(ROOT / "data" / "2022" / "performance.yaml", folder)
    for name, text in {
        "department": HEAD + CONTROLS, "basic": BASIC + PENSION, "projects": PROJECTS, "narrative": NARRATIVE,
        "prior": PRIOR, "last-actual": "总计: 80.00\n",
        "procurement": f'- {{单位: "{ONE}", 品名: 桌, 单价: 1.00}}\n- {{单位: "{OTHER}", 品名: 椅, 单价: 2.00}}\n',
        f"units/{ONE}": UNIT + OWN, f"units/{OTHER}": UNIT + OWN.replace("30.00", "50.00"),
    }.items():  # fmt: skip
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path / "data"


def ended(data: Path, unit: str = "") -> Ended:
    return check(Workshop(data.parent / "templates", "yibin"), data, 2022, unit)


def made(data: Path, unit: str = "") -> Finished:
    done = ended(data, unit)
    assert isinstance(done, Finished), done.problems
    return done


def errors(data: Path, unit: str = "") -> list[str]:
    return [one.message for one in ended(data, unit).problems if one.severity is Severity.ERROR]


def words(done: Finished) -> str:
    return "\n".join(getattr(block, "text", getattr(block, "title", "")) for block in done.document.blocks)


def column(done: Finished, table: str, wanted: int) -> set[str]:
    [block] = [block for block in done.document.blocks if isinstance(block, TableBlock) and table in block.caption]
    return {row.texts[wanted] for row in block.rows if len(row.texts) > wanted}


class Case(NamedTuple):
    """A kind of input, how it is read off a finished run, and what it is in 部门版, 甲局机关's and 乙中心's 单位版."""

    of: Callable[[Finished], object]
    whole: object
    one: object
    other: object


def _department(name: str) -> Callable[[Finished], object]:
    return lambda done: getattr(done.inputs.department, name)


def _money(name: str) -> Callable[[Finished], object]:
    return lambda done: done.book.figures[name].money.amount


def _before(basis: str, name: str) -> Callable[[Finished], object]:
    return lambda done: done.book.comparisons[basis][name].prior_money.amount


def _says(*texts: str) -> Callable[[Finished], object]:
    return lambda done: tuple(text for text in texts if text in words(done))


CASES = {
    "名称": Case(_department("name"), "甲局", "甲局机关", "乙中心"),
    "代码": Case(_department("code"), "045", ONE, OTHER),
    "单位性质": Case(_department("nature"), "行政", "行政", "事业"),
    "主要职责": Case(_department("duties"), ("管理全局工作。",), ("办理具体事务。",), ("办理具体事务。",)),
    "本年合计": Case(_money("总计"), 160, 86, 74),
    "项目": Case(lambda done: sorted(done.inputs.department.projects), ["P-01", "P-02"], ["P-01"], ["P-02"]),
    "项目表": Case(lambda done: {"甲项目", "乙项目"} & column(done, "项目支出预算表", 1), {"甲项目", "乙项目"}, {"甲项目"}, {"乙项目"}),
    "整体绩效": Case(lambda done: done.inputs.department.performance.goals[-1:], ("持续做好社保行业扶贫和乡村振兴工作",), ("办好事务",), ("办好事务",)),
    "上年": Case(_before("上年预算", "一般公共预算"), 90, 30, 30),
    "别的基准": Case(_before("上年执行", "总计"), 80, 30, 50),
    "口径变化": Case(lambda done: [text.value for text in done.inputs.department.redefined.values()], ["部门的口径"], ["单位的口径"], ["单位的口径"]),
    "变动原因": Case(lambda done: done.inputs.department.reasons["总计"].value, "部门的原因", "人员增加", "人员增加"),
    "填报的数": Case(lambda done: done.book.facts["政府采购.合计"].value.amount, 6, 3, 3),
    "填报的文字": Case(lambda done: done.inputs.department.words["专项转移支付项目"][0].value, "部门的转移支付", "单位的转移支付", "单位的转移支付"),
    "控制数": Case(
        lambda done: {control.name: control.money.amount for control in done.inputs.department.controls},
        {"“总计”": 160, "单位“045001”": 86, "单位“045002 乙中心”": 74, "项目“甲项目”": 20, "项目“P-02”": 30},
        {"单位“045001”": 86, "项目“甲项目”": 20},
        {"单位“045002 乙中心”": 74, "项目“P-02”": 30},
    ),
    "清单": Case(_says("采购明细3.00万元", "采购明细1.00万元", "采购明细2.00万元"), ("采购明细3.00万元",), ("采购明细1.00万元",), ("采购明细2.00万元",)),
    "说明": Case(
        _says("机关运转，只有机关有", "中心运转，只有中心有", "交养老保险，两个单位一起的原因", "交养老保险，单位的原因"),
        ("机关运转，只有机关有", "中心运转，只有中心有", "交养老保险，两个单位一起的原因"),
        ("机关运转，只有机关有", "交养老保险，单位的原因"),
        ("中心运转，只有中心有", "交养老保险，单位的原因"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("unit", ["", ONE, OTHER], ids=["部门版", "甲", "乙"])
def test_every_edition_has_what_is_its_own(place: Path, unit: str) -> None:
    done = made(place, unit)
    found = {name: case.of(done) for name, case in CASES.items()}
    assert found == {name: case[1 + ["", ONE, OTHER].index(unit)] for name, case in CASES.items()}
    assert errors(place, unit) == []


@pytest.mark.parametrize(
    ("lost", "told"),
    [
        ("上年执行: {总计: 30.00}\n", "缺少2021年的“总计”，无法与上年执行比较"),
        ("  一般公共预算: 30.00\n", "缺少2021年的“一般公共预算”，无法与上年比较"),
        ("政府采购: {货物: 1.00, 工程: 0.00, 服务: 2.00}\n", "甲局机关的单位版缺少3项：政府采购（货物、工程、服务）"),
        (UNIT[len(FACTS) : UNIT.index("主要职责")], "甲局机关的单位版缺少“整体绩效”"),
    ],
)
def test_what_a_unit_did_not_type_is_asked_for_and_not_the_departments(place: Path, lost: str, told: str) -> None:
    edit(f"data/2022/units/{ONE}.yaml", lost, "")
    found = [one for one in ended(place, ONE).problems if one.message == told]
    assert found and f"units/{ONE}.yaml" in found[0].remedy, errors(place, ONE)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: [", "这里的写法不符合YAML格式"),
        ("", "文件里没有内容"),
        ("- 甲局机关\n", "单位的文件应是“名称: 内容”的若干行"),
    ],
)
def test_a_units_file_that_can_not_be_read_is_told_once(place: Path, text: str, told: str) -> None:
    (place / "2022" / "units" / f"{ONE}.yaml").write_text(text, encoding="utf-8")
    assert errors(place) == [told]


def test_a_unit_that_says_no_口径变化_has_none(place: Path) -> None:
    edit(f"data/2022/units/{ONE}.yaml", "口径变化: {机构运行经费: 单位的口径}\n", "")
    assert made(place, ONE).inputs.department.redefined == {}


def test_what_was_approved_for_a_unit_is_compared_in_its_own_document(place: Path) -> None:
    edit("data/2022/department.yaml", '"045001": 86.00', '"045001": 85.00')
    assert errors(place, ONE) == ["单位“045001”控制数为85.00万元，台账合计为86.00万元，台账多1.00万元"]
    assert errors(place, OTHER) == []


def test_a_record_of_no_unit_is_in_no_units_document(place: Path) -> None:
    edit("data/2022/procurement.yaml", f'单位: "{ONE}", ', "")
    assert errors(place, ONE) == ["“采购明细”有1条没有写单位，单位版不知道是谁的"]
    assert errors(place) == []


PAID = '- {单位: "045001", 资金来源: 一般公共预算, 内部往来: {付给: "045002"}, 支出: {2080101 行政运行: {30211 差旅费: 5.00}}}\n'
GOT = '- {单位: "045002", 资金来源: 上级补助收入, 内部往来: {来自: "045001", 资金来源: 一般公共预算}, 支出: {2080150 事业运行: {30211 差旅费: 5.00}}}\n'


def test_what_was_approved_for_a_unit_holds_what_it_pays_another(place: Path) -> None:
    """控制数 of units are those of their own documents: together they are more than the department's by what is inside."""
    edit("data/2022/department.yaml", CONTROLS, '控制数:\n  总计: 165.00\n  单位: {"045001": 91.00, "045002": 79.00}\n')
    basic = place / "2022" / "basic.yaml"
    basic.write_text(BASIC + PENSION + PAID + GOT, encoding="utf-8")
    assert [errors(place, unit) for unit in ("", ONE, OTHER)] == [[], [], []]
    assert "D041" not in {problem.code for problem in ended(place).problems}
    edit("data/2022/department.yaml", '"045001": 91.00', '"045001": 86.00')
    assert errors(place) == errors(place, ONE)
    assert [code for code in (one.code for one in ended(place).problems) if code == "D041"] == ["D041"]


@pytest.mark.parametrize("unit", ["", ONE, OTHER])
def test_a_side_that_is_missing_is_told_in_every_edition_it_is_in(place: Path, unit: str) -> None:
    basic = place / "2022" / "basic.yaml"
    basic.write_text(BASIC + PENSION + GOT, encoding="utf-8")
    assert errors(place, unit) == ["乙中心有来自甲局机关的5.00万元，甲局机关没有列付给乙中心的这笔钱"]


def test_a_project_that_only_pays_another_unit_is_the_payers_alone(place: Path) -> None:
    projects = place / "2022" / "projects.yaml"
    paying = PROJECT.format(name="拨付", code="P-03", unit=ONE, money="5.00").replace(
        "  支出", f'  内部往来: {{付给: "{OTHER}"}}\n  支出'
    )
    projects.write_text(PROJECTS + paying, encoding="utf-8")
    basic = place / "2022" / "basic.yaml"
    basic.write_text(BASIC + PENSION + GOT, encoding="utf-8")
    edit("data/2022/department.yaml", CONTROLS, "控制数: {总计: 165.00}\n")
    assert sorted(made(place).inputs.department.projects) == ["P-01", "P-02"]
    assert sorted(made(place, ONE).inputs.department.projects) == ["P-01", "P-03"]


def test_a_transfer_of_last_year_alone_is_counted_once_too(place: Path) -> None:
    before = place / "2021"
    shutil.copytree(place / "2022", before)
    edit("data/2021/department.yaml", "年度: 2022", "年度: 2021")
    (before / "basic.yaml").write_text(BASIC + PENSION + PAID + GOT, encoding="utf-8")
    change = made(place).book.changes["总计"]
    assert (change.prior_money.amount, change.delta.amount) == (Decimal("165.00"), Decimal("-5.00"))


def test_what_is_accepted_of_one_edition_is_not_missed_in_another(place: Path) -> None:
    accepted = place / "2022" / "accepted.yaml"
    one = "- {规则: D040, 内容: 没有填控制数, 原因: 已核对, 接受人: 张三}\n"
    accepted.write_text(one + one.replace("}", f', 单位: "{ONE}"}}'), encoding="utf-8")
    idle = [[one.code for one in ended(place, unit).problems].count("B106") for unit in ("", ONE, OTHER)]
    assert idle == [1, 1, 0]
