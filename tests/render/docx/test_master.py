"""A master saved by another program: its styles have other ids, their names are still the same."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.model.problem import UsageError
from generator.render.docx.master import Sheet
from generator.render.docx.render import Rendered, numbered_from_one, render_docx
from tests import libreoffice
from tests.docx_reading import paragraphs
from tests.render.docx.test_pages import printed_pages
from tests.runs import Run

_ID = re.compile(r'(<w:(?:pStyle|tblStyle|basedOn|next) w:val="|w:styleId=")([^"]*)"')


def edited(master: bytes, edit: Callable[[str], str]) -> bytes:
    """The master after an edit of its XML."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(master)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            is_text = name.startswith("word/") and name.endswith(".xml")
            new.writestr(name, edit(data.decode()).encode() if is_text else data)
    return made.getvalue()


def with_ids(master: bytes, ids: Callable[[str], str]) -> bytes:
    """The master as a program saves it that names styles by ids of its own."""
    return edited(master, lambda xml: _ID.sub(lambda found: f'{found[1]}{ids(found[2])}"', xml))


def master_of(run_2022: Run) -> bytes:
    assert run_2022.profile is not None
    return run_2022.profile.master


def made_from(run_2022: Run, master: bytes) -> bytes:
    assert run_2022.document is not None
    return render_docx(run_2022.document, master).data


def test_ids_do_not_matter(run_2022: Run, rendered_2022: Rendered) -> None:
    """As WPS does it: numbers. The styles nobody here refers to keep theirs."""
    plain = (
        "Normal",
        "DefaultParagraphFont",
        "TableNormal",
        "NoList",
        "Footer",
        "Hyperlink",
        "CoverAgency",
        "CoverDate",
    )
    numbers: dict[str, str] = {}
    master = with_ids(
        master_of(run_2022), lambda key: key if key in plain else numbers.setdefault(key, str(len(numbers)))
    )
    assert len(numbers) == 26
    assert made_from(run_2022, master) == rendered_2022.data


def test_ids_that_changed_places(run_2022: Run, rendered_2022: Rendered) -> None:
    places = {"Heading1": "Heading2", "Heading2": "BodyGW", "BodyGW": "Heading1"}
    master = with_ids(master_of(run_2022), lambda key: places.get(key, key))
    assert made_from(run_2022, master) == rendered_2022.data


def test_an_id_of_ours_that_another_style_took(run_2022: Run, rendered_2022: Rendered) -> None:
    """The cover's agency sits on the id of the body: it must not look like body text, nor the body like it."""
    places = {"BodyGW": "a1", "CoverAgency": "BodyGW"}
    data = made_from(run_2022, with_ids(master_of(run_2022), lambda key: places.get(key, key)))
    as_before = [
        ("BodyGW_" if style == "CoverAgency" else style, text) for style, text in paragraphs(rendered_2022.data)
    ]
    assert paragraphs(data) == as_before


@pytest.mark.parametrize("name", ["Heading 1", "HEADING 1"])
def test_names_are_the_same_in_any_case(run_2022: Run, rendered_2022: Rendered, name: str) -> None:
    master = edited(
        master_of(run_2022), lambda xml: xml.replace('"heading 1"', f'"{name}"').replace('"Heading1"', '"2"')
    )
    assert paragraphs(made_from(run_2022, master)) == paragraphs(rendered_2022.data)


def test_a_style_that_chinese_word_takes_for_its_own(run_2022: Run, rendered_2022: Rendered) -> None:
    """Word shows its “Normal Indent” as 正文缩进, and may save ours by that name."""
    renamed = edited(
        master_of(run_2022), lambda xml: xml.replace('"正文缩进"', '"Normal Indent"').replace('"BodyGW"', '"a0"')
    )
    assert paragraphs(made_from(run_2022, renamed)) == paragraphs(rendered_2022.data)


def test_a_style_that_is_not_there_is_named_as_word_shows_it(run_2022: Run) -> None:
    master = edited(master_of(run_2022), lambda xml: xml.replace('"表注"', '"注"').replace('"TableNote"', '"7"'))
    with pytest.raises(UsageError, match="缺少样式：表注。"):
        made_from(run_2022, master)


@pytest.mark.libreoffice
@pytest.mark.slow
def test_a_master_saved_by_libreoffice(run_2022: Run, rendered_2022: Rendered, tmp_path: Path) -> None:
    """Every style has another id, every marker is in pieces; the words are the same, and the pages are right."""
    assert run_2022.document is not None
    file = tmp_path / "report.docx"
    file.write_bytes(master_of(run_2022))
    [master] = libreoffice.rewritten([file], tmp_path)
    assert b'w:styleId="BodyGW"' not in zipfile.ZipFile(io.BytesIO(master)).read("word/styles.xml")
    rendered = render_docx(run_2022.document, master)
    relations = zipfile.ZipFile(io.BytesIO(rendered.data)).read("_rels/.rels")
    assert relations.count(b"metadata/core-properties") == relations.count(b"docProps/core.xml") == 1
    assert [text for _, text in paragraphs(rendered.data)] == [text for _, text in paragraphs(rendered_2022.data)]
    file.write_bytes(rendered.data)
    [pdf] = libreoffice.convert([file], tmp_path)
    pages = libreoffice.bookmark_pages(pdf)
    printed = printed_pages(run_2022.document, rendered.data)
    assert printed == {anchor: pages[anchor] for anchor in printed}
    assert libreoffice.page_count(pdf) == rendered.pages + 3  # the cover and two pages of contents


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("<w:pgSz/><w:cols/>", '<w:pgSz/><w:pgNumType w:start="1"/><w:cols/>'),
        ('<w:pgNumType w:fmt="decimal"/><w:cols/>', '<w:pgNumType w:start="1" w:fmt="decimal"/><w:cols/>'),
        ('<w:pgNumType w:start="3"/><w:cols/>', '<w:pgNumType w:start="3"/><w:cols/>'),
    ],
)
def test_the_body_counts_its_pages_from_one(written: str, wanted: str) -> None:
    assert numbered_from_one(Sheet(written, 1, 1)) == wanted
