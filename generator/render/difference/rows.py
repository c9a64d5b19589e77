"""A Difference as lists of rows, which every format prints in its own way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from difflib import SequenceMatcher
from typing import NamedTuple

from generator.model.difference import Difference, State, Value
from generator.model.money import Money
from generator.model.problem import Problem
from generator.render.problems import ordered, summary_text
from generator.render.story import value_text

_TOKEN = re.compile(r"-?[0-9][0-9,.]*[0-9]%?|.", re.DOTALL)
NOTHING = "没有变化。"
_MOST = 4_000_000
_Code = tuple[str, int, int, int, int]


class Item(NamedTuple):
    """One change: where, before, after (None: was not there, is no more), and by how much."""

    place: str
    old: str | None
    new: str | None
    delta: str = ""


class Section(NamedTuple):
    """A list of changes; ``heads`` are the four columns' names, the last empty where there is no difference to tell."""

    title: str
    heads: tuple[str, str, str, str]
    rows: tuple[Item, ...]


def heading(difference: Difference) -> str:
    """What is compared with what."""
    old, new = difference.old, difference.new
    if old.year == new.year and new.year:
        return f"{new.year}年度：{old.label} → {new.label}"
    return f"{old.label} → {new.label}"


def remarks(difference: Difference) -> Iterator[str]:
    """What could not be compared, and why."""
    for state in (difference.old, difference.new):
        if state.remark:
            yield f"{state.label}：{state.remark}"
        elif state in difference.failed:
            yield f"{state.label}有错误，没有成文，文字和表没有比较：{summary_text(ordered(state.problems))}"
            if state.skipped:
                yield f"{state.label}还没有检查到的问题，不算出现或消失。"
    for state in (difference.old, difference.new):
        if state in difference.failed:
            yield from _errors(state)
    if difference.seals:
        yield f"{'、'.join(difference.seals)}有变化，里面的内容没有比较。"


def _errors(state: State) -> Iterator[str]:
    for problem in ordered(state.problems):
        if problem.severity.value == "error":
            yield f"{problem.position}: {problem.severity.label} {problem.code} {problem.message}"


def sections(difference: Difference) -> tuple[Section, ...]:
    """All lists that hold anything, in the order a reader asks: what was typed, what it came to, where it shows."""
    lists = (
        Section("数据和格式的改动", ("文件", "原来", "现在", ""), tuple(_lines(difference))),
        Section("变动的数", ("数", "原来", "现在", "增减"), tuple(_figures(difference))),
        Section("增加和减少的表、行、栏", ("位置", "原来", "现在", ""), tuple(_pieces(difference))),
        Section("变动的句子", ("位置", "原来", "现在", ""), tuple(_sentences(difference))),
        Section("变动的单元格", ("表·行·栏", "原来", "现在", ""), tuple(_cells(difference))),
        Section("出现和消失的问题", ("问题", "原来", "现在", ""), tuple(_problems(difference))),
    )
    return tuple(section for section in lists if section.rows)


def _lines(difference: Difference) -> Iterator[Item]:
    for file in difference.files:
        text = f"{file.lines}行"
        yield Item(file.name, None if file.gained else text, text if file.gained else None)
    for line in difference.lines:
        yield Item(line.position.file_and_line, _stripped(line.old), _stripped(line.new))


def _stripped(line: str | None) -> str | None:
    return line if line is None else line.strip()


def _figures(difference: Difference) -> Iterator[Item]:
    for figure in difference.figures:
        yield Item(figure.name, _value(figure.old), _value(figure.new), _delta(figure.delta))


def _value(value: Value | None) -> str | None:
    return None if value is None else value_text(value)


def _delta(value: Value | None) -> str:
    if value is None:
        return ""
    if isinstance(value, Money):
        return f"{value.amount:+.2f}{value.scale.label}"
    return f"{value:+.2f}个百分点" if isinstance(value, Decimal) else f"{value:+d}"


def _pieces(difference: Difference) -> Iterator[Item]:
    for piece in difference.pieces:
        text = piece.text or piece.place
        place = f"{piece.kind}：{piece.place}" if piece.text else piece.kind
        yield Item(place, None if piece.gained else text, text if piece.gained else None)


def _sentences(difference: Difference) -> Iterator[Item]:
    for sentence in difference.sentences:
        yield Item(sentence.section, sentence.old or None, sentence.new or None)


def _cells(difference: Difference) -> Iterator[Item]:
    for cell in difference.cells:
        place = "·".join(part for part in (cell.table, cell.row, cell.column) if part)
        yield Item(place, cell.old or "（空）", cell.new or "（空）")


def _problems(difference: Difference) -> Iterator[Item]:
    for problem in ordered(difference.appeared):
        yield Item(_problem(problem), None, problem.message)
    for problem in ordered(difference.gone):
        yield Item(_problem(problem), problem.message, None)


def _problem(problem: Problem) -> str:
    return f"{problem.severity.label} {problem.code}（{problem.position}）"


def summary(found: Sequence[Section]) -> str:
    """How many of each; empty where nothing was found, as when a side is not there."""
    return "，".join(f"{section.title}{len(section.rows)}处" for section in found) + "。" * bool(found)


class Bit(NamedTuple):
    """A stretch of a text, and whether the other side's differs there."""

    text: str
    changed: bool


def pieces(old: str, new: str) -> tuple[tuple[Bit, ...], tuple[Bit, ...]]:
    """Both texts in stretches; a number counts as one character."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(before) * len(after) > _MOST:  # nobody reads the letters one by one, and telling them apart takes minutes
        return (Bit(old, True),), (Bit(new, True),)
    codes: list[_Code] = [*SequenceMatcher(None, before, after, autojunk=False).get_opcodes()]
    if sum(last - first for tag, first, last, _, _ in codes if tag == "equal") * 3 < max(len(before), len(after)):
        return (Bit(old, True),), (Bit(new, True),)  # too little in common to be worth telling apart
    codes = _whole(codes, before)
    was = (Bit("".join(before[first:last]), tag != "equal") for tag, first, last, _, _ in codes if first < last)
    now = (Bit("".join(after[first:last]), tag != "equal") for tag, _, _, first, last in codes if first < last)
    return tuple(was), tuple(now)


def _whole(codes: Sequence[_Code], before: Sequence[str]) -> list[_Code]:
    """A single character between two changes is part of the change: chance letters in common only break up the words."""
    found: list[_Code] = []
    for place, code in enumerate(codes):
        inside = 0 < place < len(codes) - 1 and code[0] == "equal"
        chance = inside and len("".join(before[code[1] : code[2]])) == 1
        if found and found[-1][0] != "equal" and (chance or code[0] != "equal"):
            found[-1] = ("replace", found[-1][1], code[2], found[-1][3], code[4])
        else:
            found.append(code)
    return found
