"""Which national form a caption names."""

from __future__ import annotations

from itertools import chain

import pytest

from generator.bind.titles import kind_of, kinds_of
from generator.load.national import load_national
from generator.model.national import FORM_KEYS
from tests.departments import yibin

NATIONAL = load_national()


@pytest.mark.parametrize(
    ("caption", "kind"),
    [
        ("收支预算总表", "表1"), ("2025年部门收支总体情况表", "表1"), ("1. 2026年部门财务收支预算总表", "表1"),
        ("表2 2026年部门收入预算总表", "表2"), ("本年支出预算总表", "表3"), ("4．2026年部门财政拨款收支预算总表", "表4"),
        ("财政拨款收支总体情况表", "表4"), ("一般公共预算支出情况表", "表5"), ("七、一般公共预算财政拨款支出表", "表5"),
        ("5．2026年部门一般公共预算支出功能分类预算表", "表5"), ("一般公共预算基本支出情况表", "表6"),
        ("财政拨款“三公”经费支出表", "表8"), ("一般公共预算三公经费支出预算表", "表8"),
        ("九、政府性基金预算财政拨款支出表", "表9"), ("某局2025年国有资本经营预算支出表", "表10"), ("项目支出表", "表11"),
        ("部门整体支出绩效目标表", "表12"), ("项目支出绩效目标表", "表13"),
        ("公开01表 2024年度收入支出决算总表", "表1"), ("收入支出决算总表", "表1"), ("收入决算表", "表2"), ("支出决算表", "表3"),
        ("财政拨款收入支出决算总表", "表4"), ("一般公共预算财政拨款支出决算表", "表5"),
        ("一般公共预算财政拨款基本支出决算表", "表6"), ("一般公共预算财政拨款基本支出决算明细表", "表6"),
        ("财政拨款“三公”经费支出决算表", "表8"), ("政府性基金预算财政拨款收入支出决算表", "表9"),
        ("国有资本经营预算财政拨款支出决算表", "表10"), ("国有资本经营预算财政拨款收入支出决算表", "表10"),
        ("财政拨款支出预算表", ""), ("政府采购预算明细表", ""), ("会议费、培训费表", ""), ("", ""), ("表", ""), ("2022年", ""),
    ],
)  # fmt: skip
def test_captions_of_many_places(caption: str, kind: str) -> None:
    assert kind_of(caption, NATIONAL) == kind


def test_no_title_is_of_two_forms_and_every_form_has_a_name() -> None:
    assert tuple(NATIONAL.names) == FORM_KEYS
    for key in FORM_KEYS:
        assert all(kind_of(title, NATIONAL) == key for title in (NATIONAL.names[key], *NATIONAL.titles[key])), key


def test_groups_of_words_hold_at_least_two_and_none_stands_twice_in_one() -> None:
    assert all(len(set(group)) == len(group) > 1 for group in NATIONAL.same)
    everything = list(chain.from_iterable(NATIONAL.same))
    assert len(everything) == len(set(everything))


def test_a_definition_is_the_form_of_its_title_unless_it_says_another() -> None:
    kinds = kinds_of(yibin(), NATIONAL)
    assert list(kinds.values()) == list(FORM_KEYS)
    first, second, *_ = yibin().tables
    profile = yibin()
    outline = tuple(
        item._replace(tables=(first._replace(kind="表2"), *item.tables[1:])) if hasattr(item, "tables") else item
        for item in profile.outline
    )
    typed = kinds_of(profile._replace(outline=outline), NATIONAL)
    assert typed[first.key] == "表2" and second.key not in typed
