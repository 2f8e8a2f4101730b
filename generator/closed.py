"""Level 3. Frozen periods as they lie on disk: a record and the `.json` of its rows beside it, bound by a seal."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from generator import gate, score
from generator.batch import Batch
from generator.config import Site
from generator.data import Register, Row
from generator.digest import sha256
from generator.editions import Item, Kept, items_of
from generator.problem import Place, Problem
from generator.records.bulletin import Bulletin
from generator.records.correction import Correction
from generator.records.forms import has_come
from generator.records.outcome import Outcome
from generator.records.scheme import Scheme, root_of
from generator.results import Standing, standings_of

SEALED: dict[type, tuple[str, ...]] = {
    Outcome: ("scheme", "period", "scope", "examples", "closed", "inputs", "rows", "illustrative", "withdrawn"),
    Bulletin: ("series", "area", "period", "closed", "rows", "illustrative", "withdrawn"),
    Correction: ("outcome", "bulletin", "date", "reason", "decided_by", "changes", "figures", "inputs", "rows",
                 "illustrative", "withdrawn")}
"""The fields that a seal binds; title, sources, notes and comments may still be mended."""


STRANGE = (ValueError, TypeError, KeyError, AttributeError, ArithmeticError, RecursionError)
"""What reading a `.json` of another shape than ours raises."""


Corrected = tuple[tuple[str, int], str, str, tuple[Standing, ...]]
"""A correction: what it is ordered by (day, then number), its key, the digest of its inputs, its standings."""


def sealed(record: Outcome | Correction | Bulletin, id: str) -> str:
    """Return the seal that belongs to a frozen record's values under its id: a copy of another name has another."""
    values = record.model_dump(mode="json", include=set(SEALED[type(record)]), exclude_none=True)
    return score.seal_of({**values, "id": id})


def read_closed(site: Site, batches: Iterable[Batch], schemes: Mapping[str, Scheme], register: Register, as_of: date
                ) -> tuple[list[score.Closed], list[Problem]]:
    """Return every frozen outcome as last corrected by `as_of`, and a Problem for each that was edited by hand."""
    problems: list[Problem] = []
    outcomes: dict[str, tuple[Outcome, tuple[Standing, ...]]] = {}
    corrections: dict[str, list[Corrected]] = {}
    paths: dict[str, str] = {}
    for row, record in _records(batches):
        paths[row.key] = row.path
        rows = _rows(site.content, row, record, register, problems)
        if isinstance(record, Outcome):
            outcomes[row.id] = record, rows
        elif record.outcome and has_come(record.date, as_of):
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


def _rows(content: Path, row: Row, record: Outcome | Correction, register: Register, problems: list[Problem]
          ) -> tuple[Standing, ...]:
    """Return the standings beside a frozen record; notes a Problem where record or rows are not what was sealed.

    A bulletin's correction has items beside it, and no standings. What was renamed since stands under its new name.
    """
    data = _beside(content, row.path, row.id, record, register, problems)
    if isinstance(record, Correction) and record.bulletin:
        return ()
    try:
        rows: list[dict[str, Any]] = json.loads(data or "[]")
        for one in rows:
            one["subject"] = register.today(one["subject"])
            for contribution in one["contributions"]:
                contribution["record"] = register.today(contribution["record"])
        return standings_of(rows)
    except STRANGE:  # sealed, but not what we write: no command of ours made it
        problems.append(_edited(_path_beside(row.path)))
        return ()


def _is_sealed(record: Outcome | Correction | Bulletin, id: str, register: Register) -> bool:
    """Whether a seal is right for what the record says, its place under any name that this once had."""
    name = {Outcome: "scope", Bulletin: "area"}.get(type(record), "")
    place = register.rows.get(f"area/{getattr(record, name)}") if name else None
    before = (record.model_copy(update={name: former}) for former in (place.formerly if place else ()))
    return record.seal in (sealed(record, id), *(sealed(one, id) for one in before))


def _beside(content: Path, path: str, id: str, record: Outcome | Correction | Bulletin, register: Register,
            problems: list[Problem]) -> bytes:
    """Return the rows beside a frozen record, nothing (and a Problem noted) where they are not what was sealed."""
    beside = _path_beside(path)
    if not _is_sealed(record, id, register):
        problems.append(Problem("outcome-edited", Place(path, keys=("seal",)), {"path": path}))
    try:
        data = (content / beside).read_bytes()
    except OSError:
        problems.append(Problem("outcome-rows-missing", Place(path, keys=("rows",)), {"path": beside}))
        return b""
    if sha256(data) != record.rows:
        problems.append(_edited(beside))
        return b""
    problems += gate.judge(data.decode("utf-8", "replace"), beside).problems
    return data


def _path_beside(path: str) -> str:
    return path.removesuffix(".yml").removesuffix(".yaml") + ".json"


def _edited(path: str) -> Problem:
    return Problem("outcome-edited", Place(path, 1, 1), {"path": path})


def read_bulletins(site: Site, told: Iterable[Any], batches: Iterable[Batch], register: Register, as_of: date
                   ) -> tuple[dict[str, Kept], list[Problem]]:
    """Return every frozen bulletin as last corrected by `as_of`, and a Problem for each that was edited by hand.

    told: what workers found of bulletins. Corrections were checked by `read_closed`. What was renamed since stands
    under its name of today.
    """
    problems: list[Problem] = []
    kept = {}
    for key, _, record in sorted(told, key=lambda one: str(one[0])):
        if record.closed:
            data = _beside(site.content, register.rows[key].path, key.partition("/")[2], record, register, problems)
            kept[key] = Kept(record.closed.day, _items(data, register, register.rows[key].path, problems))
    mended = [(record.date.day, len(row.id), row, record) for row, record in _records(batches)
              if isinstance(record, Correction) and record.bulletin and has_come(record.date, as_of)]
    for _, _, row, record in sorted(mended, key=lambda one: one[:2]):
        data = _beside(site.content, row.path, row.id, record, register, [])
        if frozen := kept.get(f"bulletin/{record.bulletin}"):
            items = _items(data, register, row.path, problems)
            kept[f"bulletin/{record.bulletin}"] = Kept(frozen.day, items, (row.key, *frozen.corrections))
    return kept, problems


def _items(data: bytes, register: Register, path: str, problems: list[Problem]) -> tuple[Item, ...]:
    """Return the items beside a frozen bulletin or its correction; notes a Problem where they are no items."""
    try:
        return tuple(item._replace(key=register.today(item.key), by=register.today(item.by))
                     for item in items_of(data or b"[]"))
    except STRANGE:
        problems.append(_edited(_path_beside(path)))
        return ()


def _closed(id: str, record: Outcome, rows: tuple[Standing, ...], corrections: list[Corrected],
            schemes: Mapping[str, Scheme]) -> score.Closed:
    key = (root_of(record.scheme, schemes), record.period, f"area/{record.scope}" if record.scope else "",
           record.examples)
    return score.Closed(key, record.scheme, f"outcome/{id}", record.closed.day,
                        tuple(key for _, key, _, _ in corrections), corrections[0][2] if corrections else record.inputs,
                        corrections[0][3] if corrections else rows)
