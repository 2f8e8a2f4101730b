"""Level 3. Frozen periods as they lie on disk: a record and the `.json` of its rows beside it, bound by a seal."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from generator import score
from generator.batch import Batch
from generator.config import Site
from generator.data import Row
from generator.digest import sha256
from generator.problem import Place, Problem
from generator.records.correction import Correction
from generator.records.forms import has_come
from generator.records.outcome import Outcome
from generator.records.scheme import Scheme, root_of
from generator.results import Standing, standings_of

SEALED: dict[type, tuple[str, ...]] = {
    Outcome: ("scheme", "period", "scope", "examples", "closed", "inputs", "rows", "illustrative", "withdrawn"),
    Correction: ("outcome", "date", "reason", "decided_by", "changes", "inputs", "rows", "illustrative", "withdrawn")}
"""The fields that a seal binds; title, sources and notes may still be mended."""


Corrected = tuple[tuple[str, int], str, str, tuple[Standing, ...]]
"""A correction: what it is ordered by (day, then number), its key, the digest of its inputs, its standings."""


def sealed(record: Outcome | Correction, id: str) -> str:
    """Return the seal that belongs to a frozen record's values under its id: a copy of another name has another."""
    values = record.model_dump(mode="json", include=set(SEALED[type(record)]), exclude_none=True)
    return score.seal_of({**values, "id": id})


def read_closed(site: Site, batches: Iterable[Batch], schemes: Mapping[str, Scheme], as_of: date
                ) -> tuple[list[score.Closed], list[Problem]]:
    """Return every frozen outcome as last corrected by `as_of`, and a Problem for each that was edited by hand."""
    problems: list[Problem] = []
    outcomes: dict[str, tuple[Outcome, tuple[Standing, ...]]] = {}
    corrections: dict[str, list[Corrected]] = {}
    paths: dict[str, str] = {}
    for row, record in _records(batches):
        paths[row.key] = row.path
        rows = _rows(site.content, row, record, problems)
        if isinstance(record, Outcome):
            outcomes[row.id] = record, rows
        elif has_come(record.date, as_of):
            corrections.setdefault(record.outcome, []).append(
                ((record.date.day, len(row.id)), row.key, record.inputs, rows))
    found = [_closed(id, record, rows, sorted(corrections.get(id, ()), reverse=True), schemes)
             for id, (record, rows) in sorted(outcomes.items()) if record.scheme in schemes]
    first = {one.key: one.record for one in reversed(found)}
    problems += [Problem("closed-twice", Place(paths[one.record], 1, 1), {"other": first[one.key]})
                 for one in found if first[one.key] != one.record]
    return found, problems


def _records(batches: Iterable[Batch]) -> Iterable[tuple[Row, Outcome | Correction]]:
    for batch in batches:
        if batch.kind in ("outcome", "correction"):
            for row, record in zip(batch.rows, batch.records(), strict=True):
                assert isinstance(record, Outcome | Correction)
                yield row, record


def _rows(content: Path, row: Row, record: Outcome | Correction, problems: list[Problem]) -> tuple[Standing, ...]:
    """Return the standings beside a frozen record; notes a Problem where record or rows are not what was sealed."""
    beside = row.path.removesuffix(".yml").removesuffix(".yaml") + ".json"
    if sealed(record, row.id) != record.seal:
        problems.append(Problem("outcome-edited", Place(row.path, keys=("seal",)), {"path": row.path}))
    try:
        data = (content / beside).read_bytes()
    except OSError:
        problems.append(Problem("outcome-rows-missing", Place(row.path, keys=("rows",)), {"path": beside}))
        return ()
    if sha256(data) != record.rows:
        problems.append(Problem("outcome-edited", Place(beside, 1, 1), {"path": beside}))
        return ()
    rows: list[dict[str, Any]] = json.loads(data)
    return standings_of(rows)


def _closed(id: str, record: Outcome, rows: tuple[Standing, ...], corrections: list[Corrected],
            schemes: Mapping[str, Scheme]) -> score.Closed:
    key = (root_of(record.scheme, schemes), record.period, f"area/{record.scope}" if record.scope else "",
           record.examples)
    return score.Closed(key, record.scheme, f"outcome/{id}", record.closed.day,
                        tuple(key for _, key, _, _ in corrections), corrections[0][2] if corrections else record.inputs,
                        corrections[0][3] if corrections else rows)
