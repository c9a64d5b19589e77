"""Where the files of one department are while somebody works on it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from generator.model.city import Member, Plan


class Place(NamedTuple):
    """Where an order's files are at hand: the department's own folder, the profiles', and where its files go.

    ``names`` are what stands for a folder in texts that a person reads: files are named from the department's own folder on.
    """

    folder: Path
    templates: Path
    output: Path
    names: tuple[tuple[str, str], ...] = ()

    @property
    def data(self) -> Path:
        """Its data folder: the one called data, else its own folder, with years right in it."""
        inside = self.folder / "data"
        return inside if inside.is_dir() else self.folder

    def shown(self, text: str) -> str:
        """A text about it as a person should read it: the same on whatever machine it was worked on."""
        for folder, name in ((f"{self.folder.as_posix()}/", ""), *self.names):
            text = text.replace(folder, name)
        return text


def place_of(plan: Plan, member: Member) -> Place:
    """Where a department's files are on a machine that reaches the city's folders. By a whole path, which stands nowhere else in a text."""
    return Place(Path(member.folder).absolute(), Path(plan.templates), Path(plan.output, member.key))
