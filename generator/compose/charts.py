"""The charts as blocks: where the money comes from and goes to, and what changed against last year."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from generator.model.book import Book
from generator.model.department import Inputs
from generator.model.document import ChartBlock
from generator.model.figure import Change, Figure
from generator.model.ledger import LedgerLine
from generator.model.money import Money

TITLE = "预算图示"
SHOWN = 9
"""How many names one side of the flow shows, to be legible; smaller ones are put together."""


class _Bar(NamedTuple):
    """A category and its amount."""

    name: str
    money: Money


def charts_of(book: Book, inputs: Inputs) -> tuple[ChartBlock, ...]:
    """The charts that have anything to show, numbered from 1; amounts are the Book's, in its unit."""
    drawn = (_flow(book, inputs), _changes(book))
    return tuple(chart._replace(number=number) for number, chart in enumerate(filter(None, drawn), 1))


def _flow(book: Book, inputs: Inputs) -> ChartBlock | None:
    """The whole ledger by 资金来源 and by 功能类, largest first."""
    lines = _whole(book).lines
    classes: Mapping[str, str] = inputs.classification.function
    income = _bars(book, lines, lambda line: line.fund)
    spending = _bars(book, lines, lambda line: classes.get(line.function[:3], line.function[:3]))
    if not income:
        return None
    series = (
        ("收入来源", (*_digits(income), *("" for _ in spending))),
        ("支出去向", (*("" for _ in income), *_digits(spending))),
    )
    alt = f"收入来源：{_words(income)}；支出去向：{_words(spending)}。"
    caption = f"{inputs.department.year}年收入来源与支出去向（单位：{book.scale.label}）"
    return ChartBlock(0, caption, alt, tuple(bar.name for bar in (*income, *spending)), series)


def _changes(book: Book) -> ChartBlock | None:
    """Every compared figure's difference; those that were and are nothing are left out."""
    changes = [change for change in book.changes.values() if change.current.money or change.prior_money]
    if not changes:
        return None
    bars = [_Bar(change.current.key, change.delta) for change in changes]
    alt = f"{'；'.join(map(_moved, changes))}。"
    names = tuple(bar.name for bar in bars)
    return ChartBlock(
        0, f"与上年相比的增减（单位：{book.scale.label}）", alt, names, (("比上年增减", tuple(_digits(bars))),)
    )


def _whole(book: Book) -> Figure:
    """The number that the most lines make up: the whole ledger, in the Book's unit."""
    cells = (figure for grid in book.grids.values() for row in grid.rows for figure in row.figures if figure)
    nothing = Figure(Money.total((), book.scale), ())
    return max((nothing, *book.figures.values(), *cells), key=lambda figure: len(figure.lines))


def _bars(book: Book, lines: Iterable[LedgerLine], name: Callable[[LedgerLine], str]) -> list[_Bar]:
    found: dict[str, list[Money]] = {}
    for line in lines:
        found.setdefault(name(line), []).append(line.money)
    bars = [_Bar(key, Money.total(amounts, book.scale)) for key, amounts in found.items()]
    bars.sort(key=lambda bar: (-bar.money.amount, bar.name))
    if len(bars) <= SHOWN:
        return bars
    rest = bars[SHOWN - 1 :]
    return [*bars[: SHOWN - 1], _Bar(f"其他{len(rest)}项", Money.total((bar.money for bar in rest), book.scale))]


def _digits(bars: Iterable[_Bar]) -> Iterator[str]:
    return (f"{bar.money.amount:.2f}" for bar in bars)


def _words(bars: Iterable[_Bar]) -> str:
    return "，".join(f"{bar.name}{_said(bar.money)}" for bar in bars)


def _moved(change: Change) -> str:
    if not change.delta:
        return f"{change.current.key}持平"
    return f"{change.current.key}{'增加' if change.delta.amount > 0 else '减少'}{_said(abs(change.delta))}"


def _said(money: Money) -> str:
    return f"{money.amount:.2f}{money.scale.label}"
