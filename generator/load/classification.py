"""政府收支分类科目 of a year, from the reference tables inside the package (edition: reference/README.md)."""

from __future__ import annotations

from collections.abc import Mapping
from pkgutil import get_data

from generator.model.classification import Classification


def load_classification(year: int, extra: Mapping[str, Mapping[str, str]]) -> Classification:
    """The codes in force in ``year``, with a profile's or department's own additions by list name."""
    pairs = {(row[0], row[1]): row[2] for row in _rows("economic-mapping.csv")}
    pairs |= {tuple(key.split("/", 1)): code for key, code in extra.get("对应", {}).items()}  # type: ignore[misc]
    return Classification(
        _names("function.csv", year) | dict(extra.get("功能科目", {})),
        _names("economic-department.csv", year) | dict(extra.get("部门经济", {})),
        _names("economic-government.csv", year) | dict(extra.get("政府经济", {})),
        pairs,
    )


def _names(file: str, year: int) -> dict[str, str]:
    current = str(year)
    return {
        code: name
        for code, name, _level, _parent, since, until, _source in _rows(file)
        if (not since or since <= current) and (not until or current <= until)
    }


def _rows(file: str) -> list[list[str]]:
    data = get_data("generator.load", f"reference/{file}")
    assert data is not None
    return [line.split(",") for line in data.decode().splitlines()[1:]]
