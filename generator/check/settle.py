"""What a place switches off, and what a person accepted, applied to all findings of a run."""

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.check.rules import Asked, Checked, Outcome
from generator.model.department import Acceptance
from generator.model.problem import Problem, Problems, Severity, did_you_mean
from generator.model.source import Text

_SEVERITIES = {"错误": Severity.ERROR, "警告": Severity.WARNING, "建议": Severity.ADVICE}
OFF = "关"


class Settled(NamedTuple):
    """The problems that stay, the accepted ones with their acceptance, and the outcomes."""

    problems: Problems
    accepted: tuple[tuple[Problem, Acceptance], ...]
    asked: tuple[Asked, ...]


def settle(
    checked: Checked,
    severities: Mapping[str, Text],
    acceptances: Sequence[Acceptance],
    known: Callable[[], frozenset[str]],
) -> Settled:
    """Severities as the profile sets them; then accepted warnings apart, and acceptances of nothing reported.

    ``known`` are the codes of all rules, wanted where one is named that was not asked. An error can't be accepted: a place that wants less of a rule says so in its profile.
    """
    problems = _without_effects(tuple(_with_severity(checked.problems, severities)))
    accepted = tuple(
        (problem, acceptance)
        for problem in problems
        for acceptance in acceptances
        if problem.severity is not Severity.ERROR and _meant(problem, acceptance)
    )
    taken = {problem for problem, _ in accepted}
    rest = tuple(problem for problem in problems if problem not in taken)
    asked = frozenset(one.code for one in checked.asked)
    codes = asked if {*severities, *(one.rule.value for one in acceptances)} <= asked else known()
    odd = (
        *_unknown(tuple(severities.items()), codes),
        *_idle(acceptances, problems, codes, asked),
    )
    return Settled((*rest, *odd), accepted, tuple(_with_state(asked, severities) for asked in checked.asked))


CAUSES = frozenset({"B109"})
"""What makes all else untrue: with the wrong 金额单位 every other finding is its effect."""


EFFECTS = {"J110": "D019"}
"""What is said once, at its cause: a 基本支出 with a code of projects is in none of the columns that J110 adds up."""


def cause_of(checked: Checked, severities: Mapping[str, Text]) -> Checked | None:
    """The errors that are to be mended before anything else is asked, with their rules; None where there are none."""
    found = [problem for problem in checked.problems if problem.code in CAUSES and problem.severity is Severity.ERROR]
    if not found or any(problem.code in severities for problem in found):
        return None
    return Checked(tuple(found), tuple(asked for asked in checked.asked if asked.code in CAUSES))


def _with_severity(problems: Problems, severities: Mapping[str, Text]) -> Iterator[Problem]:
    for problem in problems:
        chosen = severities.get(problem.code)
        if chosen is None:
            yield problem
        elif chosen.value != OFF:
            yield problem._replace(severity=_SEVERITIES[chosen.value])


def _without_effects(problems: Problems) -> Problems:
    causes = {problem.code for problem in problems if problem.severity is Severity.ERROR}
    return tuple(problem for problem in problems if EFFECTS.get(problem.code) not in causes)


def _with_state(asked: Asked, severities: Mapping[str, Text]) -> Asked:
    off = asked.code in severities and severities[asked.code].value == OFF
    return Asked(asked.code, Outcome.NOT_APPLICABLE, "格式方案关闭了这条规则") if off else asked


def _meant(problem: Problem, acceptance: Acceptance) -> bool:
    return problem.code == acceptance.rule.value and acceptance.words in problem.message


def _unknown(severities: Sequence[tuple[str, Text]], known: frozenset[str]) -> Iterator[Problem]:
    for code, text in severities:
        if code not in known:
            hint = did_you_mean(code, sorted(known)) or "可用的规则见 shuoming rules。"
            yield Problem(
                "P008", Severity.ERROR, f"没有“{code}”这条规则", f"请核对编号。{hint}", text.position, len(code)
            )


def _idle(
    acceptances: Sequence[Acceptance], problems: Problems, known: frozenset[str], asked: Container[str]
) -> Iterator[Problem]:
    """Acceptances of nothing; where a run ended before their rule was asked, nothing is known of them."""
    for acceptance in acceptances:
        rule, place = acceptance.rule.value, acceptance.rule.position
        found = [problem for problem in problems if _meant(problem, acceptance)]
        if rule not in known:
            hint = did_you_mean(rule, sorted(known)) or "可用的规则见 shuoming rules。"
            yield Problem(
                "B106",
                Severity.WARNING,
                f"没有“{rule}”这条规则，这条接受记录不起作用",
                f"请核对编号。{hint}",
                place,
                len(rule),
            )
        elif not found and rule in asked and not acceptance.elsewhere:
            yield Problem(
                "B106", Severity.WARNING, f"接受记录“{rule} {acceptance.words}”没有对应的问题",
                "问题已经解决的，请删去这条记录；否则请核对“内容”与提示的文字。", place, len(rule),
            )  # fmt: skip
        elif any(problem.severity is Severity.ERROR for problem in found):
            yield Problem(
                "B106",
                Severity.WARNING,
                f"{rule}是错误，不能接受",
                "请改正；确需放宽的，在格式方案report.yaml的“检查”下调整级别。",
                place,
                len(rule),
            )
