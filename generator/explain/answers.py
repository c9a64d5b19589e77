"""Questions a person asks, answered: a figure by name, a cell by words, a printed number, a typed line."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable

from generator.explain.index import Index, named
from generator.explain.printed import Number, Origin, Stretch, numbers_of
from generator.model.explanation import Explanation, Place
from generator.model.numerals import NUMERAL, number_of, whole
from generator.model.problem import UsageError, did_you_mean
from generator.model.sentence import percent

_NUMBER = re.compile(r"[-−+≥≤><＞＜]?(\d[\d,]*(?:\.\d+)?[%％]?)(万元|元|个?百分点|[^\d\s]{0,2})")
_TABLE = re.compile(rf"(?:附?表)?([0-9]+|[{NUMERAL}]+)")
_SHOWN = 8
_NO_MATCH = 20


def answer(index: Index, question: str) -> tuple[Explanation, ...]:
    """What the question asks for; more than one where a printed number is several things.

    Raises UsageError, in one line, for what is not in the document.
    """
    question = " ".join(question.split())
    book = index.made.book
    if question in book.figures or question in book.facts:
        return (index.named(question),)
    found = _NUMBER.fullmatch(question)
    if found:
        return _number(index, found[1], found[2])
    tables = _tables(index, question)
    if tables:
        return (_cell(index, tables, question),)
    rows = _rows(index, question)
    if rows:
        return (_one(index, rows, question),)
    names = [*book.figures, *book.facts]
    hint = did_you_mean(question, [*names, *index.titles]) or f"可问的数有：{'、'.join(names)}。"
    raise UsageError(f"没有“{question}”这个数，也没有这个表。{hint}")


def _number(index: Index, digits: str, unit: str) -> tuple[Explanation, ...]:
    exact = [number for number in index.numbers if number.text == digits and _has_unit(index, number, unit)]
    if not exact and not digits.isdigit():
        value = percent(digits)
        exact = [
            number
            for number in index.numbers
            if number.printed.origin is not Origin.CODE
            and percent(number.text) == value
            and _has_unit(index, number, unit)
        ]
    if exact:
        return index.told(exact)
    known = list(dict.fromkeys(number.text for number in index.numbers if abs(len(number.text) - len(digits)) <= 1))
    hint = _cell_of_code(index, digits) or did_you_mean(digits, known)
    raise UsageError(f"文档里没有印“{digits}{unit}”。{hint}")


def _cell_of_code(index: Index, digits: str) -> str:
    """How to ask for a cell, where the digits are a code that is printed in pieces (类、款、项) and names a row."""
    for cell in index.printed:
        if _is_cell(cell) and cell.text and digits in cell.place.row and cell.place.column:
            example = f"表{cell.place.table} {digits} {cell.place.column[-1]}"
            return f"它是科目编码；要问一格，请写表、行、栏，如“{example}”。"
    return ""


def _has_unit(index: Index, number: Number, unit: str) -> bool:
    if not unit:
        return True
    if number.printed.origin is Origin.AMOUNT:
        return unit == index.unit_of(number.printed.place)
    end = number.start + len(number.text)
    return number.printed.text.startswith(unit, end) or (
        number.printed.numeric is not None and unit in ("辆", "套", "台")
    )


def _tables(index: Index, question: str) -> list[int]:
    """The numbers of the tables that the question's first word names."""
    first = question.split(" ", 1)[0]
    found = _TABLE.fullmatch(first)
    if found:
        number = whole(found[1]) if found[1].isdigit() else number_of(found[1])
        if not 0 < number <= len(index.titles):
            raise UsageError(f"没有表{found[1]}，共{len(index.titles)}个表。")
        return [number]
    same = [number for number, title in enumerate(index.titles, 1) if title == first]
    return same or [number for number, title in enumerate(index.titles, 1) if first in title]


def _cell(index: Index, tables: list[int], question: str) -> Explanation:
    words = question.split(" ")[1:]
    cells = [cell for cell in index.printed if cell.place.table in tables and _is_cell(cell)]
    ranks = [_rank(cell, words) for cell in cells]
    best = min(ranks, default=_NO_MATCH)
    chosen = [cell for cell, rank in zip(cells, ranks, strict=True) if rank == best < _NO_MATCH]
    if not chosen:
        labels = dict.fromkeys(word for cell in cells for word in (*cell.place.row, *cell.place.column))
        hint = next(filter(None, (did_you_mean(word, list(labels)) for word in reversed(words))), "")
        raise UsageError(f"“{'”“'.join(index.titles[number - 1] for number in tables)}”里没有这一格。{hint}")
    return _one(index, chosen, question)


def _rows(index: Index, question: str) -> list[Stretch]:
    """Cells of the rows that are called so, whatever their table: 收入总计, also written 收入.总计."""
    wanted = question.replace(".", "").replace(" ", "")
    cells = [cell for cell in index.printed if cell.text and _is_cell(cell)]
    return [cell for cell in cells if _row_rank(cell.place.row, [wanted]) <= 1]


def _one(index: Index, chosen: list[Stretch], question: str) -> Explanation:
    told = {key: (cell, explanation) for cell in reversed(chosen) for key, explanation in [_told(index, cell)]}
    if len(told) > 1:
        raise UsageError(_candidates(question, sorted((cell for cell, _ in told.values()), key=chosen.index)))
    [(key, (cell, explanation))] = told.items()
    others = [place for place in index.places.get(key, ()) if place != cell.place]
    return explanation._replace(name=named(cell.place), places=(cell.place, *others))


def _is_cell(printed: Stretch) -> bool:
    place = printed.place
    if printed.origin is Origin.AMOUNT:
        return True
    return (
        bool(place.row or place.column) and bool(printed.text) and (printed.hint is not None or bool(printed.numeric))
    )


def _told(index: Index, cell: Stretch) -> tuple[Hashable, Explanation]:
    first = next(numbers_of([cell]), None)
    return index.tell(first or Number(cell, cell.text, 0))


def _candidates(question: str, cells: list[Stretch]) -> str:
    shown = [f"{named(cell.place)}（{cell.text or '空白'}）" for cell in cells[:_SHOWN]]
    more = f"；另有{len(cells) - _SHOWN}格" if len(cells) > _SHOWN else ""
    return f"“{question}”不止一格：{'；'.join(shown)}{more}。请写全表、行、栏。"


def _rank(cell: Stretch, words: list[str]) -> int:
    """How well a cell fits, less is better. Words are split between row and column at every place; the best split counts."""
    words, splits = list(_bare(words)), range(len(words) + 1)
    place = cell.place._replace(
        row=_bare(cell.place.row), above=_bare(cell.place.above), column=_bare(cell.place.column)
    )
    best = min(_place_rank(place, words[:at]) + _column_rank(place.column, words[at:]) for at in splits)
    return best * 2 + (not cell.text)  # of cells that fit alike one that prints something


def _bare(words: Iterable[str]) -> tuple[str, ...]:
    """Words without blanks: 合　计 is 合计."""
    return tuple("".join(word.split()) for word in words)


def _place_rank(place: Place, words: list[str]) -> int:
    """A row by its own words; else by those of the unit it is listed under as well."""
    own = _row_rank(place.row, words)
    return own if own < _NO_MATCH else min(_row_rank((*place.above, *place.row), words) + 1, _NO_MATCH)


def _row_rank(row: tuple[str, ...], words: list[str]) -> int:
    if not words:
        return 3 if row else 0
    wanted, whole = "".join(words), "".join(row)
    if wanted in row or wanted == whole or all(word in row for word in words):
        return 0
    if any(wanted == word.partition(mark)[2] for word in row for mark in ("、", "）", "：")):
        return 1
    return 2 if all(word in whole for word in words) or wanted in whole else _NO_MATCH


def _column_rank(column: tuple[str, ...], words: list[str]) -> int:
    if not words:
        return 3 if column else 0
    if column[-len(words) :] == tuple(words) or "/".join(column[-len(words) :]) == "".join(words):
        return 0
    path = iter(column)
    if column and all(any(word == part for part in path) for word in words) and column[-1] == words[-1]:
        return 1
    path = iter(column)
    return (
        2
        if column and all(any(word in part for part in path) for word in words) and words[-1] in column[-1]
        else _NO_MATCH
    )
