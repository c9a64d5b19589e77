"""The page-setter's rules, each over the smallest document that shows it."""

from __future__ import annotations

import pytest

from generator.check.catalogue import PAGE_RULES
from generator.check.page import Page
from generator.check.rules import check
from generator.check.sheets import bare_title, title_of
from generator.check.tables import Tables
from generator.model.bound import Bound
from generator.model.numerals import numeral
from generator.model.reading import (
    ContentsLine,
    FileLook,
    ReadBlock,
    ReadHeading,
    Reading,
    ReadParagraph,
    ReadTable,
    TableLook,
)

LOOK = FileLook(0, 0, 0, (), (), (1,), 1)
TITLE = "2022年文化中心\n部门预算"
WIDE = TableLook(True, True, (1000, 1000), 2000, ("lr",))


def table(caption: str = "2022年某表", *rows: tuple[str, ...], **changes: object) -> ReadTable:
    made = ReadTable(caption, "单位：万元", (("项目",), ("金额",)), rows or (("甲", "1.00"),), (), (2,), WIDE)
    return made._replace(**changes)


def said(code: str, reading: Reading, file_name: str = "") -> list[str]:
    problems = check(Page(Tables(Bound(reading, (), ())), None, file_name), PAGE_RULES).problems
    return [f"{problem.position}: {problem.message}" for problem in problems if problem.code == code]


def of(*blocks: ReadBlock, contents: tuple[ContentsLine, ...] = (), look: FileLook = LOOK) -> Reading:
    return Reading((TITLE,), contents, blocks, look)


def headings(*texts: str) -> Reading:
    return of(*(ReadHeading(2, text) for text in texts))


def items(*texts: str) -> Reading:
    paragraphs = [text.partition("|") for text in texts]
    return of(*(ReadParagraph(text, section) for section, _, text in paragraphs))


def entries(*lines: tuple[str, str]) -> Reading:
    contents = tuple(ContentsLine(text, page) for text, page in lines)
    return of(ReadHeading(2, "一、收入"), ReadHeading(2, "二、文化中心"), table("2022年度某表"), contents=contents)


SAID = (
    ("L301", entries(("一、收入", "1"), ("收入", "2"), ("附表1.某表", "3"), ("1、某表", "3"), ("文化 中心", "3")), []),
    ("L301", entries(("收支", "1")), ["目录: 目录“收支”在正文里没有相同的标题或表题"]),
    ("L303", of(table("2022年甲"), table("附表2 2022年乙")), []),
    ("L303", of(table("甲"), table("乙")), []),
    ("L303", of(table("2022年甲"), table("乙")), ["乙: 表题“乙”缺少年度，其他表题有"]),
    ("L303", of(table("2022年甲"), table("乙"), table("丙")), []),  # the title of one table
    ("L303", of(table("2022年2022年甲"), table("2022年乙")), ["甲: 表题“2022年2022年甲”的年度印了两遍"]),
    ("L303", of(table("2021年甲")), ["甲: 表题“2021年甲”的年度与封面“2022年”不同"]),
    ("L304", headings("第一部分概况", "一、甲", "（一）丙", "（二）丁", "二、乙", "（一）丙", "第二部分", "一、甲"), []),
    ("L304", of(ReadHeading(1, "甲"), ReadHeading(2, "一、子"), ReadHeading(1, "乙"), ReadHeading(2, "一、丑")), []),
    ("L304", of(ReadHeading(2, "一、子"), ReadHeading(1, "乙"), ReadHeading(2, "三、丑")), ["三、丑: “三、丑”的编号三、不连续，应为二、"]),
    ("L304", headings("一、甲", "三、乙", "四、丙"), ["三、乙: “三、乙”的编号三、不连续，应为二、"]),
    ("L304", headings("一、甲", "（二）乙"), ["（二）乙: “（二）乙”的编号（二）不连续，应为（一）"]),
    ("L304", headings("第二部分"), ["第二部分: “第二部分”的编号第二部分不连续，应为第一部分"]),
    ("L304", headings(*(f"{numeral(number)}、甲" for number in range(1, 20)), "二十一、乙"),
     ["二十一、乙: “二十一、乙”的编号二十一、不连续，应为二十、"]),
    ("L304", headings(*(f"{numeral(number)}、甲" for number in range(1, 103)), "一百零四、乙"),
     ["一百零四、乙: “一百零四、乙”的编号一百零四、不连续，应为一百零三、"]),
    ("L304", items("甲|1.一", "甲|说明", "甲|2.二", "乙|1.一", "乙|3.14为率", "乙|2.二"), []),
    ("L304", items("甲|1.一", "甲|3.三", "甲|4.四"), ["甲: “甲”编号3.之后不连续，应为2."]),
    ("L304", items("甲|（一）一", "甲|说明", "甲|（二）二", "甲|（三）三", "乙|（一）一", "乙|（一）又一", "丙|（三）从三起"), []),
    ("L304", items("甲|（一）一", "甲|（二）二", "甲|（四）四", "甲|（五）五"), ["甲: “甲”（二）之后是（四），应为（三）"]),
    ("L304", items("甲|一、一", "甲|（一）一", "甲|（二）二", "甲|二、二", "甲|（一）一", "甲|四、四"),
     ["甲: “甲”二、之后是四、，应为三、"]),
    ("L304", items("甲|（二）二", "甲|（二）二"), ["甲: “甲”（二）之后是（二），应为（三）"]),
    ("L304", items("甲|（一）一", "甲|1.一", "甲|2.二", "甲|（二）二", "甲|1.一", "甲|2.二"), []),
    ("L304", items("|2、二"), [": “”编号2、之后不连续，应为1、"]),
    ("L306", of(table(headline="部门：甲 单位：人民币万元 "), table(headline="单位:元")), []),
    ("L306", of(table(headline="单位：万")), ["某表: “某表”缺“单位：万元”或书写不全：“单位：万”"]),
    ("L306", of(table("部门（单位）整体绩效目标表", headline=""), table(headline="单位：万")),
     ["某表: “某表”缺“单位：万元”或书写不全：“单位：万”"]),
    ("L308", entries(("一、收入", "2"), ("收入", "2"), ("二、文化中心", "3")), []),
    ("L308", entries(("某表", "3"), ("一、收入", "1")), []),  # tables listed where they are announced
    ("L308", entries(("一、收入", "2"), ("收入", ""), ("二、文化中心", "1"), ("某表", "2")),
     ["目录: 目录“收入”没有页码", "目录: 目录“二、文化中心”的页码1小于上一条的2"]),
    ("L309", of(table(look=None), table(look=WIDE._replace(repeats_header=False)), table(look=WIDE._replace(rows_kept_whole=False))),
     ["某表: “某表”跨页时不重复表头", "某表: “某表”有的行允许跨页断开"]),
    ("L309", of(table(columns=((), ()), look=WIDE._replace(repeats_header=False))), []),
    ("L317", of(table("某表", ("甲", "0.00"))), ["某表: “某表”没有数据，须加注说明"]),
    ("L317", of(table("某表", ("甲", "3"))), ["某表: “某表”没有数据，须加注说明"]),
    ("L317", of(table("某表", ("甲", ""), notes=("备注：2022年无此项支出，故此表无数据。",))), []),
    ("L317", of(table("某表", ("甲", ""), notes=("注：无此项预算，本表为空表。",))), []),
    ("L317", of(table("某表", ("甲", ""), notes=("注：空表表示本部门无相关收支情况。",))), []),
    ("L317", of(table("某表", ("甲", ""), notes=("注：本部门无相关收支项目",))), []),
    ("L317", of(table("某表", ("甲", ""), notes=("备注：无此项支出。",))), ["某表: “某表”没有数据，须加注说明"]),
    ("L317", of(table("某表", ("甲", "1.00"), notes=("备注：无此项支出，故此表无数据。",))), ["某表: “某表”有数据，却注明无数据"]),
    ("L319", of(table("某表", ("甲", "1.00"), ("乙", ""), ("丙", "0.00"))), ["某表: “某表”零值有的空白，有的写“0.00”"]),
    ("L319", of(table("某表", ("甲", "1.00"), ("乙", "0"), ("丙", "0.00"))), ["某表: “某表”零值有的空白，有的写“0.00”"]),
    ("L319", of(table("某表", ("甲", "1.00"), ("乙", ""), ("", "2.00"))), []),
    ("L319", of(table("某表", ("甲", ""), ("乙", "0"))), []),
    ("L320", of(table(look=WIDE._replace(alignments=("lc",))), table()), ["某表!甲/金额: “某表”甲“金额”未右对齐"]),
    ("L320", of(table("某表", ("1.5", "1.00"), look=WIDE._replace(alignments=("lr",)))), []),
    ("L321", of(table(look=WIDE._replace(text_width=1960))), []),
    ("L321", of(table(look=WIDE._replace(text_width=1959))), ["某表: “某表”宽度超出版心"]),
    ("L321", of(table("某表", ("甲", "1234567890.00"), look=WIDE._replace(grid=(10, 975)))), []),
    ("L321", of(table("某表", ("甲", "1234567890.00"), look=WIDE._replace(grid=(10, 974)))), ["某表: “某表”“金额”一栏放不下最长的数"]),
    ("L322", of(look=LOOK._replace(fonts=("宋体", "隶书"))), ["全文: 正文里有手工设置的字体：宋体、隶书"]),
    ("L323", of(look=LOOK._replace(numbered_footers=0)), ["页脚: 页脚没有页码"]),
    ("L323", of(look=LOOK._replace(number_restarts=(1, 1))), ["页脚: 页码重新起算2次"]),
    ("L323", of(look=LOOK._replace(number_restarts=(1,))), []),
    ("L324", of(look=LOOK._replace(revisions=1)), ["全文: 公开稿中仍含1处修订、0处批注"]),
    ("L324", of(look=LOOK._replace(comments=2)), ["全文: 公开稿中仍含0处修订、2处批注"]),
    ("L324", of(look=LOOK._replace(hidden=2)), ["全文: 公开稿中有2处隐藏文字"]),
    ("L324", of(look=LOOK._replace(properties=(("creator", "张三"), ("title", "李四"), ("company", "某公司"), ("lastModifiedBy", " "), ("manager", "文化中心")))),
     ["文档属性: 文档属性“creator”为“张三”", "文档属性: 文档属性“company”为“某公司”"]),
)  # fmt: skip


@pytest.mark.parametrize(
    ("code", "reading", "expected"), SAID, ids=lambda value: value if isinstance(value, str) else ""
)
def test_said_of_a_page(code: str, reading: Reading, expected: list[str]) -> None:
    assert said(code, reading) == expected


def test_remedies_and_severities() -> None:
    bad = table("2021年甲", headline="单位：万", look=WIDE._replace(repeats_header=False))
    reading = of(bad, contents=(ContentsLine("乙"),), look=FileLook(1, 0, 1, (("creator", "张三"),), ("宋体",), (), 0))
    found = check(Page(Tables(Bound(reading, (), ())), None, "2022年部门预算"), PAGE_RULES).problems
    assert [(problem.code, problem.severity.value, problem.remedy) for problem in found] == [
        ("L301", "error", "请使目录与正文标题一致。"),
        ("L303", "error", "请更新年度。"),
        ("L306", "error", "请写“单位：万元”。"),
        ("L308", "error", "请更新目录。"),
        ("L309", "warning", "请设置“重复标题行”。"),
        ("L322", "warning", "请改用样式的字体。"),
        ("L323", "warning", "请插入页码。"),
        ("L324", "error", "请接受或删除后再发布。"),
        ("L324", "warning", "请删除。"),
        ("L324", "warning", "请清除作者等个人信息。"),
        ("L325", "advice", "请以封面标题为文件名。"),
    ]
    assert {problem.length for problem in found} == {1}


@pytest.mark.parametrize(
    ("file_name", "expected"),
    [
        ("2022年文化中心部门预算", []),
        ("2022年文化中心（部门预算）", []),
        ("最终版3", ["文件名: 文件名“最终版3”与封面标题“2022年文化中心部门预算”不一致"]),
    ],
)
def test_the_file_is_called_what_the_cover_is(file_name: str, expected: list[str]) -> None:
    assert said("L325", of(), file_name) == expected


def test_a_long_title_may_be_cut_in_the_file_name() -> None:
    long = Reading(("长" * 70,), (), (), LOOK)
    assert said("L325", long, "长" * 60) == []
    assert said("L325", long, "长" * 59) != []


def test_a_mark_begins_no_line_of_the_cover() -> None:
    cover = Reading(("）某部门\n预算", "某部门\n（预算", "某部门\n\n）预算"), (), (), LOOK)
    assert said("L326", cover) == ["封面: 封面一行以“）”开头"]


@pytest.mark.parametrize(
    "caption",
    [
        "表05 一般公共预算支出表",
        "表五一般公共预算支出表",
        "附表1-2. 一般公共预算支出表",
        "公开05表 2022年一般公共预算支出表",
    ],
)
def test_a_table_s_number_ends_where_its_name_begins(caption: str) -> None:
    assert (title_of(caption), bare_title(caption)) == ("一般公共预算支出表", "一般公共预算支出表")
