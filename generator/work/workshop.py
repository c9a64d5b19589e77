"""What all departments of a place share, read once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from generator.load.department import load_department
from generator.load.kept_profile import kept_profile
from generator.load.watch import LATEST, Marks, layers_of, marks_of
from generator.model.department import UNIT, Inputs
from generator.model.problem import Problems
from generator.model.profile import Profile
from generator.model.remember import Remember, anew
from generator.model.source import Source
from generator.work.proof import Proofs, Prove, asked_always, proved

_Read = tuple[Profile | None, Problems, tuple[Source, ...]]
_Year = tuple[Inputs | None, Problems, tuple[Source, ...]]


class Workshop:
    """One place: its profile, compiled templates and examined master, held for every run of any of its departments.

    >>> shop = Workshop(Path("templates"), "yibin")

    Reads nothing before the first run. A run that finds a file of the profile changed reads the profile again.
    ``remember`` may keep what takes long to make for other processes too (``generator.kept.remembering()``); without
    ``ask_all``, relations of tables that an earlier document of the place proved are not asked again; of the documents of
    ``many`` departments those are asked that have something no earlier one had.
    """

    def __init__(
        self, templates: Path, name: str, remember: Remember = anew, ask_all: bool = True, many: bool = False
    ) -> None:
        self.templates, self.name, self.ask_all, self._between_runs = templates, name, ask_all, remember
        self._layers: dict[tuple[int, str], tuple[Path, ...]] = {}
        self._marks: dict[tuple[Path, ...], Marks] = {}
        self._read: dict[tuple[Path, ...], _Read] = {}
        self._kept: dict[bytes, bytes] = {}
        self._years: dict[tuple[Path, int, int, bool], tuple[Profile, _Year]] | None = None
        self.prove: Prove = (
            asked_always if ask_all else Proofs(remember).prove if many else partial(proved, self.remember)
        )

    @property
    def home(self) -> Path:
        """Where the profile stands, or should."""
        from generator.load.shipped import home_of  # few runs ask

        return home_of(self.templates, self.name)

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders that the profile is read from in the latest year, its own first, and where it should stand."""
        return layers_of(self.templates / self.name, LATEST, UNIT) or (self.templates / self.name,)

    def profile(self, year: int = LATEST, edition: str = "") -> _Read:
        """The profile of a year and edition as ``load_profile`` returns it. Raises UsageError where there is none."""
        layers = self._layers.get((year, edition), ())
        marks = marks_of(layers)
        if not marks or marks != self._marks.get(layers):
            folder = self.templates / self.name
            layers = self._layers[year, edition] = layers_of(folder, year, edition)
            marks = marks_of(layers)
            if marks != self._marks.get(layers):
                self._kept = {} if layers in self._marks else self._kept
                self._read[layers], self._marks[layers] = kept_profile(folder, self._between_runs, layers), marks
        return self._read[layers]

    def inputs(self, data: Path, year: int, profile: Profile, draft: bool = False) -> _Year:
        """A year's folder as ``load_department`` returns it."""
        if self._years is None:
            return load_department(data, year, profile, self.remember, draft)
        key = data, year, id(profile), draft
        if key not in self._years:
            self._years[key] = profile, load_department(data, year, profile, self.remember, draft)
        return self._years[key][1]

    @contextmanager
    def reading_once(self) -> Iterator[None]:
        """Meanwhile a year's folder is read once for each profile: what several documents are made from is the same."""
        self._years = {}
        try:
            yield
        finally:
            self._years = None

    def remember(self, key: bytes, make: Callable[[], bytes]) -> bytes:
        """What ``make`` returned when it was first asked for by this key."""
        if key not in self._kept:
            self._kept[key] = self._between_runs(key, make)
        return self._kept[key]
