"""Rules over the composed document with the data it came from: nothing left to fill in, no number from nowhere."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from generator.check.rules import Answer, Finding, NotApplicable, Rule
from generator.check.sheets import bare_title
from generator.check.words import has_any
from generator.model.department import Inputs
from generator.model.document import Document, Heading, Paragraph, TableBlock
from generator.model.patterns import any_of
from generator.model.problem import Severity
from generator.model.source import Position, Source, in_document, occurrences

_PLACEHOLDERS = ("XX", "××", "……", "......", "{{", "{%", "待补", "TODO", "增加（减少）")
_PLACEHOLDER = r"X{2,}|×{2,}|…{2,}|\.{6,}|\{\{|\{%|待补(?!助|贴|偿)|TODO|增加（减少）"
_TYPED = re.compile(r"\d[\d,]*(?:\.\d+)?(?:万元|%)|\d+\.\d\d元")
_REPEATED = (
    (rf"(?:主要)?原因(?:{any_of(*'是为：')}|:)*(?:主要)?原因"
     rf"|(?P<word>其中|包括|负责|主要用于|用于|万元)(?:{any_of(*'：，')}|:)?(?P=word)",
     "“{}”里同样的话印了两遍", "这几个字模板已经印出，填报的内容里请删去。"),
    (rf"{any_of(*'，。；：、！？')}{{2,}}|{any_of(*'。；，、')}的(?![确士])",
     "“{}”里标点印重了", "前后的标点模板已经印出，填报的内容开头和末尾请不要写。"),
    (r"：的(?![确士])", "“{}”中间没有内容", "请填写；确实没有的，请在模板里写明没有时怎么说。"),
)  # fmt: skip
"""What joining a template and what was typed may repeat or leave out: the pattern, what is said of it, the remedy."""
_TERMS = (
    "财政拨款收入", "事业收入", "经营收入", "上级补助收入", "附属单位上缴收入", "其他收入", "财政专户管理资金", "基本支出", "项目支出",
    "“三公”经费", "运行经费",
)  # fmt: skip
"""What model texts of 名词解释 explain wherever it is used, in the words that all ways of writing it share."""
_AROUND = ((12, 12), (12, 0), (0, 12), (6, 6), (6, 0), (0, 6), (3, 3), (3, 0), (0, 3), (1, 0), (0, 1), (0, 0))
"""How much of a text is looked for on either side: a template's words end where a value was put in."""
_LIMITS = ("单位价值", "以上", "限额", "每人", "标准")


class Composed(NamedTuple):
    """A document beside what was typed for it, and the files of both data and profile."""

    document: Document
    inputs: Inputs
    sources: tuple[Source, ...] = ()


def nothing_left_to_fill(composed: Composed) -> Iterator[Answer]:
    """No placeholder of a template survives."""
    told: set[Position] = set()
    whole = "\n".join(chain.from_iterable(texts for _, texts in _texts(composed.document)))
    found_in = _texts(composed.document) if has_any(whole, _PLACEHOLDERS) else ()
    for place, text in ((place, text) for place, texts in found_in for text in texts):
        found = re.search(_PLACEHOLDER, text)
        if found:
            position = _typed_at(composed, text, found, told) or in_document(place)
            told.add(position)
            message = f"{place}仍有未填写的占位内容“{found[0]}”"
            yield Finding(message, "请补上内容。", position, length=len(found[0]))


def numbers_come_from_the_ledger(composed: Composed) -> Iterator[Answer]:
    """No amount or percentage is typed straight into a template; the department's own words may hold some."""
    words = "\n".join(passage.text.value for passage in composed.inputs.department.passages)
    section = composed.document.title
    for block in composed.document.blocks:
        if isinstance(block, Heading):
            section = block.ordinal + block.title
        elif isinstance(block, Paragraph):
            for run in block.runs:
                for found in _TYPED.finditer("" if run.figure else run.text):
                    after = run.text[found.end() :].removeprefix("（含）")[:2]
                    around = run.text[max(0, found.start() - 6) : found.end()] + after
                    if found[0] not in words and not any(limit in around for limit in _LIMITS):
                        yield Finding(
                            f"“{section}”里的“{found[0]}”直接写在模板里，数据变了它不会变",
                            "请改用 figures.yaml 里的数，或写进数据文件。",
                            _in_files(composed.sources, run.text, found) or in_document(section),
                            length=len(found[0]),
                        )  # fmt: skip


def terms_are_explained(composed: Composed) -> Iterator[Answer]:
    """Each of the budget's terms that the words use has an entry in 名词解释."""
    inside, outside = _glossary(composed.document)
    entries = [text.partition("：")[0] for text in inside if "：" in text]
    if not entries:
        yield NotApplicable("本文档没有名词解释")
        return
    bare = set(map(bare_title, entries))  # 财政拨款 is explained by itself, whatever it is called as income
    for term in _TERMS:
        explained = any(term in entry for entry in entries) or term.removesuffix("收入") in bare
        if not explained and any(term in text for text in outside):
            yield Finding(
                f"文中用了“{term}”，名词解释里没有它",
                f"请在名词解释的模板里补上一段“{term}：……”，或换用已解释的说法。",
                in_document("名词解释"),
            )


def nothing_is_printed_twice(composed: Composed) -> Iterator[Answer]:
    """A template's words and marks are not typed once more: “主要原因：主要原因：…。。”; and it joins no empty list."""
    told: set[tuple[Position, str]] = set()
    paragraphs = list(_of_several_hands(composed.document))
    texts = "\n".join(block.text for _, block in paragraphs)  # one search settles what all but a few documents come to
    patterns = [row for row in _REPEATED if re.search(row[0], texts)]
    name = composed.inputs.department.name * 2
    if name in texts:
        patterns.append((re.escape(name), "“{}”是部门名称印了两遍", "部门名称模板已经印出，填报的内容里请删去。"))
    for section, block in paragraphs if patterns else ():
        for finding in _repeated(composed, block, section, patterns):
            if (finding.position, finding.message) not in told:
                told.add((finding.position, finding.message))
                yield finding


def _of_several_hands(document: Document) -> Iterator[tuple[str, Paragraph]]:
    """The paragraphs of more than one run, each with the heading it stands under."""
    section = document.title
    for block in document.blocks:
        if isinstance(block, Heading):
            section = block.ordinal + block.title
        elif isinstance(block, Paragraph) and len(block.runs) > 1:
            yield section, block


def _repeated(
    composed: Composed, block: Paragraph, section: str, patterns: Iterable[tuple[str, str, str]]
) -> Iterator[Finding]:
    text = block.text
    for pattern, what, remedy in patterns:
        for found in re.finditer(pattern, text):
            shown = text[max(0, found.start() - 4) : found.end() + 2]
            spans = (_run_at(block, found.end() - 1), _run_at(block, found.start()))
            if spans[0] != spans[1]:  # of what was typed together, or in a template, L314 and D054 tell
                places = (_typed_in(composed, run, found.start() - start) for run, start in spans)
                yield Finding(what.format(shown), remedy, next(filter(None, places), in_document(section)))


def _run_at(block: Paragraph, index: int) -> tuple[str, int]:
    """The run that holds a paragraph's character, and where it begins."""
    start = 0
    for run in block.runs:
        if index < start + len(run.text):
            return run.text, start
        start += len(run.text)
    return "", 0


def _typed_in(composed: Composed, text: str, offset: int) -> Position | None:
    """Where a run that a person typed was typed; the end of a list is its last item."""
    for passage in composed.inputs.department.passages:
        words = passage.text.value.strip()
        if text == words:
            return passage.at(max(0, offset))
        if len(words) > 1 and text.endswith((f"、{words}", f"和{words}")):
            return passage.text.position
    return None


def _glossary(document: Document) -> tuple[list[str], list[str]]:
    """The paragraphs of 名词解释, which is a part, a section or one below, and all others."""
    inside: list[str] = []
    outside: list[str] = []
    texts, level = outside, 0
    for block in document.blocks:
        if isinstance(block, Heading):
            texts = inside if "名词解释" in block.title or (texts is inside and block.level > level) else outside
            level = block.level if "名词解释" in block.title else level
        elif isinstance(block, Paragraph):
            texts.append(block.text)
    return inside, outside


def _typed_at(composed: Composed, text: str, found: re.Match[str], told: Container[Position]) -> Position | None:
    """Where what was found in a printed text was typed: in the department's words, else in the profile's."""
    for passage in composed.inputs.department.passages:
        offset = found.start() - text.find(passage.text.value)
        inside = passage.text.value in text and 0 <= offset <= len(passage.text.value) - len(found[0])
        if inside and passage.at(offset) not in told:
            return passage.at(offset)
    return _in_files(composed.sources, text, found)


def _in_files(sources: Iterable[Source], text: str, found: re.Match[str]) -> Position | None:
    """The one place of all files with the same words around; None where none or several might be meant."""
    start, end = found.span()
    for before, after in _AROUND:
        first = max(0, start - before)
        words = text[first : end + after]
        places = [(source, index) for source in sources for index in occurrences(words, source.text)]
        if len(places) == 1:
            source, index = places[0]
            return source.at(index + start - first)
    return None


def _texts(document: Document) -> Iterator[tuple[str, Iterable[str]]]:
    """All words, each once for the heading or caption they stand under."""
    section = document.title
    for block in document.blocks:
        match block:
            case Heading():
                section = block.ordinal + block.title
                yield section, (block.title,)
            case Paragraph():
                yield section, (block.text,)
            case TableBlock():
                yield block.caption, dict.fromkeys(chain.from_iterable([row.texts for row in block.rows]))


DOCUMENT_RULES: tuple[Rule[Composed], ...] = (
    Rule("D029", "没有占位内容", Severity.ERROR, nothing_left_to_fill, "公开文本不得有模板残留",
         "主要职责: [负责……工作]", "主要职责: [负责医疗救助工作]"),
    Rule("B107", "模板里没有直接写的数", Severity.WARNING, numbers_come_from_the_ledger, "每个数只填一次",
         "收入总计6824.79万元（写在prose/part-2.j2里）", "收入总计{{ 总计 | 金额 }}"),
    Rule("B108", "用到的名词有解释", Severity.ADVICE, terms_are_explained, "财预〔2016〕143号：对专业名词进行解释",
         "文中有“上级补助收入”，名词解释没有", "+ 上级补助收入：是指……"),
    Rule("T246", "模板印出的话不再填一遍", Severity.WARNING, nothing_is_printed_twice, "文字通顺",
         "机构运行经费: 主要原因：在编人员减少。", "机构运行经费: 在编人员减少"),
)  # fmt: skip
