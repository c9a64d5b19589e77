"""Width and line count of text as LibreOffice Writer sets it.

Lengths are twips (1/20 pt), font sizes are half-points (32 = 16 pt). Inside the
module widths are counted in units of 1/2048 em, the design unit of the Latin font,
so that every sum stays an integer.

Sources: advance widths from the hmtx table of Liberation Serif 1.07 (metrically equal
to Times New Roman); Chinese fonts are one em per character; characters that may not
begin or end a line from LibreOffice 7.4's zh-CN locale data; script assignment, gaps
and line ends measured against LibreOffice 7.4.7.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

EM = 2048
"""Units per em."""

GAP = 409
"""Gap between a Chinese and a Latin letter or digit: 0.2 em, measured."""

NO_BEGIN = frozenset(
    ":!),.:;?]}¢'\"、。〉》」』】〕〗〞︰︱︳﹐､﹒﹔﹕﹖﹗﹚﹜﹞！），．：；？｜｝︴︶︸︺︼︾﹀﹂﹄﹏～￠々‖•·ˇˉ―-′’”"
)
"""Characters that may not begin a line (zh-CN)."""

NO_END = frozenset("([{£¥'\"‵〈《「『〔【〖（［｛￡￥〝︵︷︹︻︽︿﹁﹃﹙﹛﹝“‘")
"""Characters that may not end a line (zh-CN)."""

HANGING = frozenset("!,.:;?、。！，．：；？")
"""Characters that may stand in the right margin (zh-CN)."""

_ASCII_WIDTHS = (
    (512, 682, 836, 1024, 1024, 1706, 1593, 369, 682, 682, 1024, 1155, 512, 682, 512, 569)
    + (1024,) * 10
    + (569, 569, 1155, 1155, 1155, 909, 1886)
    + (1479, 1366, 1366, 1479, 1251, 1139, 1479, 1479, 682, 797, 1479, 1251, 1821)
    + (1479, 1479, 1139, 1479, 1366, 1139, 1251, 1479, 1479, 1933, 1479, 1479, 1251)
    + (682, 569, 682, 961, 1024, 682)
    + (909, 1024, 909, 1024, 909, 682, 1024, 1024, 569, 569, 1024, 569, 1593)
    + (1024, 1024, 1024, 1024, 682, 797, 569, 1024, 1024, 1479, 1024, 1024, 909)
    + (983, 410, 983, 1108)
)
_LATIN = {chr(32 + i): w for i, w in enumerate(_ASCII_WIDTHS)} | {
    "\xa0": 512, "°": 819, "±": 1124, "×": 1155, "÷": 1124, "·": 512, "§": 1024,
    "“": 909, "”": 909, "‘": 682, "’": 682, "–": 1024, "≥": 1124, "≤": 1124,
    "≠": 1124, "℃": 2292, "∶": 588, "①": 1831,
}  # fmt: skip
_BREAK_AFTER = frozenset(" -—…")
_HOLDS_LATIN = frozenset("）】〕》〉」』”’≥≤×±≈")
"""Marks that stay with a Latin letter or digit after them (Unicode line breaking, as LibreOffice applies it)."""
_CLOSES = frozenset("、。，．")
"""Marks that stay with the digits after them too, where they may not hang."""


class Letters(NamedTuple):
    """How letters stand: twips added after each, percent of their width, and whether marks may hang in the margin."""

    extra: int = 0
    scale: int = 100
    hanging: bool = True


USUAL = Letters()
_HALF_WIDE = frozenset("0123456789.,-")
_DIGIT = re.compile("[1-9]")
"""Digits are of one width and break alike, so that names that are told apart by a number are measured once."""
_WIDEST = EM + GAP
_FIRST_CHINESE = 0x2E80
_CHINESE, _HALF_WIDTH = "\u2e80", "\uff61"
_HOLDS_CELL = _HOLDS_LATIN | _CLOSES
_LAST_LATIN = 0x024F


@cache
def _glyph(char: str) -> tuple[int, tuple[int, int], bool]:
    """Script (0 Latin, 1 Chinese, 2 that of the text before), width as Latin and as Chinese, whether it is a letter."""
    code, letter = ord(char), char.isalnum()
    if code >= _FIRST_CHINESE:
        width = EM // 2 if 0xFF61 <= code <= 0xFF9F else EM
        return 1, (width, width), letter
    latin = _LATIN.get(char, EM if code > _LAST_LATIN else EM // 2)
    if char == " ":
        return 2, (latin, 682), letter
    return (0 if code <= _LAST_LATIN else 2), (latin, EM), letter


def _may_break(before: str, after: str, latin: bool) -> bool:
    """Whether a line may end between two neighbours; `latin` when both are set in the Latin font."""
    if after == " " or after in NO_BEGIN or before in NO_END:
        return False
    if latin:
        dashed = before != after and (before in _BREAK_AFTER or after == "—")
        return dashed or (after in NO_END and not before.isalnum())
    return True


@lru_cache(maxsize=1 << 12)
def _all_chinese(text: str) -> bool:
    """Whether each character is one em wide, so that a text on one line is as many."""
    return bool(text) and min(text) >= _CHINESE and max(text) < _HALF_WIDTH


class _Setting:
    """One text without hard breaks, resolved: where each character ends if all stood on one line, its gap, its font."""

    __slots__ = ("ends", "gaps", "hanging", "holds", "latin", "text")

    def __init__(self, text: str, hanging: bool = True, extra: int = 0, scale: int = 100) -> None:
        self.text = text
        self.hanging = hanging
        self.holds = _HOLDS_LATIN if hanging else _HOLDS_CELL
        if not extra and scale == 100 and _all_chinese(text):
            count = len(text)
            self.ends: Sequence[int] = range(0, (count + 1) * EM, EM)
            self.gaps: Sequence[int] = (0,) * count
            self.latin: Sequence[bool] = (False,) * count
        else:
            self._resolve(text, extra, scale)

    def _resolve(self, text: str, extra: int, scale: int) -> None:
        ends, gaps, latin = [0], [], []
        script, letter, end = 0, False, 0
        for own, widths, is_letter in map(_glyph, text):
            gap = 0
            if own not in (2, script):
                script = own
                gap = GAP if letter and is_letter else 0
            width = widths[script]
            end += gap + extra + (width if scale == 100 else width * scale // 100)
            gaps.append(gap)
            ends.append(end)
            latin.append(not script)
            letter = is_letter
        self.ends, self.gaps, self.latin = ends, gaps, latin

    def lines(self, first: int, rest: int) -> int:
        """Lines when the first has `first` and every other `rest` units of room."""
        return self.broken(first, rest)[0]

    def broken(self, first: int, rest: int) -> tuple[int, int]:
        """The lines, and how many characters stand on the last."""
        lines, room, start = 1, first, 0
        while True:
            limit = room + self.ends[start] + (self.gaps[start] if start < len(self.text) else 0)
            index = max(bisect_right(self.ends, limit) - 1, start + 1)
            while index < len(self.text) and self.text[index] == " ":
                index += 1
            if index >= len(self.text):
                return lines, len(self.text) - start
            begun, start = start, self._line_end(index, start)
            if start == len(self.text):
                return lines, start - begun
            lines, room = lines + 1, rest

    def _line_end(self, index: int, start: int) -> int:
        """Where the next line begins when the character at `index` does not fit."""
        if self.hanging and self._hangs(index):
            return index + 1
        for place in range(index, start, -1):
            if self._may_break(place):
                return place
        return self._emergency(index, start)

    def _emergency(self, index: int, start: int) -> int:
        """Where to cut what has no place for a line end: where the font changes, else anywhere kinsoku allows."""
        text = self.text
        seam = index - (text[index] in NO_BEGIN)
        while seam > start and self.latin[seam] == self.latin[seam - 1]:
            seam -= 1
        cut = index
        while cut > start and (text[cut] in NO_BEGIN or text[cut - 1] in NO_END):
            cut -= 1
        for place in (seam, cut):
            if place > start:
                return place
        return index

    def _hangs(self, index: int) -> bool:
        """Whether the mark at `index` stands in the margin: never after a Latin character."""
        if self.text[index] not in HANGING or self.latin[index - 1]:
            return False
        return index + 1 == len(self.text) or self._may_break(index + 1)

    def _may_break(self, index: int) -> bool:
        text, latin = self.text, self.latin
        if not _may_break(text[index - 1], text[index], latin[index - 1] and latin[index]):
            return False
        if text[index - 1] in self.holds and text[index].isascii() and text[index].isalnum():
            return latin[index - 1]
        # A bracket goes with the digits before it when digits follow.
        return not (
            text[index] in NO_END
            and latin[index - 1]
            and text[index - 1].isalnum()
            and any(latin[index + 1 : index + 2])
        )


def _room(twips: int, size: int) -> int:
    return max(twips, 0) * EM // (size * 10)


@lru_cache(maxsize=1 << 12)
def _setting(text: str, hanging: bool = True, extra: int = 0, scale: int = 100) -> _Setting:
    return _Setting(text, hanging, extra, scale)


def _set(text: str, size: int, letters: Letters) -> _Setting:
    if letters is USUAL:
        return _setting(text)
    return _setting(text, letters.hanging, letters.extra * EM // (size * 10), letters.scale)


def text_width(text: str, size: int, letters: Letters = USUAL) -> int:
    """Width in twips, rounded up, of `text` on one line at `size` half-points."""
    return -(-_set(text, size, letters).ends[-1] * size * 10 // EM)


def count_lines(text: str, width: int, size: int, first_indent: int = 0, letters: Letters = USUAL) -> int:
    """Lines that body text takes in `width` twips at `size` half-points; "\n" is a hard line break.

    The gap between Chinese and Latin always counts: LibreOffice 7.4 adds it whatever autoSpaceDE and
    autoSpaceDN say. Marks may hang in the right margin, as where overflowPunct is absent.
    """
    room = _room(width, size)
    indented = _room(width - first_indent, size)
    if letters is USUAL and len(text) * _WIDEST <= min(room, indented) and "\n" not in text:
        return 1
    pieces = text.split("\n")
    return sum(_set(piece, size, letters).lines(room if n else indented, room) for n, piece in enumerate(pieces))


def last_line(text: str, width: int, size: int, first_indent: int = 0, letters: Letters = USUAL) -> str:
    """What stands on the last line of a text."""
    piece, room = text.rsplit("\n", 1)[-1], _room(width, size)
    if letters is USUAL and len(piece) * _WIDEST <= room - max(first_indent, 0) * EM // (size * 10):
        return piece
    first = room if "\n" in text else _room(width - first_indent, size)
    return piece[len(piece) - _set(piece, size, letters).broken(first, room)[1] :]


def cell_lines(text: str, width: int, size: int, letters: Letters = USUAL) -> int:
    """Lines that the text of a table cell takes in `width` twips, cell margins already taken off.

    In a table no mark hangs in the margin. The gap is counted as LibreOffice sets it: a
    program that leaves it out can only need fewer lines, and the row's least height then holds.
    """
    if letters is USUAL:
        limit = width * EM
        unit = len(text) * size * 10
        if unit * _WIDEST <= limit and "\n" not in text:
            return 1
        if unit * (EM // 2) <= limit and _HALF_WIDE.issuperset(text):
            return 1
        if unit * EM <= limit and _all_chinese(text):
            return 1
    return _cell_lines(_DIGIT.sub("0", text), _room(width, size), size, letters)


@lru_cache(maxsize=1 << 12)
def _cell_lines(text: str, room: int, size: int, letters: Letters) -> int:
    return sum([_cell(piece, size, letters).lines(room, room) for piece in text.split("\n")])


def high_cells(texts: Collection[str], width: int, size: int, letters: Letters = USUAL) -> dict[str, int]:
    """Those of different texts of cells that take more than one line in a width, with their lines."""
    if letters is USUAL:
        longest = max(map(len, texts), default=0) * size * 10
        narrow = longest * (EM // 2) <= width * EM
        if longest * _WIDEST <= width * EM or (narrow and _HALF_WIDE.issuperset("".join(texts))):
            return {}
    return {text: count for text in texts if (count := cell_lines(text, width, size, letters)) > 1}


def cell_ems(text: str) -> int:
    """How many ems the text of a cell is wide on one line in usual letters, rounded up."""
    return len(text) if _all_chinese(text) else -(-_cell(_DIGIT.sub("0", text), 20, USUAL).ends[-1] // EM)


@lru_cache(maxsize=1 << 10)
def cell_end(text: str, ems: int) -> tuple[int, int]:
    """Lines that one text of a cell takes in so many ems of usual letters, and the characters on its last line."""
    if len(text) <= ems and _all_chinese(text):
        return 1, len(text)
    return _cell(text, 20, USUAL).broken(ems * EM, ems * EM)


def _cell(text: str, size: int, letters: Letters) -> _Setting:
    return _setting(text, False, letters.extra * EM // (size * 10), letters.scale)


def balanced(text: str, width: int, size: int, letters: Letters = USUAL) -> list[str]:
    """A title on as many lines as it needs, broken beside brackets or after “、” where it can be, else into even parts."""
    full = text_width(text, size, letters)
    if full <= width:
        return [text]
    places = [n for n in range(1, len(text)) if text[n - 1] in "）」》：" or text[n] in "（「《"]
    places = [n for n in places if text[n] not in NO_BEGIN] or [n for n in range(1, len(text)) if text[n - 1] == "、"]
    if places:
        halves = [(text[:n], text[n:]) for n in places]
        half = min(halves, key=lambda parts: max(text_width(part, size, letters) for part in parts))
        if full > 2 * width or max(text_width(part, size, letters) for part in half) <= width:
            return [line for part in half for line in balanced(part, width, size, letters)]
    count = -(-full // width)
    cut = len(text) - len(text) * (count - 1) // count
    while cut > 1 and not _may_break(text[cut - 1], text[cut], text[cut - 1 : cut + 1].isascii()):
        cut -= 1
    return [text[:cut], *balanced(text[cut:], width, size, letters)]
