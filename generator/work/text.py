"""The verb text: the words of a Word file."""

from __future__ import annotations

from pathlib import Path

from generator.model.problem import UsageError
from generator.opc import bytes_of
from generator.readback.docx import read_docx
from generator.render.text import reading_text


def words_of(path: Path) -> str:
    """What the file says, one sentence or row a line; or, in a line, why it can't be read.

    git would stop at the first file whose driver fails.
    """
    try:
        return reading_text(read_docx(bytes_of(path)))
    except UsageError as error:
        return f"（不能读：{error}）\n"
