"""The contents' page numbers are LibreOffice's pages, on the real document and on many varied ones."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from generator.model.document import Document, TableBlock
from generator.render.docx.render import Rendered, render_docx
from tests import docx_reading, libreoffice, varied
from tests.conftest import ROOT
from tests.runs import Run, run

SEEDS = range(40)


def printed_pages(document: Document, data: bytes) -> dict[str, int]:
    """Anchor → the page number the contents show, read from the file."""
    lines = [text for style, text in docx_reading.paragraphs(data) if style.startswith("Contents") and "\t" in text]
    assert len(lines) == len(document.entries)
    found = {}
    for entry, line in zip(document.entries, lines, strict=True):
        title, page = line.replace("\n", "").split("\t")
        assert title == entry.text
        assert re.fullmatch(r"\d+", page)
        found[entry.anchor] = int(page)
    return found


@pytest.mark.libreoffice
@pytest.mark.slow
def test_pages_of_the_real_document_are_those_libreoffice_counts(
    run_2022: Run, rendered_2022: Rendered, tmp_path: Path
) -> None:
    assert run_2022.document is not None
    file = tmp_path / "report.docx"
    file.write_bytes(rendered_2022.data)
    [pdf] = libreoffice.convert([file], tmp_path)
    pages = libreoffice.bookmark_pages(pdf)
    printed = printed_pages(run_2022.document, rendered_2022.data)
    assert printed == {anchor: pages[anchor] for anchor in printed}
    assert libreoffice.page_count(pdf) == rendered_2022.pages + 3  # the cover and two pages of contents


@pytest.mark.libreoffice
@pytest.mark.slow
def test_pages_of_varied_documents_are_those_libreoffice_counts(tmp_path: Path) -> None:
    documents: dict[Path, tuple[Document, Rendered]] = {}
    for seed in SEEDS:
        data = tmp_path / f"data-{seed}"
        varied.make(seed, data)
        done = run(data, ROOT / "templates", "yibin", 2022)
        assert done.document is not None and done.profile is not None, [str(problem) for problem in done.problems]
        rendered = render_docx(done.document, done.profile.master)
        file = tmp_path / f"{seed}.docx"
        file.write_bytes(rendered.data)
        documents[file] = done.document, rendered
    pdfs = libreoffice.convert(list(documents), tmp_path)
    wrong = []
    for pdf, (document, rendered) in zip(pdfs, documents.values(), strict=True):
        pages = libreoffice.bookmark_pages(pdf)
        for anchor, page in printed_pages(document, rendered.data).items():
            if pages[anchor] != page:
                wrong.append((pdf.stem, anchor, page, pages[anchor], rendered.remarks))
                break
    assert not wrong
    assert sum(rendered.pages for _, rendered in documents.values()) > 800


@pytest.mark.libreoffice
@pytest.mark.slow
def test_a_cell_higher_than_a_page_is_printed_whole(run_2022: Run, tmp_path: Path) -> None:
    document = run_2022.document
    assert document is not None
    words = "甲乙丙丁戊己庚辛壬癸，" * 160
    at = next(
        index
        for index, block in enumerate(document.blocks)
        if isinstance(block, TableBlock) and "整体" in block.caption
    )
    table = document.blocks[at]
    assert isinstance(table, TableBlock)
    rows = tuple(
        row._replace(texts=(*row.texts[:-1], words)) if "专项资金细化率" in row.texts else row for row in table.rows
    )
    assert rows != table.rows
    document = document._replace(blocks=(*document.blocks[:at], table._replace(rows=rows), *document.blocks[at + 1 :]))
    file = tmp_path / "report.docx"
    assert run_2022.profile is not None
    file.write_bytes(render_docx(document, run_2022.profile.master).data)
    [pdf] = libreoffice.convert([file], tmp_path)
    said = subprocess.run(["pdftotext", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    assert said.count("癸") == 160
    pages, printed = libreoffice.bookmark_pages(pdf), printed_pages(document, file.read_bytes())
    assert printed == {anchor: pages[anchor] for anchor in printed}
