"""Rules of form over ordinals: headings, paragraphs and items count on, classes carry the ordinal of their code (L304, L305)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.page import Page
from generator.check.rules import PASS, Answer, Finding, NotApplicable, Rule
from generator.check.sheets import Sheet
from generator.model.numerals import A_NUMERAL, ORDINAL, number_of, numeral, whole
from generator.model.patterns import any_of
from generator.model.problem import Severity
from generator.model.reading import ReadHeading, ReadTable
from generator.model.source import in_document

_LEVELS = (
    (re.compile(rf"第({A_NUMERAL})部分"), "第{}部分"),
    (re.compile(rf"({A_NUMERAL})、"), "{}、"),
    (re.compile(rf"（({A_NUMERAL})）"), "（{}）"),
)
_ITEM = re.compile(rf"(\d{{1,9}})({any_of(*'．、')}|\.)")


def numbering_is_continuous(page: Page) -> Iterator[Answer]:
    """Headings count on from one at each level, a section also from its part's tables; so do items under one heading."""
    counts, anew, tables = [0, 0, 0], False, 0
    for heading in page.tables.bound.reading.blocks:
        if not isinstance(heading, ReadHeading):
            tables += isinstance(heading, ReadTable)
            continue
        tables = 0 if heading.level == 1 else tables
        for level, (pattern, shape) in enumerate(_LEVELS):
            found = pattern.match(heading.text)
            if found is None:
                continue
            number = number_of(found[1])
            after_tables = level == 1 and tables and number == tables + 1
            if number != counts[level] + 1 and not (anew and number == 1) and not after_tables:
                yield Finding(
                    f"“{heading.text}”的编号{found[0]}不连续，应为{shape.format(numeral(counts[level] + 1))}",
                    "请重新编号。",
                    in_document(heading.text),
                )
            counts[level] = number
            counts[level + 1 :] = [0] * (len(counts) - level - 1)
            anew = False
            break
        else:  # under a part that has no number of its own they may begin again
            anew = anew or heading.level == 1
    yield from _items_count_on(page)
    yield from _paragraphs_count_on(page)
    yield PASS


def _paragraphs_count_on(page: Page) -> Iterator[Answer]:
    """Paragraphs numbered like headings: a list may begin again at 一, but not leave a number out."""
    section, counts = "", [0, 0]
    for item in page.tables.bound.reading.paragraphs:
        if item.section != section:
            section, counts = item.section, [0, 0]
        for level, (pattern, shape) in enumerate(_LEVELS[1:]):
            found = pattern.match(item.text)
            if found is None:
                continue
            number, last = ordinal(found[1] + "、"), counts[level]
            if last and number not in (1, last + 1):
                message = (
                    f"“{section}”{shape.format(numeral(last))}之后是{found[0]}，应为{shape.format(numeral(last + 1))}"
                )
                yield Finding(message, "请重新编号。", in_document(section))
            counts[level] = number


def _items_count_on(page: Page) -> Iterator[Answer]:
    section, last = "", 0
    for item in page.tables.bound.reading.paragraphs:
        found = _ITEM.match(item.text)
        if item.section != section:
            section, last = item.section, 0
        if found is None:
            if any(pattern.match(item.text) for pattern, _ in _LEVELS[1:]):
                last = 0  # items of the next paragraph begin again
            continue
        decimal = item.text[found.end() : found.end() + 1].isdigit()  # “3.14…”, or “3.” before a year
        if whole(found[1]) != last + 1:
            if decimal:
                continue
            yield Finding(
                f"“{section}”编号{found[0]}之后不连续，应为{last + 1}{found[2]}", "请重新编号。", in_document(section)
            )
        last = whole(found[1])


_CLASS = 3
"""How long a 类's code is."""


def classes_numbered_by_code(page: Page) -> Iterator[Answer]:
    """The ordinal of a 类 is its code less 200 (so 十八, 二十五, 二十六 and 二十八 are missing, rightly)."""
    numbered = [sheet for sheet in page.tables.sheets if any(shape.complete for shape in sheet.shapes)]
    if not numbered:
        raise NotApplicable("各表没有按类编号的行")
    for sheet in numbered:
        yield from _numbered_by_code(sheet)


def _numbered_by_code(sheet: Sheet) -> Iterator[Answer]:
    for row, (shape, values) in sheet.shape_of.items():
        if not shape.complete or shape.own != ("功能科目",) or shape.lengths[-1][1] != _CLASS:
            continue
        code, text = values["功能科目"], sheet.named(row)
        right = int(code[:3]) - 200
        if not ORDINAL.match(text) or ordinal(text) == right:
            yield PASS
        else:
            column = sheet.columns[0]
            said = f"“{sheet.name}”“{text}”的序号与科目代码不符，应为{numeral(right)}"
            yield Finding(said, "请改正序号。", sheet.place(row, column))


def ordinal(text: str) -> int:
    """The number a label begins with, written in Chinese; 0 when it has none."""
    return number_of(text.split("、")[0].strip("（").split("）")[0])


NUMBERING_RULES: tuple[Rule[Page], ...] = (
    Rule("L304", "编号连续", Severity.ERROR, numbering_is_continuous, "GB/T 9704-2012", "一、二、四、", "一、二、三、"),
    Rule("L305", "类级科目的序号＝科目代码－200", Severity.ADVICE, classes_numbered_by_code, "政府收支分类科目", "十七、援助其他地区支出（219）", "十九、援助其他地区支出"),
)  # fmt: skip
