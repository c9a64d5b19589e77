"""The verb explain: why a number of a finished run is what it is, or what a typed line comes to."""

from __future__ import annotations

from generator.explain.answers import answer
from generator.explain.index import Index
from generator.explain.lines import answer_line
from generator.explain.printed import Made
from generator.model.explanation import Explanation
from generator.render.docx.render import pages_of
from generator.work.stages import Finished


def explain(done: Finished, question: str, of_line: bool = False) -> tuple[Explanation, ...]:
    """Answers to a number's name, a cell (“表3 2080101 工资福利支出”) or a printed number; to a line, if it is one.

    >>> [told.value for told in explain(done, "总计")]
    >>> explain(done, "data/2022/basic.yaml:12", of_line=True)

    Raises UsageError, with what was probably meant, for what is not in the document or its data.
    """
    pages = pages_of(done.document, done.profile.master)
    index = Index(Made(done.document, done.book, done.inputs, done.profile, pages, done.sources))
    return (answer_line(index, question),) if of_line else answer(index, question)
