"""Working days: holidays, weekends worked for them, own calendars, and years that nobody knows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.records.forms import When
from generator.workdays import LONGEST, Calendar, Term, calendar_of, term

LIBRARY = Calendar()
DAYS = st.dates(date(2010, 1, 1), date(2024, 12, 31))


def course(since: str, days: int, as_of: str = "2026-11-22", calendar: Calendar = LIBRARY) -> Term:
    """Return the course of a notice of so many working days."""
    return term(When(value=since), days, None, date.fromisoformat(as_of), calendar)


@pytest.mark.parametrize(("since", "days", "ends"), [
    ("2026-11-18", 1, "2026-11-19"), ("2026-11-18", 2, "2026-11-20"), ("2026-11-18", 3, "2026-11-23"),
    ("2026-11-20", 1, "2026-11-23"), ("2026-11-21", 1, "2026-11-23"),
    ("2026-09-30", 3, "2026-10-10"), ("2024-09-30", 1, "2024-10-08"), ("2024-10-11", 1, "2024-10-12")])
def test_end_counts_working_days_from_the_next_day(since: str, days: int, ends: str) -> None:
    """The first day does not count, weekends and holidays don't, and a Saturday worked for a holiday does."""
    found = course(since, days)
    assert (found.ends, found.certain) == (date.fromisoformat(ends), True)


@given(DAYS, st.integers(1, 60))
def test_one_more_day_ends_later(since: date, days: int) -> None:
    """A longer notice ends later, and every end is a working day with exactly so many before it."""
    one, more = (course(since.isoformat(), n) for n in (days, days + 1))
    assert one.ends and more.ends and since < one.ends < more.ends
    assert LIBRARY.works(one.ends)
    between = [since + timedelta(days=n) for n in range(1, (one.ends - since).days + 1)]
    assert sum(1 for day in between if LIBRARY.works(day)) == days


def test_unknown_year_is_provisional() -> None:
    """In a year whose days off nobody knows weekdays are counted and the end is no longer certain."""
    found = course("2098-12-30", 3)
    assert (found.ends, found.certain) == (date(2099, 1, 2), False)


def test_content_goes_before_the_library() -> None:
    """A year that the content gives follows it alone; the other years stay with the library."""
    own = calendar_of([(2026, "2026-11-19、2026-11-20", "2026-11-21")])
    assert course("2026-11-18", 1, calendar=own).ends == date(2026, 11, 21)
    assert course("2026-09-30", 1, calendar=own).ends == date(2026, 10, 1)
    assert course("2024-09-30", 1, calendar=own).ends == date(2024, 10, 8)
    assert course("2098-12-30", 3, calendar=calendar_of([(2098, "2098-12-31", ""), (2099, "2099-01-01", "")])).certain


def test_days_ahead_hold_today_and_the_last() -> None:
    """What is left is counted from today to the end, both included; nothing before the start, nothing after the end."""
    assert [str(day) for day in course("2026-11-18", 4, "2026-11-20").ahead] == [
        "2026-11-20", "2026-11-23", "2026-11-24"]
    assert course("2026-11-18", 4, "2026-11-24").is_open and not course("2026-11-18", 4, "2026-11-24").is_over
    over = course("2026-11-18", 4, "2026-11-25")
    assert (over.ahead, over.is_open, over.is_over) == ((), False, True)
    early = course("2026-11-18", 1, "2026-11-01")
    assert not early.is_open and [str(day) for day in early.ahead] == ["2026-11-19"]


def test_day_known_in_part_ends_nowhere() -> None:
    """Without a full first day no end is invented."""
    assert course("2026-11", 5).ends is None


def test_longest_notice_is_counted() -> None:
    """The longest that a record may ask for stays within the calendar of dates."""
    assert course("2098-12-30", LONGEST).ends == date(2099, 12, 15)
