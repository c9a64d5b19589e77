"""``shuoming check``: read, derive, compose and check; write nothing."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from generator.cli.options import Command, add_common, add_format, again, colour_on, shop_of, waiting, year_of
from generator.model.problem import SEEN_FILE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from generator.model.problem import Problem, Problems
    from generator.model.seen import Seen
    from generator.work.stages import Ended

FORMATS = ("text", "json", "github", "sarif")


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    add_format(parser, FORMATS)
    parser.add_argument(
        "--all", action="store_true", help="逐处列出；缺省只列错误和上次看过以后新出现的，其余按规则计数"
    )
    parser.add_argument(
        "--verbose",
        action="store_true",
        help="每条规则都查一遍，逐处列出，另列出各条的结果：通过、不符、不适用、无法检查",
    )
    add_common(parser)


def _run(arguments: argparse.Namespace) -> int:
    from generator.render.problems import not_asked_text, outcomes_text
    from generator.work.check import check

    year, text = year_of(arguments.year), arguments.format == "text"
    with waiting("检查"):
        ended = check(shop_of(arguments), arguments.data, year, arguments.unit)
    unasked = [] if arguments.verbose or not text else [(asked.code, asked.why) for asked in ended.asked if asked.why]
    if text and not (arguments.all or arguments.verbose):
        aside = f"有{len(unasked)}条规则这次没有可查的内容，原因见 check --verbose。" if unasked else ""
        print(left_told(ended.problems, arguments), end="")
        print(told(ended, ended.problems, arguments, arguments.unit, aside), end="")
        if not ended.failed:
            print(f"下一步：{again(arguments, 'report', arguments.year, unit=arguments.unit)}")
    else:
        print(not_asked_text(unasked), end="")
        print(problems_as(ended, arguments.format), end="")
    if arguments.verbose:
        names = titles()
        outcomes = [(asked.code, names[asked.code], asked.outcome.value, asked.why) for asked in ended.asked]
        print(outcomes_text(outcomes), end="", file=sys.stdout if text else sys.stderr)
    return 1 if ended.failed else 0


def told(ended: Ended, problems: Sequence[Problem], arguments: argparse.Namespace, unit: str, aside: str = "") -> str:
    """The problems in short: what stops the document, what is new since a person last looked, the rest by rule."""
    from generator.check.titles import titles_of
    from generator.render.digest import Around, digest_text

    seen, odd = _seen(arguments.data / arguments.year, unit)
    around = Around(
        titles_of(problem.code for problem in problems),
        again(arguments, "check", arguments.year, "--all", unit=unit),
        colour_on(sys.stdout),
        again(arguments, "accept", "--seen", "--year", arguments.year, unit=unit),
        aside,
    )
    return digest_text([*problems, *odd], ended.sources, around, ended.accepted, seen)


def _seen(folder: Path, unit: str) -> tuple[Seen | None, Problems]:
    if not (folder / SEEN_FILE).exists():  # as in most
        return None, ()
    from generator.load.seen import read_seen

    return read_seen(folder, unit)


def left_told(problems: Sequence[Problem], arguments: argparse.Namespace) -> str:
    """How far the year is, in one line, where something of it is not filled in or confirmed."""
    if not any(problem.code in ("D064", "D065") for problem in problems):
        return ""
    from generator.cli.todo import progress
    from generator.work.todo import left

    return f"{progress(left(arguments.data, int(arguments.year), problems), arguments.year)}\n"


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
