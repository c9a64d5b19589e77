"""What rules across departments found, as a text for those who ask the departments (跨部门.txt)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.model.city import Finding
from generator.model.problem import Severity


def findings_text(findings: Iterable[Finding], not_asked: Iterable[tuple[str, str]]) -> str:
    """Errors first, then the rest, each with its remedy; how many there are; rules that could not be asked, and why: (code, why)."""
    found = sorted(findings, key=lambda one: one.severity != Severity.ERROR.label)
    lines = [f"{one.severity} {one.code} {one.message}\n  改法：{one.remedy}\n" for one in found]
    lines.append(findings_line(found) + "\n")
    lines += [f"没有核对 {code}：{why}" for code, why in not_asked]
    return "\n".join(lines).rstrip("\n") + "\n"


def findings_line(findings: Sequence[Finding]) -> str:
    """“错误1处，警告2处。”, or that nothing was found."""
    counts = {label: sum(one.severity == label for one in findings) for label in (one.label for one in Severity)}
    return (
        "，".join(f"{label}{number}处" for label, number in counts.items() if number) + "。"
        if findings
        else "没有发现问题。"
    )
