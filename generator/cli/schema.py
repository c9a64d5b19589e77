"""``shuoming schema``: what each data file may hold, for editors that help while typing."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from generator.cli.options import Command, add_places, shop_of, year_of

FILES = ("department", "basic", "projects", "performance", "narrative", "prior", "accepted", "unit")


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", nargs="?", choices=FILES, metavar="文件", help=f"只要其中一个：{'、'.join(FILES)}（缺省全部）"
    )
    parser.add_argument("--output", type=Path, metavar="目录", help="写到这个目录，每个文件一个；缺省印在屏幕上")
    parser.add_argument("--year", metavar="年度", help="用哪一年的科目（缺省是数据目录里最新的）")
    add_places(parser)


def _run(arguments: argparse.Namespace) -> int:
    import json

    from generator.load.watch import years_in
    from generator.render.problems import problems_text
    from generator.save import save
    from generator.work.schema import newest, schemas_at
    from generator.work.stages import Stopped

    year = year_of(arguments.year) if arguments.year else newest(arguments.data)
    shop = shop_of(arguments)
    schemas = schemas_at(shop, year)
    if isinstance(schemas, Stopped):
        print(problems_text(schemas.problems, schemas.sources), end="", file=sys.stderr)
        return 1
    texts = {
        name: json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
        for name, schema in schemas.items()
        if arguments.file in (None, name)
    }
    if arguments.output is None:
        print(next(iter(texts.values())) if arguments.file else _together(texts), end="")
        return 0
    for name, text in texts.items():
        save(arguments.output / f"{name}.json", text.encode(), (*years_in(arguments.data), *shop.folders))
    print(f"已写出 {len(texts)} 个文件到 {arguments.output.as_posix()}")
    return 0


def _together(texts: dict[str, str]) -> str:
    """All of them as one JSON object by file name."""
    members = ",\n".join(f'"{name}": {text.rstrip()}' for name, text in texts.items())
    return f"{{\n{members}\n}}\n"


SCHEMA = Command("schema", "生成各数据文件的 JSON Schema，供编辑器补全和提示。", _add_arguments, _run)
