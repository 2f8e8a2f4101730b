"""The preview server, as a process of its own: what it serves, what it refuses, and how it follows an edit."""

from __future__ import annotations

import http.client
import os
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from generator import policy
from generator.serve import Handler, Showing, find, listening
from tests.sites import BASE, CONFIG, ROOT, write_site


class Preview:
    """A running server: asks it for paths, and edits the site that it shows."""

    def __init__(self, root: Path, port: int, process: subprocess.Popen[str]):
        self.root, self.port, self.process = root, port, process

    def get(self, path: str, host: str | None = None) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.putrequest("GET", path, skip_host=True)
        connection.putheader("Host", host or f"127.0.0.1:{self.port}")
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, answer.read().decode()

    def edit(self, path: str, text: str) -> str:
        """Write a file and return what the terminal says when the server has dealt with it."""
        (self.root / "content" / path).write_text(text, encoding="utf-8")
        said = ""
        while not said.endswith(("已重新生成。\n", "上一次成功生成的。\n")):
            said += self.process.stdout.readline() if self.process.stdout else ""
        return said


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    root = tmp_path_factory.mktemp("preview")
    config = write_site(root, BASE, CONFIG)
    (root / "secret.txt").write_text("secret", encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "generator", "serve", "--config", str(config), "--port", "0", "--workers", "2"],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env={"LANG": "zh_CN.UTF-8", "PATH": ""})
    try:
        line = process.stdout.readline() if process.stdout else ""
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
        assert found, line
        yield Preview(root, int(found[1]), process)
    finally:
        process.terminate()
        process.wait(10)


def test_page_is_served_with_the_reload_script(preview: Preview) -> None:
    """A page comes as built, with the script that reloads it; the built file itself has none."""
    status, html = preview.get("/cases/leak.html")
    assert status == 200
    assert '<script src="/__reload.js" data-shown="' in html and "/__build" in preview.get("/__reload.js")[1]
    assert "/__reload" not in (preview.root / "site/current/cases/leak.html").read_text(encoding="utf-8")


def test_forms_are_not_reloaded(preview: Preview) -> None:
    """The page of the forms comes without that script: saving into the folder would take away what is being typed."""
    page = (preview.root / "site/current").resolve() / "admin/index.html"
    page.parent.mkdir(exist_ok=True)
    page.write_text("<body></body>", encoding="utf-8")
    assert preview.get("/admin/") == (200, "<body></body>")


@pytest.mark.parametrize("path", ["/../../secret.txt", "/%2e%2e/%2e%2e/secret.txt", "/..%2f..%2f..%2fsecret.txt",
                                  "//etc/passwd", "/cases/%00.html", "/cases/nothing.html"])
def test_nothing_outside_the_site_is_served(preview: Preview, path: str) -> None:
    """No path leads out of the release; what is not there is not found."""
    status, html = preview.get(path)
    assert status == 404
    assert "secret" not in html


def test_other_hosts_are_refused(preview: Preview) -> None:
    """A page of another site can't read the preview through a name that points here."""
    assert preview.get("/", host="evil.example:80")[0] == 403


def test_edit_is_built_and_a_faulty_one_keeps_the_page(preview: Preview) -> None:
    """After an edit the page changes and the number of the build rises; a faulty edit is told, the page stays."""
    before = preview.get("/__build")[1]
    said = preview.edit("cases/leak.yml", BASE["cases/leak.yml"].replace("楼道漏水", "楼道渗水"))
    assert "/cases/leak.html 已更新" in said  # by itself, before all else
    assert "楼道渗水" in preview.get("/cases/leak.html")[1]
    assert preview.get("/__build")[1] != before
    said = preview.edit("cases/leak.yml", "title: 坏了\n")
    assert "content/cases/leak.yml:1:1" in said
    assert "楼道渗水" in preview.get("/cases/leak.html")[1]
    preview.edit("cases/leak.yml", BASE["cases/leak.yml"])
    assert "楼道漏水" in preview.get("/cases/leak.html")[1]


def test_taken_port_is_said(preview: Preview, make_site: Callable[..., Path]) -> None:
    """A port that somebody else holds is named, with another to try."""
    done = subprocess.run(
        [sys.executable, "-m", "generator", "serve", "--config", str(make_site()), "--port", str(preview.port)],
        cwd=ROOT, capture_output=True, text=True, timeout=60, env={"LANG": "zh_CN.UTF-8", "PATH": ""}, check=False)
    assert done.returncode == 1
    assert f"端口 {preview.port}" in done.stderr


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A release with links in it, beside a secret; `current` leads to it."""
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    release = tmp_path / "releases/one"
    for path in ("index.html", "404.html", "cases/leak.html", "cases/index.html", "q/2345p.html", "admin/index.html",
                 "admin/app.js", "search/a.pf_meta", "empty/x.csv", ".hidden", "both.html",
                 "both/index.html", "_headers", "a b.html", "表.json"):
        (release / path).parent.mkdir(parents=True, exist_ok=True)
        (release / path).write_text(f"<body>{path}</body>", encoding="utf-8")
    (release / "out.txt").symlink_to(tmp_path / "secret.txt")
    (release / "in.html").symlink_to("index.html")
    (release / "away").symlink_to(tmp_path, target_is_directory=True)
    (release / "inner").symlink_to("cases", target_is_directory=True)
    (release / "linked").mkdir()
    (release / "linked/index.html").symlink_to(tmp_path / "secret.txt")
    os.mkfifo(release / "pipe")
    (tmp_path / "current").symlink_to("releases/one")
    return tmp_path / "current"


class Raw:
    """A server in this process that is spoken to in bytes."""

    def __init__(self, port: int):
        self.port = port

    def say(self, data: bytes, closes: bool = True) -> bytes:
        """Send bytes and return all that comes back until the server closes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as connection:
            connection.sendall(data)
            if closes:
                connection.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: connection.recv(65536), b""))

    def ask(self, path: str, method: str = "GET", host: str | None = None, more: str = "") -> tuple[int, str, str]:
        """Return status, headers and body of one request."""
        named = f"Host: {host or f'127.0.0.1:{self.port}'}\r\n" if host != "" else ""
        said = self.say(f"{method} {path} HTTP/1.1\r\n{named}{more}Connection: close\r\n\r\n".encode("latin-1"))
        head, _, body = said.decode().partition("\r\n\r\n")
        return int(head.split(" ")[1]), f"{head}\r\n", body


@pytest.fixture
def raw(site: Path) -> Iterator[Raw]:
    server = listening(site, 0, Showing())
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield Raw(server.server_port)
    server.shutdown()
    server.server_close()


OUTSIDE = [
    "/../secret.txt", "/../../secret.txt", "/%2e%2e/secret.txt", "/%2e%2e/%2e%2e/secret.txt", "/%2E./secret.txt",
    "/..%2fsecret.txt", "/..%2F..%2fsecret.txt", "/..%5csecret.txt", "/..\\..\\secret.txt", "/%5c..%5csecret.txt",
    "/%252e%252e/secret.txt", "/....//secret.txt", "/cases/../../../secret.txt", "/cases/%2e%2e/index.html",
    "//etc/passwd", "///etc/passwd", "/etc/passwd", "/%00", "/index.html%00", "/%00/../secret.txt", "/index%00.html",
    "/%c0%ae%c0%ae/secret.txt", "/%ff%fe", "/C:/Windows/win.ini", "/c:%5cboot.ini", "/index.html::$DATA",
    "/%0d%0aX:%20y",
    "/out.txt", "/in.html", "/in", "/away/secret.txt", "/away/", "/away", "/inner/leak.html", "/inner/leak", "/linked/",
    "/linked", "/linked/index.html", "/pipe", "/.hidden", "/_headers", "/empty/", "/empty", "/search/", "/search",
    "/./index.html", "/cases//leak.html", "/index.html/", "/index.html/x", "/cases/nothing.html", "/" + "a" * 5000,
    "/" + "a/" * 3000, "/%", "/%zz", "/*", "/cases%2fleak.html", "/~root/x", "/current/index.html"]


@pytest.mark.parametrize("path", OUTSIDE)
def test_what_is_no_file_of_the_release_is_not_found(site: Path, path: str) -> None:
    """No step, link, pipe, listing, hidden file, drive or other disguise leads to anything."""
    assert find(site.resolve(), path) is None


def test_refused_paths_show_nothing(raw: Raw) -> None:
    """Over the wire the same paths are 404 with the page for it, and no body holds what lies outside."""
    for path in OUTSIDE:
        status, _, body = raw.ask(path)
        assert status == 404 and "secret" not in body and "404.html" in body, path


def test_refused_paths_are_not_waited_for(raw: Raw) -> None:
    """Whoever asks what such a path shows is told of the page for what is not there, whatever lies outside."""
    missing = raw.ask("/__build?page=/nothing")
    for path in OUTSIDE:
        assert raw.ask(f"/__build?page={quote(path)}")[::2] == missing[::2] == (200, missing[2]), path


@pytest.mark.parametrize(("path", "file"), [
    ("/", "index.html"), ("/index.html", "index.html"), ("/cases/", "cases/index.html"), ("/q/2345p", "q/2345p.html"),
    ("/cases/leak", "cases/leak.html"), ("/both", "both.html"),
    ("/both/", "both/index.html"), ("/a%20b.html", "a b.html"), ("/%E8%A1%A8.json", "表.json"),
    ("/cases/leak.html?a=/../b#c", "cases/leak.html")])
def test_files_are_found_as_a_live_server_finds_them(raw: Raw, path: str, file: str) -> None:
    """A page by its name with or without its ending, a folder by its index."""
    status, _, body = raw.ask(path)
    assert status == 200 and file in body


def test_folder_without_its_slash_goes_there(raw: Raw) -> None:
    """Relative links of a folder's page work only from the address with the slash."""
    status, head, _ = raw.ask("/cases")
    assert status == 302 and "\r\nLocation: /cases/\r\n" in head


@pytest.mark.parametrize("host", [
    "", "evil.example", "evil.example:80", "127.0.0.1.evil.example", "localhost.evil.example", "localhost:x", "0.0.0.0",
    "127.0.0.1:80@evil.example", "127.0.0.2", "[::1]", "10.0.0.1", "127.0.0.1:1:2", "127.0.0.1 evil"])
def test_other_names_are_refused(raw: Raw, host: str) -> None:
    """A name that another site could point here is no name of ours, nor is none, nor two."""
    assert raw.ask("/", host=host)[0] == 403


def test_two_names_are_refused_and_ours_are_taken(raw: Raw) -> None:
    """With two names a browser and we might believe different ones; letters may be capital, a port may be forwarded."""
    assert raw.ask("/", more="Host: evil.example\r\n")[0] == 403
    assert [raw.ask("/", host=host)[0] for host in ("localhost", "LOCALHOST:9999", "127.0.0.1:1")] == [200] * 3


@pytest.mark.parametrize("more", [
    "Origin: https://evil.example\r\n", "Origin: null\r\n", "Origin: http://127.0.0.1:1\r\n",
    "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\nSec-Fetch-Dest: script\r\n",
    "Sec-Fetch-Site: same-site\r\nSec-Fetch-Mode: cors\r\nSec-Fetch-Dest: empty\r\n",
    "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: iframe\r\n"])
@pytest.mark.parametrize("path", ["/__build", "/"])
def test_pages_of_other_sites_read_nothing(raw: Raw, path: str, more: str) -> None:
    """What is not public yet becomes no part of another site's page, and neither does the number of the build."""
    assert raw.ask(path, more=more)[0] == 403


def test_own_pages_and_links_from_elsewhere_are_served(raw: Raw) -> None:
    """A page of ours may ask; a link on another site may lead here."""
    own = f"Origin: http://127.0.0.1:{raw.port}\r\nSec-Fetch-Site: same-origin\r\nSec-Fetch-Mode: cors\r\n"
    assert raw.ask("/__build", more=own)[0] == 200
    link = "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n"
    assert raw.ask("/", more=link)[0] == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PATCH", "get", "X"])
def test_other_methods_are_refused(raw: Raw, method: str) -> None:
    """Nothing but reading is offered."""
    status, _, body = raw.ask("/", method)
    assert (status, body) == (501, "501")


def test_head_is_get_without_its_body(raw: Raw) -> None:
    """HEAD tells what GET would, of files inside alone."""
    status, head, body = raw.ask("/cases/leak.html", "HEAD")
    assert status == 200 and body == "" and int(re.findall(r"Content-Length: (\d+)", head)[0]) > 0
    assert raw.ask("/../secret.txt", "HEAD")[0] == 404 and raw.ask("/", "HEAD", host="evil.example")[0] == 403


@pytest.mark.parametrize("line", [b"GET http://127.0.0.1/../secret.txt HTTP/1.1", b"GET http://evil.example/ HTTP/1.1",
                                  b"GET file:///etc/passwd HTTP/1.1", b"GET \\..\\secret.txt HTTP/1.1",
                                  b"GET index.html HTTP/1.1", b"GET ?x HTTP/1.1"])
def test_whole_addresses_are_not_found(raw: Raw, line: bytes) -> None:
    """We are nobody's proxy: only a path of ours is an address."""
    said = raw.say(line + b"\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    assert said.startswith(b"HTTP/1.1 404 ") and b"secret" not in said


@pytest.mark.parametrize("data", [
    b"", b"\r\n", b"\x00\x01\x02\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"GET / HTTP/1.1 x\r\n\r\n",
    b"GET /" + b"a" * 70000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", b"GET /\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 200 + b"\r\n", b"GET / HTTP/1.1\r\nA: " + b"b" * 70000 + b"\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nGET /x HTTP/1.1\r\n\r\n"])
def test_malformed_requests_end_the_connection(raw: Raw, data: bytes) -> None:
    """What is no request gets at most one refusal, and the server goes on for others."""
    said = raw.say(data)
    assert said.count(b"HTTP/1.") <= 1 and b" 200 " not in said and b"<body>" not in said
    assert raw.ask("/")[0] == 200


def test_silent_clients_are_left(raw: Raw, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever connects and says nothing, or half a request, is cut off; others are served meanwhile."""
    monkeypatch.setattr(Handler, "timeout", 0.3)
    with socket.create_connection(("127.0.0.1", raw.port), timeout=10):
        assert raw.ask("/")[0] == 200
        assert raw.say(b"GET / HTTP/1.1\r\nHost: loc", closes=False) == b""


@pytest.mark.parametrize("path", ["/", "/__build", "/__reload.js", "/nothing", "/empty/x.csv", "/cases"])
def test_headers_are_those_of_a_live_server(raw: Raw, path: str) -> None:
    """Every answer carries the policy that servers are told to send; what it forbids is seen in the preview already."""
    head = raw.ask(path)[1]
    for name, value in policy.headers().items():
        assert f"\r\n{name}: {value}\r\n" in head
    assert "\r\nServer: gongshi\r\n" in head and "Python" not in head


def test_types_do_not_hang_on_the_system(raw: Raw) -> None:
    """Scripts are scripts and data is no page, as `nosniff` asks; refusals carry the policy too."""
    kinds = {path: re.findall(r"Content-Type: (.*)\r", raw.ask(path)[1])[0]
             for path in ("/admin/app.js", "/empty/x.csv", "/search/a.pf_meta", "/")}
    assert [*kinds.values()] == ["text/javascript; charset=utf-8", "text/csv; charset=utf-8",
                                 "application/octet-stream", "text/html; charset=utf-8"]
    assert "X-Content-Type-Options: nosniff" in raw.ask("/", "POST")[1]


def test_forms_carry_their_own_policy(raw: Raw) -> None:
    """The page of the forms says its policy itself; the server adds what no page can say, as hosts do."""
    head = raw.ask("/admin/")[1]
    assert f"\r\n{policy.HEADER}: frame-ancestors 'none'\r\n" in head and "noindex" in head


def test_only_this_machine_is_listened_to(raw: Raw, site: Path) -> None:
    """The socket is bound to loopback, and the command has no option to bind another."""
    server = listening(site, 0, Showing())
    assert server.server_address[0] == "127.0.0.1"
    server.server_close()
    from generator.cli import main
    assert {option for one in main.get_command(None, "serve").params for option in one.opts} == {
        "--config", "--as-of", "--workers", "--out", "--port"}
