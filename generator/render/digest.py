"""Problems in short, as a run that made a document tells them: errors in full, the others counted by rule."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.model.problem import Problem, Severity
from generator.model.source import Source
from generator.render.problems import (
    TERMINAL,
    Accepted,
    beginning,
    display_width,
    harmless,
    ordered,
    problem_lines,
    summary_text,
)

_ROWS = 11


class Around(NamedTuple):
    """What each rule asks, by code; the command that lists every place; whether the terminal has colours."""

    titles: Mapping[str, str]
    everything: str
    colour: bool = False


def digest_text(
    problems: Sequence[Problem], sources: Mapping[str, Source], around: Around, accepted: Sequence[Accepted] = ()
) -> str:
    """Under twenty lines where nothing is an error: a rule a line with one example, the rest by their codes.

    Errors come last, in full, above the count.
    """
    found = ordered(problems)
    others = [problem for problem in found if problem.severity is not Severity.ERROR]
    errors = [problem for problem in found if problem.severity is Severity.ERROR]
    lines = list(_digest(others, around.titles))
    lines += [f"逐处列出：{around.everything}"] if others else []
    lines += (
        ["", *(line for problem in errors for line in problem_lines(problem, sources, around.colour))] if errors else []
    )
    return "\n".join([*lines, summary_text(found, len(accepted))]) + "\n"


def _digest(problems: Sequence[Problem], titles: Mapping[str, str]) -> Iterator[str]:
    rules: dict[tuple[Severity, str], list[Problem]] = {}
    for problem in problems:
        rules.setdefault((problem.severity, problem.code), []).append(problem)
    severities = list(Severity)
    rows = sorted(rules.items(), key=lambda row: (severities.index(row[0][0]), -len(row[1]), row[0][1]))
    whole = len(rows) if len(rows) <= _ROWS + 1 else _ROWS
    for (severity, code), found in rows[:whole]:
        what = f"{code} {titles.get(code, '')}：如{_place(found[0])} {' '.join(found[0].message.split())}"
        yield _cut(f"{severity.label}{len(found):>3}处 {harmless(what)}")
    rest = rows[whole:]
    if rest:
        codes = "、".join(f"{code}（{len(found)}）" for (_, code), found in rest)
        yield f"另有{len(rest)}条规则共{sum(len(found) for _, found in rest)}处：{codes}"


def _place(problem: Problem) -> str:
    """The year, the file and the line; or the place of the document."""
    file, line = problem.position.file, problem.position.line
    short = "/".join(file.split("/")[-2:])
    return (f"{short}:{line}" if line else short) or problem.position.place


def _cut(line: str) -> str:
    """The line in the width of a terminal: an example need not be whole."""
    return line if display_width(line) < TERMINAL else f"{beginning(line, TERMINAL - 2)}…"
