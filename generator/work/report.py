"""The verb report: a year's document made and read over, in one of the formats."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from generator.model.problem import has_errors
from generator.work.check import make, read_over
from generator.work.formats import FORMATS, File, reviewed
from generator.work.stages import Ended, Finished, Unread
from generator.work.workshop import Workshop


class Report(NamedTuple):
    """How a year's run ended, and the files made, by name: none where an error forbids it; ``unit`` has a unit's code (单位版)."""

    ended: Ended
    files: dict[str, File]
    unit: str = ""


class Wanted(NamedTuple):
    """In which of ``FORMATS`` a file is wanted, whether a Word copy full of comments besides, and in which formats ``more``."""

    form: str = "docx"
    review: bool = False
    more: tuple[str, ...] = ()


WORD = Wanted()
WORD_FILE = FORMATS[WORD.form]


def report(shop: Workshop, data: Path, year: int, wanted: Wanted = WORD, unit: str = "") -> Report:
    """The document of ``data/<year>`` as a file, or as one in each format that is wanted.

    It is the department's (部门版), or that of the ``unit`` of this code (单位版).

    >>> made = report(Workshop(Path("templates"), "yibin"), Path("data"), 2022)
    >>> for name, file in made.files.items():
    ...     Path(name).write_bytes(file.data)

    Nothing is saved. Raises UsageError where a folder is missing or can't be read.
    """
    made, rows = make(shop, data, year, unit), [FORMATS[form] for form in (wanted.form, *wanted.more)]
    if not isinstance(made, Unread):
        return Report(made, {}, unit)
    name = file_name(made.document.file_name)
    of_word = any(row.read_back for row in rows)
    before = WORD_FILE.write(made) if of_word and not has_errors(made.problems) else File(b"")
    done = read_over(made, before.data, name)
    if done.failed:
        return Report(done, {}, unit)
    files = {row.named(name): before if row is WORD_FILE else row.write(done) for row in rows}
    return Report(done, files | {f"{name}（审阅稿）.docx": reviewed(done)} if wanted.review else files, unit)


def every_edition(
    shop: Workshop, data: Path, year: int, wanted: Wanted = WORD, units: Sequence[str] | None = None
) -> Iterator[Report]:
    """The department's document, then one for each of the ``units``, or of all it has; a file that would have another's name has its unit's code too.

    The year's folder is read once for the department and once for all units, whose profile may be another.
    """
    with shop.reading_once():
        whole = report(shop, data, year, wanted)
        yield whole
        if not isinstance(whole.ended, Finished):
            return
        taken = set(whole.files)
        for code in whole.ended.inputs.department.agencies if units is None else units:
            made = report(shop, data, year, wanted, code)
            files = {(f"{code}{name}" if name in taken else name): file for name, file in made.files.items()}
            taken |= set(files)
            yield made._replace(files=files)


def file_name(title: str) -> str:
    """A title as the name of a file, without signs that some system forbids."""
    name = re.sub(r'[\\/:*?"<>|\x00-\x1f]', "", title)[:80].strip(". ")
    if name[:1].isdigit():  # the year, as most titles begin
        return name
    from generator.model.file_names import why_refused

    return f"部门预算说明{name}" if why_refused(name) else name
