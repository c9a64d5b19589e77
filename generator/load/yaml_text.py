"""YAML as positioned text: nothing is guessed to be a number, a date or a truth value.

Anchors, tags, tabs, duplicate keys and second documents are problems, not features.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

import yaml

from generator.load.quick_yaml import composed, scanned
from generator.load.syntax import ALIASED, ANCHORED, Mistake, missing_dash, mistake_of, too_deep
from generator.model.ledger import DIMENSIONS, Dimension
from generator.model.number_format import NumberFormat
from generator.model.patterns import any_of
from generator.model.problem import Note, Problem, Severity
from generator.model.source import Position, Source, Text, all_seen, lines_of
from generator.model.unseen import HIDDEN, name_of, shown, unseen

if TYPE_CHECKING:
    from generator.model.record import RecordList
    from generator.model.tree import Tree

Node = yaml.Node
_CONTROL = f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f{HIDDEN}\ue000-\uf8ff\ufffe\uffff]"
_PLAIN_TAGS = frozenset(
    "tag:yaml.org,2002:" + kind
    for kind in ("str", "int", "float", "bool", "null", "timestamp", "map", "seq", "value", "merge")
)
_ANCHOR = r"(?m:^|[:\-?\[,{]) *&\w"
_PART = rf"{any_of(*'0123456789一二三四五六七八九十')}+{any_of(*'期号楼栋幢座层批标线')}"
_REMARK = rf"(?<=\S)[ \t]+(#(?=[^\s#]).*|# +{_PART}.{{0,4}}$)"
_NUMBER = r"[0-9.,%]+"
_DEEPEST = 40


class Reader:
    """One file being read: its text, and the problems found in it so far; ``own`` are the dimensions that the place declares, ``widened`` the usual ones to which it adds values, ``lists`` its lists of records, ``formats`` its ways to write numbers."""

    def __init__(self, source: Source, own: Mapping[str, Dimension] = MappingProxyType({})) -> None:
        self.source, self.own = source, own
        self.widened: Mapping[str, Dimension] = MappingProxyType({})
        self.lists: Mapping[str, RecordList] = MappingProxyType({})
        self.formats: Mapping[str, NumberFormat] = MappingProxyType({})
        self.problems: list[Problem] = []
        self.draft = False  # what is not filled in stops no draft
        self.blanks: set[tuple[int, int]] = (
            set()
        )  # line and column of what is not filled in: nothing else is said of it
        self.codes: list[tuple[str, yaml.ScalarNode]] = []  # what its filters name, to be looked up when all is read

    def usual(self, name: str) -> Dimension:
        """A usual dimension, with the values that the place adds to it."""
        return self.widened.get(name) or DIMENSIONS[name]

    def at(self, node: Node) -> Position:
        """Where a node starts."""
        mark = node.start_mark
        return Position(self.source.name, mark.line + 1, mark.column + 1)

    def inside(self, node: Node) -> Position:
        """Where a scalar's text starts: after its quote."""
        mark = node.start_mark
        return Position(self.source.name, mark.line + 1, mark.column + 1 + quote_width(node))

    def report(self, code: str, node: Node | Position, message: str, remedy: str, *notes: Note) -> None:
        """Add an error at a node."""
        self._add(Problem(code, Severity.ERROR, message, remedy, *self._mark(node), notes))

    def warn(self, code: str, node: Node | Position, message: str, remedy: str, *notes: Note) -> None:
        """Add a warning at a node."""
        self._add(Problem(code, Severity.WARNING, message, remedy, *self._mark(node), notes))

    def miss(self, code: str, node: Node | Position, message: str, remedy: str) -> None:
        """Add an error about something that nobody typed, which stops no draft."""
        severity = Severity.WARNING if self.draft else Severity.ERROR
        self._add(Problem(code, severity, message, remedy, *self._mark(node)))

    def _add(self, problem: Problem) -> None:
        if not (self.blanks and (problem.position.line, problem.position.column) in self.blanks):
            self.problems.append(problem)

    def is_blank(self, node: Node | None) -> bool:
        """Whether a node says that it is still to be filled in (待填), which was told when the file was opened."""
        return bool(self.blanks) and node is not None and self._at_blank(node)

    def _at_blank(self, node: Node) -> bool:
        return (node.start_mark.line + 1, node.start_mark.column + 1) in self.blanks

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
        root = composed(source.text)
    except yaml.MarkedYAMLError as error:
        _report(reader, mistake_of(source, error))
        return None
    except yaml.YAMLError:
        reader.report(
            "Y002", Position(source.name, 1, 1), "文件不是有效的YAML文本", "请用文本编辑器另存为UTF-8后重试。"
        )
        return None
    except RecursionError:  # only without libyaml, which has a limit of its own
        _report(reader, too_deep(source, 1))
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


def tree_of(node: Node) -> Tree:
    """What a node that ``parse`` found nothing wrong with says, without how it is written."""
    if isinstance(node, yaml.MappingNode):
        return {key.value: tree_of(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [tree_of(item) for item in node.value]
    value: str = node.value
    return value


def reject_characters(reader: Reader) -> bool:
    """Report the first character that can't stand in a document, or that would reorder its words."""
    found = None if all_seen(reader.source.text) else re.search(_CONTROL, reader.source.text)
    if found is None:
        return False
    _report_character(reader, reader.source.at(found.start()), found[0])
    return True


def _report_character(reader: Reader, place: Position, character: str) -> None:
    which = "别的机器显示不出来的" if "\ue000" <= character <= "\uf8ff" else "看不见的"
    reader.report("Y011", place, f"此处有一个{which}{name_of(character)}", "请删除该字符后重新输入这一行。")


def _reject_tabs(reader: Reader) -> bool:
    found = re.search(r"^[ ]*\t", reader.source.text, re.MULTILINE) if "\t" in reader.source.text else None
    if found is None:
        return False
    place = reader.source.at(found.end() - 1)
    reader.report("Y010", place, "缩进用了制表符（Tab）", "YAML只能用空格缩进，请把Tab换成空格。")
    return True


def _report(reader: Reader, mistake: Mistake) -> None:
    reader.report(mistake.code, mistake.position, mistake.message, mistake.remedy)


_EMPTY_REMEDY = "请填写内容。清单确实没有内容时写一行“[]”；不需要的文件请删去。"


def _reject_anchors(reader: Reader) -> bool:
    """Anchors leave no trace in nodes. A cheap search first: most files have no “&” where one could stand."""
    if "&" not in reader.source.text or not re.search(_ANCHOR, reader.source.text):
        return False
    try:
        for token in scanned(reader.source.text):
            if isinstance(token, (yaml.AnchorToken, yaml.AliasToken)):
                place = Position(reader.source.name, token.start_mark.line + 1, token.start_mark.column + 1)
                reader.report("Y004", place, *(ANCHORED if isinstance(token, yaml.AnchorToken) else ALIASED))
                return True
    except yaml.YAMLError:
        pass  # compose will report it
    return False


def _check_escapes(reader: Reader) -> None:
    """Characters that can't stand in a document, spelt with “\\” in a quoted text."""
    if "\\" not in reader.source.text:
        return
    for token in scanned(reader.source.text):
        if isinstance(token, yaml.ScalarToken) and (found := re.search(_CONTROL, token.value)):
            place = Position(reader.source.name, token.start_mark.line + 1, token.start_mark.column + 1)
            _report_character(reader, place, found[0])


def _warn_of_remarks(reader: Reader) -> None:
    """“设备购置 #2期”: YAML takes “#2期” for a comment and leaves it out, which a clerk would see in print only.

    Comments are usually written with a space after “#”; what is not, or numbers a phase or a building, is asked about.
    After a number nobody goes on with “#”. A cheap search first: most files have no such line.
    """
    if "#" not in reader.source.text:
        return
    remark, lines = re.compile(_REMARK), lines_of(reader.source)
    if not any(remark.search(line) for line in lines if " #" in line or "\t#" in line):
        return
    for token in scanned(reader.source.text):
        if isinstance(token, yaml.ScalarToken) and token.plain and not re.fullmatch(_NUMBER, token.value):
            end = token.end_mark
            found = remark.match(lines[end.line], end.column)
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
    """Level by level, so that depth costs no stack. Texts on which nothing can be wrong are not looked at one by one."""
    seen: set[int] = set()
    names: set[str] = set()
    tagged = "!" in reader.source.text
    level = [root]
    for depth in range(1, _DEEPEST + 1):
        below: list[Node] = []
        for node in level:
            _walk_node(reader, node, seen, names, below)
        every = tagged or depth == _DEEPEST
        level = below if every else [node for node in below if type(node) is not yaml.ScalarNode or "- " in node.value]
    if level:
        _report(reader, too_deep(reader.source, reader.at(level[0]).line))


def _walk_node(reader: Reader, node: Node, seen: set[int], names: set[str], below: list[Node]) -> None:
    if node.tag and node.tag not in _PLAIN_TAGS:
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
        _walk_mapping(reader, node, names, below)


def _reject_swallowed(reader: Reader, node: yaml.ScalarNode) -> None:
    """A list's item that is not aligned is no item: YAML takes it as more of the text above."""
    first, last = node.start_mark.line, node.end_mark.line
    if first == last or node.style in ("'", '"', "|", ">"):
        return
    for number, line in enumerate(lines_of(reader.source)[first + 1 : last + 1], first + 2):
        bare = line.lstrip(" ")
        if bare.startswith("- ") and len(line) - len(bare) == node.start_mark.column:
            _report(reader, missing_dash(reader.at(node)))
            return
        if bare.startswith("- "):
            place = Position(reader.source.name, number, len(line) - len(bare) + 1)
            reader.report("Y002", place, "“- ”没有对齐，这一行被当成了上一行的续行", "同一列表的各行“- ”要上下对齐。")


def _walk_mapping(reader: Reader, node: yaml.MappingNode, names: set[str], below: list[Node]) -> None:
    """``names`` are those found sound so far: most mappings have others' names, each once."""
    named = _by_name(node)
    if len(named) == len(node.value) and names.issuperset(named):
        below.extend(named.values())
        return
    first: dict[str, Node] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            reader.report("Y008", reader.at(key), "名称应是一段文字", "请写成“名称: 内容”。")
            continue
        if key.value in first:
            if _report_repeated(reader, node, key, reader.at(first[key.value])):
                return  # what follows is repeated for the same reason
        elif key.value.strip() != key.value:
            _report_padded(reader, key)
        elif "：" in key.value:
            _reject_wide_colon(reader, key, value)
        else:
            names.add(key.value)
        first.setdefault(key.value, key)
        below.append(value)


def _by_name(node: yaml.MappingNode) -> dict[str, Node]:
    """A mapping's nodes by their names, the last of those of one name; nothing where a name is more than a text."""
    try:
        return {key.value: value for key, value in node.value}
    except TypeError:  # lists have no hash
        return {}


def _reject_wide_colon(reader: Reader, key: yaml.ScalarNode, value: Node) -> None:
    if isinstance(value, yaml.ScalarNode) and not value.value and not key.style:
        place = reader.at(key)
        place = place._replace(column=place.column + key.value.index("："))
        reader.report("Y002", place, "用了全角冒号“：”", "名称后面请用半角冒号加一个空格“: ”，各项之间用半角逗号。")


def _report_repeated(reader: Reader, node: yaml.MappingNode, key: yaml.ScalarNode, where: Position) -> bool:
    """Whether the name begins another item, whose “- ” is missing."""
    note = Note(f"“{key.value}”第一次出现在这里", where)
    again = key.value == node.value[0][0].value and _begins_an_item(reader, where)
    remedy = f"请删去其中一处（另一处在第{where.line}行）。"
    remedy = f"从这里起是另一项的，请在行首加“- ”，与上一项对齐；否则{remedy}" if again else remedy
    reader.report("Y003", key, f"“{key.value}”重复出现", remedy, note)
    return again


def _begins_an_item(reader: Reader, place: Position) -> bool:
    return (reader.source.line(place.line) or "")[: place.column - 1].strip() == "-"


def _report_padded(reader: Reader, key: yaml.ScalarNode) -> None:
    """A name with blanks around it: which ones, since most of them look like the space that may stand there."""
    blank = unseen(key.value[: len(key.value) - len(key.value.lstrip())] or key.value[len(key.value.rstrip()) :])
    what = name_of(blank[0]) if blank else "空格"
    reader.report("Y010", key, f"名称“{shown(key.value)}”的前后有{what}", "请删去名称前后的空格。")
