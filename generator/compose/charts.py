"""The charts as blocks: where the money comes from and goes to, and what changed against last year."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from generator.model.book import Book
from generator.model.department import Inputs
from generator.model.document import ChartBlock, ChartSeries
from generator.model.figure import Change, Figure
from generator.model.ledger import LedgerLine, total_of

SHOWN = 9
"""How many names one side of the flow shows, to be legible; smaller ones are put together."""
Words = Mapping[str, str]


class _Bar(NamedTuple):
    """A category, and the lines its amount adds up."""

    name: str
    figure: Figure


def charts_of(book: Book, inputs: Inputs, words: Words, thousands: bool = False) -> tuple[ChartBlock, ...]:
    """The charts that have anything to show, numbered from 1; amounts are the Book's, in its unit.

    ``words`` are the place's, by the names of CHART_WORDS; ``thousands`` sets amounts as its tables do.
    """
    digits = "#,##0.00" if thousands else "0.00"
    drawn = (_flow(book, inputs, words, digits), _changes(book, words, digits))
    return tuple(chart._replace(number=number) for number, chart in enumerate(filter(None, drawn), 1))


def _flow(book: Book, inputs: Inputs, words: Words, digits: str) -> ChartBlock | None:
    """The whole ledger by 资金来源, 上年结转 apart, and by 功能类, largest first."""
    lines = book.whole.lines
    classes: Mapping[str, str] = inputs.classification.function
    income = _bars(book, lines, lambda line: line.income, words["其余"])
    spending = _bars(book, lines, lambda line: classes.get(line.function[:3], line.function[:3]), words["其余"])
    if not income:
        return None
    before, after = len(income), len(spending)
    series = (
        _series(words["收入"], [*income, *[None] * after], digits),
        _series(words["支出"], [*[None] * before, *spending], digits),
    )
    alt = f"{words['收入']}：{_said_each(income)}；{words['支出']}：{_said_each(spending)}。"
    names = tuple(bar.name for bar in (*income, *spending))
    return ChartBlock("收支", 0, words["收支"], alt, digits, names, series)


def _changes(book: Book, words: Words, digits: str) -> ChartBlock | None:
    """Every compared figure's difference."""
    changes = book.moved
    if not changes:
        return None
    texts = tuple(_printed(change.delta.amount, digits, "+" if change.delta else "") for change in changes)
    alt = f"{'；'.join(map(_moved, changes))}。"
    names = tuple(change.current.key for change in changes)
    series = ChartSeries(words["差额"], texts, changes)
    return ChartBlock("增减", 0, words["增减"], alt, f"+{digits};-{digits};{digits}", names, (series,))


def _bars(book: Book, lines: Iterable[LedgerLine], name: Callable[[LedgerLine], str], rest: str) -> list[_Bar]:
    found: dict[str, list[LedgerLine]] = {}
    for line in filter(lambda line: line.money, lines):
        found.setdefault(name(line), []).append(line)
    bars = [_Bar(key, _sum(book, parts)) for key, parts in found.items()]
    bars.sort(key=lambda bar: (-bar.figure.money.amount, bar.name))
    if len(bars) <= SHOWN:
        return bars
    small = [line for bar in bars[SHOWN - 1 :] for line in bar.figure.lines]
    return [*bars[: SHOWN - 1], _Bar(rest, _sum(book, small))]


def _sum(book: Book, lines: Sequence[LedgerLine]) -> Figure:
    return Figure(total_of(lines, book.scale), tuple(lines))


def _series(name: str, bars: Sequence[_Bar | None], digits: str) -> ChartSeries:
    texts = tuple(_printed(bar.figure.money.amount, digits) if bar else "" for bar in bars)
    return ChartSeries(name, texts, tuple(bar.figure if bar else None for bar in bars))


def _printed(amount: Decimal, digits: str, sign: str = "") -> str:
    """The amount as a spreadsheet prints it in this format."""
    return f"{amount:{sign}{',' if ',' in digits else ''}.2f}"


def _said_each(bars: Iterable[_Bar]) -> str:
    return "，".join(f"{bar.name}{bar.figure.money}" for bar in bars)


def _moved(change: Change) -> str:
    if not change.delta:
        return f"{change.current.key}持平"
    return f"{change.current.key}{'增加' if change.delta.amount > 0 else '减少'}{abs(change.delta)}"
