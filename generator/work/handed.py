"""What a reader of imported files gets and gives: the nouns of ``work/intake.py``, which holds the table of readers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from generator.model.problem import Problems

if TYPE_CHECKING:
    from generator.model.tree import Trees
    from generator.work.workshop import Workshop


class Given(NamedTuple):
    """A file that is handed in: where it is, and its bytes."""

    path: Path
    data: bytes

    @property
    def name(self) -> str:
        """Its name alone, as messages say it."""
        return self.path.name


class Handed(NamedTuple):
    """What a reader gets: files, and the folder of years they go into.

    ``year`` is 0 where none was typed: a reader whose files say it themselves answers with it, another asks for it.
    ``unit`` is the code of the unit whose the files are; empty: the department's.
    """

    shop: Workshop
    data: Path
    year: int
    files: tuple[Given, ...]
    unit: str = ""

    @property
    def folder(self) -> Path:
        """The year's folder, which need not be there yet."""
        return self.data / str(self.year)


class Taken(NamedTuple):
    """What files say: by name in the year's folder (basic.yaml, units/045001.yaml), what each data file is to say.

    Files that are not among ``trees`` are left alone; those that are may be there or not. ``remarks`` are lines for a person to read
    before the change is made: what was guessed, left out, assumed. ``problems``: with an error among them nothing is written.
    ``year`` is the year they are of, where the files say so.
    """

    trees: Trees
    remarks: tuple[str, ...] = ()
    problems: Problems = ()
    year: int = 0


class Origin(NamedTuple):
    """A kind of file that can be imported: a row of SOURCES. One that ``infers`` has entries inferred from sums, not said one by one."""

    name: str
    looks: str
    recognises: Callable[[Sequence[Given]], bool]
    read: Callable[[Handed], Taken]
    infers: bool = False
