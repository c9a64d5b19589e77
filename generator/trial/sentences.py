"""Sentences of a document that went wrong: what a reader stumbles over, whoever the department is.

What a person typed is not looked at (the rules on words do that): a flaw is of the template, or of where it meets a value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from generator.model.document import Block, Document, Heading, Paragraph, Run, TableBlock
from generator.model.source import Position, Source
from generator.trial.files import SAID

_MARKS = "，、；：。！？"
_CHANGED = "(?:增加|减少|增长|下降|提高|降低)"


class Flaw(NamedTuple):
    """What is wrong with a text, how to mend it, and where in its template; ``text`` is what stands around it."""

    what: str
    remedy: str
    text: str
    position: Position


class _Pattern(NamedTuple):
    pattern: str
    what: str
    remedy: str


_PATTERNS = (
    _Pattern(
        rf"[{_MARKS}]{{2,}}", "标点连在了一起",
        "中间的内容是空的：请把它和它前面的标点一起写进 {% if … %}。",
    ),
    _Pattern(r"（[，、；：。]|[，、；：]）|[（“《〔][）”》〕]|^[，、；：。）”]", "括号、引号里或句首是空的", "请用 {% if … %} 判断有内容才写。"),
    _Pattern(r"原因(?:是|为|主要是)?(?:[：:]?[，；。]|[：:]?$)", "写了“原因”，后面没有原因", "没有人填原因时不写这半句：{% if 变.原因 %}…{% endif %}。"),
    _Pattern(rf"(?:^|[。；])(?:(?!增加|减少)[^。；])*(?P<at>(?:持平|保持一致|不变)[^，。；]{{0,4}}[，。；][^，。；]{{0,6}}原因(?:是|为|主要是)?+[：:]?+(?!{SAID}))", "没有变动，却写了原因", "请用 {% if not 变.持平 %} 判断有变动才写原因。"),
    _Pattern(r"持平，(?:增长|下降)", "没有变动，却写了增减的幅度", "请用 {% if 变.持平 %} 分开写。"),
    _Pattern(rf"{_CHANGED}了?0(?:\.0+)?(?:万元|元|%|个百分点)", "没有变动，却写了增减0", "请用 {% if 变.持平 %} 分开写，或用 {% if 变.增幅 %} 判断。"),
    _Pattern(rf"{_CHANGED}了?-\d|(?<![\d—-])-0(?:\.0+)?(?![\d.])", "增加、减少后面的数带了负号", "“差额”“增幅”都不带正负号，请用 {% if 变.增加 %} 选“增加”或“减少”。"),
    _Pattern(r"(?:占|增长|下降|(?:完成|达到)[^，。；的]{0,12}的)[，、；。]", "该有百分比的地方是空的", "整体或上年为零时没有百分比：请用 {% if … %} 判断后再写这半句。"),
    _Pattern(r"(?:为|占|计|共|预算|支出|收入|金额)(?:万元|%|辆|台（套）)", "单位前面没有数", "请核对这里的名称和格式。"),
    _Pattern(r"(?:包括|包含|分别为|分别是|主要用于|共有|如下)(?:[：:]?[。；，])", "列举的内容是空的", "请用 {% if … %} 判断有内容才写，没有时另写一句（如“无内设机构”）。"),
    _Pattern(r"\bNone\b|\bTrue\b|\bFalse\b|\[\]|\{\}|\{\{.*?\}\}|\{\{|\}\}|\{%|%\}", "印出了程序里的记号", "请核对这里的写法。"),
)  # fmt: skip


def flaws_of(document: Document, sources: Sequence[Source]) -> Iterator[Flaw]:
    """All flaws of a document, in order; ``sources`` are the templates that its words come from."""
    sources = [source._replace(text=re.sub(r"(?s)\{#.*?#\}", _blank, source.text)) for source in sources]
    level = 1
    for block, after in zip_longest(document.blocks, document.blocks[1:]):
        match block:
            case Paragraph():
                yield from _of_runs(block.runs, sources)
                if not (isinstance(after, Heading) and after.level > level):
                    yield from _of_end(block, after, sources)
            case Heading():
                yield from _of_heading(block, after, sources)
                level = block.level
            case TableBlock():
                for note in (block.caption, *block.notes):
                    yield from _of_runs((Run(note),), sources)


def _blank(comment: re.Match[str]) -> str:
    """As many signs and lines, none of which prints."""
    return re.sub(r"[^\n]", " ", comment[0])


def _of_runs(runs: Sequence[Run], sources: Sequence[Source]) -> Iterator[Flaw]:
    text = "".join(run.text for run in runs)
    typed = _typed(runs)
    taken: list[range] = []
    for pattern, what, remedy in _PATTERNS:
        for found in re.finditer(pattern, text):
            within = range(*found.span("at" if "at" in found.re.groupindex else 0))
            if all(typed[place] for place in within) or any(set(within) & set(other) for other in taken):
                continue
            taken.append(within)
            yield Flaw(what, remedy, _around(text, within), _place(runs, within, sources))


def _typed(runs: Iterable[Run]) -> list[bool]:
    """Sign by sign, whether a person typed it."""
    return [run.position is not None for run in runs for _ in run.text]


def _of_end(block: Paragraph, after: Block | None, sources: Sequence[Source]) -> Iterator[Flaw]:
    """Nothing is announced that does not come; no list goes on after its end."""
    text = block.text
    if not text or block.kind or _typed(block.runs)[-1]:
        return
    at_end = len(text) - 1
    if text[-1] in "：:" and not isinstance(after, (Paragraph, TableBlock)):
        what, remedy = "冒号后面什么也没有", "请用 {% if … %} 判断有内容才写，没有时另写一句。"
        yield Flaw(
            what,
            remedy,
            _around(text, range(at_end, at_end + 1)),
            _place(block.runs, range(at_end, at_end + 1), sources),
        )
    elif text[-1] in "，、":
        what, remedy = f"一段话以“{text[-1]}”结尾", "后面的内容是空的：请把标点也写进 {% if … %}。"
        yield Flaw(
            what,
            remedy,
            _around(text, range(at_end, at_end + 1)),
            _place(block.runs, range(at_end, at_end + 1), sources),
        )


def _of_heading(block: Heading, after: Block | None, sources: Sequence[Source]) -> Iterator[Flaw]:
    """Something stands below every heading, and a heading has words."""
    text = block.title
    if not text.strip():
        yield Flaw("标题是空的", "请核对标题里的名称。", block.ordinal, _heading_place("", sources))
    elif after is None or (isinstance(after, Heading) and after.level <= block.level):
        remedy = "请把标题也写进 {% if … %}，或没有内容时另写一句（如“无……”）。"
        yield Flaw("标题下面什么也没有", remedy, block.ordinal + text, _heading_place(text, sources))


def _around(text: str, within: range, most: int = 16) -> str:
    start, end = max(0, within.start - most), min(len(text), within.stop + 6)
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"


def _place(runs: Sequence[Run], within: range, sources: Sequence[Source]) -> Position:
    """Where in a template some signs come from: words lead to the place behind them (compose/traced.py).

    Of two templates that meet there, it is the one that takes in the other: it stands first among the ``sources``.
    """
    files = [source.name for source in sources]
    found = [place for place in _places(runs, within) if place.file in files]
    if not found:
        return Position(files[0]) if files else Position("")
    place = min(reversed(found), key=lambda place: files.index(place.file))
    line = sources[files.index(place.file)].line(place.line) or ""
    text = "".join("\n" * len(run.text) if run.figure or run.position else run.text for run in runs)
    return place._replace(column=_column(line, text[: within.start], text[within.start :]))


def _places(runs: Sequence[Run], within: range) -> Iterator[Position]:
    """Of each stretch of words that has some of these signs, or is next to them, the place behind it."""
    start = 0
    for run in runs:
        end = start + len(run.text)
        if run.text:
            last = range(start, end)
        elif run.position is not None and last.stop >= within.start and last.start <= within.stop:
            yield run.position
        start = end


def _column(line: str, before: str, after: str) -> int:
    """The place after the longest end of the words before that a line has, else where the words behind begin."""
    for size in range(len(before), 0, -1):
        if "\n" not in before[-size:] and before[-size:] in line:
            return line.index(before[-size:]) + size + 1
    return max(line.find(after[:2]), line.find(after[:1]), 0) + 1


def _heading_place(title: str, sources: Sequence[Source]) -> Position:
    """Where a heading stands among the templates: the one that has most of its words; the first file where none has any."""
    lines = [
        (source, number, line)
        for source in sources
        for number, line in enumerate(source.text.split("\n"), 1)
        if line.lstrip().startswith("#")
    ]
    if not lines:
        return Position(sources[0].name) if sources else Position("")
    source, number, line = max(lines, key=lambda one: _end_of(title, one[2]))
    return Position(source.name, number, len(line) - len(line.lstrip()) + 1)


def _end_of(words: str, line: str) -> int:
    return next((size for size in range(len(words), 0, -1) if words[-size:] in line), 0)
