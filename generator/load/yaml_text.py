"""YAML as positioned text: nothing is guessed to be a number, a date or a truth value.

Anchors, tags, tabs, duplicate keys and second documents are problems, not features.
"""

from __future__ import annotations

import re

import yaml

from generator.model.problem import Note, Problem, Severity
from generator.model.source import Position, Source, Text

Node = yaml.Node
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85\u2028\u2029\u202a-\u202e\u2066-\u2069\ue000-\uf8ff\ufffe\uffff]"
)
_PLAIN_TAGS = frozenset(
    "tag:yaml.org,2002:" + kind
    for kind in ("str", "int", "float", "bool", "null", "timestamp", "map", "seq", "value", "merge")
)
_ANCHOR = re.compile(r"^[^#'\"]*(?:[:\-\[,]\s+|^)([&*])[\w.]+", re.MULTILINE)
_FULL_WIDTH_COLON = re.compile(r"^\s*(?:- )?[^\s:#'\"|>][^:#'\"]*：\s*\S*$")


class Reader:
    """One file being read: its text, and the problems found in it so far."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.problems: list[Problem] = []

    def at(self, node: Node) -> Position:
        """Where a node starts."""
        mark = node.start_mark
        return Position(self.source.name, mark.line + 1, mark.column + 1)

    def report(self, code: str, node: Node | Position, message: str, remedy: str, *notes: Note) -> None:
        """Add an error at a node."""
        self.problems.append(Problem(code, Severity.ERROR, message, remedy, *self._mark(node), notes))

    def warn(self, code: str, node: Node | Position, message: str, remedy: str, *notes: Note) -> None:
        """Add a warning at a node."""
        self.problems.append(Problem(code, Severity.WARNING, message, remedy, *self._mark(node), notes))

    def _mark(self, node: Node | Position) -> tuple[Position, int]:
        if isinstance(node, Position):
            return node, 1
        return self.at(node), max(1, len(node.value)) if isinstance(node, yaml.ScalarNode) else 1

    def text(self, node: yaml.ScalarNode) -> Text:
        """A scalar with its place."""
        return Text(node.value, self.at(node))


def parse(reader: Reader) -> Node | None:
    """The file's root node, or None after reporting why there is none."""
    source = reader.source
    if reject_characters(reader) or _reject_tabs(reader):
        return None
    try:
        root = yaml.compose(source.text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        if not _reject_references(reader):
            _report_syntax(reader, error)
        return None
    except yaml.YAMLError:
        reader.report(
            "Y002", Position(source.name, 1, 1), "文件不是有效的YAML文本", "请用文本编辑器另存为UTF-8后重试。"
        )
        return None
    except RecursionError:
        reader.report(
            "Y002", Position(source.name, 1, 1), "嵌套层次过深，无法读取", "请检查是否误复制了大量括号或缩进。"
        )
        return None
    if root is None:
        reader.report(
            "Y009", Position(source.name, 1, 1), "文件是空的", "请按说明填写内容，可参考 data/2022/ 下的同名文件。"
        )
        return None
    before = len(reader.problems)
    _check_tokens(reader)
    _walk(reader, root)
    return root if len(reader.problems) == before else None


def reject_characters(reader: Reader) -> bool:
    """Report the first character that can't stand in a document, or that would reorder its words."""
    found = _CONTROL.search(reader.source.text)
    if found is None:
        return False
    _report_character(reader, _place(reader.source, found.start()), found[0])
    return True


def _report_character(reader: Reader, place: Position, character: str) -> None:
    shown = f"U+{ord(character):04X}"
    reader.report("Y011", place, f"此处有一个看不见的控制字符（{shown}）", "请删除该字符后重新输入这一行。")


def _reject_tabs(reader: Reader) -> bool:
    found = re.search(r"^[ ]*\t", reader.source.text, re.MULTILINE)
    if found is None:
        return False
    place = _place(reader.source, found.end() - 1)
    reader.report("Y010", place, "缩进用了制表符（Tab）", "YAML只能用空格缩进，请把Tab换成空格。")
    return True


def _place(source: Source, index: int) -> Position:
    start = source.text.rfind("\n", 0, index) + 1
    return Position(source.name, source.text.count("\n", 0, index) + 1, index - start + 1)


def _report_syntax(reader: Reader, error: yaml.MarkedYAMLError) -> None:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    lines = reader.source.text.splitlines()
    for number in (line, line - 1):
        if 0 < number <= len(lines) and _FULL_WIDTH_COLON.match(lines[number - 1]):
            place = Position(reader.source.name, number, lines[number - 1].index("：") + 1)
            reader.report("Y002", place, "用了全角冒号“：”", "名称后面请用半角冒号加一个空格“: ”。")
            return
    message, remedy = _SYNTAX.get(
        _kind(error), ("这里的写法不符合YAML格式", "请检查缩进、冒号后的空格和引号是否成对。")
    )
    reader.report("Y002", Position(reader.source.name, line, column), message, remedy)


def _kind(error: yaml.MarkedYAMLError) -> str:
    text = f"{error.context or ''} {error.problem or ''}"
    return next((key for key in _SYNTAX if key in text), "")


_SYNTAX = {
    "quoted scalar": ("引号没有成对", "请补上缺少的引号，或去掉多余的引号。"),
    "could not find expected ':'": ("这一行缺少半角冒号", "请写成“名称: 内容”，冒号是半角的，后面有一个空格。"),
    "mapping values are not allowed": (
        "这里多了一个冒号，或缩进不对",
        "内容里有“: ”时请给整段内容加引号；并检查与上一行的缩进。",
    ),
    "expected a single document": ("一个文件里有两份内容（出现了“---”）", "请删去“---”及其后的部分，或分成两个文件。"),
    "cannot start any token": ("这个字符不能放在内容的开头", "请给整段内容加上引号。"),
    "did not find expected '-' indicator": ("列表的缩进不一致", "同一列表的各行“- ”要上下对齐。"),
    "did not find expected key": ("缩进不一致，或引号后面还有内容", "同一层的各行要上下对齐；引号应包住整段内容。"),
    "undefined alias": ("不支持“*”引用", "请把内容完整写出；以“*”开头的内容请加引号。"),
}


def _reject_references(reader: Reader) -> bool:
    found = _ANCHOR.search(reader.source.text) if "&" in reader.source.text else None
    if found:
        place = _place(reader.source, found.start(1))
        reader.report("Y004", place, f"不支持“{found[1]}”引用", f"请把内容完整写出；以“{found[1]}”开头的内容请加引号。")
    return found is not None


def _check_tokens(reader: Reader) -> None:
    """What the nodes no longer show: anchors, and characters that a quoted text spells with “\\”."""
    text = reader.source.text
    if "&" not in text and "\\" not in text:
        return
    for token in yaml.scan(text, Loader=_LOADER):
        place = Position(reader.source.name, token.start_mark.line + 1, token.start_mark.column + 1)
        if isinstance(token, yaml.AnchorToken):
            reader.report("Y004", place, "不支持“&”引用", "请把内容完整写出；以“&”开头的内容请加引号。")
        elif isinstance(token, yaml.ScalarToken) and (found := _CONTROL.search(token.value)):
            _report_character(reader, place, found[0])


def _walk(reader: Reader, root: Node) -> None:
    seen: set[int] = set()
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.tag not in _PLAIN_TAGS:
            reader.report(
                "Y005", reader.at(node), f"不支持类型标记“{node.tag}”", "请删去“!”标记；以“!”开头的内容请加引号。"
            )
        if isinstance(node, yaml.ScalarNode):
            continue
        if id(node) in seen:
            reader.report("Y004", reader.at(node), "不支持引用（&、*）", "请把内容完整写出。")
            continue
        seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            waiting.extend(node.value)
        elif isinstance(node, yaml.MappingNode):
            _walk_mapping(reader, node, waiting)


def _walk_mapping(reader: Reader, node: yaml.MappingNode, waiting: list[Node]) -> None:
    first: dict[str, Node] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            reader.report("Y008", reader.at(key), "名称应是一段文字", "请写成“名称: 内容”。")
            continue
        if key.value in first:
            where = reader.at(first[key.value])
            note = Note(f"“{key.value}”第一次出现在这里", where)
            reader.report("Y003", key, f"“{key.value}”重复出现", f"请删去其中一处（另一处在第{where.line}行）。", note)
        first.setdefault(key.value, key)
        waiting.append(value)
