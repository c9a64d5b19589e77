"""How a number came about, in words: one table of them, and the terminal agrees with the page and the comments."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator.explain.figures import Figures
from generator.explain.printed import Made
from generator.model.document import Pages, Paragraph
from generator.model.explanation import Kind
from generator.model.figure import Change, Draft, Fact, Figure, Mover, Numeric, Share
from generator.model.ledger import LedgerLine
from generator.model.money import Money
from generator.model.source import Position, Text
from generator.render.story import how, story
from tests.runs import Run


def wan(text: str) -> Money:
    return Money(Decimal(text))


def line(text: str) -> LedgerLine:
    return LedgerLine("", "2080101", "30101", "50501", "", "本级", "本年", "", "", wan(text), Position("a.yaml", 3, 1))


ONE, TWO = (line("2"),), (line("1"), line("2"))
AT = Position("a.yaml", 7, 2)
FIGURE = Figure(wan("3"), TWO, "甲")


@pytest.mark.parametrize(
    ("numeric", "kind", "name", "value"),
    [
        (FIGURE, "合计", "甲", wan("3")),
        (Share(FIGURE, Figure(wan("6"), TWO, "乙"), Decimal(50)), "占比", "甲占乙", Decimal(50)),
        (Change(FIGURE, Fact("甲", wan("5"), AT), wan("-2"), Decimal(40), None), "比上年", "甲", wan("-2")),
        (Mover("丙", wan("3"), TWO), "变动", "丙", wan("3")),
        (Fact("丁", 3, AT), "填报", "丁", 3),
    ],
)  # fmt: skip
def test_a_story_has_a_kind_a_name_and_what_it_comes_to(numeric: Numeric, kind: str, name: str, value: object) -> None:
    told = story(numeric)
    assert (told.kind, told.name, told.value) == (kind, name, value)
    assert told.lines == (() if isinstance(numeric, Fact) else TWO)


@pytest.mark.parametrize(
    ("numeric", "told"),
    [
        (FIGURE, ["台账2行相加，得3.00万元"]),
        (Figure(wan("2"), ONE), ["台账的1行，是2.00万元"]),
        (Figure(wan("0"), ()), ["台账里没有这样的行，是0"]),
        (Share(FIGURE, Figure(wan("0"), (), "乙"), None), ["甲3.00万元 ÷ 乙0.00万元 = 整体是0，不算占比"]),
        (Change(FIGURE, Figure(wan("5"), ONE), wan("-2"), Decimal(40), None, Draft("构成", ())),
         ["本年3.00万元 − 上年5.00万元 = −2.00万元", "上年数是上年台账的1行", "2.00万元 ÷ 上年5.00万元 = 40.00%", "原因没有填写，印的是程序起草的话"]),
        (Change(FIGURE, Fact("甲", wan("0"), None, (Fact("乙", wan("0"), AT),)), wan("3"), None, Text("新增", AT)),
         ["本年3.00万元 − 上年0.00万元 = 3.00万元", "上年数是填报的1项相加：乙", "原因写在 a.yaml:7"]),
        (Mover("丙", wan("3"), TWO), ["台账2行相加，得3.00万元"]),
        (Mover("丙", wan("-2"), (), ONE), ["本年0.00万元 − 上年2.00万元 = −2.00万元"]),
        (Fact("丁", 3, AT), ["填报的数3（a.yaml:7）"]),
        (Fact("戊.合计", 3, None, (Fact("戊.丁", 3, AT),)), ["填报的1项相加，得3", "丁 3（a.yaml:7）"]),
    ],
)  # fmt: skip
def test_a_number_is_told_in_these_words(numeric: Numeric, told: list[str]) -> None:
    assert [text for text in story(numeric).how if "四舍五入" not in text] == told


def test_the_terminal_says_the_same(run_2022: Run) -> None:
    document, book, inputs, profile = run_2022.document, run_2022.book, run_2022.inputs, run_2022.profile
    assert document and book and inputs and profile
    figures = Figures(Made(document, book, inputs, profile, Pages((), ()), run_2022.sources))
    runs = [run for block in document.blocks if isinstance(block, Paragraph) for run in block.runs]
    compared = set()
    for run in runs:
        if run.figure is None:
            continue
        told = figures.tell(run.figure, run.aspect)
        if told.kind in (Kind.SUM, Kind.DIFFERENCE, Kind.TOTAL) and run.aspect != "上年数":
            assert story(run.figure).how[0].startswith(how(told)), run
            compared.add(told.kind)
    assert compared == {Kind.SUM, Kind.DIFFERENCE, Kind.TOTAL}
