"""Rules over the composed document: nothing left to fill in, nothing named twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.rules import Finding, Rule
from generator.model.document import Document, Heading, Paragraph, TableBlock
from generator.model.problem import Severity
from generator.model.source import Position

_PLACEHOLDER = re.compile(r"X{2,}|×{2,}|…{2,}|\.{6,}|\{\{|\{%|待补|TODO|增加（减少）")


def nothing_left_to_fill(document: Document) -> Iterator[Finding]:
    """No placeholder of a template survives."""
    for place, text in _texts(document):
        found = _PLACEHOLDER.search(text)
        if found:
            yield Finding(f"{place}仍有未填写的占位内容“{found[0]}”", "请补上内容。", Position(place))


def bookmarks_unique(document: Document) -> Iterator[Finding]:
    """Every contents entry leads to one place."""
    anchors = [block.anchor for block in document.blocks if not isinstance(block, Paragraph)]
    for entry in document.entries:
        if anchors.count(entry.anchor) != 1:
            yield Finding(f"目录“{entry.text}”没有对应的正文", "请核对 report.yaml 的大纲。", Position("目录"))


def _texts(document: Document) -> Iterator[tuple[str, str]]:
    section = document.title
    for block in document.blocks:
        match block:
            case Heading():
                section = block.ordinal + block.title
                yield section, block.title
            case Paragraph():
                yield section, block.text
            case TableBlock():
                yield from ((block.caption, text) for row in block.rows for text in row.texts if text)


DOCUMENT_RULES: tuple[Rule[Document], ...] = (
    Rule("D029", "没有占位内容", Severity.ERROR, nothing_left_to_fill, "公开文本不得有模板残留"),
    Rule("L308", "目录各条都有正文", Severity.ERROR, bookmarks_unique, "目录与正文一致"),
)
