"""``shuoming city`` as a scheduler and a person see it: one line, an exit code, and what is to be noticed."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.city.city import CityRun, Progress
from generator.cli import city as command
from generator.cli import main
from generator.model.city import Ending, State
from tests.city.towns import BROKEN, SOUND, spoil, town_of


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    town_of(tmp_path / "全市", SOUND, BROKEN)
    monkeypatch.chdir(tmp_path)
    return Path("全市")


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["city", "全市", "--year", "2022", "--templates", str(TEMPLATES), *arguments])
    out, err = capsys.readouterr()
    return code, out, err


TEMPLATES = Path(__file__).parents[2] / "templates"


def test_one_line_and_a_code(town: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = said(capsys, "--jobs", "1")
    assert (
        (code, err) == (0, "跨部门核对：警告4处，见 output/2022/跨部门.txt。\n")
        and out.startswith("2022年度，应收2个部门：有警告2。这次生成2，用时")
        and out.count("\n") == 1
    )
    assert said(capsys, "--only", "001", "--jobs", "1")[1].startswith(
        "2022年度，应收2个部门，这次要做其中1个：有警告1。这次未变1，"
    )
    spoil(town / BROKEN / "data" / "2022")
    code, out, err = said(capsys, "--check", "--jobs", "1")
    assert code == 1 and out.startswith("2022年度，应收2个部门：有错误1，有警告1。这次未变1，有错误1，用时")


def test_what_is_to_be_noticed(town: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "--check", "--jobs", "1")
    (town / "应收清单.csv").write_text(f"代码,名称,电话\n{SOUND.replace('-', ',')},1\n003,三局,2\n", encoding="utf-8")
    code, out, err = said(capsys, "--check", "--jobs", "1")
    assert code == 1 and out.startswith("2022年度，应收2个部门：没有数据1，有警告1。")
    assert err == (
        "应收清单.csv C1: 警告 K101 不认识“电话”这一列，没有读\n"
        "  改法：可用的有：代码、名称、目录、地区、格式、版本、单位、联系人、截止日期、公开日期、公开网址。\n\n警告1处。\n"
        f"注意：全市/{BROKEN} 不在应收清单里，没有做。\n"
        f"注意：{BROKEN} 不再应收，汇总里没有它了；以前生成的文件还在 output/2022/{BROKEN}。\n"
        "跨部门核对：警告1处，见 output/2022/跨部门.txt。\n"
    )


def test_a_control_total_that_is_no_number_is_an_error(town: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (town / "控制总额.csv").write_text("代码,项,金额（万元）\n001,总计,约三万\n", encoding="utf-8")
    code, _, err = said(capsys, "--check", "--jobs", "1")
    assert code == 1 and err.startswith("控制总额.csv C2: 错误 K102 “总计”的金额不能是“约三万”\n")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--check", "--format", "md"), "错误：--check 和 --format 只写一个。\n"),
        (("--travel",), "错误：--travel 要和 --scheduler 一起用。\n"),
        (("--jobs", "0"), "错误：个数应是大于0的整数，不能是“0”。\n"),
        (("--manifest", "无.csv"), "错误：没有 无.csv 这个文件。\n"),
        (("--only", "无此局"), "错误：没有叫“无此局”的部门。\n"),
    ],
)
def test_wrong_use(arguments: tuple[str, ...], words: str, town: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, *arguments) == (2, "", words)


@pytest.mark.parametrize(
    ("done", "code", "line"),
    [
        (CityRun({Ending.SAME: 3}, {State.PUBLISHED: 2, State.CHANGED: 1}, False, 0), 0, "应收3个部门：已变动1，已公开2。这次未变3，用时0秒。"),
        (CityRun({Ending.MADE: 1}, {State.MADE: 1, State.OPEN: 1}, True, 61), 130, "应收2个部门：已生成1，未生成1。已中断，再运行会接着做；这次生成1，用时1分1秒。"),
        (CityRun({Ending.ASIDE: 1}, {State.FAILED: 1}, False, 3700, (("甲", "没了"),)), 3, "应收1个部门：有错误1。这次搁置1，用时1小时1分。"),
    ],
)  # fmt: skip
def test_how_a_run_is_told(done: CityRun, code: int, line: str) -> None:
    assert (command._code(done), command._summary(done)) == (code, line)


def test_how_far_it_is() -> None:
    assert command._how_far(Progress(150, 3000, 30)) == "150/3000个部门，每分钟300个，还要9分30秒"
    assert command._how_far(Progress(0, 3, 0)) == "0/3个部门，每分钟0个，还要0秒"
