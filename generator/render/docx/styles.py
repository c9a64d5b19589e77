"""What page counting needs of a master's styles: sizes, line heights, spacing, indents, what is kept together."""

from collections.abc import Mapping
from typing import NamedTuple

from generator.render.docx.measure import USUAL, Letters

TABLE_SIZES = (21, 18, 15)
_SIZE_NAMES = dict(zip(TABLE_SIZES, ("五号", "小五", "六号"), strict=True))
_KIND_NAMES = {"L": "左", "C": "中", "R": "右", "H": "头"}
PARAGRAPHS: Mapping[str, str] = {
    "CoverTitle": "封面标题", "ContentsTitle": "目录标题", "Contents1": "目录一级", "Contents2": "目录二级",
    "Heading1": "heading 1", "Heading2": "heading 2", "Heading3": "heading 3", "BodyGW": "正文缩进",
    "Attachment": "附件标题", "TableCaption": "表题", "TableInfo": "表头行", "TableNote": "表注", "SectionEnd": "节尾",
    **{
        f"Table{size}{kind}": f"表文{_SIZE_NAMES[size]}{_KIND_NAMES[kind]}"
        for size in TABLE_SIZES for kind in _KIND_NAMES
    },
}  # fmt: skip
"""The styles this program writes, by the id it writes, with the name a person sees in Word."""
TABLE = "BudgetTable"
NAMES = {**PARAGRAPHS, TABLE: "预算表"}


class Style(NamedTuple):
    """A paragraph style: ``size`` in half-points, the rest in twips.

    ``line`` is the height of a line; where ``rule`` is not “exact” it is what this font size usually makes of it.
    ``widows``: neither the first nor the last line stands alone on a page. ``close``: no spacing between two of it.
    """

    size: int = 20
    line: int = 312
    before: int = 0
    after: int = 0
    left: int = 0
    right: int = 0
    first: int = 0
    keep_next: bool = False
    break_before: bool = False
    rule: str = "auto"
    widows: bool = True
    keep_lines: bool = False
    close: bool = False
    letters: Letters = USUAL


class CellMargins(NamedTuple):
    """tblCellMar of the table style, in twips."""

    top: int
    bottom: int
    left: int
    right: int


class Borders(NamedTuple):
    """Thickness of the table style's horizontal lines in twips: around the table, and between rows."""

    frame: int = 20
    rule: int = 10


class Styles(NamedTuple):
    """The paragraph styles we write, by id, and the tables' margins and lines."""

    paragraphs: Mapping[str, Style]
    margins: CellMargins
    borders: Borders


NATURAL = 130
"""Percent of the type size that a line of Chinese fonts takes in Word; others differ, and so do programs."""


def shown_name(key: str) -> str:
    """A style as Word in China shows it, by our id."""
    return NAMES.get(key, key).replace("heading", "标题")
