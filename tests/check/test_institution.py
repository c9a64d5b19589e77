"""Lists and names: two names in one item, a list with nothing in it, a department called two things."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.check.institution_rules import INSTITUTION_RULES
from generator.check.rules import check
from generator.check.typography_rules import TYPOGRAPHY_RULES
from generator.model.department import Inputs, LastYear
from generator.model.source import Passage, Position, Text
from tests.conftest import ROOT
from tests.runs import Run, run

OFFICE, FUND = "“机构构成”“内设机构”第1项", "专项转移支付项目第1项"


def inputs_of(made: Run, *passages: tuple[str, str, str]) -> Inputs:
    assert made.inputs is not None
    words = tuple(
        Passage(kind, place, Text(text, Position("x.yaml", number, 1)))
        for number, (kind, place, text) in enumerate(passages, 1)
    )
    return made.inputs._replace(department=made.inputs.department._replace(passages=words))


@pytest.mark.parametrize(
    ("kind", "place", "text"),
    [
        ("机构", OFFICE, "办公室，财务科"),
        ("机构", OFFICE, "办公室、财务科"),
        ("机构", OFFICE, "办公室；财务科"),
        ("机构", OFFICE, "办公室,财务科"),
        ("机构", OFFICE, "办公室、待遇科（审核）、财务科"),
        ("事项", FUND, "城乡医疗救助资金；困难群众补助"),
        ("事项", FUND, "城乡医疗救助资金，困难群众补助"),
    ],
)
def test_two_names_in_one_item_are_asked_about(kind: str, place: str, text: str, run_2022: Run) -> None:
    [found] = check(inputs_of(run_2022, (kind, place, text)), INSTITUTION_RULES).problems
    assert found.code == "T247" and f"“{text}”写成了一项" in found.message
    assert found.position.column == 1 + next(index for index, char in enumerate(text) if char in "，、；,")


@pytest.mark.parametrize(
    ("kind", "place", "text"),
    [
        ("机构", OFFICE, "办公室"),
        ("机构", OFFICE, "宣传、统战科"),
        ("机构", OFFICE, "办公室（党办、人事科）"),
        ("机构", OFFICE, "办公室(党办,人事科)"),
        ("机构", "“机构构成”“预算范围”", "本级预算，所属单位预算"),
        ("职责", "主要职责第1项", "负责展览，演出；培训、借阅。"),
        ("事项", FUND, "农村公路养护、维修补助资金"),
        ("事项", FUND, "本部门负责分配的资金，由财政直接拨付。"),
        ("事项", "政府采购“货物”", "0.00"),
    ],
)
def test_one_name_is_one_name(kind: str, place: str, text: str, run_2022: Run) -> None:
    assert check(inputs_of(run_2022, (kind, place, text)), INSTITUTION_RULES).problems == ()


@pytest.mark.parametrize(
    ("name", "agencies", "told"),
    [
        ("某区社会保障服务中心", ["某区社会保障事务服务中心"], True),
        ("某市教育局", ["某市教育局本级", "某市第一中学"], False),
        ("某市教育局", ["某市教育局（机关）", "某市教育考试院"], False),
        ("某市教育局机关", ["某市教育局"], False),
        ("中国共产党某市委员会宣传部", ["某市委宣传部"], False),
        ("某市人民检察院", ["某市某区人民检察院", "某市人民检察院"], False),
        ("某市卫生系统", ["某市中医院", "某市妇幼保健院"], False),
    ],
)
def test_the_department_is_one_of_its_units(name: str, agencies: list[str], told: bool, run_2022: Run) -> None:
    given = inputs_of(run_2022, *(("名称", f"预算单位“{code}”", text) for code, text in enumerate(agencies)))
    department = given.department._replace(name=name, agencies={str(code): one for code, one in enumerate(agencies)})
    found = check(given._replace(department=department), INSTITUTION_RULES).problems
    assert [problem.code for problem in found] == (["T249"] if told else [])


OLD, NEW = "某区社会保障事务服务中心", "某区社会保障中心"


@pytest.mark.parametrize(
    ("kind", "text", "told"),
    [
        ("名称", OLD, True),
        ("名称", f"{OLD}一分中心", False),
        ("职责", f"{OLD}负责医疗救助。", True),
        ("职责", f"原{OLD}的职责划入。", False),
        ("项目", f"{OLD}办公用房维修", False),
        ("职责", "负责医疗救助。", False),
    ],
)
def test_last_years_name_is_asked_about(kind: str, text: str, told: bool, run_2022: Run) -> None:
    given = inputs_of(run_2022, (kind, "某处", text))
    department = given.department._replace(name=NEW, agencies={"1": NEW})
    given = given._replace(department=department, last_year=LastYear("", {}, {}, name=OLD, agencies={"1": OLD}))
    assert [problem.code for problem in check(given, INSTITUTION_RULES).problems] == (["T249"] if told else [])


def test_a_unit_renamed_alone_is_asked_about(run_2022: Run) -> None:
    given = inputs_of(run_2022, ("名称", "预算单位“1”", "某区医保中心"))
    department = given.department._replace(name=OLD, agencies={"1": "某区医保中心"})
    given = given._replace(department=department, last_year=LastYear("", {}, {}, name=OLD, agencies={"1": OLD}))
    [found] = check(given, INSTITUTION_RULES).problems
    assert found.code == "T249" and "预算单位1现在叫“某区医保中心”" in found.message


@pytest.mark.parametrize("none", ["[]", "无", "无。", "[无]", "没有", "/"])
def test_none_is_a_sentence_however_it_is_typed(workplace: Path, none: str) -> None:
    department, narrative = workplace / "data/2022/department.yaml", workplace / "data/2022/narrative.yaml"
    text = department.read_text(encoding="utf-8")
    offices = text[text.index("内设机构: [") : text.index("\n\n控制数")]
    department.write_text(text.replace(offices, f"内设机构: {none}"), encoding="utf-8")
    text = narrative.read_text(encoding="utf-8")
    narrative.write_text(text.replace("专项转移支付项目: []", f"专项转移支付项目: {none}"), encoding="utf-8")
    done = run(Path("data"), ROOT / "templates", "yibin", 2022)
    assert done.document is not None and not done.failed
    words = [block.text for block in done.document.blocks if hasattr(block, "runs")]
    assert "伊滨经开区（示范区）社会保障事务服务中心无内设机构。" in words
    assert "伊滨经开区（示范区）社会保障事务服务中心2022年无负责管理的专项转移支付项目。" in words
    assert not {"T246", "T248"} & {problem.code for problem in done.problems}


def test_a_department_has_duties(workplace: Path) -> None:
    path = workplace / "data/2022/department.yaml"
    text = path.read_text(encoding="utf-8")
    listed = text[text.index("主要职责:") : text.index("机构构成:")]
    path.write_text(text.replace(listed, "主要职责: []\n"), encoding="utf-8")
    done = run(Path("data"), ROOT / "templates", "yibin", 2022)
    assert "T248" in {problem.code for problem in done.problems}


def test_a_blank_between_two_offices_is_not_only_to_be_deleted(run_2022: Run) -> None:
    assert run_2022.inputs is not None
    words = Passage("机构", OFFICE, Text("办公室 财务科", Position("x.yaml", 1, 1)))
    department = run_2022.inputs.department._replace(passages=(words,))
    [found] = check(run_2022.inputs._replace(department=department), TYPOGRAPHY_RULES).problems
    assert (found.code, found.remedy) == ("L313", "请删去空格；是两个机构的，改为半角逗号加空格。")
