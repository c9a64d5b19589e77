"""``shuoming diff``: two states of the budget compared: what was typed, what it came to, and where it shows."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from generator.cli.options import Command, add_format, add_states, colour_on, states_of, waiting

if TYPE_CHECKING:
    from generator.model.difference import Difference

FORMATS = ("text", "markdown", "html")
_HELP = "比较两个状态：改了哪些行，哪些数、句子、单元格随之变动。"


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    add_states(parser)
    add_format(parser, FORMATS)


def _run(arguments: argparse.Namespace) -> int:
    from generator.work.diff import diff

    with waiting("比较"):
        shown = _shown(diff(*states_of(arguments)), arguments.format)
    print(shown, end="")
    return 0


def _shown(difference: Difference, form: str) -> str:
    match form:
        case "markdown":
            from generator.render.difference.markdown import difference_markdown

            return difference_markdown(difference)
        case "html":
            from generator.render.difference.html import difference_html

            return difference_html(difference)
    from generator.render.difference.text import difference_text

    return difference_text(difference, colour_on(sys.stdout))


DIFF = Command("diff", _HELP, _add_arguments, _run)
