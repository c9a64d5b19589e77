"""A profile over another, and a year over its place: only what differs is written, and every message names its own file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.load.profile import load_profile
from generator.load.watch import layers_of, profile_named
from generator.model.profile import Profile
from tests.runs import make

TINY = Path(__file__).parent.parent / "profiles" / "tiny"
DATA = Path(__file__).parent.parent / "data"
CITY = "基于: tiny\n名称: 大城\n惯例:\n  文中金额单位: 元\n"


@pytest.fixture
def places(tmp_path: Path) -> Path:
    shutil.copytree(TINY, tmp_path / "tiny")
    _write(tmp_path / "city" / "report.yaml", CITY)
    return tmp_path


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _loaded(path: Path, year: int = 2022) -> Profile:
    profile, problems, _ = load_profile(path, year)
    assert profile is not None, problems
    return profile


def _told(path: Path, year: int = 2022) -> list[str]:
    return [
        f"{problem.position.file.rpartition(path.parent.name + '/')[2]}:{problem.position.line} {problem.message}"
        for problem in load_profile(path, year)[1]
    ]


def test_what_is_not_said_is_the_base_s(places: Path) -> None:
    city, tiny = _loaded(places / "city"), _loaded(places / "tiny")
    assert city.name == "大城"
    assert city.conventions.prose_scale != tiny.conventions.prose_scale
    assert city.conventions.table_scale == tiny.conventions.table_scale
    assert city.numbering == tiny.numbering
    assert city.master == tiny.master
    assert [table._replace(title=None) for table in city.tables] == [
        table._replace(title=None) for table in tiny.tables
    ]


def test_a_file_of_its_own_stands_for_the_base_s(places: Path) -> None:
    _write(places / "city" / "prose" / "notes.j2", '{% extends "tiny/notes.j2" %}')
    prose = next(part.prose for part in _loaded(places / "city").outline if part.prose)
    assert prose.text == '{% extends "tiny/notes.j2" %}'


def test_prose_can_extend_what_it_stands_for(places: Path) -> None:
    base = (TINY / "prose" / "notes.j2").read_text(encoding="utf-8")
    _write(places / "tiny" / "prose" / "notes.j2", base + "\n\n{% block 末尾 %}旧的末尾。{% endblock %}\n")
    _write(
        places / "city" / "prose" / "notes.j2", '{% extends "tiny/notes.j2" %}{% block 末尾 %}新的末尾。{% endblock %}'
    )
    ended = make(DATA, places, "city", 2023)
    words = [getattr(block, "text", "") for block in ended.document.blocks]
    assert words[-1] == "新的末尾。"
    assert len(words) > 3


def test_a_table_continues_another(places: Path) -> None:
    _write(places / "city" / "tables" / "income.yaml", "沿用: income\n标题: 收入总表\n")
    city, tiny = _loaded(places / "city"), _loaded(places / "tiny")
    assert city.tables[-1].title.value == "收入总表"
    assert city.tables[-1].panels == tiny.tables[-1].panels


def test_a_list_continues(places: Path) -> None:
    _write(places / "city" / "figures.yaml", "比上年: [沿用, 新数]\n数:\n  新数: {资金: 一般公共预算}\n")
    city, tiny = _loaded(places / "city"), _loaded(places / "tiny")
    before = [figure.name for figure in tiny.figures if figure.compared]
    assert [figure.name for figure in city.figures if figure.compared] == [*before, "新数"]


def test_a_key_can_be_taken_out(places: Path) -> None:
    _write(places / "city" / "report.yaml", CITY.replace("惯例:\n", "检查: {T212: 删去}\n惯例:\n"))
    assert "T212" in _loaded(places / "tiny").severities
    assert "T212" not in _loaded(places / "city").severities


def test_a_year_holds_what_differs_from_it_on(places: Path) -> None:
    _write(places / "city" / "2023" / "report.yaml", "名称: 大城新版\n")
    assert [_loaded(places / "city", year).name for year in (2022, 2023, 2024)] == ["大城", "大城新版", "大城新版"]
    assert [path.name for path in layers_of(places / "city", 2023)] == ["2023", "city", "tiny"]


@pytest.mark.parametrize(
    ("file", "text", "told"),
    [
        ("report.yaml", CITY + "表题: 甲\n", "city/report.yaml:5 report.yaml没有“表题”这一项"),
        ("report.yaml", "基于: tinny\n", "city/report.yaml:1 没有可以基于的方案“tinny”"),
        ("report.yaml", "基于: city\n", "city/report.yaml:1 没有可以基于的方案“city”"),
        ("report.yaml", CITY + "  表内零: 无\n", "city/report.yaml:5 “表内零”不能是“无”"),
        ("2022/report.yaml", "惯例: {表内零: 无}\n", "city/2022/report.yaml:1 “表内零”不能是“无”"),
        ("tables/income.yaml", "沿用: incme\n", "city/tables/income.yaml:1 “沿用”的“incme”不在tables/里"),
        ("tables/income.yaml", "沿用: income\n标提: 甲\n", "city/tables/income.yaml:2 表“income”没有“标提”这一项"),
        ("figures.yaml", "数:\n  新数: {资金: 无}\n", "city/figures.yaml:2 “资金”没有“无”"),
    ],
)
def test_a_mistake_is_told_where_it_is(places: Path, file: str, text: str, told: str) -> None:
    _write(places / "city" / file, text)
    assert told in _told(places / "city")


def test_a_mistake_of_the_base_names_the_base(places: Path) -> None:
    _write(places / "tiny" / "tables" / "income.yaml", "标题: 收入\n栏: 1\n")
    assert "tiny/tables/income.yaml:2 表“income”没有“栏”这一项" in _told(places / "city")


def test_a_circle_ends(places: Path) -> None:
    report = places / "tiny" / "report.yaml"
    report.write_text("基于: city\n" + report.read_text(encoding="utf-8"), encoding="utf-8")
    assert [path.name for path in layers_of(places / "city")] == ["city", "tiny"]
    assert _loaded(places / "city").name == "大城"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("格式: city\n", "city"),
        ('年度: 2022\n格式: "city"  # 本市\n', "city"),
        ("年度: 2022\n", "yibin"),
        ("", "yibin"),
    ],
)
def test_a_year_s_data_names_its_profile(tmp_path: Path, text: str, named: str) -> None:
    _write(tmp_path / "2022" / "department.yaml", text)
    assert profile_named(tmp_path, "2022") == profile_named(tmp_path) == named
