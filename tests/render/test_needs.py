"""The page of the three lists: what waits first, what it is matched with, what is kept apart."""

import re
from pathlib import Path

import pytest

from tests.sites import BASE, CONFIG, build_site, write_site

NEED = "title: {}\nsource: press\narea: b3\nform: 需求\n"
FILES = {
    "needs/old.yml": NEED.format("老愿望") + "asked: 2026-03-02\n",
    "needs/new.yml": NEED.format("新愿望") + "asked: 2026-06-20\ndue: 2026-06-25\n",
    "needs/undated.yml": NEED.format("不知哪天") + "asked: {words: 巡楼时说起}\n",
    "needs/going.yml": NEED.format("有人接了") + "asked: 2026-06-01\ntaken: {date: 2026-06-03, who: 修补队}\n",
    "needs/met.yml": NEED.format("对上了的") + "asked: 2026-05-01\nresolved: 2026-05-11\nmatches: [service/hair]\n",
    "needs/quick.yml": NEED.format("很快的") + "asked: 2026-05-01\nresolved: 2026-05-03\n",
    "needs/unsaid.yml": NEED.format("没说几天") + "resolved: {words: 办好了}\n",
    "needs/reported.yml": NEED.format("报来的总数") + "count: {words: 27个心愿, number: 27}\nresolved: {words: 完成}\n",
    "services/hair.yml": "title: 理发\nsource: press\nsince: 2026-01-01\n",
    "services/lamp.yml": "title: 换灯\nsource: press\nsince: 2026-01-01\n",
    "resources/chair.yml": "title: 轮椅\nsource: press\nuntil: 2026-05-31\n",
    "documents/illustration.yml": "title: 说明\nsource: {text: 编者}\ntype: 说明\nillustrative: true\n",
    "needs/example.yml": NEED.format("假想的愿望").replace("press", "illustration") + "illustrative: true\n",
}


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the three lists of a small site."""
    root = tmp_path_factory.mktemp("needs")
    config = CONFIG + "sections: [{kind: case}, {page: lists}]\n"
    build_site(write_site(root, {**BASE, **FILES}, config), root / "site")
    return root / "site/current/lists"


def group(html: str, id: str) -> str:
    """Return what stands below one heading, up to the next."""
    return re.split("<h[23]", html.partition(f'<h3 id="{id}">')[2])[0]


def titles(html: str, id: str) -> list[str]:
    """Return what is listed below a heading, in its order."""
    return re.findall(r'<li>\s*<a href="[^"]*"[^>]*>([^<]*)<', group(html, id))


def test_unmatched_come_first_the_oldest_on_top(lists: Path) -> None:
    """What waits unmatched heads its list with its days; what waits nobody knows how long says so, and comes last."""
    html = (lists / "index.html").read_text(encoding="utf-8")
    assert titles(html, "waiting") == ["老愿望", "新愿望", "不知哪天"]
    waiting = group(html, "waiting")
    assert "已等 120 天" in waiting and "等了几天，不知道" in waiting and "逾期 5 天" in waiting
    assert titles(html, "going") == ["有人接了"]
    assert html.index('id="waiting"') < html.index('id="going"') < html.index('id="done"')


def test_counts_at_the_top_lead_to_their_lists(lists: Path) -> None:
    """Each count equals the lines below the heading that it links."""
    html = (lists / "index.html").read_text(encoding="utf-8")
    counts = re.findall(r'<a href="#([\w-]+)">[^<]* (\d+) 条</a>', html)
    assert {id: int(n) for id, n in counts} == {id: len(titles(html, id)) for id, _ in counts}
    assert {id for id, _ in counts} == {"waiting", "going", "done", "service-unasked", "service-asked", "resource-gone"}


def test_days_from_asked_to_done_count_known_days_only(lists: Path) -> None:
    """Shortest, longest and middle are of those needs whose two days are known, and it says of how many."""
    html = (lists / "index.html").read_text(encoding="utf-8")
    assert "办好的 3 条里，2 条知道" in html and "最快 2 天，最慢 10 天，一半在 2 天以内" in html


def test_match_stands_on_both_sides(lists: Path) -> None:
    """A need names what met it, a service how many needs it met, and what met none stands apart and first."""
    html = (lists / "index.html").read_text(encoding="utf-8")
    assert 'href="../services/hair.html"' in group(html, "done")
    assert titles(html, "service-unasked") == ["换灯"] and titles(html, "service-asked") == ["理发"]
    assert "对上 1 条需求" in group(html, "service-asked")
    assert "已到期" in group(html, "resource-gone")


def test_reported_totals_are_not_counted(lists: Path) -> None:
    """A total that a source reports stands apart, in its own words, and is in no count."""
    html = (lists / "index.html").read_text(encoding="utf-8")
    assert titles(html, "bundles") == ["报来的总数"] and "27个心愿" in group(html, "bundles")
    assert "报来的总数" not in group(html, "done")


def test_examples_have_a_page_of_their_own(lists: Path) -> None:
    """Real and illustrative needs never share a list, and each page leads to the other."""
    real, made_up = ((lists / name).read_text(encoding="utf-8") for name in ("index.html", "index.example.html"))
    assert "假想的愿望" not in real and titles(made_up, "waiting") == ["假想的愿望（示例）"]
    assert "老愿望" not in made_up and "不是真实的人" in made_up
    assert 'href="index.example.html"' in real and 'href="index.html"' in made_up


def test_need_shows_its_steps(lists: Path) -> None:
    """The need's own page has the steps in order, those reached with their day, and how long it waits."""
    html = (lists.parent / "needs/going.html").read_text(encoding="utf-8")
    strip = html.partition('gs-strip">')[2].partition("</ol>")[0]
    assert re.findall(r"<b>\d (\w+)</b>", strip) == ["点单", "派单", "接单", "办结", "居民确认"]
    assert strip.count("gs-reached") == 2 and "修补队" in strip and "2026-06-03" in strip
    assert "已等 <b>29 天</b></p>" in html
    assert "还没有对上资源或服务" in (lists.parent / "needs/old.html").read_text(encoding="utf-8")


def test_lists_can_stand_in_the_navigation(lists: Path) -> None:
    """`{page: lists}` is an entry of the main navigation, marked on its own page and reachable from the others."""
    here = (lists / "index.html").read_text(encoding="utf-8")
    assert re.search(r'<a href="index.html" aria-current="true">三项清单</a>', here)
    assert 'href="../lists/index.html">三项清单</a>' in (lists.parent / "cases/leak.html").read_text(encoding="utf-8")


def test_what_was_withdrawn_meets_no_need(tmp_path: Path) -> None:
    """A need matched with a service that was withdrawn waits again; what is offered from a later day says so."""
    files = {**BASE, "needs/met.yml": NEED.format("又等了") + "asked: 2026-05-01\nmatches: [service/hair]\n",
             "services/hair.yml": FILES["services/hair.yml"] + "withdrawn: {date: 2026-06-01, reason: 人走了}\n",
             "resources/room.yml": "title: 活动室\nsource: press\noffered: 2026-07-01\nuntil: 2026-12-31\n"}
    build_site(write_site(tmp_path, files), tmp_path / "site")
    html = (tmp_path / "site/current/lists/index.html").read_text(encoding="utf-8")
    assert titles(html, "waiting") == ["又等了"] and titles(html, "going") == []
    assert "还没有开始" in group(html, "resource-unasked")
