"""A second place's format through the same code: other tables, order, unit, wording, numerals."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

from generator.render.docx.render import render_docx
from tests import docx_reading
from tests.conftest import Golden
from tests.runs import run

HERE = Path(__file__).parent


def test_the_tiny_profile_makes_its_document(golden: Golden) -> None:
    done = run(HERE / "data", HERE / "profiles", "tiny", 2023)
    assert done.document is not None and done.profile is not None and not done.failed
    data = render_docx(done.document, done.profile.master).data
    lines = [f"{style}: {text}" for style, text in docx_reading.paragraphs(data)]
    for caption, table in docx_reading.tables(data).items():
        lines.append(f"== {caption}")
        lines += [" | ".join(row) for header in (True, False) for row in docx_reading.rows_of(table, header)]
    text = "\n".join(lines) + "\n"
    golden(HERE / "golden" / "tiny.txt", text)
    assert "1,234,567.89" in text and "送戏下乡&<惠民>" in text


def test_yuan_printed_in_wan_foots_and_meets_its_controls(tmp_path: Path) -> None:
    """元 in, 万元 out: leaves cut by largest remainder, every column adds up, 控制数 checked in 元."""
    shutil.copytree(HERE / "profiles" / "tiny", tmp_path / "tiny")
    report = tmp_path / "tiny" / "report.yaml"
    report.write_text(
        report.read_text(encoding="utf-8").replace("表内金额单位: 元", "表内金额单位: 万元"), encoding="utf-8"
    )
    done = run(HERE / "data", tmp_path, "tiny", 2023)
    assert not done.failed and done.document is not None and done.profile is not None, done.problems
    data = render_docx(done.document, done.profile.master).data
    rows = docx_reading.rows_of(docx_reading.tables(data)["表2. 支出功能分类预算表"])
    leaves = [row for row in rows if len(row[0]) == 7]
    total = rows[-1]
    assert total[2] == "123.46"
    for column in (2, 3, 4):
        assert sum(Decimal(row[column]) for row in leaves) == Decimal(total[column])
