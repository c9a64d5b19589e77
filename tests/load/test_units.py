"""行政 and 事业 units in one department: each line's 政府经济 is its unit's, in 表六, 表七 and every check."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.check.forms import Forms, economic_rows
from generator.load.department import load_department
from generator.readback.document import reading_of
from tests.conftest import ROOT
from tests.departments import yibin
from tests.runs import Run, run
from tests.varied import dump, load

CENTRE, BUREAU = "伊滨经开区（示范区）社会保障事务服务中心", "伊滨经开区医疗保障局"


def write(data: Path, bureau: object) -> None:
    """The real department with a second unit that pays wages, travel and a repair."""
    folder = data / "2022"
    shutil.copytree(ROOT / "data" / "2022", folder)
    department = load(folder / "department.yaml")
    department.pop("控制数")
    department["预算单位"] = {"027001": CENTRE, "027002": bureau}
    department["机构构成"]["预算范围"] = "本级和1个所属单位预算"
    dump(folder / "department.yaml", department)
    basic = [{"单位": "027001", **item} for item in load(folder / "basic.yaml")]
    wages = {"2080107 社会保险业务管理事务": {"30101 基本工资": "10.00", "30211 差旅费": "2.00", "30213": "1.00"}}
    basic.append({"单位": "027002", "资金来源": "一般公共预算", "支出": wages})
    dump(folder / "basic.yaml", basic)
    dump(folder / "projects.yaml", [{"单位": "027001", **item} for item in load(folder / "projects.yaml")])


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Run:
    data = tmp_path_factory.mktemp("mixed")
    write(data, {"名称": BUREAU, "单位性质": "行政"})
    return run(data, ROOT / "templates", "yibin", 2022)


def test_no_check_takes_two_natures_for_a_mistake(mixed: Run) -> None:
    assert not [problem for problem in mixed.problems if problem.severity.name == "ERROR"]
    assert [problem.message for problem in mixed.problems if problem.code in ("D006", "D007", "D037")] == [
        "“伊滨经开区（示范区）社会保障事务服务中心”单位性质为事业，却使用了“行政运行”（2080101）"  # as in the real data
    ]


def test_both_economic_tables_list_each_pair_of_codes(mixed: Run) -> None:
    """The amounts of each unit stand at the government code of its own 单位性质."""
    assert mixed.document is not None
    forms = Forms(reading_of(mixed.document))
    basic, whole = forms.form("表6"), forms.form("表7")
    found = {
        key: [
            (row[1], row[2], str(form.amount(row[0], form.column(column))))
            for row in economic_rows(form)
            if row[1] in ("30101", "30211", "30213")
        ]
        for key, form, column in (("表6", basic, "合计"), ("表7", whole, "总计"))
    }
    assert found["表6"] == [
        ("30101", "50501", "35.35"), ("30211", "50502", "3.00"),
        ("30101", "50101", "10.00"), ("30211", "50201", "2.00"), ("30213", "50209", "1.00"),
    ]  # fmt: skip
    assert found["表7"] == [
        ("30101", "50501", "35.35"), ("30211", "50502", "8.00"),
        ("30101", "50101", "10.00"), ("30211", "50201", "2.00"), ("30213", "50209", "1.00"),
    ]  # fmt: skip


@pytest.mark.parametrize("bureau", [BUREAU, {"名称": BUREAU}, {"名称": BUREAU, "单位性质": "事业"}])
def test_a_unit_that_says_nothing_is_what_the_department_is(bureau: object, tmp_path: Path) -> None:
    write(tmp_path, bureau)
    inputs, problems, _ = load_department(tmp_path, 2022, yibin())
    assert inputs is not None, problems
    assert {line.government_economic[:3] for line in inputs.ledger.lines if line.agency == "027002"} == {"505"}
    assert dict(inputs.department.agencies) == {"027001": CENTRE, "027002": BUREAU}
    assert [passage.text.value for passage in inputs.department.passages if "预算单位" in passage.place] == [
        CENTRE,
        BUREAU,
    ]
