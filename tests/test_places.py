"""Places whose format is known from the outline of a published document: the contents and the tables, in its order and numbers.

The departments are made up; what the documents say is compared with nothing published (test_published_places.py does that).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from generator.bind.document import bound_of
from generator.bind.tables import bind
from generator.bind.titles import kinds_of
from generator.load.national import load_national
from generator.model.problem import Severity
from generator.model.reading import Reading
from generator.readback.document import reading_of
from generator.readback.docx import read_back
from generator.work.report import Report, every_edition
from generator.work.stages import Finished
from generator.work.workshop import Workshop
from tests.conftest import ROOT

YEAR = 2025


class Place(NamedTuple):
    """A place, its profile, and the outline as its departments publish it: 版 stands for 部门 or 单位.

    ``parts`` are the entries of the contents up to the first table, ``tables`` the tables. ``empty`` are those that its example has nothing for.
    """

    name: str
    profile: str
    parts: tuple[str, ...]
    tables: tuple[str, ...]
    empty: tuple[str, ...]


BEIJING = Place(
    "beijing",
    "北京",
    (
        "第一部分　2025年度版预算情况说明",
        "一、版情况说明",
        "二、收入预算情况说明",
        "三、支出预算情况说明",
        "四、财政拨款“三公”经费预算情况说明",
        "五、其他情况说明",
        "六、名词解释",
        "第二部分　2025年度版预算报表",
    ),
    (
        "一、收支总表",
        "二、收入总表",
        "三、支出总表",
        "四、项目支出表",
        "五、政府采购预算明细表",
        "六、财政拨款收支总表",
        "七、一般公共预算财政拨款支出表",
        "八、一般公共预算财政拨款基本支出表",
        "九、政府性基金预算财政拨款支出表",
        "十、国有资本经营预算财政拨款支出表",
        "十一、财政拨款“三公”经费支出表",
        "十二、政府购买服务预算财政拨款明细表",
        "十三、项目支出绩效目标表",
        "十四、版整体支出绩效目标表",
    ),
    ("九、政府性基金预算财政拨款支出表", "十、国有资本经营预算财政拨款支出表"),
)
SICHUAN = Place(
    "sichuan",
    "四川",
    (
        "第一部分　版概况",
        "一、基本职能及主要工作",
        "二、版预算单位构成",
        "第二部分　2025年版预算情况说明",
        "一、收入支出预算总体情况说明",
        "二、收入预算总体情况说明",
        "三、支出预算总体情况说明",
        "四、财政拨款收入支出预算总体情况说明",
        "五、一般公共预算支出预算情况说明",
        "六、一般公共预算基本支出预算情况说明",
        "七、一般公共预算“三公”经费支出预算情况说明",
        "八、政府性基金支出预算情况说明",
        "九、国有资本经营预算支出预算情况说明",
        "十、其他重要事项的情况说明",
        "第三部分　名词解释",
        "附件：2025年版预算表",
    ),
    (
        "1.版预算收支总表",
        "1-1.版预算收入总表",
        "1-2.版预算支出总表",
        "2.财政拨款收支预算总表",
        "2-1.财政拨款支出预算表",
        "3.一般公共预算支出预算表",
        "3-1.一般公共预算基本支出预算表",
        "3-2.一般公共预算项目支出预算表",
        "3-3.一般公共预算“三公”经费支出预算表",
        "4.政府性基金预算支出预算表",
        "4-1.政府性基金预算“三公”经费支出预算表",
        "5.国有资本经营预算支出预算表",
        "6.市级版预算整体支出绩效目标表",
        "7.市级版预算项目支出绩效目标表",
    ),
    ("4-1.政府性基金预算“三公”经费支出预算表", "5.国有资本经营预算支出预算表"),
)
_BASIC = "一般公共预算基本支出表--"
_GOVERNMENT, _DEPARTMENT = "（按政府预算经济分类）", "（按部门预算经济分类）"
HUNAN = Place(
    "hunan",
    "湖南",
    (
        "第一部分　2025年版预算公开说明",
        "一、版基本概况",
        "二、版预算单位构成",
        "三、版收支总体情况",
        "四、一般公共预算拨款支出",
        "五、政府性基金预算支出",
        "六、国有资本经营预算支出",
        "七、其他重要事项的情况说明",
        "八、名词解释",
        "第二部分　2025年版预算表",
    ),
    (
        "1、收支总表",
        "2、收入总表",
        "3、支出总表",
        f"4、支出预算分类汇总表{_GOVERNMENT}",
        f"5、支出预算分类汇总表{_DEPARTMENT}",
        "6、财政拨款收支总表",
        "7、一般公共预算支出表",
        "8、一般公共预算基本支出表",
        f"9、{_BASIC}人员经费（工资福利支出）{_GOVERNMENT}",
        f"10、{_BASIC}人员经费（工资福利支出）{_DEPARTMENT}",
        f"11、{_BASIC}人员经费（对个人和家庭的补助）{_GOVERNMENT}",
        f"12、{_BASIC}人员经费（对个人和家庭的补助）{_DEPARTMENT}",
        f"13、{_BASIC}公用经费（商品和服务支出）{_GOVERNMENT}",
        f"14、{_BASIC}公用经费（商品和服务支出）{_DEPARTMENT}",
        "15、一般公共预算“三公”经费支出表",
        "16、政府性基金预算支出表",
        f"17、政府性基金预算支出分类汇总表{_GOVERNMENT}",
        f"18、政府性基金预算支出分类汇总表{_DEPARTMENT}",
        "19、国有资本经营预算表",
        "20、财政专户管理资金预算支出表",
        "21、专项资金预算汇总表",
        "22、项目支出绩效目标表",
        "23、整体支出绩效目标表",
    ),
    ("19、国有资本经营预算表",),
)
PLACES = (BEIJING, SICHUAN, HUNAN)


@cache
def made(place: Place) -> tuple[Report, ...]:
    """The department's document and its units'."""
    return tuple(every_edition(Workshop(ROOT / "templates", place.profile), ROOT / "examples" / place.name, YEAR))


@cache
def read(place: Place) -> tuple[Reading, ...]:
    """Each of its files as a reader sees it."""
    return tuple(read_back(file.data) for report in made(place) for file in report.files.values())


@pytest.fixture(params=PLACES, ids=lambda place: place.name)
def place(request: pytest.FixtureRequest) -> Place:
    return request.param


def test_the_department_and_its_units_have_a_document_each(place: Place) -> None:
    assert len(made(place)) == 3
    for report in made(place):
        assert isinstance(report.ended, Finished) and len(report.files) == 1


def test_no_rule_finds_fault(place: Place) -> None:
    told = [problem for report in made(place) for problem in report.ended.problems]
    assert [problem for problem in told if problem.severity is not Severity.ADVICE] == []


def test_the_contents_are_the_outline(place: Place) -> None:
    for reading, edition in zip(read(place), ("部门", "单位", "单位"), strict=True):
        wanted = [text.replace("版", edition) for text in (*place.parts, *place.tables)]
        assert [line.text for line in reading.contents] == wanted


def test_the_captions_are_the_outline_s(place: Place) -> None:
    for reading, edition in zip(read(place), ("部门", "单位", "单位"), strict=True):
        assert [table.caption for table in reading.tables] == [text.replace("版", edition) for text in place.tables]


def test_what_there_is_nothing_for_is_an_empty_table_with_a_note(place: Place) -> None:
    tables = {table.caption: table for table in read(place)[0].tables}
    assert place.empty == tuple(
        caption for caption, table in tables.items() if any("空表" in note or "无数据" in note for note in table.notes)
    )
    for caption in place.empty:
        assert not any(cell.strip("0.") and cell[-1].isdigit() for row in tables[caption].rows for cell in row)


def test_a_reading_of_the_file_means_what_was_composed(place: Place) -> None:
    for report, reading in zip(made(place), read(place), strict=True):
        done = report.ended
        assert isinstance(done, Finished)
        ours = bound_of(done.document, reading_of(done.document), kinds_of(done.profile, load_national()))
        theirs = bind(reading, done.profile, load_national(), done.inputs.classification)
        assert not theirs.unbound
        for mine, other in zip(ours.tables, theirs.tables, strict=True):
            assert (other.key, other.unbound) == (mine.key, ())


def test_its_data_names_its_format(place: Place) -> None:
    head = Path(ROOT / "examples" / place.name / str(YEAR) / "department.yaml").read_text(encoding="utf-8")
    assert f"格式: {place.profile}\n" in head
