"""The picture as a page: real words and headings for who listens, bars for who looks, one column on a phone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from generator.model.picture import NOTHING, Bar, Group, Move, Number, Picture
from generator.render.html.text import escape, hashed, tag
from generator.render.picture.code import code_path

_LONG = 11
"""Digits that have room on a phone, as large as they are."""


def picture_html(picture: Picture, zoom: str = "1") -> str:
    """The whole page: no script, no other file, no network. ``zoom`` is how large it is printed."""
    style = f":root{{--main:#{picture.main};--accent:#{picture.accent};--zoom:{zoom}}}\n{_style()}"
    policy = f"default-src 'none'; img-src data:; style-src {hashed(style)}; base-uri 'none'; form-action 'none'"
    body = "\n".join(filter(None, (_header(picture), _lead(picture), _grid(picture), _footer(picture))))
    return (
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(picture.whole_title)}</title>\n"
        f'<link rel="icon" href="data:,">\n<style>{style}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n'
    )


@cache
def _style() -> str:
    return files("generator.render.picture").joinpath("picture.css").read_text(encoding="utf-8")


def _header(picture: Picture) -> str:
    return tag("header", tag("h1", escape(picture.title)) + tag("p", escape(picture.agency)))


def _lead(picture: Picture) -> str:
    total = picture.total
    if total == NOTHING:
        return ""
    kind = "big" if len(total.number.digits) <= _LONG else "big long"
    words = tag("p", escape(total.name), {"class": "name"}) + tag("p", _number(total.number), {"class": kind})
    words += tag("p", escape(total.change), {"class": "change"}) if total.change else ""
    parts = "".join(tag("li", f"{escape(part.name)} {_numeral(part.number)}") for part in picture.split)
    split = tag("div", _track(picture.split) + tag("ul", parts), {"class": "split"}) if parts else ""
    return tag("div", words + split, {"class": "lead"})


def _grid(picture: Picture) -> str:
    """Two beside each other where there is room; one that has nobody beside it is as wide as both."""
    rows = (
        (_group(picture.income), _group(picture.spending)),
        (_public(picture), _moves(picture)),
        (_group(picture.projects),),
        (_sentences(picture),),
    )
    sections: list[str] = []
    for row in rows:
        there = [one for one in row if one]
        sections += [tag("section", one, {"class": "wide" if len(there) == 1 else None}) for one in there]
    return tag("div", "\n".join(sections), {"class": "grid"})


def _group(group: Group) -> str:
    if not group.bars:
        return ""
    items = "".join(tag("li", _row(bar) + _track((bar,))) for bar in group.bars)
    rest = tag("p", escape(group.rest), {"class": "rest"}) if group.rest else ""
    return _titled(group.title, tag("ul", items, {"class": "bars"}) + rest)


def _public(picture: Picture) -> str:
    """Its parts have bars where one of them is something."""
    total, group = picture.public_total, picture.public
    if not group.title:
        return ""
    drawn = any(bar.length for bar in group.bars)
    items = tag("li", _row(total), {"class": "total"}) if total != NOTHING else ""
    items += "".join(tag("li", _row(bar) + (_track((bar,)) if drawn else "")) for bar in group.bars)
    return _titled(group.title, tag("ul", items, {"class": "bars"}))


def _row(bar: Bar) -> str:
    note = tag("span", escape(bar.change), {"class": "note"}) if bar.change else ""
    name = tag("span", escape(bar.name) + note, {"class": "name"})
    return tag("div", f"{name} {_numeral(bar.number)}", {"class": "row"})


def _moves(picture: Picture) -> str:
    items = "".join(tag("li", _move(move)) for move in picture.moves)
    return _titled(picture.moves_title, tag("ul", items, {"class": "bars"})) if items else ""


def _move(move: Move) -> str:
    """To the right of the middle what is more, to the left what is less."""
    name = tag("span", escape(move.name) + tag("span", escape(move.words), {"class": "note"}), {"class": "name"})
    half = max(move.length // 2, 2)
    kind, at = ("more", 500) if move.sign > 0 else ("less", 500 - half)
    drawn = (
        f'<rect class="{kind}" x="{at}" width="{half}" height="8"/><rect class="middle" x="499" width="2" height="8"/>'
    )
    return tag("div", name, {"class": "row"}) + _svg(drawn)


def _sentences(picture: Picture) -> str:
    items = "".join(tag("li", escape(words)) for words in picture.sentences)
    return _titled(picture.sentences_title, tag("ol", items, {"class": "words"})) if items else ""


def _titled(title: str, content: str) -> str:
    return tag("h2", escape(title)) + content


def _footer(picture: Picture) -> str:
    said = tag("p", escape(picture.source))
    if not picture.url:
        return tag("footer", said)
    path, wide = code_path(picture.url)
    white = f'<path fill="#fff" d="M0 0h{wide}v{wide}H0z"/>'
    drawn = tag(
        "svg",
        f'{white}<path d="{path}"/>',
        {"viewBox": f"0 0 {wide} {wide}", "role": "img", "aria-label": f"{picture.code}：{picture.url}"},
    )
    link = tag("p", tag("a", escape(picture.url), {"href": picture.url}))
    return tag("footer", tag("div", said + link) + tag("figure", drawn + tag("figcaption", escape(picture.code))))


def _number(number: Number) -> str:
    return escape(number.digits) + tag("span", escape(number.unit), {"class": "unit"})


def _numeral(number: Number) -> str:
    return tag("span", _number(number), {"class": "num"})


def _track(bars: Sequence[Bar]) -> str:
    """Bars one after the other; words beside them say the same, so that nobody has to see them."""
    return _svg("".join(_rects(bars)))


def _rects(bars: Sequence[Bar]) -> Iterator[str]:
    at = 0
    for place, bar in enumerate(bars):
        kind = ' class="second"' if place % 2 else ""
        yield f'<rect{kind} x="{at}" width="{bar.length}" height="8"/>'
        at += bar.length


def _svg(content: str) -> str:
    return f'<svg class="track" viewBox="0 0 1000 8" preserveAspectRatio="none" aria-hidden="true">{content}</svg>'
