"""The bureau's board (总览): what one page and one workbook show of a city's run, and nothing else.

Money is in whole 分, as in ``model/city.py``; where nobody knows last year's it is None.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from generator.model.city import Finding, State

URGENT = (
    State.MISSING, State.FAILED, State.OPEN, State.CHANGED, State.WARNED, State.MADE, State.PUBLISHED,
)  # fmt: skip
"""The states in the order in which somebody has to do something about them."""
WITHOUT_DOCUMENT = (State.MISSING, State.FAILED, State.OPEN)
"""Whoever stands there after its 截止日期 is late."""


class Compared(NamedTuple):
    """An amount of this year and the last."""

    now: int
    before: int | None = None

    @property
    def change(self) -> int | None:
        """How much more it is than last year."""
        return None if self.before is None else self.now - self.before


class Due(NamedTuple):
    """A 截止日期 as typed, and how many days it was past on the day of the run; None where it is none that can be read."""

    text: str = ""
    days: int | None = None


class Public(NamedTuple):
    """三公经费 of a department and its parts; None where its place has no such figure."""

    whole: Compared
    abroad: Compared | None = None
    cars: Compared | None = None
    hosting: Compared | None = None


class Department(NamedTuple):
    """A line of the 应收清单, where it stands, and what leads to its files.

    ``document``, ``page`` and ``problems`` are names in the folder ``key`` beside the board, empty where there are none. ``found`` says how many places
    each rule of ``Board.rules`` (by its index) found, ``messages`` what the first errors say. ``note``: why the program could do nothing with it.
    """

    key: str
    code: str
    name: str
    state: State
    place: str = ""
    errors: int = 0
    warnings: int = 0
    advice: int = 0
    total: Compared | None = None
    due: Due = Due()
    contact: str = ""
    published: str = ""
    url: str = ""
    document: str = ""
    page: str = ""
    problems: str = ""
    note: str = ""
    found: tuple[tuple[int, int], ...] = ()
    messages: tuple[str, ...] = ()
    public: Public | None = None

    @property
    def late(self) -> int:
        """How many days it is late: its 截止日期 is over and there is no document of its data; 0: it is not."""
        without = self.state in WITHOUT_DOCUMENT or (self.state is State.WARNED and not self.document)  # only checked
        return max(self.due.days or 0, 0) if without else 0


class RuleCount(NamedTuple):
    """What a rule found in all departments: in how many of them, and how many places. ``severity`` is 错误, 警告 or 建议."""

    code: str
    severity: str
    title: str
    departments: int
    places: int


class Detail(NamedTuple):
    """A single problem; ``where`` is file, line and column by the department's folder, or the place in its document."""

    key: str
    unit: str
    severity: str
    code: str
    where: str
    message: str
    remedy: str


class Split(NamedTuple):
    """What all departments come to in one respect (资金来源, 功能类 …).

    ``before`` is the sum of those whose last year is known, and ``comparable`` what the same ones have this year; None and 0 where it is known of none.
    """

    kind: str
    code: str
    name: str
    departments: int
    now: int
    before: int | None = None
    comparable: int = 0
    unknown: int = 0

    @property
    def change(self) -> int | None:
        """How much more than last year, of those of which that is known."""
        return None if self.before is None else self.comparable - self.before


class Change(NamedTuple):
    """What of a department is otherwise than it was: its state, its total, its documents."""

    key: str
    states: tuple[State, State] | None = None
    totals: tuple[int, int] | None = None
    documents: bool = False


class Since(NamedTuple):
    """What changed since an earlier run: what it is called, when it began."""

    words: str
    begun: str
    changes: tuple[Change, ...]


class Board(NamedTuple):
    """All of it. ``begun`` is the run's, ``ended`` empty where it was interrupted; ``since`` has the run before and, where that is another, the last
    one of an earlier day; nothing at the first run. ``not_asked``: rules across departments that lack what they need, and why. ``left_out`` is how
    many problems are not among ``problems``.
    """

    city: str
    year: int
    begun: str
    ended: str
    checking: bool
    departments: tuple[Department, ...] = ()
    since: tuple[Since, ...] = ()
    rules: tuple[RuleCount, ...] = ()
    splits: tuple[Split, ...] = ()
    findings: tuple[Finding, ...] = ()
    not_asked: tuple[tuple[str, str], ...] = ()
    problems: tuple[Detail, ...] = ()
    left_out: int = 0

    @property
    def states(self) -> Mapping[State, int]:
        """How many departments stand where; every state, the most urgent first."""
        found = dict.fromkeys(URGENT, 0)
        for one in self.departments:
            found[one.state] += 1
        return MappingProxyType(found)
