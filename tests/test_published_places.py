"""Documents that other places published, made again from data: every row cell for cell, every paragraph word for word.

What differs is listed with its reason; the published texts have mistakes of their own.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from generator.model.problem import Severity
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
PLACES = (
    Place("shanghai-2025-department", SHANGHAI, 2025, "", (BRACKETS, COMMA, STOPS, COLON)),
    Place("shanghai-2025-unit", SHANGHAI, 2025, "150001", (BRACKETS, COMMA, STOPS, COLON, UNIT_HEAD)),
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
    assert found.rows == []
    assert found.counts[0] > 100


def test_no_row_with_an_amount_is_lost(place: Place) -> None:
    lost = [row for row in difference(place).rows_lost if any(re.search(r"\d\.\d\d$", cell) for cell in row)]
    assert lost == []


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
