"""Every kind of page by its measures: any width, any size of type, nothing cut off, all large enough to touch."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, CDPSession, Page

from tests.browser.conftest import wearing
from tests.browser.pages import ALL, Gallery

pytestmark = pytest.mark.browser

MEASURE = (Path(__file__).parent / "measure.js").read_text(encoding="utf-8")
CONTROLS = (".gs-header a, .gs-nav a, nav a, button, select, summary, input:not([type=hidden]), "
            ".gs-tiles a, .gs-counts a, .gs-figures a, .gs-links a, .gs-chips a, .gs-periods a, .gs-downloads a")
VIEWS = [(320, 16, ""), (360, 16, ""), (640, 16, ""), (768, 16, ""), (1280, 16, ""),
         (360, 27, ""), (1280, 32, ""), (320, 16, "elder"), (768, 16, "elder")]
"""Width, the browser's type size, mode. 200 % zoom is half the width: 640 for 1280. 27 px make text of 30 on a phone,
32 px are text alone at 200 %."""
BODY, LEAST, TOUCH = {"": 18, "elder": 24}, {"": 14, "elder": 18}, {"": 48, "elder": 60}
"""Mode -> px of running text, of the smallest text, of what is touched (UX.md: MIIT 适老化)."""


@pytest.fixture(scope="module")
def measured(browser: Browser) -> Iterator[tuple[Page, CDPSession]]:
    """One visitor with a ruler, who also sets the browser's own type size."""
    with browser.new_context(viewport={"width": 360, "height": 800}, locale="zh-CN") as context:
        context.add_init_script(MEASURE)
        page = context.new_page()
        yield page, context.new_cdp_session(page)


@pytest.mark.parametrize("name", ALL)
def test_page_fits(measured: tuple[Page, CDPSession], address: str, gallery: Gallery, name: str) -> None:
    """With everything unfolded: no sideways scrolling, nothing cut, covered, tiny, too long or too small to touch."""
    page, browser = measured
    page.goto(address + gallery.path(name))
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    faults = []
    for width, size, mode in VIEWS:
        page.set_viewport_size({"width": width, "height": 800})
        browser.send("Page.setFontSizes", {"fontSizes": {"standard": size}})
        with wearing(page, mode):
            found = page.evaluate("a => window.gsMeasure.all(...a)", [CONTROLS, TOUCH[mode], BODY[mode], LEAST[mode]])
        faults += [f"{width} px, type {size} {mode}: {fault}" for fault in found]
    browser.send("Page.setFontSizes", {"fontSizes": {"standard": 16}})
    assert not faults, "\n".join([page.url, f"{len(faults)} faults", *faults[:20]])
