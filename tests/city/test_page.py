"""docs/全市.md says what is so."""

from __future__ import annotations

import re
import sqlite3
from importlib.resources import files
from pathlib import Path

import pytest

from generator.city.controls import controls_of
from generator.city.members import _COLUMNS
from generator.city.rules import RULES, entries
from generator.city.schema import TABLES
from generator.model.city import State
from generator.render.board import words as board
from generator.render.board.page import SCRIPTS
from generator.render.board.words import WORKBOOK
from tests.city.towns import SOUND, town_of
from tests.conftest import ROOT, Golden

PAGE = (ROOT / "docs" / "全市.md").read_text(encoding="utf-8")


def test_the_tables_are_as_the_page_lists_them(golden: Golden) -> None:
    listed = re.sub(r"(?s)(?<=```sql\n).*?(?=```\n)", lambda _: TABLES.lstrip(), PAGE)
    golden(ROOT / "docs" / "全市.md", listed)


def test_every_state_and_every_column_is_explained() -> None:
    assert first_column("| 状态 |") == [state.value for state in State]
    assert "、".join(first_column("| 列 |")).split("、") == list(_COLUMNS)


def test_every_rule_is_named_and_their_number_is_right() -> None:
    said = PAGE.partition("## 跨部门核对")[2].partition("\n## ")[0]
    assert sorted(re.findall(r"K2\d\d", said)) == [rule.code for rule in RULES]
    assert f"另有 {len(entries())} 条 **K 跨部门**" in (ROOT / "docs" / "检查.md").read_text(encoding="utf-8")


def test_the_control_totals_that_it_shows_are_read(tmp_path: Path) -> None:
    (table,) = re.findall(r"(?s)```\n(代码,项,金额.*?)```\n", PAGE)
    (tmp_path / "控制总额.csv").write_text(table, encoding="utf-8")
    found = controls_of(tmp_path)
    assert found is not None and found.problems == () and len(found.totals) == 4


def first_column(head: str) -> list[str]:
    """Of the table that begins so."""
    rows = PAGE.partition(head)[2].partition("\n\n")[0].splitlines()[2:]
    return [row.split("|")[1].strip() for row in rows]


def test_the_query_that_it_gives_can_be_asked() -> None:
    (query,) = re.findall(r'汇总\.sqlite "(SELECT .+)"', PAGE)
    connection = sqlite3.connect(":memory:")
    connection.executescript(TABLES)
    assert connection.execute(query).fetchall() == []
    connection.close()


def test_the_python_that_it_gives_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (code,) = re.findall(r"(?s)```python\n(.*?)```", PAGE)
    town_of(tmp_path / "全市", SOUND)
    (tmp_path / "templates").symlink_to(ROOT / "templates")
    monkeypatch.chdir(tmp_path)
    exec(code.replace("2027", "2022"), {})
    assert capsys.readouterr().out == "{'有警告': 1}\n"


def test_the_board_is_as_the_page_says() -> None:
    """The words to press, and the views to look at."""
    told = PAGE.partition("## 总览\n")[2].partition("\n## ")[0]
    script = "".join(files("generator.render.board").joinpath(name).read_text(encoding="utf-8") for name in SCRIPTS)
    for words in ("过期没有文档", "日期认不出", "查找", "问题明细", "变动", "金额", "三公", "跨部门"):
        assert words in told and words in script, words
    assert WORKBOOK in told and board.PAGE in told
