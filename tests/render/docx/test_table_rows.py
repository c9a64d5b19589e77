"""What belongs together stays on one page."""

from __future__ import annotations

import pytest

from generator.model.document import TableBlock, TableRow
from generator.model.ledger import Filter
from generator.render.docx.table_rows import RowMeasure, cells_of, is_part, keep_groups, tops_of
from tests.render.docx.laid_tables import PADDING, STYLES, table

ALL = Filter()
DEPARTMENT = Filter((("部门", ("027",)),))


def agency(code: str) -> Filter:
    return ALL.narrowed(("单位", (code,)))


def subject(code: str, number: int) -> Filter:
    return agency(code).narrowed(("功能科目", (f"20801{number:02d}",)))


def scoped(*scopes: Filter | None) -> TableBlock:
    return table(("名称", "合计"), "lr", [(f"第{index}行", "1.00") for index in range(len(scopes))], scopes=scopes)


def first_of_pages(block: TableBlock, heights: tuple[int, ...], page: int) -> list[int]:
    kept = keep_groups(block, (100,), heights, page, page)
    assert all(new >= old for new, old in zip(kept, heights, strict=True))
    return tops_of(kept, page - 100, page - 100)[0]


DETAILS = [subject("027001", number) for number in range(8)]
MORE = [subject("027002", number) for number in range(4)]
CASES: list[tuple[str, list[Filter | None], list[int]]] = [
    ("nothing to keep", [None] * 12, [0, 10]),
    ("details go on", [ALL, agency("027001"), *DETAILS, subject("027001", 9)], [0, 10]),
    ("an agency's sum goes with its first subject", [ALL, agency("027001"), *DETAILS[:7], agency("027002"), *MORE], [0, 9]),
    ("sums with a row below them stay", [*[None] * 7, ALL, agency("027001"), subject("027001", 1), *DETAILS], [0, 10]),
    ("sums above one another", [*[None] * 8, ALL, agency("027001"), subject("027001", 1)], [0, 8]),
    ("a total takes its last row with it", [*[subject("027001", number) for number in range(10)], agency("027001")], [0, 9]),
    ("another agency's is not its part", [agency("027001"), *DETAILS, subject("027001", 9), agency("027002")], [0, 10]),
    ("rows without amounts", [*[None] * 9, ALL, None], [0, 10]),
]  # fmt: skip
"""Eleven rows or more, ten of which fill a page: what it shows, what each row adds up, the rows that begin a page."""


@pytest.mark.parametrize(("scopes", "starts"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_no_sum_is_parted_from_what_it_adds_up(scopes: list[Filter | None], starts: list[int]) -> None:
    assert first_of_pages(scoped(*scopes), (300,) * len(scopes), 3100)[:2] == starts


@pytest.mark.parametrize(
    ("part", "whole", "is_one"),
    [
        (agency("027001"), ALL, True), (subject("027001", 1), agency("027001"), True), (ALL, agency("027001"), False),
        (ALL, ALL, False), (agency("027001"), agency("027002"), False), (None, ALL, False), (ALL, None, False),
        (agency("027001"), DEPARTMENT, False),
    ],
)  # fmt: skip
def test_what_is_part_of_what(part: Filter | None, whole: Filter | None, is_one: bool) -> None:
    assert is_part(*(TableRow((), (), scopes=(scope,)) for scope in (part, whole))) == is_one


def test_a_project_goes_whole_with_the_sums_above_it() -> None:
    """A sum, an agency and the first row of a project of three: together too high for what the page has left."""
    scopes = [*[None] * 7, ALL, agency("027001"), subject("027001", 1), None, None]
    block = scoped(*scopes)
    joined = tuple(row._replace(joined=(index > 9, False)) for index, row in enumerate(block.rows))
    assert first_of_pages(block._replace(rows=joined), (300,) * 12, 3100) == [0, 7]


def test_what_fills_more_than_a_page_goes_where_it_stands() -> None:
    scopes = [None, *[ALL.narrowed(*[("单位", (str(depth),))] * depth) for depth in range(12)]]
    assert first_of_pages(scoped(*scopes), (300,) * 13, 3100)[1] >= 2


def test_merged_cells_share_what_their_text_needs() -> None:
    """Ten lines of text beside five rows of one line: each is as high as the others."""
    rows = [("一" * 20, "甲"), *[("", "乙")] * 4]
    block = table(("项目", "指标"), "lc", rows)
    block = block._replace(rows=tuple(row._replace(joined=(index > 0, False)) for index, row in enumerate(block.rows)))
    heights = RowMeasure(STYLES, 21, PADDING, 40).rows(cells_of(block), (2 * 210 + 134, 800))
    assert len(set(heights)) == 1 and sum(heights) >= 10 * 280 > sum(heights) - 5 * 40
