"""A drawing with its title and the table of its numbers, each of which says where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.model.book import Book
from generator.model.department import Inputs
from generator.model.figure import Change
from generator.render.html.charts import Flow, change_svg, change_words, flow_svg, flows
from generator.render.html.panel import Explained
from generator.render.html.text import attributes_html, escape, tag


def figure_html(key: str, title: str, book: Book, inputs: Inputs, explained: Explained) -> Iterator[str]:
    """The drawing of a ChartBlock's ``key``; nothing where there is nothing to draw."""
    drawn, changes = (flows(book, inputs), ()) if key == "收支" else ((), book.moved)
    if drawn:
        yield _figure(title, flow_svg(drawn, title), _flow_table(drawn, explained), wide=True)
    if changes:
        yield _figure(title, change_svg(changes, title), _change_table(changes, explained), wide=False)


def _flow_table(drawn: Sequence[Flow], explained: Explained) -> str:
    rows = [
        (escape(flow.source), escape(flow.target), explained.html(str(flow.figure.money), flow.figure))
        for flow in drawn
    ]
    return _rows_html(("从", "到", "金额"), rows)


def _change_table(changes: Sequence[Change], explained: Explained) -> str:
    rows = [
        (
            escape(change.current.key),
            explained.html(str(change.prior_money), change),
            explained.html(str(change.current.money), change.current),
            escape(change_words(change)),
        )
        for change in changes
    ]
    return _rows_html(("项目", "上年", "本年", "增减"), rows)


def _figure(title: str, svg: str, table: str, wide: bool) -> str:
    """A wide drawing scrolls in a region of its own, which a keyboard reaches."""
    region = {"class": "scroll", "tabindex": "0", "role": "region", "aria-label": title} if wide else {"class": "plain"}
    hint = '<p class="slide" aria-hidden="true">左右滑动看全图</p>' if wide else ""
    return (
        f"<figure><figcaption><h3>{escape(title)}</h3></figcaption>{hint}<div{attributes_html(region)}>{svg}</div>"
        f"<details><summary>这张图的数</summary>{table}</details></figure>"
    )


def _rows_html(heads: Sequence[str], rows: Sequence[tuple[str, ...]]) -> str:
    """A plain table; its cells are HTML already."""
    head = "".join(tag("th", text, {"scope": "col"}) for text in heads)
    body = "".join(
        tag("tr", tag("th", first, {"scope": "row"}) + "".join(tag("td", cell) for cell in rest))
        for first, *rest in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
