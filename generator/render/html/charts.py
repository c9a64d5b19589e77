"""Two drawings from the book: where the money comes from and goes to, and what changed against last year. Pure; SVG."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from generator.model.book import Book
from generator.model.department import Inputs
from generator.model.figure import Change, Figure
from generator.model.ledger import BASIC, LedgerLine
from generator.model.money import Money
from generator.render.html.text import attributes_html, escape, tag

SHOWN = 14
"""How many names stand in one column of the flow; smaller ones are put together."""
LEAST = 1.5
"""How thick the thinnest ribbon is: a hairline can't be followed."""
_WIDTH, _LINE, _BAR, _GAP, _HEIGHT = 1000, 18, 14, 10, 420
_COLUMNS = (170, 410, 655)
_ROOM = (156, 200, 318)
_BASE = 48
_NARROW, _AMOUNT = 440, 140
"""How wide the comparison is, and the column of its amounts: those of a hundred million stand in one line."""
_WIDE = 13.0
_REST = re.compile(r"其他\d+项")


class Flow(NamedTuple):
    """Money from one name to another; ``column`` 0 leads from 资金来源 to 功能类, 1 on to 项目 or 基本支出."""

    column: int
    source: str
    target: str
    figure: Figure


class Node(NamedTuple):
    """A name drawn: its bar from ``top`` to ``top + height``, its label's lines around ``label``."""

    name: str
    top: float
    height: float
    label: float
    lines: tuple[str, ...]


def flows(book: Book, inputs: Inputs) -> tuple[Flow, ...]:
    """Fund → 功能类 → project or 基本支出, largest first; the smallest beyond SHOWN together; lines of 0.00 left out."""
    lines = [line for line in book.whole.lines if line.money]
    classes = inputs.classification.function
    steps: tuple[Callable[[LedgerLine], str], ...] = (
        lambda line: line.income,
        lambda line: classes.get(line.function[:3], line.function[:3]),
        lambda line: _spent_on(line, inputs),
    )
    names = [_gathered(lines, step) for step in steps]
    found: dict[tuple[int, str, str], list[LedgerLine]] = {}
    for column in (0, 1):
        for line in lines:
            pair = names[column][steps[column](line)], names[column + 1][steps[column + 1](line)]
            found.setdefault((column, *pair), []).append(line)
    return tuple(Flow(*key, _sum(parts)) for key, parts in sorted(found.items(), key=_larger_first))


def _spent_on(line: LedgerLine, inputs: Inputs) -> str:
    project = inputs.department.projects.get(line.project)
    return project.name if project else line.project or BASIC


def _gathered(lines: Sequence[LedgerLine], step: Callable[[LedgerLine], str]) -> dict[str, str]:
    """Each name to the one it is shown under."""
    parts: dict[str, list[LedgerLine]] = {}
    for line in lines:
        parts.setdefault(step(line), []).append(line)
    order = sorted(parts, key=lambda name: (-_sum(parts[name]).money.amount, name))
    rest = order[SHOWN - 1 :] if len(order) > SHOWN else []
    return {name: f"其他{len(rest)}项" if name in rest else name for name in order}


def _sum(lines: Sequence[LedgerLine]) -> Figure:
    return Figure(Money.total((line.money for line in lines), lines[0].money.scale), tuple(lines))


def _larger_first(item: tuple[tuple[int, str, str], list[LedgerLine]]) -> tuple[object, ...]:
    (column, source, target), lines = item
    return column, -_sum(lines).money.amount, source, target


def flow_svg(drawn: Sequence[Flow], title: str) -> str:
    """The flow as a drawing; every bar's name and amount stand beside it."""
    columns = _columns(drawn)
    scale = _scale(columns)
    nodes = [_placed(columns[index], scale, _ROOM[index]) for index in range(3)]
    bottom = max((node.label + len(node.lines) * _LINE for column in nodes for node in column), default=0)
    bottom = max([bottom, *(node.top + node.height for column in nodes for node in column)])
    pieces = list(_ribbons(drawn, nodes, scale))
    for index, column in enumerate(nodes):
        for node in column:
            pieces.append(_bar(index, node))
            pieces.append(_label(index, node))
    heads = ("资金来源", "功能分类", "基本支出和项目")
    for index, head in enumerate(heads):
        pieces.append(_text(_label_x(index), 20, (head,), "end" if index == 0 else "start", "head"))
    return _svg("flow", title, flow_words(drawn), (_WIDTH, bottom + 12), "".join(pieces))


def flow_words(drawn: Sequence[Flow]) -> str:
    """The same in words, for who does not see the drawing."""
    return "；".join(f"{flow.source}→{flow.target}{str(flow.figure.money)}" for flow in drawn)


def _columns(drawn: Sequence[Flow]) -> list[dict[str, Money]]:
    """Names of each column with what goes through them, in the order of drawing."""
    found: list[dict[str, Money]] = [{}, {}, {}]
    for flow in drawn:
        for column, name in ((flow.column, flow.source), (flow.column + 1, flow.target)):
            if column != 1 or flow.column == 0:
                before = found[column].get(name)
                found[column][name] = before + flow.figure.money if before else flow.figure.money
    return [dict(sorted(column.items(), key=_drawn_first)) for column in found]


def _drawn_first(item: tuple[str, Money]) -> tuple[object, ...]:
    """Larger ones first; those put together last, as they are no name that anyone looks for."""
    name, money = item
    return _REST.fullmatch(name) is not None, -money.amount, name


def _scale(columns: Sequence[dict[str, Money]]) -> float:
    total = max((sum(float(money.amount) for money in column.values()) for column in columns), default=0)
    return _HEIGHT / total if total else 0


def _placed(column: dict[str, Money], scale: float, room: int) -> list[Node]:
    """Bars one below the other, each with at least the height of its label, so that no two labels meet."""
    nodes, top = [], float(_BASE)
    for name, money in column.items():
        lines = (*_wrapped(name, room), str(money))
        height = max(1.0, float(money.amount) * scale)
        slot = max(height, len(lines) * _LINE)
        nodes.append(Node(name, top + (slot - height) / 2, height, top + (slot - len(lines) * _LINE) / 2, lines))
        top += slot + _GAP
    return nodes


def _ribbons(drawn: Sequence[Flow], nodes: Sequence[Sequence[Node]], scale: float) -> Iterator[str]:
    left = [{node.name: node.top for node in column} for column in nodes]
    right = [{node.name: node.top for node in column} for column in nodes]
    ranks = [{node.name: rank for rank, node in enumerate(column)} for column in nodes]

    def across(flow: Flow) -> tuple[int, int, int]:
        return flow.column, ranks[flow.column][flow.source], ranks[flow.column + 1][flow.target]

    for flow in sorted(drawn, key=across):
        height = max(LEAST, float(flow.figure.money.amount) * scale)
        start, end = right[flow.column][flow.source], left[flow.column + 1][flow.target]
        right[flow.column][flow.source] += height
        left[flow.column + 1][flow.target] += height
        words = f"{flow.source} → {flow.target}：{str(flow.figure.money)}"
        shape = _ribbon(_COLUMNS[flow.column] + _BAR, start, _COLUMNS[flow.column + 1], end, height)
        yield f'<path class="ribbon k{ranks[0].get(flow.source, 0) % 4 if flow.column == 0 else 4}" d="{shape}"><title>{escape(words)}</title></path>'


def _ribbon(x: float, start: float, to: float, end: float, height: float) -> str:
    middle = (x + to) / 2
    return (
        f"M{x:.1f} {start:.1f}C{middle:.1f} {start:.1f} {middle:.1f} {end:.1f} {to:.1f} {end:.1f}V{end + height:.1f}"
        f"C{middle:.1f} {end + height:.1f} {middle:.1f} {start + height:.1f} {x:.1f} {start + height:.1f}Z"
    )


def _bar(index: int, node: Node) -> str:
    return f'<rect class="node" x="{_COLUMNS[index]}" y="{node.top:.1f}" width="{_BAR}" height="{node.height:.1f}"/>'


def _label(index: int, node: Node) -> str:
    return _text(_label_x(index), node.label + 13, node.lines, "end" if index == 0 else "start", "label")


def _label_x(index: int) -> int:
    return _COLUMNS[0] - 8 if index == 0 else _COLUMNS[index] + _BAR + 6


def change_svg(changes: Sequence[Change], title: str) -> str:
    """Last year's bar over this year's for each number, under its name and the difference; narrow enough for a phone."""
    most = max((max(abs(change.prior_money.amount), abs(change.current.money.amount)) for change in changes), default=0)
    pieces, top = [], 4.0
    for change in changes:
        heads = (*_wrapped(change.current.key, _NARROW), change_words(change))
        pieces.append(_text(0, top + 13, heads[:-1], "start", "label"))
        pieces.append(_text(0, top + 13 + _LINE * (len(heads) - 1), heads[-1:], "start", "head"))
        top += len(heads) * _LINE + 4
        for line, (year, money) in enumerate((("上年", change.prior_money), ("本年", change.current.money))):
            width = max(1.0, float(money.amount) / float(most) * (_NARROW - _AMOUNT)) if money and most else 0.0
            pieces.append(f'<rect class="year{line}" x="{_AMOUNT}" y="{top:.1f}" width="{width:.1f}" height="17"/>')
            pieces.append(_text(0, top + 13, (f"{year} {str(money)}",), "start", "label"))
            top += 22
        top += 14
    words = "；".join(
        f"{change.current.key}上年{str(change.prior_money)}，本年{str(change.current.money)}，{change_words(change)}"
        for change in changes
    )
    return _svg("change", title, words, (_NARROW, top), "".join(pieces))


def change_words(change: Change) -> str:
    """“减少3.00万元，下降12.00%”."""
    if not change.delta:
        return "持平"
    more = change.delta.amount > 0
    rate = f"，{'增长' if more else '下降'}{change.rate:.2f}%" if change.rate else ""
    return f"{'增加' if more else '减少'}{str(abs(change.delta))}{rate}"


def _svg(name: str, title: str, words: str, size: tuple[float, float], content: str) -> str:
    described = tag("title", escape(title), {"id": f"{name}-title"}) + tag(
        "desc", escape(words), {"id": f"{name}-desc"}
    )
    attributes = {
        "class": name, "viewBox": f"0 0 {size[0]:.0f} {size[1]:.0f}", "role": "img",
        "aria-labelledby": f"{name}-title {name}-desc", "font-size": f"{_WIDE:.0f}",
    }  # fmt: skip
    return f'<svg xmlns="http://www.w3.org/2000/svg"{attributes_html(attributes)}>{described}{content}</svg>'


def _text(x: float, y: float, lines: Sequence[str], anchor: str, kind: str) -> str:
    spans = "".join(
        f'<tspan x="{x:.1f}" y="{y + number * _LINE:.1f}">{escape(line)}</tspan>' for number, line in enumerate(lines)
    )
    return f'<text class="{kind}" text-anchor="{anchor}">{spans}</text>'


def _wrapped(text: str, room: int) -> tuple[str, ...]:
    """The text on lines no wider than ``room``: full-width letters count whole, others a little over half."""
    lines, width = [""], 0.0
    for letter in text:
        step = _WIDE if ord(letter) > 0x2000 else _WIDE * 0.58
        if width + step > room:
            lines.append("")
            width = 0.0
        lines[-1] += letter
        width += step
    return tuple(lines)
