"""政府收支分类科目 of a year: the reference tables inside the package (reference/README.md), an edition that a place
brought, and what it or the department adds.
"""

import marshal
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from generator.model.classification import LISTS, Classification, Edition, ExtraCodes
from generator.model.remember import Remember, anew, program

FILES = dict(zip(LISTS, ("function.csv", "economic-department.csv", "economic-government.csv"), strict=True))
NEWEST = 2024
"""The year of the last whole edition in reference/; of later years it has what was learned one by one."""


class Tenure(NamedTuple):
    """A code's name, its first and last year where the edition knows them, and the code its name has since."""

    name: str
    since: str
    until: str
    successor: str


def load_classification(
    year: int, extra: ExtraCodes, editions: Iterable[Edition] = (), remember: Remember = anew
) -> Classification:
    """The codes in force in ``year``, with a profile's or department's own additions.

    Of each list the newest edition that is not of a later year counts: of those a place brought, or our own, which
    ``remember`` may keep.
    """
    found = _READ.get(year) or _READ.setdefault(year, _kept(year, remember))
    for edition in sorted(editions, key=lambda edition: edition.year):
        if edition.year <= year and edition.year >= found.editions[edition.key]:
            found = _brought(found, edition)
    return _with_extra(found, year, extra)


_READ: dict[int, Classification] = {}
"""What the package has of a year, the same for every department and whoever keeps it."""


def _kept(year: int, remember: Remember) -> Classification:
    key = program("load", "load/reference", "model") + str(year).encode()
    return Classification(*marshal.loads(remember(key, lambda: marshal.dumps([*_own(year)]))))  # noqa: S302


def _own(year: int) -> Classification:
    pairs = {(row[0], row[1]): row[2] for row in _rows("economic-mapping.csv")}
    function, funds, begun = _functions(str(year))
    departmental, governmental = (_names(FILES[key], year) for key in LISTS[1:])
    return Classification(
        function, departmental, governmental, pairs, funds, dict.fromkeys(LISTS, min(year, NEWEST)), begun
    )


def _brought(found: Classification, edition: Edition) -> Classification:
    """An edition in place of the one before; of ours remains what began after it."""
    later = {
        row[0]: row[1]
        for row in _rows(FILES[edition.key])
        if row[2][:4] > str(edition.year) and row[0] in found.names(edition.key)
    }
    cleared = found._replace(editions={**found.editions, edition.key: edition.year})
    if edition.key != LISTS[0]:
        return cleared.with_names(edition.key, {**later, **edition.names})
    funds = {code: fund for code, fund in found.funds.items() if code in later} | dict(edition.funds)
    return cleared._replace(function={**later, **edition.names}, funds=funds)


def _with_extra(found: Classification, year: int, extra: ExtraCodes) -> Classification:
    pairs, begun = dict(found.mapping), dict(found.begun)
    for key in LISTS:
        codes = {code: item for code, item in extra.of(key).items() if item.in_force(year)}
        if not codes:
            continue
        funds = {code: item.fund for code, item in codes.items() if item.fund}
        found = found.and_also(key, {code: item.name for code, item in codes.items()}, funds)
        begun |= {code: item.since for code, item in codes.items() if _within(item.since, str(year))}
        for code, item in codes.items():
            pairs |= {(code, nature): government for nature, government in item.government.items()}
    return found._replace(mapping=pairs | dict(extra.pairs), begun=begun)


def tenure_of(name: str, code: str) -> Tenure | None:
    """Which years a code of a list (one of LISTS) is of; None when our editions do not have it.

    Its successor is the one code of the same name that begins when it ends: no other link is in the lists.
    """
    rows = _rows(FILES[name])
    mine = next((row for row in rows if row[0] == code), None)
    if mine is None:
        return None
    _, title, since, until, *_ = mine
    heirs = [row[0] for row in rows if until and row[1] == title and row[2][:4] == str(int(until[:4]) + 1)]
    return Tenure(title, since[:4], until[:4], heirs[0] if len(heirs) == 1 else "")


def beginnings(name: str) -> str:
    """A list's file as it is: a code, or its beginning, is in some edition if it stands after a line end."""
    return _text(FILES[name])


def _functions(year: str) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Names, funds that are not 一般公共预算, and days within the year on which a code began."""
    names, funds, begun = {}, {}, {}
    for line in _text(FILES[LISTS[0]]).splitlines()[1:]:
        code, name, rest = line.split(",", 2)
        if not rest.startswith(",,,"):  # nearly all are of every year, and 一般公共预算's
            since, until, fund, _source = rest.split(",")
            if since[:4] > year or year > (until[:4] or "9999"):
                continue
            if _within(since, year):
                begun[code] = since
            if fund:
                funds[code] = fund
        names[code] = name
    return names, funds, begun


def _within(since: str, year: str) -> bool:
    return len(since) > 4 and since[:4] == year


def _names(file: str, year: int) -> dict[str, str]:
    current = str(year)
    return {
        code: name for code, name, since, until, _source in _rows(file) if since[:4] <= current <= (until[:4] or "9999")
    }


def _rows(file: str) -> list[list[str]]:
    return [line.split(",") for line in _text(file).splitlines()[1:]]


def _text(file: str) -> str:
    return (Path(__file__).parent / "reference" / file).read_text(encoding="utf-8")
