"""When two words are one."""

from __future__ import annotations

import pytest

from generator.bind.words import Words, plain, template
from generator.load.national import load_national
from generator.model.profile import Numbering, ordinal_pattern

WORDS = Words(load_national().same, {"上级补助收入": ("上级拨来",)}, Numbering(second="Part {One}:"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("因公出国（境）费", "因公出国 (境) 费"),
        ("“三公”经费合计", '"三公"经费 合计'),
        ("其中：财政拨款", "其中:财政\n拨款"),
        ("２０２２年", "2022年"),
    ],
)
def test_blanks_quotation_marks_and_widths_are_no_words(one: str, other: str) -> None:
    assert plain(one) == plain(other)


def test_a_word_of_nothing_but_quotation_marks_stays() -> None:
    assert plain("“”") and not plain(" 　\n")


@pytest.mark.parametrize(
    ("text", "said", "is_it"),
    [
        ("项目金额（{{ 表内单位 }}）", "项目金额(元)", True),
        ("项目金额（{{ 表内单位 }}）", "项目金额（万元）", True),
        ("项目金额（{{ 表内单位 }}）", "项目金额（辆）", False),
        ("{{ 上年 }}年预算", "2021年预算", True),
        ("{{ 上年 }}年预算", "21年预算", False),
        ("{{ 部门 }}收入{% if 有项目 %}表{% endif %}", "某局收入表", True),
        ("收入.表", "收入，表", False),
    ],
)
def test_templates_are_read_with_year_department_and_unit_open(text: str, said: str, is_it: bool) -> None:
    assert WORDS.word(text).is_said(plain(said)) is is_it


def test_a_word_has_the_other_names_of_the_nation_and_of_the_profile() -> None:
    assert WORDS.word("科目编码").is_meant(plain("功能分类科目编码"))
    assert WORDS.word("上级补助收入").is_meant(plain("上级拨来"))
    assert not WORDS.word("上级补助收入").is_said(plain("上级拨来"))
    assert not WORDS.word("人员经费").is_meant(plain("公用经费"))


@pytest.mark.parametrize(
    ("said", "bare"),
    [
        ("一、工资", "工资"), ("十二、工资", "工资"), ("(三)工资", "工资"), ("1.工资", "工资"), ("(1)工资", "工资"),
        ("Parttwo:工资", "工资"), ("工资", "工资"), ("1.5级", "1.5级"), ("一般公共预算", "一般公共预算"), ("一、", "一、"),
    ],
)  # fmt: skip
def test_ordinals_of_any_place_and_of_the_profile_are_no_part_of_a_label(said: str, bare: str) -> None:
    assert WORDS.bare(said) == bare


def test_the_name_of_the_table_fills_a_caption_s_pattern() -> None:
    pattern = template("{{ 年 }}年{{ 表名 }}", "收入表|收入总表")
    assert pattern.fullmatch("2022年收入总表") and not pattern.fullmatch("2022年支出表")


def test_the_number_of_the_table_is_no_part_of_its_name() -> None:
    pattern = template("{{ 表号 }}{{ 年 }}年{{ 表名 }}", "收支总表", ordinal_pattern("{1}.", plain, ""))
    assert pattern.fullmatch("2-1.2022年收支总表")
    assert not pattern.fullmatch("2.财政拨款2022年收支总表")
