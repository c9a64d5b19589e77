"""政府收支分类科目 of one budget year: names of codes, whose money they are, and which government code a department code becomes."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from generator.model.ledger import GENERAL

LISTS = ("功能科目", "部门经济", "政府经济")
ITEMS = MappingProxyType({"功能科目": 7, "部门经济": 5, "政府经济": 5})
"""How long a list's finest codes are: 项 of 功能科目, 款 of the others."""
SOCIAL_INSURANCE = "社会保险基金预算"
SEVERAL = "各项"
"""Instead of a fund: the codes below a 款 are of several."""


class Edition(NamedTuple):
    """One list of a year as a place brought it, whole: code → name, and code → fund where it is known."""

    key: str
    year: int
    names: Mapping[str, str]
    funds: Mapping[str, str]


class ExtraCode(NamedTuple):
    """A code that a place or department adds: its name, and of what else was said its fund, the first and last year or
    day it is of, the document (文号) it came with, and its government code by 单位性质 (or “any”).
    """

    name: str
    fund: str = ""
    since: str = ""
    until: str = ""
    document: str = ""
    government: Mapping[str, str] = MappingProxyType({})

    def in_force(self, year: int) -> bool:
        """Whether it is of this year."""
        return self.since[:4] <= str(year) <= (self.until[:4] or "9999")


class ExtraCodes(NamedTuple):
    """增补科目: codes by list (one of LISTS), and (department code, 单位性质) → government code."""

    codes: Mapping[str, Mapping[str, ExtraCode]] = MappingProxyType({})
    pairs: Mapping[tuple[str, str], str] = MappingProxyType({})

    def of(self, key: str) -> Mapping[str, ExtraCode]:
        """A list's codes."""
        return self.codes.get(key, {})

    def and_also(self, other: "ExtraCodes") -> "ExtraCodes":
        """Both; where they differ, the other's."""
        return ExtraCodes({key: {**self.of(key), **other.of(key)} for key in LISTS}, {**self.pairs, **other.pairs})


class Classification(NamedTuple):
    """Code → name for each list, and (department code, 单位性质) → government code.

    ``funds`` has the 功能科目 that are not 一般公共预算's, with an empty fund where nobody knows; ``editions`` the year
    of the newest whole edition behind each list; ``begun`` the day of codes that came within this year.
    """

    function: Mapping[str, str]
    department_economic: Mapping[str, str]
    government_economic: Mapping[str, str]
    mapping: Mapping[tuple[str, str], str]
    funds: Mapping[str, str] = MappingProxyType({})
    editions: Mapping[str, int] = MappingProxyType({})
    begun: Mapping[str, str] = MappingProxyType({})

    @property
    def groups(self) -> tuple[str, ...]:
        """The 3-digit 功能 类 codes, ascending."""
        return tuple(sorted([code for code in self.function if len(code) == 3]))

    def names(self, key: str) -> Mapping[str, str]:
        """Code → name of a list (one of LISTS)."""
        return (self.function, self.department_economic, self.government_economic)[LISTS.index(key)]

    def government_code(self, department_code: str, nature: str) -> str | None:
        """政府预算支出经济分类 of a 部门预算支出经济分类 code for this 单位性质; None when the table has no pair."""
        return self.mapping.get((department_code, nature)) or self.mapping.get((department_code, "any"))

    def fund_of(self, function: str) -> str:
        """Whose money a 功能科目 is: one of the budgets; empty where that is not known."""
        fund = self.funds.get(function, GENERAL)
        return "" if fund == SEVERAL else fund

    def with_names(self, key: str, names: Mapping[str, str]) -> "Classification":
        """With these codes as a list, whole."""
        match key:
            case "功能科目":
                return self._replace(function=names)
            case "部门经济":
                return self._replace(department_economic=names)
        return self._replace(government_economic=names)

    def and_also(
        self, key: str, names: Mapping[str, str], funds: Mapping[str, str] = MappingProxyType({})
    ) -> "Classification":
        """With more codes in a list; a 功能科目 whose fund is not given has its 款's."""
        more = self.with_names(key, {**self.names(key), **names})
        if key != LISTS[0]:
            return more
        known = {**self.funds, **funds}
        for code in sorted(names.keys() - self.function.keys(), key=len):
            known.setdefault(code, fund_below(code, more.function, known))
        return more._replace(funds=known)


def fund_below(code: str, names: Iterable[str], funds: Mapping[str, str]) -> str:
    """The fund a 功能科目 has from its 款, or from a 类 that is all of one; empty where they do not tell."""
    above, group = code[:5], code[:3]
    if len(code) == 7 and above in names:
        fund = funds.get(above, GENERAL)
        return "" if fund == SEVERAL else fund
    return funds.get(group, "")
