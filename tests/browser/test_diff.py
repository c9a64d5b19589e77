"""What ``diff --format html`` writes, in a browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from generator.cli import main
from tests.conftest import ROOT

pytestmark = pytest.mark.browser

LINES = """(cells) => cells.map((cell) => {
  const range = document.createRange();
  range.selectNodeContents(cell);
  return [cell.textContent, new Set([...range.getClientRects()].map((box) => Math.round(box.bottom))).size];
})"""


def test_amounts_stay_whole_on_a_phone(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in ("data/2022", "templates", "旧稿/2022"):
        (tmp_path / folder).parent.mkdir(exist_ok=True)
        (tmp_path / folder).symlink_to(ROOT / folder.replace("旧稿", "data"))
    edited = tmp_path / "新稿" / "2022"
    edited.mkdir(parents=True)
    for file in (ROOT / "data" / "2022").glob("*.yaml"):
        text = file.read_text(encoding="utf-8").replace("基本工资: 35.35", "基本工资: 36.35")
        (edited / file.name).write_text(text, encoding="utf-8")
    assert main(["diff", "旧稿", "新稿", "--format", "html"]) == 0
    page = browser.new_page(viewport={"width": 390, "height": 844})
    try:
        page.set_content(capsys.readouterr().out)
        for section in page.locator("details").all():
            section.evaluate("(it) => { it.open = true; }")
        cells = page.locator("td:nth-child(n + 2)").evaluate_all(LINES)
        amounts = [(text, lines) for text, lines in cells if re.fullmatch(r"[-+]?[\d.]+(万元|%)?", text)]
        assert len(amounts) > 100 and {lines for _, lines in amounts} == {1}
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    finally:
        page.close()
