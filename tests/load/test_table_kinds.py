"""What a table's file says for who reads documents of others: which national form it is, what else its words are called."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.load.profile import load_profile
from generator.model.problem import Problem
from generator.model.profile import Profile
from tests.conftest import ROOT


def loaded(folder: Path, lines: str) -> tuple[Profile | None, tuple[Problem, ...]]:
    shutil.copytree(ROOT / "tests" / "profiles" / "tiny", folder / "tiny")
    table = folder / "tiny" / "tables" / "functions.yaml"
    table.write_text(lines + table.read_text(encoding="utf-8"), encoding="utf-8")
    profile, problems, _ = load_profile(folder / "tiny")
    return profile, problems


def test_a_table_says_which_form_it_is_and_what_else_it_is_called(tmp_path: Path) -> None:
    profile, problems = loaded(tmp_path, "表种: 表3\n又称: {支出功能分类预算表: [支出总表, 支出表], 合计: [总数]}\n")
    assert profile is not None and not problems
    table = next(table for table in profile.tables if table.key == "functions")
    assert table.kind == "表3"
    assert table.aliases == {"支出功能分类预算表": ("支出总表", "支出表"), "合计": ("总数",)}
    assert all(not other.kind and not other.aliases for other in profile.tables if other is not table)


@pytest.mark.parametrize(
    ("lines", "line", "message"),
    [
        ("表种: 表14\n", 1, "“表种”不能是“表14”"),
        ("表种: 支出总表\n", 1, "“表种”不能是“支出总表”"),
        ("又称: [支出总表]\n", 1, "“又称”应是“名称: 内容”的若干行"),
        ("表种: 表3\n又称: {合计: 总数}\n", 2, "“合计”的又称应是以“- ”开头的列表"),
    ],
)
def test_what_is_written_wrongly_is_told_where_it_stands(tmp_path: Path, lines: str, line: int, message: str) -> None:
    profile, problems = loaded(tmp_path, lines)
    assert profile is None
    (problem,) = problems
    assert problem.message == message and problem.position is not None and problem.position.line == line
    if message.startswith("“表种”"):
        assert "表1、表2、表3" in problem.remedy


def test_columns_by_the_values_of_a_kind_are_those_that_their_scope_takes(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "tests" / "profiles" / "tiny", tmp_path / "tiny")
    table = tmp_path / "tiny" / "tables" / "functions.yaml"
    each = "列:\n  - 称: 名称\n  - 资金: 资金\n  - {按列: 资金, 取: {资金: 财政拨款}}\n行:\n  - {按: 资金}\n"
    table.write_text("标题: 支出功能分类预算表\n" + each, encoding="utf-8")
    profile, problems, _ = load_profile(tmp_path / "tiny")
    assert profile is not None and not problems, problems
    made = next(table for table in profile.tables if table.key == "functions")
    assert [leaf.label for leaf in made.leaves][2:] == ["一般公共预算", "政府性基金预算", "国有资本经营预算"]
