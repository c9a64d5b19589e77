"""The verb check: the whole run on one screen, calls in order, and when to stop. Prints, saves and exits nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from generator.check.book_rules import Derived
from generator.check.document_rules import DOCUMENT_RULES, Composed
from generator.check.each_time import DERIVED_RULES, INPUT_RULES
from generator.check.rules import Checked
from generator.check.rules import check as ask
from generator.check.settle import cause_of, settle
from generator.check.written_rules import WRITTEN_RULES, Written
from generator.derive.book import derive
from generator.model.department import UNIT
from generator.model.problem import Problems, has_errors
from generator.model.profile import Profile
from generator.model.source import Text
from generator.readback.document import reading_of
from generator.work.reading import check_made
from generator.work.stages import Counted, Ended, Finished, Loaded, Stopped, Unread
from generator.work.workshop import Workshop

if TYPE_CHECKING:
    from generator.compose.document import MasterTexts


def check(shop: Workshop, data: Path, year: int, unit: str = "") -> Ended:
    """Everything that is wrong or odd in ``data/<year>``, and its document or as much as it came to.

    The document is the department's (部门版), or one unit's (单位版) by its code.

    >>> ended = check(Workshop(Path("templates"), "yibin"), Path("data"), 2022)
    >>> [problem.code for problem in ended.problems]

    ``Finished`` has a document, sound unless it is ``failed``; ``Counted`` has numbers only, ``Stopped`` neither.
    Raises UsageError where a folder is missing or can't be read.
    """
    made = make(shop, data, year, unit)
    return read_over(made) if isinstance(made, Unread) else made


def make(shop: Workshop, data: Path, year: int, unit: str = "", draft: bool = False) -> Stopped | Counted | Unread:
    """From folders to a document. A later phase does not run on broken nouns; what is not filled in stops no ``draft``."""
    loaded = _load(shop, data, year, unit, draft)
    return loaded if isinstance(loaded, Stopped) else _compose(loaded, shop)


def _load(shop: Workshop, data: Path, year: int, unit: str, draft: bool) -> Stopped | Loaded:
    profile, problems, read = shop.profile(year, UNIT if unit else "")
    sources = {source.name: source for source in read}
    if profile is None:
        return Stopped(problems, sources)
    inputs, found, read = shop.inputs(data, year, profile, draft)
    problems, sources = problems + found, sources | {source.name: source for source in read}
    if inputs is None:
        return Stopped(problems, sources)
    if unit or len(inputs.department.agencies) > 1:
        from generator.model.edition import edition_of  # most departments have one unit

        inputs, found = edition_of(inputs, profile, unit)
        problems += found
        if has_errors(found):
            return Stopped(problems, sources)
    found = ()
    if profile.has_titles_to_fill:
        from generator.compose.titles import titled  # Jinja, which few tables' titles need

        profile, found = titled(profile, inputs, shop.remember)
    loaded = Loaded(problems + found, sources, profile, inputs)
    return _stopped(loaded, Checked()) if has_errors(found) else loaded


def _compose(loaded: Loaded, shop: Workshop) -> Stopped | Counted | Unread:
    problems, sources, profile, inputs = loaded
    checked = ask(inputs, INPUT_RULES)
    cause = cause_of(checked, profile.severities)
    if cause is not None:
        return _stopped(loaded, cause)
    book, found = derive(inputs, profile)
    derived = Derived(inputs, profile, book)
    checked = checked.and_also(ask(derived, DERIVED_RULES))
    problems += found
    if has_errors(found):
        return Counted(*_stopped(loaded._replace(problems=problems), checked), profile, inputs, book)

    profile, own_master, texts, found = _with_master(derived, shop)
    problems += found
    from generator.compose.document import compose

    document, found = compose(inputs, book, profile, shop.remember, texts)
    return Unread(problems + found, sources, profile, inputs, book, document, own_master, checked, shop.prove)


def _with_master(derived: Derived, shop: Workshop) -> tuple[Profile, bool, MasterTexts, Problems]:
    """The profile with its master's statements carried out, if it has any, the texts left to fill, and what is wrong."""
    from generator.compose.document import MasterTexts  # Jinja and Word are only needed once the data is sound
    from generator.render.docx.master import has_statements, master_problems, master_texts

    inputs, profile, book = derived
    place = profile.master_position
    problems = master_problems(profile.master, place.file, shop.remember)
    if not has_statements(profile.master):
        return profile, False, MasterTexts([Text(text, place) for text in master_texts(profile.master)]), problems

    from generator.compose.master import master_templates
    from generator.render.docx.expand import expanded  # docxtpl, which few masters need

    templates = master_templates(inputs, book, profile, shop.remember)
    master, found = expanded(profile.master, templates.fill, place)
    texts = () if has_statements(master) else master_texts(master)  # some left: it was not rendered
    left = MasterTexts([Text(text, place) for text in texts], templates.held)
    return profile._replace(master=master), True, left, (*problems, *templates.problems, *found)


def read_over(made: Unread, file: bytes = b"", file_name: str = "") -> Finished:
    """The document read as its public will read it, from the file where there is one, and every finding settled.

    Where a template is broken there is nothing to read.
    """
    checked = made.checked
    if not has_errors(made.problems):
        checked = checked.and_also(_read(made, file, file_name))
    stopped = _stopped(Loaded(made.problems, made.sources, made.profile, made.inputs), checked)
    return Finished(*stopped, made.profile, made.inputs, made.book, made.document, made.own_master)


def _read(made: Unread, file: bytes, file_name: str) -> Checked:
    meant, derived = reading_of(made.document), Derived(made.inputs, made.profile, made.book)
    checked = ask(Composed(made.document, made.inputs, tuple(made.sources.values())), DOCUMENT_RULES)
    if not file:
        return checked.and_also(check_made(meant, derived, made.document, file_name, made.prove))

    from generator.readback.docx import read_back  # a check without a file needs neither zip nor XML

    reading = read_back(file)
    checked = checked.and_also(check_made(reading, derived, made.document, file_name, made.prove))
    return checked.and_also(ask(Written(reading, meant, made.book), WRITTEN_RULES))


def _codes() -> frozenset[str]:
    from generator.check.catalogue import RULE_CODES  # all rules, which only who names one needs

    return RULE_CODES


def _stopped(loaded: Loaded, checked: Checked) -> Stopped:
    """What has been found settled: a place switched some off, a person accepted some."""
    settled = settle(checked, loaded.profile.severities, loaded.inputs.department.acceptances, _codes)
    return Stopped(loaded.problems + settled.problems, loaded.sources, settled.accepted, settled.asked)
