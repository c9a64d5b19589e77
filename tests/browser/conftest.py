"""A browser, the page as a file, and a preview that runs."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from generator.cli import main
from tests.conftest import ROOT, bring

_QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip

IN_MAKE_TEST = "test_pointing_at_a_number_shows_where_it_comes_from"
"""One test of the page; starting Chromium for all is a sixth of the time, so CI asks the others."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All but this one are slow."""
    for item in items:
        if item.path.parent == Path(__file__).parent and not item.name.startswith(IN_MAKE_TEST):
            item.add_marker(pytest.mark.slow)


PATIENCE = 30
"""Seconds until what must come counts as never to come: a busy machine is no mistake of ours."""


class Preview(NamedTuple):
    """A running ``shuoming preview`` and the folder of YAML it watches."""

    address: str
    year: Path
    process: subprocess.Popen[str]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=_QUIET)
        expect.set_options(timeout=PATIENCE * 1000)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _page_in(tmp_path_factory.mktemp("page"), ROOT / "templates")


@pytest.fixture(scope="session")
def charted_file(tmp_path_factory: pytest.TempPathFactory, charted_templates: Path) -> Path:
    """The page of 2022 for a place that asks for charts."""
    return _page_in(tmp_path_factory.mktemp("charted"), charted_templates)


def _page_in(output: Path, templates: Path) -> Path:
    folders = ["--data", str(ROOT / "data"), "--templates", str(templates)]
    assert main(["report", "2022", "--format", "html", "--output", str(output), *folders]) == 0
    [made] = (output / "2022").iterdir()
    return made


@pytest.fixture
def opened(browser: Browser) -> Iterator[Page]:
    """An empty tab; a mistake in a script, a refused style or a request for another file fails the test."""
    page = browser.new_page(viewport={"width": 1400, "height": 1000}, reduced_motion="reduce")
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    yield page
    page.close()
    assert [text for text in wrong if "ERR_CONNECTION_REFUSED" not in text] == []


@pytest.fixture
def page(opened: Page, page_file: Path) -> Page:
    """The page of 2022, from a file."""
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto(page_file.as_uri())
    assert asked == [page_file.as_uri()]
    return opened


def _interruptible() -> None:
    """A shell that runs the tests in the background has them ignore Ctrl-C, and what they start with them."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    bring(tmp_path)
    process = subprocess.Popen(
        [sys.executable, "-m", "generator", "preview", "2022"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True, encoding="utf-8",
        preexec_fn=_interruptible,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        found = re.search(r"http://127\.0\.0\.1:\d+/", process.stdout.readline())
        assert found
        yield Preview(found[0], tmp_path / "data" / "2022", process)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(PATIENCE)
