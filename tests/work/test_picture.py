"""The verb picture, as a person types it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from generator.cli import main
from tests.conftest import ROOT, bring
from tests.html_reading import parsed
from tests.pictures import words_of_page


def _typed(output: Path, *words: str) -> int:
    folders = ["--data", str(ROOT / "examples" / "handbook"), "--templates", str(ROOT / "templates")]
    return main(["picture", "2026", *folders, "--output", str(output), *words])


@pytest.mark.parametrize("form", ["html", "svg"])
def test_the_same_bytes_twice(form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for folder in ("one", "other"):
        assert _typed(tmp_path / folder, "--format", form, "--url", "https://example.org/x") == 0
    [one], [other] = ((tmp_path / folder / "2026").iterdir() for folder in ("one", "other"))
    assert one.name == f"2026年青河市文化和旅游局部门预算（一图读懂）.{form}"
    assert one.read_bytes() == other.read_bytes()
    assert "（一图读懂）" in capsys.readouterr().out


def test_it_quotes_the_document(tmp_path: Path) -> None:
    assert _typed(tmp_path) == 0
    [page] = (tmp_path / "2026").iterdir()
    words = words_of_page(page.read_text(encoding="utf-8"))
    assert "青河市文化和旅游局2026年“三公”经费支出预算为3.80万元。" in words
    assert "比上年增加18.00万元，增长5.96%" in words


@pytest.mark.parametrize("url", ["example.org", "javascript:alert(1)", "https://a b", "https://" + "a" * 600])
def test_an_address_is_one_of_the_web(url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _typed(tmp_path, "--url", url) == 2
    assert capsys.readouterr().err.startswith("错误：--url 应是全文的网址")
    assert not (tmp_path / "2026").exists()


@pytest.mark.parametrize("form", ["png", "pdf"])
def test_it_is_said_where_there_is_no_browser(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BROWSER_PROGRAM", str(tmp_path / "none"))
    assert _typed(tmp_path, "--format", form) == 2
    assert "不是能运行的程序" in capsys.readouterr().err
    monkeypatch.delenv("BROWSER_PROGRAM")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert _typed(tmp_path, "--format", form) == 2
    assert "没有找到浏览器（Chromium、Chrome 或 Edge）" in capsys.readouterr().err


def test_a_part_that_is_not_wanted_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bring(tmp_path)
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "templates" / "通用", tmp_path / "templates" / "通用")
    texts = "项目: {列出: 0}\n三公: {数: {}}\n比上年: {数: {}}\n几句话: {数: []}\n分作: []\n"
    (tmp_path / "templates" / "yibin" / "picture.yaml").write_text(texts, encoding="utf-8")
    assert main(["picture", "2022"]) == 0
    [page] = (tmp_path / "output" / "2022").iterdir()
    heads = [element.text for element in parsed(page.read_text(encoding="utf-8")).all("h2")]
    assert heads == ["钱从哪里来", "钱用到哪里去"]


_TOLD = re.findall(
    r"^    shuoming (.+?)(?: +#.*)?$", (ROOT / "docs" / "一图读懂与PDF.md").read_text(encoding="utf-8"), re.MULTILINE
)
_NEEDS = {
    "pdf": (pytest.mark.libreoffice, pytest.mark.browser, pytest.mark.slow),
    "png": (pytest.mark.browser, pytest.mark.slow),
}


@pytest.mark.parametrize("typed", [pytest.param(line, marks=_NEEDS.get(line[-3:], ())) for line in _TOLD])
def test_what_the_chapter_shows_works(typed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert main([*typed.split(), "--output", str(tmp_path)]) == 0
    assert len(list((tmp_path / "2022").iterdir())) == 1


def test_wrong_data_has_no_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bring(tmp_path)
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "data" / "2022" / "projects.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("30211 差旅费: 5.00", "30211 差旅费: 6.00"), encoding="utf-8"
    )
    assert main(["picture", "2022", "--templates", str(ROOT / "templates")]) == 1
    assert not (tmp_path / "output").exists()


def test_a_number_that_a_place_does_not_have_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bring(tmp_path)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "templates" / "通用").mkdir()
    usual = (ROOT / "templates" / "通用" / "picture.yaml").read_text(encoding="utf-8")
    (tmp_path / "templates" / "通用" / "picture.yaml").write_text(usual, encoding="utf-8")
    (tmp_path / "templates" / "yibin" / "picture.yaml").write_text("总数: {数: 总记}\n", encoding="utf-8")
    assert main(["picture", "2022"]) == 1
    said = capsys.readouterr().err
    assert "templates/yibin/picture.yaml:1:9" in said and "没有“总记”这个数" in said and "总计" in said
