"""``shuoming profile``: a place's format over another's (new), and a format tried on made-up departments (check)."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from generator.cli.options import Command, add_format, add_templates, colour_on
from generator.model.file_names import profile_of

_ACTIONS = ("new", "check")


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "action", choices=_ACTIONS, metavar="new|check", help="new 新建一个方案；check 用试编的各种部门检查一个方案"
    )
    parser.add_argument("name", metavar="名称", help="方案的名称，也是目录名")
    parser.add_argument(
        "--from", dest="base", default="通用", metavar="方案", help="新建时以哪个方案为基础（缺省 通用）"
    )
    add_templates(parser)
    add_format(parser, ("text", "json", "github"))


def _run(arguments: argparse.Namespace) -> int:
    return _check(arguments) if arguments.action == "check" else _new(arguments)


def _new(arguments: argparse.Namespace) -> int:
    from generator.save import save
    from generator.work.profiles import new_profile

    for path, text in new_profile(arguments.templates, arguments.name, arguments.base).items():
        save(Path(path), text.encode(), ())
        print(f"已新建 {path}")
    print("没有写的都与它一样。写法见 docs/profile.md。")
    return 0


def _check(arguments: argparse.Namespace) -> int:
    from tempfile import TemporaryDirectory

    from generator.cli.progress import progress
    from generator.render.problems import problems_text
    from generator.render.reports import problems_github, problems_json
    from generator.work.profile_check import check_profile
    from generator.work.workshop import Workshop

    with TemporaryDirectory(prefix="shuoming-") as scratch, progress() as tell:
        done = check_profile(Workshop(arguments.templates, profile_of(arguments.name)), Path(scratch), tell)
    match arguments.format:
        case "json":
            print(problems_json(done.problems), end="")
        case "github":
            print(problems_github(done.problems), end="")
        case _:
            print(f"用试编的各种部门出了{done.documents}份文档。")
            print(problems_text(done.problems, done.sources, (), colour_on(sys.stdout)), end="")
    return 1 if done.failed else 0


PROFILE = Command("profile", "新建格式方案，或用试编的各种部门检查一个方案。", _add_arguments, _run)
