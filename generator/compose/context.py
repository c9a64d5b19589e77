"""What a template may name: the department's words, the book's figures, and the filters that print them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from generator.compose.formats import Formats
from generator.compose.numerals import numbered, numbers_of
from generator.compose.sandbox import TemplateMistake
from generator.model.basis import LAST_YEAR
from generator.model.book import Book
from generator.model.department import Inputs
from generator.model.document import Run
from generator.model.doubts import BLANK, blank_words
from generator.model.figure import COMPLETION, Change, Draft, Fact, Figure, Share, change_of
from generator.model.ledger import CARRIED_FORWARD, THIS_YEAR, total_of
from generator.model.money import ZERO, Money, Scale, round_half_up
from generator.model.number_format import NumberFormat
from generator.model.profile import FactKind, Profile
from generator.model.source import Text

if TYPE_CHECKING:
    from generator.compose.items import Unsaid

HUNDRED = Decimal(100)
_DIGITS = 10


class Against(dict[str, Any]):
    """A change as a template sees it, whose reason nobody typed and no ledger tells: asking for a draft is remembered."""

    asked: Callable[[], None]

    def __getitem__(self, name: str) -> Any:
        """What it has under a name."""
        if name == "草拟":
            self.asked()
        return super().__getitem__(name)


class Context(NamedTuple):
    """Values and filters for the templates of one document."""

    inputs: Inputs
    profile: Profile
    book: Book
    formats: Formats
    unsaid: list[Unsaid] = []  # noqa: RUF012 - put there by whoever wants to know
    own_formats: Mapping[str, NumberFormat] = MappingProxyType({})
    unexplained: list[Change] = []  # noqa: RUF012 - likewise: changes whose reason was asked for and nobody can draft

    def values(self) -> dict[str, Any]:
        """Everything a template may name."""
        department = self.inputs.department
        values: dict[str, Any] = {
            "部门": Run(department.name),
            "版": department.edition,
            "本部门": f"本{department.edition}",
            "年": str(department.year),
            "上年": str(department.year - 1),
            "表内单位": self.formats.table_unit,
            "主要职责": [Run(duty) for duty in department.duties],
            "机构": {
                "预算范围": Run(department.structure.scope),
                "内设机构归属": Run(department.structure.owner),
                "内设机构": [Run(office) for office in department.structure.offices],
                "所属单位": [Run(name) for name in list(department.agencies.values())[1:]],
                "预算单位": [Run(name) for name in department.agencies.values()],
            },
            "有项目": bool(department.projects),
            "省略公务用车合计": self.profile.conventions.cars_once,
            "表": self._reference,
        }
        for name, figure in self.book.figures.items():
            _put(values, name, figure)
        for name, fact in self.book.facts.items():
            _put(values, name, fact)
        if self.profile.lists:
            from generator.compose.record_lists import listed  # few places have lists

            values.update(listed(self.profile.lists, department.records, self.book.scale))
        for name, kind in self.profile.facts.items():
            if kind is FactKind.WORDS:
                _put(values, name, [_typed(text) for text in department.words.get(name, ())])
        return values

    def filters(self) -> dict[str, Callable[..., Any]]:
        """The filters, by the Chinese name a template uses."""
        lists: dict[str, Callable[..., Any]] = {}
        if self.profile.lists:
            from generator.compose.record_lists import chosen, total

            lists = {"其中": chosen, "合计": total}
        return {
            **lists,
            "逐项": self._items,
            "名称": _names,
            "各段": _lines,
            "个数": _count,
            "加": _plus,
            "如填": _word,
            "金额": self._money,
            "数字": self._number,
            "占比": self._share,
            "比上年": partial(self._change, LAST_YEAR.name),
            "比": lambda value, basis: self._change(str(basis), value),
            THIS_YEAR: partial(_of_period, THIS_YEAR),
            CARRIED_FORWARD: partial(_of_period, CARRIED_FORWARD),
            "顿号": _enumerated,
            "序号": _ordinal,
        }

    def _money(self, value: object, how: str = "") -> Run:
        return Run(self.formats.prose(_money_of(value), self._chosen(value, how)), _numeric(value))

    def _number(self, value: object, how: str = "") -> Run:
        if isinstance(value, Fact) and isinstance(value.value, int):
            return Run(str(value.value), value)
        return Run(self.formats.prose_number(_money_of(value), self._chosen(value, how)), _numeric(value))

    def _chosen(self, value: object, how: str = "") -> NumberFormat | None:
        """The format that a template names, else the figure's own."""
        if how:
            known = self.profile.conventions.formats
            if how not in known:
                remedy = f"可用的有：{'、'.join(known) or '无'}；别的请在 report.yaml 的“数的格式”里写明。"
                raise TemplateMistake(f"没有名为“{how}”的数的格式", remedy)
            return known[how]
        if not self.own_formats or not isinstance(value, Figure):
            return None
        return self.own_formats.get(value.key.partition("·")[0])  # an item's as that of what it is of

    def _read(self, money: Money, figure: Figure) -> Money:
        """An amount as the prose prints it beside a figure."""
        return (self._chosen(figure) or self.profile.conventions.prose_way).printed(money)

    def _share(self, part: object, whole: object, how: str = "") -> Run:
        if not isinstance(part, Figure) or not isinstance(whole, Figure):
            raise TemplateMistake("占比要用两个数", "请写成“基本支出 | 占比(总计)”。")
        share = self.book.shares.get((part.key, whole.key))
        if share is None:
            raise TemplateMistake(
                f"没有说明“{part.key}”是“{whole.key}”的组成部分", "请在 figures.yaml 的“构成”里补上。"
            )
        return self._percent(share, how)

    def _percent(self, value: object, how: str = "") -> Run:
        if not isinstance(value, Share):
            raise TemplateMistake("这里不是占比", "请用“占比”。")
        percent, exact = ZERO if value.percent is None else value.percent, value.exact
        if self.profile.conventions.printed_shares:
            part, whole = (self.profile.conventions.prose_way.printed(one.money).amount for one in value[:2])
            exact = part * 100 / whole if whole else ZERO
        return Run(self.formats.percent(percent, exact, self._chosen(None, how)), value)

    def _items(self, value: object, by: str = "", **how: Any) -> list[Any]:
        from generator.compose.items import Itemiser  # many places write no sentence for each item

        return list(Itemiser(self.inputs, self.profile, self.book, self._percent, self.unsaid).items(value, by, **how))

    def _compared(self, basis: str, value: object) -> Change:
        """The change of a figure that the profile compares, or of any other where the basis's ledger tells."""
        changes = self.book.comparisons.get(basis, {})
        if isinstance(value, Figure) and value.key in changes:
            return changes[value.key]
        before = self.book.amount_in(basis, value.scope) if isinstance(value, Figure) and value.scope else None
        if isinstance(value, Figure) and before is not None:
            found = next(one for one in self.profile.bases if one.name == basis)
            return change_of(value, before._replace(key=value.key), found)
        name = value.key if isinstance(value, Figure) else "这个值"
        what, where = ("上年", "比上年") if basis == LAST_YEAR.name else (f"“{basis}”", "比较")
        remedy = f"请在 figures.yaml 的“{where}”里列上它。"
        if isinstance(value, Figure) and "·" in value.key:
            file = next((one.file for one in self.profile.bases if one.name == basis), LAST_YEAR.file)
            remedy = f"逐项比较要有那一年的数据目录，或在 {file} 的“台账”里逐项填写。"
        raise TemplateMistake(f"“{name}”没有与{what}比较", remedy)

    def _change(self, basis: str, value: object) -> dict[str, Any]:
        change = self._compared(basis, value)
        level = change.delta.vanishes(self._scale)
        redefined = self.inputs.department.redefined.get(change.current.key) if change.basis == LAST_YEAR else None
        told = {
            "持平": level,
            "基本持平": level and (bool(change.delta) or self._differs_as_typed(change)),
            "增加": change.delta.amount > 0,
            "新增": bool(change.delta) and not change.prior_money,
            "上年极少": bool(change.prior_money) and change.prior_money.vanishes(self._scale),
            "无": not change.delta and not change.current.money,
            "差额": Run(self.formats.prose(abs(change.delta), self._chosen(change.current)), change, "差额"),
            "上年数": Run(self.formats.prose(change.prior_money, self._chosen(change.current)), change, "上年数"),
            "增幅": self._rate(change),
            COMPLETION: self._completion(change),
            "原因": _typed(change.reason) if change.reason else None,
            "草拟": self._draft(change.draft),
            "口径变化": _typed(redefined) if redefined is not None else None,
        }
        if change.draft is None or not change.draft.unknown or level:
            return told
        asked = Against(told)
        asked.asked = partial(self.unexplained.append, change)
        return asked

    def _differs_as_typed(self, change: Change) -> bool:
        """Whether this year and last year, alike in cents of the tables' unit, are not in the unit they were typed in."""
        ledger, prior = self.inputs.ledger, self.inputs.typed_of(change.basis).get(change.current.key)
        if ledger.scale is self.book.scale or prior is None or isinstance(change.prior, Figure):
            return False
        places = {line.position for line in change.current.lines}
        now = total_of((line for line in ledger.all_lines if line.position in places), ledger.scale)
        return prior.value != now

    @property
    def _scale(self) -> Scale:
        return self.profile.conventions.prose_scale

    def _rate(self, change: Change) -> Run | None:
        if change.rate is None:
            hundred = self.profile.conventions.zero_base_is_hundred and change.delta
            return Run(self.formats.percent(HUNDRED), change, "增幅") if hundred else None
        by, prior = self._operands(change, abs(change.delta))
        if not change.rate or not prior or change.prior_money.vanishes(self._scale):
            return None
        exact = by * 100 / prior
        return Run(self.formats.percent(round_half_up(exact), exact), change, "增幅")

    def _operands(self, change: Change, over: Money) -> tuple[Decimal, Decimal]:
        """An amount and the basis's that it is divided by: as they are, or as they are printed (增幅基数)."""
        pair = over, change.prior_money
        if self.profile.conventions.printed_rates:
            pair = self._read(pair[0], change.current), self._read(pair[1], change.current)
        return pair[0].amount, pair[1].amount

    def _completion(self, change: Change) -> Run | None:
        """How much of the basis this is, in percent; of nothing nothing is 0%, and what was not budgeted has no rate."""
        if change.completion is None:
            return None if change.current.money else Run(self.formats.percent(ZERO), change, COMPLETION)
        now, prior = self._operands(change, change.current.money)
        exact = now * 100 / prior
        return Run(self.formats.percent(round_half_up(exact), exact), change, COMPLETION)

    def _draft(self, draft: Draft | None) -> dict[str, Any] | None:
        if draft is None:
            return None
        if draft.unknown:
            nothing = {"名称": Run(blank_words(f"{BLANK}：变动原因")), "增减": "", "金额": Run("")}
            return {
                "依据": BLANK,
                "各项": [nothing | dict.fromkeys(("增加", "项目", "新增", "取消"), False)],
                "还有": False,
            }
        movers = [
            {
                "名称": Run(mover.name),
                "增加": mover.delta.amount > 0,
                "增减": "增加" if mover.delta.amount > 0 else "减少",
                "项目": mover.project,
                "新增": mover.project and not any(line.money for line in mover.before),
                "取消": mover.project and not any(line.money for line in mover.lines),
                "金额": Run(self.formats.prose(abs(mover.delta)), mover),
            }
            for mover in [mover for mover in draft.movers if not mover.delta.vanishes(self._scale)] or draft.movers
        ]
        return {"依据": draft.basis, "各项": movers, "还有": draft.others}

    def _reference(self, title: str) -> str:
        for spec, number in zip(self.profile.tables, numbers_of(self.profile), strict=True):
            if spec.title.value == title:
                return numbered(self.profile.numbering.reference, *number)
        raise TemplateMistake(f"没有名为“{title}”的表", "请核对表名，应与 tables/ 里的标题一字不差。")


def _of_period(period: str, value: object) -> Figure:
    if not isinstance(value, Figure):
        raise TemplateMistake(f"“{period}”只能用在台账的数上", f"请写成“总计 | {period} | 金额”。")
    return value.of_period(period)


def _typed(text: Text) -> Run:
    return Run(text.value, position=text.position)


def _put(values: dict[str, Any], name: str, value: object) -> None:
    *groups, last = name.split(".")
    for group in groups:
        values = values.setdefault(group, {})
    values[last] = value


def _money_of(value: object) -> Money:
    if isinstance(value, Figure):
        return value.money
    if isinstance(value, Fact) and isinstance(value.value, Money):
        return value.value
    raise TemplateMistake("这里不是金额", "“金额”只能用在数上，件数请用“数字”。")


def _numeric(value: object) -> Figure | Fact | None:
    return value if isinstance(value, (Figure, Fact)) else None


def _names(items: object, short: object = False) -> list[Run]:
    from generator.compose.items import names_of  # as above

    return names_of(items, short)


def _count(items: object) -> str:
    if not isinstance(items, list):
        raise TemplateMistake("“个数”只能用在列表上", "请写成“机构.内设机构 | 个数”。")
    return str(len(items))


def _plus(value: object, by: object) -> str:
    """加: a year or a count, so many more: 年 | 加(1) is next year."""
    text = value.text if isinstance(value, Run) else value
    if not (isinstance(text, str) and text.isdecimal() and len(text) < _DIGITS) or type(by) is not int:
        remedy = "请写成“年 | 加(1)”；金额和填报的数要相加的，在 figures.yaml 的“数”“合计”里写。"
        raise TemplateMistake("“加”只能用在年和个数上，加的是一个整数", remedy)
    return str(int(text) + by)


def _ordinal(pattern: object, number: object) -> str:
    """序号: a pattern with its number, which may be a count: "{一}、" | 序号(附表 | 个数)."""
    if not isinstance(pattern, str) or not str(number).isdecimal():
        raise TemplateMistake("“序号”要一个样式和一个数", '请写成“"{一}、" | 序号(loop.index)”。')
    return numbered(pattern, int(str(number)))


def _lines(value: object) -> list[Run]:
    if not isinstance(value, Run):
        raise TemplateMistake("“各段”只能用在填报的话上", "请写成“{% for 段 in 项.依据 | 各段 %}”。")
    return [Run(line, position=value.position) for line in value.text.split("\n")]


def _word(item: object, word: str) -> Run | None:
    from generator.compose.items import word_of  # as above

    return word_of(item, str(word))


def _enumerated(items: Iterable[Run], last: str = "和") -> Run:
    names = [str(item) for item in items]
    if len(names) < 2:
        return Run("".join(names))
    return Run("、".join(names[:-1]) + last + names[-1])
