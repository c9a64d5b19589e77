"""Which rows of a table list all that there is of something (“按: 功能科目”), and below what, as its definition says.

A row's scope holds what its definition has written for it and the values of the lists it is in, so the definition tells
which of its terms are which.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from generator.model.extent import Extent, extent_of, universe
from generator.model.ledger import PROJECT, Filter, grouping
from generator.model.table_spec import BlockRows, FixedRow, GroupRows, RowSpec

Terms = tuple[tuple[str, tuple[str, ...]], ...]
Values = dict[str, str]
_ANY = 99
"""More letters than any code has."""
_PROJECTS: Terms = (("类别", (PROJECT,)),)


class Shape(NamedTuple):
    """Rows of one kind: terms that are ``written``, and dimensions that are listed, each with its code's most letters.

    ``own`` are the dimensions that the list itself lists (none: a fixed row), ``outer`` the list it stands in.
    ``last`` says that nothing is listed below, ``complete`` that it lists also what has no amount.
    """

    written: Terms
    lengths: tuple[tuple[str, int], ...] = ()
    own: tuple[str, ...] = ()
    outer: Shape | None = None
    last: bool = True
    complete: bool = False

    def values(self, terms: Terms) -> Values | None:
        """The listed values of a row with this scope; None where it is no row of this shape."""
        left = list(terms)
        for term in self.written:
            if term not in left:
                return None
            left.remove(term)
        found = {name: values[0] for name, values in left if len(values) == 1}
        if len({name for name, _ in left}) != len(found) or found.keys() != dict(self.lengths).keys():
            return None
        return found if all(len(found[name]) <= length for name, length in self.lengths) else None

    @property
    def extent(self) -> Extent:
        """What the rows together are: all that the written terms select, and only projects of a list of them."""
        of_projects = {"项目", "项目类型"} & dict(self.lengths).keys()
        written = (*self.written, *_PROJECTS) if of_projects else self.written
        return extent_of(Filter(written), universe())

    @property
    def keys(self) -> tuple[tuple[str, int], ...]:
        """What tells its rows apart from all others: a project is one unit's, so it needs no unit."""
        by_project = "项目" in dict(self.lengths)
        return tuple(sorted(pair for pair in self.lengths if not (by_project and pair[0] == "单位")))


@lru_cache(maxsize=1 << 8)
def shapes_of(rows: tuple[RowSpec, ...]) -> tuple[Shape, ...]:
    """The shapes of a panel's rows; fixed ones first, which are meant where a list's row could be, then shorter codes."""
    found = dict.fromkeys(_shapes(rows, (), (), None))
    return tuple(sorted(found, key=lambda shape: (bool(shape.own), sum(length for _, length in shape.lengths))))


def _shapes(
    rows: Iterable[RowSpec], written: Terms, lengths: tuple[tuple[str, int], ...], outer: Shape | None
) -> Iterator[Shape]:
    for row in rows:
        if isinstance(row, FixedRow) and row.filter is not None:
            yield Shape((*written, *row.filter.terms), lengths)
        elif isinstance(row, BlockRows):
            yield from _shapes(row.rows, (*written, *row.filter.terms), lengths, outer)
        elif isinstance(row, GroupRows) and row.codes:
            name = grouping(row.by[0])[0]
            for code in row.codes:
                yield from _shapes((FixedRow("", Filter(((name, (code,)),))), *row.below), written, lengths, outer)
        elif isinstance(row, GroupRows):
            lists = [grouping(name) for name in row.by]
            own = {name: length or _ANY for name, length in lists if length != 0}  # 部门: all of the table, no term
            deeper = tuple((dict(lengths) | own).items())
            shape = Shape(written, deeper, tuple(own), outer, not row.below, row.complete) if own else outer
            if own and shape is not None:
                yield shape
            yield from _shapes(row.below, written, deeper, shape)
