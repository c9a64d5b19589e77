"""What looking through a master comes to."""

from collections.abc import Mapping
from typing import NamedTuple

from generator.render.docx.flaws import Flaw
from generator.render.docx.furniture import Slot
from generator.render.docx.sheet import Sheet
from generator.render.docx.styles import Styles


class Frame(NamedTuple):
    """A master looked through, not filled yet: its parts, the templates in them, and where its main part is cut.

    ``sheets`` are those of cover, contents, body and tables.
    """

    parts: Mapping[str, bytes]
    slots: Mapping[str, tuple[Slot, ...]]
    edges: tuple[tuple[int, int], ...]
    sheets: tuple[Sheet, Sheet, Sheet, Sheet]
    styles: Styles
    added: bool
    doubts: tuple[str, ...]


class Examined(NamedTuple):
    """A master and its flaws; no frame where there is none to speak of.

    ``statements``: it has some that only docxtpl understands.
    """

    frame: Frame | None
    flaws: tuple[Flaw, ...]
    statements: bool = False
