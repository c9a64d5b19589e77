"""A file under another name than it should have: said, where it is missed, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.load.files import Folder, look_alike

MEANT = [
    "basic.yaml.txt", "basic.txt", "Basic.yaml", "BASIC.YAML", "basic.yml", "basic .yaml", " basic.yaml", "basic. yaml",
    "basic．yaml", "ｂａｓｉｃ.yaml", "basic..yaml", "basic.yaml.yaml", "basic", "basic\xa0.yaml",
]  # fmt: skip
COPIES = [
    "basic - 副本.yaml", "basic - 副本 (2).yaml", "basic (1).yaml", "basic（1）.yaml", "Copy of basic.yaml",
    "basic copy.yaml", "basic-备份.yaml", "basic.yaml.bak", "basic.yaml~", "副本basic.yaml",
]  # fmt: skip
OTHERS = ["basics.yaml", "basic.json", "basic.docx", "projects.yaml", "basic2.yaml", ".basic.yaml.swp"]


@pytest.mark.parametrize("name", MEANT + COPIES)
def test_a_missing_file_names_the_one_that_is_there(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("- a\n", encoding="utf-8")
    (tmp_path / "projects.yaml").touch()
    folder = Folder(tmp_path)
    folder.open("basic.yaml")
    [problem] = folder.problems
    assert problem.code == "Y013" and problem.message.startswith("没有这个文件，却有一个“")
    assert "请把它改名为“basic.yaml”" in problem.remedy and "新建" not in problem.remedy
    assert ("文件扩展名" in problem.remedy) == name.endswith(".txt")


@pytest.mark.parametrize("name", OTHERS)
def test_other_files_are_not_taken_for_it(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    (tmp_path / "basic.yaml.txt").mkdir()
    folder = Folder(tmp_path)
    folder.open("basic.yaml")
    [problem] = folder.problems
    assert problem.message == "没有这个文件"


@pytest.mark.parametrize("name", MEANT)
def test_a_file_that_need_not_be_there_is_asked_about_where_it_has_another_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name.replace("basic", "prior")).touch()
    folder = Folder(tmp_path)
    folder.open("prior.yaml" if "basic" in name else "basic.yaml", required=False)
    [problem] = folder.problems
    assert problem.severity.value == "warning" and problem.message.endswith("，没有读")


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_put_aside_is_nobodys_business(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    folder = Folder(tmp_path)
    folder.open("basic.yaml", required=False)
    assert folder.problems == ()
    assert look_alike(tmp_path / "别处", "basic.yaml") == ""
