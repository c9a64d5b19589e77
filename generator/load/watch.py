"""Which files a run reads, and how to see, without reading them, that one has changed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from generator.load.files import access

_READ = (".yaml", ".j2", ".docx", ".csv")

Marks = Mapping[str, tuple[int, int]]
"""By path, when a file was written and how long it is."""


def years_in(data: Path) -> tuple[Path, ...]:
    """The folders of years in a data folder, oldest first; a year's document may be made from others too."""
    return tuple(sorted(path for path in data.glob("[12][0-9][0-9][0-9]") if path.is_dir()))


def marks_of(profile: Path, years: Iterable[Path] = ()) -> Marks:
    """Every file that a run may read in a profile's folder and in those of some years."""
    marks = {}
    for entry in (*_within(profile), *(entry for year in years for entry in _entries(year))):
        if entry.name.endswith(_READ):
            with suppress(OSError):  # gone again: editors save by way of files that live for a moment
                found = entry.stat()
                marks[entry.path] = found.st_mtime_ns, found.st_size
    return marks


def alike(one: Path, other: Path) -> bool:
    """Whether a run reads the same in both profiles' folders, byte by byte."""
    with access():
        return _contents(one) == _contents(other)


def _contents(folder: Path) -> dict[str, bytes]:
    files = (Path(entry.path) for entry in _within(folder) if entry.name.endswith(_READ))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def _within(folder: Path) -> Iterator[os.DirEntry[str]]:
    """What lies in it and in the folders right below."""
    for entry in _entries(folder):
        yield entry
        if entry.is_dir():
            yield from _entries(entry.path)


def _entries(folder: str | Path) -> list[os.DirEntry[str]]:
    """What lies in a folder; nothing where it is gone again."""
    with suppress(OSError), os.scandir(folder) as entries:
        return list(entries)
    return []
