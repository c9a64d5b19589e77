"""Final accounts (决算): income and balances typed beside the spending, spending by 功能科目 alone, several bases."""

from __future__ import annotations

import re
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from generator.check.agreements import agreement_rules
from generator.check.book_rules import Derived
from generator.check.change_rules import CHANGE_RULES
from generator.check.rules import check
from generator.load.profile import load_profile
from generator.load.schema import schemas_of
from generator.model.document import Paragraph, TableBlock
from generator.model.reading import ReadTable
from generator.readback.document import reading_of
from generator.work.binding import nouns
from tests.runs import Run, run

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def done() -> Run:
    found = run(HERE / "data" / "final", HERE / "profiles", "final", 2024)
    assert isinstance(found, Run), found.problems
    return found


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A copy of the department and its place, to be spoiled."""
    shutil.copytree(HERE / "data" / "final", tmp_path / "data")
    for name in ("final", "tiny"):
        shutil.copytree(HERE / "profiles" / name, tmp_path / "profiles" / name)
    return tmp_path


def changed(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def told(place: Path) -> list[tuple[str, str]]:
    found = run(place / "data", place / "profiles", "final", 2024)
    return [(problem.code, problem.message) for problem in found.problems if problem.code != "D008"]


def rows_of(done: Run, caption: str) -> list[tuple[str, ...]]:
    [table] = [block for block in done.document.blocks if isinstance(block, TableBlock) and block.caption == caption]
    return [row.texts for row in table.rows]


def test_no_rule_finds_fault_with_real_final_accounts(done: Run) -> None:
    assert [problem.code for problem in done.problems] == ["D008"]  # a project under 行政运行, as published


def test_what_came_in_and_what_is_left_are_printed_and_never_added(done: Run) -> None:
    total = rows_of(done, "收入支出决算总表")
    assert total[-4:] == [
        ("本年收入合计", "9746.50", "本年支出合计", "9759.38"),
        ("使用非财政拨款结余", "", "结余分配", ""),
        ("年初结转和结余", "112.88", "年末结转和结余", "100.00"),
        ("总计", "9859.38", "总计", "9859.38"),
    ]
    assert rows_of(done, "收入决算表")[:2] == [
        ("", "合计", "9746.50", "9746.50", "", "", "", "", ""),
        ("208", "社会保障和就业支出", "754.75", "754.75", "", "", "", "", ""),
    ]
    assert rows_of(done, "支出决算表")[0] == ("", "合计", "9759.38", "5377.64", "4381.74")
    assert rows_of(done, "财政拨款“三公”经费支出决算表") == [("2.85", "0.39", "", "", "", "", "2.85", "0.39")]


@pytest.mark.parametrize(
    "sentence",
    [
        "2024年度收入支出总计9859.38万元。与2023年度相比，收入支出总计增加1062.85万元，增长12.08%。",
        "本年收入合计9746.50万元，其中：财政拨款收入9746.50万元，占100.00%。",
        "基本支出5377.64万元，占55.10%；项目支出4381.74万元，占44.90%。年末结转和结余100.00万元。",
        "（项）。年初预算为3110.14万元，支出决算为2739.56万元，完成年初预算的88.08%。",
        "年初预算为2.85万元，支出决算为0.39万元，完成预算的13.68%。决算数比2023年度减少0.15万元，下降27.78%。",
    ],
)
def test_sentences_are_those_that_were_published(sentence: str, done: Run) -> None:
    assert any(sentence in block.text for block in done.document.blocks if isinstance(block, Paragraph))


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (
            "income.yaml", "金额: 100.00", "金额: 99.00",
            "其他收入两边不等：收入＋年初结转和结余＋使用非财政拨款结余为112.88万元，支出＋结余分配＋年末结转和结余为111.88万元，前者多1.00万元",
        ),
        ("income.yaml", "2080599 其他行政事业单位养老支出: 0.88", "2080599 其他行政事业单位养老支出: -0.88", "“2080599 其他行政事业单位养老支出”的金额为负数（-0.88）"),
        ("income.yaml", "流向: 年末结转和结余", "流向: 年末结转", "“流向”不能是“年末结转”"),
        ("income.yaml", "流向: 收入", "流向: 支出", "“流向”不能是“支出”"),
        ("income.yaml", "2080501 行政单位离退休", "2080599 行政单位离退休", "科目2080599"),
        ("basic.yaml", "2080501 行政单位离退休: 54.53", "2080501 行政单位离退休: 54,53", "“2080501 行政单位离退休”的金额“54,53”不是数字"),
    ],
)  # fmt: skip
def test_what_is_typed_wrongly_is_told(file: str, old: str, new: str, message: str, place: Path) -> None:
    changed(place / "data" / "2024" / file, old, new)
    assert any(message in said for _, said in told(place)), told(place)


def test_a_balance_may_be_below_zero(place: Path) -> None:
    income = place / "data" / "2024" / "income.yaml"
    changed(income, "金额: {未列科目: 112.88}", "金额: {未列科目: 2.88}")
    changed(income, "金额: 100.00", "金额: -10.00")
    changed(place / "data" / "2024" / "department.yaml", "收入支出总计: 9859.38", "收入支出总计: 9749.38")
    assert not told(place)


def test_income_that_nobody_typed_is_asked_for(place: Path) -> None:
    (place / "data" / "2024" / "income.yaml").unlink()
    assert ("D061", "没有填“流向”里收入、年初结转和结余、使用非财政拨款结余、年末结转和结余、结余分配的金额") in told(
        place
    )


def test_a_table_by_economic_codes_needs_them(place: Path) -> None:
    table = "标题: 支出经济分类表\n列: [{科目: 名称}, {金额: {}}]\n行: [{称: 合计, 取: {}}, {按: 部门经济}]\n"
    (place / "profiles" / "final" / "tables" / "fund.yaml").write_text(table, encoding="utf-8")
    said = [message for code, message in told(place) if code == "D062"]
    assert said == ["表“fund”按经济科目列，有17笔共9758.99万元没有填经济科目，不在各行里"]


def test_spending_needs_economic_codes_where_the_place_does_not_say_otherwise(place: Path) -> None:
    changed(place / "profiles" / "final" / "report.yaml", "支出细到: 功能科目\n", "")
    assert any("应是“名称: 内容”的若干行" in said for _, said in told(place))


@pytest.mark.parametrize(
    ("cell", "text", "message"),
    [
        ((-1, 1), "9859.39", "总计“决算数”9859.38≠“收入支出决算总表”总计“决算数”9859.39"),
        ((-1, 3), "9858.38", "本年支出合计＋结余分配＋年末结转和结余"),
        ((-2, 1), "112.89", "总计9859.38≠"),
    ],
)
def test_printed_sides_that_are_not_equal_are_found(cell: tuple[int, int], text: str, message: str, done: Run) -> None:
    reading = reading_of(done.document)
    place = next(i for i, block in enumerate(reading.blocks) if getattr(block, "caption", "") == "收入支出决算总表")
    table = reading.blocks[place]
    assert isinstance(table, ReadTable)
    row = list(table.rows[cell[0]])
    row[cell[1]] = text
    rows = list(table.rows)
    rows[cell[0]] = tuple(row)
    spoiled = (*reading.blocks[:place], table._replace(rows=tuple(rows)), *reading.blocks[place + 1 :])
    tables = nouns(reading._replace(blocks=spoiled), Derived(done.inputs, done.profile, done.book), None)[0]
    said = [problem.message for problem in check(tables, agreement_rules()).problems]
    assert any(message in one for one in said), said


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("口径: {值: [决算], 不相加: 是}", "维度“口径”要有两个以上各不相同的值"),
        ("口径: {值: [决算, 预算], 可为负: [结转]}", "“值”里没有“结转”"),
        ("口径: {值: [决算, 预算], 不相加: 是, 平衡: [[决算]]}", "“平衡”要有两边，各列几个值，两边没有相同的值"),
        ("口径: {值: [决算, 预算], 平衡: [[决算], [预算]]}", "维度“口径”的值相加，不能有“平衡”和“文件”"),
        ("口径: {值: [决算, 预算], 不相加: 是, 文件: basic.yaml}", "“basic.yaml”不能作填报的文件名，或已有别的用处"),
        ("口径: {值: [决算, 预算], 相加: 否}", "维度“口径”没有“相加”这一项"),
        ("口径: {不相加: 是}", "维度“口径”缺少“值”"),
    ],
)
def test_a_declaration_that_is_no_good_is_told(typed: str, message: str, place: Path) -> None:
    changed(place / "profiles" / "final" / "report.yaml", "维度:\n", f"维度:\n  {typed}\n")
    _, problems, _ = load_profile(place / "profiles" / "final")
    assert message in [problem.message for problem in problems]


def test_a_dimension_is_named_in_rows_or_in_columns(place: Path) -> None:
    table = "标题: 表\n列: [{科目: 名称}, {收: {流向: 收入}}]\n行: [{称: 合计, 取: {流向: 支出}}]\n"
    (place / "profiles" / "final" / "tables" / "fund.yaml").write_text(table, encoding="utf-8")
    _, problems, _ = load_profile(place / "profiles" / "final")
    assert "表“fund”的行和列都写了“流向”，它的值不相加" in [problem.message for problem in problems]


def test_two_stages_of_the_same_amounts(place: Path) -> None:
    """口径: a second amount of the same things is never added to the first."""
    report = place / "profiles" / "final" / "report.yaml"
    changed(report, "维度:\n", "维度:\n  口径: {值: [决算, 调整预算], 不相加: 是}\n")
    changed(place / "profiles" / "final" / "figures.yaml", "\n数:\n", "\n数:\n  调整: {口径: 调整预算}\n")
    entry = '- {单位: "033001", 资金来源: 一般公共预算, 口径: 调整预算, 支出: {2080501 行政单位离退休: 60.00}}\n'
    basic = place / "data" / "2024" / "basic.yaml"
    basic.write_text(basic.read_text(encoding="utf-8") + entry, encoding="utf-8")
    found = run(place / "data", place / "profiles", "final", 2024)
    assert isinstance(found, Run), found.problems
    money = {name: figure.money.amount for name, figure in found.book.figures.items()}
    assert (money["调整"], money["支出合计"]) == (Decimal("60.00"), Decimal("9759.38"))
    assert [problem.code for problem in found.problems] == ["D008"]


def test_a_basis_may_have_income_too(place: Path) -> None:
    """Income against one basis, spending against another, in one document."""
    figures = place / "profiles" / "final" / "figures.yaml"
    changed(figures, "基准:\n", "基准:\n  上年执行: {早几年: 1, 口径: 执行数, 文件: carried-out.yaml}\n")
    changed(figures, "比较:\n", "比较:\n  上年执行: [收入合计]\n")
    typed = "台账:\n  - {单位: '033001', 流向: 收入, 资金来源: 一般公共预算, 金额: 9000.00}\n"
    (place / "data" / "2024" / "carried-out.yaml").write_text(typed, encoding="utf-8")
    found = run(place / "data", place / "profiles", "final", 2024)
    assert isinstance(found, Run), found.problems
    assert found.book.comparisons["上年执行"]["收入合计"].delta.amount == Decimal("746.50")
    assert found.book.comparisons["上年决算"]["收入支出总计"].delta.amount == Decimal("1062.85")


def test_an_editor_is_told_of_it(done: Run) -> None:
    made = schemas_of(done.profile, done.inputs.classification, {})
    assert "流向" not in made["basic"]["items"]["properties"]
    income = made["income"]["items"]["properties"]
    assert income["流向"]["enum"] == ["收入", "年初结转和结余", "使用非财政拨款结余", "年末结转和结余", "结余分配"]
    alone = made["basic"]["$defs"]["支出"]["patternProperties"]
    assert all("anyOf" in one for one in alone.values())


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("完成预算的13.68%", "完成预算的13.69%", "完成率13.69%应为13.68%（0.39万元÷2.85万元）"),
        ("完成年初预算的98.61%", "完成年初预算的89.61%", "完成率89.61%应为98.61%（446.11万元÷452.40万元）"),
    ],
)
def test_a_rate_of_completion_follows_from_two_amounts(old: str, new: str, message: str, done: Run) -> None:
    blocks = tuple(
        block._replace(runs=tuple(run_._replace(text=run_.text.replace(old[-6:], new[-6:])) for run_ in block.runs))
        if isinstance(block, Paragraph) and old in block.text
        else block
        for block in done.document.blocks
    )
    spoiled = done.document._replace(blocks=blocks)
    prose = nouns(reading_of(spoiled), Derived(done.inputs, done.profile, done.book), spoiled)[1]
    rules = [rule for rule in CHANGE_RULES if rule.code == "T207"]
    assert [problem.message.partition("说明”")[2] for problem in check(prose, rules).problems] == [message]


def test_typed_in_yuan_both_sides_are_printed_equal(place: Path) -> None:
    """Cents that no 万元 shows: 收入支出总计 stays one number, in the table and to the rules."""
    folder = place / "data" / "2024"
    for path in folder.glob("*.yaml"):
        text = re.sub(r"\d+\.\d\d(?!\d)", lambda found: f"{Decimal(found[0]) * 10000:.2f}", path.read_text("utf-8"))
        path.write_text(text.replace("金额单位: 万元", "金额单位: 元").partition("控制数:")[0], encoding="utf-8")
    changed(folder / "income.yaml", "1128800.00", "1128844.44")
    changed(folder / "income.yaml", "金额: 1000000.00", "金额: 999988.89")
    changed(folder / "basic.yaml", "128800.00", "128855.55")
    assert [code for code, _ in told(place)] == ["D040"]
    found = run(place / "data", place / "profiles", "final", 2024)
    assert isinstance(found, Run)
    assert rows_of(found, "收入支出决算总表")[-1][1] == rows_of(found, "收入支出决算总表")[-1][3]
