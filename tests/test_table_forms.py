"""Kinds of table that places print, each a small definition of tests/profiles/kinds, with its golden text."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.bind.document import bound_of
from generator.bind.tables import bind
from generator.bind.titles import kinds_of
from generator.check.agreements import agreement_rules
from generator.check.book_rules import Derived
from generator.check.rules import check
from generator.cli import main
from generator.load.national import load_national
from generator.load.profile import load_profile
from generator.model.bound import BoundTable
from generator.model.meaning import normal
from generator.model.reading import ReadTable
from generator.readback.document import reading_of
from generator.readback.docx import read_back
from generator.render.docx.render import render_docx
from generator.work.binding import nouns
from tests import docx_reading
from tests.conftest import Golden
from tests.runs import Run, run

HERE = Path(__file__).parent
KINDS = sorted(path.stem for path in (HERE / "profiles" / "kinds" / "tables").glob("*.yaml"))


@pytest.fixture(scope="module")
def done() -> Run:
    found = run(HERE / "data" / "kinds", HERE / "profiles", "kinds", 2024)
    assert isinstance(found, Run), found.problems
    return found


@pytest.mark.parametrize("number", range(len(KINDS)), ids=KINDS)
def test_a_kind_of_table_is_printed(number: int, done: Run, golden: Golden) -> None:
    key = KINDS[number]
    place = [table.key for table in done.profile.tables].index(key)
    table = list(docx_reading.tables(render_docx(done.document, done.profile.master).data).values())[place]
    title = done.profile.tables[place].title.value
    rows = [" | ".join(row) for header in (True, False) for row in docx_reading.rows_of(table, header)]
    golden(HERE / "golden" / "kinds" / f"{key}.txt", "\n".join((title, *rows)) + "\n")


def test_no_rule_finds_fault_with_them(done: Run) -> None:
    assert not done.problems


def test_a_reading_by_words_means_what_was_composed(done: Run) -> None:
    data = render_docx(done.document, done.profile.master).data
    reading = read_back(data)
    ours = bound_of(done.document, reading_of(done.document), kinds_of(done.profile, load_national()))
    theirs = bind(reading, done.profile, load_national(), done.inputs.classification)
    assert not theirs.unbound and len(theirs.tables) == len(KINDS)
    for mine, read in zip(ours.tables, theirs.tables, strict=True):
        assert read.key == mine.key and not read.unbound, read.unbound
        assert meanings(read) == meanings(mine) and read.columns == mine.columns, read.key


def meanings(table: BoundTable) -> list[list[object]]:
    """What each cell of a table means, in normal form."""
    return [
        [str(scope and normal(scope)) for column in range(len(row)) for scope in (table.scope_of(number, column),)]
        for number, row in enumerate(table.table.rows)
    ]


@pytest.mark.parametrize(
    ("place", "text", "message"),
    [
        (5, "1.00", "本年·合计1470000.25≠上年＋比上年·增减1421001.50"),
        (6, "3.46%", "为3.46%，按本年·合计、上年计算应为3.45%"),
        (7, "103.46%", "为103.46%，按本年·合计、上年计算应为103.45%"),
        (9, "54.07%", "为54.07%，按本年·基本支出、本年·合计计算应为54.08%"),
    ],
)
def test_a_column_that_compares_follows_from_the_others(place: int, text: str, message: str, done: Run) -> None:
    reading = reading_of(done.document)
    at = next(i for i, block in enumerate(reading.blocks) if getattr(block, "caption", "").endswith("比较表"))
    table = reading.blocks[at]
    assert isinstance(table, ReadTable)
    first = (*table.rows[0][:place], text, *table.rows[0][place + 1 :])
    damaged = table._replace(rows=(first, *table.rows[1:]))
    changed = reading._replace(blocks=(*reading.blocks[:at], damaged, *reading.blocks[at + 1 :]))
    rules = [rule for rule in agreement_rules() if rule.code == "J142"]
    tables = nouns(changed, Derived(done.inputs, done.profile, done.book), None)[0]
    (problem,) = check(tables, rules).problems
    assert message in problem.message


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("列: [{名称: 名称}, {增减: {增减: 前年}}]\n行: [{取: {}}]", "列“增减”的基准“前年”没有定义"),
        (
            "列: [{名称: 名称}, {比: {增减: 上年预算, 增幅: 上年预算}}]\n行: [{取: {}}]",
            "列“比”里不能同时有“增减”和“增幅”",
        ),
        ("列: [{名称: 名称}, {金额: {取: {}, 单位: 1}}]\n行: [{取: {}}]", "列“金额”没有“单位”这一项"),
        ("列: [{名称: 名称}, {金额: {}}]\n行: [{按: 项目, 列出: [301]}]", "“列出”只能按科目，每行一个科目"),
        ("列: [{名称: 名称}, {金额: {}}]\n行: [{按: 部门经济, 列出: [三]}]", "“列出”应是科目编码，不能是“三”"),
        ("列: [{名称: 名称}, {金额: {}}]\n行: [{按: 资金, 全列: 是}]", "“全列”只能按科目，每行一个科目"),
        ("列: [{名称: 名称}, {金额: {}}]\n行: [{空行: 零}]", "“空行”应是正整数，不能是“零”"),
        ("列: [{名称: 名称}, {金额: {}}]\n行: [{各列: {名: 甲}, 取: {}}]", "表中没有名为“名”的文字列"),
    ],
)
def test_what_is_written_wrongly_is_told(lines: str, message: str, tmp_path: Path) -> None:
    shutil.copytree(HERE / "profiles" / "tiny", tmp_path / "tiny")
    (tmp_path / "tiny" / "tables" / "functions.yaml").write_text(f"标题: 某表\n{lines}\n", encoding="utf-8")
    profile, problems, _ = load_profile(tmp_path / "tiny")
    assert profile is None and message in [problem.message for problem in problems]
    assert all(problem.position and problem.position.line > 1 for problem in problems)


def test_a_column_whose_basis_cannot_answer_is_told(tmp_path: Path) -> None:
    """Without last year's folder, and with amounts of last year typed only by figure."""
    shutil.copytree(HERE / "data" / "kinds" / "2024", tmp_path / "2024")
    found = run(tmp_path, HERE / "profiles", "kinds", 2024)
    assert "缺少2023年各科目的金额，表“compared”的列“上年”无法与上年比较" in [one.message for one in found.problems]


@pytest.mark.parametrize(
    ("column", "told"),
    [
        ("增减", "18000.25元\n  怎么来的：本年669000.25元 − 上年651000.00元"),
        ("完成率", "102.77%\n  怎么来的：669000.25元 ÷ 651000.00元"),
        ("占全部", "45.51%\n  怎么来的：669000.25元 ÷ 1470000.25元"),
        ("上年", "651000.00元"),
    ],
)
def test_a_column_that_compares_is_explained(column: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    place = ["--data", str(HERE / "data" / "kinds"), "--templates", str(HERE / "profiles"), "--profile", "kinds"]
    assert main(["explain", "2024", "支出与上年比较表", "2010101", column, *place]) == 0
    said = capsys.readouterr().out
    assert told in said and "本栏取 全部台账" in said and "资金总额" not in said
    assert "basic.yaml:5:7 2010101 行政运行 30101 基本工资" in said
