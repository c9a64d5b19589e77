"""The ledger: every budgeted amount once, and the one filter language that asks it for sums."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import compress
from operator import not_
from types import MappingProxyType
from typing import NamedTuple

from generator.model.money import Money, Scale
from generator.model.source import Position

GENERAL, GOVERNMENT_FUNDS, STATE_CAPITAL = "一般公共预算", "政府性基金预算", "国有资本经营预算"
FISCAL_ACCOUNT = "财政专户管理资金"
APPROPRIATIONS = (GENERAL, GOVERNMENT_FUNDS, STATE_CAPITAL)
OWN_INCOME = ("事业收入", "事业单位经营收入", "上级补助收入", "附属单位上缴收入", "其他收入")
FUNDS = (*APPROPRIATIONS, FISCAL_ACCOUNT, *OWN_INCOME)
OWN, FROM_ABOVE = "本级", "上级"
THIS_YEAR, CARRIED_FORWARD = "本年", "上年结转"
BASIC, PROJECT = "基本支出", "项目支出"
PROJECT_KINDS = ("其他运转类", "特定目标类")
PERSONNEL, OPERATING = "人员经费", "公用经费"
PERSONNEL_GROUPS = ("301", "303")
TRANSFER, PAID_TO, PAID_BY, ORIGINALLY = "内部往来", "付给", "来自", "原资金来源"
"""A key of the data, and what its lines have of their own: who is paid, who paid, and out of which 资金来源."""
OUTSIDE, OUT_TO, OUT_BY, OUT_FUND = "部门间往来", "付给部门外", "部门外来自", "部门外资金来源"
"""The same where the other side is a unit of another department: it is printed and counted like any other money, and a bureau compares both sides."""
THREE_PUBLIC = ("30212", "30217", "30231", "30913", "31013")
"""The 部门经济 of “三公”经费."""


class LedgerLine(NamedTuple):
    """One amount that no table splits further.

    ``fund`` is 资金来源 (one of FUNDS), ``origin`` 本级 or 上级 (转移支付), ``period`` 本年 or 上年结转;
    ``project`` is the project's code, empty for 基本支出, and ``project_kind`` its 类型. ``heading`` is where the
    功能科目 stands that the line is under; ``own`` its values of the dimensions that the place declares.
    """

    agency: str
    function: str
    department_economic: str
    government_economic: str
    fund: str
    origin: str
    period: str
    project: str
    project_kind: str
    money: Money
    position: Position
    heading: Position | None = None
    own: tuple[tuple[str, str], ...] = ()

    @property
    def kind(self) -> str:
        """基本支出 or 项目支出, or a further value that the place has (增补值) and the line says of itself."""
        if self.own and (said := dict(self.own).get("类别")):
            return said
        return PROJECT if self.project else BASIC

    @property
    def income(self) -> str:
        """What the income tables list it under: its 资金来源, or 上年结转 whatever its 资金来源."""
        return CARRIED_FORWARD if self.period == CARRIED_FORWARD else self.fund

    @property
    def use(self) -> str:
        """人员经费 or 公用经费; both belong to 基本支出, so a project's line has none, nor one that is typed by 功能科目 only."""
        if self.project or not self.department_economic or (self.own and self.kind != BASIC):
            return ""
        return PERSONNEL if self.department_economic[:3] in PERSONNEL_GROUPS else OPERATING


def total_of(lines: Iterable[LedgerLine], scale: Scale) -> Money:
    """What lines add up to."""
    return Money.total((line.money for line in lines), scale)


class Ledger(NamedTuple):
    """All lines of one year, in the order they were typed, all in one unit.

    ``unknown`` are the dimensions that some of its lines don't tell: a basis may be typed by 功能科目 alone.
    ``others`` are lines that are no part of the spending and never added to it: income and balances where a place has
    them typed (流向), another stage of the same amounts (口径). ``inside`` is what units of the department pay each other,
    left out of a 部门版 (内部往来).
    """

    year: int
    scale: Scale
    lines: tuple[LedgerLine, ...]
    unknown: frozenset[str] = frozenset()
    others: tuple[LedgerLine, ...] = ()
    inside: tuple[LedgerLine, ...] = ()

    @property
    def all_lines(self) -> tuple[LedgerLine, ...]:
        """Those of the spending and the others; a filter tells them apart."""
        return (*self.lines, *self.others) if self.others else self.lines

    def tells(self, wanted: "Filter") -> bool:
        """Whether its lines say all that the filter looks at; where it takes every value, nothing need be known."""
        return self.unknown.isdisjoint(wanted.dimensions) or all(
            name not in self.unknown or _takes_all(name, values) for name, values in wanted.terms
        )

    def selected(self, wanted: "Filter") -> tuple[LedgerLine, ...]:
        """The lines a filter selects, in their order."""
        lines = self.all_lines if self.others else self.lines
        if not wanted.terms:
            return lines
        of = [(name, value_of(name)) for name in wanted.dimensions]
        return tuple([line for line in lines if wanted.accepts({name: value(line) for name, value in of})])


class Dimension(NamedTuple):
    """A way to tell ledger lines apart: all that any room asks of it. A row of DIMENSIONS, or declared by a place (“维度”).

    ``values`` is its closed list, empty for an open one; ``groups`` are names for several of them. Codes (``coded``)
    nest by their beginning. ``levels`` are what a table may have rows by (“按”), each with how many signs of the code
    it takes (None: all). ``typed`` is its key beside a 支出 in the data, ``usual`` the value where that is left out,
    ``hint`` what an editor says of it. ``implies`` is what a line that has a value must be besides.
    Of one that is ``apart`` the values are never added up unless a filter names several: one that does not name it means
    the first. ``below_zero`` are values whose amounts may be negative; ``balance`` two lists of values with equal totals;
    ``file`` is where the amounts of all values but the first are typed. One that is ``by_unit`` nobody types: its value is
    the 单位性质 of a line's unit.
    """

    name: str
    of: Callable[[LedgerLine], str]
    values: tuple[str, ...] = ()
    groups: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    coded: bool = False
    levels: tuple[tuple[str, int | None], ...] = ()
    typed: str = ""
    usual: str = ""
    hint: str = ""
    implies: tuple[tuple[str, str], ...] = ()
    apart: bool = False
    below_zero: tuple[str, ...] = ()
    balance: tuple[tuple[str, ...], ...] = ()
    file: str = ""
    by_unit: bool = False

    @property
    def choices(self) -> tuple[str, ...]:
        """All that a filter may name: the values and their groups; empty for an open list."""
        return (*self.values, *self.groups)


WIDENED = ("资金", "类别")
"""The dimensions whose closed lists a place may add values to (增补值)."""
Added = Mapping[str, Mapping[str, str]]
"""By dimension, the values that a place adds, each with the group it belongs to (财政拨款), or none."""


def widened(row: Dimension, added: Mapping[str, str]) -> Dimension:
    """A dimension with further values. A 类别 is typed where values are added to it: else it follows from the line."""
    groups = {
        group: (*values, *(one for one, of in added.items() if of == group)) for group, values in row.groups.items()
    }
    typed, usual = (row.typed, row.usual) if row.typed else (row.name, BASIC)
    return row._replace(values=(*row.values, *added), groups=groups, typed=typed, usual=usual)


Balances = tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]
"""By the name of a dimension, two lists of its values whose totals are equal."""


class Declared(NamedTuple):
    """What a place says of a dimension of its own (维度); the fields are as a Dimension's of the same names."""

    values: tuple[str, ...]
    apart: bool = False
    below_zero: tuple[str, ...] = ()
    balance: tuple[tuple[str, ...], ...] = ()
    file: str = ""
    by_unit: bool = False


def own_dimension(name: str, said: Declared) -> Dimension:
    """A dimension that a place declares: a closed list, typed beside a 支出 under its name; not typed, the first value."""
    values = said.values
    return Dimension(
        name, partial(_own, name), values, levels=((name, None),), typed="" if said.by_unit else name, usual=values[0],
        apart=said.apart, below_zero=said.below_zero, balance=said.balance, file=said.file, by_unit=said.by_unit,
    )  # fmt: skip


def _own(name: str, line: LedgerLine) -> str:
    return dict(line.own).get(name, "")


_ROWS = (
    Dimension("单位", lambda line: line.agency, coded=True, levels=(("部门", 0), ("单位", None))),
    Dimension(
        "功能科目", lambda line: line.function, coded=True, levels=(("功能类", 3), ("功能款", 5), ("功能科目", None))
    ),
    Dimension(
        "部门经济", lambda line: line.department_economic, coded=True, levels=(("部门经济类", 3), ("部门经济", None))
    ),
    Dimension(
        "政府经济", lambda line: line.government_economic, coded=True, levels=(("政府经济类", 3), ("政府经济", None))
    ),
    Dimension(
        "资金", lambda line: line.fund, FUNDS, {"财政拨款": APPROPRIATIONS, "单位资金": OWN_INCOME},
        levels=(("资金", None),), typed="资金来源",
    ),
    Dimension(
        "来源", lambda line: line.origin, (OWN, FROM_ABOVE), levels=(("来源", None),), typed="层级", usual=OWN,
        hint="上级是上级转移支付；不填为本级。",
    ),
    Dimension(
        "年度", lambda line: line.period, (THIS_YEAR, CARRIED_FORWARD), levels=(("年度", None),), typed="年度",
        usual=THIS_YEAR, hint="不填为本年。",
    ),
    Dimension("类别", lambda line: line.kind, (BASIC, PROJECT), levels=(("类别", None),)),
    Dimension(
        "经费", lambda line: line.use, (PERSONNEL, OPERATING), levels=(("经费", None),), implies=(("类别", BASIC),)
    ),
    Dimension(
        "项目类型", lambda line: line.project_kind, PROJECT_KINDS, levels=(("项目类型", None),),
        implies=(("类别", PROJECT),),
    ),
    Dimension("项目", lambda line: line.project, levels=(("项目", None),), implies=(("类别", PROJECT),)),
)  # fmt: skip
DIMENSIONS: Mapping[str, Dimension] = MappingProxyType({row.name: row for row in _ROWS})
CODED = frozenset(row.name for row in _ROWS if row.coded)


GROUPINGS: Mapping[str, tuple[str, int | None]] = MappingProxyType(
    {level: (row.name, length) for row in _ROWS for level, length in row.levels}
)


def grouping(name: str) -> tuple[str, int | None]:
    """Of what a table has rows by (“按”): the dimension, and how many signs of its code; a place's own one as it is."""
    return GROUPINGS.get(name, (name, None))


def value_of(name: str) -> Callable[[LedgerLine], str]:
    """What a line has of a dimension, by its name; a place's own one need not be known here."""
    return DIMENSIONS[name].of if name in DIMENSIONS else partial(_own, name)


def _takes_all(name: str, values: tuple[str, ...]) -> bool:
    row = DIMENSIONS.get(name)
    return row is not None and bool(row.values) and not row.implies and {*row.values} <= {*values}


def nested(name: str, one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    """The values both allow; of codes, which match by their beginning, the longer ones."""
    if one == other:
        return one
    if name not in CODED:
        return tuple(value for value in one if value in other)
    both = {max(a, b, key=len) for a in one for b in other if a.startswith(b) or b.startswith(a)}
    return tuple(sorted(both))


class Filter(NamedTuple):
    """Which lines: every named dimension has one of its values; codes match by their beginning.

    The same language selects a table's column, a table's row and a figure in prose.
    """

    terms: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The names it looks at."""
        return tuple([name for name, _ in self.terms])

    def narrowed(self, *terms: tuple[str, tuple[str, ...]]) -> "Filter":
        """What also meets these terms."""
        return Filter((*self.terms, *terms)) if terms else self

    def accepts(self, values: Mapping[str, str]) -> bool:
        """Whether a line with these values of the dimensions is selected."""
        for name, wanted in self.terms:  # asked for every cell of every table: no call for each term
            if not (values[name].startswith(wanted) if name in CODED else values[name] in wanted):
                return False
        return True

    def selects(self, line: LedgerLine) -> bool:
        """Whether the line is selected."""
        return self.accepts({name: value_of(name)(line) for name, _ in self.terms})


def ledger_of(year: int, scale: Scale, lines: Sequence[LedgerLine], dimensions: Iterable[Dimension]) -> Ledger:
    """The spending, and beside it the lines that are never added to it."""
    apart = [(one.of, one.usual) for one in dimensions if one.apart]
    if not apart:
        return Ledger(year, scale, tuple(lines))
    is_spent = [all(of(line) == usual for of, usual in apart) for line in lines]
    return Ledger(year, scale, tuple(compress(lines, is_spent)), others=tuple(compress(lines, map(not_, is_spent))))
