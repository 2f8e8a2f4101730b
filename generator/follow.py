"""Level 4. What happens when something is saved: its page is shown at once, then the whole site is built.

Each build has a process of its own, which stays once the site stands: it holds all that pages are painted with. So the
server answers while a build is going on, and workers can be forked, which is not safe beside the server's threads.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from queue import Empty, Queue
from typing import Protocol

from watchfiles import DefaultFilter, watch

from generator.preview import Shown, source_of
from generator.problem import Problem
from generator.serve import Showing

QUIET_MS = 10
"""So long nothing else may be saved before what was saved is looked at."""
SURE_MS = 2_000
"""So long a folder that was made anew may go unnoticed."""
FEW = 10
"""So many pages are painted by themselves: more that are saved at once were not typed, and a build is as quick."""
PAUSE = 0.5
"""So many seconds after a page was shown the build begins: meanwhile its browser has the processor to itself."""
Events = Queue[set[Path] | Future[bool] | None]
"""What was saved, the builds that are through; None ends it."""


class Builder(Protocol):
    """One build, and what stays of it."""

    def build(self) -> Future[bool]:
        """Begin, and return whether the site stands."""

    def page(self, path: str) -> Shown | list[Problem] | None:
        """Return one record's page as its file is now: see `preview.page_of`."""

    def close(self) -> None:
        """Let go of what stays."""


class Terminal(Protocol):
    """What an editor is told."""

    def shown(self, path: str) -> None:
        """Say that a page shows what was saved."""

    def unsound(self, problems: list[Problem]) -> None:
        """Tell the Problems of a file."""

    def built(self, done: Future[bool]) -> None:
        """Say how a build ended."""


class Follower:
    """Shows what is saved: at once, where a page can be shown by itself, and with all that follows from it by a build.

    since, during: what was saved since what stands was begun, and since the build that is going on was.
    """

    def __init__(self, content: Path, showing: Showing, start: Callable[[], Builder], left: Builder,
                 terminal: Terminal):
        self._content, self._showing, self._start, self._terminal = content, showing, start, terminal
        self._left = left
        self._making: Builder | None = None
        self._since: set[Path] = set()
        self._during: set[Path] = set()
        self._pages: dict[Path, Shown] = {}
        self._pausing = False
        self.events: Events = Queue()

    def run(self) -> None:
        """Deal with what happens, one after the other, until that is None."""
        while True:
            try:
                event = self.events.get(timeout=PAUSE if self._pausing else None)
            except Empty:
                self._begin()
                continue
            if event is None:
                return
            if isinstance(event, set):
                self._saved(event)
            else:
                self._built(event)

    def _saved(self, paths: set[Path]) -> None:
        """Show what was saved, as far as that can be done at once, and see to it that all else follows."""
        self._since |= paths
        self._during |= paths
        shown, problems = self._show(paths)
        if self._making:
            return
        self._pausing = shown
        if problems and self._since == paths and len(paths) == 1:
            self._terminal.unsound(problems)  # a build would find these, and no others
        elif not shown:
            self._begin()

    def _show(self, paths: set[Path]) -> tuple[bool, list[Problem]]:
        """Show the pages of what was saved; return whether any is, and the Problems of the others.

        None is shown once anything else has changed that pages are made of.
        """
        sources = {path: source_of(self._content, path) for path in self._since}
        if len(paths) > FEW or None in sources.values():
            return False, []
        found = {path: self._left.page(sources[path] or "") for path in sorted(paths)}
        pages = {path: one for path, one in found.items() if isinstance(one, Shown)}
        self._keep({path: one for path, one in self._pages.items() if path not in paths} | pages)
        for one in pages.values():
            self._terminal.shown(one.path)
        return bool(pages), [problem for one in found.values() if isinstance(one, list) for problem in one]

    def _begin(self) -> None:
        self._during, self._pausing = set(), False
        self._making = self._start()
        self._making.build().add_done_callback(self.events.put)

    def _built(self, done: Future[bool]) -> None:
        """Take what a build left in the place of what the one before did, if the site stands."""
        made, self._making, all_else = self._making, None, False
        assert made
        if not done.exception() and done.result():
            made, self._left = self._left, made
            all_else = any(source_of(self._content, path) is None for path in self._since)
            self._since = set(self._during)
        made.close()
        self._keep({path: one for path, one in self._pages.items() if path in self._during}, all_else)
        self._terminal.built(done)
        if self._during:
            self._begin()

    def _keep(self, pages: dict[Path, Shown], all_else: bool = False) -> None:
        self._pages = pages
        self._showing.show({one.path: one.data for one in pages.values()}, all_else)


def watching(config: Path, folders: Sequence[Path], events: Events) -> None:
    """Begin to say what is saved: `config`, or whatever lies below `folders`.

    The file is watched through its folder: editors replace files, and a watch on the file itself is then lost. So it is
    on a folder that is made anew, as when another branch is looked at: from time to time it is made sure that a folder
    is still the one that is watched.
    """
    def follow(paths: Sequence[Path], only: Path | None) -> None:
        chosen = (lambda change, path: Path(path) == only) if only else DefaultFilter()
        while True:
            there = _numbers(paths)
            for changes in watch(*(there or [config.parent]), watch_filter=chosen, step=QUIET_MS,
                                 recursive=only is None and bool(there), raise_interrupt=False,
                                 rust_timeout=SURE_MS, yield_on_timeout=True):
                if changes:
                    events.put({Path(path) for _, path in changes})
                if _numbers(paths) != there:
                    events.put({*paths})
                    break

    for paths, only in ((folders, None), ([config.parent], config)):
        threading.Thread(target=follow, args=(paths, only), daemon=True).start()


def _numbers(paths: Sequence[Path]) -> dict[Path, int]:
    """Return the number on its disk of each folder that is there."""
    return {path: path.stat().st_ino for path in paths if path.is_dir()}
