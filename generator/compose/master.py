"""The templates of a master whose statements reach over paragraphs and rows: what they print becomes words of its XML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape
from typing import Any

from jinja2.utils import pass_context

from generator.compose.context import Context
from generator.compose.document import furniture_of, templates_of
from generator.compose.formats import Formats
from generator.compose.sandbox import TemplateMistake
from generator.compose.templates import UNENDED, Templates, deepest
from generator.model.book import Book
from generator.model.department import Inputs
from generator.model.problem import Problem
from generator.model.profile import Profile
from generator.model.remember import Remember
from generator.model.source import Position, Source, all_seen


class MasterTemplates(Templates):
    """They have the names and filters of prose, and 标题, 部门, 日期.

    Those three are printed as their own names, to be filled, broken and compared like those of any master; words with
    braces as names of ours, found in ``held``, so that data is never read as a template.
    """

    def __init__(
        self, sources: Mapping[str, Source], context: Context, remember: Remember, furniture: Mapping[str, str]
    ) -> None:
        super().__init__(sources, context.values(), context.filters(), remember)
        self.held: dict[str, str] = {}
        self._furniture = furniture
        # Passed the context: Jinja would else print what is constant once, and keep that between runs.
        self._environment.finalize = pass_context(lambda _, value: self._printed(value))

    def fill(self, xml: str, place: Position) -> str:
        """A part of the master, rendered; empty after reporting a mistake at this place."""
        source = Source(f"{place.file}:{len(self._sources)}", xml)
        self._sources[source.name] = source
        before = len(self.problems)
        made = self.render(source, self._furniture)
        self.problems[before:] = [
            self._told(problem, xml, place) if problem.position.file == source.name else problem
            for problem in self.problems[before:]
        ]
        return made

    def _told(self, problem: Problem, xml: str, place: Position) -> Problem:
        """The words of its paragraph instead of a line that Word does not show."""
        line = deepest(xml) if problem.code == "P101" and UNENDED in problem.remedy else problem.position.line
        words = unescape(re.sub("<[^>]*>", "", xml.split("\n")[line - 1])).strip()
        return problem._replace(message=f"“{words[:40]}”：{problem.message}", position=place)

    def _seen(self, rendered: str) -> str:
        return rendered  # a sign without a shape is one of Word's own fonts here; what is printed has been looked at

    def _printed(self, value: Any) -> str:
        for name, given in self._furniture.items():
            if value is given and given:
                return f"{{{{ {name} }}}}"
        words = self.plain(str(self._finalize(value)))
        if not all_seen(words.replace("\t", "")):
            raise TemplateMistake("模板产生了看不见的控制字符", "请删去引号里用“\\”写出的字符。")
        if not re.search("[{}｛｝]", words):
            return escape(words)
        name = f"字{len(self.held) + 1}"
        self.held[name] = words
        return f"{{{{ {name} }}}}"


def master_templates(inputs: Inputs, book: Book, profile: Profile, remember: Remember) -> MasterTemplates:
    """Those for a document that has not been composed."""
    context = Context(inputs, profile, book, Formats(profile.conventions))
    titles, sources = templates_of(context, remember)
    furniture = furniture_of(inputs, titles.text(profile.title))
    return MasterTemplates(sources, context, remember, dict(furniture))
