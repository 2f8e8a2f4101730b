"""Level 3. From linked records to the files of a release, through executors: photos, pages, indexes, compressed copies.

`develop`, `paint_all` and `compress_all` run in the main process, and threads of it wait for the program that makes
indexes; `paint_records` and `paint_pages` run in workers, on one batch or some pages each, on a cluster `write_index`,
too, and see what a `Painting` holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextvars import ContextVar
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from generator import cache, gate, photos, pickles, publish, render, reuse, search
from generator.batch import Batch, cache_of, caches_of
from generator.config import Site
from generator.data import Copy, Entry, Index, Register, Row, Written
from generator.execute import Executor, Report, Workers, batches, make_executor, stream, waiting
from generator.problem import ContentError, Problem
from generator.records import kinds
from generator.records.base import Record
from generator.reuse import Held, Plan

PAGES_AT_ONCE = 20
Shown = list[tuple[Written, Sequence[bytes]]]


class Painting(NamedTuple):
    """What every painting worker shares: a forked one sees it as it is, so that nothing is copied between processes.

    store: where finished indexes are cached; hasty: cached ones of earlier content do. held: where the entries of
    pages wait for the next build; ground: what pages are judged by.
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
    held: Path
    ground: gate.Ground


SHARED: ContextVar[Painting] = ContextVar("what all painting of this worker needs")
SKIMMER: ContextVar[gate.Skimmer] = ContextVar("what tells this worker whether a page is clean")
GROUND: ContextVar[gate.Ground] = ContextVar("what this worker judges a release by")


def prepare(site: Site, views: render.Views, some: list[Batch], shells: render.Shells,
            photos: render.Traced[str, tuple[Copy, ...]], release: publish.Release, hasty: bool,
            ground: gate.Ground) -> Painting:
    """Return all that painting needs. photos: the published copies of each; hasty: as for `build.build`."""
    studio = render.Studio(site.themes, views.as_of, "feedback.html" in shells.files, release.folder,
                           site.settings.identity.name, photos)
    indexes = search.plan(batch.rows for batch in some) if search.installed() else ()
    return Painting(studio, shells.of, views, some, list(render.all_pages(site, views, indexes)), indexes,
                    render.prose_entries(shells), caches_of(site) / "search", hasty,
                    caches_of(site) / reuse.FOLDER, ground._replace(sources={}))


def prints_of(views: render.Views, some: Iterable[Batch], photos: render.Traced[str, tuple[Copy, ...]]
              ) -> render.Prints:
    """Return the digests of what pages are made of: for the main process, as they are remembered by identity."""
    rows = {row.key: (row, one) for batch in some for row, one in zip(batch.rows, batch.prints, strict=True)}
    return render.Prints(views, rows, [photos])


class Painted(NamedTuple):
    """What painting came to: all links within the site that were looked at, every page, and those taken over.

    kept: paths of the pages that are as in the release before.
    """

    links: render.Links
    pages: dict[str, Held]
    kept: set[str]


def paint_all(painting: Painting, shells: render.Shells, release: publish.Release, plan: Plan, owns: Sequence[int],
              workers: Workers, report: Report) -> Painted:
    """Have every page in the release: those that have not changed are taken over, the others are written.

    owns: digests of what the pages that are no records are put together from.
    """
    release.drop(plan.vanish([*(row.url for row in painting.views.register.rows.values()),
                              *(page.path for page in painting.pages)]))
    release.make_folders({*shells.of, *(page.path.rpartition("/")[0] for page in painting.pages)})
    done = Painted(_take_prose(shells, release, painting.views.register), {}, set())
    tasks = [_left(painting, plan, batch, done) for batch in painting.batches]
    left = [at for at, (page, own) in enumerate(zip(painting.pages, owns, strict=True))
            if not _keep(plan, done, page.path, own)]
    release.add(done.pages[path].file for path in done.kept)

    def take(painted: render.Painted, owns: Iterable[int]) -> None:
        release.add(painted.files)
        release.clean.update(painted.clean)
        done.links.update(painted.links)
        hidden = set(painted.hidden)
        for file, own, reads, targets in zip(painted.files, owns, painted.reads, painted.targets, strict=True):
            done.pages[file.path] = Held(file, own, reads, targets, file.path in hidden)
        report("render", len(release.files), len(painting.views.register.rows))

    lots = {at: _lots(painting, batch, done) if painting.indexes and not which else {}
            for at, (batch, (which, _)) in enumerate(zip(painting.batches, tasks, strict=True))}
    with make_executor(workers, share, painting) as executor:
        some = [(at, *task) for at, task in enumerate(tasks) if task[0] or (painting.indexes and not lots[at])]
        for (at, which, _), (painted, lots[at]) in zip(some, stream(executor, paint_records, some), strict=True):
            batch = painting.batches[at]
            take(painted, (batch.sources[one] for one in which))
            done.pages.update((row.url, done.pages[row.url]._replace(entries=lots[at].get(search.year_of(row), "")))
                              for row in batch.rows)
        slices = list(batches(left, PAGES_AT_ONCE))
        for part, painted in zip(slices, stream(executor, paint_pages, ((part,) for part in slices)), strict=True):
            take(painted, (owns[at] for at in part))
        if not isinstance(workers, int):
            _index(painting, lots, release, executor, write_index)
    if isinstance(workers, int):  # they are gone: each would have held what this process does, beside Pagefind
        with waiting(min(workers, search.AT_ONCE)) as threads:
            _index(painting, lots, release, threads, partial(make_index, painting))
    release.hidden.update(path for path, held in done.pages.items() if held.hidden)
    return done


def _index(painting: Painting, lots: Mapping[int, Mapping[str, str]], release: publish.Release, executor: Executor,
           make: Callable[[int, Sequence[str]], tuple[tuple[Written, ...], str]]) -> None:
    """Have every index in the release, and no other in the cache. lots: where entries wait, by batch and year."""
    made = [executor.submit(make, number, [lots[at][year] for at, year in index.slices])
            for number, index in enumerate(painting.indexes)]
    used = set()
    for one in made:
        written, name = one.result()
        release.add(written)
        used.add(name)
    cache.prune(painting.store, used)


def _left(painting: Painting, plan: Plan, batch: Batch, done: Painted) -> tuple[list[int], list[str]]:
    """Return which records of a batch must be painted, and the files in which the entries of the others wait."""
    which = [at for at, (row, own) in enumerate(zip(batch.rows, batch.sources, strict=True))
             if not _keep(plan, done, row.url, own)]
    return which, sorted({done.pages[row.url].entries for row in batch.rows if row.url in done.kept})


def _lots(painting: Painting, batch: Batch, done: Painted) -> dict[str, str]:
    """Return by year under which names the entries of a batch wait that is taken over; none unless all of them do."""
    found = {}
    for year, rows in search.by_year(batch.rows).items():
        names = {done.pages[row.url].entries for row in rows}
        found[year] = names.pop()
        if names or not reuse.has_entries(painting.held, found[year], len(rows)):
            return {}
    return found


def _keep(plan: Plan, done: Painted, path: str, own: int) -> bool:
    """Note a page that is taken over, and return whether it is."""
    if held := plan.take(path, own):
        done.pages[path] = held
        done.kept.add(path)
    return held is not None


def _take_prose(shells: render.Shells, release: publish.Release, register: Register) -> render.Links:
    """Take over what MkDocs built and return its links, those of the shells included."""
    links = render.Links(register)
    release.hidden.add("404.html")
    release.hidden.update(path for path in shells.files if path.startswith(f"{render.MANUALS}/"))
    for path, data in shells.files.items():
        release.put(path, data)
        if path.endswith(".html") and path != "404.html":
            links.note(path, data.decode())
    for section, shell in shells.of.items():
        links.note(f"{section}/index.html", b"".join(shell.pieces).decode())
    return links


def develop(site: Site, some: Sequence[str], release: publish.Release, executor: Executor
            ) -> dict[str, tuple[Copy, ...]]:
    """Write the copies of photos into the release and return them by the photo's path, best type first."""
    if not some:
        return {}
    release.make_folders([photos.FOLDER])
    calls = [(str(site.content), one, cache_of(site), release.folder) for one in some]
    made = list(stream(executor, photos.publish, calls))
    release.add({file.path: file for _, files in made for file in files}.values())  # two photos may be the same
    return dict(zip(some, (copies for copies, _ in made), strict=True))


def compress_all(release: publish.Release, workers: Workers) -> None:
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
    pages = {f"{page.removesuffix('.md')}.html": f"pages/{page}" for page in prose if page.endswith(".md")}
    allowed = {one for batch in some for one in batch.allowed} | gate.public(_public(site))
    return gate.Ground(allowed, withheld, Sources(site.settings.content, register, pages))


class Sources(Mapping[str, str]):
    """The file that a page is made of, by the page's address or the record's key; looked up where a leak is told.

    A dictionary of all took 200 bytes a record, in each process that inspects. pages: of prose, by their address.
    """

    def __init__(self, folder: str, register: Register, pages: Mapping[str, str]):
        self._folder, self._register, self._pages = folder, register, pages

    def __getitem__(self, address: str) -> str:
        row = self._register.at(address) or self._register.rows.get(address)
        return f"{self._folder}/{row.path if row else self._pages[address]}"

    def __iter__(self) -> Iterator[str]:
        yield from (address for row in self._register.rows.values() for address in (row.url, row.key))
        yield from self._pages

    def __len__(self) -> int:
        return 2 * len(self._register.rows) + len(self._pages)


def _public(site: Site) -> Iterator[str]:
    """Yield how a site is reached, as its configuration tells everybody, and the examples of the program's manuals."""
    yield from (said for said in (site.settings.identity.contact, site.settings.privacy.contact) if said)
    if site.manuals:
        yield from (page.read_text(encoding="utf-8") for page in sorted(site.manuals.rglob("*.md")))


def inspect_all(release: publish.Release, ground: gate.Ground, kept: Set[str], workers: Workers) -> None:
    """Look through every file once more, but for those whose bytes, by their digest, were found clean when painted.

    kept: those that were found clean before, by the same ground. Raises: ContentError for what must not be published.
    """
    proven = {file.path for file in release.files if file in release.clean}
    if found := look_through(release.folder, sorted(release.paths() - kept), ground, workers, proven):
        raise ContentError(found)


def look_through(folder: Path, paths: Sequence[str], ground: gate.Ground, workers: Workers,
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
    """Give a worker what all painting needs; templates that changed are read anew, as the preview server's may."""
    render.forget_templates(painting.studio.themes)
    SHARED.set(painting)
    SKIMMER.set(gate.Skimmer(painting.ground))


def paint_records(at: int, which: Sequence[int], files: Sequence[str]) -> tuple[render.Painted, dict[str, str]]:
    """Write the pages of some records of one batch; return them, and by year where the entries of all of it wait.

    which: places in the batch; files: where the entries of the others are, if they still are.
    """
    painting = SHARED.get()
    batch = painting.batches[at]
    entries: dict[str, Entry | None] = {}
    for name in files:
        entries |= reuse.entries(painting.held, name)

    def note(context: render.Context, record: Record, blocks: render.Blocks, article: str) -> None:
        entries[context.row.url] = render.entry_of(painting.views, context, record, blocks, article)

    records, shown = batch.records(), Shown()
    painted = render.paint_records(
        painting.studio, painting.shells[kinds()[batch.kind].folder], painting.views.context,
        [(batch.rows[one].key, records[one]) for one in which], note if painting.indexes else None, batch.excepted,
        lambda *page: shown.append(page))
    painted = replace(painted, clean=_clean(shown, gate.Skimmer(painting.ground)))
    if not painting.indexes:
        return painted, {}
    _find_lost(painting, zip(batch.rows, records, strict=True), entries)
    return painted, {year: reuse.keep_entries(painting.held, {row.url: entries[row.url] for row in rows})
                     for year, rows in search.by_year(batch.rows).items()}


def _find_lost(painting: Painting, some: Iterable[tuple[Row, Record]], entries: dict[str, Entry | None]) -> None:
    """Have the entries of all these records: what was kept may be lost."""
    for row, record in some:
        if row.url not in entries:
            context = painting.views.context(row.key)
            entries[row.url] = render.entry_of(painting.views, context, record,
                                               *render.record_article(painting.studio, context, record))


def _clean(shown: Shown, skimmer: gate.Skimmer) -> tuple[Written, ...]:
    """Return the pages that hold nothing personal.

    Looked through one after the other at the end of a batch, a page takes half the time that it does among painting
    and writing: what is looked up is in the processor's cache.
    """
    return tuple(written for written, pieces in shown if skimmer.is_clean(pieces))


def write_index(number: int, lots: Sequence[str]) -> tuple[tuple[Written, ...], str]:
    """Do as `make_index`, in a worker."""
    return make_index(SHARED.get(), number, lots)


def make_index(painting: Painting, number: int, lots: Sequence[str]) -> tuple[tuple[Written, ...], str]:
    """Write one of the site's search indexes, and return its files and what the cache calls it.

    lots: where the entries of each of its slices wait; what is not in the cache is made of these and nothing else.
    """
    index = painting.indexes[number]
    own = () if number else (*painting.prose, *render.page_entries(painting.pages))
    return search.write_index(index, number == 0, [*lots, pickles.digest(own).hex()],
                              lambda: (*own, *entries_of(painting, index, lots)), painting.studio.release,
                              painting.store, painting.hasty)


def entries_of(painting: Painting, index: Index, lots: Sequence[str]) -> Iterator[Entry]:
    """Yield the entries of the records that belong into an index."""
    for (at, year), name in zip(index.slices, lots, strict=True):
        batch, entries = painting.batches[at], reuse.entries(painting.held, name)
        rows = search.by_year(batch.rows)[year]
        if not all(row.url in entries for row in rows):
            here = zip(batch.rows, batch.records(), strict=True)
            _find_lost(painting, [(row, one) for row, one in here if search.year_of(row) == year], entries)
        yield from (entry for row in rows if (entry := entries[row.url]))


def paint_pages(which: Iterable[int]) -> render.Painted:
    """Write some of the pages that are no records."""
    painting = SHARED.get()
    shown = Shown()
    painted = render.paint_pages(painting.studio, painting.shells, [painting.pages[at] for at in which],
                                 lambda *page: shown.append(page),
                                 lambda address: painting.views.register.at(address) is not None)
    return replace(painted, clean=_clean(shown, SKIMMER.get()))
