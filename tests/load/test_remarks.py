"""What stands behind “ #”: a comment, or words that YAML would leave out (Y015)."""

from __future__ import annotations

import pytest
import yaml

from generator.load.yaml_text import Reader, parse
from generator.model.source import Source

LOST = (
    ("名称: 设备购置 #2期", "1:10", "#2期"),
    ("名称: 设备购置   #1楼改造", "1:12", "#1楼改造"),
    ("名称: 设备购置 # 2期", "1:10", "# 2期"),
    ("名称: 设备购置 # 三号楼  ", "1:10", "# 三号楼"),
    ("- 3 #锅炉维修", None, ""),  # a number before “#” is taken for an amount
    ("- 锅炉 #3 维修", "1:6", "#3 维修"),
    ("甲: [办公室, 活动部 #“群艺”\n  , 收发室]", "1:14", "#“群艺”"),
    ("甲: 一段话\n   写了两行 #2期", "2:9", "#2期"),
)
COMMENTS = (
    "金额: 3.99 # 见文件",
    "金额: 3.99 #见文件",
    "名称: 社保中心  # 全称",
    "名称: 社保中心 # 2022年改的名",
    "名称: 社保中心 #",
    "名称: 社保中心 ## 全称",
    "#2期\n名称: 社保中心",
    "名称: 社保中心\n#2期",
    '名称: "设备购置" #2期',
    "名称: 'A #2期'",
    "名称: 设备购置#2期",
    "名称: 设备购置 ＃2期",
    "控制数: #财政批复\n  总计: 1",
)


@pytest.mark.parametrize(("text", "where", "words"), LOST)
def test_words_left_out_are_asked_about(text: str, where: str | None, words: str) -> None:
    reader = Reader(Source("甲.yaml", text))
    assert parse(reader) is not None
    found = [(str(problem.position), problem.code, problem.length) for problem in reader.problems]
    assert found == ([(f"甲.yaml:{where}", "Y015", len(words))] if where else [])


@pytest.mark.parametrize(
    ("text", "quoted", "apart"),
    [
        ("名称: 设备购置 #2期", '写成"设备购置 #2期"；', "在“#”后面空一格"),
        ("名称: 设备购置 # 2期", '写成"设备购置 # 2期"；', "另起一行，以“#”开头"),
        ('名称: 甲"乙 #2期', "写成'甲\"乙 #2期'；", "在“#”后面空一格"),
        ("名称: 甲\\乙 #2期", "写成'甲\\乙 #2期'；", "在“#”后面空一格"),
        ("甲: 一段话\n   写了两行 #2期", '写成"一段话 写了两行 #2期"；', "在“#”后面空一格"),
    ],
)
def test_what_to_write_instead_means_what_was_meant(text: str, quoted: str, apart: str) -> None:
    reader = Reader(Source("甲.yaml", text))
    parse(reader)
    [problem] = reader.problems
    assert quoted in problem.remedy and apart in problem.remedy
    written = quoted.removeprefix("写成").removesuffix("；")
    assert yaml.safe_load(written).endswith("期")


@pytest.mark.parametrize("text", COMMENTS)
def test_comments_are_left_alone(text: str) -> None:
    reader = Reader(Source("甲.yaml", text))
    assert parse(reader) is not None
    assert reader.problems == []
