"""A made-up city is what it says: sound, of the sizes it promises, always the same; each way of breaking a department stops it."""

from __future__ import annotations

import random
from pathlib import Path
from statistics import median

import pytest

from bench.city import PROFILE, Made, change, make
from bench.city_breaks import BREAKS, Break
from bench.city_money import LEAST, MOST, money_of
from generator.city.members import members_of
from generator.model.ledger import BASIC
from generator.model.problem import has_errors
from generator.work.check import check
from generator.work.stages import Finished
from generator.work.workshop import Workshop
from tests.conftest import ROOT

SHOP = Workshop(ROOT / "templates", PROFILE, ask_all=False)


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Made]:
    folder = tmp_path_factory.mktemp("city")
    return folder, make(folder, 60)


def smallest(made: Made, number: int) -> list[tuple[int, str]]:
    return sorted(zip(made.lines, made.keys, strict=True))[:number]


def all_sound(folder: Path, made: Made, number: int) -> None:
    for lines, key in smallest(made, number):
        done = check(SHOP, folder / key / "data", 2022)
        assert not has_errors(done.problems), [one.message for one in done.problems if one.severity.value == "error"]
        assert isinstance(done, Finished) and len(done.inputs.ledger.lines) == lines


def test_departments_are_sound(city: tuple[Path, Made]) -> None:
    all_sound(*city, 3)


@pytest.mark.slow
def test_all_departments_of_a_county_are_sound(city: tuple[Path, Made]) -> None:
    all_sound(*city, 60)


@pytest.mark.parametrize(("name", "way"), BREAKS)
def test_each_way_of_breaking_a_department_stops_it(
    name: str, way: Break, city: tuple[Path, Made], tmp_path: Path
) -> None:
    folder, made = city
    [(_, key)] = smallest(made, 1)
    files = {path.name: path.read_text(encoding="utf-8") for path in (folder / key / "data" / "2022").iterdir()}
    (tmp_path / "2022").mkdir()
    for file, text in way(files).items():
        (tmp_path / "2022" / file).write_text(text, encoding="utf-8")
    assert has_errors(check(SHOP, tmp_path, 2022).problems), name


def test_sizes_are_log_normal() -> None:
    lines = [money_of(number, random.Random(f"1-{number}")).lines for number in range(120)]  # noqa: S311
    assert min(lines) >= LEAST and max(lines) <= MOST and 120 < median(lines) < 250 and max(lines) > 1_000


def test_a_small_city_is_the_beginning_of_a_large_one(city: tuple[Path, Made], tmp_path: Path) -> None:
    folder, made = city
    few = make(tmp_path, 10, broken=True)
    assert few.keys == made.keys[:10] and few.broken == {few.keys[9]: BREAKS[0][0]}
    for path in sorted(tmp_path.glob("00003-*/data/2022/*.yaml")):
        assert path.read_bytes() == (folder / path.relative_to(tmp_path)).read_bytes()


def test_the_list_is_read_and_some_have_no_folder(city: tuple[Path, Made]) -> None:
    found = members_of(city[0])
    assert not found.problems and not found.unlisted and len(found.members) == 61
    assert sum(not Path(member.folder).is_dir() for member in found.members) == 1


def test_who_is_changed_has_the_same_totals(tmp_path: Path) -> None:
    made = make(tmp_path, 5)
    data = tmp_path / made.keys[0] / "data"
    before = check(SHOP, data, 2022)
    assert change(tmp_path, 5) == [made.keys[0]]
    after = check(SHOP, data, 2022)
    assert isinstance(before, Finished) and isinstance(after, Finished)
    old, new = ([line for line in one.inputs.ledger.lines if line.kind == BASIC] for one in (before, after))
    assert sum(one.money.amount for one in old) == sum(one.money.amount for one in new)
    assert sum(one.money != other.money for one, other in zip(old, new, strict=True)) == 2
