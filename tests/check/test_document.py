"""What is left to fill in, and numbers typed into templates, wherever in the document they stand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator.check.document_rules import DOCUMENT_RULES, Composed
from generator.check.rules import check
from generator.model.document import Block, Document, Heading, Paragraph, Run, TableBlock, TableRow
from generator.model.figure import Fact
from generator.model.money import Money
from generator.model.source import Passage, Position, Source, Text
from tests.runs import Run as Done

AMOUNT = Fact("数", Money(Decimal("8.00")), None)
HEADING = Heading(2, "一、", "收入", "a")


def words(*runs: str | Run) -> Paragraph:
    return Paragraph(tuple(run if isinstance(run, Run) else Run(run) for run in runs))


OWN = Passage("原因", "数", Text("新增彩票公益金3.00万元", Position("x.yaml", 1, 1)))


def said(
    done: Done, *blocks: Block, passages: tuple[Passage, ...] = (OWN, OWN), sources: tuple[Source, ...] = ()
) -> list[str]:
    assert done.inputs is not None
    inputs = done.inputs._replace(department=done.inputs.department._replace(passages=passages))
    document = Document("标题", "f", "目录", (), (), blocks)
    problems = check(Composed(document, inputs, sources), DOCUMENT_RULES).problems
    return [f"{problem.position} {problem.code} {problem.message}" for problem in problems]


def test_a_placeholder_is_found_where_it_stands(run_2022: Done) -> None:
    row = TableRow(("XX", ""), (None, None))
    table = TableBlock("t", "某表", "b", None, (), 0, "ll", (row,), (), False)
    assert said(run_2022, words("待补"), Heading(2, "一、", "……", "a"), words("按××办理"), table) == [
        "标题 D029 标题仍有未填写的占位内容“待补”",
        "一、…… D029 一、……仍有未填写的占位内容“……”",
        "一、…… D029 一、……仍有未填写的占位内容“××”",
        "某表 D029 某表仍有未填写的占位内容“XX”",
    ]
    assert said(run_2022, words("优待补助和优待补贴、接待补偿")) == []


def test_numbers_from_nowhere(run_2022: Done) -> None:
    assert said(run_2022, words("共1.00万元。"), HEADING, words("占5%，", Run("8.00万元", AMOUNT), "，另1.20元。")) == [
        "标题 B107 “标题”里的“1.00万元”直接写在模板里，数据变了它不会变",
        "一、收入 B107 “一、收入”里的“5%”直接写在模板里，数据变了它不会变",
        "一、收入 B107 “一、收入”里的“1.20元”直接写在模板里，数据变了它不会变",
    ]


def test_numbers_that_may_stand(run_2022: Done) -> None:
    assert (
        said(
            run_2022,
            HEADING,
            words("单位价值50万元的设备，100万元以上的，限额为20万元，5万元（含）以上的。新增3.00万元。"),
        )
        == []
    )
    assert len(said(run_2022, HEADING, words("限额为人民币整数20万元，50万元的以上"))) == 2


def test_a_placeholder_is_where_it_was_typed(run_2022: Done) -> None:
    """The same words typed twice are two places; folded text has the place of its whole."""
    one, other = (Passage("职责", "", Text("负责……工作", Position("a.yaml", line, 5))) for line in (3, 4))
    folded = Passage("机构", "", Text("设××科", Position("a.yaml", 9, 3)), literal=False)
    blocks = words("1.负责……工作"), words("2.负责……工作"), words("3.设××科")
    assert [line.split()[0] for line in said(run_2022, *blocks, passages=(one, other, folded))] == [
        "a.yaml:3:7", "a.yaml:4:7", "a.yaml:9:3",
    ]  # fmt: skip


TEMPLATE = Source("part.j2", "## 收入\n本年{{ 总计 | 金额 }}，\n另有5.00%来自甲，5.00%来自乙，占5.00%。\n共5.00%\n")


def test_a_number_is_where_the_template_has_it(run_2022: Done) -> None:
    """Words around it tell equal numbers apart, also where a value was put in before them."""
    amount = Run("8.00万元", AMOUNT)
    blocks = (HEADING, words("本年", amount, "，另有5.00%来自甲，5.00%来自乙，占5.00%。"), words("共5.00%"))
    assert [line.split()[0] for line in said(run_2022, *blocks, sources=(TEMPLATE,))] == [
        "part.j2:3:3", "part.j2:3:12", "part.j2:3:22", "part.j2:4:2",
    ]  # fmt: skip


def test_a_number_that_might_be_any_of_several_is_said_of_its_heading(run_2022: Done) -> None:
    twice = Source("x.j2", "共9%。\n共9%。\n")
    assert [line.split()[0] for line in said(run_2022, HEADING, words("共9%。"), sources=(twice,))] == ["一、收入"]


GLOSSARY = Heading(1, "第三部分", "名词解释", "n")


def explained(done: Done, *blocks: Block) -> list[str]:
    return [line.split(" ", 2)[2] for line in said(done, *blocks) if " B108 " in line]


@pytest.mark.parametrize(
    ("words_used", "entry", "missing"),
    [
        ("上级补助收入1.00万元", "一、上级补助收入：是指上级拨入的收入。", ""),
        ("上级补助收入1.00万元", "一、事业收入：是指上级补助收入以外的收入。", "上级补助收入"),
        ("上级补助收入1.00万元", "上级补助收入见上文。", "not applicable"),
        ("事业收入1.00万元", "上级补助收入见上文。", "not applicable"),
        ("事业单位经营收入1.00万元", "一、经营收入：是指经营所得。", ""),
        ("机构运行经费", "八、行政（事业）单位机构运行经费：是指", ""),
        ("机关运行经费", "一、“三公”经费：是指", "运行经费"),
        ("支出", "一、“三公”经费：是指", ""),
        ("财政拨款收入1.00万元", "一、财政拨款：指由一般公共预算安排的拨款。", ""),
        ("财政拨款收入1.00万元", "一、财政拨款结转：是指", "财政拨款收入"),
    ],
)
def test_terms_without_an_entry(words_used: str, entry: str, missing: str, run_2022: Done) -> None:
    expected = [f"文中用了“{missing}”，名词解释里没有它"] if missing and missing != "not applicable" else []
    assert explained(run_2022, HEADING, words(words_used), GLOSSARY, words(entry)) == expected
    other_part = Heading(1, "第四部分", "附录", "m")
    assert explained(run_2022, GLOSSARY, words(entry), other_part, words(words_used)) == expected
    assert explained(run_2022, HEADING, words(words_used)) == []
    assert explained(run_2022, GLOSSARY, words(entry), words(words_used)) == []  # only its own words use it


def test_the_terms_may_be_a_section(run_2022: Done) -> None:
    section, below = Heading(2, "六、", "名词解释", "n"), Heading(3, "（一）", "资金", "k")
    entry, used = words("上级补助收入：是指上级拨入的收入。"), words("上级补助收入和事业收入1.00万元")
    told = ["文中用了“事业收入”，名词解释里没有它"]
    assert explained(run_2022, HEADING, used, section, entry) == told
    assert explained(run_2022, section, below, entry, HEADING, used) == told
    assert explained(run_2022, section, below, entry, used) == []


def own(kind: str, text: str, line: int) -> Passage:
    return Passage(kind, "某处", Text(text, Position("x.yaml", line, 5)))


@pytest.mark.parametrize(
    ("before", "typed", "after", "place", "told"),
    [
        ("主要原因：", "主要原因：人员减少", "。", "x.yaml:1:5", "“主要原因：主要原因：人”里同样的话印了两遍"),
        ("主要原因：", "原因是人员减少", "。", "x.yaml:1:5", "“主要原因：原因是人”里同样的话印了两遍"),
        ("其中：", "其中，人员减少", "。", "x.yaml:1:5", "“其中：其中，人”里同样的话印了两遍"),
        ("负责", "负责展览", "。", "x.yaml:1:5", "“负责负责展览”里同样的话印了两遍"),
        ("预算包括", "包括本级预算", "。", "x.yaml:1:5", "“预算包括包括本级”里同样的话印了两遍"),
        ("主要原因：", "人员减少。", "。", "x.yaml:1:9", "“人员减少。。”里标点印重了"),
        ("主要原因：", "人员减少；", "。", "x.yaml:1:9", "“人员减少；。”里标点印重了"),
        ("主要原因：", "：人员减少", "。", "x.yaml:1:5", "“主要原因：：人员”里标点印重了"),
        ("包括：办公室和", "财务科。", "的预算。", "x.yaml:1:8", "“和财务科。的预算”里标点印重了"),
        ("", "展览，。演出", "。", "", ""),  # L314's: one person typed both
        ("主要原因：", "人员减少", "。", "", ""),
        ("", "医疗服务行为和医疗费用，违法违规行为", "。", "", ""),
        ("其他事项：", "无", "。", "", ""),
        ("结论：", "的确如此，的的确确", "。", "", ""),
    ],
)
def test_a_templates_words_and_marks_are_not_typed_again(
    before: str, typed: str, after: str, place: str, told: str, run_2022: Done
) -> None:
    paragraph = words(before, Run(typed), after)
    found = said(run_2022, HEADING, paragraph, paragraph, passages=(own("原因", typed, 1),))
    assert found == ([f"{place} T246 {told}"] if told else [])


def test_a_list_with_nothing_in_it_and_a_name_twice(run_2022: Done) -> None:
    assert run_2022.inputs is not None
    name = run_2022.inputs.department.name
    assert said(run_2022, HEADING, words("中心包括：", Run(""), "的预算。")) == [
        "一、收入 T246 “中心包括：的预算”中间没有内容"
    ]
    found = said(
        run_2022, HEADING, words(name, Run(f"{name}机关"), "包括。"), passages=(own("机构", f"{name}机关", 3),)
    )
    assert found == [f"x.yaml:3:5 T246 “{name}{name}机关”是部门名称印了两遍"]
    joined = words("包括：", Run("办公室、活动部和财务科。"), "的预算。")
    assert said(run_2022, HEADING, joined, passages=(own("机构", "财务科。", 7),)) == [
        "x.yaml:7:5 T246 “和财务科。的预算”里标点印重了"
    ]
