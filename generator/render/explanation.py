"""Explanations as a person reads them in a terminal, and as other programs do."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from generator.model.explanation import Explanation, Kind, Place, Typed, Value
from generator.model.money import Money
from generator.model.problem import shortened
from generator.render.story import how, value_text

SHORT = 12
"""How many lines and places are listed unless all are asked for."""


def explanations_text(explanations: Sequence[Explanation], everything: bool = False) -> str:
    """Each as a short tree; long lists are cut unless ``everything``."""
    limit = 0 if everything else SHORT
    return "\n".join("\n".join(_tree(item, limit)) + "\n" for item in explanations)


def explanations_json(explanations: Sequence[Explanation]) -> str:
    """``[{kind, name, value, unit, how, notes, typed, parts, places, related}]``, nothing cut."""
    return json.dumps([_plain(item) for item in explanations], ensure_ascii=False, indent=2) + "\n"


def _tree(explanation: Explanation, limit: int) -> Iterator[str]:
    if explanation.kind is Kind.TYPED:
        yield from _line_tree(explanation, limit)
        return
    yield _head(explanation)
    yield f"  怎么来的：{how(explanation)}"
    yield from (f"  {note}" for note in explanation.notes)
    yield from _indented(_typed(explanation.typed, limit), 2)
    for part in explanation.parts:
        yield from _indented(_part(part, limit), 2)
    if explanation.places or explanation.kind is not Kind.CONTROL:
        yield "  印在：" if explanation.places else "  没有印出来"
    yield from _indented(_places(explanation.places, limit), 4)
    for item in explanation.related:
        yield f"  {_head(item)}（{how(item)}）"
        yield from _indented(item.notes, 4)
        yield from _indented(dict.fromkeys(_where_typed(item)), 4)
        yield from _indented(_places(item.places, limit), 4)


def _line_tree(explanation: Explanation, limit: int) -> Iterator[str]:
    yield from _typed(explanation.typed, limit)
    places = [place for item in explanation.related for place in item.places]
    pages = sorted({place.page for place in places if place.page})
    cells = len({place for place in places if place.table})
    sentences = len({place for place in places if not place.table})
    if pages:
        told = "、".join(map(str, pages))
        yield f"到达{len(explanation.related)}个内容：表里{cells}格，文中{sentences}处，在第{told}页"
    for item in explanation.related:
        yield f"  {_head(item)}（{how(item)}）"
        yield from _indented(item.notes if not item.places else (), 4)
        yield from _indented(_places(item.places, limit), 4)


def _part(part: Explanation, limit: int) -> Iterator[str]:
    yield f"{_head(part)}（{how(part)}）"
    yield from _indented(part.notes, 2)
    yield from _indented(_typed(part.typed, limit), 2)
    for inner in part.parts:
        yield from _indented(_part(inner, limit), 2)


def _where_typed(explanation: Explanation) -> Iterator[str]:
    """Of a related number only what it takes beside the ledger: where last year's was typed."""
    for part in explanation.parts:
        if part.kind is Kind.FACT:
            yield f"{_head(part)}（{part.typed[0].position}）"
        yield from _where_typed(part) if part.kind is not Kind.SUM else ()


def _head(explanation: Explanation) -> str:
    brief = shortened(value_text(explanation.value), 40)
    return f"{explanation.name}　{brief}" if brief else explanation.name


def _typed(typed: Sequence[Typed], limit: int) -> Iterator[str]:
    for item in typed[: limit or None]:
        yield " ".join(filter(None, (str(item.position), item.words, _amount(item))))
    if limit and len(typed) > limit:
        yield f"另有{len(typed) - limit}行（--all 全部列出）"


def _amount(item: Typed) -> str:
    if item.money is None:
        return ""
    if item.printed is None:
        return str(item.money)
    return f"{item.money}，折{item.printed}{'（补了尾差0.01）' if item.topped_up else ''}"


def _places(places: Sequence[Place], limit: int) -> Iterator[str]:
    groups: dict[tuple[int, str, int], list[Place]] = {}
    for place in places:
        groups.setdefault((place.table, place.title, place.page), []).append(place)
    for (table, title, page), found in list(groups.items())[: limit or None]:
        where = f"第{page}页 " if page else ""
        yield f"{where}{f'表{table} ' if table else ''}{title}：{_cells(found, limit)}"
    if limit and len(groups) > limit:
        yield f"另有{len(groups) - limit}处（--all 全部列出）"


def _cells(places: Sequence[Place], limit: int) -> str:
    some = 2 if limit else len(places)
    words = [_cell(place) for place in places]
    more = f" 等{len(words)}处" if len(words) > some else ""
    return "、".join(words[:some]) + more


def _cell(place: Place) -> str:
    if not place.row and not place.column:
        return f"“{place.text if len(place.text) <= 40 else place.text[:39] + '…'}”"
    row = f"“{' '.join((*place.above, *place.row))}”行" if place.row else ""
    column = f"“{'/'.join(place.column)}”栏" if place.column else ""
    return f"{row}{column}{'' if place.text else '（空白）'}"


def _indented(lines: Iterable[str], width: int) -> Iterator[str]:
    return (" " * width + line for line in lines)


def _plain(explanation: Explanation) -> dict[str, Any]:
    return {
        "kind": explanation.kind.value,
        "name": explanation.name,
        **_valued(explanation.value),
        "how": how(explanation),
        "notes": list(explanation.notes),
        "typed": [_plain_typed(item) for item in explanation.typed],
        "parts": [_plain(part) for part in explanation.parts],
        "places": [place._asdict() for place in explanation.places],
        "related": [_plain(item) for item in explanation.related],
    }


def _plain_typed(item: Typed) -> dict[str, Any]:
    position = item.position
    plain = {"file": position.file, "line": position.line, "column": position.column, "words": item.words}
    if item.money is not None:
        plain |= _valued(item.money)
    if item.printed is not None:
        plain |= {"printed": _valued(item.printed), "topped_up": item.topped_up}
    return plain


def _valued(value: Value) -> dict[str, Any]:
    match value:
        case Money():
            return {"value": f"{value.amount:.2f}", "unit": value.scale.label}
        case Decimal():
            return {"value": f"{value:.2f}", "unit": "%"}
        case _:
            return {"value": value, "unit": ""}
