"""What an import would change, line by line, as a clerk reads it before saying yes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from generator.model.difference import FileChange, LineChange
from generator.model.doubts import BLANK
from generator.render.problems import TERMINAL, beginning, display_width, harmless

FEW = 12
"""So many lines of a file are shown, unless all are asked for."""


def changes_text(
    files: Sequence[FileChange], lines: Sequence[LineChange], whole: Mapping[str, Sequence[str]] | None = None
) -> str:
    """New files and their size, then the changed lines file by file; the first of them, or all where ``whole`` has new files' lines."""
    found = []
    for file in files:
        found.append(f"{file.name}：新文件，{file.lines}行")
        found += [f"  {_cut(line)}" for line in (whole or {}).get(file.name, ())]
    most = FEW if whole is None else len(lines)
    for name, changes in _by_file(lines).items():
        found += [name, *(line for change in changes[:most] for line in _change(change))]
        found += [f"  ……还有{len(changes) - most}行，加 --all 全部列出。"] if len(changes) > most else []
    return "\n".join([*found, _counted(files, lines)]) + "\n"


def _by_file(lines: Sequence[LineChange]) -> dict[str, list[LineChange]]:
    found: dict[str, list[LineChange]] = {}
    for line in lines:
        if (line.old or "").strip() or (line.new or "").strip():  # a blank line more or less says nothing
            found.setdefault(line.position.file, []).append(line)
    return found


def _change(change: LineChange) -> Iterator[str]:
    place = f"  第{change.position.line}行 "
    old, new = (None if text is None else text.strip() for text in (change.old, change.new))
    if old is None or new is None:
        yield _cut(f"{place}{'新增' if old is None else '删去'} {harmless(new or old or '')}")
        return
    if BLANK in old and BLANK not in new:
        yield _cut(f"{place}填上 {harmless(new)}")  # that nothing was there says itself
        return
    first = next(
        (at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), min(len(old), len(new))
    )
    yield f"{place}原来 {_around(harmless(old), first, len(place) + 6)}"
    yield f"{' ' * display_width(place)}现在 {_around(harmless(new), first, len(place) + 6)}"


def _around(text: str, at: int, taken: int) -> str:
    """A text that fits beside what is ``taken``: where it is too long, from a little before the place where it differs."""
    room = TERMINAL - taken - 6
    if display_width(text) <= room:
        return text
    start = max(0, at - 10)
    shown = f"…{text[start:]}" if start else text
    return shown if display_width(shown) <= room else f"{beginning(shown, room - 2)}…"


def _cut(line: str) -> str:
    return line if display_width(line) < TERMINAL else f"{beginning(line, TERMINAL - 2)}…"


def _counted(files: Sequence[FileChange], lines: Sequence[LineChange]) -> str:
    changed = _by_file(lines)
    every = [line for some in changed.values() for line in some]
    came, gone = sum(line.old is None for line in every), sum(line.new is None for line in every)
    parts = [f"改{len(every) - came - gone}行"] * (len(every) > came + gone)
    parts += [f"增{came}行"] * bool(came) + [f"删{gone}行"] * bool(gone)
    told = [f"改动{len(changed)}个文件（{'，'.join(parts)}）"] if changed else []
    told += [f"新建{len(files)}个文件"] if files else []
    return f"共{'，'.join(told)}。"
