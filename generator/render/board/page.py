"""A Board into one HTML page that needs nothing else: its sentences and tiles as they are, all tables by its script."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from generator.model.board import Board
from generator.render.board.data import board_data
from generator.render.board.words import headline, ran, title
from generator.render.html.text import escape, head_html, json_for_script, tag

SCRIPTS = ("words.js", "grid.js", "list.js", "views.js")


def board_page(board: Board) -> str:
    """The whole page; the same text from the same board. Nothing of it is the department's: the script makes text of all data."""
    script = _script()
    head = head_html(escape(title(board)), _asset("board.css"), [script])
    body = "\n".join(_body(board))
    return (
        f'{head}<body>\n{body}\n<script type="application/json" id="data">{json_for_script(board_data(board))}</script>\n'
        f"<script>{script}</script>\n</body>\n</html>\n"
    )


def _body(board: Board) -> Iterator[str]:
    first, *others = headline(board)
    yield '<a class="skip" href="#main">跳到正文</a>'
    yield f"<header><h1>{escape(title(board))}</h1>"
    yield tag("p", escape(first), {"class": "first"})
    yield tag("p", "".join(tag("span", escape(said)) for said in (*others, ran(board))), {"class": "others"})
    yield '<div id="tiles" class="tiles" role="group" aria-label="按状态筛选">'
    for state, number in board.states.items():
        kind = f"tile {state.name.lower()}{'' if number else ' none'}"
        words = f"<b>{number}</b> <span>{state.value}</span>"
        yield tag("button", words, {"type": "button", "class": kind, "aria-pressed": "false"})
    yield "</div></header>"
    yield '<noscript><p class="others">浏览器没有开启脚本，只能看到上面这些；各表都在“总览.xlsx”里。</p></noscript>'
    yield '<nav id="views" aria-label="各表"></nav>'
    yield '<main id="main" tabindex="-1"></main>'
    yield '<p id="said" class="unseen" aria-live="polite"></p>'


@cache
def _script() -> str:
    """One script of several files, in a scope of its own."""
    return '"use strict";\n(() => {\n' + "\n".join(map(_asset, SCRIPTS)) + "})();"


@cache
def _asset(name: str) -> str:
    return files("generator.render.board").joinpath(name).read_text(encoding="utf-8")
