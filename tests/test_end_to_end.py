"""From an editor's sheet to the page that nginx serves, over git alone, on the shipped content.

sheet → import → commit → diff → merge in a bare repository → its hook checks, builds, publishes → nginx. The seconds of
every step are printed by `make e2e`; the whole has to stay under a minute.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.sites import ROOT

SERVER = ROOT / "generator/town/ci/own/server"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
pytestmark = pytest.mark.skipif(not (NGINX and shutil.which("rsync") and shutil.which("git")),
                                reason="nginx, rsync and git are needed: apt-get install nginx-light rsync git")
NEW = {"title": "3栋门口路灯不亮（示例）", "source": "illustration", "category": "公共设施", "reported": "2026-11-20",
       "area": "demo-yinxing-b3", "illustrative": "是"}
CHANGED, DAY = "demo-case-67", "2026-11-22"
AUTHOR = {f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER")
          for what, value in (("NAME", "编辑"), ("EMAIL", "editor@example.org"))}
SAID = "改过一句：地漏重新做了防水。"


def run(*command: str | Path, cwd: Path) -> str:
    """Return what a command prints; fails where it does."""
    said = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False,
                          env={**os.environ, "PYTHONPATH": str(ROOT), "LANG": "zh_CN.UTF-8", **AUTHOR})
    assert said.returncode == 0, said.stdout + said.stderr
    return said.stdout


def gongshi(*args: str | Path, cwd: Path) -> str:
    """Run the command in a process of its own, as an editor or the hook does."""
    return run(sys.executable, "-m", "generator", *args, cwd=cwd)


@contextmanager
def step(name: str) -> Iterator[None]:
    """Print how many seconds a step takes."""
    began = time.perf_counter()
    yield
    print(f"{name:<10}{time.perf_counter() - began:6.1f} s")


@contextmanager
def nginx(root: Path, server: Path) -> Iterator[str]:
    """Serve the site below `server`/current with its own nginx.conf, and give its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    root.mkdir()
    (root / "nginx.conf").write_text(f"""\
daemon off; pid {root}/pid; error_log {root}/error.log; {"user root;" if os.getuid() == 0 else ""}
events {{}}
http {{
    types {{ text/html html; text/css css; application/javascript js; application/json json; }}
    access_log off; client_body_temp_path {root}/a; proxy_temp_path {root}/b; fastcgi_temp_path {root}/c;
    uwsgi_temp_path {root}/d; scgi_temp_path {root}/e;
    server {{ listen 127.0.0.1:{port}; root {server}/current; include {server}/nginx.conf; }}
}}
""", encoding="utf-8")
    assert NGINX
    process = subprocess.Popen([NGINX, "-p", root, "-c", root / "nginx.conf"], stderr=subprocess.DEVNULL)
    try:
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait()


def read(address: str) -> str:
    """Return a served page, once the server answers."""
    for _ in range(100):
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:
                return str(answer.read().decode())
        except urllib.error.HTTPError:
            raise
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"{address} does not answer")


def fill(sheet: Path) -> None:
    """Do what an editor does in Excel: change one case's words, write a new one into the first free row."""
    book = load_workbook(sheet)
    page = book.worksheets[0]
    columns = {cell.value: cell.column for cell in page[1]}
    rows = {page.cell(row, 1).value: row for row in range(3, page.max_row + 1)}
    page.cell(rows[CHANGED], columns["description"]).value = SAID
    free = next(row for row in range(3, page.max_row + 2) if not page.cell(row, columns["title"]).value)
    for name, value in NEW.items():
        page.cell(free, columns[name]).value = value
    book.save(sheet)


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A bare repository with the shipped content and the shipped hook, which publishes what reaches main."""
    bare, town, command = tmp_path / "town.git", tmp_path / "work", tmp_path / "gongshi"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m generator "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    run("git", "init", "--quiet", "--bare", "--initial-branch=main", bare, cwd=tmp_path)
    for key, value in (("work", town), ("target", tmp_path / "server"), ("command", command)):
        run("git", "config", f"gongshi.{key}", value, cwd=bare)
    shutil.copy(SERVER / "post-receive", bare / "hooks")
    (bare / "hooks/post-receive").chmod(0o755)
    run("git", "clone", "--quiet", bare, town, cwd=tmp_path)
    shutil.copytree(ROOT / "content", town / "content")
    shutil.copytree(SERVER, town / "server")
    shutil.copy(ROOT / "site_config.yml", town)
    (town / ".gitignore").write_text("/site/\n/.cache/\n", encoding="utf-8")
    run("git", "add", "--all", cwd=town)
    run("git", "commit", "--quiet", "-m", "founded", cwd=town)
    run("git", "push", "--quiet", "origin", "HEAD:main", cwd=town)
    return bare


def test_sheet_becomes_a_served_page(bare: Path, tmp_path: Path) -> None:
    """What an editor wrote into a sheet is read by residents after one merge, served by the site's own rules."""
    town, sheet = tmp_path / "editor", tmp_path / "办件.xlsx"
    began = time.perf_counter()
    run("git", "clone", "--quiet", bare, town, cwd=tmp_path)
    with nginx(tmp_path / "nginx", tmp_path / "server") as address:
        assert SAID not in read(f"{address}cases/{CHANGED}.html")
        with step("export"):
            gongshi("export", "case", "-o", sheet, cwd=town)
        fill(sheet)
        with step("import"):
            assert "新增 1，修改 1" in gongshi("import", sheet, "--as-of", DAY, cwd=town)
            gongshi("import", sheet, "--write", "--as-of", DAY, cwd=town)
        with step("commit"):
            run("git", "switch", "--quiet", "-c", "draft", cwd=town)
            run("git", "add", "--all", cwd=town)
            run("git", "commit", "--quiet", "-m", "两件办件", cwd=town)
        with step("diff"):
            said = gongshi("diff", "main..HEAD", "--as-of", DAY, cwd=town)
            assert NEW["title"] in said and SAID[5:] in said
        with step("publish"):  # the merge, and all that its hook does
            run("git", "switch", "--quiet", "main", cwd=town)
            run("git", "merge", "--quiet", "--no-ff", "--no-edit", "draft", cwd=town)
            run("git", "push", "--quiet", "origin", "main", cwd=town)
        with step("served"):
            new = [p.stem for p in (town / "content/cases").rglob("*.yml") if NEW["title"] in p.read_text("utf-8")]
            assert NEW["title"] in read(f"{address}cases/{new[0]}.html")
            assert SAID in read(f"{address}cases/{CHANGED}.html")
    print(f"{'together':<10}{time.perf_counter() - began:6.1f} s")
