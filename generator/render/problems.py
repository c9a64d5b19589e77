"""Problems as a clerk reads them in a terminal."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate

from generator.model.department import Acceptance
from generator.model.problem import Problem, Severity
from generator.model.source import Source, all_seen
from generator.model.unseen import HIDDEN

Accepted = tuple[Problem, Acceptance]
_CONTROL = f"[\x00-\x1f\x7f-\x9f{HIDDEN}]"
TERMINAL = 80  # columns that any terminal has
_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.ADVICE: "36"}


def problems_text(
    problems: Iterable[Problem],
    sources: Mapping[str, Source],
    accepted: Sequence[Accepted] = (),
    colour: bool = False,
) -> str:
    """All problems with the line they are about, file by file, the document's last; what was accepted; a count.

    Errors come last, above the count: there a person looks first, and forty warnings would bury the one to mend.
    """
    found = ordered(problems)
    errors = [problem for problem in found if problem.severity is Severity.ERROR]
    others = [problem for problem in found if problem.severity is not Severity.ERROR]
    lines = [line for problem in others for line in problem_lines(problem, sources, colour)]
    lines += _accepted(accepted)
    lines += [line for problem in errors for line in problem_lines(problem, sources, colour)]
    return "\n".join([*lines, summary_text(found, len(accepted))]) + "\n"


def summary_text(problems: list[Problem], accepted: int = 0) -> str:
    """“错误0处，警告2处。” or that nothing was found."""
    counts = counted(problems)
    parts = [f"{severity.label}{counts[severity.value]}处" for severity in Severity if counts[severity.value]]
    parts += [f"已接受{accepted}处"] if accepted else []
    return "，".join(parts) + "。" if parts else "没有发现问题。"


def outcomes_text(outcomes: Sequence[tuple[str, str, str, str]]) -> str:
    """How many rules came to what, and which ones were 无法检查 or 不适用, with why: (code, title, outcome, why)."""
    counts = Counter(outcome for _, _, outcome, _ in outcomes)
    lines = []
    for state in ("无法检查", "不适用"):
        lines += [f"  {state} {code} {title}：{why}" for code, title, outcome, why in outcomes if outcome == state]
    shown = "，".join(f"{state}{counts[state]}条" for state in ("通过", "不符", "不适用", "无法检查"))
    return "\n".join([f"共检查规则{len(outcomes)}条：{shown}。", *lines]) + "\n"


def not_asked_text(unasked: Sequence[tuple[str, str]]) -> str:
    """How many rules had nothing to ask, and why, on one line: (code, why). Nothing where all were asked."""
    codes: dict[str, list[str]] = {}
    for code, why in unasked:
        codes.setdefault(why, []).append(code)
    most = sorted(codes.items(), key=lambda item: -len(item[1]))
    parts = [f"{why}（{'、'.join(of[:3])}{f'等{len(of)}条' if len(of) > 3 else ''}）" for why, of in most[:3]]
    more = "等" if len(most) > 3 else ""
    return (
        f"有{len(unasked)}条规则没有可查的内容：{'；'.join(parts)}{more}。逐条见 check --verbose。\n" if unasked else ""
    )


def ordered(problems: Iterable[Problem]) -> list[Problem]:
    """By file, line and column, places of the document last; the same problem once."""
    return sorted(
        set(problems),
        key=lambda problem: (
            not problem.position.file,
            problem.position,
            problem.code,
            problem.message,
            problem.remedy,
        ),
    )


def counted(problems: Iterable[Problem]) -> dict[str, int]:
    """How many of each severity."""
    counts = Counter(problem.severity for problem in problems)
    return {severity.value: counts[severity] for severity in Severity}


def _accepted(accepted: Sequence[Accepted]) -> Iterator[str]:
    for problem, acceptance in accepted:
        yield f"已接受 {problem.code} {problem.message}"
        yield f"  原因：{acceptance.reason}（{acceptance.signature}）"
    if accepted:
        yield ""


def problem_lines(problem: Problem, sources: Mapping[str, Source], colour: bool) -> Iterator[str]:
    """A problem in full: what is wrong where, the line with a caret, what to see beside it, how to mend it."""
    word = f"{problem.severity.label} {problem.code}"
    if colour:
        word = f"\033[{_COLOURS[problem.severity]}m{word}\033[0m"
    yield f"{problem.position}: {word} {harmless(problem.message)}"
    found = _line_of(problem, sources)
    if found is not None:
        number = str(problem.position.line)
        text, start = _window(harmless(found), problem.position.column - 1, TERMINAL - len(f"  {number} | ") - 1)
        yield f"  {number} | {text}"
        caret = "^" * max(1, display_width(text[start : start + problem.length]))
        yield f"  {' ' * len(number)} | {' ' * display_width(text[:start])}{caret}"
    for note in problem.notes:
        yield f"  另见：{note.text}{f'（{note.position}）' if note.position else ''}"
    yield f"  改法：{harmless(problem.remedy)}"
    yield ""


def harmless(text: str) -> str:
    """The text without what a terminal would obey or turn round: one sign for each, so that columns stay."""
    return text if all_seen(text) and "\n" not in text else re.sub(_CONTROL, "\ufffd", text)


def _window(text: str, start: int, width: int) -> tuple[str, int]:
    """A line wider than so many columns cut to what surrounds its place, and where the place is then."""
    if display_width(text) <= width:
        return text, start
    left = beginning(text[:start][::-1], max(width // 2, width - display_width(text[start:])) - 1)[::-1]
    before = "…" if len(left) < start else ""
    shown = before + text[start - len(left) :]
    return shown if display_width(shown) <= width else f"{beginning(shown, width - 1)}…", len(before + left)


def _line_of(problem: Problem, sources: Mapping[str, Source]) -> str | None:
    source = sources.get(problem.position.file)
    line = source.line(problem.position.line) if source else None
    return None if line is None else line.replace("\t", " ")


def display_width(text: str) -> int:
    """How many columns of a terminal a text takes: two a Chinese character."""
    return sum(_widths(text))


def beginning(text: str, width: int) -> str:
    """As much of a text as so many columns of a terminal hold."""
    return next((text[:place] for place, taken in enumerate(accumulate(_widths(text))) if taken > width), text)


def _widths(text: str) -> Iterator[int]:
    return (2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
