"""Level 3. The shells of the pages, as MkDocs made them before: it is asked anew only where something changed.

Loading MkDocs and building with it takes a second; looking through the theme, the manuals and the prose takes 10 ms.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from generator import cache, render
from generator.cache import Part
from generator.config import Site
from generator.digest import canonical, sha256

FOLDER = "shells"
SHELL, FILE = "shell", "file"
NOT_OURS = ("admin", "node_modules", "__pycache__")
"""Folders of a theme that no page is made of."""


def world(site: Site, as_of: date) -> str:
    """Return a digest of all that decides what pages look like besides content: program, settings, theme, day."""
    folders = [*site.themes, *([site.manuals] if site.manuals else [])]
    return sha256(canonical([cache.program(), site.settings.model_dump_json(), as_of.isoformat(),
                             [list(_digests(folder)) for folder in folders]]))


def make_shells(site: Site, prose: Sequence[str], work: Path, as_of: date, around: str, store: Path) -> render.Shells:
    """Return the shells of a site, from the cache in `store` if nothing that they are made of has changed.

    prose: paths of the sound files below content/pages; around: what `world` gives.

    Raises: ContentError where MkDocs refuses the settings or a page.
    """
    texts = [(path, sha256((site.content / "pages" / path).read_bytes())) for path in prose]
    entry = store / sha256(canonical([around, texts]))
    if parts := cache.kept(entry):
        return render.Shells({str(part.about[1]): render.Shell(*_uncut(part)) for part in parts
                              if part.about[0] == SHELL},
                             {str(part.about[1]): part.data for part in parts if part.about[0] == FILE})
    made = render.make_shells(site, prose, work, as_of)
    cache.keep(entry, [*(_cut(name, shell) for name, shell in made.of.items()),
                       *(Part([FILE, path], data) for path, data in made.files.items())])
    cache.prune(store, {entry.name})
    return made


def _cut(name: str, shell: render.Shell) -> Part:
    """Return a shell as one part: its pieces one after the other, with their lengths."""
    return Part([SHELL, name, shell.slots, [len(piece) for piece in shell.pieces]], b"".join(shell.pieces))


def _uncut(part: Part) -> tuple[tuple[bytes, ...], tuple[str, ...]]:
    pieces, at = [], 0
    for length in part.about[3]:
        pieces.append(part.data[at:at + length])
        at += length
    return tuple(pieces), tuple(part.about[2])


def _digests(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield path and digest of every file below a folder, in order."""
    for below, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in NOT_OURS and not name.startswith("."))
        for path in (Path(below, name) for name in sorted(names)):
            yield path.relative_to(folder).as_posix(), sha256(path.read_bytes())
