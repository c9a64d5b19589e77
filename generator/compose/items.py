"""Prose item by item (逐项): a figure split by 功能科目, project, unit …, each with its amount, share, name and words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from generator.compose.sandbox import TemplateMistake
from generator.model.book import Book
from generator.model.classification import LISTS
from generator.model.department import Inputs
from generator.model.document import Run
from generator.model.figure import Figure, Share
from generator.model.ledger import DIMENSIONS, GROUPINGS, grouping, value_of
from generator.model.money import Money, shares
from generator.model.profile import Profile
from generator.model.source import Text

_SPENDING = "支出"
_LENGTHS = {"类": 3, "款": 5, "项": 7}
_ORDERS = ("代码", "录入", "金额")


class Unsaid(NamedTuple):
    """Words that a template asked for and nobody typed: of which item, what, and the item's amount."""

    dimension: str
    code: str
    name: str
    word: str
    money: Money


class Item(dict[str, Any]):
    """One item as a template sees it; what it asks of it that nobody said goes to ``unsaid``."""

    unsaid: Callable[[str], None]

    def __getitem__(self, name: str) -> Any:
        """What it has under a name; None for words that nobody typed, which is remembered."""
        value = super().__getitem__(name)
        if value is None:
            self.unsaid(name)
        return value


class Itemiser(NamedTuple):
    """Splits figures for one document's templates; ``percent`` prints a share, ``unsaid`` gets the words not typed."""

    inputs: Inputs
    profile: Profile
    book: Book
    percent: Callable[[object], Run]
    unsaid: list[Unsaid]

    def items(self, value: object, by: str = "", 含: str = "", 顺序: str = "代码") -> list[Item]:
        """逐项: the items of a figure, or of an item, by what tables have rows by; those without money are left out.

        含 names a basis: what only that has an amount of is listed too. 顺序 is 代码, 录入 or 金额 (the largest first).
        """
        figure = value["数"] if isinstance(value, Item) else value
        if not isinstance(figure, Figure) or figure.scope is None:
            raise TemplateMistake("“逐项”只能用在台账的数上", '请写成“总计 | 逐项("功能科目")”。')
        dimension, length = grouping(str(by))
        if dimension not in DIMENSIONS and dimension not in self.profile.own:
            known = "、".join((*GROUPINGS, *self.profile.own))
            raise TemplateMistake(f"不能按“{by}”逐项", f'请写成“逐项("功能科目")”；可用的有：{known}。')
        if 顺序 not in _ORDERS:
            raise TemplateMistake(f"“顺序”没有“{顺序}”", f"可用的有：{'、'.join(_ORDERS)}。")
        figures = self._split(figure, dimension, length)
        if 含:
            earlier = self.book.amount_in(self._basis(str(含)), figure.scope)
            for code in self._split(earlier, dimension, length) if earlier is not None else ():
                figures.setdefault(code, self._part(figure, dimension, code, ()))
        chosen = _sorted([(code, one) for code, one in figures.items() if one.money or 含], 顺序)
        percents = shares([one.money for _, one in chosen], figure.money) or (None,) * len(chosen)
        return [
            self._item(dimension, code, one, Share(one, figure, percent))
            for (code, one), percent in zip(chosen, percents, strict=True)
        ]

    def _split(self, figure: Figure, dimension: str, length: int | None) -> dict[str, Figure]:
        of = value_of(dimension)
        lines: dict[str, list[Any]] = {}
        for line in figure.lines:
            if code := of(line)[:length]:
                lines.setdefault(code, []).append(line)
        return {code: self._part(figure, dimension, code, some) for code, some in lines.items()}

    def _part(self, figure: Figure, dimension: str, code: str, lines: Sequence[Any]) -> Figure:
        scope = figure.scope.narrowed((dimension, (code,))) if figure.scope is not None else None
        money = Money.total((line.money for line in lines), self.book.scale)
        return Figure(money, tuple(lines), f"{figure.key}·{code}", scope)

    def _basis(self, name: str) -> str:
        known = [basis.name for basis in self.profile.bases]
        if name not in known:
            raise TemplateMistake(f"没有“{name}”这个基准", f"可用的有：{'、'.join(known)}。")
        return name

    def _item(self, dimension: str, code: str, figure: Figure, share: Share) -> Item:
        names = self._names(dimension)
        said = self.inputs.department.sayings.get((dimension, code), {})
        name = names.get(code, code)
        item = Item({"代码": code, "数": figure, "占比": self.percent(share), **_named(name)})
        if dimension == LISTS[0]:
            item |= {
                part: _named(names.get(code[:length], code[:length]))
                for part, length in _LENGTHS.items()
                if len(code) >= length
            }
        item |= {word: _typed(said.get(word)) for word in self.profile.sayings.get(dimension, ())}
        item.unsaid = lambda word: self.unsaid.append(Unsaid(dimension, code, name, word, figure.money))
        return item

    def _names(self, dimension: str) -> Mapping[str, str]:
        if dimension in LISTS:
            return self.inputs.classification.names(dimension)
        if dimension == "项目":
            return {code: project.name for code, project in self.inputs.department.projects.items()}
        return self.inputs.department.agencies if dimension == "单位" else {}


def _named(name: str) -> dict[str, Run]:
    return {"名称": Run(name), "简称": Run(name.removesuffix(_SPENDING) or name)}


def _typed(text: Text | None) -> Run | None:
    return Run(text.value, position=text.position) if text is not None else None


def _sorted(pairs: list[tuple[str, Figure]], order: str) -> list[tuple[str, Figure]]:
    if order == "代码":
        return sorted(pairs)
    return sorted(pairs, key=lambda pair: -pair[1].money.amount) if order == "金额" else pairs


def names_of(items: object, short: object = False) -> list[Run]:
    """名称: the names of items, for 顿号; 名称("简称") those without a 支出 at their end."""
    if not isinstance(items, list) or not all(isinstance(item, Item) for item in items):
        raise TemplateMistake("“名称”只能用在逐项的结果上", '请写成“总计 | 逐项("部门经济") | 名称 | 顿号”。')
    return [item["简称" if short else "名称"] for item in items]
