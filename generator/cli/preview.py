"""``shuoming preview``: the page in a browser, made again at every save, on this machine only."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING

from generator.cli.options import Command, add_common, profile_of, remembering, year_of
from generator.model.problem import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from generator.cli.serve import State

EVERY = 0.1
"""Seconds between two looks at the files."""
_READ = (".yaml", ".j2", ".docx", ".csv")


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", default="0", metavar="端口", help="本机端口（缺省由系统选一个空闲的）")
    add_common(parser)


def _run(arguments: argparse.Namespace) -> int:
    import gc
    import time

    from generator.cli.serve import serve

    gc.enable()  # unlike other commands, this one stays
    year_of(arguments.year)
    profile_of(arguments.profile)
    seen = _seen(arguments)
    state = _made(arguments, None)
    try:
        with serve(_port(arguments.port), state) as server:
            print(f"预览地址：http://127.0.0.1:{server.server_port}/", flush=True)
            print("保存数据或格式方案的文件后，页面会自己更新。按 Ctrl-C 结束。", flush=True)
            took = 0.0
            while True:
                time.sleep(_pause(took))
                began = time.perf_counter()
                now = _seen(arguments)
                took = time.perf_counter() - began
                if now != seen:
                    seen = now
                    server.state = _made(arguments, server.state)
    except KeyboardInterrupt:
        print("预览已结束。")
    return 0


def _made(arguments: argparse.Namespace, before: State | None) -> State:
    """The newest page; where there is none, what is wrong, over the last one."""
    from generator.cli.report import page_of
    from generator.cli.serve import State
    from generator.pipeline import run
    from generator.render.html.page import empty_page
    from generator.render.problems import problems_text

    try:
        done = run(arguments.data, arguments.templates, arguments.profile, int(arguments.year), remembering())
    except UsageError as error:  # a folder or a file that is just now missing or can't be read
        if before is None:
            raise
        return before._replace(title="没有更新页面", problems=f"错误：{error}")
    version = before.version if before else f"{os.getpid()}.1"
    page = page_of(done, version)
    if page:
        if before and page != before.page:
            version, page = _next(version, page)
        errors = [problem for problem in done.problems if problem.severity.value == "error"]
        text = problems_text(errors, done.sources) if errors else ""
        return State(version, page, "数据有错误，改好以前不能生成 Word 文档", text)
    title = "数据有错误，下面是改错以前的样子" if before else "数据有错误"
    before = before or State(version, empty_page(f"{arguments.year}年部门预算说明", version))
    return before._replace(title=title, problems=problems_text(done.problems, done.sources))


def _next(version: str, page: str) -> tuple[str, str]:
    """A new version, in the page too: a browser only loads what has changed."""
    process, _, number = version.partition(".")
    new = f"{process}.{int(number) + 1}"
    return new, page.replace(version, new, 1)


def _seen(arguments: argparse.Namespace) -> dict[str, tuple[int, int]]:
    """Every file that a run may read, when it was written and how long it is: this year's, last year's, the profile's."""
    profile = arguments.templates / arguments.profile
    years = (arguments.data / str(year) for year in (int(arguments.year), int(arguments.year) - 1))
    within = [entry.path for entry in _entries(profile) if entry.is_dir()]
    files = (entry for folder in (*years, profile, *within) for entry in _entries(folder) if entry.name.endswith(_READ))
    return {entry.path: mark for entry in files if (mark := _mark(entry))}


def _entries(folder: str | Path) -> list[os.DirEntry[str]]:
    """What lies in a folder; nothing where it is gone again."""
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []


def _mark(entry: os.DirEntry[str]) -> tuple[int, int] | None:
    """None for what is gone again: editors save by way of files that live for a moment."""
    try:
        found = entry.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def _pause(took: float) -> float:
    """How long to wait after a look that took so long: where there are thousands of files, at most a tenth of a core."""
    return max(EVERY, 9 * took)


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 5 or int(text) > 65535:
        raise UsageError(f"端口应是0到65535的整数，不能是“{text}”。")
    return int(text)


PREVIEW = Command("preview", "在浏览器里看，保存文件后自动更新。", _add_arguments, _run)
