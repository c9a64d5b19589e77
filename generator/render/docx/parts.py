"""The parts of a master's package that go into the document: what its links lead to, under the names we write.

What tells of persons and of their machine stays behind: properties, templates, macros, building blocks.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from generator.opc import Package
from generator.render.docx.splice import spliced
from generator.render.docx.tree import tree_of
from generator.render.docx.xml import escape

MAIN = "word/document.xml"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument"
_HEAD = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
_DECLARATION = re.compile(rb"\s*<\?xml[^>]*\?>\s*")
_OURS = (
    ("rId1", f"{_OFFICE}/officeDocument", MAIN),
    ("rId2", f"{_RELATIONSHIPS}/metadata/core-properties", "docProps/core.xml"),
    ("rId3", f"{_OFFICE}/extended-properties", "docProps/app.xml"),
)
_OUR_TYPES = {
    MAIN: f"{_KIND}.wordprocessingml.document.main+xml",
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "docProps/app.xml": f"{_KIND}.extended-properties+xml",
}
_APP = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<DocSecurity>0</DocSecurity><AppVersion>16.0000</AppVersion></Properties>"
)
_LEFT_BEHIND = frozenset((
    "attachedTemplate", "thumbnail", "vbaProject", "wordVbaData", "glossaryDocument", "keyMapCustomizations", "people",
    "comments", "commentsExtended", "commentsIds", "commentsExtensible", "attachedToolbars",
))  # fmt: skip
_PROLOGUE = frozenset(("styles", "settings", "header", "footer", "numbering"))


class Outside(NamedTuple):
    """A link that leads out of the package: what it is, and where it leads."""

    kind: str
    target: str


class Parts(NamedTuple):
    """A master's parts by name; ``kinds`` says what those are that the main part leads to, ``links`` by which id."""

    data: Mapping[str, bytes]
    kinds: Mapping[str, str]
    links: Mapping[str, str]
    outside: tuple[Outside, ...]

    def named(self, kind: str, usual: str) -> str:
        """The part of a kind, or what it is usually named."""
        return next((name for name, found in self.kinds.items() if found == kind), usual)


class _Link(NamedTuple):
    name: str
    type: str
    target: str
    inside: bool


def parts_of(package: Package) -> Parts:
    """All that can be reached from the main part. Raises UsageError for what can't be read."""
    data: dict[str, bytes] = {}
    kinds: dict[str, str] = {}
    ids: dict[str, str] = {}
    outside: list[Outside] = []
    waiting, seen = [package.main], {package.main}
    while waiting:
        name = waiting.pop()
        data[_ours(name, package)] = package.xml(name) if name.endswith((".xml", ".vml")) else package.read(name)
        links = list(_links(package, name))
        outside += [Outside(link.type.rpartition("/")[2], link.target) for link in links if not link.inside]
        for link in links:
            if link.inside and link.target not in seen:
                seen.add(link.target)
                waiting.append(link.target)
            if link.inside and name == package.main:
                kinds[link.target] = link.type.rpartition("/")[2]
                ids[link.name] = link.target
        if links:
            data[_relations_name(_ours(name, package))] = _relations(links, posixpath.dirname(_ours(name, package)))
    written = {name: _written(content, kinds.get(name, "")) for name, content in data.items()}
    written[MAIN] = _with_our_head(written[MAIN])
    written["_rels/.rels"] = _relations([_Link(*link, inside=True) for link in _OURS], "")
    written["docProps/app.xml"] = _APP.encode()
    written["[Content_Types].xml"] = _content_types(package, written)
    return Parts(written, kinds, ids, tuple(outside))


def _ours(name: str, package: Package) -> str:
    return MAIN if name == package.main else name


def _relations_name(name: str) -> str:
    folder, file = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{file}.rels")


def _links(package: Package, part: str) -> Iterator[_Link]:
    """Where a part leads to and that is there, but for what stays behind."""
    file = _relations_name(part)
    if file not in package:
        return
    for element, link in zip(tree_of(package.xml(file)).children, package.links(part), strict=False):
        inside = bool(link.part)
        if link.kind in _LEFT_BEHIND or (inside and link.part not in package):
            continue
        target = link.part if inside else element.attributes.get("Target", "")
        yield _Link(link.name, element.attributes.get("Type", ""), target, inside)


def _relations(links: list[_Link], folder: str) -> bytes:
    body = "".join(
        f'<Relationship Id="{escape(link.name)}" Type="{escape(link.type)}" '
        + (
            f'Target="{escape(posixpath.relpath(link.target, folder) if folder else link.target)}"/>'
            if link.inside
            else f'Target="{escape(link.target)}" TargetMode="External"/>'
        )
        for link in links
    )
    return f'{_HEAD}<Relationships xmlns="{_RELATIONSHIPS}">{body}</Relationships>'.encode()


def _written(data: bytes, kind: str) -> bytes:
    if kind not in _PROLOGUE:
        return data
    if kind == "settings":
        root = tree_of(data)
        data = spliced(
            data, [(child.start, child.end, b"") for child in root.children if child.name == "w:attachedTemplate"]
        )
    return _with_our_head(data)


def _with_our_head(data: bytes) -> bytes:
    return _HEAD.encode() + _DECLARATION.sub(b"", data.removeprefix(b"\xef\xbb\xbf"), count=1)


def _content_types(package: Package, parts: Mapping[str, bytes]) -> bytes:
    elements = tree_of(package.xml("[Content_Types].xml")).children if "[Content_Types].xml" in package else ()
    usual = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"}
    named: dict[str, str] = {}
    for element in elements:
        type_ = element.attributes.get("ContentType", "")
        if "Extension" in element.attributes:
            usual.setdefault(element.attributes["Extension"].lower(), type_)
        else:
            named[element.attributes.get("PartName", "").lstrip("/")] = type_
    named |= _OUR_TYPES
    endings = {name.rpartition(".")[2].lower() for name in parts} | {"rels", "xml"}
    body = "".join(
        f'<Default Extension="{escape(ending)}" ContentType="{escape(usual[ending])}"/>'
        for ending in sorted(endings & usual.keys())
    ) + "".join(
        f'<Override PartName="/{escape(name)}" ContentType="{escape(named[name])}"/>'
        for name in sorted(named)
        if name in parts or name == "docProps/core.xml"
    )
    return f'{_HEAD}<Types xmlns="{_TYPES}">{body}</Types>'.encode()
