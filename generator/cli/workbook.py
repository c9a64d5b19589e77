"""``shuoming workbook``: the fill-in workbook of a year."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from generator.cli.options import Command, add_places, again, colour_on, shop_of, year_of


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
    save(path, made.data, (*years_in(arguments.data), *shop.folders))
    print(f"已写出 {path.as_posix()}。填好后：{again(arguments, 'import', path.as_posix())}")
    return 0


WORKBOOK = Command("workbook", "生成填报表（Excel）：填好后用 import 收回来。", _add_arguments, _run)
