"""picture.yaml: a place's own over 通用's; what is wrong in it is told with its line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.load.picture import load_picture
from generator.load.watch import layers_of
from generator.model.picture import PictureSpec
from generator.model.problem import Problems
from tests.conftest import ROOT

USUAL = ROOT / "templates" / "通用"


def read(path: Path, usual: Path = USUAL) -> tuple[PictureSpec | None, Problems]:
    spec, problems, _ = load_picture(path, layers_of(path, 2026), usual)
    return spec, problems


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A place over 通用, without anything of its own yet."""
    shutil.copytree(USUAL, tmp_path / "通用", ignore=shutil.ignore_patterns("master.docx"))
    (tmp_path / "试").mkdir()
    (tmp_path / "试" / "report.yaml").write_text("名称: 试\n基于: 通用\n", encoding="utf-8")
    return tmp_path / "试"


def test_a_place_without_one_has_the_usual_one() -> None:
    assert read(ROOT / "templates" / "江苏") == read(USUAL)
    spec, problems = read(ROOT / "tests" / "profiles" / "tiny")
    assert spec is not None and problems == ()
    assert spec.main == "1B4B7A"


def test_a_place_s_own_words_stand_over_the_usual_ones(place: Path) -> None:
    (place / "picture.yaml").write_text('标题: 我们的账\n主色: "#004d40"\n项目: {列出: 3}\n', encoding="utf-8")
    spec, problems = read(place, place.parent / "通用")
    assert spec is not None and problems == ()
    usual, _ = read(USUAL)
    assert (spec.title.value, spec.main, spec.listed) == ("我们的账", "004D40", 3)
    assert usual is not None and (spec.income.value, spec.projects.value) == (usual.income.value, usual.projects.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('主色: "FFD700"', ("Y008", 1, "“主色”FFD700太浅，上面的白字看不清")),
        ("强调色: 红", ("Y008", 1, "“强调色”不能是“红”")),
        ("颜色: 红", ("Y007", 1, "picture.yaml没有“颜色”这一项")),
        ("项目: {列出: 五}", ("D010", 1, "“列出”应是一个整数，不能是“五”")),
        ("标题:", ("Y009", 1, "“标题”没有填写")),
        ("比上年: {数: 总计}", ("Y008", 1, "“数”应是“名称: 内容”的若干行")),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text: str, told: tuple[str, int, str], place: Path) -> None:
    (place / "picture.yaml").write_text(f"{text}\n", encoding="utf-8")
    spec, problems = read(place, place.parent / "通用")
    assert spec is None
    assert told in [(problem.code, problem.position.line, problem.message) for problem in problems]


def test_a_place_without_any_says_what_is_missing(place: Path) -> None:
    (place.parent / "通用" / "picture.yaml").unlink()
    spec, [problem] = read(place, place.parent / "通用")
    assert spec is None and (problem.code, problem.message) == ("Y013", "没有这个文件")
