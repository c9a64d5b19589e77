"""Problems as a clerk reads them in a terminal, and as other programs read them."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from generator.model.problem import Problem, Severity
from generator.model.source import Source


def problems_text(problems: Iterable[Problem], sources: Mapping[str, Source]) -> str:
    """All problems with the line they are about, sorted by place, and a summary line."""
    found = ordered(problems)
    lines = [line for problem in found for line in _lines(problem, sources)]
    return "\n".join([*lines, summary_text(found)]) + "\n"


def problems_json(problems: Iterable[Problem]) -> str:
    """``{"problems": [{code, severity, file, line, column, message, remedy}], "summary": {…}}``."""
    found = ordered(problems)
    rows = [
        {
            "code": problem.code,
            "severity": problem.severity.value,
            "file": problem.position.file,
            "line": problem.position.line,
            "column": problem.position.column,
            "message": problem.message,
            "remedy": problem.remedy,
        }
        for problem in found
    ]
    return json.dumps({"problems": rows, "summary": _counts(found)}, ensure_ascii=False, indent=2) + "\n"


def summary_text(problems: list[Problem]) -> str:
    """“错误0处，警告2处。” or that nothing was found."""
    counts = _counts(problems)
    if not any(counts.values()):
        return "没有发现问题。"
    parts = [f"{severity.label}{counts[severity.value]}处" for severity in Severity if counts[severity.value]]
    return "，".join(parts) + "。"


def ordered(problems: Iterable[Problem]) -> list[Problem]:
    """By file, line and column; the same problem once."""
    return sorted(set(problems), key=lambda problem: (problem.position, problem.code, problem.message))


def _counts(problems: list[Problem]) -> dict[str, int]:
    return {severity.value: sum(problem.severity is severity for problem in problems) for severity in Severity}


def _lines(problem: Problem, sources: Mapping[str, Source]) -> Iterator[str]:
    yield f"{problem.position}: {problem.severity.label} {problem.code} {problem.message}"
    text = _line_of(problem, sources)
    if text is not None:
        number = str(problem.position.line)
        start = problem.position.column - 1
        yield f"  {number} | {text}"
        caret = "^" * max(1, _columns(text[start : start + problem.length]))
        yield f"  {' ' * len(number)} | {' ' * _columns(text[:start])}{caret}"
    for note in problem.notes:
        yield f"  另见：{note.text}{f'（{note.position}）' if note.position else ''}"
    yield f"  改法：{problem.remedy}"
    yield ""


def _line_of(problem: Problem, sources: Mapping[str, Source]) -> str | None:
    source = sources.get(problem.position.file)
    if source is None or not problem.position.line:
        return None
    lines = source.text.split("\n")
    if problem.position.line > len(lines):
        return None
    return lines[problem.position.line - 1].replace("\t", " ")


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
