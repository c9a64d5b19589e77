"""A department of several units: the same row stands under each of them, and each can be asked for."""

from __future__ import annotations

import shutil

import pytest

from generator.explain.answers import answer
from generator.explain.index import Index, named
from generator.model.problem import UsageError
from tests.conftest import ROOT
from tests.explain.test_explain import index_of
from tests.runs import run

UNITS = {"027001": "社保中心", "027002": "社保中心东城站", "027003": "社保中心西城站"}
PENSION = """- 单位: "{code}"
  资金来源: 一般公共预算
  支出:
    2080505 机关事业单位基本养老保险缴费支出:
      30108 机关事业单位基本养老保险缴费: 7.70
"""
ROW = "2080505 机关事业单位基本养老保险缴费支出"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    tmp_path = tmp_path_factory.mktemp("units")
    folder = tmp_path / "data" / "2022"
    shutil.copytree(ROOT / "data" / "2022", folder)
    department, basic = folder / "department.yaml", folder / "basic.yaml"
    text = department.read_text(encoding="utf-8").partition("\n控制数:")[0]
    unit = '  "027001": 伊滨经开区（示范区）社会保障事务服务中心\n'
    assert unit in text
    listed = "".join(f'  "{code}": {name}\n' for code, name in UNITS.items())
    department.write_text(text.replace(unit, listed), encoding="utf-8")
    typed = basic.read_text(encoding="utf-8").replace("- 资金来源", '- 单位: "027001"\n  资金来源', 1)
    basic.write_text(typed + "".join(PENSION.format(code=code) for code in list(UNITS)[1:]), encoding="utf-8")
    projects = folder / "projects.yaml"
    typed = projects.read_text(encoding="utf-8").replace("- 名称:", '- 单位: "027001"\n  名称:')
    projects.write_text(typed, encoding="utf-8")
    return index_of(run(tmp_path / "data", ROOT / "templates", "yibin", 2022))


@pytest.mark.parametrize(
    ("question", "name", "line"),
    [
        ("表3 027002 2080505 合计", f"027002 社保中心东城站 {ROW} 合计", "7.70"),
        ("表3 西城站 2080505 合计", f"027003 社保中心西城站 {ROW} 合计", "7.70"),
        ("表3 027001 2080505 合计", f"027001 社保中心 {ROW} 合计", "10.95"),
        ("表3 027003 合计", "027003 社保中心西城站 合计", "7.70"),
        ("表3 西城站 合计", "027003 社保中心西城站 合计", "7.70"),
        ("表3 2080502 合计", "027001 社保中心 2080502 事业单位离退休 合计", "6.35"),
        ("表3 合计 合计", "合计 合计", "6840.19"),
    ],
)
def test_a_row_is_asked_for_by_its_unit(index: Index, question: str, name: str, line: str) -> None:
    [told] = answer(index, question)
    assert told.name == f"部门支出预算表 {name}"
    assert told.value is not None and told.places[0].text == line


def test_what_is_offered_can_be_asked(index: Index) -> None:
    with pytest.raises(UsageError) as error:
        answer(index, "表3 2080505 合计")
    offered = [f"部门支出预算表 {code} {name} {ROW} 合计" for code, name in UNITS.items()]
    assert all(question in str(error.value) for question in offered)
    assert [answer(index, question)[0].name for question in offered] == offered


def test_no_unit_stands_over_what_is_of_all(index: Index) -> None:
    of_all = [cell.place for cell in index.printed if cell.place.above and "合计" in cell.place.row]
    assert not of_all, [named(place) for place in of_all]
