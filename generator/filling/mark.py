"""What a workbook says of itself on a sheet that nobody sees: that it is one, of which layout, year and department."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import NamedTuple

from generator.filling.nouns import Ground
from generator.filling.shapes import text
from generator.model.tree import Trees
from generator.sheets.sheet import Workbook

SHEET, LISTS, NAME, VERSION = "填报标记", "填报下拉", "部门预算填报表", "1"
_NOT_OURS = ("accepted.yaml", "unconfirmed.yaml")
_TITLES = ("版本", "年度", "部门代码", "部门名称", "单位", "格式", "金额单位", "各单位", "数据")


class Mark(NamedTuple):
    """The layout's version, the year, the department's code and name, the unit's code (empty: all), 格式, 金额单位, the units
    that it asks of themselves, and what the files said, in a few signs each.
    """

    version: str
    year: str
    code: str
    name: str
    unit: str
    profile: str
    scale: str
    units: str
    files: str

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """As the sheet has them."""
        return (("文件", NAME), *zip(_TITLES, self, strict=True))

    @property
    def asked(self) -> tuple[str, ...]:
        """The codes of those units."""
        return tuple(filter(None, self.units.split("、")))

    def changed(self, trees: Trees) -> list[str]:
        """The files that say something else than when the workbook was written."""
        before = dict(one.split("=") for one in self.files.split() if one.count("=") == 1)
        now = dict(one.split("=") for one in _signs(trees).split())
        return [name for name in {**before, **now} if before.get(name) != now.get(name)]


def _signs(trees: Trees) -> str:
    """A digest of each file that the workbook may change."""
    said = {name: json.dumps(tree, ensure_ascii=False) for name, tree in trees.items() if name not in _NOT_OURS}
    return " ".join(f"{name}={sha256(text.encode()).hexdigest()[:12]}" for name, text in sorted(said.items()))


def mark_of(ground: Ground, profile: str) -> Mark:
    """A department's."""
    head = ground.head
    code, name = text(head.get("代码")), text(head.get("名称"))
    return Mark(
        VERSION,
        str(ground.year),
        code,
        name,
        ground.unit,
        profile,
        ground.scale,
        "、".join(ground.apart),
        _signs(ground.trees),
    )


def mark_in(book: Workbook) -> Mark | None:
    """The mark of a workbook; None where it has none."""
    sheet = book.named(SHEET)
    if sheet is None:
        return None
    told = {sheet.at(row, 1).text: sheet.at(row, 2).code for row in range(1, 20)}
    if told.get("文件") != NAME:
        return None
    return Mark(*(told.get(title, "") for title in _TITLES))
