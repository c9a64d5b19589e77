"""``shuoming package``: the folder to publish, whole or not at all, and what stays in the office."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from generator.cli.options import Command, add_common, shop_of, year_of
from generator.model.problem import UsageError


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "-o", "--output", type=Path, default=Path("output"), metavar="目录", help="写到哪个目录（缺省 output）"
    )
    parser.add_argument(
        "--approved",
        default="",
        metavar="日期",
        help="财政批复预算的日期，如 2022-02-10；给出两个日期，自查表回答是否及时",
    )
    parser.add_argument("--date", default="", metavar="日期", help="公开的日期，如 2022-03-01（从不取当前日期）")
    add_common(parser)


def _run(arguments: argparse.Namespace) -> int:
    from generator.cli.progress import progress
    from generator.cli.report import problems_told
    from generator.load.watch import years_in
    from generator.save_folder import save_folder
    from generator.work.package import KEPT, Choice, own_files, package

    choice = Choice(arguments.unit, _date(arguments.approved, "--approved"), _date(arguments.date, "--date"))
    year, shop = year_of(arguments.year), shop_of(arguments)
    with progress() as tell:
        made = package(shop, arguments.data, year, choice, tell)
        if made.files:
            folder = arguments.output / arguments.year / made.name
            tell("写到磁盘")
            save_folder(folder, made.files, (*years_in(arguments.data), *shop.folders), own_files(folder))
    if made.ended.problems:
        print(problems_told(made.ended, made.ended.problems, arguments), end="", file=sys.stderr)
    if not made.files:
        print(made.refused or "有错误，没有生成公开的文件。", file=sys.stderr)
        return 1
    for remark in made.remarks:
        print(f"注意：{remark}", file=sys.stderr)
    kept = sum(name.startswith(KEPT) for name in made.files)
    print(f"已生成 {folder.as_posix()}（公开的文件{len(made.files) - kept}个；“{KEPT}”里{kept}个，不要上传）")
    print(f"公开前自查表：{made.answers}")
    return 0


def _date(text: str, option: str) -> str:
    """The date typed; nothing where none is. Raises UsageError where there is no such day."""
    from datetime import date

    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise UsageError(f"{option} 应写作 2022-03-01，不能是“{text}”。") from None


PACKAGE = Command(
    "package", "生成要公开的全部文件（一个目录），以及内部留存的清单和公开前自查表。", _add_arguments, _run
)
