"""What is said of lines that YAML can't read: the cause, at its line, once."""

from __future__ import annotations

import pytest

from generator.load.yaml_text import Reader, parse
from generator.model.source import Source

TORN, LINE = "前面没有“- ”", "断成了两行"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("职责:\n  - 甲。\n  乙。\n  - 丙。\n名称: x\n", 3, TORN),
        ("职责:\n  - 甲。\n  乙：丁。\n  - 丙。\n名称: x\n", 3, TORN),
        ("职责:\n  - 甲。\n\n  # 说明\n  乙。\n名称: x\n", 5, TORN),
        ("职责:\n  - 甲。\n  乙。\n", 3, TORN),
        ("职责:\n- 甲。\n乙。\n- 丙。\n名称: x\n", 3, TORN),
        ("职责:\n  甲。\n  - 乙。\n  - 丙。\n名称: x\n", 2, TORN),
        ("- 名称: a\n  编码: 1\n\n名称: b\n  编码: 2\n", 4, TORN),
        ("- 甲乙\n丙丁\n- 戊\n", 2, TORN),
        ("名称: 伊滨经开区\n社会保障中心\n代码: 1\n", 2, LINE),
        ("a:\n  名称: 伊滨经开区\n  社会保障中心\n  代码: 1\n", 3, LINE),
        ("职责:\n  - 负责医疗\n救助工作。\n  - 乙。\n名称: x\n", 3, LINE),
        ("职责:\n  - 负责医疗\n救助工作。\n\n机构:\n  甲: 1\n", 3, LINE),
        ("原因:\n  总计: 人员\n增加。\n  基金: 增加\n", 3, LINE),
        ("职责:\n- 甲。\n机构：\n  - 乙\n", 3, "用了全角冒号"),  # the next name, not an item
        ("年度: 1\n名称 社会保障中心\n代码: 1\n", 2, "这一行缺少冒号"),
        ("年度: 1\n控制数\n  总计: 1\n", 2, "这一行缺少冒号"),
    ],
)
def test_a_line_torn_off_is_told_from_one_without_a_colon(text: str, line: int, said: str) -> None:
    reader = Reader(Source("f.yaml", text))
    assert parse(reader) is None
    [problem] = reader.problems
    assert problem.position.line == line
    assert said in problem.message
    assert (LINE in problem.message) == (said == LINE)
