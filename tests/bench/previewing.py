"""How long an edit takes to the page while the preview server runs: from the record's save to the new answer."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path

from generator import cli
from generator.serve import HOST
from tests.bench.running import PLAIN, Took, Watch

PATIENCE = 60
BUILT = re.compile("已重新生成|Built again")
PAUSE_SECONDS = 0.005


def measure(site: Path, out: Path, times: int) -> list[Took]:
    """Return what each of some edits took; peak: of the server and its processes, from the first edit on.

    site: its folder; out: where it was built last. Exits where the server does not start, or shows no change.
    """
    config = site / "site_config.yml"
    command = [sys.executable, "-u", "-m", *PLAIN, "serve", "--config", str(config), "--out", str(out), "--port", "0"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert server.stdout is not None
    try:
        port = next((int(found[1]) for line in server.stdout if (found := re.search(r":(\d+)/", line))), 0)
        if not port:
            sys.exit(f"{' '.join(command)} ended with {server.wait()}")
        return [_once(site, port, server, number) for number in range(times)]
    finally:
        server.terminate()
        server.wait()


def _once(site: Path, port: int, server: subprocess.Popen[str], number: int) -> Took:
    """Change the title of one case, and wait until its page says it and what follows has come to its end."""
    content = cli.site_at(site / "site_config.yml").content
    path = sorted(content.glob("cases/*/*.yml"))[number]
    title = f"预览第{number + 1}次"
    text = re.sub(r"(?m)^title: .*$", f"title: {title}", path.read_text(encoding="utf-8"))
    new = path.with_suffix(".new")
    new.write_text(text, encoding="utf-8")
    with Watch(server.pid) as watch:
        start = time.perf_counter()
        new.replace(path)
        while title.encode() not in _asked(port, f"/cases/{path.stem}.html"):
            if time.perf_counter() - start > PATIENCE:
                sys.exit(f"the preview did not change within {PATIENCE} s")
            time.sleep(PAUSE_SECONDS)
        seconds = time.perf_counter() - start
        if not any(BUILT.search(line) for line in server.stdout or ()):
            sys.exit("the preview ended")
    return Took(seconds, 0, watch.peak)


def _asked(port: int, path: str) -> bytes:
    connection = HTTPConnection(HOST, port, timeout=PATIENCE)
    try:
        connection.request("GET", path)
        return connection.getresponse().read()
    finally:
        connection.close()
