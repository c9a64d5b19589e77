"""``shuoming redline``: what changed between two states, as one Word file with tracked changes."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from generator.cli.options import Command, add_states, colour_on, profile_of, remembering, states_of
from generator.model.problem import Severity, UsageError

if TYPE_CHECKING:
    from generator.states import Side

_TEMPLATES = "P1"
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

    from generator.states import redlined, sides

    old, new = sides(states_of(arguments), profile_of(arguments.profile), remembering())
    if not _sound(old, new):
        return 1

    from generator.render.docx.revision import Revision
    from generator.save import save

    data, clean, unmarked = redlined(old, new, Revision(author, date))
    save(output, data, (*old.inputs, *new.inputs))
    print(f"已生成 {output.as_posix()}{_NONE[bool(unmarked)] if clean else ''}")
    if unmarked:
        print(f"{'、'.join(unmarked)}有改动，修订稿没有标出，请自己核对。")
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


def _sound(old: Side, new: Side) -> bool:
    """Whether both sides came to a document; what stands in the way is shown.

    The old one may hold errors: that they were mended is what a redline is to show.
    """
    from generator.render.problems import problems_text

    for side, forgiven in ((old, True), (new, False)):
        if side.run is None:
            continue
        errors = tuple(problem for problem in side.run.problems if problem.severity is Severity.ERROR)
        broken = any(problem.code.startswith(_TEMPLATES) for problem in errors)  # a part of the document is missing
        if side.run.document is None or broken or (errors and not forgiven):
            print(problems_text(errors, side.run.sources, (), colour_on(sys.stderr)), end="", file=sys.stderr)
            print(f"{side.label}有错误，没有生成文档。", file=sys.stderr)
            return False
        if errors:
            codes = "、".join(dict.fromkeys(problem.code for problem in errors))
            print(f"{side.label}有{len(errors)}处错误（{codes}），照原样比较。", file=sys.stderr)
    return True


REDLINE = Command(
    "redline", "比较两个状态，生成带修订痕迹的 Word 文档：全部接受是现在的，全部拒绝是原来的。", _add_arguments, _run
)
