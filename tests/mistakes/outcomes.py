"""What a planted mistake draws: run in the process, and only what the clean year does not draw counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from generator.model.department import Inputs
from generator.model.ledger import DIMENSIONS
from generator.model.problem import Problem, Severity, has_errors
from generator.work.check import check
from generator.work.workshop import Workshop
from tests.conftest import ROOT
from tests.made_up import KEPT
from tests.mistakes.folder import Folder, Texts

SILENT = "没有"
OUTCOMES = (*(severity.label for severity in Severity), SILENT)


def approval(inputs: Inputs, dimensions: Iterable[str]) -> str:
    """The lines a 批复 of exactly this budget would add to 控制数: what each code of these dimensions has."""
    listed = []
    for dimension in dimensions:
        amounts: dict[str, Decimal] = {}
        for line in inputs.ledger.lines:
            code = DIMENSIONS[dimension].of(line)
            amounts[code] = amounts.get(code, Decimal(0)) + line.money.amount
        amounts.pop("", None)
        listed += [f"  {dimension}:", *(f'    "{code}": {amount}' for code, amount in amounts.items())]
    return "\n".join((*listed, ""))


class Drawn(NamedTuple):
    """What a mistake came to: the gravest of its findings, and their codes."""

    outcome: str
    codes: tuple[str, ...]


class Desk:
    """A copy of a year's folder that mistakes are tried in; ``approved`` is put under its 控制数 in all of them."""

    def __init__(self, path: Path, folder: Folder, approved: str = "") -> None:
        self.path, self.folder, self.approved = path, folder, approved
        self.written = dict.fromkeys(folder.texts, "")
        self.shop = Workshop(ROOT / "templates", "yibin", KEPT, ask_all=False)  # as check asks unless it has --all
        (path / "2022").mkdir(parents=True)
        self._write(folder.texts)
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
        head = texts["department.yaml"]
        if self.approved:
            head += self.approved if "控制数:" in head else f"控制数:\n{self.approved}"
        for name, text in {**texts, "department.yaml": head}.items():
            if self.written[name] != text:
                (self.path / "2022" / name).write_text(text, encoding="utf-8")
                self.written[name] = text

    def _problems(self) -> tuple[Problem, ...]:
        return check(self.shop, self.path, 2022).problems


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
