"""The verb city: every department that is waited for made or checked, whatever becomes of the others, and a record of it all."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from fnmatch import fnmatchcase
from functools import partial
from pathlib import Path
from typing import NamedTuple

from generator.city.fingerprint import program, size_of
from generator.city.folder import Blocked, replace_files
from generator.city.members import Members
from generator.city.place import place_of
from generator.city.record import opened
from generator.city.recorded import across
from generator.city.rules import NOT_JUDGED, Judged, judged
from generator.city.store import Store
from generator.city.task import blocked, work_on
from generator.model.city import KNOWN_BEFORE, NOT_DONE, Ending, Made, Member, Order, Plan, Result, State
from generator.model.problem import UsageError, has_errors
from generator.render.across import findings_text
from generator.save import all_on_disk, save

Work = Callable[[Order], Result]
Runner = Callable[[Work, Sequence[Order]], Iterator[Result]]
"""Who does the work: gives the results of all orders, in whatever order they come."""
FINDINGS = "跨部门.txt"
_KEEP_EVERY = 0.3
"""Seconds: what a run that is killed may have to do again."""


class Progress(NamedTuple):
    """How far a run is: departments done and to do, seconds since it began."""

    done: int
    of: int
    seconds: float

    @property
    def a_minute(self) -> int:
        """Departments a minute."""
        return round(self.done * 60 / self.seconds) if self.seconds else 0

    @property
    def left(self) -> int:
        """Seconds that it will still take, if it goes on like this."""
        return round((self.of - self.done) * self.seconds / self.done) if self.done else 0


class Wish(NamedTuple):
    """Which departments are to be worked on: those of which ``only`` names the code, the name or the key (``*`` stands for anything);
    of these at most ``limit``; 0: all.
    """

    only: tuple[str, ...] = ()
    limit: int = 0


EVERYONE = Wish()


class CityRun(NamedTuple):
    """What a run came to: how many departments ended how, where those that were asked for stand now, whether Ctrl-C ended it, and seconds.

    ``broken`` are those with whom the program itself failed: keys, and why. ``gone`` are those no longer waited for. ``across`` is what
    rules across departments found, all of them considered. ``unwritten`` says why the board could not be written;
    ``of`` is how many departments there are.
    """

    endings: Mapping[Ending, int]
    states: Mapping[State, int]
    interrupted: bool
    seconds: int
    broken: tuple[tuple[str, str], ...] = ()
    gone: tuple[str, ...] = ()
    across: Judged = NOT_JUDGED
    unwritten: tuple[str, ...] = ()
    of: int = 0


def serially(work: Work, orders: Sequence[Order]) -> Iterator[Result]:
    """One after the other, in this very process."""
    return map(work, orders)


def plan_of(year: int, formats: Sequence[str], templates: Path, output: Path) -> Plan:
    """What is the same for all of a run. ``output``: the folder of the city's year.

    Raises UsageError where a format needs a program that this machine lacks: better than telling each department so.
    """
    if "pdf" in formats:
        from generator.render.pdf.office import OFFICE  # few runs print

        OFFICE.path(" PDF ", "也可以先不做这种格式。")
    return Plan(year, tuple(formats), templates.as_posix(), output.as_posix(), program())


def city(
    plan: Plan,
    members: Members,
    wish: Wish = EVERYONE,
    runner: Runner = serially,
    tell: Callable[[Progress], None] = lambda _: None,
) -> CityRun:
    """Make (or with no formats in the plan only check) every department, and record it in the output.

    Raises UsageError where the table of members has errors, where nothing is waited for, and where the output can't be
    written: what was recorded until then stays, and the next run goes on from there.
    """
    if has_errors(members.problems):
        raise UsageError("应收清单有错误，请先改正。")
    _refuse_output(Path(plan.output), members.members)
    begun = time.monotonic()
    wanted = _wanted(members.members, wish)
    with opened(Path(plan.output), _now(), not plan.formats) as store:
        gone = store.members(members.members)
        orders = _orders(plan, wanted, store.before())
        endings, broken, interrupted = _worked(plan, store, orders, runner, partial(_told, tell, begun, len(orders)))
        store.settle()
        found = NOT_JUDGED if interrupted else judged(across(store, members.controls, _last_year(plan)))
        if not interrupted:
            store.findings(found.findings)
            save(Path(plan.output, FINDINGS), findings_text(*found).encode("utf-8-sig"), (), flush=False)
        all_on_disk()
        if not interrupted:
            store.end(_now())
        store.keep()
        unwritten = tuple(_shown(plan, store, members.name, found))
        states = store.states()
    counts = Counter(states[member.key] for member in wanted)
    seconds, of = round(time.monotonic() - begun), len(members.members)
    return CityRun(endings, counts, interrupted, seconds, broken, gone, found, unwritten, of)


def _shown(plan: Plan, store: Store, name: str, found: Judged) -> Iterator[str]:
    """The board beside the departments' folders; why a file of it was not written (somebody has it open): the run is good all the same."""
    from generator.city.board import board_of  # who only imports this room shows nothing
    from generator.render.board.page import board_page
    from generator.render.board.words import PAGE, WORKBOOK
    from generator.render.board.workbook import board_workbook

    board = board_of(store, name, plan.year)._replace(not_asked=found.not_asked)
    for file, made in {PAGE: board_page(board).encode(), WORKBOOK: board_workbook(board)}.items():
        try:
            save(Path(plan.output, file), made, (), flush=False)
        except UsageError as error:
            yield str(error)


def _last_year(plan: Plan) -> Path:
    """Where a run of last year would have left its record."""
    return Path(plan.output).parent / str(plan.year - 1)


def _refuse_output(output: Path, members: Iterable[Member]) -> None:
    for member in members:
        folder = Path(member.folder).resolve()
        inputs = folder if (folder / output.name).is_dir() else folder / "data"  # years may be right in it
        above = inputs.is_dir() and folder in output.resolve().parents
        if folder == (output / member.key).resolve() or above:
            raise UsageError(
                f"不能写到 {output.as_posix()}：{member.folder} 里是要读的文件。请用 --output 换一个目录。"
            )


def _now() -> str:
    return datetime.now().astimezone().strftime("%Y-%m-%d %H:%M:%S")


def _told(tell: Callable[[Progress], None], begun: float, of: int, done: int) -> None:
    tell(Progress(done, of, time.monotonic() - begun))


def _wanted(members: Sequence[Member], wish: Wish) -> Sequence[Member]:
    if not members:
        raise UsageError("没有部门可做：目录里没有“代码-名称”这样的文件夹，应收清单没有，或是空的。")
    nobody = [pattern for pattern in wish.only if not any(_is_named(member, pattern) for member in members)]
    if nobody:
        raise UsageError(f"没有叫“{'、'.join(nobody)}”的部门。")
    chosen = [member for member in members if not wish.only or any(_is_named(member, one) for one in wish.only)]
    return chosen[: wish.limit or None]


def _is_named(member: Member, pattern: str) -> bool:
    return any(name == pattern or fnmatchcase(name, pattern) for name in (member.key, member.code, member.name))


def _orders(plan: Plan, members: Iterable[Member], before: Mapping[str, Made]) -> list[Order]:
    return [
        Order(member, before.get(member.key, Made()), size_of(place_of(plan, member).data, plan.year))
        for member in members
    ]


def _worked(
    plan: Plan, store: Store, orders: Sequence[Order], runner: Runner, told: Callable[[int], None]
) -> tuple[Counter[Ending], tuple[tuple[str, str], ...], bool]:
    """All results recorded as they come; what came since they were last kept is lost to who kills it."""
    endings, broken, kept = Counter[Ending](), list[tuple[str, str]](), time.monotonic()
    try:
        for done, result in enumerate(runner(partial(work_on, plan), orders), 1):
            result = store.record(_put_in_place(plan, result), plan.formats)  # noqa: PLW2901 - what it has become
            endings[result.ending] += 1
            broken += [(result.key, result.note)] if result.ending in NOT_DONE else []
            if time.monotonic() - kept > _KEEP_EVERY:
                store.keep()
                kept = time.monotonic()
            told(done)
    except KeyboardInterrupt:
        return endings, tuple(broken), True
    finally:
        store.keep()
    return endings, tuple(broken), False


def _put_in_place(plan: Plan, result: Result) -> Result:
    """The files that came back from a worker who doesn't reach the output."""
    if plan.travels and result.ending not in (Ending.SAME, *KNOWN_BEFORE):
        try:
            replace_files(Path(plan.output, result.key), dict(result.sent), result.ending is Ending.MADE)
        except Blocked as error:
            return blocked(result.key, error)
    return result
