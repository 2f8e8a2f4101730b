"""The site without mouse or finger: by Tab, Enter, Space, the arrows and what one types."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

pytestmark = pytest.mark.browser

STOP = """() => {
    const e = document.activeElement, box = e.getBoundingClientRect(), style = getComputedStyle(e);
    if (e === document.body) return null;
    window.stops = window.stops || [];
    const again = window.stops.indexOf(e) >= 0, last = window.stops[window.stops.length - 1];
    window.stops.push(e);
    const name = e.tagName + " " + (e.textContent || e.getAttribute("aria-label") || e.name || "").trim().slice(0, 30);
    return {name, again, after: !last || !!(last.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING),
            outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
            seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
            top: box.top + scrollY, bottom: box.bottom + scrollY, left: box.left, right: box.right,
            main: !!e.closest("main")};
}"""
WALKED = ["index.html", "cases/demo-case-07.html", "boards/volunteer-points.2026.example.html",
          "schemes/house-stars.html", "find/index.html"]


@pytest.fixture(params=[360, 1280])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A visitor who only has keys, before a narrow or a wide screen."""
    with browser.new_context(viewport={"width": request.param, "height": 800}, locale="zh-CN") as context:
        yield context.new_page()


def walk(page: Page, most: int = 200) -> list[dict[str, Any]]:
    """Press Tab until the page is left, and return every stop."""
    stops = []
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None or stop["again"]:
            break
        stops.append(stop)
    return stops


def tab_to(page: Page, wanted: Locator, most: int = 120) -> None:
    """Press Tab until the wanted element has the focus; fails where it never gets it."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if wanted.evaluate("e => e === document.activeElement"):
            return
    pytest.fail(f"{wanted} is not among the first {most} stops")


@pytest.mark.parametrize("path", WALKED)
def test_every_stop_is_seen_and_in_order(page: Page, address: str, path: str) -> None:
    """Tab goes through the whole page as it is read, each stop outlined and on the screen, and out at the end."""
    page.goto(address + path)
    stops = walk(page)
    assert stops[0]["name"].startswith("A 跳到正文")
    assert len(stops) < 200, "no way out"
    assert [s["name"] for s in stops if not (s["outlined"] and s["seen"])] == []
    assert [s["name"] for s in stops if not s["after"]] == []
    told = [s for s in stops if s["main"]]
    assert told
    assert [(a["name"], b["name"]) for a, b in pairwise(told) if above(b, a)] == []


def above(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether a stop stands above the other, in the same column."""
    return one["bottom"] < other["top"] and one["left"] < other["right"] and other["left"] < one["right"]


def test_skip_link_leads_to_the_text(page: Page, address: str) -> None:
    """The first stop jumps over header and menu: the next one is in the text."""
    page.goto(address + "cases/demo-case-07.html")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("跳到正文")
    expect(page.locator(":focus")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('main')")


def test_menu_opens_and_closes(page: Page, address: str) -> None:
    """Enter on 栏目 opens the menu, whose links come next; the last of them closes it."""
    page.goto(address + "about.html")
    opener, link = page.locator(".gs-menu-open"), page.locator(".gs-nav a[href*='schemes/']")
    expect(link).to_be_hidden()
    tab_to(page, opener)
    page.keyboard.press("Enter")
    expect(link).to_be_visible()
    tab_to(page, link)
    tab_to(page, page.locator(".gs-nav__close"))
    page.keyboard.press("Enter")
    expect(link).to_be_hidden()
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('main')")


def test_from_the_search_box_to_a_place(page: Page, address: str) -> None:
    """Typing a number on the home page and Enter lists places; Tab reaches the first, Enter opens it."""
    page.goto(address)
    box = page.locator("main input[type=search]").first
    tab_to(page, box)
    page.keyboard.type("12栋")
    page.keyboard.press("Enter")
    first = page.locator(".gs-hits a").first
    expect(first).to_be_visible()
    tab_to(page, first)
    name = first.inner_text().split()[0]
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text(name[:3])


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_board_opens_what_stands_behind_a_row(page: Page, address: str, key: str) -> None:
    """On a board the way up unfolds and folds by key, and the link beside it opens the records."""
    page.goto(address + "stars/house-stars.example.html")
    row = page.locator(".gs-board tbody tr", has_text="四星").first
    row.locator("a").first.focus()
    tab_to(page, row.locator("summary"), 5)
    page.keyboard.press(key)
    expect(row.locator(".gs-way")).to_have_attribute("open", "")
    page.keyboard.press(key)
    expect(row.locator("details[open]")).to_have_count(0)
    row.get_by_role("link", name="项依据").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#result")).to_be_in_viewport()


def test_worksheet_is_filled_by_keys(page: Page, address: str) -> None:
    """A subject is chosen by arrow, points are typed, the result follows, and a button puts it back."""
    page.goto(address + "schemes/house-stars.html")
    sheet = page.locator("[data-gs-sheet]")
    result = sheet.locator(".gs-sheet__result")
    tab_to(page, sheet.locator("select"))
    before = result.text_content() or ""
    page.keyboard.press("ArrowDown")
    expect(result).not_to_have_text(before)
    chosen = result.text_content() or ""
    field = sheet.locator("input").first
    tab_to(page, field, 1)
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("1")
    expect(result).not_to_have_text(chosen)
    tab_to(page, sheet.get_by_role("button", name="恢复"))
    page.keyboard.press("Space")
    expect(result).to_have_text(chosen)
