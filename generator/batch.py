"""Level 3. The first stages over batches of records, run through an executor: load, check, validate, count.

`read_all` runs in the main process and holds rows, facts and links only; `read` runs in workers, on one batch each, and
touches no file but those it is told of. What becomes of the batches stands in `painting`.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar

from generator import discretion, gate, link, load, photos, pickles, publish, render, score, validate
from generator.config import Site
from generator.data import Asked, Excepted, Pool, Raw, Register, Row, asked_by, row_of
from generator.execute import Executor, Report, at, lasting_batches, stream
from generator.problem import Place, Problem
from generator.records import kinds
from generator.records.base import Record
from generator.records.duty import Duty
from generator.records.masks import bare
from generator.records.scheme import Scheme
from generator.remembered import Memory, Seen, remember, stat_of

FIRST = ("scheme", "bulletin")
"""The kinds that tell what is to be gathered from all others."""
EVER = "0001-01-01"


class _HasPath(Protocol):
    @property
    def path(self) -> str: ...


One = TypeVar("One", bound=_HasPath)
Other = TypeVar("Other")


class Batch(NamedTuple):
    """Some records of one kind: rows, Problems, and the file in which the bodies wait for rendering.

    allowed: what is personal and may be published all the same, as (code, value). excepted: what only a record's own
    page may show of it, by the record's key. groups: what is told of protected groups; withheld: names whose consent
    does not hold; notes: what editors should know. sources, prints: digests of each record's file and of its row.
    """

    kind: str
    rows: list[Row]
    problems: list[Problem]
    links: list[link.TextLink]
    photos: list[Asked]
    bodies: Path
    allowed: set[tuple[str, str]]
    excepted: dict[str, tuple[Excepted, ...]]
    groups: list[discretion.Told]
    withheld: set[str]
    notes: list[Problem]
    sources: list[int]
    prints: list[int]

    def records(self) -> list[Record]:
        """Return the records themselves, in the order of `rows`."""
        records: list[Record] = pickles.loads(self.bodies.read_bytes())
        return records

    def schemes(self) -> list[tuple[str, Scheme]]:
        """Return the schemes of a batch of schemes by their id; of any other batch none."""
        if self.kind != "scheme":
            return []
        return [(row.id, one) for row, one in zip(self.rows, self.records(), strict=True) if isinstance(one, Scheme)]


class Reading(NamedTuple):
    """Everything read so far: the batches, the Problems, the links in texts, and which files there are.

    unread: `kind/id` of every record's file that has no row; prose: paths of the files below content/pages.
    schemes: by id, empty where a rule is unsound; facts: what all records say for them.
    """

    batches: list[Batch]
    problems: list[Problem]
    links: list[link.TextLink]
    unread: set[str]
    prose: set[str]
    schemes: dict[str, Scheme]
    facts: score.Facts

    def rows(self) -> Iterator[Row]:
        """Yield the row of every record that has no Problem of its own."""
        for batch in self.batches:
            yield from batch.rows


def read_all(site: Site, scan: load.Scan, as_of: date, executor: Executor, work: Path, memory: Memory,
             report: Report, trials: Mapping[str, Scheme] | None = None) -> Reading:
    """Load, check and validate the whole content, and count for the schemes; the records wait in the folder `work`.

    Schemes and bulletins are read first, so that workers can count each record, and tell its course, while they hold
    it. memory: what was read before; trials: sound rules that are on no file and are counted as well.
    """
    files, prose, problems, _ = scan
    problems += [problem for page in prose for problem in gate.judge(page.text, page.path).problems]
    problems += gate.judge_names([*(file.path for file in files), *(page.path for page in prose),
                                  *(f"{load.PHOTO_FOLDER}/{photo}" for photo in scan.photos)])
    links = [found for page in prose for found in link.links_in(page.text, page.path)]
    found = Reading([], problems, links, set(), {page.address for page in prose}, {}, score.Facts())
    pool = Pool()
    slices = [(files, work / f"{i}.bodies") for i, files in enumerate(by_kind(files))]

    def take(some: Sequence[tuple[Sequence[load.File], Path]], schemes: Mapping[str, Scheme], since: str) -> None:
        depends = pickles.digest((as_of, since, schemes)).hex()
        kept = [memory.recall(depends, [file.path for file in files], bodies) for files, bodies in some]
        calls = ((str(site.content), files, as_of, bodies, schemes, since, memory.folder, depends)
                 for (files, bodies), known in zip(some, kept, strict=True) if known is None)
        fresh = stream(executor, read, calls)
        for (_, bodies), known in zip(some, kept, strict=True):
            batch, facts, seen = known or _found(*next(fresh))
            if known is None:
                memory.note(depends, seen)
            pool.share(batch.rows)
            found.batches.append(batch._replace(bodies=bodies))
            found.problems.extend(batch.problems)
            found.links.extend(batch.links)
            batch.links.clear()  # they are not needed once they are checked
            found.facts.add(facts)
            report("load", sum(len(b.rows) for b in found.batches), len(files))

    take([s for s in slices if s[0][0].kind in FIRST], {}, EVER)
    schemes = {id: one for batch in found.batches for id, one in batch.schemes()}
    paths = {row.key: row.path for row in found.rows()}
    unsound = score.check_rules(schemes, paths)
    found.problems.extend(unsound)
    if not unsound:
        found.schemes.update(schemes)
    take([s for s in slices if s[0][0].kind not in FIRST], {**found.schemes, **(trials or {})},
         score.earliest(found.facts.bulletins, found.schemes))
    memory.save()
    there = {row.path for row in found.rows()}
    found.unread.update(file.key for file in files if file.path not in there)
    return found


def shown(read: Reading, scan: load.Scan, register: Register) -> tuple[list[str], list[Problem]]:
    """Return the photos that are to be published, sorted, and a Problem for every one that is missing or unused.

    A tombstone shows none: what only tombstones ask for stays unpublished, and may be gone.
    """
    asked = [one for batch in read.batches for one in batch.photos]
    standing = [one for one in asked if one.key in register.rows and not register.rows[one.key].withdrawn]
    there = set(scan.photos)
    if read.problems:
        return [], []  # a record that can't be read may ask for any of them
    spoilt = {problem.place.path.partition("/")[2] for problem in scan.problems}
    return sorted({one.photo for one in standing} & there), photos.named(asked, standing, there, spoilt)


def look_at(site: Site, some: Iterable[str], executor: Executor) -> list[Problem]:
    """Return a Problem for every photo that can't be published."""
    found = stream(executor, photos.check, ((str(site.content), one, cache_of(site)) for one in some))
    return [problem for problem in found if problem]


def cache_of(site: Site) -> Path:
    """Return the folder in which copies of photos are kept from build to build."""
    return caches_of(site) / photos.FOLDER


def caches_of(site: Site) -> Path:
    """Return the folder of all that is kept from build to build."""
    return site.root / ".cache"


def memory_of(site: Site) -> Memory:
    """Return what is remembered of a site's sources."""
    return Memory(caches_of(site), str(site.content))


def duties(some: Iterable[Batch]) -> dict[str, Duty]:
    """Return every duty by its key: there are few, and the catalogue needs them whole."""
    return {row.key: one for batch in some if batch.kind == "duty"
            for row, one in zip(batch.rows, batch.records(), strict=True) if isinstance(one, Duty)}


def by_kind(files: Iterable[load.File]) -> list[Sequence[load.File]]:
    """Return the files in batches, each of one kind."""
    some: dict[str, list[load.File]] = {kind: [] for kind in kinds()}
    for file in files:
        some[file.kind].append(file)
    return [batch for of_kind in some.values() for batch in lasting_batches(of_kind, lambda file: file.id)]


def read(content: str, files: Sequence[load.File], as_of: date, bodies: Path, schemes: Mapping[str, Scheme],
         since: str, store: Path, depends: str) -> tuple[bytes, list[Seen]]:
    """Load, check and validate some files of one kind, and count them; leave the records in the file `bodies`.

    since: the day from which bulletins tell what happened, empty where there are none. What is found, a Batch and its
    facts, is pickled once: for the process that asked, and for builds in which it `depends` on the same, for which it
    is remembered in the folder `store` unless there are Problems.
    """
    batch = Batch(files[0].kind, [], [], [], [], bodies, set(), {}, [], set(), [], [], [])
    seen: list[Seen] = []
    records = _taken(content, files, as_of, batch, seen)
    data = pickles.dumps(records)
    bodies.write_bytes(data)
    facts = score.facts_of(zip(batch.rows, records, strict=True), schemes, as_of, since)
    told = pickles.dumps((batch, facts))
    if not batch.problems:
        remember(store, depends, seen, told, data)
    return told, seen


def _found(told: bytes, seen: list[Seen]) -> tuple[Batch, score.Facts, list[Seen]]:
    """Return what a worker has read."""
    batch, facts = pickles.received(told)
    return batch, facts, seen


def take(content: str, file: load.File, as_of: date) -> tuple[Batch, Record | None]:
    """Return one record that is read by itself, and a batch of it alone; None where it has Problems, noted in that."""
    batch = Batch(file.kind, [], [], [], [], Path(), set(), {}, [], set(), [], [], [])
    return batch, next(iter(_taken(content, [file], as_of, batch, [])), None)


def _taken(content: str, files: Sequence[load.File], as_of: date, batch: Batch, seen: list[Seen]) -> list[Record]:
    """Return the sound records of some files, and note their rows, their Problems and all else in `batch`."""
    loaded = _each(files, lambda file: _loaded(content, file, batch, seen), batch)
    judged = _each(loaded, lambda one: _judged(one, as_of, batch), batch)
    sound = _each(judged, lambda one: _validated(one, as_of, batch), batch)
    records = _each(sound, lambda one: _noted(one, as_of, batch), batch)
    batch.prints.extend(map(render.row_print, batch.rows))
    return records


class _Loaded(NamedTuple):
    """A source as it was read: its path, its values and its text."""

    path: str
    raw: Raw
    text: str


class _Sound(NamedTuple):
    """A record without a Problem, and its source. excepted: what only its own page may show."""

    path: str
    raw: Raw
    record: Record
    excepted: tuple[Excepted, ...]


def _each(some: Sequence[One], stage: Callable[[One], Other | None], batch: Batch) -> list[Other]:
    """Return what a stage makes of each of some; what it stumbles over is a Problem, and goes no further.

    One stage after the other over a whole batch takes a tenth less than one record after the other: its code stays in
    the processor's cache.
    """
    found = []
    for one in some:
        at(one.path)
        try:
            made = stage(one)
        except Exception as error:  # whatever a file provokes is said of that file, and hides no other's fault
            batch.problems.append(unforeseen(error, one.path))
        else:
            if made is not None:
                found.append(made)
    return found


def _loaded(content: str, file: load.File, batch: Batch, seen: list[Seen]) -> _Loaded | None:
    stat = stat_of(f"{content}/{file.path}")
    loaded = load.read(content, file)
    if isinstance(loaded, Problem):
        batch.problems.append(loaded)
        return None
    raw, text = loaded
    seen.append(Seen(file.path, stat, raw.digest))
    return _Loaded(file.path, raw, text)


def _judged(source: _Loaded, as_of: date, batch: Batch) -> _Loaded:
    judged = gate.judge(source.text, source.path, source.raw.data, as_of)
    batch.problems.extend(judged.problems)
    batch.allowed.update(judged.allowed)
    batch.links.extend(link.links_in(source.text, source.path))
    return source


def _validated(source: _Loaded, as_of: date, batch: Batch) -> _Sound | None:
    data, excepted = gate.masked(source.raw.data, as_of)
    raw = source.raw if data is source.raw.data else replace(source.raw, data=data)
    record = validate.validate(raw, kinds())
    if isinstance(record, list):
        batch.problems.extend(record)
        return None
    return _Sound(source.path, raw, record, excepted)


def _noted(sound: _Sound, as_of: date, batch: Batch) -> Record:
    """Return a record as pages show it; its row and all else that is told of it is noted in the batch."""
    path, raw, record, excepted = sound
    row = row_of(record, raw, as_of)
    groups, record = discretion.told_of(record, raw.id, path), _masked(record, batch, path, as_of)
    batch.photos.extend(asked_by(record, row))
    batch.rows.append(row)
    batch.sources.append(int(raw.digest[:16], 16))
    batch.groups.extend(groups)
    if excepted:
        batch.excepted[row.key] = excepted
    return record


def unforeseen(error: Exception, path: str) -> Problem:
    """Return the Problem of a file on which the program itself failed: the error and where, not what the file says."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    reason = f"{type(error).__name__}, {os.path.basename(last.filename)}:{last.lineno}"
    return Problem("unforeseen", Place(path, 1, 1), {"reason": reason})


def _masked(record: Record, batch: Batch, path: str, as_of: date) -> Record:
    """Return a record whose title masks a name that stands by consent: pages take the name itself from its row."""
    name = record.consented(as_of)
    if name is None:
        return record
    gone = {} if name.holds else {"ground": None, "consent": None}
    if gone or record.tombstone(as_of):
        batch.withheld.add(bare(name.name))
        batch.notes.append(Problem("consent-ended", Place(path, keys=("title",)), {
            "until": name.until, "value": name.masked}))
    return record.model_copy(update={"title": name.masked, **gone})


def withheld(some: Iterable[Batch], register: Register) -> set[str]:
    """Return the names that must stand nowhere but where a browser masks them; none that somebody else bears by right.

    Of two characters, which may be a word, only those whose consent doesn't hold.
    """
    rows = [row for row in register.rows.values() if row.kind in ("person", "volunteer")]
    ended = {name for batch in some for name in batch.withheld}
    holding = {name for row in rows if row.named and len(name := bare(row.named[0])) > 2}
    return (ended | holding) - {bare(row.title) for row in rows if not row.named}


@contextmanager
def workshop(inside: Path | None = None) -> Iterator[Path]:
    """Give a folder for work in progress, which is gone afterwards. inside: a folder that later builds clear."""
    work = Path(tempfile.mkdtemp(prefix="gongshi-" if inside is None else publish.STAGING, dir=inside))
    try:
        yield work
    except OSError as error:  # what is written here knows no name
        error.filename = error.filename or str(work)
        raise
    finally:
        shutil.rmtree(work, ignore_errors=True)
