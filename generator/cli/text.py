"""``shuoming text``: the words of a .docx on standard output, one sentence or row a line; git's textconv."""

from __future__ import annotations

import argparse
from pathlib import Path

from generator.cli.options import Command
from generator.model.problem import UsageError


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="文件", help="Word 文档（.docx）")


def _run(arguments: argparse.Namespace) -> int:
    from generator.work.formats import words_of

    path: Path = arguments.file
    if not _is_file(path):
        raise UsageError(f"无法读取 {path.as_posix()}：没有这个文件。")
    print(words_of(path), end="")
    return 0


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name longer than any file's
        return False


TEXT = Command("text", "列出 Word 文档的文字：一句一行，表格一行一行；供 git diff 使用。", _add_arguments, _run)
