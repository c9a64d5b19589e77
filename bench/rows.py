"""What is measured as printed: lines of ours against the peer's, with what must be and what is aimed at."""

# ruff: noqa: T201

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import NamedTuple
from unicodedata import east_asian_width

from bench.measure import Cost, ratios

KINDS = {"wall": "时间", "cpu": "处理器时间", "memory": "内存", "instructions": "指令"}


class Limits(NamedTuple):
    """What a ratio must not exceed, and what it is to come to in the end, where that is less."""

    must: float
    aim: float | None = None

    def widened(self, by: float) -> Limits:
        """Both so many times as much."""
        return Limits(self.must * by, None if self.aim is None else self.aim * by)


class Row(NamedTuple):
    """A line of the result; without limits it is for information only."""

    name: str
    ours: str
    peer: str
    value: float
    limits: Limits | None = None

    @property
    def failed(self) -> bool:
        """Whether it is over what it must not exceed."""
        return self.limits is not None and self.value > self.limits.must

    @property
    def cells(self) -> tuple[str, ...]:
        """As printed."""
        said = self.name, self.ours, self.peer, f"{self.value:.3f}"
        if self.limits is None:
            return *said, "", "", ""
        must, aim = self.limits
        verdict = "未达到" if self.failed else "合格" if aim is None or self.value > aim else "达到目标"
        return *said, _limit(must), "" if aim is None else _limit(aim), verdict


def _limit(value: float) -> str:
    """Two decimals, three where it has them."""
    text = f"≤{value:.3f}"
    return text[:-1] if text.endswith("0") else text


def compare(name: str, kind: str, ours: Sequence[Cost], peer: Sequence[Cost], limits: Limits | None = None) -> Row:
    """A row for the median of the rounds' ratios."""
    return Row(f"{name} {KINDS[kind]}", shown(ours, kind), shown(peer, kind), median(ratios(ours, peer, kind)), limits)


def shown(costs: Sequence[Cost], kind: str) -> str:
    """The median with its unit."""
    value = median(getattr(cost, kind) for cost in costs)
    match kind:
        case "memory":
            return f"{value:.1f} MB"
        case "instructions":
            return f"{value / 100:.2f} 亿条"
        case _:
            return f"{value:.3f} 秒"


def print_row(cells: Sequence[str]) -> None:
    """Cells under each other; a Chinese character is two places wide."""
    widths = (28, 12, 12, 8, 8, 8, 8)
    padded = (
        cell + " " * (width - sum(1 + (east_asian_width(char) in "WF") for char in cell))
        for cell, width in zip(cells, widths, strict=True)
    )
    print(" ".join(padded).rstrip(), flush=True)
