"""The forms that all places publish (财预〔2016〕143号), by the words places name them, their columns and their rows with."""

from collections.abc import Mapping
from typing import NamedTuple

FORM_KEYS = tuple(f"表{number}" for number in range(1, 14))
"""The neutral names of the forms: 表1 部门收支总表 … 表13 项目绩效目标表."""


class National(NamedTuple):
    """What the forms are called.

    ``names`` is each form's usual name by its key, ``titles`` what else it is called; ``fillers`` are words that
    titles may have or lack. ``same`` are groups of words of headers and rows that mean one thing, ``totals`` the words
    for a sum, which say nothing without the words above them.
    """

    names: Mapping[str, str]
    titles: Mapping[str, tuple[str, ...]]
    fillers: tuple[str, ...]
    same: tuple[tuple[str, ...], ...]
    totals: tuple[str, ...]
