"""A year's trees as the next year's: what is carried, what is blank, what waits to be confirmed."""

from __future__ import annotations

from typing import Any

import pytest

from generator.carry.new_year import Renamed, Rules, carried, commented, confirmed
from generator.carry.who import who_knows

CODES = {
    "2080101": Renamed("2080101“行政运行”改称“机关运行”，已改", "机关运行"),
    "2010308": Renamed("2010308 信访事务 2028年的科目里没有了，同名的是2014001，请核对后改列"),
    "50501": Renamed("50501 没有了"),
}
RULES = Rules(
    2027, 2028, frozenset(("prior.yaml",)), frozenset(("last-final.yaml",)), frozenset(("上年",)), frozenset(("上年执行",)), CODES.get
)  # fmt: skip

CASES: dict[str, tuple[str, Any, Any, Any]] = {
    "the year is set, codes and closed lists need no confirming": (
        "department.yaml",
        {"年度": "2027", "代码": "027", "单位性质": "事业", "名称": "某局", "日期": "2027年2月", "控制数": {"总计": "5.00", "项目": {"甲": "1.00"}}},
        {"年度": "2028", "代码": "027", "单位性质": "事业", "名称": "某局", "日期": "待填", "控制数": {"总计": "待填", "项目": {"甲": "待填"}}},
        {"名称": "某局"},
    ),
    "words move their years": (
        "department.yaml",
        {"主要职责": ["2027年办好事", "办事"], "增补科目": {"功能科目": {"2070188": {"名称": "甲", "自": "2027", "文号": "财预〔2027〕1号"}}}},
        {"主要职责": ["2028年办好事", "办事"], "增补科目": {"功能科目": {"2070188": {"名称": "甲", "自": "2027", "文号": "财预〔2027〕1号"}}}},
        {"主要职责": ["2028年办好事", "办事"]},
    ),
    "a project's name and code stay, its indicators move": (
        "projects.yaml",
        [{"名称": "2027年修路", "编码": "4103952700001", "类型": "特定目标类", "支出": {"2080101 行政运行": {"30201 办公费": "1.00"}, "2010308": {"30201": "2.00"}},
          "绩效指标": {"产出指标": {"2027年完工率": "100%"}}}],
        [{"名称": "2027年修路", "编码": "4103952700001", "类型": "特定目标类", "支出": {"2080101 机关运行": {"30201 办公费": "1.00"}, "2010308": {"30201": "2.00"}},
          "绩效指标": {"产出指标": {"2028年完工率": "100%"}}}],
        [{"名称": "2027年修路", "编码": "4103952700001", "支出": {"2080101 机关运行": {"30201 办公费": "1.00"}, "2010308": {"30201": "2.00"}},
          "绩效指标": {"产出指标": {"2028年完工率": "100%"}}}],
    ),
    "reasons are not carried": (
        "narrative.yaml",
        {"变动原因": {"总计": "人员减少"}, "口径变化": {"总计": "口径"}, "车辆": "3", "说明": {"功能科目": {"2080101": {"用途": "运转", "原因": "增人"}}}},
        {"车辆": "3", "说明": {"功能科目": {"2080101": {"用途": "运转", "原因": "待填"}}}},
        {"车辆": "3", "说明": {"功能科目": {"2080101": {"用途": "运转"}}}},
    ),
    "a unit's last year comes of last year's folder": (
        "units/1.yaml",
        {"变动原因": {"总计": "增人"}, "上年": {"总计": "1.00"}, "上年执行": {"总计": "1.00"}, "控制数": {"总计": "2.00"}, "编制": {"实有": "20"}},
        {"上年执行": {"总计": "待填"}, "控制数": {"总计": "待填"}, "编制": {"实有": "20"}},
        {"编制": {"实有": "20"}},
    ),
    "amounts of a year that no folder has": (
        "last-final.yaml",
        {"总计": "1.00", "台账": [{"资金来源": "一般公共预算", "支出": {"2080101": "1.00"}}]},
        {"总计": "待填", "台账": [{"资金来源": "一般公共预算", "支出": {"2080101": "待填"}}]},
        None,
    ),
    "a list": (
        "procurement.yaml",
        [{"单位": "1", "项目": "2027年修路", "品目": "电脑", "金额": "1.00", "时间": "2027-05"}, {"品目": ""}],
        [{"单位": "1", "项目": "2027年修路", "品目": "电脑", "金额": "1.00", "时间": "2027-05"}, {"品目": "待填"}],
        [{"项目": "2027年修路", "品目": "电脑", "金额": "1.00", "时间": "2027-05"}],
    ),
    "what was not filled in is no more to confirm": (
        "narrative.yaml",
        {"车辆": "待填", "设备": "待填：问2027年的资产员", "编制": "3"},
        {"车辆": "待填", "设备": "待填：问2027年的资产员", "编制": "3"},
        {"编制": "3"},
    ),
    "nothing": ("services.yaml", [], [], None),
    "none in words": ("services.yaml", "无", "无", "无"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_file_is_carried(case: str) -> None:
    name, old, new, open_ = CASES[case]
    made = carried({name: old}, RULES)
    assert made.trees[name] == new
    assert made.unconfirmed.get(name) == open_


def test_what_was_said_of_last_years_document_is_not_carried() -> None:
    files = {
        name: {"总计": "1"} for name in ("accepted.yaml", "seen.yaml", "unconfirmed.yaml", "prior.yaml", "basic.yaml")
    }
    assert [*carried(files, RULES).trees] == ["basic.yaml"]


def test_every_code_that_changed_is_told_with_what_follows_it() -> None:
    spending = {
        "2080101 行政运行": {"30201": {"金额": "1.00", "政府经济": "50501"}},
        "2010308 信访事务": {"30201": "2.00"},
    }
    made = carried({"basic.yaml": [{"支出": spending}]}, RULES)
    assert [(str(one.place), one.what[:7]) for one in made.codes] == [
        ("basic.yaml 第1项 / 支出 / 2080101 行政运行", "2080101"),
        ("basic.yaml 第1项 / 支出 / 2080101 机关运行 / 30201 / 政府经济", "50501 没"),
        ("basic.yaml 第1项 / 支出 / 2010308 信访事务", "2010308"),
    ]


def test_years_that_moved_and_stayed_are_told() -> None:
    made = carried(
        {"narrative.yaml": {"话": ["2027年按财预〔2027〕1号办"]}, "projects.yaml": [{"名称": "2027年修路"}]}, RULES
    )
    assert [(str(one.place), one.what) for one in made.moved] == [("narrative.yaml 话 / 第1项", "2027→2028")]
    assert [(str(one.place), one.what) for one in made.stayed] == [
        ("narrative.yaml 话 / 第1项", "2027（文号）"),
        ("projects.yaml 2027年修路 / 名称", "2027（名称）"),
    ]


def test_reasons_stay_as_comments() -> None:
    text = "# 头\n变动原因:  # 说明\n  总计: 人员\n    减少\n  项目: 甲\n\n车辆: 3\n口径变化: {总计: 乙}\n船: 1\n"
    assert commented(text, 2027) == (
        "# 头\n# 2027年的变动原因，供参考；今年的请另写。\n# 变动原因:  # 说明\n#   总计: 人员\n#     减少\n#   项目: 甲\n\n车辆: 3\n"
        "# 2027年的口径变化，供参考；今年的请另写。\n# 口径变化: {总计: 乙}\n船: 1\n"
    )


def test_what_is_confirmed_goes() -> None:
    tree: Any = [
        {"名称": "甲", "支出": {"2080101": {"30201": "1.00"}}},
        {"名称": "乙", "支出": {"2080101": {"30201": "2.00"}}},
    ]
    assert confirmed(tree, frozenset(("甲",))) == tree[1:]
    assert confirmed(tree, frozenset(("支出",))) == [{"名称": "甲"}, {"名称": "乙"}]
    assert confirmed({"主要职责": ["办事", "管人"]}, frozenset(("办事",))) == {"主要职责": ["管人"]}
    assert not confirmed(tree, frozenset(("支出", "名称")))


@pytest.mark.parametrize(
    ("file", "path", "who"),
    [
        ("department.yaml", ["控制数", "总计"], "财政局业务科（批复、控制数通知）"),
        ("department.yaml", ["主要职责", "第1项"], "办公室、人事（三定方案、人员名册）"),
        ("basic.yaml", ["第1项", "支出", "2080101 行政运行", "30101"], "单位财务（一体化系统，工资数问人事）"),
        ("projects.yaml", ["甲", "绩效指标", "产出指标", "车辆"], "业务科室（绩效目标申报表）"),
        ("projects.yaml", ["甲", "编码"], "业务科室、单位财务（项目库）"),
        ("narrative.yaml", ["国有资产", "车辆"], "资产管理（上年末资产报表）"),
        ("units/1.yaml", ["整体绩效", "指标"], "业务科室（绩效目标申报表）"),
        ("units/1.yaml", ["上年", "总计"], "单位财务（上年批复、决算）"),
        ("prior.yaml", ["总计"], "单位财务（上年批复、决算）"),
        ("narrative.yaml", ["别的"], "单位财务"),
    ],
)
def test_who_knows(file: str, path: list[str], who: str) -> None:
    assert who_knows(file, path) == who
