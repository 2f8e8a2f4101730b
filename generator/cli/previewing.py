"""Level 4. The command that shows a site while it is edited: serve."""

from __future__ import annotations

import multiprocessing
import signal
import sys
from concurrent.futures import BrokenExecutor, Future
from contextvars import ContextVar
from datetime import date
from pathlib import Path
from typing import NamedTuple

import click

from generator import preview
from generator.cli.common import main, options, reported, say, site_at, today
from generator.cli.publishing import build_at, out_of, out_option
from generator.config import Site
from generator.execute import collect_rarely, processes
from generator.painting import Painting
from generator.problem import ContentError, DeskError, Problem

LEFT: ContextVar[preview.Left | None] = ContextVar("what is left of the build of this process", default=None)


class Given(NamedTuple):
    """What the command was given."""

    config: Path
    as_of: date | None
    workers: int
    out: Path | None


class Resident:
    """A build in a process of its own, which stays to paint single pages. hasty: as for `build.build`."""

    def __init__(self, given: Given, hasty: bool):
        self._given, self._hasty, self._process = given, hasty, processes(1, None, ())

    def build(self) -> Future[bool]:
        """Begin to build, and return whether the site stands."""
        ours = signal.signal(signal.SIGINT, signal.SIG_IGN)  # a process of its own inherits that: Ctrl-C is for us
        try:
            return self._process.submit(_build, self._given, self._hasty)
        except OSError as error:  # too few processes or file handles
            failed: Future[bool] = Future()
            failed.set_exception(error)
            return failed
        finally:
            signal.signal(signal.SIGINT, ours)

    def page(self, path: str) -> preview.Shown | list[Problem] | None:
        """Return one record's page as its file is now: see `preview.page_of`."""
        try:
            return self._process.submit(_page, self._given, path).result()
        except BrokenExecutor:  # the system has ended it
            return None

    def close(self) -> None:
        """End the process."""
        self._process.shutdown(wait=False)


def _build(given: Given, hasty: bool) -> bool:
    """Build a site and keep what its pages were painted with; what is wrong is told. Return whether it stands."""
    collect_rarely()

    def keep(site: Site, painting: Painting) -> None:
        LEFT.set(preview.left_of(site, painting))

    try:
        with reported():
            build_at(*given, hasty, keep=keep)
    except SystemExit:
        return False
    if left := LEFT.get():
        preview.rehearse(left)  # until then what is left of the build before answers
    return True


def _page(given: Given, path: str) -> preview.Shown | list[Problem] | None:
    """Return a record's page of today by what is left of a build of today."""
    left = LEFT.get()
    return preview.page_of(left, path) if left and left.views.as_of == today(left.site, given.as_of) else None


class Lines:
    """What an editor reads in the terminal."""

    def shown(self, path: str) -> None:
        """Say that a page shows what was saved."""
        click.echo(say(f"/{path} 已更新，其余的接着生成。", f"/{path} is up to date; the rest is to follow."), err=True)

    def unsound(self, problems: list[Problem]) -> None:
        """Tell the Problems of a file."""
        try:
            with reported():
                raise ContentError(problems)
        except SystemExit:
            self._as_before()

    def built(self, done: Future[bool]) -> None:
        """Say how a build ended."""
        if error := done.exception():
            click.echo(str(error), err=True)
        if error or not done.result():
            return self._as_before()
        return click.echo(say("已重新生成。", "Built again."), err=True)

    def _as_before(self) -> None:
        click.echo(say("网页仍是上一次成功生成的。", "The pages are still those of the last good build."), err=True)


@main.command("serve")
@options
@out_option
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help=say("端口", "The port."))
def serve_command(config: Path, as_of: date | None, workers: int, out: Path | None, port: int) -> None:
    """本地预览，改动即刷新 / Preview on this machine, reloading on every change.

    搜索停在启动时的内容；上线的网站用 build 生成。/ Search stays as it was at the start; build what goes online.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        _serve(Given(config.resolve(), as_of, workers, out), port)
    finally:
        for child in multiprocessing.active_children():
            child.kill()  # what it holds is for this preview alone; what it was building is cleared by the next build


def _serve(given: Given, port: int) -> None:
    from generator.follow import Follower, watching
    from generator.serve import Showing, served

    showing, first = Showing(), Resident(given, hasty=False)
    with reported():
        site = site_at(given.config)
        folders = [p for p in (site.content, *site.themes, site.manuals) if p and p.is_dir()]
        follower = Follower(site.content, showing, lambda: Resident(given, hasty=True), first, Lines())
        stands = first.build()
        watching(given.config, folders, follower.events)  # from now on: what is saved while it builds counts as well
        try:
            if not stands.result():
                sys.exit(1)
        except BrokenExecutor:
            raise DeskError("workers-died", times="1") from None
    try:
        with served(out_of(site, given.out) / "current", port, showing) as address:
            click.echo(say(f"预览地址：{address}（按 Ctrl-C 停止）", f"Preview at {address} (Ctrl-C stops)"))
            follower.run()
    except OSError as error:
        click.echo(say(f"端口 {port} 用不了（{error.strerror}），换一个：--port 8001",
                       f"port {port} can't be used ({error.strerror}); try --port 8001"), err=True)
        sys.exit(1)
