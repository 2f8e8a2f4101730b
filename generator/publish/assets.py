"""Styles and scripts of the build before, where no release of it lies beside: CI builds into an empty folder each time.

Pages that are open, or kept by a cache, ask for them after the site was replaced. They stand outside the manifest.
"""

from __future__ import annotations

from pathlib import Path

from generator import cache
from generator.digest import sha256
from generator.publish.kept import LASTING
from generator.publish.release import Release
from generator.written import write

ENTRY = "last"


def recall(store: Path, release: Release) -> None:
    """Write the assets of the build before into a release that has others in their place. store: a cache's folder."""
    for part in cache.kept(store / ENTRY) or ():
        path = str(part.about[0])
        if _is_ours(path, part.data) and not (release.folder / path).exists():
            write(release.folder, path, part.data)


def remember(store: Path, folder: Path, release: Release) -> None:
    """Keep the assets of a release that was put in place for the build that comes next. folder: where it lies now."""
    some = sorted(file.path for file in release.files if LASTING.fullmatch(file.path))
    cache.keep(store / ENTRY, [cache.Part([path], (folder / path).read_bytes()) for path in some])


def _is_ours(path: str, data: bytes) -> bool:
    """Whether it is a style or script right below `assets/` that carries the digest of what it holds."""
    match = LASTING.fullmatch(path)
    return (match is not None and path.count("/") == 1 and path.endswith((".css", ".js"))
            and sha256(data).startswith(match["digest"]))
