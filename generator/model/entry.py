"""An entry of the catalogue of rules."""

from enum import Enum
from typing import NamedTuple

from generator.model.problem import Severity


class Checker(Enum):
    """Who sees to a rule."""

    DATA = "检查数据"
    READING = "检查文档"
    FILE = "读回文件"
    LOADING = "读取时"
    PROFILE = "检查方案"
    CITY = "全市"
    LEFT_OUT = "未列入"


class Entry(NamedTuple):
    """One code: its statement, severity, checker and source; ``wrong`` and ``right`` show it; ``why`` it was left out."""

    code: str
    title: str
    severity: Severity
    checker: Checker
    source: str
    wrong: str
    right: str
    why: str = ""
