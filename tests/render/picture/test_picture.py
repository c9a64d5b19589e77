"""一图读懂 says nothing but what the document says, and can be read: by every department, on paper and on a phone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from lxml import etree

from generator.load.picture import contrast
from generator.model.picture import NOTHING, Bar, Group, Move, Number, Picture
from generator.render.picture.page import picture_html
from generator.render.picture.pen import width_of
from generator.render.picture.sheet import HEIGHT, SIZES, WIDTH, picture_svg, size_of
from generator.trial.departments import trials
from generator.work.check import check
from generator.work.profile_check import codes_of
from generator.work.stages import Finished
from tests.conftest import ROOT
from tests.html_reading import parsed as read_html
from tests.pictures import URL, bars_of, made_up, picture_of, text_of, words_of_page, words_of_sheet
from tests.runs import Run, held, run
from tests.trial.test_departments import laid

EXAMPLES = sorted((ROOT / "examples").glob("*/[0-9]*"))


def _example(year: Path) -> Run:
    named = re.search(r"^格式: (\S+)", (year / "department.yaml").read_text(encoding="utf-8"), re.MULTILINE)
    assert named
    return run(year.parent, ROOT / "templates", named[1], int(year.name))


def _only_what_stands_there(made: Run) -> None:
    assert made.document is not None
    drawn, words = picture_of(made), text_of(made.document)
    also = f"{drawn.title}\n{drawn.source}\n{URL}\n1 2 3"
    for shown in (words_of_page(picture_html(drawn)), words_of_sheet(picture_svg(drawn))):
        assert made_up(shown, f"{words}\n{also}") == set()
    joined = re.sub(r"\s", "", words)
    assert [text for text in drawn.sentences if re.sub(r"\s", "", text) not in joined] == []
    rows = [bar.name for group in (drawn.spending, drawn.projects) for bar in group.bars]
    assert [name for name in rows if re.sub(r"\s", "", name) not in joined] == []


def test_the_real_department(run_2022: Run) -> None:
    drawn = picture_of(run_2022)
    assert drawn.total == Bar("收支总预算", Number("6824.79", "万元"), 0, "比上年减少3981.15万元，下降36.84%")
    assert [(bar.name, str(bar.number)) for bar in drawn.split] == [
        ("基本支出", "168.56万元"),
        ("项目支出", "6656.23万元"),
    ]
    assert [(bar.name, bar.length) for bar in drawn.income.bars] == [("一般公共预算", 1000), ("政府性基金预算", 1)]
    assert [bar.name for bar in drawn.projects.bars][:2] == [
        "机关事业单位基本养老保险",
        "城乡居民基本医疗保险区级配套资金",
    ]
    assert len(drawn.projects.bars) == 5 and drawn.projects.rest == "其余各项见全文"
    assert (drawn.public_total.number, drawn.public_total.change) == (Number("0", "万元"), "与上年持平")
    assert drawn.moves[-1].name == "机构运行经费" and drawn.moves[-1].sign < 0
    assert len(drawn.sentences) == 3
    _only_what_stands_there(run_2022)


@pytest.mark.parametrize(
    "year",
    [pytest.param(year, marks=() if year.parent.name == "shanghai" else pytest.mark.slow) for year in EXAMPLES],
    ids=lambda year: f"{year.parent.name}-{year.name}",
)
def test_every_example(year: Path) -> None:
    _only_what_stands_there(_example(year))


def test_a_number_that_the_document_does_not_print_is_not_on_it(run_2022: Run) -> None:
    """Nor is what is smaller: what is shown is the largest, or nothing is."""
    assert run_2022.document is not None
    text = "743.10"
    blocks = tuple(
        block._replace(rows=tuple(row for row in block.rows if text not in row.texts))
        if hasattr(block, "rows")
        else block
        for block in run_2022.document.blocks
    )
    drawn = picture_of(run_2022._replace(document=run_2022.document._replace(blocks=blocks)))
    assert [str(bar.number) for bar in drawn.projects.bars] == ["3265.79万元", "1909.20万元"]
    assert drawn.projects.rest


def _well_drawn(drawn: Picture) -> None:
    """All words are within the sheet; the page is a page."""
    svg = picture_svg(drawn)
    root = etree.fromstring(svg.encode())
    for element, x, y, scale in _placed(root, 0.0, 0.0, 1.0):
        size = float(element.get("font-size", "12"))
        wide = width_of(element.text or "", size) * 0.9 * scale
        left = x - wide if element.get("text-anchor") == "end" else x - wide / 2 if element.get("text-anchor") else x
        assert left > -1 and left + wide < WIDTH + 1 and 0 < y < HEIGHT, element.text
    read_html(picture_html(drawn))


def _placed(
    element: etree._Element, x: float, y: float, scale: float
) -> Iterator[tuple[etree._Element, float, float, float]]:
    transform = element.get("transform", "")
    if found := re.search(r"translate\(([\d.-]+) ([\d.-]+)\)", transform):
        x, y = x + float(found[1]) * scale, y + float(found[2]) * scale
    if found := re.search(r"scale\(([\d.]+)\)", transform):
        scale *= float(found[1])
    if etree.QName(element).localname == "text":
        yield element, x + float(element.get("x", "0")) * scale, y + float(element.get("y", "0")) * scale, scale
    for child in element:
        yield from _placed(child, x, y, scale)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "year", "step"), [("通用", 2026, 1), ("上海决算", 2024, 4)])
def test_every_kind_of_department(name: str, year: int, step: int, tmp_path: Path) -> None:
    drawn, shop = [], held(ROOT / "templates", name)
    profile, _, _ = shop.profile(year)
    assert profile is not None
    for trial in islice(trials(profile, year, codes_of(profile, year)), 0, None, step):
        ended = check(shop, laid(trial, tmp_path / trial.name), year)
        if isinstance(ended, Finished):
            drawn.append(picture_of(ended))
            _well_drawn(drawn[-1])
            _only_what_stands_there(ended)
    assert len(drawn) * step > 15
    shown = {len(picture.spending.bars) for picture in drawn}
    assert 0 in shown and max(shown) >= 3


_FEW = Picture(
    "2026年部门预算一图读懂", "局", "1B4B7A", "A5342B", NOTHING, (), Group(), Group(), "", (), NOTHING, Group(), Group(),
    "", (), "取自全文",
)  # fmt: skip
_LONG = "关于进一步做好" + "城乡居民基本养老保险和基本医疗保险区级配套资金" * 4
_HUGE = Number("999,999,999,999.99", "万元")
_MANY = Group(
    "钱用到哪里去", tuple(Bar(f"{_LONG}{place}", _HUGE, 1000 - place, _LONG) for place in range(6)), "其余各项见全文"
)
_FULL = _FEW._replace(
    title="2026年" + "一图读懂" * 12, agency=_LONG, total=Bar(_LONG, _HUGE, 0, _LONG), income=_MANY, spending=_MANY,
    split=(Bar("基本支出", _HUGE, 500), Bar("项目支出", _HUGE, 500)), public_total=Bar(_LONG, _HUGE, 0), public=_MANY,
    moves_title="与上年相比", moves=tuple(Move(_LONG, -1, 1000, _LONG) for _ in range(6)), projects=_MANY,
    sentences_title="几句话看懂", sentences=(_LONG,) * 3, code="扫码看全文", url="https://example.org/" + "a" * 400,
)  # fmt: skip


@pytest.mark.parametrize("drawn", [_FEW, _FULL], ids=["nothing", "everything"])
def test_the_emptiest_and_the_fullest(drawn: Picture) -> None:
    _well_drawn(drawn)
    words = words_of_page(picture_html(drawn))
    assert drawn.title in words and all(bar.name in words for bar in bars_of(drawn))
    assert size_of(drawn) in SIZES


def test_a_page_asks_for_nothing_and_can_be_listened_to(run_2022: Run) -> None:
    html = picture_html(picture_of(run_2022))
    root = read_html(html)
    assert [
        element.tag
        for element in root.all("script", "img", "iframe", "link")
        if element.attributes.get("rel") != "icon"
    ] == []
    assert [element.text for element in root.all("h1")] == ["2022年部门预算一图读懂"]
    assert [element.text for element in root.all("h2")] == [
        "钱从哪里来", "钱用到哪里去", "“三公”经费", "与上年相比", "主要项目", "几句话看懂",
    ]  # fmt: skip
    hidden = [element for element in root.all("svg") if element.attributes.get("aria-hidden")]
    [code] = [element for element in root.all("svg") if element.attributes.get("role") == "img"]
    assert len(hidden) > 10 and code.attributes["aria-label"] == f"扫码看全文：{URL}"
    assert "style=" not in html


def test_without_an_address_there_is_no_code(run_2022: Run) -> None:
    drawn = picture_of(run_2022, "")
    assert "figure" not in picture_html(drawn).partition("</style>")[2] and drawn.code == ""


def test_words_stand_out_from_what_is_behind_them() -> None:
    style = (ROOT / "generator" / "render" / "picture" / "picture.css").read_text(encoding="utf-8")
    colours = set(re.findall(r"(?<!-)color:#([0-9a-f]{6})", style))
    assert len(colours) >= 3
    assert [colour for colour in colours if contrast(colour, "ffffff") < 4.5] == []
    assert contrast("000000", "ffffff") == pytest.approx(21)
    assert contrast("777777", "ffffff") == pytest.approx(4.48, abs=0.01)
