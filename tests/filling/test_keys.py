"""The room's names of keys and files are the loaders' own: rooms do not import each other."""

from __future__ import annotations

from generator.filling import keys
from generator.load import bases, controls, department, narrative, sides, units
from generator.model.ledger import DIMENSIONS


def test_keys_are_the_loaders() -> None:
    assert (keys.REASONS, keys.REDEFINED, keys.SAYINGS, keys.LINES) == (
        narrative.REASONS,
        narrative.REDEFINED,
        narrative.SAYINGS,
        narrative.LINES,
    )
    assert (keys.AMOUNT, keys.NO_FUNCTION) == (sides.AMOUNT, sides.NO_FUNCTION)
    assert keys.PERFORMANCE == units.PERFORMANCE
    assert keys.unit_file("1") == f"{units.FOLDER}/1.yaml"
    assert tuple(department.SCALES) == keys.SCALES
    assert {keys.DEPARTMENT, keys.BASIC_FILE, keys.PROJECTS, keys.NARRATIVE, keys.GOALS} <= set(bases.TAKEN)


def test_controls_are_listed_by_what_the_loader_reads() -> None:
    from generator.filling.asked import LISTED

    assert controls._LISTED == LISTED
    assert set(LISTED) <= set(DIMENSIONS)
