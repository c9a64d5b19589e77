"""What two arguments of a comparison mean: years, git revisions, data folders or Word files; git's into a folder for a while."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from generator.load.files import LIMIT, access
from generator.load.revision import commit_of, merge_base, take
from generator.load.shipped import below
from generator.load.watch import layers_of, years_in
from generator.model.problem import UsageError
from generator.model.source import Source

_YEAR = re.compile(r"[12][0-9]{3}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_WORDS = frozenset((".yaml", ".j2", ".csv"))


class Where(NamedTuple):
    """Where a state is found: a year of a data folder and the profiles' folder, or a Word file.

    ``root`` is what its files' names begin with and no message should show: the folder git's files were put in.
    """

    label: str
    data: Path
    templates: Path
    year: int
    root: Path | None = None
    document: Path | None = None

    def shown(self, text: str) -> str:
        """A text about it as a person should read it."""
        return text.replace(f"{self.root.as_posix()}/", "") if self.root else text

    def inputs(self, profile: str) -> tuple[Path, ...]:
        """The file or the folders of a person's that it is read from; of a git revision there are none."""
        if self.document is not None:
            return (self.document,)
        if self.root is not None:
            return ()
        return (*years_in(self.data), *layers_of(self.templates / profile))


@contextmanager
def places_of(arguments: Sequence[str], data: Path, templates: Path, year: int) -> Iterator[tuple[Where, Where]]:
    """The two states that were asked for, old and new; ``year`` 0 is the newest.

    Raises UsageError where an argument means none.
    """
    names = _both(arguments)
    with tempfile.TemporaryDirectory(prefix="shuoming-", ignore_cleanup_errors=True) as folder:
        with access():
            places = [
                _place(name, data, templates, Path(folder) / side)
                for name, side in zip(names, ("old", "new"), strict=True)
            ]
            typed = [place for place in reversed(places) if place.document is None]
            year = year or next(filter(None, (place.year or _newest(place) for place in typed)), 0)
        if typed and not year:
            raise UsageError(f"{typed[0].label}里没有任何年度的数据。")
        old, new = (place._replace(year=place.year or year) for place in places)
        for name, place in zip(names, (old, new), strict=True):
            if name and place.document is None and place.root is None:
                _must_be(place)
        yield old, new


def sources_of(place: Where, profile: str, last_year: bool) -> dict[str, Source]:
    """The files a state is made from, by what they are: this year's, last year's if asked for, the profile's.

    Read as they are; whether they are sound is for the loaders to say. Of a file that is no text, its size and hash.
    """
    folders = {"本年": place.data / str(place.year)}
    for layer in layers_of(place.templates / profile, place.year) or (place.templates / profile,):
        name = below(layer, place.templates)
        folders["格式" if name == profile else f"格式/{name}"] = layer
    if last_year:
        folders["上年"] = place.data / str(place.year - 1)
    found = {}
    with access():
        for kind, folder in folders.items():
            for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
                if path.is_file() and not path.name.startswith((".", "~")):
                    key = f"{kind}/{path.relative_to(folder).as_posix()}"
                    found[key] = Source(place.shown(path.as_posix()), _text(path))
    return found


def _text(path: Path) -> str:
    if path.suffix in _WORDS and path.stat().st_size <= LIMIT:
        return path.read_text(encoding="utf-8-sig", errors="replace")
    data = path.read_bytes()
    return f"（不是文本，{len(data)}字节，SHA-256 {sha256(data).hexdigest()[:16]}）"


def _both(arguments: Sequence[str]) -> tuple[str, str]:
    """Two names; “A...B” is where B left A, against B; one name alone is compared with the files as they are now."""
    for name in arguments:
        if name.startswith("-") or not name or _CONTROL.search(name):
            raise UsageError(f"“{_CONTROL.sub('?', name)}”不是年度、版本、目录或文件。")
    if len(arguments) == 2:
        return arguments[0], arguments[1]
    sides = arguments[0].split("...")
    if len(sides) == 2:
        mine, theirs = (commit_of(side or "HEAD") for side in sides)
        return merge_base(mine, theirs), sides[1] or "HEAD"
    return arguments[0], ""


def _document(name: str) -> Where:
    path = Path(name)
    if not path.is_file():
        raise UsageError(f"没有 {path.as_posix()} 这个文件。")
    return Where(path.as_posix(), path.parent, path.parent, 0, None, path)


def _place(name: str, data: Path, templates: Path, folder: Path) -> Where:
    if name.lower().endswith(".docx"):
        return _document(name)
    if not name:
        return Where("现在的文件", data, templates, 0)
    if _YEAR.fullmatch(name):
        return Where(f"{name}年度", data, templates, int(name))
    path = Path(name)
    if path.is_dir():
        of_a_year = (path / "department.yaml").exists()
        own_year = _YEAR.fullmatch(path.resolve().name) and of_a_year
        if of_a_year and not own_year:
            raise UsageError(
                f"{path.as_posix()} 里是一个年度的数据，目录名却不是年份。请给它一个以年份为名的目录，如 旧稿/2022，再比较。"
            )
        above = path / ".." if path.name in ("", "..") else path.parent
        years, year = (above, int(path.resolve().name)) if own_year else (path, 0)
        return Where(path.as_posix(), years, templates, year)
    if path.is_file():
        raise UsageError(f"{path.as_posix()} 不是 .docx 文件；Word、WPS的其他文件请先另存为 .docx。")
    commit = commit_of(name)
    take(commit, (data, templates), folder)
    label = commit[:8] if name == commit else f"{name}（{commit[:8]}）"
    return Where(label, folder / data, folder / templates, 0, folder)


def _must_be(place: Where) -> None:
    """A year or folder that a person names is there: what is not would compare as everything gone or come.

    A git revision may well lack a year: it was made before the year was.
    """
    folder = place.data / str(place.year)
    if not folder.is_dir():
        there = "、".join(year.name for year in years_in(place.data)) or "无"
        raise UsageError(f"没有 {folder.as_posix()} 这个目录。现有年度：{there}。")


def _newest(place: Where) -> int:
    return max((int(year.name) for year in years_in(place.data)), default=0)
