"""What a rule is, what asking it can come to, and how a tuple of them is asked."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from typing import Generic, NamedTuple, TypeVar

from generator.model.problem import Note, Problem, Problems, Severity
from generator.model.source import Position

Noun = TypeVar("Noun")


class Finding(NamedTuple):
    """不符: the sentence, the remedy, and where; ``length`` is how many characters the caret marks.

    ``severity`` is set where a rule's finding is milder than the rule (a 尾差 is advice).
    """

    message: str
    remedy: str
    position: Position
    notes: tuple[Note, ...] = ()
    length: int = 1
    severity: Severity | None = None


class Pass(NamedTuple):
    """通过: one comparison that came out right."""


class NotApplicable(Exception):
    """不适用: the table or item is not in this document. A rule yields it, or raises it where nothing more can be asked."""


class Unable(Exception):
    """无法检查: an operand could not be bound for certain. Never a guess, never silent. Yielded or raised alike."""


PASS = Pass()
Answer = Finding | Pass | NotApplicable | Unable


class Outcome(Enum):
    """What asking one rule came to."""

    FAILED = "不符"
    UNABLE = "无法检查"
    PASSED = "通过"
    NOT_APPLICABLE = "不适用"


class Asked(NamedTuple):
    """One rule asked: its outcome, and why where it is not 通过 or 不符."""

    code: str
    outcome: Outcome
    why: str = ""


class Rule(NamedTuple, Generic[Noun]):
    """A row of a rule tuple: its code and statement, how bad, the function, and where the rule comes from.

    ``wrong`` and ``right`` are a failing and a mended example as ``shuoming rules`` shows them.
    """

    code: str
    title: str
    severity: Severity
    find: Callable[[Noun], Iterable[Answer]]
    source: str
    wrong: str = ""
    right: str = ""


def by_code(*tuples: tuple[Rule[Noun], ...]) -> tuple[Rule[Noun], ...]:
    """The rules of all the tuples, by code."""
    return tuple(sorted((rule for rules in tuples for rule in rules), key=lambda rule: rule.code))


class Checked(NamedTuple):
    """What some rules found, and what each came to."""

    problems: Problems = ()
    asked: tuple[Asked, ...] = ()

    def and_also(self, other: "Checked") -> "Checked":
        """Both."""
        return Checked(self.problems + other.problems, self.asked + other.asked)


def check(noun: Noun, rules: Iterable[Rule[Noun]]) -> Checked:
    """Every finding of every rule, in the rules' order, and each rule's outcome.

    One 不符 makes the rule 不符; else one 无法检查 makes it that; a rule is 不适用 when all it said was that.
    """
    problems: list[Problem] = []
    asked: list[Asked] = []
    for rule in rules:
        answers = tuple(answers_of(rule.find(noun)))
        told = [answer for answer in answers if answer is not PASS]
        problems += _problems(rule, told)
        asked.append(_outcome(rule.code, told, len(answers)))
    return Checked(tuple(problems), tuple(asked))


def answers_of(found: Iterable[Answer]) -> Iterator[Answer]:
    """The answers; one that was raised ends them."""
    try:
        yield from found
    except (NotApplicable, Unable) as silence:
        yield silence


def attempt(one: Callable[[], Answer]) -> Answer:
    """One comparison whose operands may be missing."""
    try:
        return one()
    except (NotApplicable, Unable) as silence:
        return silence


def _problems(rule: Rule[Noun], answers: Iterable[Answer]) -> Iterator[Problem]:
    for found in answers:
        if isinstance(found, Finding):
            yield Problem(
                rule.code, found.severity or rule.severity, found.message, found.remedy,
                found.position, found.length, found.notes,
            )  # fmt: skip


def _outcome(code: str, told: Sequence[Answer], count: int) -> Asked:
    if any(isinstance(answer, Finding) for answer in told):
        return Asked(code, Outcome.FAILED)
    unable = next((str(answer) for answer in told if isinstance(answer, Unable)), "")
    if unable:
        return Asked(code, Outcome.UNABLE, unable)
    absent = [str(answer) for answer in told if isinstance(answer, NotApplicable)]
    if absent and len(absent) == count:
        return Asked(code, Outcome.NOT_APPLICABLE, absent[0])
    return Asked(code, Outcome.PASSED)
