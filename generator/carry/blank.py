"""The data files of a department that begins: every file its profile asks for, with “待填” where a person has to type.

Nothing is invented: what nobody has said is 待填, which ``check`` names file by file and ``todo`` one by one. The comments say
what goes there, how it is written, and who usually knows it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from generator.model.basis import Basis, key_of
from generator.model.doubts import BLANK
from generator.model.ledger import Dimension
from generator.model.profile import FactKind, Profile
from generator.model.record import RecordList

_KINDS = {FactKind.MONEY: "金额，没有的填0.00", FactKind.COUNT: "整数，没有的填0", FactKind.WORDS: "文字，没有的写 []"}


class Begun(NamedTuple):
    """What a person said of a department that begins; empty where he did not say. ``units`` are names by code."""

    name: str
    place: str
    year: int
    code: str = ""
    nature: str = ""
    scale: str = "万元"
    units: Mapping[str, str] = {}


def blank_files(said: Begun, profile: Profile) -> dict[str, str]:
    """The texts of a year's folder by file name."""
    files = {
        "department.yaml": _department(said, profile),
        "basic.yaml": _BASIC.format(scale=said.scale, unit=_unit(said), spent=_spent(profile, "    ")),
        "projects.yaml": _projects(said, profile),
        "narrative.yaml": _REASONS + "".join(_facts(profile) if len(said.units) < 2 else _OF_UNITS),
    }
    for basis in profile.bases:
        if names := _compared(profile, basis):
            files[basis.file] = _basis(said, basis, names)
    for dimension in profile.dimensions:
        if dimension.file:
            files[dimension.file] = _side(said, dimension)
    for one in profile.lists:
        files[one.file] = _list(one)
    if profile.shows_performance:
        files["performance.yaml"] = _PERFORMANCE + _GOALS
    for code, name in said.units.items() if len(said.units) > 1 else ():
        files[f"units/{code}.yaml"] = _of_unit(said, profile, name)
    return files


def _department(said: Begun, profile: Profile) -> str:
    units = [f'  "{code}": {name}\n' for code, name in said.units.items()] or [f"  {BLANK}: {said.name}\n"]
    cover = [f"  {name}: {BLANK}\n" for name in profile.cover]
    total = next((one.whole for one in profile.compositions), "")
    return _DEPARTMENT.format(
        year=said.year,
        place=said.place,
        name=said.name,
        code=f'"{said.code}"' if said.code else BLANK,
        nature=said.nature or BLANK,
        scale=said.scale,
        units="".join(units),
        cover="".join(["封面:  # 只印在封面上的\n", *cover]) if cover else "",
        controls=f"控制数:  # 财政下达或批复的数，只用来核对，不印；还可以写其他的数，如“基本支出”\n  {total}: {BLANK}\n"
        if total
        else "",
    )


def _unit(said: Begun) -> str:
    return f"  单位: {BLANK}  # 单位代码，加引号\n" if len(said.units) > 1 else ""


def _spent(profile: Profile, indent: str) -> str:
    if profile.coarse:
        return f"{indent}{BLANK}: {BLANK}  # 功能科目和金额，如“2080101 行政运行: 12.34”\n"
    return (
        f"{indent}{BLANK}:  # 功能科目的编码和名称，如“2080101 行政运行”\n"
        f"{indent}  {BLANK}: {BLANK}  # 部门经济科目和金额，如“30101 基本工资: 12.34”；一行一个\n"
    )


def _projects(said: Begun, profile: Profile) -> str:
    goals = "".join(f"    {one}:\n      {BLANK}: {BLANK}\n" for one in profile.indicator_categories)
    if goals:
        goals = "  绩效指标:  # 冒号前是指标，后是指标值；资金的指标值写“≤资金总额”，程序换成金额\n" + goals
    return _PROJECTS.format(scale=said.scale, unit=_unit(said), spent=_spent(profile, "    "), goals=goals)


def _facts(profile: Profile) -> Iterator[str]:
    """填报 and 说明 of narrative.yaml, or of a unit's file."""
    group = ""
    for name, kind in profile.facts.items():
        above, _, key = name.rpartition(".")
        if above and above != group:
            yield f"\n{above}:\n"
        elif not above:
            yield "\n"
        group = above
        yield f"{'  ' if above else ''}{key}: {BLANK}  # {_KINDS[kind]}\n"
    for dimension, asked in profile.sayings.items():
        yield _SAYINGS.format(dimension=dimension, asked="、".join(asked), first=asked[0])


def _compared(profile: Profile, basis: Basis) -> list[str]:
    """What is compared with a basis: sums too, whose parts a place may not name in full."""
    return [spec.name for spec in profile.figures if basis.name in spec.bases]


def _basis(said: Begun, basis: Basis, names: list[str]) -> str:
    year, stage = _stage(said, basis)
    folder = _WITH_FOLDER.format(year=year) if basis.has_folder else ""
    lines = "".join(f"{name}: {BLANK}\n" for name in names)
    return _BASIS.format(year=year, stage=stage, scale=said.scale, folder=folder) + lines


def _stage(said: Begun, basis: Basis) -> tuple[int, str]:
    """The year and what its amounts are called: 年初预算数, 决算数."""
    return said.year - basis.years, f"{basis.stage.removesuffix('数')}数"


def _side(said: Begun, dimension: Dimension) -> str:
    values = "、".join(dimension.values[1:])
    return _SIDE.format(name=dimension.name, values=values, scale=said.scale, unit=_unit(said))


def _list(one: RecordList) -> str:
    columns = [
        f"{'- ' if not number else '  '}{field.name}: {BLANK}  # {'、'.join(field.choices) or field.kind.value}\n"
        for number, field in enumerate(one.fields)
    ]
    return _LIST.format(name=one.name) + "".join(columns)


def _of_unit(said: Begun, profile: Profile, name: str) -> str:
    bases = ""
    for basis in profile.bases:
        year, stage = _stage(said, basis)
        lines = "".join(f"  {figure}: {BLANK}\n" for figure in _compared(profile, basis))
        bases += f"\n{key_of(basis)}:  # {year}年的{stage}\n{lines}" if lines else ""
    goals = "".join(f"  {line}\n" for line in _GOALS.splitlines())
    performance = f"\n整体绩效:\n{goals}" if profile.shows_performance else ""
    return _UNIT.format(name=name) + "".join(_facts(profile)) + bases + performance


_DEPARTMENT = """\
# 部门基本情况。还没有填的都写着“待填”，把这两个字换成内容；“#”后面是说明，不会印出来。
年度: {year}
格式: {place}  # 用哪里的格式
名称: {name}
代码: {code}  # 部门代码，加引号，前面的0才不会丢；在一体化系统里
单位性质: {nature}  # 行政、参公、事业
金额单位: {scale}  # 本目录各文件的金额都用它：万元或元

# 一行一个，“代码”加引号，后面是名称；单位性质与部门不同的，写作 {{名称: 某某馆, 单位性质: 事业}}
预算单位:  # 单位代码以部门代码开头
{units}
{cover}主要职责:  # 照“三定”规定，一行一条；问办公室或人事
  - 待填

机构构成:  # 问办公室或人事
  预算范围: 待填  # 如“局机关及下属1个事业单位”
  内设机构归属: 待填  # 这些机构是谁的，如“局机关”
  内设机构: [待填]  # 如 [办公室, 财务科]；没有的写 []

{controls}"""
_BASIC = """\
# 基本支出（人员经费、公用经费），金额单位{scale}。一体化系统里有；人员的问人事。一笔也没有的，整个文件只写 []。
# 合计不用填；政府预算支出经济分类由单位性质推出，也不用填。
- 资金来源: 待填  # 一般公共预算、政府性基金预算、事业收入……；另一种来源，照样另起一段“- 资金来源”
{unit}  支出:
{spent}"""
_PROJECTS = """\
# 项目支出，金额单位{scale}。每个项目从“- 名称”开始，照样往下接着写。一体化系统里有，绩效指标问业务科室。
# 一个项目也没有的，整个文件只写 []。
- 名称: 待填
  编码: 待填  # 加引号
{unit}  类型: 待填  # 其他运转类、特定目标类
  层级: 本级  # 本级、上级（上级转移支付）
  资金来源: 待填  # 一般公共预算、政府性基金预算……
  支出:
{spent}{goals}"""
_REASONS = """\
# 只有部门自己知道的事。
# 变动原因先不填：数填好以后，check 会说哪些变动要写原因，到时把“{}”换成几行，如：
#   总计: 新增某某项目
变动原因: {}
"""
_OF_UNITS = ("\n# 要各单位填的（政府采购、国有资产等）在 units/ 里，一个单位一个文件；部门的数由程序相加。\n",)
_SAYINGS = """
# 每个{dimension}还可以说明{asked}，数填好以后写在这里：
# 说明:
#   {dimension}:
#     编码: {{{first}: 内容}}
"""
_BASIS = """\
# {year}年的{stage}，比较用，金额单位{scale}；照{year}年公开的文本填，没有的填0.00。{folder}
"""
_WITH_FOLDER = "有 data/{year}/ 的，以那里为准，可以删去这个文件。"
_SIDE = """\
# {name}：与支出分开记的一边，金额单位{scale}。一笔也没有的，整个文件只写 []。
- {name}: 待填  # {values}
  资金来源: 待填
{unit}  金额:
    待填: 待填  # 功能科目和金额；不分科目的写“未列科目: 12.34”
"""
_LIST = """\
# {name}。一条从“- ”开始，照样往下接着写；一条也没有的，整个文件只写 []。
"""
_PERFORMANCE = """\
# 整体绩效目标，照申报的填，问管绩效的同事。部门预算总额和资金结构由程序算出，不用填。
"""
_GOALS = """\
年度履职目标:
  - 待填
年度主要任务:
  - 任务名称: 待填
    主要内容: 待填
指标:
  待填:  # 一级指标，如“产出指标”
    待填:  # 二级指标，如“数量指标”
      待填:  # 三级指标的名称
        指标值: 待填
        说明: 待填
"""
_UNIT = """\
# {name}自己的情况：单位版用，部门版把它们相加。没有写的职责、机构，用部门的。
"""
