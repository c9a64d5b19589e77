"""Rules over lists and names: one item says one thing, a list that may not be empty is not, one department one name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from generator.check.rules import Finding, Rule
from generator.check.words import REGISTERED, Hit
from generator.model.department import Inputs, LastYear
from generator.model.problem import Note, Severity
from generator.model.source import Passage, Position

_BETWEEN = "[，,；;]"
_PAUSE = "、"
_OFFICE = "[科室股处部队站所局办组馆委厅]$|中心$|支队$|专班$"
_FUNDS = "(?:资金|补助|经费|项目|专项|补贴|奖励)$"
_BRACKETS = r"（[^（）]*）|\([^()]*\)"
_ITSELF = r"[（(]?(?:本级|机关|本部)[）)]?$|\s"


def one_name_an_item(inputs: Inputs) -> Iterator[Finding]:
    """Offices, and names of transfers, are separated by YAML's comma: “办公室，财务科” is one item that looks like two."""
    for passage in inputs.department.passages:
        if passage.kind == "机构" and "“内设机构”" in passage.place:
            found = _two_names(passage.text.value, pause=True)
        elif passage.kind == "事项":
            found = _two_names(passage.text.value, pause=False)
        else:
            continue
        if found:
            names = [name for name in re.split(re.escape(found[0]), passage.text.value) if name.strip()]
            what = "机构" if passage.kind == "机构" else "项目"
            yield Hit(passage, found.start(), found[0]).finding(
                f"“{passage.text.value}”写成了一项，像是{len(names)}个{what}，中间是“{found[0]}”",
                "请分成几项：一行一项，前面加“- ”；或写在方括号里，用半角逗号加空格分开。确是一个的，可以保留。",
            )


def _two_names(text: str, pause: bool) -> re.Match[str] | None:
    if not {*"，,；;、"} & {*text}:
        return None
    plain = re.sub(_BRACKETS, lambda found: "＿" * len(found[0]), text)
    found = re.search(_BETWEEN, plain.rstrip("，,；;"))
    if not pause:
        names = re.split(_BETWEEN, plain)
        return found if all(re.search(_FUNDS, name) for name in names) else None
    if found:
        return found
    names = plain.split(_PAUSE)
    both = len(names) > 1 and all(re.search(_OFFICE, name.strip("＿")) for name in names)
    return re.search(_PAUSE, plain) if both else None


def duties_are_listed(inputs: Inputs) -> Iterator[Finding]:
    """A department has duties; their heading would stand alone."""
    if not inputs.department.duties:
        yield Finding(
            "“主要职责”一项也没有，文档中这个标题下面是空的",
            "请在department.yaml的“主要职责”下补上，一行一项，前面加“- ”。",
            Position(f"{inputs.folder}/department.yaml"),
        )


def one_name_of_the_department(inputs: Inputs) -> Iterator[Finding]:
    """The department is called alike in 名称 and 预算单位, and nowhere by the name it had last year."""
    department = inputs.department
    names = [name for name in department.agencies.values() if name]
    own = "" if department.name in names else _plain(department.name)
    if own and names and not any(own in _plain(name) or _plain(name) in own for name in names):
        yield from _nearly_named(inputs, names)
    yield from _old_name(inputs)


def _nearly_named(inputs: Inputs, names: list[str]) -> Iterator[Finding]:
    from difflib import SequenceMatcher  # where no agency is the department itself, which is rare

    name = inputs.department.name
    likeness = {other: SequenceMatcher(None, name, other, autojunk=False).ratio() for other in names}
    nearest = max(likeness, key=lambda other: likeness[other])
    place = next((one for one in inputs.department.passages if one.text.value == nearest), None)
    if place is not None and likeness[nearest] >= _ALIKE:
        yield Hit(place, 0, nearest).finding(
            f"预算单位里写“{nearest}”，部门名称是“{name}”，只差几个字",
            "请核对：同一个单位处处用同一个名称；更名的，“名称”和“预算单位”都要改。",
        )


def _plain(name: str) -> str:
    """A unit's name without “本级” and the like; brackets of either width."""
    return re.sub(_ITSELF, "", unicodedata.normalize("NFKC", name))


_ALIKE = 0.75


def _old_name(inputs: Inputs) -> Iterator[Finding]:
    """Words that still have last year's name where the department has another now, or the other way round."""
    last = inputs.last_year
    if last is None or not last.name:
        return
    department, old = inputs.department, last.name
    if old == department.name:
        yield from _agency_renamed(inputs, last)
        return
    hits = [hit for passage in department.passages if (hit := _named(passage, old, department.name))]
    if hits:
        yield (
            hits[0]
            .finding(
                f"仍写“{old}”，这是{department.year - 1}年的名称，现在的“名称”是“{department.name}”",
                "请核对：更名的，各处都要改；没有更名的，请改回“名称”一行。",
            )
            ._replace(notes=tuple(Note("另一处在这里", hit.passage.at(hit.start)) for hit in hits[1:]))
        )


def _named(passage: Passage, old: str, new: str) -> Hit | None:
    """Where the words have the old name: not as a part of the new one, of another unit's or a project's, nor as 原……."""
    text = passage.text.value.replace(new, "＿" * len(new))
    place = text.find(old)
    other = passage.kind == REGISTERED or (passage.kind == "名称" and _plain(text) != _plain(old))
    return None if place < 0 or other or text[:place].endswith("原") else Hit(passage, place, old)


def _agency_renamed(inputs: Inputs, last: LastYear) -> Iterator[Finding]:
    """预算单位 has another name than last year, under the same code, while 名称 stayed and was the same."""
    for code, name in inputs.department.agencies.items():
        before = last.agencies.get(code)
        if before == last.name != name:
            place = next((one for one in inputs.department.passages if one.text.value == name), None)
            position = place.text.position if place else Position(f"{inputs.folder}/department.yaml")
            yield Finding(
                f"预算单位{code}现在叫“{name}”，“名称”还是{inputs.department.year - 1}年的“{last.name}”",
                "请核对：更名的，“名称”也要改。",
                position,
                length=len(name),
            )


INSTITUTION_RULES: tuple[Rule[Inputs], ...] = (
    Rule(
        "T247", "清单一项写一个", Severity.WARNING, one_name_an_item, "第一部分与数据一致",
        "内设机构: [办公室，财务科]", "内设机构: [办公室, 财务科]",
    ),
    Rule(
        "T248", "写明主要职责", Severity.WARNING, duties_are_listed, "财预〔2016〕143号：公开部门职责",
        "主要职责: []", "主要职责:\n- 负责医疗救助工作。",
    ),
    Rule(
        "T249", "部门名称处处相同", Severity.WARNING, one_name_of_the_department, "同一事实同一写法",
        '名称: 社会保障服务中心\n预算单位: {"045001": 社会保障事务服务中心}',
        '名称: 社会保障服务中心\n预算单位: {"045001": 社会保障服务中心}',
    ),
)  # fmt: skip
