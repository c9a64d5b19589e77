"""What only one department may have: a project's code, a unit, a unit's name, its own code; and who it says it is."""

from __future__ import annotations

from collections.abc import Iterator

from generator.city.across import Across, Department, Found, listed, money, several
from generator.model.city import ProjectLine, UnitLine
from generator.model.problem import Severity


def project_in_two(city: Across) -> Iterator[Found]:
    """K201: one project code in two departments."""
    for rows in several(city.projects, lambda project: project.code):
        names = {project.name for _, project in rows}
        alike = "，名称也相同，像是同一个项目报了两遍" if len(names) == 1 else ""
        yield Found(
            tuple(key for key, _ in rows),
            f"项目编码{rows[0][1].code}有{len(rows)}个部门在用{alike}：{listed([_project(city, *row) for row in rows])}",
            "项目编码以财政系统登记的为准，不会两个部门相同：请核对是谁的项目，改正填错的编码，或删去重复的一个。",
        )


def _project(city: Across, key: str, project: ProjectLine) -> str:
    place = city.place(key, project.file, project.line)
    return f"{city.called(key)}“{project.name}”{money(project.cents)}（{place}）"


def unit_in_two(city: Across) -> Iterator[Found]:
    """K202: one unit, by its code, in two departments: its money is counted twice."""
    for rows in several(city.units, lambda unit: unit.code):
        yield Found(
            tuple(key for key, _ in rows),
            f"预算单位{rows[0][1].code}在{len(rows)}个部门里都有：{listed([_unit(city, *row) for row in rows])}",
            "一个单位只在一个部门里，否则全市合计把它算了两次：请核对它归谁管，从另一个部门的 department.yaml 和各笔支出里去掉，或改正代码。",
        )


def _unit(city: Across, key: str, unit: UnitLine) -> str:
    return f"{city.called(key)}“{unit.name}”{money(unit.cents)}（{city.place(key, city.departments[key].file)}）"


def name_of_two_codes(city: Across) -> Iterator[Found]:
    """K206: one unit's name with two codes in two departments."""
    for rows in several(city.units, lambda unit: unit.name):
        if len({unit.code for _, unit in rows}) > 1:
            told = [
                f"{city.called(key)}的{unit.code}（{city.place(key, city.departments[key].file)}）"
                for key, unit in rows
            ]
            yield Found(
                tuple(key for key, _ in rows),
                f"“{rows[0][1].name}”在{len(rows)}个部门里，代码不同：{listed(told)}",
                "是同一个单位的，只留在管它的部门里；确是两个单位的，名称最好写全，免得混淆。",
            )


def other_than_listed(city: Across) -> Iterator[Found]:
    """K207: a member's code or name is not what its department.yaml says; a name may be a short one (发改委)."""
    for one in city.departments.values():
        code, name = one.own_code if one.code else "", one.own_name if one.name else ""
        if one.known and (code != one.code or not (_is_short(one.name, name) or _is_short(name, one.name))):
            place = city.place(one.key, one.file)
            yield Found(
                (one.key,),
                f"应收清单（没有清单的，文件夹名）里的{_listed(one.code, one.name)}，在 {place} 里是{_listed(code, name)}",
                "请核对文件夹里是不是这个部门的数据；是的，把清单（文件夹名）或 department.yaml 改成一致。",
            )


def _is_short(short: str, name: str) -> bool:
    """Whether a name's signs are all in the other, in their order."""
    left = iter(name)
    return all(sign in left for sign in short)


def _listed(code: str, name: str) -> str:
    return f"“{' '.join(filter(None, (code, name)))}”"


def department_twice(city: Across) -> Iterator[Found]:
    """K208: two members with one department code; with one name alone it is a warning."""
    rows = [(key, one) for key, one in city.departments.items()]
    told: set[tuple[str, ...]] = set()
    for same in several(rows, lambda one: one.own_code or one.code):
        told.add(keys := tuple(key for key, _ in same))
        yield Found(keys, f"部门代码{_code(same[0][1])}有{len(same)}个部门在用：{listed(_named(same))}", _WHOSE)
    for same in several(rows, lambda one: one.own_name or one.name):
        if (keys := tuple(key for key, _ in same)) not in told:
            message = f"有{len(same)}个部门都叫“{same[0][1].called}”：{listed(_named(same))}"
            yield Found(keys, message, _WHOSE, Severity.WARNING)


_WHOSE = "请核对是不是同一个部门交了两份；是的，删去一份（应收清单里也删去一行），不是的，改正代码、名称。"


def _code(one: Department) -> str:
    return one.own_code or one.code


def _named(rows: list[tuple[str, Department]]) -> list[str]:
    return [f"{one.called}（{key}）" if one.called != key else key for key, one in rows]
