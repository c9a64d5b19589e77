"""What a planted mistake draws: run in the process, and only what the clean year does not draw counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from generator.model.problem import Problem, Severity, has_errors
from generator.pipeline import make, read_over
from tests.conftest import ROOT
from tests.mistakes.folder import Folder, Texts

SILENT = "没有"
OUTCOMES = (*(severity.label for severity in Severity), SILENT)


class Drawn(NamedTuple):
    """What a mistake came to: the gravest of its findings, and their codes."""

    outcome: str
    codes: tuple[str, ...]


class Desk:
    """A copy of a year's folder that mistakes are tried in."""

    def __init__(self, path: Path, folder: Folder) -> None:
        self.path, self.folder = path, folder
        self.written = dict(folder.texts)
        self.kept: dict[bytes, bytes] = {}
        (path / "2022").mkdir(parents=True)
        for name, text in folder.texts.items():
            (path / "2022" / name).write_text(text, encoding="utf-8")
        problems = self._problems()
        assert not has_errors(problems), problems  # else the tables and sentences would not be read
        self.clean = Counter(map(_said, problems))

    def drawn(self, texts: Texts) -> Drawn:
        """What the year draws with these files changed, beyond what it draws anyway."""
        self._write({**self.folder.texts, **texts})
        new = list(_beyond(self._problems(), self.clean))
        outcome = next((one.label for one in Severity if any(found.severity is one for found in new)), SILENT)
        return Drawn(outcome, tuple(sorted({problem.code for problem in new})))

    def _write(self, texts: Texts) -> None:
        for name, text in texts.items():
            if self.written[name] != text:
                (self.path / "2022" / name).write_text(text, encoding="utf-8")
                self.written[name] = text

    def _problems(self) -> tuple[Problem, ...]:
        return read_over(make(self.path, ROOT / "templates", "yibin", 2022, self._remember)).problems

    def _remember(self, key: bytes, make_anew: Callable[[], bytes]) -> bytes:
        if key not in self.kept:
            self.kept[key] = make_anew()
        return self.kept[key]


def _said(problem: Problem) -> tuple[str, str, str]:
    """A finding without its line, which moves where a line is dropped above it."""
    return problem.code, problem.position.file, problem.message


def _beyond(problems: Iterable[Problem], clean: Counter[tuple[str, str, str]]) -> Iterable[Problem]:
    left = Counter(clean)
    for problem in problems:
        said = _said(problem)
        if left[said]:
            left[said] -= 1
        else:
            yield problem
