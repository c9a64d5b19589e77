"""上年结转 in prose and tables: said where there is some, this year's income without it, and the rule that asks for it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.check.book_rules import Derived
from generator.check.catalogue import FORM_RULES, SENTENCE_RULES
from generator.check.rules import check
from generator.compose.document import compose
from generator.derive.book import derive
from generator.model.department import Inputs
from generator.model.document import Document
from generator.model.ledger import CARRIED_FORWARD, FISCAL_ACCOUNT, GENERAL, GOVERNMENT_FUNDS, STATE_CAPITAL, LedgerLine
from generator.model.money import Money, Scale
from generator.model.problem import Problems
from generator.model.reading import Reading, ReadParagraph, ReadTable
from generator.readback.document import reading_of
from generator.work.binding import nouns
from tests.departments import departments, real, with_amounts, yibin
from tests.made_up import KEPT, examples

INCOME, APPROPRIATED = "收入预算总体情况说明", "财政拨款收入支出预算总体情况说明"
NAMED = {
    GENERAL: "一般公共预算", GOVERNMENT_FUNDS: "政府性基金预算", STATE_CAPITAL: "国有资本经营预算",
    FISCAL_ACCOUNT: "财政专户管理资金", "事业收入": "单位资金", "其他收入": "单位资金",
}  # fmt: skip


def line(fund: str, amount: str, period: str = "本年") -> LedgerLine:
    return real().ledger.lines[0]._replace(fund=fund, period=period, money=Money(Decimal(amount)))


def with_lines(*lines: LedgerLine) -> Inputs:
    return real()._replace(ledger=real().ledger._replace(lines=lines))


def composed(inputs: Inputs, scale: Scale = Scale.WAN) -> tuple[Document, Derived]:
    profile = yibin(scale)
    book, _ = derive(inputs, profile)
    document, problems = compose(inputs, book, profile, KEPT)
    assert not [problem for problem in problems if problem.code != "D066"]  # a person would have to say why
    return document, Derived(inputs, profile, book)


def read(inputs: Inputs) -> Reading:
    return reading_of(composed(inputs)[0])


def sentences(reading: Reading, document: Document, derived: Derived) -> Problems:
    """What the rules of sentences say of the document as a hand has left it."""
    return check(nouns(reading, derived, document)[1], SENTENCE_RULES).problems


def section(reading: Reading, title: str) -> str:
    return "".join(item.text for item in reading.paragraphs if item.section.endswith(f"、{title}")).partition("2022年")[
        2
    ]


def wrong(inputs: Inputs, *codes: str, scale: Scale = Scale.WAN) -> list[str]:
    """What the rules between prose and tables, and between tables, say of the document."""
    document, derived = composed(inputs, scale)
    reading = reading_of(document)
    tables, prose = nouns(reading, derived, document)
    found = check(prose, SENTENCE_RULES).problems + check(tables, FORM_RULES).problems
    return [f"{problem.code} {problem.message}" for problem in found if problem.code in codes]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([line(GENERAL, "10")], "收入合计10.00万元，其中：一般公共预算10.00万元。"),
        ([line(GENERAL, "10"), line(GENERAL, "3", CARRIED_FORWARD)],
         "收入总计13.00万元，其中：本年收入合计10.00万元，上年结转3.00万元。本年收入中，一般公共预算10.00万元。"),
        ([line(GENERAL, "10"), line("其他收入", "2"), line(GOVERNMENT_FUNDS, "3", CARRIED_FORWARD), line("事业收入", "1", CARRIED_FORWARD)],
         "收入总计16.00万元，其中：本年收入合计12.00万元，上年结转4.00万元。本年收入中，一般公共预算10.00万元，单位资金2.00万元。"),
        ([line(STATE_CAPITAL, "3", CARRIED_FORWARD)], "收入总计3.00万元，其中：上年结转3.00万元。"),
        ([line(GENERAL, "10"), line("其他收入", "0"), line(GENERAL, "0", CARRIED_FORWARD)], "收入合计10.00万元，其中：一般公共预算10.00万元。"),
        ([], "收入合计0万元。"),
    ],
)  # fmt: skip
def test_the_income_section(lines: list[LedgerLine], said: str) -> None:
    reading = read(with_lines(*lines))
    assert section(reading, INCOME) == said


@pytest.mark.parametrize("fund", NAMED)
def test_what_is_carried_forward_in_each_fund(fund: str) -> None:
    """It is no income of this year, but it is part of what its fund pays; no rule finds prose and tables apart."""
    inputs = with_lines(line(GENERAL, "10"), line(fund, "7"), line(fund, "3.25", CARRIED_FORWARD))
    reading = read(inputs)
    named = NAMED[fund]
    this_year = "17.00" if fund == GENERAL else "7.00"
    assert "本年收入合计17.00万元，上年结转3.25万元。" in section(reading, INCOME)
    assert f"{named}{this_year}万元" in section(reading, INCOME)
    told = section(reading, APPROPRIATED).partition("与2021年")[0]
    whole = "20.25" if fund == GENERAL else "10.25"
    name = {GENERAL: "一般公共预算", GOVERNMENT_FUNDS: "政府性基金", STATE_CAPITAL: "国有资本经营预算"}.get(fund)
    assert told.count("含上年结转") == (name is not None)
    assert name is None or f"{name}收支预算{whole}万元（含上年结转3.25万元）" in told
    assert wrong(inputs, *(rule.code for rule in (*SENTENCE_RULES, *FORM_RULES))) == []


SECTION = f"二、{INCOME}"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("上年结转3.25万元。", "上年结转3.52万元。",
         [f"T203 “{SECTION}”所列资金合计比收入总计“20.25万元”多0.27万元", f"T239 “{SECTION}”上年结转写“3.52万元”，“部门收支预算表”上年结转结余“金额”为3.25万元"]),
        ("合计17.00万元", "合计17.01万元",
         [f"T203 “{SECTION}”所列资金合计比收入总计“20.25万元”多0.01万元", f"T203 “{SECTION}”所列资金合计比本年收入合计“17.01万元”少0.01万元",
          f"T239 “{SECTION}”本年收入合计写“17.01万元”，“部门收支预算表”本年收入合计“金额”为17.00万元"]),
        ("单位资金2.00万元", "单位资金1.00万元",
         [f"T203 “{SECTION}”所列资金合计比本年收入合计“17.00万元”少1.00万元", f"T239 “{SECTION}”单位资金写“1.00万元”，“部门收支预算表”上级补助收入＋事业单位经营收入＋事业收入＋其他收入＋附属单位上缴收入为2.00万元"]),
        ("（含上年结转3.25万元）", "（含上年结转3.20万元）",
         [f"T239 “四、{APPROPRIATED}”上年结转写“3.20万元”，“部门收入预算表”合计“上年结转结余·一般公共预算”为3.25万元"]),
        # as it was written before anybody thought of 上年结转
        ("收入总计20.25万元，其中：本年收入合计17.00万元，上年结转3.25万元。本年收入中，一般公共预算15.00万元，单位资金2.00万元。",
         "收入合计20.25万元，其中：一般公共预算18.25万元，单位资金2.00万元。",
         [f"T239 “{SECTION}”没有说上年结转，“部门收支预算表”上年结转结余“金额”为3.25万元"]),
        # as many places write it: 合计 holds what is carried forward
        ("收入总计20.25万元，其中：本年收入合计17.00万元，上年结转3.25万元。本年收入中，一般公共预算15.00万元，单位资金2.00万元。",
         "收入合计20.25万元，其中：一般公共预算15.00万元，单位资金2.00万元，上年结转3.25万元。", []),
    ],
)  # fmt: skip
def test_an_amount_of_the_income_section_that_is_not_the_tables(old: str, new: str, said: list[str]) -> None:
    inputs = with_lines(line(GENERAL, "15"), line("事业收入", "2"), line(GENERAL, "3.25", CARRIED_FORWARD))
    document, derived = composed(inputs)
    reading = reading_of(document)
    changed = [
        item._replace(text=item.text.replace(old, new)) if isinstance(item, ReadParagraph) else item
        for item in reading.blocks
    ]
    assert changed != list(reading.blocks)
    found = sentences(reading._replace(blocks=tuple(changed)), document, derived)
    assert [f"{problem.code} {problem.message}" for problem in found] == said


@pytest.mark.parametrize(
    ("title", "moves", "said"),
    [
        # of another fund's 结转: both sides of 财政拨款收支总表 still balance as a whole
        ("财政拨款收支预算表", ("3.25", 6, 7),
         ["J116 “财政拨款收支预算表”支出合计“一般公共预算·小计”18.25≠“财政拨款收支预算表”一般公共预算拨款“金额”＋一般公共预算拨款“金额”16.25，前者多2.00",
          "J116 “财政拨款收支预算表”支出合计“政府性基金”3.25≠“财政拨款收支预算表”政府性基金预算拨款“金额”＋政府性基金预算拨款“金额”5.25，前者少2.00",
          "J204 “财政拨款收支预算表”（一）一般公共预算拨款“金额”1.25≠“部门收入预算表”合计“上年结转结余·一般公共预算”3.25，前者少2.00",
          "J204 “财政拨款收支预算表”（二）政府性基金预算拨款“金额”3.25≠“部门收入预算表”合计“上年结转结余·政府性基金”1.25，前者多2.00"]),
        ("支出经济分类汇总表", ("4.50", None, None),
         ["J209 “支出经济分类汇总表”合计“上年结转结余”0.00≠“部门收支预算表”上年结转结余“金额”4.50，前者少4.50",
          "J209 “支出经济分类汇总表”027001 伊滨经开区（示范区）社会保障事务服务中心“上年结转结余”0.00≠“部门收入预算表”027001 伊滨经开区（示范区）社会保障事务服务中心“上年结转结余·合计”4.50，前者少4.50"]),
        ("部门收入预算表", ("1.25", None, None),
         ["J204 “财政拨款收支预算表”（二）政府性基金预算拨款“金额”1.25≠“部门收入预算表”合计“上年结转结余·政府性基金”0.00，前者多1.25"]),
    ],
)  # fmt: skip
def test_tables_that_disagree_on_what_is_carried_forward(
    title: str, moves: tuple[str, int | None, int | None], said: list[str]
) -> None:
    carried = line(GENERAL, "3.25", CARRIED_FORWARD), line(GOVERNMENT_FUNDS, "1.25", CARRIED_FORWARD)
    reading = read(with_lines(line(GENERAL, "15"), line(GOVERNMENT_FUNDS, "2"), *carried))
    blocks = [
        _moved(block, *moves) if isinstance(block, ReadTable) and block.caption.endswith(title) else block
        for block in reading.blocks
    ]
    assert blocks != list(reading.blocks)
    found = check(nouns(reading._replace(blocks=tuple(blocks)), yibin())[0], FORM_RULES).problems
    assert [f"{one.code} {one.message}" for one in found if one.code in ("J116", "J204", "J209", "J213")] == said


def _moved(table: ReadTable, amount: str, old: int | None, new: int | None) -> ReadTable:
    """The table with an amount in another row of its second column; without one wherever it stands alone in a column."""
    rows = [list(row) for row in table.rows]
    if old is None or new is None:
        rows = [["" if cell == amount else cell for cell in row] for row in rows]
    else:
        assert rows[old][1] == amount
        rows[old][1], rows[new][1] = rows[new][1], amount
    return table._replace(rows=tuple(map(tuple, rows)))


@examples(60)
@given(departments(), st.sampled_from(list(Scale)))
def test_prose_and_tables_agree_on_the_income_of_any_department(inputs: Inputs, scale: Scale) -> None:
    inputs = with_amounts(inputs, lambda money: Money(money.amount, scale))
    assert wrong(inputs, "T201", "T202", "T203", "T216", "T217", "T239", "J201", "J204", "J209", scale=scale) == []
