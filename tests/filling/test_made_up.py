"""Made-up departments of every shipped place: their workbooks come back as they went, whole and unit by unit."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import yaml

from generator.filling.mark import mark_of
from generator.filling.nouns import Ground
from generator.filling.write import workbook_of
from generator.load.classification import load_classification
from generator.trial.departments import trials
from generator.work.workshop import Workshop
from tests.conftest import ROOT
from tests.filling.departments import returned

_YEAR, _WHOLLY = 2024, "通用"
_PLACES = sorted(path.parent.name for path in (ROOT / "templates").glob("*/report.yaml"))


def _grounds(place: str) -> Iterator[tuple[str, Ground]]:
    profile, _, _ = Workshop(ROOT / "templates", place).profile(_YEAR)
    assert profile is not None
    codes = load_classification(_YEAR, profile.extra_codes, profile.editions)
    for trial in trials(profile, _YEAR, codes):
        texts = {name.partition("/")[2]: text for name, text in trial.files.items() if name.startswith(f"{_YEAR}/")}
        yield (
            trial.name,
            Ground(_YEAR, profile, codes, {name: yaml.load(text, yaml.CBaseLoader) for name, text in texts.items()}),
        )


@pytest.mark.parametrize("place", [pytest.param(place, marks=pytest.mark.slow) for place in _PLACES])
def test_made_up_departments_come_back(place: str) -> None:
    """Every second one, of one place all: a hundred in all; the whole, and a unit of the next."""
    tried = 0
    for number, (name, ground) in enumerate(_grounds(place)):
        if number % 2 and place != _WHOLLY:
            continue
        its = ground._replace(unit=next(iter(ground.agencies)) if number % 4 else "")
        back, desk = returned(its, workbook_of(its, mark_of(its, place)))
        assert desk.problems == [], name
        assert back == its.trees, name
        tried += 1
    assert tried > 8
