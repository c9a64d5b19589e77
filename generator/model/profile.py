"""A place's format as data: outline, tables, figures, wording, conventions. No sentence of it stands in code."""

import re
from collections.abc import Callable, Mapping
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from generator.model.basis import LAST_YEAR, Basis
from generator.model.classification import Edition, ExtraCodes
from generator.model.ledger import DIMENSIONS, Added, Declared, Dimension, Filter, own_dimension, widened
from generator.model.money import Scale
from generator.model.number_format import NumberFormat
from generator.model.numerals import NUMERAL
from generator.model.source import Position, Source, Text
from generator.model.table_spec import (
    ANY_INDICATOR,
    INDICATOR_CATEGORIES,
    AmountColumn,
    IndicatorColumn,
    TableSpec,
    has_template,
)

if TYPE_CHECKING:  # few places have lists
    from generator.model.record import RecordList, RecordSum

TEMPLATE_WORDS = frozenset(
    {
        "部门",
        "版",
        "本部门",
        "年",
        "上年",
        "表内单位",
        "主要职责",
        "机构",
        "有项目",
        "省略公务用车合计",
        "表",
        "range",
        "loop",
        "题",
        "表名",
        "表号",
    }
)
"""What a template may name beside a profile's own figures and facts."""


class FigureSpec(NamedTuple):
    """A number that prose may name: its filter, and the names of the bases it is compared with."""

    name: str
    filter: Filter
    bases: tuple[str, ...]
    position: Position
    format: NumberFormat | None = None

    @property
    def compared(self) -> bool:
        """Whether last year's is asked for."""
        return LAST_YEAR.name in self.bases


class Composition(NamedTuple):
    """构成: ``whole`` is all of ``parts``; shares of the parts add up to 100.00.

    ``needed`` are the parts whose amount of last year must be known where the whole's is their sum.
    """

    whole: str
    parts: tuple[str, ...]
    needed: tuple[str, ...]


class FactKind(Enum):
    """What a place asks for beside the ledger."""

    MONEY = "金额"
    COUNT = "数量"
    WORDS = "文字"


CHART_WORDS: Mapping[str, str] = {
    "标题": "预算图示",
    "收支": "{{ 年 }}年收入来源与支出去向（单位：{{ 表内单位 }}）",
    "收入": "收入来源",
    "支出": "支出去向",
    "其余": "其余各项",
    "增减": "与上年相比的增减（单位：{{ 表内单位 }}）",
    "差额": "比上年增减",
}
"""The charts' words where a place has none of its own: heading, captions, series, what the smallest bars are together."""


class Conventions(NamedTuple):
    """What a place prints by custom. The defaults are the sound ones.

    ``cars_once``: where neither part of 公务用车购置及运行费 changed, its own comparison is left out. ``cars_in_parts``: it is left
    out whether they did or not.
    ``prose_format``, ``table_format`` and ``percent_format`` where a place writes numbers otherwise than the flags here say;
    ``formats`` are all that it named; without ``shares_to_hundred`` each share is rounded by itself, with
    ``shares_on_largest`` the largest takes what is missing from 100; ``assets_of_year``: 国有资产 are told as of this year's end; ``printed_shares``, ``printed_rates``: percentages are worked out of amounts as prose prints them. ``charts`` are the templates of the charts' words, all those of CHART_WORDS; without them there are no charts.
    """

    prose_scale: Scale = Scale.WAN
    table_scale: Scale = Scale.WAN
    prose_thousands: bool = False
    table_thousands: bool = False
    plain_zero: bool = False
    zero_base_is_hundred: bool = False
    table_zero: bool = False
    trim_indicators: bool = False
    charts: Mapping[str, Text] = MappingProxyType({})
    cars_once: bool = False
    cars_in_parts: bool = False
    prose_format: NumberFormat | None = None
    table_format: NumberFormat | None = None
    percent_format: NumberFormat | None = None
    formats: Mapping[str, NumberFormat] = MappingProxyType({})
    shares_to_hundred: bool = True
    shares_on_largest: bool = False
    assets_of_year: bool = False
    printed_shares: bool = False
    printed_rates: bool = False

    @property
    def prose_way(self) -> NumberFormat:
        """How amounts are usually written in prose."""
        return self.prose_format or NumberFormat(self.prose_scale, thousands=self.prose_thousands)


UNLISTED = "不列"
"""Instead of a name in the contents: none at all."""
HEADING_OPTIONS: Mapping[str, tuple[str, ...]] = {"目录": ("",), "编号": ("否",)}
"""What may stand behind a heading's words ({编号=否}), and its only value; empty: any words."""

NUMBER_PLACE = re.compile(r"\{(?:一|1|01|One)\}")
"""Where the number stands in a pattern of Numbering."""
_NUMBERS = {"{一}": rf"[{NUMERAL}\d]+", "{1}": r"\d+(?:-\d+)?", "{01}": r"\d\d+", "{One}": "[A-Za-z-]+"}


def ordinal_pattern(pattern: str, written: Callable[[str], str] = str, ends: str = r"(?!\d)") -> str:
    """What a pattern of Numbering makes, as a regular expression; ``written``: how its words are in the texts asked."""
    before, place, after = re.split(f"({NUMBER_PLACE.pattern})", pattern)
    return rf"{re.escape(written(before))}{_NUMBERS[place]}{re.escape(written(after))}{ends}"


class Numbering(NamedTuple):
    """Patterns with one placeholder each: {一} Chinese, {1} Arabic, {01} in two digits, {One} English."""

    part: str = "第{一}部分"
    first: str = "{一}、"
    second: str = "（{一}）"
    item: str = "{1}."
    table: str = "{一}、"
    reference: str = "附表{1}"
    detail: str = "（{1}）"

    @property
    def ordinals(self) -> tuple[str, ...]:
        """Those of headings, paragraphs and items."""
        return self.first, self.second, self.item, self.detail


class Part(NamedTuple):
    """A part of the document: words, tables, or both.

    ``tables`` stand where the words place them (“@表 …”), the others after the words; their numbers follow this order.
    ``ordinal`` is the pattern of its own number, empty where it has none; where it is not ``shown``, only the contents
    have it. ``section`` is the pattern of its sections' headings (题 is the title the contents show). ``entry`` is what
    the contents call it (None: its title), nothing where it is not ``listed``; ``depth`` is how deep they list its
    headings. An ``annex`` has a heading of its own kind; with a ``cover``, the heading and these lines are a page.
    ``lists`` the tables of the rest of the document: its entry has theirs below it. Where it is ``only_listed``, the contents have
    its title, and its pages begin with what comes first in it. Tables without a ``title`` stand alone.
    """

    title: Text | None
    prose: Source | None = None
    tables: tuple[TableSpec, ...] = ()
    ordinal: str = ""
    shown: bool = True
    section: Text | None = None
    entry: Text | None = None
    listed: bool = True
    depth: int = 2
    annex: bool = False
    cover: tuple[Text, ...] = ()
    lists: bool = False
    only_listed: bool = False


class Profile(NamedTuple):
    """All of a place's format. ``master`` is the Word file its look and furniture come from.

    ``severities`` are the rules a place switches off (关) or takes more or less seriously, by code;
    ``editions`` the lists of codes it brought; ``own`` the dimensions that it declares,
    ``bases`` what figures may be compared with, ``lists`` the lists of records it asks for, ``record_sums`` the numbers that
    are sums over them; ``sayings`` what it asks a person to say of each 功能科目, 项目 … (说明), by dimension, ``cover`` what
    a department types for its cover alone; ``coarse``: spending may be typed by 功能科目 alone (支出细到);
    ``added`` are further values of the usual dimensions (增补值).
    """

    name: str
    title: Text
    file_name: Text
    contents_title: str
    headline: tuple[Text, Text]
    conventions: Conventions
    numbering: Numbering
    outline: tuple[Part, ...]
    figures: tuple[FigureSpec, ...]
    compositions: tuple[Composition, ...]
    facts: Mapping[str, FactKind]
    sums: Mapping[str, tuple[str, ...]]
    wording: Mapping[str, Source]
    master: bytes
    extra_codes: ExtraCodes
    severities: Mapping[str, Text]
    editions: tuple[Edition, ...] = ()
    own: Mapping[str, Declared] = MappingProxyType({})
    bases: tuple[Basis, ...] = (LAST_YEAR,)
    lists: "tuple[RecordList, ...]" = ()
    record_sums: "Mapping[str, RecordSum]" = MappingProxyType({})
    sayings: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    cover: tuple[str, ...] = ()
    coarse: bool = False
    added: Added = MappingProxyType({})

    @property
    def widened(self) -> Mapping[str, Dimension]:
        """The usual dimensions to which the place adds values."""
        return {name: widened(DIMENSIONS[name], values) for name, values in self.added.items()}

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        """What the place tells ledger lines apart by beside DIMENSIONS."""
        return tuple(own_dimension(name, said) for name, said in self.own.items())

    @property
    def master_position(self) -> Position:
        """The Word file, as problems name it."""
        return Position(f"{self.title.position.file.rpartition('/')[0]}/master.docx")

    @property
    def tables(self) -> tuple[TableSpec, ...]:
        """Every table of the outline, in order."""
        return tuple(table for part in self.outline for table in part.tables)

    @property
    def only_listed(self) -> tuple[str, ...]:
        """The templates of entries that no heading stands for."""
        return tuple(
            (part.entry or part.title).value for part in self.outline if part.only_listed and part.title is not None
        )

    @property
    def renamed(self) -> tuple[tuple[str, str], ...]:
        """What the contents call otherwise than it is called: both templates, the title's and the entry's."""
        parts = [(part.title, part.entry) for part in self.outline]
        written = [(title.value, entry.value) for title, entry in parts if title and entry]
        written += [(table.caption, self._entry(table)) for table in self.tables]
        prose = "\n".join(part.prose.text for part in self.outline if part.prose is not None)
        return (*written, *re.findall(r"(?m)^ *#{1,5} +(.*?) *\{[^{}%\n]*目录=(.*?)(?: [^{}]*)?\} *$", prose))

    def _entry(self, table: TableSpec) -> str:
        """The template of a table's line in the contents."""
        number = NUMBER_PLACE.sub("{{ }}", table.standing.number or self.numbering.table)
        return number + (table.standing.entry or table.title).value

    @property
    def indicator_categories(self) -> tuple[str, ...]:
        """The categories of 绩效指标 that some table has columns for, in their order."""
        columns = (leaf for table in self.tables for leaf in table.leaves if isinstance(leaf, IndicatorColumn))
        asked = dict.fromkeys(column.category for column in columns)
        known = tuple(one for one in asked if one != ANY_INDICATOR)
        return tuple(dict.fromkeys((*known, *INDICATOR_CATEGORIES))) if ANY_INDICATOR in asked else known

    @property
    def has_titles_to_fill(self) -> bool:
        """Whether some table's title or row name is a template, or a column stands for those of all units."""
        return any(
            "{" in table.title.value
            or any(has_template(row) for panel in table.panels for row in panel.rows)
            or any([isinstance(leaf, AmountColumn) and leaf.each for leaf in table.leaves])
            for table in self.tables
        )

    @property
    def shows_performance(self) -> bool:
        """Whether some form prints 整体绩效, so that performance.yaml is asked for."""
        return any(row.each in ("年度主要任务", "指标") for table in self.tables for row in table.form)
