"""A published document imported: the folder it gives makes the same document, or every difference is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.cli import main
from generator.edit import edited
from generator.work.handed import Given, Handed, Taken
from generator.work.published import read_published
from generator.work.report import report
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
