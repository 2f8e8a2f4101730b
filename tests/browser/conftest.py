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

from tests.browser.chromium import REQUIRED, find
from tests.browser.pages import Gallery, built

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
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Gallery:
    """The repository's own site, built once for all browser tests, and which page stands for which template."""
    return built(tmp_path_factory.mktemp("browser"))


@pytest.fixture(scope="session")
def address(gallery: Gallery) -> Iterator[str]:
    """Where the repository's own site is served."""
    with serving(gallery.release) as address:
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


WEAR = """modes => {
    const root = document.documentElement, has = mode => modes.indexOf(mode) >= 0;
    if (has("light") || has("dark")) root.setAttribute("data-theme", has("dark") ? "dark" : "light");
    else root.removeAttribute("data-theme");
    const elder = root.getAttribute("data-mode") === "elder";
    if (has("elder") !== elder) document.querySelector("[data-gs-elder]").click();
    window.dispatchEvent(new Event(has("print") ? "beforeprint" : "afterprint"));
    document.getAnimations().forEach(one => one.finish());
}"""


@contextmanager
def wearing(page: Page, worn: str) -> Iterator[None]:
    """Put a page into modes ("light", "dark", "elder", "print", "forced") without loading it again, and back."""
    modes = worn.split()
    page.emulate_media(media="print" if "print" in modes else "screen",
                       forced_colors="active" if "forced" in modes else "none")
    page.evaluate(WEAR, modes)
    yield
    page.emulate_media(media="screen", forced_colors="none")
    page.evaluate(WEAR, [])


@dataclass
class Visit:
    """One visitor: a page of the browser, what its console complained of, and which hosts it asked."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)

    def open(self, path: str) -> None:
        self.page.goto(self.address + path)


# Two visitors meet both widths and both colour schemes; four would take twice as long.
@pytest.fixture(params=[(360, "light"), (1280, "dark")], ids=lambda p: f"{p[0]}-{p[1]}")
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
