"""Two finished files as one with tracked changes: accepted it is the new one, rejected the old one, whoever made them."""

from __future__ import annotations

import random
import re
import shutil
import struct
import zipfile
import zlib
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openxml_audit import OpenXmlValidator

from generator.cli import main
from generator.compare import compare, compare_words
from generator.model.comparison import Mark
from generator.model.problem import UsageError
from generator.opc import Package
from generator.render.docx.marked import Marked, mark_files
from generator.render.docx.revision import Stretch, ends_of
from generator.work.redline import Side, redlined
from tests import docx_reading, libreoffice, tracked, varied
from tests.conftest import seeds, some
from tests.docx_reading import W
from tests.render.docx.test_redline import (
    CHANGES,
    WHO,
    Change,
    changed,
    composed,
    edit,
    marked,
    plain,
    read,
    together,
    valid,
)  # fmt: skip
from tests.runs import Run

__all__ = ["changed"]  # a fixture
Edit = Callable[[str], str]


def redline(old: bytes, new: bytes) -> bytes:
    return mark(old, new).data


def mark(old: bytes, new: bytes) -> Marked:
    return mark_files(Package(old), Package(new), (compare, compare_words), WHO)


def lines(data: bytes) -> list[object]:
    """Every paragraph and row that says something; the paragraphs of a cell one by one."""
    found: list[object] = []
    for item in docx_reading.body_of(data).iter():
        if item.tag == f"{W}tr":
            found.append(len(item.findall(f"{W}tc")))
        elif item.tag == f"{W}p" and (text := docx_reading.text_of(item)):
            found.append(text)
    return found


def prove(old: bytes, new: bytes) -> bytes:
    """The redline of two files, proved."""
    data = redline(old, new)
    assert lines(tracked.accepted(data)) == lines(new)
    assert lines(tracked.rejected(data)) == lines(old)
    return data


def prove_runs(old: Run, new: Run) -> bytes:
    """The same of two departments' documents. What a merged cell says again on a new page is left out."""
    assert old.document is not None and new.document is not None
    data = redline(plain(old), plain(new))
    assert read(tracked.accepted(data), new.document) == read(plain(new), new.document)
    got, meant = (read(file, old.document) for file in (tracked.rejected(data), plain(old)))
    assert [line for line in got if line[1]] == [line for line in meant if line[1]]
    return data


QUICK = ("reason",)


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=() if name in QUICK else (pytest.mark.slow,)) for name in CHANGES]
)
def test_accepted_and_rejected(name: str, changed: Callable[[Change], tuple[Run, Run]], tmp_path: Path) -> None:
    old, new = changed(CHANGES[name])
    data, _ = prove_runs(old, new), prove_runs(new, old)
    if name == "together":  # an audit takes two seconds
        valid(data, tmp_path / "redline.docx")


@pytest.mark.parametrize("seed", seeds(5, 1, 50))
def test_one_department_into_another(seed: int, tmp_path: Path) -> None:
    varied.make(300 + seed, tmp_path / "old")
    varied.make(400 + seed, tmp_path / "new")
    data = prove_runs(composed(tmp_path / "old"), composed(tmp_path / "new"))
    if seed:  # an audit takes two seconds
        valid(data, tmp_path / "redline.docx")


@pytest.mark.parametrize("seed", seeds(8, 1, 100))
def test_a_department_edited(seed: int, tmp_path: Path) -> None:
    varied.make(500 + seed, tmp_path / "old")
    shutil.copytree(tmp_path / "old", tmp_path / "new")
    edit(random.Random(seed), tmp_path / "new" / "2022")
    prove_runs(composed(tmp_path / "old"), composed(tmp_path / "new"))


def edited(data: bytes, change: Edit, part: str = "word/document.xml") -> bytes:
    """A file with one of its parts changed by hand."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as archive, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name in archive.namelist():
            content = archive.read(name)
            if name == part:
                after = change(content.decode()).encode()
                assert after != content
                content = after
            made.writestr(name, content)
    return buffer.getvalue()


def found(xml: str, tag: str, word: str) -> str:
    return next(item[0] for item in re.finditer(rf"<w:{tag}[ >](?:(?!</w:{tag}>).)*</w:{tag}>", xml) if word in item[0])


def row_lost(xml: str) -> str:
    return xml.replace(found(xml, "tr", "行政运行"), "", 1)


def row_gained(xml: str) -> str:
    row = found(xml, "tr", "行政运行")
    return xml.replace(row, row + row.replace("行政运行", "事业运行").replace("147.71", "9.99"), 1)


def cell_changed(xml: str) -> str:
    return xml.replace(">118.57<", ">119.57<", 1)


def paragraph_lost(xml: str) -> str:
    return xml.replace(found(xml, "p", "负责医疗救助工作"), "", 1)


def paragraph_gained(xml: str) -> str:
    paragraph = found(xml, "p", "负责医疗救助工作")
    return xml.replace(paragraph, paragraph + paragraph.replace("医疗救助", "异地就医"), 1)


def heading_renamed(xml: str) -> str:
    place = xml.rindex("支出预算总体情况说明")
    return xml[:place] + xml[place:].replace("总体情况", "安排", 1)


def column_gained(xml: str) -> str:
    table = found(xml, "tbl", "行政运行")
    wider = re.sub(r"(<w:tc>(?:(?!</w:tc>).)*</w:tc>)</w:tr>", r"\1\1</w:tr>", table)
    return xml.replace(table, re.sub("(<w:gridCol[^>]*/>)</w:tblGrid>", r"\1\1</w:tblGrid>", wider))


@pytest.mark.parametrize(
    ("change", "most"),
    [(row_gained, 50), pytest.param(cell_changed, 12, marks=pytest.mark.slow), pytest.param(heading_renamed, 12, marks=pytest.mark.slow),
     *(pytest.param(change, most, marks=pytest.mark.slow)
       for change, most in ((row_lost, 50), (paragraph_lost, 12), (paragraph_gained, 15), (column_gained, 1700)))],
)  # fmt: skip
def test_edited_by_hand(report_2022: bytes, change: Edit, most: int, tmp_path: Path) -> None:
    """``most``: so many letters at most are marked."""
    other = edited(report_2022, change)
    files = [prove(report_2022, other)]
    if change in (column_gained, heading_renamed):  # what is lost one way is gained the other: the others are pairs
        files.append(prove(other, report_2022))
    for file in files:
        assert 0 < sum(map(len, marked(file, "ins") + marked(file, "del"))) <= most
    if change is column_gained:  # an audit takes a second
        valid(files[0], tmp_path / "redline.docx")


def test_nothing_is_marked_where_nothing_changed(report_2022: bytes) -> None:
    data = redline(report_2022, report_2022)
    with zipfile.ZipFile(BytesIO(data)) as one, zipfile.ZipFile(BytesIO(report_2022)) as other:
        assert one.namelist() == other.namelist()
        for name in one.namelist():
            same = (
                (docx_reading.ElementTree.canonicalize(file.read(name)) for file in (one, other))
                if name.endswith(".xml")
                else (file.read(name) for file in (one, other))
            )
            assert len(set(same)) == 1, name
    assert data == redline(report_2022, report_2022)


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


PICTURE = b"\x89PNG\r\n\x1a\n" + b"".join(
    (
        chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)),
        chunk(b"IDAT", zlib.compress(b"\0\0")),
        chunk(b"IEND", b""),
    )
)
COUNTED = f"""<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:t>{{page}}</w:t></w:r></w:fldSimple>"""
SIGN = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
CODE = '<w:r><w:instrText xml:space="preserve"> {} </w:instrText></w:r>'.format


def contents(page: str) -> str:
    """A contents list as Word makes one: a field over several paragraphs, with a field for each page number."""
    lines = [
        f'<w:hyperlink w:anchor="{anchor}" w:history="1"><w:r><w:t>{title}</w:t></w:r><w:r><w:tab/></w:r>{SIGN("begin")}'
        f"{CODE(f'PAGEREF {anchor}')}{SIGN('separate')}<w:r><w:t>{page}</w:t></w:r>{SIGN('end')}</w:hyperlink>"
        for anchor, title in (("_Toc1", "一、概况"), ("_Toc2", "二、附表"))
    ]
    begin = f"{SIGN('begin')}{CODE('TOC')}{SIGN('separate')}"
    return (
        f'<w:sdt {nsdecls("w")}><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/>'
        f"</w:docPartObj></w:sdtPr><w:sdtContent><w:p>{begin}{lines[0]}</w:p><w:p>{lines[1]}</w:p>"
        f"<w:p>{SIGN('end')}</w:p></w:sdtContent></w:sdt>"
    )


def elsewhere(
    words: Sequence[str], rows: Sequence[Sequence[str]], page: str = "1", header: str = "甲县财政局"
) -> bytes:
    """A file that python-docx makes: other styles, a header, a contents list, a picture, tables without header rows."""
    file = docx.Document()
    file.sections[0].header.paragraphs[0].text = header
    file.sections[0].footer.paragraphs[0]._p.append(parse_xml(COUNTED.format(page=page)))
    file.element.body.insert(0, parse_xml(contents(page)))
    file.add_heading("一、概况", 1)
    for text in words:
        paragraph = file.add_paragraph(style="List Bullet")
        paragraph.add_run(text[:3]).bold = True
        paragraph.add_run(text[3:])
    file.add_picture(BytesIO(PICTURE))
    table = file.add_table(0, len(rows[0]), style="Table Grid")
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text, *more = text.split("\n")
            for line in more:
                cell.add_paragraph(line)
    table.cell(0, 0).merge(table.cell(0, 1))
    file.add_paragraph("完")
    buffer = BytesIO()
    file.save(buffer)
    return buffer.getvalue()


ROWS = (("科目", "", "金额"), ("201", "教育", "1.00"), ("208", "社保\n就业", "2,000.50"), ("210", "卫生", "3.00"))
WORDS = ("负责全县教育经费的管理。", "负责社会保障工作。", "完成上级交办的其他工作任务。")


def faults(data: bytes, file: Path) -> list[str]:
    """What an audit finds; python-docx's own template is not without fault."""
    file.write_bytes(data)
    return [str(error) for error in OpenXmlValidator().validate(file).errors]


@pytest.mark.slow
def test_a_redline_of_a_file_from_elsewhere_has_no_other_faults(tmp_path: Path) -> None:
    old, new = elsewhere(WORDS, ROWS), elsewhere(WORDS, (*ROWS[:2], *ROWS[3:]), "2", "乙县财政局")
    assert faults(redline(old, new), tmp_path / "redline.docx") == faults(new, tmp_path / "new.docx")


@pytest.mark.parametrize(
    ("words", "rows"),
    some(
        [
            (WORDS, (*ROWS[:2], *ROWS[3:])),
            (WORDS, (*ROWS[:2], ("208", "救助", "2,000.50"), ROWS[3])),
            (("负责全县教育资金的使用管理。新增一句。", "全新的一段话。", *WORDS[1:]), ROWS),
            (WORDS, (*ROWS, ("221", "住房", "4.00"))),
            (WORDS, (*ROWS[:2], ("208", "社保", "2,001.50"), ROWS[3])),
            (WORDS, (*ROWS[:2], ("208", "社保\n就业\n优抚", "2,000.50"), ROWS[3])),
            (WORDS, tuple((*row, "备注") for row in ROWS)),
            ((*WORDS[:2], "负责农村道路的日常养护。", WORDS[2]), ROWS),
            (WORDS[:1], ROWS),
        ],
        3,
    ),
)
def test_a_file_from_elsewhere_keeps_its_look(words: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    old, new = elsewhere(WORDS, ROWS), elsewhere(words, rows, "2", "乙县财政局")
    data, _ = prove(old, new), prove(new, old)
    with zipfile.ZipFile(BytesIO(data)) as made, zipfile.ZipFile(BytesIO(new)) as source:
        assert made.namelist() == source.namelist()
        touched = [name for name in made.namelist() if made.read(name) != source.read(name)]
        assert {"word/document.xml"} <= set(touched) <= {"word/document.xml", "word/header1.xml"}
        header = made.read("word/header1.xml").decode()
        assert re.findall("<w:(?:t|delText)[^>]*>([^<]*)<", header) == ["甲", "乙", "县财政局"]
        xml, meant = made.read("word/document.xml").decode(), source.read("word/document.xml").decode()
    for kept in ("<w:sectPr", "<w:drawing", "<w:sdt>", "w:anchor=", "<w:instrText", '"ListBullet"'):
        assert xml.count(kept) >= meant.count(kept) > 0, kept
    field = re.search(
        r"<w:del [^>]*><w:r><w:delText[^>]*>1</w:delText></w:r></w:del><w:ins [^>]*>.*?</w:ins>", xml, re.DOTALL
    )
    assert field and "PAGEREF" in field[0] and field[0].count("<w:fldChar ") == 3, "a field is marked whole"


def test_the_bold_part_of_a_word_stays_bold() -> None:
    data = redline(elsewhere(WORDS, ROWS), elsewhere(("主管全县教育经费的管理。", *WORDS[1:]), ROWS))
    xml = docx_reading.ElementTree.tostring(docx_reading.body_of(data), encoding="unicode")
    bold = re.findall(r"<ns0:rPr><ns0:b /></ns0:rPr><ns0:(?:t|delText)[^>]*>([^<]+)<", xml)
    assert bold == ["负责", "主管", "全", "负责社", "完成上"]


def test_a_gone_picture_leaves_the_words_about_it() -> None:
    old = elsewhere(WORDS, ROWS)
    data = redline(
        old, edited(old, lambda xml: re.sub("<w:r><w:drawing>.*?</w:drawing></w:r>", "", xml, flags=re.DOTALL))
    )
    assert lines(tracked.rejected(data)) == lines(old)
    assert not marked(data, "del")


KEPT, GONE, ADDED = Mark


@pytest.mark.parametrize(
    ("paragraphs", "ends"),
    [
        ([(KEPT, ADDED, ""), (ADDED, ADDED, ""), (ADDED, ADDED, ""), (KEPT, KEPT, "")], [ADDED, ADDED, KEPT, KEPT]),
        ([(KEPT, GONE, ""), (GONE, GONE, ""), (KEPT, KEPT, "")], [GONE, KEPT, KEPT]),
        ([(KEPT, KEPT, ""), (ADDED, ADDED, "")], [KEPT, ADDED]),
        ([(KEPT, GONE, ""), (ADDED, ADDED, "")], [KEPT, ADDED]),
        ([(KEPT, ADDED, "Heading"), (ADDED, ADDED, "Body")], [KEPT, ADDED]),
    ],
)
def test_ends_beside_what_came_or_went(paragraphs: list[tuple[Mark, Mark, str]], ends: list[Mark]) -> None:
    assert ends_of([Stretch(*paragraph) for paragraph in paragraphs]) == ends


def tabled(cells: str) -> bytes:
    """A file with one more table, of two columns."""
    grid = '<w:tblGrid><w:gridCol w:w="800"/><w:gridCol w:w="800"/></w:tblGrid>'
    table = f"<w:tbl><w:tblPr/>{grid}{cells}</w:tbl><w:p/><w:sectPr"
    return edited(elsewhere(WORDS, ROWS), lambda xml: xml.replace("<w:sectPr", table, 1))


def test_rows_that_went_still_hang_on_their_merged_cell() -> None:
    def row(merge: str, top: str, text: str) -> str:
        said = "<w:tc><w:tcPr>{}</w:tcPr><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
        return f"<w:tr>{said.format(merge, top)}{said.format('', text)}</w:tr>"

    begin, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    old, new = tabled(row(begin, "甲", "一") + row(on, "", "二")), tabled(row("", "甲", "一"))
    data = prove(old, new)
    merges = [item.get(f"{W}val", "") for item in docx_reading.body_of(tracked.rejected(data)).iter(f"{W}vMerge")]
    assert merges == ["restart", ""]
    assert marked(data, "del") == ["二"]


def test_two_tables_never_touch() -> None:
    rows = tuple((*row, "备注") for row in ROWS)
    for old, new in ((ROWS, rows), (rows, ROWS)):
        tags = [item.tag for item in docx_reading.body_of(redline(elsewhere(WORDS, old), elsewhere(WORDS, new)))]
        assert tags.count(f"{W}tbl") == 2 and (f"{W}tbl", f"{W}tbl") not in zip(tags, tags[1:], strict=False)


def test_a_table_inside_a_cell() -> None:
    inner = "<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc><w:tcPr/><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p/>"
    row = "<w:tr><w:tc><w:tcPr/><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc><w:tc><w:tcPr/>{}</w:tc></w:tr>"
    old, new = (tabled(row.format(inner.format(text))) for text in ("小表一", "小表二"))
    data = prove(old, new)
    assert marked(data, "ins") and sum(map(len, marked(data, "ins"))) <= 3


def test_a_merged_cell_said_again_on_a_new_page_is_no_change() -> None:
    cell = '<w:tcPr><w:tcW w:w="800" w:type="dxa"/><w:vMerge{}/></w:tcPr><w:p><w:r><w:t>{}</w:t></w:r></w:p>'
    whole, parted = (
        "".join(f"<w:tr><w:tc>{cell.format(*top)}</w:tc><w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc></w:tr>" for top, text in rows)
        for rows in (
            (((' w:val="restart"', "甲"), "一"), (("", ""), "二"), (("", ""), "三")),
            (((' w:val="restart"', "甲"), "一"), (("", ""), "二"), ((' w:val="restart"', "甲"), "三")),
        )
    )  # fmt: skip
    old, new = tabled(whole), tabled(parted)
    for data in (redline(old, new), redline(new, old)):
        assert not marked(data, "ins") and not marked(data, "del")


TRACKED = '<w:ins w:id="9" w:author="x"><w:r><w:t>完</w:t></w:r></w:ins>'


@pytest.mark.parametrize("part", ["word/document.xml", "word/header1.xml"])
def test_tracked_changes_are_settled_first(part: str) -> None:
    clean = elsewhere(WORDS, ROWS)
    other = edited(clean, lambda xml: xml.replace("</w:p>", f"{TRACKED}</w:p>", 1), part)
    for old, new, side in ((clean, other, "现在"), (other, clean, "原来")):
        with pytest.raises(UsageError, match=f"{side}的文件里已有修订痕迹"):
            redline(old, new)


@pytest.mark.slow
@pytest.mark.libreoffice
def test_libreoffice_comes_to_the_same(changed: Callable[[Change], tuple[Run, Run]], tmp_path: Path) -> None:
    """Files that LibreOffice wrote, settled by LibreOffice: only page numbers differ, which it counts again."""
    old, new = changed(together)
    pairs = [
        (plain(old), plain(new)),
        (elsewhere(WORDS, ROWS), elsewhere(WORDS[::2], (*ROWS[:2], ("208", "救助\n\n甲", "1.00")))),
    ]
    pairs += [(elsewhere(WORDS, ROWS), elsewhere((f"{WORDS[0]}新增一句", "全新的一段话。", *WORDS[1:]), ROWS))]
    for number, pair in enumerate(pairs):
        for name, data in zip(("old", "new"), pair, strict=True):
            (tmp_path / f"{name}{number}.docx").write_bytes(data)
    files = [tmp_path / f"{name}{number}.docx" for number in range(len(pairs)) for name in ("old", "new")]
    rewritten = libreoffice.rewritten(files, tmp_path)
    pairs += zip(rewritten[::2], rewritten[1::2], strict=True)
    redlines = [tmp_path / f"redline{number}.docx" for number in range(len(pairs))]
    for number, (before, after) in enumerate(pairs):
        redlines[number].write_bytes(prove(before, after) if number else redline(before, after))
    libreoffice.convert(redlines, tmp_path)
    for number, (accepted, rejected) in enumerate(libreoffice.settled(redlines, tmp_path)):
        before, after = pairs[number]
        assert said(accepted) == said(after), number
        assert said(rejected) == said(before), number


def said(data: bytes) -> list[object]:
    found = (re.sub(r"\t\d+$", "", line.strip("\n")) if isinstance(line, str) else line for line in lines(data))
    return [line for line in found if line]


def with_box_and_note(data: bytes, box: str, note: str) -> bytes:
    """The document with a text box at its end, and a footnotes part."""
    text = f"<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>{box}</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as archive, zipfile.ZipFile(buffer, "w") as made:
        for name in archive.namelist():
            part = archive.read(name)
            if name == "word/document.xml":
                place = part.rindex(b"<w:sectPr")
                part = part[:place] + f"<w:p>{text}</w:p>".encode() + part[place:]
            made.writestr(name, part)
        made.writestr(
            "word/footnotes.xml", f"<w:footnotes {nsdecls('w')}><w:p><w:r><w:t>{note}</w:t></w:r></w:p></w:footnotes>"
        )
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("box", "note", "differ"),
    [("甲", "一", ()), ("乙", "一", ("文本框",)), ("甲", "二", ("脚注",)), ("乙", "二", ("文本框", "脚注"))],
)
def test_what_differs_without_a_mark_is_said(box: str, note: str, differ: tuple[str, ...]) -> None:
    old, new = (with_box_and_note(elsewhere(WORDS, ROWS), *which) for which in (("甲", "一"), (box, note)))
    made = redlined(Side("旧", old), Side("新", new), WHO)
    assert made.unmarked == differ and made.clean


def test_a_footnote_that_only_one_file_has_is_said(
    report_2022: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("旧.docx").write_bytes(report_2022)
    Path("新.docx").write_bytes(with_box_and_note(report_2022, "", "一"))
    assert main(["redline", "旧.docx", "新.docx", "-o", "修订稿.docx"]) == 0
    assert "脚注有改动，修订稿没有标出，请自己核对。\n" in capsys.readouterr().out
