"""The schema's small words: take a field out of a mapping, and say in Chinese what is missing or odd."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

import yaml

from generator.load.syntax import DASH_REMEDY, bad_dash
from generator.load.yaml_text import Node, Reader
from generator.model.doubts import blank_words
from generator.model.money import ZERO, Money, Scale, round_half_up
from generator.model.problem import Problem, did_you_mean, shortened, which_of
from generator.model.source import Text
from generator.model.unseen import name_of, shown, unseen, without_unseen

_AMOUNT = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]+)?")
_PLAIN_AMOUNT = re.compile(r"(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,2})?").fullmatch
_ZEROS_BEFORE = r"(-?)0+([0-9]{1,15}(?:\.[0-9]+)?)"
_TOO_LONG = r"-?[0-9]{16,}(?:\.[0-9]+)?"
_ODD = ((_TOO_LONG, "位数太多"), (_ZEROS_BEFORE, "前面多了0"))
_CODE_NAME = re.compile(r"([0-9]+)(?: +(.+))?")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．－", "0123456789.-", ",，、_ \u3000\xa0'\"“”‘’￥¥+＋")
NONE = ("无", "没有", "暂无", "/", "-", "—", "——")
_UNITS = {"亿元": 10**8, "万元": 10**4, "元": 1, "亿": 10**8, "万": 10**4}


class Fields:
    """A mapping being taken apart; what nobody asked for is reported by ``finish``."""

    def __init__(self, reader: Reader, node: yaml.MappingNode, what: str) -> None:
        self.reader, self.node, self.what = reader, node, what
        self.values: dict[str, tuple[yaml.ScalarNode, Node]] = {key.value: (key, value) for key, value in node.value}
        self.asked: set[str] = set()
        self.missing: dict[str, Problem] = {}

    def take(self, name: str, required: bool = True) -> Node | None:
        """The field's node; None when absent (reported if required)."""
        self.asked.add(name)
        if name in self.values:
            return self.values[name][1]
        if required:
            self.reader.report(
                "Y006", self.reader.at(self.node), f"{self.what}缺少“{name}”", f"请补上一行“{name}: …”。"
            )
            self.missing[name] = self.reader.problems[-1]
        return None

    def text(self, name: str, default: str | None = None) -> str:
        """A text field's value; required when there is no default."""
        node = self.take(name, default is None)
        return default or "" if node is None else text_of(self.reader, node, f"“{name}”")

    def located(self, name: str) -> Text | None:
        """An optional text with its place."""
        node = self.take(name, False)
        if node is None:
            return None
        return Text(text_of(self.reader, node, f"“{name}”"), self.reader.at(node))

    def words(self, name: str) -> Text:
        """A required text with its place."""
        found = self.located(name)
        if found is None:
            self.take(name)
        return found or Text("", self.reader.at(self.node))

    def choice(self, name: str, allowed: tuple[str, ...], default: str | None = None) -> str:
        """A text that must be one of ``allowed``."""
        node = self.take(name, default is None)
        if node is None:
            return default if default is not None else allowed[0]
        if self.reader.is_blank(node):
            return default or allowed[0]
        value = text_of(self.reader, node, f"“{name}”")
        if value not in allowed:
            remedy = f"只能是：{'、'.join(allowed)}。{did_you_mean(value, allowed)}"
            self.reader.report("Y008", node, f"“{name}”不能是“{brief(value)}”", remedy)
            return allowed[0]
        return value

    def flag(self, name: str, default: bool = False) -> bool:
        """A 是/否 field."""
        return self.choice(name, ("是", "否"), "是" if default else "否") == "是"

    def finish(self) -> None:
        """Report the keys nobody asked for."""
        for name, (key, _) in self.values.items():
            if name not in self.asked:
                known = tuple(sorted(self.asked))
                self._found(name)
                remedy = f"请核对写法。{which_of(name, known)}"
                self.reader.report("Y007", key, f"{self.what}没有“{brief(name)}”这一项", remedy)

    def _found(self, name: str) -> None:
        """What was missing is there under a name that looks like its own: one mistake, told once."""
        from difflib import get_close_matches  # only a mistake needs it

        looks = get_close_matches(name, self.missing, 1, 0.5)
        if looks:
            self.reader.problems.remove(self.missing.pop(looks[0]))


def fields_of(reader: Reader, node: Node | None, what: str) -> Fields:
    """Open a mapping; anything else is reported and opens empty."""
    if isinstance(node, yaml.MappingNode):
        return Fields(reader, node, what)
    if node is not None:
        _report_no_mapping(reader, node, what)
    empty = yaml.MappingNode("tag:yaml.org,2002:map", [], _mark(reader), _mark(reader))
    return Fields(_muted(reader), empty, what)


def _muted(reader: Reader) -> Reader:
    return Reader(reader.source)


def _mark(reader: Reader) -> yaml.Mark:
    return yaml.Mark(reader.source.name, 0, 0, 0, None, 0)


def text_of(reader: Reader, node: Node, what: str) -> str:
    """A scalar's text, stripped; empty or not a scalar is reported."""
    if not isinstance(node, yaml.ScalarNode):
        reader.report("Y008", reader.at(node), f"{what}应是一段文字", "请写在同一行，不要分成多项。")
        return ""
    value: str = node.value.strip()
    if reader.is_blank(node):
        return blank_words(value)
    if not value and node.style in (">", "|"):
        reader.report("Y009", node, f"{what}没有填写", "以“>”或“|”开头的内容请加引号，或改用“≥”“大于”。")
    elif not value:
        reader.report("Y009", node, f"{what}没有填写", "请填写内容；没有这一项就删去这一行。")
    return value


def brief(value: str) -> str:
    """What was typed, as a message quotes it: one line, not too long, with names for what nobody sees."""
    return shortened(shown(re.sub(r"[ \r\n]+", " ", value.strip(" \r\n"))), 40)


def items_of(reader: Reader, node: Node | None, what: str) -> list[Node]:
    """The items of a list."""
    if node is None or reader.is_blank(node):
        return []
    if isinstance(node, yaml.SequenceNode):
        return list(node.value)
    dash = bad_dash(node.value) if isinstance(node, yaml.ScalarNode) and not node.style else ""
    if dash:
        reader.report("Y002", reader.at(node), dash, DASH_REMEDY)
    elif not _report_empty(reader, node, what):
        reader.report("Y008", reader.at(node), f"{what}应是以“- ”开头的列表", "请每项一行，前面加“- ”。")
    return []


def texts_of(reader: Reader, node: Node | None, what: str) -> tuple[str, ...]:
    """A list of texts."""
    return tuple(text_of(reader, item, what) for item in items_of(reader, node, what))


def names_of(reader: Reader, node: Node | None, what: str) -> tuple[Text, ...]:
    """A list of names that may be empty: “[]”, or “无” in words."""
    if says_none(node):
        return ()
    items = items_of(reader, node, what)
    return tuple(Text(text_of(reader, item, what), reader.at(item)) for item in items if not says_none(item))


def says_none(node: Node | None) -> bool:
    """Whether a person wrote that there is none."""
    return isinstance(node, yaml.ScalarNode) and node.value.strip().rstrip("。") in NONE


def pairs_of(reader: Reader, node: Node | None, what: str) -> Iterator[tuple[yaml.ScalarNode, Node]]:
    """Key and value nodes of a mapping whose keys are free."""
    if isinstance(node, yaml.MappingNode):
        yield from node.value
    elif node is not None and not reader.is_blank(node):
        _report_no_mapping(reader, node, what)


def _report_no_mapping(reader: Reader, node: Node, what: str) -> None:
    if not _report_empty(reader, node, what):
        scalar = isinstance(node, yaml.ScalarNode)
        remedy = "请另起一行，多缩进两格" if scalar else "请去掉“- ”或“[ ]”"
        remedy += "，写成“名称: 内容”，冒号后面有空格。"
        reader.report("Y008", reader.at(node), f"{what}应是“名称: 内容”的若干行", remedy)


def _report_empty(reader: Reader, node: Node, what: str) -> bool:
    empty = isinstance(node, yaml.ScalarNode) and not node.value.strip()
    if empty:
        reader.report("Y009", node, f"{what}没有填写", "请在下面补上内容，多缩进两格；没有这一项就删去这一行。")
    return empty


def amount_of(reader: Reader, node: Node, scale: Scale, what: str, negative: bool = False) -> Money | None:
    """An amount in ``scale``: plain digits, at most two decimals; below zero only where it may be; None after reporting.

    Source: rules D010 (a number), D011 (not negative), D012 (two decimals).
    """
    if not isinstance(node, yaml.ScalarNode):
        reader.report("D010", reader.at(node), f"{what}的金额应是一个数字", "请写成“名称: 12.34”。")
        return None
    if reader.is_blank(node):
        return Money(ZERO, scale)
    if not _AMOUNT.fullmatch(node.value):
        _report_amount(reader, node, scale, f"{what}的金额")
        return None
    value = Decimal(node.value)
    if value.is_signed() and not negative:
        reader.report("D011", node, f"{what}的金额为负数（{node.value}）", "这里不应有负数，请核对。")
        return None
    if value != round_half_up(value):
        other = "" if scale is Scale.YUAN else "，或改用“元”作金额单位"
        remedy = f"如四舍五入应为{round_half_up(value)}，请核对{other}。"
        reader.report("D012", node, f"{what}的金额{brief(node.value)}{scale.label}超过两位小数", remedy)
        return None
    return Money(value, scale)


def plain_amount(node: Node, scale: Scale) -> Money | None:
    """An amount as nearly all are typed; None for one that ``amount_of`` has to look at."""
    found = _PLAIN_AMOUNT(node.value) if type(node) is yaml.ScalarNode else None
    return tuple.__new__(Money, (Decimal(node.value), scale)) if found else None  # without a call for each line


def count_of(reader: Reader, node: Node, what: str) -> int | None:
    """A whole number, not negative; None after reporting."""
    value = node.value if isinstance(node, yaml.ScalarNode) else ""
    if re.fullmatch(r"0|[1-9][0-9]{0,8}", value):
        return int(value)
    if reader.is_blank(node):
        return 0
    if isinstance(node, yaml.ScalarNode) and _reports_unseen(reader, node, what):
        return None
    reader.report(
        "D010", node, f"{what}应是一个整数，不能是“{brief(value)}”", "请填阿拉伯数字，不带小数、单位和负号，前面不补0。"
    )
    return None


def _report_amount(reader: Reader, node: yaml.ScalarNode, scale: Scale, what: str) -> None:
    if not node.value.strip():
        reader.report("D010", node, f"{what}没有填写", "没有金额请填0.00，或删去这一行。")
    elif not _reports_unseen(reader, node, what):
        what_it_is = next((words for form, words in _ODD if re.fullmatch(form, node.value)), "不是数字")
        remedy = _amount_remedy(node.value, scale)
        reader.report("D010", node, f"{what}“{brief(node.value)}”{what_it_is}", remedy)


def _reports_unseen(reader: Reader, node: yaml.ScalarNode, what: str) -> bool:
    """Whether a number has a character in it that nobody sees, reported at its place."""
    found = unseen(node.value)
    number = without_unseen(node.value)
    if found is None or not _AMOUNT.fullmatch(number):
        return False
    place = reader.inside(node)
    remedy = f"请删去它，只留下{number}；看不清在哪里的，把这个数删去重打。"
    reader.report(
        "D010",
        place._replace(column=place.column + found.start()),
        f"{what}“{brief(node.value)}”里有一个看不见的{name_of(found[0])}",
        remedy,
    )
    return True


def _amount_remedy(value: str, scale: Scale) -> str:
    if re.fullmatch(_TOO_LONG, value):
        return "整数部分最多15位，请核对是否多打了数字。"
    zeros = re.fullmatch(_ZEROS_BEFORE, value)
    if zeros:
        return f"请核对是否多打了0、错打了小数点；确为{zeros[1]}{zeros[2]}的，请删去前面的0。"
    if value.strip() in _NOTHING:
        return "没有金额请填0.00，或删去这一行。"
    if "#" in value or "＃" in value:
        return "说明请写在“#”后面：“#”是半角的，前面空一格。"
    plain = value.translate(_FULL_WIDTH)
    unit = next((unit for unit in _UNITS if plain.endswith(unit)), "")
    number = plain.removesuffix(unit).removesuffix(".")
    if not _AMOUNT.fullmatch(number):
        return "请填阿拉伯数字，不带单位、逗号和空格。"
    if unit and _UNITS[unit] != scale.value:
        number = f"{Decimal(number) * _UNITS[unit] / scale.value:f}（金额单位是{scale.label}）"
    return f"请改为{number}：只填阿拉伯数字，不带单位、逗号和空格。"


_NOTHING = ("-", "—", "－", "–", "——", "/", "无", "~", "null", "None")


def code_of(reader: Reader, key: yaml.ScalarNode, what: str, example: Callable[[str], str]) -> tuple[str, str]:
    """“2080101 行政运行” as code and name; the name may be left out. Empty code after reporting."""
    found = _CODE_NAME.fullmatch(key.value)
    if found is None:
        reader.report(
            "D001",
            key,
            f"{what}“{brief(key.value)}”不是“编码 名称”的写法",
            f"请写成“{example(key.value)}”：编码是半角数字，与名称之间空一个半角空格。",
        )
        return "", ""
    return found[1], (found[2] or "").strip()
