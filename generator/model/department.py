"""What a department types, beside the ledger: who it is, its projects' goals, its words, last year's numbers."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from generator.model.basis import LAST_YEAR, Basis, key_of
from generator.model.classification import Classification
from generator.model.doubts import Doubts
from generator.model.figure import Fact
from generator.model.ledger import Ledger, value_of
from generator.model.money import Money, Scale
from generator.model.source import Passage, Position, Text

if TYPE_CHECKING:  # few places have lists
    from generator.model.record import Record

PROJECT_TOTAL = "资金总额"
INSTITUTION = "事业"
NATURES = ("行政", "参公", INSTITUTION)
Sayings = Mapping[tuple[str, str], Mapping[str, Text]]
"""说明: what a person says of one 功能科目, 项目 …, by dimension and code, then by what is asked.

A code behind a figure's name (总计/2080101) is of what stands under that figure alone.
"""


DEPARTMENT, UNIT = "部门", "单位"


class Indicator(NamedTuple):
    """绩效指标 of a project: its name and target as typed; PROJECT_TOTAL in it stands for the project's amount."""

    name: str
    value: str
    position: Position
    value_position: Position


class Project(NamedTuple):
    """A 项目: its code, name, 类型, 层级 (本级 or 上级) and 绩效指标 by category (成本指标, 产出指标…)."""

    code: str
    name: str
    kind: str
    level: str
    agency: str
    indicators: Mapping[str, tuple[Indicator, ...]]
    position: Position


class Task(NamedTuple):
    """One 年度主要任务."""

    name: str
    content: str


class Target(NamedTuple):
    """One line of 整体绩效: first, second and third level, value and its explanation."""

    first: str
    second: str
    name: str
    value: str
    explanation: str
    position: Position
    value_position: Position


class Performance(NamedTuple):
    """整体绩效目标: goals, tasks, targets."""

    goals: tuple[str, ...]
    tasks: tuple[Task, ...]
    targets: tuple[Target, ...]


class Structure(NamedTuple):
    """机构构成: the budget's range, whose offices these are, and the offices, as the department says it."""

    scope: str
    owner: str
    offices: tuple[str, ...]


class Control(NamedTuple):
    """控制数: an amount that finance approved, to be checked against and never printed from.

    ``figure`` names a total; in a list by ``dimension`` (项目, 功能科目…) it is a code, a name, or both.
    """

    figure: Text
    money: Money
    dimension: str = ""

    @property
    def name(self) -> str:
        """How messages name it: “总计”, 项目“运转经费”."""
        return f"{self.dimension}“{self.figure}”"


class Acceptance(NamedTuple):
    """One finding that a person looked at and accepts: its rule, words of its message, why, who, and when.

    ``unit`` where it is of one unit's 单位版 alone; ``elsewhere``: it may be of another edition than this, and idle here.
    """

    rule: Text
    words: str
    reason: str
    by: str
    date: str
    unit: str = ""
    elsewhere: bool = False

    @property
    def signature(self) -> str:
        """Who, and when if that was said."""
        return "，".join(filter(None, (self.by, self.date)))


class Unit(NamedTuple):
    """What a 预算单位 says of itself (units/<代码>.yaml); its fields are as the department's of the same names.

    None where it leaves its duties, its 机构构成, its 控制数 or its 整体绩效 unsaid. ``bases`` are the amounts it typed of
    bases other than 上年, by the basis's name.
    """

    duties: tuple[str, ...] | None
    structure: Structure | None
    controls: tuple[Control, ...] | None
    facts: Mapping[str, Fact]
    words: Mapping[str, tuple[Text, ...]]
    reasons: Mapping[str, Text]
    prior: Mapping[str, Fact]
    position: Position
    sayings: Sayings = MappingProxyType({})
    passages: tuple[Passage, ...] = ()
    typed_bases: Mapping[str, Mapping[str, Fact]] = MappingProxyType({})
    redefined: Mapping[str, Text] = MappingProxyType({})
    performance: Performance | None = None


class Department(NamedTuple):
    """Everything of one year's folder except the money.

    ``agencies`` maps 单位代码 to 单位名称, ``natures`` to 单位性质 where it is not the department's. ``facts`` are the numbers and ``words`` the texts of
    narrative.yaml by their dotted names; ``reasons`` are 变动原因 by figure, ``redefined`` 口径变化, why one is not what it was last year; ``prior`` last year's
    amounts by figure, used where last year's ledger is not at hand, ``typed_bases`` those of a place's other bases, ``typed_ledgers`` what was typed of a basis line by line (台账), by its name.
    ``passages`` are all its own words
    once more, each with its place, for the rules on words; ``cover`` what only the cover says; ``acceptances`` the findings a person accepts.
    ``records`` are the lists that a place asks for, by name; ``units`` what units say of themselves, by code; ``edition`` is DEPARTMENT (部门版) or UNIT (单位版).
    """

    year: int
    name: str
    code: str
    nature: str
    scale: Scale
    agencies: Mapping[str, str]
    date: str
    duties: tuple[str, ...]
    structure: Structure
    controls: tuple[Control, ...]
    projects: Mapping[str, Project]
    performance: Performance
    facts: Mapping[str, Fact]
    words: Mapping[str, tuple[Text, ...]]
    reasons: Mapping[str, Text]
    prior: Mapping[str, Fact]
    passages: tuple[Passage, ...] = ()
    acceptances: tuple[Acceptance, ...] = ()
    natures: Mapping[str, str] = MappingProxyType({})
    scale_position: Position | None = None
    typed_bases: Mapping[str, Mapping[str, Fact]] = MappingProxyType({})
    typed_ledgers: Mapping[str, Ledger] = MappingProxyType({})
    sayings: Sayings = MappingProxyType({})
    units: Mapping[str, Unit] = MappingProxyType({})
    records: "Mapping[str, tuple[Record, ...]]" = MappingProxyType({})
    edition: str = DEPARTMENT
    cover: Mapping[str, str] = MappingProxyType({})
    redefined: Mapping[str, Text] = MappingProxyType({})

    def nature_of(self, agency: str) -> str:
        """A unit's 单位性质: its own, else the department's."""
        return self.natures.get(agency, self.nature)

    @property
    def own_file(self) -> str:
        """The file in the year's folder that has its own words and facts: narrative.yaml, in a 单位版 the unit's."""
        return f"units/{next(iter(self.agencies))}.yaml" if self.edition == UNIT else "narrative.yaml"

    def place_of(self, basis: Basis) -> str:
        """Where its amounts of a basis are typed, as messages say it before 补上; a unit's stand in its file under the basis's key."""
        return f"{self.own_file} 的“{key_of(basis)}”下" if self.edition == UNIT else f"{basis.file} "

    def line_of(self, agency: str, nature: str) -> str:
        """How department.yaml says that a unit has a 单位性质 of its own."""
        return f'“"{agency}": {{名称: {self.agencies.get(agency, "")}, 单位性质: {nature}}}”'


class LastYear(NamedTuple):
    """What is asked of last year's folder beside its money: the department's code, its projects, its reasons, the names
    of its 功能科目, its own name and its units'.
    """

    code: str
    projects: Mapping[str, Project]
    reasons: Mapping[str, Text]
    functions: Mapping[str, str] = MappingProxyType({})
    name: str = ""
    agencies: Mapping[str, str] = MappingProxyType({})


class Inputs(NamedTuple):
    """All that was read for one document; ``folder`` is the year's folder as messages name it.

    ``prior_ledger`` and ``last_year`` where the folder of the year before is there; ``earlier`` the ledgers of other bases.
    ``doubts`` are what a draft has to mark; None for a document that must have none.
    """

    folder: str
    department: Department
    ledger: Ledger
    prior_ledger: Ledger | None
    classification: Classification
    last_year: LastYear | None = None
    earlier: Mapping[str, Ledger] = MappingProxyType({})
    doubts: Doubts | None = None

    def ledger_of(self, basis: Basis) -> Ledger | None:
        """The ledger of the year's folder that answers for a basis; None where its amounts are typed."""
        return self.prior_ledger if basis == LAST_YEAR else self.earlier.get(basis.name)

    def with_lines(self, sayings: Sayings) -> Sayings:
        """Those of what has some line, this year's or a basis's; the code of one figure's (总计/2080101) is its last part."""
        ledgers = (self.ledger, self.prior_ledger, *self.earlier.values(), *self.department.typed_ledgers.values())
        lines = [line for ledger in ledgers if ledger is not None for line in ledger.lines] if sayings else []
        there = {dimension: frozenset(map(value_of(dimension), lines)) for dimension, _ in sayings}
        return {
            (dimension, code): words
            for (dimension, code), words in sayings.items()
            if any(value.startswith(code.rpartition("/")[2]) for value in there[dimension])
        }

    def typed_ledger_of(self, basis: Basis) -> Ledger | None:
        """The ledger that was typed for a basis (台账), which may tell less than this year's."""
        return self.department.typed_ledgers.get(basis.name)

    def typed_of(self, basis: Basis) -> Mapping[str, Fact]:
        """The amounts that were typed for a basis, by figure."""
        return self.department.prior if basis == LAST_YEAR else self.department.typed_bases.get(basis.name, {})
