"""Rows that are totals of others: each must be what its details come to, or nothing is taken in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from generator.intake.details import Entry
from generator.intake.ground import said, wrong
from generator.intake.heads import Table
from generator.intake.mapping import LISTS
from generator.model.classification import ITEMS
from generator.model.problem import Problem


def disagreeing(table: Table, entries: Sequence[Entry]) -> Iterator[Problem]:
    """The totals that no reading makes right: of all below, of those up to the next such total, or of those above.

    Where a row is not sound, only those that have no details at all: else what is wrong would be told twice.
    """
    sound = all(entry.sound for entry in entries)
    for index, entry in enumerate(entries):
        if entry.detail or not entry.sound:
            continue
        spans: list[list[Entry]] = []
        open_ = {column for column in entry.amounts if column in {one.number for one in table.amounts}}
        for span in _spans(entries, index):  # the nearest is right nearly always, the others take long
            spans.append(span)
            open_ -= {column for column in open_ if _sum(span, column) == entry.amounts[column]}
            if not open_:
                break
        if open_ and (sound or not any(spans)):
            yield from (
                _problem(table, (entry, column), spans, [_sum(span, column) for span in spans])
                for column in sorted(open_)
                if entry.amounts[column] or any(_sum(span, column) for span in spans)
            )


def _sum(span: Sequence[Entry], column: int) -> Decimal:
    return sum((one.amounts.get(column, Decimal(0)) for one in span), Decimal(0))


def _problem(
    table: Table, where: tuple[Entry, int], spans: Sequence[Sequence[Entry]], sums: Sequence[Decimal]
) -> Problem:
    entry, column = where
    amount, cell = entry.amounts[column], entry.cells[column]
    best = min(range(len(sums)), key=lambda index: (not spans[index], abs(sums[index] - amount)))
    span = [one for one in spans[best] if column in one.cells]
    if not span:
        message = f"这一行（{said(amount)}）{_lacks(entry)}，也不是别的行的合计"
        return wrong(table.sheet, cell, message, "是明细的，请补上编码；不要这一行的，请删去。")
    cells = f"{span[0].cells[column].address}至{span[-1].cells[column].address}的{len(span)}行明细"
    message = f"合计是{said(amount)}，{cells}加起来是{said(sums[best])}，相差{said(abs(amount - sums[best]))}"
    return wrong(table.sheet, cell, message, "请核对是合计错了还是明细少了、改了；明细以系统里的为准，重新导出最稳妥。")


def _lacks(entry: Entry) -> str:
    """Why a row is no detail."""
    short = [
        f"的{name}“{code}”不到{level}级"
        if (code := entry.keys.get(name, ""))
        else f"没有{name}科目".replace("科目科目", "科目")
        for name, level in (("功能科目", "项"), ("部门经济", "款"))
        if len(entry.keys.get(name, "")) != ITEMS[name]
    ]
    return "，".join(short) or "没有科目"


def _spans(entries: Sequence[Entry], index: int) -> Iterator[list[Entry]]:
    """The details that a total may be of: the nearest first."""
    total = entries[index]
    signature = _signature(total)
    yield _until((entries[place] for place in range(index - 1, -1, -1)), total, signature)[::-1]
    yield _until((entries[place] for place in range(index + 1, len(entries))), total, signature)
    yield [one for one in entries[:index] if one.detail and _is_within(one.keys, total.keys)]
    yield [one for one in entries if one.detail and _is_within(one.keys, total.keys)]


def _until(others: Iterator[Entry], total: Entry, signature: frozenset[str]) -> list[Entry]:
    """The details as far as the next total that says as much of itself, or less."""
    found: list[Entry] = []
    for one in others:
        if not one.detail and _signature(one) <= signature:
            break
        if one.detail and _is_within(one.keys, total.keys):
            found.append(one)
    return found


def _signature(entry: Entry) -> frozenset[str]:
    """What a total says of itself; a longer code says more."""
    parts = {f"{key}{length}" for key in LISTS for length in range(1, len(entry.keys.get(key, "")) + 1)}
    return frozenset({*(key for key in entry.keys if key not in LISTS), *parts})


def _is_within(detail: Mapping[str, str], total: Mapping[str, str]) -> bool:
    return all(
        detail.get(key, "").startswith(value) if key in LISTS else detail.get(key, "") == value
        for key, value in total.items()
        if value
    )
