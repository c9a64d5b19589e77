"""A file that another program saved again without an edit is no change."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.difference.compare import compare
from generator.model.difference import State
from generator.readback.docx import read_docx
from generator.work.redline import Side, redlined
from tests import libreoffice, varied
from tests.made_files import made, paragraph, run
from tests.render.docx.test_redline import WHO, composed, plain


def assert_the_same(old: bytes, new: bytes) -> None:
    for one, other in ((old, new), (new, old)):
        difference = compare(State("旧", 0, {}, reading=read_docx(one)), State("新", 0, {}, reading=read_docx(other)))
        assert difference.empty, difference[2:]
        redline = redlined(Side("旧", one), Side("新", other), WHO)
        assert redline.clean and not redline.unmarked


def table(*rows: tuple[tuple[str, str], ...]) -> bytes:
    """Rows of cells, each with its text and how it is merged: "" not, ^ begins, | goes on."""
    merges = {"": "", "^": '<w:vMerge w:val="restart"/>', "|": "<w:vMerge/>"}

    def cell(text: str, merge: str) -> str:
        said = paragraph(text) if text else "<w:p/>"
        return f"<w:tc><w:tcPr>{merges[merge]}</w:tcPr>{said}</w:tc>"

    inside = "".join(f"<w:tr>{''.join(cell(*one) for one in row)}</w:tr>" for row in rows)
    return made(f"<w:tbl><w:tblGrid><w:gridCol/><w:gridCol/><w:gridCol/></w:tblGrid>{inside}</w:tbl>{paragraph('完')}")


FIRST = (("甲", "^"), ("一", "^"), ("1", "")), (("", "|"), ("", "|"), ("2", ""))


def test_a_merge_that_begins_again_for_one_row_may_be_saved_as_no_merge() -> None:
    assert_the_same(
        table(*FIRST, (("甲", "^"), ("一", "^"), ("3", ""))), table(*FIRST, (("甲", ""), ("一", ""), ("3", "")))
    )
    assert_the_same(
        table(*FIRST, (("", "|"), ("", "|"), ("3", ""))), table(*FIRST, (("甲", ""), ("一", ""), ("3", "")))
    )
    then = (("", "|"), ("", "|"), ("4", ""))
    assert_the_same(
        table(*FIRST, (("甲", "^"), ("一", "^"), ("3", "")), then),
        table(*FIRST, (("甲", ""), ("一", "^"), ("3", "")), then),
    )


@pytest.mark.parametrize("last", [(("乙", ""), ("一", ""), ("3", "")), (("甲", ""), ("二", ""), ("3", ""))])
def test_other_words_below_a_merge_are_another_row(last: tuple[tuple[str, str], ...]) -> None:
    old, new = table(*FIRST, (("甲", ""), ("一", ""), ("3", ""))), table(*FIRST, last)
    assert not redlined(Side("旧", old), Side("新", new), WHO).clean
    assert not compare(State("旧", 0, {}, reading=read_docx(old)), State("新", 0, {}, reading=read_docx(new))).empty


NEW_PAGE = '<w:r><w:br w:type="page"/></w:r>'


@pytest.mark.parametrize(
    "saved",
    [
        paragraph("甲。") + paragraph(NEW_PAGE + run("乙。")),
        paragraph(run("甲。") + NEW_PAGE) + paragraph("乙。"),
        paragraph("甲。") + "<w:p/>" + paragraph("乙。") + "<w:p/><w:p/>",
        paragraph("甲。") + paragraph(NEW_PAGE) + paragraph("乙。"),
        "<w:p><w:r><w:t/></w:r></w:p>" + paragraph("甲。") + paragraph("乙。"),
    ],
)
def test_blank_paragraphs_and_where_pages_begin_are_no_words(saved: str) -> None:
    assert_the_same(made(paragraph("甲。") + paragraph("乙。")), made(saved))


@pytest.mark.slow
@pytest.mark.libreoffice
def test_libreoffice_saves_departments_again(report_2022: bytes, tmp_path: Path) -> None:
    files = [report_2022]
    for seed in range(600, 605):
        varied.make(seed, tmp_path / str(seed))
        files.append(plain(composed(tmp_path / str(seed))))
    paths = [tmp_path / f"{number}.docx" for number in range(len(files))]
    for path, data in zip(paths, files, strict=True):
        path.write_bytes(data)
    for data, again in zip(files, libreoffice.rewritten(paths, tmp_path), strict=True):
        assert_the_same(data, again)
