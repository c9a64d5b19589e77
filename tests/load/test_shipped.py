"""Profiles that come with the program, beside a folder's own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.load.profile import load_profile
from generator.load.shipped import home_of, label_of, names_of, shipped
from generator.load.states import Where, sources_of
from generator.load.watch import layers_of
from generator.model.problem import UsageError, has_errors
from generator.work.workshop import Workshop
from tests.conftest import ROOT


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_folder_without_templates_has_the_shipped_ones(tmp_path: Path) -> None:
    shop = Workshop(tmp_path / "templates", "上海")
    profile, problems, _ = shop.profile(2025)
    assert profile is not None and not has_errors(problems)
    assert shop.home == ROOT / "templates/上海" and shop.home in shop.folders


def test_a_folders_own_profile_wins(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "tests/profiles/tiny", tmp_path / "通用")
    assert layers_of(tmp_path / "通用") == (tmp_path / "通用",)
    assert home_of(tmp_path, "通用") == tmp_path / "通用"


@pytest.mark.parametrize("name", ["洛阳", "通用"])
def test_one_may_build_on_a_shipped_profile_also_of_its_own_name(tmp_path: Path, name: str) -> None:
    write(tmp_path / name / "report.yaml", "基于: 通用\n名称: 我们的\n")
    profile, problems, _ = load_profile(tmp_path / name)
    assert profile is not None and not has_errors(problems)
    assert profile.name == "我们的" and len(profile.tables) == 9
    assert layers_of(tmp_path / name) == (tmp_path / name, shipped() / "通用")


def test_a_folder_without_report_says_what_differs_from_the_shipped_one(tmp_path: Path) -> None:
    """As ``codes import`` leaves it."""
    write(tmp_path / "通用" / "prose" / "part-3.j2", "我们的名词。\n")
    profile, problems, _ = load_profile(tmp_path / "通用")
    assert profile is not None and not has_errors(problems)
    assert profile.wording["part-3.j2"].text == "我们的名词。\n"


def test_a_shipped_profile_is_not_read_twice_in_a_circle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "templates/通用", tmp_path / "templates/通用")
    write(tmp_path / "templates/通用/report.yaml", "基于: 通用\n")
    monkeypatch.setattr("generator.load.shipped._HOUSE", tmp_path / "generator")
    monkeypatch.chdir(tmp_path)
    assert layers_of(Path("templates/通用")) == (Path("templates/通用"),)
    _, problems, _ = load_profile(Path("templates/通用"))
    assert "没有可以基于的方案“通用”" in problems[0].message


def test_a_name_that_no_profile_has(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"没有“通田”这个格式方案。是否为“通用”"):
        load_profile(tmp_path / "通田")


def test_a_wheels_profiles_stand_within_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And messages name their files without where it is installed."""
    shutil.copytree(ROOT / "tests/profiles/tiny", tmp_path / "generator/places/小城")
    monkeypatch.setattr("generator.load.shipped._HOUSE", tmp_path / "generator")
    assert names_of(tmp_path / "none") == ["小城"]
    profile, _, sources = load_profile(tmp_path / "none" / "小城")
    assert profile is not None
    assert {source.name for source in sources} >= {
        "随附的格式方案/小城/report.yaml",
        "随附的格式方案/小城/figures.yaml",
    }
    assert label_of(tmp_path / "a.yaml") == (tmp_path / "a.yaml").as_posix()


def test_the_files_of_a_comparison_are_told_by_layer_wherever_they_stand(tmp_path: Path) -> None:
    write(tmp_path / "洛阳" / "report.yaml", "基于: 江苏\n名称: 我们的\n")
    keys = sources_of(Where("", tmp_path, tmp_path, 2018), "洛阳", False)
    reports = {key for key in keys if key.endswith("/report.yaml")}
    years = {f"格式/江苏/{year}/report.yaml" for year in (2018, 2019)}
    assert reports == {"格式/report.yaml", "格式/江苏/report.yaml", "格式/通用/report.yaml", *years}
    assert "格式/report.yaml" in sources_of(Where("", tmp_path, tmp_path, 2025), "湖南", False)
