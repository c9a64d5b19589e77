"""The verb redline: what changed between two states, as one Word file with tracked changes."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from generator.compare import compare as align
from generator.compare import compare_words
from generator.difference.stories import changed_seals, changed_stories
from generator.load.states import places_of
from generator.model.comparison import Mark
from generator.model.problem import Problems, Severity, UsageError
from generator.opc import Package, bytes_of
from generator.readback.settled import has_changes, words_after
from generator.work.sides import Opened, file_of, opened, run_at
from generator.work.stages import Finished, Sources
from generator.work.workshop import Workshop

if TYPE_CHECKING:
    from generator.render.docx.marked import Marked
    from generator.render.docx.revision import Revision

_TEMPLATES = "P1"


class Side(NamedTuple):
    """One side: the run that came to a document, or the bytes of anybody's Word file."""

    label: str
    content: Finished | bytes


class Sides(NamedTuple):
    """Two sides that can be marked; ``inputs`` they were read from, ``remarks`` for who reads the redline."""

    old: Side
    new: Side
    remarks: tuple[str, ...]
    inputs: tuple[Path, ...]


class Unfit(NamedTuple):
    """A side whose errors forbid a redline; ``remarks`` on the other."""

    label: str
    errors: Problems
    sources: Sources
    remarks: tuple[str, ...]


class Redline(NamedTuple):
    """A file with tracked changes; ``clean`` when no part of it holds any.

    ``unmarked`` is what differs without a mark: 文本框, 脚注, 图片.
    """

    data: bytes
    clean: bool
    unmarked: tuple[str, ...] = ()


def sides(shop: Workshop, data: Path, names: Sequence[str], year: int = 0) -> Sides | Unfit:
    """The two states that ``diff`` would compare, as what ``redlined`` marks. Raises UsageError where one is missing.

    The old one may hold errors: that they were mended is what a redline is to show.
    """
    with places_of(names, data, shop.templates, year) as places:
        contents = [bytes_of(place.document) if place.document else run_at(shop, place) for place in places]
    made: list[Side] = []
    remarks: tuple[str, ...] = ()
    for place, content in zip(places, contents, strict=True):
        if isinstance(content, bytes):
            made.append(Side(place.label, content))
            continue
        errors = tuple(problem for problem in content.problems if problem.severity is Severity.ERROR)
        broken = any(problem.code.startswith(_TEMPLATES) for problem in errors)  # a part of the document is missing
        if not isinstance(content, Finished) or broken or (errors and made):
            return Unfit(place.label, errors, content.sources, remarks)
        if errors:
            codes = "、".join(dict.fromkeys(problem.code for problem in errors))
            remarks = (f"{place.label}有{len(errors)}处错误（{codes}），照原样比较。",)
        made.append(Side(place.label, content))
    inputs = tuple(path for place in places for path in place.inputs(shop.name))
    return Sides(made[0], made[1], remarks, inputs)


def redlined(old: Side, new: Side, revision: "Revision") -> Redline:
    """Two sides as one file with tracked changes: laid out anew from data, else marked in the new side's file.

    >>> both = sides(Workshop(Path("templates"), "yibin"), Path("data"), ["HEAD"])
    >>> if isinstance(both, Sides):
    ...     Path("redline.docx").write_bytes(redlined(both.old, both.new, Revision("财务科")).data)

    Accepting all changes gives the new side's words, rejecting all the old one's. Raises UsageError for a file that
    can't be marked.
    """
    if isinstance(old.content, Finished) and isinstance(new.content, Finished) and _one_cover(old.content, new.content):
        from generator.render.docx.redline import render_redline

        comparison = align(old.content.document, new.content.document)
        data = render_redline(comparison, compare_words, new.content.profile.master, revision)
        return Redline(data, not has_changes(Package(data, trusted=True), ours=True))

    from generator.render.docx.marked import mark_files

    before, after = (opened(side.label, _file(side), whole=True) for side in (old, new))
    made = mark_files(before.package, after.package, (align, compare_words), revision)
    _prove(before, after, made)
    others = (*changed_stories(before.reading, after.reading), *changed_seals(before.reading, after.reading))
    unmarked = (*made.left, *(kind for kind in others if not kind.endswith(("页眉", "页脚"))))
    return Redline(made.data, not has_changes(Package(made.data)), unmarked)


def _one_cover(old: Finished, new: Finished) -> bool:
    """Whether the new master, filled with the old data, says what the old file says."""
    return not (old.own_master or new.own_master) or old.profile.master == new.profile.master


def _file(side: Side) -> bytes:
    return side.content if isinstance(side.content, bytes) else file_of(side.content)


def _prove(before: Opened, after: Opened, made: "Marked") -> None:
    """Rejected, the redline says what the old file says; accepted, the new one: in every part that was marked."""
    package = Package(made.data)
    for was, now in made.pairs:
        old = words_after(before.package, was, Mark.GONE) if was else ()
        settled = words_after(package, now, Mark.GONE), words_after(package, now, Mark.ADDED)
        if settled != (old, words_after(after.package, now, Mark.ADDED)):
            raise UsageError("这两个Word文件里有程序不认识的内容，修订稿与它们对不上，没有写出。")
