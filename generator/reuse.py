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

from generator import cache, pickles, publish, render
from generator.cache import Part
from generator.data import Entry, Written
from generator.digest import canonical, sha256

FOLDER, STATE, LAST = "painted", "pages", "last"


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

    tables: the digest of every entry that a page can look up, by its mark; others: the files that are no such pages.
    """

    release: str
    around: str
    ground: str
    tables: dict[int, int]
    pages: dict[str, Held]
    others: frozenset[Written]


NOTHING = Before("", "", "", {}, {}, frozenset())


class Plan:
    """Decides which pages of the release before are taken over.

    around: as it is now; prints: of what pages are made of; ground: by what the release before
    was judged; others: its files that are no such pages.
    """

    def __init__(self, before: Before, around: str, prints: render.Prints):
        self.release, self.around, self.prints = Path(before.release), around, prints
        self.tables = tables = prints.tables()
        self.ground, self.others = before.ground, before.others
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


def plan(store: Path, world: str, shells: render.Shells, prints: render.Prints) -> Plan:
    """Return what can be taken over of the release before, as the cache in `store` knows it.

    world: what `shelling.world` gives.
    """
    pieces = [(name, [sha256(piece) for piece in shell.pieces]) for name, shell in shells.of.items()]
    around = sha256(canonical([world, prints.common(), pieces, list(shells.files)]))
    return Plan(recall(store), around, prints)


def recall(store: Path) -> Before:
    """Return what is known of the last build, nothing where that can't be trusted."""
    return pickles.recalled(store / STATE, _before) or NOTHING


def _before(known: tuple[str, str, str, bytes, bytes, dict[str, Held], frozenset[Written]]) -> Before:
    release, around, ground, marks, prints, pages, others = known
    tables = dict(zip(render.marks(marks), render.marks(prints), strict=True))
    return Before(release, around, ground, tables, pages, others)


def remember(store: Path, plan: Plan, key: str, release: Path, ground: str, pages: Mapping[str, Held],
             files: Iterable[Written]) -> None:
    """Keep what the next build may take over of a release that was put in place.

    key: digest of all that it was made of; ground: by what it was judged; files: all of its files.
    """
    stats = _stats(release)
    found = {path: one._replace(changed=stats[path][1], number=stats[path][2]) for path, one in pages.items()}
    known = (str(release), plan.around, ground, array("Q", plan.tables.keys()).tobytes(),
             array("Q", plan.tables.values()).tobytes(), found,
             frozenset(file for file in files if file.path not in found))
    cache.keep(store / STATE, [Part([], pickles.dumps(known))])
    cache.keep(store / LAST, [Part([key, str(release), _stats_print(stats)], b"")])
    cache.prune(store, {STATE, LAST, *(one.entries for one in pages.values())})


def standing(store: Path, key: str, out: Path) -> Path | None:
    """Return the release that stands if it is of the same key, and as it was written; None where it must be built."""
    parts, stands = cache.kept(store / LAST), publish.standing(out)
    if parts is None or stands is None or not (out / publish.NGINX).is_file():
        return None
    return stands if parts[0].about == [key, str(stands), _stats_print(_stats(stands))] else None


def keep_entries(store: Path, entries: Mapping[str, Entry | None]) -> str:
    """Keep the search's entries of some pages, and return the name under which they are found: equal ones have one."""
    name = f"{pickles.digest(entries).hex()}-{len(entries)}"
    if not (store / name).is_file():
        cache.keep(store / name, [Part([], pickles.dumps(entries))])
    return name


def has_entries(store: Path, name: str, many: int) -> bool:
    """Whether the entries of so many pages are kept under a name."""
    return name.endswith(f"-{many}") and (store / name).is_file()


def entries(store: Path, name: str) -> dict[str, Entry | None]:
    """Return the search's entries that are kept under a name, none where they are lost."""
    return (pickles.recalled(store / name, dict) if name else None) or {}


def _stats(release: Path) -> dict[str, tuple[int, int, int]]:
    """Return size, time of change in ns, and number on its disk of every file of a release, by its path."""
    found: dict[str, tuple[int, int, int]] = {}
    folders = [""]
    while folders:
        folder = folders.pop()
        with os.scandir(release / folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(f"{folder}{entry.name}/")
                else:
                    stat = entry.stat(follow_symlinks=False)
                    found[folder + entry.name] = stat.st_size, stat.st_mtime_ns, stat.st_ino
    return found


def _stats_print(stats: Mapping[str, tuple[int, int, int]]) -> str:
    return sha256(canonical(sorted(stats.items())))


def _is_as_written(path: Path, held: Held) -> bool:
    """Whether a file is the one that was written: a change of it shows in its stat."""
    try:
        stat = os.stat(path)
    except OSError:
        return False
    return (stat.st_size, stat.st_mtime_ns, stat.st_ino) == (held.file.size, held.changed, held.number)
