"""Sentences against small tables, also in another unit: what rounding explains and what it does not."""

from __future__ import annotations

from functools import partial

import pytest

from generator.check.catalogue import SENTENCE_RULES as PROSE_RULES
from generator.check.prose import Prose
from generator.check.rules import Checked, check
from generator.check.tables import Tables
from generator.load.statement import load_statement
from generator.model.bound import Bound, BoundTable
from generator.model.ledger import Filter
from generator.model.profile import AmountColumn, TextColumn
from generator.model.reading import ReadHeading, Reading, ReadParagraph, ReadTable
from generator.work.binding import with_numbers

PUBLIC = "七、一般公共预算“三公”经费支出预算情况说明"
ITEMS = "因公出国（境）费", "公务接待费", "公务用车购置及运行费", "公务用车购置费", "公务用车运行维护费"


def public(whole: str, abroad: str, guests: str, cars: str, bought: str, run: str) -> str:
    amounts = zip(ITEMS, (abroad, guests, cars, bought, run), strict=True)
    return f"“三公”经费支出预算为{whole}万元。" + "。".join(f"{label}{amount}万元" for label, amount in amounts) + "。"


def moved(whole: str, abroad: str, guests: str) -> str:
    lines = (
        f"“三公”经费支出预算为5.00万元。“三公”经费支出预算数{whole}。",
        f"因公出国（境）费1.00万元。预算数{abroad}。",
        f"公务接待费1.00万元。预算数{guests}。",
        "公务用车购置及运行费3.00万元。公务用车购置费1.00万元。公务用车购置费预算数与2021年持平。",
        "公务用车运行维护费2.00万元。公务用车运行维护费预算数与2021年保持一致。",
    )
    return "\n".join(lines)


SAID = (
    ("T203", "二、收入预算总体情况", "收入合计10.01万元，其中：甲5.00万元，乙5.00万元。", "元", ""),
    ("T203", "二、收入预算总体情况", "收入合计10.02万元，其中：甲5.00万元，乙5.00万元。", "元",
     "“二、收入预算总体情况”所列资金合计比收入合计“10.02万元”少0.02万元"),
    ("T203", "二、收入预算总体情况", "收入合计10.01万元，其中：甲5.00万元，乙5.00万元。", "万元",
     "“二、收入预算总体情况”所列资金合计比收入合计“10.01万元”少0.01万元"),
    ("T203", "二、收入预算总体情况", "收入合计10.00万元，其中：甲10.00万元，乙0.00万元。", "万元",
     "“二、收入预算总体情况”列出了为0的资金"),
    # of nothing there is nothing to leave out, and what is compared has to be told
    ("T203", "二、收入预算总体情况", "收入合计0.00万元，其中：甲0.00万元，乙0.00万元。", "万元", ""),
    ("T203", "二、收入预算总体情况", "收入合计10.00万元，其中：甲10.00万元，乙0.00万元，乙比2021年减少1.00万元。", "万元", ""),
    ("T203", "二、收入预算总体情况", "收入合计10.00万元，其中：甲10.00万元，乙0.00万元，甲比2021年减少1.00万元。", "万元",
     "“二、收入预算总体情况”列出了为0的资金"),
    ("T220", "（一）机关运行经费", "机关运行经费支出17.36万元。", "元", ""),
    ("T220", "（一）机关运行经费", "机关运行经费支出17.37万元。", "元",
     "“（一）机关运行经费”机关运行经费支出写“17.37万元”，“一般公共预算基本支出表”“公用经费”为173612.00元"),
    ("T220", "（一）机关运行经费", "机关运行经费支出173,612元。", "元", ""),
    ("T220", "（一）机关运行经费", "机关运行经费支出173,612.01元。", "元",
     "“（一）机关运行经费”机关运行经费支出写“173,612.01元”，“一般公共预算基本支出表”“公用经费”为173612.00元"),
    ("T221", "（二）政府采购", "政府采购预算安排3.02万元：货物1.00万元、工程1.00万元、服务1.00万元。", "元", ""),
    ("T221", "（二）政府采购", "政府采购预算安排3.03万元：货物1.00万元、工程1.00万元、服务1.00万元。", "元",
     "“（二）政府采购”政府采购预算3.03万元≠1.00万元＋1.00万元＋1.00万元"),
    ("T217", "三、支出预算总体情况", "支出合计3.01万元，其中：甲1.00万元，占33.22%；乙2.00万元，占66.45%。", "元", ""),
    ("T217", "三、支出预算总体情况", "支出合计3.02万元，其中：甲1.00万元，占33.11%；乙2.00万元，占66.23%。", "元",
     "“三、支出预算总体情况”1.00万元＋2.00万元≠3.02万元"),
    # a list may leave some out, and 财政拨款 is but one kind of income; no part is more than the whole
    ("T203", "甲", "收入合计10.00万元，其中：财政拨款9.00万元。", "万元", ""),
    ("T217", "三、支出预算总体情况", "支出合计3.00万元，其中：基本支出1.00万元。", "元", ""),
    ("T217", "三、支出预算总体情况", "支出合计3.00万元，其中：甲1.00万元，占33.33%；乙1.00万元，占33.33%。", "元", ""),
    ("T217", "三、支出预算总体情况", "支出合计3.00万元，其中：基本支出1.00万元；项目支出1.00万元。", "元",
     "“三、支出预算总体情况”1.00万元＋1.00万元≠3.00万元"),
    ("T217", "三、支出预算总体情况", "支出合计3.00万元，其中：基本支出4.00万元。", "元",
     "“三、支出预算总体情况”基本支出4.00万元大于支出合计3.00万元"),
    ("T223", "国有资产占用情况", "2021年末共有车辆3辆，其中：轿车1辆、面包车2辆；设备9台。", "元", ""),
    ("T223", "国有资产占用情况", "2021年末共有车辆3辆，其中：轿车1辆、面包车1辆；设备9台。", "元", "“国有资产占用情况”车辆3≠1＋1"),
    ("T204", "三、支出预算总体情况", "支出合计3.00万元，其中：甲1.00万元，占33.34%；乙1.00万元，占33.33%；丙1.00万元，占33.33%。", "元", ""),
    ("T204", "三、支出预算总体情况", "支出合计3.00万元，其中：甲1.00万元，占33.35%；乙1.00万元，占33.32%；丙1.00万元，占33.33%。", "元",
     "“三、支出预算总体情况”乙“占33.32%”应为33.33%（1.00万元÷3.00万元）\n"
     "“三、支出预算总体情况”甲“占33.35%”应为33.33%（1.00万元÷3.00万元）"),
    ("T204", "三、支出预算总体情况", "支出合计3.00万元，其中：甲1.00万元，占33.34%；乙1.50万元，占50.00%。", "元",
     "“三、支出预算总体情况”甲“占33.34%”应为33.33%（1.00万元÷3.00万元）"),
    ("T207", "（一）机关运行经费", "设备费100.00万元。设备费增加10.00万元，增长11.12%。", "元", ""),
    ("T207", "（一）机关运行经费", "设备费100.00万元。设备费增加10.00万元，增长11.13%。", "元",
     "“（一）机关运行经费”设备费增减幅11.13%应为11.11%"),
    ("T207", "（一）机关运行经费", "设备费100.00万元。设备费减少10.00万元，下降9.09%。", "元", ""),
    ("T209", "（一）机关运行经费", "设备费10.00万元。设备费增加10.00万元，增长100.00%。", "元",
     "“（一）机关运行经费”上年为0，增长率没有意义，却写“增长100.00%”"),
    ("T209", "（一）机关运行经费", "设备费10.01万元。设备费增加10.00万元，增长999.00%。", "元", ""),
    ("T208", "（一）机关运行经费", "设备费10.00万元。设备费增加10.00万元，下降1.00%。", "元",
     "“（一）机关运行经费”“增加10.00万元，下降”方向矛盾"),
    ("T208", "（一）机关运行经费", "设备费10.00万元。设备费减少-1.00万元。", "元", "“（一）机关运行经费”“减少-1.00万元”方向矛盾"),
    ("T211", "（一）机关运行经费", "设备费10.00万元。设备费减少0.00万元。", "元",
     "“（一）机关运行经费”写“减少0.00万元”，增减额为0"),
    ("T212", "（一）机关运行经费", "甲减少0.00万元。乙减少1.00万元。丙增加1.00万元。主要原因：新增培训项目。", "元",
     "“（一）机关运行经费”乙与上年相比有增减，没有说明主要原因"),
    ("T212", "（一）机关运行经费", "乙减少1.00万元。主要原因：政策原因。", "元",
     "“（一）机关运行经费”乙与上年相比有增减，没有说明主要原因"),
    *(
        ("T212", "（一）机关运行经费", f"培训费{words}减少1.00万元。", "元",
         "“（一）机关运行经费”培训费与上年相比有增减，没有说明主要原因")
        for words in ("比上年", "比2021年", "比2021年度预算", "较上年预算数", "与上年相比各", "同上年比较")
    ),
    ("T212", "（一）机关运行经费", "比上年减少1.00万元。", "元",
     "“（一）机关运行经费”与上年相比有增减，没有说明主要原因"),
    ("T212", "（一）机关运行经费", "乙减少1.00万元，原因是在编人员减少。", "元", ""),
    *(
        ("T212", "（一）机关运行经费", f"乙减少1.00万元，减少5.00%{words}", "元", "")
        for words in ("。主要原因是在编人员减少。", "，主要是在编人员减少5.00万元。", "，主要由于在编人员减少。", "。主要原因为压减。", "。此项级科目为今年新增科目。")
    ),
    ("T212", "（一）机关运行经费", "乙减少1.00万元。主要用于培训。", "元",
     "“（一）机关运行经费”乙与上年相比有增减，没有说明主要原因"),
    ("T208", "（一）机关运行经费", "设备费10.00万元。设备费减少10.00万元，降低50.00%。", "元", ""),
    ("T208", "（一）机关运行经费", "设备费10.00万元。设备费减少10.00万元，上升50.00%。", "元",
     "“（一）机关运行经费”“减少10.00万元，上升”方向矛盾"),
    ("T207", "（一）机关运行经费", "设备费100.00万元。设备费减少10.00万元，减少9.19%。", "元",
     "“（一）机关运行经费”设备费增减幅9.19%应为9.09%"),
    ("T237", "（一）机关运行经费", "设备费10.00万元。设备费增加10.00万元，增长999.00%。", "元", ""),
    ("T237", "（一）机关运行经费", "设备费10.00万元。设备费增加10.00万元，增长999.01%。", "元",
     "“（一）机关运行经费”设备费增减幅为999.01%"),
    ("T218", PUBLIC, public("3.02", "1.00", "1.00", "1.00", "0.50", "0.50"), "元", "比较"),
    ("T218", PUBLIC, public("3.03", "1.00", "1.00", "1.00", "0.50", "0.50"), "元",
     f"“{PUBLIC}”因公出国（境）费、公务接待费、公务用车购置及运行费之和与“3.03万元”不符"),
    ("T218", PUBLIC, public("3.00", "1.00", "1.00", "1.00", "0.50", "0.52"), "元",
     f"“{PUBLIC}”公务用车购置费、公务用车运行维护费之和与“1.00万元”不符"),
    ("T218", PUBLIC, public("3.01", "1.00", "1.00", "1.00", "0.50", "0.50"), "万元",
     f"“{PUBLIC}”因公出国（境）费、公务接待费、公务用车购置及运行费之和与“3.01万元”不符"),
    ("T219", PUBLIC, moved("比2021年增加0.02万元", "与2021年持平", "与2021年持平"), "元", ""),
    ("T219", PUBLIC, moved("比2021年增加0.03万元", "与2021年持平", "与2021年持平"), "元",
     f"“{PUBLIC}”各项增减合计0.00万元≠总增减0.03万元"),
    ("T219", PUBLIC, moved("与2021年持平", "比2021年增加1.00万元", "比2021年减少1.00万元"), "万元", ""),
    ("T219", PUBLIC, moved("比2021年减少1.00万元", "比2021年增加1.00万元", "与2021年持平"), "万元",
     f"“{PUBLIC}”各项增减合计1.00万元≠总增减-1.00万元"),
    ("T218", PUBLIC, moved("与2021年持平", "与2021年持平", "与2021年持平"), "万元",
     f"“{PUBLIC}”没有说明“公务用车购置及运行费”与上年相比的增减"),
)  # fmt: skip


GENERAL = ("资金", ("一般公共预算",))
TABLES = (
    ("部门收入预算表", "总计", Filter()),
    ("一般公共预算基本支出表", "公用经费", Filter((GENERAL, ("经费", ("公用经费",))))),
    (
        "“三公”经费预算表",
        "“三公”经费合计",
        Filter((GENERAL, ("部门经济", ("30212", "30217", "30231", "30913", "31013")))),
    ),
)


def table(caption: str, column: str, scope: Filter, unit: str) -> BoundTable:
    """A table of one amount."""
    read = ReadTable(caption, f"单位：{unit}", (("项目",), (column,)), (("合计", "173612.00"),), ())
    leaves = TextColumn("项目", "名称"), AmountColumn(column, Filter())
    return BoundTable(read, caption, "", scope, leaves, (0, 0), ((Filter(),),))


def asked(reading: Reading, *tables: BoundTable) -> Checked:
    """The rules of sentences, of a document without its data."""
    bound = Bound(reading, tables, ())
    return check(Prose(Tables(bound), partial(with_numbers, bound), None, load_statement), PROSE_RULES)


def said(heading: str, text: str, unit: str, code: str) -> list[str]:
    tables = tuple(table(*one, unit) for one in TABLES)
    paragraphs = tuple(ReadParagraph(line, heading) for line in text.split("\n"))
    reading = Reading(("2022年部门预算",), (), (ReadHeading(2, heading), *paragraphs, *(one.table for one in tables)))
    problems = asked(reading, *tables).problems
    return sorted(problem.message for problem in problems if problem.code == code)


@pytest.mark.parametrize(("code", "heading", "text", "unit", "expected"), SAID)
def test_said_of_a_sentence(code: str, heading: str, text: str, unit: str, expected: str) -> None:
    found = said(heading, text, unit, code)
    if code == "T218" and "预算数" not in text:  # nothing is compared in these
        assert [message for message in found if "没有说明" in message]
        found = [message for message in found if "没有说明" not in message]
        expected = expected.removeprefix("比较")
    assert found == (expected.split("\n") if expected else [])


def test_last_year_of_one_yuan_is_something() -> None:
    reading = Reading((), (), (ReadHeading(2, "甲"), ReadParagraph("设备费3元。设备费增加2元，增长200.00%。", "甲")))
    found = asked(reading).asked
    assert [one.outcome.value for one in found if one.code == "T207"] == ["通过"]
