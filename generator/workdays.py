"""Level 1. Working days in China: on which day a public notice of so many working days ends.

The library knows the days off that the State Council has announced, and the weekend days worked for them; what stands
in content/holidays goes before it. A year that neither knows is counted by weekdays, and the end is only provisional.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from chinese_calendar import is_workday  # type: ignore[import-untyped]

from generator.records.forms import When

LONGEST = 250
"""No public notice is longer, in working days: about a year."""


class Calendar(NamedTuple):
    """What the content says of whole years: their days off on weekdays, and their weekend days worked."""

    years: frozenset[int] = frozenset()
    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()

    def works(self, day: date) -> bool | None:
        """Whether people work on a day; None in a year that nobody knows."""
        if day.year in self.years:
            return day in self.worked or (day.weekday() < 5 and day not in self.off)
        try:
            return bool(is_workday(day))
        except NotImplementedError:
            return None


class Noticed(NamedTuple):
    """What a row keeps of a public notice: its first day, and its working days or its last day; as ISO text."""

    since: str
    days: int | None
    until: str

    def term(self, as_of: date, calendar: Calendar) -> Term:
        """Return the notice's course."""
        return term(When(value=self.since), self.days, When(value=self.until) if self.until else None, as_of, calendar)


class Term(NamedTuple):
    """A public notice's course.

    begins, ends: None where the day is not known; certain: False where a year's days off are not known; ahead: the
    working days from today, or from the day after the first, to the end.
    """

    begins: date | None
    ends: date | None
    certain: bool
    ahead: tuple[date, ...]
    as_of: date

    @property
    def is_open(self) -> bool:
        """Whether objections can still be made."""
        return self.begins is not None and self.begins <= self.as_of and (self.ends is None or self.as_of <= self.ends)

    @property
    def is_over(self) -> bool:
        """Whether the last day has passed."""
        return self.ends is not None and self.ends < self.as_of


def term(since: When, days: int | None, until: When | None, as_of: date, calendar: Calendar) -> Term:
    """Return the course of a notice of so many working days, or up to a day.

    The day on which it begins is not counted (民法典第二百零一条).
    """
    begins = since.first
    if until is not None:
        ends, certain = until.last, True
    elif days and since.exact:
        ends, certain = _end(since.exact, days, calendar)
    else:
        ends, certain = None, False
    ahead = tuple(_working(max(as_of, begins + timedelta(days=1)), ends, calendar)) if begins and ends else ()
    return Term(begins, ends, certain, ahead, as_of)


def last_day(since: date, days: int, calendar: Calendar) -> str:
    """Return the last of so many working days as ISO text, marked where it is provisional."""
    day, certain = _end(since, days, calendar)
    return day.isoformat() + ("" if certain else "（暂定）")


def _end(since: date, days: int, calendar: Calendar) -> tuple[date, bool]:
    day, left, certain = since, days, True
    while left:
        day += timedelta(days=1)
        works = calendar.works(day)
        certain &= works is not None
        left -= _as_weekday(day, works)
    return day, certain


def _working(first: date, last: date, calendar: Calendar) -> Iterator[date]:
    day = first
    while day <= last:
        if _as_weekday(day, calendar.works(day)):
            yield day
        day += timedelta(days=1)


def _as_weekday(day: date, works: bool | None) -> bool:
    return day.weekday() < 5 if works is None else works


def calendar_of(years: Iterable[tuple[int, str, str]]) -> Calendar:
    """Return the calendar that lists of days make: (year, days off, weekend days worked), each joined by 、."""
    some = list(years)
    return Calendar(frozenset(year for year, _, _ in some), _days(off for _, off, _ in some),
                    _days(worked for _, _, worked in some))


def _days(lists: Iterable[str]) -> frozenset[date]:
    return frozenset(date.fromisoformat(day) for text in lists for day in text.split("、") if day)
