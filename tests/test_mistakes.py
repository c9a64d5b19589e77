"""Which mistakes are found: some thousands, planted one at a time in data/2022, by kind and what they draw.

``make test`` tries one of each kind, ``make soak`` all. The tables are reviewed as texts: tests/golden/mistakes.txt has
the few with the rules that spoke, tests/mistakes/table.txt counts all, before and after a 批复 by item is typed in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from tests.conftest import ROOT, SOAK, Golden
from tests.mistakes.folder import Mistake, folder_of_2022
from tests.mistakes.kinds import KINDS, Kind
from tests.mistakes.outcomes import OUTCOMES, SILENT, Desk, approval
from tests.runs import Run

TABLE = ROOT / "tests" / "mistakes" / "table.txt"
SECOND = (("项目", "功能科目"), ("项目", "功能科目", "部门经济"))
NOTH = 9  # which of a kind is tried every time


@pytest.fixture
def desks(tmp_path: Path, run_2022: Run) -> tuple[Desk, ...]:
    """The year as it is, then with one second source after the other."""
    approvals = ("", *(approval(run_2022.inputs, dimensions) for dimensions in SECOND))
    return tuple(Desk(tmp_path / str(at), folder_of_2022(), approved) for at, approved in enumerate(approvals))


def one_of(kind: Kind) -> Mistake:
    return list(islice(kind.plant(folder_of_2022()), NOTH))[-1]


def test_one_mistake_of_each_kind(desks: tuple[Desk, ...], golden: Golden) -> None:
    """What it draws, and by which rules; a mistake that draws nothing, whether a second source would tell."""
    lines = []
    for kind in KINDS:
        mistake = one_of(kind)
        drawn = desks[0].drawn(mistake.texts)
        said = f"{drawn.outcome} {'、'.join(drawn.codes)}"
        if drawn.outcome == SILENT:
            later = desks[-1].drawn(mistake.texts)
            said += f"（批复逐项填了：{later.outcome} {'、'.join(later.codes)}".rstrip() + "）"
        lines.append(f"{kind.name}｜{mistake.what}\n    {said.strip()}\n")
    golden(ROOT / "tests" / "golden" / "mistakes.txt", "".join(lines))


def test_the_table_of_all_is_of_these_kinds() -> None:
    """``make soak`` makes it; a new kind is not forgotten in it."""
    rows = [line.split() for line in TABLE.read_text(encoding="utf-8").splitlines()[1:]]
    assert [row[0] for row in rows] == [kind.name for kind in KINDS] + ["共"]
    assert all(int(row[1]) == sum(map(int, row[2:6])) for row in rows)


def counted(kind: Kind, desks: tuple[Desk, ...]) -> list[int]:
    """How many there are, how many came to each outcome, and how many of the silent ones stay so with each second source."""
    found: Counter[str] = Counter()
    still = [0] * len(SECOND)
    for mistake in kind.plant(folder_of_2022()):
        outcome = desks[0].drawn(mistake.texts).outcome
        found[outcome] += 1
        for at, desk in enumerate(desks[1:] if outcome == SILENT else ()):
            still[at] += desk.drawn(mistake.texts).outcome == SILENT
    return [found.total(), *(found[outcome] for outcome in OUTCOMES), *still]


def rows(desks: tuple[Desk, ...]) -> Iterator[str]:
    heads = ("植入", *OUTCOMES, "项目和功能科目的批复填了还没有", "经济科目也填了还没有")
    yield " ".join(("种类", *heads))
    whole = [0] * len(heads)
    for kind in KINDS:
        counts = counted(kind, desks)
        whole = [one + more for one, more in zip(whole, counts, strict=True)]
        yield " ".join((kind.name, *map(str, counts)))
    yield " ".join(("共", *map(str, whole)))


if SOAK:

    def test_all_mistakes(desks: tuple[Desk, ...], golden: Golden) -> None:
        """Every change in the table has a reason: a rule that came, or one that was lost."""
        golden(TABLE, "\n".join(rows(desks)) + "\n")
