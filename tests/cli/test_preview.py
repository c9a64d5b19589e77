"""How often the preview looks for changes."""

from __future__ import annotations

from generator.cli.preview import EVERY, _pause


def test_thousands_of_files_are_looked_at_less_often() -> None:
    assert _pause(0.0005) == EVERY
    assert all(took / (took + _pause(took)) <= 0.1 for took in (0.02, 0.1, 3.0))
