"""The ways in which a made-up department is broken: each changes a year's files, and each must stop its document."""

from __future__ import annotations

import re
from collections.abc import Callable

Files = dict[str, str]


def _with(files: Files, name: str, pattern: str, new: str) -> Files:
    text, found = re.subn(pattern, new, files[name], count=1)
    if not found:
        raise ValueError(f"{name}: {pattern}")
    return {**files, name: text}


def _without(files: Files, name: str) -> Files:
    return {other: text for other, text in files.items() if other != name}


Break = Callable[[Files], Files]
BREAKS: tuple[tuple[str, Break], ...] = (
    ("金额写成了文字", lambda files: _with(files, "basic.yaml", r"(30101 [^:]+: )[\d.]+", r"\1三万多")),
    ("缺少basic.yaml", lambda files: _without(files, "basic.yaml")),
    ("控制数与台账不同", lambda files: _with(files, "department.yaml", r"(  总计: )", r"\g<1>9")),
    ("没有这个科目", lambda files: _with(files, "basic.yaml", r"30101 ", "30177 ")),
    ("缩进错了", lambda files: _with(files, "projects.yaml", r"\n  类型", "\n     类型")),
    ("什么文件都没有", lambda files: {}),
    ("项目编码重复", lambda files: _with(files, "projects.yaml", r'(编码: ")(\d+)("[\s\S]*?编码: ")\d+', r"\1\2\3\2")),
)
