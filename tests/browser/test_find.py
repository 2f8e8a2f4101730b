"""Finding a place by typing, on a page that a browser opens from disk."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.sites import BASE, CONFIG, build_site, write_site

pytestmark = pytest.mark.browser

TOWN = {
    **BASE,
    "documents/illustration.yml": "title: 说明\nsource: {text: 编者}\ntype: 说明\nillustrative: true\n",
    "areas/estate.yml": "title: 晨光小区\nsource: press\nlevel: 小区\n",
    "areas/cg12.yml": "title: 晨光小区12栋\nsource: press\nlevel: 楼栋\narea: estate\n",
    "areas/cg12-2.yml": "title: 2单元\nsource: press\nlevel: 单元\narea: cg12\n",
    "areas/cg112.yml": "title: 112栋\nsource: press\nlevel: 楼栋\narea: estate\n",
    "areas/east.yml": "title: 长河东区\nsource: press\nlevel: 小区\n",
    "areas/east12.yml": "title: 12栋\nsource: press\nlevel: 楼栋\narea: east\naddress: 后街7号\n",
    "areas/hehua1.yml": "title: 荷花家园一号楼\nsource: press\nlevel: 楼栋\narea: east\n",
    "areas/made-up.yml": "title: 假想里12栋（示例）\nsource: illustration\nlevel: 楼栋\nillustrative: true\n",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("find")
    build_site(write_site(root, TOWN), root / "site")
    return root / "site/current"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A phone's page in which no script may fail."""
    failures: list[str] = []
    with browser.new_context(viewport={"width": 360, "height": 800}, locale="zh-CN") as context:
        page = context.new_page()
        page.on("pageerror", lambda error: failures.append(str(error)))
        yield page
        assert failures == []


TWELVE = ["east12", "cg12", "made-up"]
LIGHT = ["estate", "cg12"]


@pytest.mark.parametrize(("typed", "found"), [
    ("12栋", TWELVE), ("12", TWELVE), ("十二栋", TWELVE), ("１２栋", TWELVE), ("十二", TWELVE), ("12幢", TWELVE),
    ("12dong", TWELVE), ("晨光", LIGHT), ("chenguang", LIGHT), ("cg", LIGHT), ("CHENG", LIGHT), ("cg12", ["cg12"]),
    ("晨光 12", ["cg12"]), ("chenguang12栋", ["cg12"]), ("晨光小区，112", ["cg112"]), ("晨光12栋2单元", ["cg12-2"]),
    ("2单元", ["cg12-2"]), ("晨光12-2", ["cg12-2"]), ("12 2", ["cg12-2"]), ("1-12", []), ("1 12", []),
    ("chq12", []), ("chdq12", ["east12"]), ("zhdq12", ["east12"]), ("荷花家园1号楼", ["hehua1"]),
    ("hhjy1", ["hehua1"]), ("后街7号", ["east12"]), ("没有的地方", []), ("", []), ("……", [])])
def test_search(page: Page, site: Path, typed: str, found: list[str]) -> None:
    """Number, name, pinyin, initials, full-width digits and Chinese numerals lead to the same doors, real ones first.

    A number is a whole number: 12 is not 112.
    """
    page.goto((site / "find/index.html").as_uri())
    hits = page.evaluate("typed => window.gongshiFind.search(typed)", typed)
    assert sorted(hits) == sorted(found)
    assert [h for h in hits if h == "made-up"] == [h for h in hits[-1:] if h == "made-up"]


def test_results_are_links_for_the_keyboard(page: Page, site: Path) -> None:
    """What fits is told in words and listed as links with their estate; the arrow keys walk them."""
    page.goto((site / "index.html").as_uri())
    page.fill("#gs-find", "12栋")
    page.press("#gs-find", "Enter")
    expect(page.get_by_role("status")).to_have_text("找到 3 处。")
    assert page.url.endswith("/find/index.html?q=12%E6%A0%8B")
    expect(page.locator(".gs-hits a").first).to_contain_text("长河东区")
    expect(page.locator(".gs-hits a").last).to_contain_text("示例")
    page.focus("#gs-find")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/areas/cg12.html")


def test_only_hit_is_opened_at_once(page: Page, site: Path) -> None:
    """Whoever types what fits one place only and presses Enter is there."""
    page.goto((site / "find/index.html").as_uri())
    page.fill("#gs-find", "cg12")
    page.press("#gs-find", "Enter")
    page.wait_for_url("**/areas/cg12.html")


def test_large_touch_and_no_sideways_scrolling(page: Page, site: Path) -> None:
    """Box, button, results and letters are at least 60 px high on a phone, at 320 px too."""
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto((site / "find/index.html").as_uri() + "?q=12")
    for one in page.locator(".gs-search input, .gs-search button, .gs-hits a, .gs-letters a").all():
        box = one.bounding_box()
        assert box and box["height"] >= 60
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_slices_are_taken_when_a_name_is_typed(page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where doors come in slices a bare number asks for a name, and a name brings its doors."""
    monkeypatch.setattr("generator.render.find.SLICE", 4)
    build_site(write_site(tmp_path, TOWN, CONFIG), tmp_path / "site")
    page.goto((tmp_path / "site/current/find/index.html").as_uri())
    page.fill("#gs-find", "112栋")
    expect(page.get_by_role("status")).to_contain_text("请连小区名一起打")
    page.fill("#gs-find", "cg112")
    expect(page.locator(".gs-hits a")).to_have_count(1)
    expect(page.locator(".gs-hits a")).to_contain_text("112栋")


def test_what_is_no_place_leads_to_the_search_of_the_whole_site(page: Page, site: Path) -> None:
    """The same words are taken along; the home page has one box, that of places."""
    page.goto((site / "index.html").as_uri())
    assert page.locator(".gs-seek").count() == 0
    page.fill("#gs-find", "下水道&堵")
    page.press("#gs-find", "Enter")
    expect(page.locator(".gs-hits a")).to_have_text("在全站搜索“下水道&堵”")
    assert (page.locator(".gs-hits a").evaluate("a => new URL(a.href).pathname") or "").endswith("/search/index.html")
    page.locator(".gs-hits a").click()
    page.wait_for_url("**/search/index.html?q=*")
    assert page.evaluate("new URLSearchParams(location.search).get('q')") == "下水道&堵"


@pytest.mark.parametrize("width", [320, 360])
def test_name_and_tools_share_a_line_on_a_phone(page: Page, site: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 640})
    page.goto((site / "cases/index.html").as_uri())
    bottoms = page.evaluate("[...document.querySelectorAll('.gs-brand, .gs-tool')].map(e => e.getBoundingClientRect())"
                            ".filter(box => box.width).map(box => Math.round(box.bottom))")
    assert len(bottoms) >= 4 and max(bottoms) - min(bottoms) < 3
