"""Mistakes in amounts: of the ledger, of last year, of 控制数."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import combinations

from tests.mistakes.folder import Folder, Line, Mistake

_FACTORS = ("10", "0.1", "100", "0.01", "10000")


def wrong_digits(folder: Folder, lines: Iterable[Line]) -> Iterator[Mistake]:
    """Each digit one more."""
    for line in lines:
        for place, digit in enumerate(line.value):
            if digit.isdigit():
                yield folder.valued(line, line.value[:place] + str((int(digit) + 1) % 10) + line.value[place + 1 :])


def turned_digits(folder: Folder, lines: Iterable[Line]) -> Iterator[Mistake]:
    """Each two neighbouring digits in the other order."""
    for line in lines:
        for found in re.finditer(r"(?=(\d)(\d))", line.value):
            place = found.start()
            if found[1] != found[2]:
                yield folder.valued(line, line.value[:place] + found[2] + found[1] + line.value[place + 2 :])


def wrong_units(folder: Folder) -> Iterator[Mistake]:
    """Ten times, a tenth, … as where 元 and 万元 are mixed or a point slips."""
    for line in folder.amounts():
        for factor in _FACTORS:
            yield folder.valued(line, f"{(Decimal(line.value) * Decimal(factor)).quantize(Decimal('0.01'))}")


def negative(folder: Folder) -> Iterator[Mistake]:
    """With a minus."""
    for line in folder.amounts():
        yield folder.valued(line, f"-{line.value}")


def swapped_under_one(folder: Folder) -> Iterator[Mistake]:
    """Two amounts under one 功能科目 of one project or of 基本支出."""
    yield from _swapped(
        folder, folder.amounts(), lambda one, other: (one.file, one.heading) == (other.file, other.heading)
    )


def swapped_in_basic(folder: Folder) -> Iterator[Mistake]:
    """Two amounts of 基本支出 under different 功能科目."""
    yield from _swapped(folder, folder.amounts("basic.yaml"), lambda one, other: one.heading != other.heading)


def swapped_between_projects(folder: Folder) -> Iterator[Mistake]:
    """Two amounts of different projects, or of different 功能科目 of one."""
    yield from _swapped(folder, folder.amounts("projects.yaml"), lambda one, other: one.heading != other.heading)


def swapped_with_basic(folder: Folder) -> Iterator[Mistake]:
    """An amount of 基本支出 with one of a project."""
    yield from _swapped(folder, folder.amounts(), lambda one, other: one.file != other.file)


def compensating(folder: Folder) -> Iterator[Mistake]:
    """One amount 1.00 too much, the next 1.00 too little: under one file's total."""
    for file in ("basic.yaml", "projects.yaml"):
        lines = list(folder.amounts(file))
        for one, other in zip(lines, [*lines[1:], lines[0]], strict=True):
            more, less = Decimal(one.value) + 1, Decimal(other.value) - 1
            if less > 0:
                first = folder.valued(one, f"{more}")
                second = Folder({**folder.texts, **first.texts}).valued(other, f"{less}")
                yield Mistake(f"{one}多1.00，{other}少1.00", second.texts)


def moved(folder: Folder) -> Iterator[Mistake]:
    """An amount under another 功能科目 of its file."""
    for file in ("basic.yaml", "projects.yaml"):
        headings = list(folder.headings(file))
        for line in folder.amounts(file):
            for other in headings:
                if other.number != line.heading:
                    yield folder.edited(
                        f"{line}移到{other}", lambda lines, line=line, other=other: _move(lines, line, other), file
                    )


def dropped(folder: Folder) -> Iterator[Mistake]:
    """A line left out."""
    for line in folder.amounts():
        yield folder.dropped(line)


def doubled(folder: Folder) -> Iterator[Mistake]:
    """A line pasted twice."""
    for line in folder.amounts():
        yield folder.doubled(line)


def ledger_digits(folder: Folder) -> Iterator[Mistake]:
    """One digit of the ledger."""
    yield from wrong_digits(folder, folder.amounts())


def ledger_turned(folder: Folder) -> Iterator[Mistake]:
    """Two digits of the ledger turned round."""
    yield from turned_digits(folder, folder.amounts())


def prior_digits(folder: Folder) -> Iterator[Mistake]:
    """One digit of last year's amounts."""
    yield from wrong_digits(folder, folder.fields("prior.yaml"))


def prior_dropped(folder: Folder) -> Iterator[Mistake]:
    """One of last year's amounts left out."""
    for line in folder.fields("prior.yaml"):
        yield folder.dropped(line)


def prior_swapped(folder: Folder) -> Iterator[Mistake]:
    """Two of last year's amounts."""
    yield from _swapped(folder, folder.fields("prior.yaml"), lambda one, other: True)


def prior_part_over_whole(folder: Folder) -> Iterator[Mistake]:
    """A part of last year larger than all."""
    for line in folder.fields("prior.yaml"):
        yield folder.valued(line, "236200.00")


def _controls(folder: Folder) -> list[Line]:
    return [line for line in folder.fields("department.yaml") if re.fullmatch(r"\d+\.\d\d", line.value)]


def control_digits(folder: Folder) -> Iterator[Mistake]:
    """One digit of a 控制数."""
    yield from wrong_digits(folder, _controls(folder))


def control_dropped(folder: Folder) -> Iterator[Mistake]:
    """One 控制数 left out; only the total left; only one part; none left."""
    controls = _controls(folder)
    numbers = [line.number for line in controls]
    for line in controls:
        yield folder.dropped(line)
    for kept in ([line.number] for line in controls):
        yield folder.edited(
            f"控制数只留第{kept[0] + 1}行", lambda lines, kept=kept: _keep(lines, numbers, kept), "department.yaml"
        )
    yield folder.edited("控制数全删", lambda lines: _keep(lines, [numbers[0] - 1, *numbers], []), "department.yaml")


def control_swapped(folder: Folder) -> Iterator[Mistake]:
    """Two 控制数."""
    yield from _swapped(folder, _controls(folder), lambda one, other: True)


def facts(folder: Folder) -> Iterator[Mistake]:
    """A number of 政府采购 or 国有资产 that is none, another."""
    for line in folder.fields("narrative.yaml"):
        if re.fullmatch(r"0(\.00)?", line.value):
            for value in ("1", "30", "8000"):
                yield folder.valued(line, value + line.value[1:])


def _swapped(folder: Folder, lines: Iterable[Line], wanted: object) -> Iterator[Mistake]:
    for one, other in combinations(lines, 2):
        if one.value != other.value and wanted(one, other):  # type: ignore[operator]
            yield folder.swapped(one, other)


def _move(lines: list[str], line: Line, other: Line) -> None:
    text = lines.pop(line.number)
    lines.insert(other.number + (0 if other.number > line.number else 1), text)


def _keep(lines: list[str], numbers: list[int], kept: list[int]) -> None:
    for number in sorted(set(numbers) - set(kept), reverse=True):
        del lines[number]
