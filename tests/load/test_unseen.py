"""Characters nobody sees: each is named, where it stands, wherever a number or a name is typed."""

from __future__ import annotations

import unicodedata

import pytest
import yaml

from generator.load.fields import amount_of, brief, count_of
from generator.load.yaml_text import Reader, parse
from generator.model.money import Scale
from generator.model.source import Source
from generator.model.unseen import name_of, unseen

INVISIBLE = [
    chr(number)
    for number in range(0x80, 0xFFFE)
    if unicodedata.category(chr(number)) in ("Zs", "Zl", "Zp", "Cf") and not 0x600 <= number <= 0x1680
]


def read(text: str) -> tuple[Reader, yaml.Node | None]:
    reader = Reader(Source("f.yaml", text))
    return reader, parse(reader)


@pytest.mark.parametrize("sign", INVISIBLE, ids=lambda sign: f"U+{ord(sign):04X}")
@pytest.mark.parametrize("place", [0, 2, 4])
def test_each_is_named_in_an_amount_at_its_place(sign: str, place: int) -> None:
    text = "1.81"[:place] + sign + "1.81"[place:]
    reader, root = read(f"福利费: {text}\n")
    if root is not None:
        assert isinstance(root, yaml.MappingNode)
        assert amount_of(reader, root.value[0][1], Scale.WAN, "“福利费”") is None
    [problem] = reader.problems
    assert name_of(sign) in problem.message and "控制字符" not in problem.message
    assert (problem.position.line, problem.position.column) == (1, 6 + place)
    assert problem.code in ("D010", "Y011") and "请改为" not in problem.remedy


def test_a_number_in_quotes_and_a_count_are_told_the_same() -> None:
    for text, column in (('车辆: "2\xa0"\n', 7), ("车辆: 2\u3000\n", 6)):
        reader, root = read(text)
        assert isinstance(root, yaml.MappingNode)
        assert count_of(reader, root.value[0][1], "“车辆”") is None
        [problem] = reader.problems
        assert problem.position.column == column and "看不见的" in problem.message


def test_what_is_no_number_without_them_is_told_as_before() -> None:
    reader, root = read("福利费: 约\xa01.81\n")
    assert isinstance(root, yaml.MappingNode)
    amount_of(reader, root.value[0][1], Scale.WAN, "“福利费”")
    [problem] = reader.problems
    assert "“约⟨不换行空格⟩1.81”不是数字" in problem.message


def test_common_words_hold_none_of_them() -> None:
    assert unseen("城乡居民基本医疗保险（2022年）≥95% a-b_c") is None
    assert brief("  两 行\n 字 ") == "两 行 字"
    assert brief("预算\u2009范围") == "预算⟨窄空格⟩范围"
