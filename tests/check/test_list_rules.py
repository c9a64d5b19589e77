"""What is there twice, and what ends before its end."""

from __future__ import annotations

import pytest

from generator.check.list_rules import LIST_RULES
from generator.check.lookalike_rules import LOOKALIKE_RULES
from generator.check.rules import check
from generator.model.department import Inputs
from generator.model.source import Passage, Position, Text
from tests.runs import Run

LISTS = (
    (("负责甲。", "负责乙。"), []),
    (("负责甲。", "负责乙。", "负责甲"), ["D049 “负责甲”重复出现"]),
    (("负责甲。", "负责乙。", "负责丙。", "负责丁"), ["D050 这一项以“负责丁”结束，其他3项都以句号等结束"]),
    (("负责甲。", "负责乙", "负责丙"), []),
    (("负责甲", "负责乙", "负责丙", "负责丁。"), []),
    (("负责甲（乙）", "负责乙。", "负责丙。", "负责丁；"), []),
)
TWICE = (
    ("提前下达下达资金", ["D054 “下达”连着写了两遍"]),
    ("差旅费差旅费减少", ["D054 “差旅费”连着写了两遍"]),
    ("建立健全健康档案", []),
    ("人人参与、天天向上", []),
    ("一件一件抓落实、一户一户走访", []),
    ("共2022202.20元", []),
    ("网址www.abab.cn", []),
)
ALIKE = (
    ("负责⼯伤保险。", ["“负责⼯伤保险”中的“⼯”（U+2F2F）形似“工”，不是同一个字"]),
    ("负责⻓期护理。", ["“负责⻓期护理”中的“⻓”（U+2ED3）形似“长”，不是同一个字"]),
    ("负责\uf90a融。", ["“负责\uf90a融。”中的“\uf90a”（U+F90A）形似“金”，不是同一个字"]),
    ("А类人员", ["“А类人员”中的“А”（U+0410）形似“A”，不是同一个字"]),
    ("２０２２年", ["“２０２２”中的“２”是全角的"]),
    ("医\u00ad保经\u200d办", ["“医保经”中有看不见的字符（U+00AD）"]),
    ("负责工伤、㎡、℃、①、Ⅱ、“医保”——《办法》…≥×％＋（ＰＯＳ除外）", ["“％＋（ＰＯＳ除”中的“Ｐ”是全角的"]),
    ("负责工伤、㎡、℃、①、Ⅱ、“医保”——《办法》……≥×％＋（一）〔2022〕α、β、Ω", []),
    ("𠮷、㐂、々、〇、鿍", []),
)  # fmt: skip


def inputs_of(run: Run, *words: str, kind: str = "职责") -> Inputs:
    assert run.inputs is not None
    passages = tuple(
        Passage(kind, f"第{at}项", Text(text, Position("x.yaml", at, 5))) for at, text in enumerate(words, 1)
    )
    return run.inputs._replace(department=run.inputs.department._replace(passages=passages, projects={}))


@pytest.mark.parametrize(("words", "expected"), LISTS)
def test_lists(words: tuple[str, ...], expected: list[str], run_2022: Run) -> None:
    found = check(inputs_of(run_2022, *words), LIST_RULES).problems
    assert [f"{problem.code} {problem.message}" for problem in found] == expected


@pytest.mark.parametrize(("words", "expected"), TWICE)
def test_words_twice(words: str, expected: list[str], run_2022: Run) -> None:
    found = check(inputs_of(run_2022, words), LIST_RULES).problems
    assert [f"{problem.code} {problem.message}" for problem in found] == expected


@pytest.mark.parametrize(("words", "expected"), ALIKE)
def test_characters(words: str, expected: list[str], run_2022: Run) -> None:
    assert [one.message for one in check(inputs_of(run_2022, words), LOOKALIKE_RULES).problems] == expected


def test_how_many_others_there_are(run_2022: Run) -> None:
    (found,) = check(inputs_of(run_2022, "医\u00ad保经\u200d办"), LOOKALIKE_RULES).problems
    assert (found.position.column, found.length) == (6, 1)
    assert [note.text for note in found.notes] == ["这段话里另有1处"]


def test_an_office_is_no_duty(run_2022: Run) -> None:
    """The same words in two lists are not one list's."""
    inputs = inputs_of(run_2022, "医疗保险科", "办公室", kind="机构")
    scope = Passage("机构", "机构构成“预算范围”", Text("办公室", Position("x.yaml", 9, 5)))
    passages = (*inputs.department.passages, scope)
    assert check(inputs._replace(department=inputs.department._replace(passages=passages)), LIST_RULES).problems == ()
