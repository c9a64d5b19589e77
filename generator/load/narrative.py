"""narrative.yaml and prior.yaml: what only people know, and last year's numbers."""

from __future__ import annotations

from dataclasses import dataclass, field

import yaml

from generator.load.fields import amount_of, count_of, near, pairs_of, place_of, text_of
from generator.load.yaml_text import Node, Reader
from generator.model.figure import Fact
from generator.model.money import Scale
from generator.model.profile import FactKind, Profile
from generator.model.source import Text

REASONS = "变动原因"


@dataclass(frozen=True, slots=True)
class Narrative:
    """Facts and words by dotted name, reasons by figure."""

    facts: dict[str, Fact] = field(default_factory=dict)
    words: dict[str, tuple[Text, ...]] = field(default_factory=dict)
    reasons: dict[str, Text] = field(default_factory=dict)


def read_narrative(reader: Reader, node: Node | None, profile: Profile, scale: Scale) -> Narrative:
    """What the profile asks for under 填报, and the reasons of change by figure."""
    narrative = Narrative()
    for key, value in pairs_of(reader, node, "narrative.yaml"):
        if key.value == REASONS:
            _read_reasons(reader, value, profile, narrative)
        elif key.value in profile.facts:
            _read_fact(reader, key.value, value, profile, scale, narrative)
        else:
            _read_group(reader, key, value, profile, scale, narrative)
    for name, kind in profile.facts.items():
        if name not in narrative.facts and name not in narrative.words and kind is not FactKind.WORDS:
            reader.report("D028", place_of(reader, node), f"narrative.yaml缺少“{name}”", f"请补上，没有发生的填0（{kind.value}）。")
    return narrative


def read_prior(reader: Reader, node: Node | None, profile: Profile, scale: Scale) -> dict[str, Fact]:
    """Last year's amounts by the name of the figure."""
    known = [figure.name for figure in profile.figures]
    prior: dict[str, Fact] = {}
    for key, value in pairs_of(reader, node, "prior.yaml"):
        if key.value not in known:
            reader.report("Y007", key, f"没有“{key.value}”这个数", f"请核对写法。{near(key.value, known) or '可用的有：' + '、'.join(known)}")
            continue
        money = amount_of(reader, value, scale, f"上年数“{key.value}”")
        if money is not None:
            prior[key.value] = Fact(key.value, money, reader.at(value))
    return prior


def _read_reasons(reader: Reader, node: Node, profile: Profile, narrative: Narrative) -> None:
    compared = [figure.name for figure in profile.figures if figure.compared]
    for key, value in pairs_of(reader, node, REASONS):
        if key.value not in compared:
            hint = near(key.value, compared) or f"可写原因的有：{'、'.join(compared)}。"
            reader.report("Y007", key, f"“{key.value}”不是与上年比较的数", f"请核对写法。{hint}")
            continue
        narrative.reasons[key.value] = Text(text_of(reader, value, f"“{key.value}”的变动原因"), reader.at(value))


def _read_group(
    reader: Reader, key: yaml.ScalarNode, node: Node, profile: Profile, scale: Scale, narrative: Narrative
) -> None:
    known = [name for name in profile.facts if name.startswith(f"{key.value}.")]
    if not known:
        groups = sorted({name.split(".")[0] for name in profile.facts} | {REASONS})
        hint = near(key.value, groups) or f"可用的有：{'、'.join(groups)}。"
        reader.report("Y007", key, f"narrative.yaml没有“{key.value}”这一项", f"请核对写法。{hint}")
        return
    for item, value in pairs_of(reader, node, f"“{key.value}”"):
        name = f"{key.value}.{item.value}"
        if name in profile.facts:
            _read_fact(reader, name, value, profile, scale, narrative)
        else:
            items = [full.split(".", 1)[1] for full in known]
            hint = near(item.value, items) or f"可用的有：{'、'.join(items)}。"
            reader.report("Y007", item, f"“{key.value}”没有“{item.value}”这一项", f"请核对写法。{hint}")


def _read_fact(
    reader: Reader, name: str, node: Node, profile: Profile, scale: Scale, narrative: Narrative
) -> None:
    match profile.facts[name]:
        case FactKind.WORDS:
            nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
            narrative.words[name] = tuple(Text(text_of(reader, item, f"“{name}”"), reader.at(item)) for item in nodes)
        case FactKind.MONEY:
            money = amount_of(reader, node, scale, f"“{name}”")
            if money is not None:
                narrative.facts[name] = Fact(name, money, reader.at(node))
        case FactKind.COUNT:
            count = count_of(reader, node, f"“{name}”")
            if count is not None:
                narrative.facts[name] = Fact(name, count, reader.at(node))
