"""``shuoming reasons``: what moved, what the ledgers tell of it, and phrases to choose from; nothing is put anywhere."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from generator.cli.options import Command, add_common, again, colour_on, shop_of, year_of

if TYPE_CHECKING:
    from generator.work.reasons import Reasoned


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    add_common(parser)
    parser.add_argument("figure", metavar="数", nargs="?", default="", help="只看这一个数，如 总计；缺省是有变动的各数")


def _run(arguments: argparse.Namespace) -> int:
    from generator.render.problems import problems_text
    from generator.work.reasons import reasons

    year = year_of(arguments.year)
    found = reasons(shop_of(arguments), arguments.data, year, arguments.figure, arguments.unit)
    if not found.figures and found.problems:
        print(problems_text(found.problems, found.sources, (), colour_on(sys.stderr)), end="", file=sys.stderr)
        print("数据有错误，还算不出变动。", file=sys.stderr)
        return 1
    if not found.figures:
        print(_NOTHING_YET if found.unfilled else "各数都与上年持平，不用写原因。")
        return 0
    lines = [line for one in found.figures for line in _told(one, year)]
    file = f"units/{arguments.unit}.yaml" if arguments.unit else "narrative.yaml"
    own = (arguments.data / "原因库.yaml").as_posix()
    print("\n".join(lines))
    print(
        f"写在 {(arguments.data / arguments.year / file).as_posix()} 的“变动原因”下，一行一个：“名称: 原因”；用填报表的，写在“变动原因”表里。自己常用的说法可以写进 {own}。"
    )
    print(f"写好后：{again(arguments, 'check', arguments.year, unit=arguments.unit)}")
    return 0


_NOTHING_YET = "数还没有填全，看不出增减。先填数，再写原因。"


def _told(one: Reasoned, year: int) -> Iterator[str]:
    change = one.change
    yield f"{one.name}：{change.prior_money} → {change.current.money}，比{year - 1}年{one.direction}{abs(change.delta)}"
    if change.reason is not None:
        yield f"  已填：{change.reason.value}"
    elif one.movers:
        moved = "；".join(
            f"{f'项目“{mover.name}”' if mover.project else mover.name}{'增加' if mover.delta.amount > 0 else '减少'}{abs(mover.delta)}"
            for mover in one.movers
        )
        yield f"  没有填，台账里变得最多的：{moved}"
    else:
        yield f"  没有填，也没有{year - 1}年的台账，要人来写"
    for phrase in one.offered:
        yield f"  可参考：{phrase}"
    yield ""


REASONS = Command("reasons", "变动原因怎么写：哪些数变了、台账里变了什么、可参考的说法。", _add_arguments, _run)
