"""Which column of a definition a column is."""

from __future__ import annotations

import pytest

from generator.bind.columns import match
from generator.bind.words import Words
from generator.load.national import load_national
from generator.load.tables import read_table
from generator.load.yaml_text import Reader, parse
from generator.model.profile import Numbering
from generator.model.source import Source
from generator.model.table_spec import TableSpec

NATIONAL = load_national()
SPENDING = """
标题: 支出表
列:
  - 科目编码: [{类: 功能科目.类}, {款: 功能科目.款}]
  - 科目名称: 名称
  - 基本支出: {类别: 基本支出}
  - 项目支出: [{小计: {类别: 项目支出}}, {其他运转类: {项目类型: 其他运转类}}]
行: [{取: {}}]
"""
DEEPER = """
标题: 支出表
列:
  - 名称: 名称
  - 基本支出: [{人员经费: [{工资福利支出: {类别: 基本支出, 部门经济: 301}}]}]
  - 项目支出: {类别: 项目支出}
行: [{取: {}}]
"""
BESIDE = """
标题: 收支表
分栏:
  - {标题: 收入, 列: [{项目: 名称}, {金额: {}}], 行: [{取: {}}]}
  - {标题: 支出, 列: [{项目: 名称}, {金额: {}}], 行: [{取: {}}]}
"""


def spec_of(text: str) -> TableSpec:
    source = Source("table.yaml", text)
    reader = Reader(source)
    spec = read_table(reader, parse(reader), "table")
    assert not reader.problems
    return spec


@pytest.mark.parametrize(
    ("definition", "header", "found"),
    [
        (SPENDING, ["科目编码·类", "科目编码·款", "科目名称", "基本支出", "项目支出·小计", "项目支出·其他运转类"], "012345"),
        (SPENDING, ["项目支出·其他运转类", "科目编码·款", "科目名称", "科目编码·类"], "5120"),
        (SPENDING, ["项目·功能分类科目编码·类", "项目·功能分类科目编码·款", "项目·功能分类科目名称", "支出预算·基本支出", "支出预算·项目支出"], "01234"),
        (SPENDING, ["类", "款", "名称", "基本支出·小计", "项目支出"], "01-34"),  # a column of all its parts
        (SPENDING, ["科目名称", "小计", "项目支出·其他运转类"], "2-5"),  # a sum of what is not said
        (SPENDING, ["科目名称", "合计", "基本支出"], "2-3"),
        (SPENDING, ["科目名称", "基本支出", "基本支出"], "2--"),  # either is
        (SPENDING, ["科目名称", "基本支出·其他运转类"], "2-"),  # of another group
        (SPENDING, ["科目名称", "其他运转类"], "2-"),  # perhaps of all spending
        (SPENDING, ["科目名称", "项目支出·本级·其他运转类"], "2-"),
        (DEEPER, ["名称", "基本支出·工资福利支出", "项目支出"], "012"),
        (DEEPER, ["名称", "项目支出·工资福利支出", "合计"], "0--"),
        (SPENDING, ["科目名称", "政府性基金·基本支出", "合计"], "2--"),
        (SPENDING, ["科目名称", "政府性基金预算支出·基本支出", "政府性基金预算支出·项目支出"], "2--"),
        ("范围: {资金: 政府性基金预算}" + SPENDING, ["科目名称", "政府性基金预算支出·基本支出", "财政拨款·项目支出"], "2--"),
        ("范围: {资金: 政府性基金预算}" + SPENDING, ["科目名称", "政府性基金预算支出·基本支出", "政府性基金预算支出·项目支出"], "234"),
        ("范围: {资金: 政府性基金预算}" + SPENDING, ["科目名称", "财政拨款·基本支出", "财政拨款·项目支出"], "234"),
        (SPENDING, ["", "基本支出"], "-3"),
        (BESIDE, ["收入·项目", "收入·金额", "支出·项目", "支出·金额"], "0123"),
        (BESIDE, ["本年收入·项目", "本年收入·预算数", "本年支出·项目", "本年支出·预算数"], "0123"),
        (BESIDE, ["财政拨款收入·项目", "财政拨款收入·金额", "支出·项目", "支出·金额"], "0-23"),
        ("范围: {资金: 财政拨款}" + BESIDE, ["财政拨款收入·项目", "财政拨款收入·金额", "支出·项目", "支出·金额"], "0123"),
        (BESIDE, ["项目", "金额", "项目", "金额"], "----"),  # of which side?
    ],
)  # fmt: skip
def test_a_column_is_bound_where_nothing_else_is_like_it(definition: str, header: list[str], found: str) -> None:
    spec = spec_of(definition)
    columns = [tuple(filter(None, path.split("·"))) for path in header]
    bound = match(spec, columns, Words(NATIONAL.same, {}, Numbering()), NATIONAL)
    assert "".join("-" if place is None else str(place) for place in bound) == found


def test_nothing_is_bound_of_no_columns() -> None:
    assert match(spec_of(SPENDING), [], Words((), {}, Numbering()), NATIONAL) == []
