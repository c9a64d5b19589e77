"""A browser without a window: a page printed as a PDF, a drawing as a picture of dots. Edge, which every Windows has, is one."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from generator.model.picture import Picture
from generator.model.problem import UsageError
from generator.render.pdf.finish import finished
from generator.render.pdf.objects import objects_of, pages_in
from generator.render.picture.page import picture_html
from generator.render.picture.sheet import HEIGHT, SIZES, WIDTH, picture_svg, size_of
from generator.render.program import Program

_EDGE = r"Microsoft\Edge\Application\msedge.exe"
_CHROME = r"Google\Chrome\Application\chrome.exe"
BROWSER = Program(
    "浏览器（Chromium、Chrome 或 Edge）",
    "BROWSER_PROGRAM",
    ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "chrome", "msedge"),
    (
        *(
            rf"{folder}\{name}"
            for name in (_EDGE, _CHROME)
            for folder in (r"C:\Program Files (x86)", r"C:\Program Files")
        ),
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    ),
    120,
)
_INSTEAD = "也可以生成 html，用浏览器打开，{do}。"
_ALONE = (
    "--headless=new", "--disable-gpu", "--no-first-run", "--disable-extensions", "--disable-sync", "--hide-scrollbars",
    "--disable-background-networking",
)  # fmt: skip
DOTS = 2
"""Of the picture, for one of the drawing: 1588 × 2246."""


def picture_png(picture: Picture) -> bytes:
    """The sheet as dots. Raises UsageError where there is no browser, or it fails."""
    path = BROWSER.path("图片", _INSTEAD.format(do="截图"))
    size = (f"--window-size={WIDTH},{HEIGHT}", f"--force-device-scale-factor={DOTS}")
    return _made(path, "picture.svg", picture_svg(picture), ("--screenshot=made.png", *size), "made.png")


def picture_pdf(picture: Picture) -> bytes:
    """The page printed on one sheet of A4, smaller where it would need two. Raises UsageError as ``picture_png``."""
    path = BROWSER.path(" PDF ", _INSTEAD.format(do="打印，选“另存为 PDF”"))
    data = b""
    for size in (one for one in SIZES if one <= size_of(picture)):  # each try takes two seconds
        page = picture_html(picture, f"{size:g}")
        data = finished(
            _made(path, "picture.html", page, ("--no-pdf-header-footer", "--print-to-pdf=made.pdf"), "made.pdf")
        )
        if len(pages_in(objects_of(data))) == 1:
            break
    return data


def _made(path: str, name: str, text: str, wanted: tuple[str, ...], result: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="shuoming-", ignore_cleanup_errors=True) as place:
        folder = Path(place)
        (folder / name).write_text(text, encoding="utf-8")
        root = (
            ["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else []
        )  # its sandbox does not start for root
        command = [path, *_ALONE, *root, f"--user-data-dir={folder / 'profile'}", *wanted, (folder / name).as_uri()]
        BROWSER.said(command, folder)
        made = folder / result
        if not made.is_file() or not made.stat().st_size:
            raise UsageError(
                f"浏览器（{path}）没有做出文件。请换一个浏览器，用环境变量 {BROWSER.variable} 写明它在哪里。"
            )
        return made.read_bytes()
