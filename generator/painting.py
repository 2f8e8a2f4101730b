"""Level 3. From linked records to the files of a release, through executors: photos, pages, indexes, compressed copies.

`develop`, `paint_all` and `compress_all` run in the main process; `paint_records`, `paint_pages` and `write_index` in
workers, on one batch, some pages or one index each, and see what a `Painting` holds.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextvars import ContextVar
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from generator import cache, gate, photos, publish, render, search
from generator.batch import Batch, cache_of
from generator.config import Site
from generator.data import Copy, Entry, Index, Register, Written
from generator.execute import Report, batches, make_executor, stream
from generator.problem import ContentError, Problem
from generator.records import kinds
from generator.records.base import Record

PAGES_AT_ONCE = 20
Shown = list[tuple[Written, Sequence[bytes]]]


class Painting(NamedTuple):
    """What every painting worker shares: a forked one sees it as it is, so that nothing is copied between processes.

    store: where finished indexes are cached; hasty: cached ones of earlier content do.
    ground: what pages are judged by.
    """

    studio: render.Studio
    shells: Mapping[str, render.Shell]
    views: render.Views
    batches: list[Batch]
    pages: list[render.Page | render.File]
    indexes: tuple[Index, ...]
    prose: tuple[Entry, ...]
    store: Path
    hasty: bool
    ground: gate.Ground


SHARED: ContextVar[Painting] = ContextVar("what all painting of this worker needs")
SKIMMER: ContextVar[gate.Skimmer] = ContextVar("what tells this worker whether a page is clean")
GROUND: ContextVar[gate.Ground] = ContextVar("what this worker judges a release by")


def paint_all(painting: Painting, shells: render.Shells, release: publish.Release, workers: int, report: Report
              ) -> render.Links:
    """Write every page into the release and return all links within the site."""
    links = _take_prose(shells, release)
    release.make_folders({*shells.of, *(page.path.rpartition("/")[0] for page in painting.pages)})
    slices = [(i, i + PAGES_AT_ONCE) for i in range(0, len(painting.pages), PAGES_AT_ONCE)]

    def take(some: Iterable[render.Painted]) -> None:
        for painted in some:
            release.add(painted.files)
            release.hidden.update(painted.hidden)
            release.clean.update(painted.clean)
            links.update(painted.links)
            report("render", len(release.files), len(painting.views.register.rows))

    with make_executor(workers, share, painting) as executor:
        take(stream(executor, paint_records, ((i,) for i in range(len(painting.batches)))))
        indexing = [executor.submit(write_index, i) for i in range(len(painting.indexes))]
        take(stream(executor, paint_pages, slices))
        used = set()
        for made in indexing:
            written, name = made.result()
            release.add(written)
            used.add(name)
    cache.prune(painting.store, used)
    return links


def _take_prose(shells: render.Shells, release: publish.Release) -> render.Links:
    """Take over what MkDocs built and return its links, those of the shells included."""
    links = render.Links()
    release.hidden.add("404.html")
    release.hidden.update(path for path in shells.files if path.startswith(f"{render.MANUALS}/"))
    for path in shells.files:
        data = release.take(shells.folder / path, path)
        if path.endswith(".html") and path != "404.html":
            links.note(path, data.decode())
    for section, shell in shells.of.items():
        links.note(f"{section}/index.html", b"".join(shell.pieces).decode())
    return links


def develop(site: Site, some: Sequence[str], release: publish.Release, workers: int) -> dict[str, tuple[Copy, ...]]:
    """Write the copies of photos into the release and return them by the photo's path, best type first."""
    if not some:
        return {}
    release.make_folders([photos.FOLDER])
    calls = [(str(site.content), one, cache_of(site), release.folder) for one in some]
    with make_executor(min(workers, len(some))) as executor:
        made = list(stream(executor, photos.publish, calls))
    release.add({file.path: file for _, files in made for file in files}.values())  # two photos may be the same
    return dict(zip(some, (copies for copies, _ in made), strict=True))


def compress_all(release: publish.Release, workers: int) -> None:
    """Write a compressed copy beside every file that is worth it."""
    paths = sorted(filter(publish.is_worth_it, release.paths()))
    with make_executor(workers) as executor:
        calls = ((release.folder, some) for some in batches(paths))
        for _ in stream(executor, publish.compress, calls):
            pass


def ground_of(site: Site, some: Iterable[Batch], register: Register, prose: Iterable[str],
              withheld: Set[str] = frozenset()) -> gate.Ground:
    """Return what a release is judged by: what its sources may say, what they must not, and what pages are made of.

    withheld: names that must stand nowhere.
    """
    folder = site.settings.content
    sources = {address: f"{folder}/{row.path}" for row in register.rows.values() for address in (row.url, row.key)}
    sources |= {f"{page.removesuffix('.md')}.html": f"{folder}/pages/{page}" for page in prose if page.endswith(".md")}
    allowed = {one for batch in some for one in batch.allowed} | gate.public(_public(site))
    return gate.Ground(allowed, withheld, sources)


def _public(site: Site) -> Iterator[str]:
    """Yield how a site is reached, as its configuration tells everybody, and the examples of the program's manuals."""
    yield from (said for said in (site.settings.identity.contact, site.settings.privacy.contact) if said)
    if site.manuals:
        yield from (page.read_text(encoding="utf-8") for page in sorted(site.manuals.rglob("*.md")))


def inspect_all(release: publish.Release, ground: gate.Ground, workers: int) -> None:
    """Look through every file once more, but for those whose bytes, by their digest, were found clean when painted.

    Raises: ContentError for whatever must not be published.
    """
    proven = {file.path for file in release.files if file in release.clean}
    if found := look_through(release.folder, sorted(release.paths()), ground, workers, proven):
        raise ContentError(found)


def look_through(folder: Path, paths: Sequence[str], ground: gate.Ground, workers: int,
                 proven: Set[str] = frozenset()) -> list[Problem]:
    """Return a Problem for whatever must not be published of the files of a site.

    paths: sorted; proven: those of which only the names are left to look at.
    """
    with make_executor(workers, judge_by, ground) as executor:
        calls = ((folder, some, proven & set(some)) for some in batches(paths))
        return gate.problems(leak for some in stream(executor, inspect, calls) for leak in some)


def judge_by(ground: gate.Ground) -> None:
    """Give a worker what it judges files by."""
    GROUND.set(ground)


def inspect(folder: Path, paths: Sequence[str], proven: Set[str]) -> list[gate.Leak]:
    """Return what must not be published of some files of a release."""
    return gate.inspect(folder, paths, GROUND.get(), proven)


def share(painting: Painting) -> None:
    """Give a worker what all painting needs; templates are read anew, as the preview server's may have changed."""
    render.forget_templates()
    SHARED.set(painting)
    SKIMMER.set(gate.Skimmer(painting.ground))


def paint_records(index: int) -> render.Painted:
    """Write the page of every record of one batch."""
    painting = SHARED.get()
    batch = painting.batches[index]
    shell = painting.shells[kinds()[batch.kind].folder]
    linked = [painting.views.register.rows[row.key] for row in batch.rows]  # linking may have buried some
    entries: list[Entry] = []

    def note(context: render.Context, record: Record, article: str) -> None:
        if entry := render.entry_of(painting.views, context, record, article):
            entries.append(entry)

    shown: Shown = []
    painted = render.paint_records(painting.studio, shell, painting.views.contexts(linked), batch.records(),
                                   note if painting.indexes else None, batch.excepted, lambda *page: shown.append(page))
    batch.entries.write_bytes(pickle.dumps(entries, pickle.HIGHEST_PROTOCOL))
    return replace(painted, clean=_clean(shown, gate.Skimmer(painting.ground)))


def _clean(shown: Shown, skimmer: gate.Skimmer) -> tuple[Written, ...]:
    """Return the pages that hold nothing personal.

    Looked through one after the other at the end of a batch, a page takes half the time that it does among painting
    and writing: what is looked up is in the processor's cache.
    """
    return tuple(written for written, pieces in shown if skimmer.is_clean(pieces))


def write_index(number: int) -> tuple[tuple[Written, ...], str]:
    """Write one of the site's search indexes, and return its files and what the cache calls it."""
    painting = SHARED.get()
    return search.write_index(painting.indexes[number], number, entries_of(painting, number), painting.studio.release,
                              painting.store, painting.hasty)


def index_cache_of(site: Site) -> Path:
    """Return the folder in which finished indexes are kept from build to build."""
    return site.root / ".cache" / "search"


def entries_of(painting: Painting, number: int) -> Iterator[Entry]:
    """Yield what belongs into an index: all of one kind and year, or what has no index of its own."""
    numbers = {(one.kind, one.year): at for at, one in enumerate(painting.indexes) if at}
    if number == 0:
        yield from (*painting.prose, *render.page_entries(painting.pages))
    for batch in painting.batches:
        if number and batch.kind != painting.indexes[number].kind:
            continue
        for entry in pickle.loads(batch.entries.read_bytes()):
            if numbers.get((batch.kind, entry.dated[:4]), 0) == number:
                yield entry


def paint_pages(start: int, stop: int) -> render.Painted:
    """Write some of the pages that are no records."""
    painting = SHARED.get()
    shown: Shown = []
    painted = render.paint_pages(painting.studio, painting.shells, painting.pages[start:stop],
                                 lambda *page: shown.append(page))
    return replace(painted, clean=_clean(shown, SKIMMER.get()))
