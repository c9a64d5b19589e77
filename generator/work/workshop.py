"""What all departments of a place share, read once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from generator.load.kept_profile import kept_profile
from generator.load.watch import Marks, marks_of
from generator.model.problem import Problems
from generator.model.profile import Profile
from generator.model.remember import Remember, anew
from generator.model.source import Source


class Workshop:
    """One place: its profile, compiled templates and examined master, held for every run of any of its departments.

    >>> shop = Workshop(Path("templates"), "yibin")

    Reads nothing before the first run. A run that finds a file of the profile changed reads the profile again.
    ``remember`` may keep what takes long to make for other processes too (``generator.kept.remembering()``); without
    ``ask_all``, rules whose answer is proved by reading the file back are not asked.
    """

    def __init__(self, templates: Path, name: str, remember: Remember = anew, ask_all: bool = True) -> None:
        self.templates, self.name, self.ask_all, self._between_runs = templates, name, ask_all, remember
        self._marks: Marks = {}
        self._kept: dict[bytes, bytes] = {}

    @property
    def folder(self) -> Path:
        """The profile's folder."""
        return self.templates / self.name

    def profile(self) -> tuple[Profile | None, Problems, tuple[Source, ...]]:
        """The profile as ``load_profile`` returns it. Raises UsageError where there is none."""
        marks = marks_of(self.folder)
        if not marks or marks != self._marks:
            self._read, self._marks, self._kept = kept_profile(self.folder, self._between_runs), marks, {}
        return self._read

    def remember(self, key: bytes, make: Callable[[], bytes]) -> bytes:
        """What ``make`` returned when it was first asked for by this key."""
        if key not in self._kept:
            self._kept[key] = self._between_runs(key, make)
        return self._kept[key]
