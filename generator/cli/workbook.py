"""``shuoming workbook``: the fill-in workbook of a year."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from generator.cli.options import Command, add_places, again, colour_on, shop_of, year_of
from generator.model.problem import UsageError

if TYPE_CHECKING:
    from generator.work.workshop import Workshop


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("year", metavar="年度", help="哪个年度，如 2028")
    parser.add_argument("-o", "--output", type=Path, metavar="文件", help="写成这个文件（缺省在 output/年度/ 下）")
    parser.add_argument("--unit", default="", metavar="代码", help="只要这个预算单位的；缺省是整个部门的")
    add_places(parser)


def _run(arguments: argparse.Namespace) -> int:
    from generator.load.watch import years_in
    from generator.render.problems import problems_text
    from generator.save import save
    from generator.work.filling import workbook
    from generator.work.stages import Stopped

    shop = shop_of(arguments)
    made = workbook(shop, arguments.data, year_of(arguments.year), arguments.unit)
    if isinstance(made, Stopped):
        print(problems_text(made.problems, made.sources, (), colour_on(sys.stderr)), end="", file=sys.stderr)
        return 1
    path = arguments.output or Path("output") / arguments.year / made.name
    if path.exists() and path.read_bytes() != made.data:
        _keep(path, shop, arguments)
    save(path, made.data, (*years_in(arguments.data), *shop.folders))
    print(f"已写出 {path.as_posix()}。填好后：{again(arguments, 'import', path.as_posix())}")
    return 0


def _keep(path: Path, shop: Workshop, arguments: argparse.Namespace) -> None:
    """Raises UsageError where a workbook that is there says what the data don't: somebody may have filled it in."""
    from generator.work.intake import intake

    there, rest = f"{path.as_posix()} 已经有了", "不要了，删去它再来；或加 -o 写成另一个文件"
    try:
        found = intake(shop, arguments.data, int(arguments.year), [path], arguments.unit)
    except UsageError as error:
        raise UsageError(f"{there}，不是这份数据的填报表，没有动它。{rest}。") from error
    if found.kind != "填报表":
        raise UsageError(f"{there}，不是填报表，没有动它。{rest}。")
    if found.changes or found.failed:
        import_it = again(arguments, "import", path.as_posix())
        raise UsageError(f"{there}，里面填的还没有收回来，没有动它。先收回来：{import_it}；{rest}。")


WORKBOOK = Command("workbook", "生成填报表（Excel）：填好后用 import 收回来。", _add_arguments, _run)
