"""``shuoming accept``: a warning that was looked at and stays, with the reason; or all that stand, as seen."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from generator.cli.options import Command, add_places, colour_on, shop_of, year_of
from generator.model.problem import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.model.problem import Problems
    from generator.model.replacement import Replacement

_SHOWN = 30


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("rule", metavar="规则", nargs="?", default="", help="规则的编号，如 D026")
    parser.add_argument("words", metavar="文字", nargs="*", help="提示里的几个字，用来认出是哪一处；只有一处时不用写")
    parser.add_argument("--reason", default="", metavar="原因", help="为什么保留，如“已与财政局预算科核对”")
    parser.add_argument("--by", default="", metavar="接受人", help="谁接受的（缺省与上一条相同，没有上一条是“编制人”）")
    parser.add_argument("--date", default="", metavar="日期", help="哪一天（缺省今天）")
    parser.add_argument("--number", default="0", metavar="序号", help="有几处时，接受列出的第几处")
    parser.add_argument("--all", action="store_true", help="这条规则的（有这些文字的）各处全部接受")
    parser.add_argument("--seen", action="store_true", help="把现在的提示都记作看过，以后 check 先列新出现的")
    parser.add_argument("--year", default="", metavar="年度", help="哪个年度（缺省是最新的）")
    parser.add_argument("--unit", default="", metavar="代码", help="这个预算单位的单位版；缺省是部门版")
    add_places(parser)


def _run(arguments: argparse.Namespace) -> int:
    from generator.load.watch import years_in

    years = years_in(arguments.data)
    if not arguments.year and not years:
        raise UsageError(f"{arguments.data.as_posix()} 里没有年度的目录，如 data/2022。")
    arguments.year = str(year_of(arguments.year)) if arguments.year else years[-1].name
    if arguments.seen == bool(arguments.rule):
        raise UsageError("请写出要接受的规则，如 accept D026 --reason 原因；或者写 --seen，把现在的提示都记作看过。")
    return _keep(arguments) if arguments.seen else _accept(arguments)


def _keep(arguments: argparse.Namespace) -> int:
    from generator.work.accept import keep_seen

    number, changes, problems = keep_seen(shop_of(arguments), arguments.data, int(arguments.year), arguments.unit)
    if not _saved(changes, problems):
        return 1
    print(f"{number}处提示已记作看过，以后 check 先列新出现的。")
    return 0


def _accept(arguments: argparse.Namespace) -> int:
    from datetime import datetime

    from generator.work.accept import Wish, accept

    if arguments.reason.strip() in ("", "原因"):  # as the page offers it
        raise UsageError("请用 --reason 写明为什么保留，如 --reason 已与财政局预算科核对。")
    if not arguments.number.isascii() or not arguments.number.isdigit():
        raise UsageError(f"--number 应是列出的序号，不能是“{arguments.number}”。")
    today = datetime.now().astimezone().date().isoformat()
    said = arguments.reason.strip(), arguments.by.strip(), arguments.date.strip() or today
    wish = Wish(arguments.rule.upper(), tuple(arguments.words), int(arguments.number), arguments.all, *said)
    done = accept(shop_of(arguments), arguments.data, int(arguments.year), wish, arguments.unit)
    if not done.accepted and not done.problems:
        print(_which(done.meant, wish.rule), end="", file=sys.stderr)
        return 2
    if not _saved(done.changes, done.problems):
        return 1
    for message in done.accepted:
        print(f"已接受 {wish.rule} {message}{_times(done.meant[message])}")
    print(f"写在 {done.changes[0].path.as_posix()}，要撤回就删去那一条。")
    return 0


def _times(number: int) -> str:
    return f"（{number}处说的一样，一并接受）" if number > 1 else ""


def _which(meant: Mapping[str, int], rule: str) -> str:
    """The findings that the words may mean, numbered."""
    shown = list(meant.items())[:_SHOWN]
    lines = [f"{number:>3}. {message}{_times(times)}" for number, (message, times) in enumerate(shown, 1)]
    more = [f"     另有{len(meant) - _SHOWN}处"] if len(meant) > _SHOWN else []
    asked = f"{rule} 有{len(meant)}处，请用 --number 写明第几处，或写出那一处的几个字；都接受的写 --all："
    return "\n".join([asked, *lines, *more]) + "\n"


def _saved(changes: tuple[Replacement, ...], problems: Problems) -> bool:
    from generator.render.problems import problems_text
    from generator.save import save_all

    if problems:
        print(problems_text(problems, {}, (), colour_on(sys.stderr)), end="", file=sys.stderr)
        print("有错误，没有写入。", file=sys.stderr)
        return False
    save_all(changes)
    return True


ACCEPT = Command("accept", "接受一处核对过、决定保留的警告，写明原因；或把现在的提示都记作看过。", _add_arguments, _run)
