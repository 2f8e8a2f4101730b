"""Level 2. What was read before: the digest of every source as last seen, and batches under their sources' digests.

A file's stat is a hint, as git takes it: one that has changed since, or that was changed so shortly before it was read
that a later change may not show, is read again; its digest decides. A batch is kept under the digests of its files and
of all else that it depends on, so that it is right or not found. Nothing here is needed: without a cache all is read.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence, Set
from pathlib import Path
from stat import S_ISREG
from typing import Any, NamedTuple

from generator import cache, pickles
from generator.cache import Part
from generator.digest import sha256

FOLDER, FILES, RECORD = "read", "files", ".yml"
LINK, DIRECTORY, OTHER = "link", "folder", "other"
RACY_NS = 2_000_000_000
"""A file system may keep times in steps of up to two seconds: what changed within them may have changed again."""


class Stat(NamedTuple):
    """What tells that a file is another one than it was: size in bytes, times in ns, number on its disk."""

    size: int
    modified: int
    changed: int
    number: int


UNSETTLED = Stat(0, 0, 0, 0)
"""Stands for a stat in which a later change may not show: no file has it."""


class Seen(NamedTuple):
    """A source as it was read: its path below the content folder, its stat before that, and its digest.

    stat: None where a later change may not show in it.
    """

    path: str
    stat: Stat | None
    digest: str


class Memory:
    """What is remembered of a site's sources. caches: the site's folder `.cache`; content: that of its sources."""

    def __init__(self, caches: Path, content: str):
        self.folder, self.content = caches / FOLDER, content
        self._known: dict[str, Seen] = pickles.recalled(self.folder / FILES, _by_path) or {}
        self._seen: dict[str, Seen] = {}
        self._there: list[tuple[str, str]] = []
        self._used = {FILES}
        self._started = _clock(self.folder)

    def recall(self, depends: str, paths: Sequence[str], bodies: Path) -> tuple[Any, Any, list[Seen]] | None:
        """Return what was remembered of some files, its bodies put into a file; None where it must be read anew.

        depends: a digest of all that decides what becomes of files besides themselves.
        """
        if self._known.keys().isdisjoint(paths):
            return None
        seen = [self.look(path) for path in paths]
        key = _key(depends, seen)
        found = pickles.recalled(self.folder / key, lambda found, records: (*found, records))
        if found is None:
            return None
        batch, facts, records = found
        bodies.write_bytes(records)
        self._used.add(key)
        return batch, facts, seen

    def note(self, depends: str, seen: list[Seen]) -> None:
        """Note what some files of one batch were when they were read in this build."""
        self._seen.update((one.path, one) for one in seen)
        self._used.add(_key(depends, seen))

    def save(self) -> None:
        """Remember for the next build what was seen in this one, and forget all else."""
        if self._started is None:
            return
        if self._seen != self._known:
            stats = (one.stat if _is_settled(one.stat, self._started) else UNSETTLED for one in self._seen.values())
            columns = [[*self._seen], [one.digest for one in self._seen.values()], *zip(*stats, strict=True)]
            cache.keep(self.folder / FILES, [Part([], pickles.dumps(columns))])  # a third of the time that objects take
        cache.prune(self.folder, self._used)

    def look(self, path: str) -> Seen:
        """Return a file as it is, by its stat where that can be trusted; without a digest where it can't be read."""
        return self._seen.get(path) or self._look(path, stat_of(f"{self.content}/{path}"))

    def _look(self, path: str, stat: Stat | None) -> Seen:
        known = self._known.get(path)
        seen = self._seen[path] = known if stat and known and known.stat == stat else _read(self.content, path, stat)
        return seen

    def look_through(self, awaited: Set[str] = frozenset()) -> None:
        """Look at all that lies below the content folder.

        awaited: files that are read in this build before `whole` is asked for, and need not be read twice.
        """
        self._there = sorted(self._below("", awaited))

    def whole(self) -> str:
        """Return a digest of all that was looked through: of files what they held when they were read last.

        Of all else what it is: a folder that nobody reads or a link can be a Problem; where it leads, or what a pipe
        says, never matters.
        """
        held = ((path, (path in self._seen and self._seen[path].digest) or what) for path, what in self._there)
        return sha256("".join(f"{path}\0{what}\0" for path, what in held).encode("utf-8", "surrogateescape"))

    def forget(self) -> None:
        """Let go of what is known of records: 500 bytes of each, of which every worker to come would have a copy."""
        self._seen = {path: one for path, one in self._seen.items() if not path.endswith(RECORD)}
        self._known, self._there = {}, []

    def is_calm(self) -> bool:
        """Whether no file but records was saved since it was looked at: others are read again later, by other stages.

        Of records `whole` knows what was read.
        """
        return all(one.stat == stat_of(f"{self.content}/{path}") for path, one in self._seen.items()
                   if not path.endswith(RECORD))

    def _below(self, folder: str, awaited: Set[str]) -> Iterator[tuple[str, str]]:
        """Yield the path of whatever lies below a folder, and what it is or holds; nothing for what is awaited."""
        try:
            with os.scandir(f"{self.content}/{folder}") as entries:
                found = list(entries)
        except OSError as error:
            found = []
            yield folder, f"unreadable {error.errno}"
        for entry in found:
            path = folder + entry.name
            if entry.is_symlink():
                yield path, LINK
            elif entry.is_dir():
                yield path, DIRECTORY
                yield from self._below(f"{path}/", awaited)
            elif path in awaited:
                yield path, ""
            else:
                seen = self._seen.get(path) or self._look(path, _stat(entry))
                yield path, seen.digest or OTHER


def _read(content: str, path: str, stat: Stat | None) -> Seen:
    if stat is None:
        return Seen(path, None, "")
    try:
        return Seen(path, stat, sha256(Path(content, path).read_bytes()))
    except OSError:
        return Seen(path, None, "")


def _is_settled(stat: Stat | None, started: int) -> bool:
    """Whether whatever changes a file from now on will show in its stat."""
    return stat is not None and max(stat.modified, stat.changed) < started - RACY_NS


def stat_of(path: str | Path) -> Stat | None:
    """Return a file's stat; None for what is none, or can't be seen: whoever opens a pipe may wait for ever."""
    try:
        return _regular(os.stat(path))
    except OSError:
        return None


def _stat(entry: os.DirEntry[str]) -> Stat | None:
    try:
        return _regular(entry.stat(follow_symlinks=False))
    except OSError:
        return None


def _regular(found: os.stat_result) -> Stat | None:
    if not S_ISREG(found.st_mode):
        return None
    return Stat(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


def remember(folder: Path, depends: str, seen: list[Seen], found: bytes, bodies: bytes) -> None:
    """Keep what was found in some files and their records, both pickled, for builds in which it depends on the same."""
    cache.keep(folder / _key(depends, seen), [Part([], found), Part([], bodies)])


def _key(depends: str, seen: Sequence[Seen]) -> str:
    """Return under what a batch is kept: its files, and all else that decides what becomes of them."""
    files = "".join(f"\0{one.path}\0{one.digest}" for one in seen)
    return sha256(f"{cache.program()}\0{depends}{files}".encode("utf-8", "surrogateescape"))


def _by_path(columns: Sequence[Sequence[Any]]) -> dict[str, Seen]:
    paths, digests, *stats = columns
    seen = map(Seen, paths, map(Stat, *stats), digests)
    return dict(zip(paths, seen, strict=True))


def _clock(folder: Path) -> int | None:
    """Return what time it is on the disk of the caches, in ns; None where nothing can be written there."""
    clock = folder / f".clock-{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not (ignored := folder.parent / ".gitignore").exists():
            ignored.write_text("*\n", encoding="utf-8")  # in whatever repository the caches lie
        clock.touch()
        now = clock.stat().st_mtime_ns
        clock.unlink()
        return now
    except OSError:
        return None
