"""Make the peer's template and data out of our own document, so that both hold the same words.

python -m bench.peer_template FOLDER DATA TEMPLATES PROFILE YEAR

The prose stands in the template with a place for each figure, the department and the year; a table is
its header and one looped row. None of this is measured.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH

from generator.model.document import Document, Heading, Paragraph, TableBlock
from generator.pipeline import run

_ALIGN = {"l": None, "c": WD_ALIGN_PARAGRAPH.CENTER, "r": WD_ALIGN_PARAGRAPH.RIGHT}


def main(folder: Path, data: Path, templates: Path, profile: str, year: int) -> None:
    """Both files into ``folder``."""
    done = run(data, templates, profile, year)
    if done.document is None:
        sys.exit("\n".join(f"{problem.position} {problem.message}" for problem in done.problems))
    folder.mkdir()
    words = {"department": dict(done.document.furniture)["部门"], "year": str(year)}
    tables = [block for block in done.document.blocks if isinstance(block, TableBlock)]
    filling = {**words, "figures": list(_figures(done.document)), "tables": [_grid(table) for table in tables]}
    (folder / "data.json").write_text(json.dumps(filling, ensure_ascii=False), encoding="utf-8")
    _write(done.document, tables, words, folder / "template.docx")


def _figures(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield from (part.text for part in block.runs if part.figure is not None)


def _grid(table: TableBlock) -> list[list[str]]:
    """A cell for each column: a wide cell is followed by empty ones."""
    rows = []
    for row in table.rows:
        spans = row.spans or (1,) * len(row.texts)
        rows.append([text for cell, span in zip(row.texts, spans, strict=True) for text in [cell, *[""] * (span - 1)]])
    return rows


def _write(document: Document, tables: list[TableBlock], words: dict[str, str], path: Path) -> None:
    def place(text: str) -> str:
        for name, word in words.items():
            text = text.replace(word, f"{{{{ {name} }}}}")
        return text

    file = docx.Document()
    file.add_paragraph(place(document.title), "Title")
    for entry in document.entries:
        file.add_paragraph(place(entry.text))
    count = 0
    for block in document.blocks:
        if isinstance(block, Heading):
            file.add_paragraph(place(f"{block.ordinal}{block.title}"), f"Heading {block.level}")
        elif isinstance(block, Paragraph):
            text = ""
            for part in block.runs:
                text += place(part.text) if part.figure is None else f"{{{{ figures[{count}] }}}}"
                count += part.figure is not None
            file.add_paragraph(text)
    section = file.add_section()
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    for number, table in enumerate(tables):
        file.add_paragraph(place(table.caption), "Heading 2")
        file.add_paragraph(place("\t".join(table.headline or ())))
        _table(file, table, number)
        for note in table.notes:
            file.add_paragraph(place(note))
    file.save(str(path))


def _table(file: Any, table: TableBlock, number: int) -> None:
    columns = len(table.alignments)
    grid = file.add_table(table.header_rows + 3, columns, "Table Grid")
    for cell in table.header:
        _fill(grid.cell(cell.row, cell.column), cell.text, "c", bold=True)
    opening, row, closing = grid.rows[table.header_rows :]
    opening.cells[0].text = f"{{%tr for row in tables[{number}] %}}"
    for index, (cell, alignment) in enumerate(zip(row.cells, table.alignments, strict=True)):
        _fill(cell, f"{{{{ row[{index}] }}}}", alignment)
    closing.cells[0].text = "{%tr endfor %}"


def _fill(cell: Any, text: str, alignment: str, bold: bool = False) -> None:
    cell.text = text
    cell.paragraphs[0].alignment = _ALIGN[alignment]
    for part in cell.paragraphs[0].runs:
        part.bold = bold or None


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4], int(sys.argv[5]))
