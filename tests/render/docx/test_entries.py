"""Entries of the contents: each has its leader."""

import pytest

from generator.render.docx.entries import entry_text
from generator.render.docx.styles import Style

STYLE = Style(size=32, left=640, first=-640)
WIDTH = 8845
"""27 characters and a half."""


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("一、主要职责", ["一、主要职责"]),
        ("一" * 24, ["一" * 24]),
        ("一" * 25, ["一" * 13, "一" * 12]),
        ("第一部分　伊滨经开区（示范区）社会保障事务服务中心概况", ["第一部分　伊滨经开区（示范区）", "社会保障事务服务中心概况"]),
        ("附件：2022年伊滨经开区（示范区）社会保障事务服务中心部门预算表", ["附件：2022年伊滨经开区（示范区）社会保障事务服务中心部门预算表"]),
        ("九、一般公共预算“三公”经费、会议费、培训费支出预算表", ["九、一般公共预算“三公”经费、", "会议费、培训费支出预算表"]),
        ("一" * 28, ["一" * 14, "一" * 14]),
        ("一" * 51, ["一" * 17, "一" * 17, "一" * 17]),
    ],
    ids=["short", "room for a leader", "no room", "full line", "two lines", "a list", "a character alone", "two full lines"],
)  # fmt: skip
def test_where_an_entry_is_broken(text: str, lines: list[str]) -> None:
    assert entry_text(text, STYLE, WIDTH).split("\n") == lines
