"""``shuoming report``: check, render, read the file back, and only then replace the old one; or the page instead."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

from generator.cli.options import (
    Command,
    add_common,
    colour_on,
    inputs_of,
    profile_of,
    remembering,
    year_of,
)
from generator.model.problem import UsageError

if TYPE_CHECKING:
    from generator.pipeline import Run
    from generator.render.docx.render import Rendered


FORMATS = ("docx", "html")


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--format", choices=FORMATS, default="docx", metavar="格式", help="docx（缺省）或 html：可以查来历的网页"
    )
    parser.add_argument(
        "--output", type=Path, default=Path("output"), metavar="目录", help="写到哪个目录（缺省 output）"
    )
    parser.add_argument("--review", action="store_true", help="另外生成一份审阅稿：以批注说明各数的来历和检查的警告")
    parser.add_argument("--all", action="store_true", help="警告和建议逐处列出；缺省只列各条规则有几处，各举一例")
    add_common(parser)


def _run(arguments: argparse.Namespace) -> int:
    from generator.pipeline import make, read_over

    if arguments.review and arguments.format != "docx":
        raise UsageError("--review 只用于 Word 文档（--format docx）。")
    year = year_of(arguments.year)
    made = make(arguments.data, arguments.templates, profile_of(arguments.profile), year, remembering())
    rendered = _rendered(made) if arguments.format == "docx" else None
    name = _file_name(made.document.file_name) if made.document else ""
    done = read_over(made, rendered.data if rendered else None, name)
    saved = () if done.failed else _saved(done, rendered, arguments, name)  # before a word: who reads may go (“| head”)
    if done.problems:
        print(_told(done, arguments), end="", file=sys.stderr)
    if not saved:
        print("有错误，没有生成文档。", file=sys.stderr)
        return 1
    for remark in rendered.remarks if rendered else ():
        print(f"注意：{remark}", file=sys.stderr)
    print("\n".join(saved))
    return 0


def _saved(done: Run, rendered: Rendered | None, arguments: argparse.Namespace, name: str) -> tuple[str, ...]:
    """What to say of the files written: the document or the page, and where it is asked for the copy with comments."""
    from generator.save import save

    year = int(arguments.year)
    path, inputs = arguments.output / str(year) / f"{name}.{arguments.format}", inputs_of(arguments, year)
    save(path, rendered.data if rendered else page_of(done).encode(), inputs)
    said = f"已生成 {path.as_posix()}{f'（正文{rendered.pages}页）' if rendered else ''}"
    if not arguments.review:
        return (said,)
    path = path.with_name(f"{name}（审阅稿）.docx")
    data, number = _with_comments(done)
    save(path, data, inputs)
    return said, f"已生成 {path.as_posix()}（批注{number}条）"


def _told(done: Run, arguments: argparse.Namespace) -> str:
    """The problems, in short but where all were asked for: what is wrong must not drown in what is to be looked at."""
    from generator.cli.check import titles
    from generator.render.digest import Around, digest_text
    from generator.render.problems import problems_text

    colour = colour_on(sys.stderr)
    if arguments.all:
        return problems_text(done.problems, done.sources, done.accepted, colour)
    return digest_text(done.problems, done.sources, Around(titles(), _check_of(arguments), colour), done.accepted)


def _check_of(arguments: argparse.Namespace) -> str:
    """The command that lists every place, as it is typed here."""
    usual = (("--data", arguments.data, "data"), ("--templates", arguments.templates, "templates"))
    options = [f"{name}={quote(str(value))}" for name, value, default in usual if str(value) != default]
    options += [f"--profile={quote(arguments.profile)}"] if arguments.profile != "yibin" else []
    program = ".venv/bin/shuoming" if Path(".venv/bin/shuoming").exists() else "shuoming"
    return " ".join([program, "check", arguments.year, *options])


def _with_comments(done: Run) -> tuple[bytes, int]:
    """The document once more, and how many comments it has; the clean one never has any."""
    from generator.render.docx.render import render_docx
    from generator.render.review import review

    assert done.document is not None and done.profile is not None
    comments = review(done.document, done.problems, done.sources)
    return render_docx(done.document, done.profile.master, comments).data, len(comments)


def page_of(done: Run, version: str = "") -> str:
    """The run's document as a page that explains itself; nothing when it came to no document."""
    if done.document is None or done.book is None or done.inputs is None:
        return ""
    from generator.render.html.page import Material, render_html

    return render_html(
        Material(done.document, done.book, done.inputs, done.problems, done.sources, done.accepted), version
    )


def _rendered(made: Run) -> Rendered | None:
    if made.failed or made.document is None or made.profile is None:
        return None
    from generator.render.docx.render import render_docx

    return render_docx(made.document, made.profile.master)


def _file_name(title: str) -> str:
    name = re.sub(r'[\\/:*?"<>|\x00-\x1f]', "", title).strip(". ")
    return name[:80] or "部门预算说明"


REPORT = Command("report", "检查数据并生成 Word 文档或网页。", _add_arguments, _run)
