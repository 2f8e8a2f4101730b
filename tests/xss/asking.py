"""What a visitor's address, boxes and device may bring along: payloads as `?q=`, as `#…`, typed, kept."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from playwright.sync_api import Page

from tests.xss.watch import Watch

ADDRESSES = ("search/index.html?q={0}", "find/index.html?q={0}", "index.html?lang={0}#{0}",
             "search/index.html?kind={0}&year={0}&sort={0}", "feedback.html?about={0}", "index.html?lang=en&x={0}")
TYPE = """async ([selector, event, payloads]) => {
    const box = document.querySelector(selector);
    for (const one of payloads) {
        box.value = one;
        (event === "submit" ? box.form : box).dispatchEvent(new Event(event, {bubbles: true, cancelable: true}));
        await new Promise(done => setTimeout(done, 0));
    }
}"""
BOXES = (("find/index.html", "[data-gs-find] input", "input", 10_000),
         ("search/index.html", "[data-gs-search] [name=q]", "submit", 100))
"""Where one types, what tells the page, and how many: of more new addresses browsers complain."""
KEEP = """given => ["theme", "mode", "lang"].forEach(key => localStorage.setItem("gongshi-" + key, given))"""


def by_address(watch: Watch, page: Page, payloads: Iterable[str], there: set[str]) -> int:
    """Open every address that takes something along with every payload, and return how many were opened."""
    opened = 0
    for address in ADDRESSES:
        if address.partition("?")[0] in there:
            for payload in payloads:
                watch.look(page, address.format(quote(payload)), prod=False)
                opened += 1
    return opened


def by_hand(watch: Watch, page: Page, payloads: list[str]) -> int:
    """Type every payload into the boxes of both searches, and return how often; what they find are payloads, too."""
    typed = 0
    for path, selector, event, most in BOXES:
        watch.look(page, path, prod=False)
        page.evaluate(TYPE, [selector, event, payloads[:most]])
        page.wait_for_timeout(300)
        watch.look_here(page, path)
        typed += len(payloads[:most])
    return typed


def found(watch: Watch, page: Page, word: str) -> int:
    """Search for a word that payloads hold, look at what is shown, and return how many results there are."""
    page.goto(f"{watch.home}search/index.html?q={word}")
    page.locator(".gs-hit").first.wait_for(timeout=20_000)
    watch.look_here(page, "search/index.html")
    return page.locator(".gs-hit").count()


def on_device(watch: Watch, page: Page, payloads: Iterable[str]) -> int:
    """Open a page with payloads for what the site keeps on a device, and return how many."""
    opened = 0
    for payload in payloads:
        page.goto(watch.home + "index.html")
        page.evaluate(KEEP, payload)
        watch.look(page, "index.html", prod=False)
        page.evaluate("localStorage.clear()")
        opened += 1
    return opened
