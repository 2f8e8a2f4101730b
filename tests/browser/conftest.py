import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from generator import build
from generator.cli import site_at, today
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


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the repository's own site is served, built once for all browser tests."""
    site = site_at(Path(__file__).parents[2] / "site_config.yml")
    out = tmp_path_factory.mktemp("browser")
    build.build(site, out, today(site, None), 1, lambda *done: None, "")
    with serving(out / "current") as address:
        yield address


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder, and give the address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@dataclass
class Visit:
    """One visitor: a page of the browser, what its console complained of, and which hosts it asked."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)

    def open(self, path: str) -> None:
        self.page.goto(self.address + path)


@pytest.fixture(params=[(360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")], ids=lambda p: f"{p[0]}-{p[1]}")
def visit(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Visit]:
    """A visitor at one width and colour scheme, who must hear no complaint and reach no other host."""
    width, scheme = request.param
    with browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, locale="zh-CN") as context:
        visit = Visit(context.new_page(), address)
        visit.page.on("console", lambda said: visit.complaints.append(said.text) if said.type in (
            "error", "warning") else None)
        visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
        visit.page.on("request", lambda asked: visit.hosts.add(urlsplit(asked.url).netloc))
        yield visit
        assert visit.complaints == []
        assert visit.hosts <= {urlsplit(address).netloc}
