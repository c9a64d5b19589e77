"""A year's folder that is still being filled in: what is not filled in (待填), and what nobody confirmed (待确认)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from generator.load.files import Folder
from generator.load.unfilled import leaves_of, lines_said, pending_in
from generator.load.yaml_text import parse, tree_of
from generator.model.doubts import UNCONFIRMED, Doubts, Pending, is_blank, spots_of
from generator.model.problem import Problem, Severity
from generator.model.source import Position
from generator.model.tree import Tree


class Open(NamedTuple):
    """A year's folder, to be finished: what is not filled in, what is not confirmed, and how many values it has in all."""

    blanks: tuple[Pending, ...]
    pending: tuple[Pending, ...]
    values: int


def read_unconfirmed(folder: Folder) -> tuple[Pending, ...]:
    """D065: what unconfirmed.yaml lists and the files still say as it was carried; the files were opened before."""
    if not folder.at(UNCONFIRMED).exists():
        return ()
    kept = kept_of(folder)
    found: list[Pending] = []
    for name, carried in kept.items():
        if name in folder.roots:
            found += pending_in(folder.label(name), name, folder.roots[name], carried)
    severity = Severity.WARNING if folder.draft else Severity.ERROR
    for file in dict.fromkeys(one.file for one in found):
        mine = [one for one in found if one.file == file]
        lines = sorted({one.position.line for one in mine})
        reader = next(one for one in folder.readers if one.source.name == folder.label(file))
        year = folder.path.name
        reader.problems.append(
            Problem(
                "D065",
                severity,
                f"有{len(mine)}处是从上年结转来的，还没有确认（{lines_said(lines)}）",
                f"请逐处看过：该改的改，不用改的用 shuoming todo {year} --confirm 确认；清单见 shuoming todo {year}。",
                mine[0].position,
            )  # fmt: skip
        )
    return tuple(found)


def kept_of(folder: Folder) -> Mapping[str, Tree]:
    """What unconfirmed.yaml says, by file; nothing where all has been confirmed."""
    source = folder.prose(UNCONFIRMED)
    if not any(line.strip() and not line.lstrip().startswith("#") for line in source.text.split("\n")):
        return {}
    reader = folder.reader(UNCONFIRMED, source.text)
    root = parse(reader)
    said = tree_of(root) if root is not None else {}
    if not isinstance(said, dict):
        reader.report(
            "Y008", Position(source.name, 1, 1), "应是“文件名: 内容”的若干行", "请从上年重新结转，或删去这个文件。"
        )
        return {}
    return said


def open_in(folder: Folder) -> Open:
    """What of a year's folder is not finished, whatever else may be wrong with it; what can't be read is passed over."""
    names = [path.relative_to(folder.path).as_posix() for path in sorted(folder.path.rglob("*.yaml"))]
    readers = {name: folder.aside(name) for name in names if name not in (UNCONFIRMED, "accepted.yaml")}
    kept = kept_of(folder) if UNCONFIRMED in names else {}
    blanks: list[Pending] = []
    pending: list[Pending] = []
    values = 0
    for name, (reader, root) in readers.items():
        if root is None:
            continue
        for path, node in leaves_of(root):
            values += 1
            if is_blank(node.value.strip()):
                blanks.append(Pending(name, path, node.value.strip(), reader.at(node)))
        pending += pending_in(reader.source.name, name, root, kept[name]) if name in kept else ()
    return Open(tuple(blanks), tuple(pending), values)


def doubts_of(folder: Folder, pending: tuple[Pending, ...]) -> Doubts:
    """What a draft has to mark."""
    blanks = {(reader.source.name, line) for reader in folder.readers for line, _ in reader.blanks}
    missed = {(reader.source.name, 0) for reader in folder.readers}
    words = frozenset(one.value for one in pending if not one.value.replace(".", "").isdigit())
    return Doubts(frozenset(blanks | missed), spots_of(one.position for one in pending), words)
