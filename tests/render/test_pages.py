"""Pages of a small site: what is listed where, and what is kept apart."""

import re
from pathlib import Path

import pytest

from generator.data import Register, Row
from generator.problem import ContentError
from generator.render.links import Links, internal_links
from generator.render.lists import numbered, pager
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
            titles += re.findall(r'gs-name"><a href="[^"]*"[^>]*>([^<]*)<', html)
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
    dates = re.findall(r'gs-date">([\d-]+)<', page(out, "areas/estate.html").partition("（示例）")[0])
    assert dates == sorted(dates, reverse=True)


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
    links = Links(Register({}))
    links.update([("a.html", "b.html"), ("a.html", "c.html")])
    assert len(list(links._page_of)) == 1


def test_link_to_a_record_need_not_be_kept() -> None:
    """What leads to a record is known to lead somewhere; what only looks like it is reported at its source."""
    row = Row("case", "leak", "cases/leak.yml", "漏水", "", "", None, None, 0, False, False, "", (), (), ())
    links = Links(Register({row.key: row}))
    links.update([("cases/leak.html", "index.html"), ("cases/none.html", "cases/leak.html")])
    assert [(p.place.path, p.values["target"]) for p in links.broken({"cases/leak.html"}, set())] == [
        ("cases/leak.yml", "/cases/none.html")]


def test_pager_knows_its_ends() -> None:
    """The first page has no previous one, the last no next one; a single page needs no pager."""
    assert pager("cases/index", 1, 1) is None
    assert pager("cases/index", 1, 2) == {
        "number": 1, "pages": 2, "previous": None, "next": "index.2.html", "first": None, "last": None}
    assert pager("cases/index", 2, 2) == {
        "number": 2, "pages": 2, "previous": "index.html", "next": None, "first": None, "last": None}
    middle = pager("cases/index", 3, 5)
    assert middle and (middle["first"], middle["last"]) == ("index.html", "index.5.html")


def test_related_records_are_split_by_realness(tmp_path: Path) -> None:
    """A real organisation's page never lists, or counts, real and made-up records together."""
    files = {**BASE,
             "documents/illustration.yml": "title: 说明\nsource: {text: 编者}\ntype: 说明\nillustrative: true\n",
             "people/p-1.yml": "title: 王书记\nsource: press\nrole: 书记\nground: office\norganisation: team\n",
             "people/p-2.yml": "title: 假想的人\nsource: illustration\nrole: 书记\nground: office\n"
                               "organisation: team\nillustrative: true\n"}
    build_site(write_site(tmp_path / "town", files), tmp_path / "out")
    html = page(tmp_path / "out", "organisations/team.html")
    assert "相关人员（1）" in html
    assert "相关人员（示例）（1）" in html
    assert "假想的人（示例）" in html


def test_withdrawn_record_is_bare_in_lists_too(tmp_path: Path) -> None:
    """What was withdrawn shows neither its subject nor its points in any list."""
    gone = RATED["assessments/b3-2026.yml"] + "withdrawn: {date: 2026-06-01, reason: 评错}\n"
    build_site(write_site(tmp_path / "town", {**BASE, **RATED, "assessments/b3-2026.yml": gone}), tmp_path / "out")
    html = page(tmp_path / "out", "assessments/index.html")
    assert "已撤回的评定" in html
    assert "3栋" not in html.partition("<article")[2]
    assert "80" not in re.sub(r"<[^>]*>", "", html.partition("<article")[2])


@pytest.mark.parametrize("former", ["../../../pwned", "a/b", "index", "Ä", "a.b"])
def test_former_id_can_not_lead_elsewhere(tmp_path: Path, former: str) -> None:
    """A former id is an id: nothing can be written outside its folder, or over a list."""
    files = {**BASE, "cases/leak.yml": BASE["cases/leak.yml"] + f"formerly: ['{former}']\n"}
    with pytest.raises(ContentError) as caught:
        build_site(write_site(tmp_path / "town", files), tmp_path / "out")
    assert [p.code for p in caught.value.problems] == ["bad-id"]


def test_prose_page_runs_no_script_and_asks_no_other_host(tmp_path: Path) -> None:
    """Raw HTML in a prose page is cleaned; a link from the site's root is made relative."""
    text = ("# 关于\n\n<script src='https://elsewhere.example/x.js'></script><img src='https://elsewhere.example/x.png'>"
            "<b onclick='x()'>粗</b>\n\n[办件](/cases/leak.html)</article><script>x()</script>\n")
    build_site(write_site(tmp_path / "town", {**BASE, "pages/about.md": text}), tmp_path / "out")
    article = page(tmp_path / "out", "about.html").partition('id="main">')[2].partition("<footer")[0]
    assert "elsewhere" not in article
    assert "<script" not in article
    assert "onclick" not in article
    assert 'href="cases/leak.html"' in article


@pytest.mark.parametrize(("name", "text", "code"), [
    ("pages/a.md", "---\nx: " + "[" * 30_000 + "\n---\n# 题\n", "yaml-depth"),
    ("pages/a.md", "---\ngs_body: x\n---\n# 题\n", "unknown-key"),
    ("pages/a.md", "template: x.html\n\n# 题\n", "unknown-key"),
    ("pages/a.markdown", "# 电话\n", "unexpected-file"), ("pages/data.csv", "a,b\n", "unexpected-file"),
    ("pages/index.md", "# 首页\n", "address-taken"), ("pages/assets/x.md", "# 题\n", "address-taken")])
def test_prose_can_not_reach_behind_the_pages(tmp_path: Path, name: str, text: str, code: str) -> None:
    """Front matter sets a title and a description, files are pages or pictures, and addresses of ours are ours."""
    with pytest.raises(ContentError) as caught:
        build_site(write_site(tmp_path / "town", {**BASE, name: text}), tmp_path / "out")
    assert [(p.code, p.place.path) for p in caught.value.problems] == [(code, f"content/{name}")]


def test_menu_leads_only_to_pages(tmp_path: Path) -> None:
    """A section whose page does not exist is a Problem at its place in the configuration."""
    config = write_site(tmp_path / "town", BASE, CONFIG + "sections:\n  - {page: nothing.md}\n")
    with pytest.raises(ContentError) as caught:
        build_site(config, tmp_path / "out")
    assert [(p.code, p.place.line) for p in caught.value.problems] == [("unknown-section", 4)]


@pytest.mark.parametrize("text", ["见[这里][1]\\n\\n[1]: /cases/nowhere.html", "[榜](/boards/nothing.2020.html)"])
def test_links_of_other_forms_are_checked_too(tmp_path: Path, text: str) -> None:
    """A link by reference, and one that has the form of a list's or a board's address, must lead somewhere."""
    files = {**BASE, "cases/leak.yml": BASE["cases/leak.yml"] + f'note: "{text}"\n'}
    with pytest.raises(ContentError) as caught:
        build_site(write_site(tmp_path / "town", files, CONFIG), tmp_path / "out")
    assert [(p.code, p.place.path) for p in caught.value.problems] == [("broken-link", "content/cases/leak.yml")]
