"""The master: its furniture filled, and taken apart where contents, body and tables go in."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from generator.model.document import Document
from generator.model.plain import Kinds, packed, unpacked
from generator.model.problem import Problem, Problems, Severity, UsageError
from generator.model.remember import Remember, anew, program
from generator.model.source import Position
from generator.render.docx.flaws import Flaw
from generator.render.docx.frame import Examined, Frame
from generator.render.docx.furniture import Slot, bare, changes_of
from generator.render.docx.measure import USUAL, Letters, balanced
from generator.render.docx.sheet import Sheet
from generator.render.docx.splice import Change, spliced
from generator.render.docx.styles import Borders, CellMargins, Style, Styles

_NAME = "母版 master.docx"
_MAIN = "word/document.xml"


class Master(NamedTuple):
    """The filled master: every part of its package, and document.xml around contents, body and tables.

    ``between`` stands between contents and body, ``back`` after the tables, with sections of their own. ``added``: see
    ``paginate``. ``doubts`` are settings that page counting does not count with.
    """

    parts: Mapping[str, bytes]
    opening: str
    between: str
    back: str
    closing: str
    contents: Sheet
    portrait: Sheet
    landscape: Sheet
    styles: Styles
    added: bool
    doubts: tuple[str, ...]

    def last_section(self, properties: str) -> str:
        """The end of the last section of the body, and what the master has after it."""
        if self.back:
            return f'<w:p><w:pPr><w:pStyle w:val="SectionEnd"/>{properties}</w:pPr></w:p>{self.back}'
        return f'<w:p><w:pPr><w:pStyle w:val="SectionEnd"/></w:pPr></w:p>{properties}'


def master_problems(data: bytes, file: str, remember: Remember = anew) -> Problems:
    """Everything that forbids using a master, and what of it goes out with the document and should be known.

    ``remember`` may keep what looking through it came to.
    """
    place, flaws = Position(file), _examined(data, remember).flaws
    return tuple(Problem(flaw.code, flaw.severity, flaw.message, flaw.remedy, place) for flaw in flaws)


def master_texts(data: bytes) -> tuple[str, ...]:
    """The templates on its cover, in its headers and footers."""
    frame = _examined(data).frame
    slots = (slot for found in frame.slots.values() for slot in found) if frame else ()
    return tuple(dict.fromkeys(slot.template for slot in slots))


def has_statements(data: bytes) -> bool:
    """Whether it has templates that are not whole in their paragraphs, so that it must be expanded first."""
    return _examined(data).statements


def master_parts(data: bytes) -> Mapping[str, bytes]:
    """The parts of a master that can be looked through."""
    frame = _examined(data).frame
    return frame.parts if frame else {}


def open_master(data: bytes, document: Document | None = None) -> Master:
    """A master, filled with the document's furniture. Raises UsageError, one line, when it can't be used."""
    examined = _examined(data)
    error = next((flaw for flaw in examined.flaws if flaw.severity is Severity.ERROR), None)
    if error is not None or examined.frame is None:
        raise UsageError(f"{_NAME}：{error.message}。{error.remedy}" if error else _NAME)
    return _taken_apart(examined.frame, document)


def _examined(data: bytes, remember: Remember = anew) -> Examined:
    found = _once(data)
    if not found:
        key = program("render/docx", ".") + data
        found.append(unpacked(remember(key, lambda: _packed(data)), _KINDS))
    return found[0]


@lru_cache(maxsize=4)
def _once(_: bytes) -> list[Examined]:
    """Where a master's examination is kept while the program runs."""
    return []


def _packed(data: bytes) -> bytes:
    from generator.render.docx.examine import examine  # what it came to is kept between runs

    return packed(examine(data), _KINDS)


def _letters(*fields: Any) -> Letters:
    return USUAL if fields == USUAL else Letters(*fields)


_NOUNS = (Examined, Frame, Flaw, Severity, Slot, Sheet, Styles, Style, CellMargins, Borders)
_KINDS: Kinds = {**{kind: kind for kind in _NOUNS}, Letters: _letters}


def _taken_apart(frame: Frame, document: Document | None) -> Master:
    fill = _filler(frame, document) if document is not None else None
    changes: dict[str, tuple[Change, ...]] = {
        name: changes_of(slots, fill) for name, slots in frame.slots.items() if slots and fill is not None
    }
    parts = {name: spliced(data, changes[name]) if name in changes else data for name, data in frame.parts.items()}
    xml = frame.parts[_MAIN]
    opening, between, back, closing = (spliced(xml, changes.get(_MAIN, ()), *edge).decode() for edge in frame.edges)
    return Master(parts, opening, between, back, closing, *frame.sheets[1:], frame.styles, frame.added, frame.doubts)


def _filler(frame: Frame, document: Document) -> Callable[[Slot], str]:
    furniture = dict(document.furniture)
    furnished = dict(document.furnished)
    style = frame.styles.paragraphs["CoverTitle"]
    width = frame.sheets[0].width - style.left - style.right
    title = "\n".join(balanced(document.title, width, style.size, style.letters))

    def words(slot: Slot) -> str:
        found = furnished.get(slot.template, bare(slot.template, furniture))
        if found is None:
            raise UsageError(f"{_NAME}里的“{slot.template}”没有填上。")
        return found.replace(document.title, title) if slot.style == "CoverTitle" else found

    return words
