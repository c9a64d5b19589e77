"""The verb preview: what a browser shows while a person types: the newest page, and what is wrong over it."""

import os
from pathlib import Path
from typing import NamedTuple

from generator.model.problem import Severity, UsageError
from generator.work.check import check
from generator.work.formats import page_of
from generator.work.stages import Finished
from generator.work.workshop import Workshop


class Screen(NamedTuple):
    """The newest page there is, and what stands over it while the data is broken.

    ``accept``: how the command begins that accepts a finding; the same for every page.
    """

    version: str
    page: str
    title: str = ""
    problems: str = ""
    accept: str = ""


NOTHING = Screen("", "")
"""Before there was any."""


def screen(shop: Workshop, data: Path, year: int, before: Screen = NOTHING, unit: str = "") -> Screen:
    """The newest page, of the department or of a unit; where there is none, what is wrong, over the one ``before``.

    >>> shown = screen(shop, Path("data"), 2022)
    >>> shown = screen(shop, Path("data"), 2022, shown)  # after a file was saved

    Raises UsageError, as ``check`` does, only if nothing was shown before.
    """
    from generator.render.html.page import empty_page
    from generator.render.problems import problems_text

    try:
        ended = check(shop, data, year, unit)
    except UsageError as error:  # a folder or a file that is just now missing or can't be read
        if not before.version:
            raise
        return before._replace(title="没有更新页面", problems=f"错误：{error}")
    version = before.version or f"{os.getpid()}.1"
    if not isinstance(ended, Finished):
        title = "数据有错误，下面是改错以前的样子" if before.page else "数据有错误"
        page = before.page or empty_page(f"{year}年部门预算说明", version)
        return Screen(version, page, title, problems_text(ended.problems, ended.sources), before.accept)
    page = page_of(ended, version, before.accept).data.decode()
    if before.page and page != before.page:
        version, page = _next(version, page)
    errors = [problem for problem in ended.problems if problem.severity is Severity.ERROR]
    text = problems_text(errors, ended.sources) if errors else ""
    return Screen(version, page, "数据有错误，改好以前不能生成 Word 文档", text, before.accept)


def _next(version: str, page: str) -> tuple[str, str]:
    """A new version, in the page too: a browser only loads what has changed."""
    process, _, number = version.partition(".")
    new = f"{process}.{int(number) + 1}"
    return new, page.replace(version, new, 1)
