"""Codes of years after our edition: typed as they are, added, or imported as a whole edition; in every command."""

from __future__ import annotations

import csv
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.cli import main
from tests.conftest import ROOT
from tests.test_gallery import move_to

REFERENCE = ROOT / "generator" / "load" / "reference"
Say = Callable[..., tuple[int, str, str]]


@pytest.fixture
def say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Say:
    """The small department and its profile in a folder of their own, and a command there: status, output, errors."""
    shutil.copytree(ROOT / "tests" / "data" / "2023", tmp_path / "data" / "2023")
    shutil.copytree(ROOT / "tests" / "profiles" / "tiny", tmp_path / "templates" / "yibin")
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main(list(arguments))
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return run


def edit(path: str, *changes: tuple[str, str]) -> None:
    text = Path(path).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    Path(path).write_text(text, encoding="utf-8")


FUND_LINE = "2296003 用于体育事业的彩票公益金支出:\n          30227 委托业务费: 67901.23"
FOUR = """2219899 其他住房保障支出: {30227 委托业务费: 10000.00}
        2170404 中央金融机构注资特别国债支出: {30227 委托业务费: 10000.00}
        2200601 补充耕地: {30227 委托业务费: 10000.00}
        2291101 财务费用: {30227 委托业务费: 37901.23}"""
ADDED = """增补科目:
  功能科目:
    2200601: {名称: 补充耕地, 自: 2024-03-29, 文号: 财预〔2024〕22号}
    2291101: {名称: 财务费用, 资金: 政府性基金预算}
控制数:"""


@pytest.mark.parametrize("year", ["2026", "2027"])
def test_a_department_of_a_new_year_prints_codes_newer_than_our_edition(year: str, say: Say) -> None:
    move_to(year, Path("data"))
    edit(f"data/{year}/projects.yaml", (FUND_LINE, FOUR))
    assert say("report", year)[0] == 0
    _, told, _ = say("check", year, "--all")
    assert [line.split("（")[0] for line in told.splitlines() if " D0" in line] == [
        f"data/{year}/projects.yaml:17:9: 警告 D031 功能科目“2200601 补充耕地”不在科目表中",
        f"data/{year}/projects.yaml:18:9: 警告 D031 功能科目“2291101 财务费用”不在科目表中",
    ]
    assert told.count("随附的科目表到2024年") == 2
    _, words, _ = say("text", next(Path("output", year).iterdir()).as_posix())
    for name in ("2219899", "2170404", "补充耕地", "财务费用", "耕地保护考核奖惩基金支出"):
        assert name in words
    edit(f"data/{year}/department.yaml", ("控制数:", ADDED))
    status, told, _ = say("check", year, "--all")
    assert (status, " D0" in told) == (0, False)


def test_general_money_under_a_new_fund_code_is_seen(say: Say) -> None:
    move_to("2026", Path("data"))
    edit("data/2026/projects.yaml", (FUND_LINE, FOUR), ("资金来源: 政府性基金预算", "资金来源: 一般公共预算"))
    status, told, _ = say("check", "2026", "--all")
    assert (status, told.count("错误 D009")) == (1, 4)


def test_the_same_codes_in_years_that_our_edition_covers(say: Say) -> None:
    edit("data/2023/projects.yaml", (FUND_LINE, FOUR))
    status, told, _ = say("check", "2023", "--all")
    assert (status, told.count("错误 D001")) == (1, 4)


def national(path: Path, without: str = "", **changed: str) -> Path:
    """A whole list of 功能科目 as a finance office sends it: GBK, names indented, blank lines, a few changes."""
    with (REFERENCE / "function.csv").open(encoding="utf-8") as file:
        rows = [(row["code"], row["name"]) for row in csv.DictReader(file) if not row["until"]]
    lines = ["支出功能分类科目,", "科目编码,科目名称", ""]
    for code, name in rows:
        if not without or not code.startswith(without):
            lines.append(f"{code},{'　' * (len(code) - 3)}{changed.get(f'c{code}', name)}")
    lines += [f"{code[1:]},{name}" for code, name in changed.items() if code[1:] not in dict(rows)]
    path.write_text("\n".join(lines), encoding="gbk")
    return path


def test_an_imported_edition_is_the_years_and_says_what_it_changes(say: Say) -> None:
    national(Path("科目.csv"), "2070108", c2070109="群众文化活动", c2070188="数字文化", c20780="新款", c2078001="新项")
    status, said, told = say("codes", "import", "科目.csv", "--year", "2027")
    assert (status, told) == (0, "")
    assert said.splitlines()[1:] == [
        "  新增 2070188 数字文化",
        "  新增 20780 新款",
        "  新增 2078001 新项",
        "  删除 2070108 文化活动",
        "  改名 2070109 群众文化 → 群众文化活动",
        "  不知道属于哪个预算的科目，不核对它们的资金（可以在“资金”列填写）：2078001 新项",
        "  已写出 templates/yibin/codes/2027-功能科目.csv",
    ]
    assert "与2024年版相比，新增3，删除1，改名1" in said
    move_to("2027", Path("data"))
    edit("data/2027/basic.yaml", ("2070109 群众文化", "2070188 数字文化"), ("2070109 群众文化", "2070108 文化活动"))
    status, told, _ = say("check", "2027", "--all")
    assert [line for line in told.splitlines() if " D0" in line] == [
        "data/2027/projects.yaml:9:9: 警告 D003 功能科目2070109的名称“群众文化”与科目表不一致",
        "data/2027/basic.yaml:10:5: 错误 D001 功能科目“2070108 文化活动”不在导入的科目表中",
    ]
    assert "2070188 数字文化" in say("schema", "basic", "--year", "2027")[1]
    assert "2070188 数字文化" not in say("schema", "basic", "--year", "2026")[1]


def test_an_edition_is_of_its_year_and_of_those_after_it_until_the_next(say: Say) -> None:
    national(Path("科目.csv"), c2070188="数字文化")
    assert say("codes", "import", "科目.csv", "--year", "2027")[0] == 0
    edit("data/2023/basic.yaml", ("2070109 群众文化", "2070188 数字文化"), ("2070109 群众文化", "2070189 云上文化"))
    told = {}
    before = "2023"
    for year in ("2026", "2027", "2028"):
        Path("data", before).rename(Path("data", year))
        edit(f"data/{year}/department.yaml", (f"年度: {before}", f"年度: {year}"))
        before = year
        lines = say("check", year, "--all")[1].splitlines()
        told[year] = [line.split(": ", 1)[1] for line in lines if " D0" in line]
    assert told == {
        "2026": [
            "警告 D031 功能科目“2070188 数字文化”不在科目表中（随附的科目表到2024年）",
            "警告 D031 功能科目“2070189 云上文化”不在科目表中（随附的科目表到2024年）",
        ],
        "2027": ["错误 D001 功能科目“2070189”不存在"],
        "2028": ["警告 D031 功能科目“2070189 云上文化”不在科目表中（导入的科目表到2027年）"],
    }
    assert (
        "与2027年版相比，新增0，删除1，改名0"
        in say("codes", "import", national(Path("甲.csv")).name, "--year", "2028")[1]
    )


def test_a_git_revision_is_checked_with_the_editions_it_had(say: Say) -> None:
    move_to("2027", Path("data"))
    edit("data/2027/basic.yaml", ("2070109 群众文化", "2070188 数字文化"))
    edit("data/2027/department.yaml", ("控制数:", "增补科目: {功能科目: {2070188: 数字文化}}\n控制数:"))
    for command in (("init", "-q"), ("add", "data", "templates"), ("commit", "-q", "-m", "甲")):
        subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b", *command], check=True)
    national(Path("科目.csv"), c2070188="数字文化")
    assert say("codes", "import", "科目.csv", "--year", "2027")[0] == 0
    edit("data/2027/department.yaml", ("增补科目: {功能科目: {2070188: 数字文化}}\n", ""))
    subprocess.run(["git", "add", "data", "templates"], check=True)
    subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "-m", "乙"], check=True)
    status, said, _ = say("diff", "HEAD~1", "HEAD")
    assert (status, "2027-功能科目.csv" in said, "D001" in said, "变动的句子" in said) == (0, True, False, False)


@pytest.mark.parametrize("row", ["20701O9,某科目", "2070188,", "2350101,没有上级", "2070109,另一名称"])
def test_a_bad_row_imports_nothing(row: str, say: Say) -> None:
    path = national(Path("科目.csv"))
    path.write_text(path.read_text(encoding="gbk") + f"\n30101,基本工资\n{row}\n", encoding="utf-8")
    number = len(path.read_text(encoding="utf-8").splitlines())
    status, said, told = say("codes", "import", "科目.csv", "--year", "2027")
    assert (status, said) == (1, "")
    assert f"科目.csv:{number}:1: 错误 D032" in told
    assert not Path("templates/yibin/codes").exists()


def test_a_part_of_a_list_is_not_taken_for_the_whole(say: Say) -> None:
    national(Path("科目.csv"), "22")
    status, _, told = say("codes", "import", "科目.csv", "--year", "2027")
    assert status == 1 and "其中整类：220 自然资源海洋气象等支出、221 住房保障支出、222 粮油物资储备支出等7类" in told
    assert not Path("templates/yibin/codes").exists()
    Path("其余.csv").write_text("编码,名称\n" + "\n".join(_of("22")), encoding="utf-8")
    assert say("codes", "import", "科目.csv", "其余.csv", "--year", "2027")[0] == 0
    assert say("codes", "import", "科目.csv", "--year", "2027", "--whole")[0] == 0


def test_a_file_of_something_else_does_not_fill_the_screen(say: Say) -> None:
    Path("甲.csv").write_text("编码,名称\n208,社保支出\n" + "P1,某项目\n" * 3000, encoding="utf-8")
    _, _, told = say("codes", "import", "甲.csv", "--year", "2027")
    assert "另有2800处，没有列出" in told and len(told.splitlines()) < 1200


def test_an_edition_of_a_year_that_ours_covers_counts_for_that_year_alone(say: Say) -> None:
    national(Path("科目.csv"), c2070188="数字文化")
    assert "与2023年版相比" in say("codes", "import", "科目.csv", "--year", "2023")[1]
    edit("data/2023/basic.yaml", ("2070109 群众文化", "2070188 数字文化"))
    assert say("check", "2023", "--all")[0] == 0
    move_to("2024", Path("data"))
    assert "错误 D001 功能科目“2070188”不存在" in say("check", "2024", "--all")[1]


def test_an_imported_economic_list_and_whose_pairs_lead_nowhere(say: Say) -> None:
    with (REFERENCE / "economic-government.csv").open(encoding="utf-8") as file:
        rows = [f"{row['code']},{row['name']}" for row in csv.DictReader(file) if row["code"] != "50502"]
    Path("政府.csv").write_text("编码,名称\n" + "\n".join(rows), encoding="utf-8")
    status, said, _ = say("codes", "import", "政府.csv", "--year", "2027")
    assert (status, "删除 50502 商品和服务支出" in said) == (0, True)
    move_to("2027", Path("data"))
    _, told, _ = say("check", "2027", "--all")
    assert "错误 D005 部门经济科目30201对应的政府经济科目“50502”不在科目表中" in told


def _of(beginning: str) -> list[str]:
    with (REFERENCE / "function.csv").open(encoding="utf-8") as file:
        return [f"{row['code']},{row['name']}" for row in csv.DictReader(file) if row["code"].startswith(beginning)]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("科目.csv", "--year", "二七"), "年度应是四位数字"),
        (("data", "--year", "2027"), "data"),
        (("坏.xlsx", "--year", "2027"), "坏.xlsx：这个Excel文件读不出来"),
        (("没有.csv", "--year", "2027"), "没有.csv"),
        (("data/2023/basic.yaml", "--year", "2027"), "没有找到“科目编码”“科目名称”"),
        (("科目.csv", "--year", "2027", "--profile", "没有"), "没有 templates/没有 这个格式方案"),
        (("科目.csv",), "缺少“--year”"),
    ],
)
def test_wrong_use(arguments: tuple[str, ...], said: str, say: Say) -> None:
    national(Path("科目.csv"))
    Path("坏.xlsx").write_bytes(b"PK\x03\x04")
    status, _, told = say("codes", "import", *arguments)
    assert (status, said in told, len(told.splitlines())) == (2, True, 1), told


def test_an_edition_that_a_hand_has_spoilt_is_told(say: Say) -> None:
    national(Path("科目.csv"))
    assert say("codes", "import", "科目.csv", "--year", "2027")[0] == 0
    path = Path("templates/yibin/codes/2027-功能科目.csv")
    path.write_bytes(path.read_text(encoding="utf-8-sig").replace("2070109,群众文化", "207O109,群众文化").encode("gbk"))
    Path("templates/yibin/codes/科目.csv").write_text("", encoding="utf-8")
    Path("templates/yibin/codes/2026-部门经济.csv").write_text("编码,名称\n208,社保\n", encoding="utf-8")
    Path("templates/yibin/codes/2026-政府经济.csv").write_bytes(b"\0\0\0")
    _, told, _ = say("check", "2023", "--all")
    assert [line.split(": ", 1)[1] for line in told.splitlines() if " D0" in line] == [
        "错误 D032 这不是Excel文件，也不是文本（.csv）；请用Excel或WPS打开，另存为 .xlsx 后重试",
        "错误 D032 文件里应有“编码”“名称”两列，全是部门经济的科目",
        "错误 D032 “207O109”不是编码",
        "错误 D032 科目表的文件名不对",
    ]
    Path("templates/yibin/codes/科目.csv").unlink()
    for key in ("部门经济", "政府经济"):
        Path(f"templates/yibin/codes/2026-{key}.csv").unlink()
    assert say("codes", "import", "科目.csv", "--year", "2027")[0] == 0  # the year's own file need not be sound
    assert say("check", "2023", "--all")[0] == 0
