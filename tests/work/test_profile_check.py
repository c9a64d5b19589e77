"""``shuoming profile check``: the shipped formats come out clean, and one that is broken in every way is told each of them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.cli import main
from generator.model.problem import Severity, UsageError
from generator.render.problems import problems_text
from generator.work.profile_check import ProfileChecked, check_profile
from generator.work.workshop import Workshop
from tests.conftest import ROOT, Golden

_WORDING = "prose/wording.j2"
KNOWN = {
    "yibin": tuple(f"templates/yibin/{_WORDING}:{place} P203" for place in ("10:28", "10:59", "20:1")),
    "通用": tuple(f"templates/通用/{_WORDING}:{place} P203" for place in ("10:59", "20:1")),
}
"""Advice that is accepted, all of it in the wording that places share: 新增 where a new item counts as 100%, 上年极少 where tables
are in 万元 (it is for those in 元), and 持平 of 主要原因, which is only asked where something moved.
"""
SHIPPED = ("四川", "yibin", "通用", "上海", "上海决算", "北京", "江苏", "湖南")


def checked(name: str, scratch: Path, templates: Path = ROOT / "templates") -> ProfileChecked:
    return check_profile(Workshop(templates, name), scratch)


def test_every_shipped_profile_is_tried() -> None:
    assert sorted(path.parent.name for path in (ROOT / "templates").glob("*/report.yaml")) == sorted(SHIPPED)


@pytest.mark.slow
@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_profile_comes_out_clean(name: str, tmp_path: Path) -> None:
    done = checked(name, tmp_path)
    root = f"{ROOT.as_posix()}/"
    told = tuple(f"{str(one.position).removeprefix(root)} {one.code}" for one in done.problems)
    assert told == KNOWN.get(name, ()), problems_text(done.problems, done.sources)
    assert not done.failed
    assert done.documents > 30


BROKEN = {
    "report.yaml": """\
基于: 通用
名称: 某地部门预算
数的格式: {千分: {单位: 元, 千分位: 是}}
大纲:
  - {部分: 概况, 正文: part-1.j2}
  - {部分: 名词解释, 正文: terms.j2, 标题: 只在目录}
  - 附件: "{{ 年 }}年预算表"
    附表: [02-income, 03-expenditure]
""",
    "figures.yaml": """\
数:
  培训费: {资金: 一般公共预算, 部门经济: 30216}
填报:
  培训: {期数: 数量}
清单:
  会议明细:
    文件: meetings.yaml
    列: {会议: 文字, 金额: 金额}
合计:
  会议费: {清单: 会议明细, 列: 金额}
说明: {功能科目: 用途}
""",
    "prose/part-1.j2": """\
{% from "wording.j2" import 预算数变动, 含结转 with context %}
{% set 变 = 总计 | 比上年 %}
内设机构包括：{{ 机构.内设机构 | 顿号 }}。

预算{{ 总计 | 金额 }}，{{ 含结转(政府性基金) }}，都已批复。

比上年增加{{ 变.差额 }}，主要原因是{{ 变.原因 or "" }}。

支出用于{% for 项 in 一般公共预算 | 逐项("功能类") %}{{ 项.名称 }}、{% endfor %}。

{{ 预算数变动("“三公”经费预算数", 三公经费) }}。

{% if 版 == "乡镇" %}
本乡镇没有所属单位。
{% elif 变.增加 and not 变.持平 %}
收支有所扩大。
{% else %}
收支没有扩大。
{% endif %}

## 政府采购

{% if 政府采购.合计 is 有数 %}
政府采购{{ 政府采购.货物 | 金额 }}。
{% endif %}
""",
    "prose/terms.j2": '{% if 版 == "街道" %}名词解释从略。{% endif %}\n',
    "prose/spare.j2": "没有用到的话。\n",
    "tables/spare.yaml": "沿用: 03-expenditure\n标题: 备用表\n",
    "tables/02-income.yaml": """\
标题: 收入总表
列:
  - 单位名称: 名称
  - 合计: {}
  - 本年收入: {年度: 本年}
  - 上年结转:
      - 小计: {年度: 上年结转}
      - 财政拨款: {资金: 财政拨款, 年度: 上年结转}
      - 事业收入: {资金: 事业收入, 年度: 上年结转}
行:
  - {称: 合计, 取: {}}
  - {按: 单位}
""",
    "tables/03-expenditure.yaml": """\
标题: 支出总表
列: [{项目: 名称}, {金额: {}}]
行:
  - {称: 基本支出, 级: 1, 取: {类别: 基本支出}}
  - {称: 人员经费, 级: 1, 取: {经费: 人员经费}}
  - {称: 特定目标类项目, 级: 1, 取: {项目类型: 特定目标类}}
  - {称: 合计, 取: {}}
""",
}


def broken(folder: Path) -> Path:
    shutil.copytree(ROOT / "templates" / "通用", folder / "通用")
    for name, text in BROKEN.items():
        path = folder / "某地" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_a_profile_broken_in_every_way_is_told_each_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], golden: Golden
) -> None:
    broken(tmp_path / "templates")
    monkeypatch.chdir(tmp_path)
    assert main(["profile", "check", "某地"]) == 1
    golden(ROOT / "tests" / "golden" / "profile-check.txt", capsys.readouterr().out)


def test_a_profile_with_errors_is_not_tried(tmp_path: Path) -> None:
    broken(tmp_path)
    (tmp_path / "某地" / "figures.yaml").write_text("数: {培训费: {资金: 一般公共}}\n", encoding="utf-8")
    (tmp_path / "scratch").mkdir()
    done = checked("某地", tmp_path / "scratch", tmp_path)
    assert done.failed and done.documents == 0
    assert {problem.code for problem in done.problems} == {"P003"}
    assert list((tmp_path / "scratch").iterdir()) == []


def test_a_profile_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        checked("某地", tmp_path, tmp_path)


@pytest.mark.slow
def test_each_year_that_a_profile_has_is_tried(tmp_path: Path) -> None:
    """A branch that only an earlier year takes is no dead one; what is wrong in one year is told."""
    templates = tmp_path / "templates"
    broken(templates)
    own = templates / "某地"
    shutil.rmtree(own / "tables")
    shutil.rmtree(own / "prose")
    (own / "figures.yaml").write_text("比上年: 删去\n", encoding="utf-8")
    (own / "prose").mkdir()
    outline = "大纲: [{部分: 概况, 正文: part-1.j2}]\n"
    (own / "report.yaml").write_text(f"基于: 通用\n名称: 某地\n{outline}", encoding="utf-8")
    (own / "prose" / "part-1.j2").write_text("{% if 年 < '2024' %}旧。{% else %}新。{% endif %}\n", encoding="utf-8")
    (own / "2024").mkdir()
    assert checked("某地", tmp_path / "one", templates).problems == ()
    (own / "2024" / "prose").mkdir()
    (own / "2024" / "prose" / "part-1.j2").write_text("新，，好。\n", encoding="utf-8")
    problems = checked("某地", tmp_path / "two", templates).problems
    assert [(one.code, one.severity) for one in problems if one.code == "P201"] == [("P201", Severity.WARNING)]
    assert [str(one.position).rpartition("templates/")[2] for one in problems if one.code == "P203"] == [
        "某地/prose/part-1.j2:1:22"
    ]


@pytest.mark.slow
def test_words_that_no_row_has_and_comparisons_that_no_sentence_makes_are_told(tmp_path: Path) -> None:
    """A column of projects beside rows by unit, and 比上年 of 通用 under prose that says one change alone."""
    files = {
        "report.yaml": "基于: 通用\n名称: 某地\n大纲:\n  - {部分: 概况, 正文: one.j2}\n  - {附件: 表, 附表: [units]}\n",
        "prose/one.j2": '{% set 变 = 总计 | 比上年 %}\n比上年{{ "增加" if 变.增加 else "减少" }}{{ 变.差额 }}{% if 变.原因 %}，主要原因：{{ 变.原因 }}{% endif %}。\n',
        "tables/units.yaml": "标题: 支出表\n列: [{单位: 名称}, {项目: 项目.名称}, {合计: {}}]\n行: [{按: 单位}]\n",
    }
    shutil.copytree(ROOT / "templates" / "通用", tmp_path / "templates" / "通用")
    for name, text in files.items():
        path = tmp_path / "templates" / "某地" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    done = checked("某地", tmp_path / "scratch", tmp_path / "templates")
    told = [one.message for one in done.problems if one.code == "P203"]
    assert "表“支出表”的列“项目”从来没有内容" in told
    [moved] = [one for one in told if one.startswith("“比上年”里的")]
    assert "“公务接待费”" in moved and "“总计”" not in moved and moved.endswith("没有用到：句子里没有说增减")
