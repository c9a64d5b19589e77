"""The bureau's board in a browser: what a person finds, filters, sorts and opens, by mouse, keyboard and telephone."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from unicodedata import normalize

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect
from pypdf import PdfReader

from generator.render.board.page import board_page
from tests.boards import board_of, odd_board

pytestmark = pytest.mark.browser
MANY = 3000
WIDE: ViewportSize = {"width": 1600, "height": 1000}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("board")
    boards = {"odd": odd_board(), "some": board_of(30), "many": board_of(MANY), "none": board_of(0), "one": board_of(1)}
    for name, board in boards.items():
        (folder / f"{name}.html").write_text(board_page(board), encoding="utf-8")
    return folder


@pytest.fixture
def odd(opened: Page, folder: Path) -> Page:
    opened.set_viewport_size(WIDE)
    opened.goto((folder / "odd.html").as_uri())
    return opened


@pytest.fixture
def many(opened: Page, folder: Path) -> Page:
    opened.set_viewport_size(WIDE)
    opened.goto((folder / "many.html").as_uri())
    return opened


def shown(page: Page) -> list[str]:
    """The names in the table that is seen."""
    return [name.strip() for name in page.locator("main > section:visible tbody > tr:not(.below) > th").all_inner_texts()]  # fmt: skip


def test_words_are_words_and_links_lead_to_files(odd: Page) -> None:
    """Whatever a department is called."""
    assert shown(odd)[1] == "</script><script>alert('1')</script>"
    row = odd.locator("tbody tr", has_text="alert").first
    assert [link.get_attribute("href") for link in row.locator("a").all()] == [
        "./001-%E6%81%B6/2027%E5%B9%B4%20%E2%80%9C%E6%81%B6%E2%80%9D%231%2520.docx".replace(".docx", end) for end in (".html", ".docx")
    ] + ["./001-%E6%81%B6/%E9%97%AE%E9%A2%98.txt"]  # fmt: skip
    row.locator("button").click()
    below = odd.locator(".below")
    expect(below).to_contain_text("<b>控制数</b>与台账相差1.00万元 & 更多")
    expect(below).to_contain_text("还有2处错误")
    expect(below).to_contain_text("错误 B101 合计等于<控制数> 3处")
    odd.locator("tbody button", has_text="无代码的局").click()
    assert odd.locator("a[href^=javascript]").count() == 0
    odd.locator("tbody button", has_text="乙局").click()
    assert odd.locator(".below a[href='https://example.org/?a=1&b=2']").count() == 1
    amounts = odd.locator("tbody tr", has_text="乙局").first.locator("td.r").all_inner_texts()
    assert amounts == ["", "", "0.01", "", "", ""]


def test_searching_three_thousand_takes_less_than_a_tenth_of_a_second(many: Page) -> None:
    """From the key to the rows laid out; the middle of a few, since a machine may be busy."""
    measure = """(typed) => {
        const words = document.getElementById("words"), begun = performance.now();
        words.value = typed;
        words.dispatchEvent(new Event("input"));
        document.querySelector("table").getBoundingClientRect();
        return performance.now() - begun;
    }"""
    for typed in ("0", "教育", "南湖市 教育", "王伟", "没有这样的", ""):
        times = sorted(many.evaluate(measure, typed) for _ in range(5))
        assert times[2] < 100, (typed, times)
    many.locator("#words").fill("１２３００１")
    assert len(shown(many)) == 3  # 123001, 1123001, 2123001
    first_paint = many.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    assert first_paint < 1500


def test_only_rows_that_are_seen_are_drawn_until_more_are_wanted(many: Page) -> None:
    rows = many.locator("section:visible tbody > tr")
    assert 60 <= rows.count() < 500
    assert many.locator("table").get_attribute("aria-rowcount") == str(MANY + 1)
    for _ in range(20):
        if not many.locator(".more").is_visible():
            break
        many.mouse.wheel(0, 20_000)
        many.wait_for_timeout(50)
    expect(rows).to_have_count(MANY)
    assert rows.last.get_attribute("aria-rowindex") == str(MANY + 1)


def test_tiles_filter_and_back_goes_back(many: Page) -> None:
    tile = many.locator(".tile.missing")
    number = int(tile.locator("b").inner_text())
    tile.click()
    expect(tile).to_have_attribute("aria-pressed", "true")
    expect(many.locator("output")).to_have_text(f"{number}个部门（共3,000个）")
    many.locator(".tile.failed").click()
    both = number + int(many.locator(".tile.failed b").inner_text())
    expect(many.locator("output")).to_have_text(f"{both}个部门（共3,000个）")
    many.locator("nav a", has_text="金额").click()
    expect(many.locator("h2").first).to_have_text("资金来源")
    many.go_back()
    expect(many.locator("output")).to_have_text(f"{both}个部门（共3,000个）")
    many.go_back()
    expect(many.locator("output")).to_have_text(f"{number}个部门（共3,000个）")
    many.reload()
    expect(many.locator("output")).to_have_text(f"{number}个部门（共3,000个）")
    many.locator("button", has_text="全部部门").click()
    expect(many.locator("output")).to_have_text("共3,000个部门")


def test_who_is_late_who_fails_what_and_what_changed(many: Page) -> None:
    """The three questions of an evening, each one step away."""
    late = many.locator(".chip", has_text="过期没有文档")
    number = (late.inner_text()).split()[-1]
    late.click()
    expect(many.locator("output")).to_contain_text(f"{number}个部门")
    assert many.locator("tbody tr .late").count() == min(int(number), many.locator("tbody tr").count())
    many.locator("nav a", has_text="问题").click()
    rule = many.locator("section:visible tbody tr", has_text="B101")
    departments = rule.locator("td.r").first.inner_text()
    rule.locator("a").click()
    expect(many.locator("output")).to_contain_text(f"{departments}个部门")
    many.locator(".chip", has_text="规则 错误B101").click()
    expect(many.locator("output")).to_have_text("共3,000个部门")
    many.locator("nav a", has_text="变动").click()
    expect(many.locator("nav a", has_text="变动")).to_have_attribute("aria-current", "page")
    table = many.locator("table:visible")
    before = int(table.get_attribute("aria-rowcount") or 0)
    many.locator(".chip:visible", has_text="前一天").click()
    assert int(table.get_attribute("aria-rowcount") or 0) > before


def test_a_name_and_a_finding_lead_to_lines_of_the_list(many: Page) -> None:
    many.locator("nav a", has_text="三公").click()
    expect(many.locator("nav a", has_text="三公")).to_have_attribute("aria-current", "page")
    name = shown(many)[0]
    many.locator("section:visible tbody a", has_text=name).first.click()
    expect(many.locator("output")).to_contain_text("1个部门")
    assert shown(many) == [name] and many.locator(".below").is_visible()
    many.locator("nav a", has_text="跨部门").click()
    many.locator(".findings li").first.locator("a", has_text="在清单里看").click()
    expect(many.locator("output")).to_contain_text("2个部门")


def test_by_keyboard_alone(many: Page) -> None:
    many.keyboard.press("/")
    expect(many.locator("#words")).to_be_focused()
    many.keyboard.type("南湖市 统计局")
    expect(many.locator("output")).not_to_have_text("共3,000个部门")
    name = many.locator("th[scope=col] button", has_text="部门")
    name.focus()
    many.keyboard.press("Enter")
    head = many.locator("th[aria-sort=ascending]")
    expect(head).to_have_text("部门")
    assert "从小到大" in many.locator("#said").inner_text()
    names = shown(many)
    many.keyboard.press("Enter")
    expect(many.locator("th[aria-sort=descending]")).to_have_text("部门")
    assert shown(many) != names and sorted(shown(many)) == sorted(names)
    opener = many.locator("tbody .opener").first
    opener.focus()
    many.keyboard.press("Enter")
    expect(opener).to_have_attribute("aria-expanded", "true")
    expect(many.locator(".below")).to_be_visible()
    expect(opener).to_be_focused()
    many.keyboard.press("Enter")
    expect(many.locator(".below")).to_have_count(0)


def test_what_is_not_known_sorts_last(many: Page) -> None:
    head = many.locator("th[scope=col] button", has_text=re.compile("^上年"))
    for _ in range(2):
        head.click()
        first = many.locator("tbody tr").first.locator("td.r").nth(3).inner_text()
        assert first != ""


@pytest.mark.parametrize("name", ["none", "one", "odd", "some"])
def test_few_departments_and_every_view(opened: Page, folder: Path, name: str) -> None:
    opened.goto((folder / f"{name}.html").as_uri())
    for view in opened.locator("nav a").all():
        view.click()
        expect(view).to_have_attribute("aria-current", "page")
        assert opened.locator("main > section:visible").count() == 1
        assert "undefined" not in (text := opened.locator("body").inner_text()) and "NaN" not in text
        assert "[object" not in text and "null" not in text


@pytest.mark.parametrize("width", [390, 650, 880, 1024, 1200, 1480, 1920])
def test_nothing_is_wider_than_the_window(opened: Page, folder: Path, width: int) -> None:
    opened.set_viewport_size({"width": width, "height": 844})
    opened.goto((folder / "some.html").as_uri())
    for view in ("清单", "问题", "金额", "三公", "变动", "跨部门"):
        opened.locator(f"nav a[data-view={view}]").click()
        if view == "清单":
            opened.locator("tbody .opener").nth(3).click()
        assert opened.evaluate("document.documentElement.scrollWidth") <= width, view


def test_a_telephone_shows_who_and_where_and_the_rest_when_it_is_touched(browser: Browser, folder: Path) -> None:
    phone = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = phone.new_page()
    page.goto((folder / "many.html").as_uri())
    heads = [head.inner_text().strip() for head in page.locator("thead th:visible").all()]
    assert heads == ["部门", "状态", "错误", "警告", "本年（万元）"]
    page.locator(".tile.failed").tap()
    page.locator("tbody .opener").first.tap()
    below = page.locator(".below")
    expect(below).to_contain_text("联系人")
    expect(below.locator("a", has_text="问题")).to_be_visible()
    phone.close()


def test_printed_it_has_every_row_and_its_heads_on_each_page(many: Page) -> None:
    many.locator(".tile.failed").click()
    many.wait_for_function("document.querySelector('output').textContent.includes('共')")
    number = int(many.locator(".tile.failed b").inner_text())
    paper = PdfReader(BytesIO(many.pdf(prefer_css_page_size=True)))
    texts = [normalize("NFKC", page.extract_text()) for page in paper.pages]
    assert sum(text.count("有错误") for text in texts) >= number
    assert all("代码" in text and "联系人" in text for text in texts)
    assert "查找" not in texts[0]


def test_a_reader_of_screens_finds_a_table_with_heads(odd: Page) -> None:
    table = odd.get_by_role("table", name="应收清单")
    expect(table).to_be_visible()
    assert table.get_by_role("columnheader").count() == 14
    expect(table.get_by_role("rowheader", name="乙局")).to_be_visible()
    expect(table.get_by_role("link", name="乙局的文档")).to_be_visible()
    expect(odd.get_by_role("group", name="按状态筛选").get_by_role("button", name="2 有错误")).to_be_visible()
    expect(odd.get_by_role("searchbox", name="查找")).to_be_visible()
