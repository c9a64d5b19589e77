"""The verb report: a year's document made and read over, in one of the formats."""

import re
from pathlib import Path
from typing import NamedTuple

from generator.model.problem import has_errors
from generator.work.check import make, read_over
from generator.work.formats import FORMATS, File, reviewed
from generator.work.stages import Ended, Unread
from generator.work.workshop import Workshop


class Report(NamedTuple):
    """How a year's run ended, and the files made, by name: none where an error forbids it."""

    ended: Ended
    files: dict[str, File]


def report(shop: Workshop, data: Path, year: int, form: str = "docx", review: bool = False) -> Report:
    """The document of ``data/<year>`` as a file in one of ``FORMATS``; with ``review`` a Word copy full of comments too.

    >>> made = report(Workshop(Path("templates"), "yibin"), Path("data"), 2022)
    >>> for name, file in made.files.items():
    ...     Path(name).write_bytes(file.data)

    Nothing is saved. Raises UsageError where a folder is missing or can't be read.
    """
    made, row = make(shop, data, year), FORMATS[form]
    if not isinstance(made, Unread):
        return Report(made, {})
    name = _file_name(made.document.file_name)
    before = row.write(made) if row.read_back and not has_errors(made.problems) else File(b"")
    done = read_over(made, before.data, name)
    if done.failed:
        return Report(done, {})
    files = {f"{name}.{form}": before if row.read_back else row.write(done)}
    return Report(done, files | {f"{name}（审阅稿）.docx": reviewed(done)} if review else files)


def _file_name(title: str) -> str:
    name = re.sub(r'[\\/:*?"<>|\x00-\x1f]', "", title).strip(". ")
    return name[:80] or "部门预算说明"
