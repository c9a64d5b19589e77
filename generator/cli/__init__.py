"""The command line: arguments in, text and exit code out. The only room that prints. One module a command."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn, TextIO

from generator.cli.ending import ended
from generator.cli.options import ChineseParser, Command, new_parser
from generator.model.problem import UsageError
from generator.model.version import VERSION

_DESCRIPTION = """部门预算说明：由 YAML 数据生成完整的 Word 文档。

  shuoming init 某某局 --year 2027
                            新建一个部门的文件夹：要填的文件、使用说明、双击就能用的菜单
  shuoming menu             用数字选要做的事
  shuoming new 2023         新开一个年度：从上年结转
  shuoming todo 2023        还有哪些没有填、没有确认
  shuoming reasons 2023     变动原因怎么写：台账里变了什么，可参考的说法
  shuoming report 2022      检查数据并生成 output/2022/ 下的文档
  shuoming package 2022     生成要公开的全部文件、清单和公开前自查表
  shuoming picture 2022     一图读懂：一页说清钱从哪里来、用到哪里去
  shuoming preview 2022     在浏览器里边改边看
  shuoming check 2022       只检查，不写文件
  shuoming accept D026 --reason 已与财政局核对
                            接受一处警告；--seen 把现在的提示都记作看过
  shuoming explain 2022 总计  说明一个数怎么来的、印在哪里
  shuoming diff HEAD~1 HEAD 比较两个状态：哪些数、句子、单元格变了
  shuoming redline HEAD -o 修订.docx
                            两个状态（也可以是两个Word文件）的差别，写成带修订痕迹的文档
  shuoming text 文件.docx   文档的文字，一句一行
  shuoming rules J101       说明一条检查规则
  shuoming schema           各数据文件的 JSON Schema，供编辑器补全
  shuoming workbook 2022    生成填报表（Excel），填好后用 import 收回来
  shuoming import 填报表.xlsx 把填报表、导出的表或已公开的文档导入数据，先列出改动
  shuoming codes import 科目.xlsx --year 2027
                            导入一个年度整版的科目表
  shuoming profiles         列出各地的格式方案
  shuoming profile new 洛阳 --from 通用
                            新建一个格式方案，只写不同的地方
  shuoming profile check 洛阳
                            用试编的各种部门检查一个格式方案
  shuoming city 全市 --year 2027
                            财政局：一次做完许多部门，看各部门做到了哪一步
"""
_EXIT = "退出码：0 没有错误；1 数据或格式方案有错误；2 用法不对，或读写不了；3 程序自身的错误；130 被中断。"
_CHINESE = ("gbk", "gb2312", "gb18030", "cp936")
COMMANDS = (
    "init",
    "menu",
    "new",
    "todo",
    "reasons",
    "report",
    "package",
    "picture",
    "preview",
    "check",
    "explain",
    "diff",
    "redline",
    "text",
    "rules",
    "schema",
    "workbook",
    "import",
    "accept",
    "codes",
    "profiles",
    "profile",
    "city",
)
_MODULES = {"import": "intake"}
"""The module of a command whose name can't be one."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; 0 well, 1 errors in data or profile, 2 wrong use. What else may end it, ``ended`` tells."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding=_encoding_of(stream), errors="replace")
    given = sys.argv[1:] if argv is None else argv
    try:
        arguments = _parser(*given[:1]).parse_args(given)
        return int(arguments.command(arguments))
    except UsageError as error:
        print(f"错误：{error}", file=sys.stderr)
        return 2


def _encoding_of(stream: TextIO) -> str:
    """UTF-8: the same bytes into a pipe or a file everywhere, and what consoles of Windows take whatever their code page.

    As it is where a person chose otherwise (PYTHONIOENCODING), and at a terminal that reads GBK.
    """
    chosen = os.environ.get("PYTHONIOENCODING") or (stream.encoding.lower() in _CHINESE and stream.isatty())
    return stream.encoding if chosen else "utf-8"


def run() -> NoReturn:
    """The console script: one short run whose memory lives until the process ends.

    Collecting garbage would cost a third of the time of a large run, taking memory apart at the end a tenth.
    """
    gc.disable()
    os._exit(ended(main))


def _parser(first: str = "") -> argparse.ArgumentParser:
    """Of the command that is typed first, or of all of them: who knows what he wants need not wait for the others."""
    parser = new_parser(ChineseParser, "shuoming", _DESCRIPTION)
    parser.epilog = _EXIT
    parser.add_argument("--version", action="version", version=f"shuoming {VERSION}", help="显示版本")
    commands = parser.add_subparsers(title="命令", metavar="命令", required=True, prog="shuoming")
    for name in (first,) if first in COMMANDS else COMMANDS:
        module = _MODULES.get(name, name)
        command: Command = vars(import_module(f"generator.cli.{module}"))[module.upper()]
        its = new_parser(commands.add_parser, command.name, command.help)
        command.add_arguments(its)
        its.set_defaults(command=command.run)
    return parser
