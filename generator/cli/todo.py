"""``shuoming todo``: what of a year is still to be filled in or confirmed, and who knows it; ``--confirm`` confirms."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from generator.cli.options import Command, add_common, again, shop_of, year_of

if TYPE_CHECKING:
    from generator.work.todo import Item, Todo

_SHOWN = 4


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--confirm",
        nargs="+",
        default=[],
        metavar="名称",
        help="确认结转来的内容：写列出的名称、项目名、文件名，或“全部”",
    )
    parser.add_argument("--all", action="store_true", help="逐处列出；缺省同一处的只列开头几个名称")
    add_common(parser)


def _run(arguments: argparse.Namespace) -> int:
    from generator.save import save_all
    from generator.work.todo import confirm, todo

    year = year_of(arguments.year)
    before = 0
    if arguments.confirm:
        done = confirm(arguments.data, year, arguments.confirm)
        save_all(done.changes)
        before = done.open
    found = todo(shop_of(arguments), arguments.data, year, arguments.unit)
    if arguments.confirm:
        print(f"已确认{before - found.count('待确认')}处。")
    print("\n".join(_told(found, arguments)))
    return 0


def _told(found: Todo, arguments: argparse.Namespace) -> Iterator[str]:
    from generator.work.todo import by_person

    yield progress(found, arguments.year)
    if not found.items and not found.errors:
        yield f"都填好、确认好了。下一步：{again(arguments, 'check', arguments.year, unit=arguments.unit)}"
    for who, groups in by_person(found.items).items():
        yield ""
        yield f"{who}：{sum(map(len, groups.values()))}处"
        for (file, heading), items in groups.items():
            yield from _group(file, heading, items, arguments.all)
    if found.items:
        yield ""
    if found.drafted:
        yield f"另有{len(found.drafted)}处变动原因是程序按台账起草的，请核对，不合适的自己写：{again(arguments, 'reasons', arguments.year)}"
    if found.errors:
        yield f"另有{found.errors}处别的错误：{again(arguments, 'check', arguments.year, unit=arguments.unit)}"
    if any(item.kind == "待确认" for item in found.items):
        yield f"改过的内容就算确认了；不用改的：{again(arguments, 'todo', arguments.year)} --confirm 名称（项目名、科目、文件名，或“全部”）"


def progress(found: Todo, year: str) -> str:
    """How far one has come, in one line."""
    kinds = [f"{kind}{found.count(kind)}处" for kind in ("待填", "缺", "待确认") if found.count(kind)]
    rest = f"，还有{'、'.join(kinds)}" if kinds else ""
    return f"{year}年：共{found.values}处，已完成{found.done}处{rest}。"


def _group(file: str, heading: str, items: Sequence[Item], whole: bool) -> Iterator[str]:
    if items[0].kind == "缺":
        yield f"  {items[0].position.file_and_line}  缺：{heading}"
        return
    kinds = "、".join(
        f"{len([item for item in items if item.kind == kind])}处{kind}"
        for kind in dict.fromkeys(item.kind for item in items)
    )
    names = [name for name in dict.fromkeys(item.what for item in items) if name != heading]
    shown = "、".join(names[:_SHOWN]) + ("等" if len(names) > _SHOWN else "")
    said = heading if whole or not shown else f"{heading}：{shown}" if heading else shown
    yield f"  {items[0].position.file_and_line}  {said}（{kinds}）"
    for item in items if whole else ():
        yield f"    第{item.position.line}行 {item.what}（{item.kind}）"


TODO = Command("todo", "还有哪些没有填、没有确认，在哪里，谁知道；--confirm 确认结转来的内容。", _add_arguments, _run)
