"""Photos on disk: what is wrong with a file, and its copies into a release, from a cache where they were made before.

A cached file is one photo: a digest of the rest, a line that tells the copies, their bytes one after the other. What
does not match its digest, or is not there, is made anew; a cache that can't be written costs time and nothing else.
"""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path

from generator.data import Copy, Written
from generator.digest import canonical, sha256
from generator.photos.develop import RECIPE, Developed, Unfit, developed, opened
from generator.photos.named import FOLDER
from generator.problem import Place, Problem
from generator.written import write

LIMIT_BYTES = 20_000_000


def check(content: str, photo: str, cache: Path) -> Problem | None:
    """Return what keeps a photo from being published, None where nothing does.

    Its pixels are read, not only its head, unless copies of it were made before.
    """
    path, place = Path(content, FOLDER, photo), Place(f"{FOLDER}/{photo}", 1, 1)
    try:
        size = path.stat().st_size
        if size > LIMIT_BYTES:
            return Problem("photo-too-large", place, {"size": size // 1_000_000, "limit": LIMIT_BYTES // 1_000_000})
        source = path.read_bytes()
        if not (cache / _name(source)).is_file():
            opened(source)
    except Unfit as fault:
        return Problem(fault.code, place, fault.values)
    except OSError as error:
        return Problem("unreadable", place, {"reason": error.strerror or str(error)})
    return None


def publish(content: str, photo: str, cache: Path, release: Path) -> tuple[tuple[Copy, ...], tuple[Written, ...]]:
    """Write the copies of a photo into the release, and return them; called by digest, never by the file's name."""
    source = Path(content, FOLDER, photo).read_bytes()
    name = _name(source)
    entry = cache / name
    made = _kept(entry)
    if made is None:
        made = list(developed(opened(source)))
        _keep(entry, made)
    copies = tuple(Copy(f"{name}-{one.width}.{one.type}", one.type, one.width, one.height) for one in made)
    return copies, tuple(write(release, f"{FOLDER}/{copy.name}", one.data)
                         for copy, one in zip(copies, made, strict=True))


def _name(source: bytes) -> str:
    """Return what a photo's copies are called by: its bytes and how they are made."""
    return sha256(f"{RECIPE} {sha256(source)}".encode())[:16]


def _kept(entry: Path) -> list[Developed] | None:
    """Return the copies that the cache holds, None where it holds none or not what was put there."""
    try:
        data = entry.read_bytes()
    except OSError:
        return None
    digest, _, rest = data.partition(b"\n")
    if digest.decode(errors="replace") != sha256(rest):
        return None
    head, _, rest = rest.partition(b"\n")
    made = []
    for type, width, height, size in json.loads(head):
        made.append(Developed(type, width, height, rest[:size]))
        rest = rest[size:]
    return made


def _keep(entry: Path, made: list[Developed]) -> None:
    """Put copies into the cache by one rename, so that nobody reads half of them."""
    head = canonical([(one.type, one.width, one.height, len(one.data)) for one in made])
    rest = b"\n".join((head, b"".join(one.data for one in made)))
    fresh = entry.with_name(f"{entry.name}.{os.getpid()}")
    with contextlib.suppress(OSError):
        entry.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_bytes(b"\n".join((sha256(rest).encode(), rest)))
        os.replace(fresh, entry)
