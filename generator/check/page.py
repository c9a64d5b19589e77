"""The document as the rules of form look at it (L301 … L326)."""

from typing import NamedTuple

from generator.check.book_rules import Derived
from generator.check.rules import Unable
from generator.check.tables import Tables
from generator.model.reading import FileLook, ReadTable


class Page(NamedTuple):
    """The document as a page-setter looks at it; ``file_name`` is empty before there is a file."""

    tables: Tables
    derived: Derived | None = None
    file_name: str = ""

    @property
    def look(self) -> FileLook:
        """What the file shows. Raises Unable when the document is not a file yet."""
        if self.tables.bound.reading.look is None:
            raise Unable("生成文件后才能检查")
        return self.tables.bound.reading.look

    @property
    def looked_at(self) -> tuple[ReadTable, ...]:
        """The tables as they stand in the file."""
        if self.tables.bound.reading.look is None:
            raise Unable("生成文件后才能检查")
        return self.tables.bound.reading.tables

    @property
    def title(self) -> str:
        """The cover's title on one line."""
        return self.tables.bound.reading.cover[0].replace("\n", "") if self.tables.bound.reading.cover else ""
