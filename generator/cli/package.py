"""``shuoming package``: the folder to publish, whole or not at all, and what stays in the office."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from generator.cli.options import Command, add_common, shop_of, year_of
from generator.model.problem import Problem, UsageError

if TYPE_CHECKING:
    from generator.work.package import Package


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
    parser.add_argument("--url", default="", metavar="网址", help="全文公开在哪里；写了，一图读懂就有二维码")
    parser.add_argument("--all-units", action="store_true", help="部门和各预算单位各一个目录，一次全部生成")
    add_common(parser)


def _run(arguments: argparse.Namespace) -> int:
    from generator.cli.progress import progress
    from generator.load.watch import years_in
    from generator.work.package import Choice, every_package, package

    if arguments.all_units and arguments.unit:
        raise UsageError("--all-units 和 --unit 只写一个。")
    approved, published = _date(arguments.approved, "--approved"), _date(arguments.date, "--date")
    choice = Choice(arguments.unit, approved, published, arguments.url)
    year, shop = year_of(arguments.year), shop_of(arguments)
    inputs = (*years_in(arguments.data), *shop.folders)
    codes, told = [], set[Problem | str]()
    with progress() as tell:
        wanted = shop, arguments.data, year, choice, tell
        for made in every_package(*wanted) if arguments.all_units else (package(*wanted),):
            tell("")
            codes.append(_save(made, arguments, inputs, told))
    return max(codes)


def _save(made: Package, arguments: argparse.Namespace, inputs: Sequence[Path], told: set[Problem | str]) -> int:
    """The folder first, then words about it, the problems and remarks that nobody was ``told`` of; the exit code."""
    from generator.cli.report import problems_told
    from generator.save_folder import save_folder
    from generator.work.package import KEPT, own_files

    folder = arguments.output / arguments.year / made.name
    if made.files:
        save_folder(folder, made.files, inputs, own_files(folder))
    new = [problem for problem in made.ended.problems if problem not in told]
    told.update(new)
    if new:
        print(problems_told(made.ended, new, arguments, made.unit), end="", file=sys.stderr)
    if not made.files:
        whose = f"{made.unit}的单位版" if made.unit else ""
        print(f"{whose}{made.refused or '有错误，没有生成公开的文件。'}", file=sys.stderr)
        return 1
    for remark in [remark for remark in made.remarks if remark not in told]:
        told.add(remark)
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
