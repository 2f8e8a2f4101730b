"""Level 3. The shells of the pages, as MkDocs made them before: it is asked anew only where something changed.

Loading MkDocs and building with it takes a second; looking through the theme, the manuals and the prose takes 10 ms.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from generator import cache, render
from generator.cache import Part
from generator.config import Site
from generator.digest import canonical, sha256
from generator.remembered import Stat, stat_of

FOLDER, END = "shells", ""


def world(site: Site, as_of: date) -> str:
    """Return a digest of all that decides what all pages look like: program, settings, theme, day, navigation."""
    return sha256(canonical([cache.program(), site.settings.model_dump_json(), as_of.isoformat(),
                             render.navigation(site),
                             [[(path.relative_to(folder).as_posix(), sha256(path.read_bytes()))
                               for path in render.files_below(folder)] for folder in _folders(site)]]))


def stats(site: Site) -> list[Stat | None]:
    """Return the stats of all files that `world` tells of: they are read again later, and may be others by then."""
    return [stat_of(path) for folder in _folders(site) for path in render.files_below(folder)]


def _folders(site: Site) -> list[Path]:
    return [*site.themes, *([site.manuals] if site.manuals else [])]


def make_shells(site: Site, prose: Sequence[str], work: Path, as_of: date, around: str, before: Sequence[Stat | None],
                store: Path) -> render.Shells:
    """Return the shells of a site, from the cache in `store` if nothing that they are made of has changed.

    prose: paths of the sound files below content/pages; around: what `world` gives; before: what `stats` gave earlier.

    Raises: ContentError where MkDocs refuses the settings or a page.
    """
    pages = [site.content / "pages" / path for path in prose]
    looked = [stat_of(page) for page in pages]
    texts = [(path, sha256(page.read_bytes())) for path, page in zip(prose, pages, strict=True)]
    entry = store / sha256(canonical([around, texts]))
    if parts := cache.kept(entry):
        return _shells_of(parts)
    made = render.make_shells(site, prose, work, as_of)
    if stats(site) != before or [stat_of(page) for page in pages] != looked:
        return made  # of what somebody has saved since it was looked at
    cache.keep(entry, [*(Part([name, slot], piece) for name, shell in made.of.items()
                         for slot, piece in zip((*shell.slots, END), shell.pieces, strict=True)),
                       *(Part([path], data) for path, data in made.files.items())])
    cache.prune(store, {entry.name})
    return made


def _shells_of(parts: Iterable[Part]) -> render.Shells:
    """Return the shells and files in the parts of a cached file: a piece of a shell names the slot behind it."""
    files: dict[str, bytes] = {}
    cut: dict[str, list[Part]] = {}
    for part in parts:
        name, *slot = part.about
        if slot:
            cut.setdefault(name, []).append(part)
        else:
            files[name] = part.data
    return render.Shells({name: render.Shell(tuple(piece.data for piece in some),
                                             tuple(piece.about[1] for piece in some[:-1]))
                          for name, some in cut.items()}, files)
