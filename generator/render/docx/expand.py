"""A master with statements in docxtpl's language, rendered by docxtpl: what comes of it is a master like any other."""

import re
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any, NamedTuple

from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from docxtpl import DocxTemplate
from lxml.etree import LxmlError

from generator.model.problem import Problem, Problems, Severity, UsageError
from generator.model.source import Position
from generator.opc import Package, sound_xml
from generator.render.docx.flaws import Flawed
from generator.render.docx.furniture import TAG
from generator.render.docx.master import master_parts, master_problems
from generator.render.docx.package import package, zipped

_WRONG = (
    LxmlError, PythonDocxError, OpcError, UsageError, ValueError, LookupError, TypeError, AttributeError,
    RuntimeError, AssertionError, MemoryError,
)  # fmt: skip
_NAKED = re.compile(r"(</w:r>|</w:pPr>|<w:p(?: [^<>]*)?(?<!/)>)([^<>]*[^<>\s][^<>]*)")
_LOOSE = re.compile(
    r"(?:</w:(?:p|tbl|tr|tc|tcPr|trPr|tblGrid|sdt)>|<w:(?:body|tbl|tr|tc|hdr|ftr)(?: [^<>]*)?(?<!/)>)\s*[^<\s]"
)
_EMPTY_TABLE = re.compile(r"<w:tbl>(?:(?!<w:tr[ >]).)*?</w:tbl>", re.DOTALL)
_EMPTY_CELL = re.compile(r"(<w:tc(?: [^<>]*)?>|</w:tcPr>|<w:tcPr/>|</w:tbl>)\s*</w:tc>")
Fill = Callable[[str, Position], str]


def expanded(master: bytes, fill: Fill, place: Position) -> tuple[bytes, Problems]:
    """The master rendered, and what forbids using that; itself where it can't be rendered.

    ``fill`` renders the text of a part, and gives nothing for one that it has reported as wrong. The bytes are the
    same from the same inputs.
    """
    braces = tuple(problem for problem in master_problems(master, place.file) if problem.code == "P011")
    if braces:  # docxtpl takes all down to the next brace for a template
        return master, braces
    try:
        made = _rendered(master_parts(master), lambda text: fill(text, place))
    except _Reported:
        return master, ()
    except Flawed as error:
        return master, (Problem(error.flaw.code, Severity.ERROR, error.flaw.message, error.flaw.remedy, place),)
    except _WRONG:
        remedy = "请核对：{%p … %}、{%tr … %} 各占一段、一行；{% if %} 与 {% endif %} 要在同样的位置，如都在段落里。"
        return master, (Problem("P103", Severity.ERROR, "母版里的模板填好以后，不再是Word的内容", remedy, place),)
    return made, master_problems(made, place.file)


class _Reported(Exception):
    """``fill`` has said what is wrong."""


class _Part(NamedTuple):
    """A part as docxtpl sees one of Jinja's templates."""

    text: str
    fill: Callable[[str], str]

    def render(self, _: Mapping[str, Any]) -> str:
        """The part filled, sound: docxtpl itself mends what is no XML by leaving things out."""
        if "{" not in self.text:
            return self.text
        made = self.fill(TAG.sub(lambda found: found[0].replace("&amp;", "&"), self.text))  # docxtpl leaves that one
        if not made:
            raise _Reported
        sound_xml(made.encode())
        if _LOOSE.search(made):
            raise ValueError(made)
        made = _NAKED.sub(r'\1<w:r><w:t xml:space="preserve">\2</w:t></w:r>', made)  # of “{{r 部门 }}”
        return _EMPTY_CELL.sub(r"\1<w:p/></w:tc>", _EMPTY_TABLE.sub("", made))  # of which Word opens neither


class _Environment(NamedTuple):
    """All that docxtpl asks of Jinja."""

    fill: Callable[[str], str]

    def from_string(self, text: str) -> _Part:
        """A template."""
        return _Part(text, self.fill)


def _rendered(parts: Mapping[str, bytes], fill: Callable[[str], str]) -> bytes:
    main = parts["word/document.xml"].decode()
    template = DocxTemplate(BytesIO(package(parts, [main], "", "")))
    template.init_docx()
    if template.patch_xml(template.get_xml()).count("<w:sectPr") < main.count("<w:sectPr"):
        message = "母版里有分节符与 {%p … %} 在同一段，会随它消失"
        raise Flawed("P009", message, "请在它后面另起一段，把分节符移到新的一段。")
    template.render({}, _Environment(fill))
    written = BytesIO()
    template.save(written)
    return zipped(Package(written.getvalue(), trusted=True).parts())
