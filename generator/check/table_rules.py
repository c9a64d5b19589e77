"""Rules of tables that no relation of amounts says: rows twice, empty or cut, how amounts are written, money from above."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from generator.check.agreements import FORMS_SOURCE
from generator.check.amounts import Printed
from generator.check.lists import Listing, listings
from generator.check.relations import equal, two_decimals
from generator.check.rules import PASS, Answer, Finding, NotApplicable, Rule, Unable
from generator.check.sheets import Sheet, amount_in, title_of
from generator.check.tables import Tables
from generator.check.words import has_any
from generator.model.bound import BoundTable
from generator.model.extent import Extent, extent_of, extent_with, universe
from generator.model.ledger import (
    APPROPRIATIONS,
    BASIC,
    FROM_ABOVE,
    GENERAL,
    OWN,
    PROJECT,
    THIS_YEAR,
    Filter,
    LedgerLine,
)
from generator.model.money import ZERO
from generator.model.number_format import NumberFormat
from generator.model.problem import Severity
from generator.model.source import in_document
from generator.model.table_spec import NUMBERS, Leaf


def rows_once(tables: Tables) -> Iterator[Answer]:
    """What a table of amounts lists stands there once."""
    for sheet in filter(_has_amounts, tables.known):
        times = Counter(sheet.selects(row).terms for row in sheet.rows if _is_listed(sheet, row))
        for row in sheet.rows:
            terms = sheet.selects(row).terms
            if times[terms] > 1 and _is_listed(sheet, row):
                yield Finding(
                    f"“{sheet.name}”“{sheet.named(row)}”出现{times[terms]}次",
                    "请合并成一行。",
                    sheet.place(row, sheet.columns[0]),
                )
        yield PASS


def _has_amounts(sheet: Sheet) -> bool:
    return bool(sheet.amounts)


def _is_listed(sheet: Sheet, row: int) -> bool:
    return row in sheet.shape_of and bool(sheet.shape_of[row][0].own)


def no_empty_rows(tables: Tables) -> Iterator[Answer]:
    """A row of a list has an amount, unless the list is of all 类 there are, or of words alone (指标)."""
    for sheet in filter(_has_amounts, tables.known):
        for row, (shape, _) in sheet.shape_of.items():
            if not shape.own or shape.complete:
                continue
            if not any(sheet.text(row, column) for column in sheet.amounts):
                yield Finding(
                    f"“{sheet.name}”“{sheet.named(row)}”一行没有任何金额",
                    "请删除该行或补填金额。",
                    sheet.place(row, sheet.columns[0]),
                )
        yield PASS


def rows_as_wide_as_header(tables: Tables) -> Iterator[Answer]:
    """Each body row fills exactly the columns of the header."""
    for table in tables.bound.reading.tables:
        name = title_of(table.caption)
        for row, width in enumerate(table.cells):
            if width != len(table.columns):
                yield Finding(
                    f"“{name}”第{row + 1}行有{width}列，表头有{len(table.columns)}列，疑似丢列或错列",
                    "请补上缺少的格，或删去多余的格。", in_document(f"{name}!第{row + 1}行"),
                )  # fmt: skip
        yield PASS
    if not tables.bound.reading.tables:
        raise NotApplicable("本文档没有表")


def _amount_cells(tables: Tables) -> Iterator[tuple[Sheet, int, int, str]]:
    for table in tables.bound.reading.tables:
        sheet = tables.plain(table)
        for column in sheet.amounts:
            for row in range(len(table.rows)):
                text = sheet.text(row, column)
                if "." in text:
                    yield sheet, row, column, text


_MOVED = ("增减", "增幅", "增长", "差额", "差异", "±")
"""The heads of columns that say by how much an amount moved: less is below zero."""


def no_negative_cells(tables: Tables) -> Iterator[Answer]:
    """A budget has no negative amount; what is left at the end of a year may be one, where its place says so (可为负)."""
    for sheet, row, column, text in _amount_cells(tables):
        if (
            text.startswith("-")
            and not has_any(sheet.head(column), _MOVED)
            and not _may_be_below(tables, sheet, row, column)
        ):
            yield Finding(
                f"“{sheet.name}”{sheet.named(row)}“{sheet.head(column)}”为负数{text}",
                "这里不应有负数，请核对。",
                sheet.place(row, column),
            )
    yield PASS


def _may_be_below(tables: Tables, sheet: Sheet, row: int, column: int) -> bool:
    bound = next((bound for bound in tables.bound.tables if bound.table is sheet.table), None)
    scope = bound.scope_of(row, column) if bound is not None else None
    below = {name: said.below_zero for name, said in tables.place.own.items()}
    return scope is not None and any({*values} & {*below.get(name, ())} for name, values in scope.terms)


_NOTHING_KNOWN: tuple[tuple[Leaf | None, ...], NumberFormat | None] = ((), None)


def _of_form(tables: Tables, bound: BoundTable) -> NumberFormat | None:
    """How a form writes its amounts; None of another table, whose columns say it."""
    return tables.specs[bound.key].format if bound.cells and bound.key in tables.specs else None


def amounts_written_alike(tables: Tables) -> Iterator[Answer]:
    """Every amount of a table prints two decimals, all with thousands separators or none."""
    styles: dict[tuple[str, bool], set[bool]] = {}
    known = {id(one.table): (one.columns, _of_form(tables, one)) for one in tables.bound.tables}
    for sheet, row, column, text in _amount_cells(tables):
        leaf, form = known.get(id(sheet.table), _NOTHING_KNOWN)
        chosen = form or next((one.format for one in leaf[column : column + 1] if isinstance(one, NUMBERS)), None)
        if not (chosen or NumberFormat()).writes(text) and not (chosen and text == chosen.nothing):
            yield Finding(
                f"“{sheet.name}”{sheet.named(row)}“{sheet.head(column)}”写作“{text}”",
                f"应统一为两位小数“{amount_in(text) or 0:.2f}”。" if chosen is None else "应照格式方案里这一栏的写法。",
                sheet.place(row, column),
            )
        if len(text) > 6:
            alike = chosen is not None and chosen.thousands
            styles.setdefault((sheet.name, alike), set()).add("," in text)
    for (name, _), seen in styles.items():
        mixed = Finding(f"“{name}”有的数用千分位逗号，有的不用", "请统一写法。", in_document(name))
        yield PASS if len(seen) == 1 else mixed


_WAGES = extent_with(部门经济="301")
_BASIC_WAGES = extent_with(部门经济="301", 类别=BASIC)


def personnel_in_basic(tables: Tables) -> Iterator[Answer]:
    """301 is paid from 基本支出; what a project pays of it must be looked at."""
    basic = next(iter(tables.amounts.by_extent.get(_BASIC_WAGES, ())), None)
    if basic is None:
        raise NotApplicable("各表没有单列基本支出的工资福利支出")
    for listing in listings(tables.sheets):
        cells = listing.of(_WAGES, 0)
        if cells is not None:
            yield _wages(listing.sheet, cells, basic)
            return
    unread = next((sheet for sheet in tables.sheets if not sheet.is_read), None)
    if unread is not None:
        raise Unable(f"“{unread.name}”{unread.bound.unbound[0]}")
    raise NotApplicable("各表没有列各经济科目")


def _wages(sheet: Sheet, cells: list[Printed], basic: Printed) -> Answer:
    why = next((cell.why for cell in (*cells, basic) if cell.yuan is None), "")
    if why or sheet.scale is None or basic.yuan is None:
        return Unable(why or f"“{sheet.name}”没有写金额单位")
    added = sum((cell.yuan for cell in cells if cell.yuan is not None), ZERO) / sheet.scale.value
    wages = basic.yuan / sheet.scale.value
    off = sum((cell.off for cell in (*cells, basic)), ZERO)
    return PASS if abs(added - wages) * sheet.scale.value <= off else Finding(
        f"“{sheet.name}”工资福利支出{two_decimals(added)}≠“{basic.sheet.name}”基本支出的工资福利支出{two_decimals(wages)}，差额{two_decimals(abs(added - wages))}为项目列支",
        "请确认项目中是否应列工资福利支出。", in_document(f"{sheet.name}!工资福利支出"),
    )  # fmt: skip


_GENERAL = extent_with(资金=GENERAL, 年度=THIS_YEAR)
_OWN_GENERAL = extent_with(资金=GENERAL, 年度=THIS_YEAR, 来源=OWN)
_OF_PROJECTS = extent_with(资金=APPROPRIATIONS, 类别=PROJECT)
_GENERAL_OF_PROJECTS = extent_with(资金=GENERAL, 年度=THIS_YEAR, 类别=PROJECT)


def money_from_above(tables: Tables) -> Iterator[Answer]:
    """一般公共预算 less 其中：财政拨款 = what projects and 基本支出 have of it from 上级."""
    general, own = (_first(tables, extent) for extent in (_GENERAL, _OWN_GENERAL))
    gap = (general.amount or ZERO) - (own.amount or ZERO)
    projects = _projects_from_above(tables)
    basic = _basic_from_above(tables)
    if not gap and not projects and not basic[0]:
        raise NotApplicable("没有上级资金")
    if not projects and tables.derived is None:
        raise Unable("各表没有列上级资金的项目")
    least, most = (sum(bounds, ZERO) for bounds in zip(basic, *projects, strict=True))
    if least <= gap <= most:
        yield PASS
        return
    said = "一般公共预算与“其中：财政拨款”相差{a}，而上级资金的一般公共预算合计{b}"
    answer = equal(said, gap, least if gap < least else most, own.place)
    yield answer._replace(remedy="请核对项目的层级。") if isinstance(answer, Finding) else answer


def _first(tables: Tables, extent: Extent) -> Printed:
    found = next(iter(tables.amounts.by_extent.get(extent, ())), None)
    if found is None:
        raise NotApplicable("各表没有“一般公共预算”和“其中：财政拨款”")
    if found.amount is None:
        raise Unable(found.why)
    return found


def _projects_from_above(tables: Tables) -> list[tuple[Decimal, Decimal]]:
    """The least and the most that each project from 上级 has of this year's 一般公共预算.

    A project may be paid from both levels, and by several funds: one table knows the level, another the funds.
    """
    by_project = [listing for listing in listings(tables.sheets) if set(listing.lengths) == {"项目"}]
    if not any(_is_from_above(shape.extent) for listing in by_project for shape in listing.shapes):
        raise NotApplicable("各表没有分层级列项目")
    above: dict[str, Decimal] = {}
    for listing in by_project:
        column = next((place for place in listing.sheet.amounts if _is(listing, place, _OF_PROJECTS)), None)
        for row in listing.rows if column is not None else ():
            if column is not None and _is_from_above(row.extent):
                amount = listing.sheet.amount(row.row, column) or ZERO
                above[row.values["项目"]] = above.get(row.values["项目"], ZERO) + amount
        if above:
            break
    funds = next(
        (one for one in by_project if any(_is(one, at, _GENERAL_OF_PROJECTS) for at in one.sheet.amounts)), None
    )
    if funds is None:
        raise NotApplicable("各表没有列各项目的一般公共预算")
    return [_bounds(funds, name, money) for name, money in above.items()]


def _is_from_above(extent: Extent) -> bool:
    return not extent.kinds & extent_of(Filter((("来源", (OWN,)),)), universe()).kinds


def _is(listing: Listing, column: int, extent: Extent) -> bool:
    return listing.kinds_of(column) == extent.kinds


def _bounds(funds: Listing, project: str, money: Decimal) -> tuple[Decimal, Decimal]:
    general = others = ZERO
    for row in funds.rows:
        if row.values["项目"] == project:
            for column in funds.sheet.amounts:
                amount = funds.sheet.amount(row.row, column) or ZERO
                if _is(funds, column, _GENERAL_OF_PROJECTS):
                    general += amount
                elif not funds.kinds_of(column) & ~_OF_PROJECTS.kinds:
                    others += amount
    return max(money - others, ZERO), min(money, general)


def _basic_from_above(tables: Tables) -> tuple[Decimal, Decimal]:
    """The least and the most of 基本支出 that is 上级's: no table tells it apart, the data does."""
    if tables.derived is None:
        basic = tables.amounts.by_extent.get(extent_with(资金=GENERAL, 类别=BASIC), ())
        return ZERO, next((cell.amount for cell in basic if cell.amount is not None), ZERO)
    if not any(map(_is_basic_from_above, tables.derived.inputs.ledger.lines)):
        return ZERO, ZERO
    known = sum((line.money.amount for line in tables.derived.book.whole.lines if _is_basic_from_above(line)), ZERO)
    return known, known


def _is_basic_from_above(line: LedgerLine) -> bool:
    return (line.kind, line.origin, line.fund, line.period) == (BASIC, FROM_ABOVE, GENERAL, THIS_YEAR)


_E, _W = Severity.ERROR, Severity.WARNING
TABLE_RULES: tuple[Rule[Tables], ...] = (
    Rule("J120", "列出的科目、单位、项目不重复出现", _W, rows_once, FORMS_SOURCE, "30211出现两行", "合并成一行"),
    Rule("J125", "没有整行空白的科目行", _W, no_empty_rows, FORMS_SOURCE, "2296013一行没有任何金额", "删除该行"),
    Rule("J126", "每行的格数与表头相同", _E, rows_as_wide_as_header, FORMS_SOURCE, "表头14列，某行13格", "补上缺少的格"),
    Rule("J128", "金额都是两位小数，千分位写法一致", _W, amounts_written_alike, FORMS_SOURCE, "8.0与8.00并存", "都写8.00"),
)  # fmt: skip
"""What follows from how tables are made."""
AMOUNT_RULES: tuple[Rule[Tables], ...] = (
    Rule("J127", "没有负数", _W, no_negative_cells, FORMS_SOURCE, "上年结转-3.00", "请核对"),
    Rule("J211", "工资福利支出只由基本支出列支", _W, personnel_in_basic, FORMS_SOURCE, "项目里列了30199", "请确认"),
    Rule("J216", "一般公共预算－其中：财政拨款＝上级资金之和", _E, money_from_above, FORMS_SOURCE, "差122.00，上级资金合计105.00", "上级资金合计122.00"),
)  # fmt: skip
"""What depends on the amounts that were typed."""
