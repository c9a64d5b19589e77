"""Signs nobody sees and characters that look like others, as pasted from PDF and web pages (D046).

Blocks and decompositions are those of Unicode; the radicals without a decomposition are paired here by their looks.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from generator.check.rules import Finding, Rule
from generator.check.words import Hit
from generator.model.department import Inputs
from generator.model.problem import Severity

_UNSEEN = (
    (0x00AD, 0x00AD), (0x034F, 0x034F), (0x061C, 0x061C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F),
    (0x200C, 0x200D), (0x2061, 0x2064), (0x206A, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFFA0, 0xFFA0),
    (0xFFF9, 0xFFFB), (0xE0001, 0xE01EF),
)  # fmt: skip
_WIDE = ((0xFF10, 0xFF19), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A))
_HAN = ((0x2E80, 0x2FDF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F))
_RADICALS = dict(zip(
    "⺁⺌⺍⺎⺗⺟⺠⺧⺮⺷⺹⺼⻁⻄⻅⻆⻉⻋⻐⻓⻔⻘⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
    "厂小小兀心母民牛竹羊老肉虎西见角贝车钅长门青页风飞食马骨鬼鱼鸟麦黄齐齿龙龟", strict=True,
))  # fmt: skip
_MARKS = "，。；：、？！“”‘’（）《》〈〉【】〔〕—…·％＋－×÷＝≥≤＞＜"
_LATIN = dict(zip(
    "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοАВЕЅІЈКМНОРСТХаеорсухіј",
    "ABEZHIKMNOPTYXoABESIJKMHOPCTXaeopcyxij", strict=True,
))  # fmt: skip


def nothing_looks_like_another(inputs: Inputs) -> Iterator[Finding]:
    """Each character is the one it looks like; the first of each kind in a text is told, with how many there are.

    A year in wide digits, a name with a radical is found by no search, and by no other rule.
    """
    passages = inputs.department.passages
    # most are plain Chinese or ASCII, which a comparison settles
    rare = [char for char in set().union(*(one.text.value for one in passages)) if not _is_plain(char)]
    odd = {char: found for char in rare for found in _odd(char)}
    for passage in passages if odd else ():
        places: dict[str, list[int]] = {}
        for place, char in enumerate(passage.text.value):
            if char in odd:
                places.setdefault(odd[char][0], []).append(place)
        for first, *others in places.values():
            char = passage.text.value[first]
            hit = Hit(passage, first, char, len(others))
            yield hit.finding(f"“{_around(passage.text.value, first)}”中{odd[char][1]}", odd[char][2])


def _is_plain(char: str) -> bool:
    return "一" <= char <= "鿿" or " " <= char <= "~" or char in _MARKS


def _odd(char: str) -> Iterator[tuple[str, str, str]]:
    """Its kind, what is said of it, the remedy; nothing for a character that is what it seems."""
    code, number = ord(char), f"U+{ord(char):04X}"
    plain = _plain(char, code)
    if _within(code, _UNSEEN):
        yield ("看不见", f"有看不见的字符（{number}）", "请删除后重新输入这几个字。")
    elif _within(code, _WIDE):
        yield ("全角", f"的“{char}”是全角的", f"请改为半角的“{plain}”。")
    elif plain != char:
        yield ("形似", f"的“{char}”（{number}）形似“{plain}”，不是同一个字", f"请改为“{plain}”，检索、核对时才认得出。")


def _plain(char: str, code: int) -> str:
    if char in _RADICALS or char in _LATIN:
        return _RADICALS.get(char) or _LATIN[char]
    return unicodedata.normalize("NFKC", char) if _within(code, _WIDE) or _within(code, _HAN) else char


def _within(code: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= code <= last for first, last in ranges)


def _around(text: str, place: int) -> str:
    """A few characters before and behind, without those that show nothing."""
    part = text[max(0, place - 3) : place + 4]
    return "".join(char for char in part if not _within(ord(char), _UNSEEN))


LOOKALIKE_RULES: tuple[Rule[Inputs], ...] = (
    Rule(
        "D046", "没有看不见的、形似别的字的字符", Severity.WARNING, nothing_looks_like_another, "从网页、PDF粘贴的文字",
        "名称: ⼯伤保险（“⼯”是部首U+2F2F）", "名称: 工伤保险",
    ),
)  # fmt: skip
