"""The first pass: what each record says for the schemes that count it. Runs in workers, batch by batch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from generator.data import Fact, Row
from generator.records.assessment import Assessment
from generator.records.base import Record, When
from generator.records.scheme import Measure, Scheme


@dataclass
class Facts:
    """Facts, assessments and candidates of some records.

    assessments: (key, illustrative, record).
    candidates: (scheme id, subject key, illustrative), one for every record that a scheme could rate.
    gone: keys of withdrawn records.
    """

    facts: list[Fact] = field(default_factory=list)
    assessments: list[tuple[str, bool, Assessment]] = field(default_factory=list)
    candidates: list[tuple[str, str, bool]] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)


def gather(batches: Iterable[Facts]) -> Facts:
    """Return the facts of many batches as one."""
    whole = Facts()
    for found in batches:
        whole.facts += found.facts
        whole.assessments += found.assessments
        whole.candidates += found.candidates
        whole.gone += found.gone
    return whole


def kinds_for(schemes: Mapping[str, Scheme]) -> set[str]:
    """Return the kinds whose records must be read for these schemes."""
    counted = {m.over.partition(".")[0] for s in schemes.values() for m in s.measures}
    rated = {s.subject for s in schemes.values() if s.subject and s.form != "mechanism"}
    return counted | rated | ({"assessment"} if any(s.form == "stars" for s in schemes.values()) else set())


def facts_of(records: Iterable[tuple[Row, Record]], schemes: Mapping[str, Scheme]) -> Facts:
    """Return what these records say for the schemes; withdrawn records say nothing."""
    found = Facts()
    for row, record in records:
        if row.withdrawn:
            found.gone.append(row.key)
            continue
        if isinstance(record, Assessment):
            found.assessments.append((row.key, row.illustrative, record))
        for id, scheme in schemes.items():
            if scheme.subject == row.kind and scheme.form != "mechanism" and _is_meant(record, scheme):
                found.candidates.append((id, row.key, row.illustrative))
            for index, measure in enumerate(scheme.measures):
                found.facts += _measured(row, record, id, index, measure, scheme)
    return found


def _is_meant(record: Record, scheme: Scheme) -> bool:
    return all(str(getattr(record, name)) == value for name, value in scheme.only.items())


def _measured(row: Row, record: Record, id: str, index: int, measure: Measure, scheme: Scheme) -> Iterator[Fact]:
    kind, _, rows = measure.over.partition(".")
    if row.kind != kind:
        return
    for part in getattr(record, rows) if rows else (record,):
        subject = row.id if measure.subject == "self" else getattr(part, measure.subject)
        if subject is None:
            continue
        key = subject if "/" in subject else f"{scheme.subject}/{subject}"
        if not key.startswith(f"{scheme.subject}/"):
            continue
        amount = getattr(part, measure.of or "") if measure.take == "sum" else 1
        if amount is not None:
            yield Fact(id, index, key, Decimal(amount), _day(part, record, measure.date), row.key, row.illustrative)


def _day(part: Any, record: Record, name: str | None) -> str:
    when = getattr(part, name, None) or getattr(record, name, None) if name else None
    return when.day if isinstance(when, When) else record.dated()
