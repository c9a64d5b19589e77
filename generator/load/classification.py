"""政府收支分类科目 of a year, from the reference tables inside the package (edition: reference/README.md)."""

from __future__ import annotations

from collections.abc import Mapping
from pkgutil import get_data
from typing import NamedTuple

from generator.model.classification import Classification

FILES = {"功能科目": "function.csv", "部门经济": "economic-department.csv", "政府经济": "economic-government.csv"}


class Tenure(NamedTuple):
    """A code's name, its first and last year where the edition knows them, and the code its name has since."""

    name: str
    since: str
    until: str
    successor: str


def load_classification(year: int, extra: Mapping[str, Mapping[str, str]]) -> Classification:
    """The codes in force in ``year``, with a profile's or department's own additions by list name."""
    pairs = {(row[0], row[1]): row[2] for row in _rows("economic-mapping.csv")}
    pairs |= {tuple(key.split("/", 1)): code for key, code in extra.get("对应", {}).items()}  # type: ignore[misc]
    return Classification(
        _names(FILES["功能科目"], year) | dict(extra.get("功能科目", {})),
        _names(FILES["部门经济"], year) | dict(extra.get("部门经济", {})),
        _names(FILES["政府经济"], year) | dict(extra.get("政府经济", {})),
        pairs,
    )


def tenure_of(name: str, code: str) -> Tenure | None:
    """Which years a code of a list (功能科目, 部门经济, 政府经济) is of; None when no edition has it.

    Its successor is the one code of the same name that begins when it ends: no other link is in the lists.
    """
    rows = _rows(FILES[name])
    mine = next((row for row in rows if row[0] == code), None)
    if mine is None:
        return None
    _, title, _, _, since, until, _ = mine
    heirs = [row[0] for row in rows if until and row[1] == title and row[4] == str(int(until) + 1)]
    return Tenure(title, since, until, heirs[0] if len(heirs) == 1 else "")


def beginnings(name: str) -> str:
    """A list's file as it is: a code, or its beginning, is in some edition if it stands after a line end."""
    return _text(FILES[name])


def _names(file: str, year: int) -> dict[str, str]:
    current = str(year)
    return {
        code: name
        for code, name, _level, _parent, since, until, _source in _rows(file)
        if (not since or since <= current) and (not until or current <= until)
    }


def _rows(file: str) -> list[list[str]]:
    return [line.split(",") for line in _text(file).splitlines()[1:]]


def _text(file: str) -> str:
    data = get_data("generator.load", f"reference/{file}")
    assert data is not None
    return data.decode()
