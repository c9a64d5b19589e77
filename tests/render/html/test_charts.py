"""The drawings: every ledger line in them once, amounts printed, no two labels on each other."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import combinations, pairwise
from typing import Any, NamedTuple

import pytest
from hypothesis import given

from generator.compose.charts import charts_of
from generator.model.document import ChartBlock
from generator.model.money import Money
from generator.model.profile import CHART_WORDS
from generator.render.html.charts import LEAST, SHOWN, change_svg, change_words, flow_svg, flows
from tests.departments import departments
from tests.html_reading import Element, parsed
from tests.made_up import examples
from tests.render.html.test_page import data_of, page_of
from tests.runs import Run
from tests.test_properties import book_of


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
    changes = run_2022.book.moved
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
    assert_legible(drawing(change_svg(book.moved, "图")))


@pytest.fixture(scope="module")
def charted_page(charted: Run) -> Element:
    return parsed(page_of(charted))


def figures(root: Element) -> list[Element]:
    [section] = [item for item in root.all("section") if "drawings" in item.kinds]
    return list(section.all("figure"))


def test_the_drawings_stand_where_the_profile_has_its_charts(charted_page: Element, charted: Run) -> None:
    assert charted.document is not None
    [section] = [item for item in charted_page.all("section") if "drawings" in item.kinds]
    [heading] = section.all("h2")
    assert heading.text == "预算图示" and heading.attributes["id"] == section.attributes["aria-labelledby"]
    captions = [block.caption for block in charted.document.blocks if isinstance(block, ChartBlock)]
    assert len(captions) == 2 and [item.text for item in section.all("h3")] == captions
    [link] = [item for item in charted_page.all("a") if item.text == "图"]
    assert link.attributes["href"] == f"#{heading.attributes['id']}"
    assert charted_page.text.index("预算图示") < charted_page.text.index("附件：")
    sections = list(charted_page.all("section"))
    assert "table" in sections[sections.index(section) + 1].kinds, "the annex follows"


def test_without_charts_the_drawings_close_the_page(run_2022: Run) -> None:
    root = parsed(page_of(run_2022))
    assert [item.text for item in root.all("h3") if item.text in ("钱从哪里来、到哪里去", "与上年相比")]
    assert "drawings" in [item for item in root.all("section") if "sheet" in item.kinds][-1].kinds


def test_said_to_who_does_not_see(charted_page: Element) -> None:
    """A title, the same in words, and a table; the drawing that is wider than a phone is reached by Tab."""
    flow, change = figures(charted_page)
    for figure, said in (
        (flow, "一般公共预算→社会保障和就业支出4188.38万元"),
        (change, "总计上年10805.94万元，本年6824.79万元"),
    ):
        [svg] = figure.all("svg")
        title, described = next(svg.all("title")), next(svg.all("desc"))
        assert svg.attributes["role"] == "img"
        assert svg.attributes["aria-labelledby"].split() == [title.attributes["id"], described.attributes["id"]]
        assert title.text == next(figure.all("h3")).text and said in described.text
        [table] = figure.all("table")
        assert all(cell.attributes["scope"] in ("col", "row") for cell in table.all("th"))
    [region] = [item for item in flow.all("div") if "scroll" in item.kinds]
    assert (region.attributes["tabindex"], region.attributes["role"]) == ("0", "region") and region.attributes[
        "aria-label"
    ]


def test_the_tables_hold_the_books_amounts(charted_page: Element, charted: Run) -> None:
    book = charted.book
    assert book is not None
    flow, change = ([[cell.text for cell in row.all("th", "td")] for row in figure.all("tr")] for figure in figures(charted_page))  # fmt: skip
    assert flow[0] == ["从", "到", "金额"] and change[0] == ["项目", "上年", "本年", "增减"]
    amounts = {(start, end): Decimal(text.removesuffix("万元")) for start, end, text in flow[1:]}
    total = book.figures["总计"].money.amount
    assert sum(amounts.values()) == 2 * total
    for name in ("一般公共预算", "政府性基金"):
        whole = sum(
            amount for (start, _), amount in amounts.items() if start.removesuffix("预算") == name.removesuffix("预算")
        )
        assert whole == book.figures[name].money.amount
    basic = sum(amount for (_, end), amount in amounts.items() if end == "基本支出")
    assert basic == book.figures["基本支出"].money.amount
    assert change[1:] == [
        [
            item.current.key,
            f"{item.prior_money.amount:.2f}万元",
            f"{item.current.money.amount:.2f}万元",
            change_words(item),
        ]
        for item in book.moved
    ]


def test_each_number_of_the_tables_says_where_it_comes_from(charted_page: Element) -> None:
    entries = data_of(charted_page)["entries"]
    for figure in figures(charted_page):
        cells = [cell for cell in figure.all("td") if cell.text.endswith("万元") and "，" not in cell.text]
        found = [number for cell in cells for number in cell.all("span")]
        assert len(found) >= 8
        for number in found:
            assert number.attributes["tabindex"] == "0" and entries[int(number.attributes["data-f"])][2]


def test_bars_are_as_long_as_their_amounts(charted: Run) -> None:
    assert charted.book is not None
    changes = charted.book.moved
    bars = list(drawing(change_svg(changes, "图")).all("rect"))
    widths = [float(bar.attributes["width"]) for bar in bars]
    amounts = [money.amount for change in changes for money in (change.prior_money, change.current.money)]
    assert len(widths) == len(amounts) == 8 and min(amounts) == 0
    tops = [float(bar.attributes["y"]) for bar in bars]
    assert all(below - top > float(bars[0].attributes["height"]) for top, below in pairwise(tops))
    for width, amount in zip(widths, amounts, strict=True):
        exact = float(amount) / float(max(amounts)) * max(widths)
        assert width == 0 if not amount else abs(width - max(exact, 1)) < 0.1


def test_ribbons_are_as_thick_as_their_amounts(run_2022: Run) -> None:
    assert run_2022.book is not None and run_2022.inputs is not None
    drawn = flows(run_2022.book, run_2022.inputs)
    ribbons = list(drawing(flow_svg(drawn, "图")).all("path"))
    assert len(ribbons) == len(drawn)
    whole = max(flow.figure.money.amount for flow in drawn)
    thick = {next(path.all("title")).text: thickness(path) for path in ribbons}
    for flow in drawn:
        found = thick[f"{flow.source} → {flow.target}：{flow.figure.money.amount:.2f}万元"]
        exact = float(flow.figure.money.amount / whole) * max(thick.values())
        assert abs(found - max(exact, LEAST)) < 0.21, flow


def thickness(path: Element) -> float:
    """How far apart the two long sides of a ribbon are."""
    numbers = [float(text) for text in re.findall(r"-?[\d.]+", path.attributes["d"])]
    return numbers[8] - numbers[7]


def test_nothing_is_not_drawn_and_what_is_put_together_comes_last(run_2022: Run) -> None:
    assert run_2022.book is not None and run_2022.inputs is not None
    line = run_2022.book.whole.lines[0]
    amounts = [Decimal(number) for number in range(SHOWN + 4)]
    lines = tuple(
        line._replace(function=f"{201 + number}0101", project="", money=line.money._replace(amount=amount))
        for number, amount in enumerate(amounts)
    )
    book = run_2022.book._replace(figures={"总计": run_2022.book.whole._replace(lines=lines * 10)})
    drawn = flows(book, run_2022.inputs)
    assert all(flow.figure.money for flow in drawn)
    svg = drawing(flow_svg(drawn, "图"))
    assert_legible(svg)
    labels = [next(text.all("tspan")).text for text in svg.all("text") if "label" in text.kinds]
    assert labels[-2:] == ["其他4项", "基本支出"] and len(labels) == 1 + SHOWN + 1
    assert charts_of(book, run_2022.inputs, CHART_WORDS)[0].categories[-1] == "其余各项"
    assert all(
        text != "0.00" for series in charts_of(book, run_2022.inputs, CHART_WORDS)[0].series for text in series.texts
    )


def test_what_is_carried_forward_is_a_source_of_its_own(run_2022: Run) -> None:
    """As the income tables list it; the bar of its fund is this year's income."""
    assert run_2022.book is not None and run_2022.inputs is not None
    first, *rest = run_2022.book.whole.lines
    carried = [line._replace(period="上年结转") for line in rest]
    lines = first, *carried, *carried
    book = run_2022.book._replace(figures={"总计": run_2022.book.whole._replace(lines=lines)})
    assert {flow.source for flow in flows(book, run_2022.inputs) if flow.column == 0} == {"一般公共预算", "上年结转"}
    chart = charts_of(book, run_2022.inputs, CHART_WORDS)[0]
    whole = Money.total((line.money for line in lines), first.money.scale)
    assert chart.categories[:2] == ("上年结转", "一般公共预算")
    assert chart.series[0].texts[:2] == (str((whole - first.money).amount), str(first.money.amount))
