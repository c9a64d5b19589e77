"""The verb report: a year's document made and read over, in one of the formats."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from generator.model.problem import Problems, has_errors
from generator.work.formats import FORMATS, File, Format
from generator.work.run import make, read_over
from generator.work.stages import Accepted, Ended, Finished, Sources, Unread
from generator.work.workshop import Workshop


class Report(NamedTuple):
    """What there is to say of a year, and the files made, by name: none where an error forbids it."""

    problems: Problems
    sources: Sources
    accepted: Accepted
    files: dict[str, File]


def report(shop: Workshop, data: Path, year: int, form: str = "docx", review: bool = False) -> Report:
    """The document of ``data/<year>`` as a file in one of ``FORMATS``; with ``review`` a Word copy full of comments too.

    >>> made = report(Workshop(Path("templates"), "yibin"), Path("data"), 2022)
    >>> for name, file in made.files.items():
    ...     Path(name).write_bytes(file.data)

    Nothing is saved. Raises UsageError where a folder is missing or can't be read.
    """
    made = make(shop, data, year)
    if not isinstance(made, Unread):
        return _told(made, {})
    name = _file_name(made.document.file_name)
    done, file = _written(made, FORMATS[form], name)
    if done.failed:
        return _told(done, {})
    files = {f"{name}.{form}": file}
    return _told(done, files | {f"{name}（审阅稿）.docx": _reviewed(done)} if review else files)


def _told(ended: Ended, files: dict[str, File]) -> Report:
    return Report(ended.problems, ended.sources, ended.accepted, files)


def _written(made: Unread, form: Format, name: str) -> tuple[Finished, File]:
    if not form.read_back or has_errors(made.problems):
        done = read_over(made, file_name=name)
        return done, File(b"") if done.failed else form.write(done)
    file = form.write(made)
    return read_over(made, file.data, name), file


def _reviewed(done: Finished) -> File:
    """The document once more, with comments; the clean one never has any."""
    from generator.render.docx.render import render_docx
    from generator.render.review import review

    comments = review(done.document, done.problems, done.sources)
    return File(render_docx(done.document, done.profile.master, comments).data, f"批注{len(comments)}条")


def _file_name(title: str) -> str:
    name = re.sub(r'[\\/:*?"<>|\x00-\x1f]', "", title).strip(". ")
    return name[:80] or "部门预算说明"
