"""The file itself: valid, closed in itself, the same bytes everywhere, and quiet when opened."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from openxml_audit import OpenXmlValidator

from generator.render.docx.style_sheet import read_styles
from tests import docx_reading
from tests.conftest import ROOT, Golden, bring
from tests.docx_reading import W
from tests.runs import Run


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return archive.read(name)


def test_the_document_is_valid(report_2022: bytes, tmp_path: Path) -> None:
    file = tmp_path / "report.docx"
    file.write_bytes(report_2022)
    assert [str(error) for error in OpenXmlValidator().validate(file).errors] == []


@pytest.mark.parametrize("profile", ["templates/yibin", "tests/profiles/tiny"])
def test_masters_are_valid(profile: str) -> None:
    assert [str(error) for error in OpenXmlValidator().validate(ROOT / profile / "master.docx").errors] == []


def test_every_row_fills_the_grid(report_2022: bytes) -> None:
    tables = docx_reading.tables(report_2022)
    assert len(tables) == 13
    for caption, table in tables.items():
        columns = [int(column.get(f"{W}w", "")) for column in table.findall(f"{W}tblGrid/{W}gridCol")]
        for row in table.findall(f"{W}tr"):
            place = 0
            for cell in row.findall(f"{W}tc"):
                span = cell.find(f"{W}tcPr/{W}gridSpan")
                count = 1 if span is None else int(span.get(f"{W}val", ""))
                width = cell.find(f"{W}tcPr/{W}tcW")
                assert width is not None
                assert int(width.get(f"{W}w", "")) == sum(columns[place : place + count]), caption
                assert cell[-1].tag == f"{W}p"
                place += count
            assert place == len(columns), caption


def test_header_rows_come_first_and_repeat(report_2022: bytes) -> None:
    for caption, table in docx_reading.tables(report_2022).items():
        flags = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in table.findall(f"{W}tr")]
        assert flags == sorted(flags, reverse=True), caption
        assert any(flags) or "整体绩效" in caption


def test_links_lead_somewhere(report_2022: bytes) -> None:
    body = docx_reading.body_of(report_2022)
    names = [item.get(f"{W}name") for item in body.iter(f"{W}bookmarkStart")]
    links = [item.get(f"{W}anchor") for item in body.iter(f"{W}hyperlink")]
    fields = [(item.text or "").split()[1] for item in body.iter(f"{W}instrText")]
    assert len(names) == len(set(names))
    assert len(links) == 4 + 2 + 10 + 13
    assert links == fields
    assert set(links) <= set(names)


def test_no_question_when_opened(report_2022: bytes) -> None:
    settings = part(report_2022, "word/settings.xml").decode()
    document = part(report_2022, "word/document.xml").decode()
    assert "updateFields" not in settings
    assert "w:dirty" not in document
    assert 'w:name="compatibilityMode"' in settings and 'w:val="15"' in settings


def test_headings_are_headings(report_2022: bytes) -> None:
    styles = ElementTree.fromstring(part(report_2022, "word/styles.xml"))
    names = {style.get(f"{W}styleId"): style for style in styles.findall(f"{W}style")}
    for number in (1, 2, 3):
        name = names[f"Heading{number}"].find(f"{W}name")
        assert name is not None and name.get(f"{W}val") == f"heading {number}"
    used = [style for style, _ in docx_reading.paragraphs(report_2022)]
    assert [used.count(f"Heading{number}") for number in (1, 2, 3)] == [3, 12, 5]
    assert used.count("TableCaption") == 13
    assert names["TableCaption"].find(f"{W}pPr/{W}outlineLvl") is not None


def test_no_trace_of_the_tools(report_2022: bytes) -> None:
    core = part(report_2022, "docProps/core.xml").decode()
    assert "部门预算说明" in core
    with zipfile.ZipFile(BytesIO(report_2022)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist()).lower()
    assert b"python-docx" not in everything
    assert b"thumbnail" not in everything


def make_elsewhere(folder: Path, zone: str, locale: str, seed: str) -> str:
    """The report made by another process in another folder, time zone and locale; its digest."""
    bring(folder)
    environment = {"PYTHONPATH": str(ROOT), "TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": seed, "PATH": "/nowhere"}
    code = "import sys; from generator.cli import main; sys.exit(main(['report', '2022']))"
    subprocess.run([sys.executable, "-c", code], cwd=folder, env=environment, check=True, capture_output=True)
    [made] = (folder / "output" / "2022").glob("*.docx")
    return hashlib.sha256(made.read_bytes()).hexdigest()


def test_same_bytes_everywhere(report_2022: bytes, tmp_path: Path) -> None:
    (tmp_path / "另 一处").mkdir()
    (tmp_path / "b").mkdir()
    one = make_elsewhere(tmp_path / "另 一处", "Asia/Shanghai", "C.UTF-8", "1")
    other = make_elsewhere(tmp_path / "b", "America/New_York", "C", "2")
    assert one == other == hashlib.sha256(report_2022).hexdigest()


def test_styles_of_the_master(run_2022: Run, golden: Golden) -> None:
    """A restyled master shows in review: its styles and paper as text."""
    assert run_2022.profile is not None
    styles = read_styles(part(run_2022.profile.master, "word/styles.xml")).styles
    lines = [f"{name}: {style}" for name, style in sorted(styles.paragraphs.items())]
    document = ElementTree.fromstring(part(run_2022.profile.master, "word/document.xml"))
    for section in document.iter(f"{W}sectPr"):
        for name in ("pgSz", "pgMar"):
            element = section.find(f"{W}{name}")
            assert element is not None
            values = sorted((key.removeprefix(W), value) for key, value in element.attrib.items())
            lines.append(f"{name}: " + " ".join(f"{key}={value}" for key, value in values))
    fonts = ElementTree.fromstring(part(run_2022.profile.master, "word/styles.xml"))
    for style in fonts.findall(f"{W}style"):
        element = style.find(f"{W}rPr/{W}rFonts")
        if element is not None:
            lines.append(f"{style.get(f'{W}styleId')} 字体: {element.get(f'{W}eastAsia')} / {element.get(f'{W}ascii')}")
    golden(ROOT / "tests" / "golden" / "master-styles.txt", "\n".join(lines) + "\n")


def test_document_as_text(report_2022: bytes, golden: Golden) -> None:
    """The whole document as lines a person can review: style, text; tables cell by cell."""
    lines = []
    for item in docx_reading.body_of(report_2022):
        if item.tag == f"{W}p":
            text = docx_reading.text_of(item).replace("\n", "⏎").replace("\t", "→")
            section = item.find(f"{W}pPr/{W}sectPr/{W}pgSz")
            turn = "" if section is None else f" [节 {section.get(f'{W}w')}×{section.get(f'{W}h')}]"
            lines.append(f"{docx_reading.style_of(item)}: {text}{turn}")
        elif item.tag == f"{W}tbl":
            for header in (True, False):
                for row in docx_reading.rows_of(item, header):
                    lines.append(
                        ("表头 | " if header else "  | ") + " | ".join(cell.replace("\n", "⏎") for cell in row)
                    )
    golden(ROOT / "tests" / "golden" / "2022.txt", "\n".join(lines) + "\n")


def test_amounts_stand_right(report_2022: bytes) -> None:
    seen = 0
    for caption, table in docx_reading.tables(report_2022).items():
        for cell in table.iter(f"{W}tc"):
            if re.fullmatch(r"\d+\.\d\d", docx_reading.text_of(cell)):
                seen += 1
                assert docx_reading.style_of(cell.findall(f"{W}p")[0]).endswith("R"), caption
    assert seen > 300
