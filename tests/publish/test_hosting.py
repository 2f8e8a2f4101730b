"""A real nginx with the configuration that a build writes: headers, copies, caching, folders, endings, 404."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from generator import policy
from tests import nginx
from tests.sites import BASE, CODE, CONFIG, ISSUED, build_site, write_site

pytestmark = pytest.mark.skipif(bool(nginx.MISSING), reason=nginx.MISSING)


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Where nginx serves a site with compressed copies and a code."""
    work = tmp_path_factory.mktemp("nginx")
    config = CONFIG.replace("{as_of", "{compress: true, as_of")
    build_site(write_site(work, {**BASE, **ISSUED}, config), work / "site")
    with nginx.serving(work / "site/current", work / "site/nginx.conf", work) as port:
        yield port


def get(port: int, path: str, **headers: str) -> tuple[HTTPResponse, bytes]:
    """Return an answer and its body as sent."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    return answer, answer.read()


@pytest.mark.parametrize(("path", "status"), [("/", 200), ("/cases/leak.html", 200), ("/cases/leak", 200),
                                              (f"/q/{CODE}", 200), ("/some/deep/missing", 404), ("/_headers", 404)])
def test_nginx_answers(port: int, path: str, status: int) -> None:
    """Pages answer with and without their ending, and every answer, 404 too, carries the whole policy."""
    answer, body = get(port, path)
    assert answer.status == status
    assert {name: answer.getheader(name) for name in policy.headers()} == policy.headers()
    assert answer.getheader("Cache-Control") == policy.BRIEFLY
    assert answer.getheader("Content-Type") == "text/html; charset=utf-8"
    assert ("找不到这一页" in body.decode()) == (status == 404)


def test_nginx_completes_folders(port: int) -> None:
    """A folder without its slash is sent on to it, so that links on its page lead where they should."""
    answer, _ = get(port, "/cases")
    assert (answer.status, answer.getheader("Location")) == (301, "/cases/")


def test_nginx_sends_the_copies(port: int) -> None:
    """Whoever takes gzip gets the copy that the build made; others get the page."""
    plain, page = get(port, "/cases/leak.html")
    packed, copy = get(port, "/cases/leak.html", **{"Accept-Encoding": "gzip"})
    assert (plain.getheader("Content-Encoding"), packed.getheader("Content-Encoding")) == (None, "gzip")
    assert gzip.decompress(copy) == page and packed.getheader("Content-Length") == str(len(copy))


def test_an_open_page_finds_its_files_after_the_swap(tmp_path: Path) -> None:
    """A page that was read before a build still gets its styles and scripts after it."""
    config = write_site(tmp_path / "town", BASE, CONFIG + "theme: theme\n")
    for name in ("gongshi.css/99-town.css", "gongshi.js/99-town.js"):
        (config.parent / "theme/assets" / name).parent.mkdir(parents=True)
        (config.parent / "theme/assets" / name).write_bytes(b"/* a town's own part */\n;\n")
    build_site(config, tmp_path / "site")
    (tmp_path / "nginx").mkdir()
    with nginx.serving(tmp_path / "site/current", tmp_path / "site/nginx.conf", tmp_path / "nginx") as port:
        page = get(port, "/cases/leak.html")[1].decode()
        asked = [part.split('"')[0] for part in page.split('"../')[1:] if part.startswith("assets/gongshi.")]
        shutil.rmtree(config.parent / "theme/assets")
        build_site(config, tmp_path / "site")
        new = get(port, "/cases/leak.html")[1].decode()
        assert len(asked) == 2 and not any(path in new for path in asked)
        for path in asked:
            answer, _ = get(port, f"/{path}")
            assert (answer.status, answer.getheader("Cache-Control")) == (200, policy.FOREVER), path


def test_nginx_lets_hashed_files_be_kept(port: int) -> None:
    """A file whose name carries its digest may be kept for a year; with no digest it may not."""
    _, page = get(port, "/index.html")
    for href in {part.split('"')[0] for part in page.decode().split('href="')[1:] if part.startswith("assets/")}:
        answer, _ = get(port, f"/{href}")
        assert (answer.status, answer.getheader("Cache-Control")) == (200, policy.FOREVER), href
    assert get(port, "/favicon.ico")[0].getheader("Cache-Control") == policy.BRIEFLY
