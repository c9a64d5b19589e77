"""What an edit does to the comments, quotes and blank lines around it: before, the change, after."""

from __future__ import annotations

import pytest

from generator.edit import edited, tree_of
from generator.model.tree import Tree

_LEDGER = """\
# 基本支出：一行一科目
- 资金来源: 一般公共预算   # 财政
  支出:
    # 从批复抄来
    2080101 行政运行:
      30101 基本工资: 35.35      # 推断
      30102 津贴补贴: 34.60      # 批复

      # 社保
      30110 职工医保: 6.17
      # 以上都核对过
    2210201 住房公积金:
      30113 住房公积金: 9.57     # 按12%
# 完
"""
_LIST = """\
# 职责

# 甲的
- 甲负责文书、会务工作   # 办公室
# 乙的
- 乙负责人事、考核工作   # 人事科

# 丙的
- "丙: 财务"
# 完
"""
_PROJECTS = """\
# 项目
- 名称: 甲项目    # 老项目
  编码: "001"
  # 金额
  金额: 1.00

# 新项目
- 名称: 乙项目
  编码: "002"
  金额: 2.00      # 待定

- 名称: 丙项目
  编码: "003"
  金额: 3.00
"""


def _say(text: str, change: str) -> Tree:
    """The tree of a text after a statement was run over it (``t``)."""
    names: dict[str, Tree] = {"t": tree_of(text)}
    exec(change, {}, names)  # noqa: S102 - the table below
    return names["t"]


_CASES = {
    "a value": (_LEDGER, "t[0]['支出']['2080101 行政运行']['30101 基本工资'] = '136.00'", "35.35      #", "136.00     #"),
    "a value and no comment": (_LEDGER, "t[0]['支出']['2080101 行政运行']['30110 职工医保'] = '0.00'", "6.17", "0.00"),
    "an entry gone": (
        _LEDGER, "del t[0]['支出']['2080101 行政运行']['30101 基本工资']", "      30101 基本工资: 35.35      # 推断\n", ""
    ),
    "an entry gone with what stands above it": (
        _LEDGER, "del t[0]['支出']['2080101 行政运行']['30110 职工医保']", "\n      # 社保\n      30110 职工医保: 6.17\n", ""
    ),
    "an entry that came": (
        _LEDGER, "t[0]['支出']['2210201 住房公积金']['30103 奖金'] = '1.00'", "# 按12%\n", "# 按12%\n      30103 奖金: 1.00\n"
    ),
    "a code of another name": (
        _LEDGER, "x = t[0]['支出']; x['2080101 行政运转'] = x.pop('2080101 行政运行'); x['2210201 住房公积金'] = x.pop('2210201 住房公积金')",
        "2080101 行政运行", "2080101 行政运转",
    ),
    "a map put for a value": (
        _LEDGER, "t[0]['支出']['2080101 行政运行']['30101 基本工资'] = {'金额': '35.35', '政府经济': '50501'}",
        "30101 基本工资: 35.35      # 推断\n", "30101 基本工资:      # 推断\n        金额: 35.35\n        政府经济: 50501\n",
    ),
    "a value put for a map": (
        _LEDGER, "t[0]['支出']['2210201 住房公积金'] = '9.57'",
        "2210201 住房公积金:\n      30113 住房公积金: 9.57     # 按12%\n", "2210201 住房公积金: 9.57\n",
    ),
    "an item moved": (
        _LIST, "t.insert(0, t.pop())", _LIST,
        '# 职责\n\n# 丙的\n- "丙: 财务"\n# 甲的\n- 甲负责文书、会务工作   # 办公室\n# 乙的\n- 乙负责人事、考核工作   # 人事科\n# 完\n',
    ),
    "an item changed": (_LIST, "t[1] = '乙负责人事、考核、培训工作'", "考核工作   #", "考核、培训工作  #"),
    "an item gone": (_LIST, "del t[0]", "# 甲的\n- 甲负责文书、会务工作   # 办公室\n", ""),
    "all items gone": (_LIST, "t.clear()", _LIST, "# 职责\n\n[]\n"),
    "a quoted item": (_LIST, "t[2] = '丙财务'", '"丙: 财务"', '"丙财务"'),
    "a project changed": (_PROJECTS, "t[1].update(名称='乙', 金额='20.00')", _PROJECTS, _PROJECTS.replace("乙项目", "乙").replace("2.00      #", "20.00     #")),
    "a project gone": (_PROJECTS, "del t[1]", '# 新项目\n- 名称: 乙项目\n  编码: "002"\n  金额: 2.00      # 待定\n\n', ""),
    "the first project gone": (
        _PROJECTS, "del t[0]", '- 名称: 甲项目    # 老项目\n  编码: "001"\n  # 金额\n  金额: 1.00\n\n', ""
    ),
    "a project that came": (
        _PROJECTS, "t.insert(1, {'名称': '丁', '编码': '0045', '指标': {'人数': '>90人', '率': []}})", "金额: 1.00\n",
        '金额: 1.00\n\n- 名称: 丁\n  编码: "0045"\n  指标:\n    人数: \'>90人\'\n    率: []\n',
    ),
    "another first name": (
        _PROJECTS, "t[0] = {'类型': '其他', **t[0]}", "- 名称: 甲项目    # 老项目\n", "- 类型: 其他\n  名称: 甲项目    # 老项目\n"
    ),
    "an empty list filled": ("甲: []        # 一行一个\n乙: 1\n", "t['甲'] = ['x', 'y']", "甲: []        # 一行一个\n", "甲:        # 一行一个\n  - x\n  - y\n"),
    "a list emptied": ("甲:   # 无\n  - x  # 删\n乙: 1\n", "t['甲'] = []", "甲:   # 无\n  - x  # 删\n", "甲: []   # 无\n"),
    "brackets": ("甲: {金额: 3.99, 政府经济: 50501}  # 见批复\n", "t['甲'].update(金额='4.00', 注='a, b')", "3.99, 政府经济: 50501}", "4.00, 政府经济: 50501, 注: 'a, b'}"),
    "an item of brackets": ("科室: [办公室, 财务科,  人事科]\n", "t['科室'].remove('财务科')", "[办公室, 财务科,  人事科]", "[办公室,  人事科]"),
    "brackets over lines": (
        "科室: [\n  办公室,   # 甲\n  财务科,   # 乙\n  人事科    # 丙\n]\n", "t['科室'][1:2] = ['审计室', '档案室']",
        "  财务科,   # 乙\n", "  审计室,\n  档案室,\n",
    ),
    "nothing typed yet": ("甲:\n乙:   # 待填\n", "t.update(甲='1.00', 乙='2.00')", "甲:\n乙:   # 待填\n", "甲: 1.00\n乙: 2.00  # 待填\n"),
    "a text over lines": ("甲: >-  # 说明\n  第一行\n  第二行\n乙: 1\n", "t['甲'] = '一行'", "甲: >-  # 说明\n  第一行\n  第二行\n", "甲: 一行  # 说明\n"),
    "Windows": ("甲: 1\r\n乙: 2  # 注\r\n", "t['乙'] = '3'", "2", "3"),
    "no end of line": ("甲: 1\n乙: 2", "t['丙'] = '3'", "乙: 2", "乙: 2\n丙: 3\n"),
    "a comment under the last entry goes with it": (
        _LEDGER, "del t[0]['支出']['2080101 行政运行']",
        _LEDGER[_LEDGER.index("    # 从批复抄来") : _LEDGER.index("    2210201")], "",
    ),
    "a heading stays when the entry under it goes": (
        "甲: 1\n\n# 第二部分\n\n# 乙的\n乙: 2\n丙: 3\n", "del t['乙']", "# 乙的\n乙: 2\n", ""
    ),
    "a heading stays at the end": ("甲: 1\n\n# 第二部分\n\n乙: 2\n", "del t['乙']", "乙: 2\n", ""),
    "an item moved and changed": (
        "- 甲负责文书工作  # 甲\n- 乙负责人事工作  # 乙\n- 丙负责财务工作  # 丙\n", "t[:] = ['丙负责财务和审计工作', '丁', '甲负责文书工作']",
        "- 甲负责文书工作  # 甲\n- 乙负责人事工作  # 乙\n- 丙负责财务工作  # 丙\n",
        "- 丙负责财务和审计工作  # 丙\n- 丁\n- 甲负责文书工作  # 甲\n",
    ),
    "a document's mark": ("# 头\n---\n甲: 1\n乙: 2\n...\n", "t = {'丙': '3', '乙': '2', '甲': '1'}", "甲: 1\n乙: 2\n", "丙: 3\n乙: 2\n甲: 1\n"),
    "only comments": ("# 无\n", "t = ['甲']", "# 无\n", "# 无\n- 甲\n"),
    "an item under its dash": ("-\n  甲: 1  # 注\n-   - 乙\n", "t[0]['甲'] = '2'; t[1].append('丙')", "1  # 注\n-   - 乙\n", "2  # 注\n-   - 乙\n    - 丙\n"),
    "a list as far left as its name": ("甲:\n- 一  # 注\n- 二\n乙: 1\n", "t['甲'].reverse()", "- 一  # 注\n- 二\n", "- 二\n- 一  # 注\n"),
}  # fmt: skip


@pytest.mark.parametrize("name", _CASES)
def test_an_edit(name: str) -> None:
    text, change, before, after = _CASES[name]
    assert text.count(before) == 1
    assert edited(text, _say(text, change)) == text.replace(before, after)


def test_an_edit_taken_back_gives_the_same_text() -> None:
    tree = tree_of(_LEDGER)
    changed = _say(_LEDGER, "t[0]['支出']['2210201 住房公积金']['30113 住房公积金'] = '1234.00'")
    assert edited(edited(_LEDGER, changed), tree) == _LEDGER
