"""A Board as the page's script reads it: rows without names, since three thousand departments repeat them three thousand times."""

from __future__ import annotations

from generator.model.board import URGENT, Board, Change, Compared, Department, Public, Since
from generator.render.board.words import changes

Pair = list[int | None] | None


def board_data(board: Board) -> dict[str, object]:
    """All that the script shows. States are their place in ``states``, departments theirs in ``departments``."""
    places = {one.key: number for number, one in enumerate(board.departments)}
    return {
        "states": [state.value for state in URGENT],
        "rules": [list(rule) for rule in board.rules],
        "departments": [_department(one) for one in board.departments],
        "since": [_since(since, places) for since in board.since],
        "splits": [list(split) for split in board.splits],
        "findings": [
            [one.code, one.severity, [places[key] for key in one.keys if key in places], one.message, one.remedy]
            for one in board.findings
        ],
        "notAsked": [list(one) for one in board.not_asked],
    }


def _department(one: Department) -> list[object]:
    row: list[object] = [
        one.code, one.name, URGENT.index(one.state), one.place, one.errors, one.warnings, one.advice, _pair(one.total),
        one.due.text, one.due.days, one.late, one.contact, one.published, one.url, one.document, _page(one), one.problems, one.note,
        [number for pair in one.found for number in pair], list(one.messages), _public(one.public),
    ]  # fmt: skip
    row.append(one.key if one.key != f"{one.code}-{one.name}" else "")
    while not row[-1] and row[-1] is not False:
        row.pop()
    return row


def _page(one: Department) -> str | int:
    """1 where it is called as the document is, but for its ending."""
    return 1 if one.page and one.page == f"{one.document.removesuffix('.docx')}.html" else one.page


def _pair(money: Compared | None) -> Pair:
    return None if money is None else list(money)


def _public(public: Public | None) -> list[Pair] | None:
    return None if public is None else [_pair(part) for part in public]


def _since(since: Since, places: dict[str, int]) -> list[object]:
    return [
        since.words,
        since.begun,
        changes(since),
        [_change(change, places) for change in since.changes if change.key in places],
    ]


def _change(change: Change, places: dict[str, int]) -> list[object]:
    states = change.states and [URGENT.index(state) for state in change.states]
    return [places[change.key], states, change.totals and list(change.totals), int(change.documents)]
