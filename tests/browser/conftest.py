from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.chromium import REQUIRED, find

ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = find()
    if path is None:
        (pytest.fail if REQUIRED else pytest.skip)("no Chromium (see tests/browser/chromium.py)")
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=path, args=ARGS) as browser,
    ):
        yield browser
