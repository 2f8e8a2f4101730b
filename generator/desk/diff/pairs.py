"""The records whose files differ between two versions, each as a pair of what it was and what it is."""

from __future__ import annotations

from collections.abc import Mapping, Set
from pathlib import Path
from typing import NamedTuple

from generator import load, validate
from generator.config import Site
from generator.problem import Problem
from generator.records import folders, kinds
from generator.records.base import Record

Spoilt = tuple[Set[str], Set[str]]
"""The paths below content of the files that have a Problem, in the version before and in the newer one."""


class Pair(NamedTuple):
    """One record in both versions, None where it is not there; key: that of today. path: of its file, below content.

    formerly: its key in the version before, where that was another; lost: whether today's file can't be read; unread:
    whether there was a file before that can't be compared, since it has a Problem.
    """

    key: str
    path: str
    before: Record | None
    after: Record | None
    formerly: str = ""
    lost: bool = False
    unread: bool = False

    @property
    def kind(self) -> str:
        """What kind of record it is."""
        return self.key.partition("/")[0]

    @property
    def id(self) -> str:
        """Its id today."""
        return self.key.partition("/")[2]

    @property
    def record(self) -> Record:
        """The record as it is, else as it was."""
        found = self.after or self.before
        assert found is not None
        return found


def pairs(base: Site | None, head: Site, spoilt: Spoilt) -> list[Pair]:
    """Return every record that differs, sorted by key; a renamed one once, under its new key.

    base: None where there was no site. Files of equal bytes are not read, and those with a Problem are left out: they
    may hold the very number that the gate refuses.
    """
    old, new = _files(base.content) if base else {}, _files(head.content)
    found = {}
    for key in sorted(old.keys() | new.keys()):
        there, here = (base.content / old[key].path if base and key in old else None,
                       head.content / new[key].path if key in new else None)
        if not (there and here and there.read_bytes() == here.read_bytes()):
            found[key] = _pair(base, head, key, old.get(key), new.get(key), spoilt)
    for key, one in list(found.items()):
        former = _former(one, found)
        if former:
            found[key] = one._replace(before=found.pop(former).before, formerly=former)
    return [one for one in found.values() if not one.lost and (one.before or one.after) and one.before != one.after]


def _files(content: Path) -> Mapping[str, load.File]:
    return {file.key: file for file in load.scan(content, folders()).files}


def _pair(base: Site | None, head: Site, key: str, old: load.File | None, new: load.File | None, spoilt: Spoilt
          ) -> Pair:
    before = _record(base.content, old) if base and old and old.path not in spoilt[0] else None
    after = _record(head.content, new) if new and new.path not in spoilt[1] else None
    path = (new or old).path  # type: ignore[union-attr]
    return Pair(key, path, before, after, lost=bool(new) and after is None, unread=bool(old) and before is None)


def _record(content: Path, file: load.File) -> Record | None:
    """Return a record that can be read; what is wrong with one that can't is told by checking the whole."""
    loaded = load.read(str(content), file)
    if isinstance(loaded, Problem):
        return None
    found = validate.validate(loaded[0], kinds())
    return None if isinstance(found, list) else found


def _former(one: Pair, found: Mapping[str, Pair]) -> str:
    """Return the key under which a new record stood before, as its `formerly` names it; empty where there is none."""
    if one.before or not one.after:
        return ""
    keys = (f"{one.kind}/{id}" for id in one.after.formerly)
    return next((key for key in keys if key in found and found[key].after is None and found[key].before), "")
