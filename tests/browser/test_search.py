"""Searching the shipped site as a resident would, and what stands there when searching is not possible."""

import re
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from generator import batch
from generator.execute import Sizes, lasting_batches
from generator.render import searching
from generator.search import indexes
from tests.browser.conftest import serving
from tests.sites import BASE, LISTED, build_site, write_site

pytestmark = pytest.mark.browser

KNOWN = {
    "水电改造": "cases/qingyun-shuidian", "DN450": "cases/jiefangjie-dn450", "dn100": "cases/xiangshixilu-dn100",
    "暗漏": "cases/xiangshixilu-dn100", "化粪池": "cases/qingyun-weishu", "危树": "cases/qingyun-weishu",
    "晨光小区": "areas/chenguang", "cgxq": "areas/chenguang", "chenguang": "areas/chenguang",
    "35栋": "areas/chenguang-35", "三十五栋": "areas/chenguang-35", "１５栋 经费": "funds/wugongsi-15",
    "p-0001": "people/p-0001", "谭小珍": "people/p-0001", "txz": "people/p-0001",
    "业委会": "organisations/caizheng-yeweihui", "庭院长": "documents/wugang-tingyuanzhang",
    "送药上门": "services/leyi-songyao", "心理疏解": "services/yujian-jieyouri",
    "老旧小区 改造": "projects/wugang-gaizao",
    "便民长凳": "projects/wugongsi-15-changdeng", "马路市场": "projects/malu-shichang",
    "荷花家园": "projects/hehua-jiayuan-1", "装配式 产值": "indicators/zhuangpeishi-chanzhi",
    "居民公约": "documents/wugang-gongyue", "隐私": "privacy", "下水道": "cases/demo-case-01",
    "xiashuidao": "cases/demo-case-01", "银杏苑3栋": "areas/demo-yinxing-b3", "yxy3d": "areas/demo-yinxing-b3",
    "3号楼": "areas/demo-yinxing-b3", "飞线 充电": "cases/demo-case-13", "加装电梯": "projects/demo-project-lift",
}
"""What a resident types, and the page that answers it."""


LEFT = "net::ERR_ABORTED"
"""How a request ends whose page was left, as the icon's may when a test goes on before it came."""


def ask(page: Page, address: str, query: str) -> None:
    """Open the search page for a query and wait for its answer."""
    page.goto(f"{address}search/index.html?{query}")
    expect(page.locator(".gs-searched__said")).to_have_text(re.compile("找到"), timeout=20_000)


def hits(page: Page, part: int = 0) -> list[str]:
    """Return the addresses of the results of a part, as seen from the site's root."""
    links = page.locator(".gs-searched section").nth(part).locator(".gs-hit__title a")
    return [str(link.get_attribute("href")).removeprefix("../").removesuffix(".html") for link in links.all()]


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A phone's page on which nothing may fail and no other host is asked."""
    failures: list[str] = []
    with browser.new_context(viewport={"width": 360, "height": 800}, locale="zh-CN") as context:
        page = context.new_page()
        page.on("pageerror", lambda error: failures.append(str(error)))
        page.on("requestfailed", lambda asked: failures.append(asked.url) if asked.failure != LEFT else None)
        page.on("request", lambda asked: failures.append(asked.url) if "127.0.0.1" not in asked.url else None)
        yield page
        assert failures == []


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Page]:
    """A page on which files may be lost."""
    with browser.new_context(locale="zh-CN") as context:
        yield context.new_page()


def test_known_answers(page: Page, address: str) -> None:
    """33 queries with known answers have them among the first five: numbers, names, initials, phrases of two words."""
    missed = []
    for typed, answer in KNOWN.items():
        ask(page, address, "q=" + quote(typed))
        parts = page.locator(".gs-searched section").count()
        if not any(answer in hits(page, part)[:5] for part in range(parts)):
            missed.append(typed)
    assert missed == []


def test_a_number_is_whole(page: Page, address: str) -> None:
    """3栋 is not 13栋 or 35栋; the houses themselves come first."""
    ask(page, address, "q=" + quote("3栋"))
    assert all(hit.startswith("areas/demo-") and hit.endswith("b3") for hit in hits(page)[:3])
    assert "areas/chenguang-35" not in hits(page)


def test_real_and_made_up_stand_apart(page: Page, address: str) -> None:
    """Illustrative results have a list, a count and a mark of their own, after the real ones."""
    ask(page, address, "q=" + quote("化粪池"))
    headings = page.locator(".gs-searched h2").all_inner_texts()
    assert [text.partition("（")[0] for text in headings] == ["真实记录", "示例"]
    assert not [hit for hit in hits(page, 0) if "demo" in hit]
    assert not [hit for hit in hits(page, 1) if "demo" not in hit]


def test_facets_and_order(page: Page, address: str) -> None:
    """Results are narrowed by the boxes, alone and together with words, and sorted by date both ways."""
    ask(page, address, "kind=case&status=" + quote("办理中") + "&sort=desc")
    newest = page.locator(".gs-hit time").all_inner_texts()
    assert newest == sorted(newest, reverse=True) and len(newest) > 5
    assert set(page.locator(".gs-hit .gs-status").all_inner_texts()) == {"办理中"}
    page.get_by_label("排序").select_option("asc")
    expect(page.locator(".gs-hit time").first).not_to_have_text(newest[0])
    oldest = page.locator(".gs-hit time").all_inner_texts()
    assert oldest == sorted(oldest)
    assert "sort=asc" in page.url


def test_by_keyboard_alone(page: Page, address: str) -> None:
    """Typing, Enter, Tab and Enter lead to the answer; the way back leads to the results."""
    page.goto(address + "search/index.html")
    page.get_by_label("要找的事").focus()
    page.keyboard.type("DN450")
    page.keyboard.press("Enter")
    expect(page.locator(".gs-searched__said")).to_have_text("找到 1 条。")
    for _ in range(9):
        page.keyboard.press("Tab")
        if page.evaluate("!!document.activeElement.closest('.gs-hit')"):
            break
    page.keyboard.press("Enter")
    expect(page).to_have_url(address + "cases/jiefangjie-dn450.html")
    page.go_back()
    expect(page.locator(".gs-searched__said")).to_have_text("找到 1 条。")


@pytest.mark.parametrize("typed", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '"', "(", "[", "%"])
def test_what_is_typed_stays_text(page: Page, address: str, typed: str) -> None:
    """Nothing that is typed becomes part of the page or of a pattern."""
    page.goto(f"{address}search/index.html?q={quote(typed)}")
    expect(page.locator(".gs-searched__said")).not_to_have_text("正在找……", timeout=20_000)
    assert page.get_by_label("要找的事").input_value() == typed
    assert page.locator(".gs-searched script, .gs-searched img").count() == 0


def test_nothing_found_helps(page: Page, address: str) -> None:
    """Where nothing is found the page says so aloud, and what to try; a word that is nowhere finds nothing."""
    page.goto(f"{address}search/index.html?q={quote('飞碟 漏水')}")
    expect(page.locator("[role=status].gs-searched__said")).to_have_text("没有找到。")
    expect(page.locator(".gs-searched")).to_contain_text("少写几个字")


def test_every_page_has_the_box(browser: Browser, address: str) -> None:
    """From a record's page, without a script, the box leads to the search page, whose lists stand."""
    with browser.new_context(viewport={"width": 1280, "height": 800}, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(address + "cases/demo-case-01.html")
        page.get_by_label("搜索全站").fill("电梯")
        page.keyboard.press("Enter")
        expect(page).to_have_url(address + "search/index.html?q=" + quote("电梯"))
        expect(page.get_by_text("没有打开脚本")).to_be_visible()
        page.get_by_role("link", name="办件 8 条").click()
        expect(page).to_have_url(address + "cases/index.html")


def test_from_a_disk(browser: Browser, tmp_path: Path) -> None:
    """A page that was opened from a disk says why it can't search."""
    build_site(write_site(tmp_path, BASE), tmp_path / "site")
    with browser.new_context() as context:
        page = context.new_page()
        page.goto((tmp_path / "site/current/search/index.html").resolve().as_uri())
        expect(page.locator(".gs-searched__said")).to_contain_text("从磁盘打开")


def test_many_indexes_are_one(page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Indexes by kind and year answer as one: words, order by date over all of them, and what has ended by today."""
    monkeypatch.setattr(indexes, "MANY", 1)
    more = {f"cases/c{year}.yml": BASE["cases/leak.yml"].replace("2026-", f"{year}-") for year in (2023, 2024, 2025)}
    build_site(write_site(tmp_path, {**BASE, **LISTED, **more}), tmp_path / "site")
    with serving(tmp_path / "site/current") as address:
        ask(page, address, "q=" + quote("楼道") + "&kind=case&sort=asc")
        assert hits(page) == ["cases/c2023", "cases/c2024", "cases/c2025", "cases/leak"]
        ask(page, address, "q=" + quote("漏水") + "&year=2024")
        assert hits(page) == ["cases/c2024"]
        page.clock.set_fixed_time("2026-11-30T12:00:00+08:00")
        ask(page, address, "q=" + quote("堆物"))
        assert hits(page) == ["listings/l-0001"]
        page.clock.set_fixed_time("2026-12-02T12:00:00+08:00")
        page.goto(f"{address}search/index.html?q={quote('堆物')}")
        expect(page.locator(".gs-searched__said")).to_have_text("没有找到。")


def answered(page: Page, address: str, query: str) -> tuple[str, list[str]]:
    """Return what the page tells of a query, and the first results."""
    ask(page, address, query)
    return page.locator(".gs-searched__said").inner_text(), hits(page)


def test_parts_answer_as_one(page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is found, how much, its order by date and what boxes leave of it: the same over one index or many parts.

    Where there are more parts than a phone bears, the newest answer, or the oldest; it says so, and the others do when
    they are asked, or where these have too little.
    """
    leak = BASE["cases/leak.yml"]
    asked = "q=" + quote("第35处"), "kind=case&sort=desc", "kind=case&year=2023&sort=asc", "sort=asc&q=" + quote("漏水")
    days = [f"202{3 + n % 3}-{1 + n // 3:02}-0" for n in range(36)]
    some = {f"cases/c{n}.yml": leak.replace("楼道", f"第{n}处").replace("2026-05-0", day) for n, day in enumerate(days)}
    config = write_site(tmp_path, {**BASE, **some})
    build_site(config, tmp_path / "one")
    with serving(tmp_path / "one/current") as address:
        whole = {query: answered(page, address, query) for query in asked}
    monkeypatch.setattr(batch, "lasting_batches", partial(lasting_batches, sizes=Sizes(1, 1, 1)))
    monkeypatch.setattr(indexes, "MANY", 6)
    monkeypatch.setattr(indexes, "PART", Sizes(6, 1, 6))
    build_site(config, tmp_path / "parts")
    assert len(list((tmp_path / "parts/current/search").glob("cases*/"))) == 6
    with serving(tmp_path / "parts/current") as address:
        assert {query: answered(page, address, query) for query in asked} == whole
    monkeypatch.setattr(searching, "STEP", 3)
    shutil.rmtree(config.parent / ".cache/painted")
    build_site(config, tmp_path / "steps")
    with serving(tmp_path / "steps/current") as address:
        assert {query: answered(page, address, query) for query in (asked[0], asked[2])} == {
            query: whole[query] for query in (asked[0], asked[2])}
        assert answered(page, address, asked[1]) == (
            "找到 13 条。2024-12-06 之后的都找过了，更早的还没有。", whole[asked[1]][1])
        page.get_by_role("button", name="接着找").click()
        expect(page.locator(".gs-searched__said")).to_have_text("找到 31 条。2023-09-06 之后的都找过了，更早的还没有。")
        page.get_by_role("button", name="接着找").click()
        expect(page.locator(".gs-searched__said")).to_have_text("找到 37 条。")
        expect(page.get_by_role("button", name="接着找")).to_be_hidden()
        told, found = answered(page, address, asked[3])
        assert (told, found[:2]) == ("找到 19 条。2024-02-06 之前的都找过了，更近的还没有。", ["cases/c0", "cases/c3"])


@pytest.mark.parametrize("typed", ["10栋", "二十栋", "百栋", "DN999", "2026 10栋"])
def test_a_number_that_is_nowhere_finds_nothing(visitor: Page, address: str, typed: str) -> None:
    """No part of a number answers for the whole, nor does a page's day, whatever was asked for before."""
    for before in ("10", "dn"):
        visitor.goto(f"{address}search/index.html?q={quote(before)}")
        expect(visitor.locator(".gs-searched__said")).to_have_text(re.compile("找到"), timeout=20_000)
        visitor.get_by_label("要找的事").fill(typed)
        visitor.keyboard.press("Enter")
        expect(visitor.locator(".gs-searched__said")).to_have_text("没有找到。")


@pytest.mark.parametrize(("typed", "same"), [
    ("chén guāng", "chen guang"), ("lǜsè", "lvse"), ("晨 光　小 区", "晨光小区"), ("３ 栋", "3栋")])
def test_odd_ways_of_typing(visitor: Page, address: str, typed: str, same: str) -> None:
    """Tones, and spaces between characters as some keyboards put them, change nothing."""
    ask(visitor, address, "q=" + quote(same))
    found = hits(visitor)
    ask(visitor, address, "q=" + quote(typed))
    assert found and hits(visitor) == found


@pytest.mark.parametrize("lost", ["pagefind-entry.json", "*.pf_meta", "index/*", "fragment/*", "wasm.*"])
@pytest.mark.parametrize("how", [{"status": 503}, {"content_type": "text/html", "body": "<p>请登录</p>"}])
def test_a_lost_file_is_no_empty_answer(visitor: Page, address: str, lost: str, how: dict[str, Any]) -> None:
    """Where a file of the index doesn't come the page says so, and the next try asks for it anew."""
    visitor.route(f"**/search/rest/{lost}*", lambda route: route.fulfill(**how))
    visitor.goto(f"{address}search/index.html?q={quote('水电改造')}")
    expect(visitor.locator(".gs-searched__said")).to_contain_text("没有成功", timeout=20_000)
    visitor.unroute_all()
    visitor.get_by_label("要找的事").press("Enter")
    expect(visitor.locator(".gs-searched__said")).to_have_text(re.compile("找到"), timeout=20_000)
    assert hits(visitor) == ["cases/qingyun-shuidian"]


def test_more_that_does_not_come(visitor: Page, address: str) -> None:
    """Results that could not be loaded are no end of the list: the page says that it failed."""
    ask(visitor, address, "q=3&sort=desc")
    visitor.route("**/fragment/*", lambda route: route.abort())
    visitor.locator(".gs-searched .gs-more").last.click()
    expect(visitor.locator(".gs-searched__said")).to_contain_text("没有成功")


def test_search_that_is_open_while_the_site_is_replaced(visitor: Page, tmp_path: Path) -> None:
    """A page of the old index that is gone is no failure: the new index is taken by itself, and then asked."""
    leak = BASE["cases/leak.yml"]
    config = write_site(tmp_path, {**BASE, "cases/late.yml": leak.replace("楼道漏水", "水表失灵")})
    build_site(config, tmp_path / "site")
    with serving(tmp_path / "site/current") as home:
        ask(visitor, home, "q=" + quote("志愿队"))
        write_site(tmp_path, {"cases/late.yml": leak.replace("楼道漏水", "电梯困人")})
        build_site(config, tmp_path / "site")
        for typed, told in (("失灵", "没有找到。"), ("困人", "找到 1 条。")):
            visitor.get_by_label("要找的事").fill(typed)
            visitor.get_by_label("要找的事").press("Enter")
            expect(visitor.locator(".gs-searched__said")).to_have_text(told, timeout=20_000)
        assert hits(visitor) == ["cases/late"]
