"""A city: the departments a finance bureau waits for, what is asked of each, and what came of it.

Money is in whole 分, so that a data base adds it exactly.
"""

from enum import StrEnum
from typing import NamedTuple


class Member(NamedTuple):
    """A department that is waited for: a line of the 应收清单, or a folder that was found.

    ``key`` names it everywhere, and its folder in the output; no two have the same. ``folder`` is where its data folder stands
    (``<folder>/data/2027/department.yaml``), empty where it has none. ``profile`` empty: what its department.yaml
    names. ``units`` are the codes of those whose 单位版 is asked for besides the 部门版; ALL_UNITS: each of its units.
    Dates (``due``, ``published``) are as typed.
    """

    key: str
    code: str
    name: str
    folder: str = ""
    place: str = ""
    profile: str = ""
    units: tuple[str, ...] = ()
    contact: str = ""
    due: str = ""
    published: str = ""
    url: str = ""


ALL_UNITS = ("*",)
PROBLEMS_FILE, BROKEN_FILE = "问题.txt", "程序错误.txt"
BESIDE = (PROBLEMS_FILE, BROKEN_FILE)
"""What stands beside a department's documents: all that is to be said of its data; what the program itself did wrong."""


class State(StrEnum):
    """Where a department stands, as the bureau's board says it; the first that applies.

    CHANGED: its data are no longer those that its document was made from, or its document is no longer the one that was published.
    """

    MISSING = "没有数据"
    FAILED = "有错误"
    CHANGED = "已变动"
    PUBLISHED = "已公开"
    WARNED = "有警告"
    MADE = "已生成"
    OPEN = "未生成"


class FileLine(NamedTuple):
    """A file that was made of a department, of which unit's edition (empty: 部门版), by its name in its folder."""

    unit: str
    name: str
    size: int
    sha256: str


class ProblemLine(NamedTuple):
    """A problem of a department, its place by the department's folder; ``severity`` is 错误, 警告 or 建议."""

    unit: str
    code: str
    severity: str
    file: str
    line: int
    column: int
    place: str
    message: str
    remedy: str


TOTAL, FUND, CLASS, KIND, PUBLIC = "总计", "资金来源", "功能类", "支出类别", "三公"


class Amount(NamedTuple):
    """What a department's 部门版 comes to in one respect, this year and last year, in 分; None where last year is not known.

    ``kind`` is TOTAL, FUND, CLASS, KIND (基本支出, 项目支出, and what a place adds to them) or PUBLIC; ``code`` tells those of
    a kind apart: of PUBLIC the 部门经济 of a part, and nothing for the whole.
    """

    kind: str
    code: str
    name: str
    now: int
    before: int | None = None


class ProjectLine(NamedTuple):
    """A project by its code, of which unit, its money in 分, and where it was typed, by the department's folder."""

    code: str
    name: str
    unit: str
    cents: int
    file: str = ""
    line: int = 0


class UnitLine(NamedTuple):
    """A 预算单位 of a department, and its spending in 分."""

    code: str
    name: str
    cents: int


class Transfer(NamedTuple):
    """What one side says of money that goes to another department: ``says`` is 付给 or 来自; in 分."""

    says: str
    unit: str
    other: str
    fund: str
    cents: int
    file: str
    line: int


class Head(NamedTuple):
    """Who a department says it is, and in which file (department.yaml), by its folder."""

    code: str = ""
    name: str = ""
    file: str = ""


class Summary(NamedTuple):
    """What a bureau asks of a department's numbers; empty where it came to none."""

    amounts: tuple[Amount, ...] = ()
    projects: tuple[ProjectLine, ...] = ()
    units: tuple[UnitLine, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    head: Head = Head()


class Finding(NamedTuple):
    """What a rule across departments found: which of them it concerns, by their keys."""

    code: str
    severity: str
    keys: tuple[str, ...]
    message: str
    remedy: str


class ControlTotal(NamedTuple):
    """What a bureau says that an ``item`` (总计, 一般公共预算, 教育支出 …) comes to, of a department by its code or name, or of the whole city (neither).

    In 分; ``grain``: it may be rounded to so many. ``place`` is its cell.
    """

    code: str
    name: str
    item: str
    cents: int
    grain: int
    place: str

    @property
    def whose(self) -> str:
        """What it calls the department; empty for the city."""
        return self.code or self.name


class Made(NamedTuple):
    """What an earlier run left of a department.

    ``asked`` is the fingerprint of the inputs that were last looked at, ``made`` that of those its files were made from, in
    ``formats``; empty where there are none.
    """

    asked: str = ""
    made: str = ""
    formats: tuple[str, ...] = ()
    failed: bool = False
    files: tuple[FileLine, ...] = ()


class Plan(NamedTuple):
    """What is the same for every department of a run.

    No ``formats``: only checked. ``templates`` and ``output`` are folders that every worker reaches, unless data
    travels with the order: then ``templates`` stands in ``packed_templates``, and files come back.
    ``program`` is the fingerprint of the program and of the libraries it prints with.
    """

    year: int
    formats: tuple[str, ...]
    templates: str
    output: str
    program: str
    travels: bool = False
    packed_templates: bytes = b""


class Order(NamedTuple):
    """One department's work: what was left of it before, how much there is to read (bytes), and its data where they travel."""

    member: Member
    before: Made = Made()
    size: int = 0
    packed: bytes = b""


class Ending(StrEnum):
    """How the work for one department ended."""

    SAME = "未变"
    MADE = "生成"
    CHECKED = "检查"
    FAILED = "有错误"
    MISSING = "没有数据"
    BLOCKED = "写不了"
    BROKEN = "程序错误"
    ASIDE = "搁置"


NOT_DONE = (Ending.BLOCKED, Ending.BROKEN, Ending.ASIDE)
"""Where the program could do nothing for a department: its note says why."""
KNOWN_BEFORE = (Ending.BLOCKED, Ending.ASIDE)
"""Where nothing new is to be said of a department: what was known of it stays."""


class Result(NamedTuple):
    """What came of an order. SAME: as recorded, and nothing else is said. BLOCKED: its files can't be put in place (somebody has
    one open). ASIDE: it brought down whoever worked on it, twice.

    ``fingerprint`` is that of its inputs; ``files`` stand in its folder, or come back in ``sent``, with their names. ``milliseconds`` are of processor time,
    ``memory`` is the most that its worker has held, in MB.
    """

    key: str
    ending: Ending
    fingerprint: str = ""
    files: tuple[FileLine, ...] = ()
    problems: tuple[ProblemLine, ...] = ()
    summary: Summary = Summary()
    sent: tuple[tuple[str, bytes], ...] = ()
    milliseconds: int = 0
    memory: int = 0
    note: str = ""
