"""A place is read once, however many of its departments are made, and again as soon as a file of it changes."""

from __future__ import annotations

import builtins
import io
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.work import workshop
from generator.work.check import check
from generator.work.diff import diff
from generator.work.preview import screen
from generator.work.redline import Sides, redlined, sides
from generator.work.report import Wanted, report
from generator.work.stages import Stopped
from generator.work.workshop import Workshop
from tests.render.docx.test_redline import WHO

DATA, PROFILE = Path("data"), Path("templates/yibin")


@pytest.fixture
def shop(workplace: Path) -> Workshop:
    shutil.copytree("data/2022", "other/2022")
    edit("other/2022/department.yaml", "社会保障事务服务中心", "医疗保障服务中心")
    return Workshop(Path("templates"), "yibin")


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter[str]]:
    """Every file opened, by name."""
    found: Counter[str] = Counter()
    really = io.open

    def counted(file: Any, *rest: Any, **options: Any) -> Any:
        found[str(file)] += 1
        return really(file, *rest, **options)

    for module in (io, builtins):
        monkeypatch.setattr(module, "open", counted)
    return found


@pytest.fixture
def profiles(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders of the profiles read."""
    read, really = [], workshop.kept_profile
    monkeypatch.setattr(workshop, "kept_profile", lambda folder, *rest: (read.append(folder), really(folder, *rest))[1])
    return read


def edit(name: str, old: str, new: str) -> None:
    text = Path(name).read_text(encoding="utf-8")
    assert old in text, name
    Path(name).write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("form", ["docx", "html"])
def test_a_second_department_reads_its_own_files_only(shop: Workshop, opened: Counter[str], form: str) -> None:
    first = report(shop, DATA, 2022, Wanted(form))
    assert opened["templates/yibin/report.yaml"] == 2, "looked into for what it builds on, and read"
    assert opened["templates/yibin/master.docx"] == 1
    opened.clear()
    second = report(shop, Path("other"), 2022, Wanted(form))
    assert {Path(name).parent.as_posix() for name in opened} == {"other/2022"}, opened
    assert list(first.files) != list(second.files) and all("医疗保障" in name for name in second.files)


def test_a_second_department_compiles_no_template(workplace: Path) -> None:
    made: list[bytes] = []
    shop = Workshop(Path("templates"), "yibin", lambda key, make: (made.append(key), make())[1])
    first = report(shop, DATA, 2022)
    assert made and len(made) == len(set(made))
    made.clear()
    assert report(shop, DATA, 2022) == first and made == []


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("tables/03-expenditure.yaml", "标题: 部门支出预算表", "标题: 部门支出预算总表"),
        ("prose/part-2.j2", "具体支出情况如下", "支出情况如下"),
        ("report.yaml", "表内千分位: 否", "表内千分位: 是"),
    ],
    ids=["a title", "a sentence", "a convention"],
)
def test_a_changed_file_of_the_profile_is_noticed(shop: Workshop, file: str, old: str, new: str) -> None:
    before = report(shop, DATA, 2022).files
    edit(f"templates/yibin/{file}", old, new)
    after = report(shop, DATA, 2022).files
    assert before != after == report(Workshop(Path("templates"), "yibin"), DATA, 2022).files


def test_another_master_is_noticed(shop: Workshop) -> None:
    before = report(shop, DATA, 2022).files
    master = before.popitem()[1].data
    (PROFILE / "master.docx").write_bytes(master)
    broken = report(shop, DATA, 2022)
    assert not broken.files and {problem.position.file for problem in broken.ended.problems} >= {
        f"{PROFILE}/master.docx"
    }


def test_a_broken_profile_is_read_again_when_it_is_mended(shop: Workshop, profiles: list[Path]) -> None:
    (PROFILE / "figures.yaml").rename("figures.yaml")
    assert isinstance(check(shop, DATA, 2022), Stopped)
    Path("figures.yaml").rename(PROFILE / "figures.yaml")
    assert not check(shop, DATA, 2022).failed and len(profiles) == 2


def test_a_preview_reads_the_profile_again_only_if_that_has_changed(shop: Workshop, profiles: list[Path]) -> None:
    shown = screen(shop, DATA, 2022)
    edit("data/2022/department.yaml", "负责医疗救助工作。", "负责医疗救助。")
    newer = screen(shop, DATA, 2022, shown)
    assert newer.page != shown.page and newer.version != shown.version and len(profiles) == 1
    edit("templates/yibin/prose/part-2.j2", "具体支出情况如下", "支出情况如下")
    assert screen(shop, DATA, 2022, newer).page != newer.page and len(profiles) == 2


def test_the_two_sides_of_a_comparison_share_the_place(shop: Workshop, profiles: list[Path]) -> None:
    assert not diff(shop, DATA, ["data/2022", "other/2022"]).empty
    assert isinstance(sides(shop, DATA, ["data/2022", "other/2022"]), Sides) and profiles == [PROFILE]


def test_a_revision_of_the_same_profile_shares_it_too(shop: Workshop, profiles: list[Path]) -> None:
    for command in (["init", "-q"], ["add", "."], ["-c", "user.name=a", "-c", "user.email=a", "commit", "-qm", "a"]):
        subprocess.run(["git", *command], check=True)
    edit("data/2022/department.yaml", "负责医疗救助工作。", "负责医疗救助。")
    both = sides(shop, DATA, ["HEAD"])
    assert isinstance(both, Sides) and profiles == [PROFILE]
    assert not redlined(both.old, both.new, WHO).clean
    edit("templates/yibin/report.yaml", "表内千分位: 否", "表内千分位: 是")
    assert isinstance(sides(shop, DATA, ["HEAD"]), Sides)
    assert len(profiles) == 3 and profiles[1] != PROFILE, "the revision's own, and the new one"
