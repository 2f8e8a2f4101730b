"""A real browser that notices whatever a payload brings about: a run script, a request, a complaint, another page.

`alert` and its like are ours before any page's script runs and tell a binding, so that what runs is known, however it
was written. Nothing leaves this machine: only 127.0.0.1 is answered.
"""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Page, ProxySettings, Request

from generator import policy


def script(name: str) -> str:
    """Return a script that lies beside this module, without the comment it begins with."""
    return (Path(__file__).parent / f"{name}.js").read_text(encoding="utf-8").partition("*/\n")[2]


HOOKS = script("hooks")

SHAPE = script("shape")

PROD = script("prod")


@dataclass
class Watch:
    """What happened while a browser looked, as text, with the page on which it happened.

    own: beginnings of what belongs there, as the stylesheet of a document that is opened from disk.
    """

    home: str
    seen: Counter[str] = field(default_factory=Counter)
    pages: int = 0
    own: tuple[str, ...] = ()

    def note(self, what: str) -> None:
        """Note that something happened."""
        self.seen[what] += 1

    def on_context(self, context: BrowserContext) -> Page:
        """Watch all that happens in a context of the browser, and return its page."""
        context.expose_binding("gongshiCanary", lambda source, what: self.note(what))
        context.add_init_script(HOOKS)
        page = context.new_page()
        context.on("page", lambda new: self.note(f"new window {new.url}"))
        context.on("request", self._asked)
        context.on("console", self._said)
        context.on("weberror", lambda error: self.note(f"error {error.error} @ {page.url}"))
        page.on("dialog", lambda dialog: (self.note(f"dialog {dialog.message} @ {page.url}"), dialog.dismiss()))
        page.on("download", lambda one: self.note(f"download {one.url} @ {page.url}"))
        return page

    def _asked(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and not request.url.startswith(self.home):
            self.note(f"request {request.url} from {request.frame.url}")

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.note(f"console {message.text[:300]} @ {message.location['url']}")

    def look(self, page: Page, path: str, prod: bool = True) -> None:
        """Open a page, look through what stands in it, and touch everything but where it only leads on."""
        self.pages += 1
        onward = LEADS_ON.match(path) and 'http-equiv="refresh"' in page.request.get(self.home + path).text()
        page.goto(self.home + path, wait_until="commit" if onward else "load")
        if onward:
            page.wait_for_url(lambda url: not LEADS_ON.match(url.removeprefix(self.home)), wait_until="load")
            path = page.url.removeprefix(self.home)
            if not page.url.startswith(self.home):
                self.note(f"led to {page.url}")
        self.look_here(page, path)
        if prod:
            page.evaluate(PROD)
            if re.split("[?#]", page.url)[0] != re.split("[?#]", self.home + path)[0]:
                self.note(f"went to {page.url} from {path}")

    def look_here(self, page: Page, path: str) -> None:
        """Look through what stands in the page that is open."""
        for found in page.evaluate(SHAPE):
            if not found.startswith(self.own):
                self.note(f"{found} @ {path}")

    def sweep(self, page: Page, paths: Iterable[str]) -> None:
        """Look at many pages."""
        for path in paths:
            self.look(page, path)


LEADS_ON = re.compile(r"q/[0-9a-z]+(?:\.html|/index\.html)$")
"""A page that a printed code opens, and that opens the record's at once, unless the code is no longer in use."""


class Handler(SimpleHTTPRequestHandler):
    """Serves a release with the headers given; `strip` leaves out the policy that pages carry."""

    sent: Mapping[str, str] = {}
    strip: bool = False

    def end_headers(self) -> None:
        for name, value in self.sent.items():
            self.send_header(name, value)
        super().end_headers()

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if not (self.strip and path.suffix == ".html" and path.is_file()):
            return super().do_GET()
        data = path.read_bytes().replace(b'http-equiv="Content-Security-Policy"', b'name="policy"')
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        pass


def sending() -> type[Handler]:
    """Return a handler that sends what the generator's `_headers` and nginx.conf tell servers to send."""
    return type("Sending", (Handler,), {"sent": policy.headers()})


def bare() -> type[Handler]:
    """Return a handler under which no policy is in force, and whatever would offend it is told all the same."""
    told = {f"{policy.HEADER}-Report-Only": policy.headers()[policy.HEADER]}
    return type("Bare", (Handler,), {"strip": True, "sent": told})


@contextmanager
def serving(handler: Callable[..., Any]) -> Iterator[str]:
    """Serve with a handler on a free port of this machine, and give the address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.handle_error = lambda *given: None  # type: ignore[method-assign]  # a page was left before it came
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()



NOWHERE: ProxySettings = {"server": "http://127.0.0.1:9", "bypass": "127.0.0.1"}
"""A context's proxy by which every other host is refused at once; what was asked of it is seen all the same."""


def of_folder(kind: type[Handler], folder: Path) -> Callable[..., Any]:
    """Return a handler that serves a folder."""
    return partial(kind, directory=str(folder))


class Control(BaseHTTPRequestHandler):
    """Puts payload number N unescaped into a page, as `/HOW/N`, and dozens of those into one, as `/many/HOW/N-N-N`."""

    payloads: tuple[str, ...] = ()
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        parts = self.path.strip("/").split("/")
        if parts[0] == "many":
            html = "<!doctype html><title>many</title>" + "".join(
                f'<iframe sandbox="allow-scripts allow-same-origin allow-forms" src="/{parts[1]}/{n}/"></iframe>'
                for n in parts[2].split("-"))
        elif parts[0] in HOW and len(parts) == 2:
            put = HOW[parts[0]](self.payloads[int(parts[1])])
            html = f"<!doctype html><meta charset=utf-8><title>one</title><body>{put}"
        else:
            html = ""
        data = html.encode("utf-8", "replace")
        self.send_response(200 if html else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        pass


def _markdown(payload: str) -> str:
    import markdown
    return markdown.markdown(payload, extensions=["tables", "attr_list", "footnotes"])


HOW: dict[str, Callable[[str], str]] = {
    "body": lambda p: p,
    "attribute": lambda p: f'<p title="{p}">字</p><p title=\'{p}\'>字</p><input value={p}>',
    "address": lambda p: f'<a href="{p}">字</a>{_markdown(p)}',
    "text": lambda p: f'<script>var given = "{p}";</script>',
    "script": lambda p: f"<script>{p}</script>",
}
"""Ways to put a text into a page without any care."""

TOUCH = script("touch")


def live(context: BrowserContext, payloads: tuple[str, ...], hows: Iterator[str] | tuple[str, ...] = tuple(HOW),
         at_once: int = 60) -> set[int]:
    """Return the numbers of the payloads that run when they are put into a page without any care and any policy.

    Ran is what told the canary, wherever it ran: in the page itself, or in a frame that it opened. What did not run in
    one place is tried in the next.
    """
    ran: set[int] = set()

    def told(source: Mapping[str, Any], what: str) -> None:
        frame = source["frame"]
        while frame:
            parts = urlsplit(frame.url).path.strip("/").split("/")
            if parts[0] in HOW and len(parts) == 2 and parts[1].isdigit():
                if what.startswith("ran "):
                    ran.add(int(parts[1]))
                return
            frame = frame.parent_frame

    context.expose_binding("gongshiCanary", told)
    context.add_init_script(HOOKS + TOUCH)
    with serving(type("Ours", (Control,), {"payloads": payloads})) as home:
        for how in hows:
            _open_all(context, f"{home}many/{how}/", [n for n in range(len(payloads)) if n not in ran], at_once)
    return ran


def _open_all(context: BrowserContext, address: str, numbers: list[int], at_once: int) -> None:
    """Open a page for each payload, dozens at once; where one of them holds all of them up, fewer and fewer at once."""
    for start in range(0, len(numbers), at_once):
        some, page = numbers[start:start + at_once], context.new_page()
        try:
            page.goto(address + "-".join(map(str, some)), wait_until="load", timeout=5_000)
            page.wait_for_timeout(50)  # timers of payloads
        except Error:
            if at_once > 1:
                _open_all(context, address, some, at_once // 8 or 1)
        finally:
            page.close()
