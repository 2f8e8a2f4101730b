"""Level 3. What one worker does with one batch of records: read it, count it, paint it. Pure but for its files."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from generator import gate, link, load, render, score, validate
from generator.data import Row, row_of
from generator.execute import BATCH, batches
from generator.problem import Problem
from generator.records import kinds
from generator.records.base import Record
from generator.records.scheme import Scheme


class Batch(NamedTuple):
    """Some records of one kind: rows, Problems, and the file in which the bodies wait for rendering."""

    kind: str
    rows: list[Row]
    problems: list[Problem]
    links: list[link.TextLink]
    bodies: Path

    def records(self) -> list[Record]:
        """Return the records themselves, in the order of `rows`."""
        return pickle.loads(self.bodies.read_bytes())

    def schemes(self) -> list[tuple[str, Scheme]]:
        """Return the schemes of a batch of schemes by their id; of any other batch none."""
        if self.kind != "scheme":
            return []
        return [(row.id, one) for row, one in zip(self.rows, self.records(), strict=True) if isinstance(one, Scheme)]


def by_kind(files: Iterable[load.File]) -> list[Sequence[load.File]]:
    """Return the files in batches, each of one kind."""
    some: dict[str, list[load.File]] = {kind: [] for kind in kinds()}
    for file in files:
        some[file.kind].append(file)
    return [batch for of_kind in some.values() for batch in batches(of_kind, BATCH)]


def read(content: str, files: Sequence[load.File], as_of: date, bodies: Path) -> Batch:
    """Load, check and validate some files of one kind; leave the records in the file `bodies`."""
    batch = Batch(files[0].kind, [], [], [], bodies)
    records = []
    for file in files:
        loaded = load.read(content, file)
        if isinstance(loaded, Problem):
            batch.problems.append(loaded)
            continue
        raw, text = loaded
        batch.problems.extend(gate.personal(text, file.path))
        batch.links.extend(link.links_in(text, file.path))
        record = validate.validate(raw, kinds())
        if isinstance(record, list):
            batch.problems.extend(record)
            continue
        batch.rows.append(row_of(record, raw, as_of))
        records.append(record)
    bodies.write_bytes(pickle.dumps(records, pickle.HIGHEST_PROTOCOL))
    return batch


def count(batch: Batch, schemes: Mapping[str, Scheme]) -> score.Facts:
    """Return what a batch of records says for the schemes."""
    return score.facts_of(zip(batch.rows, batch.records(), strict=True), schemes)


def paint(studio: render.Studio, shell: render.Shell, batch: Batch, contexts: Sequence[render.Context]
          ) -> render.Painted:
    """Write the page of every record of a batch."""
    return render.paint_records(studio, shell, contexts, batch.records())
