"""Rules over what is there twice, in a list or in a sentence, and over items that end before their end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.check.rules import Finding, Rule
from generator.check.words import Hit, hits
from generator.model.department import Inputs
from generator.model.problem import Note, Severity, shortened
from generator.model.source import Passage, Position

_MARKS = "。；;，,、 "
_TWICE = r"(?P<word>(?!一)[^\W\d_]{2,3})(?P=word)"  # 一件一件、一户一户 are words
_LISTS = ("职责", "机构", "目标", "事项")
_SENTENCES = ("职责", "目标")
_FEW = 3


def items_differ(inputs: Inputs) -> Iterator[Finding]:
    """No 职责, 内设机构, 目标, 任务 or 专项转移支付项目 is there twice, and no indicator in two categories of a project."""
    for listed in _lists(inputs):
        yield from _repeated((item.text.value.rstrip(_MARKS), item.text.value, item.text.position) for item in listed)
    tasks = [item for item in inputs.department.passages if item.place.endswith("“任务名称”")]
    yield from _repeated((item.text.value, item.text.value, item.text.position) for item in tasks)
    for project in inputs.department.projects.values():
        yield from _repeated(
            (one.name, f"{one.name}: {one.value}", one.position)
            for indicators in project.indicators.values()
            for one in indicators
        )


def words_differ(inputs: Inputs) -> Iterator[Finding]:
    """No word of two or three characters stands there twice in a row: 下达下达. Budgets have no use for 研究研究."""
    for hit in hits(inputs.department.passages, _TWICE):
        if not hit.text.isascii():
            word = hit.text[: len(hit.text) // 2]
            yield hit.finding(f"“{word}”连着写了两遍", "请核对，多写的请删去。")


def items_end_alike(inputs: Inputs) -> Iterator[Finding]:
    """Where all others of a list end with a full stop, the one that does not may have lost its end."""
    for listed in _lists(inputs):
        open_ended = [item for item in listed if not item.text.value.endswith(("。", "；", "！", "）", "”"))]
        if listed[0].kind in _SENTENCES and len(open_ended) == 1 and len(listed) > _FEW:
            (item,) = open_ended
            last = len(item.text.value) - 1
            yield Hit(item, last, item.text.value[last]).finding(
                f"这一项以“{item.text.value[-4:]}”结束，其他{len(listed) - 1}项都以句号等结束",
                "请核对后面是否漏了字，再补上句号。",
            )


def _lists(inputs: Inputs) -> Iterator[list[Passage]]:
    found: dict[tuple[str, str], list[Passage]] = {}
    for passage in inputs.department.passages:
        if passage.kind in _LISTS and passage.place.endswith("项"):  # “主要职责第3项”
            found.setdefault((passage.kind, passage.place.rpartition("第")[0]), []).append(passage)
    yield from found.values()


def _repeated(items: Iterable[tuple[str, str, Position]]) -> Iterator[Finding]:
    first: dict[str, Position] = {}
    for key, text, position in items:
        if key in first:
            yield Finding(
                f"“{shortened(text, 30)}”重复出现",
                "请删去一处，或改成不同的内容。",
                position,
                (Note("另一处在这里", first[key]),),
            )
        first.setdefault(key, position)


LIST_RULES: tuple[Rule[Inputs], ...] = (
    Rule(
        "D049", "列表没有相同的项", Severity.WARNING, items_differ, "一件事只写一次",
        "内设机构: [办公室, 基金科, 办公室]", "内设机构: [办公室, 基金科]",
    ),
    Rule(
        "D054", "没有连写两遍的词", Severity.WARNING, words_differ, "一件事只写一次",
        "提前下达下达2022年补助资金", "提前下达2022年补助资金",
    ),
    Rule(
        "D050", "各项以句号结束", Severity.WARNING, items_end_alike, "一段话写完整",
        "- 负责医疗救\n- 负责养老保险。\n- 负责失业保险。\n- 负责工伤保险。", "- 负责医疗救助。\n- …",
    ),
)  # fmt: skip
