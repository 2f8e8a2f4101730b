"""The pages' policy in a real browser: it is in force, nothing of ours offends it, and no other host is asked."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Quiet, Visit
from tests.sites import BASE, CONFIG, RATED, build_site, write_site

pytestmark = pytest.mark.browser

PAGES = ("index.html", "notices/demo-yinxing-b3.html", "notices/plates.demo-yinxing.html", "q/btzhq/index.html",
         "bulletins/demo-2026-10.html", "badges/house-stars.demo-house-01.html", "schemes/house-stars.html",
         "find/index.html?q=12", "boards/index.html", "stars/index.html", "accessibility.html", "method.html",
         "feedback.html?about=case/demo-case-07", "funds/demo-yinxing-b3.html", "indicators/demo-ind-on-time.html")
ONE = pytest.mark.parametrize("visit", [(360, "light")], ids=["360-light"], indirect=True)


@ONE
def test_no_page_offends_its_policy(visit: Visit) -> None:
    """Pages of every make load what they need from this host alone and the console stays empty (`visit` asks that)."""
    for path in PAGES:
        visit.open(path)
        expect(visit.page.locator("h1, .go").first).to_be_visible()
        assert visit.page.locator("meta[http-equiv='Content-Security-Policy']").count() == 1


def test_policy_is_in_force(browser: Browser, address: str) -> None:
    """What somebody manages to put into a page does not run and reaches nobody: a control for the test above."""
    with browser.new_context() as context:
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.goto(address)
        page.evaluate("""() => {
            const link = document.createElement("a");
            link.href = "javascript:window.broken = 1";
            document.body.append(link);
            link.click();
            const image = new Image();
            image.src = "https://example.org/pixel.png";
            document.body.append(image);
        }""")
        assert page.evaluate("window.broken") is None
        page.wait_for_function("() => true")
        assert len([line for line in said if "Content Security Policy" in line]) == 2


MADE = """() => [
    () => { document.body.innerHTML = "<b>x</b>"; },
    () => { document.createElement("script").src = "x.js"; },
    () => { document.createElement("script").text = "window.broken = 1"; },
    () => gongshi.load("https://example.org/x.js"),
    () => gongshi.load("//example.org/x.js"),
    () => gongshi.load("data:text/javascript,window.broken=1"),
    () => trustedTypes.createPolicy("another", {createHTML: text => text}),
].map(made => { try { made(); return "made"; } catch (error) { return error.constructor.name; } })"""


def test_no_text_becomes_a_script(browser: Browser, address: str) -> None:
    """Where Trusted Types are known no script of the pages can make HTML of a text, or load one that is not ours."""
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(address)
        assert page.evaluate(MADE) == ["TypeError"] * 3 + ["Error"] * 3 + ["TypeError"]
        assert page.evaluate("window.broken") is None


@ONE
def test_report_names_the_record(visit: Visit) -> None:
    """A record's link to report an error brings its number along; what is no number is not repeated."""
    visit.open("cases/demo-case-07.html")
    visit.page.get_by_role("link", name="报错或提出异议").click()
    expect(visit.page.locator(".gs-about")).to_contain_text("case/demo-case-07")
    visit.open("feedback.html?about=%3Cimg%20src=x%3E")
    expect(visit.page.locator(".gs-about")).to_have_count(0)


@pytest.mark.parametrize(("agent", "told"), [("Mozilla/5.0 (Linux; Android 10) MicroMessenger/8.0.40", 1),
                                             ("Mozilla/5.0 (Linux; Android 10) Chrome/100.0", 0)])
def test_wechat_is_told_how_to_download(browser: Browser, address: str, agent: str, told: int) -> None:
    """Inside WeChat a page with downloads tells how to open it elsewhere; other browsers are told nothing."""
    with browser.new_context(user_agent=agent) as context:
        page = context.new_page()
        page.goto(f"{address}boards/volunteer-points.2026.example.html")
        expect(page.locator(".gs-open-elsewhere")).to_have_count(told)


class Missing(Quiet):
    """A host that answers with the site's own page for what is not there."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        data = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


@pytest.fixture
def host(tmp_path: Path) -> Iterator[str]:
    """Where a small site below a folder of its host is served, as its address says."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Missing, directory=str(tmp_path / "host")))
    config = CONFIG + f"address: http://127.0.0.1:{server.server_port}/town/\n"
    build_site(write_site(tmp_path, {**BASE, **RATED}, config), tmp_path / "site")
    (tmp_path / "host").mkdir()
    (tmp_path / "host/town").symlink_to(tmp_path / "site/current")
    (tmp_path / "host/404.html").symlink_to(tmp_path / "site/current/404.html")
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/town/"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("path", ["missing.html", "some/deep/missing"])
def test_page_for_what_is_missing_is_whole_at_any_depth(browser: Browser, host: str, path: str) -> None:
    """Stylesheet and links of the 404 page hold wherever it is answered, below a folder too."""
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(host + path)
        assert page.evaluate("[...document.styleSheets].map(sheet => sheet.cssRules.length > 0)") == [True, True]
        page.locator("main a, article a").first.click()
        expect(page.locator("h1")).to_be_visible()
        assert page.url == f"{host}index.html"
