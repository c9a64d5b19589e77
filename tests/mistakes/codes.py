"""Mistakes in codes and choices: 科目, 项目编码, 层级, 资金来源, 类型, 年度."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from generator.model.ledger import FUNDS
from tests.departments import real
from tests.mistakes.folder import Folder, Line, Mistake


def _neighbours(name: str, steps: tuple[int, ...]) -> Iterator[tuple[str, str]]:
    """The codes of the same level some steps away in the list, with their names."""
    code = name.split()[0]
    classification = real().classification
    table = classification.function if len(code) == 7 else classification.department_economic
    codes = sorted(other for other in table if len(other) == len(code))
    at = codes.index(code)
    for step in steps:
        if 0 <= at + step < len(codes):
            yield codes[at + step], table[codes[at + step]]


def _headings(folder: Folder) -> Iterator[Line]:
    for file in ("basic.yaml", "projects.yaml"):
        yield from folder.headings(file)


def function_code_only(folder: Folder) -> Iterator[Mistake]:
    """The neighbour's code, the name as it was."""
    for line in _headings(folder):
        for code, _ in _neighbours(line.name, (-2, -1, 1, 2)):
            yield folder.changed(line, line.name.split()[0], code)


def function_with_name(folder: Folder) -> Iterator[Mistake]:
    """The neighbour's code and name: another line of the list was picked."""
    for line in _headings(folder):
        for code, name in _neighbours(line.name, (-3, -2, -1, 1, 2, 3)):
            yield folder.changed(line, line.name, f"{code} {name}")


def economic_code_only(folder: Folder) -> Iterator[Mistake]:
    """The neighbour's code, the name as it was."""
    for line in folder.amounts():
        for code, _ in _neighbours(line.name, (-1, 1)):
            yield folder.changed(line, line.name.split()[0], code)


def economic_with_name(folder: Folder) -> Iterator[Mistake]:
    """The neighbour's code and name."""
    for line in folder.amounts():
        for code, name in _neighbours(line.name, (-2, -1, 1, 2)):
            yield folder.changed(line, line.name, f"{code} {name}")


def economic_of_other_group(folder: Folder) -> Iterator[Mistake]:
    """The code with another third digit, if there is one, and its name."""
    table = real().classification.department_economic
    for line in folder.amounts():
        code = line.name.split()[0]
        for digit in "0123456789":
            other = code[:2] + digit + code[3:]
            if other != code and other in table:
                yield folder.changed(line, line.name, f"{other} {table[other]}")


def functions_swapped(folder: Folder) -> Iterator[Mistake]:
    """Two 功能科目 of a file in each other's place."""
    for file in ("basic.yaml", "projects.yaml"):
        for one, other in combinations(folder.headings(file), 2):
            if one.name != other.name:
                yield folder.edited(
                    f"{one}↔{other}", lambda lines, one=one, other=other: _exchange(lines, one, other), file
                )


def project_code_digits(folder: Folder) -> Iterator[Mistake]:
    """A digit of a 项目编码, each third."""
    for line in folder.fields("projects.yaml", "编码"):
        for place in range(1, len(line.value) - 1, 3):
            wrong = str((int(line.value[place]) + 1) % 10)
            yield folder.valued(line, line.value[:place] + wrong + line.value[place + 1 :])


def project_codes_swapped(folder: Folder) -> Iterator[Mistake]:
    """Two 项目编码."""
    for one, other in combinations(folder.fields("projects.yaml", "编码"), 2):
        yield folder.swapped(one, other)


def project_code_cut(folder: Folder) -> Iterator[Mistake]:
    """A 项目编码 with one digit less, with one more, or another project's."""
    lines = list(folder.fields("projects.yaml", "编码"))
    for line, other in zip(lines, [*lines[1:], lines[0]], strict=True):
        for wrong in (line.value[:-2] + '"', line.value[:-1] + '0"', other.value):
            yield folder.valued(line, wrong)


def department_code(folder: Folder) -> Iterator[Mistake]:
    """A digit of the codes of department and unit."""
    for line in folder.fields("department.yaml"):
        for place, digit in enumerate(line.name if line.name.startswith('"') else line.value):
            if digit.isdigit() and (line.name == "代码" or line.name.startswith('"')):
                text = line.value if line.name == "代码" else line.name
                wrong = text[:place] + str((int(digit) + 1) % 10) + text[place + 1 :]
                yield folder.changed(line, text, wrong)


def levels(folder: Folder) -> Iterator[Mistake]:
    """本级 for 上级 and the other way round."""
    for line in folder.fields("projects.yaml", "层级"):
        yield folder.valued(line, "本级" if line.value == "上级" else "上级")


def funds(folder: Folder) -> Iterator[Mistake]:
    """Another 资金来源."""
    for file in ("basic.yaml", "projects.yaml"):
        for line in folder.fields(file, "资金来源", "- 资金来源"):
            for fund in FUNDS:
                if fund != line.value:
                    yield folder.valued(line, fund)


def kinds(folder: Folder) -> Iterator[Mistake]:
    """The other 类型."""
    for line in folder.fields("projects.yaml", "类型"):
        yield folder.valued(line, "特定目标类" if line.value == "其他运转类" else "其他运转类")


def carried_over(folder: Folder) -> Iterator[Mistake]:
    """上年结转 where it is this year's."""
    for file in ("basic.yaml", "projects.yaml"):
        for line in folder.fields(file, "资金来源"):
            yield folder.edited(
                f"{line}：年度 上年结转",
                lambda lines, line=line: lines.insert(line.number + 1, "  年度: 上年结转"),
                file,
            )


def nature_and_unit(folder: Folder) -> Iterator[Mistake]:
    """Another 单位性质, 金额单位 or 年度."""
    for name, values in (("单位性质", ("行政", "参公")), ("金额单位", ("元",)), ("年度", ("2021", "2023"))):
        for line in folder.fields("department.yaml", name):
            for value in values:
                yield folder.valued(line, value)


def projects_dropped(folder: Folder) -> Iterator[Mistake]:
    """A whole project left out."""
    for start, end in folder.projects():
        yield folder.edited(
            f"漏第{start + 1}行的项目", lambda lines, s=start, e=end: lines.__delitem__(slice(s, e)), "projects.yaml"
        )


def projects_doubled(folder: Folder) -> Iterator[Mistake]:
    """A whole project pasted twice: as it is, and under a code of its own."""
    for start, end in folder.projects():
        whole = folder.lines("projects.yaml")[start:end]
        other = [re.sub(r'(编码: "\d+)\d"', r'\g<1>9"', text) for text in whole]
        for again in (whole, other):
            yield folder.edited(
                f"第{start + 1}行的项目重复",
                lambda lines, end=end, again=again: lines.__setitem__(slice(end, end), ["", *again]),
                "projects.yaml",
            )


def project_names_swapped(folder: Folder) -> Iterator[Mistake]:
    """Two projects' names."""
    for one, other in combinations(folder.fields("projects.yaml", "名称"), 2):
        yield folder.swapped(one, other)


def project_levels_and_names(folder: Folder) -> Iterator[Mistake]:
    """A name that says 本级 of a project whose money is from above, and conversely."""
    for line, level in zip(folder.fields("projects.yaml", "名称"), folder.fields("projects.yaml", "层级"), strict=True):
        for words in ("区本级", "市级", "省级补助") if level.value == "本级" else ("区本级", "区级配套", "本级财政"):
            yield folder.valued(line, f"{line.value}（{words}）")


def _exchange(lines: list[str], one: Line, other: Line) -> None:
    lines[one.number], lines[other.number] = lines[other.number], lines[one.number]
