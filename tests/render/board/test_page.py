"""The board's page without a browser: what it says by itself, and what its script is given."""

from __future__ import annotations

import json
import re

import pytest

from generator.model.board import Board, Department
from generator.model.city import State
from generator.render.board.page import board_page
from tests.boards import board_of, odd_board
from tests.conftest import ROOT, Golden
from tests.html_reading import Element, parsed

NOBODY = Board("空", 2027, "2027-03-02 18:00:05", "2027-03-02 18:00:06", False)


def data(page: Element) -> dict[str, list[object]]:
    [element] = (one for one in page.all("script") if one.attributes.get("id") == "data")
    found: dict[str, list[object]] = json.loads(element.text)
    return found


def test_the_page_as_text(golden: Golden) -> None:
    page = parsed(board_page(odd_board()))
    [header] = page.all("header")
    words = [one.text for one in header.all("h1", "p", "button")]
    rows = [f"{name}:\n" + "".join(f"  {json.dumps(row, ensure_ascii=False)}\n" for row in rows) for name, rows in data(page).items()]  # fmt: skip
    golden(ROOT / "tests" / "golden" / "board-page.txt", "\n".join((*words, "", *rows)))


def test_nothing_typed_becomes_an_element() -> None:
    """Not of the name of a department, nor of the city."""
    page = parsed(board_page(odd_board()))
    assert len([*page.all("script")]) == 2
    assert {one.text for one in page.all("b")} == {"0", "1", "2"}
    policy = next(one.attributes["content"] for one in page.all("meta") if "http-equiv" in one.attributes)
    assert "unsafe" not in policy and "connect-src 'none'" in policy and "default-src 'none'" in policy


@pytest.mark.parametrize("many", [0, 1])
def test_few_departments(many: int) -> None:
    board = NOBODY if not many else NOBODY._replace(departments=board_of(1).departments)
    page = parsed(board_page(board))
    assert f"应收{many}个部门" in page.text and "这是第一次运行。" in page.text
    assert len(data(page)["departments"]) == many


def test_the_same_bytes_and_few_of_them() -> None:
    """Sixty thousand problems are counted on the page, not listed."""
    board = board_of(1000)
    page = board_page(board)
    assert page == board_page(board)
    assert len(board.problems) > 10_000 and len(page.encode()) < 450_000


def test_no_row_depends_on_how_many_fields_it_has() -> None:
    """Fields at the end that say nothing are left out: the script knows how each is when it is missing."""
    script = re.search(r"const \[code, name, state, (.*?)\] = row;", board_page(NOBODY), re.DOTALL)
    assert script is not None
    names = re.split(r",\s*", script[1])
    needed = [name for name in names if "=" not in name]
    assert needed == ["total", "days", "sums", "key"]
    [row] = data(parsed(board_page(NOBODY._replace(departments=odd_board().departments[:1]))))["departments"]
    assert isinstance(row, list) and len(row) == 3 + len(names)
    short = NOBODY._replace(departments=(Department("004-丁", "004", "丁", State.MISSING),))
    assert data(parsed(board_page(short)))["departments"] == [["004", "丁"]]


def test_states_stand_in_the_order_of_urgency() -> None:
    board = odd_board()
    assert list(board.states) == list(dict.fromkeys(board.states)) and set(board.states) == set(State)
    assert sum(board.states.values()) == len(board.departments)
