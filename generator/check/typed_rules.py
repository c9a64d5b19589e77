"""Sums of typed numbers in prose: 政府采购 is what it is made of, cars are their kinds (T221, T223)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from generator.check.numbers import Number
from generator.check.prose import Prose, sentence_rule, within_a_cent
from generator.check.rules import PASS, Answer, Finding, NotApplicable, Rule, Unable
from generator.model.bound import LostNumber
from generator.model.meaning import Typed
from generator.model.money import ZERO, Money
from generator.model.sentence import counted
from generator.model.source import in_document


def typed_add_up(code: str, prose: Prose) -> Iterator[Answer]:
    """A sum of typed numbers is the sum of those it is made of: amounts (T221) or counts, as of last year's end (T223)."""
    names = [name for name in prose.typed_sums if prose.is_count(name) == (code == "T223")]
    answers = [answer for name in names for answer in _typed(prose, name, prose.typed_sums[name])]
    answers += _as_typed(prose, code)
    for lost in prose.lost(Typed):
        if _code_of_lost(prose, lost) == code and prose.text(lost.section) is not None:
            answers.append(Unable(lost.why))
    yield from answers or [NotApplicable("文中没有这样的合计")]


def _as_typed(prose: Prose, code: str) -> Iterator[Answer]:
    """What was typed is what the sentence says, where the data is at hand."""
    for number in prose.numbers:
        fact = prose.facts.get(number.meaning.name) if isinstance(number.meaning, Typed) else None
        if fact is None or isinstance(fact.value, Money) != (code == "T221"):
            continue
        yield PASS if _is(number, fact.value) else Finding(
            f"“{number.section}”{number.words}写“{number.printed}”，填报的是{fact.value}",
            "请核对填报的数；由程序生成的文档请重新生成。", number.place,
        )  # fmt: skip


def _is(number: Number, typed: Money | int) -> bool:
    if not isinstance(typed, Money):
        return counted(number.printed) == typed
    said = number.said
    return within_a_cent(said.yuan, typed.amount * typed.scale.value, said.scale, typed.scale)


def _code_of_lost(prose: Prose, lost: LostNumber) -> str:
    """The code of the sum it is told with."""
    assert isinstance(lost.meaning, Typed)
    group = lost.meaning.name.rpartition(".")[0]
    sums = [name for name in prose.typed_sums if name.rpartition(".")[0] == group]
    return "T223" if any(map(prose.is_count, sums)) else "T221"


def _typed(prose: Prose, name: str, names: Sequence[str]) -> Iterator[Answer]:
    typed = {one.meaning.name: one for one in reversed(prose.numbers) if isinstance(one.meaning, Typed)}
    whole = typed.get(name)
    if whole is None:
        return
    parts = [typed[part] for part in names if part in typed] if names else _listed_behind(prose, whole)
    typed_in = prose.facts.keys() >= {one.meaning.name for one in (whole, *parts) if isinstance(one.meaning, Typed)}
    if parts and len(parts) >= len(names) and not typed_in:  # else each is held against what was typed
        yield _adds_up(prose, whole, parts, prose.is_count(name))
    if prose.is_count(name):
        yield from _cut_off(prose, whole)


def _listed_behind(prose: Prose, whole: Number) -> list[Number]:
    """The typed numbers from a whole to the end of what is said of it."""
    text, (at, start) = prose.reading.paragraphs[whole.bound.paragraph].text, whole.bound[:2]
    end = start + len(re.split("[；。]", text[start:])[0])
    return [
        one for one in prose.sections[whole.section]
        if isinstance(one.meaning, Typed) and one.bound.paragraph == at and start < one.bound.start < end
    ]  # fmt: skip


def _adds_up(prose: Prose, whole: Number, parts: Sequence[Number], is_count: bool) -> Answer:
    if is_count:
        gap = sum((counted(part.printed) for part in parts), ZERO) - counted(whole.printed)
    else:
        gap = prose.gap(whole, parts)
    return PASS if not gap else Finding(
        f"“{whole.section}”{whole.words}{whole.printed}≠{'＋'.join(part.printed for part in parts)}",
        f"请核对{'、'.join(part.words for part in parts)}。", whole.place,
    )  # fmt: skip


def _cut_off(prose: Prose, whole: Number) -> Iterator[Answer]:
    section = whole.section
    back = 0 if prose.derived is not None and prose.derived.profile.conventions.assets_of_year else 1
    year, found = prose.year, re.search(r"(\d{4})年(?:期末|末|底|12月31日)", prose.text(section) or "")
    if found is None:
        yield Unable(f"“{section}”没有写截止日期")
    elif int(found[1]) != year - back:
        said = f"“{section}”的截止日期写{found[1]}年，应为{year - back}年末"
        yield Finding(said, "请更新截止日期。", in_document(section))


TYPED_RULES: tuple[Rule[Prose], ...] = (
    sentence_rule("T221", "文中的填报金额属实，合计＝各项之和（政府采购＝货物＋工程＋服务）", partial(typed_add_up, "T221"), "10.00≠3.00＋0＋5.00", "各项相加10.00"),
    sentence_rule("T223", "文中的填报数量属实，合计＝各类之和（车辆），截止上年末", partial(typed_add_up, "T223"), "2020年期末（本年度为2022年）", "2021年期末"),
)  # fmt: skip
