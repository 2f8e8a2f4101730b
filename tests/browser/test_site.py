"""The site as a visitor meets it: on a phone and on a desk, in light and in dark."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

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


def test_torn_address_breaks_nothing(visit: Visit) -> None:
    """A place within a page that was cut off in a chat leaves the page as it is."""
    visit.open("areas/demo-house-15.html#%E4")
    expect(visit.page.locator("h1")).to_contain_text("15号房屋")


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
    button = visit.page.locator("[data-gs-theme]").first
    if not button.is_visible():
        visit.page.locator(".gs-aids-open").click()
    button.click()
    chosen = background(visit.page)
    visit.open("about.html")
    assert chosen != before
    assert background(visit.page) == chosen


def background(page: Page) -> str:
    return page.evaluate("getComputedStyle(document.body).backgroundColor")
