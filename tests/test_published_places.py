"""Documents that other places published, made again from data: every row cell for cell, every paragraph word for word.

What differs is listed with its reason; the published texts have mistakes of their own.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from generator.check.agreements import agreement_rules
from generator.check.book_rules import Derived
from generator.check.rules import Outcome
from generator.check.rules import check as ask
from generator.model.problem import Severity
from generator.model.reading import ReadTable
from generator.readback.document import reading_of
from generator.work.binding import nouns
from generator.work.check import check
from generator.work.stages import Finished
from generator.work.workshop import Workshop
from tests.conftest import ROOT
from tests.published_text import Compared, compared, published

EXAMPLES = ROOT / "examples"
_ITEM = r"\d+\..*（款）.*（项）”[\d,.]+万元，主要用于.*"
BRACKETS = (_ITEM, "六项写作“（款)”“（类)”，全角半角括号混用")
COMMA = (r"14\.“商业服务业等支出.*3,136\.40万元.*", "只有这一项不写千分位")
STOPS = (r"[4-9]\.2025年.*预算总?表", "第四个表起编号写作“4．”，前三个写作“1. ”")
COLON = (r"单位：万元", "写作“单位:万元”")


class Place(NamedTuple):
    """A published document, where its data is, and what of ours it has otherwise, each with the reason."""

    name: str
    data: Path
    year: int
    unit: str
    otherwise: tuple[tuple[str, str], ...]

    @property
    def profile(self) -> str:
        """The profile that the data names."""
        head = (self.data / str(self.year) / "department.yaml").read_text(encoding="utf-8")
        found = re.search(r"(?m)^格式: *(\S+)", head)
        assert found
        return found[1]


SHANGHAI = EXAMPLES / "shanghai"
UNIT_HEAD = (r"编制单位：上海市普陀区商务委员会|单位：元", "一个表的表头行写在表格里")
FINAL = EXAMPLES / "shanghai-final"
FINAL_OWN = (
    (r"“三公”经费财政拨款支出年初预算.*", "写“下降（增长）27.78%”，没有删去一个"),
    (
        r"一般公共预算财政拨款基本支出5364\.75万元.*",
        "写全部资金的5377.64、4896.98万元，表六是5364.75、4884.09；奖金等为0也列",
    ),
    (r".*卫生健康支出（类）236\.64万元.*", "表二、表三是236.64，文中和表一、表四写236.63"),
    (r".*占本年支出合计的99\.87%.*", "9746.50÷9759.38是99.87%，写99.86%；“增长13.95”少百分号"),
    (r".*完成年初预算的95\.46%.*", "9746.50÷10210.34是95.46%，写95.45%（截断）"),
    (r"5、.*其他行政事业单位养老支出（项）.*", "表里2080599是“其他行政事业单位养老支出”，文中写别的名称，句号也断错"),
    (r"11、.*其他自然资源事务支出（项）.*", "表里2200199是“其他自然资源事务支出”，文中用旧名称“其他国土资源事务支出”"),
    (r"1[23]、住房保障支出（类）住房改革支出（款）.*", "款写成了“住房保障支出（款）”"),
    (r"2、公务用车.*|.*年度无.*财政拨款收入和支出。", "部门名称写成“规划与自然资源局”"),
    (r"第二部分.*", "部门名称漏了“普陀区”"),
    (r"[1-5]上海市普陀区.*", "所属单位印成表格，这里逐行写"),
)
ROWS_OWN = {
    "shanghai-2024-final": (
        ("九、卫生健康支出", "表一、表四是236.63，表二、表三、表五同一个数是236.64"),
        ("十一、城乡社区支出", "表一是3845.25，表三是3845.24"),
        ("合计", "空表的合计行印在表头里"),
    )
}
"""By document, rows of ours that it has otherwise: a word in them, and why."""
JIANGSU = EXAMPLES / "jiangsu"
JIANGSU_2017 = (
    (r"1．.*（款）行政运行（项）.*", "101.48÷6005.51是1.69%，写1.66%"),
    (r"2．社会保障和就业支出.*|1．.*未归口管理的行政单位离退休.*", "65.88÷1934.51是3.41%，写3.4%"),
    (r"注：本部门无相关收支项目", "空表没有注明是空表"),
    (r"第四部分名词解释", "目录写“名称解释”，正文写“名词解释”"),
)
JIANGSU_2018 = (
    (r"（一）人员经费.*", "次序与表不同（医疗费、住房公积金移到后面），“其它”表里是“其他”"),
    (r"单位预留机动经费.*", "“增长903.39%,主要是”用了半角逗号"),
)
JIANGSU_2019 = (
    (r"3．住房保障（类）.*", "878.93÷3015.16是29.15%，写30%"),
    (r"1．.*（款）行政运行（项）.*", "1297.83÷8072.29是16.08%，写16.07%（截断）"),
    (r"[23]．.*（款）机关事业单位.*", "41.67÷743.39、16.67÷297.36是5.61%，写5.60%（截断）；编号写“2. ”，前面写“1．”"),
    (r"[12]．住房改革支出（款）.*", "编号写“1. ”“2. ”，前面写“1．”“2．”"),
)
PLACES = (
    Place("shanghai-2024-final", FINAL, 2024, "", FINAL_OWN),
    Place("shanghai-2025-department", SHANGHAI, 2025, "", (BRACKETS, COMMA, STOPS, COLON)),
    Place("shanghai-2025-unit", SHANGHAI, 2025, "150001", (BRACKETS, COMMA, STOPS, COLON, UNIT_HEAD)),
    Place("jiangsu-2017", JIANGSU, 2017, "", JIANGSU_2017),
    Place("jiangsu-2018", JIANGSU, 2018, "", JIANGSU_2018),
    Place("jiangsu-2019", JIANGSU, 2019, "", JIANGSU_2019),
)


@pytest.fixture(params=PLACES, ids=lambda place: place.name)
def place(request: pytest.FixtureRequest) -> Place:
    return request.param


def made(place: Place) -> Finished:
    ended = check(Workshop(ROOT / "templates", place.profile), place.data, place.year, place.unit)
    errors = [problem for problem in ended.problems if problem.severity is Severity.ERROR]
    assert isinstance(ended, Finished) and not errors, errors
    return ended


def difference(place: Place) -> Compared:
    return compared(made(place).document, published(place.name))


def test_every_row_is_the_published_one(place: Place) -> None:
    found = difference(place)
    own = ROWS_OWN.get(place.name, ())
    assert [row for row in found.rows if not any(word in row for word, _ in own)] == []
    assert len(found.rows) <= found.counts[0] * 0.03
    assert found.counts[0] > 100


def test_no_row_with_an_amount_is_lost(place: Place) -> None:
    own = {word for word, _ in ROWS_OWN.get(place.name, ())}
    lost = [row for row in difference(place).rows_lost if any(re.search(r"\d\.\d\d$", cell) for cell in row)]
    assert [row for row in lost if not own.intersection(row)] == []


def test_every_paragraph_is_the_published_one_but_for_what_is_listed(place: Place) -> None:
    found = difference(place)
    unlisted = [text for text in found.paragraphs if not any(re.fullmatch(one, text) for one, _ in place.otherwise)]
    assert unlisted == []
    assert len(found.paragraphs) <= found.counts[1] * 0.14


def test_what_is_listed_still_differs(place: Place) -> None:
    texts = difference(place).paragraphs
    assert [why for one, why in place.otherwise if not any(re.fullmatch(one, text) for text in texts)] == []


def test_all_of_the_published_prose_is_there(place: Place) -> None:
    """Letters of it that none of our paragraphs has: those of the paragraphs that differ, and of what is listed."""
    found = difference(place)
    left, differing = sum(map(len, found.left)), sum(map(len, found.paragraphs))
    assert left <= differing + 1500


def test_of_three_years_of_a_place_hardly_a_paragraph_differs() -> None:
    """Its format is one profile, with what changed from year to year."""
    found = [difference(place) for place in PLACES if place.data == JIANGSU]
    rows, texts = (sum(one.counts[side] for one in found) for side in (0, 1))
    assert (len(found), sum(len(one.rows) for one in found)) == (3, 0)
    assert rows > 570 and sum(len(one.paragraphs) for one in found) <= texts * 0.03


BOUND = (
    "J101 J103 J104 J108 J109 J112 J113 J117 J121 J140 J141 J201 J202 J203 J204 J205 J206 J208 J213 J217 L318 T203 T207"
)


def test_the_rules_know_the_forms_of_final_accounts() -> None:
    """公开01表 … 09表 are national forms too: what compares tables asks them, or says why not."""
    asked = {one.code: one for one in made(PLACES[0]).asked}
    assert {code: asked[code].outcome for code in BOUND.split()} == dict.fromkeys(BOUND.split(), Outcome.PASSED)
    assert [one.code for one in asked.values() if one.outcome is Outcome.NOT_APPLICABLE and not one.why] == []


def test_what_a_table_in_two_panels_adds_up_to_is_what_another_prints() -> None:
    """人员经费合计 and 公用经费合计, at the ends of two panels, are 基本支出 of the table by 功能科目."""
    done = made(PLACES[0])
    reading = reading_of(done.document)
    caption = "六、一般公共预算财政拨款基本支出决算表"
    place = next(i for i, block in enumerate(reading.blocks) if caption[2:] in getattr(block, "caption", ""))
    table = reading.blocks[place]
    assert isinstance(table, ReadTable)
    rows = list(table.rows)
    rows[-1] = tuple("481.66" if cell == "480.66" else cell for cell in rows[-1])
    assert rows[-1] != table.rows[-1]
    spoiled = (*reading.blocks[:place], table._replace(rows=tuple(rows)), *reading.blocks[place + 1 :])
    tables = nouns(reading._replace(blocks=spoiled), Derived(done.inputs, done.profile, done.book), None)[0]
    said = [problem.message for problem in ask(tables, agreement_rules()).problems if problem.code == "J208"]
    assert len(said) == 1 and "5364.75≠" in said[0] and "5365.75" in said[0], said


def test_a_careful_reader_of_the_final_accounts_would_say_the_same() -> None:
    """Nothing but its own: one duty without a full stop, a project under 行政运行."""
    assert sorted(problem.code for problem in made(PLACES[0]).problems) == ["D008", "D050"]
    found = difference(PLACES[0])
    assert (found.counts[0], len(found.rows)) == (175, 5)
