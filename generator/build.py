"""Level 3. The order of the stages, and nothing else: load → validate → link → score → render → publish."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from generator import __version__, batch, gate, link, load, publish, render, score
from generator.config import Site
from generator.data import Outcome, Register
from generator.execute import Executor, stream
from generator.problem import ContentError, Problem
from generator.records import folders
from generator.records.scheme import Scheme

Report = Callable[[str, int, int], None]
"""Told how far a stage is: its name, how much is done, of how much."""


class Content(NamedTuple):
    """Everything read, linked and scored; the records' bodies stay on disk, in their batches."""

    register: Register
    batches: list[batch.Batch]
    schemes: Mapping[str, Scheme]
    outcomes: tuple[Outcome, ...]


def check(site: Site, as_of: date, executor: Executor, report: Report) -> Content:
    """Return the content of a site without Problems. Raises: ContentError with every Problem there is."""
    with workshop() as work:
        return _read(site, as_of, executor, work, report)


def build(site: Site, out: Path, as_of: date, executor: Executor, report: Report, commit: str) -> Path:
    """Publish the site below `out` and return the release's folder; whatever fails, the old site stands."""
    with workshop() as work, publish.locked(out):
        shells = executor.submit(render.make_shells, site, work / "shells")
        content = _read(site, as_of, executor, work, report)
        with publish.begin(out) as release:
            _render(site, as_of, executor, content, shells.result(), release, report)
            about = {"as_of": as_of.isoformat(), "commit": commit, "generator": __version__}
            return publish.commit(release, out, about, site.settings.publication.keep)


def _read(site: Site, as_of: date, executor: Executor, work: Path, report: Report) -> Content:
    files, prose, problems = load.scan(site.content, folders())
    problems += [problem for page in prose for problem in gate.personal(page.text, page.path)]
    links = [found for page in prose for found in link.links_in(page.text, page.path)]
    calls = [(str(site.content), some, as_of, work / f"{i}.bodies") for i, some in enumerate(batch.by_kind(files))]
    batches: list[batch.Batch] = []
    for read in stream(executor, batch.read, calls):
        batches.append(read)
        problems += read.problems
        links += read.links
        report("load", sum(len(b.rows) for b in batches), len(files))
    register, dangling = link.link((row for b in batches for row in b.rows), {f.key for f in files})
    dangling += link.check_links(links, register, {page.path.removeprefix("pages/") for page in prose})
    schemes = dict(pair for b in batches for pair in b.schemes())
    paths = {row.key: row.path for row in register.rows.values()}
    unsound = score.check_rules(schemes, paths)
    counted = set() if unsound else score.kinds_for(schemes)
    facts = score.gather(stream(executor, batch.count, ((b, schemes) for b in batches if b.kind in counted)))
    _stop_if(site, [*problems, *dangling, *unsound, *score.check_assessments(facts.assessments, schemes, paths)])
    return Content(register, batches, schemes, score.score(schemes, facts, as_of))


def _render(site: Site, as_of: date, executor: Executor, content: Content, shells: render.Shells,
            release: publish.Release, report: Report) -> None:
    views = render.Views(content.register, content.outcomes, content.schemes)
    studio = render.Studio(site.themes, as_of, site.settings.privacy.contact, release.folder)
    links = render.Links()
    for path in shells.files:
        links.note(path, release.take(shells.folder / path, path))
    release.make_folders(shells.of)
    records = ((studio, shells.for_kind(b.kind), b, views.contexts(b.rows)) for b in content.batches)
    pages = ((studio, shells.of, some) for some in render.page_batches(site, views))
    for done in stream(executor, batch.paint, records):
        release.add(done.files)
        links.update(done.links)
        report("render", len(release.files), len(content.register.rows))
    for done in stream(executor, render.paint_pages, pages):
        release.add(done.files)
        links.update(done.links)
    _stop_if(site, links.broken({f.path for f in release.files}, content.register))


def _stop_if(site: Site, problems: Iterable[Problem]) -> None:
    """Raise the Problems if there are any, each with its position, named from the configuration's folder."""
    if found := load.locate(site.content, problems):
        folder = site.settings.content
        raise ContentError(replace(p, place=replace(p.place, path=f"{folder}/{p.place.path}")) for p in found)


@contextmanager
def workshop() -> Iterator[Path]:
    """Give a folder of our own that is gone afterwards."""
    work = Path(tempfile.mkdtemp(prefix="gongshi-"))
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)
