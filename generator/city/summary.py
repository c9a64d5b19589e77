"""What a bureau asks of a department's numbers, out of the run that made or checked its 部门版.

All of it is what the document prints: sums of the Book's lines, whose transfers inside the department are counted once and in which
income and balances are no spending. Nothing is read or loaded for it; lines are walked once for each way of splitting them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import chain

from generator.city.transfers import transfers_of
from generator.model.basis import LAST_YEAR, Basis
from generator.model.book import Book
from generator.model.city import CLASS, FUND, KIND, PUBLIC, TOTAL, Amount, Head, ProjectLine, Summary, UnitLine
from generator.model.department import Inputs
from generator.model.ledger import DIMENSIONS, THREE_PUBLIC, Filter, LedgerLine
from generator.model.meaning import normal, term
from generator.model.money import ZERO, Money, cents_of
from generator.model.profile import Profile
from generator.work.stages import Ended, Stopped

_Of = Callable[[LedgerLine], str]
_SPLITS: tuple[tuple[str, str, _Of], ...] = (
    (FUND, "资金", lambda line: line.fund),
    (CLASS, "功能科目", lambda line: line.function[:3]),
    (KIND, "类别", lambda line: line.kind),
)
"""What the total is split by: the kind of Amount, the dimension, and what a line is of."""
_ECONOMIC = "部门经济"
_LEAST_PUBLIC = frozenset({"30212", "30217", "30231"})
"""出国, 接待 and 用车: a figure without one of them is a part of 三公."""


def summary_of(ended: Ended) -> Summary:
    """The amounts, projects, units and transfers of a run of the 部门版, and who it is; nothing where it stopped before its numbers were known.

    Amounts are in 分 and exactly what is printed; those of last year are None where nobody can tell. What has no money in
    either year is left out of 资金来源, 功能类 and 支出类别, but units and the parts of 三公 are all there.
    """
    if isinstance(ended, Stopped) or ended.book.ledger is None:
        return Summary()
    profile, inputs, book, lines = ended.profile, ended.inputs, ended.book, ended.book.ledger.lines
    before = _Before(profile, inputs, book)
    return Summary(
        (*_totals(lines, profile, inputs, before), *_public(profile, book, before)),
        tuple(_projects(lines, inputs)),
        tuple(_units(lines, inputs)),
        transfers_of(inputs, profile),
        Head(inputs.department.code, inputs.department.name, f"{inputs.folder}/department.yaml"),
    )


class _Before:
    """What there was last year: as the document compares it, else of a ledger, else as typed."""

    def __init__(self, profile: Profile, inputs: Inputs, book: Book) -> None:
        basis = _last_year(profile, book)
        self.ledger = book.ledgers.get(basis.name)
        self._compared = book.comparisons.get(basis.name, {})
        self._typed, self._scale = inputs.typed_of(basis), book.scale
        self._usual = tuple((one.name, (one.usual,)) for one in profile.dimensions if one.apart)
        self._names = {normal(spec.filter): spec.name for spec in reversed(profile.figures)}

    def lines(self, *dimensions: str) -> tuple[LedgerLine, ...] | None:
        """Last year's lines; None where there are none that say this of themselves."""
        known = self.ledger is not None and self.ledger.unknown.isdisjoint(dimensions)
        return self.ledger.lines if self.ledger is not None and known else None

    def of(self, *terms: tuple[str, tuple[str, ...]]) -> int | None:
        """What the place's own figure of this scope was, in 分; None where it has no such figure, or nobody said."""
        name = self._names.get(normal(Filter((*terms, *self._usual))))
        return self.named(name) if name is not None else None

    def named(self, name: str) -> int | None:
        """What a figure was, in 分."""
        if name in self._compared:
            return cents_of(self._compared[name].prior_money)
        fact = self._typed.get(name)
        return cents_of(fact.in_cents(self._scale).money) if fact is not None else None

    def values(self, dimension: str) -> list[str]:
        """The values of a dimension that a figure of its own stands for."""
        terms = [dict(scope.terms).get(dimension, ()) for scope in self._names]
        return [values[0] for values in terms if len(values) == 1]


def _last_year(profile: Profile, book: Book) -> Basis:
    """上年预算, or where a place compares nothing with it, as a 决算 does not, the first of its bases that is of the year before."""
    if LAST_YEAR.name in book.ledgers or any(spec.compared for spec in profile.figures):
        return LAST_YEAR
    return next((basis for basis in profile.bases if basis.years == 1 and basis != LAST_YEAR), LAST_YEAR)


def _totals(lines: Iterable[LedgerLine], profile: Profile, inputs: Inputs, before: _Before) -> Iterator[Amount]:
    now, then = _sum(lines), before.of()
    old = before.lines()
    yield Amount(TOTAL, "", TOTAL, now, then if then is not None or old is None else _sum(old))
    for kind, dimension, of in _SPLITS:
        sums, old = _sums(lines, of), before.lines(dimension)
        earlier = _sums(old, of) if old is not None else None
        closed = (profile.widened.get(dimension) or DIMENSIONS[dimension]).values
        found = {*sums, *(earlier or ()), *(value for value in before.values(dimension) if value in closed)}
        for code in sorted(found, key=lambda code: (closed.index(code) if code in closed else 0, code)):
            then = before.of((dimension, (code,)))
            if then is None and earlier is not None:
                then = earlier.get(code, 0)
            if sums.get(code) or then:
                yield Amount(kind, code, _name(kind, code, inputs), sums.get(code, 0), then)


def _name(kind: str, code: str, inputs: Inputs) -> str:
    return inputs.classification.function.get(code, code or "未列科目") if kind == CLASS else code


def _public(profile: Profile, book: Book, before: _Before) -> Iterator[Amount]:
    """“三公”经费 as the place's figures have it, by the 部门经济 that they add up, and its parts; nothing where it has no such figure.

    A part's code are its 部门经济: places call it what they like.
    """
    scopes = {name: normal(figure.scope) for name, figure in book.figures.items() if figure.scope is not None}
    codes = {name: frozenset(term(scope, _ECONOMIC) or ()) for name, scope in scopes.items()}
    public = [name for name, of in codes.items() if of and of <= {*THREE_PUBLIC}]
    whole = max(public, key=lambda name: len(codes[name]), default="")
    if not codes.get(whole, frozenset()) >= _LEAST_PUBLIC:
        return
    apart = _others(scopes[whole])
    public = [name for name in public if _others(scopes[name]) == apart]
    parts = {
        one.whole: one.parts
        for one in profile.compositions
        if one.whole in public
        and len(one.parts) > 1
        and {*one.parts} <= {*public}
        and sorted(chain(*(codes[part] for part in one.parts))) == sorted(codes[one.whole])
    }
    for name in public:
        of = "" if name == whole else "+".join(sorted(codes[name]))
        yield Amount(PUBLIC, of, name, cents_of(book.figures[name].money), _was(name, book, before, parts))


def _others(scope: Filter) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(one for one in scope.terms if one[0] != _ECONOMIC)


def _was(name: str, book: Book, before: _Before, parts: Mapping[str, tuple[str, ...]]) -> int | None:
    """What a figure was, or by its ``parts`` where all of them are known."""
    then, scope = before.named(name), book.figures[name].scope
    if then is None and scope is not None and before.ledger is not None and before.ledger.tells(scope):
        then = _sum(before.ledger.selected(scope))
    if then is None and name in parts:
        found = [_was(part, book, before, parts) for part in parts[name]]
        then = None if None in found else sum(part for part in found if part is not None)
    return then


def _projects(lines: Iterable[LedgerLine], inputs: Inputs) -> Iterator[ProjectLine]:
    sums = _sums(lines, lambda line: line.project)
    for code, project in inputs.department.projects.items():
        place = project.position
        yield ProjectLine(code, project.name, project.agency, sums.get(code, 0), place.file, place.line)


def _units(lines: Iterable[LedgerLine], inputs: Inputs) -> Iterator[UnitLine]:
    sums = _sums(lines, lambda line: line.agency)
    for code, name in inputs.department.agencies.items():
        yield UnitLine(code, name, sums.get(code, 0))


def _sum(lines: Iterable[LedgerLine]) -> int:
    return sum(_sums(lines, lambda _: "").values())


def _sums(lines: Iterable[LedgerLine], of: _Of) -> Mapping[str, int]:
    """What lines of one unit come to by what they are of, in 分."""
    sums, money = defaultdict[str, Decimal](lambda: ZERO), None
    for line in lines:
        money = line.money
        sums[of(line)] += money.amount
    return {code: cents_of(Money(amount, money.scale)) for code, amount in sums.items()} if money is not None else {}
