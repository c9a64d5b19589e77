"""Years in a text that is carried into a later year: which move with it, and which are history or part of a name."""

from __future__ import annotations

import re
from typing import NamedTuple

_YEAR = re.compile(r"(?<![0-9０-９.])(?:[12][0-9]{3}|[一二]?[〇零○一二三四五六七八九]{4})(?![0-9])")
_NUMERALS = {"零": 0, "○": 0, **{numeral: value for value, numeral in enumerate("〇一二三四五六七八九")}}
_NEAR = 1
"""A year this near to the budget's own is said relative to it; an older one, or one further off, is history or a plan."""
_QUOTED = (("“", "”"), ("《", "》"), ("「", "」"), ("『", "』"), ("‘", "’"), ('"', '"'))
_NUMBERED = r"[〔\[【（(［]\s*$"
"""What stands before the year of a document number: 财预〔2027〕12号, (2027)12号."""
_NUMBER = r"\s*[〕\]】）)］]\s*(?:第\s*)?[0-9０-９]+\s*号"
_NUMBER_BARE = r"\s*(?:年)?第?\s*[0-9０-９]+\s*号(?!楼|线|院|门)"
_MEANT = r"\s*(?:年|部门|单位|预算|财年|财政年度)"
"""What follows a year that is one; 2027 alone is a number."""
_DAY = r"\s*年\s*(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})\s*月"
_ISO = r"\s*[-./／][0-9]{1,2}(?:\s*[-./／][0-9]{1,2})?(?![0-9])"
_TO = r"\s*[-－—–~～至到]+\s*"
_FROM_JANUARY = rf"\s*[年./-]\s*0?1(?:\s*月|(?=[./-])|(?={_TO}))(?:\s*[./-]?\s*0?1\s*日?)?{_TO}"
_DECEMBER = r"\s*[年./-]\s*12\s*(?:月|[./-]31|(?![0-9]))"
"""A whole year, from January to December, is the budget's own."""
_UNTIL = r"(?:截至|截止到?|(?<![年月日0-9])(?:至|到|迄))\s*$"
_LIMIT = r"\s*年[^，。；、]{0,10}?(?:底|末|前|止|之前|以前|期末|年终)"
_SPAN = r"\s*年?\s*[-－—–~～至到]+\s*(?:[12][0-9]{3})"
_SPAN_END = r"[12][0-9]{3}\s*年?\s*[-－—–~～至到]+\s*$"
_PAST = r"\s*年[^，。；、]{0,12}?(?:成立|组建|设立|挂牌|建成|改制|划转|合并|更名|印发|出台|颁布|发布|施行|实施|批准|批复|竣工|购置|购入|启用|换届|机构改革|起(?!步|点|草))"
_PLANNED = r"计划|拟|将|力争|预计|确保|底|末|前"
_OF_THE_PAST = r"(?:自|从|早在|始于|建于|成立于)\s*$"


class Moved(NamedTuple):
    """A text in its new year: the years that moved (“2027年→2028年”), and those near it that stayed, each with why."""

    text: str
    changes: tuple[str, ...] = ()
    stayed: tuple[str, ...] = ()


def moved(text: str, year: int, by: int) -> Moved:
    """The text of ``year`` as of ``year + by``.

    A year moves if it is the budget's own or a neighbour of it, and none of these: in a document number (文号), a quoted
    name, a span of several years, a date of the past, the year that something began.
    """
    changes: list[str] = []
    stayed: list[str] = []
    parts: list[str] = []
    end = 0
    for found in _YEAR.finditer(text):
        value = _value(found[0])
        if value is None or abs(value - year) > _NEAR:
            continue
        why = _why_not(text, found.start(), found.end(), value - year)
        if why is None:
            continue
        if why:
            stayed.append(f"{found[0]}（{why}）")
            continue
        new = _written(value + by, found[0])
        changes.append(f"{found[0]}→{new}")
        parts += [text[end : found.start()], new]
        end = found.end()
    return Moved("".join([*parts, text[end:]]), tuple(changes), tuple(stayed))


def _why_not(text: str, start: int, end: int, off: int) -> str | None:
    """Why a year does not move; empty where it does, None where the digits are no year."""
    before, after = text[:start], text[end:]
    if (re.search(_NUMBERED, before) and re.match(_NUMBER, after)) or re.match(_NUMBER_BARE, after):
        return "文号"
    if _is_quoted(text, start):
        return "引用的名称"
    whole = _is_whole_year(text, start, end)
    if not whole and (re.match(_SPAN, after) or re.search(_SPAN_END, before)):
        return "跨年度的期间"
    until = re.search(_UNTIL, before) or re.match(_LIMIT, after)
    if re.match(_DAY, after) or re.match(_ISO, after) or whole:
        still = until and not re.search(_OF_THE_PAST, before) and not re.match(_PAST, after)
        return "" if whole or still else "具体日期"
    if not re.match(_MEANT, after):
        return None
    done = re.match(_PAST, after)
    begun = re.search(_OF_THE_PAST, before) or (done and not re.search(_PLANNED, done[0]))
    return "已发生的事" if begun and off <= 0 else ""


def _is_whole_year(text: str, start: int, end: int) -> bool:
    year = re.escape(text[start:end])
    first = re.match(rf"{_FROM_JANUARY}(?:{year}{_DECEMBER}|12\s*月)", text[end:])
    return bool(first or (re.search(rf"{year}{_FROM_JANUARY}$", text[:start]) and re.match(_DECEMBER, text[end:])))


def _is_quoted(text: str, place: int) -> bool:
    """Whether a place is between quotation marks or 书名号; of a mark that opens as it closes, every second one closes."""
    for left, right in _QUOTED:
        before = text[:place]
        if left == right:
            inside = before.count(left) % 2 == 1 and right in text[place:]
        else:
            inside = before.rfind(left) > before.rfind(right) and right in text[place:]
        if inside:
            return True
    return False


def _value(typed: str) -> int | None:
    if typed.isdecimal():
        return int(typed)
    digits = [_NUMERALS.get(letter) for letter in typed]
    return int("".join(map(str, digits))) if len(digits) == 4 and None not in digits else None


def _written(value: int, like: str) -> str:
    if like.isascii():
        return str(value)
    zero = next((letter for letter in like if letter in "零○〇"), "〇")
    return "".join(zero if digit == "0" else "〇一二三四五六七八九"[int(digit)] for digit in str(value))
