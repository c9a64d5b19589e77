"""Templates in their sandbox: numbers get into words by a format only, and nothing costs more than its budget."""

from __future__ import annotations

import random
import resource
import time
from decimal import Decimal

import pytest

from generator.compose.templates import Templates
from generator.model.document import Run
from generator.model.figure import Fact, Figure
from generator.model.money import Money, Scale
from generator.model.problem import Problem
from generator.model.remember import anew
from generator.model.source import Source
from tests.conftest import LATER, SOAK

TOTAL = Figure(Money(Decimal("12.34"), Scale.WAN), (), "总计")
VALUES = {
    "年": "2022",
    "部门": Run("甲局"),
    "总计": TOTAL,
    "车辆": Fact("车辆", 3, None),
    "职责": [Run("管"), Run("办")],
}
FILTERS = {"金额": lambda figure: Run(f"{figure.money}", figure)}


def rendered(text: str, **others: str) -> tuple[str, list[Problem]]:
    sources = {name: Source(name, words) for name, words in {"a.j2": text, **others}.items()}
    templates = Templates(sources, VALUES, FILTERS, anew)
    return templates.plain(templates.render(sources["a.j2"])), templates.problems


NUMBERS = [
    '{{ 总计 ~ "万元" }}', '{{ "共" ~ 总计 }}', '{{ [总计]|first ~ "" }}', '{{ 总计|default("无") ~ "" }}', "{{ 车辆 ~ '辆' }}",
    "{{ 总计|string }}", "{{ 总计|upper }}", "{{ 总计|trim }}", "{{ 总计|e }}", "{{ 总计|indent }}", "{{ 总计|int ~ '' }}",
    "{{ 总计|pprint }}", "{{ 总计|tojson }}", "{{ 总计|list }}", "{{ 总计|length ~ '' }}", '{{ 总计|replace("1", "2") }}',
    '{{ "甲"|replace("甲", 总计) }}', '{{ ["甲", "乙"]|join(总计) }}', '{{ [总计, 总计]|join("、") }}',
    '{{ "、".join([总计]) }}', '{{ [总计]|map("string")|join }}', '{{ [总计]|map(attribute="money")|join }}',
    '{{ "%s" % 总计 }}', '{{ "%s%s" % (年, 总计) }}', '{{ "%s"|format(总计) }}', '{{ "{}".format(总计) }}',
    '{{ "{a}".format(a=总计) }}', '{{ "%(a)s"|format(a=总计) }}', "{{ 总计.money ~ '' }}", "{{ 总计[0] ~ '' }}",
    "{{ 车辆.value ~ '辆' }}", "{% for 项 in 总计 %}{{ 项 }}{% endfor %}", "{% filter upper %}{{ 总计 }}{% endfilter %}",
    "{% set 甲 %}{{ 总计 }}{% endset %}{{ 甲 }}", '{{ 总计 + "万元" }}', "{{ [总计]|sum }}", "{{ 1 }}",
]  # fmt: skip


@pytest.mark.parametrize("text", NUMBERS)
def test_a_number_gets_into_words_by_a_format_only(text: str) -> None:
    words, [problem] = rendered(f"第一行\n{text}")
    assert (words, problem.code, problem.message) == ("", "P103", "这里只写了数，没有写它的格式")
    assert (problem.position.file, problem.position.line) == ("a.j2", 2) if problem.position else False


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{{ (总计 | 金额) ~ '。' }}", "12.34万元。"),
        ("{{ 年 ~ 1 }}{{ 年[2:] }}{{ 年 | replace('2', '贰') }}", "2022122贰0贰贰"),
        ("{{ [年, 部门] | join('、') }}{{ 职责 | map('trim') | join }}", "2022、甲局管办"),
        ("{{ '%s年%02d' % (年, 3) }}{{ '{}{:>2}'.format(部门, 1) }}", "2022年03甲局 1"),
        ("{% for 项 in 职责 %}{{ loop.index ~ '.' }}{{ 项 }}{% endfor %}", "1.管2.办"),
        ("{% if 总计 == 总计 and 年 in ['2022'] %}{{ 部门 | length ~ '字' }}{% endif %}", "2字"),
        (
            "{{ 部门[0] }}{{ '是' if 部门 == '甲局' and '甲' in 部门 }}{% for 字 in 部门 %}{{ 字 }}、{% endfor %}",
            "甲是甲、局、",
        ),
        ("{{ 部门.text.startswith('甲') and '是' }}{{ '共' if 没有 is undefined }}", "是共"),
    ],
)
def test_words_and_counts_are_free(text: str, words: str) -> None:
    assert rendered(text) == (words, [])


TOO_MUCH = [
    ("{% macro f(n) %}{% if n > 0 %}{{ f(n-1) }}{{ f(n-1) }}{% endif %}{% endmacro %}{{ f(40) }}", "次数过多"),
    ("{% for 一 in [1] %}" * 200 + "甲" + "{% endfor %}" * 200, "层次过多"),
    ("{{ [1]|slice(100000000)|list|length }}", "次数过多"),
    ("{{ [1]|batch(1000000000, 0)|list }}", "次数过多"),
    ("{{ range(100000)|list|length }}" * 3, "次数过多"),
    ("{{ range(100000)|select('odd')|first ~ '' }}" + "{{ range(99999)|reject('true')|list }}" * 3, "次数过多"),
    ("{% set x = [1] %}" + "{% set x = x + x %}" * 40, "次数过多"),
    ("{% set x = range(99999)|list %}{% for i in x %}{% if 'q' in x %}{% endif %}{% endfor %}", "次数过多"),
    ('{% include "b.j2" %}' * 100, "次数过多"),
    ("{{ '{:>3000000000}'.format(1) }}", "过长"),
    ("{{ '{:{}}'.format(1, 3000000000) }}", "过长"),
    ("{{ 'a'|center(3000000000) }}", "过长"),
    ("{{ 'a'.zfill(3000000000) }}{{ 'a'.ljust(99999999999999999999) }}", "过长"),
    ("{{ '%3000000000d' % 1 }}", "过长"),
    ("{{ '%*d' % (3000000000, 1) }}", "过长"),
    ("{{ '%3000000000d'|format(1) }}", "过长"),
    ("{{ 'a\\tb'.expandtabs(3000000000) }}", "过长"),
    ("{% set x = 'ab' %}" + "{% set x = x ~ x %}" * 40, "过长"),
    ("{% set x = 'ab' %}" + "{% set x = x + x %}" * 40, "过长"),
    ("{% set x = 'ab' %}" + "{% set x %}{{ x }}{{ x }}{% endset %}" * 40, "过长"),
    ("{% macro f(x) %}{{ x }}{{ x }}{% endmacro %}{{ " + "f(" * 40 + "'ab'" + ")" * 40 + " }}", "过长"),
    ("{% set x = 'a'.center(9999) %}{{ x.replace(' ', x) }}", "过长"),
    ("{% set x = 'a'.center(9999) %}{{ (range(9999)|list)|join(x) }}", "过长"),
    ("{% set x = 'a'.center(9999) %}{% for i in range(99999) %}{% if x|trim %}{% endif %}{% endfor %}", "过长"),
    ("甲" * 500_001 + "{{ 年 }}", "过长"),
]


@pytest.mark.parametrize(("text", "what"), TOO_MUCH, ids=range(len(TOO_MUCH)))
def test_a_template_has_a_budget_of_steps_and_letters(text: str, what: str) -> None:
    others = {f"{name}.j2": f'{{% include "{below}.j2" %}}' * 100 for name, below in ("bc", "cd", "de")}
    begun, before = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    words, [problem] = rendered(text, **others, **{"e.j2": "{{ 年 }}"})
    assert (words, problem.code) == ("", "P103")
    assert what in problem.message
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000  # kilobytes
    assert time.process_time() - begun < 10  # some never ended


@pytest.mark.parametrize(
    "text",
    [
        "{{ [1, 2]|random }}", "{{ '长' * 9 }}", "{{ 2 ** 9 }}", "{{ ''.__class__ }}", "{{ 年.encode() }}", "{{ 部门|pprint }}",
        "{{ (1).to_bytes(3000000000, 'big') }}", "{{ 'a'|wordwrap(1) }}", "{{ {'a': 年}|xmlattr }}", "{{ 部门._replace }}",
    ],
)  # fmt: skip
def test_what_is_not_for_templates_is_refused(text: str) -> None:
    assert [problem.code for problem in rendered(text)[1]] == ["P104"]


ATOMS = (
    "年", "部门", "总计", "车辆", "职责", "没有", "'ab'", "'{:>99999}'", "'%s'", "'%9999999d'", "3", "99999", "true", "none",
    "[总计]", "range(99999)", "{'a': 总计}", "总计.money", "总计.lines", "(总计, 年)", "('' if 0)", "f", "loop",
)  # fmt: skip
WRAPS = (
    "{} ~ {}", "{} + {}", "{} % {}", "[{}, {}]", "{}[{}]", "{} in {}", "{} == {}", "{}.format({})", "{}.center({})",
    "{}.join({})", "{}.replace({}, 'xx')", "({} if {})", "f({}, {})", "{}|join({})", "{}|default({})", "{}|replace('a', {})",
    "{}|center({})", "{}|slice({})|list", "{}|batch({})", "{}|format({})", "{}|map({})|list", "{}|truncate({})", "{}|indent({})",
    "{}|金额 ~ {}", "{}|sort|first ~ {}", "{}|upper ~ {}", "{}|sum({})", "{}|groupby({})|list", "{}|min ~ {}", "{}|int({})",
    "{}|dictsort|list ~ {}", "{}|attr({})", "{}|tojson({})", "{}|items|list ~ {}", "{}|reverse|join({})", "{}|wordcount ~ {}",
)  # fmt: skip
FRAMES = (
    "{{{{ {} }}}}", "{{% set x = {} %}}{{{{ x }}}}", "{{% for i in {} %}}{{{{ i }}}}{{% endfor %}}", "{{% if {} %}}甲{{% endif %}}",
    "{{% set x %}}{{{{ {} }}}}{{% endset %}}{{{{ x ~ x }}}}", "{{% filter replace('a', 'b') %}}{{{{ {} }}}}{{% endfilter %}}",
    "{{% call f(1) %}}{{{{ {} }}}}{{% endcall %}}", "{{% include {} %}}", "{{% for i in [1, 2] %}}{{{{ {} ~ loop.index }}}}{{% endfor %}}",
)  # fmt: skip
MACRO = "{% macro f(a, b=1) %}{{ a }}{{ b }}{{ caller() if caller }}{% endmacro %}"


@pytest.mark.parametrize("text", ["共{{ 总计.金额 }}", "{{ 金额 }}"])
def test_a_format_written_as_a_name_is_told_how_to_stand(text: str) -> None:
    words, [problem] = rendered(text)
    assert (words, problem.code, problem.message) == ("", "P102", "“金额”是格式，不是数的一部分")
    assert problem.remedy == "请写成“| 金额”，放在数的后面。"


def hostile(seed: int) -> str:
    """A template made up of everything that could get a number's insides, or too much, into the words."""
    dice = random.Random(seed)

    def expression(depth: int) -> str:
        if not depth or dice.random() < 0.2:
            return dice.choice(ATOMS)
        return f"({dice.choice(WRAPS).format(expression(depth - 1), expression(depth - 1))})"

    return MACRO + dice.choice(FRAMES).format(expression(dice.randint(1, 4)))


@pytest.mark.parametrize("seeds", [range(150), pytest.param(range(150, 20_000 if SOAK else 3000), marks=LATER)])
def test_hostile_templates_print_no_python_and_end(seeds: range) -> None:
    """Each is words, or a located problem."""
    printed = 0
    for seed in seeds:
        text = hostile(seed)
        words, problems = rendered(text)
        printed += bool(words)
        assert not any(
            sign in words for sign in ("Figure(", "Fact(", "Money(", "Decimal", "Run(", "Scale", " at 0x")
        ), text
        assert all(problem.position and problem.position.line == 1 for problem in problems), text
        assert words or problems or "if" in text or "for" in text or "set" in text or "''" in text, text
    assert printed > len(seeds) // 20
