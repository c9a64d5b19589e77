"""What a year's amounts are compared with (比较基数): which numbers of which year, and where they come from."""

from typing import NamedTuple

BUDGET = "年初预算"
"""The stage that a year's folder holds."""


class Basis(NamedTuple):
    """Amounts by figure of an earlier year, ``years`` back (0: of the year itself), at a ``stage`` (年初预算, 执行数, 决算数 …).

    They are typed in ``file`` of the year's own folder; of the stage that folders hold they are summed from that
    year's folder where it is there. ``printed`` is what stands for it before an amount (上年数).
    """

    name: str
    years: int
    stage: str
    file: str
    printed: str

    @property
    def has_folder(self) -> bool:
        """Whether a year's folder can answer for it."""
        return self.stage == BUDGET and self.years > 0


LAST_YEAR = Basis("上年预算", 1, BUDGET, "prior.yaml", "上年数")
"""The basis of 比上年, which every place has."""


def key_of(basis: Basis) -> str:
    """What a basis is called in short: in messages, and as the key of its amounts in a unit's own file (units/<代码>.yaml)."""
    return "上年" if basis == LAST_YEAR else basis.name
