"""The verb import and its command, with a kind of file of the test's own: lines “文件: YAML in brackets”."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from generator.cli import main
from generator.model.problem import Problem, Severity, UsageError
from generator.model.replacement import Replacement
from generator.model.source import in_document
from generator.save import save_all
from generator.work import intake as verb
from generator.work.handed import Handed, Origin, Taken
from tests.conftest import ROOT

_BASIC = """\
# 基本支出
- 资金来源: 一般公共预算   # 财政
  支出:
    2080101 行政运行:
      30101 基本工资: 35.35      # 批复
      30201 办公费: 3.00
"""


def _read(handed: Handed) -> Taken:
    trees, remarks = {}, []
    problems = []
    for file in handed.files:
        for line in file.data.decode().splitlines():
            name, _, words = line.partition(": ")
            if name == "注意":
                remarks.append(words)
            elif name == "错误":
                problems.append(Problem("I999", Severity.ERROR, words, "请改。", in_document(f"{file.name} 明细!C7")))
            else:
                trees[name] = yaml.load(words, yaml.BaseLoader)
    return Taken(trees, tuple(remarks), tuple(problems), 0)


_ROW = Origin("试导表", "名称以 .try 结尾", lambda files: all(file.name.endswith(".try") for file in files), _read)
_CHANGED = (
    "basic.yaml: [{资金来源: 一般公共预算, 支出: {2080101 行政运行: {30101 基本工资: '36.00', 30202 印刷费: '2.00'}}}]"
)


@pytest.fixture
def bring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """Import the words; the year's folder holds basic.yaml alone."""
    monkeypatch.setattr(verb, "SOURCES", (_ROW,))
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "templates" / "通用", "templates/通用")
    folder = tmp_path / "data" / "2028"
    folder.mkdir(parents=True)
    (folder / "basic.yaml").write_text(_BASIC, "utf-8")

    def run(words: str, *options: str) -> int:
        Path("表.try").write_text(words, "utf-8")
        return main(["import", "表.try", "--year", "2028", "--profile", "通用", *options])

    return run


def _files() -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in Path("data").rglob("*") if path.is_file()}


def test_the_change_is_shown_and_nothing_is_written_without_a_yes(
    bring: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    words = f"注意: 把“序号”列当作行号。\n{_CHANGED}\nrecords.yaml: [{{名称: 甲}}]"
    assert bring(words) == 0
    assert capsys.readouterr().out == (
        "表.try：试导表，2028年\n注意：把“序号”列当作行号。\ndata/2028/records.yaml：新文件，1行\ndata/2028/basic.yaml\n"
        "  第5行 原来 30101 基本工资: 35.35      # 批复\n        现在 30101 基本工资: 36.00      # 批复\n"
        "  第6行 原来 30201 办公费: 3.00\n        现在 30202 印刷费: 2.00\n"
        "共改动1个文件（改2行），新建1个文件。\n要写入，请在命令后面加上 --yes。\n没有写入。\n"
    )
    assert _files() == {"basic.yaml": _BASIC}
    assert bring(words, "--yes") == 0
    assert capsys.readouterr().out.endswith("已写入2个文件。下一步：shuoming check 2028 --profile=通用\n")
    after = _BASIC.replace("35.35", "36.00").replace("30201 办公费: 3.00", "30202 印刷费: 2.00")
    assert _files() == {"basic.yaml": after, "records.yaml": "- 名称: 甲\n"}
    assert bring(words, "--yes") == 0
    assert capsys.readouterr().out.endswith("没有变化：数据里已经是这些内容。\n")


def test_what_was_not_filled_in_is_told_in_one_line(
    bring: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    path = Path("data/2028/basic.yaml")
    path.write_text(_BASIC.replace("3.00", "待填  # 问办公室"), "utf-8")
    assert bring(_CHANGED) == 0
    out = capsys.readouterr().out
    assert "第6行 填上 30202 印刷费: 2.00\n" in out and "待填" not in out


@pytest.mark.parametrize(("answer", "written"), [("是", True), ("否", False), ("", False)])
def test_at_a_terminal_it_asks(
    bring: Callable[..., int], monkeypatch: pytest.MonkeyPatch, answer: str, written: bool
) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda words: answer if words == "写入吗？（是/否）" else "")
    assert bring(_CHANGED) == 0
    assert ("36.00" in _files()["basic.yaml"]) is written


def test_many_lines_are_folded(bring: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    amounts = ", ".join(f"302{number:02} 科目{'长' * number}: '{number}.00'" for number in range(1, 60))
    words = (
        f"basic.yaml: [{{资金来源: 一般公共预算, 支出: {{2080101 行政运行: {{{amounts}}}}}}}]\nnew.yaml: [{amounts}]"
    )
    assert bring(words) == 0
    shown = capsys.readouterr().out
    assert "……还有47行，加 --all 全部列出。" in shown
    assert len(shown.splitlines()) < 32
    assert bring(words, "--all") == 0
    every = capsys.readouterr().out
    assert "还有" not in every
    assert len(every.splitlines()) > 110


def test_all_problems_are_told_and_nothing_is_written(
    bring: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    """Those of the file, and those of the data that it would change; a data file that it would not is not looked at."""
    Path("data/2028/projects.yaml").write_text("\t坏", "utf-8")
    Path("data/2028/other.yaml").write_text("\t坏", "utf-8")
    before = _files()
    words = f'{_CHANGED}\nprojects.yaml: []\n错误: “三万”不是数字\n错误: 缺少科目\nrecords.yaml: ["\\u200b"]'
    assert bring(words, "--yes") == 1
    told = capsys.readouterr()
    assert "表.try 明细!C7: 错误 I999 “三万”不是数字" in told.err
    assert "缺少科目" in told.err
    assert "data/2028/projects.yaml:1:1: 错误 Y010" in told.err
    assert "data/2028/records.yaml:1:3: 错误 Y011" in told.err
    assert "other.yaml" not in told.err
    assert told.err.endswith("错误4处。\n有错误，没有导入，数据没有动。\n")
    assert _files() == before


def test_what_is_of_no_kind_is_refused(bring: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    Path("甲.doc").write_bytes(b"")
    assert main(["import", "甲.doc", "--year", "2028", "--profile", "通用"]) == 2
    assert capsys.readouterr().err == "错误：认不出“甲.doc”是什么文件。能导入的有：试导表（名称以 .try 结尾）。\n"
    assert main(["import", "没有.doc", "--year", "2028", "--profile", "通用"]) == 2
    Path("乙.try").write_text(_CHANGED, "utf-8")
    assert main(["import", "乙.try", "--profile", "通用"]) == 2
    assert capsys.readouterr().err.endswith("错误：不知道是哪一年的，请加上 --year，如 --year 2028。\n")


def test_a_file_of_windows_keeps_its_line_ends_and_its_mark(bring: Callable[..., int]) -> None:
    path = Path("data/2028/basic.yaml")
    path.write_bytes(b"\xef\xbb\xbf" + _BASIC.replace("\n", "\r\n").encode())
    assert bring(_CHANGED.replace("30202 印刷费: '2.00'", "30201 办公费: '3.00'"), "--yes") == 0
    after = _BASIC.replace("35.35", "36.00").replace("\n", "\r\n")
    assert path.read_bytes() == b"\xef\xbb\xbf" + after.encode()


def test_what_was_typed_gives_way_to_what_was_inferred_only_after_a_word(
    bring: Callable[..., int], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said = "注意：basic.yaml里已经填了内容，会改成从“试导表”推出来的"
    bring(_CHANGED)
    assert said not in capsys.readouterr().out  # a detail says each entry
    monkeypatch.setattr(verb, "SOURCES", (_ROW._replace(infers=True),))
    bring(_CHANGED)
    assert said in capsys.readouterr().out
    Path("data/2028/basic.yaml").write_text(_BASIC.replace("35.35", "待填"), "utf-8")
    bring(_CHANGED)
    assert said not in capsys.readouterr().out


def test_an_editor_that_saved_meanwhile_loses_nothing(
    bring: Callable[..., int], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def ask(words: str) -> str:
        Path("data/2028/basic.yaml").write_text("- 别的\n", "utf-8")
        return "是"

    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setattr("builtins.input", ask)
    assert bring(f"records.yaml: [甲]\n{_CHANGED}") == 2
    assert "data/2028/basic.yaml 刚才又被改过" in capsys.readouterr().err
    assert _files() == {"basic.yaml": "- 别的\n"}


def test_files_are_replaced_all_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two, new = tmp_path / "one", tmp_path / "two", tmp_path / "units" / "deep" / "new"
    one.write_bytes(b"1")
    two.write_bytes(b"2")
    one.chmod(0o600)
    files = [Replacement(one, b"1", b"one"), Replacement(new, None, b"new"), Replacement(two, b"2", b"two")]
    replace = Path.replace

    def fail_at_the_third(self: Path, target: Path) -> Path:
        if target.name == "two":
            raise PermissionError(13, "denied", str(self), None, str(target))
        return replace(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", fail_at_the_third)
        with pytest.raises(UsageError, match=r"two：没有写入的权限；如文件正打开着，请先关闭。各个文件都没有改动。$"):
            save_all(files)
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["one", "two"]
    assert (one.read_bytes(), two.read_bytes()) == (b"1", b"2")
    (tmp_path / "linked").symlink_to(two)
    save_all([*files[:2], files[2]._replace(path=tmp_path / "linked")])
    assert [one.read_bytes(), new.read_bytes(), two.read_bytes()] == [b"one", b"new", b"two"]
    assert one.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "linked").is_symlink()
    assert not list(tmp_path.rglob(".shuoming*"))
