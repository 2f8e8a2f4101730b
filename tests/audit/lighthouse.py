"""`make lighthouse`: home, a list, a record and a board on a slow phone, at least 95 of 100 in all four categories."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import tempfile
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from generator import policy
from tests.browser.chromium import find
from tests.browser.pages import built

LEAST = 95
PAGES = {"home": "index.html", "list": "cases/index.html", "record": "projects/chenguang-gaizao.html",
         "board": "stars/house-stars.example.html"}
MADE_UP = "is-crawlable"
"""Not asked of illustrative pages, which tell search engines to stay away; the demo has no other board."""
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
LIGHTHOUSE = Path(__file__).parent / "node_modules/lighthouse/cli/index.js"
CHROMIUM = "--headless=new --no-sandbox --disable-gpu --disable-background-networking"


class Host(SimpleHTTPRequestHandler):
    """Serves as a host would: compressed, assets for a year as their names change with their content."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            return self.send_error(404)
        body = gzip.compress(path.read_bytes(), 9, mtime=0)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", policy.FOREVER if path.parent.name == "assets" else policy.BRIEFLY)
        self.end_headers()
        self.wfile.write(body)

    def guess_type(self, path: str) -> str:  # type: ignore[override]
        guessed = super().guess_type(path)
        return guessed + "; charset=utf-8" if guessed.startswith("text/") else guessed

    def log_message(self, format: str, *args: object) -> None:
        pass


def main() -> int:
    """Print the scores, and what costs points where one is too low; return 1 if one is."""
    with tempfile.TemporaryDirectory() as folder:
        release = built(Path(folder)).release
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Host, directory=str(release)))
        Thread(target=server.serve_forever, daemon=True).start()
        reports = {name: report(f"http://127.0.0.1:{server.server_port}/{path}") for name, path in PAGES.items()}
        server.shutdown()
    print(f"{'':8}", *CATEGORIES)
    low = False
    for name, found in reports.items():
        scores = {c: round(100 * (found["categories"][c]["score"] or 0)) for c in CATEGORIES}
        print(f"{name:8}", *(f"{scores[c]:>{len(c)}}" for c in CATEGORIES))
        for c in CATEGORIES:
            if scores[c] < LEAST:
                low = True
                print(*(f"    {c}: {fault}" for fault in faults(found, c)), sep="\n")
    return low


def report(address: str) -> dict:
    """Return Lighthouse's report on a page, as its own mobile preset measures it."""
    done = subprocess.run(
        ["node", str(LIGHTHOUSE), address, "--output=json", "--quiet", f"--only-categories={','.join(CATEGORIES)}",
         f"--chrome-flags={CHROMIUM}", *([f"--skip-audits={MADE_UP}"] if ".example." in address else [])],
        capture_output=True, text=True, env=os.environ | {"CHROME_PATH": find() or ""})
    if done.returncode:
        raise SystemExit(done.stderr)
    return json.loads(done.stdout)


def faults(found: dict, category: str) -> list[str]:
    """Return the audits that cost a category points."""
    costing = [a["id"] for a in found["categories"][category]["auditRefs"] if a["weight"]]
    audits = [found["audits"][id] for id in costing]
    return [f"{a['title']} ({a.get('displayValue', '')})" for a in audits if (a["score"] or 1) < 0.9 or a["score"] == 0]


if __name__ == "__main__":
    sys.exit(main())
