"""The master: cover, header and footer filled by docxtpl, then taken apart where the body goes in."""

import re
from collections.abc import Mapping
from io import BytesIO
from typing import NamedTuple
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError

from generator.model.problem import UsageError
from generator.render.docx.paginate import grid_height
from generator.render.docx.styles import with_our_ids

MARKERS = ("[[目录]]", "[[正文]]", "[[横向]]")
_PARAGRAPH = re.compile(r"<w:p[ >].*?</w:p>", re.DOTALL)
_SECTION = re.compile(r"<w:sectPr[ >].*?</w:sectPr>", re.DOTALL)
BROKEN = (
    BadZipFile, ZlibError, EOFError, OSError, LookupError, ValueError, TypeError, AttributeError, SyntaxError,
    NotImplementedError, AssertionError,
)  # fmt: skip
"""What zipfile, lxml and python-docx raise for a file that is no sound .docx."""
_PROPERTIES = b"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_LIBREOFFICE_PROPERTIES = (
    b"http://schemas.openxmlformats.org/officedocument/2006/relationships/metadata/core-properties"
)
_PAGE_NUMBER = re.compile(r"<w:pgNumType[^>]*/>")


class Sheet(NamedTuple):
    """A section's properties: its XML, and the size of its text area in twips (whole lines of its grid)."""

    xml: str
    width: int
    height: int

    @property
    def continued(self) -> str:
        """The same without starting the page numbers again."""
        return _PAGE_NUMBER.sub("", self.xml)


class Master(NamedTuple):
    """The filled master: every part of its package, and document.xml around the body."""

    parts: Mapping[str, bytes]
    opening: str
    closing: str
    contents: Sheet
    portrait: Sheet
    landscape: Sheet


def open_master(filled: bytes) -> Master:
    """Find the sections of a filled master. What is wrong with it is wrong use, said in one line."""
    with ZipFile(BytesIO(filled)) as archive:
        parts = with_our_ids({name: archive.read(name) for name in archive.namelist()})
    xml = parts["word/document.xml"].decode("utf-8")
    body = xml.index("<w:body>") + len("<w:body>")
    end = xml.rindex("</w:body>")
    places = {marker: _find(xml, marker) for marker in MARKERS}
    contents, portrait = (_section(xml[slice(*places[marker])], marker) for marker in MARKERS[:2])
    landscape = _section(xml[places[MARKERS[2]][1] : end], MARKERS[2])
    start = places[MARKERS[0]][0]
    assert body <= start
    return Master(parts, xml[:start], xml[end:], _sheet(contents), _sheet(portrait), _sheet(landscape))


def read_part(data: bytes, name: str) -> bytes:
    """One part of the master as it is. Raises UsageError when it is no .docx."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            return archive.read(name)
    except BROKEN as error:
        raise UsageError("母版 master.docx 打不开，请确认是Word文档（.docx）。") from error


def check_parts(data: bytes) -> None:
    """Every part is whole and well-formed: what is copied as it is would else break the document."""
    from xml.parsers.expat import ExpatError, ParserCreate  # as strict as Word: lxml takes names that Word does not

    name = ""
    try:
        with ZipFile(BytesIO(data)) as archive:
            for name in archive.namelist():
                content = archive.read(name)
                if name.endswith((".xml", ".rels")):
                    ParserCreate().Parse(content, True)
    except (*BROKEN, ExpatError) as error:
        what = f"里的 {name} 已损坏" if name else "打不开"
        raise UsageError(f"母版 master.docx {what}，请确认是Word文档（.docx），或从原母版重新复制。") from error


def cover_width(data: bytes) -> int:
    """The width of the cover's text area, in twips."""
    return _sheet(_section(read_part(data, "word/document.xml").decode("utf-8"), "封面")).width


def fill_master(data: bytes, furniture: tuple[tuple[str, str], ...]) -> bytes:
    """The master with its cover, header and footer filled by docxtpl, as a .docx."""
    from docxtpl import DocxTemplate
    from jinja2 import StrictUndefined, TemplateError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    try:
        template = DocxTemplate(BytesIO(_with_usual_properties(data)))
        template.render(dict(furniture), environment)
        buffer = BytesIO()
        template.save(buffer)
    except TemplateError as error:
        raise UsageError(
            f"母版 master.docx 里的“{{{{ }}}}”有误（{error}）。可用的有：{'、'.join(dict(furniture))}。"
        ) from error
    except BROKEN as error:
        raise UsageError("母版 master.docx 打不开，请确认是Word文档（.docx）。") from error
    return buffer.getvalue()


def _with_usual_properties(data: bytes) -> bytes:
    """LibreOffice files title and author under a name that python-docx does not know: it would add them once more."""
    with ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    if _LIBREOFFICE_PROPERTIES not in parts["_rels/.rels"]:
        return data
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(_LIBREOFFICE_PROPERTIES, _PROPERTIES)
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _find(xml: str, marker: str) -> tuple[int, int]:
    for found in _PARAGRAPH.finditer(xml):
        if marker in re.sub(r"<[^>]+>", "", found[0]):
            return found.start(), found.end()
    raise UsageError(f"母版 master.docx 里没有“{marker}”这一段，请补上，单独成段。")


def _section(xml: str, marker: str) -> str:
    found = _SECTION.search(xml)
    if found is None:
        raise UsageError(f"母版 master.docx 的“{marker}”后面没有分节符，请补上。")
    return found[0]


def _sheet(xml: str) -> Sheet:
    size, margins = re.search(r"<w:pgSz[^>]*>", xml), re.search(r"<w:pgMar[^>]*>", xml)
    if size is None or margins is None:
        raise UsageError("母版 master.docx 的分节没有纸张大小或页边距，请在“页面设置”中设定。")

    def number(element: str, name: str) -> int:
        found = re.search(rf'w:{name}="(\d+)"', element)
        return int(found[1]) if found else 0

    width = number(size[0], "w") - number(margins[0], "left") - number(margins[0], "right")
    height = number(size[0], "h") - number(margins[0], "top") - number(margins[0], "bottom")
    grid = re.search(r'<w:docGrid[^>]*w:type="lines[^>]*>', xml)
    pitch = number(grid[0], "linePitch") if grid else 0
    return Sheet(xml, width, grid_height(height, pitch) if pitch else height)
