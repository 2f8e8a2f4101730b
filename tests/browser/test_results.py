"""Outcomes as a resident meets them on a phone: few taps lead to the proof, and the worksheet tells the truth."""

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import serving
from tests.sites import BASE, LISTED, RATED, build_site, write_site

pytestmark = pytest.mark.browser

STARS = "stars/house-stars.example"


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A narrow screen."""
    with browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, locale="zh-CN") as context:
        yield context.new_page()


@pytest.mark.parametrize("scheme", ["house-stars", "branch-stars"])
def test_worksheet_and_build_agree_on_every_subject(phone: Page, address: str, scheme: str) -> None:
    """For each subject on the board the page's own arithmetic gives the star and the word that were published."""
    with urlopen(f"{address}stars/{scheme}.example.json") as answer:
        rows = {row["subject"]: row for row in json.load(answer)["rows"] if row["value"] is not None}
    phone.goto(f"{address}schemes/{scheme}.html")
    told = phone.evaluate("""() => {
        const sheet = JSON.parse(document.querySelector("[data-gs-sheet] script").textContent);
        return sheet.subjects.map(s => [s.key, window.gongshi.rate(sheet, s.points), s.points]);
    }""")
    assert {key for key, _, _ in told} == set(rows) and rows
    for key, rated, points in told:
        published = rows[key]
        assert (rated["value"], rated["stars"], rated["word"]) == (
            published["value"], published["stars"], published["outcome"])
        assert sum(points.values()) == sum(c["amount"] for c in published["contributions"])


def test_worksheet_moves_the_star_where_the_band_says(phone: Page, address: str) -> None:
    """Typing the points that the board says are missing gives the next star, one point less does not."""
    phone.goto(f"{address}schemes/house-stars.html")
    gained = phone.evaluate("""() => {
        const sheet = JSON.parse(document.querySelector("[data-gs-sheet] script").textContent);
        const more = (s, n) => { const points = {...s.points};
            for (const c of sheet.criteria) {
                const add = Math.min(n, c.max - points[c.id]); points[c.id] += add; n -= add;
            }
            return window.gongshi.rate(sheet, points).word; };
        return sheet.subjects.map(s => [s, window.gongshi.rate(sheet, s.points)]).filter(([s, r]) => r.toNext)
            .map(([s, r]) => [more(s, r.toNext) === r.nextWord, more(s, r.toNext - 1) === s.word]);
    }""")
    assert len(gained) > 20
    assert all(reached and stayed for reached, stayed in gained)


def test_two_taps_from_the_star_to_the_records(phone: Page, address: str) -> None:
    """四星 on the board → the house's page → the assessment with its points and what was seen."""
    phone.goto(f"{address}{STARS}.html")
    row = phone.locator(".gs-board tbody tr", has_text="四星").first
    row.locator("a").first.tap()
    expect(phone.locator("#result")).to_contain_text("四星")
    phone.locator("#result a[href*='assessments/']").first.tap()
    expect(phone.locator("h1")).to_contain_text("评定")
    expect(phone.locator("article")).to_contain_text("所见")


def test_one_tap_from_the_star_to_what_the_fifth_would_take(phone: Page, address: str) -> None:
    """四星 on the board → one tap shows what is missing for the fifth star, and which criteria give it."""
    phone.goto(f"{address}{STARS}.html")
    row = phone.locator(".gs-board tbody tr", has_text="四星").first
    row.locator("summary").tap()
    expect(row.get_by_text("五星")).to_be_visible()
    expect(row.locator("li").first).to_be_visible()


LAST_DAY, DAY_AFTER = date(2026, 12, 1), "2026-12-02"
ENTRY = {
    **LISTED,
    "listings/l-0001.yml": LISTED["listings/l-0001.yml"] + "area: b3\nformerly: [l-0007]\n",
    "appeals/a-0001.yml": (
        "title: 床垫不是我家的\nsource: press\nagainst: listing/l-0001\nfiled: 2026-06-03\nfiled_by: 楼长\n"
        "grounds: 照片里的旧床垫是邻居的。\ndue: 2026-07-01\n")}
"""An entry and the appeal against it, on as many pages as name them."""
NAME_ENTRY = {"listings/l-0001.html", "listings/index.html", "listings/index.oldest.html", "boards/houses.html",
              "areas/b3.html", "areas/estate.html", "appeals/a-0001.html", "appeals/index.html", "schemes/houses.html",
              "documents/press.html"}
FAILED = {
    **RATED,
    "assessments/b3-2026.yml": (
        "title: 上门评定\nsource: press\nscheme: stars\nsubject: area/b3\ndate: 2026-04-01\nassessor: 评定小组\n"
        "scores:\n  - {criterion: fire, points: 17, found: 过道停电瓶车}\n  - {criterion: tidy, points: 20}\n"
        "basis: 办法\nevidence: [照片]\nnotified: 2026-04-02\nreply_channel: 社区大厅\ndecided_by: 街道\n"
        "expires: 2026-12-01\narea: b3\n")}
"""A failing rating with a term of its own."""
NAME_FAILED = {"assessments/b3-2026.html", "assessments/index.html", "areas/b3.html", "areas/estate.html",
               "stars/stars.html", "schemes/stars.html"}


@pytest.mark.parametrize(("files", "said", "pages"), [
    (ENTRY, ("通道堆物列入黑榜", "床垫", "办法第二条"), NAME_ENTRY),
    (FAILED, ("上门评定", "过道停电瓶车", "37 分"), NAME_FAILED)], ids=["entry", "rating"])
def test_page_built_earlier_says_nothing_past_its_day(
        browser: Browser, tmp_path: Path, files: dict[str, str], said: tuple[str, ...], pages: set[str]) -> None:
    """Built on the last day and read on the next, no page says what was listed or failed, or who objected."""
    release = build_site(write_site(tmp_path / "town", {**BASE, **files}), tmp_path / "out", LAST_DAY)
    naming = [found for found in release.rglob("*.html") if any(s in words(found) for s in said)]
    assert pages <= {found.relative_to(release).as_posix() for found in naming}
    with serving(release) as address, browser.new_context(viewport={"width": 360, "height": 740}) as context:
        page = context.new_page()
        for day, there in ((LAST_DAY.isoformat(), True), (DAY_AFTER, False)):
            page.clock.set_fixed_time(f"{day}T12:00:00")
            for path in (found.relative_to(release).as_posix() for found in naming):
                page.goto(address + path)
                unfold(page)
                told = page.title() + page.locator("body").inner_text()
                assert (path, any(s in told for s in said)) == (path, there)


def words(path: Path) -> str:
    """Return the text of a page, without its tags."""
    return re.sub(r"<[^>]*>", "", path.read_text(encoding="utf-8"))


def unfold(page: Page) -> None:
    """Open everything that is folded away."""
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")


def test_entry_leaves_the_list_in_the_browser_on_its_day(browser: Browser, address: str) -> None:
    """A reader whose calendar has passed an entry's last day no longer sees it, whenever the site was built."""
    with urlopen(f"{address}boards/house-list.example.json") as answer:
        entry = next(e for e in json.load(answer)["entries"] if e["colour"] == "黑榜")
    for day, there in ((entry["expires"], True), ("2099-01-01", False)):
        with browser.new_context(viewport={"width": 360, "height": 740}) as context:
            page = context.new_page()
            page.clock.set_fixed_time(f"{day}T12:00:00")
            page.goto(f"{address}boards/house-list.example.html")
            assert (page.locator("[data-expires]", has_text=entry["title"]).count() > 0) is there
            page.goto(f"{address}listings/{entry['listing'].partition('/')[2]}.html")
            assert (entry["title"] in page.locator("article").first.inner_text()) is there


def test_proof_of_a_past_period_is_that_period_s(phone: Page, address: str) -> None:
    """From the board of an earlier quarter one tap leads to that quarter's records, opened, not to the newest."""
    board = "boards/case-board.2026-Q1.example"
    phone.goto(f"{address}{board}.html")
    phone.locator(".gs-board tbody tr").first.get_by_role("link", name="项依据").tap()
    opened = phone.locator("details[open]", has=phone.locator(f"[id='{board.partition('/')[2]}']"))
    expect(opened.locator("a[href*='cases/']").first).to_be_visible()
    expect(opened).to_contain_text("2026年第1季度")
