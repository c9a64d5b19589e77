"""The page in a browser, by mouse and by keyboard."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from unicodedata import normalize

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

pytestmark = pytest.mark.browser


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


def test_pointing_at_a_number_shows_where_it_comes_from(page: Page) -> None:
    panel = page.locator("#panel")
    expect(panel).to_be_hidden()
    page.locator("p .n", has_text="36.84%").first.hover()
    expect(panel).to_be_visible()
    expect(panel).to_contain_text("本年6824.79万元 − 上年10805.94万元 = −3981.15万元")
    expect(panel).to_contain_text("3981.15万元 ÷ 上年10805.94万元 = 36.84%")
    expect(panel).to_contain_text("data/2022/prior.yaml:4")
    expect(panel.locator("tr")).to_have_count(12)
    expect(panel).to_contain_text("另有25行")
    page.mouse.move(5, 500)
    expect(panel).to_be_hidden()


@pytest.mark.parametrize("height", [500, *(pytest.param(height, marks=pytest.mark.slow) for height in (720, 900))])
def test_all_of_the_panel_is_in_sight(page: Page, height: int) -> None:
    """Wherever a number stands in the window, without lying on it."""
    page.set_viewport_size({"width": 1280, "height": height})
    number, panel = page.locator("p .n", has_text="97.53%").first, page.locator("#panel")
    for share in (0.15, 0.35, 0.5, 0.65, 0.9):
        page.keyboard.press("Escape")
        number.evaluate(
            "(it, y) => scrollBy({top: it.getBoundingClientRect().top - y, behavior: 'instant'})", height * share
        )
        number.hover()
        expect(panel).to_be_visible()
        box, its = panel.bounding_box(), number.bounding_box()
        assert box and its and box["y"] >= 48 and box["y"] + box["height"] <= height, (share, box)
        assert box["y"] >= its["y"] + its["height"] or box["y"] + box["height"] <= its["y"], (share, box, its)
        page.mouse.move(5, height / 2)
        expect(panel).to_be_hidden()


def test_the_panel_stays_while_the_pointer_is_in_it(page: Page) -> None:
    page.clock.install()
    page.locator("p .n").first.hover()
    panel = page.locator("#panel")
    expect(panel).to_be_visible()
    panel.locator("h3").first.hover()
    page.clock.fast_forward(10_000)
    assert panel.is_visible()
    page.mouse.move(5, 500)
    page.clock.fast_forward(10_000)
    expect(panel).to_be_hidden()


def test_tab_reaches_every_number_and_escape_closes(page: Page) -> None:
    page.locator("#contents a").last.focus()
    first = page.locator(".n").first
    for _ in range(9):  # the links of the notes in the margin come before
        page.keyboard.press("Tab")
        if focused(page) == "n1":
            break
    expect(first).to_be_focused()
    panel = page.locator("#panel")
    expect(panel).to_contain_text("台账37行相加，得6824.79万元")
    assert "台账37行相加" in page.locator("#said").inner_text()
    page.keyboard.press("Enter")
    expect(panel).to_be_focused()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(first).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator(".n").nth(1)).to_be_focused()
    expect(panel).to_be_visible()
    assert page.evaluate("[...document.querySelectorAll('.n')].every((number) => number.tabIndex === 0)")


def test_a_finger_opens_the_panel_on_a_phone(browser: Browser, page_file: Path) -> None:
    phone = browser.new_context(viewport={"width": 400, "height": 800}, has_touch=True, is_mobile=True)
    page = phone.new_page()
    page.goto(page_file.as_uri())
    for which in (0, 3, 20):
        number = page.locator("td .n").nth(which)
        number.evaluate("(number) => { number.scrollIntoView({ block: 'end' }); scrollBy(0, 60); }")
        number.tap()
        expect(page.locator("#panel")).to_be_visible()
        page.wait_for_function(  # an expression would be evaluated, which the page forbids
            "() => document.querySelector('.n.open').getBoundingClientRect().bottom"
            " <= document.getElementById('panel').getBoundingClientRect().top"
        )
        page.locator("#panel .close").tap()
        expect(page.locator("#panel")).to_be_hidden()
    phone.close()


def test_sister_numbers_light_up_and_are_linked(page: Page) -> None:
    number = page.locator("p .n", has_text="168.56万元").first
    number.hover()
    panel = page.locator("#panel")
    expect(panel).to_be_visible()
    lit = page.locator(".n.same")
    assert {item.text_content() for item in lit.all()} == {"168.56万元", "168.56"}
    assert page.locator("td .n.same").count() > 3 and page.locator("p .n.same").count() > 0
    expect(page.locator(".n.equal")).to_have_count(0)
    page.locator("p .n", has_text="8.00万元").first.hover()
    equal = page.locator(".n.equal")  # two projects' and two subjects' amounts that happen to be 8.00
    expect(equal.first).to_be_attached()
    assert {item.text_content() for item in equal.all()} <= {"8.00万元", "8.00"}
    number.hover()
    expect(panel).to_contain_text("168.56")
    link = panel.locator("a", has_text="部门支出预算表").first
    target = (link.get_attribute("href") or "")[1:]
    link.click()
    assert focused(page) == target
    expect(page.locator(f"#{target}")).to_be_in_viewport()


def test_search_lights_up_and_enter_walks(page: Page) -> None:
    page.keyboard.press("/")
    words, found = page.locator("#words"), page.locator("#found")
    expect(words).to_be_focused()
    page.keyboard.type("6,824.79")
    page.wait_for_function(  # the search follows the typing: what is lit first is lit for fewer digits
        "() => { const lit = [...(CSS.highlights.get('found') ?? [])];"
        " return lit.length > 10 && lit.every((range) => range.toString() === '6824.79'); }"
    )
    count = page.evaluate("CSS.highlights.get('found').size")
    expect(found).to_have_text(f"{count}处")
    for number in (1, 2, 3):
        page.keyboard.press("Enter")
        expect(found).to_have_text(f"第{number}处，共{count}处")
        here = page.evaluate(
            "(() => { const [range] = CSS.highlights.get('here'); const box = range.getBoundingClientRect();"
            " return [range.toString(), box.top > 40 && box.bottom < innerHeight]; })()"
        )
        assert here == ["6824.79", True]
    page.keyboard.press("Shift+Enter")
    expect(found).to_have_text(f"第2处，共{count}处")
    page.keyboard.press("Escape")
    expect(found).to_have_text("")
    assert page.evaluate("CSS.highlights.get('found').size") == 0


def test_words_are_found_across_numbers(page: Page) -> None:
    for typed, many in (("收入总计6824.79万元，支出总计", 1), ("没有这样的话", 0), ("（三）公务用车", 1)):
        page.locator("#words").fill(typed)
        expect(page.locator("#found")).to_have_text(f"{many}处" if many else "没有找到")


def test_a_note_leads_to_the_list_and_back(page: Page) -> None:
    page.locator(".beside a").first.click()
    expect(page.locator("#problems")).to_have_attribute("open", "")
    expect(page.locator("#problem2")).to_be_in_viewport()
    page.locator("#problem2 a").click()
    expect(page.locator("#beside2")).to_be_in_viewport()


def test_header_rows_stay_while_a_table_scrolls(page: Page) -> None:
    frame = page.locator(".scroll").first
    frame.scroll_into_view_if_needed()
    frame.evaluate("(frame) => frame.scrollTo(0, 200)")
    assert (
        frame.evaluate(
            "(frame) => Math.abs(frame.querySelector('thead').getBoundingClientRect().top - frame.getBoundingClientRect().top)"
        )
        < 2
    )


def test_only_tables_scroll_sideways(page: Page) -> None:
    for width in (400, 800, 1400, 1900):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert page.evaluate(
            "[...document.querySelectorAll('.beside')].every((note) => note.getBoundingClientRect().right <= innerWidth)"
        )


def test_notes_in_the_margin_keep_apart(page: Page) -> None:
    boxes = page.evaluate(
        "[...document.querySelectorAll('.sheet:not(.table) > .beside')].map((note) => note.getBoundingClientRect())"
        ".map(({ top, bottom, left }) => [top, bottom, left])"
    )
    assert len(boxes) >= 4 and all(left > 1000 for _, _, left in boxes)
    assert all(above[1] <= below[0] for above, below in zip(boxes, boxes[1:], strict=False))


@pytest.mark.slow
def test_it_prints_on_a4(page: Page) -> None:
    page.emulate_media(media="print")
    for hidden in (".bar", "#problems", ".beside", ".mark"):
        expect(page.locator(hidden).first).to_be_hidden()
    data = page.pdf(prefer_css_page_size=True)
    pages = PdfReader(BytesIO(data)).pages
    sizes = {(round(float(one.mediabox.width)), round(float(one.mediabox.height))) for one in pages}
    assert sizes <= {(595, 842), (842, 595), (596, 842), (842, 596)} and len(sizes) == 2
    words = normalize("NFKC", "".join(one.extract_text() for one in pages))
    assert len(pages) < 45 and "一、收入支出预算总体情况说明" in words and "检查结果" not in words
    cut = page.locator(".scroll").evaluate_all("(all) => all.map((it) => it.scrollHeight - it.clientHeight)")
    assert len(cut) >= 13 and max(cut) <= 1, "a table that scrolls on the screen is whole on paper"
