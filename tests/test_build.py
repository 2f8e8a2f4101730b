"""The whole line: from a folder of records to pages that hold together."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import pytest

from generator.problem import ContentError
from tests.sites import BASE, CONFIG, RATED, build_site, check_site, codes, torn

Make = Callable[..., Path]


def html(out: Path, page: str) -> str:
    """Return one page of the standing site."""
    return (out / "current" / page).read_text(encoding="utf-8")


def test_every_record_has_a_page(published: Path) -> None:
    """Each record has its page, each kind its list, and the manifest vouches for all of them."""
    for path in {**BASE, **RATED}:
        assert (published / "current" / path.replace(".yml", ".html")).is_file()
        assert (published / "current" / path.split("/")[0] / "index.html").is_file()
    assert torn(published) == []


def test_every_internal_link_leads_to_a_file(published: Path) -> None:
    """No link, style or picture of any page leads nowhere, and none leaves for another host unasked."""
    current = (published / "current").resolve()
    for page in current.rglob("*.html"):
        if page.name == "404.html":
            continue
        for target in re.findall(r'(?:href|src)="([^"]*)"', page.read_text(encoding="utf-8")):
            if re.match(r"[a-z]+:|#|//", target):
                assert not re.match(r"(https?:)?//|javascript:", target), (page, target)
                continue
            path = unquote(target.partition("#")[0].partition("?")[0])
            assert not path or (page.parent / path).resolve().is_file(), (page, target)


def test_record_names_its_source_and_what_refers_to_it(published: Path) -> None:
    """A page links to its source, its place, and back to the records that refer to it."""
    case, press = html(published, "cases/leak.html"), html(published, "documents/press.html")
    assert 'href="../documents/press.html"' in case and 'href="../areas/b3.html"' in case
    assert 'href="../cases/leak.html"' in press
    assert "2026-05-08" in case


def test_area_shows_what_happened_below_it(published: Path) -> None:
    """A case of a building stands on the building's page and on that of the estate around it."""
    for page in ("areas/b3.html", "areas/estate.html"):
        assert 'href="../cases/leak.html"' in html(published, page)


def test_board_and_stars_have_pages(published: Path) -> None:
    """The board of the year and the star rating stand where home leads to, with their subjects."""
    assert "张某" in html(published, "boards/points.2026.html")
    assert "三星" in html(published, "stars/stars.html")
    assert 'href="boards/index.html"' in html(published, "index.html")
    assert 'href="points.2026.html"' in html(published, "boards/index.html")


@pytest.mark.parametrize("path", list(BASE))
def test_site_lacking_any_one_kind_builds(make_site: Make, path: str, tmp_path: Path) -> None:
    """No page may count on records that a town does not have yet: a single document is a site."""
    config = make_site({"documents/press.yml": BASE["documents/press.yml"], path: BASE[path].replace(
        "area: b3\n", "").replace("area: estate\n", "")}, base=False)
    build_site(config, tmp_path / "out")
    assert torn(tmp_path / "out") == []


def test_empty_content_builds(make_site: Make, tmp_path: Path) -> None:
    """A site without any record is a site with a home page."""
    build_site(make_site(base=False), tmp_path / "out")
    assert (tmp_path / "out/current/index.html").is_file()


HOSTILE = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}", "{% include 'x' %}", "&lt;b&gt;",
           "</title><script>", "javascript:alert(1)", "' onmouseover='alert(1)", "]]>"]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(make_site: Make, tmp_path: Path, text: str) -> None:
    """Whatever stands in a field reaches the reader as text: no tag, no handler, no template runs."""
    quoted = "'" + text.replace("'", "''") + "'"
    record = f"title: {quoted}\nsource: {{text: {quoted}}}\ncategory: {quoted}\nplace: {quoted}\narea: b3\n"
    config = make_site({"cases/bad.yml": record + f"evidence: [{quoted}]\n",
                        "areas/bad.yml": f"title: {quoted}\nsource: press\nlevel: 小区\n"})
    build_site(config, tmp_path / "out")
    for page in ("cases/bad.html", "cases/index.html", "areas/bad.html", "areas/b3.html", "index.html"):
        shown = html(tmp_path / "out", page)
        assert "<script>alert" not in shown and "<img src=x" not in shown and "</title><script>" not in shown
        assert 'href="javascript:' not in shown and " onmouseover='alert" not in shown
    if "7*7" in text:
        assert "{{ 7*7 }}" in html(tmp_path / "out", "cases/bad.html")


def test_broken_link_is_found_with_its_page(make_site: Make, tmp_path: Path) -> None:
    """A link in a record's text that leads nowhere on the site stops the build and names the record's file."""
    text = BASE["cases/leak.yml"] + "note: '见[那里](/cases/gone.html)'\n"
    config = make_site({"cases/bad.yml": text})
    with pytest.raises(ContentError) as raised:
        build_site(config, tmp_path / "out")
    assert codes(raised.value.problems) == ["broken-link"]
    assert raised.value.problems[0].place.path == "content/cases/bad.yml"
    assert not (tmp_path / "out/current").exists()


@pytest.mark.parametrize("page", ["index.md", "README.md", "index.html", "cases/index.md", "cases/leak.md",
                                  "boards/a.md", "stars/a.md", "badges/a.md"])
def test_prose_can_not_take_a_record_s_address(make_site: Make, tmp_path: Path, page: str) -> None:
    """Two pages never own one address: a prose page in the way of a record or list is a Problem that names it."""
    config = make_site({f"pages/{page}": "# 另一页\n"})
    with pytest.raises(ContentError) as raised:
        build_site(config, tmp_path / "out")
    assert codes(raised.value.problems) == ["address-taken"]


def test_as_of_is_all_the_clock_there_is(make_site: Make) -> None:
    """The same content on another day has other overdue days; nothing else tells the time."""
    config = make_site({
        "cases/late.yml": "title: 晚\nsource: press\ncategory: 漏水\naccepted: 2026-05-01\ndue: 2026-06-01\n"})
    days = [check_site(config, day).register.rows["case/late"].overdue for day in (date(2026, 6, 1), date(2026, 6, 11))]
    assert days == [0, 10]


def test_workers_change_nothing(make_site: Make) -> None:
    """Two processes find what one finds: the same register, the same outcomes."""
    config = make_site({**RATED, **{f"cases/c{i}.yml": BASE["cases/leak.yml"] for i in range(20)}})
    assert check_site(config, workers=2)[0] == check_site(config)[0]


def test_spawned_workers_build_the_same_site(make_site: Make, tmp_path: Path) -> None:
    """Beside a running thread, as in the preview server, workers are spawned, and the site is the same."""
    config = make_site(RATED)
    alone = build_site(config, tmp_path / "alone")
    over = threading.Event()
    thread = threading.Thread(target=over.wait)
    thread.start()
    try:
        assert build_site(config, tmp_path / "beside", workers=2).name == alone.name
    finally:
        over.set()
        thread.join()


def test_output_folder_may_be_given_from_here(make_site: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """`--out public` means a folder of the one that the command is run in."""
    monkeypatch.chdir(tmp_path)
    assert (build_site(make_site({}), Path("public")) / "index.html").is_file()
    assert torn(tmp_path / "public") == []


def test_what_is_not_found_is_no_other_page(make_site: Make, tmp_path: Path) -> None:
    """The page of what is not found names no address as its own, while every other page does."""
    build_site(make_site(config=CONFIG + "address: https://example.org/sub/\n"), tmp_path / "out")
    said = {name: (tmp_path / "out/current" / name).read_text(encoding="utf-8") for name in ("404.html", "index.html")}
    assert 'rel="canonical"' not in said["404.html"] and 'rel="canonical"' in said["index.html"]
