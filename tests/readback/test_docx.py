"""A written file read back: the same words and cells, a renderer at fault is caught, a hostile file is refused."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from generator import opc
from generator.check.rules import check
from generator.check.written_rules import WRITTEN_RULES, Written
from generator.cli import main
from generator.model.problem import UsageError
from generator.model.reading import ReadTable
from generator.readback.document import reading_of
from generator.readback.docx import read_docx
from generator.render.docx import render
from generator.render.docx.render import Rendered, render_docx
from generator.render.docx.table import table_xml
from tests.conftest import ROOT
from tests.runs import Run, run


def test_what_is_written_is_what_was_meant(run_2022: Run, rendered_2022: Rendered) -> None:
    assert run_2022.document and run_2022.book
    reading, meant = read_docx(rendered_2022.data), reading_of(run_2022.document)
    assert check(Written(reading, meant, run_2022.book), WRITTEN_RULES).problems == ()
    assert [line.text for line in reading.contents] == [line.text for line in meant.contents]
    assert len(reading.contents) == 29 and all(line.page.isdigit() for line in reading.contents)
    assert reading.headings == meant.headings and reading.paragraphs == meant.paragraphs
    same = [
        (one.caption, one.headline, one.columns, one.notes, one.cells)
        == (other.caption, other.headline, other.columns, other.notes, other.cells)
        for one, other in zip(reading.tables, meant.tables, strict=True)
    ]
    assert len(same) == 13 and all(same)
    assert reading.cover[0].replace("\n", "") == meant.cover[0]


def test_the_second_profile_reads_back(tmp_path: Path) -> None:
    done = run(ROOT / "tests" / "data", ROOT / "tests" / "profiles", "tiny", 2023)
    assert done.document and done.profile and done.book
    reading = read_docx(render_docx(done.document, done.profile.master).data)
    assert check(Written(reading, reading_of(done.document), done.book), WRITTEN_RULES).problems == ()
    assert reading.tables[1].columns == (("科目编码",), ("科目名称",), ("合计",), ("基本支出",), ("项目支出",))


def row_lost(xml: str) -> str:
    return re.sub(r"<w:tr>(?:(?!</w:tr>).)*行政运行.*?</w:tr>", "", xml, count=1)


def cells_swapped(xml: str) -> str:
    return xml.replace(">118.57<", ">@<").replace(">17.14<", ">118.57<").replace(">@<", ">17.14<")


def digit_cut(xml: str) -> str:
    return xml.replace(">6656.23<", ">6656.2<")


def wrong_digit(xml: str) -> str:
    return xml.replace(">35.35<", ">35.53<")


def name_cut(xml: str) -> str:
    return xml.replace("社会保障事务服务中心<", "社会保障事务服<")


def stray_amount(xml: str) -> str:
    return xml.replace(
        '<w:pStyle w:val="Table18R"/></w:pPr></w:p>',
        '<w:pStyle w:val="Table18R"/></w:pPr><w:r><w:t>1.00</w:t></w:r></w:p>',
        1,
    )


@pytest.mark.parametrize("fault", [row_lost, cells_swapped, digit_cut, wrong_digit, name_cut, stray_amount])
def test_a_renderer_at_fault_is_caught(
    workplace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], fault: Callable[[str], str]
) -> None:
    assert main(["report", "2022"]) == 0
    [made] = (workplace / "output" / "2022").iterdir()
    before = made.read_bytes()
    broken: list[bool] = []

    def faulty(*arguments: Any) -> Iterator[str]:
        whole = "".join(piece if isinstance(piece, str) else piece.decode() for piece in table_xml(*arguments))
        broken.append(fault(whole) != whole)
        yield fault(whole)

    monkeypatch.setattr(render, "table_xml", faulty)
    capsys.readouterr()
    assert main(["report", "2022"]) == 1
    printed = capsys.readouterr().err
    assert any(broken)
    assert "错误 R401 " in printed and "没有替换原来的文件" in printed
    assert made.read_bytes() == before and [made] == list(made.parent.iterdir())


def test_a_paragraph_lost_is_caught(
    workplace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    original = render.paragraph

    def faulty(style: str, content: str, *more: str) -> str:
        return "" if "收入合计" in content else original(style, content, *more)

    monkeypatch.setattr(render, "paragraph", faulty)
    assert main(["report", "2022"]) == 1
    assert "错误 R401 " in capsys.readouterr().err


def changed(data: bytes, changes: dict[str, Callable[[bytes], bytes]]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, changes[name](part) if name in changes else part)
    return buffer.getvalue()


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda part: BOMB + part[part.index(b"<w:document") :], "不允许的声明"),
        (lambda part: part[: len(part) // 2], "已损坏"),
        (lambda part: b"<a/>", "没有正文"),
    ],
)
def test_a_hostile_file_is_refused(report_2022: bytes, change: Callable[[bytes], bytes], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        read_docx(changed(report_2022, {"word/document.xml": change}))


def test_a_file_that_unfolds_without_end_is_refused(report_2022: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opc, "MOST_UNPACKED", 500_000)
    with pytest.raises(UsageError, match="过大"):
        read_docx(report_2022)


@pytest.mark.parametrize("data", [b"", b"PK", b"not a zip", b"\xd0\xcf\x11\xe0 an old .doc"])
def test_what_is_no_docx_is_refused(data: bytes) -> None:
    with pytest.raises(UsageError, match="不是有效的Word文件"):
        read_docx(data)


def test_what_only_the_file_shows(report_2022: bytes) -> None:
    def marked(part: bytes) -> bytes:
        text = part.decode()
        run_ = '<w:r><w:rPr><w:rFonts w:eastAsia="宋体"/><w:vanish/></w:rPr><w:t>批注</w:t><w:commentReference w:id="0"/></w:r>'
        return text.replace("</w:body>", f'<w:p><w:ins w:id="1">{run_}</w:ins></w:p></w:body>').encode()

    look = read_docx(changed(report_2022, {"word/document.xml": marked})).look
    assert look is not None
    assert (look.revisions, look.comments, look.hidden, look.fonts) == (1, 1, 1, ("宋体",))
    clean = read_docx(report_2022).look
    assert clean is not None
    assert (clean.revisions, clean.comments, clean.hidden, clean.fonts) == (0, 0, 0, ())
    assert clean.number_restarts == (1,) and clean.numbered_footers == 2


_PARTED = b'</w:tbl><w:p><w:pPr><w:pStyle w:val="SectionEnd"/></w:pPr></w:p><w:tbl>'


@pytest.mark.parametrize(
    ("between", "tables"),
    [
        (_PARTED, 13),
        (_PARTED.replace(b"</w:pPr>", b"</w:pPr><w:r><w:t>\xe6\xb3\xa8</w:t></w:r>"), 14),
        (_PARTED.replace(b"SectionEnd", b"BodyGW"), 14),
    ],
    ids=["as written", "words between", "another style"],
)
def test_a_form_that_goes_on_in_a_second_table_is_one(report_2022: bytes, between: bytes, tables: int) -> None:
    assert zipfile.ZipFile(BytesIO(report_2022)).read("word/document.xml").count(_PARTED) == 1
    read = read_docx(changed(report_2022, {"word/document.xml": lambda xml: xml.replace(_PARTED, between)}))
    assert len(read.tables) == tables
    form = next(table for table in read.tables if "整体绩效" in table.caption)
    assert (("一级指标", "二级指标", "三级指标", "指标值", "指标值说明") in form.rows) == (tables == 13)
    assert form.columns == ((),) * 5


def body(*blocks: str) -> bytes:
    """A file as another program might write it: no styles part, outline levels on the paragraphs."""
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{name}"><w:body>{"".join(blocks)}</w:body></w:document>'
        )
    return buffer.getvalue()


def paragraph(text: str, level: int | None = None) -> str:
    outline = f'<w:pPr><w:outlineLvl w:val="{level}"/></w:pPr>' if level is not None else ""
    return f"<w:p>{outline}<w:r><w:t>{text}</w:t></w:r></w:p>"


def table(rows: Iterable[Iterable[str]], header: int) -> str:
    def cell(text: str) -> str:
        span = f'<w:tcPr><w:gridSpan w:val="{text.count("+") + 1}"/></w:tcPr>' if "+" in text else ""
        goes_on = "<w:tcPr><w:vMerge/></w:tcPr>" if text == "^" else ""
        return f"<w:tc>{span}{goes_on}{paragraph('' if text == '^' else text.strip('+'))}</w:tc>"

    made = [
        f"<w:tr>{'<w:trPr><w:tblHeader/></w:trPr>' if number < header else ''}{''.join(map(cell, row))}</w:tr>"
        for number, row in enumerate(rows)
    ]
    grid = '<w:gridCol w:w="1000"/>' * 3
    return f"<w:tbl><w:tblGrid>{grid}</w:tblGrid>{''.join(made)}</w:tbl>"


def test_a_file_of_another_program() -> None:
    reading = read_docx(
        body(
            paragraph("某局2024年部门预算"), paragraph("目 录"), paragraph("一、概况"), paragraph("第一部分 概况", 0), paragraph("正文。"),
            paragraph("部门支出预算表", 1), paragraph("部门：某局 单位：万元"),
            table([["科目", "金额+"], ["^", "基本", "项目"], ["合计", "1.00", "2.00"]], 2), paragraph("备注：无。"), paragraph("后记。"),
        )
    )  # fmt: skip
    assert reading.cover == ("某局2024年部门预算",)
    assert [line.text for line in reading.contents] == ["一、概况"]
    [found] = reading.tables
    assert isinstance(found, ReadTable)
    assert (found.caption, found.headline, found.notes) == ("部门支出预算表", "部门：某局 单位：万元", ("备注：无。",))
    assert found.columns == (("科目",), ("金额", "基本"), ("金额", "项目"))
    assert found.rows == (("合计", "1.00", "2.00"),)
    assert [item.text for item in reading.paragraphs] == ["正文。", "后记。"]


def test_what_was_deleted_or_lies_deeper() -> None:
    """A text box is words of its paragraph, a table in a cell words of the cell; what a style once was is no matter."""
    box = "<w:r><w:txbxContent><w:p><w:pPr><w:jc w:val='right'/></w:pPr><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></w:r>"
    inner = table([["甲", "乙", "丙"]], 0)
    once = "<w:pPr><w:pPrChange><w:pPr><w:outlineLvl w:val='0'/></w:pPr></w:pPrChange></w:pPr>"
    reading = read_docx(
        body(
            paragraph("第一部分 概况", 0), f"<w:p>{once}<w:r><w:t>前</w:t></w:r>{box}<w:r><w:t>后</w:t></w:r></w:p>", paragraph("正文级", 9),
            f"<w:sdt><w:sdtContent><w:tbl><w:tblGrid/><w:tr><w:tc>{paragraph('外')}{inner}</w:tc><w:tc>{box}{paragraph('3')}</w:tc>"
            "</w:tr></w:tbl></w:sdtContent></w:sdt>",
        )
    )  # fmt: skip
    assert [item.text for item in reading.paragraphs] == ["前\n框后", "正文级"]
    [found] = reading.tables
    assert found.rows == (("外\n甲\n乙\n丙", "框\n3"),) and found.cells == (2,)
    assert reading.look is not None and reading.look.revisions == 1


@pytest.mark.parametrize("change", [
    lambda text: text.replace("w:", "word:").replace("xmlns:w=", "xmlns:word="),
    lambda text: text.replace("schemas.openxmlformats.org/wordprocessingml/2006/main", "purl.oclc.org/ooxml/wordprocessingml/main"),
    lambda text: text.encode("utf-16"),
    lambda text: text.replace("<w:p>", "<w:p><!-- 注 --><?x y?>").replace("金额", "<![CDATA[金额]]>"),
])  # fmt: skip
def test_the_same_words_in_other_xml(change: Callable[[str], str | bytes]) -> None:
    """Another prefix, the strict namespace, another encoding, comments: what is written is what counts."""
    data = body(
        paragraph("第一部分 概况", 0),
        paragraph("金额1.00万元。"),
        table([["科目", "金额+"], ["合计", "1.00", "2.00"]], 1),
    )

    def other(part: bytes) -> bytes:
        done = change(part.decode())
        return done if isinstance(done, bytes) else done.encode()

    assert read_docx(changed(data, {"word/document.xml": other})) == read_docx(data)


@pytest.mark.parametrize("value", ["", "x", "-1", "99999999999999999999", "٣"])
def test_a_wild_number_is_no_traceback(value: str) -> None:
    cell = f"<w:tc><w:tcPr><w:gridSpan w:val='{value}'/></w:tcPr>{paragraph('1.00')}</w:tc>"
    grid = f"<w:tblGrid><w:gridCol w:w='{value}'/></w:tblGrid>"
    size = f"<w:sectPr><w:pgSz w:w='{value}'/><w:pgMar w:left='{value}'/><w:pgNumType w:start='{value}'/></w:sectPr>"
    reading = read_docx(body(paragraph("表", 0), f"<w:tbl>{grid}<w:tr>{cell}</w:tr></w:tbl>", size))
    assert reading.tables[0].rows[0][0] == "1.00"
