"""Rules across departments in a run: what two small departments come to together, told and recorded, and gone once it is mended."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from generator.city.city import FINDINGS, CityRun, Wish, city, plan_of
from generator.city.members import members_of
from generator.city.record import RECORD
from tests.city.towns import replaced
from tests.conftest import ROOT

YEAR, CULTURE, ART = 2023, "105-小城市文化馆", "106-小城市美术馆"
MANIFEST = f"代码,名称,目录,格式\n105,小城市文化馆,{CULTURE},tiny\n106,小城市艺术馆,{ART},tiny\n"


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """Two departments; the second was copied from the first, and only some of its codes were changed."""
    for key in (CULTURE, ART):
        shutil.copytree(ROOT / "tests" / "data" / str(YEAR), tmp_path / "全市" / key / "data" / str(YEAR))
    second = tmp_path / "全市" / ART / "data" / str(YEAR)
    for path in second.glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace('"105', '"106').replace("小城市文化馆", "小城市艺术馆"), encoding="utf-8")
    transfer = '  资金来源: 一般公共预算\n  部门间往来: {付给: "106001"}\n  支出'
    replaced(
        tmp_path / "全市" / CULTURE / "data" / str(YEAR) / "basic.yaml", "  资金来源: 一般公共预算\n  支出", transfer
    )
    (tmp_path / "全市" / "应收清单.csv").write_text(MANIFEST, encoding="utf-8")
    (tmp_path / "全市" / "控制总额.csv").write_text(
        "代码,总计（元）\n105,1234567.89\n106,1234567.89\n全市,2469135.79\n", encoding="gbk"
    )
    return tmp_path


def made(town: Path, *only: str) -> CityRun:
    plan = plan_of(YEAR, (), ROOT / "tests" / "profiles", town / "输出")
    return city(plan, members_of(town / "全市"), Wish(only))


def test_a_run_tells_what_the_departments_come_to_together(town: Path) -> None:
    done = made(town)
    project = "projects.yaml:1"
    assert (town / "输出" / FINDINGS).read_text(encoding="utf-8-sig") == (
        f"错误 K201 项目编码P-01有2个部门在用，名称也相同，像是同一个项目报了两遍：小城市文化馆“送戏下乡&<惠民>”667901.23元（{CULTURE}/data/2023/{project}）；"
        f"小城市艺术馆“送戏下乡&<惠民>”667901.23元（{ART}/data/2023/{project}）\n"
        "  改法：项目编码以财政系统登记的为准，不会两个部门相同：请核对是谁的项目，改正填错的编码，或删去重复的一个。\n\n"
        f"错误 K203 小城市文化馆（105001）写了付给小城市艺术馆（106001）的部门间往来533333.33元（{CULTURE}/data/2023/basic.yaml:6），"
        "小城市艺术馆（106001）没有写来自105001的这笔钱\n"
        "  改法：请小城市艺术馆在这笔钱旁边写上“部门间往来”，或小城市文化馆删去；两边都写，全市才知道算了两次的是哪些钱。\n\n"
        "错误 K210 全市2个部门的总计合计是2469135.78元，控制总额是2469135.79元（控制总额.csv B4），少0.01元\n"
        "  改法：请看各部门与控制总额的差；控制总额表里有、应收清单里没有的部门，也会差。\n\n"
        f"警告 K206 “小城市美术馆”在2个部门里，代码不同：小城市文化馆的105002（{CULTURE}/data/2023/department.yaml）；小城市艺术馆的106002（{ART}/data/2023/department.yaml）\n"
        "  改法：是同一个单位的，只留在管它的部门里；确是两个单位的，名称最好写全，免得混淆。\n\n"
        "错误3处，警告1处。\n\n没有核对 K212：没有上年的汇总\n"
    )  # fmt: skip
    assert (town / "全市" / CULTURE / "data" / "2023" / "projects.yaml").is_file()
    assert [one.code for one in done.across.findings] == ["K201", "K203", "K206", "K210"] and done.across.failed
    connection = sqlite3.connect(town / "输出" / RECORD)
    rows = connection.execute("SELECT 规则, 级别, 部门 FROM 跨部门").fetchall()
    connection.close()
    assert rows[0] == ("K201", "错误", f"{CULTURE}、{ART}") and len(rows) == 4


def test_what_is_mended_is_gone_also_where_one_department_alone_was_asked_for(town: Path) -> None:
    made(town)
    folder = town / "全市" / ART / "data" / "2023"
    replaced(folder / "projects.yaml", "编码: P-01", "编码: P-02")
    own = '  资金来源: 一般公共预算\n  部门间往来: {来自: "105001", 资金来源: 一般公共预算}\n  支出'
    replaced(folder / "basic.yaml", "  资金来源: 一般公共预算\n  支出", own)
    replaced(folder / "department.yaml", "小城市美术馆", "小城市艺术馆分馆")
    (town / "全市" / "控制总额.csv").unlink()
    done = made(town, "106")
    assert done.across.findings == () and not done.across.failed
    assert dict(done.across.not_asked).keys() == {"K209", "K210", "K211", "K212"}


def test_while_one_has_no_numbers_no_sum_of_the_city_is_compared(town: Path) -> None:
    (town / "全市" / ART / "data" / "2023" / "department.yaml").write_text("年度: 二〇二三\n", encoding="utf-8")
    done = made(town)
    assert done.across.findings == ()
    assert dict(done.across.not_asked) == {
        "K210": "小城市艺术馆还没有数，全市合计先不核对",
        "K212": "没有上年的汇总",
    }


def test_what_is_told_of_last_year_is_what_last_years_record_has(town: Path) -> None:
    """Last year's folder of a department may have had another name: then its code tells; a record that is none is none."""
    last = town / str(YEAR - 1)
    made(town)
    shutil.copytree(town / "输出", last)
    connection = sqlite3.connect(last / RECORD)
    connection.execute("UPDATE 金额 SET 标识 = '文化馆' WHERE 标识 = ?", (CULTURE,))
    connection.execute("UPDATE 部门 SET 标识 = '文化馆' WHERE 标识 = ?", (CULTURE,))
    connection.commit()
    connection.close()
    plan = plan_of(YEAR, (), ROOT / "tests" / "profiles", town / str(YEAR))
    found = [one for one in city(plan, members_of(town / "全市")).across.findings if one.code == "K212"]
    assert [(one.keys, one.message) for one in found] == [
        (
            (key,),
            f"{name}本年说明里的上年数，与上年的汇总不同：总计填的是100.00万元，上年是1234567.89元；政府性基金预算填的是0.00万元，上年是67901.23元",
        )
        for key, name in ((CULTURE, "小城市文化馆"), (ART, "小城市艺术馆"))
    ]
    (last / RECORD).write_bytes(b"no record")
    assert dict(city(plan, members_of(town / "全市")).across.not_asked) == {"K212": "没有上年的汇总"}
