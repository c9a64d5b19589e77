"""Problems as other programs read them: JSON, annotations of a forge's CI, SARIF."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from generator.model.problem import Problem, Severity
from generator.model.source import Position
from generator.render.problems import Accepted, counted, ordered

_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "notice"}
_SARIF = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "note"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def problems_json(problems: Iterable[Problem], accepted: Sequence[Accepted] = ()) -> str:
    """``{"problems": [{code, severity, file, line, column, length, place, message, remedy, notes}], "accepted", "summary"}``."""
    found = ordered(problems)
    rows = [
        {
            "code": problem.code,
            "severity": problem.severity.value,
            **_place(problem.position),
            "length": problem.length,
            "message": problem.message,
            "remedy": problem.remedy,
            "notes": [{"text": note.text, **_place(note.position or Position(""))} for note in problem.notes],
        }
        for problem in found
    ]
    agreed = [
        {"code": problem.code, "message": problem.message, "reason": item.reason, "by": item.by, "date": item.date}
        for problem, item in accepted
    ]
    return _dumped({"problems": rows, "accepted": agreed, "summary": counted(found)})


def problems_github(problems: Iterable[Problem]) -> str:
    """One workflow command a line; the forge shows each beside the line it is about."""
    return "".join(
        f"::{_GITHUB[problem.severity]} {_properties(problem)}::{_escaped(f'{problem.message} {problem.remedy}')}\n"
        for problem in ordered(problems)
    )


def problems_sarif(problems: Iterable[Problem], titles: Mapping[str, str]) -> str:
    """SARIF 2.1.0, one run; places of the document are logical locations."""
    found = ordered(problems)
    codes = sorted({problem.code for problem in found})
    rules = [{"id": code, "shortDescription": {"text": titles.get(code, code)}} for code in codes]
    results = [
        {
            "ruleId": problem.code,
            "level": _SARIF[problem.severity],
            "message": {"text": f"{problem.message}。{problem.remedy}"},
            "locations": [_location(problem.position, problem.length)],
        }
        for problem in found
    ]
    driver = {"name": "shuoming", "rules": rules}
    return _dumped({"$schema": _SCHEMA, "version": "2.1.0", "runs": [{"tool": {"driver": driver}, "results": results}]})


def _place(position: Position) -> dict[str, Any]:
    return {"file": position.file, "line": position.line, "column": position.column, "place": position.place}


def _properties(problem: Problem) -> str:
    position = problem.position
    parts = [f"file={_property(position.file)}"] if position.file else []
    parts += [f"line={position.line}", f"col={position.column}"] if position.line else []
    where = f" {position.place}" if position.place else ""
    return ",".join([*parts, f"title={_property(problem.code + where)}"])


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


def _location(position: Position, length: int) -> dict[str, Any]:
    if not position.file:
        return {"logicalLocations": [{"fullyQualifiedName": position.place}]}
    physical: dict[str, Any] = {"artifactLocation": {"uri": position.file}}
    if position.line:
        column = position.column
        physical["region"] = {"startLine": position.line, "startColumn": column, "endColumn": column + length}
    return {"physicalLocation": physical}


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
