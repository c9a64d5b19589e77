"""seen.yaml: what a check found when a person last looked through it."""

from __future__ import annotations

from pathlib import Path

from generator.load.fields import items_of, pairs_of, text_of
from generator.load.files import access, read_text
from generator.load.yaml_text import Node, Reader, parse
from generator.model.problem import SEEN_FILE, Problem, Problems, Severity
from generator.model.seen import UNITS_KEY, Seen
from generator.model.source import Source


def read_seen(folder: Path, unit: str = "") -> tuple[Seen | None, Problems]:
    """What was seen of the department's document in a year's folder, or of a unit's; None where nobody ever looked.

    A file that can't be read counts as none, with what is wrong with it as warnings: it stops no document.
    """
    path = folder / SEEN_FILE
    if not path.exists():
        return None, ()
    found: list[Problem] = []
    with access():
        reader = Reader(Source(path.as_posix(), read_text(path, path.as_posix(), found) or ""))
    root = None if found else parse(reader)
    pairs: dict[str, tuple[str, ...]] | None = dict(_seen(reader, root))
    if unit:
        of_units = next((value for key, value in pairs_of(reader, root, SEEN_FILE) if key.value == UNITS_KEY), None)
        its = next((value for key, value in pairs_of(reader, of_units, UNITS_KEY) if key.value == unit), None)
        pairs = dict(_seen(reader, its)) if its is not None else None
    found += reader.problems
    return (None if found else pairs), tuple(problem._replace(severity=Severity.WARNING) for problem in found)


def _seen(reader: Reader, node: Node | None) -> list[tuple[str, tuple[str, ...]]]:
    return [
        (key.value, tuple(text_of(reader, item, key.value) for item in items_of(reader, value, key.value)))
        for key, value in pairs_of(reader, node, SEEN_FILE)
        if key.value != UNITS_KEY
    ]
