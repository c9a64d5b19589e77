"""Documents one after the other in one process, each of another department of the same place.

python -m bench.warm ours|docxtpl FOLDER NUMBER

FOLDER: data/1, data/2 … (place.py) and templates/ for ours; template.docx and data-1.json … for docxtpl. Each writes
ours.docx or docxtpl.docx there, the last document last.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

from bench.workload import YEAR


def _ours(folder: Path) -> Callable[[int], bytes]:
    from generator.city.memory import begin
    from generator.kept import remembering
    from generator.work.report import report
    from generator.work.workshop import Workshop

    begin()  # as a worker of a city does; a document leaves no garbage
    shop = Workshop(folder / "templates", "yibin", remembering(), ask_all=False, many=True)

    def document(number: int) -> bytes:
        made = report(shop, folder / "data" / str(number), YEAR)
        return next((file.data for file in made.files.values()), b"")

    return document


def _docxtpl(folder: Path) -> Callable[[int], bytes]:
    from io import BytesIO

    from docxtpl import DocxTemplate

    template = DocxTemplate(folder / "template.docx")

    def document(number: int) -> bytes:
        data = json.loads((folder / f"data-{number}.json").read_text(encoding="utf-8"))
        template.render(data, autoescape=True)
        buffer = BytesIO()
        template.save(buffer)
        return buffer.getvalue()

    return document


def main(name: str, folder: Path, number: int) -> None:
    """All of them; one that can't be made ends it."""
    document = {"ours": _ours, "docxtpl": _docxtpl}[name](folder)
    for which in range(1, number + 1):
        data = document(which)
        if not data:
            sys.exit(f"没有生成第{which}份文档")
        (folder / f"{name}.docx").write_bytes(data)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
