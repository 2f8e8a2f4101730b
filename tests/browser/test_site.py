"""The site as a visitor meets it: on a phone and on a desk, in light and in dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

PAGES = {
    "home": "index.html",
    "list": "cases/index.html",
    "example list": "cases/index.example.html",
    "project": "projects/chenguang-gaizao.html",
    "case": "cases/demo-case-07.html",
    "place": "areas/chenguang.html",
    "house": "areas/demo-house-15.html",
    "house in appeal": "areas/demo-house-33.html",
    "community with boards": "areas/demo-community-a.html",
    "person": "people/p-0001.html",
    "find": "find/index.html?q=12",
    "places found": "find/in.demo-community-c.html",
    "building": "areas/demo-yinxing-b3.html",
    "plan": "areas/demo-wangjiang.html",
    "grid": "areas/demo-grid-a1.html",
    "coverage": "areas/index.coverage.example.html",
    "backed person": "people/p-1003.html",
    "tiers": "organisations/lukou-wangge-duiwu.html",
    "organisation": "organisations/yuanjiawan-lianmeng.html",
    "volunteer": "volunteers/v-1001.html",
    "activity": "activities/demo-act-01.html",
    "honour": "honours/jinxiujiangshan-meihao-2023.html",
    "indicator": "indicators/zhuangpeishi-zhanbi.html",
    "scheme": "schemes/lukou-siji.html",
    "rated scheme": "schemes/house-stars.html",
    "points scheme": "schemes/volunteer-points-2.html",
    "assessments": "assessments/index.example.html",
    "assessment": "assessments/demo-house-15-2026-09.html",
    "listing": "listings/l-0006.html",
    "frozen": "outcomes/case-board-2026-q1-example.html",
    "correction": "corrections/case-board-2026-q1-example-1.html",
    "document": "documents/press-chenguang.html",
    "board": "boards/volunteer-points.2026.example.html",
    "frozen board": "boards/case-board.2026-Q1.example.html",
    "boards": "boards/index.html",
    "red and black list": "boards/house-list.example.html",
    "stars": "stars/house-stars.example.html",
    "certificate": "badges/house-stars.demo-house-01.html",
    "three lists": "lists/index.example.html",
    "list of needs": "needs/index.example.html",
    "need": "needs/demo-need-01.html",
    "service": "services/demo-service-canteen.html",
    "agreement": "agreements/demo-agreement-school.html",
    "donation": "donations/demo-donation-rice.html",
    "inspection": "inspections/demo-inspection-yinxing-b3.html",
    "feedback": "feedback/demo-feedback-lift.html",
    "differing claims": "claims/index.html",
    "disclosure": "disclosure/index.example.html",
    "freshness": "disclosure/freshness.html",
    "duty": "duties/demo-duty-accounts.html",
    "open notices": "announcements/open.now.example.html",
    "notice with outcome": "announcements/demo-gs-shed.html",
    "amended target": "indicators/demo-ind-on-time.html",
    "amended project": "projects/demo-project-house-fire.html",
    "prose": "about.html",
    "withdrawn": "cases/demo-case-39.html",
}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
         "rules": {"color-contrast-enhanced": {"enabled": True}}}


def test_walk_from_home_to_a_record_its_place_and_back(visit: Visit) -> None:
    """home → list → record → place → board → back: every step is a link that a visitor can follow."""
    page = visit.page
    visit.open("index.html")
    page.locator("main").get_by_role("link", name="办事进度").click()
    expect(page.locator("h1")).to_have_text("办件")
    page.get_by_role("link", name="示例（").click()
    expect(page.locator("h1")).to_have_text("办件（示例）")
    name = page.locator(".gs-list .gs-name a").first
    title = name.inner_text()
    name.click()
    expect(page.locator("h1")).to_have_text(title)
    page.locator(".gs-facts dd a").first.click()
    record = page.locator(".gs-list").get_by_role("link", name=title)
    expect(record).to_have_count(1)
    place = page.url
    if page.locator(".gs-menu-open").is_visible():
        page.locator(".gs-menu-open").click()
    page.locator(".gs-nav").get_by_role("link", name="榜单").click()
    expect(page.locator("h1")).to_have_text("榜单")
    page.locator("main h2").get_by_role("link", name="志愿服务积分榜").click()
    expect(page.locator("h1")).to_contain_text("积分榜")
    while page.url != place:
        page.go_back()
    expect(record).to_have_count(1)


# Two of the four visitors meet both widths and both colour schemes; all four would take twice as long.
@pytest.mark.parametrize("visit", [(360, "light"), (1280, "dark")], ids=["360-light", "1280-dark"], indirect=True)
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_page_is_accessible_and_fits(visit: Visit, path: str) -> None:
    """No violation of WCAG 2.2 AA, contrast as AAA asks, nothing wider than the screen."""
    visit.open(path)
    found = Axe().run(visit.page, options=RULES).response["violations"]
    assert [(v["id"], [n["target"] for n in v["nodes"][:3]]) for v in found] == []
    assert too_wide(visit.page) == []


def too_wide(page: Page) -> list[str]:
    """Return what reaches beyond the right edge of the screen."""
    return page.evaluate("""() => [...document.querySelectorAll("body *")].filter(e => {
        const box = e.getBoundingClientRect();
        const hidden = box.width === 0 || getComputedStyle(e).clipPath !== "none";
        return !hidden && box.right > document.documentElement.clientWidth + 1;
    }).slice(0, 3).map(e => e.tagName + "." + e.className)""")


def test_rating_opens_its_records(visit: Visit) -> None:
    """On the board one tap tells what the next star takes, and two taps lead to the assessment behind a rating."""
    visit.open("stars/house-stars.example.html")
    row = visit.page.locator(".gs-board tr", has_text="四星").first
    row.locator("summary").click()
    expect(row.locator(".gs-way")).to_contain_text("就是“五星·优秀”")
    row.get_by_role("link", name="项依据").click()
    expect(visit.page.locator("#result")).to_be_in_viewport()
    visit.page.locator("#result").get_by_role("link", name="评定").nth(1).click()
    expect(visit.page.locator("h1")).to_contain_text("评定")
    expect(visit.page.locator("text=合计")).to_have_count(1)


def test_everything_folded_is_on_paper(visit: Visit) -> None:
    """Printing opens what is folded away, and leaves it as it was."""
    visit.open("areas/demo-house-15.html")
    folded = visit.page.locator("details:not([open])")
    before = folded.count()
    visit.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert before and folded.count() == 0
    visit.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert folded.count() == before


@pytest.mark.parametrize("path", ["boards/house-list.example.html", "areas/demo-house-15.html", "listings/l-0006.html"])
def test_entry_past_its_day_is_gone(visit: Visit, path: str) -> None:
    """The reader's own clock takes an entry off the list, its subject's page and its own page, whose title goes too."""
    visit.page.clock.set_fixed_time("2026-12-04T08:00:00+08:00")
    visit.open(path)
    expect(visit.page.locator("text=堵住逃生口")).to_have_count(0)
    expect(visit.page.locator("[data-expires-page]")).to_have_count(0)
    assert (visit.page.title() == "已到期的红黑榜条目") == path.startswith("listings/")


def test_chosen_colours_are_remembered(visit: Visit) -> None:
    """The light or dark that a visitor chooses holds on the next page."""
    visit.open("index.html")
    before = background(visit.page)
    visit.page.locator("[data-gs-theme]").click()
    chosen = background(visit.page)
    visit.open("about.html")
    assert chosen != before
    assert background(visit.page) == chosen


def background(page: Page) -> str:
    return page.evaluate("getComputedStyle(document.body).backgroundColor")


def test_site_is_whole_without_scripts(browser, address) -> None:  # type: ignore[no-untyped-def]
    """Without JavaScript the lists, the menu and what stands behind a rating can all be reached."""
    with browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800}) as context:
        page = context.new_page()
        page.goto(address)
        page.locator(".gs-menu-open").click()
        page.locator(".gs-nav").get_by_role("link", name="星级").click()
        page.locator("main h2").get_by_role("link", name="房东房屋").click()
        expect(page.locator(".gs-board tbody tr")).to_have_count(60)
