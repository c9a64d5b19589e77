"""The verbs workbook and import over a year's folder: what is written, what is refused, what the page of the manual shows."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from generator.cli import main
from tests.conftest import ROOT
from tests.filling.departments import ground


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with the data of 2022 and its profile, and another department's with two units."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    shutil.copytree(ROOT / "examples" / "sichuan", tmp_path / "other")
    (tmp_path / "templates").symlink_to(ROOT / "templates")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _texts(folder: str) -> dict[str, str]:
    return {path.as_posix(): path.read_text("utf-8") for path in sorted(Path(folder).rglob("*.yaml"))}


def _edit(name: str, values: Mapping[str, object]) -> None:
    """These cells hold these values; None for a cell that is emptied, a sheet's name alone for one that is taken away."""
    book = load_workbook(BytesIO(Path(name).read_bytes()))
    for address, value in values.items():
        sheet, _, cell = address.partition("!")
        if cell:
            book[sheet][cell] = value
        else:
            del book[sheet]
    book.save(name)


def test_the_manual_runs(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (ROOT / "docs" / "填报表.md").read_text("utf-8")
    commands = re.search(r"```\n(.*?)```", text, re.DOTALL)
    assert commands
    before = _texts("data")
    for line in commands[1].splitlines():
        words = line.split()[1:]
        made = next(iter(Path("output/2022").glob("*填报表.xlsx")), None)
        if made is not None:
            made.rename("output/2022/填报表.xlsx")
            _edit("output/2022/填报表.xlsx", {"支出明细!I12": 22.6})
        assert main(words) == 0, line
    assert "已写入1个文件" in capsys.readouterr().out
    after = _texts("data")
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"data/2022/basic.yaml"}
    assert after["data/2022/basic.yaml"] == before["data/2022/basic.yaml"].replace("22.50", "22.60")


def test_an_untouched_workbook_changes_nothing(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["workbook", "2022", "-o", "表.xlsx"]) == 0
    assert capsys.readouterr().out == "已写出 表.xlsx。填好后：shuoming import 表.xlsx\n"
    assert main(["import", "表.xlsx"]) == 0
    assert capsys.readouterr().out == "表.xlsx：填报表，2022年\n没有变化：数据里已经是这些内容。\n"


def test_data_that_changed_meanwhile_is_told(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["workbook", "2022", "-o", "表.xlsx"]) == 0
    path = Path("data/2022/basic.yaml")
    path.write_text(path.read_text("utf-8").replace("22.50", "23.50"), "utf-8")
    capsys.readouterr()
    assert main(["import", "表.xlsx"]) == 0
    told = capsys.readouterr().out
    assert (
        "注意：写出这份填报表以后，basic.yaml改过（或已导入过）；导入以填报表为准，改回去的也在下面，请看清。\n" in told
    )
    assert "现在 30103 奖金: 22.50" in told
    path.write_text(path.read_text("utf-8").replace("# 基本支出", "# 基本的支出").replace("23.50", "22.50"), "utf-8")
    assert main(["import", "表.xlsx"]) == 0
    assert capsys.readouterr().out == "表.xlsx：填报表，2022年\n没有变化：数据里已经是这些内容。\n"


def test_a_units_workbook_changes_only_its_own(place: Path) -> None:
    other = ["--data", "other"]
    before = _texts("other")
    assert main(["workbook", "2025", "--unit", "335601", "-o", "表.xlsx", *other]) == 0
    sheets = load_workbook(BytesIO(Path("表.xlsx").read_bytes()))
    assert {row[0].value for row in sheets["支出明细"].iter_rows(10, 20)} - {None} == {"335601 青溪市国有林场管理站"}
    _edit("表.xlsx", {"支出明细!M10": 91, "其他事项!D8": 3})
    assert main(["import", "表.xlsx", "--yes", *other]) == 0
    after = _texts("other")
    assert {name for name in after if after[name] != before[name]} == {
        "other/2025/basic.yaml",
        "other/2025/units/335601.yaml",
    }
    assert after["other/2025/basic.yaml"] == before["other/2025/basic.yaml"].replace("30101 基本工资: 90.00", "30101 基本工资: 91.00")  # fmt: skip


def test_what_a_unit_adds_is_its_own(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = ["--data", "other"]
    assert main(["workbook", "2025", "--unit", "335601", "-o", "表.xlsx", *other]) == 0
    added = {
        "支出明细!B18": "基本支出",
        "支出明细!D18": "2130204",
        "支出明细!E18": "30202",
        "支出明细!G18": "一般公共预算",
        "支出明细!M18": 1,
    }
    own = {"项目!B6": "苗圃建设", "项目!C6": "51000025T005", "项目!D6": "特定目标类"}
    _edit("表.xlsx", added | own)
    assert main(["import", "表.xlsx", "--yes", *other]) == 0
    after = _texts("other")
    assert "30231 公务用车运行维护费: 4.00\n      30202 印刷费: 1.00" in after["other/2025/basic.yaml"]
    assert after["other/2025/projects.yaml"].endswith(
        '- 名称: 苗圃建设\n  编码: 51000025T005\n  类型: 特定目标类\n  单位: "335601"\n'
    )
    _edit("表.xlsx", {"支出明细!A18": "335001"})
    capsys.readouterr()
    assert main(["import", "表.xlsx", *other]) == 1
    assert "这是335601 青溪市国有林场管理站的填报表，不能填335001 青溪市林业局机关" in capsys.readouterr().err


_REFUSED: tuple[tuple[dict[str, object], list[str], str], ...] = (
    ({}, ["--year", "2023"], "表.xlsx 是2022年的填报表，--year 写的是2023。请核对是不是这个文件。"),
    ({}, ["--unit", "027001"], "表.xlsx 是整个部门的填报表，--unit 写的是027001。请核对是不是这个文件。"),
    ({"填报标记!B2": "0"}, [], "表.xlsx 是另一版的填报表（第0版，现在是第1版）。请用 shuoming workbook 重新生成一份，把填的内容拷过去。"),
    ({"填报标记!B4": "028", "填报标记!B5": "另一个局"}, [], "表.xlsx 是另一个局（028）的填报表，data/2022 是伊滨经开区（示范区）社会保障事务服务中心（027）的。"),
    ({"填报标记": None}, [], "表.xlsx 少了隐藏的工作表“填报标记”，不知道是哪一年、哪个部门的。请用 shuoming workbook 重新生成一份，把填的内容拷过去。"),
)  # fmt: skip


def test_a_workbook_of_others_is_refused(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["workbook", "2022", "-o", "表.xlsx"]) == 0
    sound, before = Path("表.xlsx").read_bytes(), _texts("data")
    for values, options, message in _REFUSED:
        Path("表.xlsx").write_bytes(sound)
        if values:
            _edit("表.xlsx", values)
        capsys.readouterr()
        assert main(["import", "表.xlsx", "--yes", *options]) == 2
        assert capsys.readouterr().err == f"错误：{message}\n"
    assert _texts("data") == before


def test_without_a_year_or_a_unit_it_says_which_there_are(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["workbook", "2031"]) == 2
    assert capsys.readouterr().err == "错误：没有 data/2031 这个目录。现有年度：2022。\n"
    assert main(["workbook", "2022", "--unit", "9"]) == 2
    assert capsys.readouterr().err == "错误：没有代码为“9”的预算单位。现有：027001。\n"


def test_an_empty_folder_is_filled_from_a_workbook(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A workbook says enough for the same document: checked as any data is."""
    assert main(["workbook", "2022", "-o", "表.xlsx"]) == 0
    assert main(["import", "表.xlsx", "--yes", "--data", "new"]) == 0
    assert sorted(_texts("new")) == [name.replace("data", "new") for name in sorted(_texts("data"))]
    capsys.readouterr()
    assert main(["check", "2022", "--data", "new"]) == 0
    assert ground("data/2022").trees["prior.yaml"]


_FILLED = {
    "部门情况!C6": "045", "部门情况!C7": "行政", "部门情况!C10": "负责全区的测试工作。", "部门情况!C11": "完成交办的其他任务。",
    "部门情况!C13": "本级预算", "部门情况!C14": "局机关", "部门情况!C15": "办公室", "部门情况!C16": "测试科",
    "预算单位!A5": "045001",
    "项目!A5": "测试专项", "项目!B5": "450000270000000000001", "项目!C5": "特定目标类",
    "支出明细!C10": 2010101, "支出明细!D10": "30101", "支出明细!F10": "一般公共预算", "支出明细!I10": "1,200",
    "支出明细!B11": "测试专项", "支出明细!C11": "2010102", "支出明细!D11": "委托业务费", "支出明细!F11": "一般公共预算",
    "支出明细!I11": "３００．５万元",
    "支出明细!A12": "基本支出", "支出明细!C12": "2010101 行政运行", "支出明细!D12": "30201 办公费",
    "支出明细!F12": "一般公共预算", "支出明细!I12": 12.3,
    "控制数!C5": 1512.8,
    **{f"上年数!C{row}": 0 for row in range(6, 16)}, "上年数!C5": 1500, "上年数!C6": 1500, "上年数!C15": 12,
    "变动原因!C5": "新增测试专项", "变动原因!C6": "新增测试专项", "变动原因!C15": "压减公用经费",
    **{f"其他事项!C{row}": 0 for row in range(5, 11)}, "其他事项!C11": 1, "其他事项!C12": 300.5,
    "绩效指标!A5": "测试专项", "绩效指标!B5": "产出指标", "绩效指标!C5": "测试次数", "绩效指标!D5": "≥3次",
}  # fmt: skip


def test_a_new_department_is_filled_by_its_workbook(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "测试局", "--place", "通用", "--year", "2027"]) == 0
    data = ["--data", "测试局/data"]
    assert main(["workbook", "2027", "-o", "表.xlsx", *data]) == 0
    capsys.readouterr()
    assert main(["import", "表.xlsx", *data]) == 0
    assert "没有变化" in capsys.readouterr().out
    _edit("表.xlsx", _FILLED)
    assert main(["import", "表.xlsx", "--yes", *data]) == 0, capsys.readouterr().err
    basic = Path("测试局/data/2027/basic.yaml").read_text("utf-8")
    assert "  支出:\n    2010101 行政运行:\n      30101 基本工资: 1200.00\n      30201 办公费: 12.30\n" in basic
    assert basic.startswith("# 基本支出")
    assert "待填" not in "".join(text.partition("#")[0] for text in _texts("测试局/data").values())
    assert main(["check", "2027", *data]) == 0
