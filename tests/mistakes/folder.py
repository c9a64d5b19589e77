"""A year's folder as texts that mistakes are planted in: its lines, and what stands where."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from tests.conftest import ROOT

Texts = Mapping[str, str]
_AMOUNT = re.compile(r"^ +(?P<name>\d{5} [^:]+): (?P<value>\d+\.\d\d)(?= |$)")
_HEADING = re.compile(r"^ +(?P<name>\d{7} [^:]+):$")
_FIELD = re.compile(r"^(?P<dash> *(?:- )?)(?P<name>[^\s:#][^:]*): (?P<value>\S.*?)(?: +#.*)?$")
_ITEM = re.compile(r"^(?P<dash> +- )(?P<value>[^:#]+)$")


class Mistake(NamedTuple):
    """One mistake: in a few words, and the files it changes."""

    what: str
    texts: Texts


class Line(NamedTuple):
    """A line that holds something: where, its name and value, the heading and the project it is under (-1 for none)."""

    file: str
    number: int
    name: str
    value: str
    heading: int = -1
    project: int = -1

    def __str__(self) -> str:
        return f"{self.file}:{self.number + 1} {self.name}"


class Folder(NamedTuple):
    """All files of the year."""

    texts: Texts

    def lines(self, file: str) -> list[str]:
        """A file's lines."""
        return self.texts[file].split("\n")

    def edited(self, what: str, edit: Callable[[list[str]], object], file: str) -> Mistake:
        """The mistake of one file whose lines ``edit`` changes in place."""
        lines = self.lines(file)
        edit(lines)
        return Mistake(what, {file: "\n".join(lines)})

    def changed(self, line: Line, old: str, new: str) -> Mistake:
        """The mistake of one line in which ``old`` became ``new``; the first of several."""
        return self._changed(line, old, new, 0)

    def valued(self, line: Line, value: str) -> Mistake:
        """The mistake of one line with another value."""
        return self._changed(
            line, line.value, value, self.lines(line.file)[line.number].index(line.name) + len(line.name)
        )

    def dropped(self, line: Line) -> Mistake:
        """Without the line."""
        return self.edited(f"{line}：漏", lambda lines: lines.pop(line.number), line.file)

    def doubled(self, line: Line) -> Mistake:
        """With the line twice."""
        return self.edited(f"{line}：重复", lambda lines: lines.insert(line.number, lines[line.number]), line.file)

    def swapped(self, one: Line, other: Line) -> Mistake:
        """With the values of two lines in each other's place."""
        texts = dict(self.texts)
        for line, value in ((one, other.value), (other, one.value)):
            texts |= Folder(texts).valued(line, value).texts
        return Mistake(f"{one}↔{other}", {file: texts[file] for file in (one.file, other.file)})

    def amounts(self, *files: str) -> Iterator[Line]:
        """The lines of amounts."""
        for file in files or ("basic.yaml", "projects.yaml"):
            yield from (line for line in self._walk(file) if _AMOUNT.match(self.lines(file)[line.number]))

    def headings(self, file: str) -> Iterator[Line]:
        """The lines of 功能科目."""
        yield from (line for line in self._walk(file) if line.heading == line.number)

    def fields(self, file: str, *names: str) -> Iterator[Line]:
        """The lines “name: value” with one of these names, or all."""
        for line in self._walk(file):
            if line.value and line.heading != line.number and (not names or line.name in names):
                yield line

    def items(self, file: str) -> Iterator[Line]:
        """The lines “- text”."""
        for number, text in enumerate(self.lines(file)):
            found = _ITEM.match(text)
            if found:
                yield Line(file, number, "", found["value"])

    def indicators(self, *categories: str) -> Iterator[Line]:
        """The 绩效指标 of projects; ``heading`` is the line of their category."""
        for line in self._indicators():
            if not categories or self.lines(line.file)[line.heading].strip(" :") in categories:
                yield line

    def projects(self) -> list[tuple[int, int]]:
        """First line, and the line after the last, of each project."""
        lines = self.lines("projects.yaml")
        starts = [number for number, text in enumerate(lines) if text.startswith("- ")]
        return list(zip(starts, [*starts[1:], len(lines)], strict=True))

    def _changed(self, line: Line, old: str, new: str, start: int) -> Mistake:
        lines = self.lines(line.file)
        at = lines[line.number].index(old, start)
        assert old != new, (line, old)
        lines[line.number] = lines[line.number][:at] + new + lines[line.number][at + len(old) :]
        return Mistake(f"{line}：{old}→{new}", {line.file: "\n".join(lines)})

    def _indicators(self) -> Iterator[Line]:
        category = -1
        for line, text in zip(self._walk("projects.yaml"), self._texts("projects.yaml"), strict=True):
            if text.startswith("    ") and text.endswith("指标:") and not text.startswith("     "):
                category = line.number
            elif text.startswith("- "):
                category = -1
            elif category >= 0 and line.value:
                yield line._replace(heading=category)

    def _texts(self, file: str) -> list[str]:
        return self.lines(file)

    def _walk(self, file: str) -> Iterator[Line]:
        heading, project = -1, -1
        for number, text in enumerate(self.lines(file)):
            if text.startswith("- "):
                heading, project = -1, project + 1
            found = _HEADING.match(text)
            if found:
                heading = number
                yield Line(file, number, found["name"], "", number, project)
                continue
            amount = _AMOUNT.match(text) or _FIELD.match(text)
            name, value = (amount["name"], amount["value"]) if amount else ("", "")
            yield Line(file, number, name, value, heading, project)


def folder_of_2022() -> Folder:
    """The real year."""
    return folder_of(ROOT / "data" / "2022")


def folder_of(path: Path) -> Folder:
    """A year's files."""
    return Folder({file.name: file.read_text(encoding="utf-8") for file in sorted(path.glob("*.yaml"))})
