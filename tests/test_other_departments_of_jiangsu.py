"""Other departments of a place whose profile was made after one: data alone makes their documents, the profile untouched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from generator.bind.document import bound_of
from generator.bind.tables import bind
from generator.bind.titles import kinds_of
from generator.check.book_rules import Derived
from generator.load.national import load_national
from generator.model.problem import Severity
from generator.model.reading import Reading, ReadParagraph
from generator.readback.document import reading_of
from generator.readback.docx import read_back
from generator.work.reading import check_reading
from generator.work.report import Report, every_edition
from generator.work.stages import Finished
from generator.work.workshop import Workshop
from tests.conftest import ROOT

DATA = Path(__file__).parent / "data"


class Other(NamedTuple):
    """A made-up department: its folder, a year, how many editions it has: its own and one of each unit."""

    folder: str
    year: int
    editions: int = 2


SMALL_OLD = Other("jiangsu-small", 2017)
SMALL = Other("jiangsu-small", 2018)
ODD = Other("jiangsu-odd", 2019, 3)


@pytest.fixture(params=(SMALL_OLD, SMALL, ODD), ids=lambda one: f"{one.folder}-{one.year}")
def other(request: pytest.FixtureRequest) -> Other:
    return request.param


@cache
def made(other: Other) -> tuple[Report, ...]:
    return tuple(every_edition(Workshop(ROOT / "templates", "江苏"), DATA / other.folder, other.year))


def finished(other: Other) -> list[Finished]:
    done = [report.ended for report in made(other) if isinstance(report.ended, Finished)]
    assert len(done) == other.editions
    return done


def words(done: Finished) -> str:
    return "\n".join(text.text for text in reading_of(done.document).paragraphs)


def test_no_rule_finds_fault(other: Other) -> None:
    told = [problem for done in finished(other) for problem in done.problems]
    assert [problem for problem in told if problem.severity is not Severity.ADVICE] == []


def test_a_reader_of_the_file_finds_no_disagreement(other: Other) -> None:
    files = [file.data for report in made(other) for file in report.files.values()]
    for done, data in zip(finished(other), files, strict=True):
        reading = read_back(data)
        ours = bound_of(done.document, reading_of(done.document), kinds_of(done.profile, load_national()))
        theirs = bind(reading, done.profile, load_national(), done.inputs.classification)
        assert [table.key for table in theirs.tables] == [table.key for table in ours.tables]
        assert not theirs.unbound and not any(table.unbound for table in theirs.tables)
        found = check_reading(reading, Derived(done.inputs, done.profile, done.book), done.document.file_name)
        assert [problem for problem in found.problems if problem.severity is Severity.ERROR] == []


def test_its_own_codes_are_in_sentences_and_tables() -> None:
    text = words(finished(ODD)[0])
    assert "1．职业教育（款）中等职业教育（项）支出694万元，与上年相比增加184万元，增长36.08%。" in text
    assert "（四）其他支出（类）" in text and "党委办公厅" not in text and "省委" not in text


def test_money_of_many_kinds_adds_up_to_all() -> None:
    text = words(finished(ODD)[0])
    assert "财政专户管理资金收入140万元，占8.83%；" in text and "上年结转资金30万元，占1.89%。" in text
    tables = {table.caption: table.rows for table in reading_of(finished(ODD)[0].document).tables}
    assert ("", "专项收入", "120.00") in tables["收入预算总表"] and ("", "专户管理教育收费", "80.00") in tables[
        "收入预算总表"
    ]


def test_without_three_public_no_share_is_told_of_it() -> None:
    assert "“三公”经费预算支出0万元。具体情况如下：" in words(finished(ODD)[0])
    assert "占“三公”经费" not in words(finished(ODD)[0])


def test_a_figure_that_is_another_since_last_year_is_compared_with_what_was_published() -> None:
    assert "支出23.90万元，与上年相比减少40.70万元，降低63%。主要原因是2018年“机关运行经费”统计口径" in words(
        finished(SMALL)[0]
    )


def test_a_unit_speaks_of_itself() -> None:
    whole, *units = finished(ODD)
    assert [done.document.title for done in units] == [
        "江苏省内河航运学校本部2019年度单位预算公开",
        "江苏省内河船员培训中心2019年度单位预算公开",
    ]
    assert whole.document.title == "江苏省内河航运学校2019年度部门预算公开"
    assert not any("本部门" in words(done) for done in units)


def spoiled(reading: Reading, every: int) -> Iterator[tuple[str, Reading]]:
    """The reading with one digit of one number of its sentences changed, each ``every``th number."""
    places = [
        (at, block, found)
        for at, block in enumerate(reading.blocks)
        if isinstance(block, ReadParagraph)
        for found in re.finditer(r"(?<![\d.])\d+(?:\.\d+)?(?=万元|%)", block.text)
    ]
    for at, block, found in places[::every]:
        last = str((int(found[0][-1]) + 4) % 10)
        text = block.text[: found.end() - 1] + last + block.text[found.end() :]
        yield (
            text,
            reading._replace(blocks=(*reading.blocks[:at], block._replace(text=text), *reading.blocks[at + 1 :])),
        )


@pytest.mark.parametrize("other", [SMALL, ODD], ids=["small", "odd"])
def test_a_wrong_digit_in_a_sentence_is_found_without_the_book(other: Other) -> None:
    """Also where a place adds values to 类别 and 资金: what its sentences mean is still what its tables print."""
    done = finished(other)[0]
    reading, derived = reading_of(done.document), Derived(done.inputs, done.profile, done.book)
    missed = []
    for text, wrong in spoiled(reading, 8):
        found = check_reading(wrong, derived, done.document.file_name, done.document).problems
        missed += [text] if not [one for one in found if one.severity is Severity.ERROR and one.code[0] != "R"] else []
    assert [text for text in missed if "国有资本经营" not in text and "财政性资金" not in text] == []
