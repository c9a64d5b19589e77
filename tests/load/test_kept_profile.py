"""A profile that was kept is the profile as it would be read now, or is read again."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.load import classification
from generator.load import kept_profile as keeping
from generator.load.classification import load_classification
from generator.load.kept_profile import kept_profile
from generator.load.profile import load_profile
from generator.model.classification import ExtraCodes
from generator.model.problem import UsageError
from generator.model.remember import anew
from tests.conftest import ROOT

PROFILES = [
    ROOT / "templates" / "yibin",
    *sorted(path.parent for path in (ROOT / "tests/profiles").glob("*/report.yaml")),
]


class Memory:
    """Keeps for ever; counts what was made."""

    def __init__(self) -> None:
        self.kept: dict[bytes, bytes] = {}
        self.made = 0

    def __call__(self, key: bytes, make: Callable[[], bytes]) -> bytes:
        if key not in self.kept:
            self.made += 1
            self.kept[key] = make()
        return self.kept[key]


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.name)
def test_it_is_the_profile_that_is_read(path: Path) -> None:
    memory = Memory()
    assert kept_profile(path, memory) == kept_profile(path, memory) == load_profile(path)
    assert len(memory.kept) == 1 or load_profile(path)[1]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "templates" / "yibin", tmp_path / "place"))


def _added_code(place: Path) -> None:
    with (place / "report.yaml").open("a", encoding="utf-8") as file:
        file.write('增补科目:\n  功能科目:\n    2080177: {名称: 新科目, 自: "2021"}\n')


def _list_of_a_year(place: Path) -> None:
    (place / "codes").mkdir()
    (place / "codes" / "2021-部门经济.csv").write_text(
        "编码,名称\n301,工资福利支出\n30101,基本工资\n", encoding="utf-8"
    )


CHANGES = {
    "a title": lambda place: (place / "tables/02-income.yaml").write_bytes(
        (place / "tables/02-income.yaml").read_bytes().replace("标题: ".encode(), "标题: 新".encode(), 1)
    ),
    "a sentence": lambda place: next(place.glob("prose/*.j2")).write_text("## 新\n\n新。\n", encoding="utf-8"),
    "one more file": lambda place: (place / "prose/more.j2").write_text("{# #}", encoding="utf-8"),
    "the master": lambda place: (place / "master.docx").write_bytes((ROOT / "tests/profiles/tiny/master.docx").read_bytes()),
    "a code of its own": _added_code,
    "a list of codes": _list_of_a_year,
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_what_changed_is_read_again(place: Path, change: str) -> None:
    memory = Memory()
    before = kept_profile(place, memory)
    CHANGES[change](place)
    after = load_profile(place)
    assert kept_profile(place, memory) == kept_profile(place, memory) == after != before
    assert memory.made == 2


def test_nothing_that_is_wrong_is_kept(place: Path) -> None:
    memory = Memory()
    (place / "figures.yaml").write_text("数: {}\n错: 1\n", encoding="utf-8")
    for _ in range(2):
        assert kept_profile(place, memory) == load_profile(place)
    assert not memory.kept and memory.made == 2


def test_nothing_is_kept_of_files_that_change_while_they_are_read(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    memory, load = Memory(), keeping._load
    table = place / "tables" / "02-income.yaml"

    def slowly(path: Path, layers: tuple[Path, ...]) -> object:
        read = load(path, layers)
        table.write_bytes(table.read_bytes() + b"# saved\n")
        return read

    monkeypatch.setattr(keeping, "_load", slowly)
    kept_profile(place, memory)
    assert not memory.kept


def test_a_folder_that_is_not_there_is_told_as_ever(tmp_path: Path) -> None:
    told = []
    for load in (load_profile, lambda path: kept_profile(path, Memory())):
        with pytest.raises(UsageError) as caught:
            load(tmp_path / "nowhere")
        told.append(str(caught.value))
    assert told[0] == told[1]


def test_a_pipe_is_not_waited_for(place: Path) -> None:
    (place / "figures.yaml").unlink()
    os.mkfifo(place / "figures.yaml")
    signal.alarm(20)
    assert kept_profile(place, Memory()) == load_profile(place)
    signal.alarm(0)


@pytest.mark.parametrize("year", [2021, 2022, 2026])
def test_a_classification_that_was_kept_is_the_same(year: int, monkeypatch: pytest.MonkeyPatch) -> None:
    memory = Memory()
    found = []
    for remember in (memory, memory, anew):
        monkeypatch.setattr(classification, "_READ", {})  # another process
        found += [load_classification(year, ExtraCodes(), (), remember) for _ in range(2)]
    assert all(one == found[0] for one in found) and memory.made == 1
