"""Level 3. The pages of the release before that a new one can take over: those of which nothing has changed.

A page is known by a digest of its own source, by what was looked up for it, and by its file's digest and stat. What
decides on all pages alike (program, theme, settings, day, rules) is in one digest: where that differs, or the release
before can't be found, every page is painted. See `render.traces` and `render.prints`.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from generator import cache, pickles, render
from generator.cache import Part
from generator.data import Entry, Written
from generator.digest import sha256

FOLDER, STATE = "painted", "pages"


class Held(NamedTuple):
    """A page as it was published: what it is made of, what was looked up for it and what it leads to, and its file.

    own: digest of what it alone is made of; reads, targets: marks, packed; entries: the file in which its entry of the
    search waits. changed, number: of the file, in ns and on its disk.
    """

    own: int
    reads: bytes
    targets: bytes
    hidden: bool
    file: Written
    entries: str = ""
    changed: int = 0
    number: int = 0


class Before(NamedTuple):
    """The last build. release: its folder; around: digest of what all pages depend on; ground: of what was allowed.

    tables: the digest of every entry that a page can look up, by its mark.
    """

    release: str
    around: str
    ground: str
    tables: dict[int, int]
    pages: dict[str, Held]


NOTHING = Before("", "", "", {}, {})


class Plan:
    """Decides which pages of the release before are taken over. tables: as they are now."""

    def __init__(self, before: Before, around: str, tables: Mapping[int, int]):
        self.release = Path(before.release)
        self.pages = before.pages if before.around == around and self.release.is_dir() else {}
        both = before.tables.keys() | tables.keys() if self.pages else ()
        self.changed = {one for one in both if before.tables.get(one) != tables.get(one)}
        self.gone: set[int] = set()

    def vanish(self, there: Iterable[str]) -> None:
        """Note what is not there any more: pages that lead to it are painted again, and found to."""
        self.gone = {render.mark(render.TARGETS, path) for path in self.pages.keys() - set(there)}

    def take(self, path: str, own: int) -> Held | None:
        """Return a page that can be taken over as it is, None for one that must be painted."""
        held = self.pages.get(path)
        if held is None or held.own != own or not self.changed.isdisjoint(render.marks(held.reads)):
            return None
        if self.gone and not self.gone.isdisjoint(render.marks(held.targets)):
            return None
        return held if _is_as_written(self.release / path, held) else None


def recall(store: Path) -> Before:
    """Return what is known of the last build, nothing where that can't be trusted."""
    try:
        if (parts := cache.kept(store / STATE)) is None:
            return NOTHING
        release, around, ground, marks, prints, pages = pickles.loads(parts[0].data)
        return Before(release, around, ground, dict(zip(render.marks(marks), render.marks(prints), strict=True)), pages)
    except Exception:  # a pickle that somebody else has put there may fail in any way
        return NOTHING


def remember(store: Path, release: Path, around: str, ground: str, tables: Mapping[int, int],
             pages: Mapping[str, Held]) -> None:
    """Keep what the next build may take over of a release that was put in place."""
    found = {path: one if one.number else _with_stat(release / path, one) for path, one in pages.items()}
    known = (str(release), around, ground, array("Q", tables.keys()).tobytes(), array("Q", tables.values()).tobytes(),
             found)
    cache.keep(store / STATE, [Part([], pickles.dumps(known))])
    cache.prune(store, {STATE, *(one.entries for one in pages.values())})


def keep_entries(store: Path, entries: Mapping[str, Entry | None]) -> str:
    """Keep the search's entries of some pages, and return the name under which they are found."""
    data = pickles.dumps(entries)
    name = sha256(data)
    if not (store / name).is_file():
        cache.keep(store / name, [Part([], data)])
    return name


def entries(store: Path, name: str) -> dict[str, Entry | None]:
    """Return the search's entries that are kept under a name, none where they are lost."""
    try:
        parts = cache.kept(store / name) if name else None
        found: dict[str, Entry | None] = pickles.loads(parts[0].data) if parts else {}
    except Exception:  # as above
        return {}
    return found


def _with_stat(path: Path, held: Held) -> Held:
    stat = os.stat(path)
    return held._replace(changed=stat.st_mtime_ns, number=stat.st_ino)


def _is_as_written(path: Path, held: Held) -> bool:
    """Whether a file is the one that was written: a change of it shows in its stat."""
    try:
        stat = os.stat(path)
    except OSError:
        return False
    return (stat.st_size, stat.st_mtime_ns, stat.st_ino) == (held.file.size, held.changed, held.number)
