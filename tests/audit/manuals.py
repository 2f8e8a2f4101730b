"""`make pictures`: the screens that the manuals show, taken from the site itself.

    python -m tests.audit.manuals
"""

from __future__ import annotations

import tempfile
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.audit.pictures import save
from tests.browser.chromium import find
from tests.browser.conftest import ARGS, serving
from tests.browser.pages import built
from tests.sites import ROOT


class Screen(NamedTuple):
    """A picture of the demonstration site: the page, how wide the window is, which part of its height is shown."""

    page: str
    width: int
    top: int
    bottom: int


SITE = {
    "editor/screens/case.webp": Screen("cases/demo-case-12.html", 760, 150, 980),
    "editor/screens/notice.webp": Screen("notices/demo-wangjiang-b1.html", 820, 190, 1180),
    "rules/screens/board.webp": Screen("boards/case-board.2026-Q3.example.html", 760, 150, 1000),
    "rules/screens/stars.webp": Screen("stars/house-stars.example.html", 760, 150, 1000),
}
"""Where below docs/ a picture lies, and what it shows."""


def main() -> None:
    """Take every picture anew."""
    chromium = find()
    with tempfile.TemporaryDirectory() as folder:
        gallery = built(Path(folder))
        with (serving(gallery.release) as address, sync_playwright() as playwright,
              playwright.chromium.launch(executable_path=chromium, args=ARGS) as browser):
            page = browser.new_context(locale="zh-CN", reduced_motion="reduce", color_scheme="light").new_page()
            for path, screen in SITE.items():
                save(taken(page, address, screen), ROOT / "docs" / path)


def taken(page: Page, address: str, screen: Screen) -> Image.Image:
    """Return a part of a page, from `top` to `bottom` in pixels."""
    page.set_viewport_size({"width": screen.width, "height": 900})
    page.goto(address + screen.page)
    whole = Image.open(BytesIO(page.screenshot(full_page=True))).convert("RGB")
    return whole.crop((0, screen.top, screen.width, min(screen.bottom, whole.height)))


if __name__ == "__main__":
    main()
