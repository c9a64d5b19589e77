"""The templates on a master's cover, in its headers and footers, and how they are filled."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from generator.render.docx.splice import Change
from generator.render.docx.xml import escape

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
_BARE = re.compile(r"\{\{\s*(\w+)\s*\}\}")


class Slot(NamedTuple):
    """A template and the elements its letters stand in, as places in the part; ``style`` is its paragraph's."""

    template: str
    places: tuple[tuple[int, int], ...]
    style: str


def changes_of(slots: Iterable[Slot], words: Callable[[Slot], str]) -> tuple[Change, ...]:
    """What is to be spliced into a part to fill its templates; “\\n” becomes a line break."""
    found: list[Change] = []
    for slot in slots:
        first, *others = slot.places
        found.append((*first, _run_content(words(slot)).encode()))
        found += [(*place, b"<w:t></w:t>") for place in others]
    return tuple(found)


def bare(template: str, furniture: Mapping[str, str]) -> str | None:
    """A template that only names what is given, filled; None for any other."""
    names = _BARE.findall(template)
    if TAG.search(_BARE.sub("", template)) or not furniture.keys() >= set(names):
        return None
    return _BARE.sub(lambda found: furniture[found[1]], template)


def _run_content(words: str) -> str:
    return "<w:br/>".join("<w:tab/>".join(map(_text, line.split("\t"))) for line in words.split("\n"))


def _text(words: str) -> str:
    return f'<w:t xml:space="preserve">{escape(words)}</w:t>' if words else '<w:t xml:space="preserve"/>'
