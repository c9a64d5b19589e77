"""A Difference for a pull request's comment: tables, the long ones folded, nothing in the data read as mark-up."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.model.difference import Difference
from generator.render.difference.rows import NOTHING, Bit, Item, Section, heading, pieces, remarks, sections, summary

_SPECIAL = re.compile(r"[\\`*_\[\]|~$]")
_SUMMONS = re.compile(r"[@#]|:(?=//)|www(?=[.])", re.IGNORECASE)
_BLANK = re.compile(r"\s")
_FOLDED, _LIMIT = 8, 60_000
_HTML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def difference_markdown(difference: Difference) -> str:
    """All lists, each as a table; cut where a forge would refuse the comment, and said so."""
    lines = [f"### 预算变化　{_safe(heading(difference))}", ""]
    for remark in remarks(difference):
        lines += [f"> {_safe(remark)}", ""]
    if difference.empty:
        return "\n".join([*lines, NOTHING]) + "\n"
    found = sections(difference)
    lines += [summary(found), ""]
    left = _LIMIT - sum(map(len, lines))
    for section in found:
        block = list(_section(section, left // 2))
        left -= sum(len(line) + 1 for line in block)
        lines += block
    return "\n".join(lines).rstrip("\n") + "\n"


def _section(section: Section, room: int) -> Iterator[str]:
    title = f"{section.title}（{len(section.rows)}）"
    folded = len(section.rows) > _FOLDED
    yield from (f"<details><summary>{title}</summary>", "") if folded else (f"**{title}**", "")
    heads = [head for head in section.heads if head]
    yield from (f"| {' | '.join(heads)} |", "|" + "---|" * len(heads))
    for number, row in enumerate(section.rows):
        line = _row(row, len(heads))
        room -= len(line) + 1
        if room < 0:
            yield from ("", f"……另有{len(section.rows) - number}处没有列出，完整的见 `shuoming diff` 的输出。")
            break
        yield line
    yield from ("", "</details>", "") if folded else ("",)


def _row(row: Item, columns: int) -> str:
    if row.old is not None and row.new is not None:
        was, now = pieces(row.old, row.new)
    else:
        was, now = (Bit(row.old or "", False),), (Bit(row.new or "", False),)
    cells = [_safe(row.place), _marked(was, "del"), _marked(now, "ins"), _safe(row.delta)]
    return f"| {' | '.join(cells[:columns])} |"


def _marked(parts: tuple[Bit, ...], tag: str) -> str:
    return "".join(f"<{tag}>{_safe(part.text)}</{tag}>" if part.changed else _safe(part.text) for part in parts)


def _safe(text: str) -> str:
    """Data as plain words: no mark-up, no HTML, no table border, nobody called by “@”, no issue or address linked."""
    flat = _BLANK.sub(" ", text).translate(_HTML)
    return _SUMMONS.sub("\\g<0>\u200b", _SPECIAL.sub(r"\\\g<0>", flat))
