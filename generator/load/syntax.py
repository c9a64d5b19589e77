"""What a clerk most likely did where YAML can't be read: pure functions from the text to what is said of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import yaml

from generator.load.quick_yaml import scanned
from generator.model.source import Position, Source, lines_of
from generator.model.unseen import BLANKS, name_of, unseen

_WIDE_INDENT = f"^ *([{BLANKS}])"
_KEY = r"^\s*(?:- +)*(?:\"[^\"]*\"\s*|'[^']*'\s*|[^\s'\"#\[{|>&*!:：-][^'\"#:：]*)"
_BAD_COLON = _KEY + r"(?:(：)|(:)(?![ /]|$))"
_BAD_DASH = rf" *-(?=[^\s0-9.-]|[{BLANKS}])"
_VALUE = r" *[^\s#'\"].*?: +\S"


class Mistake(NamedTuple):
    """The rule's code, where, what is wrong and how to mend it."""

    code: str
    position: Position
    message: str
    remedy: str


def mistake_of(source: Source, error: yaml.MarkedYAMLError) -> Mistake:
    """What is said of a text that the parser refused."""
    kind = _kind(error)
    mark = error.problem_mark or error.context_mark or yaml.Mark("", 0, 0, 0, None, 0)
    if kind == "nesting depth":
        return too_deep(source, mark.line + 1)
    quote = _open_quote(source, mark.line)
    if quote is not None:
        kind, mark = "quoted scalar", quote
    elif kind in _WHERE_IT_BEGAN and error.context_mark is not None:
        mark = error.context_mark
    found = None
    if kind in _LINES_APART:
        found = _torn_off(source, mark.line, colons=kind != "did not find expected '-' indicator")
    if found is None and kind != "quoted scalar":
        found = _look_alike_near(source, mark.line)
    if found is None and kind == "mapping values are not allowed":
        found = _taken_for_more(source, mark)
    message, remedy = _SYNTAX.get(kind, _UNKNOWN_SYNTAX)
    place = Position(source.name, mark.line + 1, mark.column + 1)
    return found or Mistake(_CODES.get(kind, "Y002"), place, message, remedy)


def too_deep(source: Source, line: int) -> Mistake:
    """Such a line is too long to show."""
    message, remedy = f"第{line}行嵌套的层次过多", "请检查是否误复制了大量括号、“- ”或缩进。"
    return Mistake("Y002", Position(source.name), message, remedy)


def _taken_for_more(source: Source, mark: yaml.Mark) -> Mistake | None:
    """A line's only colon that may not stand there: the line was taken as more of the text above."""
    line = lines_of(source)[mark.line]
    before = line[: mark.column]
    if ": " in before:
        return None
    place = Position(source.name, mark.line + 1, _indent(before) + 1)
    remedy = "请看上一行末尾是否少了冒号，这一行与同一层的其他行是否上下对齐。"
    return Mistake("Y002", place, "这一行被当成了上一行的续行", remedy)


def _torn_off(source: Source, number: int, colons: bool) -> Mistake | None:
    """A line that belongs to a list without its “- ”, or to the line above it.

    ``colons``: whether a colon in it may mean that it is a name of its own, badly written.
    """
    lines = lines_of(source)
    line = lines[number]
    place = Position(source.name, number + 1, _indent(line) + 1)
    above, below = _upwards(lines, number), next((text for text in lines[number + 1 :] if _says_something(text)), "")
    no_name = line.rstrip().endswith(("。", "；", "，", "、"))
    if number and (
        (no_name and _indent(lines[number - 1]) > _indent(line)) or _within_an_item(lines[number - 1], line, below)
    ):
        return _broken(place)
    if (
        not above
        or line.lstrip().startswith("- ")
        or re.match(_WIDE_INDENT, line)
        or (colons and _indent(below) > _indent(line))
    ):
        return None
    if above.lstrip().startswith("- "):
        named = colons and re.search("[:：]", line) and _is_flat(lines, number, _indent(above))
        if named or (_indent(above) > _indent(line) and not below.startswith(f"{' ' * _indent(above)}- ")):
            return None
        return missing_dash(place)
    if not re.match(_VALUE, above) or _indent(above) != _indent(line) or re.search(r"[:：]|\S\s+\S", line):
        return None
    return _broken(place)


def _within_an_item(above: str, line: str, below: str) -> bool:
    """Whether a line without a colon stands between the first line of an item, which has a value, and its second."""
    inside = _indent(above) + len("- ")
    begins = re.match(f" *- {_VALUE}", above) and not re.search("[:：]", line) and not line.lstrip().startswith("- ")
    return bool(begins) and _indent(line) < inside == _indent(below) and not below.lstrip().startswith("- ")


def _broken(place: Position) -> Mistake:
    remedy = (
        "是上一行的内容，请接到上一行的末尾，写在一行里；是另一项，请写成“名称: 内容”，冒号是半角的，后面有一个空格。"
    )
    return Mistake("Y002", place, "这一行缺少冒号，像是上一行断成了两行", remedy)


def missing_dash(place: Position) -> Mistake:
    """An item of a list that nothing begins."""
    remedy = "是单独一项，请在前面加“- ”，与其他各项上下对齐；是上一项的后半，请接到上一行的末尾，写在一行里。"
    return Mistake("Y002", place, "这一行在列表里，前面没有“- ”", remedy)


def _upwards(lines: Sequence[str], number: int) -> str:
    """The nearest line above that is an item, or stands no deeper than this one; empty where there is none."""
    depth = _indent(lines[number])
    for text in reversed(lines[:number]):
        if _says_something(text) and (_indent(text) <= depth or text.lstrip().startswith("- ")):
            return text
    return ""


def _is_flat(lines: Sequence[str], number: int, depth: int) -> bool:
    """Whether a list's items stand under the first letter of its name: what stands there too may be the next name."""
    for text in reversed(lines[:number]):
        if _says_something(text) and _indent(text) <= depth and not text.lstrip().startswith("- "):
            return _indent(text) == depth
    return False


def _says_something(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _kind(error: yaml.MarkedYAMLError) -> str:
    text = f"{error.context or ''} {error.problem or ''}"
    return next((key for key in _SYNTAX if key in text), "")


def _open_quote(source: Source, line: int) -> yaml.Mark | None:
    """Where the quoted text began that runs over a line's end and was closed, in ``line``, by another's quote."""
    opened = None
    try:
        for token in scanned(source.text):
            if token.start_mark.line > line:
                break
            if isinstance(token, yaml.ScalarToken) and token.style in ("'", '"'):
                opened = token if token.start_mark.line < token.end_mark.line else opened
    except yaml.YAMLError:
        pass  # already being reported
    return opened.start_mark if opened is not None and opened.end_mark.line == line else None


def _look_alike_near(source: Source, line: int) -> Mistake | None:
    """Full-width blanks and colons, and colons without a space: YAML only notices a line or more below."""
    lines = lines_of(source)
    first = line
    while first > 0 and _look_alike(lines[first - 1]):
        first -= 1
    for number in range(first, min(line + 1, len(lines))):
        found = _look_alike(lines[number])
        if found:
            column, code, message, remedy = found
            return Mistake(code, Position(source.name, number + 1, column + 1), message, remedy)
    return None


def bad_dash(line: str) -> str:
    """What is wrong behind a line's “-”; empty where nothing is, or there is none."""
    found = re.match(_BAD_DASH, line)
    if found is None:
        return ""
    blank = unseen(line[found.end() : found.end() + 1])
    return f"“-”后面是{name_of(blank[0])}" if blank else "“-”后面没有空格"


DASH_REMEDY = "列表的每一项前面是“-”加一个半角空格。"


def _look_alike(line: str) -> tuple[int, str, str, str] | None:
    indent = re.match(_WIDE_INDENT, line)
    if indent:
        what = f"行首用了{name_of(indent[1])}"
        return (indent.start(1), "Y010", what, "缩进只能用半角空格，请删去后重新输入空格。")
    dash = bad_dash(line)
    if dash:
        return (line.index("-"), "Y002", dash, DASH_REMEDY)
    colon = re.match(_BAD_COLON, line)
    if colon is None:
        return None
    if colon[1]:
        return (colon.start(1), "Y002", "用了全角冒号“：”", "名称后面请用半角冒号加一个空格“: ”。")
    if blank := unseen(line[colon.end() : colon.end() + 1]):
        return (colon.end(), "Y002", f"冒号后面是{name_of(blank[0])}", "请改成一个半角空格。")
    return (colon.start(2), "Y002", "冒号后面没有空格", "请在冒号后面加一个空格，写成“名称: 内容”。")


_UNKNOWN_SYNTAX = ("这里的写法不符合YAML格式", "请检查缩进、冒号后的空格和引号是否成对。")
ANCHORED = ("不支持“&”引用", "请把内容完整写出；以“&”开头的内容请加引号。")
ALIASED = ("不支持“*”引用", "请把内容完整写出；以“*”开头的内容请加引号。")
_TWO_DOCUMENTS = ("一个文件里有两份内容（出现了“---”或“...”）", "请删去“---”“...”及其后的部分，或分成两个文件。")
_SYNTAX = {
    "nesting depth": _UNKNOWN_SYNTAX,
    "escape character": ("双引号里的“\\”会被当作转义", "请把外面的双引号改为单引号。"),
    "hexdecimal number": ("双引号里的“\\”会被当作转义", "请把外面的双引号改为单引号。"),
    "block scalar": ("以“>”或“|”开头的内容有特别的意思", "请给整段内容加上引号，或改用“≥”“大于”。"),
    "quoted scalar": ("引号没有成对，从这里开始的引号没有结束", "请补上缺少的引号，或去掉多余的引号。"),
    "could not find expected ':'": ("这一行缺少冒号", "请写成“名称: 内容”，冒号是半角的，后面有一个空格。"),
    "mapping values are not allowed": (
        "这里多了一个冒号，或缩进不对",
        "内容里有“: ”时请给整段内容加引号；并检查与上一行的缩进。",
    ),
    "block sequence entries": ("“- ”不能写在这里", "“- ”请另起一行；内容以“- ”开头时请加引号。"),
    "expected a single document": _TWO_DOCUMENTS,
    "document start": _TWO_DOCUMENTS,
    "YAML document": ("“%”不能放在行首", "请删去这一行；以“%”开头的内容请加引号。"),
    "cannot start any token": ("这个字符不能放在内容的开头", "请给整段内容加上引号。"),
    "did not find expected '-' indicator": ("列表的缩进不一致", "同一列表的各行“- ”要上下对齐。"),
    "did not find expected key": ("缩进不一致，或引号后面还有内容", "同一层的各行要上下对齐；引号应包住整段内容。"),
    "flow sequence": ("方括号没有成对，或各项之间缺少逗号", "请补上“]”；各项之间用半角逗号加空格分开。"),
    "flow mapping": ("花括号没有成对，或各项之间缺少逗号", "请补上“}”；各项之间用半角逗号加空格分开。"),
    "scanning an anchor": ANCHORED,
    "scanning an alias": ALIASED,
    "undefined alias": ALIASED,
    "a tag": ("不支持“!”标记", "请删去“!”；以“!”开头的内容请加引号。"),
}
_CODES = {"scanning an anchor": "Y004", "scanning an alias": "Y004", "undefined alias": "Y004", "a tag": "Y005"}
_WHERE_IT_BEGAN = (
    "scanning an anchor",
    "scanning an alias",
    "quoted scalar",
    "could not find expected ':'",
    "flow sequence",
    "flow mapping",
)
_LINES_APART = ("could not find expected ':'", "did not find expected '-' indicator")
