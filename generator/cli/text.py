"""``shuoming text``: the words of a .docx on standard output, one sentence or row a line; git's textconv."""

from __future__ import annotations

import argparse
from pathlib import Path

from generator.cli.options import Command
from generator.model.problem import UsageError


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="文件", help="Word 文档（.docx）")


def _run(arguments: argparse.Namespace) -> int:
    path: Path = arguments.file
    if not _is_file(path):
        raise UsageError(f"无法读取 {path.as_posix()}：没有这个文件。")
    print(_words(path), end="")
    return 0


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name longer than any file's
        return False


def _words(path: Path) -> str:
    """What the file says, or in a line why it can't be read: git would stop at the first file whose driver fails."""
    from generator.opc import bytes_of
    from generator.readback.docx import read_docx
    from generator.render.text import reading_text

    try:
        return reading_text(read_docx(bytes_of(path)))
    except UsageError as error:
        return f"（不能读：{error}）\n"


TEXT = Command("text", "列出 Word 文档的文字：一句一行，表格一行一行；供 git diff 使用。", _add_arguments, _run)
