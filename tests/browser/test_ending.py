"""What ends on its day ends in a page that was made before it, too; and a site that was not made anew says so."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import serving, wearing
from tests.browser.test_accessible import CONTRAST, RULES, violations
from tests.ending import CONFIG, ENDING, LAST, NAME, PHONES
from tests.sites import build_site, write_site

pytestmark = pytest.mark.browser

NOON, NEXT, DUE, LATE, LATER = (f"{day}T12:00:00+08:00" for day in (
    "2026-12-01", "2026-12-02", "2026-12-02", "2026-12-03", "2026-12-04"))
NAMES = """<!doctype html><html lang="zh"><head><meta charset="utf-8"><meta name="gs-day" content="2026-12-01">
<title>张四海的积分 - 清水公示</title><script src="{script}"></script></head><body><main>
<h1 data-expires="2026-12-01" data-expires-as="张某">张四海</h1>
<a href="index.html" aria-label="看张四海的积分" data-expires="2026-12-01" data-expires-as="张某">张四海</a>
<img src="data:," alt="张四海" data-expires="2026-12-01" data-expires-as="张某">
<select><option data-expires="2026-12-01" data-expires-as="张某">张四海</option></select>
<p data-expires="2026-12-02" data-expires-as="李某">李五湖</p></main></body></html>"""


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as it was made on the last day of what is on it, and a page of names whose consent ends."""
    root = tmp_path_factory.mktemp("ending")
    made = build_site(write_site(root / "town", ENDING, CONFIG), root / "out", LAST)
    script = next((made / "assets").glob("gongshi.*.js"))
    (made / "names.html").write_text(NAMES.format(script=f"assets/{script.name}"), encoding="utf-8")
    (made / "zone.html").write_text(NAMES.format(script=f"assets/{script.name}").replace(
        'content="2026-12-01"', 'content="2026-12-01" data-zone="Asia/Kolkata"'), encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def site(release: Path) -> Iterator[str]:
    """Where it is served."""
    with serving(release) as address:
        yield address


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A reader in California: the site's day is another than the phone's."""
    with browser.new_context(viewport={"width": 360, "height": 800}, timezone_id="America/Los_Angeles") as context:
        yield context


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """The reader's page."""
    return context.new_page()


def entry(page: Page) -> int:
    """Return how many entries the open list shows."""
    return page.locator("text=旧床垫").count()


@pytest.mark.parametrize(("moment", "there"), [("2026-12-01T15:59:30Z", 1), ("2026-12-01T16:00:30Z", 0)])
def test_the_site_s_own_day_decides(page: Page, site: str, moment: str, there: int) -> None:
    """At midnight in Shanghai, whatever the phone's zone."""
    page.clock.set_fixed_time(moment)
    page.goto(site + "boards/houses.html")
    assert entry(page) == there


def test_a_clock_that_was_reset_is_not_believed(page: Page, site: str) -> None:
    """It is never earlier than the day on which the page was made: the last day is today, not in fifty years."""
    page.clock.set_fixed_time("1970-01-01T08:00:00Z")
    page.goto(site + "boards/houses.html")
    expect(page.locator("[data-gs-left]")).to_have_text("还有 0 天")


@pytest.mark.parametrize(("moment", "there"), [("2026-12-01T18:29:30Z", True), ("2026-12-01T18:30:30Z", False)])
def test_a_site_of_another_zone_has_its_own_midnight(page: Page, site: str, moment: str, there: bool) -> None:
    """Where the configuration names another zone, the page does too."""
    page.clock.set_fixed_time(moment)
    page.goto(site + "zone.html")
    assert ("张四海" in page.title()) is there


def test_a_page_that_stays_open_forgets_at_midnight(page: Page, site: str) -> None:
    """The page that was open over midnight, came back from the cache of the browser or goes to paper is of today."""
    for event in ("pageshow", "focus", "beforeprint"):
        page.clock.set_fixed_time(NOON)
        page.goto(site + "boards/houses.html")
        expect(page.locator("[data-gs-left]")).to_have_text("还有 0 天")
        page.clock.set_fixed_time(NEXT)
        assert entry(page) == 1
        page.evaluate(f"window.dispatchEvent(new Event('{event}'))")
        assert entry(page) == 0
    assert page.locator(".gs-downloads a").count() == 0
    expect(page.locator(".gs-downloads")).to_contain_text("等网站更新后再提供下载")


def test_the_clock_alone_turns_the_page(page: Page, site: str) -> None:
    """Nobody need touch a page for it to notice midnight."""
    page.clock.install(time="2026-12-01T15:58:00Z")
    page.goto(site + "boards/houses.html")
    assert entry(page) == 1
    page.clock.fast_forward("03:00")
    expect(page.locator("text=旧床垫")).to_have_count(0)


def test_an_excepted_value_goes_on_its_day(page: Page, site: str) -> None:
    """The number leaves the text that stays, and the page no longer says that it has an exception."""
    for moment, there in ((NOON, True), (NEXT, False)):
        page.clock.set_fixed_time(moment)
        page.goto(site + "cases/sought.html")
        html = page.content()
        assert [number in html for number in PHONES[:2]] == [there, there]
        assert page.locator("text=本页有一项").count() == 2 * there
        expect(page.locator("main")).to_contain_text("见到请打")
    page.goto(site + "exceptions/index.html")
    expect(page.locator(".gs-tally .gs-status")).to_have_text(["已到期"] * 2)


def test_names_are_replaced_where_consent_ends(page: Page, site: str) -> None:
    """A name gives way to its masked form in text, attributes and the page's title; one with a day left stays."""
    page.clock.set_fixed_time(NEXT)
    page.goto(site + "names.html")
    assert "张四海" not in page.content() and page.title() == "张某的积分 - 清水公示"
    assert page.locator("a").get_attribute("aria-label") == "看张某的积分"
    assert page.locator("a").get_attribute("href") == "index.html"
    assert page.locator("img").get_attribute("alt") == "张某"
    assert page.locator("h1, a, option").all_inner_texts() == ["张某"] * 3
    expect(page.locator("p")).to_have_text("李五湖")


def test_a_volunteer_is_masked_wherever_named(page: Page, site: str, release: Path) -> None:
    """No page of the site still names who agreed to be named until yesterday."""
    naming = [path.relative_to(release).as_posix() for path in release.rglob("*.html") if NAME[0] in path.read_text()]
    for moment, there in ((NOON, True), (NEXT, False)):
        page.clock.set_fixed_time(moment)
        for path in naming:
            page.goto(site + path)
            assert (path, NAME[0] in page.title() + page.content()) == (path, there)
    assert "volunteers/wang.html" in naming


def test_nothing_is_open_for_objections_after_its_end(page: Page, site: str) -> None:
    """The home page and the page of what is open lead to no notice that is over; its own page says that it is."""
    for moment, there in ((NOON, 1), (NEXT, 0)):
        page.clock.set_fixed_time(moment)
        page.goto(site + "index.html")
        assert page.locator("h2", has_text="正在公示").count() == there
        page.goto(site + "announcements/open.now.html")
        assert page.locator("main a", has_text="停车费调整").count() == there
    expect(page.locator("main")).to_contain_text("现在没有正在公示的事")
    page.goto(site + "announcements/parking.html")
    expect(page.locator(".gs-notice-term")).to_contain_text("公示期已满")


# ── a site that is late ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("path", ["index.html", "cases/sought.html", "search/index.html"])
def test_a_late_site_says_so_loudly(page: Page, site: str, path: str) -> None:
    """From a day past the day it was due, on every page, with both days and whom to tell; before that not a word."""
    for moment, there in ((NOON, False), (DUE, False), (LATE, True), (LATER, True)):
        page.clock.set_fixed_time(moment)
        with page.expect_response("**/due.json"):
            page.goto(site + path)
        page.wait_for_timeout(50)
        assert page.locator(".gs-stale").count() == there, moment
    expect(page.locator(".gs-stale[role=alert]")).to_have_text(
        "本站应在 2026-12-02 更新，到 2026-12-04 还没有。下面的内容可能已经过期。 请告诉：清水社区大厅")
    expect(page.locator(".gs-stale button")).to_have_count(0)


def test_it_is_asked_once_a_day_and_gone_once_made_anew(page: Page, site: str, release: Path) -> None:
    """A page more asks nothing more while all is well; while the site is late each asks, so that the word goes."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith("due.json") else None)
    page.clock.set_fixed_time(NOON)
    for path in ("index.html", "cases/index.html", "areas/b3.html"):
        page.goto(site + path, wait_until="networkidle")
    assert len(asked) == 1
    page.clock.set_fixed_time(LATE)
    for path in ("index.html", "cases/index.html"):
        page.goto(site + path)
        expect(page.locator(".gs-stale")).to_be_visible()
    assert len(asked) == 3
    told = (release / "due.json").read_bytes()
    (release / "due.json").write_text(json.dumps({"due": "2026-12-20"}), encoding="utf-8")
    try:
        page.goto(site + "index.html", wait_until="networkidle")
        assert page.locator(".gs-stale").count() == 0
    finally:
        (release / "due.json").write_bytes(told)


def test_nothing_is_said_from_a_disk_or_offline(context: BrowserContext, page: Page, site: str, release: Path) -> None:
    """Where nobody can be asked, nothing is claimed, and nothing fails."""
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.clock.set_fixed_time(LATE)
    page.goto((release / "cases/index.html").as_uri(), wait_until="networkidle")
    assert page.locator(".gs-stale").count() == 0
    context.route("**/due.json", lambda route: route.abort())
    page.goto(site + "cases/index.html", wait_until="networkidle")
    assert page.locator(".gs-stale").count() == 0 and faults == []


def test_the_word_is_accessible_and_english(browser: Browser, site: str) -> None:
    """No violation of WCAG 2.2 AA in light and dark, and English for those who read English."""
    with browser.new_context(viewport={"width": 360, "height": 800}) as context:
        context.add_init_script(AXE_SCRIPT)
        page = context.new_page()
        page.clock.set_fixed_time(LATE)
        page.goto(site + "cases/index.html")
        expect(page.locator(".gs-stale")).to_be_visible()
        assert violations(page, RULES) == []
        with wearing(page, "dark"):
            assert violations(page, CONTRAST) == []
        page.goto(site + "cases/index.html?lang=en")
        expect(page.locator(".gs-stale")).to_contain_text(
            "This site was to be updated by 2026-12-02, and on 2026-12-03 it has not been.")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
