"""Problems in short: what stops the document in full, then what is new in full, the rest counted by rule."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

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

if TYPE_CHECKING:
    from generator.model.seen import Seen

_ROWS = 11
_NEW = 10
"""So many new ones are told in full."""


class Around(NamedTuple):
    """What each rule asks, by code; the commands that list every place and that keep what was seen; ``aside``: a line above the count."""

    titles: Mapping[str, str]
    everything: str
    colour: bool = False
    keep: str = ""
    aside: str = ""


def digest_text(
    problems: Sequence[Problem],
    sources: Mapping[str, Source],
    around: Around,
    accepted: Sequence[Accepted] = (),
    seen: "Seen | None" = None,
) -> str:
    """What stops the document, in full; what is new since a person last looked (``seen``), in full; a rule a line with one example.

    Where nobody ever looked nothing is new: under twenty lines where nothing is an error.
    """
    found = ordered(problems)
    others = [problem for problem in found if problem.severity is not Severity.ERROR]
    errors = [problem for problem in found if problem.severity is Severity.ERROR]
    new = _new(others, seen, sources)
    told = set(new[:_NEW])
    rest = [problem for problem in others if problem not in told]
    lines = [f"有{len(errors)}处错误，改好以前不能生成文档：", ""] if errors else []
    lines += [line for problem in errors for line in problem_lines(problem, sources, around.colour)]
    if new:
        lines += [f"上次看过以后新出现的{len(new)}处{f'，先列{_NEW}处' if len(new) > _NEW else ''}：", ""]
        lines += [line for problem in new[:_NEW] for line in problem_lines(problem, sources, around.colour)]
    elif seen is not None:
        lines += ["上次看过以后没有新出现的。"]
    if rest and (errors or seen is not None):
        lines += [f"{'其余' if seen is None or len(new) > _NEW else '看过的'}{len(rest)}处：{_codes(_by_rule(rest))}"]
    else:
        lines += _digest(rest, around.titles)
    lines += _commands(bool(rest), bool(others) and not errors and (bool(new) or seen is None), around)
    lines += [around.aside] if around.aside else []
    return "\n".join([*lines, summary_text(found, len(accepted))]) + "\n"


def _new(problems: Sequence[Problem], seen: "Seen | None", sources: Mapping[str, Source]) -> Sequence[Problem]:
    if seen is None:
        return ()
    from generator.model.seen import new_since  # most folders have no such file

    return new_since(problems, seen, sources)


def _commands(folded: bool, unseen: bool, around: Around) -> Iterator[str]:
    """How to see all of it, and how to have only what is new next time."""
    if folded:
        yield f"逐处列出：{around.everything}"
    if unseen and around.keep:
        yield f"看过了，以后只看新的：{around.keep}"


_Rows = list[tuple[tuple[Severity, str], list[Problem]]]


def _by_rule(problems: Sequence[Problem]) -> _Rows:
    """The worst and commonest rules first."""
    rules: dict[tuple[Severity, str], list[Problem]] = {}
    for problem in problems:
        rules.setdefault((problem.severity, problem.code), []).append(problem)
    severities = list(Severity)
    return sorted(rules.items(), key=lambda row: (severities.index(row[0][0]), -len(row[1]), row[0][1]))


def _codes(rows: _Rows) -> str:
    return "、".join(f"{code}（{len(found)}）" for (_, code), found in rows)


def _digest(problems: Sequence[Problem], titles: Mapping[str, str]) -> Iterator[str]:
    rows = _by_rule(problems)
    whole = len(rows) if len(rows) <= _ROWS + 1 else _ROWS
    for (severity, code), found in rows[:whole]:
        what = f"{code} {titles.get(code, '')}：如{_place(found[0])} {' '.join(found[0].message.split())}"
        yield _cut(f"{severity.label}{len(found):>3}处 {harmless(what)}")
    rest = rows[whole:]
    if rest:
        yield f"另有{len(rest)}条规则共{sum(len(found) for _, found in rest)}处：{_codes(rest)}"


def _place(problem: Problem) -> str:
    """The year, the file and the line; or the place of the document."""
    file, line = problem.position.file, problem.position.line
    short = "/".join(file.split("/")[-2:])
    return (f"{short}:{line}" if line else short) or problem.position.place


def _cut(line: str) -> str:
    """The line in the width of a terminal: an example need not be whole."""
    return line if display_width(line) < TERMINAL else f"{beginning(line, TERMINAL - 2)}…"
