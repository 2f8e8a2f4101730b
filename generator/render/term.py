"""Level 2. The course of the public notices that rows keep, under the working calendar that the content gives."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.data import Register, Row, holidays
from generator.workdays import Calendar, Term, calendar_of

NOTICED = ("announcement", "honour")
"""The kinds that stand open to objections for a while."""


def terms(register: Register, as_of: date, calendar: Calendar) -> Iterator[tuple[Row, Term]]:
    """Yield every announcement, and every honour under notice, with its course; what is decided is left out."""
    for kind in NOTICED:
        for row in register.of_kind(kind):
            if row.status != "已办结":
                yield from ((row, notice.term(as_of, calendar)) for notice in row.traces)


def provisional(register: Register, as_of: date) -> Iterator[tuple[Row, date]]:
    """Yield the notices whose end falls into a year of which nobody knows the days off, and that end."""
    calendar = calendar_of(holidays(register.of_kind("holiday")))
    for row, term in terms(register, as_of, calendar):
        if term.ends and not term.certain and term.ends >= as_of:
            yield row, term.ends
