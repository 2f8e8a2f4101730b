"""Courses: what one record tells of its own way, for bulletins. Read off in workers, folded by `bulletins`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from generator.data import Row
from generator.records.base import DONE, Event, Promise, Record

ORDER = ("began", "moved", "amended", "reopened", "closed", "confirmed", "kept", "missed", "open", "late", "ranked",
         "rated")
"""The kinds of things that a bulletin tells, in its order; what happened on one day is read in this order, too."""
NEVER = "9999-12-31"
PART = "~"
"""Sorts a day known in part behind every day that it can be."""


class Course(NamedTuple):
    """What one record tells of its own way."""

    key: str
    area: str | None
    illustrative: bool
    events: tuple[Event, ...]
    promises: tuple[Promise, ...]


def course_of(row: Row, record: Record, since: str, as_of: date) -> Course | None:
    """Return a record's course, None for one that tells nothing, or was over before the day `since`."""
    promises = tuple(record.promises(as_of))
    due = max((p.due for p in promises), default="")
    if due < since and row.updated + PART < since and row.status in DONE:  # most records of a site of some years
        return None
    events = tuple(record.events())
    latest = max((e.day + PART for e in events), default="")
    if max(latest, due) < since and not any(until >= since for _, until in open_spans(events)):
        return None
    return Course(row.key, row.area, row.illustrative, events, promises) if events or promises else None


def open_spans(events: Sequence[Event]) -> list[tuple[str, str]]:
    """Return from which day until which (not included) a record was being handled, in order.

    What happened on one day is read in the order of `ORDER`: who reopens and closes on one day has closed.
    """
    spans: list[tuple[str, str]] = []
    begun = ""
    tracked = any(e.opens for e in events)
    for day, _, verb in sorted((first_of(e.day), ORDER.index(e.verb), e.verb) for e in events):
        if verb in ("began", "reopened") and tracked:
            begun = begun or day
        elif verb == "closed" and begun:
            spans.append((begun, day))
            begun = ""
    return [*spans, (begun, NEVER)] if begun else spans


def first_of(day: str) -> str:
    """Return the first day that a day known in part can be."""
    return (day + "-01-01")[:10]


def fate(promise: Promise, spans: Sequence[tuple[str, str]], today: str) -> str:
    """Return whether a promise was `kept` or `missed` on its day; empty before that, and where it was replaced."""
    due = promise.due
    if due > today or (promise.replaced and promise.replaced <= due):
        return ""
    over = any(ended <= due for _, ended in spans) and not any(begun <= due < ended for begun, ended in spans)
    if over or (promise.met and promise.met <= due):
        return "kept"
    return "missed" if due < today else ""


def late_spans(promises: Iterable[Promise], spans: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return from which day until which (not included) a promise was past its day while the record was open."""
    found = []
    for one in promises:
        until = min(one.replaced or NEVER, one.met or NEVER)
        since = (date.fromisoformat(one.due) + timedelta(days=1)).isoformat()
        found += [(max(since, begun), min(until, ended)) for begun, ended in spans]
    return [(since, until) for since, until in found if since < until]
