"""Prose item by item (逐项): a figure split by 功能科目, project, unit …, each with its amount, share, name and words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from generator.compose.sandbox import Absent, TemplateMistake
from generator.model.book import Book
from generator.model.classification import LISTS
from generator.model.department import Inputs
from generator.model.document import Run
from generator.model.doubts import BLANK, blank_words
from generator.model.figure import Figure, Share
from generator.model.ledger import DIMENSIONS, GROUPINGS, Filter, grouping, value_of
from generator.model.money import Money, shares
from generator.model.profile import Profile
from generator.model.source import Position, Text

_SPENDING, _PART = "支出", "·"
_LENGTHS = {"类": 3, "款": 5, "项": 7}
_ORDERS = ("代码", "录入", "金额")


class Unsaid(NamedTuple):
    """Words that a template asked for and nobody typed: of which item, what, and the item's amount.

    ``said`` is where other words of the item were typed; ``printed``: the template did not ask first whether there are any.
    """

    dimension: str
    code: str
    name: str
    word: str
    money: Money
    said: Position | None
    printed: bool = False


class Item(dict[str, Any]):
    """One item as a template sees it; what it asks of it that nobody said goes to ``unsaid``."""

    unsaid: Callable[[str, bool], str]

    def __getitem__(self, name: str) -> Any:
        """What it has under a name; Absent for words that nobody typed, which is remembered."""
        value = super().__getitem__(name)
        if value is not None:
            return value
        self.unsaid(name, False)
        absent = Absent()
        absent.printed = partial(self.unsaid, name, True)
        return absent


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
            for code in self._split(self._earlier(figure, figure.scope, dimension, str(含)), dimension, length):
                figures.setdefault(code, self._part(figure, dimension, code, ()))
        chosen = _sorted([(code, one) for code, one in figures.items() if one.money or 含], 顺序)
        on_largest = self.profile.conventions.shares_on_largest
        percents = shares([one.money for _, one in chosen], figure.money, on_largest) or (None,) * len(chosen)
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
        return Figure(money, tuple(lines), f"{figure.key}{_PART}{code}", scope)

    def _earlier(self, figure: Figure, scope: Filter, dimension: str, basis: str) -> Figure:
        files = {one.name: one.file for one in self.profile.bases}
        if basis not in files:
            raise TemplateMistake(f"没有“{basis}”这个基准", f"可用的有：{'、'.join(files)}。")
        earlier = self.book.amount_in(basis, scope)
        if earlier is None or dimension in self.book.ledgers[basis].unknown:
            raise TemplateMistake(
                f"不知道“{figure.key}”在“{basis}”里有哪些{dimension}",
                f"要有那一年的数据目录，或在 {files[basis]} 的“台账”里逐项填写；单位版只取写了这个单位的各条。",
            )
        return earlier

    def _item(self, dimension: str, code: str, figure: Figure, share: Share) -> Item:
        name, said = self._name(dimension, code), self._said(dimension, code, figure)
        item = Item({"代码": code, "数": figure, "占比": self.percent(share), **_named(name)})
        if dimension == LISTS[0]:
            item |= {
                part: _named(self._name(dimension, code[:length]))
                for part, length in _LENGTHS.items()
                if len(code) >= length
            }
        item |= {word: _typed(said.get(word)) for word in self.profile.sayings.get(dimension, ())}
        item |= self._more(dimension, code)
        place = next((text.position for text in said.values()), None)

        def unsaid(word: str, printed: bool) -> str:
            self.unsaid.append(Unsaid(dimension, code, name, word, figure.money, place, printed))
            return "" if self.inputs.doubts is None else blank_words(f"{BLANK}：{word}")

        item.unsaid = unsaid
        return item

    def _said(self, dimension: str, code: str, figure: Figure) -> Mapping[str, Text]:
        """What was typed of an item: for the figure it is split from, else for all."""
        sayings, whole = self.inputs.department.sayings, figure.key.partition(_PART)[0]
        return {**sayings.get((dimension, code), {}), **sayings.get((dimension, f"{whole}/{code}"), {})}

    def _more(self, dimension: str, code: str) -> dict[str, Run]:
        """What else a unit or a project is known by."""
        department = self.inputs.department
        if dimension == "单位":
            return {"性质": Run(department.nature_of(code))}
        project = department.projects.get(code) if dimension == "项目" else None
        if project is None:
            return {}
        return {"类型": Run(project.kind), "单位": Run(department.agencies.get(project.agency, ""))}

    def _name(self, dimension: str, code: str) -> str:
        """An item's name: this year's, of what only last year had last year's; a value of a closed list is its own."""
        department, last_year = self.inputs.department, self.inputs.last_year
        if dimension == "项目":
            project = department.projects.get(code) or (last_year.projects.get(code) if last_year else None)
            return project.name if project else code
        if dimension == "单位":
            return department.agencies.get(code) or (last_year.agencies.get(code, code) if last_year else code)
        if dimension not in LISTS:
            return code
        name = self.inputs.classification.names(dimension).get(code)
        return name or (last_year.functions.get(code, code) if last_year and dimension == LISTS[0] else code)


def _named(name: str) -> dict[str, Run]:
    return {"名称": Run(name), "简称": Run(name.removesuffix(_SPENDING) or name)}


def _typed(text: Text | None) -> Run | None:
    return Run(text.value, position=text.position) if text is not None else None


def _sorted(pairs: list[tuple[str, Figure]], order: str) -> list[tuple[str, Figure]]:
    if order == "代码":
        return sorted(pairs)
    return sorted(pairs, key=lambda pair: -pair[1].money.amount) if order == "金额" else pairs


def word_of(item: object, word: str) -> Run | None:
    """如填: words of an item that nobody has to type; None where nobody did."""
    if not isinstance(item, Item) or word not in item:
        raise TemplateMistake(
            f"没有“{word}”这句话可填", '“如填”只能用在一项上，请写成“项 | 如填("称")”，并列在 figures.yaml 的“说明”里。'
        )
    found = item.get(word)
    return found if isinstance(found, Run) else None


def names_of(items: object, short: object = False) -> list[Run]:
    """名称: the names of items, for 顿号; 名称("简称") those without a 支出 at their end."""
    if not isinstance(items, list) or not all(isinstance(item, Item) for item in items):
        raise TemplateMistake("“名称”只能用在逐项的结果上", '请写成“总计 | 逐项("部门经济") | 名称 | 顿号”。')
    return [item["简称" if short else "名称"] for item in items]
