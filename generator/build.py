"""Level 3. The order of the stages, and nothing else."""

from __future__ import annotations

import pickle
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from generator import __version__, gate, link, load, publish, render, score, validate
from generator.config import Site
from generator.data import Outcome, Register, Row, row_of
from generator.execute import BATCH, Executor, batches, stream
from generator.problem import ContentError, Place, Problem
from generator.records import folders, kinds

Report = Callable[[str, int, int], None]


class Batch(NamedTuple):
    """Some records of one kind, read: rows, Problems, and the file in which the bodies wait for rendering."""

    kind: str
    rows: list[Row]
    problems: list[Problem]
    bodies: Path


class Content(NamedTuple):
    """Everything that was read, checked, linked and scored; the bodies stay on disk."""

    register: Register
    batches: list[Batch]
    schemes: dict[str, Any]
    outcomes: tuple[Outcome, ...]


def check(site: Site, as_of: date, executor: Executor, report: Report) -> Content:
    """Return the content of a site that has no Problem. Raises: ContentError with every Problem there is."""
    with workshop() as work:
        return _read(site, as_of, executor, work, report)


def build(site: Site, out: Path, as_of: date, executor: Executor, report: Report, commit: str) -> Path:
    """Publish the site below `out` and return the release's folder; whatever fails, the old site stands."""
    with workshop() as work, publish.locked(out):
        shells = executor.submit(render.make_shells, site, work / "shells")
        content = _read(site, as_of, executor, work, report)
        release = publish.begin(out)
        links = _render(site, content, shells.result(), as_of, executor, release, report)
        _closed(site, content.register, release, links)
        about = {"as_of": as_of.isoformat(), "commit": commit, "generator": __version__}
        return publish.commit(release, out, about, site.settings.publication.keep)


def _read(site: Site, as_of: date, executor: Executor, work: Path, report: Report) -> Content:
    """Load, check, validate, link and score."""
    files, problems = load.scan(site.content, folders())
    calls = [(str(site.content), some, as_of, work / f"{i}.bodies") for i, some in enumerate(_by_kind(files))]
    read = []
    for batch in stream(executor, read_batch, calls):
        read.append(batch)
        problems += batch.problems
        report("load", sum(len(b.rows) for b in read), len(files))
    register, linking = link.link(row for batch in read for row in batch.rows)
    schemes = {row.id: scheme for batch in read if batch.kind == "scheme" for row, scheme in _bodies(batch)}
    paths = {row.key: row.path for row in register.rows.values()}
    problems += linking + score.check_rules(schemes, {id: paths[f"scheme/{id}"] for id in schemes})
    _stop_if(site, problems)
    facts = score.Facts()
    counted = [(batch, schemes) for batch in read if batch.kind in score.sources_of(schemes)]
    for found in stream(executor, facts_of_batch, counted):
        facts += found
    _stop_if(site, score.check_assessments(facts.assessments, schemes, paths))
    return Content(register, read, schemes, score.score(schemes, facts, as_of))


def read_batch(content: str, files: Sequence[load.File], as_of: date, bodies: Path) -> Batch:
    """Load, check and validate some files of one kind; leave the records in the file `bodies`. Runs in a worker."""
    batch = Batch(files[0].kind, [], [], bodies)
    records = []
    for file in files:
        read = load.read(content, file)
        if isinstance(read, Problem):
            batch.problems.append(read)
            continue
        raw, text = read
        batch.problems.extend(gate.personal(text, file.path))
        record = validate.validate(raw, kinds())
        if isinstance(record, list):
            batch.problems.extend(record)
            continue
        batch.rows.append(row_of(record, raw, as_of))
        records.append(record)
    bodies.write_bytes(pickle.dumps(records, pickle.HIGHEST_PROTOCOL))
    return batch


def facts_of_batch(batch: Batch, schemes: dict[str, Any]) -> score.Facts:
    """Return what a batch of records says for the schemes. Runs in a worker."""
    return score.facts_of(_bodies(batch), schemes)


def paint_batch(studio: render.Studio, shell: Any, bodies: Path, contexts: list[Any]) -> render.Painted:
    """Write the pages of a batch of records. Runs in a worker."""
    return render.paint_records(studio, shell, contexts, pickle.loads(bodies.read_bytes()))


def _render(site: Site, content: Content, shells: render.Shells, as_of: date, executor: Executor,
            release: publish.Release, report: Report) -> set[tuple[str, str]]:
    """Write every page into the release; return (address, page) for every link within the site."""
    for path in shells.files:
        release.take(shells.folder / path, path)
    for section in shells.of:
        (release.folder / section).mkdir(exist_ok=True) if section != "home" else None
    studio = render.Studio(site.themes, as_of, site.settings.privacy.contact, release.folder)
    views = render.Views(content.register, content.outcomes)
    inside = render.contents(content.register)
    links: set[tuple[str, str]] = set()
    done = 0
    for painted in stream(executor, paint_batch, _record_jobs(studio, shells, views, content, inside)):
        release.files += painted.files
        links.update(painted.links)
        done += len(painted.files)
        report("render", done, len(content.register.rows))
    pages = [*render.all_pages(site, views, content.schemes), *_place_pages(views, inside)]
    for painted in stream(executor, render.paint_pages, ((studio, shells.of, some) for some in batches(pages, 40))):
        release.files += painted.files
        links.update(painted.links)
    return links


def _record_jobs(studio: render.Studio, shells: render.Shells, views: render.Views, content: Content,
                 inside: dict[str, list[Row]]) -> Iterator[tuple[Any, ...]]:
    below: dict[str, list[Row]] = {}
    for row in content.register.of_kind("area"):
        below.setdefault(row.area or "", []).append(row)
    for batch in content.batches:
        contexts = [views.context(row, render.place_values(views, row, inside.get(row.id, []), below.get(row.id, []))
                                  if row.kind == "area" else None) for row in batch.rows]
        yield studio, shells.of[kinds()[batch.kind].folder], batch.bodies, contexts


def _place_pages(views: render.Views, inside: dict[str, list[Row]]) -> Iterator[render.Page]:
    for row in views.register.of_kind("area"):
        yield from render.place_pages(views, row, inside.get(row.id, []))


def _closed(site: Site, register: Register, release: publish.Release, links: set[tuple[str, str]]) -> None:
    """Raise ContentError if a page links to an address that the release does not hold."""
    there = {file.path for file in release.files}
    files = {row.url: row.path for row in register.rows.values()}
    broken = sorted((page, target) for target, page in links if target not in there)
    _stop_if(site, [Problem("broken-link", Place(files.get(page, page), 1, 1), {"target": "/" + target})
                    for page, target in broken])


def _bodies(batch: Batch) -> list[tuple[Row, Any]]:
    return list(zip(batch.rows, pickle.loads(batch.bodies.read_bytes()), strict=True))


def _by_kind(files: Iterable[load.File]) -> list[Sequence[load.File]]:
    """Return the files in batches, each of one kind."""
    files = list(files)
    return [some for kind in kinds() for some in batches([f for f in files if f.kind == kind], BATCH)]


def _stop_if(site: Site, problems: list[Problem]) -> None:
    """Raise the Problems, each with its position, named from the folder of the configuration."""
    if problems:
        folder = site.settings.content
        raise ContentError(replace(p, place=replace(p.place, path=f"{folder}/{p.place.path}"))
                           for p in load.locate(site.content, problems))


@contextmanager
def workshop() -> Iterator[Path]:
    """Give a folder of our own that is gone afterwards."""
    work = Path(tempfile.mkdtemp(prefix="gongshi-"))
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


__all__ = ["Counter", "build", "check"]
