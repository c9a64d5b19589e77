"""The verb report --draft: a document that may have blanks and unconfirmed words, and shows them."""

from __future__ import annotations

from pathlib import Path

from generator.check.rules import Checked
from generator.check.rules import check as ask
from generator.check.written_rules import WRITTEN_RULES, Written
from generator.model.doubts import Doubts
from generator.model.problem import Problem, Severity, UsageError, has_errors
from generator.readback.document import reading_of
from generator.render.draft import MARKS, drafted
from generator.work.check import make, read_over
from generator.work.formats import FORMATS, File
from generator.work.report import Report, file_name
from generator.work.stages import Finished, Unread
from generator.work.workshop import Workshop

FORMS = ("docx", "html", "md", "txt")
"""Formats in which a blank can be shown: tables of numbers for machines have none."""
_WORDS_ARE_THERE = tuple(rule for rule in WRITTEN_RULES if rule.code == "R401")


def draft(shop: Workshop, data: Path, year: int, form: str, unit: str = "") -> Report:
    """The document of ``data/<year>`` as it stands, with what is not certain marked, as a file named 草稿.

    What is missing is only warned of; while amounts are missing, so is what does not add up. Other errors forbid it.
    """
    if form not in FORMS:
        raise UsageError(f"草稿只有这些格式：{'、'.join(FORMS)}。")
    made, row = make(shop, data, year, unit, draft=True), FORMATS[form]
    if not isinstance(made, Unread):
        return Report(made, {}, unit)
    doubts = made.inputs.doubts or Doubts()
    done = read_over(made)
    settled = frozenset(made.problems)
    done = done._replace(problems=tuple(_while_open(problem, settled, doubts) for problem in done.problems))
    if done.failed:
        return Report(done, {}, unit)
    department = made.inputs.department
    names = frozenset((department.name, *department.agencies.values()))
    marked = made._replace(document=drafted(made.document, doubts, names))
    name = file_name(marked.document.file_name)
    file = _coloured(row.write(marked), form)
    if row.read_back:
        done = _read_back(done, marked, file)
    return Report(done, {} if done.failed else {row.named(name): file}, unit)


def _while_open(problem: Problem, settled: frozenset[Problem], doubts: Doubts) -> Problem:
    """What a rule finds, while amounts are missing: what does not add up may yet do so."""
    waits = problem not in settled and any(line for _, line in doubts.blanks)
    return problem._replace(severity=Severity.WARNING) if waits and has_errors([problem]) else problem


def _coloured(file: File, form: str) -> File:
    if form == "docx":
        from generator.render.docx.highlight import highlighted

        return file._replace(data=highlighted(file.data, MARKS))
    if form == "html":
        from generator.render.html.highlight import marked_page

        return file._replace(data=marked_page(file.data.decode(), MARKS).encode())
    return file


def _read_back(done: Finished, marked: Unread, file: File) -> Finished:
    """Every word of the draft stands in its file."""
    from generator.readback.docx import read_back

    found: Checked = ask(Written(read_back(file.data), reading_of(marked.document), marked.book), _WORDS_ARE_THERE)
    return done._replace(problems=(*done.problems, *found.problems))
