"""The PDFs that LibreOffice makes of our Word files: PDF/UA by veraPDF, complete, on the pages that the contents name."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from generator.model.document import ChartBlock, Document
from generator.render.docx.render import Rendered, render_docx
from generator.render.pdf.render import RenderedPdf, render_pdf
from tests.conftest import ROOT
from tests.libreoffice import FONTS
from tests.runs import Run, run
from tests.verapdf import Verdict, verdicts

pytestmark = [pytest.mark.libreoffice, pytest.mark.slow]


def _pdf_of(document: Document, word: Rendered) -> RenderedPdf:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FONTCONFIG_FILE", str(FONTS))
        contents = {entry.anchor: entry.text for entry in document.entries}
        return render_pdf(word, contents, [block.alt for block in document.blocks if isinstance(block, ChartBlock)])


@pytest.fixture(scope="module")
def made(run_2022: Run, rendered_2022: Rendered) -> RenderedPdf:
    return _pdf_of(run_2022.document, rendered_2022)


@pytest.fixture(scope="module")
def file(made: RenderedPdf, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pdf") / "made.pdf"
    path.write_bytes(made.data)
    return path


def _figures(reader: PdfReader) -> list[DictionaryObject]:
    objects = (reader.get_object(number) for number in range(1, reader.trailer["/Size"]))
    return [one for one in objects if isinstance(one, DictionaryObject) and one.get("/S") == "/Figure"]


@pytest.mark.verapdf
def test_it_is_accessible_as_pdf_ua_asks(file: Path, tmp_path: Path) -> None:
    """And the judge can say no."""
    spoilt = tmp_path / "spoilt.pdf"
    spoilt.write_bytes(file.read_bytes().replace(b"/Tabs/S ", b"/Tabs(S)"))
    verdict, other = verdicts([file, spoilt])
    assert verdict == Verdict(106, verdict.checks, True, {}) and verdict.checks > 100_000
    assert list(other.failed) == ["7.18.3-1"]


@pytest.mark.verapdf
def test_so_are_charts_other_places_and_final_accounts(charted: Run, tmp_path: Path) -> None:
    others = (("通用", "handbook", 2026), ("上海决算", "shanghai-final", 2024))
    examples = [run(ROOT / "examples" / folder, ROOT / "templates", name, year) for name, folder, year in others]
    files = []
    for one in (charted, *examples):
        files.append(tmp_path / f"{len(files)}.pdf")
        files[-1].write_bytes(_pdf_of(one.document, render_docx(one.document, one.profile.master)).data)
    assert [verdict.failed for verdict in verdicts(files)] == [{}] * 3
    charts = [block.alt for block in charted.document.blocks if isinstance(block, ChartBlock)]
    assert [figure["/Alt"] for figure in _figures(PdfReader(files[0]))] == charts


def test_the_same_words_give_the_same_bytes(made: RenderedPdf, run_2022: Run, rendered_2022: Rendered) -> None:
    assert _pdf_of(run_2022.document, rendered_2022).data == made.data


def test_it_says_what_it_is(file: Path, run_2022: Run) -> None:
    reader = PdfReader(file)
    catalog = reader.trailer["/Root"]
    assert catalog["/Lang"] == "zh-CN"
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert catalog["/MarkInfo"]["/Marked"].value is True
    assert reader.metadata and reader.metadata.title == run_2022.document.title
    assert reader.metadata.creation_date is None
    assert all(page.get("/Tabs") == "/S" for page in reader.pages if "/Annots" in page)


def test_its_pages_are_those_of_the_contents(made: RenderedPdf, file: Path) -> None:
    assert made.pages == len(PdfReader(file).pages)
    assert not [remark for remark in made.remarks if "页" in remark]


def test_all_words_are_in_it(file: Path, run_2022: Run) -> None:
    text = subprocess.run(["pdftotext", "-raw", file, "-"], check=True, capture_output=True, text=True).stdout
    found = "".join(text.split())
    paragraphs = [block.text for block in run_2022.document.blocks if hasattr(block, "runs")]
    assert len(paragraphs) > 30
    assert [words for words in paragraphs if "".join(words.split())[:20] not in found] == []


def test_fonts_that_are_not_there_are_named_with_what_is_printed_for_them(made: RenderedPdf) -> None:
    [remark] = [remark for remark in made.remarks if "字体" in remark]
    assert "“仿宋_GB2312”→Fandol" in remark and "“Times New Roman”→LiberationSerif" in remark
