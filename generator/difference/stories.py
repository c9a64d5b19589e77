"""What differs beside the body: in which headers, notes, charts there are other words, and what could not be compared."""

from __future__ import annotations

from generator.model.reading import Reading


def changed_stories(old: Reading, new: Reading) -> tuple[str, ...]:
    """The kinds of stories (页眉, 脚注) whose lines are not the same on both sides."""
    before, after = _lines(old), _lines(new)
    return tuple(kind for kind in dict.fromkeys((*after, *before)) if before.get(kind) != after.get(kind))


def _lines(reading: Reading) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for story in reading.stories:
        found.setdefault(story.kind, []).extend(story.lines)
    return found


def changed_seals(old: Reading, new: Reading) -> tuple[str, ...]:
    """The kinds of what has no words (图片, 嵌入的文件) that is not the same on both sides."""
    before, after = dict(old.sealed), dict(new.sealed)
    return tuple(kind for kind in dict.fromkeys((*after, *before)) if before.get(kind) != after.get(kind))
