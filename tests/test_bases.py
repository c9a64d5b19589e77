"""A comparison is against a named basis: last year's budget, which every place has, or one that a place declares."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from generator.load.profile import load_profile
from tests.runs import Run, run
from tests.test_dimensions import edit

DECLARED = """
基准:
  上年执行: {早几年: 1, 口径: 执行数, 文件: last-actual.yaml}
  前年预算: {早几年: 2, 口径: 年初预算, 文件: two-years-ago.yaml}
比较:
  上年执行: [总计, 三公经费]
  前年预算: [总计]

数:
"""
SAID = """
{% set 比执行 = 总计 | 比("上年执行") %}
比上年执行数{{ 比执行.上年数 }}{{ "增加" if 比执行.增加 else "减少" }}{{ 比执行.差额 }}，{{ 比执行.增幅 }}。

{% set 比前年 = 总计 | 比("前年预算") %}
比前年预算数{{ 比前年.上年数 }}{{ "增加" if 比前年.增加 else "减少" }}{{ 比前年.差额 }}。
"""


@pytest.fixture
def declared(workplace: Path) -> Path:
    edit("templates/yibin/figures.yaml", "\n数:\n", DECLARED)
    prose = Path("templates/yibin/prose/part-3.j2")
    prose.write_text(prose.read_text(encoding="utf-8") + SAID, encoding="utf-8")
    Path("data/2022/last-actual.yaml").write_text("总计: 6000.00\n三公经费: 0.00\n", encoding="utf-8")
    Path("data/2022/two-years-ago.yaml").write_text("总计: 7000.00\n", encoding="utf-8")
    return workplace


def made() -> Run:
    return run(Path("data"), Path("templates"), "yibin", 2022)


def words(done: Run) -> str:
    assert done.document is not None, done.problems
    return "\n".join(block.text for block in done.document.blocks if hasattr(block, "runs"))


def test_several_bases_in_one_document(declared: Path) -> None:
    done = made()
    assert "比上年执行数6000.00万元增加824.79万元，13.75%。" in words(done)
    assert "比前年预算数7000.00万元减少175.21万元。" in words(done)
    assert done.book is not None
    change = done.book.comparisons["上年执行"]["总计"]
    assert (change.basis.name, change.basis.stage, change.rate) == ("上年执行", "执行数", Decimal("13.75"))
    assert done.book.changes["总计"].prior_money.amount == Decimal("10805.94")


def test_a_stage_that_folders_hold_is_summed_from_that_years_folder(declared: Path) -> None:
    shutil.copytree("data/2022", "data/2020")
    edit("data/2020/department.yaml", "年度: 2022", "年度: 2020")
    edit("data/2020/basic.yaml", "30101 基本工资: 35.35", "30101 基本工资: 36.35")
    done = made()
    assert "比前年预算数6825.79万元减少1.00万元。" in words(done)
    assert "比上年执行数6000.00万元" in words(done)  # no folder holds what was carried out


def test_an_amount_nobody_typed_is_asked_for_by_its_file(declared: Path) -> None:
    Path("data/2022/last-actual.yaml").unlink()
    done = made()
    told = [(problem.message, problem.remedy) for problem in done.problems if problem.code == "T210"]
    assert told[0] == ("缺少2021年的“总计”，无法与上年执行比较", "请在 last-actual.yaml 补上“总计: 金额”。")


def test_a_name_that_is_no_figure_is_told_at_its_line(declared: Path) -> None:
    edit("data/2022/last-actual.yaml", "总计:", "总记:")
    done = made()
    assert any(
        p.position.file_and_line == "data/2022/last-actual.yaml:1" and "总记" in p.message for p in done.problems
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("文件: last-actual.yaml", "文件: prior.yaml", "“prior.yaml”不能作填报的文件名，或已有别的用处"),
        ("文件: last-actual.yaml", "文件: ../x.yaml", "“../x.yaml”不能作填报的文件名，或已有别的用处"),
        ("  上年执行: {早", "  上年预算: {早", "“上年预算”已有别的用处"),
        ("  上年执行: [总计", "  上年之行: [总计", "“比较”里的“上年之行”没有在“基准”里定义"),
        ("  上年执行: [总计", "  上年执行: [总记", "“比较”里的“总记”没有在“数”里定义"),
    ],
)
def test_a_declaration_that_is_no_good_is_told(declared: Path, old: str, new: str, said: str) -> None:
    edit("templates/yibin/figures.yaml", old, new)
    _, problems, _ = load_profile(Path("templates/yibin"))
    assert said in [problem.message for problem in problems]
