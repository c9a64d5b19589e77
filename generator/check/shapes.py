"""Which rows of a table list all that there is of something (“按: 功能科目”), and whose parts they are, as its definition says.

A row's scope is put together from its definition's terms in order, so the definition tells which of them are a
list's own value and which stand written in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from generator.model.extent import EVERYTHING, Extent, extent_of, meet
from generator.model.ledger import GROUPINGS, PROJECT, Filter
from generator.model.profile import BlockRows, FixedRow, GroupRows, RowSpec

_Term = tuple[str, tuple[str, ...]]
_Step = tuple[str, tuple[str, ...] | None]
_ANY = 99
"""More letters than any code has."""
_PROJECTS = extent_of(Filter((("类别", (PROJECT,)),)))


class Shape(NamedTuple):
    """Rows of one kind: the steps of their scopes, where None stands for the list's own value.

    ``own`` are the last steps, which the list itself adds (none: a fixed row); ``lengths`` are the most letters of each
    listed dimension's code. ``last`` says that nothing is listed below.
    """

    steps: tuple[_Step, ...]
    own: int = 0
    lengths: tuple[tuple[str, int], ...] = ()
    last: bool = True

    @property
    def own_dimensions(self) -> tuple[str, ...]:
        """What the list itself lists."""
        return tuple(name for name, _ in self.steps[len(self.steps) - self.own :])

    def fits(self, terms: tuple[_Term, ...]) -> bool:
        """Whether a row's scope is of this shape."""
        return len(terms) == len(self.steps) and all(
            name == other and (values is None or values == wanted)
            for (name, values), (other, wanted) in zip(self.steps, terms, strict=True)
        )

    @property
    def extent(self) -> Extent:
        """What the rows together are: all that the written terms select, and only projects of a list of them."""
        written = Filter(tuple((name, values) for name, values in self.steps if values is not None))
        listed = {name for name, values in self.steps if values is None}
        return meet(extent_of(written), _PROJECTS if listed & {"项目", "项目类型"} else EVERYTHING)

    def values(self, terms: tuple[_Term, ...]) -> dict[str, str]:
        """The listed values of a row: by dimension, the narrowest. A project is one unit's, so it needs none."""
        found = {
            name: wanted[0] for (name, values), (_, wanted) in zip(self.steps, terms, strict=True) if values is None
        }
        if "项目" in found:
            found.pop("单位", None)
        return found


def shapes_of(rows: Iterable[RowSpec]) -> tuple[Shape, ...]:
    """The shapes of a panel's rows; fixed ones first, which are meant where a list's row could be, too."""
    found = list(_shapes(rows, (), ()))
    return tuple(sorted(found, key=lambda shape: shape.own > 0))


def _shapes(rows: Iterable[RowSpec], steps: tuple[_Step, ...], lengths: tuple[tuple[str, int], ...]) -> Iterator[Shape]:
    for row in rows:
        if isinstance(row, FixedRow) and row.filter is not None:
            yield Shape((*steps, *row.filter.terms))
        elif isinstance(row, BlockRows):
            yield from _shapes(row.rows, (*steps, *row.filter.terms), lengths)
        elif isinstance(row, GroupRows):
            lists = [GROUPINGS[name] for name in row.by]
            own = tuple((name, length or _ANY) for name, length in lists if length != 0)  # 部门: all of the table
            inner = (*steps, *((name, None) for name, _ in own))
            deeper = (*(pair for pair in lengths if pair[0] not in dict(own)), *own)
            if own:
                yield Shape(inner, len(own), deeper, not any(isinstance(below, GroupRows) for below in row.below))
            yield from _shapes(row.below, inner, deeper)
