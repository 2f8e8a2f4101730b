"""Reading aids: large type by one switch, reading aloud, English; and the reader's own type size without a script."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

PAGES = ("index.html", "cases/index.example.html", "projects/demo-project-lift.html",
         "boards/volunteer-points.2026.example.html", "find/index.html")
"""Home, a list, a record, a board, the search for a place."""

SMALL = """() => [...document.querySelectorAll("a, button, summary, input, select")].filter(e => {
    const box = e.getBoundingClientRect(), skip = e.closest(".gs-skip") || getComputedStyle(e).display === "inline";
    return box.width && !skip && box.height < 59.5;
}).map(e => e.textContent.trim() + " " + Math.round(e.getBoundingClientRect().height))"""
"""What can be pressed and is lower than 60 px; links within a sentence may be."""

CHINESE = """() => {
    const han = /[\\u3400-\\u9fff]/, left = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const at = texts.currentNode;
        const told = at.parentNode.closest("[lang=zh], script, style, noscript");
        if (han.test(at.nodeValue) && !told) left.push(at.nodeValue);
    }
    for (const e of document.querySelectorAll("body *")) for (const name of ["aria-label", "placeholder", "data-label"])
        if (han.test(e.getAttribute(name) || "")) left.push(name + " " + e.getAttribute(name));
    return left;
}"""
"""Chinese words that the page doesn't call Chinese."""

MARKED = """() => document.querySelectorAll("[lang=zh]").forEach(e => { e.wasMarked = e.textContent; })"""
ADDED = """() => [...document.querySelectorAll("body [lang=zh]")].filter(e => e.wasMarked === undefined)
    .map(e => e.textContent.trim())"""
KEPT = """() => [...document.querySelectorAll("body [lang=zh]")].filter(e => e.wasMarked !== undefined
    && e.wasMarked !== e.textContent).map(e => e.wasMarked)"""
OURS = re.compile("更新于|共 |数据截至|状态|日期|来源|首页|名次|得分|依据|逾期|怎样|编号|报错|下载|地方|计划|实际|"
                  "分$|项$|条$")
"""Words of the interface, as they stand on these pages."""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a visitor without any choice made."""
    with browser.new_context(viewport={"width": 360, "height": 800}, locale="zh-CN") as context:
        yield context.new_page()


def large(page: Page, address: str) -> None:
    """Choose large type."""
    page.goto(address + "index.html")
    page.get_by_role("button", name="大字").click()


def is_wide(page: Page) -> bool:
    """Tell whether the page scrolls sideways."""
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1")


def size_of(page: Page, selector: str) -> float:
    """Return the size of an element's type in pixels."""
    return float(page.locator(selector).first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)"))


def test_large_type_is_remembered_and_given_back(page: Page, address: str) -> None:
    page.goto(address + "cases/index.example.html")
    switch = page.get_by_role("button", name="大字")
    expect(switch).to_have_attribute("aria-pressed", "false")
    assert size_of(page, "#main") == 18
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "true")
    page.goto(address + "projects/demo-project-lift.html")
    expect(page.locator("html")).to_have_attribute("data-mode", "elder")
    assert size_of(page, "#main") >= 24
    page.get_by_role("button", name="大字").click()
    page.reload()
    assert size_of(page, "#main") == 18


@pytest.mark.parametrize("path", PAGES)
def test_large_type_fits_every_width_with_large_targets(page: Page, address: str, path: str) -> None:
    large(page, address)
    page.goto(address + path)
    assert page.evaluate(SMALL) == []
    for width in (320, 360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert not is_wide(page), width


def test_large_type_is_one_column_on_a_wide_screen_too(page: Page, address: str) -> None:
    """A table's row is a card at 1280 px, and a table again without large type."""
    page.set_viewport_size({"width": 1280, "height": 800})
    large(page, address)
    page.goto(address + "cases/index.example.html")
    row = page.locator(".gs-list tbody tr").first
    assert row.evaluate("e => getComputedStyle(e).display") != "table-row"
    page.get_by_role("button", name="大字").click()
    assert row.evaluate("e => getComputedStyle(e).display") == "table-row"


def test_type_follows_the_browsers_own_size_without_scripts(browser: Browser, address: str) -> None:
    """At a root size of 30 px, as in a browser set so, everything grows and nothing leaves a screen of 360 px."""
    with browser.new_context(viewport={"width": 360, "height": 800}, java_script_enabled=False) as context:
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Page.setFontSizes", {"fontSizes": {"standard": 30, "fixed": 26}})
        for path in PAGES:
            page.goto(address + path)
            assert size_of(page, "#main") == pytest.approx(33.75)
            assert not is_wide(page), path
        expect(page.get_by_role("link", name="English")).to_be_visible()


@pytest.mark.parametrize("path", PAGES)
def test_interface_is_english_and_records_stay_as_written(page: Page, address: str, path: str) -> None:
    page.goto(address + path)
    page.evaluate(MARKED)
    page.locator("[data-gs-english]").evaluate("e => e.click()")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("[data-gs-english]")).to_have_text("中文")
    assert page.evaluate(CHINESE) == []
    assert page.evaluate(KEPT) == []
    assert [one for one in page.evaluate(ADDED) if OURS.search(one)] == []


def test_english_is_remembered_and_given_back(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(address + "cases/index.html?lang=en")
    page.goto(address + "index.html")
    expect(page.get_by_role("heading", name="Recent records")).to_be_visible()
    expect(page.locator(".gs-nav").get_by_role("link", name="About")).to_have_attribute("href", "en/about.html")
    page.get_by_role("link", name="中文").click()
    expect(page.get_by_role("heading", name="最近的记录")).to_be_visible()


def test_english_is_given_back_where_one_stands(page: Page, address: str) -> None:
    """The way back keeps what was asked of the page, and works at a place within it."""
    page.goto(address + "search/index.html?lang=en&q=DN450")
    page.locator("[data-gs-english]").evaluate("e => e.click()")
    expect(page.locator("html")).to_have_attribute("lang", "zh")
    assert page.url == address + "search/index.html?q=DN450"
    page.goto(address + "about.html?lang=en#main")
    page.goto(address + "cases/index.html#main")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.locator("[data-gs-english]").evaluate("e => e.click()")
    expect(page.locator("html")).to_have_attribute("lang", "zh")
    assert page.url == address + "cases/index.html#main"


def test_english_comes_and_goes_without_storage(browser: Browser, address: str) -> None:
    """Where nothing may be kept, this page at least is put into English and back."""
    with browser.new_context() as context:
        context.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('denied'); }})")
        page = context.new_page()
        page.goto(address + "cases/index.html")
        for language in ("en", "zh", "en"):
            page.locator("[data-gs-english]").evaluate("e => e.click()")
            expect(page.locator("html")).to_have_attribute("lang", language)


def test_what_scripts_write_later_is_english_too(page: Page, address: str) -> None:
    page.goto(address + "find/index.html?lang=en")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("searchbox").first.fill("银杏苑")
    expect(page.locator(".gs-hits__said")).to_contain_text(re.compile(r"\d+ found"))


@pytest.mark.parametrize(("path", "said", "unsaid"), [
    ("funds/demo-yinxing-b3.html", ["Booked up to 2026-10-31", "Paid 176.50 yuan", "paid to 示例供电所",
                                    "1 household owing", "240.00 yuan: no receipt given"],
     r"超出|付给|账记到|（6 笔）|\b1 households"),
    ("cases/demo-case-01.html", ["Took 2 days, limit 7 days", "Due by 2026-05-13"], r"用了|Before$"),
    ("areas/demo-yinxing-b3.html", ["Grid head, Grid worker, 4 more people"], r"用了")])
def test_sentences_with_numbers_are_english_to_their_end(page: Page, address: str, path: str, said: list[str],
                                                         unsaid: str) -> None:
    page.goto(address + path + "?lang=en")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    text = " ".join(page.locator("article").text_content().split())
    assert [one for one in said if one not in text] == []
    assert re.findall(unsaid, text, re.M) == []


def test_reading_aloud_reads_the_article_piece_by_piece(page: Page, address: str) -> None:
    """With a voice on the device there is a button; headings, facts and rows with their headings are read."""
    page.add_init_script("""
        const said = [], voices = [{lang: "zh-CN", localService: true}];
        window.said = said;
        Object.defineProperty(window, "speechSynthesis", {value: {
            getVoices: () => voices, cancel: () => {},
            speak: one => {
                document.documentElement.dataset.spoke = said.push(one.text);
                setTimeout(() => one.onend(), 0); }}});
        window.SpeechSynthesisUtterance = function (text) { this.text = text; };""")
    page.goto(address + "projects/demo-project-lift.html")
    page.locator("[data-gs-aloud]").evaluate("e => e.click()")
    expect(page.locator("html[data-spoke] [data-gs-aloud]")).to_have_text("朗读")
    said = page.evaluate("window.said")
    assert "银杏苑3栋加装电梯（示例）" in said
    assert any(re.match("节点：.*计划：2026-", one) for one in said)
    assert any(one.startswith("预算：") for one in said)
    assert not any("English" in one or "首页" in one for one in said)
    assert max(map(len, said)) <= 80


def test_reading_aloud_is_not_offered_with_another_hosts_voice(page: Page, address: str) -> None:
    page.add_init_script("""Object.defineProperty(window, "speechSynthesis", {value: {
        getVoices: () => [{lang: "zh-CN", localService: false}], cancel: () => {}}});""")
    page.goto(address + "index.html")
    expect(page.locator("[data-gs-aloud]")).to_be_hidden()
