"""``shuoming import``: files of others into a year's folder: what they change, and after a yes the files, all or none."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from generator.cli.options import Command, add_places, again, colour_on, shop_of, waiting, year_of

if TYPE_CHECKING:
    from generator.work.intake import Intake

_YES = ("是", "y", "yes", "Y", "YES")


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", type=Path, nargs="+", metavar="文件", help="要导入的文件；同一种的可以有几个")
    parser.add_argument("--year", default="", metavar="年度", help="导入到哪个年度，如 2028（填报表自己写着年度）")
    parser.add_argument("--unit", default="", metavar="代码", help="这是哪个预算单位的文件；缺省是部门的")
    parser.add_argument("--yes", action="store_true", help="不再问，直接写入")
    parser.add_argument("--all", action="store_true", help="改动逐行列出；缺省每个文件只列开头的")
    add_places(parser)


def _run(arguments: argparse.Namespace) -> int:
    from generator.render.problems import problems_text
    from generator.save import save_all
    from generator.work.intake import intake

    year = year_of(arguments.year) if arguments.year else 0
    with waiting("读取文件"):
        done = intake(shop_of(arguments), arguments.data, year, arguments.files, arguments.unit)
    print(f"{'、'.join(path.name for path in arguments.files)}：{done.kind}，{done.year}年")
    for remark in done.remarks:
        print(f"注意：{remark}")
    if done.problems:
        print(problems_text(done.problems, done.sources, (), colour_on(sys.stderr)), end="", file=sys.stderr)
    if done.failed:
        print("有错误，没有导入，数据没有动。", file=sys.stderr)
        return 1
    if not done.changes:
        print("没有变化：数据里已经是这些内容。")
        return 0
    print(_shown(done, arguments.all), end="")
    if not arguments.yes and not _asked():
        print("没有写入。")
        return 0
    save_all(done.changes, arguments.files)
    print(f"已写入{len(done.changes)}个文件。下一步：{again(arguments, 'check', str(done.year))}")
    return 0


def _shown(done: Intake, whole: bool) -> str:
    from generator.difference.sources import changed_files, changed_lines
    from generator.render.changes import changes_text
    from generator.work.data_files import texts_of

    old = {change.path.as_posix(): texts_of(change)[0] for change in done.changes if change.before is not None}
    new = {change.path.as_posix(): texts_of(change)[1] for change in done.changes}
    lines = {name: source.text.splitlines() for name, source in new.items() if name not in old} if whole else None
    return changes_text(changed_files(old, new), changed_lines(old, new), lines)


def _asked() -> bool:
    """Whether a person at a terminal says yes; elsewhere nobody can, and is told how."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        print("要写入，请在命令后面加上 --yes。")
        return False
    try:
        return input("写入吗？（是/否）").strip() in _YES
    except EOFError:
        print()
        return False


INTAKE = Command(
    "import", "把填报表、财政系统导出的表或已公开的文档导入一个年度的数据，先列出改动再写。", _add_arguments, _run
)
