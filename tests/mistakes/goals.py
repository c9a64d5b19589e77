"""Mistakes in 绩效指标: signs, values, units, names, categories."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, pairwise

from tests.mistakes.folder import Folder, Line, Mistake

_OTHER_SIGN = {"≥": "≤", "≤": "≥", ">": "<"}
_UNITS = (
    ("人", "人次"),
    ("人", "户"),
    ("万人", "人"),
    ("人", ""),
    ("%", ""),
    ("%", "％"),
    ("%", "‰"),
    ("批", "个"),
    ("根", "条"),
)


def _all(folder: Folder) -> Iterator[Line]:
    yield from folder.indicators()
    yield from folder.fields("performance.yaml", "指标值")


def signs_turned(folder: Folder) -> Iterator[Mistake]:
    """≤ for ≥ and the other way round."""
    for line in _all(folder):
        for sign, other in _OTHER_SIGN.items():
            if sign in line.value:
                yield folder.valued(line, line.value.replace(sign, other))


def signs_lost(folder: Folder) -> Iterator[Mistake]:
    """No sign, or a sign before what had none."""
    for line in _all(folder):
        if line.value[0] in "≥≤":
            yield folder.valued(line, line.value[1:])
        elif line.value[0].isdigit():
            yield folder.valued(line, f"≤{line.value}")


def digits(folder: Folder) -> Iterator[Mistake]:
    """A digit of a value."""
    for line in _all(folder):
        for found in re.finditer(r"\d", line.value):
            wrong = str((int(found[0]) + 1) % 10)
            yield folder.valued(line, line.value[: found.start()] + wrong + line.value[found.end() :])


def magnitudes(folder: Folder) -> Iterator[Mistake]:
    """A zero more behind, or before; a digit less."""
    for line in _all(folder):
        found = re.search(r"\d+", line.value)
        if found:
            for number in (f"{found[0]}0", f"0{found[0]}", found[0][:-1]):
                if number:
                    yield folder.valued(line, line.value[: found.start()] + number + line.value[found.end() :])


def units(folder: Folder) -> Iterator[Mistake]:
    """Another unit, or none."""
    for line in _all(folder):
        for unit, other in _UNITS:
            if re.search(rf"\d{unit}", line.value):
                yield folder.valued(line, re.sub(rf"(?<=\d){unit}", other, line.value))


def values_swapped(folder: Folder) -> Iterator[Mistake]:
    """The values of two indicators of a project."""
    for one, other in combinations(folder.indicators(), 2):
        if one.project == other.project and one.value != other.value and "资金总额" not in one.value + other.value:
            yield folder.swapped(one, other)


def categories_swapped(folder: Folder) -> Iterator[Mistake]:
    """Two categories of a project, under each other's name."""
    lines = folder.lines("projects.yaml")
    places = [
        [at for at in range(start, end) if re.fullmatch(" {4}[^ ]+指标:", lines[at])]
        for start, end in folder.projects()
    ]
    for of_project in places:
        for one, other in pairwise(of_project):
            yield folder.edited(
                f"第{one + 1}、{other + 1}行的类别互换",
                lambda lines, a=one, b=other: lines.__setitem__(
                    slice(a, b + 1), [lines[b], *lines[a + 1 : b], lines[a]]
                ),
                "projects.yaml",
            )


def dropped(folder: Folder) -> Iterator[Mistake]:
    """An indicator left out."""
    for line in _all(folder):
        if line.file == "projects.yaml":
            yield folder.dropped(line)


def doubled(folder: Folder) -> Iterator[Mistake]:
    """An indicator twice; under the next category too; with another word before it."""
    for line in folder.indicators():
        yield folder.doubled(line)
        again = f"      提升{line.name}: {line.value}"
        yield folder.edited(
            f"{line}：又写一遍", lambda lines, at=line.number, again=again: lines.insert(at + 1, again), line.file
        )
    for category, other in (("产出指标", "效益指标"), ("效益指标", "满意度指标")):
        for line in folder.indicators(category):
            into = next(
                at
                for at, text in enumerate(folder.lines(line.file))
                if at > line.number and text.strip() == f"{other}:"
            )
            yield folder.edited(
                f"{line}：也列在{other}",
                lambda lines, at=into, place=line.number: lines.insert(at + 1, lines[place]),
                line.file,
            )


def costs(folder: Folder) -> Iterator[Mistake]:
    """A cost named after the other level, or with an amount of its own."""
    for line in folder.indicators("成本指标"):
        yield folder.changed(line, line.name, "预算资金" if line.name == "上级资金" else "上级资金")
        for value in ("≤100.00万元", "≤1.00万元", "≥资金总额", "资金总额", "≤12万", "=资金总额"):
            yield folder.valued(line, value)


def of_other_projects(folder: Folder) -> Iterator[Mistake]:
    """The 绩效指标 of two neighbouring projects in each other's place."""
    lines = folder.lines("projects.yaml")
    blocks = [
        (next(at for at in range(start, end) if lines[at] == "  绩效指标:"), end) for start, end in folder.projects()
    ]
    for one, other in combinations(blocks, 2):
        yield folder.edited(
            f"第{one[0] + 1}、{other[0] + 1}行的绩效指标互换",
            lambda lines, a=one, b=other: lines.__setitem__(
                slice(a[0], b[1]), lines[slice(*b)] + lines[a[1] : b[0]] + lines[slice(*a)]
            ),
            "projects.yaml",
        )
