"""说明: what a person says of one 功能科目, project, unit or 经济科目: what it is for, why it moved, and whatever a place asks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import yaml

from generator.load.fields import brief, fields_of, items_of, pairs_of, text_of
from generator.load.yaml_text import Node, Reader
from generator.model.classification import Classification
from generator.model.department import Project, Sayings
from generator.model.problem import which_of
from generator.model.profile import Profile
from generator.model.source import Text

SAID_OF = ("功能科目", "部门经济", "政府经济", "项目", "单位")
_CODE_NAME = re.compile(r"([0-9A-Za-z-]+)(?: +.+)?")
_WITHIN = "/"


def read_asked(reader: Reader, node: Node | None) -> Iterator[tuple[str, tuple[str, ...]]]:
    """说明 of figures.yaml: by dimension, what is asked (用途, 原因 …)."""
    for key, value in pairs_of(reader, node, "说明"):
        if key.value not in SAID_OF:
            reader.report("P006", key, f"“说明”没有“{brief(key.value)}”", which_of(key.value, SAID_OF))
            continue
        items = value.value if isinstance(value, yaml.SequenceNode) else [value]
        yield key.value, tuple(text_of(reader, item, f"“{key.value}”的说明") for item in items)


def read_sayings(
    reader: Reader, node: Node | None, profile: Profile, codes: Classification, known: tuple[Mapping[str, Project], Mapping[str, str]]
) -> Sayings:  # fmt: skip
    """说明 of narrative.yaml by dimension and code; an item is named by its code, its name, or both.

    Words for one figure's items alone have its name before the code: 总计/2080101. ``known`` are the department's
    projects and units. A name of several codes wants the code.
    """
    projects, agencies = known
    names = {
        "功能科目": codes.function,
        "部门经济": codes.department_economic,
        "政府经济": codes.government_economic,
        "项目": {code: project.name for code, project in projects.items()},
        "单位": agencies,
    }
    figures = [figure.name for figure in profile.figures]
    found: dict[tuple[str, str], Mapping[str, Text]] = {}
    for key, value in pairs_of(reader, node, "说明"):
        if key.value not in profile.sayings:
            remedy = which_of(key.value, list(profile.sayings))
            reader.report("Y007", key, f"“说明”没有“{brief(key.value)}”", f"请核对写法。{remedy}")
            continue
        for item, words in pairs_of(reader, value, f"“{key.value}”的说明"):
            code = _code(reader, item, key.value, names[key.value], figures)
            if code:
                found[key.value, code] = _words(reader, item, words, profile.sayings[key.value])
    return found


def _code(
    reader: Reader, item: yaml.ScalarNode, dimension: str, names: Mapping[str, str], figures: Sequence[str]
) -> str:
    said: str = item.value
    figure, within, rest = said.partition(_WITHIN)
    within = figure + within if within and figure in figures else ""  # a name may hold the sign itself
    said = rest if within else said
    coded = _CODE_NAME.fullmatch(said)
    if coded and coded[1] in names:
        return within + str(coded[1])
    called = [code for code, name in names.items() if name == said]
    if len(called) == 1:
        return within + called[0]
    if called:
        which = "、".join(called[:5])
        reader.report("Y007", item, f"叫“{brief(said)}”的{dimension}有几个", f"请写编码：{which}。")
    else:
        remedy = which_of(said, list(names.values())[:2000]) if len(names) < 100 else "请写编码，或科目的全称。"
        if not names:
            remedy = f"一个{dimension}也没有读到：填{dimension}的文件有错误的先改好；确实没有的，删去这一条。"
        reader.report("Y007", item, f"没有“{brief(said)}”这个{dimension}", remedy)
    return ""


def _words(reader: Reader, item: yaml.ScalarNode, node: Node, asked: tuple[str, ...]) -> dict[str, Text]:
    if isinstance(node, yaml.ScalarNode) and len(asked) == 1:
        return {asked[0]: Text(text_of(reader, node, f"“{item.value}”"), reader.at(node))}
    fields = fields_of(reader, node, f"“{brief(item.value)}”的说明")
    words = {}
    for name in asked:
        value = fields.take(name, False)
        if value is not None:
            lines = items_of(reader, value, f"“{name}”") if isinstance(value, yaml.SequenceNode) else [value]
            words[name] = Text("\n".join(text_of(reader, line, f"“{name}”") for line in lines), reader.at(value))
    fields.finish()
    return words
