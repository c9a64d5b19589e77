"""``shuoming city``: a whole city's departments in one run, and where each of them stands."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from generator.cli.options import Command, add_templates, year_of
from generator.model.problem import UsageError, has_errors
from generator.work.formats import FORMATS

if TYPE_CHECKING:
    from generator.city.city import CityRun, Progress, Runner
    from generator.model.city import Plan

_MOST = 10
"""How many departments a notice names."""


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="目录", help="各部门的文件夹（“代码-名称”）所在的目录")
    parser.add_argument("--year", required=True, metavar="年度", help="预算年度，如 2027")
    parser.add_argument("--check", action="store_true", help="只检查，不生成文档")
    parser.add_argument(
        "--format",
        action="append",
        choices=tuple(FORMATS),
        metavar="格式",
        help=f"生成哪种文件，可以写几次（缺省 docx）：{'、'.join(FORMATS)}",
    )
    parser.add_argument(
        "--manifest",
        type=Path,
        metavar="文件",
        help="应收清单（csv或xlsx；缺省是目录里的 应收清单.csv，没有就是目录里的各个部门）",
    )
    parser.add_argument(
        "--only",
        action="append",
        default=[],
        metavar="部门",
        help="只做这个部门（代码、名称或目录名，* 代表任意的字），可以写几次",
    )
    parser.add_argument("--limit", type=_number, default=0, metavar="个数", help="最多做几个部门")
    parser.add_argument("--jobs", type=_number, default=0, metavar="个数", help="同时做几个（缺省是这台机器的核数）")
    parser.add_argument(
        "--scheduler", default="", metavar="地址", help="由许多台电脑做：Dask 调度器的地址，如 tcp://192.168.1.10:8786"
    )
    parser.add_argument(
        "--travel",
        action="store_true",
        help="各台电脑没有共享的目录：数据随任务送去，文件送回来（与 --scheduler 同用）",
    )
    parser.add_argument(
        "--output", type=Path, default=Path("output"), metavar="目录", help="写到哪个目录（缺省 output）"
    )
    add_templates(parser)


def _number(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise UsageError(f"个数应是大于0的整数，不能是“{text}”。")
    return int(text)


def _run(arguments: argparse.Namespace) -> int:
    from generator.city.city import Wish, city
    from generator.city.members import members_of
    from generator.cli.progress import progress
    from generator.render.problems import problems_text

    year = year_of(arguments.year)
    formats = () if arguments.check else tuple(dict.fromkeys(arguments.format or ["docx"]))
    if arguments.check and arguments.format:
        raise UsageError("--check 和 --format 只写一个。")
    if arguments.travel and not arguments.scheduler:
        raise UsageError("--travel 要和 --scheduler 一起用。")
    members = members_of(arguments.folder, arguments.manifest)
    of_tables = (*members.problems, *(members.controls.problems if members.controls else ()))
    if of_tables:
        print(problems_text(of_tables, {}), end="", file=sys.stderr)
    plan = _plan(arguments, year, formats)
    words = "检查" if arguments.check else "生成"
    with progress(words) as tell:
        wish = Wish(tuple(arguments.only), arguments.limit)
        done = city(plan, members, wish, _runner(arguments, plan), lambda now: tell(f"{words}：{_how_far(now)}"))
    _notice(done, arguments.folder, members.unlisted, plan.output)
    print(f"{year}年度，{_summary(done)}")
    return _code(done) or int(has_errors(of_tables))


def _notice(done: CityRun, folder: Path, unlisted: tuple[str, ...], output: str) -> None:
    """What is to be noticed beside the line that sums up."""
    from generator.city.city import FINDINGS
    from generator.render.across import findings_line

    for notices in (
        [f"{(folder / name).as_posix()} 不在应收清单里，没有做。" for name in unlisted],
        [f"{key} 不再应收，汇总里没有它了；以前生成的文件还在 {output}/{key}。" for key in done.gone],
        [f"{key} 没有做成：{why}。" for key, why in done.broken],
        [f"{why}汇总里已经记下，再运行一次就会写好。" for why in done.unwritten],
    ):
        _tell(notices)
    if done.across.findings:
        line = findings_line(done.across.findings)
        print(f"跨部门核对：{line.rstrip('。')}，见 {output}/{FINDINGS}。", file=sys.stderr)


def _tell(notices: Sequence[str]) -> None:
    """The first few; all of them stand in the record."""
    for notice in notices[:_MOST]:
        print(f"注意：{notice}", file=sys.stderr)
    if len(notices) > _MOST:
        print(f"注意：像这样的一共{len(notices)}个，只列了{_MOST}个。", file=sys.stderr)


def _plan(arguments: argparse.Namespace, year: int, formats: tuple[str, ...]) -> Plan:
    """Other machines need whole paths, or what stands there."""
    from generator.city.city import plan_of

    templates, output = arguments.templates, arguments.output / arguments.year
    if arguments.travel:
        from generator.city.packing import packed_plan

        return packed_plan(plan_of(year, formats, templates, output))
    if arguments.scheduler:
        templates, output = templates.absolute(), output.absolute()
    return plan_of(year, formats, templates, output)


def _runner(arguments: argparse.Namespace, plan: Plan) -> Runner:
    from functools import partial

    if arguments.scheduler:
        from generator.city.cluster import on_cluster  # few have more than one machine

        return partial(on_cluster, scheduler=arguments.scheduler, plan=plan)

    from generator.city.pool import in_processes

    return partial(in_processes, jobs=arguments.jobs)


def _how_far(now: Progress) -> str:
    return f"{now.done}/{now.of}个部门，每分钟{now.a_minute}个，还要{_time(now.left)}"


def _time(seconds: int) -> str:
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}小时{minutes}分" if hours else f"{minutes}分{seconds}秒" if minutes else f"{seconds}秒"


def _summary(done: CityRun) -> str:
    """One line fit for a scheduler's log."""
    from generator.model.city import Ending, State

    standing = "，".join(f"{state.value}{done.states[state]}" for state in State if done.states.get(state))
    worked = "，".join(f"{ending.value}{done.endings[ending]}" for ending in Ending if done.endings.get(ending))
    stopped = "已中断，再运行会接着做；" if done.interrupted else ""
    asked = sum(done.states.values())
    some = f"，这次要做其中{asked}个" if done.of > asked else ""
    return f"应收{max(done.of, asked)}个部门{some}：{standing}。{stopped}这次{worked or '没有做'}，用时{_time(done.seconds)}。"


def _code(done: CityRun) -> int:
    """130 after Ctrl-C, 3 where the program itself failed with a department, 1 where one has errors or no data, or where they do not go together."""
    from generator.model.city import Ending, State

    if done.interrupted:
        return 130
    if done.endings.get(Ending.BROKEN) or done.endings.get(Ending.ASIDE):
        return 3
    return 1 if done.states.get(State.FAILED) or done.states.get(State.MISSING) or done.across.failed else 0


CITY = Command("city", "一次做完许多部门：检查、生成，记下各部门做到了哪一步。", _add_arguments, _run)
