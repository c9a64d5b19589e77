"""Rules over 控制数: what the ledger adds up to against what finance approved, in total and item by item."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.check.book_rules import Derived
from generator.check.relations import more_or_less
from generator.check.rules import Finding, NotApplicable, Rule
from generator.model.department import Control
from generator.model.ledger import CODED, DIMENSIONS, PROJECT, Filter, total_of, value_of
from generator.model.money import Money
from generator.model.problem import Note, Severity, did_you_mean
from generator.model.source import Position

_ALL, _OF_PROJECTS = Filter(), Filter((("类别", (PROJECT,)),))
_Lines = list[tuple[Money, Position]]


class _List(NamedTuple):
    """The 控制数 of one dimension: each with its code (empty when it is not recognised), and the ledger's by code."""

    dimension: str
    controls: tuple[tuple[Control, str], ...]
    names: Mapping[str, str]
    lines: Mapping[str, _Lines]

    def of(self, code: str) -> _Lines:
        """The ledger's lines of a code, or of all codes that begin with it."""
        if self.dimension not in CODED:
            return self.lines.get(code, [])
        return [line for other, lines in self.lines.items() if other.startswith(code) for line in lines]


class _Gap(NamedTuple):
    """A 控制数 that the ledger does not come to: by how much the ledger has more, and its lines."""

    control: Control
    total: Money
    gap: Money
    lines: _Lines

    def explains(self, other: _Gap) -> bool:
        """Whether a line of both may make both as far out: one mistake, told where fewest lines are to be looked through."""
        return self.gap == other.gap and not {*self.lines}.isdisjoint(other.lines)


def totals_match_controls(derived: Derived) -> Iterator[Finding]:
    """What the ledger adds up to (or a sum of what was typed beside it), in the unit it was typed in, is what finance approved.

    A wrong amount makes all the sums wrong that it is in: it is told once, with the others beside it.
    """
    controls = derived.inputs.department.controls
    gaps = [*_compared_with(derived, (_of_figure(derived, one) for one in controls if not one.dimension))]
    for listed in _lists(derived):
        gaps += _compared_with(derived, ((control, listed.of(code)) for control, code in listed.controls if code))
        yield from (_unknown(listed, control) for control, code in listed.controls if not code)
    causes: list[tuple[_Gap, list[_Gap]]] = []
    for gap in sorted(gaps, key=lambda gap: len(gap.lines)):
        others = next((others for cause, others in causes if cause.explains(gap)), None)
        if others is None:
            causes.append((gap, []))
        else:
            others.append(gap)
    yield from (_differs(gap, others) for gap, others in causes)


def totals_have_controls(derived: Derived) -> Iterator[Finding]:
    """Something is approved, and where the whole is, so are its parts: else what one has too much hides what another lacks."""
    controls = derived.inputs.department.controls
    if not controls:
        place = Position(f"{derived.inputs.folder}/department.yaml")
        yield Finding(
            "没有填控制数，合计没有第二个来源可以核对", "请按财政批复，在“控制数”下至少填总计和各部分。", place
        )
    if any(control.dimension for control in controls):
        return  # a list is the parts
    typed = {control.figure.value for control in controls}
    for whole in dict.fromkeys(item.whole for item in derived.profile.compositions):
        missing: list[list[str]] = [
            [part for part in item.parts if part not in typed and derived.book.figures[part].money]
            for item in derived.profile.compositions
            if item.whole == whole
        ]
        if whole in typed and derived.filters[whole] == _ALL and all(missing):
            fewest = "、".join(sorted(missing, key=len)[0])
            yield Finding(
                f"控制数有“{whole}”，没有{fewest}，各部分一多一少就查不出来",
                f"批复里有的，请补上{fewest}的控制数。",
                _place_of(derived, whole),
            )


def lists_are_whole(derived: Derived) -> Iterator[Finding | NotApplicable]:
    """A list of 控制数 has all that the ledger has, and adds up to the approved total."""
    lists = _lists(derived)
    if not lists:
        yield NotApplicable("控制数没有逐项的")
    for listed in lists:
        codes = [code for _, code in listed.controls if code]
        left = [code for code in listed.lines if not _covers(listed.dimension, codes, code)]
        if left:
            yield _incomplete(listed, left)
        elif all(code for _, code in listed.controls):
            yield from _summed(derived, listed)


def _of_figure(derived: Derived, control: Control) -> tuple[Control, _Lines]:
    return control, _controlled(derived, control.figure.value)


def _compared_with(derived: Derived, controls: Iterable[tuple[Control, _Lines]]) -> Iterator[_Gap]:
    for control, lines in controls:
        total = Money.total((money for money, _ in lines), derived.inputs.ledger.scale)
        gap = total - control.money
        if gap:
            yield _Gap(control, total, gap, lines)


def _differs(found: _Gap, others: Sequence[_Gap]) -> Finding:
    control, total, gap, lines = found
    files = sorted({position.file for _, position in lines})
    where = f"台账合计由{len(lines)}行相加，第一行" if len(lines) > 1 else "台账合计只有一行"
    notes = [Note(where, position) for _, position in lines[:1]]
    notes += [
        Note(f"{one.control.name}也因此{more_or_less(gap.amount)}{abs(gap)}", one.control.figure.position)
        for one in others
    ]
    return Finding(
        f"{control.name}控制数为{control.money}，台账合计为{total}，台账{more_or_less(gap.amount)}{abs(gap)}",
        f"请核对{'、'.join(files) or '台账'}中的金额，或更正控制数。",
        control.figure.position,
        tuple(notes),
    )


def _controlled(derived: Derived, name: str) -> _Lines:
    wanted = derived.filters.get(name)
    if wanted is not None:
        return [(line.money, line.position) for line in derived.inputs.ledger.selected(wanted)]
    facts = [derived.inputs.department.facts.get(part) for part in derived.profile.sums[name]]
    return [(fact.value, fact.position) for fact in facts if fact and isinstance(fact.value, Money) and fact.position]


def _lists(derived: Derived) -> list[_List]:
    controls = [control for control in derived.inputs.department.controls if control.dimension]
    return [
        _list(derived, name, [control for control in controls if control.dimension == name])
        for name in dict.fromkeys(control.dimension for control in controls)
    ]


def _list(derived: Derived, dimension: str, controls: list[Control]) -> _List:
    names, lines, value = _names(derived, dimension), dict[str, _Lines](), value_of(dimension)
    ledger = derived.inputs.ledger
    paid = ledger.inside if dimension == "单位" else ()  # a unit's approved amount holds what it pays another
    for line in (*ledger.lines, *paid):
        if value(line):
            lines.setdefault(value(line), []).append((line.money, line.position))
    found = tuple((control, _code_of(control.figure.value, names, lines)) for control in controls)
    return _List(dimension, found, names, lines)


def _names(derived: Derived, dimension: str) -> Mapping[str, str]:
    department = derived.inputs.department
    if dimension == "项目":
        return {code: project.name for code, project in department.projects.items()}
    if dimension not in DIMENSIONS:
        own = next(one for one in derived.profile.dimensions if one.name == dimension)
        return {value: value for value in own.values}
    return department.agencies if dimension == "单位" else derived.inputs.classification.names(dimension)


def _code_of(typed: str, names: Mapping[str, str], lines: Mapping[str, _Lines]) -> str:
    """The code that was typed, or the one code of the name that was typed; of several, the one that the ledger has."""
    code = re.fullmatch(r"([0-9A-Za-z-]+)(?:\s+.*)?", typed)
    if code and code[1] in names:
        return code[1]
    found = [code for code, name in names.items() if name == typed]
    used = [code for code in found if any(other.startswith(code) for other in lines)]
    return next((codes[0] for codes in (found, used) if len(codes) == 1), "")


def _unknown(listed: _List, control: Control) -> Finding:
    where = "projects.yaml里没有" if listed.dimension == "项目" else "认不出"
    hint = did_you_mean(control.figure.value, [*listed.names.values(), *listed.names])
    return Finding(
        f"控制数“{listed.dimension}”里的“{control.figure}”（{control.money}），{where}这一项，没有核对",
        f"请写编码，或与数据里相同的名称。{hint}",
        control.figure.position,
    )


def _covers(dimension: str, codes: list[str], code: str) -> bool:
    return code.startswith(tuple(codes)) if dimension in CODED else code in codes


def _incomplete(listed: _List, left: list[str]) -> Finding:
    shown = "、".join(f"“{listed.names.get(code, code)}”" for code in left[:3])
    more = f"等{len(left)}项" if len(left) > 3 else ""
    return Finding(
        f"控制数“{listed.dimension}”没有列{shown}{more}，这几项没有核对",
        "请按批复补上；批复里没有的，请核对台账。",
        listed.controls[0][0].figure.position,
        tuple(Note(listed.names.get(code, code), listed.lines[code][0][1]) for code in left[:3]),
    )


def _summed(derived: Derived, listed: _List) -> Iterator[Finding]:
    wanted = _OF_PROJECTS if listed.dimension == "项目" else _ALL
    whole = next(
        (
            control
            for control in derived.inputs.department.controls
            if not control.dimension and derived.filters.get(control.figure.value) == wanted
        ),
        None,
    )
    for level in sorted({len(code) for _, code in listed.controls}) if listed.dimension in CODED else (0,):
        chosen = [(control, code) for control, code in listed.controls if not level or len(code) == level]
        codes = [code for _, code in chosen]
        added = Money.total((control.money for control, _ in chosen), derived.inputs.ledger.scale)
        if listed.dimension == "单位":
            added -= total_of(derived.inputs.ledger.inside, added.scale)
        if whole and all(_covers(listed.dimension, codes, code) for code in listed.lines) and added != whole.money:
            gap = added - whole.money
            yield Finding(
                f"控制数“{listed.dimension}”各项之和为{added}{_once(derived, listed)}，比控制数“{whole.figure}”{more_or_less(gap.amount)}{abs(gap)}",
                "请对照批复，核对是哪一个控制数填错了。",
                chosen[0][0].figure.position,
                (Note(f"“{whole.figure}”在这里", whole.figure.position),),
            )


def _once(derived: Derived, listed: _List) -> str:
    return "（内部往来只算一次）" if listed.dimension == "单位" and derived.inputs.ledger.inside else ""


def _place_of(derived: Derived, name: str) -> Position:
    return next(
        control.figure.position for control in derived.inputs.department.controls if control.figure.value == name
    )


def lists_match_the_ledger(derived: Derived) -> Iterator[Finding]:
    """A column of a list that is part of the ledger (核对) adds up to the figure that it is said to be."""
    asked = [(one, field, figure) for one in derived.profile.lists for field, figure in one.equals.items()]
    for one, field, name in asked:
        records, figure = derived.inputs.department.records.get(one.name, ()), derived.book.figures[name]
        numbers = [
            number for record in records if isinstance(number := record.number(field, derived.book.scale), Money)
        ]
        total = Money.total(numbers, derived.book.scale)
        if total != figure.money:
            yield Finding(
                f"“{one.name}”的“{field}”合计{total}，台账里“{name}”是{figure.money}",
                f"请核对{one.file}各项和台账，改到相等。",
                records[0].position if records else Position(f"{derived.inputs.folder}/{one.file}"),
            )


CONTROL_RULES: tuple[Rule[Derived], ...] = (
    Rule("B101", "合计与控制数一致", Severity.ERROR, totals_match_controls, "财政批复的控制数",
         "控制数总计6824.79，台账合计6824.78", "改正录错的金额，或更正控制数"),
    Rule("D040", "总计和各部分都有控制数", Severity.WARNING, totals_have_controls, "财政批复的控制数",
         "控制数: {总计: 6824.79}", "控制数: {总计: 6824.79, 基本支出: 168.56, 项目支出: 6656.23}"),
    Rule("D041", "逐项的控制数齐全，加起来等于总的", Severity.WARNING, lists_are_whole, "财政批复的控制数",
         "控制数: {项目支出: 20.00, 项目: {运转经费: 12.00}}", "控制数: {项目支出: 20.00, 项目: {运转经费: 12.00, 经办经费: 8.00}}"),
    Rule(
        "D056", "清单的合计与台账相等", Severity.ERROR, lists_match_the_ledger, "财预〔2016〕143号，表间勾稽",
        "对下转移支付清单合计90.00，台账513列100.00", "两处都是100.00",
    ),
)  # fmt: skip
