"""A published document imported: the folder it gives makes the same document, or every difference is told."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx
import pytest

from generator.cli import main
from generator.edit import edited
from generator.load.classification import load_classification
from generator.model.problem import UsageError
from generator.readback.document import reading_of
from generator.trial.departments import trials
from generator.work.check import make
from generator.work.handed import Given, Handed, Taken
from generator.work.published import published, read_published
from generator.work.report import report
from generator.work.stages import Unread
from generator.work.workshop import Workshop
from tests.conftest import ROOT
from tests.runs import held

TEMPLATES = ROOT / "templates"


def _document(shop: Workshop, data: Path, year: int) -> bytes:
    made = report(shop, data, year)
    assert made.files, [problem.message for problem in made.ended.problems]
    return next(iter(made.files.values())).data


def _taken(shop: Workshop, document: bytes) -> Taken:
    return read_published(Handed(shop, Path("nowhere"), 0, (Given(Path("文档.docx"), document),)))


def _written(taken: Taken, data: Path) -> Path:
    for name, tree in taken.trees.items():
        path = data / str(taken.year) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(edited("", tree), encoding="utf-8")
    return data


def test_last_year_is_imported_by_the_command_and_gives_its_document_byte_by_byte(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shop = held(TEMPLATES, "yibin")
    document = _document(shop, ROOT / "data", 2022)
    file = tmp_path / "2022年预算说明.docx"
    file.write_bytes(document)
    places = ["--profile", "yibin", "--templates", str(TEMPLATES), "--data", str(tmp_path / "试导")]
    assert main(["import", str(file), *places, "--yes"]) == 0
    told = capsys.readouterr().out
    assert "2022年预算说明.docx：已公开的预算说明，2022年" in told
    assert "功能科目" not in told or "没有印出来" in told
    assert "按导入的数据" not in told
    assert _document(shop, tmp_path / "试导", 2022) == document


@pytest.mark.slow
@pytest.mark.parametrize(
    ("profile", "data", "year"),
    [("四川", "examples/sichuan", 2025), ("湖南", "examples/hunan", 2025), ("北京", "examples/beijing", 2025)],
)
def test_the_imported_folder_gives_the_document_byte_by_byte(
    profile: str, data: str, year: int, tmp_path: Path
) -> None:
    shop = held(TEMPLATES, profile)
    document = _document(shop, ROOT / data, year)
    taken = _taken(shop, document)
    assert not taken.problems
    assert taken.year == year
    assert not [remark for remark in taken.remarks if "按导入的数据" in remark]
    assert _document(shop, _written(taken, tmp_path), year) == document


@pytest.mark.slow
@pytest.mark.parametrize(
    ("profile", "data", "year"),
    [
        ("通用", "examples/handbook", 2026),
        ("江苏", "examples/jiangsu", 2017),
        ("江苏", "examples/jiangsu", 2018),
        ("江苏", "examples/jiangsu", 2019),
        ("上海", "examples/shanghai", 2025),
    ],
)
def test_every_table_is_met_also_where_words_differ(profile: str, data: str, year: int) -> None:
    shop = held(TEMPLATES, profile)
    taken = _taken(shop, _document(shop, ROOT / data, year))
    assert not taken.problems
    assert {"department.yaml", "basic.yaml", "projects.yaml", "narrative.yaml"} <= set(taken.trees)
    assert not [remark for remark in taken.remarks if "没有用它" in remark]


def test_a_document_of_another_format_is_refused_in_one_line() -> None:
    taken = _taken(held(TEMPLATES, "四川"), _document(held(TEMPLATES, "yibin"), ROOT / "data", 2022))
    assert not taken.trees
    assert [problem.message for problem in taken.problems] == [
        "读出来的内容凑不成一个年度的数据（“指标值”没有填写）：这份文档不像是按格式方案“四川”做的"
    ]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["什么都没有", "有增有减", "有的新增", "口径有变化", "只有上年结转"])
def test_made_up_departments_come_back_in_the_same_words(name: str, tmp_path: Path) -> None:
    shop, year = held(TEMPLATES, "yibin"), 2025
    profile = shop.profile(year)[0]
    assert profile is not None
    codes = load_classification(year, profile.extra_codes, profile.editions)
    for path, text in next(one for one in trials(profile, year, codes) if one.name == name).files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    made = make(shop, tmp_path, year)
    assert isinstance(made, Unread)
    taken = published(shop, reading_of(made.document), year)
    assert not taken.problems
    assert not [remark for remark in taken.remarks if "按导入的数据" in remark]


def test_a_document_without_a_year_asks_for_it() -> None:
    file = BytesIO()
    blank = docx.Document()
    blank.add_paragraph("部门预算说明")
    blank.save(file)
    with pytest.raises(UsageError, match="--year"):
        _taken(held(TEMPLATES, "yibin"), file.getvalue())
