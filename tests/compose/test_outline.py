"""An outline in any shape that places have: words, tables or both in a part, contents of their own, numbers of their own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from generator.compare import compare, compare_words
from generator.load.profile import load_profile
from generator.model.document import ChartBlock, Heading, Paragraph, TableBlock
from generator.readback.document import reading_of
from generator.readback.docx import read_back, read_docx
from generator.render.docx.redline import render_redline
from generator.render.docx.render import render_docx
from generator.render.docx.revision import Revision
from generator.render.html.page import Material, render_html
from tests import html_reading, tracked
from tests.runs import Run, run

WHO = Revision("财务科", "2022-03-01T09:00:00Z")
TESTS = Path(__file__).parent.parent
ABOUT = "## 主要职能\n\n- 组织活动。\n-- 一处\n-- 两处\n- 开展辅导。\n\n## 机构设置 {目录=机构}\n\n有一个内设机构。\n"
APART = """
  - {部分: 概况, 正文: about.j2}
  - {部分: "{{ 年 }}年度预算表", 正文: see.j2, 列附表: 是}
  - {部分: 情况说明, 正文: notes.j2, 目录层次: 1}
  - 附件: "{{ 年 }}年度公开报表"
    目录: 不列
    封面: ["部门：{{ 部门 }}", 财政厅印制]
    正文: second.j2
    附表编号: "{一}、"
    表头行: ["部门：{{ 部门 }}", "单位：{{ 表内单位 }}"]
    附表: [income, functions, funds]
"""
THROUGH = """
  - {部分: "{{ 部门 }}主要职能", 目录: 单位主要职能, 编号: 只在目录, 序号: "{一}、", 正文: about.j2, 目录层次: 1}
  - 附件: 预算表
    编号: 只在目录
    序号: "{一}、"
    表题: "公开{{ 表号 }}{{ 年 }}年{{ 表名 }}"
    附表编号: "{01}表 "
    有数据注: ["注：本表按单位汇总。"]
    无数据: 注：本表为空表。
    附表: [{income: [functions]}, funds]
  - {部分: 情况说明, 编号: 只在目录, 序号: "{一}、", 正文: notes.j2, 目录层次: 3}
  - {部分: 项目说明, 编号: 只在目录, 序号: "{一}、", 正文: each.j2, 目录层次: 1}
"""
INSIDE = """
  - 部分: 预算表
    正文: inside.j2
    附表: [functions, funds]
  - {表: income, 附表编号: "表{1} ", 重新编号: 是}
  - {部分: 情况说明, 正文: notes.j2}
"""
PROSE: Mapping[str, str] = MappingProxyType({
    "about": ABOUT,
    "see": "具体公开表样附后\n",
    "second": "# 目　录\n\n{% for 表 in 附表 %}\n{{ 表.号 }}{{ 表.名 }}\n\n{% endfor %}\n",
    "each": '{% for 名 in ["甲", "乙"] %}\n# {{ 名 }}项目\n\n## 概述\n\n文字。\n\n### 依据 {编号=否}\n\n#### 一处\n\n##### 细处\n\n{% endfor %}\n',
    "inside": "@表 functions\n以上是功能分类。\n\n## 基金 {目录=不列}\n\n@附表\n\n表后的话。\n",
})  # fmt: skip


def made(folder: Path, outline: str, more: str = "", **prose: str) -> Run:
    at = written(folder, outline, more, **prose)
    done = run(TESTS / "data", at.parent, at.name, 2023)
    assert done.document is not None and not done.failed, done.problems
    return done


def written(folder: Path, outline: str, more: str = "", **prose: str) -> Path:
    shutil.copytree(TESTS / "profiles" / "tiny", folder / "place", dirs_exist_ok=True)
    report = folder / "place" / "report.yaml"
    text = report.read_text(encoding="utf-8")
    report.write_text(f"{text[: text.index('大纲:')]}{more}大纲:{outline}", encoding="utf-8")
    for name, words in {**PROSE, **prose}.items():
        (folder / "place" / "prose" / f"{name}.j2").write_text(words, encoding="utf-8")
    return folder / "place"


def shape(done: Run) -> list[str]:
    """The contents, then what stands in the body."""
    return [*(f"{'  ' * (entry.level - 1)}{entry.text}" for entry in done.document.entries), "", *_body(done)]


def _body(done: Run) -> Iterator[str]:
    for block in done.document.blocks:
        match block:
            case Heading():
                yield (
                    "#" * block.level + f"{block.ordinal}|{block.title}"
                    if block.ordinal
                    else "#" * block.level + block.title
                )
            case Paragraph():
                yield block.text
            case TableBlock():
                yield f"[{block.caption}]"
                yield from block.notes
            case ChartBlock():
                yield "chart"


def test_two_files_in_one_with_contents_of_their_own(tmp_path: Path) -> None:
    done = made(tmp_path, APART)
    assert shape(done)[:9] == [
        "第1章　概况", "  1. 主要职能", "  2. 机构", "第2章　2023年度预算表", "  一、收支总表", "  二、支出功能分类预算表",
        "  三、政府性基金支出表", "第3章　情况说明", "",
    ]  # fmt: skip
    body = list(_body(done))
    assert body[:8] == [
        "#第1章|概况", "##1. |主要职能", "(1) 组织活动。", "（1）一处", "（2）两处", "(2) 开展辅导。", "##2. |机构设置", "有一个内设机构。",
    ]  # fmt: skip
    start = body.index("#2023年度公开报表")
    assert body[start:] == [
        "#2023年度公开报表", "部门：小城市文化馆", "财政厅印制", "#目　录", "一、收支总表", "二、支出功能分类预算表",
        "三、政府性基金支出表", "[收支总表]", "[支出功能分类预算表]", "[政府性基金支出表]",
    ]  # fmt: skip
    tables = [block for block in done.document.blocks if isinstance(block, TableBlock)]
    assert {table.headline for table in tables} == {("部门：小城市文化馆", "单位：元")}
    assert "详见表1" in "".join(body)


EMPTY = """@附表

## {{ "{1}、" | 序号(附表 | 个数 | 加(1)) }}空表 {编号=否}

{{ 年 | 加(1) }}年，{{ 机构.预算单位 | 个数 }}个单位。{% for 表 in 附表 if 表.空 %}{{ 表.名 }}是空表。{% endfor %}
"""


def test_words_after_tables_go_on_with_their_numbers_and_say_which_are_empty(tmp_path: Path) -> None:
    outline = "\n  - {附件: 表, 正文: empty.j2, 附表: [functions, funds, void]}\n"
    folder = written(tmp_path, outline, empty=EMPTY)
    table = (folder / "tables" / "funds.yaml").read_text(encoding="utf-8").splitlines()
    void = ["标题: 专户支出表" if line.startswith("标题:") else line for line in table if not line.startswith("范围:")]
    (folder / "tables" / "void.yaml").write_text("\n".join(["范围: {资金: 财政专户管理资金}", *void]), encoding="utf-8")
    done = run(TESTS / "data", folder.parent, folder.name, 2023)
    assert done.document is not None, done.problems
    lines = shape(done)
    assert "  4、空表" in lines and lines[-2:] == ["##4、空表", "2024年，2个单位。专户支出表是空表。"]


def test_tables_between_words_under_other_names_in_the_contents(tmp_path: Path) -> None:
    lines = shape(made(tmp_path, THROUGH))
    assert lines[:10] == [
        "一、单位主要职能",
        "  2. 机构", "二、预算表", "  01表 收支总表", "  01-1表 支出功能分类预算表", "  02表 政府性基金支出表",
        "三、情况说明", "  1. 总体情况", "四、项目说明", "",
    ]  # fmt: skip
    assert lines[10:12] == ["#小城市文化馆主要职能", "##1. |主要职能"]
    start = lines.index("#预算表")
    assert lines[start : start + 9] == [
        "#预算表", "[公开01表 2023年收支总表]", "注：本表按单位汇总。", "[公开01-1表 2023年支出功能分类预算表]", "注：本表按单位汇总。",
        "[公开02表 2023年政府性基金支出表]", "注：本表按单位汇总。", "#情况说明", "##1. |总体情况",
    ]  # fmt: skip


def test_each_project_begins_a_page_and_numbers_anew(tmp_path: Path) -> None:
    body = list(_body(made(tmp_path, THROUGH)))
    one = ["##1. |概述", "文字。", "###依据", "###(1) |一处", "###（1）|细处"]
    assert body[body.index("#项目说明") :] == ["#项目说明", "#甲项目", *one, "#乙项目", *one]


def test_tables_stand_where_the_words_place_them_and_keep_their_numbers(tmp_path: Path) -> None:
    assert shape(made(tmp_path, INSIDE))[:16] == [
        "第1章　预算表", "  1. 支出功能分类预算表", "  2. 政府性基金支出表", "  表1 收支总表", "第2章　情况说明", "  1. 总体情况", "",
        "#第1章|预算表", "[支出功能分类预算表]", "以上是功能分类。", "##1. |基金", "[政府性基金支出表]", "表后的话。", "[收支总表]",
        "#第2章|情况说明", "##1. |总体情况",
    ]  # fmt: skip


@pytest.mark.parametrize("outline", [APART, THROUGH, INSIDE])
def test_every_shape_is_read_back_shown_and_compared(tmp_path: Path, outline: str) -> None:
    done = made(tmp_path, outline)
    data, meant = render_docx(done.document, done.profile.master).data, reading_of(done.document)
    for read in (read_back, read_docx):
        reading = read(data)
        assert [line.text for line in reading.contents] == [line.text for line in meant.contents]
        words = [getattr(block, "text", "") for block in meant.blocks]
        assert [getattr(block, "text", "") for block in reading.blocks] == words
        assert [table.caption for table in reading.tables] == [table.caption for table in meant.tables]
        assert [table.notes for table in reading.tables] == [table.notes for table in meant.tables]
        assert [table.headline for table in reading.tables] == [table.headline for table in meant.tables]
    page = html_reading.parsed(render_html(Material(done.document, done.book, done.inputs, (), {})))
    shown = html_reading.outline(page)
    for block in done.document.blocks:
        assert not isinstance(block, Heading) or block.title in shown
    changed = made(tmp_path, outline, about=ABOUT.replace("组织活动", "组织各类活动"))
    redline = render_redline(compare(done.document, changed.document), compare_words, done.profile.master, WHO)
    accepted, rejected = (  # as Word does it
        [getattr(block, "text", "") for block in read_docx(side(redline)).blocks]
        for side in (tracked.accepted, tracked.rejected)
    )
    assert accepted == [getattr(block, "text", "") for block in reading_of(changed.document).blocks]
    assert rejected == words
    same = compare(done.document, done.document)
    assert all(pair.blocks.old is pair.blocks.new for pair in same.blocks)


@pytest.mark.parametrize(
    ("old", "new", "code", "message"),
    [
        ("附表: [functions", "附表编号: 表, 附表: [functions", "P004", "编号“附表编号”的“表”没有序号"),
        ("附表: [functions, funds]", "附表: [funds]", "P001", "表“functions”不在这一部分的“附表”里"),
        ("{表: income", "{表: incom", "P001", "没有 tables/incom.yaml 这个表"),
        ("正文: notes.j2", "正文: notes.j2, 目录层次: 4", "Y008", "“目录层次”不能是“4”"),
        ("正文: notes.j2", "正文: notes.j2, 编号: 不", "Y008", "“编号”不能是“不”"),
        ("正文: notes.j2", "正文: odd.j2", "P001", "标题后面的“题目=甲”看不懂"),
        ("正文: notes.j2", "正文: twice.j2, 附表: [income]", "P001", "表“income”已经放过了"),
        ("重新编号: 是", "表头行: [甲, 乙, 丙]", "P002", "“表头行”只有左右两段"),
        ("正文: notes.j2", "正文: notes.j2, 封面: [甲]", "Y007", "大纲没有“封面”这一项"),
    ],
)
def test_a_wrong_outline_is_told_where_it_stands(tmp_path: Path, old: str, new: str, code: str, message: str) -> None:
    outline = INSIDE.replace(old, new).replace("附表编号: 表, 附表", "附表编号: 表\n    附表")
    assert outline != INSIDE
    at = written(tmp_path, outline, odd="## 甲 {题目=甲}\n", twice="@表 income\n@表 income\n")
    profile, problems, _ = load_profile(at)
    assert profile is None
    found = [problem for problem in problems if problem.code == code]
    assert [problem.message for problem in found] == [message], problems
    assert found[0].position is not None and found[0].position.line


def test_a_cover_says_what_a_department_types_for_it(tmp_path: Path) -> None:
    at = written(tmp_path, INSIDE, "封面: [主管部门, 编制日期]\n")
    data = tmp_path / "data" / "2023"
    shutil.copytree(TESTS / "data" / "2023", data)
    typed = data / "department.yaml"
    words = typed.read_text(encoding="utf-8")
    typed.write_text(words + "封面: {主管部门: 小城市文化局}\n", encoding="utf-8")
    done = run(tmp_path / "data", tmp_path, "place", 2023)
    assert done.document is not None
    assert dict(done.document.furniture)["主管部门"] == "小城市文化局" and not dict(done.document.furniture)["编制日期"]
    typed.write_text(words + "封面: {主管: 小城市文化局}\n", encoding="utf-8")
    assert [problem.message for problem in run(tmp_path / "data", tmp_path, "place", 2023).problems][:1] == [
        "“封面”没有“主管”这一项"
    ]
    (at / "report.yaml").write_text(
        (at / "report.yaml").read_text(encoding="utf-8").replace("[主管部门, 编制日期]", "[部门]"), encoding="utf-8"
    )
    assert [problem.message for problem in load_profile(at)[1]] == ["“部门”不能作封面上的名称"]
