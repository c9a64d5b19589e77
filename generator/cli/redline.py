"""``shuoming redline``: what changed between two states, as one Word file with tracked changes."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

from generator.cli.options import Command, add_states, colour_on, states_of, waiting
from generator.model.problem import UsageError

_NONE = {True: "（里面没有修订）", False: "（两边的文字和表没有差别，里面没有修订）"}
_DATE = r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d)?"


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    add_states(parser)
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="文件", help="写到哪个 .docx 文件")
    parser.add_argument("--author", default="财务科", metavar="署名", help="修订的作者（缺省 财务科）")
    parser.add_argument(
        "--date",
        default="",
        metavar="时间",
        help="修订的时间，如 2022-03-01 或 2022-03-01T09:00:00；不写则修订不带时间（从不取当前时间）",
    )


def _run(arguments: argparse.Namespace) -> int:
    output, date, author = _docx(arguments.output), _date(arguments.date), _author(arguments.author)

    from generator.render.docx.revision import Revision
    from generator.render.problems import problems_text
    from generator.save import save
    from generator.work.redline import Unfit, redlined, sides

    with waiting("读两边的文档"):
        both = sides(*states_of(arguments))
    for remark in both.remarks:
        print(remark, file=sys.stderr)
    if isinstance(both, Unfit):
        print(problems_text(both.errors, both.sources, (), colour_on(sys.stderr)), end="", file=sys.stderr)
        print(f"{both.label}有错误，没有生成文档。", file=sys.stderr)
        return 1
    with waiting("比较"):
        made = redlined(both.old, both.new, Revision(author, date))
    save(output, made.data, both.inputs)
    print(f"已生成 {output.as_posix()}{_NONE[bool(made.unmarked)] if made.clean else ''}")
    if made.unmarked:
        print(f"{'、'.join(made.unmarked)}有改动，修订稿没有标出，请自己核对。")
    return 0


def _author(text: str) -> str:
    """The name typed. Raises UsageError for one that no file can hold."""
    if not text.isprintable():
        raise UsageError("--author 里有不能显示的字符。")
    return text


def _docx(path: Path) -> Path:
    if path.suffix.lower() != ".docx":
        raise UsageError(f"-o 后面应是 .docx 文件，不能是“{path}”。")
    return path


def _date(text: str) -> str:
    """The time as Word writes it; nothing where none is given. Raises UsageError when there is no such time."""
    from datetime import datetime

    if not text:
        return ""
    try:
        if re.fullmatch(_DATE, text):
            return datetime.fromisoformat(text).strftime("%Y-%m-%dT%H:%M:%SZ")
    except ValueError:
        pass
    raise UsageError(f"--date 应写作 2022-03-01 或 2022-03-01T09:00:00，不能是“{text}”。")


REDLINE = Command(
    "redline", "比较两个状态，生成带修订痕迹的 Word 文档：全部接受是现在的，全部拒绝是原来的。", _add_arguments, _run
)
