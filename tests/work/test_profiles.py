"""Profiles about themselves: which there are, and a new one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.cli import main
from generator.load.profile import load_profile
from generator.model.problem import UsageError
from generator.work.profiles import new_profile, profiles_in
from tests.conftest import ROOT

TINY = Path(__file__).parent.parent / "profiles" / "tiny"


@pytest.fixture
def templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("generator.load.shipped._HOUSE", tmp_path / "elsewhere")
    shutil.copytree(TINY, Path("templates/tiny"))
    return Path("templates")


def test_a_new_profile_is_the_base_until_something_is_changed(
    templates: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["profile", "new", "大城", "--from", "tiny"]) == 0
    assert (
        capsys.readouterr().out == "已新建 templates/大城/report.yaml\n没有写的都与它一样。写法见 docs/profile.md。\n"
    )
    profile, problems, _ = load_profile(templates / "大城")
    assert not problems
    assert profile is not None
    assert profile.name == "大城部门预算说明"
    assert len(profile.tables) == 3


def test_profiles_say_what_each_is_for(templates: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["profile", "new", "大城", "--from", "tiny"])
    (templates / "大城" / "2023").mkdir()
    (templates / "坏").mkdir()
    (templates / "坏" / "report.yaml").write_text("基于: tiny\n标提: 1\n", encoding="utf-8")
    capsys.readouterr()
    assert main(["profiles"]) == 0
    assert capsys.readouterr().out == (
        "tiny　小城单位预算（3个表）\n"
        "坏　坏（有错误，请运行 shuoming profile check 坏，基于tiny）\n"
        "大城　大城部门预算说明（3个表，基于tiny，2023年起另有不同）\n    供大城各部门使用\n"
    )


@pytest.mark.parametrize(
    ("name", "base", "told"),
    [
        ("tiny", "tiny", "templates/tiny 已经有了"),
        ("大城", "tinny", "没有“tinny”这个格式方案。是否为“tiny”"),
        ("大/城", "tiny", "格式方案名不能是“大/城”"),
    ],
)
def test_a_profile_that_can_t_be_new(templates: Path, name: str, base: str, told: str) -> None:
    with pytest.raises(UsageError) as caught:
        new_profile(templates, name, base)
    assert told in str(caught.value)


def test_a_folder_without_profiles_has_those_of_the_program(tmp_path: Path) -> None:
    names = [about.folder for about in profiles_in(tmp_path)]
    assert names == sorted(path.parent.name for path in (ROOT / "templates").glob("*/report.yaml"))
