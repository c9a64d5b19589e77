"""What was heard of a document as department.yaml and narrative.yaml."""

from __future__ import annotations

from collections.abc import Mapping

from generator.intake.document.asked import DUTIES, HEAD, NARRATIVE, OFFICES, REASONS, SAYINGS, STRUCTURE, put
from generator.intake.document.said import Said, amount_of
from generator.model.department import Inputs
from generator.model.profile import FactKind, Profile
from generator.model.tree import Tree

_CONTROLS = ("总计", "一般公共预算", "政府性基金", "基本支出", "项目支出")


def worded(head: Mapping[str, Tree], profile: Profile, said: Said, inputs: Inputs) -> dict[str, Tree]:
    """department.yaml and narrative.yaml with their words; ``head`` is what tables tell of the first."""
    words = said.words
    structure: dict[str, Tree] = {
        key: words.get((*STRUCTURE, key), (usual,))[0]
        for key, usual in (("预算范围", "本级预算"), ("内设机构归属", "本级"))
    }
    structure["内设机构"] = list[Tree](words.get(OFFICES, ()))
    controls = {one.name: f"{amount_of(inputs, one.filter):.2f}" for one in profile.figures if one.name in _CONTROLS}
    whole: dict[str, Tree] = {
        **head,
        "主要职责": list[Tree](words.get(DUTIES, ())),
        "机构构成": structure,
        "控制数": dict[str, Tree](controls),
    }
    narrative: dict[str, Tree] = {}
    for keys, some in words.items():
        if keys[0] == NARRATIVE and keys[1] in (REASONS, SAYINGS):
            put(narrative, keys[1:], some[0])
    for name, kind in profile.facts.items():
        path = name.split(".", 1)
        if kind is FactKind.WORDS:
            put(narrative, path, list[Tree](words.get((NARRATIVE, *path), ())))
        else:
            put(narrative, path, said.facts.get(name, "0.00" if kind is FactKind.MONEY else "0"))
    return {HEAD: whole, NARRATIVE: narrative}
