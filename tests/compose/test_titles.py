"""A table's title and the names of its rows are templates like other titles, and one title wherever it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.cli import main
from generator.model.document import Paragraph, TableBlock
from tests.runs import Run, run

TABLE = Path("templates/yibin/tables/03-expenditure.yaml")


def edited(*edits: tuple[str, str]) -> Run:
    text = TABLE.read_text(encoding="utf-8")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    TABLE.write_text(text, encoding="utf-8")
    return run(Path("data"), Path("templates"), "yibin", 2022)


def test_a_title_is_filled_wherever_it_stands(workplace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done = edited(
        ("标题: 部门支出预算表", '标题: "{{ 部门 }}{{ 年 }}年支出表（{{ 表内单位 }}）"'),
        ("{称: 合计", '{称: "{{ 上年 }}年以来合计"'),
        ("  - 合计: {}", '  - "{{ 年 }}年合计": {}'),
        ("纸张: 横向", '纸张: 横向\n注: ["{{ 年 }}年的注"]'),
    )
    assert done.document is not None and not done.failed, done.problems
    title = "伊滨经开区（示范区）社会保障事务服务中心2022年支出表（万元）"
    [entry] = [one for one in done.document.entries if "支出表（" in one.text]
    assert entry.text == f"三、{title}"
    [block] = [one for one in done.document.blocks if isinstance(one, TableBlock) and title in one.caption]
    assert block.rows[0].texts[4] == "2021年以来合计"
    assert "2022年合计" in {cell.text for cell in block.header} and block.notes == ("2022年的注",)
    assert "{" not in repr([one for one in done.document.blocks if isinstance(one, TableBlock)]).replace("{'", "")
    assert main(["explain", "2022", title, "2021年以来合计", "2022年合计"]) == 0
    assert "6824.79万元" in capsys.readouterr().out


def test_a_reference_names_the_filled_title(workplace: Path) -> None:
    prose = Path("templates/yibin/prose/part-3.j2")
    text = prose.read_text(encoding="utf-8") + '\n+ 见{{ 表("部门支出预算表（万元）") }}。\n'
    prose.write_text(text, encoding="utf-8")
    done = edited(("标题: 部门支出预算表", '标题: "部门支出预算表（{{ 表内单位 }}）"'))
    assert done.document is not None and not done.failed, done.problems
    assert any("见附表三。" in block.text for block in done.document.blocks if isinstance(block, Paragraph))


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("标题: 部门支出预算表", '标题: "{{ 年份 }}年支出表"', 1, "P102 没有“年份”这个名称"),
        ("标题: 部门支出预算表", '标题: "{{ 总计 | 金额 }}"', 1, "P101 模板语法有误"),
        ("标题: 部门支出预算表", '标题: "{% if 年 %}支出表"', 1, "P101 模板语法有误"),
        ("{称: 合计", '{称: "{{ 年份 }}合计"', 0, "P102 “{{ 年份 }}合计”：没有“年份”这个名称"),
        ("  - 合计: {}", '  - "{{ 年份 }}合计": {}', 0, "P102 “{{ 年份 }}合计”：没有“年份”这个名称"),
    ],
)
def test_a_mistake_in_it_is_told_at_its_table(workplace: Path, old: str, new: str, line: int, said: str) -> None:
    [problem] = [one for one in edited((old, new)).problems if one.severity.value == "error"]
    assert f"{problem.code} {problem.message}" == said
    assert (problem.position.file, problem.position.line) == (TABLE.as_posix(), line)


def test_a_title_without_a_template_costs_nothing(run_2022: Run) -> None:
    assert run_2022.profile is not None and not run_2022.profile.has_titles_to_fill
