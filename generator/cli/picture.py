"""``shuoming picture``: 一图读懂 of a year, drawn when the data is right."""

from __future__ import annotations

import argparse
from pathlib import Path

from generator.cli.options import Command, add_common, shop_of, year_of
from generator.work.drawings import DRAWINGS


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    usual, *_ = DRAWINGS
    words = "、".join(f"{row.ending}：{row.title}" for row in DRAWINGS.values())
    parser.add_argument(
        "--format", choices=tuple(DRAWINGS), default=usual, metavar="格式", help=f"{words}（缺省 {usual}）"
    )
    parser.add_argument("--url", default="", metavar="网址", help="全文公开在哪里；写了就有二维码")
    parser.add_argument(
        "--output", type=Path, default=Path("output"), metavar="目录", help="写到哪个目录（缺省 output）"
    )
    parser.add_argument("--all", action="store_true", help="警告和建议逐处列出；缺省只列各条规则有几处，各举一例")
    add_common(parser)


def _run(arguments: argparse.Namespace) -> int:
    from generator.cli.report import saved
    from generator.load.watch import years_in
    from generator.work.picture import Asked, picture

    year, shop = year_of(arguments.year), shop_of(arguments)
    made = picture(shop, arguments.data, year, Asked(arguments.format, arguments.url), arguments.unit)
    inputs = (*years_in(arguments.data), *shop.folders, shop.templates)
    return saved(made, made.ended.problems, arguments, inputs)


PICTURE = Command("picture", "一图读懂：一页说清钱从哪里来、用到哪里去，做成网页或图片。", _add_arguments, _run)
