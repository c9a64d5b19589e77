"""What a department's files are made from, in one short text: when it is as it was, nothing has to be made again."""

from __future__ import annotations

import os
import sys
import zlib
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from hashlib import file_digest, sha256
from pathlib import Path

from generator.load.watch import LATEST, READ, layers_of, marks_of, years_in
from generator.model.department import UNIT

_HOUSE = Path(__file__).parent.parent
_NOT_READ = ("__pycache__", "places")


@cache
def program() -> str:
    """Of this program: all its files but the profiles, and what else decides which bytes it writes."""
    files = (path for path in _files(_HOUSE) if path.parts[len(_HOUSE.parts)] not in _NOT_READ)
    code = _digest(_HOUSE, (path for path in files if path.suffix != ".pyc"))
    return sha256(repr((code, sys.version_info[:2], zlib.ZLIB_RUNTIME_VERSION)).encode()).hexdigest()


def of_profile(templates: Path, name: str, year: int) -> str:
    """Of all that a profile is read from in a year, in both editions; read again when one of its files has changed."""
    folder = templates / name
    layers = (*layers_of(folder, year), *layers_of(folder, year, UNIT), *layers_of(folder, LATEST))
    return _of_layers(layers, tuple(sorted(marks_of(layers).items())))


@lru_cache(maxsize=64)
def _of_layers(layers: tuple[Path, ...], _marks: tuple[tuple[str, tuple[int, int]], ...]) -> str:
    """By the layers' own names: the same wherever they stand."""
    files = ((layer, (path for path in sorted(layer.rglob("*")) if _is_read(path))) for layer in layers)
    return joined(*(f"{layer.name}\0{_digest(layer, paths)}" for layer, paths in files))


def of_data(data: Path, year: int) -> str:
    """Of a department's data folder: the year's files, those of years before it, and what lies beside them."""
    years = [folder for folder in years_in(data) if int(folder.name) <= year]
    return _digest(data, (path for folder in (data, *years) for path in _within(folder) if _is_read(path)))


def size_of(data: Path, year: int) -> int:
    """How many bytes there are to read of a year: about how long the work will take."""
    return sum(size for _, size in marks_of((), [data / str(year)]).values())


def joined(*parts: str) -> str:
    """One fingerprint of several."""
    return sha256("\0".join(parts).encode()).hexdigest()


def _is_read(path: Path) -> bool:
    return path.suffix in READ and not path.name.startswith((".", "~"))


def _within(folder: Path) -> Iterator[Path]:
    """A year's files and its units'; of the data folder only what lies right in it."""
    if folder.name.isdigit():
        yield from _files(folder)
    elif folder.is_dir():
        yield from sorted(Path(entry.path) for entry in os.scandir(folder) if entry.is_file())


def _files(folder: Path) -> Iterator[Path]:
    for at, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(names):
            yield Path(at, name)


def _digest(root: Path, paths: Iterable[Path]) -> str:
    """By the names below ``root`` and what the files hold; raises OSError where one can't be read."""
    total = sha256()
    for path in paths:
        total.update(f"{path.relative_to(root).as_posix()}\0".encode("utf-8", "surrogateescape"))
        if path.is_file():  # what is none (a pipe, a folder called like a file) the loader tells
            with path.open("rb") as file:  # piece by piece: it may be a film that somebody called .yaml
                total.update(file_digest(file, "sha256").digest())
    return total.hexdigest()
