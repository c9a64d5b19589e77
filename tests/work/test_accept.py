"""A warning is accepted, all that stand are remembered, and what is new afterwards is told first."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from generator.cli import main
from tests.conftest import ROOT


@pytest.fixture
def small(workplace: Path) -> Path:
    """The real data, whose check warns of 39 things."""
    return workplace / "data" / "2022"


def test_one_finding_is_accepted(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = ["--reason", "已与财政局核对: 可以", "--by", "财务科", "--date", "2022-01-10"]
    assert main(["accept", "D026", *said]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("已接受 D026 项目“社保、医保经办经费”列支了“福利费”3.00万元")
    assert printed.endswith("写在 data/2022/accepted.yaml，要撤回就删去那一条。\n")
    first = (
        "# 核对过、决定保留的提示，各有原因。提示没有了，就删去那一条。\n- 规则: D026\n"
        "  内容: 项目“社保、医保经办经费”列支了“福利费”3.00万元，该科目一般属于基本支出公用经费\n"
        "  原因: '已与财政局核对: 可以'\n  接受人: 财务科\n  日期: 2022-01-10\n"
    )
    path = small / "accepted.yaml"
    assert path.read_text("utf-8") == first
    path.write_text(first.replace("财务科\n", "财务科   # 张\n"), "utf-8")
    assert main(["accept", "d008", "--reason", "保留", "--date", "2022-01-11", "--year", "2022"]) == 0
    assert path.read_text("utf-8") == (
        first.replace("财务科\n", "财务科   # 张\n")
        + "- 规则: D008\n  内容: 项目“运转经费”列在“行政运行”（2080101），该科目只反映基本支出\n"
        "  原因: 保留\n  接受人: 财务科\n  日期: 2022-01-11\n"
    )
    capsys.readouterr()
    assert main(["check", "2022"]) == 0
    assert capsys.readouterr().out.endswith("警告32处，建议5处，已接受2处。\n下一步：shuoming report 2022\n")
    assert main(["accept", "D026", *said]) == 2
    assert capsys.readouterr().err.startswith("错误：D026 已经接受过：项目“社保")


def test_where_several_are_meant_they_are_listed(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["accept", "T230", "--reason", "核对过"]) == 2
    err = capsys.readouterr().err
    assert err.startswith(
        "T230 有2处，请用 --number 写明第几处，或写出那一处的几个字；都接受的写 --all：\n  1. 写“局机关本级”"
    )
    assert err.splitlines()[2].startswith("  2. 写“机关本级”")
    assert not (small / "accepted.yaml").exists()
    assert main(["accept", "T230", "单位性质是事业", "--reason", "核对过"]) == 0
    capsys.readouterr()
    assert main(["accept", "J309", "--number", "3", "--reason", "核对过"]) == 0
    assert "疑似重复（2处说的一样，一并接受）\n" in capsys.readouterr().out
    assert main(["accept", "J310", "人员", "--all", "--reason", "核对过"]) == 0
    text = (small / "accepted.yaml").read_text("utf-8")
    assert re.findall(r"规则: (\w+)", text) == ["T230", "J309", *["J310"] * 2]
    assert text.count("接受人: 编制人") == 4


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["D026"], "请用 --reason 写明为什么保留"),
        (["--reason", "x"], "请写出要接受的规则"),
        (["D026", "--seen", "--reason", "x"], "请写出要接受的规则"),
        (["D999", "--reason", "x"], "没有“D999”这条规则"),
        pytest.param(["D027", "--reason", "x"], "检查没有报 D027，没有可接受的。", marks=pytest.mark.slow),
        (["D026", "差旅费", "--reason", "x"], "D026 的1处里没有“差旅费”，如：项目“社保"),
        pytest.param(["J309", "--number", "9", "--reason", "x"], "J309 只有4处，没有第9处。", marks=pytest.mark.slow),
        pytest.param(["J309", "--number", "二", "--reason", "x"], "--number 应是列出的序号", marks=pytest.mark.slow),
        (["B101", "--reason", "x"], "B101 是错误，不能接受：“基本支出”控制数为"),
        pytest.param(["--seen"], "还有1处错误，先改好再记下看过的提示。", marks=pytest.mark.slow),
    ],
)
def test_what_is_refused(small: Path, capsys: pytest.CaptureFixture[str], words: list[str], told: str) -> None:
    if words[0] in ("B101", "--seen"):
        path = small / "basic.yaml"
        path.write_text(path.read_text("utf-8").replace("3.99", "3.98"), "utf-8")
    assert main(["accept", *words]) == 2
    assert told in capsys.readouterr().err
    assert not {"accepted.yaml", "seen.yaml"} & {path.name for path in small.iterdir()}


def test_a_broken_record_is_told_and_left_alone(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (small / "accepted.yaml").write_text("- 规则: D026\n\t坏\n", "utf-8")
    assert main(["accept", "D008", "--reason", "x"]) == 2
    capsys.readouterr()
    (small / "seen.yaml").write_text("\t坏\n", "utf-8")
    (small / "accepted.yaml").unlink()
    assert main(["check", "2022"]) == 0
    out = capsys.readouterr().out
    assert "Y010（1）" in out and "上次看过" not in out
    assert main(["accept", "--seen"]) == 0
    assert main(["check", "2022"]) == 0
    assert "上次看过以后没有新出现的。" in capsys.readouterr().out


def test_what_was_seen_is_folded_and_what_is_new_comes_first(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["accept", "--seen"]) == 0
    assert capsys.readouterr().out == "39处提示已记作看过，以后 check 先列新出现的。\n"
    projects = small / "projects.yaml"
    projects.write_text(f"# 多了一行\n{projects.read_text('utf-8')}", "utf-8")
    assert main(["check", "2022"]) == 0
    first, second, *_ = capsys.readouterr().out.splitlines()
    assert first == "上次看过以后没有新出现的。"
    assert second.startswith("看过的39处：J310（10）、J309（5）、")
    projects.write_text(
        projects.read_text("utf-8").replace("资助参保人数: ≥3000人", "资助参保人数: ≥3000人 4000人"), "utf-8"
    )
    assert main(["check", "2022"]) == 0
    out = capsys.readouterr().out
    assert out.startswith(
        "上次看过以后新出现的1处：\n\ndata/2022/projects.yaml:160:15: 警告 J308 指标值“≥3000人 4000人”含有两个值\n"
    )
    assert "看过了，以后只看新的：shuoming accept --seen --year 2022" in out
    assert main(["report", "2022"]) == 0
    assert capsys.readouterr().err.startswith("上次看过以后新出现的1处：")


@pytest.mark.slow
def test_a_unit_has_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "examples" / "shanghai", tmp_path / "data")
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    monkeypatch.chdir(tmp_path)
    units = re.findall(r'^  "(\d+)":', (tmp_path / "data/2025/department.yaml").read_text("utf-8"), re.MULTILINE)
    assert main(["accept", "--seen"]) == 0
    assert main(["accept", "--seen", "--unit", units[0]]) == 0
    assert main(["accept", "--seen"]) == 0
    for unit in ([], ["--unit", units[0]]):
        capsys.readouterr()
        assert main(["check", "2025", *unit]) == 0
        assert capsys.readouterr().out.startswith(("上次看过以后没有新出现的。", "没有发现"))
    if len(units) > 1:
        assert main(["check", "2025", "--unit", units[1]]) == 0
        assert "上次看过" not in capsys.readouterr().out


def test_the_commands_of_the_chapter(small: Path) -> None:
    text = (ROOT / "docs" / "检查.md").read_text(encoding="utf-8")
    commands = re.findall(r"^ +\.venv/bin/shuoming (accept .*)$", text, re.MULTILINE)
    assert len(commands) == 2
    assert [main(command.split()) for command in commands] == [0, 0]
    assert {"accepted.yaml", "seen.yaml"} < {path.name for path in small.iterdir()}
