"""Findings about a line of the ledger: the caret stands under the code that they are about."""

from generator.check.rules import Finding
from generator.model.ledger import LedgerLine
from generator.model.problem import Note, Severity


def about_line(
    line: LedgerLine, message: str, remedy: str, notes: tuple[Note, ...] = (), severity: Severity | None = None
) -> Finding:
    """A finding about a line, at its 部门经济科目."""
    return Finding(message, remedy, line.position, notes, len(line.department_economic or line.function), severity)


def about_function(line: LedgerLine, message: str, remedy: str) -> Finding:
    """A finding about the 功能科目 that a line stands under."""
    return Finding(message, remedy, line.heading or line.position, length=len(line.function))
