"""What search engines are told: every page that may be found, in parts that they take, once there is an address."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from generator.publish import sitemap
from generator.publish.sitemap import told
from tests.sites import BASE, CONFIG, ISSUED, LISTED, build_site

ADDRESS = CONFIG + "address: https://gongshi.example.org/qs/\n"
SITE = {**BASE, **LISTED, **ISSUED,
        "documents/made-up.yml": "title: 说明\nsource: {text: 编者}\ntype: 说明\nillustrative: true\n",
        "cases/made-up.yml": BASE["cases/leak.yml"].replace("press", "made-up") + "illustrative: true\n",
        "cases/gone.yml": BASE["cases/leak.yml"] + "withdrawn: {date: 2026-06-10, reason: 报错了楼}\n"}


def listed(release: Path) -> dict[str, str]:
    """Return every address of a release's sitemap with its day."""
    index = (release / "sitemap.xml").read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for part in re.findall("<loc>https://gongshi.example.org/qs/([^<]+)</loc>", index):
        found.update(re.findall("<loc>([^<]+)</loc>(?:<lastmod>([^<]+)</lastmod>)?",
                                (release / part).read_text(encoding="utf-8")))
    return found


def test_sitemap_lists_what_may_be_found(make_site: Callable[..., Path]) -> None:
    """Real pages stand there with the day they changed; made up, withdrawn, expiring and 404 pages do not."""
    config = make_site(SITE, ADDRESS)
    release = build_site(config, config.parent / "site")
    found = {address.removeprefix("https://gongshi.example.org/qs/"): day for address, day in listed(release).items()}
    assert found["cases/leak.html"] == "2026-05-08" and "cases/index.html" in found and "index.html" in found
    hidden = {"cases/made-up.html", "cases/index.example.html", "cases/gone.html", "listings/l-0001.html", "404.html"}
    assert hidden & found.keys() == set() and all((release / path).is_file() for path in found)
    assert not [path for path in found if path.startswith("q/")]
    kept_out = {path.relative_to(release).as_posix() for path in release.rglob("*.html")
                if 'name="robots" content="noindex"' in path.read_text(encoding="utf-8")}
    assert kept_out == {p.relative_to(release).as_posix() for p in release.rglob("*.html")} - found.keys()


def test_robots_lead_to_the_sitemap(make_site: Callable[..., Path]) -> None:
    """robots.txt allows everything and names the sitemap; without an address there is none to name."""
    config = make_site(config=ADDRESS)
    told_to = (build_site(config, config.parent / "site") / "robots.txt").read_text(encoding="utf-8")
    assert told_to == "User-agent: *\nAllow: /\nSitemap: https://gongshi.example.org/qs/sitemap.xml\n"
    config.write_text(CONFIG, encoding="utf-8")
    release = build_site(config, config.parent / "site")
    assert "Sitemap" not in (release / "robots.txt").read_text(encoding="utf-8")
    assert not list(release.glob("sitemap*"))


def unknown(page: str) -> str:
    """Say that no page's last day is known."""
    return ""


def test_sitemap_comes_in_parts() -> None:
    """No part holds more addresses than search engines take, and none is lost between two parts."""
    pages = [f"cases/c-{number:06}.html" for number in range(100_001)]
    files = dict(told(pages, unknown, "https://a.cn"))
    parts = [data for name, data in files.items() if name.startswith("sitemap-")]
    counts = [part.count(b"<loc>") for part in parts]
    assert sum(counts) == len(pages) and max(counts) <= sitemap.PER_FILE < 50_000
    assert max(map(len, parts)) < 50_000_000 and files["sitemap.xml"].count(b"<loc>") == len(parts) == 3


def test_address_is_escaped() -> None:
    """An address that holds an ampersand is XML all the same."""
    files = dict(told(["x.html"], unknown, "https://a.cn/a&b"))
    assert b"<loc>https://a.cn/a&amp;b/x.html</loc>" in files["sitemap-1.xml"]
