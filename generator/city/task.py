"""What a worker does for one department: look whether anything has changed, make or check it, put its files in place, and report."""

from __future__ import annotations

import time
import traceback
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import NamedTuple

from generator.city.fingerprint import joined, of_data, of_profile
from generator.city.folder import Blocked, file_line, is_whole, replace_files
from generator.city.memory import most_held
from generator.city.place import Place, place_of
from generator.city.summary import summary_of
from generator.kept import remembering
from generator.load.watch import profile_named
from generator.model.city import (
    ALL_UNITS,
    BESIDE,
    BROKEN_FILE,
    PROBLEMS_FILE,
    Ending,
    FileLine,
    Member,
    Order,
    Plan,
    ProblemLine,
    Result,
    Summary,
)
from generator.model.failure import why_not_read
from generator.model.file_names import profile_of
from generator.model.problem import Problem, Severity, UsageError
from generator.render.problems import problems_text
from generator.work.check import check
from generator.work.report import Report, Wanted, every_edition
from generator.work.stages import Finished
from generator.work.workshop import Workshop


class _Found(NamedTuple):
    """What was found out about a department, and the documents made of it by unit and name."""

    ending: Ending
    fingerprint: str = ""
    documents: Mapping[tuple[str, str], bytes] = MappingProxyType({})
    beside: Mapping[str, bytes] = MappingProxyType({})
    problems: tuple[ProblemLine, ...] = ()
    summary: Summary = Summary()
    note: str = ""


def work_on(plan: Plan, order: Order) -> Result:
    """Everything for one department; whatever is wrong with it is in the Result and costs nobody else anything.

    Raises UsageError only for what would befall the others too: a disk that is full, an output that can't be written.
    """
    started = time.process_time()
    with _at_hand(plan, order) as place:
        found = _found(plan, order, place)
        try:
            result = _put_in_place(plan, order, place, found)
        except Blocked as error:
            result = blocked(order.member.key, error)
    return result._replace(milliseconds=round((time.process_time() - started) * 1000), memory=most_held())


@contextmanager
def _at_hand(plan: Plan, order: Order) -> Iterator[Place]:
    if not plan.travels:
        yield place_of(plan, order.member)
        return
    from generator.city.travel import unpacked  # only where workers don't reach the folders

    with unpacked(plan, order) as place:
        yield place


def _found(plan: Plan, order: Order, place: Place) -> _Found:
    member = order.member
    try:
        if not (place.data / str(plan.year)).is_dir():
            return _Found(Ending.MISSING)
        fingerprint = fingerprint_of(plan, member, place)
        if not plan.travels and is_same(plan, order, place, fingerprint):
            return _Found(Ending.SAME, fingerprint)
        return _told_of(plan, place, list(_reports(plan, member, place)))._replace(fingerprint=fingerprint)
    except UsageError as error:
        return _unusable(place, str(error))
    except OSError as error:
        return _unusable(place, f"无法读取 {error.filename}：{why_not_read(error)}。")
    except Exception as error:  # noqa: BLE001 - a mistake of ours costs this department, not the city
        return _broken(error)


def fingerprint_of(plan: Plan, member: Member, place: Place) -> str:
    """Of everything that a department's files are made from. Raises UsageError or OSError where it can't be read."""
    of_place = of_profile(place.templates, _profile(member, place, plan.year), plan.year)
    return joined(plan.program, of_place, of_data(place.data, plan.year), *member.units)


def is_same(plan: Plan, order: Order, place: Place, fingerprint: str) -> bool:
    """Whether all that is asked for was found out before, from the same, and its files still stand as they were made."""
    before = order.before
    if before.asked != fingerprint:
        return False
    if before.failed or not plan.formats:
        return is_whole(place.output, before.files)
    made_so = before.made == fingerprint and before.formats == plan.formats
    return made_so and is_whole(place.output, before.files)


def _profile(member: Member, place: Place, year: int) -> str:
    return profile_of(member.profile or profile_named(place.data, str(year)))


@cache
def _shop(templates: Path, profile: str) -> Workshop:
    """The place, loaded once in each worker."""
    return Workshop(templates, profile, remembering(), ask_all=False, many=True)


def _reports(plan: Plan, member: Member, place: Place) -> Iterator[Report]:
    """One for each edition that is asked for, without files where they are only checked."""
    shop = _shop(place.templates, _profile(member, place, plan.year))
    units = None if member.units == ALL_UNITS else member.units
    if plan.formats:
        form, *more = plan.formats
        yield from every_edition(shop, place.data, plan.year, Wanted(form, more=tuple(more)), units)
        return
    with shop.reading_once():
        whole = check(shop, place.data, plan.year)
        yield Report(whole, {})
        if isinstance(whole, Finished):
            for code in whole.inputs.department.agencies if units is None else units:
                yield Report(check(shop, place.data, plan.year, code), {}, code)


def _told_of(plan: Plan, place: Place, reports: Sequence[Report]) -> _Found:
    """Documents of all editions or of none: those of one department are all made from the same data."""
    text = place.shown("".join(_texts(reports)))
    failed = any(made.ended.failed for made in reports)
    return _Found(
        Ending.FAILED if failed else Ending.MADE if plan.formats else Ending.CHECKED,
        documents={} if failed else _files(reports),
        beside={PROBLEMS_FILE: text.encode("utf-8-sig")} if text else {},
        problems=tuple(line for made in reports for line in _problem_lines(made, place)),
        summary=_summary(reports[0], place),
    )


def _put_in_place(plan: Plan, order: Order, place: Place, found: _Found) -> Result:
    """The files, and then what is to be recorded of them; without new documents the old ones stay."""
    result = Result(
        order.member.key, found.ending, found.fingerprint, (), found.problems, found.summary, note=found.note
    )
    if found.ending is Ending.SAME:
        return result
    kept = () if found.documents else _documents_there(plan, order, place)
    made = {("", name): data for name, data in found.beside.items()} | dict(found.documents)
    files = {name: data for (_, name), data in made.items()}
    result = result._replace(files=(*kept, *(file_line(*at, data) for at, data in made.items())))
    if plan.travels:
        return result._replace(sent=tuple(files.items()))
    replace_files(place.output, files, found.ending is Ending.MADE)
    return result


def _documents_there(plan: Plan, order: Order, place: Place) -> tuple[FileLine, ...]:
    """Those that were made before and still stand so; whoever doesn't reach them believes the record."""
    made = [file for file in order.before.files if file.name not in BESIDE]
    return tuple(file for file in made if plan.travels or is_whole(place.output, [file]))


def blocked(key: str, error: Blocked) -> Result:
    """Of a department whose files could not be put in place: some may have been, and all are looked at again by the next run."""
    return Result(key, Ending.BLOCKED, note=str(error).rstrip("。"))


def _files(reports: Iterable[Report]) -> dict[tuple[str, str], bytes]:
    """All documents of all editions, by the unit and the name below the department's folder."""
    files: dict[tuple[str, str], bytes] = {}
    for made in reports:
        for name, file in made.files.items():
            folder = PurePosixPath(name).parent
            files |= {(made.unit, name): file.data}
            files |= {(made.unit, str(folder / other)): data for other, data in file.beside.items()}
    return files


def _texts(reports: Iterable[Report]) -> Iterator[str]:
    """The problems of each edition as ``check --all`` tells them; what an edition shares with the ones before it once."""
    known: set[Problem] = set()
    for made in reports:
        new = [problem for problem in made.ended.problems if problem not in known]
        known.update(new)
        if new:
            yield f"{f'{made.unit}的单位版' if made.unit else '部门版'}\n\n"
            yield problems_text(new, made.ended.sources, made.ended.accepted) + "\n"


def _summary(made: Report, place: Place) -> Summary:
    """Its numbers, with files named from its own folder on."""
    summary = summary_of(made.ended)
    return summary._replace(
        projects=tuple(one._replace(file=place.shown(one.file)) for one in summary.projects),
        transfers=tuple(one._replace(file=place.shown(one.file)) for one in summary.transfers),
        head=summary.head._replace(file=place.shown(summary.head.file)),
    )


def _problem_lines(made: Report, place: Place) -> Iterator[ProblemLine]:
    for problem in made.ended.problems:
        at = problem.position
        yield ProblemLine(
            made.unit, problem.code, problem.severity.label, place.shown(at.file), at.line, at.column, at.place,
            place.shown(problem.message), place.shown(problem.remedy),
        )  # fmt: skip


def _unusable(place: Place, message: str) -> _Found:
    """A department of which nothing can be read: there is no such profile, or a file may not be read."""
    problem = ProblemLine("", "", Severity.ERROR.label, "", 0, 0, "", place.shown(message), "")
    beside = {PROBLEMS_FILE: f"错误：{problem.message}\n".encode("utf-8-sig")}
    return _Found(Ending.FAILED, beside=beside, problems=(problem,))


def _broken(error: Exception) -> _Found:
    last = traceback.extract_tb(error.__traceback__)[-1]
    note = f"程序里有没有料到的错误（{type(error).__name__}，{Path(last.filename).name}:{last.lineno}），详情见 {BROKEN_FILE}"
    return _Found(Ending.BROKEN, beside={BROKEN_FILE: "".join(traceback.format_exception(error)).encode()}, note=note)
