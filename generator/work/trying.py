"""A made-up department's document composed for a trial of its profile, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from generator.check.book_rules import Derived
from generator.check.catalogue import RULE_CODES
from generator.check.footing import footing
from generator.check.settle import settle
from generator.compose.document import compose_in
from generator.compose.titles import titled
from generator.compose.traced import Trace
from generator.derive.book import derive
from generator.load.department import load_department
from generator.load.shipped import label_of
from generator.model.book import Book
from generator.model.department import UNIT
from generator.model.document import Document, Heading, Paragraph
from generator.model.edition import edition_of
from generator.model.figure import Change
from generator.model.problem import Problem, Problems, Severity, has_errors
from generator.model.profile import Profile
from generator.model.source import Position, Source
from generator.model.table_spec import TextColumn
from generator.readback.document import reading_of
from generator.save import save
from generator.trial.departments import Trial
from generator.trial.sentences import flaws_of
from generator.work.binding import agreements, nouns
from generator.work.workshop import Workshop

SENTENCE, FOOTING = "P201", "P202"
_OURS = ("T204",)
"""Rules of what the program works out itself, of which no profile can be guilty: how shares are rounded to 100%."""
_TEMPLATE = ("P101", "P102", "P103", "P104")


class Tried(NamedTuple):
    """What one edition of a made-up department came to: what is wrong, and the headings and entries it has.

    ``moved`` are the figures whose change it prints; ``said`` the columns of words that say something in tables that have
    numbers, each by its table's file and its own name.
    """

    problems: Problems
    titles: frozenset[str]
    moved: frozenset[str] = frozenset()
    said: frozenset[tuple[str, str]] = frozenset()


class _Stop(Exception):
    """A department that a profile can't be tried on."""


class Trying(NamedTuple):
    """A place, a year, and where it is noted which branches of its templates are taken."""

    shop: Workshop
    year: int
    trace: Trace

    def tried(self, trial: Trial, scratch: Path) -> Iterator[Tried]:
        """Each edition of a department's document, composed and asked. Its files are laid into ``scratch``, an empty folder."""
        for name, text in trial.files.items():
            save(scratch / name, text.encode(), ())
        for unit in trial.units:
            where = f"在“{trial.name}”的{UNIT if unit else '部门'}里"
            try:
                yield self._edition(scratch, unit, where, trial.certain)
            except _Stop as stop:
                if trial.certain:
                    yield Tried((_no_document(self.shop, where, str(stop)),), frozenset())

    def _edition(self, data: Path, unit: str, where: str, certain: bool) -> Tried:
        shop = self.shop
        profile, found, _ = shop.profile(self.year, UNIT if unit else "")
        if profile is None:
            raise _Stop(found[0].message)
        inputs, found, _ = load_department(data, self.year, profile, shop.remember)
        if inputs is None:
            raise _Stop(_first(found))
        inputs, found = edition_of(inputs, profile, unit)
        _require(found)
        profile, problems = titled(profile, inputs, shop.remember)
        book, found = derive(inputs, profile)
        _require(found)
        document, found = compose_in(self.trace.sandbox, (inputs, book, profile), shop.remember)
        told = [problem for problem in (*problems, *found) if problem.code in _TEMPLATE]
        if told and not certain:
            raise _Stop(_first(told))
        made = [problem._replace(message=f"{where}，{problem.message}") for problem in told]
        if not told:  # else half of the document is missing
            made += _flaws(document, _in_use(profile), where)
            made += _sums(Derived(inputs, profile, book), document, where)
        return Tried(tuple(made), _titles(document), _moved(document), _said(book))


def _in_use(profile: Profile) -> list[Source]:
    """The templates of the outline, and those that they take in by their names."""
    found = [part.prose for part in profile.outline if part.prose is not None]
    for source in found:  # which grows on the way
        names = re.findall(r"[\"']([^\"'\n]*\.j2)[\"']", source.text)
        taken = (profile.wording[name] for name in names if name in profile.wording)
        found += [other for other in taken if other not in found]
    return found


def _flaws(document: Document, prose: list[Source], where: str) -> Iterator[Problem]:
    for flaw in flaws_of(document, prose):
        yield Problem(SENTENCE, Severity.WARNING, f"{where}，{flaw.what}：“{flaw.text}”", flaw.remedy, flaw.position)


def _require(problems: Problems) -> None:
    if has_errors(problems):
        raise _Stop(_first(problems))


def _first(problems: Iterable[Problem]) -> str:
    """The first error's message."""
    return next((problem.message for problem in problems if problem.severity is Severity.ERROR), "")


def _no_document(shop: Workshop, where: str, why: str) -> Problem:
    return Problem(
        SENTENCE, Severity.WARNING, f"{where}，出不了文档：{why}",
        "请核对格式方案要部门填写什么；没有的事项应能填0或不填。", Position(f"{label_of(shop.home)}/report.yaml"),
    )  # fmt: skip


def _sums(derived: Derived, document: Document, where: str) -> Iterator[Problem]:
    """Tables that can't foot, then what the rules of agreement call an error: these hold for any data, or for none."""
    tables = set()
    for found in footing(derived.book):
        tables.add(found.position)
        yield Problem(FOOTING, Severity.ERROR, f"{where}，{found.message}", found.remedy, found.position)
    if derived.inputs.ledger.scale.value < derived.book.scale.value:
        return  # of sums that are cut to cents of 万元, each side for itself, the last digit is nobody's mistake
    told = {spec.title.value for spec in derived.profile.tables if spec.title.position in tables}
    checked = agreements(*nouns(reading_of(document), derived, document))
    for problem in settle(checked, derived.profile.severities, (), lambda: RULE_CODES).problems:
        if problem.code in _OURS:
            continue
        if problem.severity is Severity.ERROR and not any(f"“{title}”" in problem.message for title in told):
            code = FOOTING if problem.code[0] == "J" else SENTENCE
            yield problem._replace(
                code=code, message=f"{where}，{problem.message}（{problem.code}）",
                remedy="请核对表的列和行、句子里的数：同一个数要取同样的条件，列举的各项要齐全。",
            )  # fmt: skip


def _titles(document: Document) -> frozenset[str]:
    headings = {block.ordinal + block.title for block in document.blocks if isinstance(block, Heading)}
    return frozenset(headings | {entry.text for entry in document.entries})


def _moved(document: Document) -> frozenset[str]:
    runs = (run for block in document.blocks if isinstance(block, Paragraph) for run in block.runs)
    return frozenset(run.figure.current.key for run in runs if isinstance(run.figure, Change))


def _said(book: Book) -> frozenset[tuple[str, str]]:
    return frozenset(
        (grid.spec.title.position.file, leaf.label)
        for grid in book.grids.values()
        if not grid.spec.form and not grid.empty
        for place, leaf in enumerate(grid.spec.leaves)
        if isinstance(leaf, TextColumn) and any(row.texts[place] for row in grid.rows)
    )


def alike(problem: Problem) -> tuple[str, Position, str]:
    """What problems have in common that are told once: not the department, nor its amounts."""
    words, position = problem.message.partition("，")[2], problem.position
    rule = re.search(r"（([JT]\d{3})）$", words)
    if rule:
        return problem.code, Position("", place=re.sub(f"[\\d.]+|{UNIT}|部门|!.*", "", position.place)), rule[1]
    column = re.search("这一行：(“.*?”)", words)
    kind = words.split("：")[0] if problem.code == SENTENCE else re.sub(r"[\d,.]+|（.*", "", words)
    kind = column[1] if column else kind
    return problem.code, position._replace(column=0), kind
