"""Lines of an export into basic.yaml and projects.yaml: what was typed there besides amounts stays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from generator.intake.ground import Ground, Line
from generator.model.ledger import DIMENSIONS
from generator.model.tree import Tree

Branch = dict[str, Tree]
Means = tuple[tuple[str, str], ...]
_KEY = {name: row.typed for name, row in DIMENSIONS.items() if row.typed}


class Amount(NamedTuple):
    """An amount of a 功能科目 and 部门经济, with the 政府经济 that an export says (empty: it says none)."""

    function: str
    economic: str
    government: str


Amounts = dict[Amount, Decimal]


class Writing(NamedTuple):
    """What is needed to write codes: the department, and the names that the export has of codes that no list has."""

    ground: Ground
    names: Mapping[tuple[str, str], str]

    def key(self, name: str, code: str) -> str:
        """“2080101 行政运行”."""
        title = self.ground.codes.names(name).get(code) or self.names.get((name, code), "")
        return f"{code} {title}".strip()

    def is_usual(self, economic: str, government: str, agency: str) -> bool:
        """Whether 政府经济 follows from 部门经济 and the agency's nature."""
        return not government or government == self.ground.codes.government_code(economic, self.ground.natures[agency])


def typed_amount(amount: Decimal) -> str:
    """An amount as a person types it, with two decimals."""
    return f"{amount:.2f}"


def of_means(dimension: str) -> str:
    """The key that a dimension is typed under: 资金来源, 层级, 年度, or its own name."""
    return _KEY.get(dimension, dimension)


def items_of(ground: Ground, name: str) -> list[Branch]:
    """The entries of a list that a file holds now."""
    tree = ground.trees.get(name, [])
    return [item for item in tree if isinstance(item, dict)] if isinstance(tree, list) else []


def agency_of(item: Branch, ground: Ground) -> str:
    """Whose an entry is."""
    return str(item.get("单位", "")) or next(iter(ground.agencies))


def means_of(item: Branch, ground: Ground, known: Iterable[str], inherited: Means = ()) -> Means:
    """What an entry says of the dimensions that are known, or has where it says nothing."""
    above = dict(inherited)
    return tuple(
        (name, str(item.get(of_means(name), "")) or above.get(name, "") or ground.usual.get(name, ""))
        for name in sorted(known)
    )


def spending_of(item: Branch) -> dict[tuple[str, str], tuple[str, str, Tree]]:
    """An entry's 支出 by codes: the texts of both keys, and what stands there."""
    found: dict[tuple[str, str], tuple[str, str, Tree]] = {}
    tree = item.get("支出", {})
    for function, inner in tree.items() if isinstance(tree, dict) else ():
        if isinstance(inner, dict):
            for economic, value in inner.items():
                found[_code(function), _code(economic)] = (function, economic, value)
        elif inner:
            found[_code(function), ""] = (function, "", inner)
    return found


def amount_in(value: Tree) -> Decimal | None:
    """What an entry's amount is; None where it is none."""
    text = value.get("金额", "") if isinstance(value, dict) else value
    try:
        return Decimal(str(text))
    except ArithmeticError:
        return None


def _code(key: str) -> str:
    return key.split(" ", 1)[0].strip()


def laid_out(amounts: Amounts, before: Branch, writing: Writing, agency: str) -> list[Branch]:
    """支出 that say the amounts, each a map; a second one only where one 部门经济 has two 政府经济.

    What the entry said before keeps its place and, where the amount is the same, its text.
    """
    rooms: list[dict[str, dict[str, Tree]]] = []
    old = spending_of(before)
    order = {codes: index for index, codes in enumerate(old)}
    functions = list(dict.fromkeys(function for function, _ in old))
    rank = {function: index for index, function in enumerate(functions)}

    def place(one: Amount) -> tuple[int, str, int, str, str]:
        codes = (one.function, one.economic)
        return (
            rank.get(one.function, len(rank)),
            one.function,
            order.get(codes, len(order)),
            one.economic,
            one.government,
        )

    for one in sorted(amounts, key=place):
        function, economic, value = old.get((one.function, one.economic), ("", "", ""))
        function = function or next((text for (code, _), (text, _, _) in old.items() if code == one.function), "")
        key = function or writing.key("功能科目", one.function)
        inner = economic or writing.key("部门经济", one.economic)
        said = _said(one, amounts[one], value, writing, agency)
        room = next((room for room in rooms if inner not in room.get(key, {})), None)
        if room is None:
            rooms.append(room := {})
        room.setdefault(key, {})[inner] = said
    return [{key: (inner[""] if list(inner) == [""] else dict(inner)) for key, inner in room.items()} for room in rooms]


def _said(one: Amount, amount: Decimal, before: Tree, writing: Writing, agency: str) -> Tree:
    """What stands at a 部门经济: the amount alone, or with its 政府经济 where that does not follow."""
    text = before.get("金额", "") if isinstance(before, dict) else before
    same = amount_in(before) == amount
    typed = str(text) if same else typed_amount(amount)
    if not one.economic:
        return typed
    if isinstance(before, dict) and (not one.government or str(before.get("政府经济", "")) == one.government):
        return {**before, "金额": typed}
    return (
        typed if writing.is_usual(one.economic, one.government, agency) else {"金额": typed, "政府经济": one.government}
    )


def grouped(lines: Sequence[Line]) -> dict[Means, Amounts]:
    """Amounts by their means; lines of the same codes are added."""
    found: dict[Means, Amounts] = {}
    for line in lines:
        amounts = found.setdefault(line.means, {})
        key = Amount(line.function, line.economic, line.government)
        amounts[key] = amounts.get(key, Decimal(0)) + line.amount
    return found


def head_of(means: Means, ground: Ground, inherited: Means = ()) -> Branch:
    """资金来源, 层级 and the like as typed: what is usual is left out."""
    above = dict(inherited)
    return {
        of_means(name): value
        for name, value in sorted(means, key=lambda pair: (pair[0] != "资金", pair[0]))
        if value and value != (above.get(name) or ground.usual.get(name, ""))
    }


class Funding(NamedTuple):
    """Where amounts of some means go: whose, what the means inherit from the project, what a new entry begins with."""

    agency: str
    inherited: Means
    begins: Branch


def funded(
    before: Sequence[Branch], groups: Mapping[Means, Amounts], funding: Funding, writing: Writing
) -> list[list[Branch]]:
    """What becomes of each entry that is there, with the amounts of its means (nothing, or several), and last the new ones.

    Raises Undivided where entries that differ by what no export says share a 科目 whose amount has changed.
    """
    known = [name for name, _ in next(iter(groups))]
    of = [means_of(item, writing.ground, known, funding.inherited) for item in before]
    shares: list[Amounts] = [{} for _ in before]
    for means, amounts in groups.items():
        same = [index for index, one in enumerate(of) if one == means]
        for one, amount in amounts.items():
            for index, part in _divided(one, amount, {index: before[index] for index in same}, writing, funding.agency):
                shares[index][one] = part
    kept = [
        [{**item, "支出": dict(room)} for room in laid_out(share, item, writing, funding.agency)]
        for item, share in zip(before, shares, strict=True)
    ]
    new: list[Branch] = []
    for means, amounts in groups.items():
        if means not in of:
            begins = {**funding.begins, **head_of(means, writing.ground, funding.inherited)}
            new += [{**begins, "支出": dict(room)} for room in laid_out(amounts, {}, writing, funding.agency)]
    return [*kept, new]


class Undivided(Exception):
    """An amount that stands in several entries, and no export says how much of it in which."""


def _divided(
    one: Amount, amount: Decimal, before: Mapping[int, Branch], writing: Writing, agency: str
) -> Iterator[tuple[int, Decimal]]:
    """The entries that an amount goes to."""
    if not before:
        return
    there = {
        index: values[one.function, one.economic][2]
        for index, item in before.items()
        if (one.function, one.economic) in (values := spending_of(item))
    }
    if one.government and len(there) > 1:
        there = {
            index: value
            for index, value in there.items()
            if _government(value, one.economic, writing, agency) == one.government
        } or there
    amounts = {index: amount_in(value) or Decimal(0) for index, value in there.items()}
    if len(there) > 1 and sum(amounts.values()) == amount:
        yield from amounts.items()
    elif len(there) > 1:
        raise Undivided(
            f"{one.function}、{one.economic}：原来分在{len(there)}处，合计{sum(amounts.values()):.2f}，现在是{amount:.2f}"
        )
    else:
        yield next(iter(there or before)), amount


def _government(value: Tree, economic: str, writing: Writing, agency: str) -> str:
    typed = str(value.get("政府经济", "")) if isinstance(value, dict) else ""
    return typed or writing.ground.codes.government_code(economic, writing.ground.natures[agency]) or ""


def fundings_of(item: Branch) -> list[Branch]:
    """An entry and, of a project, its 资金: whatever may have a 支出."""
    inner = item.get("资金", [])
    return [item, *(one for one in inner if isinstance(one, dict))] if isinstance(inner, list) else [item]


def total_of(item: Branch) -> Decimal:
    """What an entry's 支出 comes to, all its 资金 together."""
    amounts = (amount_in(value) or Decimal(0) for one in fundings_of(item) for _, _, value in spending_of(one).values())
    return sum(amounts, Decimal(0))
