"""``shuoming menu``: what can be done, by numbers: for who starts the program with a double click and types no commands."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from generator.cli.options import Command

_QUOTES = "'\"“” \n"


class Item(NamedTuple):
    """A line of the menu: what it says, and the words of the command for a year; none at all: the person gave up."""

    title: str
    command: str
    words: Callable[[str], list[str]]


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, default=Path("data"), metavar="目录", help="数据目录（缺省 data）")


def _of_year(*more: str) -> Callable[[str], list[str]]:
    return lambda year: [year, *more]


def _file(year: str) -> list[str]:
    """A file asked for; a terminal writes the name of one that is dragged into it, in quotes where it has spaces."""
    path = _asked("把要导入的文件拖进这个窗口，按回车（不导入，直接按回车）：").strip(_QUOTES)
    if os.name != "nt":
        path = path.removeprefix("file://").replace("\\ ", " ")
    of_year = [] if path.lower().endswith(".docx") else ["--year", year]  # a document says of which year it is
    return [path, *of_year] if path else []


def _confirmed(year: str) -> list[str]:
    names = _asked("写名称（项目名、科目、文件名，几个用空格隔开），全部就写“全部”（不确认，直接按回车）：").split()
    return [year, "--confirm", *names] if names else []


def _against_last(year: str) -> list[str]:
    return [str(int(year) - 1), year, "-o", f"output/{year}/修订稿.docx"]


ITEMS = (
    Item("检查：还有什么没填、哪里不对", "check", _of_year()),
    Item("没有填的，逐处列出", "todo", _of_year()),
    Item("上年带过来、看过不用改的，确认", "todo", _confirmed),
    Item("写出填报表，用 Excel 或 WPS 填", "workbook", _of_year()),
    Item("导入填好的表、导出的表或去年公开的文档", "import", _file),
    Item("变动原因：哪些要写，可参考的说法", "reasons", _of_year()),
    Item("先看草稿（没有填、没有确认的做上记号）", "report", _of_year("--draft")),
    Item("生成 Word 文档", "report", _of_year()),
    Item("在浏览器里边改边看（按 Ctrl-C 结束）", "preview", _of_year()),
    Item("与上年比的修订稿（Word）", "redline", _against_last),
    Item("生成要公开的全部文件", "package", _of_year()),
    Item("从这一年开下一年", "new", lambda year: [str(int(year) + 1)]),
)


def _run(arguments: argparse.Namespace) -> int:
    from generator.cli import COMMANDS, main
    from generator.load.watch import years_in

    items = [item for item in ITEMS if item.command in COMMANDS]
    where = [] if arguments.data == Path("data") else [f"--data={arguments.data}"]
    while True:
        years = years_in(arguments.data)
        if not years:
            return _begin(arguments.data)
        year = years[-1].name
        print(f"\n{year}年部门预算说明（{Path.cwd().name}）")
        print("\n".join(f"  {number}  {item.title}" for number, item in enumerate(items, 1)))
        print("  0  结束")
        typed = _asked("请输入数字，按回车：").strip()
        if typed in ("0", ""):
            return 0
        item = items[int(typed) - 1] if typed.isdecimal() and 0 < int(typed) <= len(items) else None
        words = item.words(year) if item is not None else []
        if item is None:
            print(f"没有“{typed}”这一项。")
        elif words:
            print(f"\n> shuoming {item.command} {' '.join(words)}", flush=True)
            main([item.command, *words, *where])
            sys.stdout.flush()


def _begin(data: Path) -> int:
    """A new department's folder, by what is asked; its exit code."""
    from generator.cli import main
    from generator.load.shipped import names_of

    print(f"{data.as_posix()} 里还没有任何年度。新建一个部门的文件夹：")
    name = _asked("部门的全称（不建，直接按回车）：").strip()
    if not name:
        return 0
    year = _asked("预算年度，如 2027：").strip()
    places = names_of(Path("templates"))
    place = _asked(f"用哪里的格式，直接按回车是 通用（{'、'.join(places)}）：").strip() or "通用"
    return main(["init", name, f"--year={year}", f"--place={place}"])


def _asked(question: str) -> str:
    """What is typed; nothing where nobody can answer."""
    print(question, end="", flush=True)
    line = sys.stdin.readline()
    if not line.endswith("\n"):
        print()
    return line


MENU = Command("menu", "用数字选要做的事；双击“开始”打开的就是它。", _add_arguments, _run)
