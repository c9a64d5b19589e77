"""Templates whose branches are noted, and whose words lead back to their line; the text is what it always is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.compose.templates import Templates
from generator.compose.traced import Trace
from generator.model.remember import anew
from generator.model.source import Source

TEXT = """\
{% macro 变动(多) %}
{% if 多 %}增加{% else %}减少{% endif %}
{% endmacro %}
{# {% if 注释 %} #}
## {{ 名 }}概况 {目录=概况}

{% if 多 %}
收入{{ 变动(多) }}。
{% elif 少 %}
收入很少{% if 多 %}又多{% endif %}。
{% else %}
没有收入。
{% endif %}
{% for 项 in 各项 %}
- {{ 项 }}
{% else %}
无。
{% endfor %}
末了，
说完了。
"""


SOURCES = {"part-1.j2": Source("part-1.j2", TEXT)}


def rendered(trace: Trace, values: Mapping[str, Any]) -> tuple[Templates, str]:
    templates = Templates(SOURCES, values, {}, anew, trace.sandbox)
    words = templates.render(SOURCES["part-1.j2"])
    assert templates.problems == []
    return templates, words


def untaken(*documents: Mapping[str, Any]) -> list[tuple[int, int, str]]:
    trace = Trace()
    for values in documents:
        rendered(trace, values)
    return [(one.position.line, one.position.column, one.tag) for one in trace.untaken()]


def test_branches_that_nothing_took_are_told_without_those_inside() -> None:
    assert untaken({"多": True, "少": False, "各项": ["甲"], "名": "甲"}) == [
        (2, 13, "{% else %}"),
        (9, 1, "{% elif 少 %}"),
        (11, 1, "{% else %}"),
        (16, 1, "{% else %}"),
    ]


def test_all_documents_of_a_trace_count() -> None:
    much, little, nothing = (
        {"多": a, "少": b, "各项": c, "名": ""} for a, b, c in ((1, 0, "甲"), (0, 1, "甲"), (0, 0, ""))
    )
    assert untaken(much, little, nothing) == [(2, 13, "{% else %}"), (10, 5, "{% if 多 %}")]
    assert untaken(nothing)[0] == (1, 1, "{% macro 变动(多) %}")


def test_words_lead_to_their_line_and_read_as_without() -> None:
    values = {"多": True, "少": False, "各项": ["甲"], "名": "甲"}
    templates, words = rendered(Trace(), values)
    assert templates.plain(words) == Templates(SOURCES, values, {}, anew).render(SOURCES["part-1.j2"])
    assert words.startswith("## ") and "{目录=概况}\n" in words  # a heading is read sign by sign
    runs = list(templates.runs(words))
    lines = {runs[place - 1].text.strip(): run.position.line for place, run in enumerate(runs) if run.position}
    assert lines == {"## 甲概况 {目录=概况}\n\n收入": 8, "增加": 2, "。": 8, "-": 15, "甲\n末了，": 19, "说完了。": 20}
