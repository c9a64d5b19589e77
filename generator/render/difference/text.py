"""A Difference for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.difference import Difference
from generator.render.difference.rows import NOTHING, Bit, Item, heading, pieces, remarks, sections, summary
from generator.render.problems import display_width

_RED, _GREEN, _BOLD, _PLAIN = "\033[31m", "\033[32m", "\033[1m", "\033[0m"
_STRONG, _WEAK = "\033[7m", "\033[27m"
_WIDE = 100


def difference_text(difference: Difference, colour: bool = False) -> str:
    """Every list under its title; what is short on one line, what is long as two lines below its place."""
    if difference.empty:
        return f"{heading(difference)}\n{NOTHING}\n"
    lines = [heading(difference), *remarks(difference)]
    found = sections(difference)
    for section in found:
        title = f"{section.title}（{len(section.rows)}）"
        lines += ["", f"{_BOLD}{title}{_PLAIN}" if colour else title, *_rows(section.rows, colour)]
    lines += ["", summary(found)] if found else []
    return "\n".join(lines) + "\n"


def _rows(rows: tuple[Item, ...], colour: bool) -> Iterator[str]:
    """A place that several long changes share is said once."""
    place = ""
    for row in rows:
        was, now = _sides(row, colour)
        if display_width(f"{row.old or ''}{row.new or ''}") <= _WIDE:
            change = f"{was} → {now}" if was and now else f"- {was}" if was else f"+ {now}"
            yield f"  {_one_line(row.place)}: {change}{f'（{row.delta}）' if row.delta else ''}"
            place = ""
            continue
        if row.place != place:
            yield f"  {_one_line(row.place)}"
        yield from (f"    {sign} {text}" for sign, text in (("-", was), ("+", now)) if text)
        place = row.place


def _sides(row: Item, colour: bool) -> tuple[str, str]:
    """Before and after, ready to print; empty where there is none."""
    was: tuple[Bit, ...] = (Bit(row.old or "", False),)
    now: tuple[Bit, ...] = (Bit(row.new or "", False),)
    if colour and row.old and row.new:
        was, now = pieces(row.old, row.new)
    return _painted(was, _RED, colour), _painted(now, _GREEN, colour)


def _painted(parts: tuple[Bit, ...], ink: str, colour: bool) -> str:
    if not colour or not any(part.text for part in parts):
        return "".join(_one_line(part.text) for part in parts)
    marked = (f"{_STRONG}{text}{_WEAK}" if part.changed else text for part in parts if (text := _one_line(part.text)))
    return f"{ink}{''.join(marked)}{_PLAIN}"


def _one_line(text: str) -> str:
    """A text that stays on its line and sends the terminal no commands."""
    return "".join("⏎" if char == "\n" else char if char.isprintable() else "·" for char in text)
