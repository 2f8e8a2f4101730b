"""`gongshi diff`: what becomes public by a change, as values that every form of the report is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from generator import build, render
from generator.config import Site
from generator.desk.diff.around import pages, photos, settings
from generator.desk.diff.fields import Names
from generator.desk.diff.pairs import Pair, pairs
from generator.desk.diff.records import records
from generator.desk.diff.results import bulletins, notices, numbers
from generator.desk.diff.standings import standings
from generator.desk.diff.told import MARKER, Change, Difference, Entry, Section, as_json, sections
from generator.desk.diff.versions import Version, versions
from generator.execute import Report
from generator.problem import ContentError, Problem

__all__ = ["MARKER", "Change", "Difference", "Entry", "Section", "Version", "as_json", "difference"]


def difference(config: Path, asked: str, site_at: Callable[[Path], Site], today: Callable[[Site], date], workers: int,
               report: Report) -> Difference:
    """Return what becomes public between two versions of a site, both as this generator reads them on one day.

    asked: as `versions` takes it; today: the day that the newer version stands on. Raises: DeskError where git can't
    tell, ContentError where the newer version has no sound configuration.
    """
    with versions(config, asked) as (before, after):
        head = _site(after, site_at)
        as_of = today(head)
        new, problems = _checked(head, as_of, workers, report)
        fresh = not before.config.is_file()
        base, known = (None, ()) if fresh else _base(before, site_at)
        old, broken = _checked(base, as_of, workers, report) if base else (None, known)
        entries = list(_entries(base, head, old, new, as_of))
        return Difference(before, after, as_of, broken, problems, fresh, sections(entries))


def _site(version: Version, site_at: Callable[[Path], Site]) -> Site:
    try:
        return site_at(version.config)
    except ContentError as error:
        raise ContentError(_placed(error, version)) from None


def _base(version: Version, site_at: Callable[[Path], Site]) -> tuple[Site | None, tuple[Problem, ...]]:
    try:
        return site_at(version.config), ()
    except ContentError as error:
        return None, tuple(_placed(error, version))


def _placed(error: ContentError, version: Version) -> Iterator[Problem]:
    """Yield the Problems of a configuration under the name of the file, wherever it was read from."""
    for problem in error.problems:
        there = problem.place.path == str(version.config)
        yield replace(problem, place=replace(problem.place, path=version.config.name)) if there else problem


def _checked(site: Site, as_of: date, workers: int, report: Report
             ) -> tuple[build.Content | None, tuple[Problem, ...]]:
    try:
        return build.check(site, as_of, workers, report), ()
    except ContentError as error:
        return None, tuple(error.problems)


def _entries(base: Site | None, head: Site, old: build.Content | None, new: build.Content | None, as_of: date
             ) -> Iterator[tuple[str, Entry]]:
    """Yield all there is to tell; of two versions that are not both sound, only what single files say."""
    some = pairs(base, head)
    names = _names(old, new, some)
    yield from records(some, as_of, names)
    if base and old and new:
        before, after = (render.Views(c.register, c.results, c.schemes, as_of) for c in (old, new))
        yield from standings(before, after, names)
        yield from numbers(before, after, names)
        yield from photos(base, head, old, new, names)
        yield from bulletins(before, after, names)
        yield from notices(base, head, before, after)
    yield from pages(base, head)
    yield from settings(base, head)


def _names(old: build.Content | None, new: build.Content | None, some: list[Pair]) -> Names:
    """Return what finds a record's title: as it is, else as it was, else as its file says; else its key."""
    registers = [content.register for content in (new, old) if content]
    files = {one.key: one.record.title for one in some}

    def named(key: str) -> str:
        found = next((r.rows[r.today(key)] for r in registers if r.today(key) in r.rows), None)
        return found.title if found else files.get(key, key)

    return named
