"""A section's paper: its properties as they are written, and the room for text on it."""

import re
from typing import NamedTuple

_PAGE_NUMBER = re.compile(r"<w:pgNumType[^>]*/>")


class Sheet(NamedTuple):
    """A section's properties: its XML, the size of its text area in twips (whole lines of its grid), and its first page."""

    xml: str
    width: int
    height: int
    first_page: int = 1

    @property
    def continued(self) -> str:
        """The same without starting the page numbers again."""
        return _PAGE_NUMBER.sub("", self.xml)
