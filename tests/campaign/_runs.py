"""A small site in two versions, and builds of it in processes of their own that can be killed or made to fail.

Whoever runs a campaign has everything imported: a build is forked, and takes a fraction of a second.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

import generator.cli.publishing  # noqa: F401  commands are imported when asked for, and a child may open no file
from generator.cli import main
from tests.pictures import picture
from tests.sites import BASE, CONFIG, LISTED, build_site, content, torn, write_site

LEAK = BASE["cases/leak.yml"]
CASES = {f"cases/c-{number:02d}.yml": LEAK.replace("楼道漏水", f"第{number}件") for number in range(3)}
OLD: dict[str, str | bytes | None] = {
    **BASE, **LISTED, **CASES, "pages/about.md": "# 关于\n\n旧的说明。\n", "photos/lamp.png": picture(),
    "cases/c-00.yml": CASES["cases/c-00.yml"] + "images: [{file: lamp.png, alt: 楼道里的灯}]\n"}
NEW: dict[str, str | bytes | None] = {
    "cases/c-01.yml": CASES["cases/c-01.yml"] + "note: 改了的一件\n", "pages/about.md": "# 关于\n\n新的说明。\n",
    "cases/c-02.yml": CASES["cases/c-02.yml"] + "withdrawn: {date: 2026-06-20, reason: 误录}\n"}
"""What changes: a page, prose, and a record that is withdrawn, so that the old release is deleted in the end."""
TOWN = "theme/assets/gongshi.css/99-town.css"
"""A town's part of the stylesheet, which only the old version has: the new one carries the old one's file."""


class Ground(NamedTuple):
    """Where a campaign runs: the folder whose copies are built, and what stands in it before and after.

    home: the site with the new content; the old one stands in `site/`, the caches are those of the old build.
    """

    home: Path
    old: dict[str, str]
    new: dict[str, str]


class Ended(NamedTuple):
    """How a build ended: its exit code, negative for the signal that killed it, and what it said."""

    code: int
    said: str


@contextmanager
def ground(config: str = CONFIG + "theme: theme\n") -> Iterator[Ground]:
    """Give the site in its new version over the old release."""
    with tempfile.TemporaryDirectory(prefix="gongshi-campaign-") as work:
        home = Path(work) / "home"
        os.chmod(work, 0o755)
        settings = write_site(home, OLD, config)
        (home / TOWN).parent.mkdir(parents=True)
        (home / TOWN).write_bytes(b".gs-town { color: inherit }\n")
        build_site(settings, home / "site")
        old = content(home / "site")
        write_site(home, NEW, config)
        shutil.rmtree(home / "theme/assets")
        clean = Path(work) / "clean"
        shutil.copytree(home / "content", clean / "content")
        (clean / "theme").mkdir()
        build_site(write_site(clean, {}, config), clean / "site")
        yield Ground(home, old, content(clean / "site"))


@contextmanager
def copied(here: Ground) -> Iterator[Path]:
    """Give a copy of the site to be spoilt."""
    work = Path(tempfile.mkdtemp(dir=here.home.parent))
    try:
        work.chmod(0o755)
        yield Path(shutil.copytree(here.home, work / "town", symlinks=True))
    finally:
        shutil.rmtree(work, ignore_errors=True)


def start(home: Path, before: Callable[[], object] = lambda: None, *args: str) -> int:
    """Return the id of a child process that builds a site through the command itself; it ends as the command does.

    before: what the child does first.
    """
    child = os.fork()
    if child:
        return child
    code = 70
    try:
        said = os.open(home / "said", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        sys.stdout = sys.stderr = os.fdopen(said, "w", 1, encoding="utf-8", closefd=False)
        tempfile.tempdir = str(home)
        before()
        main(["build", "--config", str(home / "site_config.yml"), "--workers", "1", *args])
    except SystemExit as error:
        code = int(error.code or 0)
    except BaseException:
        traceback.print_exc()
    finally:
        with suppress(OSError, ValueError):
            sys.stdout.flush()
        os._exit(code)


def ended(home: Path, child: int) -> Ended:
    """Wait for a build and return how it ended."""
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return Ended(code, (home / "said").read_text(encoding="utf-8", errors="replace"))


def build(home: Path, before: Callable[[], object] = lambda: None, *args: str) -> Ended:
    """Build a site in a child process."""
    return ended(home, start(home, before, *args))


def wrong(here: Ground, home: Path) -> list[str]:
    """Return what is wrong with the site that stands, which should be wholly the old or wholly the new one."""
    out = home / "site"
    if faults := torn(out):
        return faults
    return [] if content(out) in (here.old, here.new) else ["neither the old nor the new site"]


def wrong_after_all(here: Ground, home: Path) -> list[str]:
    """Build again, unhindered, and return what is wrong: anything that a clean build has not, and what was left."""
    again = build(home)
    out = home / "site"
    if again.code != 0:
        return [f"the next build fails: {again.said}"]
    left = [p.name for p in (*out.iterdir(), *(out / "releases").glob(".tmp-*"))
            if p.name not in ("releases", "current", "nginx.conf")]
    differs = [] if content(out) == here.new else ["not what a clean build makes"]
    return [*torn(out), *left, *differs]


def in_parallel(task: Callable[..., Any], calls: Sequence[tuple[Any, ...]]) -> list[Any]:
    """Return `task(*call)` for every call, in order, by as many processes as there are cores."""
    if len(calls) == 1:
        return [task(*calls[0])]
    with ProcessPoolExecutor(os.cpu_count(), get_context("fork")) as executor:
        return [future.result() for future in [executor.submit(task, *call) for call in calls]]


def spread(some: Sequence[Any], count: int) -> list[Any]:
    """Return so many of a sequence, evenly spread, the first and the last among them."""
    if count >= len(some):
        return list(some)
    return [some[round(index * (len(some) - 1) / max(1, count - 1))] for index in range(count)]
