"""增补值: a place's further kinds of spending and of funds, and 口径变化: a figure that is not what it was last year."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from generator.check.agreements import agreement_rules
from generator.check.book_rules import Derived
from generator.check.rules import Outcome, check
from generator.check.table_rules import AMOUNT_RULES
from generator.load.profile import load_profile
from generator.load.schema import schemas_of
from generator.model.document import Paragraph, TableBlock
from generator.model.extent import EVERYTHING, extent_of, learn, universe, within
from generator.model.ledger import Filter
from generator.model.reading import ReadTable
from generator.readback.document import reading_of
from generator.work.binding import nouns
from generator.work.reading import check_reading
from tests.conftest import ROOT
from tests.runs import Run, run
from tests.test_sides import changed

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def done() -> Run:
    found = run(HERE / "data" / "reserve", HERE / "profiles", "reserve", 2018)
    assert isinstance(found, Run), found.problems
    return found


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A copy of the department and its place, to be spoiled."""
    shutil.copytree(HERE / "data" / "reserve", tmp_path / "data")
    for name in ("reserve", "tiny"):
        shutil.copytree(HERE / "profiles" / name, tmp_path / "profiles" / name)
    return tmp_path


def told(place: Path) -> list[tuple[str, str]]:
    found = run(place / "data", place / "profiles", "reserve", 2018)
    return [(problem.code, problem.message) for problem in found.problems]


def test_nothing_is_missing(done: Run) -> None:
    """The place gives no reasons, so none is asked for."""
    assert done.problems == ()


def test_a_third_kind_of_spending_stands_beside_the_two(done: Run) -> None:
    tables = {block.caption: block for block in done.document.blocks if isinstance(block, TableBlock)}
    assert [row.texts for row in tables["支出预算总表"].rows] == [("24458.43", "10403.11", "12081.46", "1973.86")]
    rows = {row.texts[0]: row.texts[1:] for row in tables["收支预算总表"].rows}
    assert rows["三、其他资金"][0] == rows["债务资金（银行贷款）"][0] == "1000.00"
    assert rows["一、财政拨款"][0] == "23458.43" and rows["专项收入"][0] == "973.86"
    functions = {row.texts[1]: row.texts[2:] for row in tables["财政拨款支出预算表"].rows}
    assert functions["行政运行"] == ("7072.29", "6098.43", "", "973.86")


@pytest.mark.parametrize(
    "sentence",
    [
        "收入、支出预算总计24458.43万元，与上年相比增加3608.98万元，增长17.31%。",
        "单位预留机动经费预算数为1973.86万元，与上年相比增加1777.14万元，增长903.39%。",
        "项目支出12081.46万元，占49.40%；单位预留机动经费1973.86万元，占8.07%。",
        "住房公积金（项）支出715.28万元，与上年相比增加94.00万元。",
        "一般行政管理事务（项）支出12081.46万元，与上年相比增加1343.28万元。",
    ],
)
def test_sentences_are_those_that_were_published(sentence: str, done: Run) -> None:
    assert any(sentence in block.text for block in done.document.blocks if isinstance(block, Paragraph))


@pytest.mark.parametrize(
    ("caption", "row", "column", "text", "message"),
    [
        ("支出预算总表", 0, 3, "1973.85", "合计24458.43≠基本支出＋项目支出＋单位预留机动经费24458.42"),
        ("收支预算总表", 2, 3, "1973.80", "基本支出＋项目支出＋单位预留机动经费"),
        ("财政拨款支出预算表", 3, 5, "973.80", "金额7072.29≠基本支出＋项目支出＋单位预留机动经费"),
        ("收支预算总表", 6, 1, "2000.00", "其他资金1000.00＜债务资金（银行贷款）2000.00"),
    ],
)
def test_a_wrong_digit_in_an_added_kind_is_found(
    caption: str, row: int, column: int, text: str, message: str, done: Run
) -> None:
    reading = reading_of(done.document)
    place = next(i for i, block in enumerate(reading.blocks) if getattr(block, "caption", "") == caption)
    table = reading.blocks[place]
    assert isinstance(table, ReadTable)
    cells = [list(one) for one in table.rows]
    cells[row][column] = text
    spoiled = table._replace(rows=tuple(map(tuple, cells)))
    read = reading._replace(blocks=(*reading.blocks[:place], spoiled, *reading.blocks[place + 1 :]))
    tables = nouns(read, Derived(done.inputs, done.profile, done.book), None)[0]
    said = [problem.message for problem in check(tables, agreement_rules()).problems]
    assert any(message in one for one in said), said


def test_the_usual_kinds_are_no_more_than_they_were() -> None:
    learn({"类别": {"单位预留机动经费": ""}, "资金": {"债务资金": ""}})
    usual, every = Filter((("类别", ("基本支出",)),)), ("基本支出", "项目支出", "单位预留机动经费")
    assert extent_of(Filter()) == EVERYTHING and EVERYTHING.kinds < universe().kinds
    whole = extent_of(Filter((("类别", every),)))
    reserve = extent_of(Filter((("类别", ("单位预留机动经费",)),)))
    assert within(reserve, whole) and not within(reserve, EVERYTHING) and within(extent_of(usual), whole)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("  来源: [中央]", "不能给“来源”增补值"),
        ("  资金: [一般公共预算]", "“资金”本来就有“一般公共预算”"),
        ("  资金: {专项收入: 财政}", "“专项收入”所属的“财政”不在“资金”里"),
    ],
)
def test_a_declaration_that_is_no_good_is_told(typed: str, message: str, place: Path) -> None:
    report = place / "profiles" / "reserve" / "report.yaml"
    text = report.read_text(encoding="utf-8").replace(
        "  资金: {专项收入: 财政拨款, 债务资金: 单位资金}\n", f"{typed}\n"
    )
    report.write_text(text, encoding="utf-8")
    _, problems, _ = load_profile(place / "profiles" / "reserve")
    assert message in [problem.message for problem in problems]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("类别: 单位预留机动经费", "类别: 预留机动经费", "“类别”不能是“预留机动经费”"),
        ("类别: 单位预留机动经费", "类别: 项目支出", "“类别”不能是“项目支出”"),
        ("资金来源: 债务资金", "资金来源: 债务", "“资金来源”不能是“债务”"),
        (
            "    2080504 未归口管理的行政单位离退休: {30302 退休费: 248.77}",
            "    2080504 未归口管理的行政单位离退休: 248.77",
            "应是“名称: 内容”的若干行",
        ),
    ],
)
def test_what_is_typed_wrongly_is_told(old: str, new: str, message: str, place: Path) -> None:
    changed(place / "data" / "2018" / "basic.yaml", old, new)
    assert any(message in said for _, said in told(place)), told(place)


def test_a_place_without_them_has_no_such_kind(place: Path) -> None:
    report = place / "profiles" / "reserve" / "report.yaml"
    changed(report, "  类别: [单位预留机动经费]\n", "")
    _, problems, _ = load_profile(place / "profiles" / "reserve")
    assert "“类别”没有“单位预留机动经费”" in [problem.message for problem in problems]


def test_an_editor_is_told_of_it(done: Run) -> None:
    fields = schemas_of(done.profile, done.inputs.classification, {})["basic"]["items"]["properties"]
    assert fields["类别"]["enum"] == ["基本支出", "单位预留机动经费"]
    assert {"专项收入", "债务资金"} <= {*fields["资金来源"]["enum"]}


def test_a_figure_that_is_not_what_it_was(place: Path) -> None:
    """口径变化: the template may say it, nobody is asked for a reason, no rule compares."""
    prose = place / "profiles" / "reserve" / "prose" / "notes.j2"
    said = "\n{% set 变 = 项目支出 | 比上年 %}\n项目支出{{ 项目支出 | 金额 }}{% if 变.口径变化 %}，{{ 变.口径变化 }}{% endif %}。\n"
    prose.write_text(prose.read_text(encoding="utf-8") + said, encoding="utf-8")
    words = "口径变化:\n  项目支出: 统计口径发生调整，上下年度不具备可比性\n  总计: 统计口径发生调整\n"
    (place / "data" / "2018" / "narrative.yaml").write_text(words, encoding="utf-8")
    changed(place / "data" / "2018" / "prior.yaml", "基本支出: 9964.07", "基本支出: 9964.07\n总计: 1.00")
    found = run(place / "data", place / "profiles", "reserve", 2018)
    assert isinstance(found, Run), found.problems
    texts = [block.text for block in found.document.blocks if isinstance(block, Paragraph)]
    assert "项目支出12081.46万元，统计口径发生调整，上下年度不具备可比性。" in texts
    assert not {problem.code for problem in found.problems} & {"B102", "D066", "T206"}
    assert found.book.changes["项目支出"].delta.amount == Decimal("1392.80")


def test_a_changed_definition_of_nothing_is_told(place: Path) -> None:
    (place / "data" / "2018" / "narrative.yaml").write_text("口径变化: {项目支处: 调整}\n", encoding="utf-8")
    assert any("“项目支处”不是与上年比较的数" in said for _, said in told(place))


def test_a_document_of_others_is_not_told_that_the_usual_kinds_are_all(done: Run) -> None:
    """By its words alone nothing says what the third kind is; the two that are known are then not the whole."""
    found = check_reading(reading_of(done.document), done.profile)
    assert {problem.code for problem in found.problems} == {"T212"}


def test_what_one_place_adds_changes_nothing_for_another() -> None:
    """What an extent is made of is known to the whole process: money from above is still told in tables of the usual kinds."""
    learn({"资金": {"债务资金": ""}})
    found = run(ROOT / "data", ROOT / "templates", "yibin", 2022)
    assert isinstance(found, Run)
    tables = nouns(reading_of(found.document), Derived(found.inputs, found.profile, found.book), found.document)[0]
    asked = check(tables, [rule for rule in AMOUNT_RULES if rule.code == "J216"]).asked
    assert [one.outcome for one in asked] == [Outcome.PASSED]
