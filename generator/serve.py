"""Level 4. The preview server: loopback only, the built site and nothing else, reloading what has changed.

Pages are served from `current`, but for those that were just saved and painted by themselves, which are held in memory
until a build is through. A small script, added on the way out and never written to disk, asks whether its page is
another one by now, and is answered when it is. What is saved is dealt with in `follow`.

What is previewed is not public yet: whoever asks must be a page of this very address, and is shown files of the release
and no other. Headers and addresses are those of a live server, so that what works here works there.
"""

from __future__ import annotations

import re
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, quote, unquote

from generator import policy
from generator.admin import FOLDER as FORMS
from generator.digest import sha256
from generator.publish.hosting import NOINDEX, NOT_SERVED

HOST = "127.0.0.1"
RELOAD = b"""(function () {
  var shown = document.currentScript.dataset.shown, asking, later;
  function ask() {
    clearTimeout(later);
    if (asking) asking.abort();
    if (document.hidden) return;
    var mine = asking = new AbortController();
    var page = encodeURIComponent(location.pathname);
    fetch("/__build?page=" + page + "&shown=" + shown, { signal: mine.signal }).then(function (r) {
      if (!r.ok) throw r;
      return r.text();
    }).then(function (now) {
      if (now !== shown) location.reload(); else ask();
    }).catch(function () {
      if (!mine.signal.aborted) later = setTimeout(ask, 1000);
    });
  }
  document.addEventListener("visibilitychange", ask);
  ask();
})();"""
"""Only the page that is looked at asks: a browser has six connections to one host, for all of its tabs."""
TAG = b'<script src="/__reload.js" data-shown="%s"></script>'
"""A file of its own: the pages' policy allows no script inside them."""
HOSTS = re.compile(r"(127\.0\.0\.1|localhost)(:\d{1,5})?", re.IGNORECASE)
"""Names of this machine that no other site can point elsewhere; the port may be one that is forwarded."""
PATIENCE = 10
"""So many seconds a request may keep silent."""
ASSETS = "/assets/"
"""What lies below is named by its digest: kept as live servers say, it is not read again where a page is reloaded."""
LONG = 20
"""So many seconds an answer may take while nothing changes."""
TYPES = {
    "html": "text/html", "css": "text/css", "js": "text/javascript", "json": "application/json", "csv": "text/csv",
    "txt": "text/plain", "xml": "application/xml", "svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg",
    "webp": "image/webp", "avif": "image/avif", "gif": "image/gif", "ico": "image/x-icon", "wasm": "application/wasm",
    "woff2": "font/woff2", "pdf": "application/pdf", "gz": "application/gzip",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""By the file's ending. What the system believes would make no script of `.js` on some machines with Windows."""
TEXTS = ("text/", "application/json", "application/xml", "image/svg")


class Showing:
    """What is shown besides the release: pages that were painted since, by their path below the root.

    number: how often all pages may have changed in a way that their bytes don't tell.
    """

    def __init__(self) -> None:
        self.number = 1
        self.pages: Mapping[str, bytes] = {}
        self.changed = threading.Condition()

    def show(self, pages: Mapping[str, bytes], all_else: bool = False) -> None:
        """Show these pages, and no others of before, and have whoever waits look again."""
        with self.changed:
            self.pages = dict(pages)
            self.number += all_else
            self.changed.notify_all()


class Handler(BaseHTTPRequestHandler):
    """Serves files of one release; no listing, no link, no other address, no other site's page."""

    protocol_version = "HTTP/1.1"
    timeout = PATIENCE

    def __init__(self, *args: object, showing: Showing, root: Path, **kwargs: object):
        self.showing, self.root = showing, root
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Answer with a page and the reload script, with a file, or with what a page is once it is another one."""
        if self.headers.get("Content-Length", "0") != "0" or "Transfer-Encoding" in self.headers:
            return self._refuse(HTTPStatus.BAD_REQUEST)  # whatever follows is not to be taken for a request
        if not self._is_from_here():
            return self._refuse(HTTPStatus.FORBIDDEN)
        path, _, query = self.path.partition("#")[0].partition("?")
        if path == "/__build":
            return self._answer(200, self._awaited(query).encode(), "text/plain")
        if path == "/__reload.js":
            return self._answer(200, RELOAD, TYPES["js"])
        found = find(self.root.resolve(), path)
        if isinstance(found, str):
            return self._answer(302, b"", "text/plain", {"Location": found})
        if found is None or found.suffix == ".html":
            return self._page(found)
        lasts = {"Cache-Control": policy.FOREVER} if path.startswith(ASSETS) else None
        return self._answer(200, found.read_bytes(), TYPES.get(found.suffix[1:], "application/octet-stream"), lasts)

    do_HEAD = do_GET

    def _is_from_here(self) -> bool:
        """Whether a request names this machine, and comes from a page of this address or from no page at all.

        A link on another site may lead here; nothing of ours may become a part of its page.
        """
        names = self.headers.get_all("Host", [])
        if len(names) != 1 or not HOSTS.fullmatch(names[0].strip()):
            return False
        if self.headers.get("Origin", f"http://{names[0].strip()}") != f"http://{names[0].strip()}":
            return False
        site, mode = self.headers.get("Sec-Fetch-Site", "none"), self.headers.get("Sec-Fetch-Mode", "navigate")
        return site in ("same-origin", "none") or (mode == "navigate" and self.headers.get(
            "Sec-Fetch-Dest", "document") == "document")

    def _awaited(self, query: str) -> str:
        """Return what an address shows, as soon as that is something else than what was shown, or after a while."""
        asked = parse_qs(query)
        page, shown = asked.get("page", ["/"])[0], asked.get("shown", [""])[0]

        def now() -> str:
            return self._shown(self._html(find(self.root.resolve(), page)))

        with self.showing.changed:
            self.showing.changed.wait_for(lambda: now() != shown, LONG)
            return now()

    def _html(self, found: Path | str | None) -> bytes:
        """Return the page that stands in a file, or was painted since; where there is none, the page that says so."""
        base = self.root.resolve()
        file = found if isinstance(found, Path) else base / "404.html"
        if file.is_relative_to(base) and (page := self.showing.pages.get(file.relative_to(base).as_posix())):
            return page
        return file.read_bytes() if file.is_file() else b"404"

    def _shown(self, html: bytes) -> str:
        return f"{self.showing.number}-{sha256(html)[:16]}"

    def _page(self, found: Path | None) -> None:
        html, status = self._html(found), 200 if found else 404
        if found and found.parent.name == FORMS:  # they save into the watched folder: what is typed would be lost
            return self._answer(status, html, TYPES["html"], {**policy.headers_beside_forms(), NOINDEX[0]: NOINDEX[1]})
        tag = TAG % self._shown(html).encode()
        return self._answer(status, html.replace(b"</body>", tag + b"</body>"), TYPES["html"])

    def _answer(self, status: int, body: bytes, kind: str, more: dict[str, str] | None = None) -> None:
        told = {"Content-Type": f"{kind}; charset=utf-8" if kind.startswith(TEXTS) else kind,
                "Content-Length": str(len(body)), "Cache-Control": "no-store",
                "Cross-Origin-Resource-Policy": "same-origin", **policy.headers(), **(more or {})}
        self.send_response(status)
        for name, value in told.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _refuse(self, status: int) -> None:
        """Answer with a number alone, and read nothing more from whoever asked."""
        self.close_connection = True
        self._answer(status, str(int(status)).encode(), "text/plain", {"Connection": "close"})

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuse what is no request of ours: another method, a line too long."""
        self._refuse(code)

    def version_string(self) -> str:
        """Name the program, and none of its parts."""
        return "gongshi"

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the terminal is for Problems."""


def find(base: Path, asked: str) -> Path | str | None:
    """Return the file that is meant, None for none; for a folder named without its slash the address to go to.

    base: the release's own folder, resolved; asked: the path as it came. As on a live server `/a` is `/a.html` too.
    Whatever the path is not written as plainly as a page links it is not found: a link on the way, another
    spelling of a name, a step upwards in any disguise.
    """
    try:
        path = unquote(asked, errors="strict")
        *folders, name = path[1:].split("/")
        named = [*folders, name] if name else folders
        if not path.startswith("/") or "%2f" in asked.lower() or not all(map(_is_plain, named)) or path in NOT_SERVED:
            return None
        file = base.joinpath(*named)
        index = file / "index.html"
        for one in (file, file.with_name(f"{name}.html")) if name else (index,):
            if one.is_file():
                return one if _is_itself(one) else None
        return f"{quote(path)}/" if name and index.is_file() and _is_itself(index) else None
    except (OSError, ValueError):
        return None


def _is_plain(part: str) -> bool:
    """Whether a name in a path is one, on every system: no step, nothing hidden, no drive, stream or control sign."""
    return bool(part) and not part.startswith(".") and not re.search(r'[\x00-\x1f\x7f\\:*?"<>|]', part)


def _is_itself(file: Path) -> bool:
    """Whether a file stands where its path says, spelled so, and no link is on the way."""
    return file.resolve(strict=True) == file


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a browser that has gone: one that leaves a page no longer waits for its answer."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


def listening(current: Path, port: int, showing: Showing) -> ThreadingHTTPServer:
    """Return a server of the site at `current`, bound to this machine alone. Raises: OSError if the port is taken."""
    return _Server((HOST, port), partial(Handler, showing=showing, root=current))


@contextmanager
def served(current: Path, port: int, showing: Showing) -> Iterator[str]:
    """Serve `current`, and give the address. port: 0 takes any free one. Raises: OSError if the port is taken."""
    server = listening(current, port, showing)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://{HOST}:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
