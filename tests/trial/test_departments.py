"""The made-up departments: always the same, valid for any profile, and the full one has some of everything."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.load.department import load_department
from generator.load.profile import load_profile
from generator.model.ledger import DIMENSIONS
from generator.model.problem import has_errors
from generator.model.profile import Profile
from generator.trial.departments import EVERYTHING, Trial, trials
from generator.work.profile_check import codes_of
from tests.conftest import ROOT

PROFILES = (
    "../tests/profiles/tiny",
    *(
        pytest.param(name, marks=pytest.mark.slow)
        for name in ("通用", "../tests/profiles/final", "../tests/profiles/reserve")
    ),
)


def made(name: str) -> tuple[Profile, list[Trial]]:
    profile, problems, _ = load_profile(ROOT / "templates" / name)
    assert profile is not None, problems
    return profile, list(trials(profile, 2024, codes_of(profile, 2024)))


def laid(trial: Trial, folder: Path) -> Path:
    for name, text in trial.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_they_are_always_the_same() -> None:
    assert made("../tests/profiles/tiny") == made("../tests/profiles/tiny")


@pytest.mark.slow
@pytest.mark.parametrize("name", PROFILES)
def test_the_loader_takes_each_of_them(name: str, tmp_path: Path) -> None:
    profile, every = made(name)
    assert len({trial.name for trial in every}) == len(every) > 20
    for number, trial in enumerate(every):
        inputs, problems, _ = load_department(laid(trial, tmp_path / str(number)), 2024, profile)
        assert inputs is not None and not has_errors(problems), (trial.name, problems)


@pytest.mark.parametrize("name", PROFILES)
def test_the_full_one_has_some_of_everything(name: str, tmp_path: Path) -> None:
    profile, every = made(name)
    full = next(trial for trial in every if trial.name == EVERYTHING)
    inputs, problems, _ = load_department(laid(full, tmp_path), 2024, profile)
    assert inputs is not None, problems
    dimensions = {**DIMENSIONS, **profile.widened, **{one.name: one for one in profile.dimensions}}
    for row in dimensions.values():
        values = {row.of(line) for line in inputs.ledger.all_lines}
        assert values >= set(row.values), row.name
    empty = [spec.name for spec in profile.figures if not inputs.ledger.selected(spec.filter)]
    assert empty == []
    assert set(inputs.department.reasons) == {spec.name for spec in profile.figures if spec.compared}
    assert all(inputs.department.records.get(one.name) for one in profile.lists)
    assert len(full.units) == 3
