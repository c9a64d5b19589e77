"""A place's format is data: no title, heading or label of a profile's tables and sections stands in the program."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.load.profile import load_profile
from generator.model.ledger import DIMENSIONS
from generator.model.profile import Profile
from generator.model.table_spec import BlockRows, Column, ColumnGroup, FixedRow, GroupRows, RowSpec
from tests.conftest import ROOT

WORDS = {
    "what the data files call things": {
        "一级指标", "二级指标", "三级指标", "指标值", "指标值说明", "任务名称", "主要内容", "年度主要任务", "年度履职目标", "金额", "支出",
        "科目名称", "项目名称", "类型", "资金总额",
    },
    "parts of a code": {"类", "款", "项"},
    "indicators as 财预〔2015〕88号 sorts them": {"成本指标", "产出指标", "效益指标", "满意度指标"},
    "the lists of 政府收支分类科目": {"部门预算支出经济分类科目", "政府预算支出经济分类科目", "政府性基金"},
    "words of any total": {"合计", "小计", "总计", "支出总计"},
    "the charts' own words, which a profile may replace": {"收入", "支出"},
}  # fmt: skip
"""Words that a label happens to be, with what they are besides."""
EXAMPLES = {"目录“九、政府性基金预算支出预算表”，表题“政府性基金支出预算表”", "国有资产占用情况与“三公”经费一致"}
"""What the list of rules shows a clerk."""


def labels(profile: Profile) -> set[str]:
    """The words of all tables: of columns, rows and forms."""
    found: set[str] = set()
    for table in profile.tables:
        for panel in table.panels:
            found |= {panel.title, *heads(panel.columns), *names(panel.rows)}
        found |= {cell.text for row in table.form for cell in row.cells}
    return {text for text in found if re.search("[一-鿿]", text)}


def heads(columns: Iterable[Column]) -> Iterator[str]:
    for column in columns:
        yield column.label
        if isinstance(column, ColumnGroup):
            yield from heads(column.columns)


def names(rows: Iterable[RowSpec]) -> Iterator[str]:
    for row in rows:
        if isinstance(row, FixedRow):
            yield row.label
        elif isinstance(row, GroupRows):
            yield from names(row.below)
        elif isinstance(row, BlockRows):
            yield from names(row.rows)


def constants(path: Path) -> Iterator[str]:
    """The texts of a module that are no docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value


def test_no_label_of_a_place_stands_in_the_program() -> None:
    profile, _, _ = load_profile(ROOT / "templates" / "yibin")
    assert profile is not None
    values = {
        word for one in DIMENSIONS.values() for word in (*one.choices, one.name, *(name for name, _ in one.levels))
    }
    wanted = labels(profile) - values - {word for words in WORDS.values() for word in words}
    titles = {table.title.value for table in profile.tables}
    texts = [part.prose.text for part in profile.outline if part.prose is not None]
    titles |= {line.lstrip("# ") for text in texts for line in text.splitlines() if re.match("##+ [^{]{5,}$", line)}
    assert len(wanted) > 30 and len(titles) > 20
    files = sorted((ROOT / "generator").rglob("*.py"))
    assert len(files) > 200
    found = [
        f"{path.relative_to(ROOT)}: {text}"
        for path in files
        for text in constants(path)
        if text not in EXAMPLES and (text in wanted or any(title in text for title in titles))
    ]
    assert not found, found
