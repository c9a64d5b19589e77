"""``shuoming check``: read, derive, compose and check; write nothing."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from generator.cli.options import Command, add_common, add_format, colour_on, shop_of, year_of

if TYPE_CHECKING:
    from generator.work.stages import Ended

FORMATS = ("text", "json", "github", "sarif")


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    add_format(parser, FORMATS)
    parser.add_argument(
        "--all",
        "--verbose",
        action="store_true",
        help="每条规则都查一遍，另列出各条的结果：通过、不符、不适用、无法检查",
    )
    add_common(parser)


def _run(arguments: argparse.Namespace) -> int:
    from generator.render.problems import not_asked_text, outcomes_text
    from generator.work.check import check

    ended = check(shop_of(arguments), arguments.data, year_of(arguments.year), arguments.unit)
    if arguments.format == "text" and not arguments.all:
        print(not_asked_text([(asked.code, asked.why) for asked in ended.asked if asked.why]), end="")
    print(problems_as(ended, arguments.format), end="")
    if arguments.all:
        names = titles()
        outcomes = [(asked.code, names[asked.code], asked.outcome.value, asked.why) for asked in ended.asked]
        print(outcomes_text(outcomes), end="", file=sys.stderr if arguments.format != "text" else sys.stdout)
    return 1 if ended.failed else 0


def problems_as(ended: Ended, form: str) -> str:
    """The run's problems in one of the formats."""
    from generator.render import problems, reports

    match form:
        case "json":
            return reports.problems_json(ended.problems, ended.accepted)
        case "github":
            return reports.problems_github(ended.problems)
        case "sarif":
            return reports.problems_sarif(ended.problems, titles())
    return problems.problems_text(ended.problems, ended.sources, ended.accepted, colour_on(sys.stdout))


def titles() -> dict[str, str]:
    """What each rule asks, by its code."""
    from generator.check.catalogue import catalogue

    return {entry.code: entry.title for entry in catalogue()}


CHECK = Command("check", "只读取、计算、检查，不写文件。", _add_arguments, _run)
