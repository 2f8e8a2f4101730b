"""The releases that lie in a folder: what their manifests say, whether they are whole, and which went online when."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from generator.digest import sha256
from generator.publish.compress import COPIES, decompressed

MANIFEST = "manifest.json"
CURRENT = "current"
LEFT = ".left-"
"""A mark beside a release that was rolled back from; the scripts for servers leave the same."""
LASTING = re.compile(r"assets/.*\.(?P<digest>[0-9a-f]{8})\.(min\.)?[a-z0-9]+")
"""Scripts and styles that carry a digest: pages that are open, or kept by a cache, still ask for them after a swap."""


class Manifest(NamedTuple):
    """What a release says of itself.

    files: sha256 and size by path; withheld: the pages that name nobody any more; terms: what stands until a day, as
    `page#what day`, from the second alike with a number; until: the first of these days, empty where nothing ends.
    """

    as_of: str
    commit: str
    files: dict[str, tuple[str, int]]
    withheld: frozenset[str] = frozenset()
    terms: frozenset[str] = frozenset()
    until: str = ""

    def ended_by(self, newer: Manifest) -> list[str]:
        """Return the pages on which this release shows what has ended or was withdrawn by a newer one, sorted."""
        ended = {page for page in newer.withheld - self.withheld if page in self.files}
        return sorted(ended | {term.partition("#")[0] for term in self.terms - newer.terms})


def read(release: Path) -> Manifest | None:
    """Return the manifest of a release, None where it is not there, or not the one that the release is named for."""
    try:
        data = (release / MANIFEST).read_bytes()
        if sha256(data.removesuffix(b"\n"))[:12] != release.name[11:23]:
            return None
        return manifest_of(json.loads(data))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def manifest_of(said: Mapping[str, Any]) -> Manifest:
    """Return what a manifest says. Raises: KeyError or TypeError for what is none."""
    return Manifest(said["as_of"], said.get("commit", ""), said["files"], frozenset(said.get("withheld", ())),
                    frozenset(said.get("terms", ())), said.get("until", ""))


def damage(release: Path) -> list[str]:
    """Return the files of a release that are missing, are not what its manifest says, or are foreign to it, sorted.

    Compressed copies must hold what their file holds; lasting assets of other releases may lie there.
    """
    manifest = read(release)
    if manifest is None:
        return [MANIFEST]
    named = manifest.files
    there = set(_below(release)) - {MANIFEST}
    wrong = {path for path in there - named.keys() if not _is_spare(path, there, named)}
    return sorted(wrong | {path for path in named if not _is_sound(release, path, *named[path])})


def _below(folder: Path) -> Iterator[str]:
    for below, _, names in os.walk(folder):
        inside = Path(below).relative_to(folder)
        yield from ((inside / name).as_posix() for name in names)


def _is_spare(path: str, there: set[str], named: dict[str, tuple[str, int]]) -> bool:
    """Whether a file that the manifest does not name may lie there all the same."""
    plain = path.removesuffix(".gz").removesuffix(".br")
    return plain in named or (plain in there and bool(LASTING.fullmatch(plain)))


def _is_sound(release: Path, path: str, digest: str, size: int) -> bool:
    """Whether a file is what the manifest says, and its copies hold the same."""
    try:
        data = (release / path).read_bytes()
        return len(data) == size and sha256(data) == digest and all(
            held in (None, data) for held in _copies(release / path))
    except (OSError, ValueError):
        return False


def _copies(path: Path) -> Iterator[bytes | None]:
    for ending in COPIES:
        copy = path.with_name(path.name + ending)
        if copy.exists():
            yield decompressed(copy.read_bytes(), ending)


def by_age(releases: Path) -> list[Path]:
    """Return the folders of the releases, that which went online last first."""
    found = [path for path in releases.iterdir() if path.is_dir() and not path.name.startswith(".")]
    return sorted(found, key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)


def standing(out: Path) -> Path | None:
    """Return the release that `current` leads to, None where it leads nowhere."""
    link = out / CURRENT
    if not link.is_symlink():
        return None
    release = out / "releases" / Path(os.readlink(link)).name
    return release if release.is_dir() else None
