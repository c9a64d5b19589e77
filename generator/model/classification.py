"""政府收支分类科目 of one budget year: names of codes, and which government code a department code becomes."""

from collections.abc import Mapping
from typing import NamedTuple


class Classification(NamedTuple):
    """Code → name for each list, and (department code, 单位性质) → government code.

    ``groups`` are the 功能 类 of the year in code order, for the forms that print all of them.
    """

    function: Mapping[str, str]
    department_economic: Mapping[str, str]
    government_economic: Mapping[str, str]
    mapping: Mapping[tuple[str, str], str]

    @property
    def groups(self) -> tuple[str, ...]:
        """The 3-digit 功能 类 codes, ascending."""
        return tuple(sorted(code for code in self.function if len(code) == 3))

    def government_code(self, department_code: str, nature: str) -> str | None:
        """政府预算支出经济分类 of a 部门预算支出经济分类 code for this 单位性质; None when the table has no pair."""
        return self.mapping.get((department_code, nature)) or self.mapping.get((department_code, "any"))
