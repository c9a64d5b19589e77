"""数的格式: named ways to write numbers, chosen for prose, tables, columns, figures and single places of a template."""

from __future__ import annotations

import re
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from generator.model.document import TableBlock
from generator.model.money import Money, Scale
from generator.model.number_format import NumberFormat
from generator.model.problem import Severity
from generator.work.check import check
from generator.work.explain import explain
from generator.work.report import Report, report
from generator.work.stages import Finished
from generator.work.workshop import Workshop
from tests.conftest import ROOT

YUAN = Money(Decimal("2049197.50"), Scale.YUAN)


@pytest.mark.parametrize(
    ("way", "money", "text"),
    [
        (NumberFormat(), YUAN, "204.92"),
        (NumberFormat(cut=True), YUAN, "204.91"),
        (NumberFormat(Scale.YUAN, thousands=True), YUAN, "2,049,197.50"),
        (NumberFormat(Scale.YUAN, 0, thousands=True), YUAN, "2,049,198"),
        (NumberFormat(places=1), YUAN, "204.9"),
        (NumberFormat(trimmed=True), Money(Decimal("480.00")), "480"),
        (NumberFormat(trimmed=True), Money(Decimal("411.20")), "411.2"),
        (NumberFormat(trimmed=True), Money(Decimal("1000.00")), "1000"),
        (NumberFormat(whole=True), Money(Decimal("480.00")), "480"),
        (NumberFormat(whole=True), Money(Decimal("411.20")), "411.20"),
        (NumberFormat(whole=True, thousands=True), Money(Decimal("2000.00")), "2,000"),
        (NumberFormat(zero="0"), Money(Decimal(0)), "0"),
        (NumberFormat(zero=""), Money(Decimal("0.001")), ""),
        (NumberFormat(), Money(Decimal(0)), "0.00"),
        (NumberFormat(), Money(Decimal("-10"), Scale.YUAN), "0.00"),
        (NumberFormat(trimmed=True), Money(Decimal("-10"), Scale.YUAN), "0"),
        (NumberFormat(cut=True), Money(Decimal("-2049197.50"), Scale.YUAN), "-204.91"),
        (NumberFormat(cut=True), Money(Decimal(f"{'1' * 40}.55")), f"{'1' * 40}.55"),
    ],
)
def test_an_amount(way: NumberFormat, money: Money, text: str) -> None:
    assert way.money(money) == text


REPORT = """
数的格式:
  去零: {单位: 万元, 小数: 至多2, 零: "0"}
  整元: {单位: 元, 小数: 0, 千分位: 是, 零: 空白}
  整万: {单位: 万元, 小数: 0}
  一位: {小数: 至多1}
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "tests" / "profiles" / "tiny", tmp_path / "templates" / "tiny")
    shutil.copytree(ROOT / "tests" / "data" / "2023", tmp_path / "data" / "2023")
    _edit(tmp_path, "report.yaml", "\n惯例:\n", f"{REPORT}\n惯例:\n")
    return tmp_path


def _edit(place: Path, name: str, old: str, new: str) -> None:
    path = place / "templates" / "tiny" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def finished(place: Path) -> Finished:
    ended = check(Workshop(place / "templates", "tiny"), place / "data", 2023)
    errors = [problem for problem in ended.problems if problem.severity is Severity.ERROR]
    assert isinstance(ended, Finished) and not errors, errors
    made = report(Workshop(place / "templates", "tiny"), place / "data", 2023)
    assert not [problem for problem in made.ended.problems if problem.severity is Severity.ERROR], made.ended.problems
    return ended


def cells(done: Finished, key: str) -> list[tuple[str, ...]]:
    blocks = [block for block in done.document.blocks if isinstance(block, TableBlock)]
    return [row.texts for block in blocks if block.key == key for row in block.rows]


def words(done: Finished) -> str:
    return "\n".join(getattr(block, "text", "") for block in done.document.blocks)


def test_prose_in_the_format_of_the_place(place: Path) -> None:
    _edit(place, "report.yaml", "惯例:\n", "惯例:\n  文中金额: 去零\n  百分比: 一位\n")
    said = words(finished(place))
    assert "123.46万元" in said
    assert "基本支出56.67万元，占45.9%" in said


def test_one_number_in_a_format_of_its_own(place: Path) -> None:
    _edit(place, "prose/notes.j2", "{{ 年 }}年预算{{ 全部 | 金额 }}", '{{ 年 }}年预算{{ 全部 | 金额("整元") }}')
    assert "预算1,234,568元" in words(finished(place))


def test_whole_numbers_without_decimals_and_all_others_with_two(place: Path) -> None:
    """As Jiangsu writes: 60万元, 123.46万元, 100%."""
    way = "{小数: 0或2}"
    _edit(place, "report.yaml", "惯例:\n", f"惯例:\n  文中金额: {way}\n  百分比: {way}\n")
    _edit(place, "figures.yaml", "基金: {资金: 政府性基金预算}", "基金: {类别: 项目支出, 资金: 一般公共预算}")
    said = words(finished(place))
    assert "123.46万元" in said
    assert "基金60万元" in said


def test_a_figure_s_own_format(place: Path) -> None:
    _edit(place, "figures.yaml", "全部: {}", "全部: {取: {}, 格式: 整元}")
    assert "预算1,234,568元" in words(finished(place))


def test_a_table_in_a_unit_of_its_own(place: Path) -> None:
    _edit(place, "tables/funds.yaml", "标题:", "格式: 去零\n标题:")
    done = finished(place)
    block = next(block for block in done.document.blocks if isinstance(block, TableBlock) and block.key == "funds")
    assert block.headline is not None
    assert block.headline[1] == "金额单位：万元"
    assert "6.79" in {text for row in block.rows for text in row.texts}


def test_a_column_in_whole_units_may_be_off_in_its_sums(place: Path) -> None:
    """56.67 and 66.79 add up to 123.46, and 57 and 67 to 124: printed 123, that is no error."""
    _edit(place, "report.yaml", "惯例:\n", "惯例:\n  表内金额: 整万\n")
    done = finished(place)
    assert "123" in {text for key in ("funds", "functions", "income") for row in cells(done, key) for text in row}


def test_a_column_in_a_unit_of_its_own_adds_up(place: Path) -> None:
    new = "- 基本支出: {取: {类别: 基本支出}, 格式: {单位: 万元}}"
    _edit(place, "tables/functions.yaml", "- 基本支出: {类别: 基本支出}", new)
    assert cells(finished(place), "functions")[-1] == ("", "合计", "1,234,567.89", "56.67", "667,901.23")


def test_a_format_that_says_nothing_of_zero_leaves_it_to_the_convention(place: Path) -> None:
    """表内零: 0.00, in whole 元."""
    _edit(place, "report.yaml", "惯例:\n", "惯例:\n  表内金额: {单位: 元, 小数: 0}\n")
    assert "0" in cells(finished(place), "functions")[3]


def test_a_sentence_has_no_blanks(place: Path) -> None:
    """整元 leaves zeros blank in tables."""
    _edit(place, "figures.yaml", "基金: {资金: 政府性基金预算}", "基金: {取: {资金: 国有资本经营预算}, 格式: 整元}")
    assert "基金0元，与上年持平" in words(finished(place))


RATES = """  - 项目支出: {类别: 项目支出}
  - 占比: {取: {类别: 基本支出}, 占比: {}, 格式: %s}
  - 全占: {取: {类别: 基本支出}, 占比: 全表}
"""


@pytest.mark.parametrize(
    ("way", "usual", "texts"),
    [
        ("{小数: 1}", "", ("48.6%", "100.00%")),
        ("{小数: 2, 取整: 截断}", "", ("48.57%", "100.00%")),
        ("{小数: 0, 取整: 截断}", "  百分比: {小数: 至多2}\n", ("48%", "100%")),
        ("{小数: 1, 零: 空白}", "  表内金额: 整元\n", ("48.6%", "100.00%")),
    ],
)
def test_a_column_of_rates(place: Path, way: str, usual: str, texts: tuple[str, str]) -> None:
    _edit(place, "report.yaml", "惯例:\n", f"惯例:\n{usual}")
    _edit(place, "tables/functions.yaml", "  - 项目支出: {类别: 项目支出}\n", RATES % way)
    assert cells(finished(place), "functions")[0][-2:] == texts


COMPARED = """  - 项目支出: {类别: 项目支出}
  - 上年: {取: {}, 基准: 上年预算}
  - 增: {取: {}, 增减: 上年预算}
  - 增幅: {取: {}, 增幅: 上年预算}
"""
LEDGER = """台账:
  - 单位: "105001"
    资金来源: 一般公共预算
    支出:
      2070109 群众文化:
        30101 基本工资: 600000.00
"""


@pytest.mark.parametrize("usual", ["整元", "整万", "{单位: 万元, 取整: 截断}"])
def test_columns_that_compare_are_rates_and_amounts(place: Path, usual: str) -> None:
    """A table's format is one of amounts: a rate beside them has its two decimals."""
    prior = place / "data" / "2023" / "prior.yaml"
    prior.write_text(prior.read_text(encoding="utf-8") + LEDGER, encoding="utf-8")
    _edit(place, "report.yaml", "惯例:\n", f"惯例:\n  表内金额: {usual}\n")
    _edit(place, "tables/functions.yaml", "  - 项目支出: {类别: 项目支出}\n", COMPARED)
    assert cells(finished(place), "functions")[0][-1] == "94.44%"


def test_percentages_are_cut(place: Path) -> None:
    """45.8999…% of the whole, and 54.1000…%."""
    _edit(place, "report.yaml", "惯例:\n", "惯例:\n  百分比: {取整: 截断}\n")
    assert "占45.89%" in words(finished(place))


def test_one_percentage_in_a_format_of_its_own(place: Path) -> None:
    _edit(place, "prose/notes.j2", "基本 | 占比(全部)", '基本 | 占比(全部, "一位")')
    assert "占45.9%" in words(finished(place))


PRINTED = "  文中金额: 整万\n  增幅基数: 印出的数\n  占比基数: 印出的数\n"


def test_rates_of_the_amounts_that_are_printed(place: Path) -> None:
    """57 of 123; and 23.46 more than 100.00, printed 23 and 100."""
    _edit(place, "report.yaml", "惯例:\n", f"惯例:\n{PRINTED}")
    said = words(finished(place))
    assert "基本支出57万元，占46.34%" in said
    assert "增加23万元（23.00%）" in said


def test_an_item_is_written_as_what_it_is_an_item_of(place: Path) -> None:
    _edit(place, "figures.yaml", "全部: {}", "全部: {取: {}, 格式: 整元}")
    with (place / "templates/tiny/prose/notes.j2").open("a", encoding="utf-8") as file:
        file.write('\n{% for 项 in 全部 | 逐项("功能类") %}{{ 项.名称 }}{{ 项.数 | 金额 }}；{% endfor %}\n')
    assert "其他支出67,901元；" in words(finished(place))


def test_prose_in_at_most_one_decimal(place: Path) -> None:
    """6.79 is printed 6.8, and tables say 67,901.23."""
    _edit(place, "report.yaml", "惯例:\n", "惯例:\n  文中金额: 一位\n")
    assert "基金6.8万元" in words(finished(place))


@pytest.mark.parametrize(
    ("question", "note"),
    [("表2 合计 项目支出", "“667,901”"), ("表3 总计 收入 金额", "“123”"), ("45.8%", "“45.8%”"), ("123万元", "“123”")],
)
def test_explain_tells_what_is_printed(place: Path, question: str, note: str) -> None:
    """Of an amount in whole 元, in whole 万元, and of a percentage that is cut."""
    _edit(place, "report.yaml", "惯例:\n", "惯例:\n  百分比: {小数: 1, 取整: 截断}\n")
    _edit(place, "tables/functions.yaml", "标题:", "格式: 整元\n标题:")
    _edit(place, "tables/income.yaml", "标题:", "格式: 整万\n标题:")
    told = explain(finished(place), question)
    assert any(note in line for one in told for line in one.notes), told


WAYS = (
    "文中金额: {小数: 0或2, 零: '0'}, 百分比: {小数: 0或2}",
    "文中金额: {小数: 至多1}, 百分比: {小数: 1}",
    "百分比: {取整: 截断}, 文中金额: {取整: 截断}",
    "表内金额: {单位: 元, 小数: 0, 千分位: 是}",
    "表内金额: {小数: 1, 取整: 截断}",
    "表内金额: {小数: 至多2, 零: '-'}",
    "文中金额: {小数: 0}, 增幅基数: 印出的数, 占比基数: 印出的数",
)


@pytest.mark.parametrize(
    "way", [WAYS[3], *(pytest.param(way, marks=pytest.mark.slow) for way in WAYS if way != WAYS[3])]
)
def test_no_rule_takes_a_format_for_a_mistake(tmp_path: Path, way: str) -> None:
    """Thirteen tables and the prose of 2022, in each of these ways."""
    shutil.copytree(ROOT / "templates" / "yibin", tmp_path / "yibin")
    path = tmp_path / "yibin" / "report.yaml"
    usual = path.read_text(encoding="utf-8")
    told = [{(one.code, one.message) for one in _report(tmp_path).ended.problems}]
    path.write_text(
        usual.replace("惯例:\n", "惯例:\n" + "".join(f"  {one}\n" for one in way_lines(way))), encoding="utf-8"
    )
    told.append({(one.code, one.message) for one in _report(tmp_path).ended.problems})
    assert told[0] == told[1]


def way_lines(way: str) -> list[str]:
    """The keys of a way, one a line."""
    return re.split(r", (?=百分比|文中|增幅|占比)", way)


def _report(templates: Path) -> Report:
    return report(Workshop(templates, "yibin"), ROOT / "data", 2022)


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("report.yaml", "小数: 0, 千分位", "小数: 五, 千分位", "“小数”不能是“五”"),
        ("report.yaml", "零: 空白", "零: 没有", "“零”不能是“没有”"),
        ("report.yaml", "\n惯例:\n", "\n惯例:\n  文中金额: 去铃\n", "没有名为“去铃”的数的格式"),
        ("tables/funds.yaml", "标题:", "格式: 整圆\n标题:", "没有名为“整圆”的数的格式"),
        ("prose/notes.j2", "全部 | 金额 }}", '全部 | 金额("整圆") }}', "没有名为“整圆”的数的格式"),
    ],
)
def test_a_wrong_format_is_told(place: Path, file: str, old: str, new: str, expected: str) -> None:
    _edit(place, file, old, new)
    ended = check(Workshop(place / "templates", "tiny"), place / "data", 2023)
    assert expected in [problem.message for problem in ended.problems]
