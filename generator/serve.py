"""Level 4. The preview server: loopback only, the built site and nothing else, reloading after every change.

Pages are served from `current`; a small script, added on the way out and never written to disk, asks for the number
of the build and reloads when it rises. A build that fails leaves the last good one in place.

What is previewed is not public yet: whoever asks must be a page of this very address, and is shown files of the release
and no other. Headers and addresses are those of a live server, so that what works here works there.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Queue
from urllib.parse import quote, unquote

from watchfiles import DefaultFilter, watch

from generator import policy
from generator.admin import FOLDER as FORMS
from generator.publish.hosting import NOINDEX, NOT_SERVED

HOST = "127.0.0.1"
RELOAD = b"""(function () {
  var seen = null;
  setInterval(function () {
    fetch("/__build").then(function (r) { return r.text(); }).then(function (n) {
      if (seen !== null && n !== seen) location.reload();
      seen = n;
    }).catch(function () {});
  }, 500);
})();"""
TAG = b'<script src="/__reload.js"></script>'
"""A file of its own: the pages' policy allows no script inside them."""
HOSTS = re.compile(r"(127\.0\.0\.1|localhost)(:\d{1,5})?", re.IGNORECASE)
"""Names of this machine that no other site can point elsewhere; the port may be one that is forwarded."""
PATIENCE = 10
"""So many seconds a request may keep silent."""
TYPES = {
    "html": "text/html", "css": "text/css", "js": "text/javascript", "json": "application/json", "csv": "text/csv",
    "txt": "text/plain", "xml": "application/xml", "svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg",
    "webp": "image/webp", "avif": "image/avif", "gif": "image/gif", "ico": "image/x-icon", "wasm": "application/wasm",
    "woff2": "font/woff2", "pdf": "application/pdf", "gz": "application/gzip",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""By the file's ending. What the system believes would make no script of `.js` on some machines with Windows."""
TEXTS = ("text/", "application/json", "application/xml", "image/svg")


class Build:
    """How often the site was built since the server started."""

    def __init__(self) -> None:
        self.number = 1


class Handler(BaseHTTPRequestHandler):
    """Serves files of one release; no listing, no link, no other address, no other site's page."""

    protocol_version = "HTTP/1.1"
    timeout = PATIENCE

    def __init__(self, *args: object, build: Build, root: Path, **kwargs: object):
        self.build, self.root = build, root
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Answer with the build's number, a page with the reload script, or a file."""
        if self.headers.get("Content-Length", "0") != "0" or "Transfer-Encoding" in self.headers:
            return self._refuse(HTTPStatus.BAD_REQUEST)  # whatever follows is not to be taken for a request
        if not self._is_from_here():
            return self._refuse(HTTPStatus.FORBIDDEN)
        path = self.path.partition("?")[0].partition("#")[0]
        if path == "/__build":
            return self._answer(200, str(self.build.number).encode(), "text/plain")
        if path == "/__reload.js":
            return self._answer(200, RELOAD, TYPES["js"])
        base = self.root.resolve()
        found = find(base, path)
        if found is None:
            return self._page(404, base / "404.html")
        if isinstance(found, str):
            return self._answer(302, b"", "text/plain", {"Location": found})
        if found.suffix == ".html":
            return self._page(200, found)
        return self._answer(200, found.read_bytes(), TYPES.get(found.suffix[1:], "application/octet-stream"))

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

    def _page(self, status: int, file: Path) -> None:
        html = file.read_bytes() if file.is_file() else b"404"
        if file.parent.name != FORMS:  # they save into the watched folder: reloaded, they would lose what is typed
            html = html.replace(b"</body>", TAG + b"</body>")
            return self._answer(status, html, TYPES["html"])
        return self._answer(status, html, TYPES["html"], {**policy.headers_beside_forms(), NOINDEX[0]: NOINDEX[1]})

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


def serve(current: Path, port: int, config: Path, folders: Sequence[Path], rebuild: Callable[[], bool],
          ready: Callable[[str], None], stop: threading.Event | None = None) -> None:
    """Serve `current` until interrupted; rebuild on every change of `config` or below `folders`, then reload pages.

    port: 0 takes any free one. ready: told the address once the server listens.
    Raises: OSError if the port is taken.
    """
    build = Build()
    server = listening(current, port, build)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        ready(f"http://{HOST}:{server.server_port}/")
        for _ in changes(config, folders, stop):
            build.number += rebuild()
    finally:
        server.shutdown()
        server.server_close()


def listening(current: Path, port: int, build: Build) -> ThreadingHTTPServer:
    """Return a server of the site at `current`, bound to this machine alone. Raises: OSError if the port is taken."""
    server = ThreadingHTTPServer((HOST, port), partial(Handler, build=build, root=current))
    server.daemon_threads = True
    return server


def changes(config: Path, folders: Sequence[Path], stop: threading.Event | None) -> Iterator[None]:
    """Yield after every change.

    The file is watched through its folder: editors replace files, and a watch on the file itself is then lost.
    """
    seen: Queue[None] = Queue()

    def follow(paths: Sequence[Path], only: Path | None) -> None:
        for _ in watch(*paths, watch_filter=(lambda change, path: Path(path) == only) if only else DefaultFilter(),
                       recursive=only is None, stop_event=stop, raise_interrupt=False):
            seen.put(None)

    for paths, only in ((folders, None), ([config.parent], config)):
        threading.Thread(target=follow, args=(paths, only), daemon=True).start()
    while stop is None or not stop.is_set():
        seen.get()
        while not seen.empty():
            seen.get()
        yield
