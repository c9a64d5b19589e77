"""Tracked changes (修订): who changed what when, as Word writes it down."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from html import unescape
from itertools import count
from typing import NamedTuple

from generator.model.comparison import Mark, Pair, Words
from generator.render.docx.xml import escape, run

_TAGS = {Mark.GONE: "del", Mark.ADDED: "ins"}
_RUN = re.compile(r"<w:r(?: [^>]*)?>(<w:rPr>.*?</w:rPr>)?(.*?)</w:r>", re.DOTALL)
_WORDS = re.compile(r"(?:<w:t(?: [^>]*)?>[^<]*</w:t>|<w:t(?: [^>]*)?/>|<w:br/>)*")
_FIRST = 100_001
"""Numbers of changes begin above those of bookmarks."""


class Revision(NamedTuple):
    """Who made the changes and when; without a date Word shows none, and the bytes don't hang on a clock."""

    author: str
    date: str = ""


class Stretch(NamedTuple):
    """A paragraph: what became of it, of its last words where it stayed, and what it looks like."""

    mark: Mark
    tail: Mark
    look: Hashable


def ends_of(paragraphs: Sequence[Stretch]) -> list[Mark]:
    """What becomes of each paragraph's end.

    New words at a paragraph's end and new paragraphs after it are one stretch to LibreOffice, which rejects the end
    between them too. So that end counts as new, and the one that was there stands after the last of them.
    """
    ends = [paragraph.mark for paragraph in paragraphs]
    for place, (mark, tail, look) in enumerate(paragraphs):
        last = place
        while mark is Mark.KEPT is not tail and paragraphs[last + 1 : last + 2] == [Stretch(tail, tail, look)]:
            last += 1
        if last > place:
            ends[place], ends[last] = tail, Mark.KEPT
    return ends


class Reviser:
    """Writes changes, each with a number of its own."""

    def __init__(self, revision: Revision, words: Words) -> None:
        self._compared = words
        date = f' w:date="{escape(revision.date)}"' if revision.date else ""
        self._who = f'w:author="{escape(revision.author)}"{date}'
        self._numbers = count(_FIRST)

    def mark(self, mark: Mark) -> str:
        """The empty element that says a row or a paragraph mark came or went."""
        tag = _TAGS.get(mark)
        return f'<w:{tag} w:id="{next(self._numbers)}" {self._who}/>' if tag else ""

    def paragraph_mark(self, mark: Mark) -> str:
        """The same for a paragraph's properties: with its mark the paragraph itself comes or goes."""
        return f"<w:rPr>{self.mark(mark)}</w:rPr>" if mark in _TAGS else ""

    def runs(self, runs: str, mark: Mark) -> str:
        """Runs that came or went; kept runs as they are."""
        tag = _TAGS.get(mark)
        if tag is None or not runs:
            return runs
        if mark is Mark.GONE:
            runs = runs.replace("<w:t>", "<w:delText>").replace("<w:t ", "<w:delText ")
            runs = runs.replace("</w:t>", "</w:delText>")
        return f'<w:{tag} w:id="{next(self._numbers)}" {self._who}>{runs}</w:{tag}>'

    def words(self, pair: Pair[str], properties: str = "") -> str:
        """A text that became another, change by change; ``properties`` are those of its runs."""
        if pair.old == pair.new:
            return _with(run(pair.new or ""), properties)
        return "".join(
            self.runs(_with(run(piece.text), properties), piece.mark)
            for piece in self._compared(pair.old or "", pair.new or "")
        )

    def tail(self, pair: Pair[str]) -> Mark:
        """What became of a text's last words."""
        pieces = self._compared(pair.old or "", pair.new or "")
        return pieces[-1].mark if pieces else Mark.KEPT

    def spliced(self, old: str, new: str) -> str:
        """A filled part of the master whose words differ: its runs one by one, if both have as many."""
        before, after = list(_RUN.finditer(old)), list(_RUN.finditer(new))
        if old == new or len(before) != len(after):
            return new
        return "".join(self._spliced(before, after, new))

    def _spliced(self, before: list[re.Match[str]], after: list[re.Match[str]], new: str) -> Iterator[str]:
        place = 0
        for was, now in zip(before, after, strict=True):
            if was[0] == now[0] or not (_WORDS.fullmatch(was[2]) and _WORDS.fullmatch(now[2])):
                continue
            yield new[place : now.start()]
            yield self.words(Pair(_said(was[2]), _said(now[2])), now[1] or "")
            place = now.end()
        yield new[place:]


def _with(runs: str, properties: str) -> str:
    """Runs in the master's own look instead of the hint that ``run`` gives."""
    return re.sub(r"<w:r>(<w:rPr>.*?</w:rPr>)?", f"<w:r>{properties}", runs) if properties else runs


def _said(content: str) -> str:
    return unescape(re.sub("<[^>]+>", "", content.replace("<w:br/>", "\n")))
