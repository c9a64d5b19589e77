"""The drawings in a browser: labels apart and on the paper as they are really set, reached and read by keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

MEETING = """(svg) => {
  const lines = [...svg.querySelectorAll("tspan")].map((line) => [line.textContent, line.getExtentOfChar(0),
    line.getEndPositionOfChar(line.getNumberOfChars() - 1), line.getStartPositionOfChar(0)]);
  const boxes = lines.map(([text, box, end, start]) => ({ text, left: start.x, right: end.x, top: box.y + 1, bottom: box.y + box.height - 1 }));
  const room = svg.viewBox.baseVal;
  const out = boxes.filter((box) => box.left < 0 || box.right > room.width || box.bottom > room.height);
  const meets = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  const pairs = boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) => meets(a, b)).map((b) => a.text + "|" + b.text));
  return { count: boxes.length, wrong: [...out.map((box) => box.text), ...pairs] };
}"""


@pytest.fixture
def charted_page(opened: Page, charted_file: Path) -> Page:
    opened.goto(charted_file.as_uri())
    return opened


@pytest.mark.parametrize("width", [1280, 400])
def test_labels_keep_apart_and_the_page_does_not_scroll_sideways(charted_page: Page, width: int) -> None:
    charted_page.set_viewport_size({"width": width, "height": 900})
    for svg in charted_page.locator(".drawings svg").all():
        found = svg.evaluate(MEETING)
        assert found["count"] > 10 and found["wrong"] == []
    assert charted_page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    flow, change = charted_page.locator(".drawings svg").all()
    assert flow.evaluate("(svg) => svg.getBoundingClientRect().width") >= min(760, width)
    expect(charted_page.locator(".slide")).to_be_visible(visible=width == 400)
    box = change.bounding_box()
    assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= width


def test_the_link_leads_to_the_drawings(charted_page: Page) -> None:
    charted_page.locator("header.bar a", has_text="图").click()
    expect(charted_page.locator(".drawings h2")).to_be_in_viewport()
    expect(charted_page.locator(".drawings h2")).to_have_text("预算图示")


def test_a_keyboard_slides_the_drawing_and_opens_its_table(charted_page: Page) -> None:
    charted_page.set_viewport_size({"width": 400, "height": 900})
    region = charted_page.locator(".drawings .scroll")
    region.focus()
    charted_page.keyboard.press("ArrowRight")
    expect(region).not_to_have_js_property("scrollLeft", 0)
    charted_page.keyboard.press("Tab")
    charted_page.keyboard.press("Enter")
    table = charted_page.locator(".drawings table").first
    expect(table).to_be_visible()
    charted_page.keyboard.press("Tab")
    expect(table.locator(".n").first).to_be_focused()
    expect(charted_page.locator("#panel")).to_contain_text("得4188.38万元")


def test_a_screen_reader_has_the_drawings_in_words(charted_page: Page) -> None:
    image = charted_page.get_by_role("img", name="与上年相比的增减（单位：万元）")
    expect(image).to_have_count(1)
    expect(image).to_have_accessible_name(
        "与上年相比的增减（单位：万元） 总计上年10805.94万元，本年6824.79万元，减少3981.15万元，下降36.84%；"
        "一般公共预算上年10805.94万元，本年6816.79万元，减少3989.15万元，下降36.92%；"
        "政府性基金上年0.00万元，本年8.00万元，增加8.00万元；"
        "机构运行经费上年23.62万元，本年17.36万元，减少6.26万元，下降26.50%"
    )


def contrast(page: Page, colour: str) -> float:
    """Of a colour with white, as WCAG counts it."""
    script = """(colour) => {
      const shares = colour.match(/\\d+/g).slice(0, 3).map((part) => part / 255)
        .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
      return 1.05 / (0.2126 * shares[0] + 0.7152 * shares[1] + 0.0722 * shares[2] + 0.05);
    }"""
    return float(page.evaluate(script, colour))


def test_bars_and_words_stand_out(charted_page: Page) -> None:
    shown = {
        name: charted_page.locator(f".drawings {name}").first.evaluate("(item) => getComputedStyle(item).fill")
        for name in (".year0", ".year1", ".node", ".label", ".head")
    }
    for name, colour in shown.items():
        assert contrast(charted_page, colour) >= (4.5 if name in (".label", ".head") else 3), (name, colour)
