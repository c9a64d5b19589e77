"""部门版 and 单位版 of one folder: what each holds, and that nothing is counted twice."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from generator.cli import main
from generator.model.problem import UsageError
from generator.work.check import check
from generator.work.report import Wanted, every_edition
from generator.work.stages import Finished
from generator.work.workshop import Workshop
from tests.conftest import ROOT

HEAD = """\
年度: 2022
名称: 甲局
代码: "045"
单位性质: 行政
金额单位: 万元
预算单位:
  "045001": 甲局机关
  "045002": {名称: 乙中心, 单位性质: 事业}
主要职责: [管理全局工作。]
机构构成: {预算范围: 本级及所属单位预算, 内设机构归属: 机关本级, 内设机构: [办公室]}
"""
BASIC = """\
- 单位: "045001"
  资金来源: 一般公共预算
  支出:
    2080101 行政运行:
      30101 基本工资: 60.00
- 单位: "045002"
  资金来源: 一般公共预算
  支出:
    2080150 事业运行:
      30101 基本工资: 40.00
"""
TRANSFER = """\
- 单位: "045001"
  资金来源: 一般公共预算
  内部往来: {付给: "045002"}
  支出:
    2080101 行政运行:
      30201 办公费: 5.00
- 单位: "045002"
  资金来源: 上级补助收入
  内部往来: {来自: "045001", 资金来源: 一般公共预算}
  支出:
    2080150 事业运行:
      30201 办公费: 5.00
"""
FACTS = """\
政府采购: {货物: 1.00, 工程: 0.00, 服务: 2.00}
国有资产: {一般公务用车: 1, 一般执法执勤用车: 0, 特种专业技术用车: 0, 其他用车: 0, 通用设备: 0, 专用设备: 0}
"""
PRIOR = """\
一般公共预算: 90.00
政府性基金: 0.00
国有资本经营预算: 0.00
因公出国费: 0.00
公务接待费: 0.00
公务用车购置费: 0.00
公务用车运行维护费: 0.00
机构运行经费: 0.00
"""
REASONS = "变动原因: {总计: 人员增加, 一般公共预算: 人员增加}\n"
GOALS = "整体绩效: {年度履职目标: [办好事务], 年度主要任务: [], 指标: {}}\n"
UNIT = (
    FACTS
    + GOALS
    + f"主要职责: [办理具体事务。]\n{REASONS}上年:\n"
    + "".join(f"  {line}\n" for line in PRIOR.replace("90.00", "30.00").splitlines())
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data" / "2022"
    (folder / "units").mkdir(parents=True)
    shutil.copy(ROOT / "data" / "2022" / "performance.yaml", folder)
    for name, text in {
        "department": HEAD, "basic": BASIC, "projects": "[]\n", "narrative": f"专项转移支付项目: []\n{REASONS}", "prior": PRIOR,
        "units/045001": UNIT, "units/045002": UNIT,
    }.items():  # fmt: skip
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path / "data"


def shop() -> Workshop:
    return Workshop(ROOT / "templates", "yibin")


def finished(data: Path, unit: str = "") -> Finished:
    ended = check(shop(), data, 2022, unit)
    errors = [problem for problem in ended.problems if problem.severity.value == "error"]
    assert isinstance(ended, Finished), errors
    return ended


def amounts(data: Path, unit: str = "") -> dict[str, Decimal]:
    return {name: figure.money.amount for name, figure in finished(data, unit).book.figures.items() if figure.money}


def words(ended: Finished) -> str:
    return "\n".join(getattr(block, "text", getattr(block, "title", "")) for block in ended.document.blocks)


def test_units_add_up_to_the_department(data: Path) -> None:
    whole, one, other = (amounts(data, unit) for unit in ("", "045001", "045002"))
    assert (whole["总计"], one["总计"], other["总计"]) == (100, 60, 40)


def test_what_only_units_typed_is_added_up(data: Path) -> None:
    facts = finished(data).book.facts
    assert facts["政府采购.合计"].value.amount == 6
    assert facts["国有资产.车辆"].value == 2
    assert finished(data, "045001").book.facts["国有资产.车辆"].value == 1


def test_a_unit_has_its_own_words(data: Path) -> None:
    whole, unit = finished(data), finished(data, "045002")
    assert (whole.document.title, unit.document.title) == ("2022年甲局部门预算说明", "2022年乙中心单位预算说明")
    assert "管理全局工作" in words(whole)
    assert "管理全局工作" not in words(unit)
    assert "办理具体事务" in words(unit)
    assert "比2021年增加10.00万元" not in words(whole)
    assert "收支各增加10.00万元，增长33.33%。主要原因：人员增加" in words(unit)
    assert [spec.title.value for spec in unit.profile.tables][:2] == ["部门收支预算表", "部门收入预算表"]


def test_rules_on_words_read_what_a_unit_says_itself(data: Path) -> None:
    """机关本级 of the department's 机构构成, and 所属, are said of the department; so are its 主要职责."""
    file = data / "2022" / "units" / "045002.yaml"
    said = "机构构成: {预算范围: 本级预算, 内设机构归属: 中心本级, 内设机构: [业务科]}\n"
    assert [code for code in told(data, "045002") if code in ("T226", "T230")] == ["T226", "T230"]
    file.write_text(file.read_text(encoding="utf-8") + said, encoding="utf-8")
    assert [code for code in told(data, "045002") if code in ("T226", "T230")] == []
    file.write_text(file.read_text(encoding="utf-8").replace("本级预算", "所属单位预算"), encoding="utf-8")
    assert [code for code in told(data, "045002") if code in ("T226", "T230")] == ["T226"]
    texts = [passage.text.value for passage in finished(data, "045002").inputs.department.passages]
    assert "办理具体事务。" in texts and "人员增加" in texts and "管理全局工作。" not in texts
    assert "管理全局工作。" in [passage.text.value for passage in finished(data).inputs.department.passages]


def told(data: Path, unit: str) -> list[str]:
    return sorted(problem.code for problem in finished(data, unit).problems)


def test_money_between_units_is_counted_once(data: Path) -> None:
    (data / "2022" / "basic.yaml").write_text(BASIC + TRANSFER, encoding="utf-8")
    whole, payer, payee = (amounts(data, unit) for unit in ("", "045001", "045002"))
    assert (whole["总计"], payer["总计"], payee["总计"]) == (105, 65, 45)
    assert whole["一般公共预算"] == 105
    assert "单位资金" not in whole
    assert payee["单位资金"] == 5


def test_both_sides_of_a_transfer_are_equal(data: Path) -> None:
    (data / "2022" / "basic.yaml").write_text(BASIC + TRANSFER.replace("5.00", "6.00", 1), encoding="utf-8")
    told = [problem for problem in check(shop(), data, 2022).problems if problem.code == "D055"]
    assert [(problem.message, problem.position.line) for problem in told] == [
        ("甲局机关付给乙中心的是6.00万元，乙中心列的来自甲局机关的是5.00万元", 16)
    ]


def test_a_unit_s_file_lacks_a_number(data: Path) -> None:
    path = data / "2022" / "units" / "045002.yaml"
    path.write_text(UNIT.replace("服务: 2.00", ""), encoding="utf-8")
    told = [problem for problem in check(shop(), data, 2022, "045002").problems if problem.code == "D028"]
    assert [problem.message for problem in told] == ["乙中心的单位版缺少“政府采购.服务”"]
    assert finished(data, "045001").book.facts["政府采购.服务"].value.amount == 2


def test_the_sum_of_some_units_is_not_the_departments(data: Path) -> None:
    path = data / "2022" / "units" / "045002.yaml"
    path.write_text(UNIT.replace("服务: 2.00", ""), encoding="utf-8")
    [told] = [problem for problem in check(shop(), data, 2022).problems if problem.code == "D028"]
    assert told.message == "部门版缺少“政府采购.服务”：045002没有填，narrative.yaml 也没有填"
    assert (told.position.file.rpartition("/")[2], told.position.line) == ("045001.yaml", 1)
    (data / "2022" / "narrative.yaml").write_text("政府采购: {服务: 5.00}\n", encoding="utf-8")
    assert finished(data).book.facts["政府采购.服务"].value.amount == 5


def test_a_file_of_no_unit(data: Path) -> None:
    (data / "2022" / "units" / "045003.yaml").write_text(UNIT, encoding="utf-8")
    told = [problem for problem in check(shop(), data, 2022).problems if problem.code == "Y007"]
    assert [problem.message for problem in told] == ["没有代码为“045003”的预算单位"]


def test_a_code_of_no_unit(data: Path) -> None:
    with pytest.raises(UsageError, match="没有代码为“045003”的预算单位"):
        check(shop(), data, 2022, "045003")


def test_all_editions_in_one_call(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--data", str(data), "--templates", str(ROOT / "templates"), "--output", str(tmp_path / "out")]
    assert main(["report", "2022", "--all-units", *options]) == 0
    assert sorted(path.name for path in (tmp_path / "out" / "2022").iterdir()) == [
        "2022年乙中心单位预算说明.docx", "2022年甲局机关单位预算说明.docx", "2022年甲局部门预算说明.docx",
    ]  # fmt: skip
    printed = capsys.readouterr()
    assert printed.out.count("已生成") == 3
    assert printed.err.count("D040") == 1  # what every edition has to say is said once
    assert "check 2022" in printed.err
    assert main(["report", "2022", "--all-units", "--unit", "045001", *options]) == 2


def test_a_unit_named_as_the_department_has_a_file_of_its_own(data: Path) -> None:
    head = data / "2022" / "department.yaml"
    head.write_text(HEAD.replace("甲局机关", "甲局"), encoding="utf-8")
    templates = Workshop(ROOT / "templates", "yibin")
    names = [name for made in every_edition(templates, data, 2022, Wanted("html")) for name in made.files]
    assert len(names) == len(set(names)) == 3
