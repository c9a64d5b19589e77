"""The real 2022 document against its published text: every numeric row, every paragraph of Parts 1 to 3.

Whatever differs on purpose stands in published/deviations.yaml with its reason, and must be used.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests import docx_reading

HERE = Path(__file__).parent / "published"
CAPTIONS = {
    "三公": "2022年一般公共预算“三公”经费预算表",
    "政府性基金": "2022年政府性基金预算支出预算表",
    "国有资本": "2022年国有资本经营预算支出预算表",
    "整体绩效": "2022年部门（单位）整体绩效目标表",
    "项目绩效": "2022年部门预算项目绩效目标表",
}
PUBLISHED: dict[str, list[list[str]]] = json.loads((HERE / "tables.json").read_text(encoding="utf-8"))
NARRATIVE: list[str] = json.loads((HERE / "narrative.json").read_text(encoding="utf-8"))
DEVIATIONS: dict[str, Any] = yaml.safe_load((HERE / "deviations.yaml").read_text(encoding="utf-8"))


def caption_of(name: str) -> str:
    return CAPTIONS.get(name, f"2022年{name}")


def squeezed(rows: list[list[str]]) -> list[list[str]]:
    """Rows as the published text form keeps them: without blank cells and white space."""
    return [[re.sub(r"\s", "", cell) for cell in row if cell.strip()] for row in rows]


def is_numeric(row: list[str]) -> bool:
    return any(re.fullmatch(r"\d+\.\d\d", cell) for cell in row)


def expected_rows(name: str) -> list[list[str]]:
    """The published rows with the deliberate deviations applied."""
    rows = [list(row) for row in PUBLISHED[name]]
    for change in DEVIATIONS["表"].get(name, []):
        if "改" in change:
            assert change["改"] in rows, change
            rows[rows.index(change["改"])] = change["为"]
        elif "增" in change:
            rows.append(change["增"])
        else:
            assert any(change["改一格"] in row for row in rows), change
            rows = [[change["为"] if cell == change["改一格"] else cell for cell in row] for row in rows]
    return rows


@pytest.mark.parametrize("name", PUBLISHED)
def test_every_published_row_is_in_the_document(name: str, report_2022: bytes) -> None:
    rows = squeezed(docx_reading.rows_of(docx_reading.tables(report_2022)[caption_of(name)]))
    missing = [row for row in expected_rows(name) if row not in rows]
    assert not missing


@pytest.mark.parametrize("name", PUBLISHED)
def test_every_numeric_row_of_the_document_was_published(name: str, report_2022: bytes) -> None:
    rows = squeezed(docx_reading.rows_of(docx_reading.tables(report_2022)[caption_of(name)]))
    expected = expected_rows(name)
    assert [row for row in rows if is_numeric(row) and row not in expected] == []


def test_published_rows_keep_their_order(report_2022: bytes) -> None:
    tables = docx_reading.tables(report_2022)
    for name in ("部门支出预算表", "一般公共预算基本支出预算表", "支出经济分类汇总表", "项目支出预算表"):
        rows = squeezed(docx_reading.rows_of(tables[caption_of(name)]))
        places = [rows.index(row) for row in PUBLISHED[name] if row in rows]
        assert len(places) > 10
        assert places == sorted(places), name


def test_every_paragraph_of_the_prose(report_2022: bytes) -> None:
    body = [
        re.sub(r"\s", "", line)
        for style, text in docx_reading.paragraphs(report_2022)
        if style in ("Heading1", "Heading2", "Heading3", "BodyGW")
        for line in ([text.replace("\n", "")] if not text.startswith("第") else text.split("\n", 1))
    ]
    start = NARRATIVE.index("第一部分")
    end = next(index for index, text in enumerate(NARRATIVE) if index > start and text.startswith("附件："))
    published = NARRATIVE[start:end]
    for change in DEVIATIONS["文字"]:
        places = [index for index, text in enumerate(published) if change["改"] in text]
        assert places, change
        for index in places[: change.get("只")]:
            published[index] = published[index].replace(change["改"], change["为"])
    for place, pair in enumerate(zip(published, body, strict=False)):
        assert pair[0] == pair[1], place
    assert len(published) == len(body)


def test_every_deviation_has_a_reason() -> None:
    changes = [change for group in DEVIATIONS["表"].values() for change in group] + DEVIATIONS["文字"]
    changes += DEVIATIONS["结构"]
    assert len(changes) > 10
    assert all(len(change["因"]) > 5 for change in changes)
