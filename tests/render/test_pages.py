"""Pages of a small site: what is listed where, and what is kept apart."""

import re
from pathlib import Path

import pytest

from generator.problem import ContentError
from generator.render.links import Links, internal_links
from generator.render.view import numbered, pager
from tests.sites import BASE, CONFIG, RATED, build_site, write_site


def page(out: Path, path: str) -> str:
    return (out / "current" / path).read_text(encoding="utf-8")


def lamps(count: int) -> dict[str, str]:
    return {f"cases/lamp-{i:03}.yml": f"title: 路灯{i:03}\nsource: press\narea: b3\ncategory: 照明\n"
            f"reported: 2026-{1 + i % 6:02}-{1 + i % 28:02}\n" for i in range(count)}


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("pages")
    made_up = {"documents/illustration.yml": "title: 说明\nsource: {text: 编者}\ntype: 说明\nillustrative: true\n",
               "cases/example.yml": "title: 假想的事\nsource: illustration\narea: b3\ncategory: 照明\n"
                                  "illustrative: true\n",
               "cases/gone.yml": "title: 撤回的事\nsource: press\ncategory: 照明\n"
                                 "withdrawn: {date: 2026-03-01, reason: 重复登记}\n",
               "cases/renamed.yml": "title: 改过名的事\nsource: press\ncategory: 照明\nformerly: [old-name]\n"}
    build_site(write_site(root, {**BASE, **RATED, **lamps(120), **made_up}), root / "site")
    return root / "site"


def test_lists_are_paginated_and_sorted_both_ways(out: Path) -> None:
    """Fifty records a page, newest first or oldest first, every record exactly once in each order."""
    for order in ("", ".oldest"):
        titles, dates = [], []
        for number in (1, 2, 3):
            html = page(out, numbered(f"cases/index{order}", number))
            titles += re.findall(r'gs-name"><a href="[^"]*">([^<]*)<', html)
            dates += re.findall(r'gs-date">([\d-]+)<', html)
        assert len(titles) == len(set(titles)) == 123
        assert dates == sorted(dates, reverse=not order)


def test_real_and_illustrative_records_never_share_a_list(out: Path) -> None:
    """Illustrative records have a list of their own, with the banner, and are not counted with the real ones."""
    assert "假想的事" not in page(out, "cases/index.html") + page(out, "cases/index.3.html")
    examples = page(out, "cases/index.example.html")
    assert "假想的事" in examples
    assert "不是真实的人" in examples
    assert "共 123 条" in page(out, "cases/index.html")


def test_place_shows_what_happened_in_the_places_below_it(out: Path) -> None:
    """The estate's page lists its building's cases, newest first, over as many pages as they need."""
    assert "楼道漏水" in "".join(page(out, numbered("areas/estate", n)) for n in (1, 2, 3))
    assert "真实与示例" not in page(out, "areas/estate.html")


def test_illustrative_records_stand_apart_on_a_real_place(out: Path) -> None:
    """Where a real place holds an illustrative record, the two stand in tables of their own."""
    html = page(out, "areas/b3.html")
    tables = re.findall(r"<table.*?</table>", html, re.S)
    assert not any("假想的事" in t and "路灯" in t for t in tables)


def test_former_address_leads_to_the_record(out: Path) -> None:
    """An address that a record once had still answers, and names the new one."""
    html = page(out, "cases/old-name.html")
    assert 'href="renamed.html"' in html


def test_withdrawn_record_leaves_a_tombstone(out: Path) -> None:
    """The page stays, says when and why, and shows nothing else of the record."""
    html = page(out, "cases/gone.html")
    assert "2026-03-01" in html
    assert "重复登记" in html
    assert "照明" not in html.partition("<article")[2]


def test_volunteer_page_opens_the_points(out: Path) -> None:
    """The points of a volunteer link the activity that proves them."""
    html = page(out, "volunteers/zhang.html")
    assert "2.5 分" in html
    assert 'href="../activities/clean.html"' in html


def test_links_are_read_relative_to_their_page() -> None:
    """Relative, root-less and fragment links within the site are noted, others are not."""
    html = '<a href="../areas/a.html#x"></a><a href="https://x/"></a><a href="#top"></a><img src="b.png">'
    assert internal_links(html, "cases/c.html") == {("areas/a.html", "cases/c.html"), ("cases/b.png", "cases/c.html")}


def test_broken_link_in_a_record_or_a_prose_page_stops_the_build(tmp_path: Path) -> None:
    """A link within the site that leads nowhere is a Problem that names the page's source, in `check` too."""
    files = {**BASE, "cases/leak.yml": BASE["cases/leak.yml"] + "note: 见[这里](/cases/nowhere.html)\n",
             "pages/about.md": "# 关于\n\n[去处](missing.md)\n"}
    with pytest.raises(ContentError) as caught:
        build_site(write_site(tmp_path / "town", files, CONFIG), tmp_path / "out")
    assert [(p.code, p.place.path, p.place.line) for p in caught.value.problems] == [
        ("broken-link", "content/cases/leak.yml", 10), ("broken-link", "content/pages/about.md", 3)]
    assert not (tmp_path / "out" / "current").exists()


def test_first_link_to_an_address_is_kept() -> None:
    """However many pages name an address, one of them is enough to report."""
    links = Links()
    links.update([("a.html", "b.html"), ("a.html", "c.html")])
    assert len(list(links._page_of)) == 1


def test_pager_knows_its_ends() -> None:
    """The first page has no previous one, the last no next one; a single page needs no pager."""
    assert pager("cases/index", 1, 1) is None
    assert pager("cases/index", 1, 2) == {"number": 1, "pages": 2, "previous": None, "next": "index.2.html"}
    assert pager("cases/index", 2, 2) == {"number": 2, "pages": 2, "previous": "index.html", "next": None}
