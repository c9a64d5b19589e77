"""The ledger: every budgeted amount once, and the one filter language that asks it for sums."""

from collections.abc import Callable, Mapping
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


class LedgerLine(NamedTuple):
    """One amount that no table splits further.

    ``fund`` is 资金来源 (one of FUNDS), ``origin`` 本级 or 上级 (转移支付), ``period`` 本年 or 上年结转;
    ``project`` is the project's code, empty for 基本支出, and ``project_kind`` its 类型. ``heading`` is where the
    功能科目 stands that the line is under.
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

    @property
    def kind(self) -> str:
        """基本支出 or 项目支出."""
        return PROJECT if self.project else BASIC

    @property
    def income(self) -> str:
        """What the income tables list it under: its 资金来源, or 上年结转 whatever its 资金来源."""
        return CARRIED_FORWARD if self.period == CARRIED_FORWARD else self.fund

    @property
    def use(self) -> str:
        """人员经费 or 公用经费; both belong to 基本支出, so a project's line has none."""
        if self.project:
            return ""
        return PERSONNEL if self.department_economic[:3] in PERSONNEL_GROUPS else OPERATING


class Ledger(NamedTuple):
    """All lines of one year, in the order they were typed, all in one unit."""

    year: int
    scale: Scale
    lines: tuple[LedgerLine, ...]

    def selected(self, wanted: "Filter") -> tuple[LedgerLine, ...]:
        """The lines a filter selects, in their order."""
        return tuple(line for line in self.lines if wanted.selects(line))


DIMENSIONS: Mapping[str, Callable[[LedgerLine], str]] = MappingProxyType(
    {
        "单位": lambda line: line.agency,
        "功能科目": lambda line: line.function,
        "部门经济": lambda line: line.department_economic,
        "政府经济": lambda line: line.government_economic,
        "资金": lambda line: line.fund,
        "来源": lambda line: line.origin,
        "年度": lambda line: line.period,
        "类别": lambda line: line.kind,
        "经费": lambda line: line.use,
        "项目类型": lambda line: line.project_kind,
        "项目": lambda line: line.project,
    }
)
GROUPINGS: Mapping[str, tuple[str, int | None]] = MappingProxyType(
    {
        "部门": ("单位", 0),
        "单位": ("单位", None),
        "功能类": ("功能科目", 3),
        "功能款": ("功能科目", 5),
        "功能科目": ("功能科目", None),
        "部门经济类": ("部门经济", 3),
        "部门经济": ("部门经济", None),
        "政府经济类": ("政府经济", 3),
        "政府经济": ("政府经济", None),
        "项目": ("项目", None),
        "资金": ("资金", None),
        "项目类型": ("项目类型", None),
    }
)
"""What rows may be grouped by: the dimension, and how many digits of its codes count (None: all; 0: none, one group)."""
CODED = frozenset({"单位", "功能科目", "部门经济", "政府经济"})
FUND_GROUPS: Mapping[str, tuple[str, ...]] = MappingProxyType({"财政拨款": APPROPRIATIONS, "单位资金": OWN_INCOME})
VALUES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "资金": (*FUNDS, *FUND_GROUPS),
        "来源": (OWN, FROM_ABOVE),
        "年度": (THIS_YEAR, CARRIED_FORWARD),
        "类别": (BASIC, PROJECT),
        "经费": (PERSONNEL, OPERATING),
        "项目类型": PROJECT_KINDS,
    }
)


class Filter(NamedTuple):
    """Which lines: every named dimension has one of its values; codes match by their beginning.

    The same language selects a table's column, a table's row and a figure in prose.
    """

    terms: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The names it looks at."""
        return tuple(name for name, _ in self.terms)

    def narrowed(self, *terms: tuple[str, tuple[str, ...]]) -> "Filter":
        """What also meets these terms."""
        return Filter((*self.terms, *terms)) if terms else self

    def accepts(self, values: Mapping[str, str]) -> bool:
        """Whether a line with these values of the dimensions is selected."""
        return all(_meets(name, values[name], wanted) for name, wanted in self.terms)

    def selects(self, line: LedgerLine) -> bool:
        """Whether the line is selected."""
        return all(_meets(name, DIMENSIONS[name](line), wanted) for name, wanted in self.terms)


def _meets(name: str, value: str, wanted: tuple[str, ...]) -> bool:
    if name in CODED:
        return value.startswith(wanted)
    return value in wanted
