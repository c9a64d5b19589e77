"""A workbook that nobody touched comes back as the very trees it was made of, and its bytes are the same each time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path

import pytest

from generator.edit import edited
from generator.filling.mark import mark_of
from generator.filling.write import workbook_of
from generator.load.department import load_department
from generator.model.department import Control, Inputs, Unit
from generator.model.source import Position
from generator.sheets.read import read_workbook
from tests.conftest import ROOT
from tests.filling.departments import SHIPPED, ground, returned

_FIRST = ("data/2022", "examples/sichuan/2025")
_EACH = [pytest.param(name, marks=() if name in _FIRST else pytest.mark.slow) for name in SHIPPED]


@pytest.mark.parametrize("folder", _EACH)
def test_a_workbook_comes_back_as_it_went(folder: str) -> None:
    its = ground(folder)
    data = workbook_of(its, mark_of(its, "x"))
    back, desk = returned(its, data)
    assert not desk.problems and not desk.remarks
    assert back == its.trees
    for name, tree in back.items():
        text = (ROOT / folder / name).read_text("utf-8")
        assert edited(text, tree) == text, name


def test_the_same_bytes_each_time() -> None:
    its = ground("data/2022")
    assert workbook_of(its, mark_of(its, "x")) == workbook_of(its, mark_of(its, "x"))


def test_money_of_other_departments_comes_back_also_into_an_empty_folder() -> None:
    """部门间往来: its columns are there where data say it, and read where the folder says nothing."""
    its = ground("data/2022")
    assert "付给部门外" not in columns_in(workbook_of(its, mark_of(its, "x")))
    basic, projects = (deepcopy(its.trees[name]) for name in ("basic.yaml", "projects.yaml"))
    basic[0]["部门间往来"] = {"来自": "055001", "资金来源": "一般公共预算"}  # type: ignore[index,call-overload]
    projects[1]["部门间往来"] = {"付给": "055002"}  # type: ignore[index,call-overload]
    its = its._replace(trees={**its.trees, "basic.yaml": basic, "projects.yaml": projects})
    data = workbook_of(its, mark_of(its, "x"))
    back, desk = returned(its, data)
    assert not desk.problems and not desk.remarks and back == its.trees
    empty, desk = returned(its._replace(trees={}, asked=its.apart), data, {})
    assert not desk.problems
    lists = {name: empty[name] for name in ("basic.yaml", "projects.yaml")}
    told = [one.get("部门间往来") for tree in lists.values() for one in tree if isinstance(one, dict)]  # type: ignore[union-attr]
    assert [one for one in told if one] == [{"来自": "055001", "资金来源": "一般公共预算"}, {"付给": "055002"}]


def columns_in(data: bytes) -> set[str]:
    return {cell.text for sheet in read_workbook("填报表.xlsx", data).sheets for cell in sheet.cells.values()}


@pytest.mark.slow
@pytest.mark.parametrize("folder", SHIPPED)
def test_a_workbook_alone_says_all_that_the_folder_does(folder: str, tmp_path: Path) -> None:
    """Into an empty folder: written otherwise, it says the same, but for what no workbook holds."""
    its = ground(folder)
    empty = its._replace(trees={}, asked=its.apart)
    back, desk = returned(empty, workbook_of(its, mark_of(its, "x")), {})
    assert not desk.problems
    head = its.head
    back = {**back, "department.yaml": {"年度": head["年度"], **dict(back["department.yaml"])}}  # type: ignore[arg-type]
    for name, tree in back.items():
        path = tmp_path / str(its.year) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(edited("", tree), "utf-8")
    old, _, _ = load_department((ROOT / folder).parent, its.year, its.profile)
    new, problems, _ = load_department(tmp_path, its.year, its.profile)
    assert old is not None and new is not None, problems
    assert _said(new) == _said(old._replace(prior_ledger=None))


def _said(inputs: Inputs) -> dict[str, object]:
    """What was typed, without where."""
    department = inputs.department
    typed = {name: _bare(getattr(department, name)) for name in department._fields if name not in _ELSEWHERE}
    lines = Counter(_bare(line._replace(heading=None)) for line in inputs.ledger.all_lines)  # type: ignore[type-var]
    return {**typed, "lines": lines}


_ELSEWHERE = ("passages", "acceptances", "scale_position")


def _bare(value: object) -> object:
    """A noun without positions, maps and 控制数 in no order."""
    match value:
        case Position():
            return None
        case Unit() if value.passages:
            return _bare(value._replace(passages=()))
        case tuple():
            bare = [_bare(one) for one in value]
            return frozenset(bare) if value and isinstance(value[0], Control) else tuple(bare)
        case Mapping():
            return frozenset((_bare(key), _bare(one)) for key, one in value.items())
    return value
