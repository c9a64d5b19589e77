"""units/<代码>.yaml: what a 预算单位 says of itself, for its own 单位版 and for the department's sums."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import yaml

from generator.load.controls import read_controls
from generator.load.fields import brief, fields_of, texts_of
from generator.load.files import Folder
from generator.load.narrative import LINES, read_narrative, read_prior
from generator.load.passages import passages_of
from generator.load.performance import read_performance
from generator.load.yaml_text import Node, Reader
from generator.model.basis import LAST_YEAR, Basis, key_of
from generator.model.department import Department, Sayings, Structure, Unit
from generator.model.edition import added
from generator.model.figure import Fact
from generator.model.profile import Profile
from generator.model.source import Position

FOLDER, PERFORMANCE = "units", "整体绩效"
_OWN = ("主要职责", "机构构成", "控制数", PERFORMANCE)


class Readers(NamedTuple):
    """What reads the parts that the department's own files have too: 机构构成 and 说明."""

    structure: Callable[[Reader, Node | None], Structure]
    sayings: Callable[[Reader, Node | None], Sayings]


def read_units(folder: Folder, head: Department, profile: Profile, shared: Readers) -> dict[str, Unit]:
    """The units that have a file of their own, by code; one of no unit of the department is reported."""
    units = {}
    for path in sorted((folder.path / FOLDER).glob("*.yaml")):
        reader, node = folder.open(f"{FOLDER}/{path.name}")
        if path.stem not in head.agencies:
            remedy = f"文件名应是预算单位的代码：{'、'.join(head.agencies)}。"
            reader.report("Y007", Position(reader.source.name), f"没有代码为“{brief(path.stem)}”的预算单位", remedy)
        units[path.stem] = _unit(reader, node, head, profile, shared)
    return units


def _unit(reader: Reader, node: Node | None, head: Department, profile: Profile, shared: Readers) -> Unit:
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    bases = {key_of(basis): basis for basis in profile.bases}
    own = rest = None
    if isinstance(node, yaml.MappingNode):  # a file that can't be read has nothing, and is told once
        own = yaml.MappingNode("", [pair for pair in pairs if pair[0].value in (*_OWN, *bases)], node.start_mark)
        rest = yaml.MappingNode("", [pair for pair in pairs if pair[0].value not in (*_OWN, *bases)], node.start_mark)
    fields = fields_of(reader, own or node, "单位的文件")
    duties, structure, controls, performance = (fields.take(name, False) for name in _OWN)
    _report_lines(reader, own.value if own else (), bases)
    typed = {
        basis.name: read_prior(reader, fields.take(key, False), profile, head.scale, basis)
        for key, basis in bases.items()
    }
    narrative = read_narrative(reader, rest, profile, head.scale, (profile.facts, (*_OWN, *bases)))
    return Unit(
        texts_of(reader, duties, "主要职责") if duties is not None else None,
        shared.structure(reader, structure) if structure is not None else None,
        read_controls(reader, controls, profile, head.scale) if controls is not None else None,
        narrative.facts,
        narrative.words,
        narrative.reasons,
        typed.pop(LAST_YEAR.name),
        Position(reader.source.name),
        shared.sayings(reader, narrative.sayings),
        tuple(passages_of("unit", reader.source.name, node)),
        typed,
        narrative.redefined,
        read_performance(reader, performance, f"“{PERFORMANCE}”") if performance is not None else None,
    )


def _report_lines(reader: Reader, own: Sequence[tuple[Node, Node]], bases: Mapping[str, Basis]) -> None:
    """台账 of a basis is typed once for all units."""
    for key, value in own:
        for item, _ in value.value if key.value in bases and isinstance(value, yaml.MappingNode) else ():
            if item.value == LINES:
                remedy = f'请填在 {bases[key.value].file} 的“台账”里，每条写上单位：{{单位: "代码", 支出: …}}，单位版取其中自己的。'
                reader.report("Y007", item, f"单位的“{key.value}”里不填“台账”", remedy)


def summed(facts: Mapping[str, Fact], units: Mapping[str, Unit], agencies: Sequence[str]) -> dict[str, Fact]:
    """The department's facts: its own, and of what it left to its units and each of them typed, the sum, at the place of
    the first unit's. A sum of some of them would be no department's: the 部门版 asks for it.
    """
    told = dict(facts)
    of_each = [units[code].facts if code in units else {} for code in agencies]
    for name in of_each[0]:
        if name not in told and all(name in typed for typed in of_each):
            parts = tuple(typed[name] for typed in of_each)
            told[name] = Fact(name, added([part.value for part in parts]), parts[0].position, parts)
    return told
