"""All numbers of a document, known by what they are: the same number printed in many places is one."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from decimal import Decimal
from functools import cached_property

from generator.explain.figures import Figures, described
from generator.explain.printed import Made, Number, Origin, Stretch, clause, numbers_of, printed_of
from generator.explain.words import Keyed, Words
from generator.model.document import TableBlock
from generator.model.explanation import Explanation, Kind, Place
from generator.model.figure import Change, Fact, Figure, Numeric, Share
from generator.model.money import Money, round_half_up
from generator.model.sentence import percent
from generator.model.table_spec import NUMBERS, AmountColumn, ComparedColumn, RecordColumn, ShareColumn


class Index:
    """The document's stretches and numbers, and how to tell each."""

    def __init__(self, made: Made) -> None:
        self.made = made
        self.figures, self.words = Figures(made), Words(made)

    @cached_property
    def printed(self) -> tuple[Stretch, ...]:
        """Every stretch."""
        return tuple(printed_of(self.made))

    @property
    def titles(self) -> tuple[str, ...]:
        """The tables' titles, in the order of their numbers."""
        return tuple(table.title.value for table in self.made.profile.tables)

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """Every number."""
        return tuple(numbers_of(self.printed))

    @cached_property
    def places(self) -> dict[Hashable, list[Place]]:
        """Where each derived number is printed."""
        found: dict[Hashable, list[Place]] = {}
        for number in self.numbers:
            numeric = self.numeric(number)
            if numeric is not None:
                found.setdefault(self.figures.key(numeric, number.printed.aspect), []).append(_place(number))
        return found

    def numeric(self, number: Number) -> Numeric | None:
        """The figure the number prints; an indicator's text may hold others beside it."""
        numeric = number.printed.numeric
        if numeric is None or number.printed.origin is Origin.AMOUNT or not isinstance(numeric, Figure):
            return numeric
        shown = numeric.money.convert(self.made.profile.conventions.prose_scale).amount
        same = percent(number.text) == round_half_up(shown)
        return numeric if same or len(tuple(numbers_of([number.printed]))) == 1 else None

    def tell(self, number: Number) -> Keyed:
        """What to know a printed number by, and its explanation without places."""
        printed = number.printed
        numeric = self.numeric(number)
        if numeric is None and printed.origin is Origin.AMOUNT:
            return ("nothing", printed.place), self._nothing(printed)
        if numeric is None:
            return self.words.tell(number)
        told = self.figures.tell(numeric, printed.aspect)
        notes = self._cell_notes(printed)
        notes = (*notes, *self._written(number, told)) if self._has_formats else notes
        told = told._replace(name=told.name or named(printed.place), notes=(*told.notes, *notes))
        return self.figures.key(numeric, printed.aspect), told

    def told(self, numbers: Iterable[Number]) -> tuple[Explanation, ...]:
        """The numbers grouped by what they are, in the document's order, each with where these are printed."""
        places: dict[Hashable, list[Place]] = {}
        told: dict[Hashable, Explanation] = {}
        for number in numbers:
            key, explanation = self.tell(number)
            told.setdefault(key, explanation)
            places.setdefault(key, []).append(_place(number))
        return tuple(item._replace(places=tuple(dict.fromkeys(places[key]))) for key, item in told.items())

    def named(self, name: str) -> Explanation:
        """A figure or fact by its name in the profile, with its change and shares."""
        book = self.made.book
        numeric = book.figures.get(name) or book.facts[name]
        told = self.with_places(numeric)._replace(name=name)
        change = book.changes.get(name)
        aspects = [self.with_places(change, aspect) for aspect in ("差额", "增幅")] if change else []
        shares = [share for (part, _), share in book.shares.items() if part == name]
        related = (*aspects, *(self.with_places(share) for share in shares))
        return told._replace(related=tuple(item for item in related if item.places or item.kind is Kind.DIFFERENCE))

    def with_places(self, numeric: Numeric, aspect: str = "") -> Explanation:
        """A derived number with everywhere it is printed."""
        told = self.figures.tell(numeric, aspect)
        found = tuple(self.places.get(self.figures.key(numeric, aspect), ()))
        return told._replace(places=found, notes=(*told.notes, *self._rounded(numeric, found)))

    def _rounded(self, numeric: Numeric, places: tuple[Place, ...]) -> tuple[str, ...]:
        """Prose in another unit than the tables rounds."""
        scale = self.made.profile.conventions.prose_scale
        money = numeric.money if isinstance(numeric, Figure) else numeric.value if isinstance(numeric, Fact) else None
        if not isinstance(money, Money) or money.scale is scale or not any(place.table == 0 for place in places):
            return ()
        way = self.made.profile.conventions.prose_way
        how = (
            "四舍五入到分"
            if way.places == 2 and not way.cut
            else f"{'截断' if way.cut else '四舍五入'}到{way.places}位小数"
        )
        return (f"文中以{scale.label}印，{how}：{way._replace(thousands=False, zero=None).money(money)}{scale.label}",)

    def unit_of(self, place: Place) -> str:
        """The unit of a table's cell: its column's, else its table's."""
        usual = self.made.profile.conventions.table_scale
        spec = next((item for item in self.made.profile.tables if item.title.value == place.title), None)
        if spec is None or not self._has_formats:
            return usual.label
        paths = () if spec.form else self._paths[spec.key]
        leaf = spec.leaves[paths.index(place.column)] if place.column in paths else None
        way = (leaf.format if isinstance(leaf, NUMBERS) else None) or spec.format
        return (way.scale if way is not None else usual).label

    @cached_property
    def _has_formats(self) -> bool:
        """Whether the place writes any number by a format of its own."""
        conventions = self.made.profile.conventions
        usual = (conventions.prose_format, conventions.table_format, conventions.percent_format)
        return bool(conventions.formats) or any(usual) or any(spec.format for spec in self.made.profile.tables)

    def _written(self, number: Number, told: Explanation) -> tuple[str, ...]:
        """What is printed of a number where a format writes it in other digits."""
        value = told.value.amount if isinstance(told.value, Money) else told.value
        digits = number.text.replace(",", "").rstrip("%％")
        if not isinstance(value, Decimal) or Decimal(digits) == value:
            return ()
        return (f"这里照格式方案印作“{number.text}”",)

    def _cell_notes(self, printed: Stretch) -> tuple[str, ...]:
        spec = next((item for item in self.made.profile.tables if item.title.value == printed.place.title), None)
        if spec is None or not printed.place.table:
            return ()
        file, notes = spec.title.position.file, []
        if isinstance(printed.numeric, Fact):
            column = spec.leaves[self._paths[spec.key].index(printed.place.column)]
            if not isinstance(column, RecordColumn):
                return ()
            only = "、".join(f"{name}＝{'、'.join(words)}" for name, words in column.where)
            return (f"{file}：本栏取清单的“{column.field}”{f'，只要{only}的' if only else ''}",)
        of_ledger = printed.origin is Origin.AMOUNT or isinstance(printed.numeric, (Change, Share))
        if not of_ledger:
            notes.append("指标值里写“资金总额”，印出时换成该项目的金额")
            if printed.hint:
                notes[-1] += f"（{printed.hint}）"
        elif not spec.form:
            column = spec.leaves[self._paths[spec.key].index(printed.place.column)]
            assert isinstance(column, (AmountColumn, ComparedColumn, ShareColumn))
            scope = f"本表取 {described(spec.filter)}，" if spec.filter.terms else ""
            notes.append(f"{file}：{scope}本栏取 {described(column.filter)}")
        return tuple(notes)

    @cached_property
    def _paths(self) -> dict[str, tuple[tuple[str, ...], ...]]:
        return {block.key: block.paths for block in self.made.document.blocks if isinstance(block, TableBlock)}

    def _nothing(self, printed: Stretch) -> Explanation:
        value = Money(Decimal(0), self.made.book.scale) if printed.text else "空白"
        return Explanation(Kind.NOTHING, named(printed.place), value, self._cell_notes(printed))


def named(place: Place) -> str:
    """A cell's name."""
    return " ".join(filter(None, (place.title, *place.above, *place.row, "/".join(place.column))))


def _place(number: Number) -> Place:
    """Where it stands; of a long text the words around it."""
    printed = number.printed
    if printed.numeric is not None or printed.origin is not Origin.WORDS:
        return printed.place
    return printed.place._replace(text=clause(printed.text, number.start, number.start + len(number.text)))
