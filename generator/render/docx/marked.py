"""Two finished Word files as one with tracked changes: the new file, whoever made it, with what differs marked in it.

Nothing of the new file is rewritten but the paragraphs and rows that differ: it keeps its styles, sections and pictures.
What only the old one says is written into it in its look.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from io import BytesIO
from itertools import takewhile
from typing import NamedTuple
from zipfile import ZipFile

from lxml import etree
from lxml.etree import _Element as Element

from generator.model.comparison import BlockPair, Comparison, Mark, Pair, Words
from generator.model.document import Document
from generator.model.problem import UsageError
from generator.render.docx.found import (
    PPR,
    TBL,
    VAL,
    P,
    Row,
    W,
    document_of,
    header_of,
    inside,
    outlines,
    rows_of,
)
from generator.render.docx.master import BROKEN
from generator.render.docx.package import zipped
from generator.render.docx.pen import Pen, Target
from generator.render.docx.revision import Revision

Align = Callable[[Document, Document], Comparison]
_MAIN, _STYLES, _NUMBERING = (f"word/{name}.xml" for name in ("document", "styles", "numbering"))
_STORY = re.compile(r"word/(?:document|header\d*|footer\d*)\.xml")
_NUMBER = re.compile("[0-9]{1,9}")
_TRACKED = re.compile(r"(?:ins|del|moveFrom|moveTo|cellIns|cellDel|cellMerge|\w+Change)")


def mark_files(old: bytes, new: bytes, tools: tuple[Align, Words], revision: Revision) -> bytes:
    """The new file with every difference of words tracked, in its body, headers and footers.

    Both have been read before: they are Word files. Raises UsageError for one that has tracked changes already.
    """
    before, after = _parts(old), _parts(new)
    stories = {name: _root(data) for name, data in after.items() if _STORY.fullmatch(name)}
    others = {name: _root(before[name]) for name in stories if name in before}
    for side, roots in (("原来", others), ("现在", stories)):
        for root in roots.values():
            _refuse_tracked(root, side)
    styles = _root(after[_STYLES]) if _STYLES in after else None
    known = (
        frozenset(style.get(f"{W}styleId", "") for style in styles.iter(f"{W}style"))
        if styles is not None
        else frozenset()
    )
    target = Target(known, before.get(_NUMBERING) == after.get(_NUMBERING))
    levels = outlines(_root(before[_STYLES]) if _STYLES in before else None), outlines(styles)
    marker = _Marker(tools[0], levels, Pen(revision, tools[1], target, _first(stories)))
    for name, root in others.items():
        body = f"{W}body"
        if name == _MAIN:
            marker.story(_the(root.find(body)), _the(stories[name].find(body)))
        else:
            marker.story(root, stories[name])
    made = {
        name: etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        for name, root in stories.items()
    }
    return zipped({name: made[name] if name in others else data for name, data in after.items()})


def _parts(data: bytes) -> Mapping[str, bytes]:
    try:
        with ZipFile(BytesIO(data)) as archive:
            return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
    except BROKEN as error:
        raise UsageError("这不是有效的Word文件（.docx）。") from error


def _root(data: bytes) -> Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UsageError("这个Word文件的内容已损坏。") from error


def _refuse_tracked(root: Element, side: str) -> None:
    for item in root.iter(f"{W}*"):
        if _TRACKED.fullmatch(etree.QName(item).localname):
            raise UsageError(f"{side}的文件里已有修订痕迹，请先在Word里全部接受或拒绝，再来比较。")


def _first(stories: Mapping[str, Element]) -> int:
    """Numbers of changes begin above all that are there."""
    numbers = (item.get(f"{W}id", "") for root in stories.values() for item in root.iter(f"{W}*"))
    return 1 + max((int(number) for number in numbers if _NUMBER.fullmatch(number)), default=0)


def _the(element: Element | None) -> Element:
    assert element is not None  # readback has seen a body
    return element


class _Step(NamedTuple):
    """A paragraph or a table on both sides; ``ends`` is what becomes of the paragraph's end."""

    old: Element | None
    new: Element | None
    pair: BlockPair
    ends: Mark

    @property
    def is_table(self) -> bool:
        """Whether it is a table, on either side."""
        return TBL in (item.tag for item in (self.old, self.new) if item is not None)


class _Marker(NamedTuple):
    align: Align
    levels: tuple[Mapping[str, int], Mapping[str, int]]
    pen: Pen

    def story(self, old: Element, new: Element) -> None:
        """Mark a body, a cell, a header: paragraphs and tables below one another."""
        before, after = list(inside(old, P, TBL)), list(inside(new, P, TBL))
        if [item.tag for item in before] == [item.tag for item in after] == [P]:
            self.pen.reword(before[0], after[0])
            return
        comparison = self.align(document_of(before, self.levels[0]), document_of(after, self.levels[1]))
        place, apart = None, False
        for step in self._touching(_ending(list(_steps(before, after, comparison)))):
            item = self._settled(step)
            if step.new is None:
                _put(item, place, after[0] if after else None, new)
            if step.new is None and step.ends is Mark.KEPT and item.tag == P and place is not None:
                self.pen.look_like(item, place)
            alone = None in (step.old, step.new)
            if place is not None and item.tag == place.tag == TBL and (alone or apart):
                item.addprevious(self.pen.separator())
            place, apart = item, alone

    def _touching(self, steps: list[_Step]) -> Iterator[_Step]:
        """New words at a paragraph's end and a new paragraph after it are one stretch to LibreOffice: so they are to us.

        The paragraph's end came with them, and the end that was there stands after the last of the new paragraphs.
        """
        while steps:
            step, *steps = steps
            if step.old is not None and step.new is not None and step.new.tag == P and step.ends is Mark.KEPT:
                mark = self.pen.mark_at_end(step.old, step.new)
                along = 0 if mark is Mark.KEPT else _along(steps, mark, step.new)
                if along and steps[along - 1].ends is mark:
                    steps[along - 1] = steps[along - 1]._replace(ends=Mark.KEPT)
                    step = step._replace(ends=mark)
            yield step

    def _settled(self, step: _Step) -> Element:
        """The element that stands for a step in the new file, marked."""
        if step.new is None:
            assert step.old is not None
            item = self.pen.gone_table(step.old) if step.old.tag == TBL else self.pen.gone_paragraph(step.old)
        elif step.old is None:
            item = step.new
            self.pen.add(item)
        else:
            item = step.new
            self._keep(step.old, item, step.pair)
        if item.tag == P:
            self.pen.end(item, step.ends)
        return item

    def _keep(self, old: Element, new: Element, pair: BlockPair) -> None:
        if new.tag == P:
            self.pen.reword(old, new)
            return
        before, after = rows_of(old), rows_of(new)
        height = header_of(after)
        for upper, lower in zip(before[:height], after[:height], strict=True):
            self._row(upper, lower)
        place = after[height - 1].item if height else None
        olds, news = iter(before[height:]), iter(after[height:])
        for rows in pair.rows:
            was, now = (next(rest) if row is not None else None for rest, row in zip((olds, news), rows, strict=True))
            if now is None:
                assert was is not None
                item = self.pen.gone_row(was, new)
                _put(item, place, after[0].item if after else None, new)
            else:
                item = now.item
                self._row(was, now) if was is not None else self.pen.add_row(item)
            place = item

    def _row(self, old: Row, new: Row) -> None:
        for was, now in zip(old.cells, new.cells, strict=True):
            if not (was.again or now.again):  # where pages break is no change
                self.story(was.item, now.item)
            self.pen.merge(was.item, now.item)


def _put(item: Element, place: Element | None, first: Element | None, parent: Element) -> None:
    if place is not None:
        place.addnext(item)
    elif first is not None:
        first.addprevious(item)
    else:
        parent.insert(0, item)


def _steps(before: list[Element], after: list[Element], comparison: Comparison) -> Iterator[_Step]:
    """Pairs come in both documents' own order, one for each paragraph and table."""
    olds, news = iter(before), iter(after)
    for pair in comparison.blocks:
        old, new = (
            next(rest) if block is not None else None for rest, block in zip((olds, news), pair.blocks, strict=True)
        )
        yield _Step(old, new, pair, pair.blocks.mark)


def _along(steps: Sequence[_Step], mark: Mark, before: Element) -> int:
    """How many of these paragraphs went or came whole, and look like the one before them."""
    look = _look(before)
    return len(
        list(
            takewhile(
                lambda step: (
                    step.pair.blocks.mark is mark and _look(step.old if step.new is None else step.new) == look
                ),
                steps,
            )
        )
    )


def _look(item: Element | None) -> tuple[str, ...]:
    """A paragraph's style; what ends a section looks like nothing else, and a table like no paragraph."""
    if item is None or item.tag != P or item.find(f"{PPR}/{W}sectPr") is not None:
        return (str(id(item)),)
    style = item.find(f"{PPR}/{W}pStyle")
    return ("", style.get(VAL, "") if style is not None else "")


def _ending(steps: list[_Step]) -> list[_Step]:
    """The last paragraph of a cell or body has an end that can't go: what went or came last ends where the last left begins.

    So a paragraph written after the last one is that one's end and new words before the end that was there.
    """
    kept = max(
        (number for number, step in enumerate(steps) if step.old is not None and step.new is not None), default=-1
    )
    rest = steps[kept + 1 :]
    if not rest or any(step.is_table for step in rest):
        return steps
    gone, come = [step for step in rest if step.new is None], [step for step in rest if step.old is None]
    if gone and come:
        last = _Step(
            gone[-1].old, come[-1].new, BlockPair(Pair(gone[-1].pair.blocks.old, come[-1].pair.blocks.new)), Mark.KEPT
        )
        return [*steps[: kept + 1], *gone[:-1], *come[:-1], last]
    if kept < 0 or steps[kept].is_table:
        return steps
    return [*steps[:kept], steps[kept]._replace(ends=rest[0].ends), *rest[:-1], rest[-1]._replace(ends=Mark.KEPT)]
