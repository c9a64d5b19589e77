"""What each row of one panel selects: recognised by its words and codes, and by the order of the definition's rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from generator.bind.known import Choices, Keys, Known, Names, is_listed, levels
from generator.bind.order import NONE, UNSURE, settle
from generator.bind.scopes import Rows, context_of, scopes_of
from generator.bind.signs import Key, Sign, nodes_of, sign_of, steps_of
from generator.bind.words import Word, Words, plain
from generator.model.ledger import Filter
from generator.model.reading import ReadTable
from generator.model.table_spec import AmountColumn, FixedRow, GroupRows, Leaf, Panel, RecordRows, TextColumn, leaves

_ZERO = frozenset("0.,-—－/ ")


class Lexicon(NamedTuple):
    """The words of one definition, the names of codes, and what all of the definition selects."""

    words: Words
    names: Names
    scope: Filter


class PanelRows:
    """The rows of a table under one panel of its definition; ``columns`` are the panel's columns that the table has."""

    def __init__(self, panel: Panel, table: ReadTable, columns: Sequence[tuple[int, Leaf]], lexicon: Lexicon) -> None:
        self.nodes = nodes_of(panel.rows)
        self.steps = steps_of(self.nodes)
        self.words, self.names, self.scope = lexicon
        self.texts = tuple(place for place, leaf in columns if isinstance(leaf, TextColumn))
        self.leaves = leaves(panel.columns)
        self.amounts = tuple(place for place, leaf in columns if isinstance(leaf, AmountColumn))
        self.signs = {
            place: sign
            for place, node in enumerate(self.nodes)
            if isinstance(node.spec, GroupRows) and (sign := sign_of(node.spec, self.nodes, columns, panel))
        }
        self.labels = [
            (place, self._label(node.spec, node.within))
            for place, node in enumerate(self.nodes)
            if isinstance(node.spec, FixedRow)
        ]
        self.lists = any(isinstance(row, RecordRows) for row in panel.rows)
        self.several = any(isinstance(node.spec, FixedRow) and node.spec.also for node in self.nodes)
        self.unnamed = [place for place, label in self.labels if not label.text]
        self.labelled: dict[str, tuple[int, ...]] = {}
        width = max((*self.texts, *self.amounts, *(place for place, _ in columns)), default=-1) + 1
        self.cells = [tuple(map(plain, row)) + ("",) * (width - len(row)) for row in table.rows]
        self.choices: list[Choices] = [self._choices(cells) for cells in self.cells]

    def _label(self, row: FixedRow, within: Filter) -> Word:
        own = row.filter.terms if row.filter is not None else ()
        return self.words.word(self._said_by(row)).as_wide(self.scope.narrowed(*within.terms, *own))

    def _said_by(self, row: FixedRow) -> str:
        """A fixed row's words, in the order of the columns."""
        if not row.also:
            return row.label
        words = {row.column: row.label, **dict(row.also)}
        return "".join(words.get(leaf.label, "") for leaf in self.leaves)

    def rows(self, known: Known) -> Rows:
        """What the rows select, with what is known from the whole document."""
        choices = [known.allowed(each) for each in self.choices]
        spoken = [number for number, cells in enumerate(self.cells) if not self._is_blank(cells, choices[number])]
        places = self._places(choices, spoken)
        astray = {number for number, place in places.items() if place < 0 and choices[number]}
        if astray:
            places |= self._by_words(
                choices, self._places(choices, [each for each in spoken if each not in astray]), astray
            )
        terms = {number: known.terms(choices[number][place]) for number, place in places.items() if place in self.signs}
        return scopes_of(self.nodes, places, terms, len(self.cells), self._called)

    def _is_blank(self, cells: Sequence[str], choices: Choices) -> bool:
        """Whether a row says nothing here: filled up to its neighbour's height, carrying on the row above, or of a list (清单)."""
        if any(cells[place] for place in self.texts):
            return self.lists and not choices
        return not choices and all(_ZERO.issuperset(cells[place]) for place in self.amounts)

    def _choices(self, cells: Sequence[str]) -> dict[int, Keys]:
        """Which rows of the definition a row may be by its words, and what it says of the groups' dimensions."""
        said = [cells[place] for place in self.texts if cells[place]]
        found: dict[int, Keys] = {}
        if len(said) == 1 or (said and self.several):
            found.update(dict.fromkeys(self._named("".join(said)), ()))
        elif not said and self._has_amounts(cells):
            found.update(dict.fromkeys(self.unnamed, ()))
        if said:
            for place, sign in self.signs.items():
                keys = self._coded(sign, sign.keys(cells, self.words))
                if keys is not None:
                    found[place] = keys
        return found

    def _has_amounts(self, cells: Sequence[str]) -> bool:
        return any(cells[place] for place in self.amounts)

    def _named(self, said: str) -> tuple[int, ...]:
        """The fixed rows of this name; by another name only where none has just this one."""
        if said not in self.labelled:
            bare = self.words.bare(said)
            ways: tuple[Callable[[Word], bool], ...] = (
                lambda label: label.is_said(said),
                lambda label: label.is_said(bare) or label.text == bare,
                lambda label: label.is_meant(said) or label.is_meant(bare),
            )
            hits = (tuple(place for place, label in self.labels if label.text and way(label)) for way in ways)
            self.labelled[said] = next(filter(None, hits), ())
        return self.labelled[said]

    def _coded(self, sign: Sign, keys: Keys | None) -> Keys | None:
        """The keys with the code, or the value of a closed list, that a name alone stands for."""
        if keys is None:
            return None
        found = tuple(self._by_name(sign, key) for key in keys)
        return found if all(key.code or key.name for key in found) else None

    def _by_name(self, sign: Sign, key: Key) -> Key:
        bare = self.words.bare(key.name)
        if self.names.is_closed(key.dimension):
            return Key(key.dimension, self.names.value(key.dimension, key.code or bare, self.words), "")
        if key.code or not is_listed(key.dimension):
            return key
        codes = self.names.codes(key.dimension, bare, levels(sign.lengths[key.dimension]), self.words)
        return Key(key.dimension, codes[0] if len(codes) == 1 else "", key.name if len(codes) == 1 else "")

    def _places(self, choices: Sequence[Choices], spoken: Sequence[int]) -> dict[int, int]:
        """Where in the definition these rows are, by its order."""
        return dict(zip(spoken, settle([tuple(choices[number]) for number in spoken], self.steps), strict=True))

    def _by_words(self, choices: Sequence[Choices], ordered: Mapping[int, int], astray: set[int]) -> dict[int, int]:
        """The places in a table some rows of which are ``astray``: only what words tell if nothing else is called so.

        Of a row that may be several by its words the order of the others tells only if those are one inside another.
        """
        times = Counter(place for number in (*ordered, *astray) for place in choices[number])
        places = dict(ordered) | dict.fromkeys(astray, UNSURE)
        for number, place in places.items():
            may_be = choices[number]
            only = next(iter(may_be), NONE)
            if len(may_be) > 1:
                places[number] = place if self._is_nest(may_be) else UNSURE
            elif may_be and not context_of(self.nodes, only) and not self.nodes[only].blocks:
                places[number] = only if self.nodes[only].repeats or times[only] == 1 else UNSURE
        return places

    def _is_nest(self, places: Choices) -> bool:
        return all(one in self.nodes[other].above for one in places for other in places if one < other)

    def _called(self, number: int) -> str:
        words = "".join(self.cells[number][place] for place in self.texts)
        return f"第{number + 1}行“{words}”" if words else f"第{number + 1}行"
