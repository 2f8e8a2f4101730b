"""Where printed codes lead: `/q/<code>` answers on any host, and says what became of its target."""

from __future__ import annotations

import posixpath
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.request import urlopen

import pytest

from generator.problem import ContentError
from tests.sites import BASE, CODE, CONFIG, ISSUED, LISTED, RATED, build_site, places, problems

Maker = Callable[..., Path]
RECORD = f"codes/{CODE}.yml"
ADDRESS = CONFIG + "address: https://gongshi.example.org/qs/\n"
TWO = (f"q/{CODE}.html", f"q/{CODE}/index.html")
ENTRY = {RECORD: ISSUED[RECORD].replace("area/b3", "listing/l-0001")}


def built(make_site: Maker, changed: dict[str, str] | None = None, config: str = CONFIG) -> Path:
    """Return the release of a site with a code, some of its files changed."""
    path = make_site({**ISSUED, **(changed or {})}, config)
    return build_site(path, path.parent / "site")


def leads(page: Path, release: Path) -> tuple[str, str | None]:
    """Return the file to which a code's page links, and that to which it goes by itself, if it does."""
    html = page.read_text(encoding="utf-8")
    here = page.parent.relative_to(release).as_posix()
    [link] = re.findall(r'class="go" href="([^"]+)"', html)
    goes = re.findall(r'http-equiv="refresh" content="0; url=([^"]+)"', html)
    return tuple(posixpath.normpath(posixpath.join(here, to)) if to else None  # type: ignore[return-value]
                 for to in (link, next(iter(goes), None)))


@pytest.mark.parametrize("path", TWO)
def test_code_leads_to_its_target(make_site: Maker, path: str) -> None:
    """Both files of a code link the target's page and go there without script."""
    release = built(make_site)
    assert leads(release / path, release) == ("areas/b3.html", "areas/b3.html")
    html = (release / path).read_text(encoding="utf-8")
    assert "3栋" in html and CODE in html and "<script" not in html and "canonical" not in html


def test_canonical_is_the_target(make_site: Maker) -> None:
    """Search engines are told the target's own address, once the site has one."""
    release = built(make_site, config=ADDRESS)
    html = (release / TWO[0]).read_text(encoding="utf-8")
    assert '<link rel="canonical" href="https://gongshi.example.org/qs/areas/b3.html">' in html


class WithIndex(SimpleHTTPRequestHandler):
    """A host that knows a folder's index and no ending."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class WithEnding(WithIndex):
    """A host that knows the ending `.html` and no folder's index, as `try_files $uri $uri.html` makes one."""

    def translate_path(self, path: str) -> str:
        """Return the file for a path, with the ending where it has none."""
        file = super().translate_path(path)
        return file if file.endswith(".html") else f"{file}.html"


@contextmanager
def serving(handler: type[SimpleHTTPRequestHandler], folder: Path) -> Iterator[str]:
    """Give the address at which a host of this kind serves a folder."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.mark.parametrize("handler", [WithEnding, WithIndex])
def test_printed_address_is_answered_by_either_host(make_site: Maker, handler: type[SimpleHTTPRequestHandler]) -> None:
    """`/q/<code>` without an ending finds a page on hosts of both kinds, and its link leads to the target there."""
    release = built(make_site)
    with serving(handler, release) as address, urlopen(f"{address}/q/{CODE}") as answer:
        html, at = answer.read().decode(), answer.url.removeprefix(address)
        [href] = re.findall(r'class="go" href="([^"]+)"', html)
        assert posixpath.normpath(posixpath.join(posixpath.dirname(at), href)) == "/areas/b3.html"


def test_code_follows_a_renamed_target(make_site: Maker) -> None:
    """A record that took another id is still found by the code that names it as it was."""
    files = {**BASE, **ISSUED, "areas/b3-new.yml": BASE["areas/b3.yml"] + "formerly: [b3]\n",
             "cases/leak.yml": BASE["cases/leak.yml"].replace("area: b3", "area: b3-new")}
    del files["areas/b3.yml"]
    config = make_site(files, base=False)
    release = build_site(config, config.parent / "site")
    assert leads(release / TWO[0], release) == ("areas/b3-new.html", "areas/b3-new.html")
    assert 'href="../areas/b3-new.html"' in (release / f"codes/{CODE}.html").read_text(encoding="utf-8")


def test_withdrawn_target_says_what_became_of_it(make_site: Maker) -> None:
    """The code of a withdrawn record names it no more, and leads to the page that says since when and why."""
    release = built(make_site, {
        "cases/leak.yml": BASE["cases/leak.yml"] + "withdrawn: {date: 2026-06-10, reason: 报错了楼}\n",
        RECORD: ISSUED[RECORD].replace("area/b3", "case/leak")})
    html = (release / TWO[0]).read_text(encoding="utf-8")
    assert leads(release / TWO[0], release) == ("cases/leak.html", None)
    assert "已不在了" in html and "漏水" not in html
    assert "报错了楼" in (release / "cases/leak.html").read_text(encoding="utf-8")


def test_retired_code_still_leads_on(make_site: Maker) -> None:
    """A retired code says so before it leads on; before its day it does not."""
    retired = {RECORD: ISSUED[RECORD] + "retired: {date: 2026-06-20, reason: 牌子换新}\n"}
    release = built(make_site, retired)
    assert leads(release / TWO[0], release) == ("areas/b3.html", None)
    assert "2026-06-20 起：牌子换新" in (release / TWO[0]).read_text(encoding="utf-8")
    release = built(make_site, {RECORD: retired[RECORD].replace("2026-06-20", "2026-07-20")})
    assert leads(release / TWO[0], release) == ("areas/b3.html", "areas/b3.html")


def test_what_expires_is_not_named(make_site: Maker) -> None:
    """The code of a list's entry says what kind of thing it is and not whom it is about: this page never expires."""
    release = built(make_site, {**LISTED, **ENTRY})
    html = (release / TWO[0]).read_text(encoding="utf-8")
    assert leads(release / TWO[0], release)[0] == "listings/l-0001.html"
    assert "红黑榜条目" in html and "堆物" not in html


def test_code_for_a_computed_page(make_site: Maker) -> None:
    """A code may lead to a page that no record makes; once that page is gone, the build fails at the code's file."""
    page = {RECORD: ISSUED[RECORD].replace("to: area/b3", "page: boards/index.html")}
    release = built(make_site, page)
    assert leads(release / TWO[1], release) == ("boards/index.html", "boards/index.html")
    with pytest.raises(ContentError) as raised:
        built(make_site, {RECORD: page[RECORD].replace("boards/index", "boards/gone")})
    assert places(raised.value.problems) == [("broken-link", RECORD, 1, 1)]


def test_certificate_takes_its_code(make_site: Maker) -> None:
    """The QR code on a certificate is the one issued for it; without one, the address of the subject's page."""
    config = CONFIG + "address: https://a.cn/\n"
    for purpose, address in (("证书", f"https://a.cn/q/{CODE}"), ("门牌", "https://a.cn/areas/b3.html")):
        release = built(make_site, {**RATED, RECORD: ISSUED[RECORD].replace("门牌", purpose)}, config)
        assert f'aria-label="二维码：{address}"' in (release / "badges/stars.b3.html").read_text(encoding="utf-8")


def test_illustrative_code_says_so(make_site: Maker) -> None:
    """The page of a made-up code says that it is one; a real one's doesn't."""
    marked = {RECORD: ISSUED[RECORD] + "illustrative: true\n"}
    assert "示例" in (built(make_site, marked) / TWO[0]).read_text(encoding="utf-8")
    assert "示例" not in (built(make_site) / TWO[0]).read_text(encoding="utf-8")


def test_other_references_follow_nobody(make_site: Maker) -> None:
    """Only codes may go on naming what a record was once called: anything else can be mended."""
    files = {**ISSUED, "areas/b1.yml": BASE["areas/b3.yml"] + "formerly: [b9]\n",
             "cases/more.yml": BASE["cases/leak.yml"].replace("area: b3", "area: b9")}
    assert [code for code, *_ in places(problems(make_site(files)))] == ["missing-reference"]
