"""A second place's format through the same code: other tables, order, unit, wording, numerals."""

from __future__ import annotations

from pathlib import Path

from generator.pipeline import run
from generator.render.docx.render import render_docx
from tests import docx_reading

HERE = Path(__file__).parent


def test_tiny_profile(update_golden: bool) -> None:
    done = run(HERE / "data", HERE / "profiles", "tiny", 2023)
    assert done.document is not None and done.profile is not None and not done.failed
    data = render_docx(done.document, done.profile.master).data
    lines = [f"{style}: {text}" for style, text in docx_reading.paragraphs(data)]
    for caption, table in docx_reading.tables(data).items():
        lines.append(f"== {caption}")
        lines += [" | ".join(row) for header in (True, False) for row in docx_reading.rows_of(table, header)]
    text = "\n".join(lines) + "\n"
    expected = HERE / "golden" / "tiny.txt"
    if update_golden:
        expected.write_text(text, encoding="utf-8")
    assert text == expected.read_text(encoding="utf-8")
    assert "1,234,567.89" in text and "送戏下乡&<惠民>" in text
