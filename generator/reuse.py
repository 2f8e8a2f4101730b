"""Level 3. The pages of the release before that a new one can take over: those of which nothing has changed.

A page is known by a digest of its own source, by what was looked up for it, and by its file's digest and stat. What
decides on all pages alike (program, theme, settings, day, rules) is in one digest: where that differs, or the release
before can't be found, every page is painted. See `render.traces` and `render.prints`.
"""

from __future__ import annotations

import os
import shutil
from array import array
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from generator import cache, pickles, publish, render
from generator.cache import Part
from generator.data import Entry, Written
from generator.digest import canonical, sha256

FOLDER, STATE, LAST = "painted", "pages", "last"
Stat = tuple[int, int, int]
"""A file's size in bytes, time of change in ns, and number on its disk."""


class Held(NamedTuple):
    """A page as it was published: its file, what it is made of, what was looked up for it and what it leads to.

    own: digest of what it alone is made of; reads, targets: marks, packed; entries: the file in which its entry of the
    search waits. changed, number: of the file, in ns and on its disk.
    """

    file: Written
    own: int
    reads: bytes
    targets: bytes
    hidden: bool
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


class Plan:
    """Decides which pages of the release before are taken over.

    around, tables: as they are now, the tables packed; ground: by what the release before was judged; others: its files
    that are no such pages; taking: what `take_all` gives.
    """

    def __init__(self, before: Before, around: str, tables: Mapping[int, int], taking: Future[set[str] | None]):
        self.around, self.ground, self.others = around, before.ground, before.others
        self.tables = array("Q", tables.keys()).tobytes(), array("Q", tables.values()).tobytes()
        lost = taking.result()
        self.pages, self.lost = ({}, set()) if lost is None else (before.pages, lost)
        self.changed = {mark for mark, _ in before.tables.items() ^ tables.items()} if self.pages else set()
        self.gone: set[int] = set()

    def vanish(self, there: Iterable[str]) -> list[str]:
        """Return what is not there any more, and note it: pages that lead to it are painted again, and found to."""
        vanished = sorted(self.pages.keys() - set(there))
        self.gone = {render.mark(render.TARGETS, path) for path in vanished}
        return vanished

    def take(self, path: str, own: int) -> Held | None:
        """Return a page that can be taken over as it is, None for one that must be painted."""
        held = self.pages.get(path)
        if held is None or held.own != own or path in self.lost:
            return None
        if not self.changed.isdisjoint(memoryview(held.reads).cast("Q")):
            return None
        if self.gone and not self.gone.isdisjoint(memoryview(held.targets).cast("Q")):
            return None
        return held


def around(world: str, shells: render.Shells, prints: render.Prints) -> str:
    """Return a digest of what all pages depend on. world: what `shelling.world` gives."""
    pieces = [(name, [sha256(piece) for piece in shell.pieces]) for name, shell in shells.of.items()]
    return sha256(canonical([world, prints.common(), pieces, list(shells.files)]))


def set_aside(store: Path, work: Path) -> Path:
    """Return a folder with a copy of what is known of the last build: two processes are going to read it.

    Another build of this site may replace it meanwhile, with what it has published into another folder.
    """
    aside = work / "before"
    aside.mkdir()
    with suppress(OSError):
        shutil.copyfile(store / STATE, aside / STATE)
    return aside


def take_all(store: Path, around: str, folder: Path) -> set[str] | None:
    """Take every page of the release before over into a folder; return those of them that can't be.

    None where all depend on something else, or the release lies elsewhere: then none is taken. Those that can't stay as
    they are will be written anew in their place. A worker does this while the main process compares what they were made
    of: a link takes 17 µs.
    """
    before = recall(store)
    if before.around != around or Path(before.release).parent != folder.parent:
        return None
    for path in sorted({path.rpartition("/")[0] for path in before.pages}):
        (folder / path).mkdir(parents=True, exist_ok=True)
    lost = {path for path, held in before.pages.items() if not _is_as_written(f"{before.release}/{path}", held)}
    for path in before.pages.keys() - lost:
        publish.keep(before.release, str(folder), path)
    return lost


def plan(store: Path, around: str, tables: Mapping[int, int], taking: Future[set[str] | None]) -> Plan:
    """Return what can be taken over of the release before, as the cache in `store` knows it. taking: see `take_all`."""
    return Plan(recall(store), around, tables, taking)


def recall(store: Path) -> Before:
    """Return what is known of the last build, nothing where that can't be trusted."""
    return pickles.recalled(store / STATE, _before) or Before("", "", "", {}, {}, frozenset())


def _before(known: tuple[str, str, str, bytes, bytes, Sequence[Any], frozenset[Written]]) -> Before:
    release, around, ground, marks, prints, (paths, sizes, digests, *columns), others = known
    tables = dict(zip(render.marks(marks), render.marks(prints), strict=True))
    if any(".." in path or path.startswith("/") for path in paths):
        raise ValueError("a page leads out of the release")
    pages = map(Held, map(Written, paths, sizes, digests), *columns)
    return Before(release, around, ground, tables, dict(zip(paths, pages, strict=True)), others)


def remember(store: Path, plan: Plan, key: str, release: Path, ground: str, pages: Mapping[str, Held],
             files: Iterable[Written]) -> None:
    """Keep what the next build may take over of a release that was put in place.

    key: digest of all that it was made of; ground: by what it was judged; files: all of its files.
    """
    stats = _stats(release, {path: (one.file.size, one.changed, one.number) for path, one in pages.items()})
    some = ((*one.file, *one[1:-2], *stats[path][1:]) for path, one in pages.items())
    columns = [*zip(*some, strict=True)]  # as objects they take three times as long to write and to read
    known = (str(release), plan.around, ground, *plan.tables, columns,
             frozenset(file for file in files if file.path not in pages))
    cache.keep(store / STATE, [Part([], pickles.dumps(known))])
    cache.keep(store / LAST, [Part([key, str(release), _stats_print(stats)], b"")])
    cache.prune(store, {STATE, LAST, *(one.entries for one in pages.values())})


def forget(store: Path) -> None:
    """Have the next build take nothing over: what this one was made of has changed meanwhile."""
    cache.prune(store, set())


def last(store: Path) -> list[str]:
    """Return the key, the folder and a digest of the files' stats of the last build; empty ones where none is known."""
    parts = cache.kept(store / LAST)
    return parts[0].about if parts and len(parts[0].about) == 3 else ["", "", ""]


def standing(last: Sequence[str], key: str, out: Path) -> Path | None:
    """Return the release that stands if it is the last one, of the same key, and as it was written; else None."""
    stands = publish.standing(out)
    if stands is None or last[:2] != [key, str(stands)] or not (out / publish.NGINX).is_file():
        return None
    return stands if last[2:] == [_stats_print(_stats(stands))] else None


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


def _stats(release: Path, known: Mapping[str, Stat] = MappingProxyType({})) -> dict[str, Stat]:
    """Return the stat of every file of a release, by its path.

    known: those of files that were taken over: one of the same number is the same, and isn't asked again (2 µs).
    """
    found: dict[str, Stat] = {}
    folders = [""]
    while folders:
        folder = folders.pop()
        with os.scandir(release / folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(f"{folder}{entry.name}/")
                elif (one := known.get(path := folder + entry.name)) and one[2] == entry.inode():
                    found[path] = one
                else:
                    stat = entry.stat(follow_symlinks=False)
                    found[path] = stat.st_size, stat.st_mtime_ns, stat.st_ino
    return found


def _stats_print(stats: Mapping[str, Stat]) -> str:
    return pickles.digest(sorted(stats.items())).hex()


def _is_as_written(path: str, held: Held) -> bool:
    """Whether a file is the one that was written, and no link: a change of it shows in its stat."""
    try:
        stat = os.lstat(path)
    except OSError:
        return False
    return (stat.st_size, stat.st_mtime_ns, stat.st_ino) == (held.file.size, held.changed, held.number)
