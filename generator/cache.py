"""Level 1. What is costly to make, kept from build to build below `.cache/`.

A cached file holds a digest of the rest, its name and our version, a line that tells the parts, and their bytes one
after the other. What does not match its digest, or is not there, is made anew; a cache that can't be written costs time
and nothing else.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Iterable, Set
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from generator import __version__
from generator.digest import canonical, sha256


class Part(NamedTuple):
    """Some bytes, and what is to be known of them, as JSON."""

    about: list[Any]
    data: bytes


@cache
def program() -> str:
    """Return a digest of all that makes a site of its sources: our own code, and the versions of every package here.

    The number of a version does not tell: who writes this program builds with it between two of them.
    """
    own = Path(__file__).parent
    sources = sorted(path for path in own.rglob("*.py") if "town" not in path.relative_to(own).parts)
    folders = [path for path in map(Path, sys.path) if path.is_dir()]
    packages = sorted(name for path in folders for name in os.listdir(path) if name.endswith("-info"))
    return sha256(canonical([sys.version, packages, [sha256(path.read_bytes()) for path in sources]]))


def kept(entry: Path) -> list[Part] | None:
    """Return the parts that the cache holds, None where it holds none or not what was put there."""
    try:
        data = entry.read_bytes()
    except OSError:
        return None
    digest, _, rest = data.partition(b"\n")
    if digest != _seal(entry, rest):
        return None
    head, _, rest = rest.partition(b"\n")
    parts, at = [], 0
    try:
        for *about, size in json.loads(head):
            parts.append(Part(about, rest[at:at + size]))
            at += size
    except (ValueError, TypeError, RecursionError):  # under a right seal, which is no secret: somebody else's
        return None
    return parts


def keep(entry: Path, parts: Iterable[Part]) -> None:
    """Put parts into the cache by one rename, so that nobody reads half of them."""
    some = list(parts)
    head = canonical([(*part.about, len(part.data)) for part in some])
    rest = b"\n".join((head, b"".join(part.data for part in some)))
    fresh = entry.with_name(f"{entry.name}.{os.getpid()}")
    with contextlib.suppress(OSError):
        entry.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_bytes(b"\n".join((_seal(entry, rest), rest)))
        os.replace(fresh, entry)


def _seal(entry: Path, rest: bytes) -> bytes:
    """Return what binds bytes to their name and to this version of the program."""
    return sha256(f"{__version__}\n{entry.name}\n".encode() + rest).encode()


def prune(folder: Path, used: Set[str]) -> None:
    """Remove whatever a cache holds besides the entries of these names."""
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            if path.name not in used:
                with contextlib.suppress(OSError):  # a folder, or somebody else's
                    path.unlink()
