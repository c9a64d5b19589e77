"""``shuoming codes import``: a year's codes from a spreadsheet into a profile's folder, and what they change."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from generator.cli.options import Command, add_profile, colour_on, year_of
from generator.model.file_names import profile_of

_ACTIONS = ("import",)


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=_ACTIONS, metavar="import", help="导入整版的科目表")
    parser.add_argument(
        "files",
        type=Path,
        nargs="+",
        metavar="文件",
        help="科目表（.xlsx、.xls、.csv），有“科目编码”“科目名称”两列；可以有几个",
    )
    parser.add_argument("--year", required=True, metavar="年度", help="这是哪一年的科目表，如 2027")
    parser.add_argument("--whole", action="store_true", help="确是整版：比上一版少很多科目也导入")
    add_profile(parser)


def _run(arguments: argparse.Namespace) -> int:
    from generator.load.code_import import edition_text, import_codes
    from generator.load.editions import file_name
    from generator.load.watch import USUAL
    from generator.render.codes import imported_text
    from generator.render.problems import problems_text
    from generator.save import save

    folder, year = arguments.templates / profile_of(arguments.profile or USUAL), year_of(arguments.year)
    done = import_codes(arguments.files, year, folder, arguments.whole)
    if done.problems:
        print(problems_text(done.problems, done.sources, (), colour_on(sys.stderr)), end="", file=sys.stderr)
        print("有错误，没有导入。", file=sys.stderr)
        return 1
    for made in done.lists:
        path = folder / file_name(year, made.edition.key)
        data = ("\ufeff" + edition_text(made.edition)).encode()  # Excel takes a file without the mark for GBK
        save(path, data, arguments.files)
        print(imported_text(made, path.as_posix()), end="")
    if done.income:
        print(f"文件里的{done.income}个收入科目没有导入：部门预算说明不用。")
    return 0


CODES = Command("codes", "导入一个年度整版的科目表（Excel 或 CSV），并说明与上一版的不同。", _add_arguments, _run)
