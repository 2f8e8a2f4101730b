"""Level 2. What ends on its day: entries, public notices, exceptions, consents; and when the site must be made anew.

What is made up obliges nobody: a site is late only with what is real.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from generator.data import Register, Row, holidays
from generator.render.term import terms
from generator.workdays import calendar_of

NOTICE = "公示期"


class Ending(NamedTuple):
    """Something real that ends: its last day, as ISO text, its record, and what it is; empty for the whole record."""

    day: str
    row: Row
    what: str


def endings(register: Register, as_of: date) -> list[Ending]:
    """Return whatever real has a last day, past or to come, the next first."""
    found = [*_of_rows(register), *_of_notices(register, as_of)]
    return sorted(found, key=lambda one: (one.day, one.row.key, one.what))


def _of_rows(register: Register) -> Iterator[Ending]:
    for row in register.rows.values():
        if not row.illustrative:
            yield from (Ending(one.day, row, one.what) for one in row.ends)


def _of_notices(register: Register, as_of: date) -> Iterator[Ending]:
    calendar = calendar_of(holidays(register.of_kind("holiday")))
    for row, term in terms(register, as_of, calendar):
        if term.ends and not row.illustrative and not row.withdrawn:
            yield Ending(term.ends.isoformat(), row, NOTICE)


def due(register: Register, as_of: date) -> str:
    """Return the day by which the site must have been made anew, as ISO text; empty while nothing on it ends.

    It is the day after the next last day: what ends on the 30th is to be gone on the 1st.
    """
    today = as_of.isoformat()
    last = next((one.day for one in endings(register, as_of) if one.day >= today), "")
    return (date.fromisoformat(last) + timedelta(days=1)).isoformat() if last else ""


def ended(register: Register, since: str, as_of: date) -> list[Ending]:
    """Return what has ended by `as_of` and had not on the day `since`, as ISO text."""
    today = as_of.isoformat()
    return [one for one in endings(register, as_of) if since <= one.day < today]
