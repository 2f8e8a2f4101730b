"""Level 4. The preview server: loopback only, the built site and nothing else, reloading after every change.

Pages are served from `current`; a small script, added on the way out and never written to disk, asks for the number
of the build and reloads when it rises. A build that fails leaves the last good one in place.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Queue
from urllib.parse import unquote, urlsplit

from watchfiles import DefaultFilter, watch

from generator.admin import FOLDER as FORMS

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


class Build:
    """How often the site was built since the server started."""

    def __init__(self) -> None:
        self.number = 1


class Handler(SimpleHTTPRequestHandler):
    """Serves files below one folder; no listing, no link that leads out, no host but this machine."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *args: object, build: Build, root: Path, **kwargs: object):
        self.build, self.root = build, root
        super().__init__(*args, directory=str(root), **kwargs)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Answer with the build's number, a page with the reload script, or a file."""
        if self.headers.get("Host", "").partition(":")[0] not in (HOST, "localhost"):
            return self._answer(403, b"403", "text/plain")
        path = unquote(urlsplit(self.path).path)
        if path == "/__build":
            return self._answer(200, str(self.build.number).encode(), "text/plain")
        if path == "/__reload.js":
            return self._answer(200, RELOAD, "text/javascript")
        found = self._find(path)
        if found is None:
            return self._page(404, self.root / "404.html")
        if found.suffix == ".html":
            return self._page(200, found)
        return self._answer(200, found.read_bytes(), self.guess_type(str(found)))

    def do_HEAD(self) -> None:
        """Refuse: nothing asks for it, and the inherited answer would look outside."""
        self._answer(405, b"", "text/plain")

    def _find(self, path: str) -> Path | None:
        """Return the file for a path, None if there is none inside the site."""
        try:
            base = self.root.resolve()
            file = (base / path.lstrip("/")).resolve()
            file = file / "index.html" if file.is_dir() else file
            return file if file.is_relative_to(base) and file.is_file() else None
        except (OSError, ValueError):
            return None

    def _page(self, status: int, file: Path) -> None:
        html = file.read_bytes() if file.is_file() else b"404"
        if file.parent.name != FORMS:  # they save into the watched folder: reloaded, they would lose what is typed
            html = html.replace(b"</body>", TAG + b"</body>")
        self._answer(status, html, "text/html; charset=utf-8")

    def _answer(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the terminal is for Problems."""


def serve(current: Path, port: int, config: Path, folders: Sequence[Path], rebuild: Callable[[], bool],
          ready: Callable[[str], None], stop: threading.Event | None = None) -> None:
    """Serve `current` until interrupted; rebuild on every change of `config` or below `folders`, then reload pages.

    port: 0 takes any free one. ready: told the address once the server listens.
    Raises: OSError if the port is taken.
    """
    build = Build()
    server = ThreadingHTTPServer((HOST, port), partial(Handler, build=build, root=current))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        ready(f"http://{HOST}:{server.server_port}/")
        for _ in changes(config, folders, stop):
            build.number += rebuild()
    finally:
        server.shutdown()
        server.server_close()


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
