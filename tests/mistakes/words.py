"""Mistakes in words: cut, doubled, dropped, look-alike characters, years, names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import combinations

from tests.mistakes.folder import Folder, Line, Mistake

_RADICALS = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0x2F00, 0x2FD6)}
_INVISIBLE = ("\u200b", "\u200d", "\u00ad", "\ufe0f", "\u2063")
_WIDE = {chr(code - 0xFEE0): chr(code) for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B))}


def _names(folder: Folder) -> Iterator[Line]:
    yield from folder.fields("department.yaml", "名称", '"027001"')
    yield from folder.fields("projects.yaml", "名称")


def _texts(folder: Folder) -> Iterator[Line]:
    yield from folder.items("department.yaml")
    yield from folder.fields("department.yaml", "预算范围", "内设机构归属")
    yield from folder.items("performance.yaml")
    yield from folder.fields("performance.yaml", "任务名称", "主要内容")
    yield from _reasons(folder)


def _reasons(folder: Folder) -> list[Line]:
    return [line for line in folder.fields("narrative.yaml") if len(line.value) > 8]


def _cut(folder: Folder, lines: Iterator[Line]) -> Iterator[Mistake]:
    for line in lines:
        for less in (1, 2, 3):
            if len(line.value) > less + 1:
                yield folder.valued(line, line.value[:-less])
        yield folder.valued(line, line.value[1:])


def names_cut(folder: Folder) -> Iterator[Mistake]:
    """Names of department, unit, projects without their first or last characters."""
    yield from _cut(folder, _names(folder))


def texts_cut(folder: Folder) -> Iterator[Mistake]:
    """Other words without their first or last characters."""
    yield from _cut(folder, _texts(folder))


def indicators_cut(folder: Folder) -> Iterator[Mistake]:
    """Names of indicators without their last characters."""
    for line in folder.indicators():
        for less in (1, 2):
            yield folder.changed(line, line.name, line.name[:-less])


def words_doubled(folder: Folder) -> Iterator[Mistake]:
    """The words in the middle typed twice."""
    for line in (*_names(folder), *_texts(folder)):
        half = len(line.value) // 2
        yield folder.valued(line, line.value[:half] + line.value[half - 2 : half] + line.value[half:])


def invisible(folder: Folder) -> Iterator[Mistake]:
    """A sign that nobody sees."""
    for line in (*_names(folder), *_texts(folder)):
        half = len(line.value) // 2
        for sign in _INVISIBLE:
            yield folder.valued(line, line.value[:half] + sign + line.value[half:])


def look_alikes(folder: Folder) -> Iterator[Mistake]:
    """A radical for the character, a wide digit for a digit: as copied from a PDF."""
    for line in (*_names(folder), *_texts(folder)):
        for table in (_RADICALS, _WIDE):
            place = next((at for at, char in enumerate(line.value) if char in table), None)
            if place is not None:
                yield folder.valued(line, line.value[:place] + table[line.value[place]] + line.value[place + 1 :])
    for line in folder.indicators():
        for table in (_RADICALS, _WIDE):
            text = "".join(table.get(char, char) for char in line.value)
            if text != line.value:
                yield folder.valued(line, text)


def items_doubled(folder: Folder) -> Iterator[Mistake]:
    """An item of a list twice: 职责, 机构, 目标, 任务."""
    for file in ("department.yaml", "performance.yaml"):
        for line in folder.items(file):
            yield folder.doubled(line)
    for line in folder.fields("department.yaml", "内设机构"):
        offices = line.value.strip("[]").split(", ")
        for office in offices:
            yield folder.valued(line, f"[{', '.join([*offices, office])}]")
    lines = folder.lines("performance.yaml")
    for line in folder.fields("performance.yaml", "任务名称"):
        task = lines[line.number : line.number + 2]
        yield folder.edited(
            f"{line}：重复",
            lambda lines, at=line.number, task=task: lines.__setitem__(slice(at, at), task),
            "performance.yaml",
        )
    for line in folder.fields("narrative.yaml", "专项转移支付项目"):
        yield folder.valued(line, "[农村公路补助, 农村公路补助]")


def items_dropped(folder: Folder) -> Iterator[Mistake]:
    """An item of a list left out."""
    for file in ("department.yaml", "performance.yaml"):
        for line in folder.items(file):
            yield folder.dropped(line)
    for line in folder.fields("department.yaml", "内设机构"):
        offices = line.value.strip("[]").split(", ")
        for office in offices:
            yield folder.valued(line, f"[{', '.join(other for other in offices if other != office)}]")


def years(folder: Folder) -> Iterator[Mistake]:
    """A year in the words, another."""
    for line in (*_names(folder), *_reasons(folder)):
        for found in re.finditer(r"20\d\d", line.value):
            year = int(found[0])
            for other in (
                year + 1,
                year - 1,
                year - 2,
                year - 10,
                year + 10,
                int(f"{found[0][:2]}{found[0][3]}{found[0][2]}"),
            ):
                if other != year:
                    yield folder.valued(line, f"{line.value[: found.start()]}{other}{line.value[found.end() :]}")


def document_numbers(folder: Folder) -> Iterator[Mistake]:
    """A digit of a document's number in a project's name."""
    for line in folder.fields("projects.yaml", "名称"):
        for found in re.finditer(r"\d+(?=号)", line.value):
            wrong = f"{int(found[0]) + 1}"
            yield folder.valued(line, line.value[: found.start()] + wrong + line.value[found.end() :])


def agency_unlike_department(folder: Folder) -> Iterator[Mistake]:
    """The one unit's name, or the department's, another than the other."""
    for line in folder.fields("department.yaml", "名称", '"027001"'):
        for old, new in (("服务中心", "服务局"), ("社会保障", "社会保险"), ("（示范区）", "")):
            yield folder.changed(line, old, new)


def reason_amounts(folder: Folder) -> Iterator[Mistake]:
    """An amount in a reason, another, and its unit."""
    for line in _reasons(folder):
        for found in re.finditer(r"(\d+\.\d\d)(万元)", line.value):
            for text in ("9.00万元", "80.00万元", "0.80万元", "8.00元", "80000.00万元", "8.00亿元", "8.00"):
                yield folder.valued(line, line.value[: found.start()] + text + line.value[found.end() :])
        for number in ("122.00", "130.00", "1220000.00"):
            yield folder.valued(line, f"{line.value}，共{number}万元")


def reason_projects(folder: Folder) -> Iterator[Mistake]:
    """A project named in a reason that is not there."""
    for line in _reasons(folder):
        for words in ("“城乡医疗求助”项目", "“残疾人就业补助”项目", "“2022年省级医疗救助资金”"):
            yield folder.valued(line, f"新增{words}，{line.value}")
        for old, new in (("彩票公益金", "彩票公积金"), ("城乡医疗救助", "医疗救助"), ("2022年中央", "2022年省")):
            if f"{old}" in line.value and "“" in line.value:
                yield folder.changed(line, old, new)


def reasons_swapped(folder: Folder) -> Iterator[Mistake]:
    """Two reasons; a reason left out; a reason of the other direction."""
    lines = _reasons(folder)
    for one, other in combinations(lines, 2):
        if one.value != other.value:
            yield folder.swapped(one, other)
    for line in lines:
        yield folder.dropped(line)
        yield folder.valued(line, "人员增加，新增项目，补助标准提高")
        yield folder.valued(line, "人员减少，项目到期，压减支出")
