"""Number formats of cells: a number as Excel shows it. What is rare (fractions, conditions) shows the plain number."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import NamedTuple

from generator.sheets.numbers import lost_digits

BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm",
    21: "h:mm:ss", 22: "yyyy/m/d h:mm", 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"', 37: "#,##0;-#,##0",
    38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00", 41: "#,##0;-#,##0;-", 42: '"￥"#,##0;-"￥"#,##0',
    43: "#,##0.00;-#,##0.00", 44: '"￥"#,##0.00;-"￥"#,##0.00', 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0",
    49: "@", 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"',
    57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
"""Formats that files name by number, as Excel shows them in Chinese."""
_PIECES = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|AM/PM|上午/下午|[^"\\_*\[]', re.IGNORECASE | re.DOTALL)
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
AFTER_1900 = 1462
"""Days: what a workbook that counts from 1904 has less in each of its dates."""
_DATE_PARTS = re.compile(r"y+|m+|d+|h+|s+(?:\.0+)?|a{3,4}|AM/PM|上午/下午|.", re.IGNORECASE | re.DOTALL)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_EXACT = Context(prec=400)
_LAST_DAY = 2_958_465  # 9999-12-31


class _Section(NamedTuple):
    """A part of a format between semicolons: words before and after, and the mask between."""

    before: str
    mask: str
    after: str


def is_date(code: str) -> bool:
    """Whether a format shows a day or an hour."""
    if "general" in code.lower():
        return False
    first = _sections(code)[0]
    return any(_ELAPSED.fullmatch(piece) or (len(piece) == 1 and piece in "yYmMdDhHsS") for piece in first)


def shown(number: Decimal, code: str, from_1904: bool = False) -> str:
    """A number under a format (empty: 常规) as a person sees it in a column that is wide enough."""
    if not code or "general" in code.lower() or code == "@":
        return _general(number)
    if is_date(code):
        return _date(number, code, from_1904) or _general(number)
    sections = _sections(code)
    index = 1 if number < 0 and len(sections) > 1 else 2 if not number and len(sections) > 2 else 0
    section = _laid_out(sections[index])
    if section is None:
        return _general(number)
    if not section.mask:
        return section.before
    sign = "-" if number < 0 and index == 0 else ""
    body = _masked(abs(number), section)
    return _general(number) if body is None else f"{section.before}{sign}{body}{section.after}".strip()


def _general(number: Decimal) -> str:
    if lost_digits(number):
        return f"{number:.5E}".replace(".00000E", "E") if abs(number.adjusted()) < 100 else str(number)
    return f"{number:f}"


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[tuple[str, ...], ...]:
    found: list[list[str]] = [[]]
    for piece in _PIECES.findall(code):
        if piece == ";":
            found.append([])
        else:
            found[-1].append(piece)
    return tuple(tuple(section) for section in found)


@lru_cache(maxsize=512)
def _laid_out(pieces: tuple[str, ...]) -> _Section | None:
    """A section's words and mask; None for a mask with words inside, which is rare."""
    before, mask, after = "", "", ""
    for piece in pieces:
        word = _literal(piece)
        if word is None:
            if after:
                return None
            mask += piece
        elif mask:
            after += word
        else:
            before += word
    return None if re.search(r"[/@]", mask) else _Section(before, mask, after)


def _literal(piece: str) -> str | None:
    """What a piece of a format prints whatever the number is; None for a digit's place."""
    if piece.startswith('"'):
        return piece[1:-1]
    if piece.startswith("\\"):
        return piece[1:]
    if piece.startswith("["):  # a colour, a condition, a currency
        return piece[2:-1].partition("-")[0] if piece.startswith("[$") else ""
    if piece[0] in "_*" and len(piece) == 2:
        return ""
    return None if piece in "0#?.,/@Ee+" else piece


def _masked(number: Decimal, section: _Section) -> str | None:
    mask = section.mask
    if re.search("[eE]", mask):
        places = len(re.findall("[0#?]", re.split("[eE]", mask)[0].partition(".")[2]))
        return f"{number:.{places}E}" if abs(number.adjusted()) < 100 else None
    number = number.scaleb(2 * (section.before + section.after).count("%"), _EXACT)
    whole, _, fraction = mask.partition(".")
    scale = re.search(",*$", whole if "." not in mask else re.sub("[0#?]", "", fraction))
    thousands = len(scale[0]) if scale else 0
    whole, fraction = whole.rstrip(","), fraction.rstrip(",")
    number = number.scaleb(-3 * thousands, _EXACT).quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP, _EXACT)
    digits, _, decimals = f"{number:f}".partition(".")
    digits = ("" if digits == "0" else digits).zfill(whole.count("0"))
    digits = f"{int(digits):,}" if "," in whole and digits and whole.count("0") < 2 else digits
    kept = len(decimals)
    while kept and decimals[kept - 1] == "0" and fraction[kept - 1] in "#?":
        kept -= 1
    return digits + (f".{decimals[:kept]}" if "." in mask and fraction else "")


def _date(number: Decimal, code: str, from_1904: bool) -> str | None:
    moment = moment_of(number, from_1904)
    if moment is None or _ELAPSED.search(code):
        return None
    text = ""
    pieces = [(piece, _literal(piece)) for piece in _sections(code)[0]]
    parts = _DATE_PARTS.findall(
        "".join(piece if _counts(piece) else f"\0{piece if word is None else word}\0" for piece, word in pieces)
    )
    clock = "AM/PM" in code.upper() or "上午/下午" in code
    literal, hours = False, False
    for index, part in enumerate(parts):
        if part == "\0":
            literal = not literal
            continue
        low = part.lower()
        later = next((other.lower() for other in parts[index + 1 :] if other[0].lower() in "ymdhs"), "")
        minutes = low in ("m", "mm") and (hours or later.startswith("s"))
        text += part if literal else _part(moment, low, minutes, clock)
        hours = low.startswith("h") or (hours and low[0] not in "yds" and not minutes)
    return text.strip()


def _counts(piece: str) -> bool:
    return (len(piece) == 1 and piece in "yYmMdDhHsSaA.0") or piece.upper() in ("AM/PM", "上午/下午")


def moment_of(number: Decimal, from_1904: bool = False) -> datetime | None:
    """The day and hour of a serial number; None where Excel has none."""
    if not 0 <= number <= _LAST_DAY:
        return None
    days = number + AFTER_1900 if from_1904 else number
    start = datetime(1899, 12, 31) if days < 60 else datetime(1899, 12, 30)  # Excel has a 29 February 1900
    try:
        return start + timedelta(seconds=int((days * 86400).to_integral_value(ROUND_HALF_UP)))
    except OverflowError:
        return None


def _part(moment: datetime, part: str, minutes: bool, clock: bool) -> str:
    if part in ("am/pm", "上午/下午"):
        return ("AM", "PM")[moment.hour >= 12] if part == "am/pm" else ("上午", "下午")[moment.hour >= 12]
    if part[0] in "ad" and len(part) > 2:
        return ("星期" if len(part) == 4 else "") + "一二三四五六日"[moment.weekday()]
    if part[0] == "m" and len(part) > 2:
        return _MONTHS[moment.month - 1]
    if part[0] == "y":
        return f"{moment.year:04d}"[-4 if len(part) > 2 else -2 :]
    hour = (moment.hour + 11) % 12 + 1 if clock else moment.hour
    values = {"m": moment.minute if minutes else moment.month, "d": moment.day, "h": hour, "s": moment.second}
    return str(values[part[0]]).zfill(min(len(part), 2)) if part[0] in values else part
