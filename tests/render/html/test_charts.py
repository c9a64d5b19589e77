"""The drawings: every ledger line in them once, amounts printed, no two labels on each other."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations
from typing import Any, NamedTuple

from hypothesis import given

from generator.pipeline import Run
from generator.render.html.charts import SHOWN, change_svg, change_words, flow_svg, flows, moved
from tests.departments import departments
from tests.html_reading import Element, parsed
from tests.test_properties import book_of, examples


class Box(NamedTuple):
    """Where a line of text stands, at most: full-width letters one em, others six tenths."""

    text: str
    left: float
    right: float
    base: float

    def meets(self, other: Box) -> bool:
        return self.left < other.right and other.left < self.right and abs(self.base - other.base) < 13


def boxes(svg: Element) -> list[Box]:
    found = []
    for text in svg.all("text"):
        for line in text.all("tspan"):
            width = sum(13 if ord(letter) > 0x2000 else 7.8 for letter in line.text)
            x = float(line.attributes["x"])
            left = x - width if text.attributes["text-anchor"] == "end" else x
            found.append(Box(line.text, left, left + width, float(line.attributes["y"])))
    return found


def drawing(svg: str) -> Element:
    [found] = parsed(svg).all("svg")
    return found


def assert_legible(svg: Element) -> None:
    _, _, width, height = map(float, svg.attributes["viewbox"].split())
    shown = boxes(svg)
    assert [(one.text, other.text) for one, other in combinations(shown, 2) if one.meets(other)] == []
    assert [box.text for box in shown if box.left < 0 or box.right > width or box.base > height] == []


def test_the_flow_of_2022(run_2022: Run) -> None:
    assert run_2022.book is not None and run_2022.inputs is not None
    drawn = flows(run_2022.book, run_2022.inputs)
    for column in (0, 1):
        assert sum(flow.figure.money.amount for flow in drawn if flow.column == column) == Decimal("6824.79")
        assert sum(len(flow.figure.lines) for flow in drawn if flow.column == column) == 37
    svg = drawing(flow_svg(drawn, "钱从哪里来、到哪里去"))
    assert_legible(svg)
    words = svg.text
    for shown in ("政府性基金预算", "卫生健康支出", "城乡居民基本医疗保险区级配套资金", "1909.20万元", "168.56万元"):
        assert shown in words
    [title], [described] = svg.inside[0].inside, svg.inside[1].inside
    assert title == "钱从哪里来、到哪里去" and "一般公共预算→社会保障和就业支出4188.38万元" in described


def test_the_changes_of_2022(run_2022: Run) -> None:
    assert run_2022.book is not None
    changes = moved(run_2022.book)
    assert [change.current.key for change in changes] == ["总计", "一般公共预算", "政府性基金", "机构运行经费"]
    assert change_words(changes[0]) == "减少3981.15万元，下降36.84%" and change_words(changes[2]) == "增加8.00万元"
    svg = drawing(change_svg(changes, "与上年相比"))
    assert_legible(svg)
    widths = [float(bar.attributes["width"]) for bar in svg.all("rect")]
    assert abs(widths[1] / widths[0] - 6824.79 / 10805.94) < 0.001


@examples(8)
@given(departments())
def test_any_departments_labels_keep_apart(inputs: Any) -> None:
    book = book_of(inputs)
    drawn = flows(book, inputs)
    assert len({flow.target for flow in drawn if flow.column == 1}) <= SHOWN
    total = sum(line.money.amount for line in inputs.ledger.lines)
    assert sum(flow.figure.money.amount for flow in drawn if flow.column == 1) == total
    if drawn:
        assert_legible(drawing(flow_svg(drawn, "图")))
    assert_legible(drawing(change_svg(moved(book), "图")))
