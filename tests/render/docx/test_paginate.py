"""Pages of paragraphs and rows, each expected value seen in LibreOffice 7.4.7's PDF."""

import pytest

from generator.render.docx.paginate import FlowItem, FlowParagraph, FlowSection, FlowTable, grid_height, paginate

PAGE = FlowSection(grid_height(12756, 579))
LINE = FlowParagraph(1, 579)

PARAGRAPHS: list[tuple[str, list[FlowItem], int]] = [
    ("line 22 is the last of a page", [LINE] * 21 + [LINE], 0),
    ("line 23 is on the next", [LINE] * 22 + [LINE], 1),
    ("a heading stays with one line of its text", [LINE] * 20 + [FlowParagraph(1, 579, keep_next=True), LINE], 0),
    ("heading and first line of a long text", [LINE] * 20 + [FlowParagraph(1, 579, keep_next=True)], 0),
    ("space after is dropped at the foot", [LINE] * 21 + [FlowParagraph(1, 579, after=300)], 0),
    ("space before may push a line out", [LINE] * 21 + [FlowParagraph(1, 579, before=1)], 1),
    ("a break begins a page", [LINE, FlowParagraph(1, 579, break_before=True)], 1),
    ("a break at a section's start does not", [FlowParagraph(1, 579, break_before=True)], 0),
    (
        "the larger spacing counts",
        [LINE] * 19 + [FlowParagraph(1, 579, after=500), FlowParagraph(1, 579, before=579)],
        0,
    ),
]
"""What it shows, items after the section, page of the last item."""


@pytest.mark.parametrize(("items", "page"), [case[1:] for case in PARAGRAPHS], ids=[case[0] for case in PARAGRAPHS])
def test_page_of_the_last_paragraph(items: list[FlowItem], page: int) -> None:
    assert paginate([PAGE, *items]).pages[-1] == page


@pytest.mark.parametrize(
    ("lines", "heading", "page"),
    [(17, 1, 0), (18, 2, 0), (19, 2, 0), (20, 1, 0), (20, 2, 1), (21, 1, 1), (21, 2, 1)],
)
def test_heading_moves_with_its_text(lines: int, heading: int, page: int) -> None:
    text = FlowParagraph(4, 579)
    placed = paginate([PAGE, *[LINE] * lines, FlowParagraph(heading, 579, keep_next=True), text])
    assert placed.pages[-2:] == (page, page)


def test_space_before_is_kept_after_a_break_and_dropped_after_a_full_page() -> None:
    spaced = FlowParagraph(1, 579, before=579)
    assert paginate([PAGE, *[LINE] * 22, spaced, *[LINE] * 22]).last_page == 2
    assert paginate([PAGE, *[LINE] * 22, spaced, *[LINE] * 21]).last_page == 1
    broken = FlowParagraph(1, 579, before=579, break_before=True)
    assert paginate([PAGE, LINE, broken, *[LINE] * 21]).last_page == 2
    assert paginate([PAGE, LINE, broken, *[LINE] * 20]).last_page == 1


@pytest.mark.parametrize(
    ("count", "missing", "bottom", "first_page"),
    [(30, 25, 10, 19), (30, 30, 10, 20), (30, 30, 20, 20), (20, 25, 10, 19), (20, 30, 10, 20), (20, 30, 20, 19)]
    + [(20, 40, 20, 20)],
)
def test_rows_on_the_first_page(count: int, missing: int, bottom: int, first_page: int) -> None:
    """Twenty rows of 600 and a header of 756 fill 12756 twips: `missing` twips less, and they fit or not."""
    table = FlowTable((756 - missing,), (600,) * count, bottom=bottom)
    rows = paginate([PAGE, table]).row_pages[1]
    assert rows.count(0) == first_page


@pytest.mark.parametrize(("missing", "pages"), [(40, 2), (50, 1)])
def test_paragraph_after_a_table(missing: int, pages: int) -> None:
    table = FlowTable((756 - missing,), (600,) * 20)
    assert paginate([PAGE, table, FlowParagraph(1, 20)]).last_page + 1 == pages


@pytest.mark.parametrize(
    ("height", "split"), [(346, [35, 35, 35, 15]), (616, [19] * 6 + [6]), (306, [40, 40, 40]), (266, [46, 46, 28])]
)
def test_header_repeats_on_every_page(height: int, split: list[int]) -> None:
    rows = paginate([PAGE, FlowTable((height,), (height,) * 120)]).row_pages[1]
    assert [rows.count(page) for page in range(rows[-1] + 1)] == split


def test_a_section_begins_a_page_of_its_own_height() -> None:
    placed = paginate([PAGE, LINE, FlowSection(9638), FlowTable((346,), (346,) * 60)])
    assert placed.pages == (0, 0, 1, 1)
    assert placed.row_pages[3].count(1) == 26


def test_the_flow_begins_with_a_section() -> None:
    with pytest.raises(ValueError, match="section"):
        paginate([LINE])


HIGH = FlowParagraph(5, 579, widows=True)


@pytest.mark.parametrize(("filled", "start", "after"), [(17, 0, 1), (18, 0, 1), (19, 0, 1), (20, 0, 1), (21, 1, 1)])
def test_no_line_stands_alone_on_a_page(filled: int, start: int, after: int) -> None:
    """A page holds 22 lines: of five at the foot, two stay at the least and two go."""
    placed = paginate([PAGE, *[LINE] * filled, HIGH, LINE])
    assert (placed.pages[filled + 1], placed.pages[filled + 2]) == (start, after)


@pytest.mark.parametrize(
    ("lines", "filled", "on_the_next"), [(3, 20, 3), (3, 21, 3), (4, 20, 2), (4, 19, 2), (5, 18, 2), (5, 20, 3)]
)
def test_how_many_lines_go(lines: int, filled: int, on_the_next: int) -> None:
    rest = 22 - on_the_next
    placed = paginate([PAGE, *[LINE] * filled, FlowParagraph(lines, 579, widows=True), *[LINE] * (rest + 1)])
    assert placed.pages[filled + 1 + rest] == 1 and placed.pages[filled + 2 + rest] == 2


def test_whole_paragraphs_go_whole_unless_no_page_holds_them() -> None:
    whole = FlowParagraph(5, 579, whole=True)
    assert paginate([PAGE, *[LINE] * 18, whole]).pages[19] == 1
    assert paginate([PAGE, *[LINE] * 17, whole]).pages[18] == 0
    assert paginate([PAGE, LINE, FlowParagraph(50, 579, whole=True), LINE]).pages == (0, 0, 1, 3)


@pytest.mark.parametrize(("close", "added", "pages"), [("", False, 2), ("a", False, 1), ("", True, 3)])
def test_spacing_between_neighbours(close: str, added: bool, pages: int) -> None:
    """The larger of both, nothing between two of one close style, or the sum."""
    spaced = FlowParagraph(1, 579, before=300, after=500, close=close)
    assert paginate([PAGE, *[spaced] * 21], added).last_page + 1 == pages


@pytest.mark.parametrize(("before", "start", "end"), [(0, 0, 2), (19, 0, 3), (20, 1, 3)])
def test_a_row_higher_than_a_page_begins_where_it_stands(before: int, start: int, end: int) -> None:
    """Lines of 240 with 50 around them on each page of 12738, the header above them: fifty lines."""
    table = FlowTable((600,), (600,) * before + (120 * 240 + 50, 600), text=240, around=50)
    rows = paginate([PAGE, table]).row_pages[1]
    assert (rows[before], rows[before + 1]) == (start, end)
