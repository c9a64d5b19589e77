"""Relations between tables: one number printed in many, a number that another table's rows add up to, equal lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

from generator.check.amounts import Amounts, Printed
from generator.check.covers import covers
from generator.check.lists import Key, Lengths, Listing, common, listings, row_of
from generator.check.relations import MEND, Asked, Relation, Tie, across, two_decimals, which_is_more
from generator.check.rules import PASS, Answer, Finding, Unable
from generator.check.sheets import Sheet
from generator.model.extent import Extent, extent_with, union
from generator.model.ledger import CARRIED_FORWARD, Balances
from generator.model.money import ZERO

CARRIED = extent_with(年度=CARRIED_FORWARD)


class Groups(NamedTuple):
    """The cells of all tables by meaning; ``zero`` are the kinds of entry that the document shows to be none."""

    cells: dict[Extent, list[Printed]]
    zero: int


def grouped(amounts: Amounts) -> Groups:
    """Two scopes that differ only by entries of which there are none are one meaning, as are two sides that are equal."""
    zero = _known_zero(amounts.by_extent)
    found: dict[Extent, list[Printed]] = {}
    for extent, cells in amounts.by_extent.items():
        extent = _balanced(extent, amounts.balances)
        some = extent.without(zero) if extent.kinds & ~zero else extent
        known = found.get(some)
        found[some] = cells if known is None else known + cells
    return Groups({extent: cells for extent, cells in found.items() if extent.kinds}, zero)


def _balanced(extent: Extent, balances: Balances) -> Extent:
    """Of two sides that a place says are equal (收入＋年初结转＝支出＋年末结转), one stands for both."""
    for name, sides in balances:
        left, right = (tuple(sorted(side)) for side in sides)
        if (name, left) in extent.codes:
            extent = extent._replace(
                codes=tuple((one, right) if one == name else (one, values) for one, values in extent.codes)
            )
    return extent


def _known_zero(cells: dict[Extent, list[Printed]]) -> int:
    """The kinds of which most of the totals say that there is nothing, unless another total has some of only such kinds."""
    totals = {extent.kinds: _one_each(found) for extent, found in cells.items() if extent.kinds and not extent.codes}
    none = [kinds for kinds, found in totals.items() if 2 * sum(cell.yuan == 0 for cell in found) > len(found)]
    zero = union(none)
    denied = union([kinds for kinds in totals.keys() - set(none) if not kinds & ~zero])
    return union([kinds for kinds in none if not kinds & denied])


def _usual(cells: Sequence[Printed]) -> object:
    """The amount most of the cells show, in 元; the first's where none is shown more often. None: no cell has one."""
    values = Counter(cell.yuan for cell in cells if cell.yuan is not None)
    return values.most_common(1)[0][0] if values else None


def same_everywhere(groups: Groups) -> Iterator[Asked]:
    """A number is the same in every table that prints it. The odd one out is told, beside one of the others."""
    for extent, cells in groups.cells.items():
        chosen = _one_each(cells)
        if len(chosen) > 1:
            usual = _usual(chosen)
            for cell in chosen:
                other = _other(cell, chosen, usual)
                if other is not None:
                    yield Relation(Tie.SAME, cell.sheet, other.sheet, extent, extent.dimensions), [_same(cell, other)]


def _one_each(cells: Sequence[Printed]) -> list[Printed]:
    """One cell of each sheet: a total rather than a row of a list, and the last that is most of the meaning."""
    best: dict[Sheet, Printed] = {}
    for cell in cells:
        known = best.get(cell.sheet)
        if known is None or _rank(cell) >= _rank(known):
            best[cell.sheet] = cell
    return list(best.values())


def _rank(cell: Printed) -> tuple[bool, bool, int]:
    return _is_total(cell), cell.row not in cell.sheet.repeats, cell.extent.kinds.bit_count()


def _other(cell: Printed, cells: Sequence[Printed], usual: object) -> Printed | None:
    """What a cell is compared with: one that shows the usual amount, of its own table if there is one.

    Cells that show it are compared with earlier ones, so that each is in one comparison.
    """
    others = [one for one in cells if one is not cell and one.yuan == usual]
    if cell.yuan == usual:
        others = [one for one in others if cells.index(one) < cells.index(cell)]
    return min(others, key=lambda one: one.sheet.table is not cell.sheet.table, default=None)


def _same(one: Printed, other: Printed) -> Answer:
    if one.yuan is None or other.yuan is None:
        return Unable(one.why if one.yuan is None else other.why)
    if one.yuan == other.yuan or abs(one.yuan - other.yuan) <= one.off + other.off:
        return PASS
    left, right, scale = one.amount or ZERO, other.amount or ZERO, one.sheet.scale
    gap = which_is_more(left, other.yuan / scale.value if scale else right)
    return Finding(f"{one.words}{two_decimals(left)}≠{other.words}{two_decimals(right)}，{gap}", MEND, one.place)


def sums_elsewhere(amounts: Amounts, groups: Groups, known: set[frozenset[Extent]]) -> Iterator[Asked]:
    """A total that another table does not print, but whose rows or totals add up to it.

    ``known`` are the sums that tables make themselves: as sets of meanings, each needs asking only once.
    """
    lists = {listing.sheet: listing for listing in listings(amounts.sheets)}
    totals = {sheet: _Totals.of(sheet) for sheet in amounts.sheets}
    for extent, cells in groups.cells.items():
        whole = _one_each(cells)[0]
        if not _is_total(whole) or not extent.kinds & ~groups.zero:
            continue
        tables = [cell.sheet.table for cell in cells]
        unmade: dict[int, list[Sheet]] = {}
        for sheet in sorted(amounts.sheets, key=lambda one: one.table is not whole.sheet.table):
            if any(cell.sheet is sheet for cell in cells):
                continue
            made = list(_totals(whole, totals[sheet], extent, groups, known))
            yield from made
            if not made and sheet.table not in tables:
                unmade.setdefault(id(sheet.table), []).append(sheet)
            listing = lists.get(sheet)
            parts = listing.of(extent, groups.zero) if listing and not made and sheet.table not in tables else None
            if parts is not None and listing is not None:
                relation = Relation(Tie.ELSEWHERE, whole.sheet, sheet, extent, tuple(listing.lengths))
                yield _sum(relation, whole, parts, "相应各行之和")
        yield from (
            asked for panels in unmade.values() if len(panels) > 1 for asked in _side_by_side(whole, panels, groups)
        )


def _is_total(cell: Printed) -> bool:
    return cell.sheet.is_total(cell.row)


class _Totals(NamedTuple):
    """The totals of a table that codes do not narrow: the cells, what each is, and the kinds of entry that they are."""

    sheet: Sheet
    cells: list[Printed]
    extents: list[Extent]
    kinds: int

    @classmethod
    def of(cls, sheet: Sheet) -> _Totals:
        places = sheet.cells if sheet.is_form else product(sheet.fixed, sheet.amounts)
        cells = [cell for at in places if not (cell := Printed(sheet, *at)).extent.codes]
        extents = [cell.extent for cell in cells]
        return cls(sheet, cells, extents, union(extent.kinds for extent in extents))


def _totals(
    whole: Printed, totals: _Totals, extent: Extent, groups: Groups, known: set[frozenset[Extent]]
) -> Iterator[Asked]:
    sheet, cells, extents, kinds = totals
    zero = groups.zero | sheet.left_out
    if extent.codes or whole.extent.kinds & ~kinds & ~zero:
        return
    for cover in covers(whole.extent, extents, zero, 1 if sheet.left_out else 2)[:1]:
        meanings = frozenset((extent, *(extents[place].without(groups.zero) for place in cover)))
        if meanings not in known:
            known.add(meanings)
            parts = [cells[place] for place in cover]
            relation = Relation(Tie.ELSEWHERE, whole.sheet, sheet, extent)
            yield _sum(relation, whole, parts, "＋".join(map(_short, parts)))


def _side_by_side(whole: Printed, panels: Sequence[Sheet], groups: Groups) -> Iterator[Asked]:
    """A total of which each panel of a table prints a part as its last total: 人员经费合计 in one, 公用经费合计 in the other."""
    last = [Printed(one, max(one.fixed), max(one.amounts)) for one in panels if one.fixed and one.amounts]
    if len(last) == len(panels) and all(cell.extent.codes == whole.extent.codes for cell in last):
        cover = covers(whole.extent, [cell.extent for cell in last], groups.zero, len(last))[:1]
        if cover and len(cover[0]) == len(last):
            relation = Relation(Tie.ELSEWHERE, whole.sheet, panels[0], whole.extent)
            yield _sum(relation, whole, last, "＋".join(map(_short, last)))


def _short(cell: Printed) -> str:
    return f"{cell.sheet.label(cell.row)}“{cell.sheet.head(cell.column)}”"


def _sum(relation: Relation, whole: Printed, parts: Sequence[Printed], said: str) -> Asked:
    words = f"{{row}}“{{column}}”{{a}}≠“{relation.other.name}”{said}{{b}}"
    return relation, [across(whole, parts, words)]


def same_projects(amounts: Amounts) -> Iterator[Answer]:
    """Whether tables that list projects list the same ones; nothing where there are no two of them."""
    for relation, answers in listed_alike(amounts, Groups({}, 0), "项目"):
        if relation.kind is Tie.LISTED:
            yield from answers


def listed_alike(amounts: Amounts, groups: Groups, only: str = "") -> Iterator[Asked]:
    """What two tables list by one thing (``only`` this one): the same codes, with the same sums; of a part of the money, not more."""
    lists = [listing for listing in listings(amounts.sheets) if not only or only in listing.lengths]
    asked: set[_Mark] = set()
    told: set[tuple[str, Key]] = set()
    for one in lists:
        alike = [(other, shared) for other in lists if other is not one and (shared := common(one, other))]
        pairs: _Pairs = []
        for column in one.columns:
            if one.kinds_of(column) & ~groups.zero:
                side = one.side(column)
                others = [
                    _Column(other, place, shared)
                    for other, shared in alike
                    for place in other.columns
                    if other.side(place) == side
                ]
                yield from _column_alike(_Compared(one, column, others, groups.zero), asked, pairs)
        same: dict[tuple[Listing, ...], _Pairs] = {}
        for pair in pairs:
            same.setdefault(tuple(part.listing for part in pair[1]), []).append(pair)
        for of_these in same.values():
            yield _relation(Tie.LISTED, one, *of_these[0][:2]), _present(one, of_these, told)


class _Column(NamedTuple):
    listing: Listing
    column: int
    lengths: Lengths

    @property
    def kinds(self) -> int:
        return self.listing.kinds_of(self.column)


_Pairs = list[tuple[int, list[_Column], bool]]
"""Columns with those of others that list the same money; or (True) parts of it, so that they need not list all."""
_Mark = tuple[Sheet, int, Lengths]


class _Compared(NamedTuple):
    """A column beside all columns of other tables that list by some of the same things."""

    one: Listing
    column: int
    others: list[_Column]
    zero: int

    @property
    def whole(self) -> int:
        return self.one.kinds_of(self.column)

    def equal(self) -> list[_Column]:
        """The first column of each other table that lists the same money."""
        kinds = self.whole & ~self.zero
        equal = [other for other in self.others if other.kinds & ~self.zero == kinds]
        first: dict[Sheet, _Column] = {}
        for other in equal:
            first.setdefault(other.listing.sheet, other)
        return list(first.values())

    def inner(self) -> Iterator[tuple[list[_Column], int]]:
        """Columns that list parts of the money, and what is in none of them, for each thing they list it by."""
        if self.column in self.one.sheet.wholes(self.zero):
            return
        known = {other.lengths for other in self.others if other.kinds & ~self.zero == self.whole & ~self.zero}
        open_to = self.whole | self.zero & CARRIED.kinds
        inner = [other for other in self.others if other.kinds & ~self.zero and not other.kinds & ~open_to]
        for lengths in dict.fromkeys(other.lengths for other in inner if other.lengths not in known):
            yield _disjoint([other for other in inner if other.lengths == lengths], self.whole & ~self.zero, self.zero)


def _column_alike(these: _Compared, asked: set[_Mark], pairs: _Pairs) -> Iterator[Asked]:
    """``pairs`` gets each column with those of others that list the same money, for whose rows must be the same ones.

    ``asked`` are the columns that an earlier table with the same rows was compared with.
    """
    one, column = these.one, these.column
    for other in these.equal():
        printed, both = one.prints(other.lengths), other.listing.prints(other.lengths)
        mark = (other.listing.sheet, other.column, other.lengths)
        if (printed, not one.after(other.listing)) < (both, True) or mark in asked:
            continue
        asked.add(mark)
        pairs.append((column, [other], False))
        if not (printed and both):  # else each row is one number in two tables
            yield _relation(Tie.SUMMED, one, column, [other]), _keys(one, column, [other], False)
    for parts, left in these.inner():
        yield _relation(Tie.SUMMED, one, column, parts), _keys(one, column, parts, bool(left))
        pairs.append((column, parts, bool(left)))


def _disjoint(columns: Sequence[_Column], kinds: int, zero: int) -> tuple[list[_Column], int]:
    """Columns without overlap, the largest first; and what of the kinds is in none of them."""
    parts: list[_Column] = []
    left = kinds
    for one in sorted(columns, key=lambda column: -(column.kinds & ~zero).bit_count()):
        own = one.kinds & ~zero
        if not own & ~left:
            parts.append(one)
            left &= ~own
    return parts, left


def _relation(kind: Tie, one: Listing, column: int, parts: Sequence[_Column]) -> Relation:
    dimensions = tuple(name for name, _ in parts[0].lengths)
    return Relation(kind, one.sheet, parts[0].listing.sheet, one.sheet.column_extents[column], dimensions)


def _keys(one: Listing, column: int, parts: Sequence[_Column], least: bool) -> Iterator[Answer]:
    """For each code that both list: the sums."""
    theirs = _sums_of(parts)
    names = "＋".join(dict.fromkeys(f"“{part.listing.sheet.name}”" for part in parts))
    for key, cells in one.sums(column, parts[0].lengths).items():
        if key in theirs or least:
            yield _agree(cells, theirs.get(key, []), names, least)


def _sums_of(parts: Sequence[_Column]) -> dict[Key, list[Printed]]:
    found: dict[Key, list[Printed]] = {}
    for part in parts:
        for key, cells in part.listing.sums(part.column, part.lengths).items():
            found.setdefault(key, []).extend(cells)
    return found


def _agree(ours: Sequence[Printed], theirs: Sequence[Printed], names: str, least: bool) -> Answer:
    if len(ours) == 1:
        there = theirs[0].words if len(theirs) == 1 else f"{names}相应各行之和"
        return across(ours[0], theirs, f"{{row}}“{{column}}”{{a}}≠{there}{{b}}", least)
    why = next((cell.why for cell in (*ours, *theirs) if cell.yuan is None), "")
    scale = ours[0].sheet.scale
    if why or scale is None:
        return Unable(why)
    left, right = (
        sum((cell.yuan for cell in cells if cell.yuan is not None), ZERO) / scale.value for cells in (ours, theirs)
    )
    if left == right or (least and left > right):
        return PASS
    if abs(left - right) <= sum((cell.off for cell in (*ours, *theirs)), ZERO) / scale.value:
        return PASS
    said = f"{ours[0].words}等{len(ours)}行共{two_decimals(left)}{'＜' if least else '≠'}{names}相应各行之和"
    return Finding(f"{said}{two_decimals(right)}，{which_is_more(left, right)}", MEND, ours[0].place)


def _present(one: Listing, pairs: _Pairs, told: set[tuple[str, Key]]) -> Iterator[Answer]:
    """What one lists with an amount, the other lists too; of what a table has not it is told once."""
    for column, parts, partial in pairs:
        lengths = parts[0].lengths
        ours, theirs = one.sums(column, lengths), _sums_of(parts)
        names = "、".join(dict.fromkeys(f"“{part.listing.sheet.name}”" for part in parts))
        lost = [(key, cells, names) for key, cells in ours.items() if key not in theirs and not partial]
        lost += [(key, cells, f"“{one.sheet.name}”") for key, cells in theirs.items() if key not in ours]
        for key, cells, where in lost:
            marks = {(where, key), (cells[0].sheet.name, key)}
            if any(cell.amount for cell in cells) and not marks & told:
                told |= marks
                yield _missing(cells, where, lengths, key)
        yield PASS


def _missing(cells: Sequence[Printed], where: str, lengths: Lengths, key: Key) -> Finding:
    cell = next(cell for cell in cells if cell.amount)
    row = row_of(cell.sheet, lengths, key)
    shown = cell if row is None else cell._replace(row=row)
    said = f"{shown.words}为{two_decimals(shown.amount or ZERO)}，{where}没有这一项"
    return Finding(said, "请核对是否漏了这一行，或两表的名称、编码写得不同。", shown.place)
