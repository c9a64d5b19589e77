"""Numbers in prose: what the runs say, after a file, after a hand, and by the national statement's data file alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

from generator.bind.prose import numbers_of
from generator.bind.statement import numbers_by
from generator.compose.document import compose
from generator.derive.book import derive
from generator.load.statement import load_statement
from generator.model.bound import BoundNumber
from generator.model.department import Inputs
from generator.model.document import Document, Paragraph
from generator.model.ledger import Filter
from generator.model.meaning import EVERYTHING, Moved, Sum, Typed, meaning_of
from generator.model.reading import ReadHeading, Reading, ReadParagraph
from generator.readback.document import reading_of
from generator.readback.docx import read_docx
from generator.render.docx.render import render_docx
from tests.departments import departments, yibin
from tests.made_up import KEPT, examples
from tests.runs import Run, run

HERE = Path(__file__).parent.parent
STATEMENT = load_statement()


def texts(document: Document) -> list[str]:
    """The printed numbers of all paragraphs that mean something, in order."""
    runs = (one for block in document.blocks if isinstance(block, Paragraph) for one in block.runs)
    return [one.text for one in runs if meaning_of(one.figure, one.aspect) is not None]


def as_composed(document: Document, reading: Reading) -> tuple[BoundNumber, ...]:
    """The numbers of a reading that says what was composed: every run's is among them, where it is printed."""
    numbers = numbers_of(document, reading, STATEMENT)
    assert not numbers.lost
    printed = [one.text for one in numbers.found if one.text[0].isdigit()]
    for one in numbers.found:
        assert reading.paragraphs[one.paragraph].text.startswith(one.text, one.start)
    left = iter(printed)
    assert all(text in left for text in texts(document))  # in their order
    return numbers.found


@pytest.fixture(scope="module")
def tiny() -> Run:
    done = run(HERE / "data", HERE / "profiles", "tiny", 2023)
    assert isinstance(done, Run)
    return done


def test_a_written_file_is_bound_as_it_was_composed(run_2022: Run, reading_2022: Reading, tiny: Run) -> None:
    document = run_2022.document
    assert as_composed(document, reading_2022) == as_composed(document, reading_of(document))
    written = read_docx(render_docx(tiny.document, tiny.profile.master).data)
    assert as_composed(tiny.document, written) == as_composed(tiny.document, reading_of(tiny.document))
    assert Sum(EVERYTHING) in {one.meaning for one in as_composed(tiny.document, written)}


def document_of(inputs: Inputs) -> Document:
    book, _ = derive(inputs, yibin())
    return compose(inputs, book, yibin(), KEPT)[0]


@examples(25)
@given(departments())
def test_the_statement_alone_binds_what_the_runs_did(inputs: Inputs) -> None:
    """All numbers of the national wording, whatever the department: 持平, 无…, 含上年结转, shares and changes too."""
    document = document_of(inputs)
    reading = reading_of(document)
    assert numbers_by(STATEMENT, reading).found == as_composed(document, reading)


def test_the_statement_alone_binds_the_real_document(run_2022: Run, reading_2022: Reading) -> None:
    found = numbers_by(STATEMENT, reading_2022).found
    assert found == as_composed(run_2022.document, reading_2022)
    assert len(found) > 50


def edited(reading: Reading, old: str, new: str) -> Reading:
    blocks = tuple(
        block._replace(text=block.text.replace(old, new)) if isinstance(block, ReadParagraph) else block
        for block in reading.blocks
    )
    assert blocks != reading.blocks
    return reading._replace(blocks=blocks)


@pytest.mark.parametrize(
    ("old", "new", "text", "meaning"),
    [
        ("支出总计6824.79万元", "支出总计6824.97万元", "6824.97万元", Sum(EVERYTHING)),
        ("年支出合计6824.79万元", "年，按统一部署，全年支出合计6,825万元", "6,825万元", Sum(EVERYTHING)),
        ("减少6.26万元", "减少62600元", "62600元", "差额"),
        ("与2021年预算相比，机构运行经费支出减少6.26万元", "机构运行经费支出减少6.62万元", "6.62万元", "差额"),
        ("下降26.50%", "下降26.05%", "26.05%", "增幅"),
        ("共有车辆0辆", "共有车辆3辆", "3", Typed("国有资产.车辆")),
    ],
)
def test_a_number_keeps_its_meaning_where_a_hand_changed_it(
    old: str, new: str, text: str, meaning: object, run_2022: Run, reading_2022: Reading
) -> None:
    reading = edited(reading_2022, old, new)
    numbers = numbers_of(run_2022.document, reading, STATEMENT)
    (found,) = [one for one in numbers.found if one.text == text]
    assert found.meaning == meaning or (isinstance(found.meaning, Moved) and found.meaning.aspect == meaning)
    assert not numbers.lost
    assert len(numbers.found) == len(as_composed(run_2022.document, reading_2022))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("机构运行经费支出减少6.26万元", "设备费减少6.26万元", ["机构运行经费支出"]),
        ("政府采购货物预算0万元", "政府采购货物若干", ["政府采购货物预算"]),
        ("无国有资本经营预算拨款安排的支出", "不涉及", ["无国有资本经营预算拨款安排的支出"]),
        ("占2.47%；项目支出6656.23万元", "占2.47；项目支出6656.23万元", []),
    ],
)
def test_what_was_lost_is_said(old: str, new: str, words: list[str], run_2022: Run, reading_2022: Reading) -> None:
    numbers = numbers_of(run_2022.document, edited(reading_2022, old, new), STATEMENT)
    assert [lost.words for lost in numbers.lost] == words
    assert all(lost.section and lost.why for lost in numbers.lost)


def test_paragraphs_moved_or_added_do_not_matter(run_2022: Run, reading_2022: Reading) -> None:
    added = ReadParagraph("另有一段不相干的话，安排培训费30.00万元。", "一、收入支出预算总体情况说明")
    blocks = [
        block for block in reading_2022.blocks if not isinstance(block, ReadParagraph) or "公务接待费" not in block.text
    ]
    place = next(at for at, block in enumerate(blocks) if isinstance(block, ReadParagraph))
    numbers = numbers_of(
        run_2022.document, reading_2022._replace(blocks=(*blocks[:place], added, *blocks[place:])), STATEMENT
    )
    whole = as_composed(run_2022.document, reading_2022)
    found = [
        one.meaning
        for one in numbers.found
        if not (isinstance(one.meaning, Sum) and "称" in one.meaning.scope.dimensions)
    ]
    gone = [one for one in whole if "公务接待费" in reading_2022.paragraphs[one.paragraph].text]
    assert gone
    assert sorted(map(repr, found)) == sorted(
        repr(one.meaning) for one in whole if one not in gone and "称" not in repr(one)
    )
    assert {lost.meaning for lost in numbers.lost} == {one.meaning for one in gone}


def reading(*sections: tuple[str, str]) -> Reading:
    blocks = [block for title, text in sections for block in (ReadHeading(2, title), ReadParagraph(text, title))]
    return Reading(("2022年部门预算",), (), tuple(blocks))


def test_two_sections_of_one_kind_can_not_be_told_apart() -> None:
    said = "收入合计10.00万元，其中：一般公共预算10.00万元。"
    numbers = numbers_by(STATEMENT, reading(("二、收入预算总体情况", said), ("三、收入预算总体情况", said)))
    assert {lost.why for lost in numbers.lost} == {
        "“二、收入预算总体情况”和“三、收入预算总体情况”分不清",
        "“三、收入预算总体情况”和“二、收入预算总体情况”分不清",
    }
    assert not any(one.meaning == Sum(EVERYTHING) for one in numbers.found)


def test_a_section_is_known_by_the_longest_of_its_words() -> None:
    titles = "财政拨款收入支出预算总体情况", "四、支出预算总体情况", "一般公共预算基本支出预算情况", "其他"
    assert [section and section.titles[0] for section in map(STATEMENT.section_of, titles)] == [
        "财政拨款收入支出预算总体", "支出预算总体", "一般公共预算基本支出预算", None,
    ]  # fmt: skip


def test_a_name_that_nobody_knows_is_a_scope_of_its_own() -> None:
    numbers = numbers_by(STATEMENT, reading(("一、甲", "设备费3.00万元。设备费比上年增加1.00万元，增长50.00%。")))
    scopes = {one.meaning.scope for one in numbers.found if isinstance(one.meaning, Sum | Moved)}
    assert scopes == {Filter((("称", ("一、甲·设备费",)),))}
    assert [one.text for one in numbers.found] == ["3.00万元", "1.00万元", "50.00%"]
