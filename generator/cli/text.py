"""``shuoming text``: the words of a .docx on standard output, one sentence or row a line; git's textconv."""

from __future__ import annotations

import argparse
from pathlib import Path

from generator.cli.options import Command
from generator.model.problem import UsageError


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="文件", help="Word 文档（.docx）")


def _run(arguments: argparse.Namespace) -> int:
    from generator.readback.docx import read_docx
    from generator.render.text import reading_text

    try:
        data = arguments.file.read_bytes()
    except OSError as error:
        raise UsageError(f"无法读取 {arguments.file.as_posix()}，请确认文件在、且有读取的权限。") from error
    try:
        reading = read_docx(data)
    except UsageError as error:
        raise UsageError(f"{arguments.file.as_posix()}：{error}") from error
    print(reading_text(reading), end="")
    return 0


TEXT = Command("text", "列出 Word 文档的文字：一句一行，表格一行一行；供 git diff 使用。", _add_arguments, _run)
