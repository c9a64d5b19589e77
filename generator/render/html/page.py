"""A Document into one HTML page: it looks like the document, and every number on it says where it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

from generator.model.book import Book
from generator.model.department import Acceptance, Inputs
from generator.model.document import Block, ChartBlock, Document, Heading, Paragraph, TableBlock
from generator.model.problem import Problem, Problems, has_errors
from generator.model.source import Source
from generator.render.html.figures import figure_html
from generator.render.html.panel import Explained, Unexplained
from generator.render.html.tables import table_html
from generator.render.html.text import NOTHING, escape, head_html, json_for_script, tag
from generator.render.problems import ordered, summary_text
from generator.render.spots import Spots


class Material(NamedTuple):
    """All that a page is made of. A ``public`` one says what the document says: nothing behind the numbers, no findings."""

    document: Document
    book: Book
    inputs: Inputs
    problems: Problems
    sources: Mapping[str, Source]
    accepted: Sequence[tuple[Problem, Acceptance]] = ()
    public: bool = False


def render_html(material: Material, version: str = "", accept: str = "") -> str:
    """The whole page, complete in itself: no other file, no network. The same text from the same material.

    A page with a ``version`` (``shuoming preview``) asks its server whether it is still the newest; ``accept`` is how the
    command begins that accepts a finding, which it offers to copy.
    """
    page = _Page(material)
    title = escape(material.document.title)
    body = "\n".join(page.body())
    data = json_for_script(page.explained.data())
    scripts = [_asset("page.js"), *([_asset("live.js")] if version else [])]
    return (
        f"{_head(title, scripts, version, accept)}<body>\n{body}\n"
        f'<script type="application/json" id="data">{data}</script>\n'
        + "\n".join(f"<script>{script}</script>" for script in scripts)
        + "\n</body>\n</html>\n"
    )


def empty_page(title: str, version: str) -> str:
    """What ``shuoming preview`` shows until there is a document: only the problems, which its script fetches."""
    scripts = [_asset("live.js")]
    return (
        f'{_head(escape(title), scripts, version)}<body>\n<main id="main"><p class="waiting">还没有可以显示的文档。</p></main>\n'
        f"<script>{scripts[0]}</script>\n</body>\n</html>\n"
    )


def _head(title: str, scripts: Sequence[str], version: str, accept: str = "") -> str:
    live = {"data-version": version or None, "data-accept": accept or None}
    return head_html(title, _asset("page.css"), scripts, _SELF if version else NOTHING, live)


_SELF = "'self'"


@cache
def _asset(name: str) -> str:
    return files("generator.render.html").joinpath(name).read_text(encoding="utf-8")


class _Page:
    """Numbers the figures and problems as it walks the document."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self.explained = Unexplained(material.inputs) if material.public else Explained(material.inputs)
        self.problems = ordered(() if material.public else material.problems)
        self.numbers = {problem: number for number, problem in enumerate(self.problems, 1)}
        spots = Spots(material.document, material.sources)
        self.spots = {problem: spot for problem in self.problems if (spot := spots.of(problem)) is not None}
        self.about: dict[int, list[Problem]] = {}
        for problem, spot in self.spots.items():
            self.about.setdefault(spot.block, []).append(problem)

    def body(self) -> Iterator[str]:
        """Bar, problems, cover, contents, the document, the drawings, and the panel that the script fills."""
        sheets = list(self._sheets())  # before the drawings: numbers are numbered in the order of the page
        drawings = list(self._drawings())
        yield '<a class="skip" href="#main">跳到正文</a>'
        yield _bar(self._findings(), self._charts() or ("drawings" if drawings else ""))
        yield '<main id="main" tabindex="-1">'
        if self._findings():
            yield self._problem_list()
        yield _cover(self.material.document)
        yield _contents(self.material.document)
        yield from sheets
        yield from drawings
        yield "</main>"
        yield '<section id="panel" role="dialog" aria-label="这个数的来历" tabindex="-1" hidden></section>'
        yield '<p id="said" class="unseen" aria-live="polite"></p>'

    def _findings(self) -> bool:
        return bool(self.problems or (self.material.accepted and not self.material.public))

    def _problem_list(self) -> str:
        opened = " open" if has_errors(self.problems) else ""
        accepted = self.material.accepted
        rows = "".join(self._listed(problem) for problem in self.problems)
        rows += "".join(_accepted(problem, acceptance) for problem, acceptance in accepted)
        heading = f'<h2>检查结果</h2> <span class="count">{summary_text(self.problems, len(accepted))}</span>'
        return (
            f'<details id="problems" class="tool"{opened}><summary>{heading}</summary>'
            f'<ol class="problems">{rows}</ol></details>'
        )

    def _listed(self, problem: Problem) -> str:
        number = self.numbers[problem]
        where = f'<span class="where">{escape(problem.position.file_and_line)}</span>'
        spot = f'<a href="#beside{number}">到文中</a>' if problem in self.spots else ""
        notes = "".join(
            f"<li>{escape(note.text)}{f' <span class=where>{escape(note.position.file_and_line)}</span>' if note.position else ''}</li>"
            for note in problem.notes
        )
        return (
            f'<li id="problem{number}" class="{problem.severity.value}">{_code(problem)} {where} '
            f'<span class="message">{escape(problem.message)}</span> <span class="remedy">{escape(problem.remedy)}</span> {spot}'
            f"{tag('ul', notes) if notes else ''}</li>"
        )

    def _sheets(self) -> Iterator[str]:
        """A sheet a part and a sheet a table; the annex's heading stands over its first table."""
        pending = ""
        opened = ""
        blocks = self.material.document.blocks
        for index, block in enumerate(blocks):
            if isinstance(block, TableBlock):
                yield from self._close(opened)
                wide = " wide" if block.landscape else ""
                yield f'<section class="sheet table{wide}" aria-labelledby="{block.anchor}">{pending}'
                yield from self._block(index, block)
                pending, opened = "", "table"
            elif isinstance(block, Heading) and block.level == 1:
                yield from self._close(opened)
                over_table = block.annex and isinstance(next(iter(blocks[index + 1 : index + 2]), None), TableBlock)
                opened = "" if over_table else "words"
                heading = "\n".join(self._block(index, block))
                pending = heading if over_table else ""
                if opened:
                    kinds = "sheet wide drawings" if block.anchor == self._charts() else "sheet"
                    yield f'<section class="{kinds}" aria-labelledby="{block.anchor}">{heading}'
            else:
                if opened == "table":  # words after a table are on a sheet of their own
                    yield '</section><section class="sheet">'
                    opened = "words"
                yield from self._block(index, block)
        yield from self._close(opened)

    def _close(self, opened: str) -> Iterator[str]:
        if opened:
            yield "</section>"

    def _block(self, index: int, block: Block) -> Iterator[str]:
        about = self.about.get(index, [])
        if about:
            yield self._aside(about)
        if isinstance(block, Heading):
            yield _heading(block)
        elif isinstance(block, Paragraph):
            words = "".join(self.explained.html(run.text, run.figure) for run in block.runs)
            yield tag(
                "p",
                words,
                {
                    "class": " ".join(filter(None, ("marked" if about else "", "on-cover" if block.kind else "")))
                    or None
                },
            )
        elif isinstance(block, ChartBlock):
            yield from self._figure(block.key, block.caption)
        else:
            yield from table_html(block, self.explained, self._marks(about))

    def _aside(self, problems: Sequence[Problem]) -> str:
        notes = "".join(
            f'<li id="beside{self.numbers[problem]}" class="{problem.severity.value}">{_code(problem)} '
            f'{escape(problem.message)} <a href="#problem{self.numbers[problem]}" class="where">{escape(problem.position.file_and_line)}</a></li>'
            for problem in problems
        )
        return f'<aside class="beside" aria-label="检查发现的问题"><ul>{notes}</ul></aside>'

    def _marks(self, problems: Sequence[Problem]) -> dict[tuple[int, int], str]:
        """The sign in a cell that leads to the note beside its table."""
        found: dict[tuple[int, int], str] = {}
        for problem in problems:
            spot = self.spots[problem]
            words = f"{problem.severity.label} {problem.code}：{problem.message}"
            link = {
                "class": f"mark {problem.severity.value}",
                "href": f"#beside{self.numbers[problem]}",
                "aria-label": words,
                "title": words,
            }
            if spot.row >= 0:
                found[spot.row, spot.column] = found.get((spot.row, spot.column), "") + tag("a", "", link)
        return found

    def _drawings(self) -> Iterator[str]:
        """The drawings under words of our own, where the profile asks for none."""
        if self._charts() or self.material.public:
            return
        drawn = [*self._figure("收支", "钱从哪里来、到哪里去"), *self._figure("增减", "与上年相比")]
        if drawn:
            yield '<section class="sheet wide drawings" aria-labelledby="drawings"><h2 id="drawings">图</h2>'
            yield from drawn
            yield "</section>"

    def _figure(self, key: str, title: str) -> Iterator[str]:
        return figure_html(key, title, self.material.book, self.material.inputs, self.explained)

    def _charts(self) -> str:
        """The anchor of the heading above the profile's charts; empty when there are none."""
        blocks = self.material.document.blocks
        return next(
            (
                above.anchor
                for above, block in pairwise(blocks)
                if isinstance(above, Heading) and isinstance(block, ChartBlock)
            ),
            "",
        )


def _bar(problems: bool, drawings: str) -> str:
    """The links of the page; ``drawings`` is where the drawings are."""
    links = [("#contents", "目录")]
    links += [("#problems", "检查结果")] if problems else []
    links += [(f"#{drawings}", "图")] if drawings else []
    shown = "".join(tag("a", text, {"href": href}) for href, text in links)
    return (
        f'<header class="bar"><nav aria-label="页内">{shown}</nav><form id="search" role="search">'
        '<label for="words" class="unseen">查找金额或文字</label>'
        '<input id="words" type="search" placeholder="查金额或文字，回车看下一处" autocomplete="off" spellcheck="false">'
        '<output id="found" for="words"></output></form></header>'
    )


def _cover(document: Document) -> str:
    furniture = [text for name, text in document.furniture if text and text != document.title]
    lines = "".join(tag("p", escape(text)) for text in furniture)
    return (
        f'<section class="sheet cover"><h1>{_phrases(document.title)}</h1><div class="imprint">{lines}</div></section>'
    )


def _contents(document: Document) -> str:
    rows = "".join(
        f'<li class="level{entry.level}"><a href="#{escape(entry.anchor)}">{escape(entry.text)}</a></li>'
        for entry in document.entries
    )
    title = escape(document.contents_title)
    return f'<nav id="contents" class="sheet contents" aria-label="{title}"><h2>{title}</h2><ol>{rows}</ol></nav>'


def _phrases(title: str) -> str:
    """A large title, which breaks after a closing bracket or a colon sooner than within a name."""
    return "".join(
        tag("span", escape(phrase), {"class": "phrase"}) for phrase in re.split("(?<=[）」》：])(?=.)", title)
    )


def _heading(block: Heading) -> str:
    title = escape(block.title) if block.level > 1 else _phrases(block.title)
    if block.level == 1 and block.ordinal:
        title = f'<span class="ordinal">{escape(block.ordinal)}</span> {title}'
    else:
        title = escape(block.ordinal) + title
    return tag(f"h{block.level + 1}", title, {"id": block.anchor, "class": "annex" if block.annex else None})


def _accepted(problem: Problem, acceptance: Acceptance) -> str:
    words = f"{problem.message} 原因：{acceptance.reason}（{acceptance.signature}）"
    return f'<li class="accepted"><b class="code">已接受 {escape(problem.code)}</b> {escape(words)}</li>'


def _code(problem: Problem) -> str:
    return f'<b class="code">{problem.severity.label} {escape(problem.code)}</b>'
