"""`gongshi diff`: what becomes public by a change, as values that every form of the report is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from generator import build, render
from generator.config import Site
from generator.desk.diff.around import pages, photos, program, settings
from generator.desk.diff.fields import Names
from generator.desk.diff.pairs import Pair, Spoilt, pairs
from generator.desk.diff.records import NAMED, records
from generator.desk.diff.results import bulletins, notices, numbers
from generator.desk.diff.standings import standings
from generator.desk.diff.told import MARKER, Change, Difference, Entry, Section, as_json, sections
from generator.desk.diff.versions import Version, touched, versions
from generator.execute import Report
from generator.problem import ContentError, Problem

__all__ = ["MARKER", "Change", "Difference", "Entry", "Section", "Version", "as_json", "difference"]


def difference(config: Path, asked: str, site_at: Callable[[Path], Site], today: Callable[[Site], date], workers: int,
               report: Report) -> Difference:
    """Return what becomes public between two versions of a site, both as this generator reads them on one day.

    asked: as `versions` takes it; today: the day that the newer version stands on. Raises: DeskError where git can't
    tell.
    """
    with versions(config, asked) as (before, after):
        head, unsound = _site(after, site_at)
        fresh = not before.config.is_file()
        if head is None:
            return Difference(before, after, None, (), unsound, fresh, ())
        as_of = today(head)
        new, problems = _checked(head, as_of, workers, report)
        base, broken = (None, ()) if fresh else _site(before, site_at)
        told = [*settings(base, head), *program(config, *touched(config, before, after), base, head)] if base else []
        old = None
        if base:
            old, broken = _checked(base, as_of, workers, report)
        elif (before.config.parent / head.settings.content).is_dir():
            base = Site(before.config.parent, head.settings)  # its records can be read all the same
        spoilt = _paths(broken, base), _paths(problems, head)
        entries = [*_entries(base, head, old, new, as_of, spoilt), *told]
        return Difference(before, after, as_of, broken, problems, fresh, sections(entries))


def _site(version: Version, site_at: Callable[[Path], Site]) -> tuple[Site | None, tuple[Problem, ...]]:
    """Return the site of a version, or what is wrong with its configuration."""
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


def _paths(problems: Iterable[Problem], site: Site | None) -> set[str]:
    """Return the paths below content of the files that have a Problem."""
    folder = f"{site.settings.content}/" if site else ""
    return {problem.place.path.removeprefix(folder) for problem in problems}


def _entries(base: Site | None, head: Site, old: build.Content | None, new: build.Content | None, as_of: date,
             spoilt: Spoilt) -> Iterator[tuple[str, Entry]]:
    """Yield all there is to tell; of two versions that are not both sound, only what single files say."""
    some = pairs(base, head, spoilt)
    names = _names(old, new, some)
    yield from records(some, as_of, names)
    if base and old and new:
        before, after = (render.Views(c.register, c.results, c.schemes, as_of) for c in (old, new))
        yield from standings(before, after, names)
        yield from numbers(before, after, names)
        yield from photos(base, head, old, new, names)
        yield from bulletins(before, after, names)
        yield from notices(base, head, before, after, names)
    yield from pages(base, head, spoilt)


def _names(old: build.Content | None, new: build.Content | None, some: list[Pair]) -> Names:
    """Return how records are called: as they are, else as they were, else as their file says.

    Nobody who is gone is named once more.
    """
    was = {key: row for key, row in old.register.rows.items() if row.kind not in NAMED} if old else {}
    rows = {**was, **(new.register.rows if new else {})}
    files = {one.key: one.record.title for one in some if one.after or one.kind not in NAMED}
    titles = {**files, **{key: row.title for key, row in rows.items()}}
    moved = {**{one.formerly: one.key for one in some if one.formerly},
             **(new.register.moved if new else {})}
    return Names(lambda key: titles.get(key, key), lambda key: moved.get(key, key))
