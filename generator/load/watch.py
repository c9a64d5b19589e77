"""Which files a run reads, and how to see, without reading them, that one has changed."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from generator.load.files import access

READ = (".yaml", ".j2", ".docx", ".csv")
"""How the files end that a run may read."""

LATEST = 9999
_BASE = r"""(?m)^基于: *["']?([\w-]+)"""
Marks = Mapping[str, tuple[int, int]]
"""By path, when a file was written and how long it is."""


def years_in(data: Path) -> tuple[Path, ...]:
    """The folders of years in a data folder, oldest first; a year's document may be made from others too."""
    return tuple(sorted(path for path in data.glob("[12][0-9][0-9][0-9]") if path.is_dir()))


def marks_of(profile: Iterable[Path], years: Iterable[Path] = ()) -> Marks:
    """Every file that a run may read in a profile's folders and in those of some years."""
    marks = {}
    for entry in (
        *(entry for layer in profile for entry in _within(layer)),
        *(entry for year in years for entry in _entries(year)),
    ):
        if entry.name.endswith(READ):
            with suppress(OSError):  # gone again: editors save by way of files that live for a moment
                found = entry.stat()
                marks[entry.path] = found.st_mtime_ns, found.st_size
    return marks


def layers_of(path: Path, year: int = LATEST, edition: str = "") -> tuple[Path, ...]:
    """The folders a profile is read from, nearest first: its years up to ``year``, itself, and so on for what it builds on.

    A folder named by a year holds what differs from that year on, one named by the ``edition`` (单位) what differs in that
    edition. What is not there, or has no report.yaml, is looked for among the shipped profiles; a base that is in neither
    ends the list, and whoever reads report.yaml reports it.
    """
    found: list[Path] = []
    while True:
        if not path.is_dir() or path in found:
            from generator.load.shipped import standing_in  # a repository has its profiles at hand

            path = standing_in(path) or path
            if not path.is_dir() or path in found:
                break
        years = (folder for folder in path.glob("[12][0-9][0-9][0-9]") if folder.is_dir() and int(folder.name) <= year)
        own = [path / edition] if edition and (path / edition).is_dir() else []
        found += [*own, *sorted(years, reverse=True), path]
        report = _text(path / "report.yaml")
        base = re.search(_BASE, report)
        if base is None and report:
            break
        path = path.parent / base[1] if base else path
    return tuple(found)


def _text(path: Path) -> str:
    """A file's text; empty where it can't be read, which whoever reads it for good reports."""
    with suppress(OSError):
        return path.read_bytes().decode("utf-8", "replace") if path.is_file() else ""
    return ""


def alike(one: tuple[Path, ...], other: tuple[Path, ...]) -> bool:
    """Whether a run reads the same in both profiles' folders, byte by byte."""
    with access():
        return [_contents(folder) for folder in one] == [_contents(folder) for folder in other]


def _contents(folder: Path) -> dict[str, bytes]:
    files = (Path(entry.path) for entry in _within(folder) if entry.name.endswith(READ))
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


_NAMED = rb"""(?m)^\xe6\xa0\xbc\xe5\xbc\x8f: *["']?([^\s"'#]+)"""
"""“格式: 方案”, a line of department.yaml, before the file is read for good."""
USUAL = "yibin"


def profile_of_states(names: Iterable[str], data: Path, year: str = "") -> str:
    """The profile that the first of these states names which is a folder of its own, a year's or of years; else ``data``'s."""
    for folder in map(Path, names):
        if not re.fullmatch("[12][0-9]{3}", str(folder)) and _is_folder(folder):
            return profile_named(folder, "." if (folder / "department.yaml").exists() else year)
    return profile_named(data, year)


def _is_folder(path: Path) -> bool:
    with suppress(OSError):  # a name may be longer than any file's
        return path.is_dir()
    return False


def profile_named(data: Path, year: str = "") -> str:
    """The profile that a year's department.yaml names (格式), or the newest year's; the usual one where none does."""
    folders = [data / year] if year else [*reversed(years_in(data))]
    for folder in folders[:1]:
        with suppress(OSError):
            found = re.search(_NAMED, (folder / "department.yaml").read_bytes())
            if found:
                return found[1].decode("utf-8", "replace")
    return USUAL
