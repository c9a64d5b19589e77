"""Each setting a master may have is counted with, or named; LibreOffice says whether what is counted is right."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.render.docx.master import open_master
from generator.render.docx.render import render_docx
from tests import libreoffice
from tests.conftest import SOAK
from tests.render.docx.master_edits import (
    DOCUMENT,
    SETTINGS,
    STYLES,
    Edit,
    header_lines,
    in_style,
    restyled,
    shipped,
    with_header,
)
from tests.render.docx.test_pages import printed_pages
from tests.runs import Run

EXACT = 'w:line="579" w:lineRule="exact"'
SPACING = '<w:spacing w:before="0" w:after="0" w:line="579" w:lineRule="exact"/>'
SIZE = '<w:sz w:val="32"/>'
OFF = '<w:widowControl w:val="0"/>'


def body(pattern: str, new: str) -> Edit:
    return in_style("BodyGW", pattern, new)


COUNTED: dict[str, tuple[Edit, ...]] = {
    "装订线": ((DOCUMENT, 'w:gutter="0"', 'w:gutter="567"'),),
    "装订线在上": ((DOCUMENT, 'w:gutter="0"', 'w:gutter="600"'), (SETTINGS, "<w:zoom", "<w:gutterAtTop/><w:zoom")),
    "孤行控制": ((STYLES, OFF, "<w:widowControl/>"),),
    "孤行控制，没有写": ((STYLES, OFF, ""),),
    "段中不分页": ((STYLES, OFF, f"{OFF}<w:keepLines/>"),),
    "段中不分页，孤行控制": ((STYLES, OFF, "<w:keepLines/>"),),
    "字符加宽": (body(SIZE, f'<w:spacing w:val="20"/>{SIZE}'),),
    "字符紧缩": (body(SIZE, f'<w:spacing w:val="-8"/>{SIZE}'),),
    "字符缩放": (body(SIZE, f'<w:w w:val="90"/>{SIZE}'),),
    "加粗": (body(SIZE, f"<w:b/>{SIZE}"),),
    "段后": (body('w:after="0"', 'w:after="120"'),),
    "段前段后": (body('w:before="0" w:after="0"', 'w:before="300" w:after="400"'),),
    "段前段后相加": (
        body('w:before="0" w:after="0"', 'w:before="300" w:after="400"'),
        (SETTINGS, "<w:compat>", "<w:compat><w:doNotUseHTMLParagraphAutoSpacing/>"),
    ),
    "同样式的段落间不加空格": (body(SPACING, SPACING.replace('after="0"', 'after="120"') + "<w:contextualSpacing/>"),),
    "固定值，带单位": (body(EXACT, 'w:line="28pt" w:lineRule="exact"'),),
    "最小值，足够大": (body('w:lineRule="exact"', 'w:lineRule="atLeast"'),),
    "左右缩进": (body("<w:ind [^>]*>", '<w:ind w:left="400" w:right="300" w:firstLine="640"/>'),),
    "表格字符加宽": tuple(in_style(f"Table{size}L", "<w:sz ", '<w:spacing w:val="20"/><w:sz ') for size in (21, 18, 15)),
    "表格内线": ((STYLES, '<w:insideH w:val="single" w:sz="4"', '<w:insideH w:val="single" w:sz="12"'),),
    "表格外框": ((STYLES, '(<w:(?:top|bottom) w:val="single" w:sz=")8"', r'\g<1>24"'),),
    "单元格边距": ((STYLES, '(<w:tblCellMar><w:top w:w=")20"', r'\g<1>80"'),),
    "缺省段落属性": (
        (STYLES, "<w:pPrDefault/>", '<w:pPrDefault><w:pPr><w:spacing w:after="160" w:line="259"/></w:pPr></w:pPrDefault>'),
    ),
    "上边距固定": ((DOCUMENT, 'w:top="2098"', 'w:top="-2098"'),),
    "垂直居中": ((DOCUMENT, '(<w:docGrid w:linePitch="579"/></w:sectPr></w:body>)', r'<w:vAlign w:val="center"/>\1'),),
    "高页脚": tuple(
        (f"word/footer{number}.xml", "</w:ftr>", f"{header_lines(2, 600)}</w:ftr>") for number in (1, 2)
    ),
}  # fmt: skip
HEADERS = {
    "高页眉": with_header(header_lines(3, 579)),
    "不太高的页眉": with_header(header_lines(3, 400)),
    "只有单页有的高页眉": with_header(header_lines(3, 579), ("default",)),
    "低页眉，行高随字体变": with_header(header_lines(1, 240, "auto")),
}

NAMED: dict[str, tuple[str, tuple[Edit, ...]]] = {
    "1.5倍行距": ("样式“正文缩进”的行距（1.5倍行距，行高随字体变）", (body(EXACT, 'w:line="360" w:lineRule="auto"'),)),
    "单倍行距": ("样式“正文缩进”的行距（单倍行距，行高随字体变）", (body(EXACT, 'w:line="240" w:lineRule="auto"'),)),
    "没有行距": ("样式“正文缩进”的行距（单倍行距，行高随字体变）", (body(f" {EXACT}", ""),)),
    "最小值": ("样式“正文缩进”的行距（最小值，行高随字体变）", (body(EXACT, 'w:line="400" w:lineRule="atLeast"'),)),
    "段前半行": ("样式“正文缩进”的段前、段后间距（以行为单位）", (body('w:before="0"', 'w:beforeLines="50"'),)),
    "段前自动": ("样式“正文缩进”的段前、段后间距（自动）", (body('w:before="0"', 'w:beforeAutospacing="1"'),)),
    "缩进三字符": ("样式“正文缩进”的缩进（以字符为单位，与磅数不一致）", (body('firstLineChars="200"', 'firstLineChars="300"'),)),
    "标点不溢出": ("样式“正文缩进”的“允许标点溢出边界”没有选", (body("<w:spacing", '<w:overflowPunct w:val="0"/><w:spacing'),)),
    "首尾字符": ("样式“正文缩进”的“按中文习惯控制首尾字符”没有选", (body("<w:spacing", '<w:kinsoku w:val="0"/><w:spacing'),)),
    "西文断字": ("样式“正文缩进”的“允许西文在单词中间换行”", (body("<w:spacing", '<w:wordWrap w:val="0"/><w:spacing'),)),
    "中西文间距": ("样式“正文缩进”的“自动调整中文与西文的间距”没有选", (body("<w:spacing", '<w:autoSpaceDE w:val="0"/><w:spacing'),)),
    "行首标点": ("样式“正文缩进”的“允许行首标点压缩”", (body("<w:spacing", "<w:topLinePunct/><w:spacing"),)),
    "段落边框": ("样式“正文缩进”的段落边框", (body("<w:spacing", '<w:pBdr><w:top w:val="single" w:sz="24"/></w:pBdr><w:spacing'),)),
    "图文框": ("样式“正文缩进”的图文框", (body("<w:spacing", '<w:framePr w:w="300"/><w:spacing'),)),
    "自动编号": ("样式“标题 2”的自动编号", (in_style("Heading2", "<w:keepNext/>", "<w:keepNext/><w:numPr/>"),)),
    "没有见过的设置": ("样式“正文缩进”的“newThing”设置", (body("<w:spacing", "<w:newThing/><w:spacing"),)),
    "西文字体": ("样式“正文缩进”的西文字体（Arial）", (body('w:hAnsi="Times New Roman"', 'w:hAnsi="Arial"'),)),
    "主题字体": ("样式“正文缩进”的西文字体（主题字体）", (body('w:ascii="Times New Roman"', 'w:asciiTheme="minorHAnsi"'),)),
    "隐藏": ("样式“正文缩进”的隐藏文字", (body(SIZE, f"<w:vanish/>{SIZE}"),)),
    "上标": ("样式“正文缩进”的上标或下标", (body(SIZE, f'<w:vertAlign w:val="superscript"/>{SIZE}'),)),
    "所有样式的基准": ("样式“标题 1”“标题 2”“标题 3”等21个的自动编号", ((STYLES, OFF, f"{OFF}<w:numPr/>"),)),
    "表格里的行距": (
        "样式“表文五号左”“表文五号中”“表文五号右”等4个的行距（1.17倍行距，行高随字体变）",
        tuple(in_style(f"Table21{kind}", 'w:lineRule="exact"', 'w:lineRule="auto"') for kind in "LRCH"),
    ),
    "分栏": ("“正文”一节的分栏（2栏）", ((DOCUMENT, r"(\[\[目录\]\].*?)<w:cols ", r'\1<w:cols w:num="2" '),)),
    "网格": (
        "“正文”“横向”一节的文档网格", ((DOCUMENT, '<w:docGrid w:linePitch="579"/>', '<w:docGrid w:type="lines" w:linePitch="579"/>'),),
    ),
    "奇数页": ("“正文”“横向”一节的起始位置（奇数页）", ((DOCUMENT, "(<w:pgSz)", r'<w:type w:val="oddPage"/>\1'),)),
    "竖排": ("“正文”“横向”一节的文字方向", ((DOCUMENT, "(<w:docGrid)", r'<w:textDirection w:val="tbRl"/>\1'),)),
    "罗马页码": ("“正文”一节的页码格式", ((DOCUMENT, '<w:pgNumType w:start="1"/>', '<w:pgNumType w:start="1" w:fmt="upperRoman"/>'),)),
    "标点压缩": ("文档设置里的标点压缩", ((SETTINGS, "doNotCompress", "compressPunctuation"),)),
    "折页": ("文档设置里的书籍折页", ((SETTINGS, "<w:zoom", "<w:bookFoldPrinting/><w:zoom"),)),
    "条件格式": (
        "表格样式“预算表”的首行、末行等的条件格式",
        ((STYLES, "(</w:tblCellMar></w:tblPr>)(</w:style></w:styles>)", r'\1<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr></w:tblStylePr>\2'),),
    ),
    "单元格间距": ("表格样式“预算表”的单元格间距", ((STYLES, "(<w:tblBorders>)", r'<w:tblCellSpacing w:w="20"/>\1'),)),
    "双线": ("表格样式“预算表”的边框线型", ((STYLES, '<w:insideH w:val="single"', '<w:insideH w:val="double"'),)),
}  # fmt: skip


def doubts(master: bytes) -> tuple[str, ...]:
    return open_master(master).doubts


def test_nothing_in_the_shipped_masters_is_doubted() -> None:
    tiny = Path(__file__).parents[2] / "profiles" / "tiny" / "master.docx"
    assert doubts(shipped()) == doubts(tiny.read_bytes()) == ()


@pytest.mark.parametrize("name", COUNTED)
def test_what_is_counted_is_not_named(name: str) -> None:
    assert doubts(restyled(*COUNTED[name])) == ()


@pytest.mark.parametrize("name", HEADERS)
def test_a_header_of_a_known_height_is_counted(name: str) -> None:
    assert doubts(HEADERS[name]) == ()


@pytest.mark.parametrize("name", NAMED)
def test_what_is_not_counted_is_named(name: str) -> None:
    what, edits = NAMED[name]
    assert doubts(restyled(*edits)) == (what,)


def test_a_header_of_an_unknown_height_that_pushes_is_named() -> None:
    what = "一节的页眉（高过页边距，行高随字体变或各页不同）"
    assert doubts(with_header(header_lines(5, 240, "auto"))) == (f"“正文”{what}", f"“横向”{what}")
    one_page = with_header(header_lines(3, 579), ("default", "first"), (DOCUMENT, "(<w:docGrid)", r"<w:titlePg/>\1"))
    assert doubts(one_page) == ()  # all of them are that high
    even = (
        DOCUMENT,
        '<w:headerReference w:type="even" r:id="rId90"/>',
        '<w:headerReference w:type="even" r:id="rId4"/>',
    )
    assert doubts(with_header(header_lines(3, 579), ("default", "even"), even)) == (f"“正文”{what}", f"“横向”{what}")


def test_the_clerk_is_told_which_settings(run_2022: Run) -> None:
    assert run_2022.document is not None
    edits = [edit for name in ("1.5倍行距", "段落边框", "分栏", "标点压缩", "双线") for edit in NAMED[name][1]]
    remarks = render_docx(run_2022.document, restyled(*edits)).remarks
    assert remarks[0] == (
        "母版里样式“正文缩进”的段落边框、样式“正文缩进”的行距（1.5倍行距，行高随字体变）、表格样式“预算表”的边框线型、"
        "“正文”一节的分栏（2栏）等5处设置，程序算不准，目录页码可能不对；请用Word打开，全选后按F9更新页码，再核对。"
    )


def test_pages_are_printed_from_the_number_the_master_begins_with(run_2022: Run) -> None:
    assert run_2022.document is not None
    master = restyled((DOCUMENT, '<w:pgNumType w:start="1"/>', '<w:pgNumType w:start="5"/>'))
    usual, later = (
        printed_pages(run_2022.document, render_docx(run_2022.document, data).data) for data in (shipped(), master)
    )
    assert later == {anchor: page + 4 for anchor, page in usual.items()}


@pytest.mark.libreoffice
@pytest.mark.slow
def test_pages_of_restyled_masters_are_those_libreoffice_counts(run_2022: Run, tmp_path: Path) -> None:
    """What is counted is right to the page; of the unsure ones, more than half are right all the same (``make soak``)."""
    assert run_2022.document is not None
    masters = {name: restyled(*edits) for name, edits in COUNTED.items()} | HEADERS
    unsure = {f"? {name}": restyled(*edits) for name, (_, edits) in NAMED.items() if SOAK and name != "西文断字"}
    files = {}
    for number, (name, master) in enumerate({**masters, **unsure}.items()):
        files[name] = tmp_path / f"{number}.docx"
        files[name].write_bytes(render_docx(run_2022.document, master).data)
    wrong = set()
    for (name, file), pdf in zip(files.items(), libreoffice.convert(list(files.values()), tmp_path), strict=True):
        pages, printed = libreoffice.bookmark_pages(pdf), printed_pages(run_2022.document, file.read_bytes())
        if printed != {anchor: pages[anchor] for anchor in printed}:
            wrong.add(name)
    assert not [name for name in wrong if not name.startswith("?")]
    assert len(wrong) <= len(unsure) / 2
