"""What is told beside the document, in comments or in the page's margin, and where."""

from typing import NamedTuple


class Spot(NamedTuple):
    """A place of a document: its block, and in it a run of a paragraph or a cell of a row; −1 for the block's own words."""

    block: int
    row: int = -1
    column: int = -1


class Comment(NamedTuple):
    """What is said, and where."""

    spot: Spot
    text: str
