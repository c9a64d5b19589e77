"""Rules over the codes of what was typed: when they began."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.rules import PASS, Answer, Finding, NotApplicable, Rule
from generator.model.department import Inputs
from generator.model.ledger import LedgerLine
from generator.model.problem import Severity

_DATE = r"([12][0-9]{3})年([0-9]{1,2})月(?:([0-9]{1,2})日)?"


def codes_begun_by_then(inputs: Inputs) -> Iterator[Answer]:
    """A code that came within the year is in no document of an earlier day."""
    begun = inputs.classification.begun
    used = [(line, code) for line in inputs.ledger.lines for code in _codes(line) if code in begun] if begun else []
    if not used:
        yield NotApplicable("没有用到年度中间新增的科目")
        return
    date = re.search(_DATE, inputs.department.date)
    if date is None:
        yield NotApplicable("没有填写日期")
        return
    today = "-".join(part.zfill(2) for part in date.groups() if part)
    told: set[str] = set()
    for line, code in used:
        if code in told:
            continue
        told.add(code)
        if begun[code][: len(today)] <= today:
            yield PASS
        else:
            yield Finding(
                f"科目“{_named(inputs, code)}”从{begun[code]}起才有，而说明的日期是“{date[0]}”",
                "请核对科目、它开始使用的时间和说明的日期。",
                line.heading or line.position if code == line.function else line.position,
                length=len(line.department_economic if code == line.government_economic else code),
            )


def _codes(line: LedgerLine) -> tuple[str, ...]:
    return line.function, line.department_economic, line.government_economic


def _named(inputs: Inputs, code: str) -> str:
    known = inputs.classification
    for names in (known.function, known.department_economic, known.government_economic):
        if code in names:
            return f"{code} {names[code]}"
    return code


CODE_RULES: tuple[Rule[Inputs], ...] = (
    Rule(
        "D033", "年度中间新增的科目，说明的日期在它之后", Severity.WARNING, codes_begun_by_then, "政府收支分类科目",
        "2200601 某支出（自: 2026-05-01）\n日期: 2026年2月", "2200601 某支出（自: 2026-05-01）\n日期: 2026年6月",
    ),
)  # fmt: skip
