"""A made-up city is what it says: sound, of the sizes it promises, always the same; each way of breaking a department stops it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bench.city import PROFILE, Made, change, make_city, size_of
from bench.city_breaks import BREAKS, Break
from bench.city_money import LEAST, MOST
from generator.city.members import members_of
from generator.city.record import RECORD
from generator.model.city import State
from generator.model.ledger import BASIC
from generator.model.problem import has_errors
from generator.work.check import check
from generator.work.stages import Finished
from generator.work.workshop import Workshop
from tests.city import towns
from tests.conftest import ROOT

SHOP = Workshop(ROOT / "templates", PROFILE, ask_all=False)


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Made]]:
    folder = tmp_path_factory.mktemp("city")
    return folder, make_city(folder, 60)


def smallest(made: list[Made], number: int) -> list[Made]:
    return sorted(made, key=lambda one: one.lines)[:number]


def all_sound(folder: Path, made: list[Made], number: int) -> None:
    for one in smallest(made, number):
        done = check(SHOP, folder / one.key / "data", 2022)
        assert not has_errors(done.problems), [each.message for each in done.problems if each.severity.value == "error"]
        assert isinstance(done, Finished) and len(done.inputs.ledger.lines) == one.lines


def test_departments_are_sound(city: tuple[Path, list[Made]]) -> None:
    all_sound(*city, 3)


@pytest.mark.slow
def test_all_departments_of_a_county_are_sound(city: tuple[Path, list[Made]]) -> None:
    all_sound(*city, 60)


@pytest.mark.parametrize(("name", "way"), BREAKS)
def test_each_way_of_breaking_a_department_stops_it(
    name: str, way: Break, city: tuple[Path, list[Made]], tmp_path: Path
) -> None:
    folder, made = city
    [one] = smallest(made, 1)
    files = {path.name: path.read_text(encoding="utf-8") for path in (folder / one.key / "data" / "2022").iterdir()}
    (tmp_path / "2022").mkdir()
    for file, text in way(files).items():
        (tmp_path / "2022" / file).write_text(text, encoding="utf-8")
    assert has_errors(check(SHOP, tmp_path, 2022).problems), name


def test_sizes_are_log_normal() -> None:
    sizes = sorted(size_of(number) for number in range(3_000))
    assert sizes[0] == LEAST and sizes[-1] == MOST and 150 <= sizes[1_500] <= 250
    assert 5 * sizes[300] > sizes[1_500] and sizes[2_700] > 2 * sizes[1_500]


def test_a_small_city_is_the_beginning_of_a_large_one(city: tuple[Path, list[Made]], tmp_path: Path) -> None:
    folder, made = city
    few = make_city(tmp_path, 10, broken=True)
    assert few == [*made[:9], made[9]._replace(broken=BREAKS[0][0])]
    for path in sorted(tmp_path.glob("00003-*/data/2022/*.yaml")):
        assert path.read_bytes() == (folder / path.relative_to(tmp_path)).read_bytes()


def test_rules_across_departments_are_asked_and_find_nothing(tmp_path: Path) -> None:
    made = make_city(tmp_path / "全市", 2)
    done = towns.run(tmp_path / "全市", tmp_path / "输出", "")
    assert sum(done.states.values()) == 2 and not done.states.get(State.FAILED) and not done.across.findings
    with closing(sqlite3.connect(tmp_path / "输出" / RECORD)) as record:
        (total,) = record.execute("SELECT sum(本年) FROM 金额 WHERE 口径 = '总计'").fetchone()
    assert total == sum(one.money["总计"] for one in made) * 10_000


def test_some_of_a_broken_city_are_broken_and_some_have_no_folder(tmp_path: Path) -> None:
    made = make_city(tmp_path, 20, broken=True)
    found = members_of(tmp_path)
    assert not found.problems and not found.unlisted and len(found.members) == 21
    assert sum(not Path(member.folder).is_dir() for member in found.members) == 1
    assert [one.broken for one in made if one.broken] == [name for name, _ in BREAKS[:2]]


def test_who_is_changed_has_the_same_totals(tmp_path: Path) -> None:
    made = make_city(tmp_path, 5)
    data = tmp_path / made[0].key / "data"
    before = check(SHOP, data, 2022)
    assert change(tmp_path, 5) == [made[0].key]
    after = check(SHOP, data, 2022)
    assert isinstance(before, Finished) and isinstance(after, Finished)
    old, new = ([line for line in one.inputs.ledger.lines if line.kind == BASIC] for one in (before, after))
    assert sum(one.money.amount for one in old) == sum(one.money.amount for one in new)
    assert sum(one.money != other.money for one, other in zip(old, new, strict=True)) == 2
