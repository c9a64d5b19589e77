"""Fail unless both documents' tables have as many rows and the same words.

python -m bench.same OURS.docx THEIRS.docx
"""

from __future__ import annotations

import re
import sys
import zipfile

_CELL = re.compile(r"<w:tc>.*?</w:tc>", re.DOTALL)
_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")


def _tables(path: str) -> tuple[int, set[str]]:
    with zipfile.ZipFile(path) as archive:
        xml = archive.read("word/document.xml").decode()
    return len(re.findall(r"<w:tr[ >]", xml)), {"".join(_TEXT.findall(cell[0])) for cell in _CELL.finditer(xml)}


def differing(ours: str, theirs: str) -> str | None:
    """How the tables of two documents differ; None where they don't."""
    (rows, words), (their_rows, their_words) = map(_tables, (ours, theirs))
    if rows == their_rows and words == their_words:
        return None
    return f"两份文档的表不同：{rows}行、{their_rows}行；{sorted(words ^ their_words)[:10]}"


if __name__ == "__main__":
    sys.exit(differing(*sys.argv[1:]))
