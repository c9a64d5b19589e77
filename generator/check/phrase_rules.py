"""Rules of what the sentences claim and how they write numbers (T225, T236, T238, T240)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.prose import Prose, sentence_rule
from generator.check.rules import PASS, Answer, Finding, NotApplicable, Rule, Unable
from generator.model.problem import Severity
from generator.model.profile import Conventions
from generator.model.source import in_document

_ZERO = re.compile(r"(?<![\d.,])0(?:\.0+)?(?:万?元|[%％])")
_ALL_HAVE_GOALS = re.compile(r"项目均[^。]*绩效目标|所有项目[^。]*绩效目标")


def all_projects_have_goals(prose: Prose) -> Iterator[Answer]:
    """“项目均编制了绩效目标” is said when J305 holds, and only then."""
    said = (section for section, text in prose.texts.items() if _ALL_HAVE_GOALS.search(text))
    section = next(said, None)
    if section is None:
        raise NotApplicable("文中没有说全部项目都编制了绩效目标")
    from generator.check.between_tables import same_projects  # of which most runs know the answer

    answers = list(same_projects(prose.tables.amounts))
    if not answers:
        raise Unable(f"“{section}”称项目均编制了绩效目标，而各表没有可以与绩效目标对照的项目支出")
    for found in (one for one in answers if isinstance(one, Finding)):
        yield Finding(
            f"“{section}”称项目均编制了绩效目标，但{found.message}",
            "请补上绩效目标，或改写这一句。",
            in_document(section),
        )
    yield PASS


def terms_of_titles(prose: Prose) -> Iterator[Answer]:
    """A section speaks in the terms of its table: 收入预算, where its table is of income."""
    answers = [answer for section, text in prose.texts.items() for answer in _terms(prose, section, text)]
    yield from answers or [NotApplicable("没有要用收入口径的一节")]


def _terms(prose: Prose, section: str, text: str) -> Iterator[Answer]:
    found = prose.statement.section_of(section)
    for avoided, remedy in found.avoided.items() if found else ():
        clause = next((clause for clause in re.split("[，。；：]", text) if avoided in clause), None)
        yield PASS if clause is None else Finding(
            f"“{section}”“{clause[: clause.rindex(avoided) + len(avoided)]}”与这一节的表口径不同", remedy, in_document(section)
        )  # fmt: skip


def numbers_have_units(prose: Prose) -> Iterator[Answer]:
    """A share or a rate carries %, an amount its unit, once."""
    patterns = (
        (r"(?:占|增长|下降)\d+(?:\.\d+)?(?![\d.%％万元])", "缺少百分号"),
        (r"(?:总计|合计|预算为|增加|减少)\d+\.\d+(?![\d.%％]|万|元)", "缺少计量单位"),
        (r"\d(?:万元万元|元万元|%%|万元元)", "单位写了两次"),
    )
    own = "\n".join(passage.text.value for passage in prose.derived.inputs.department.passages) if prose.derived else ""
    for item in prose.reading.paragraphs:
        for pattern, wrong in patterns:
            found = re.search(pattern, item.text)
            if found:
                said_so = Severity.WARNING if found[0] in own else None  # the department's own words are its own
                yield Finding(
                    f"“{item.section}”“{found[0]}”{wrong}",
                    "请补上“万元”或“%”，一个数一个单位。",
                    in_document(item.section),
                    severity=said_so,
                )
    yield PASS


def _says_of_zero(conventions: Conventions) -> bool:
    """Whether formats of the prose write zeros as no convention does, or amounts and percentages each in a way of its own."""
    ways = [one.zero for one in (conventions.prose_format, conventions.percent_format) if one is not None]
    return any(ways) and (len(set(ways)) > 1 or ways[0] != "0")


def zeros_written_alike(prose: Prose) -> Iterator[Answer]:
    """Zero is written in one way: the place's 整数 (0万元, 0%), else all 0万元 or all 0.00万元; or as its formats say."""
    if prose.derived is not None and _says_of_zero(prose.derived.profile.conventions):
        raise NotApplicable("格式方案里的数的格式写明了零的写法")
    seen: dict[bool, tuple[str, str]] = {}
    for item in prose.reading.paragraphs:
        for found in _ZERO.finditer(item.text):
            seen.setdefault("." not in found[0], (item.section, found[0]))
    plain = prose.derived is not None and prose.derived.profile.conventions.plain_zero
    if False in seen and (plain or True in seen):
        section, zero = seen[False]
        other = f"，另有“{seen[True][1]}”" if True in seen else ""
        yield Finding(
            f"“{section}”的零写作“{zero}”{other}",
            f"请统一{'照格式方案写整数（0万元、0%）' if plain else '写法'}。",
            in_document(section),
        )
    yield PASS


_W, _A = Severity.WARNING, Severity.ADVICE


PHRASE_RULES: tuple[Rule[Prose], ...] = (
    sentence_rule("T225", "“均编制绩效目标”属实", all_projects_have_goals, "有一个项目没有绩效目标", "补上绩效目标"),
    sentence_rule("T236", "口径与表题一致", terms_of_titles, "收入一节写“政府性基金收支预算”", "政府性基金预算")._replace(severity=_A),
)  # fmt: skip
WRITTEN_NUMBER_RULES: tuple[Rule[Prose], ...] = (
    sentence_rule("T238", "数后有单位或百分号", numbers_have_units, "占76.23", "占76.23%"),
    sentence_rule("T240", "零的写法一致", zeros_written_alike, "0万元与0.00万元并存", "都写0万元")._replace(severity=_W),
)  # fmt: skip
"""How numbers are written, also in words that a person typed."""
