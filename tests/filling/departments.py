"""The years' folders that fill-in workbooks are tried on: the shipped ones, as grounds."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from generator.filling.layout import put_back
from generator.filling.nouns import Desk, Ground
from generator.filling.read import rows_of
from generator.load.watch import profile_of_states
from generator.model.tree import Trees
from generator.sheets.read import read_workbook
from generator.work.filling import ground_of
from generator.work.workshop import Workshop
from tests.conftest import ROOT

SHIPPED = ("data/2022", *sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("examples/*/[12]*")))


@cache
def ground(folder: str, unit: str = "") -> Ground:
    """A shipped folder's."""
    return ground_at(ROOT / folder, unit)


def ground_at(folder: Path, unit: str = "") -> Ground:
    """Any folder's, by the profile that it names."""
    name = profile_of_states((), folder.parent, folder.name)
    found = ground_of(Workshop(ROOT / "templates", name), folder.parent, int(folder.name), unit)
    assert isinstance(found, Ground), found
    return found


def returned(ground: Ground, data: bytes, trees: Trees | None = None) -> tuple[Trees, Desk]:
    """What a workbook says of trees (the ground's own), and what is wrong with it."""
    desk, book = desk_of(ground), read_workbook("填报表.xlsx", data)
    ground = ground if trees is None else ground._replace(trees=trees)
    return put_back(ground, lambda forms: rows_of(book, forms, desk), desk), desk


def desk_of(ground: Ground) -> Desk:
    """Where a ground's workbook is read."""
    return Desk.new(ground.scale, len(ground.apart) < 2)
