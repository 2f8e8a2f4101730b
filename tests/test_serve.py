"""The preview server, as a process of its own: what it serves, what it refuses, and how it follows an edit."""

from __future__ import annotations

import http.client
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

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
    assert '<script src="/__reload.js">' in html and "/__build" in preview.get("/__reload.js")[1]
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
    preview.edit("cases/leak.yml", BASE["cases/leak.yml"].replace("楼道漏水", "楼道渗水"))
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
