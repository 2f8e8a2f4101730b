"""What the reader's own settings do to the page: forced colours, no scripts, no movement."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import wearing
from tests.browser.pages import Gallery

pytestmark = pytest.mark.browser

COLOURED = ["pages/home", "pages/board", "pages/listing", "pages/list", "pages/freshness", "pages/disclosure",
            "records/case", "records/project", "records/indicator", "records/fund", "records/scheme", "state: stars",
            "state: plan of an estate", "state: chart of tiers", "state: amended target"]
FORCED = (Path(__file__).parent / "forced.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def reader(browser: Browser) -> Iterator[Page]:
    """A visitor with a phone."""
    with browser.new_context(viewport={"width": 360, "height": 800}, locale="zh-CN") as context:
        context.add_init_script(FORCED)
        yield context.new_page()


@pytest.mark.parametrize("name", COLOURED)
def test_forced_colours_lose_nothing(reader: Page, address: str, gallery: Gallery, name: str) -> None:
    """Where the system sets all colours, words keep a frame, bars and plots an edge or ink, light and dark."""
    reader.goto(address + gallery.path(name))
    reader.evaluate("window.gsForced.mark()")
    faults = []
    for scheme in ("light", "dark"):
        reader.emulate_media(color_scheme=scheme)
        with wearing(reader, f"forced {scheme}"):
            faults += [f"{scheme}: {fault}" for fault in reader.evaluate("window.gsForced.lost()")]
    assert not faults, "\n".join([reader.url, *faults[:20]])


def test_focus_is_seen_in_forced_colours(browser: Browser, address: str) -> None:
    """The outline of what has the focus stays."""
    with browser.new_context(forced_colors="active", viewport={"width": 360, "height": 800}) as context:
        page = context.new_page()
        page.goto(address)
        for _ in range(6):
            page.keyboard.press("Tab")
            assert page.evaluate("""() => {
                const style = getComputedStyle(document.activeElement);
                return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
            }""")


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A visitor whose browser runs no scripts."""
    with browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800}) as context:
        yield context.new_page()


def test_site_is_whole_without_scripts(plain: Page, address: str) -> None:
    """Without JavaScript every entry of the menu leads to a page with a heading and something to read."""
    plain.goto(address)
    plain.locator(".gs-menu-open").click()
    entries = plain.locator(".gs-nav a[href]:not([href^='#'])")
    assert entries.count() > 20
    for link in {urljoin(plain.url, str(e.get_attribute("href"))) for e in entries.all()}:
        with urlopen(link) as answer:
            assert b"<h1" in answer.read()
    plain.locator(".gs-nav").get_by_role("link", name="星级").click()
    plain.locator("main h2").get_by_role("link", name="房东房屋").click()
    expect(plain.locator(".gs-board tbody tr")).to_have_count(60)


def test_folds_open_without_scripts(plain: Page, address: str) -> None:
    """What is folded away opens by the browser itself."""
    plain.goto(address + "stars/house-stars.example.html")
    fold = plain.locator(".gs-board details").first
    fold.locator("summary").click()
    expect(fold.locator("li").first).to_be_visible()


def test_search_falls_back_to_lists(plain: Page, address: str) -> None:
    """Without JavaScript the search box leads to a page that lists places, by which one can go on.

    What stands in `noscript` cannot be asked for: Chromium reads pages as if scripts ran, and then runs none.
    """
    plain.goto(address)
    plain.locator("main input[type=search]").first.fill("12栋")
    plain.keyboard.press("Enter")
    expect(plain.locator("h1")).to_be_visible()
    assert plain.url != address
    assert "<noscript>" in plain.content()
    assert plain.locator("main a[href$='.html']").count() > 5


@pytest.mark.parametrize("name", ["pages/home", "pages/find", "records/scheme", "records/case", "pages/certificate"])
def test_nothing_is_offered_that_needs_a_script(plain: Page, address: str, gallery: Gallery, name: str) -> None:
    """Without JavaScript no button shows that would do nothing."""
    plain.goto(address + gallery.path(name))
    for button in plain.locator("button:not([type=submit]), [data-gs-sheet]").all():
        expect(button).to_be_hidden()


@pytest.mark.parametrize("name", ["pages/home", "pages/board", "records/case", "records/scheme"])
def test_nothing_moves_for_who_asked_for_rest(browser: Browser, address: str, gallery: Gallery, name: str) -> None:
    """With reduced motion nothing slides, fades or scrolls by itself."""
    with browser.new_context(reduced_motion="reduce", viewport={"width": 360, "height": 800}) as context:
        page = context.new_page()
        page.goto(address + gallery.path(name))
        assert page.evaluate("""() => [...document.querySelectorAll("*")].filter(e => {
            const s = getComputedStyle(e);
            const long = (what, names) => what.split(",").some(d => parseFloat(d) > 0.02) && names !== "none";
            return e.checkVisibility() && (long(s.transitionDuration, s.transitionProperty) ||
                long(s.animationDuration, s.animationName) || s.scrollBehavior === "smooth");
        }).map(e => e.tagName + "." + e.className)""") == []
