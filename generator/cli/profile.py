"""``shuoming profile new``: a place's format over another's."""

from __future__ import annotations

import argparse
from pathlib import Path

from generator.cli.options import Command

_ACTIONS = ("new",)


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=_ACTIONS, metavar="new", help="新建一个方案")
    parser.add_argument("name", metavar="名称", help="方案的名称，也是目录名")
    parser.add_argument("--from", dest="base", default="通用", metavar="方案", help="以哪个方案为基础（缺省 通用）")
    parser.add_argument(
        "--templates", type=Path, default=Path("templates"), metavar="目录", help="格式方案目录（缺省 templates）"
    )


def _run(arguments: argparse.Namespace) -> int:
    from generator.save import save
    from generator.work.profiles import new_profile

    for path, text in new_profile(arguments.templates, arguments.name, arguments.base).items():
        save(Path(path), text.encode(), ())
        print(f"已新建 {path}")
    print("没有写的都与它一样。写法见 docs/profile.md。")
    return 0


PROFILE = Command("profile", "新建格式方案。", _add_arguments, _run)
