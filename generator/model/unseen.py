"""Characters nobody sees, or sees as a blank: text pasted from web pages and Excel is full of them."""

import re

_NAMES = {
    "\t": "制表符",
    "\xa0": "不换行空格",
    "\xad": "软连字符",
    "\u180e": "蒙古文元音分隔符",
    "\u2004": "三分空格",
    "\u2005": "四分空格",
    "\u2006": "六分空格",
    "\u2007": "数字宽空格",
    "\u2008": "标点宽空格",
    "\u2009": "窄空格",
    "\u200a": "极窄空格",
    "\u200b": "零宽空格",
    "\u200c": "零宽断字符",
    "\u200d": "零宽连字符",
    "\u200e": "从左到右标记",
    "\u200f": "从右到左标记",
    "\u2028": "行分隔符",
    "\u2029": "段分隔符",
    "\u202f": "窄不换行空格",
    "\u205f": "数学空格",
    "\u2060": "词连接符",
    "\u3000": "全角空格",
    "\u3164": "韩文填充符",
    "\ufeff": "字节顺序标记BOM",
}
_RANGES = (
    ("\u2000", "\u2003", "排版空格"),
    ("\u202a", "\u202e", "改变文字方向的标记"),
    ("\u2061", "\u2064", "不显示的数学符号"),
    ("\u2066", "\u2069", "改变文字方向的标记"),
    ("\u206a", "\u206f", "改变文字方向的标记"),
    ("\ue000", "\uf8ff", "自造字"),
    ("\ufe00", "\ufe0f", "字形标记"),
    ("\ufff9", "\ufffb", "注音标记"),
)
BLANKS = "\t\xa0\u2000-\u200a\u202f\u205f\u3000"
"""What looks like a space and is none, for a set in a pattern."""

HIDDEN = "\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff"
"""What no file may hold: it has no width and reorders or breaks words, for a set in a pattern."""

_UNSEEN = f"[{BLANKS}{HIDDEN}\xad\u180e\u200c\u200d\u2061-\u2064\u206a-\u206f\u3164\ufe00-\ufe0f\ufff9-\ufffb]"


def name_of(character: str) -> str:
    """What a clerk may call it, with its number: “不换行空格（U+00A0）”."""
    name = _NAMES.get(character) or next(
        (name for first, last, name in _RANGES if first <= character <= last), "控制字符"
    )
    return f"{name}（U+{ord(character):04X}）"


def unseen(text: str) -> re.Match[str] | None:
    """The first of them in a text."""
    return re.search(_UNSEEN, text)


def shown(text: str) -> str:
    """The text with their names where they stand: “1.81⟨不换行空格⟩”."""
    return re.sub(_UNSEEN, lambda found: f"⟨{name_of(found[0]).partition('（')[0]}⟩", text)


def without_unseen(text: str) -> str:
    """The text without them."""
    return re.sub(_UNSEEN, "", text)
