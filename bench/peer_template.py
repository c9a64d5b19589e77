"""Make the peer's template and data out of our own document, so that both hold the same words.

python -m bench.peer_template FOLDER DATA TEMPLATES PROFILE YEAR

The prose stands in the template with a place for each figure, the department and the year; a table is
its header and one looped row. None of this is measured.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH

from generator.model.document import Document, Heading, Paragraph, Run, TableBlock
from generator.work.check import check
from generator.work.stages import Finished
from generator.work.workshop import Workshop

_ALIGN = {"l": None, "c": WD_ALIGN_PARAGRAPH.CENTER, "r": WD_ALIGN_PARAGRAPH.RIGHT}


def main(folder: Path, data: Path, templates: Path, profile: str, year: int) -> None:
    """Both files into ``folder``."""
    done = check(Workshop(templates, profile), data, year)
    if not isinstance(done, Finished):
        sys.exit("\n".join(f"{problem.position} {problem.message}" for problem in done.problems))
    words = {"department": dict(done.document.furniture)["部门"], "year": str(year)}
    writer = _Template(words)
    writer.prose(done.document)
    writer.tables([block for block in done.document.blocks if isinstance(block, TableBlock)])
    folder.mkdir()
    writer.file.save(str(folder / "template.docx"))
    filling = {**words, "figures": writer.figures, "tables": writer.grids}
    (folder / "data.json").write_text(json.dumps(filling, ensure_ascii=False), encoding="utf-8")


class _Template:
    """The template being written, and what will fill its figures and tables."""

    def __init__(self, words: dict[str, str]) -> None:
        self.file = docx.Document()
        self.figures: list[str] = []
        self.grids: list[list[list[str]]] = []
        self._words = words

    def prose(self, document: Document) -> None:
        """Title, contents, headings and paragraphs."""
        self.file.add_paragraph(self._place(document.title), "Title")
        for entry in document.entries:
            self.file.add_paragraph(self._place(entry.text))
        for block in document.blocks:
            if isinstance(block, Heading):
                self.file.add_paragraph(self._place(block.ordinal + block.title), f"Heading {block.level}")
            elif isinstance(block, Paragraph):
                self.file.add_paragraph("".join(map(self._run, block.runs)))

    def tables(self, tables: list[TableBlock]) -> None:
        """All tables, on landscape paper."""
        turn(self.file)
        for table in tables:
            self.file.add_paragraph(self._place(table.caption), "Heading 2")
            self.file.add_paragraph(self._place("\t".join(table.headline or ())))
            add_table(self.file, table, len(self.grids))
            self.grids.append(grid(table))
            for note in table.notes:
                self.file.add_paragraph(self._place(note))

    def _run(self, part: Run) -> str:
        if part.figure is None:
            return self._place(part.text)
        self.figures.append(part.text)
        return f"{{{{ figures[{len(self.figures) - 1}] }}}}"

    def _place(self, text: str) -> str:
        for name, word in self._words.items():
            text = text.replace(word, f"{{{{ {name} }}}}")
        return text


def turn(file: Any) -> None:
    """What follows is on landscape paper."""
    section = file.add_section()
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width


def grid(table: TableBlock) -> list[list[str]]:
    """A cell for each column: a wide cell is followed by empty ones."""
    rows = []
    for row in table.rows:
        spans = row.spans or (1,) * len(row.texts)
        rows.append([text for cell, span in zip(row.texts, spans, strict=True) for text in [cell, *[""] * (span - 1)]])
    return rows


def add_table(file: Any, table: TableBlock, number: int) -> None:
    """Its header and one looped row, which ``tables[number]`` fills."""
    columns = len(table.alignments)
    made = file.add_table(table.header_rows + 3, columns, "Table Grid")
    for cell in table.header:
        _fill(made.cell(cell.row, cell.column), cell.text, "c", bold=True)
    opening, row, closing = made.rows[table.header_rows :]
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
