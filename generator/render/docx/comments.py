"""Comments (批注): their own part, what leads to it, and the marks in the body."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from generator.model.comment import Comment, Spot
from generator.render.docx.xml import run

_PART = "word/comments.xml"
_RELATIONS, _TYPES = "word/_rels/document.xml.rels", "[Content_Types].xml"
_RELATION = (
    '<Relationship Id="rIdReview" Target="comments.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"/>'
)
_TYPE = (
    '<Override PartName="/word/comments.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"/>'
)
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
)
_AUTHOR, _INITIALS = "说明程序", "说明"


class Notes(NamedTuple):
    """The numbers of the comments by where they stand."""

    at: Mapping[Spot, tuple[int, ...]] = {}

    def marked(self, spot: Spot, runs: str) -> str:
        """Runs, and the comments on them."""
        for number in self.at.get(spot, ()):
            runs = (
                f'<w:commentRangeStart w:id="{number}"/>{runs}<w:commentRangeEnd w:id="{number}"/>'
                f'<w:r><w:commentReference w:id="{number}"/></w:r>'
            )
        return runs

    def of_table(self, block: int) -> frozenset[int]:
        """The rows of a table that have a comment in a cell."""
        return frozenset(spot.row for spot in self.at if spot.block == block and spot.row >= 0)


def notes_of(comments: Iterable[Comment]) -> Notes:
    """Comments numbered in their order."""
    found: dict[Spot, tuple[int, ...]] = {}
    for number, comment in enumerate(comments):
        found[comment.spot] = (*found.get(comment.spot, ()), number)
    return Notes(found)


def with_comments(parts: Mapping[str, bytes], comments: tuple[Comment, ...]) -> Mapping[str, bytes]:
    """A package's parts with comments.xml, its relationship and its type; without a date, so no clock is in the bytes."""
    if not comments:
        return parts
    body = "".join(_comment(number, comment.text) for number, comment in enumerate(comments))
    return {
        **parts,
        _PART: f"{_HEAD}{body}</w:comments>".encode(),
        _RELATIONS: _before(parts[_RELATIONS], "</Relationships>", _RELATION),
        _TYPES: _before(parts[_TYPES], "</Types>", _TYPE),
    }


def _comment(number: int, text: str) -> str:
    lines = "".join(f"<w:p>{run(line)}</w:p>" for line in text.split("\n"))
    return f'<w:comment w:id="{number}" w:author="{_AUTHOR}" w:initials="{_INITIALS}">{lines}</w:comment>'


def _before(part: bytes, end: str, added: str) -> bytes:
    return part.replace(end.encode(), (added + end).encode())
