"""``shuoming diff``: two states of the budget compared: what was typed, what it came to, and where it shows."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from generator.cli.options import Command, add_places, cache_folder, colour_on, profile_of, year_of

if TYPE_CHECKING:
    from generator.model.difference import Difference

FORMATS = ("text", "markdown", "html")
_HELP = "比较两个状态：改了哪些行，哪些数、句子、单元格随之变动。"
_STATES = "两个年度（2021 2022）、两个git版本（HEAD~1 HEAD）、两个数据目录，或两个Word文件"
_ALONE = "只给一个git版本时与现在的文件比较；main...分支 是从两者的分叉处比到分支"


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("old", metavar="原来", help=_STATES)
    parser.add_argument("new", metavar="现在", nargs="?", help=_ALONE)
    parser.add_argument("--year", metavar="年度", help="比较版本或目录时看哪个年度（缺省是最新的）")
    parser.add_argument(
        "--format", choices=FORMATS, default="text", metavar="格式", help=f"{'、'.join(FORMATS)}（缺省 text）"
    )
    add_places(parser)


def _run(arguments: argparse.Namespace) -> int:
    from generator.load.states import Wanted
    from generator.pipeline import compared

    states = (arguments.old,) if arguments.new is None else (arguments.old, arguments.new)
    year = year_of(arguments.year) if arguments.year else 0
    wanted = Wanted(states, year, arguments.data, arguments.templates)
    print(_shown(compared(wanted, profile_of(arguments.profile), cache_folder()), arguments.format), end="")
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
