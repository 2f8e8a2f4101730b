"""From an editor's sheet to the page that nginx serves, over git alone, on the shipped content.

sheet → import → commit → diff → merge in a bare repository → its hook checks, builds, publishes → nginx. The seconds of
every step are printed by `make e2e`; the whole has to stay under a minute.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests import nginx
from tests.repositories import WHO
from tests.sites import ROOT

SERVER = ROOT / "generator/town/ci/own/server"
pytestmark = pytest.mark.skipif(bool(nginx.MISSING) or not shutil.which("rsync"),
                                reason=nginx.MISSING or "no rsync on this machine (apt install rsync)")
NEW = {"title": "3栋门口路灯不亮（示例）", "source": "illustration", "category": "公共设施", "reported": "2026-11-20",
       "area": "demo-yinxing-b3", "illustrative": "是"}
CHANGED, DAY = "demo-case-67", "2026-11-22"
SAID = "改过一句：地漏重新做了防水。"


def run(*command: str | Path, cwd: Path) -> str:
    """Return what a command prints; fails where it does."""
    said = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False,
                          env={**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "zh_CN.UTF-8", **WHO})
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


def page(port: int, path: str) -> str:
    """Return a page as residents are served it."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/{path}", timeout=10) as answer:
        return str(answer.read().decode())


def fill(sheet: Path) -> None:
    """Do what an editor does in Excel: change one case's words, write a new one into the first free row."""
    book = load_workbook(sheet)
    cases = book.worksheets[0]
    columns = {cell.value: cell.column for cell in cases[1]}
    rows = {cases.cell(row, 1).value: row for row in range(3, cases.max_row + 1)}
    cases.cell(rows[CHANGED], columns["description"]).value = SAID
    free = next(row for row in range(3, cases.max_row + 2) if not cases.cell(row, columns["title"]).value)
    for name, value in NEW.items():
        cases.cell(free, columns[name]).value = value
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
    (tmp_path / "nginx").mkdir()
    with nginx.serving(tmp_path / "server/current", tmp_path / "server/nginx.conf", tmp_path / "nginx") as port:
        assert SAID not in page(port, f"cases/{CHANGED}.html")
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
            assert NEW["title"] in page(port, f"cases/{new[0]}.html")
            assert SAID in page(port, f"cases/{CHANGED}.html")
    print(f"{'together':<10}{time.perf_counter() - began:6.1f} s")
