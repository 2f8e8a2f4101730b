"""The weights that `make weights` prints hold, and a page that breaks one is seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import build
from generator.cli import site_at, today
from tests.sites import ROOT, quiet
from tests.weights import PAGE, PICTURE, VIEW, pages_of, table, weigh

PLAIN = "<html><head></head><body>甲</body></html>"
NOISE = "".join(chr(0x4E00 + number * 7919 % 20000) for number in range(60_000)).encode()


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's own site; only to be looked at."""
    site = site_at(ROOT / "site_config.yml")
    return build.build(site, tmp_path_factory.mktemp("weights") / "site", today(site, None), 1, quiet, "").folder


def test_weights_hold(release: Path) -> None:
    """The heaviest page of each kind and every computed page stay within the limits and ask no other host."""
    weights = [weigh(release, page) for page in pages_of(release)]
    assert len(weights) > 60 and [(one.page, one.faults) for one in weights if one.faults] == []
    assert all(one.requests >= 6 and one.css > 10_000 for one in weights), table(weights)


@pytest.mark.parametrize(("html", "fault"), [
    (PLAIN.replace("甲", NOISE[:60_000].decode(errors="ignore")), f"over {PAGE // 1024} KB"),
    (PLAIN.replace("</head>", '<link rel="stylesheet" href="noise.css"></head>'), f"over {VIEW // 1024} KB"),
    (PLAIN.replace("甲", '<img alt="" src="noise.jpg">'), f"over {PICTURE // 1024} KB"),
    (PLAIN.replace("甲", '<img alt="" src="small.jpg" srcset="small.jpg 1x, noise.jpg 2x">'),
     f"over {PICTURE // 1024} KB"),
    (PLAIN.replace("甲", '<script src="https://example.org/a.js"></script>'), "asks https://example.org/a.js"),
    (PLAIN.replace("甲", '<img alt="" src="//example.org/a.png">'), "asks //example.org/a.png"),
    (PLAIN.replace("</head>", '<link rel="stylesheet" href="font.css"></head>'), "asks song.woff2")])
def test_what_is_too_heavy_is_seen(tmp_path: Path, html: str, fault: str) -> None:
    """A heavy page, view or picture, another host and a font of its own are each told; a plain page has no fault."""
    for name, data in {"noise.css": NOISE * 2, "noise.jpg": NOISE, "small.jpg": b"x", "plain.html": PLAIN.encode(),
                       "font.css": b"@font-face { src: url(song.woff2) }", "page.html": html.encode()}.items():
        (tmp_path / name).write_bytes(data)
    assert weigh(tmp_path, "plain.html").faults == ()
    assert any(fault in told for told in weigh(tmp_path, "page.html").faults)


def test_one_of_several_pictures_is_fetched(tmp_path: Path) -> None:
    """Of the same photo in several types and sizes the heaviest counts, once."""
    for name, size in {"a.avif": 10_000, "a.webp": 20_000, "a.jpg": 30_000}.items():
        (tmp_path / name).write_bytes(NOISE[:size])
    several = '<picture><source srcset="a.avif 1x, a.webp 2x"><img alt="" src="a.jpg"></picture>'
    (tmp_path / "page.html").write_text(several)
    assert weigh(tmp_path, "page.html").pictures == 30_000 and weigh(tmp_path, "page.html").requests == 2


def test_links_are_not_counted(tmp_path: Path) -> None:
    """What a page only leads to is not fetched to show it."""
    (tmp_path / "page.html").write_text('<a href="https://example.org/">甲</a><link rel="canonical" href="https://a.cn/">')
    assert weigh(tmp_path, "page.html").requests == 1 and not weigh(tmp_path, "page.html").faults
