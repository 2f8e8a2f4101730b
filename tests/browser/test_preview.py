"""The preview server's pages reload themselves in a browser, under the policy that all pages are under."""

from __future__ import annotations

from playwright.sync_api import Browser

from generator.serve import Showing, served
from tests.browser.pages import Gallery


def test_page_that_is_looked_at_reloads_when_it_is_another_one(browser: Browser, gallery: Gallery) -> None:
    """One that was saved shows what was, with nothing pressed; one whose bytes are as they were stays as it is."""
    path = "cases/demo-case-01.html"
    before, showing = (gallery.release / path).read_bytes(), Showing()
    with served(gallery.release, 0, showing) as address, browser.new_context() as context:
        page, faults, came = context.new_page(), list[str](), list[str]()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("framenavigated", lambda frame: came.append(frame.url))
        with page.expect_request("**/__build?**"):
            page.goto(address + path)
        with page.expect_request("**/__build?**"):  # the page that came instead asks as well
            showing.show({path: before.replace(b"<title>", b"<title>NEW ")})
        assert page.title().startswith("NEW ")
        showing.show({path: before.replace(b"<title>", b"<title>NEW "), "cases/index.html": b"<body>"})
        with page.expect_request("**/__build?**"):
            showing.show({})
        assert not page.title().startswith("NEW ") and len(came) == 3 and faults == []
