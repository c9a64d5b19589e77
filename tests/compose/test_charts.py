"""The charts' words are the place's: those it gives, the usual ones for the rest, none without charts."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.model.document import ChartBlock, Heading
from tests.conftest import ROOT, templates_with
from tests.runs import Run, run

OWN = """
    标题: 一图读懂预算
    收支: "{{ 年 }}年{{ 部门 }}的钱"
    收入: 来自
    支出: 用于
    增减: "比{{ 上年 }}年（{{ 表内单位 }}）"
    差额: 增或减"""


def words(done: Run) -> list[str]:
    """All that the charts say but names and amounts, the heading first."""
    assert done.document, [str(problem) for problem in done.problems]
    charts = [block for block in done.document.blocks if isinstance(block, ChartBlock)]
    if not charts:
        return []
    above = done.document.blocks[done.document.blocks.index(charts[0]) - 1]
    assert isinstance(above, Heading) and above.title in [entry.text for entry in done.document.entries]
    return [above.title, *(word for chart in charts for word in (chart.caption, *(one.name for one in chart.series)))]


USUAL = [
    "预算图示",
    "2022年收入来源与支出去向（单位：万元）",
    "收入来源",
    "支出去向",
    "与上年相比的增减（单位：万元）",
    "比上年增减",
]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("是", USUAL),
        ("{}", USUAL),
        ("否", []),
        ("{标题: 图}", ["图", *USUAL[1:]]),
        (
            OWN,
            [
                "一图读懂预算",
                "2022年伊滨经开区（示范区）社会保障事务服务中心的钱",
                "来自",
                "用于",
                "比2021年（万元）",
                "增或减",
            ],
        ),
    ],
)
def test_the_words_are_the_places_own(typed: str, said: list[str], tmp_path: Path) -> None:
    done = run(ROOT / "data", templates_with(tmp_path, typed), "yibin", 2022)
    assert words(done) == said
    if typed == OWN:
        assert done.document
        [flow, _] = [block for block in done.document.blocks if isinstance(block, ChartBlock)]
        assert (
            flow.alt.startswith("来自：一般公共预算6816.79万元，")
            and "；用于：社会保障和就业支出4188.38万元" in flow.alt
        )


def test_amounts_look_like_those_of_the_tables(tmp_path: Path) -> None:
    templates = templates_with(tmp_path, "是")
    file = templates / "yibin" / "report.yaml"
    text = (
        file.read_text(encoding="utf-8")
        .replace("表内千分位: 否", "表内千分位: 是")
        .replace("表内金额单位: 万元", "表内金额单位: 元")
    )
    file.write_text(text, encoding="utf-8")
    done = run(ROOT / "data", templates, "yibin", 2022)
    assert done.document
    flow, changes = (block for block in done.document.blocks if isinstance(block, ChartBlock))
    assert flow.series[0].texts[0] == "68,167,900.00" and flow.pattern == "#,##0.00" and "（单位：元）" in flow.caption
    assert changes.series[0].texts == ("-39,811,500.00", "-39,891,500.00", "+80,000.00", "-62,600.00")
