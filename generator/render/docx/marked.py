"""Two finished Word files as one with tracked changes: the new file, whoever made it, with what differs marked in it.

Nothing of the new file is rewritten but the paragraphs and rows that differ: it keeps its styles, sections and pictures.
What only the old one says is written into it in its look.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from lxml import etree
from lxml.etree import _Element as Element

from generator.model.comparison import Words
from generator.model.problem import UsageError
from generator.opc import MOST_LETTERS, Package
from generator.render.docx.found import MARKUP, P, T, W, outlines, text_of
from generator.render.docx.marker import Align, Marker
from generator.render.docx.package import zipped
from generator.render.docx.paired import Told, pairs_of, told
from generator.render.docx.pen import Pen, Target
from generator.render.docx.revision import Revision
from generator.stories import NOTES, Reference, parts_beside

_MOST_PARAGRAPHS = 100_000  # a minute's work or so
_NUMBER = re.compile("[0-9]{1,9}")
_TRACKED = re.compile(r"(?:ins|del|moveFrom|moveTo|cellIns|cellDel|cellMerge|\w+Change)")
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_FALLBACK = MARKUP.replace("AlternateContent", "Fallback")
_EMPTY = etree.Element(f"{W}hdr")
etree.SubElement(_EMPTY, P)
_BOX = f"{W}txbxContent"


class Marked(NamedTuple):
    """The new file with its changes; ``pairs`` are the parts, old and new, that were marked ("" for none).

    ``left`` is where words differ and no change says so: 文本框, 公式, a header that only the old file has.
    """

    data: bytes
    pairs: tuple[tuple[str, str], ...]
    left: tuple[str, ...]


class _Side(NamedTuple):
    """A file's body, headers, footers and notes as trees, by the names of their parts, and its headers by section."""

    package: Package
    roots: Mapping[str, Element]
    beside: tuple[Told, ...]

    @property
    def body(self) -> Element:
        """What stands in the body."""
        body = self.roots[self.package.main].find(f"{W}body")
        if body is None:  # not where it should be
            raise UsageError("这个Word文件没有正文。")
        return body

    def names(self, kind: str) -> tuple[str, ...]:
        """The parts of a kind that the main one leads to."""
        return self.package.linked(self.package.main, kind, f"word/{kind}.xml")

    def part(self, kind: str) -> Element | None:
        """The first of them, if there is any."""
        parts = self.names(kind)
        return _root(self.package.xml(parts[0])) if parts else None


def mark_files(old: Package, new: Package, tools: tuple[Align, Words], revision: Revision) -> Marked:
    """The new file with every difference of words tracked, in its body, headers and footers.

    Both have been read before: they are Word files. Raises UsageError for one that has tracked changes already.
    """
    before, after = _side(old, "原来"), _side(new, "现在")
    styles = after.part("styles")
    known = () if styles is None else (style.get(f"{W}styleId", "") for style in styles.iter(f"{W}style"))
    numbering = [[side.package.xml(name) for name in side.names("numbering")] for side in (before, after)]
    pen = Pen(revision, tools[1], Target(frozenset(known), numbering[0] == numbering[1]), _first(after.roots.values()))
    objects = _objects(before), _objects(after)
    marker = Marker(tools[0], (outlines(before.part("styles")), outlines(styles)), pen)
    marker.story(before.body, after.body)
    pairs, left = _mark_beside(marker, before, after)
    made = {
        name: etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        for name, root in after.roots.items()
        if name in {new.main, *(name for _, name in pairs)}
    }
    left += tuple(kind for kind, words in objects[1].items() if words != objects[0][kind])
    return Marked(zipped({**new.parts(), **made}), ((old.main, new.main), *pairs), left)


def _mark_beside(marker: Marker, before: _Side, after: _Side) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """Headers and footers: what was marked into what, and which kinds hold a difference that can't be marked."""
    done: dict[str, str] = {}
    left = []
    for was, now in pairs_of(before.beside, after.beside):
        if now is None:
            left.append(was.kind if was else "")
        elif was is None or was.text != now.text:
            name = was.names[0] if was else ""
            for part in now.names:
                if done.setdefault(part, name) != name:  # two sections share it now, and did not
                    left.append(now.kind)
    for part, name in done.items():
        marker.story(before.roots[name] if name else _EMPTY, after.roots[part])
    return tuple((name, part) for part, name in done.items()), tuple(dict.fromkeys(left))


def _side(package: Package, label: str) -> _Side:
    names = [
        package.main,
        *(name for kind in ("header", "footer", *NOTES) for name in package.linked(package.main, kind)),
    ]
    roots = {name: _root(package.xml(name)) for name in dict.fromkeys(names)}
    for root in roots.values():
        _refuse_tracked(root, label)
        _refuse_endless(root, label)
    parts = parts_beside(package, list(_references(roots[package.main])))
    beside = [(kind, _text(roots[name]), name) for kind, name in parts if kind not in NOTES.values()]
    return _Side(package, roots, told(beside))


def _references(root: Element) -> Iterator[Reference]:
    for number, section in enumerate(root.iter(f"{W}sectPr"), 1):
        for side in ("header", "footer"):
            for item in section.iterfind(f"{W}{side}Reference"):
                yield Reference(number, side, item.get(f"{W}type", "default"), item.get(_LINK, ""))


def _text(root: Element) -> str:
    return "\n".join(map(text_of, root.iter(P))).strip()


def _objects(side: _Side) -> Mapping[str, str]:
    """The words in what the marker does not look into, as far as a reader sees them."""
    names = dict.fromkeys([side.package.main, *(name for story in side.beside for name in story.names)])
    found: dict[str, list[str]] = {"文本框": [], "公式": [], "图形等对象": []}
    for name in names:
        for kind, words in _object_words(side.roots[name], ""):
            found[kind].append(words)
    return {kind: "\n".join(words) for kind, words in found.items()}


def _object_words(item: Element, kind: str) -> Iterator[tuple[str, str]]:
    for child in item:
        if child.tag == _FALLBACK:  # what a program shows that does not know the other
            continue
        if child.tag == _MATH:
            yield "公式", child.text or ""
        elif kind and child.tag == f"{W}t":
            yield kind, child.text or ""
        inner = "文本框" if child.tag == _BOX else kind or ("图形等对象" if child.tag == MARKUP else "")
        yield from _object_words(child, inner)


def _root(data: bytes) -> Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:  # it is sound, so that only what libxml2 bounds is left
        raise UsageError("这个Word文件里有长得不合常理的段落，没有比较。") from error


def _refuse_tracked(root: Element, side: str) -> None:
    for item in root.iter(f"{W}*"):
        if _TRACKED.fullmatch(etree.QName(item).localname):
            raise UsageError(f"{side}的文件里已有修订痕迹，请先在Word里全部接受或拒绝，再来比较。")


def _refuse_endless(root: Element, side: str) -> None:
    if (
        sum(1 for _ in root.iter(P)) > _MOST_PARAGRAPHS
        or sum(len(item.text or "") for item in root.iter(T)) > MOST_LETTERS
    ):
        raise UsageError(
            f"{side}的文件过长（最多{_MOST_PARAGRAPHS // 10_000}万段、{MOST_LETTERS // 10_000}万字），没有比较。"
        )


def _first(roots: Iterable[Element]) -> int:
    """Numbers of changes begin above all that are there."""
    numbers = (item.get(f"{W}id", "") for root in roots for item in root.iter(f"{W}*"))
    return 1 + max((int(number) for number in numbers if _NUMBER.fullmatch(number)), default=0)
