"""Photos on disk: what is wrong with a file, and its copies into a release, from the cache if made before."""

from __future__ import annotations

from pathlib import Path

from generator.cache import Part, keep, kept
from generator.data import Copy, Written
from generator.digest import sha256
from generator.execute import at
from generator.photos.develop import RECIPE, Developed, Unfit, developed, opened
from generator.photos.named import FOLDER
from generator.problem import Place, Problem
from generator.written import write

LIMIT_BYTES = 20_000_000


def check(content: str, photo: str, cache: Path) -> Problem | None:
    """Return what keeps a photo from being published, None where nothing does.

    Its pixels are read, not only its head, unless copies of it were made before.
    """
    at(f"{FOLDER}/{photo}")
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
    at(f"{FOLDER}/{photo}")
    source = Path(content, FOLDER, photo).read_bytes()
    name = _name(source)
    entry = cache / name
    parts = kept(entry)
    if parts is None:
        parts = [Part([one.type, one.width, one.height], one.data) for one in developed(opened(source))]
        keep(entry, parts)
    made = [Developed._make([*part.about, part.data]) for part in parts]
    copies = tuple(Copy(f"{name}-{one.width}.{one.type}", one.type, one.width, one.height) for one in made)
    return copies, tuple(write(release, f"{FOLDER}/{copy.name}", one.data)
                         for copy, one in zip(copies, made, strict=True))


def _name(source: bytes) -> str:
    """Return what a photo's copies are called by: its bytes and how they are made."""
    return sha256(f"{RECIPE} {sha256(source)}".encode())[:16]
