"""`make sheet` and `make pictures`: what the site looks like, on one sheet to be looked through and for the README.

    python -m tests.audit.pictures sheet      12 pages in light, dark, elder mode and on paper -> build/sheet.png
    python -m tests.audit.pictures pictures   home on a desk, three pages on phones -> docs/*.webp
"""

from __future__ import annotations

import sys
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.browser.chromium import find
from tests.browser.conftest import ARGS, serving, wearing
from tests.browser.pages import Gallery, built
from tests.sites import ROOT

SHEET = ["pages/home", "pages/find", "pages/list", "records/case", "records/project", "records/area", "pages/board",
         "state: stars", "pages/listing", "records/scheme", "pages/boards", "records/fund"]
WIDE = ["pages/home", "records/project", "state: stars"]
MODES = {"light": 360, "dark": 360, "elder": 360, "print": 720}
HEIGHT, GAP, GROUND = 800, 12, "#8a929a"
PHONES = [("records/case", "light"), ("state: stars", "dark"), ("pages/home", "elder")]


def main() -> None:
    """Make what is asked for."""
    chromium = find()
    with tempfile.TemporaryDirectory() as folder:
        gallery = built(Path(folder))
        with (serving(gallery.release) as address, sync_playwright() as playwright,
              playwright.chromium.launch(executable_path=chromium, args=ARGS) as browser):
            page = browser.new_context(locale="zh-CN", reduced_motion="reduce").new_page()
            (sheet if sys.argv[1:] == ["sheet"] else pictures)(page, gallery, address)


def sheet(page: Page, gallery: Gallery, address: str) -> None:
    """Write the contact sheet: a column for each page, a row for each mode; below it, pages on a desk."""
    rows = [[shot(page, address + gallery.path(name), mode, width, 360) for name in SHEET]
            for mode, width in MODES.items()]
    wide = [[shot(page, address + gallery.path(name), mode, 1280, 720) for name in WIDE for mode in ("light", "dark")]]
    save(stacked([beside(row) for row in [*rows, *wide]]), ROOT / "build/sheet.png")


def pictures(page: Page, gallery: Gallery, address: str) -> None:
    """Write the pictures that the README shows."""
    save(shot(page, address + gallery.path("pages/home"), "light", 1280, 1280), ROOT / "docs/home.webp")
    save(beside([shot(page, address + gallery.path(name), mode, 360, 360) for name, mode in PHONES]),
         ROOT / "docs/phones.webp")


def shot(page: Page, address: str, mode: str, width: int, shown: int) -> Image.Image:
    """Return the top of a page in a mode at a width, made as wide as it is shown."""
    high = HEIGHT * width // shown
    page.set_viewport_size({"width": width, "height": high})
    page.goto(address)
    with wearing(page, mode):
        taken = Image.open(BytesIO(page.screenshot())).convert("RGB")
    return taken.resize((shown, HEIGHT), Image.Resampling.LANCZOS) if width != shown else taken


def beside(some: list[Image.Image]) -> Image.Image:
    """Return pictures of one height in a row."""
    return placed(some, (sum(p.width + GAP for p in some) - GAP, some[0].height), across=True)


def stacked(some: list[Image.Image]) -> Image.Image:
    """Return pictures one below the other."""
    return placed(some, (max(p.width for p in some), sum(p.height + GAP for p in some) - GAP), across=False)


def placed(some: list[Image.Image], size: tuple[int, int], across: bool) -> Image.Image:
    whole, at = Image.new("RGB", size, GROUND), 0
    for picture in some:
        whole.paste(picture, (at, 0) if across else (0, at))
        at += (picture.width if across else picture.height) + GAP
    return whole


def save(picture: Image.Image, path: Path) -> None:
    """Write a picture and say where."""
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.save(path, **({"quality": 80, "method": 6} if path.suffix == ".webp" else {"optimize": True}))
    print(f"{path.relative_to(ROOT)}: {picture.width} × {picture.height}, {path.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
