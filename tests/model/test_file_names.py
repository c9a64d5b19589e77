"""Names that Windows takes for no file."""

from __future__ import annotations

from pathlib import PureWindowsPath

import pytest

from generator.model.file_names import why_refused


@pytest.mark.parametrize(
    "name",
    ["CON", "con", "nul.txt", "Com1", "LPT9.yaml", "aux .txt", "a:b", "a?", "a*", "x|y", "a<b", 'a"b', "a/b", "a\\b", "末尾.", "末尾 ", " 开头", "", ".", "..", "a\tb", "长" * 101],
)  # fmt: skip
def test_refused(name: str) -> None:
    assert why_refused(name)


@pytest.mark.parametrize(
    "name", ["伊滨经开区（示范区）社会保障事务服务中心", "2022年.docx", "console", "COM10", "公司.com", ".gitignore", "长" * 100]
)  # fmt: skip
def test_taken(name: str) -> None:
    assert not why_refused(name)
    assert not PureWindowsPath(name).is_reserved() and PureWindowsPath("C:/数据") / name == PureWindowsPath(
        f"C:\\数据\\{name}"
    )
