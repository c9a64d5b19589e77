"""A city's documents as a docxtpl user makes them: one template for all departments, loaded once, and each one's data from JSON.

python -m bench.city_peer make CITY TEMPLATES FOLDER NUMBER    template.docx and data/<key>.json of the first so many; not measured
python -m bench.city_peer fill FOLDER                          from these documents/<key>.docx

The template is the place's: title, headings and each table's header stand in it. Below a heading there are as many paragraphs as the data
has, a table has as many rows. Sentences come ready made: to find out which of them a department needs is left to whoever wrote the JSON.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bench.workload import YEAR


def make(city: Path, templates: Path, folder: Path, number: int) -> None:
    """Both into ``folder``; ends the program where a department has errors, or another template would be needed."""
    from generator.city.members import members_of
    from generator.kept import remembering
    from generator.work.check import check
    from generator.work.stages import Finished
    from generator.work.workshop import Workshop

    shop = Workshop(templates, "yibin", remembering(), ask_all=False, many=True)
    (folder / "data").mkdir(parents=True)
    frames = set()
    for member in members_of(city).members[:number]:
        done = check(shop, Path(member.folder, "data"), YEAR)
        if not isinstance(done, Finished):
            sys.exit(f"{member.key}：{done.problems[0].message}")
        department = dict(done.document.furniture)["部门"]
        writer = _Template(department)
        writer.write(done.document)
        if not frames:
            writer.file.save(str(folder / "template.docx"))
        frames.add(tuple(writer.frame))
        data = {"department": department, "texts": writer.texts, "tables": writer.grids}
        (folder / "data" / f"{member.key}.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    if len(frames) != 1:
        sys.exit(f"这些部门要用{len(frames)}种模板")


class _Template:
    """The template of one department's document, and what will fill it: ``frame`` is what all departments are to have alike."""

    def __init__(self, department: str) -> None:
        import docx

        self.file = docx.Document()
        self.frame: list[Any] = []
        self.texts: list[list[str]] = []
        self.grids: list[list[list[str]]] = []
        self._department = department

    def write(self, document: Any) -> None:
        """Title, contents, headings with their paragraphs, tables with their notes."""
        from bench.peer_template import turn
        from generator.model.document import Heading, Paragraph, TableBlock

        self._add(document.title, "Title")
        self._loop(entry.text for entry in document.entries)
        below: list[str] = []
        turned = False
        for block in document.blocks:
            if isinstance(block, Paragraph):
                below.append(block.text)
                continue
            self._loop(below)
            below = []
            if isinstance(block, Heading):
                self._add(block.ordinal + block.title, f"Heading {block.level}")
            elif isinstance(block, TableBlock):
                if not turned:
                    turn(self.file)
                    turned = True
                self._table(block)
        self._loop(below)

    def _table(self, table: Any) -> None:
        from bench.peer_template import add_table, grid

        self._add(table.caption, "Heading 2")
        self._add("\t".join(table.headline or ()))
        add_table(self.file, table, len(self.grids))
        self.frame.append((table.header, table.alignments))
        self.grids.append(grid(table))
        self._loop(table.notes)

    def _add(self, text: str, style: str | None = None) -> None:
        text = text.replace(self._department, "{{ department }}")
        self.file.add_paragraph(text, style)
        self.frame.append(text)

    def _loop(self, texts: Iterable[str]) -> None:
        """Paragraphs, as many as a department has here; none of its own where no department has any."""
        for line in (f"{{%p for text in texts[{len(self.texts)}] %}}", "{{ text }}", "{%p endfor %}"):
            self.file.add_paragraph(line)
        self.texts.append(list(texts))


def fill(folder: Path) -> None:
    """Every document, one after the other."""
    for name, data in _filled(folder):
        (folder / "documents" / f"{name}.docx").write_bytes(data)


def _filled(folder: Path) -> Iterator[tuple[str, bytes]]:
    from io import BytesIO

    from docxtpl import DocxTemplate

    template = DocxTemplate(folder / "template.docx")
    (folder / "documents").mkdir(exist_ok=True)
    for path in sorted((folder / "data").iterdir()):
        template.render(json.loads(path.read_text(encoding="utf-8")), autoescape=True)
        buffer = BytesIO()
        template.save(buffer)
        yield path.stem, buffer.getvalue()


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(*map(Path, sys.argv[2:5]), int(sys.argv[5]))
    else:
        fill(Path(sys.argv[2]))
