"""A year's trees as those of a later year (新年度结转): what is carried, what is to be filled in anew, what a person has to confirm."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from generator.carry.years import moved
from generator.model.doubts import BLANK, is_blank
from generator.model.tree import Tree, Trees

NOT_CARRIED = ("accepted.yaml", "seen.yaml", "unconfirmed.yaml")
"""What was said of last year's document."""
REASONS = ("变动原因", "口径变化")
"""Why last year's figures moved: kept as comments, since this year's move for reasons of their own."""
_OF_THE_PLACE = frozenset((
    "年度", "格式", "金额单位", "单位性质", "代码", "单位", "层级", "资金来源", "类型", "类别", "流向", "来自", "付给", "政府经济",
))  # fmt: skip
"""What a code or a closed list says: nobody has to look at it again for a new year."""
_NAMES = frozenset(("名称", "项目", "编码", "文号", "称"))
"""What something is called stays: another year's project is another project."""
_KEYS_MOVE = frozenset(("绩效指标", "指标"))
"""Below these the names are words of the document."""
_CODED = re.compile(r"([0-9]{3,7})(?: +(.*))?")


class Renamed(NamedTuple):
    """A code that is not in the new year what it was: what is said of it, and its new name where only that changed."""

    said: str
    name: str = ""


class Place(NamedTuple):
    """Where something stands in a year's folder."""

    file: str
    path: tuple[str, ...]

    def __str__(self) -> str:
        """As a person is told."""
        return f"{self.file} {' / '.join(self.path)}"


class Said(NamedTuple):
    """Something that was done or left in one place: years that moved or stayed, a code that ended."""

    place: Place
    what: str


class Rules(NamedTuple):
    """What is known of the two years beside the trees.

    ``dropped`` are files that last year's folder answers for, ``blanked`` those whose amounts are typed anew;
    ``answered`` and ``typed`` the like of keys in a unit's own file. ``renamed`` says what became of a code, if anything did.
    """

    year: int
    new: int
    dropped: frozenset[str]
    blanked: frozenset[str]
    answered: frozenset[str]
    typed: frozenset[str]
    renamed: Callable[[str], Renamed | None]


class Carried(NamedTuple):
    """The new year's trees; of each file, in its own shape, what is to be confirmed; and all that a person should be told."""

    trees: Trees
    unconfirmed: dict[str, Tree]
    moved: tuple[Said, ...]
    stayed: tuple[Said, ...]
    codes: tuple[Said, ...]
    blanks: tuple[Place, ...]


def carried(trees: Trees, rules: Rules) -> Carried:
    """The trees of a later year. Nothing is invented: what last year can't tell is 待填."""
    carrying = _Carrying(rules)
    kept = {name: tree for name, tree in trees.items() if name not in NOT_CARRIED and name not in rules.dropped}
    new = {name: carrying.file(name, tree) for name, tree in kept.items()}
    unconfirmed = {name: tree for name, tree in carrying.unconfirmed.items() if tree}
    told = (tuple(carrying.moved), tuple(carrying.stayed), tuple(carrying.codes), tuple(carrying.blanks))
    return Carried(new, unconfirmed, *told)


class _Carrying:
    """Walks the trees once; the new tree comes back, all else is noted."""

    def __init__(self, rules: Rules) -> None:
        self.rules, self.by = rules, rules.new - rules.year
        self.unconfirmed: dict[str, Tree] = {}
        self.moved: list[Said] = []
        self.stayed: list[Said] = []
        self.codes: list[Said] = []
        self.blanks: list[Place] = []

    def file(self, name: str, tree: Tree) -> Tree:
        new, open_ = self._carried(tree, Place(name, ()))
        if open_:
            self.unconfirmed[name] = open_
        return new

    def _carried(self, tree: Tree, place: Place) -> tuple[Tree, Tree]:
        """The new tree, and the part of it that is to be confirmed, in the same shape; empty where nothing is."""
        if isinstance(tree, dict):
            return self._map(tree, place)
        if isinstance(tree, list):
            pairs = [self._carried(item, _below(place, _called(item) or f"第{n}项")) for n, item in enumerate(tree, 1)]
            return [new for new, _ in pairs], [open_ for _, open_ in pairs if open_]
        return self._text(tree, place)

    def _map(self, tree: Mapping[str, Tree], place: Place) -> tuple[Tree, Tree]:
        new: dict[str, Tree] = {}
        open_: dict[str, Tree] = {}
        for key, value in tree.items():
            if self._is_left_out(key, value, place):
                continue
            named = self._key(key, place)
            new[named], inner = self._carried(value, _below(place, named))
            if inner:
                open_[named] = inner
        return new, open_

    def _is_left_out(self, key: str, value: Tree, place: Place) -> bool:
        if place.path or not value:
            return False
        own = place.file == "narrative.yaml" or place.file.startswith("units/")
        return own and (key in REASONS or (place.file != "narrative.yaml" and key in self.rules.answered))

    def _key(self, key: str, place: Place) -> str:
        coded = _CODED.fullmatch(key)
        if coded and "增补科目" not in place.path:
            became = self.rules.renamed(coded[1])
            if became is None:
                return key
            self.codes.append(Said(_below(place, key), became.said))
            return f"{coded[1]} {became.name}" if became.name and coded[2] else key
        return self._moved(key, _below(place, key)) if _KEYS_MOVE & set(place.path) else key

    def _text(self, text: str, place: Place) -> tuple[Tree, Tree]:
        key = place.path[-1] if place.path else ""
        if place == Place("department.yaml", ("年度",)):
            return str(self.rules.new), ""
        unfilled = is_blank(text.strip())  # nothing that a person could confirm
        if unfilled or not text.strip() or self._is_blanked(place):
            self.blanks.append(place)
            return text if unfilled else BLANK, ""
        if "增补科目" in place.path or key in _OF_THE_PLACE:
            if key == "政府经济" and (became := self.rules.renamed(text)) is not None:
                self.codes.append(Said(place, became.said))
            return text, ""
        new = text if key in _NAMES else self._moved(text, place)
        if key in _NAMES:
            self._noted_as_name(text, place)
        return new, new

    def _is_blanked(self, place: Place) -> bool:
        """Whether last year's value is none of this year's: approved totals, the cover's date, reasons, other years' amounts."""
        file, path = place
        if file in self.rules.blanked:
            return path[-1:] not in [(key,) for key in _OF_THE_PLACE]
        if not path:
            return False
        if file == "department.yaml" and path[0] in ("控制数", "日期"):
            return True
        if file.startswith("units/") and (path[0] == "控制数" or path[0] in self.rules.typed):
            return True
        return path[-1] == "原因" or path[0] == "变动说明"

    def _moved(self, text: str, place: Place) -> str:
        told = moved(text, self.rules.year, self.by)
        if told.changes:
            self.moved.append(Said(place, "、".join(dict.fromkeys(told.changes))))
        if told.stayed:
            self.stayed.append(Said(place, "、".join(dict.fromkeys(told.stayed))))
        return told.text

    def _noted_as_name(self, text: str, place: Place) -> None:
        told = moved(text, self.rules.year, self.by)
        years = [change.partition("→")[0] for change in told.changes]
        if years:
            self.stayed.append(Said(place, f"{'、'.join(dict.fromkeys(years))}（名称）"))


def _below(place: Place, name: str) -> Place:
    return Place(place.file, (*place.path, name))


def _called(item: Tree) -> str:
    said = item if isinstance(item, dict) else {}
    return next((str(said[name]) for name in ("名称", "任务名称") if isinstance(said.get(name), str)), "")


def commented(text: str, year: int) -> str:
    """A file's text with last year's reasons as comments, where they stood."""
    lines, kept = text.split("\n"), list[str]()
    inside = False
    for line in lines:
        begins = re.match(rf"(?:{'|'.join(REASONS)}):", line)
        if begins:
            inside = True
            kept.append(f"# {year}年的{begins[0]}".removesuffix(":") + "，供参考；今年的请另写。")
        elif inside and (not line.strip() or line[0] not in " \t"):
            inside = False
        kept.append(f"# {line}" if inside else line)
    return "\n".join(kept)


def paths_of(tree: Tree, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The names that lead to each value."""
    if isinstance(tree, str):
        yield path
    elif isinstance(tree, dict):
        for key, value in tree.items():
            yield from paths_of(value, (*path, key))
    else:
        for number, item in enumerate(tree, 1):
            yield from paths_of(item, (*path, _called(item) or f"第{number}项"))


def confirmed(tree: Tree, words: frozenset[str], path: tuple[str, ...] = ()) -> Tree:
    """What is left to confirm when all below a name among the ``words`` has been; empty where nothing is."""
    if words & set(path):
        return ""
    if isinstance(tree, dict):
        return {key: inner for key, value in tree.items() if (inner := confirmed(value, words, (*path, key)))}
    if isinstance(tree, list):
        named = [(item, _called(item) or f"第{number}项") for number, item in enumerate(tree, 1)]
        return [inner for item, name in named if (inner := confirmed(item, words, (*path, name)))]
    return "" if tree in words else tree
