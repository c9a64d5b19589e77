"""The agreement rules of tables (J1, J2, the amounts of J3): which relations each code reports.

A relation belongs to the first row that covers it, whatever the place calls its tables: by its kind, by the national
forms it is about (表1 … 表13, 财预〔2016〕143号), by what its whole is. What no row covers has a code of its own at the end.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from generator.check.between_tables import CARRIED, grouped, listed_alike, same_everywhere, sums_elsewhere
from generator.check.in_tables import in_columns, in_rows, sums_made
from generator.check.lone_totals import lone_totals
from generator.check.relations import Asked, Relation, Tie
from generator.check.rules import Answer, NotApplicable, Rule, Unable, answers_of
from generator.check.tables import NO_PROFILE, Tables
from generator.model.extent import extent_with
from generator.model.ledger import BASIC, OWN, PROJECT
from generator.model.national import FORM_KEYS
from generator.model.problem import Severity
from generator.model.table_spec import ComparedColumn, ShareColumn

FORMS_SOURCE = "财预〔2016〕143号附表勾稽关系"
_BASIC, _PROJECT, _OWN = extent_with(类别=BASIC).kinds, extent_with(类别=PROJECT).kinds, extent_with(来源=OWN).kinds
BY_FUNCTION = ("表3", "表5", "表9", "表10")
ANY = ("", *FORM_KEYS)
_BETWEEN = (Tie.SAME, Tie.ELSEWHERE, Tie.SUMMED)


class Agreement(NamedTuple):
    """A row: relations of these kinds between one of the forms ``one`` and one of ``other`` (inside one table: itself).

    ``only`` says which of them it is further about.
    """

    code: str
    title: str
    kinds: tuple[Tie, ...]
    one: tuple[str, ...]
    other: tuple[str, ...]
    wrong: str
    right: str
    only: Callable[[Relation], bool] = lambda relation: True

    def covers(self, relation: Relation) -> bool:
        """Whether it is this row that reports a relation."""
        one, other = relation.sheet.form, relation.other.form
        forms = (one in self.one and other in self.other) or (other in self.one and one in self.other)
        return relation.kind in self.kinds and forms and self.only(relation)

    def find(self, tables: Tables) -> Iterator[Answer]:
        """What its relations came to; where there are none, why."""
        if not tables.specs:
            raise Unable(NO_PROFILE)
        answers = answers_of_all(tables)[self.code]
        yield from answers
        forms = tuple(form for named in (self.one, self.other) if named != ANY for form in named)
        unread = list(tables.unread(forms))
        yield from map(Unable, unread)
        if answers or unread:
            return
        absent = [named for named in (self.one, self.other) if named != ANY and not tables.forms & {*named}]
        if absent:
            yield NotApplicable(f"本文档没有{tables.named(absent[0])}")
        yield from map(Unable, tables.half_read(forms))
        yield NotApplicable("各表没有能这样核对的栏和行")


def _this_year(relation: Relation) -> bool:
    return not relation.extent.kinds & CARRIED.kinds


def _all_years(relation: Relation) -> bool:
    return not _this_year(relation) and bool(relation.extent.kinds & ~CARRIED.kinds)


def _lists(relation: Relation) -> bool:
    return bool(relation.dimensions)


def _basic(relation: Relation) -> bool:
    return not relation.extent.kinds & _PROJECT


def _projects(relation: Relation) -> bool:
    return not relation.extent.kinds & _BASIC


def _two_sided_spending(relation: Relation) -> bool:
    return bool(relation.sheet.listed)


def _own_money(relation: Relation) -> bool:
    return not relation.extent.kinds & ~_OWN


def _by_function(relation: Relation) -> bool:
    return relation.dimensions[:1] == ("功能科目",)


def _by_project(relation: Relation) -> bool:
    return "项目" in relation.dimensions


_ROW, _COLUMN, _PART = (Tie.ROW,), (Tie.COLUMN,), (Tie.PART,)


AGREEMENTS: tuple[Agreement, ...] = (
    Agreement("J118", "不会有数的格是空白的（301、303列人员经费，其余列公用经费）", (Tie.NOTHING,), ANY, ANY, "30302退休费填在公用经费", "填在人员经费"),
    Agreement("J102", "收支总表：本年收入合计＝各项收入之和（“其中”不参加）", _COLUMN, ("表1",), ("表1",), "把“其中：财政拨款”6694.79又加了一遍", "本年收入合计＝6816.79＋8.00")._replace(only=_this_year),
    Agreement("J105", "收支总表：本年支出合计＝各类支出之和", _COLUMN, ("表1",), ("表1",), "删了“住房保障支出”一行，合计未改", "合计与各类之和一致")._replace(only=_lists),
    Agreement("J104", "收支总表：总计＝各部分之和（本年合计＋结转）", _COLUMN, ("表1",), ("表1",), "本年收入合计100.00，上年结转结余5.00，收入总计100.00", "收入总计105.00"),
    Agreement("J106", "收入总表：总计＝本年收入＋上年结转", _ROW, ("表2",), ("表2",), "总计100.00，本年收入95.00，上年结转0", "总计95.00")._replace(only=_all_years),
    Agreement("J107", "收入总表：本年收入合计、上年结转合计＝各资金来源之和", _ROW, ("表2",), ("表2",), "把“其中：财政拨款”也加进合计", "合计＝小计＋政府性基金＋…"),
    Agreement("J108", "收入总表：部门行＝所属单位之和", _COLUMN, ("表2",), ("表2",), "新增单位的一行漏了", "补上这一行"),
    Agreement("J110", "支出表：基本支出小计＝各列之和", _ROW, BY_FUNCTION, BY_FUNCTION, "丢了“资本性支出”一列", "四列齐全")._replace(only=_basic),
    Agreement("J111", "支出表：项目支出小计＝其他运转类＋特定目标类", _ROW, BY_FUNCTION, BY_FUNCTION, "8.00错在“其他运转类”一列之外", "8.00列在“特定目标类”")._replace(only=_projects),
    Agreement("J109", "支出表：合计＝基本支出＋项目支出", _ROW, BY_FUNCTION, BY_FUNCTION, "合计147.71，基本135.71，项目10.00", "项目12.00"),
    Agreement("J112", "支出表：合计行＝各单位、各科目之和", _COLUMN, BY_FUNCTION, BY_FUNCTION, "粘贴时丢了一行科目", "补上这一行"),
    Agreement("J115", "财政拨款收支总表：本年支出＝各类之和", _COLUMN, ("表4",), ("表4",), "某类改了，本年支出未改", "同步更新")._replace(only=_two_sided_spending),
    Agreement("J113", "财政拨款收支总表：收入各项相加", _COLUMN, ("表4",), ("表4",), "本年收入6824.79，三项之和6816.79", "补上政府性基金8.00"),
    Agreement("J114", "财政拨款收支总表：每行合计＝三项预算之和", (*_ROW, *_PART), ("表4",), ("表4",), "把“其中”又加了一遍", "合计＝小计＋政府性基金＋国有资本经营预算")._replace(only=_two_sided_spending),
    Agreement("J129", "类级、款级的行＝所属各科目之和", (Tie.COARSE,), ANY, ANY, "302一行等于30299，其余各款另有金额", "类级行为各款之和"),
    Agreement("J117", "基本支出表：合计＝人员经费＋公用经费＝各科目之和", (*_ROW, *_COLUMN), ("表6",), ("表6",), "合计168.56，人员151.20，公用17.30", "公用17.36"),
    Agreement("J119", "经济分类汇总表：总计＝各资金来源之和，合计＝各科目之和", (*_ROW, *_COLUMN), ("表7",), ("表7",), "总计与各栏之和不同", "核对各栏"),
    Agreement("J121", "“三公”经费表：合计＝三项之和，车辆小计＝购置＋运行", (*_ROW, *_COLUMN), ("表8",), ("表8",), "合计5.00，三项之和4.00", "合计4.00"),
    Agreement("J122", "项目支出表：合计＝各资金来源之和、各项目之和", (*_ROW, *_COLUMN), ("表11",), ("表11",), "改了一个项目，合计行未改", "同步更新"),
    Agreement("J123", "整体绩效目标表：总额＝资金来源之和＝基本＋项目", _ROW, ("表12",), ("表12",), "总额6824.79，基本168.56，项目6650.00", "项目6656.23"),
    Agreement("J124", "项目绩效目标表：资金总额＝各来源之和，合计＝各项目之和", (*_ROW, *_COLUMN), ("表13",), ("表13",), "本级资金合计与各项目之和不同", "核对漏掉的项目"),
    Agreement("J103", "“其中”不大于它所属的数", _PART, ANY, ANY, "一般公共预算6694.79，其中：财政拨款6816.79", "一般公共预算6816.79，其中：财政拨款6694.79"),
    Agreement("J141", "合计＝各部分之和", (*_ROW, *_COLUMN), ANY, ANY, "合计10.00，两行7.00和2.00", "合计9.00"),
    Agreement("J142", "表内与上年等比较的栏：增减、增幅、完成率、占比由各数得出", (Tie.MOVED,), ANY, ANY, "本年10.00，上年8.00，增减3.00", "增减2.00"),
    Agreement("J215", "“其中：财政拨款”在各表一致", _BETWEEN, ANY, ANY, "6694.79与6816.79", "各表6694.79", _own_money),
    Agreement("J101", "收支总表：收入总计＝支出总计", _BETWEEN, ("表1",), ("表1",), "收入总计6824.79，支出总计6824.80", "两侧都是6824.79"),
    Agreement("J116", "财政拨款收支总表：收支平衡", _BETWEEN, ("表4",), ("表4",), "收入合计6824.79，支出合计6816.79", "两侧一致"),
    Agreement("J304", "同一项目在两表金额相同", _BETWEEN, ("表11",), ("表13",), "743.10与712.10", "都是743.10", _by_project),
    Agreement("J305", "每个项目都有绩效目标", (Tie.LISTED,), ("表11",), ("表13",), "新增项目没有绩效目标", "补上绩效目标"),
    Agreement("J303", "项目绩效目标表各项之和＝各表的项目支出", _BETWEEN, ("表13",), ANY, "6526.23＋105.00≠6656.23", "6526.23＋130.00"),
    Agreement("J214", "整体绩效目标表与各表一致", _BETWEEN, ("表12",), ANY, "总额停在年初的6800.00", "总额6824.79"),
    Agreement("J301", "项目支出表合计＝支出总表项目支出", _BETWEEN, ("表11",), ("表3",), "6656.23与6648.23", "两表一致", lambda relation: relation.kind is Tie.SAME),
    Agreement("J302", "项目支出表分类型、分资金与各表一致", _BETWEEN, ("表11",), ANY, "一个项目的类型只改了一处", "各表一致"),
    Agreement("J201", "收支总表各项收入＝收入总表各栏", _BETWEEN, ("表1",), ("表2",), "收支总表政府性基金8.00，收入总表为空", "两表都是8.00"),
    Agreement("J203", "收支总表各类＝支出总表该类各项之和", (*_BETWEEN, Tie.LISTED), ("表1",), ("表3",), "卫生健康支出2618.84，支出总表210各项之和2610.84", "两表一致", _by_function),
    Agreement("J202", "收支总表支出＝支出总表合计", _BETWEEN, ("表1",), ("表3",), "6824.79与6816.79", "两表一致"),
    Agreement("J204", "财政拨款收支总表与收支总表、收入总表一致", (*_BETWEEN, Tie.LISTED), ("表4",), ("表1", "表2"), "把单位资金也计入", "只含三本预算"),
    Agreement("J205", "财政拨款收支总表各类＝各支出表该类之和", (*_BETWEEN, Tie.LISTED), ("表4",), BY_FUNCTION, "229类8.00列在一般公共预算", "列在政府性基金", _by_function),
    Agreement("J206", "支出总表＝一般公共预算＋政府性基金＋国有资本经营预算支出表", _BETWEEN, ("表3",), ("表5", "表9", "表10"), "2101301：支出总表698.78，各表之和690.78", "各表之和698.78"),
    Agreement("J217", "功能科目在支出总表与各拨款表一致", (Tie.LISTED,), BY_FUNCTION, BY_FUNCTION, "2296013只在支出总表", "也在政府性基金支出表", _by_function),
    Agreement("J207", "一般公共预算基本支出＝基本支出表合计", (Tie.SAME,), ("表3", "表5"), ("表6",), "168.56与168.50", "两表都是168.56"),
    Agreement("J208", "一般公共预算支出表各列＝基本支出表相应科目之和", _BETWEEN, ("表3", "表5"), ("表6",), "商品和服务支出17.36，302各款之和17.14", "两表一致"),
    Agreement("J210", "经济分类汇总表各科目不小于基本支出表", (*_BETWEEN, Tie.LISTED), ("表7",), ("表6",), "30211：汇总表3.00，基本支出表8.00", "汇总表8.00"),
    Agreement("J212", "“三公”经费表＝相应经济科目", _BETWEEN, ("表8",), ("表7",), "汇总表30217有2.00，“三公”经费表为0", "公务接待费2.00"),
    Agreement("J213", "政府性基金、国有资本经营预算在各表一致", _BETWEEN, ("表9", "表10"), ANY, "基金支出表8.00，收支总表0", "各表8.00"),
    Agreement("J209", "经济分类汇总表与各表一致", _BETWEEN, ("表7",), ANY, "经济分类汇总表漏了一个项目", "总计6824.79"),
    Agreement("J140", "同一个数、同样的项各表一致", (*_BETWEEN, Tie.LISTED), ANY, ANY, "收支总表总计10.00，支出表总计9.00", "两表都是10.00"),
)  # fmt: skip


_OF_KIND = {kind: [row for row in AGREEMENTS if kind in row.kinds] for kind in Tie}


def agreement_rules() -> tuple[Rule[Tables], ...]:
    """The rows as rules, by code."""
    rows = sorted(AGREEMENTS, key=lambda row: row.code)
    return tuple(
        Rule(row.code, row.title, Severity.ERROR, partial(Agreement.find, row), FORMS_SOURCE, row.wrong, row.right)
        for row in rows
    )


def answers_of_all(tables: Tables) -> dict[str, list[Answer]]:
    """What each agreement's relations came to, by its code; each relation is asked once."""
    found = tables.answers
    if found:
        return found
    found.update({row.code: [] for row in AGREEMENTS})
    for relation, answers in _relations(tables):
        row = next(row for row in _OF_KIND[relation.kind] if row.covers(relation))
        found[row.code] += answers_of(answers)
    return found


def _relations(tables: Tables) -> Iterator[Asked]:
    groups = grouped(tables.amounts)
    for sheet in tables.amounts.sheets:
        yield from in_rows(sheet, groups.zero)
        yield from in_columns(sheet, groups.zero)
        yield from lone_totals(sheet, groups.zero)
        if any(isinstance(leaf, (ComparedColumn, ShareColumn)) for leaf in sheet.bound.columns):
            from generator.check.moved import moved  # few places compare in tables

            yield from moved(sheet)
    known = {made for sheet in tables.amounts.sheets for made in sums_made(sheet, groups.zero)}
    yield from same_everywhere(groups)
    yield from sums_elsewhere(tables.amounts, groups, known)
    yield from listed_alike(tables.amounts, groups)
