"""Writes tracked changes into the elements of a Word file: words in paragraphs, paragraphs, rows."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from itertools import count, groupby
from typing import NamedTuple

from lxml import etree
from lxml.etree import _Element as Element

from generator.model.comparison import Mark, Words
from generator.render.docx.found import (
    OBJECT,
    PPR,
    RUBY,
    SIMPLE_FIELD,
    TBL,
    TC,
    TR,
    VAL,
    FoundRow,
    P,
    R,
    T,
    Unit,
    W,
    inside,
    rows_of,
    runs_of,
    said,
    text_of,
    the,
    units_of,
    written,
)
from generator.render.docx.revision import Revision

_TAGS = {Mark.GONE: f"{W}del", Mark.ADDED: f"{W}ins"}
_RPR = f"{W}rPr"
_BEFORE_MERGE = ("cnfStyle", "tcW", "gridSpan", "hMerge")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class _Letter(NamedTuple):
    """A letter of a paragraph, or what stands for one: a line break, a symbol."""

    text: str
    mark: Mark
    sign: Element | None = None


class Target(NamedTuple):
    """What the new file knows: its styles, and whether numbered lists are those of the old one."""

    styles: frozenset[str]
    same_numbering: bool


class Pen:
    """Writes marks, each with a number of its own."""

    def __init__(self, revision: Revision, words: Words, target: Target, first: int) -> None:
        self._revision, self._words, self._target = revision, words, target
        self._numbers = count(first)

    def _mark(self, mark: Mark) -> Element:
        element = etree.Element(_TAGS[mark], nsmap={"w": W[1:-1]})
        element.set(f"{W}id", str(next(self._numbers)))
        element.set(f"{W}author", self._revision.author)
        if self._revision.date:
            element.set(f"{W}date", self._revision.date)
        return element

    def end(self, paragraph: Element, mark: Mark) -> None:
        """Say that a paragraph's end came or went."""
        properties = _properties(paragraph)
        if mark is Mark.KEPT:
            return
        own = properties.find(_RPR)
        if own is None:
            own = etree.Element(_RPR)
            later = properties.find(f"{W}sectPr")
            properties.append(own) if later is None else later.addprevious(own)
        own.insert(0, self._mark(mark))

    def look_like(self, paragraph: Element, other: Element) -> None:
        """Give a paragraph another's look: it will hold that one's words."""
        own = deepcopy(_properties(other))
        for mark in [item for tag in _TAGS.values() for item in own.iterfind(f"{_RPR}/{tag}")]:
            the(mark.getparent()).remove(mark)
        paragraph.replace(_properties(paragraph), own)

    def separator(self) -> Element:
        """An empty paragraph that goes with the old file: two tables that touch are one to Word."""
        paragraph = etree.Element(P)
        self.end(paragraph, Mark.GONE)
        return paragraph

    def add(self, item: Element) -> None:
        """All of a new paragraph's words, or of a new table's rows."""
        if item.tag == P:
            self._wrap(runs_of(item))
            return
        for row in inside(item, TR):
            self.add_row(row)

    def add_row(self, row: Element) -> None:
        """A new row with all that is in it."""
        self._whole(row, Mark.ADDED)
        for cell in inside(row, TC):
            for item in inside(cell, P, TBL):
                self.add(item)
                if item.tag == P:
                    self.end(item, Mark.ADDED)

    def _whole(self, row: Element, mark: Mark) -> None:
        properties = row.find(f"{W}trPr")
        if properties is None:
            properties = etree.Element(f"{W}trPr")
            etree.SubElement(properties, f"{W}cantSplit").set(
                VAL, "off"
            )  # the schema wants one property beside the mark
            before = row.find(f"{W}tblPrEx")
            row.insert(0, properties) if before is None else before.addnext(properties)
        properties.append(self._mark(mark))

    def _wrap(self, runs: Iterable[Element]) -> None:
        """Runs that came; neighbours under one mark."""
        last = None
        for run in runs:
            if last is None or run.getprevious() is not last:
                last = self._mark(Mark.ADDED)
                run.addprevious(last)
            last.append(run)

    def gone_paragraph(self, old: Element) -> Element:
        """A paragraph of the old file, without what the new one can't show; its end is for the caller to mark."""
        made = etree.Element(P)
        own = old.find(PPR)
        made.append(self._fitting(own) if own is not None else etree.Element(PPR))
        for unit in units_of(old):
            look = unit.first.find(_RPR)
            made.extend(self._gone(_letters_of(unit), None if look is None else self._fitting(look)))
        return made

    def _fitting(self, properties: Element) -> Element:
        """Properties without a style, a list or a section that is only the old file's."""
        made = deepcopy(properties)
        for item in list(made):
            if etree.QName(item).namespace != W[1:-1]:
                made.remove(item)
        for name in ("pStyle", "rStyle", "tblStyle"):
            for style in made.findall(f"{W}{name}"):
                if style.get(VAL) not in self._target.styles:
                    made.remove(style)
        for name in ("sectPr", "cnfStyle", *(() if self._target.same_numbering else ("numPr",))):
            for item in made.findall(f"{W}{name}"):
                made.remove(item)
        return made

    def _gone(self, letters: Iterable[_Letter], look: Element | None) -> Iterator[Element]:
        """Words struck, as the new file would show them."""
        shown = [letter for letter in letters if letter.text != OBJECT]
        if not shown:
            return
        made = self._mark(Mark.GONE)
        run = etree.SubElement(made, R)
        if look is not None:
            run.append(deepcopy(look))
        for plain, group in groupby(shown, key=lambda letter: letter.sign is None):
            if plain:
                run.append(_words(f"{W}delText", _text(group)))
            else:
                run.extend(deepcopy(letter.sign) for letter in group if letter.sign is not None)
        yield made

    def gone_table(self, old: Element) -> Element:
        """A table of the old file."""
        made = etree.Element(TBL)
        for item in old:
            if item.tag in (f"{W}tblPr", f"{W}tblGrid"):
                made.append(self._fitting(item))
        made.extend(self.gone_row(row, old) for row in rows_of(old))
        return made

    def gone_row(self, old: FoundRow, table: Element) -> Element:
        """A row of the old file, as wide as the table it is put into."""
        grid = table.find(f"{W}tblGrid")
        widths = [_whole_number(column.get(f"{W}w", "")) for column in (grid if grid is not None else ())]
        made = etree.Element(TR)
        for item in old.item:
            if item.tag in (f"{W}tblPrEx", f"{W}trPr"):
                made.append(self._fitting(item))
        self._whole(made, Mark.GONE)
        column = 0
        for cell in old.cells:
            made.append(self._gone_cell(cell.item, sum(widths[column : column + cell.wide])))
            column += cell.wide
        return made

    def _gone_cell(self, old: Element, width: int) -> Element:
        made = etree.Element(TC)
        own = old.find(f"{W}tcPr")
        if own is not None:
            made.append(self._fitting(own))
            for size in made.iterfind(f"{W}tcPr/{W}tcW"):
                size.set(f"{W}w", str(width))
                size.set(f"{W}type", "dxa")
        for item in inside(old, P, TBL):
            gone = self.gone_table(item) if item.tag == TBL else self.gone_paragraph(item)
            if item.tag == P:
                self.end(gone, Mark.GONE)
            made.append(gone)
        return made

    def merge(self, old: Element, new: Element) -> None:
        """A cell that began a merge in the old file begins one in the new: rows that went may still hang on it."""
        began = old.find(f"{W}tcPr/{W}vMerge[@{W}val='restart']")
        own = new.find(f"{W}tcPr")
        if began is None or own is None or own.find(f"{W}vMerge") is not None:
            return
        later = [item for item in own if etree.QName(item).localname not in _BEFORE_MERGE]
        later[0].addprevious(deepcopy(began)) if later else own.append(deepcopy(began))

    def reword(self, old: Element, new: Element) -> None:
        """What one paragraph says into what the other does, word by word."""
        if text_of(old) == text_of(new):
            return
        before, after = written(old), written(new)
        signs = (letter.sign for unit in units_of(old) for letter in _letters_of(unit))
        letters: Sequence[_Letter] = [
            _Letter(letter, piece.mark, next(signs) if piece.mark is not Mark.ADDED else None)
            for piece in self._words(before, after)
            for letter in piece.text
        ]
        units = [unit for unit in units_of(new) if unit.text]
        rest = deque(letters)
        if not units:
            new.extend(self._gone(rest, None))
        for unit in units:
            self._remark(unit, _taken(rest, len(unit.text)) if unit is not units[-1] else rest)

    def mark_at_end(self, old: Element, new: Element) -> Mark:
        """What becomes of a reworded paragraph's last words."""
        pieces = self._words(written(old), written(new)) if text_of(old) != text_of(new) else ()
        return pieces[-1].mark if pieces else Mark.KEPT

    def _remark(self, unit: Unit, own: Iterable[_Letter]) -> None:
        """Mark one unit; beside its letters there may be some that went, before or after it."""
        letters = list(own)
        if all(letter.mark is Mark.KEPT for letter in letters):
            return
        if not unit.whole:
            self._split(unit.first, letters)
            return
        places = [place for place, letter in enumerate(letters) if letter.mark is not Mark.GONE]
        first, end = places[0], places[-1] + 1
        changed = any(letter.mark is not Mark.KEPT for letter in letters[first:end])
        before = letters[: end if changed else first]
        look = unit.first.find(_RPR)
        for item in self._gone([letter for letter in before if letter.mark is not Mark.ADDED], look):
            _around(unit.first).addprevious(item)
        for item in self._gone(letters[end:], look):
            _around(unit.runs[-1]).addnext(item)
        if changed:
            self._wrap(unit.runs)

    def _split(self, run: Element, letters: Sequence[_Letter]) -> None:
        """A run as several: what stayed, what went, what came."""
        look = run.find(_RPR)
        shown: list[tuple[Mark, Element]] = []
        rest = deque(letters)
        for child in [item for item in run if item.tag != _RPR]:
            own = _taken(rest, len(said(child)))
            shown.extend(self._shown(child, own, look, shown[-1][0] if shown else Mark.KEPT))
        shown.extend((Mark.GONE, item) for item in self._gone(rest, look))
        parts: list[Element] = []
        for mark, group in groupby(shown, key=lambda item: item[0]):
            items = [item for _, item in group]
            if mark is Mark.GONE:
                parts.extend(items)
                continue
            part = etree.Element(R, {str(name): str(value) for name, value in run.attrib.items()})
            part.extend([deepcopy(look), *items] if look is not None else items)
            parts.append(part if mark is Mark.KEPT else self._around(part))
        for part in parts:
            run.addprevious(part)
        the(run.getparent()).remove(run)

    def _shown(
        self, child: Element, letters: Sequence[_Letter], look: Element | None, latest: Mark
    ) -> Iterator[tuple[Mark, Element]]:
        """A run's part in pieces of one mark each; what says nothing goes with what stands before it."""
        if not said(child):
            yield Mark.KEPT if latest is Mark.GONE else latest, child
        for mark, group in groupby(letters, key=lambda letter: letter.mark):
            if mark is Mark.GONE:
                yield from ((mark, item) for item in self._gone(group, look))
            else:
                yield mark, _words(T, _text(group)) if child.tag == T else child

    def _around(self, run: Element) -> Element:
        mark = self._mark(Mark.ADDED)
        mark.append(run)
        return mark


def _taken(rest: deque[_Letter], size: int) -> list[_Letter]:
    """So many letters of the new text, with the struck ones before and between them, off what is left."""
    found = []
    while size:
        found.append(rest.popleft())
        size -= found[-1].mark is not Mark.GONE
    return found


def _around(run: Element) -> Element:
    """What words beside a run stand beside: a simple field takes none."""
    parent = the(run.getparent())
    return parent if parent.tag == SIMPLE_FIELD else run


def _properties(paragraph: Element) -> Element:
    own = paragraph.find(PPR)
    if own is None:
        own = etree.Element(PPR)
        paragraph.insert(0, own)
    return own


def _letters_of(unit: Unit) -> Iterator[_Letter]:
    """Its letters as gone; a field's are told, a page number's is not, as every page has its own."""
    if unit.text == OBJECT:
        yield _Letter(OBJECT, Mark.GONE)
        return
    for item in (item for run in unit.runs for item in run):
        sign = None if item.tag in (T, RUBY) else item
        yield from (_Letter(letter, Mark.GONE, sign) for letter in said(item))


def _text(letters: Iterable[_Letter]) -> str:
    return "".join(letter.text for letter in letters)


def _words(tag: str, text: str) -> Element:
    words = etree.Element(tag)
    words.text = text
    words.set(_SPACE, "preserve")
    return words


def _whole_number(text: str) -> int:
    return int(text) if re.fullmatch("[0-9]{1,9}", text) else 0
