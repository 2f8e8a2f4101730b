"""Level 3. The order of the stages, and nothing else."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from generator import gate, link, load, validate
from generator.config import Site
from generator.data import Register, Row, row_of
from generator.execute import Executor, batches, stream
from generator.problem import ContentError, Problem
from generator.records import folders, kinds


class Batch(NamedTuple):
    """Some records, read: their rows, their Problems, and the file their bodies wait in until rendering."""

    kind: str
    rows: list[Row]
    problems: list[Problem]
    bodies: Path | None


def check(site: Site, as_of: date, executor: Executor) -> Register:
    """Return the register of a site without Problems. Raises: ContentError with every Problem found."""
    files, problems = load.scan(site.content, folders())
    read = stream(executor, read_batch, ((str(site.content), some, as_of, None) for some in by_kind(files)))
    register, linking = link.link(row for batch in read for row in _rows(batch, problems))
    return _sound(site, register, problems + linking)


def read_batch(content: str, files: Sequence[load.File], as_of: date, spool: Path | None) -> Batch:
    """Load, check and validate some files of one kind; leave the bodies in `spool` if given. Runs in a worker."""
    rows, problems, bodies = [], [], []
    for file in files:
        raw = load.read(content, file)
        if isinstance(raw, Problem):
            problems.append(raw)
            continue
        problems += gate.personal(raw[1], file.path)
        record = validate.validate(raw[0], kinds())
        if isinstance(record, list):
            problems += record
            continue
        rows.append(row_of(record, raw[0], as_of))
        bodies.append(record)
    if spool:
        spool.write_bytes(pickle.dumps(bodies, pickle.HIGHEST_PROTOCOL))
    return Batch(files[0].kind, rows, problems, spool)


def by_kind(files: Iterable[load.File]) -> list[list[load.File]]:
    """Return the files in batches, each of one kind."""
    return [some for kind in kinds() for some in batches([f for f in files if f.kind == kind])]


def _rows(batch: Batch, problems: list[Problem]) -> list[Row]:
    problems += batch.problems
    return batch.rows


def _sound(site: Site, register: Register, problems: list[Problem]) -> Register:
    if problems:
        raise ContentError(load.locate(site.content, problems))
    return register
