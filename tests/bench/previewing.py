"""How long an edit takes to the page while the preview server runs: from the record's save to the new answer."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path

from generator import cli
from generator.serve import HOST
from tests.bench.running import PLAIN, Took, Watch

PATIENCE = 600
PAUSE_SECONDS = 0.005


def measure(site: Path, out: Path, times: int) -> list[Took]:
    """Return what each of some edits took; peak: of the server and its processes, from the first edit on.

    site: its folder; out: where it was built last. Exits where the server does not start, or shows no change.
    """
    config = site / "site_config.yml"
    command = [sys.executable, "-u", "-m", *PLAIN, "serve", "--config", str(config), "--out", str(out), "--port", "0"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert server.stdout is not None
    try:
        port = next((int(found[1]) for line in server.stdout if (found := re.search(r":(\d+)/", line))), 0)
        if not port:
            sys.exit(f"{' '.join(command)} ended with {server.wait()}")
        return [_once(site, port, server.pid, number) for number in range(times)]
    finally:
        server.terminate()
        server.wait()


def _once(site: Path, port: int, server: int, number: int) -> Took:
    """Change the title of one case, and wait until its page says it and what follows has come to its end."""
    content = cli.site_at(site / "site_config.yml").content
    path = sorted(content.glob("cases/*/*.yml"))[number]
    title = f"预览第{number + 1}次"
    text = re.sub(r"(?m)^title: .*$", f"title: {title}", path.read_text(encoding="utf-8"))
    before = _asked(port, "/__build")
    new = path.with_suffix(".new")
    new.write_text(text, encoding="utf-8")
    with Watch(server) as watch:
        start = time.perf_counter()
        new.replace(path)
        _wait(lambda: title.encode() in _asked(port, f"/cases/{path.stem}.html"))
        seconds = time.perf_counter() - start
        _wait(lambda: _asked(port, "/__build") != before)
    return Took(seconds, 0, watch.peak)


def _wait(shown: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not shown():
        if time.monotonic() > end:
            sys.exit(f"the preview did not change within {PATIENCE} s")
        time.sleep(PAUSE_SECONDS)


def _asked(port: int, path: str) -> bytes:
    connection = HTTPConnection(HOST, port, timeout=PATIENCE)
    try:
        connection.request("GET", path)
        return connection.getresponse().read()
    finally:
        connection.close()
