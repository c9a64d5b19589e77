"""A new department's folder: what is in it, what is refused."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from generator.carry.blank import Begun
from generator.cli import main
from generator.cli.menu import ITEMS
from generator.load.shipped import names_of
from generator.model.problem import UsageError
from generator.save import save_all
from generator.work.init import init
from tests.conftest import LATER, ROOT

UNITS = {"045001": "青河市文化和旅游局机关", "045002": "青河市文化馆"}


def begun(place: str = "通用", **more: object) -> Begun:
    return Begun("青河市文化和旅游局", place, 2027)._replace(**more)  # type: ignore[arg-type]


@pytest.mark.parametrize("place", names_of(ROOT / "templates"))
@pytest.mark.parametrize("units", [{}, UNITS], ids=["one", "two"])
def test_every_file_is_sound_and_invents_nothing(tmp_path: Path, place: str, units: dict[str, str]) -> None:
    files = init(tmp_path / "部门", begun(place, units=units, code="045" if units else ""), ROOT / "templates")
    names = {file.path.relative_to(tmp_path / "部门").as_posix() for file in files}
    assert names >= {"data/2027/department.yaml", "使用说明.txt", ".gitattributes", ".gitignore", "开始.cmd", "开始.sh"}
    for file in files:
        if file.path.suffix == ".yaml":
            text = file.after.decode()
            assert "待填" in str(yaml.safe_load(text)) or file.path.name == "narrative.yaml", file.path
            assert "{" not in text.replace("{名称: 某某馆", "").replace("编码: {", "").replace("“{}”", "").replace(
                "变动原因: {}", ""
            ), file.path
            typed = {one for one in leaves(yaml.safe_load(text) or {}) if any(sign.isdigit() for sign in one)}
            assert typed <= {"2027", "045", *UNITS}, (file.path, typed)
    readme = next(file.after.decode("utf-8-sig") for file in files if file.path.name == "使用说明.txt")
    data = [name for name in names if name.startswith("data/")]
    lines = readme.split("\r\n")
    assert all(any(line.startswith(f"{name}  ") and line != f"{name}  " for line in lines) for name in data)
    assert "$" not in readme and "\n" not in "".join(lines)


@pytest.mark.parametrize(
    ("place", "units"),
    [
        pytest.param(place, units, marks=() if (place, len(units)) in (("通用", 2), ("湖南", 0)) else LATER)
        for place in names_of(ROOT / "templates")
        for units in ({}, UNITS)
    ],
)
def test_check_says_in_few_lines_what_is_to_be_filled_in(
    workplace_of: Callable[..., Path], capsys: pytest.CaptureFixture[str], place: str, units: dict[str, str]
) -> None:
    """One message a file, whatever the place asks for, and nothing that a person did not do."""
    folder = workplace_of(place, units)
    assert main(["check", "2027", "--format", "json"]) == 1
    problems = json.loads(capsys.readouterr().out)["problems"]
    assert {one["code"] for one in problems} == {"D064"}
    files = [one["file"] for one in problems]
    assert len(files) == len(set(files)) > 2 and set(files) <= {
        path.relative_to(folder).as_posix() for path in folder.rglob("*.yaml")
    }


@pytest.fixture
def workplace_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """A department that has begun, in a folder to work in."""

    def begin(place: str, units: dict[str, str]) -> Path:
        save_all(init(tmp_path, begun(place, units=units, code="045" if units else ""), Path("templates")))
        monkeypatch.chdir(tmp_path)
        return tmp_path

    return begin


def leaves(tree: object) -> set[str]:
    if isinstance(tree, dict):
        return {one for pair in tree.items() for inner in pair for one in leaves(inner)}
    if isinstance(tree, list):
        return {one for inner in tree for one in leaves(inner)}
    return {str(tree)}


def test_the_folder_as_a_person_begins_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert (
        main(["init", "青河市文化和旅游局", "--year", "2027", "--code", "045", "--nature", "行政", "--unit", "元"]) == 0
    )
    told = capsys.readouterr().out.splitlines()
    folder = Path("青河市文化和旅游局")
    assert told[0] == "已在 青河市文化和旅游局 建好11个文件："
    assert sorted(line.strip() for line in told[1:-1]) == sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )
    head = yaml.safe_load((folder / "data/2027/department.yaml").read_bytes())
    assert (head["代码"], head["单位性质"], head["金额单位"], head["格式"]) == ("045", "行政", "元", "通用")
    assert (folder / "使用说明.txt").read_bytes().startswith(b"\xef\xbb\xbf")
    starter = (folder / "开始.cmd").read_bytes()
    assert starter.isascii() and starter.count(b"\n") == starter.count(b"\r\n") > 5
    assert os.access(folder / "开始.sh", os.X_OK) and b"\r" not in (folder / "开始.sh").read_bytes()
    assert main(["init", "青河市文化和旅游局", "--year", "2027"]) == 2
    assert "里已经有东西，没有动它" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("change", "folder", "told"),
    [
        ({"name": "CON"}, "x", "Windows留给设备的名称"),
        ({"name": "文化局?"}, "x", "Windows的文件名里不能用"),
        ({"name": "文化局 # 一"}, "x", "只用汉字"),
        ({"name": "12"}, "x", "只用汉字"),
        ({"name": ""}, "x", "不能是空的"),
        ({"place": "通田"}, "x", "没有“通田”这个格式方案。是否为“通用”"),
        ({"place": "abc"}, "x", "现有：yibin、上海"),
        ({"code": "０４５"}, "x", "代码“０４５”不行"),
        ({"code": "045", "units": {"046001": "某馆"}}, "x", "应以部门代码“045”开头"),
        ({"units": {"045001": "某:馆"}}, "x", "单位名称“某:馆”不行"),
        ({}, "a/b:c/d", "目录名“b:c”不行"),
        ({}, "taken", "里已经有东西"),
        ({}, "taken/file/x", "是一个文件"),
    ],
)
def test_refused(tmp_path: Path, change: dict[str, object], folder: str, told: str) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken/file").write_bytes(b"")
    with pytest.raises(UsageError, match=told):
        init(tmp_path / folder, begun(**change), tmp_path / "templates")


def test_the_menu_runs_what_is_chosen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    typed = iter(["某局\n", "2027\n", "\n", "99\n", "1\n", "0\n"])
    monkeypatch.setattr("sys.stdin.readline", lambda: next(typed), raising=False)
    assert main(["menu"]) == 0
    assert "已在 某局 建好11个文件" in capsys.readouterr().out
    monkeypatch.chdir("某局")
    assert main(["menu"]) == 0
    out = capsys.readouterr().out
    assert "没有“99”这一项" in out and "> shuoming check 2027" in out and "data/2027/department.yaml" in out


@pytest.mark.parametrize("given", ["{}", "file://{}"])
def test_a_double_click_on_linux_opens_the_menu_where_the_file_lies(tmp_path: Path, given: str) -> None:
    """By the rules of the Desktop Entry Specification: one word or one pair of double quotes an argument."""
    folder, home = tmp_path / "某 局", tmp_path / "家"
    program = home / ".local/share/shuoming/program/bin/shuoming"
    program.parent.mkdir(parents=True)
    program.write_text('#!/bin/sh\necho "$1 in $(pwd)"\n', encoding="utf-8")
    program.chmod(0o755)
    save_all(init(folder, begun(), tmp_path / "templates"))
    [line] = re.findall("(?m)^Exec=(.*)$", (folder / "开始.desktop").read_text(encoding="utf-8"))
    words = re.findall(r'"((?:[^"\\]|\\.)*)"|(\S+)', line.replace("\\\\", "\\"))
    command = [re.sub(r"\\(.)", r"\1", quoted) if quoted else word for quoted, word in words]
    command[-1] = given.format(folder / "开始.desktop")
    environment = {"PATH": os.environ["PATH"], "HOME": str(home)}
    done = subprocess.run(command, env=environment, cwd="/", capture_output=True, text=True, check=False)
    assert done.stdout == f"menu in {folder}\n" and done.returncode == 0


def test_a_document_that_is_dragged_in_says_itself_of_which_year(monkeypatch: pytest.MonkeyPatch) -> None:
    words = next(item.words for item in ITEMS if item.command == "import")
    for typed, expected in {
        "'/a b/去年.docx'\n": ["/a b/去年.docx"],
        '"C:\\表.xlsx" \n': ["C:\\表.xlsx", "--year", "2027"],
        "file:///表.csv\n": ["/表.csv", "--year", "2027"],
        "\n": [],
    }.items():
        monkeypatch.setattr("sys.stdin.readline", lambda typed=typed: typed, raising=False)
        assert words("2027") == expected


def test_the_menu_asks_what_is_confirmed_and_names_last_year(monkeypatch: pytest.MonkeyPatch) -> None:
    confirm = next(item.words for item in ITEMS if item.title.endswith("确认"))
    for typed, expected in {
        "全部\n": ["2028", "--confirm", "全部"],
        "职责 控制数\n": ["2028", "--confirm", "职责", "控制数"],
        "\n": [],
    }.items():
        monkeypatch.setattr("sys.stdin.readline", lambda typed=typed: typed, raising=False)
        assert confirm("2028") == expected
    [redline] = (item.words for item in ITEMS if item.command == "redline")
    assert redline("2028") == ["2027", "2028", "-o", "output/2028/修订稿.docx"]


def test_no_unit_is_lost_where_two_have_one_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--units", "045001=青河市文化馆", "045001=青河市图书馆", "--folder", str(tmp_path / "部门")]
    assert main(["init", "青河市文化和旅游局", "--year=2027", *words]) == 2
    assert "“045001”写了两次" in capsys.readouterr().err
    assert not (tmp_path / "部门").exists()
