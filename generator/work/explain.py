"""The verb explain: why a number of a finished run is what it is, or what a typed line comes to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.work.stages import Finished

if TYPE_CHECKING:
    from generator.explain.index import Index
    from generator.model.explanation import Explanation


def explain(done: Finished, question: str) -> tuple[Explanation, ...]:
    """Answers to a number's name, a cell (“表3 2080101 工资福利支出”) or a printed number.

    >>> done = check(Workshop(Path("templates"), "yibin"), Path("data"), 2022)
    >>> explain(done, "总计")[0].parts

    Raises UsageError, with what was probably meant, for what is not in the document.
    """
    from generator.explain.answers import answer

    return tuple(answer(_index(done), question))


def explain_line(done: Finished, line: str) -> tuple[Explanation, ...]:
    """What the typed line (“data/2022/basic.yaml:12”) comes to. Raises UsageError where there is no such line."""
    from generator.explain.lines import answer_line

    return (answer_line(_index(done), line),)


def _index(done: Finished) -> Index:
    from generator.explain.index import Index
    from generator.explain.printed import Made
    from generator.render.docx.render import pages_of

    pages = pages_of(done.document, done.profile.master)
    return Index(Made(done.document, done.book, done.inputs, done.profile, pages, done.sources))
