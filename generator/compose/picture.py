"""一图读懂: chosen from a finished document. A number is on it only as the document prints it, a sentence only as it stands there."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from generator.compose.templates import Templates
from generator.model.book import Book
from generator.model.department import Inputs
from generator.model.document import Document, Paragraph, Run, TableBlock
from generator.model.figure import Change, Figure, Numeric, identity
from generator.model.ledger import LedgerLine, total_of
from generator.model.money import ZERO, Money, Scale, round_half_up
from generator.model.picture import NOTHING, Bar, Group, Move, Named, Number, Picture, PictureSpec
from generator.model.problem import Problems
from generator.model.remember import anew

SHOWN = 6
"""How many bars a side has: more can't be read on a phone."""
MOST_SENTENCES, LONGEST = 3, 130
_AMOUNT = re.compile(r"(-?[\d,]+(?:\.\d+)?)(亿元|万元|元)?")
_SENTENCE = re.compile("[^。]+。")


def picture_of(
    document: Document, book: Book, inputs: Inputs, spec: PictureSpec, url: str = ""
) -> tuple[Picture, Problems]:
    """What the document says in short, and what is wrong in the place's words. ``url`` is where the full text is."""
    maker = _Maker(document, book, inputs, spec)
    department = inputs.department
    values = {
        "年": str(department.year),
        "版": department.edition,
        "部门": Run(department.name),
        "标题": Run(document.title),
    }
    templates = Templates({}, values, {}, anew)
    title, income, spending, compared, public, projects, said, rest, code, source = map(templates.text, (
        spec.title, spec.income, spec.spending, spec.compared_title, spec.public_title, spec.projects, spec.said_title,
        spec.rest, spec.code, spec.source,
    ))  # fmt: skip
    lines = [line for line in book.whole.lines if line.money]
    picture = Picture(
        title,
        department.name,
        spec.main,
        spec.accent,
        maker.total(),
        maker.split(),
        maker.side(income, maker.coming_in(lines), lambda line: line.income, rest),
        maker.side(spending, [line for line in lines if line.function], maker.class_of, rest),
        compared,
        maker.moves(),
        *maker.public(public),
        maker.projects(projects, lines, rest),
        said,
        maker.sentences(),
        source,
        code if url else "",
        url,
    )
    return picture, tuple(templates.problems)


class _Sentence(NamedTuple):
    """Words of the document up to their full stop, and the numbers in them."""

    text: str
    figures: tuple[Numeric, ...]


class _Maker:
    """One document's picture."""

    def __init__(self, document: Document, book: Book, inputs: Inputs, spec: PictureSpec) -> None:
        self.document, self.book, self.inputs, self.spec = document, book, inputs, spec

    def total(self) -> Bar:
        """The number of numbers; nothing where the document does not print it."""
        return next(iter(self._bars((self.spec.total,))), NOTHING)

    def split(self) -> tuple[Bar, ...]:
        """What the total is made of, if the document prints all of it, and in the same unit."""
        figures = [figure for one in self.spec.split if (figure := self._figure(one)) is not None]
        whole = self._figure(self.spec.total)
        if whole is None or not whole.money or sum(len(one.lines) for one in figures) != len(whole.lines):
            return ()
        parts = self._bars(self.spec.split, whole.money.amount)
        same = {bar.number.unit for bar in parts} == {self.total().number.unit}
        return tuple(parts) if same and len(parts) == len(figures) else ()

    def side(self, title: str, lines: Sequence[LedgerLine], name: Callable[[LedgerLine], str], rest: str) -> Group:
        """The lines by name, largest first, as long as the document prints each."""
        return self._group(title, self._figures(lines, name), SHOWN, rest) if title else Group()

    def coming_in(self, lines: Sequence[LedgerLine]) -> Sequence[LedgerLine]:
        """What the spending is paid from, or the lines of income where a place has them apart."""
        scope, ledger = self.spec.income_scope, self.book.ledger
        if not scope.terms or ledger is None:
            return lines
        return [line for line in (*ledger.lines, *ledger.others) if line.money and scope.selects(line)]

    def class_of(self, line: LedgerLine) -> str:
        """功能类 by its name."""
        classes = self.inputs.classification.function
        return classes.get(line.function[:3], line.function[:3])

    def projects(self, title: str, lines: Sequence[LedgerLine], rest: str) -> Group:
        """The largest projects."""
        known = self.inputs.department.projects
        of_projects = [line for line in lines if line.project]
        figures = self._figures(of_projects, lambda line: line.project)
        named = [(known[code].name if code in known else code, figure) for code, figure in figures]
        return self._group(title, named, self.spec.listed, rest) if title else Group()

    def public(self, title: str) -> tuple[Bar, Group]:
        """“三公”经费 and its parts, also where they are nothing; of a part it is not said that it is what it was."""
        if not title:
            return NOTHING, Group()
        amounts = [
            abs(figure.money.amount) for one in self.spec.public[1:] if (figure := self._figure(one)) is not None
        ]
        total, *parts = self._bars(self.spec.public, max(amounts, default=ZERO), keep=True) or [NOTHING]
        same = self.spec.ways.same
        told = tuple(
            bar._replace(change="" if bar.change == same else bar.change) for bar in parts if bar is not NOTHING
        )
        return total, Group(title, told) if told or total is not NOTHING else Group()

    def moves(self) -> tuple[Move, ...]:
        """What changed, and by how much, in the place's order."""
        found = [
            (one, change) for one in self.spec.compared if (change := self._change(one)) is not None and change.delta
        ]
        told = [(one, change, words) for one, change in found if (words := self._told(change))]
        most = max((abs(change.delta.amount) for _, change, _ in told), default=ZERO)
        return tuple(
            Move(one.label, 1 if change.delta.amount > 0 else -1, _length(abs(change.delta.amount), most), words)
            for one, change, words in told
        )[:SHOWN]

    def sentences(self) -> tuple[str, ...]:
        """For each number the first sentence of it that is not too long; each sentence once."""
        found: dict[str, None] = {}
        for one in self.spec.said:
            wanted = self._figure(one)
            if wanted is None:
                continue
            told = (sentence.text for sentence in self._sentences if wanted.key in map(_key, sentence.figures))
            fitting = next((text for text in told if len(text) <= LONGEST), None)
            found |= {fitting: None} if fitting else {}
        return tuple(found)[:MOST_SENTENCES]

    def _figure(self, one: Named) -> Figure | None:
        return self.book.figures.get(one.figure.value)

    def _change(self, one: Named) -> Change | None:
        return self.book.comparisons.get(self.spec.basis, {}).get(one.figure.value)

    def _bars(self, names: Sequence[Named], whole: Decimal = ZERO, keep: bool = False) -> list[Bar]:
        """Those that the document prints, as parts of the ``whole``; with ``keep`` the others too, as nothing."""
        known = [(one, figure) for one in names if (figure := self._figure(one)) is not None]
        numbers = dict(zip([one for one, _ in known], self._numbers([figure for _, figure in known]), strict=True))
        figures = dict(known)
        bars = [
            Bar(one.label, number, _length(figures[one].money.amount, whole), self._against(one))
            if (number := numbers.get(one)) is not None
            else NOTHING
            for one in names
        ]
        return bars if keep else [bar for bar in bars if bar is not NOTHING]

    def _against(self, one: Named) -> str:
        """How it stands to the basis, where no title says what to."""
        change = self._change(one)
        words = self._told(change) if change is not None else ""
        return self.spec.ways.than + words if words and words != self.spec.ways.same else words

    def _figures(self, lines: Sequence[LedgerLine], name: Callable[[LedgerLine], str]) -> list[tuple[str, Figure]]:
        parts: dict[str, list[LedgerLine]] = {}
        for line in lines:
            parts.setdefault(name(line), []).append(line)
        figures = [(key, Figure(total_of(found, self.book.scale), tuple(found))) for key, found in parts.items()]
        return sorted(figures, key=lambda pair: (-pair[1].money.amount, pair[0]))

    def _group(self, title: str, figures: Sequence[tuple[str, Figure]], most: int, rest: str) -> Group:
        """From the largest on, as far as the document has each by name and number: nothing larger is passed over."""
        shown = [figure for _, figure in figures[:most]]
        names = [name in self._words for name, _ in figures[:most]]
        numbers = [number if named else None for number, named in zip(self._numbers(shown), names, strict=True)]
        told = next((place for place, number in enumerate(numbers) if number is None), len(numbers))
        longest = max((figure.money.amount for figure in shown[:told]), default=ZERO)
        bars = tuple(
            Bar(name, number, _length(figure.money.amount, longest))
            for (name, figure), number in zip(figures[:told], numbers, strict=False)
            if number is not None
        )
        return Group(title, bars, rest if len(figures) > told else "") if bars else Group()

    def _numbers(self, figures: Sequence[Figure]) -> list[Number | None]:
        """As prose prints them, where it prints all; else as tables do, so that those beside each other have one unit."""
        keys = [(identity(figure), "") for figure in figures]
        if all(key in self._prose for key in keys):
            return [self._prose[key] for key in keys]
        in_tables = [self._cells.get(key) for key, _ in keys]
        return [cell or self._prose.get(key) for cell, key in zip(in_tables, keys, strict=True)]

    def _told(self, change: Change) -> str:
        """“减少3.00万元，下降12.00%” with the numbers that the document prints of it."""
        ways = self.spec.ways
        if not change.delta:
            return ways.same
        key, more = identity(change), change.delta.amount > 0
        delta, rate = self._prose.get((key, "差额")), self._rates.get(key)
        if delta is None:
            return ""
        words = f"{ways.more if more else ways.less}{delta}"
        return f"{words}，{ways.grown if more else ways.fallen}{rate}" if rate else words

    @cached_property
    def _runs(self) -> list[tuple[Run, Numeric]]:
        blocks = (block for block in self.document.blocks if isinstance(block, Paragraph))
        return [(run, run.figure) for block in blocks for run in block.runs if run.figure is not None]

    @cached_property
    def _prose(self) -> Mapping[tuple[Hashable, str], Number]:
        """What the sentences print, with its unit; the first of each."""
        found: dict[tuple[Hashable, str], Number] = {}
        for run, figure in self._runs:
            number = _AMOUNT.fullmatch(run.text)
            if number and number[2]:
                found.setdefault((identity(figure), run.aspect), Number(number[1], number[2]))
        return found

    @cached_property
    def _rates(self) -> Mapping[Hashable, str]:
        found: dict[Hashable, str] = {}
        for run, figure in self._runs:
            if run.aspect == "增幅" and run.text.endswith("%"):
                found.setdefault(identity(figure), run.text.lstrip("-"))
        return found

    @cached_property
    def _cells(self) -> Mapping[Hashable, Number]:
        """What the tables print; the unit is the one in which the digits are right."""
        found: dict[Hashable, Number] = {}
        for block in self.document.blocks:
            for row in block.rows if isinstance(block, TableBlock) else ():
                for text, figure in zip(row.texts, row.figures, strict=False):
                    if isinstance(figure, Figure) and identity(figure) not in found:
                        number = _number(text, figure.money)
                        found |= {identity(figure): number} if number else {}
        return found

    @cached_property
    def _words(self) -> str:
        """All words of sentences and tables."""
        pieces: list[str] = []
        for block in self.document.blocks:
            if isinstance(block, TableBlock):
                pieces += (cell.text for cell in block.header)
                pieces += (text for row in block.rows for text in row.texts)
            elif isinstance(block, Paragraph):
                pieces.append(block.text)
        return "\n".join(pieces)

    @cached_property
    def _sentences(self) -> tuple[_Sentence, ...]:
        blocks = (block for block in self.document.blocks if isinstance(block, Paragraph))
        return tuple(sentence for block in blocks for sentence in _sentences(block))


def _length(amount: Decimal, whole: Decimal) -> int:
    """In thousandths; what is less than nothing has no length, and what is anything has some."""
    return min(max(int(amount * 1000 / whole), 1 if amount > 0 else 0), 1000) if whole else 0


def _sentences(block: Paragraph) -> Iterator[_Sentence]:
    places, at = [], 0
    for run in block.runs:
        places.append((at, run.figure))
        at += len(run.text)
    for found in _SENTENCE.finditer(block.text):
        inside = tuple(
            figure for place, figure in places if figure is not None and found.start() <= place < found.end()
        )
        yield _Sentence(found[0].strip(), inside)


def _key(numeric: Numeric) -> str:
    """The name in figures.yaml of what a run prints."""
    figure = numeric.current if isinstance(numeric, Change) else numeric
    return figure.key if isinstance(figure, Figure) else ""


def _number(text: str, money: Money) -> Number | None:
    """A cell's number with its unit: the one in which these digits are this money, rounded as they are."""
    found = _AMOUNT.fullmatch(text.strip())
    if found is None:
        return None
    digits = found[1].replace(",", "")
    places = len(digits.partition(".")[2])
    for scale in (money.scale, *Scale):
        if f"{round_half_up(money.convert(scale).amount, places):.{places}f}" == digits:
            return Number(found[1], scale.label)
    return None
