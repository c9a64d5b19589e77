"""Pieces of a drawing on a sheet: words on lines, bars, each with how high it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from generator.model.picture import Number
from generator.render.html.text import escape, tag

INK, FAINT, TRACK, SECOND, MIDDLE = "#1f2933", "#4a5663", "#e7ecf2", "#8fa9c4", "#7b8794"
_HANGING = "，。、；：）》”％"
"""What no line begins with."""
_WHOLE = re.compile(r"\d[\d,.]*(?:万元|亿元|元|%|年)?|[A-Za-z]+|.", re.DOTALL)
"""What no line breaks in: an amount with its unit, a word."""
_RISE = 0.36
"""How far below a line's middle its letters stand, of their size."""


class Piece(NamedTuple):
    """Something drawn from a top edge at 0 down, and how high it is."""

    height: float
    xml: str


class Type(NamedTuple):
    """How words look: their size, colour, whether they are bold, and what of them stands at their place: start, middle or end."""

    size: float
    colour: str = INK
    bold: bool = False
    anchor: str = "start"


def words(text: str, x: float, room: float, look: Type, line: float = 1.5) -> Piece:
    """Words from ``x`` on, on as many lines as they need."""
    lines = lines_of(text, room, look.size)
    step = look.size * line
    drawn = "".join(text_at(words, x, number * step + step / 2, look) for number, words in enumerate(lines))
    return Piece(len(lines) * step, drawn)


def text_at(text: str, x: float, middle: float, look: Type, after: str = "") -> str:
    """One line of words around a height, and what comes ``after`` them on it."""
    attributes = {
        "x": f"{x:.1f}", "y": f"{middle + look.size * _RISE:.1f}", "font-size": f"{look.size:g}", "fill": look.colour,
        "font-weight": "700" if look.bold else None, "text-anchor": None if look.anchor == "start" else look.anchor,
    }  # fmt: skip
    return tag("text", escape(text) + after, attributes)


def number_at(number: Number, x: float, middle: float, look: Type, unit: float) -> str:
    """Digits, and their unit in letters of another size."""
    attributes = {"font-size": f"{unit:g}", "font-weight": "400", "dx": f"{unit * 0.3:.1f}"}
    return text_at(number.digits, x, middle, look, tag("tspan", escape(number.unit), attributes))


def lines_of(text: str, room: float, size: float) -> list[str]:
    """The words on lines that have room; what alone has none is broken where it must."""
    lines, width = [""] if text else [], 0.0
    for whole in _WHOLE.findall(text):
        for part in (whole,) if width_of(whole, size) <= room else whole:
            more = width_of(part, size)
            if lines[-1] and width + more > room and part not in _HANGING:
                lines.append("")
                width = 0.0
            lines[-1] += part
            width += more
    return lines


def width_of(text: str, size: float) -> float:
    """About how wide one line of it is."""
    return sum(size if ord(letter) > 0x2000 else size * 0.58 for letter in text)


def box(x: float, y: float, width: float, height: float, colour: str) -> str:
    """A filled rectangle."""
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{colour}"/>'


def track(x: float, width: float, height: float, parts: Iterable[tuple[int, int, str]]) -> Piece:
    """A pale bar with coloured parts: each from and how long, in thousandths."""
    drawn = box(x, 0, width, height, TRACK)
    drawn += "".join(box(x + width * at / 1000, 0, width * long / 1000, height, colour) for at, long, colour in parts)
    return Piece(height, drawn)


def moved(piece: Piece, down: float, right: float = 0) -> str:
    """The piece somewhere else."""
    return f'<g transform="translate({right:.1f} {down:.1f})">{piece.xml}</g>' if piece.xml else ""


def stacked(pieces: Sequence[Piece], gap: float = 0) -> Piece:
    """One below the other."""
    drawn, top = "", 0.0
    for piece in pieces:
        drawn += moved(piece, top)
        top += piece.height + gap
    return Piece(max(top - gap, 0), drawn)


def beside(pieces: Sequence[Piece], step: float) -> Piece:
    """One to the right of the other."""
    drawn = "".join(moved(piece, 0, place * step) for place, piece in enumerate(pieces))
    return Piece(max((piece.height for piece in pieces), default=0), drawn)
