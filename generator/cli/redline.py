"""``shuoming redline``: what changed between two folders of data, as one Word file with tracked changes."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from generator.cli.options import Command, add_profile, cache_folder, colour_on, profile_of, remembering_fill, year_of
from generator.model.problem import UsageError

if TYPE_CHECKING:
    from generator.pipeline import Run

_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d)?")


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("old", type=Path, metavar="原数据", help="原来的年度目录，如 /tmp/旧/2022")
    parser.add_argument("new", type=Path, metavar="新数据", help="现在的年度目录，如 data/2022")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="文件", help="写到哪个 .docx 文件")
    parser.add_argument("--author", default="财务科", metavar="署名", help="修订的作者（缺省 财务科）")
    parser.add_argument(
        "--date",
        default="",
        metavar="时间",
        help="修订的时间，如 2022-03-01 或 2022-03-01T09:00:00；不写则修订不带时间（从不取当前时间）",
    )
    add_profile(parser)


def _run(arguments: argparse.Namespace) -> int:
    output, date = _docx(arguments.output), _date(arguments.date)
    old, new = (_made(folder, arguments) for folder in (arguments.old, arguments.new))
    if not _sound(old, new):
        return 1

    from generator.compare import compare, compare_words
    from generator.render.docx.redline import render_redline
    from generator.render.docx.revision import Revision
    from generator.save import save

    assert old.document is not None and new.document is not None and new.profile is not None
    comparison = compare(old.document, new.document)
    revision = Revision(arguments.author, date)
    fill = remembering_fill(cache_folder())
    save(output, render_redline(comparison, compare_words, new.profile.master, revision, fill))
    print(f"已生成 {output.as_posix()}")
    return 0


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
        if _DATE.fullmatch(text):
            return datetime.fromisoformat(text).strftime("%Y-%m-%dT%H:%M:%SZ")
    except ValueError:
        pass
    raise UsageError(f"--date 应写作 2022-03-01 或 2022-03-01T09:00:00，不能是“{text}”。")


def _made(folder: Path, arguments: argparse.Namespace) -> Run:
    from generator.pipeline import run

    if folder.suffix.lower() == ".docx":
        raise UsageError("redline 比较的是两个年度的数据目录（如 data/2022），不是 .docx 文件。")
    if not folder.is_dir():
        raise UsageError(f"没有 {folder.as_posix()} 这个目录。")
    folder = folder.resolve() if folder.name in ("", "..") else folder
    return run(folder.parent, arguments.templates, profile_of(arguments.profile), year_of(folder.name), cache_folder())


def _sound(*runs: Run) -> bool:
    """Whether all runs came to a document; the errors of those that did not are shown."""
    from generator.model.problem import Severity
    from generator.render.problems import problems_text

    for done in runs:
        errors = tuple(problem for problem in done.problems if problem.severity is Severity.ERROR)
        if errors:
            print(problems_text(errors, done.sources, (), colour_on(sys.stderr)), end="", file=sys.stderr)
    if any(done.failed for done in runs):
        print("有错误，没有生成文档。", file=sys.stderr)
        return False
    return True


REDLINE = Command("redline", "比较两个年度目录，生成带修订痕迹的 Word 文档。", _add_arguments, _run)
