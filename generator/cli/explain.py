"""``shuoming explain``: why a number is what it is, or what a typed line comes to."""

from __future__ import annotations

import argparse

from generator.cli.check import problems_as
from generator.cli.options import Command, add_common, shop_of, year_of
from generator.model.problem import UsageError

FORMATS = ("text", "json")


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    add_common(parser)
    question = parser.add_argument(
        "question",
        nargs="+",
        metavar="问题",
        help="数的名称（总计、政府采购.合计），一格（表3 2080101 工资福利支出：表、行、栏），或印出的数（6824.79、36.84%%）",
    )
    question.required = False  # “*” instead of “+” would take nothing where an option stands before the question
    parser.add_argument(
        "--line", metavar="文件:行", help="反过来问：这一行填的内容到了哪些数、格、句子和页（不再写问题）"
    )
    parser.add_argument(
        "--all", action="store_true", help="列出全部的行和位置（缺省行和页各列开头12个，同一页同一表的格列2个）"
    )
    parser.add_argument(
        "--format", choices=FORMATS, default="text", metavar="格式", help="text、json（缺省 text；json 总是列全）"
    )


def _run(arguments: argparse.Namespace) -> int:
    question = " ".join(arguments.question or ())
    if bool(question) == bool(arguments.line):
        raise UsageError("请写一个问题，或用 --line 写一行，二者写一个。用法见 shuoming explain --help。")

    from generator.render.explanation import explanations_json, explanations_text
    from generator.work.check import check
    from generator.work.stages import Finished

    ended = check(shop_of(arguments), arguments.data, year_of(arguments.year), arguments.unit)
    if ended.failed or not isinstance(ended, Finished):
        print(problems_as(ended, arguments.format), end="")
        return 1
    from generator.work.explain import explain  # page counting, for what has pages

    told = explain(ended, arguments.line or question, bool(arguments.line))
    print(explanations_json(told) if arguments.format == "json" else explanations_text(told, arguments.all), end="")
    return 0


EXPLAIN = Command("explain", "说明一个数怎么来的、印在哪里；或一行数据到了哪里。", _add_arguments, _run)
