"""``shuoming new``: a year opened from the last: what is carried, what is to be filled in, what is to be confirmed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from generator.cli.options import Command, add_places, again, colour_on, shop_of, year_of

if TYPE_CHECKING:
    from generator.carry.new_year import Said
    from generator.work.new_year import NewYear

_SHOWN = 12


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("year", metavar="年度", help="要新开的年度，如 2028")
    parser.add_argument(
        "--from", dest="since", default="", metavar="年度", help="从哪一年结转（缺省是上一个有数据的年度）"
    )
    parser.add_argument("--all", action="store_true", help="移过的年份等逐处列出；缺省只列开头的")
    add_places(parser)


def _run(arguments: argparse.Namespace) -> int:
    from generator.render.problems import problems_text
    from generator.save import save_all
    from generator.work.new_year import new_year

    year = year_of(arguments.year)
    since = year_of(arguments.since) if arguments.since else 0
    done = new_year(shop_of(arguments, (str(arguments.data),)), arguments.data, year, since)
    if not done.changes:
        print(problems_text(done.problems, done.sources, (), colour_on(sys.stderr)), end="", file=sys.stderr)
        print(f"{done.since}年的数据有错误，没有结转。", file=sys.stderr)
        return 1
    save_all(done.changes)
    print(_told(done, year, arguments), end="")
    return 0


def _told(done: NewYear, year: int, arguments: argparse.Namespace) -> str:
    lines = [f"已从{done.since}年结转，新开 {(arguments.data / str(year)).as_posix()}（{len(done.changes)}个文件）。"]
    if done.dropped:
        told = f"上年数直接取自{year - 1}年的数据；" if (arguments.data / str(year - 1)).is_dir() else ""
        lines.append(f"没有带过来：{'、'.join(done.dropped)}（{told}接受过的提示属于上年的文档）。")
    lines += _listed("移过的年份", done.moved, arguments.all)
    lines += _listed("没有动的年份，请看是否要改", done.stayed, arguments.all)
    lines += _listed("科目有变化", done.codes, True)
    blanks = f"，{len(done.blanks)}处写着“待填”" if done.blanks else ""
    lines.append(f"要确认的{done.unconfirmed}处{blanks}。变动原因没有带过来，上年的留作注释。")
    lines.append(
        f"下一步：{again(arguments, 'todo', str(year))}（看清单），再导入或改数；草稿：{again(arguments, 'report', str(year))} --draft"
    )
    return "\n".join(lines) + "\n"


def _listed(what: str, said: Sequence[Said], whole: bool) -> list[str]:
    if not said:
        return []
    shown = said if whole else said[:_SHOWN]
    more = [f"  …… 另有{len(said) - len(shown)}处（--all 全部列出）"] if len(said) > len(shown) else []
    return [f"{what}（{len(said)}处）：", *(f"  {one.place}：{one.what}" for one in shown), *more]


NEW = Command("new", "新开一个年度：从上年结转，年份跟着移，数和话都等人确认。", _add_arguments, _run)
