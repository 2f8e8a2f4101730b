"""`gongshi import`: sheets become records, all of them or none, checked together with everything that is there."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import Path

from generator import build, load, sheets
from generator.config import Site
from generator.desk.faults import alone, dangling, fault_of
from generator.desk.planning import Plan, plan
from generator.execute import Report
from generator.problem import ContentError, Problem
from generator.records import folders, kinds
from generator.saving import save, writing
from generator.sheets import Fault

CACHE = ".cache"
"""Where work in progress lies: git knows nothing of it."""


def propose(site: Site, files: Sequence[Path], kind: str | None, as_of: date, workers: int, report: Report
            ) -> list[Plan]:
    """Return what each sheet would do, with everything that is wrong: in its cells, and elsewhere because of it.

    kind: of the sheets, None for what they say themselves. Nothing is written but a copy of the content in the cache,
    in which the change is tried, gone afterwards. Raises: DeskError for what is no sheet.
    """
    plans = plan(site, [(path, sheets.read(path, kind)) for path in dict.fromkeys(files)])
    changes = {change.path: (made, change) for made in plans for change in made.changes}
    texts = {path: change.text for path, (_, change) in changes.items()}
    for problem in _problems(site, texts, as_of, workers, report) if texts else ():
        if problem.place.path in changes:
            made, change = changes[problem.place.path]
            _add(made, fault_of(problem, change))
        else:
            there = f"{site.settings.content}/{problem.place.path}"
            plans[0].others.append(replace(problem, place=replace(problem.place, path=there)))
    known = _ids(site, plans)
    for made in plans:
        for fault in (*chain.from_iterable(map(alone, made.again)), *chain.from_iterable(
                dangling(change, known) for change in (*made.changes, *made.again))):
            _add(made, fault)
        made.faults.sort(key=lambda fault: (fault.cell[:3]))
    return plans


def carry_out(site: Site, plans: Iterable[Plan]) -> list[Path]:
    """Write what sound plans would do, whole or not at all, and return the files, sorted."""
    files = {site.content / change.path: change.text.encode() for made in plans for change in made.changes}
    save({path: files[path] for path in sorted(files)})
    return sorted(files)


def mark(plans: Iterable[Plan]) -> list[Path]:
    """Write a copy of every sheet with faults beside it, its wrong cells marked, and return the copies.

    Raises: DeskError where it can't be written: an earlier one may be open.
    """
    marked = []
    for made in plans:
        if made.faults:
            out = _beside(made.file)
            sheets.mark(made.file, out, made.faults)
            marked.append(out)
    return marked


def _beside(file: Path) -> Path:
    """Return where the marked copy of a sheet goes; that of a marked copy, mended and handed in, is a further one."""
    stem = re.sub(r"\.错误\d*\Z", "", file.stem)
    names = (f"{stem}.错误{number}{file.suffix}" for number in ("", *range(2, 100)))
    return next(file.with_name(name) for name in names if name != file.name)


def _add(made: Plan, fault: Fault) -> None:
    """Note a fault, unless its cell could not be read in the first place: what is missing there is no second one."""
    unread = {one.cell[:3] for one in made.table.faults}
    told = {one.message() for one in made.faults if one.cell == fault.cell}
    if fault.cell[:3] not in unread and fault.message() not in told:
        made.faults.append(fault)


def _ids(site: Site, plans: Iterable[Plan]) -> dict[str, list[str]]:
    """Return the ids of every kind as they would be."""
    found: dict[str, list[str]] = {kind: [] for kind in kinds()}
    for file in load.scan(site.content, folders()).files:
        found[file.kind].append(file.id)
    for made in plans:
        found[made.table.kind] += (change.id for change in made.new)
    return found


# ── the content as it would be ───────────────────────────────────────────────────────────────────────────────


def _problems(site: Site, texts: Mapping[str, str], as_of: date, workers: int, report: Report) -> list[Problem]:
    """Return every Problem that the content would have with these files, named by their paths below content/."""
    with _tried(site, texts) as trial:
        try:
            build.check(trial, as_of, workers, report)
        except ContentError as error:
            above = f"{trial.settings.content}/"
            return [replace(one, place=replace(one.place, path=one.place.path.removeprefix(above)))
                    for one in error.problems]
    return []


@contextmanager
def _tried(site: Site, texts: Mapping[str, str]) -> Iterator[Site]:
    """Give the site with a content folder in the cache in which these files are changed; hard links for the rest."""
    cache = site.root / CACHE
    with writing(cache):
        cache.mkdir(exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix="import-", dir=cache))
    try:
        trial = folder / "content"
        with writing(trial):
            shutil.copytree(site.content, trial, symlinks=True, copy_function=_link)
            for path, text in texts.items():
                target = trial / path
                target.unlink(missing_ok=True)  # the link, not the file that it shares its bytes with
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(text.encode())
        content = trial.relative_to(site.root).as_posix()
        yield replace(site, settings=site.settings.model_copy(update={"content": content}))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


