"""Rules over the characters of the department's own words: width, pairs, spaces, repeated marks, residue."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from generator.check.rules import Finding, Rule
from generator.check.words import REGISTERED, WIDE, Hit, hits, of_kinds, unpaired
from generator.model.department import Inputs
from generator.model.patterns import any_of
from generator.model.problem import Note, Severity

_WIDE_OR_PERCENT = r"[^\x00-\x24\x26-\x7f]"
_HALF_WIDTH = (
    rf"(?<={_WIDE_OR_PERCENT})[,:;?!](?={WIDE})|(?<={WIDE})[,:;?!](?=\d)|(?<=\d)[,;](?={WIDE})"
    rf"|(?<={WIDE})\.(?={WIDE})|(?<={WIDE})[,;.]$"
    rf"|\([^()]*{WIDE}[^()]*\)|\((?=[^()]*）)|(?<={WIDE})\)"
)
_FULL_WIDTH = str.maketrans(",:;?!.()", "，：；？！。（）")
_DOCUMENT_NUMBER = (
    rf"(?:{any_of(*'【［（﹝')}|[\[(])\s*(?P<year>(?:19|20)\d\d)\s*(?:{any_of(*'】］）﹞')}|[\])])\s*(?:第\s*)?(?P<number>\d+)\s*号"
    r"|〔(?P<right>\d{4})〕第(?P<other>\d+)号"
)
_SPACE = rf"(?<={WIDE})[ \u00a0]+(?={WIDE})|(?<=\d) +(?={_WIDE_OR_PERCENT})|(?<={WIDE}) +(?=\d)|\u3000+"
_MARKS = "，。；：、！？"
_MARK = any_of(*_MARKS)
_REPEATED = rf"{_MARK}(?:{_MARK}|[,;])+|[,;]{_MARK}+"
_TWO_COLONS = r"(?<!\d)：[^。；，：！？“”\n]*(?P<second>：)"
_STAR = r"(?<=[^\x00-\x28\x2a-\x2f\x3a-\x7f])\*(?=\d)"  # after a digit, “)” or a wide character
_MARKUP = r"(?m)\*\*|__|~~|^#{1,6} |^[-+*] |\||</?[a-zA-Z][^<>]*>|&(?:nbsp|lt|gt|amp|quot);|\]\("
_ANY_MARKUP = ("**", "__", "~~", "# ", "- ", "+ ", "* ", "|", "<", "&", "](")
_SERIAL = rf"(?:^|(?:{any_of(*'。；：')}|[;:\n])\s*)(?P<serial>\d{{1,2}}(?P<mark>{any_of(*'、．）')}|[.)]))(?!\d)"


def half_width_marks(inputs: Inputs) -> Iterator[Finding]:
    """，：；（） between Chinese characters are full-width."""
    for hit in hits(inputs.department.passages, _HALF_WIDTH, *",:;?!.()"):
        marks = hit.text[0] + hit.text[-1] if len(hit.text) > 1 else hit.text
        yield hit.finding(f"使用半角标点“{marks}”", f"请改为全角“{marks.translate(_FULL_WIDTH)}”。")


def pairs_are_closed(inputs: Inputs) -> Iterator[Finding]:
    """Brackets and quotation marks come in pairs. Names of indicators are J310's: there it means a cut."""
    for passage in inputs.department.passages:
        place = None if passage.kind == "指标" else unpaired(passage.text.value)
        if place is not None:
            mark = passage.text.value[place]
            yield Hit(passage, place, mark).finding(
                f"括号或引号不成对：‘{mark}’没有对应的另一半", "请补上另一半，或删去。"
            )


def document_numbers(inputs: Inputs) -> Iterator[Finding]:
    """发文字号 has 六角括号 around the year and no 第 before the number. Registered names of projects are told once."""
    first: Finding | None = None
    others: list[Note] = []
    for passage in inputs.department.passages:
        for found in re.finditer(_DOCUMENT_NUMBER, passage.text.value) if "号" in passage.text.value else ():
            year, number = found["year"] or found["right"], found["number"] or found["other"]
            finding = Hit(passage, found.start(), found[0]).finding(
                f"发文字号写作“{found[0]}”", f"规范的写法是“〔{year}〕{number}号”。"
            )
            if passage.kind != REGISTERED:
                yield finding
            elif first is None:
                first = finding
            else:
                others.append(Note(found[0], finding.position))
    if first is not None:
        yield first._replace(notes=tuple(others))


def spaces_in_words(inputs: Inputs) -> Iterator[Finding]:
    """No space inside Chinese text; two targets in one value are J308's."""
    passages = (passage for passage in inputs.department.passages if passage.kind != "指标值")
    for hit in hits(passages, _SPACE, " ", "\u00a0", "\u3000"):
        text = hit.passage.text.value
        around = text[max(0, hit.start - 4) : hit.start + len(hit.text) + 4]
        remedy = "请删去空格。" if hit.passage.literal else "请删去空格；折成几行写会多出空格，请写在一行里。"
        if "“内设机构”" in hit.passage.place:
            remedy = "请删去空格；是两个机构的，改为半角逗号加空格。"
        yield hit.finding(f"有多余的空格：“{around}”", remedy)


def repeated_marks(inputs: Inputs) -> Iterator[Finding]:
    """One mark at a time, one colon a clause, × and not * in a formula."""
    passages = inputs.department.passages
    for hit in hits(passages, _REPEATED, *_MARKS):
        yield hit.finding(f"标点重复或混用：“{hit.text}”", "请只保留一个。")
    for passage in passages:
        found = re.search(_TWO_COLONS, passage.text.value) if passage.text.value.count("：") > 1 else None
        if found:
            yield Hit(passage, found.start("second"), "：").finding("一句话里有两个冒号", "请把后一个改为逗号或句号。")
    for hit in hits(passages, _STAR, "*"):
        yield hit.finding("乘号写作“*”", "请改为“×”。")


def markup_residue(inputs: Inputs) -> Iterator[Finding]:
    """Nothing of Markdown or HTML is left; {{ }} is D029's."""
    for hit in hits(inputs.department.passages, _MARKUP, *_ANY_MARKUP):
        yield hit.finding(f"残留标记“{hit.text.strip()}”", "文档会照样印出，请删去。")


def one_style_of_serials(inputs: Inputs) -> Iterator[Finding]:
    """Serial numbers of one kind of words are written one way."""
    for kind in ("职责", "目标", "任务", "说明", "原因"):
        found = [
            Hit(passage, serial.start("serial"), serial["serial"])
            for passage in of_kinds(inputs.department.passages, kind)
            for serial in re.finditer(_SERIAL, passage.text.value)
        ]
        usual = Counter(hit.text[-1] for hit in found).most_common(1)
        first = next((hit for hit in found if hit.text[-1] != usual[0][0]), None)
        if first is not None:
            others = sum(hit.text[-1] != usual[0][0] for hit in found) - 1
            yield first._replace(more=others).finding(
                f"序号样式“{first.text}”与“{first.text[:-1]}{usual[0][0]}”混用",
                f"请统一写作“{first.text[:-1]}{usual[0][0]}”。",
            )


TYPOGRAPHY_RULES: tuple[Rule[Inputs], ...] = (
    Rule(
        "L310", "中文用全角标点", Severity.WARNING, half_width_marks, "GB/T 15834 标点符号用法",
        "负责医疗救助,并组织实施。", "负责医疗救助，并组织实施。",
    ),
    Rule(
        "L311", "括号和引号成对", Severity.WARNING, pairs_are_closed, "GB/T 15834 标点符号用法",
        "负责“一站式结算工作。", "负责“一站式”结算工作。",
    ),
    Rule(
        "L312", "发文字号用六角括号", Severity.WARNING, document_numbers, "GB/T 9704 党政机关公文格式",
        "按照财预【2021】634号文件", "按照财预〔2021〕634号文件",
    ),
    Rule(
        "L313", "中文里没有空格", Severity.WARNING, spaces_in_words, "GB/T 9704 党政机关公文格式",
        "社会保障 事务服务中心", "社会保障事务服务中心",
    ),
    Rule(
        "L314", "标点不重复不混用", Severity.WARNING, repeated_marks, "GB/T 15834 标点符号用法",
        "人员减少，。公用经费相应减少", "人员减少，公用经费相应减少",
    ),
    Rule(
        "L316", "没有残留标记", Severity.WARNING, markup_residue, "公开文本不得有排版残留",
        "**主要**负责医疗救助", "主要负责医疗救助",
    ),
    Rule(
        "L327", "序号样式统一", Severity.WARNING, one_style_of_serials, "GB/T 9704 党政机关公文格式",
        "1.完善制度；2、加强管理", "1.完善制度；2.加强管理",
    ),
)  # fmt: skip
