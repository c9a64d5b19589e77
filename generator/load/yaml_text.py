"""YAML as positioned text: nothing is guessed to be a number, a date or a truth value.

Anchors, tags, tabs, duplicate keys and second documents are problems, not features.
"""

from __future__ import annotations

import re

import yaml

from generator.model.problem import Note, Problem, Severity
from generator.model.source import Position, Source, Text, all_seen, lines_of

Node = yaml.Node
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CONTROL = (
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069"
    "\ue000-\uf8ff\ufeff\ufffe\uffff]"
)
_PLAIN_TAGS = frozenset(
    "tag:yaml.org,2002:" + kind
    for kind in ("str", "int", "float", "bool", "null", "timestamp", "map", "seq", "value", "merge")
)
_ANCHOR = re.compile(r"(?:^|[:\-?\[,{]) *&\w", re.MULTILINE)
_WIDE_INDENT = "^ *([\u3000\xa0])"
_KEY = r"^\s*(?:- +)*(?:\"[^\"]*\"\s*|'[^']*'\s*|[^\s'\"#\[{|>&*!:：-][^'\"#:：]*)"
_BAD_COLON = _KEY + r"(?:(：)|(:)(?![ /]|$))"
_BAD_DASH = r" *-(?=[^\s0-9.-])"
_BLANKS = " \t\u3000\xa0"
_REMARK = re.compile(
    r"(?<=\S)[ \t]+(#(?=[^\s#]).*|# +[0-9一二三四五六七八九十]+[期号楼栋幢座层批标线].{0,4}$)", re.MULTILINE
)
_NUMBER = re.compile(r"[0-9.,%]+")
_DEEPEST = 40


class Reader:
    """One file being read: its text, and the problems found in it so far."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.problems: list[Problem] = []
        self.codes: list[tuple[str, yaml.ScalarNode]] = []  # what its filters name, to be looked up when all is read

    def at(self, node: Node) -> Position:
        """Where a node starts."""
        mark = node.start_mark
        return Position(self.source.name, mark.line + 1, mark.column + 1)

    def inside(self, node: Node) -> Position:
        """Where a scalar's text starts: after its quote."""
        start = self.at(node)
        return start._replace(column=start.column + quote_width(node))

    def report(self, code: str, node: Node | Position, message: str, remedy: str, *notes: Note) -> None:
        """Add an error at a node."""
        self.problems.append(Problem(code, Severity.ERROR, message, remedy, *self._mark(node), notes))

    def warn(self, code: str, node: Node | Position, message: str, remedy: str, *notes: Note) -> None:
        """Add a warning at a node."""
        self.problems.append(Problem(code, Severity.WARNING, message, remedy, *self._mark(node), notes))

    def _mark(self, node: Node | Position) -> tuple[Position, int]:
        if isinstance(node, Position):
            return node, 1
        return self.at(node), _length(node) if isinstance(node, yaml.ScalarNode) else 1

    def text(self, node: yaml.ScalarNode) -> Text:
        """A scalar with its place."""
        return Text(node.value, self.at(node))


def _length(node: yaml.ScalarNode) -> int:
    """How many characters of its first line a scalar takes, quotes included."""
    start, end = node.start_mark, node.end_mark
    return max(1, end.column - start.column if start.line == end.line else len(node.value))


def quote_width(node: Node) -> int:
    """How many characters stand before a scalar's own: 1 when it is quoted."""
    return 1 if isinstance(node, yaml.ScalarNode) and node.style in ("'", '"') else 0


def parse(reader: Reader) -> Node | None:
    """The file's root node, or None after reporting why there is none."""
    source = reader.source
    if reject_characters(reader) or _reject_tabs(reader) or _reject_anchors(reader):
        return None
    try:
        root = yaml.compose(source.text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        _report_syntax(reader, error)
        return None
    except yaml.YAMLError:
        reader.report(
            "Y002", Position(source.name, 1, 1), "文件不是有效的YAML文本", "请用文本编辑器另存为UTF-8后重试。"
        )
        return None
    except RecursionError:  # only without libyaml, which has a limit of its own
        _report_depth(reader, 1)
        return None
    if root is None:
        reader.report("Y009", Position(source.name), "文件里没有内容", _EMPTY_REMEDY)
        return None
    before = len(reader.problems)
    _check_escapes(reader)
    _walk(reader, root)
    broken = len(reader.problems) > before
    _warn_of_remarks(reader)
    return None if broken else root


def reject_characters(reader: Reader) -> bool:
    """Report the first character that can't stand in a document, or that would reorder its words."""
    found = None if all_seen(reader.source.text) else re.search(_CONTROL, reader.source.text)
    if found is None:
        return False
    _report_character(reader, reader.source.at(found.start()), found[0])
    return True


def _report_character(reader: Reader, place: Position, character: str) -> None:
    shown = f"U+{ord(character):04X}"
    reader.report("Y011", place, f"此处有一个看不见的控制字符（{shown}）", "请删除该字符后重新输入这一行。")


def _reject_tabs(reader: Reader) -> bool:
    found = re.search(r"^[ ]*\t", reader.source.text, re.MULTILINE)
    if found is None:
        return False
    place = reader.source.at(found.end() - 1)
    reader.report("Y010", place, "缩进用了制表符（Tab）", "YAML只能用空格缩进，请把Tab换成空格。")
    return True


def _report_depth(reader: Reader, line: int) -> None:
    place = Position(reader.source.name)  # such a line is too long to show
    reader.report("Y002", place, f"第{line}行嵌套的层次过多", "请检查是否误复制了大量括号、“- ”或缩进。")


def _report_syntax(reader: Reader, error: yaml.MarkedYAMLError) -> None:
    kind = _kind(error)
    mark = error.problem_mark or error.context_mark or yaml.Mark("", 0, 0, 0, None, 0)
    if kind == "nesting depth":
        _report_depth(reader, mark.line + 1)
        return
    quote = _open_quote(reader, mark.line)
    if quote is not None:
        kind, mark = "quoted scalar", quote
    elif kind in _WHERE_IT_BEGAN and error.context_mark is not None:
        mark = error.context_mark
    if kind != "quoted scalar" and _report_look_alike(reader, mark.line):
        return
    if kind == "mapping values are not allowed" and _report_indent(reader, mark):
        return
    message, remedy = _SYNTAX.get(kind, _UNKNOWN_SYNTAX)
    place = Position(reader.source.name, mark.line + 1, mark.column + 1)
    reader.report(_CODES.get(kind, "Y002"), place, message, remedy)


def _report_indent(reader: Reader, mark: yaml.Mark) -> bool:
    """A line's only colon that may not stand there: the line was taken as more of the text above."""
    line = lines_of(reader.source)[mark.line]
    before = line[: mark.column]
    if ": " in before:
        return False
    place = Position(reader.source.name, mark.line + 1, len(before) - len(before.lstrip(" ")) + 1)
    remedy = "请看上一行末尾是否少了冒号，这一行与同一层的其他行是否上下对齐。"
    reader.report("Y002", place, "这一行被当成了上一行的续行", remedy)
    return True


def _kind(error: yaml.MarkedYAMLError) -> str:
    text = f"{error.context or ''} {error.problem or ''}"
    return next((key for key in _SYNTAX if key in text), "")


def _open_quote(reader: Reader, line: int) -> yaml.Mark | None:
    """Where the quoted text began that runs over a line's end and was closed, in ``line``, by another's quote."""
    opened = None
    try:
        for token in yaml.scan(reader.source.text, Loader=_LOADER):
            if token.start_mark.line > line:
                break
            if isinstance(token, yaml.ScalarToken) and token.style in ("'", '"'):
                opened = token if token.start_mark.line < token.end_mark.line else opened
    except yaml.YAMLError:
        pass  # already being reported
    return opened.start_mark if opened is not None and opened.end_mark.line == line else None


def _report_look_alike(reader: Reader, line: int) -> bool:
    """Full-width blanks and colons, and colons without a space: YAML only notices a line or more below."""
    lines = lines_of(reader.source)
    first = line
    while first > 0 and _look_alike(lines[first - 1]):
        first -= 1
    for number in range(first, min(line + 1, len(lines))):
        found = _look_alike(lines[number])
        if found:
            column, code, message, remedy = found
            reader.report(code, Position(reader.source.name, number + 1, column + 1), message, remedy)
            return True
    return False


def _look_alike(line: str) -> tuple[int, str, str, str] | None:
    indent = re.match(_WIDE_INDENT, line)
    if indent:
        return (indent.start(1), "Y010", "行首用了全角空格", "缩进只能用半角空格，请删去后重新输入空格。")
    dash = re.match(_BAD_DASH, line)
    if dash:
        return (dash.end() - 1, "Y002", "“-”后面没有空格", "列表的每一项前面是“-”加一个空格。")
    colon = re.match(_BAD_COLON, line)
    if colon is None:
        return None
    if colon[1]:
        return (colon.start(1), "Y002", "用了全角冒号“：”", "名称后面请用半角冒号加一个空格“: ”。")
    if line[colon.end() : colon.end() + 1] in ("\u3000", "\xa0"):
        return (colon.end(), "Y002", "冒号后面是全角空格", "请改成一个半角空格。")
    return (colon.start(2), "Y002", "冒号后面没有空格", "请在冒号后面加一个空格，写成“名称: 内容”。")


_EMPTY_REMEDY = "请填写内容。清单确实没有内容时写一行“[]”；不需要的文件请删去。"
_UNKNOWN_SYNTAX = ("这里的写法不符合YAML格式", "请检查缩进、冒号后的空格和引号是否成对。")
_ANCHORED = ("不支持“&”引用", "请把内容完整写出；以“&”开头的内容请加引号。")
_ALIASED = ("不支持“*”引用", "请把内容完整写出；以“*”开头的内容请加引号。")
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
    "scanning an anchor": _ANCHORED,
    "scanning an alias": _ALIASED,
    "undefined alias": _ALIASED,
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


def _reject_anchors(reader: Reader) -> bool:
    """Anchors leave no trace in nodes. A cheap search first: most files have no “&” where one could stand."""
    if "&" not in reader.source.text or not _ANCHOR.search(reader.source.text):
        return False
    try:
        for token in yaml.scan(reader.source.text, Loader=_LOADER):
            if isinstance(token, (yaml.AnchorToken, yaml.AliasToken)):
                place = Position(reader.source.name, token.start_mark.line + 1, token.start_mark.column + 1)
                reader.report("Y004", place, *(_ANCHORED if isinstance(token, yaml.AnchorToken) else _ALIASED))
                return True
    except yaml.YAMLError:
        pass  # compose will report it
    return False


def _check_escapes(reader: Reader) -> None:
    """Characters that can't stand in a document, spelt with “\\” in a quoted text."""
    if "\\" not in reader.source.text:
        return
    for token in yaml.scan(reader.source.text, Loader=_LOADER):
        if isinstance(token, yaml.ScalarToken) and (found := re.search(_CONTROL, token.value)):
            place = Position(reader.source.name, token.start_mark.line + 1, token.start_mark.column + 1)
            _report_character(reader, place, found[0])


def _warn_of_remarks(reader: Reader) -> None:
    """“设备购置 #2期”: YAML takes “#2期” for a comment and leaves it out, which a clerk would see in print only.

    Comments are usually written with a space after “#”; what is not, or numbers a phase or a building, is asked about.
    After a number nobody goes on with “#”. A cheap search first: most files have no such line.
    """
    if not _REMARK.search(reader.source.text):
        return
    lines = lines_of(reader.source)
    for token in yaml.scan(reader.source.text, Loader=_LOADER):
        if isinstance(token, yaml.ScalarToken) and token.plain and not _NUMBER.fullmatch(token.value):
            end = token.end_mark
            found = _REMARK.match(lines[end.line], end.column)
            if found:
                place = Position(reader.source.name, end.line + 1, found.start(1) + 1)
                _warn_of_remark(reader, place, token.value, found[1].rstrip())


def _warn_of_remark(reader: Reader, place: Position, text: str, remark: str) -> None:
    quote = "'" if {'"', "\\"} & {*text, *remark} else '"'
    whole = f"{quote}{' '.join(text.split())} {remark}{quote}"
    apart = "另起一行，以“#”开头" if remark.startswith("# ") else "在“#”后面空一格"
    reader.problems.append(
        Problem(
            "Y015",
            Severity.WARNING,
            f"“{remark}”会被当作说明，不算在内容里",
            f"属于内容的，请加引号，写成{whole}；确是说明的，请{apart}。",
            place,
            len(remark),
        )
    )


def _walk(reader: Reader, root: Node) -> None:
    """Level by level, so that depth costs no stack."""
    seen: set[int] = set()
    level = [root]
    for _ in range(_DEEPEST):
        below: list[Node] = []
        for node in level:
            _walk_node(reader, node, seen, below)
        level = below
    if level:
        _report_depth(reader, reader.at(level[0]).line)


def _walk_node(reader: Reader, node: Node, seen: set[int], below: list[Node]) -> None:
    if node.tag not in _PLAIN_TAGS:
        tag = node.tag.replace("tag:yaml.org,2002:", "!!")
        reader.report("Y005", reader.at(node), f"不支持类型标记“{tag}”", "请删去“!”标记；以“!”开头的内容请加引号。")
    if isinstance(node, yaml.ScalarNode):
        _reject_swallowed(reader, node)
        return
    if id(node) in seen:
        reader.report("Y004", reader.at(node), "不支持引用（&、*）", "请把内容完整写出。")
        return
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        below.extend(node.value)
    elif isinstance(node, yaml.MappingNode):
        _walk_mapping(reader, node, below)


def _reject_swallowed(reader: Reader, node: yaml.ScalarNode) -> None:
    """A list's item that is not aligned is no item: YAML takes it as more of the text above."""
    first, last = node.start_mark.line, node.end_mark.line
    if first == last or node.style in ("'", '"', "|", ">"):
        return
    for number, line in enumerate(lines_of(reader.source)[first + 1 : last + 1], first + 2):
        bare = line.lstrip(" ")
        if bare.startswith("- "):
            place = Position(reader.source.name, number, len(line) - len(bare) + 1)
            reader.report("Y002", place, "“- ”没有对齐，这一行被当成了上一行的续行", "同一列表的各行“- ”要上下对齐。")


def _walk_mapping(reader: Reader, node: yaml.MappingNode, below: list[Node]) -> None:
    first: dict[str, Node] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            reader.report("Y008", reader.at(key), "名称应是一段文字", "请写成“名称: 内容”。")
            continue
        if key.value in first:
            where = reader.at(first[key.value])
            note = Note(f"“{key.value}”第一次出现在这里", where)
            reader.report("Y003", key, f"“{key.value}”重复出现", f"请删去其中一处（另一处在第{where.line}行）。", note)
        elif key.value.strip(_BLANKS) != key.value:
            reader.report("Y010", key, f"名称“{key.value}”的前后有空格", "请删去名称前后的全角空格。")
        elif "：" in key.value and isinstance(value, yaml.ScalarNode) and not value.value and not key.style:
            place = reader.at(key)
            place = place._replace(column=place.column + key.value.index("："))
            reader.report("Y002", place, "用了全角冒号“：”", "名称后面请用半角冒号加一个空格“: ”，各项之间用半角逗号。")
        first.setdefault(key.value, key)
        below.append(value)
