"""``shuoming report``: check, render, read the file back, and only then replace the old one; or the page instead."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from generator.cli.options import Command, add_common, colour_on, shop_of, waiting, year_of
from generator.model.problem import UsageError
from generator.work.formats import FORMATS

if TYPE_CHECKING:
    from generator.model.problem import Problem
    from generator.work.formats import File
    from generator.work.report import Report, Wanted
    from generator.work.stages import Ended
    from generator.work.workshop import Workshop


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    usual, *_ = FORMATS
    others = [f"{row.ending}：{row.title}" for row in FORMATS.values() if row.ending != usual]
    parser.add_argument(
        "--format", choices=tuple(FORMATS), default=usual, metavar="格式", help=f"{usual}（缺省）或 {'、'.join(others)}"
    )
    parser.add_argument(
        "--output", type=Path, default=Path("output"), metavar="目录", help="写到哪个目录（缺省 output）"
    )
    parser.add_argument("--review", action="store_true", help="另外生成一份审阅稿：以批注说明各数的来历和检查的警告")
    parser.add_argument(
        "--draft", action="store_true", help="草稿：没有填、没有确认的也印出来，做上记号；文件名和封面都写着“草稿”"
    )
    parser.add_argument("--all", action="store_true", help="警告和建议逐处列出；缺省只列各条规则有几处，各举一例")
    parser.add_argument("--all-units", action="store_true", help="部门版和各预算单位的单位版，一次全部生成")
    add_common(parser)


def _run(arguments: argparse.Namespace) -> int:
    from generator.load.watch import years_in
    from generator.work.report import Wanted, every_edition

    if arguments.review and arguments.format != "docx":
        raise UsageError("--review 只用于 Word 文档（--format docx）。")
    if arguments.all_units and arguments.unit:
        raise UsageError("--all-units 和 --unit 只写一个。")
    year, shop = year_of(arguments.year), shop_of(arguments)
    if arguments.draft and arguments.review:
        raise UsageError("--draft 和 --review 只写一个。")
    if arguments.draft and arguments.all_units:
        raise UsageError("--draft 和 --all-units 只写一个；单位版的草稿用 --unit 代码。")
    wanted = Wanted(arguments.format, arguments.review)
    inputs = (*years_in(arguments.data), *shop.folders)
    if arguments.all_units:
        told: set[Problem] = set()
        codes = []
        from generator.cli.progress import counted

        for made in counted(every_edition(shop, arguments.data, year, wanted), "生成文档"):
            new = [problem for problem in made.ended.problems if problem not in told]
            told.update(new)
            codes.append(saved(made, new, arguments, inputs))
        return max(codes)
    with waiting("生成文档"):
        made = _made(shop, year, wanted, arguments)
    return saved(made, made.ended.problems, arguments, inputs)


def _made(shop: Workshop, year: int, wanted: Wanted, arguments: argparse.Namespace) -> Report:
    if not arguments.draft:
        from generator.work.report import report

        return report(shop, arguments.data, year, wanted, arguments.unit)
    from generator.work.draft import draft  # nobody else marks anything

    return draft(shop, arguments.data, year, wanted.form, arguments.unit)


def saved(made: Report, problems: Sequence[Problem], arguments: argparse.Namespace, inputs: Sequence[Path]) -> int:
    """Files first, then words about them and the ``problems`` that nobody was told of; the exit code."""
    from generator.save import save

    saved = []
    for name, file in made.files.items():  # before a word: who reads may go (“| head”)
        path = arguments.output / arguments.year / name
        if file.beside:
            _save_folder(path, file, inputs)
        else:
            save(path, file.data, inputs)
        saved.append(f"已生成 {path.as_posix()}{f'（{file.extent}）' if file.extent else ''}")
    if problems:
        from generator.cli.check import left_told

        print(left_told(problems, arguments), end="", file=sys.stderr)
        print(problems_told(made.ended, problems, arguments, made.unit), end="", file=sys.stderr)
    if not saved:
        print(f"{f'{made.unit}的单位版' if made.unit else ''}有错误，没有生成文档。", file=sys.stderr)
        return 1
    for remark in (remark for file in made.files.values() for remark in file.remarks):
        print(f"注意：{remark}", file=sys.stderr)
    print("\n".join(saved))
    return 0


def _save_folder(path: Path, file: File, inputs: Sequence[Path]) -> None:
    """The folder of a format of several files, whole: a table that is gone leaves no file behind."""
    from generator.render.open_data.package import files_described
    from generator.save_folder import save_folder

    own = files_described(path.read_bytes()) if path.is_file() else frozenset[str]()
    save_folder(path.parent, {path.name: file.data, **file.beside}, inputs, own)


def problems_told(ended: Ended, problems: Sequence[Problem], arguments: argparse.Namespace, unit: str) -> str:
    """The problems, in short but where all were asked for: what is wrong must not drown in what is to be looked at."""
    from generator.cli.check import told
    from generator.render.problems import problems_text

    if getattr(arguments, "all", False):
        return problems_text(problems, ended.sources, ended.accepted, colour_on(sys.stderr))
    return told(ended, problems, arguments, unit)


REPORT = Command("report", "检查数据并生成 Word 文档或网页。", _add_arguments, _run)
