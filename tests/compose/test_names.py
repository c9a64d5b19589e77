"""What templates name, asked of their text."""

from __future__ import annotations

from generator.compose.names import names_in
from generator.model.source import Source


def test_names_parts_words_and_files() -> None:
    text = '{% from "变.j2" import 因 %}{{ 国有资产.车辆 | 数字("整数") }}{{ 车辆(购置) }}{% for 项 in 各项 %}{{ 项.用途 }}{% endfor %}'
    names = names_in([Source("part-1.j2", text), Source("broken.j2", "{% if %}")])
    assert names.uses("国有资产.车辆") and not names.uses("国有资产.设备")
    assert names.uses("国有资产")
    assert names.uses("购置.车辆")  # handed over as a whole
    assert not names.uses("国有") and not names.uses("车")
    assert "用途" in names.parts
    assert "整数" in names.words
    assert names.files == {"变.j2"}
