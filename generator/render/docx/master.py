"""The master: looked through, its furniture filled, and taken apart where contents, body and tables go in."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import NamedTuple
from xml.etree import ElementTree
from xml.parsers.expat import ExpatError

from generator.model.document import Document
from generator.model.problem import Problem, Problems, Severity, UsageError
from generator.model.source import Position
from generator.opc import Package
from generator.render.docx.doubts import doubts_of
from generator.render.docx.flaws import Flaw, Flawed, outside_flaw, story_flaws
from generator.render.docx.frame import MARKERS, Section, places_of, said, sections_of, text_flaws
from generator.render.docx.furniture import Slot, bare, changes_in, words_in
from generator.render.docx.measure import balanced
from generator.render.docx.paper import Paper
from generator.render.docx.parts import MAIN, Parts, parts_of
from generator.render.docx.sheet import Sheet
from generator.render.docx.styles import Styles, read_styles, with_our_ids
from generator.render.docx.tree import Element, spliced, tree_of

_NAME = "母版 master.docx"
_STORIES = {"header": "页眉", "footer": "页脚"}
_MOST_ELEMENTS = 200_000


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


class _Frame(NamedTuple):
    """A master looked through, not filled yet: its stories by part name, and where its sections are."""

    parts: Mapping[str, bytes]
    stories: Mapping[str, Element]
    sections: tuple[Section, ...]
    places: tuple[int, int, int]
    styles: Styles
    sheets: tuple[Sheet, Sheet, Sheet]
    cover: Sheet
    added: bool
    doubts: tuple[str, ...]


class _Examined(NamedTuple):
    """A master and its flaws; no frame where there is none to speak of."""

    frame: _Frame | None
    flaws: tuple[Flaw, ...]


def master_problems(data: bytes, file: str) -> Problems:
    """Everything that forbids using a master, and what of it goes out with the document and should be known."""
    place = Position(file)
    return tuple(Problem(flaw.code, flaw.severity, flaw.message, flaw.remedy, place) for flaw in _examined(data).flaws)


def master_texts(data: bytes) -> tuple[str, ...]:
    """The templates on its cover, in its headers and footers."""
    frame = _examined(data).frame
    if frame is None:
        return ()
    slots = (slot for root in frame.stories.values() for words in words_in(root) for slot in words.slots)
    return tuple(dict.fromkeys(slot.template for slot in slots))


def open_master(data: bytes, document: Document | None = None) -> Master:
    """A master, filled with the document's furniture. Raises UsageError, one line, when it can't be used."""
    examined = _examined(data)
    error = next((flaw for flaw in examined.flaws if flaw.severity is Severity.ERROR), None)
    if error is not None or examined.frame is None:
        raise UsageError(f"{_NAME}：{error.message}。{error.remedy}" if error else _NAME)
    return _taken_apart(examined.frame, document)


@lru_cache(maxsize=4)
def _examined(data: bytes) -> _Examined:
    try:
        return _looked_through(parts_of(Package(data)))
    except Flawed as error:
        return _Examined(None, (error.flaw,))
    except UsageError as error:
        flaw = Flaw("P007", f"母版打不开：{str(error).rstrip('。')}", "请在Word里打开它，另存一份。")
    except (ExpatError, ElementTree.ParseError):  # names without a namespace, which opc does not look at
        flaw = Flaw("P007", "母版里有读不懂的内容", "请在Word里打开它，另存一份。")
    return _Examined(None, (flaw,))


def _looked_through(parts: Parts) -> _Examined:
    styles_name = parts.named("styles", "word/styles.xml")
    ours = with_our_ids(parts.data, styles_name)
    names = {MAIN: "封面", **{name: _STORIES[kind] for name, kind in parts.kinds.items() if kind in _STORIES}}
    stories = {name: _story(ours[name], name) for name in names}
    flaws = [flaw for name, where in names.items() for flaw in story_flaws(stories[name], where)]
    flaws += map(outside_flaw, dict.fromkeys(parts.outside))
    sections = tuple(sections_of(stories[MAIN]))
    places = places_of(sections)
    flaws += text_flaws(sections, places)
    styles = read_styles(ours.get(styles_name, b"<styles/>"))
    settings = ours.get(parts.named("settings", "word/settings.xml"))
    paper = Paper(ours, parts.links, styles, sections, None if settings is None else tree_of(settings), {})
    sheets = paper.sheet(places[0]), paper.sheet(places[1]), paper.sheet(places[2])
    doubts = doubts_of(
        styles, {"正文": paper.properties(places[1]), "横向": paper.properties(places[2])}, paper.settings
    )
    doubts += tuple(paper.doubts({"正文": places[1], "横向": places[2]}))
    frame = _Frame(ours, stories, sections, places, styles, sheets, paper.sheet(0), paper.spacing_added, doubts)
    return _Examined(frame, tuple(dict.fromkeys(flaws)))


def _story(data: bytes, name: str) -> Element:
    root = tree_of(data)
    if not data[root.start : root.start + 3] == b"<w:" or sum(1 for _ in root.walk()) > _MOST_ELEMENTS:
        raise Flawed("P007", f"母版里的 {name} 不是Word写出的样子", "请用Word打开它，另存一份。")
    return root


def _taken_apart(frame: _Frame, document: Document | None) -> Master:
    xml, sections, (first, second, third) = frame.parts[MAIN], frame.sections, frame.places
    changes = (
        {name: changes_in(root, _filler(frame, document)) for name, root in frame.stories.items()} if document else {}
    )
    parts = {name: spliced(data, changes[name]) if changes.get(name) else data for name, data in frame.parts.items()}
    marked = next(child for child in sections[first].children if MARKERS[0] in said(child))
    edges = (
        (0, marked.start), (sections[first].end, sections[second - 1].end),
        (sections[third].end, sections[-1].properties.end), (sections[-1].properties.end, len(xml)),
    )  # fmt: skip
    opening, between, back, closing = (spliced(xml, changes.get(MAIN, ()), *edge).decode() for edge in edges)
    back = back if third < len(sections) - 1 else ""
    return Master(parts, opening, between, back, closing, *frame.sheets, frame.styles, frame.added, frame.doubts)


def _filler(frame: _Frame, document: Document) -> Callable[[Slot], str]:
    furniture = dict(document.furniture)
    furnished = dict(document.furnished)
    style = frame.styles.paragraphs["CoverTitle"]
    width = frame.cover.width - style.left - style.right
    title = "\n".join(balanced(document.title, width, style.size, style.letters))

    def words(slot: Slot) -> str:
        found = furnished.get(slot.template, bare(slot.template, furniture))
        if found is None:
            raise UsageError(f"{_NAME}里的“{slot.template}”没有填上。")
        return found.replace(document.title, title) if slot.style == "CoverTitle" else found

    return words
