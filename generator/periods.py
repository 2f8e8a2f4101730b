"""Level 1. Periods as records write them (`2026`, `2026-H1`, `2026-Q4`, `2026-11`, `2026-11-a`, `2026-W47`)."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

EVERY = {"每周": "week", "每半月": "half-month", "每月": "month", "每季度": "quarter",
         "每半年": "half-year", "每年": "year"}
"""The kinds of periods, by how records say how often something comes."""


def span(period: str) -> tuple[date, date]:
    """Return the first and the last day of a period. period: as in `records.forms.check_period`."""
    year, part = int(period[:4]), period[5:]
    if part.startswith("W"):
        first = date.fromisocalendar(year, int(part[1:]), 1)
        return first, first + timedelta(days=6)
    if part.startswith("Q"):
        return _months(year, 3 * int(part[1:]) - 2, 3)
    if part.startswith("H"):
        return _months(year, 6 * int(part[1:]) - 5, 6)
    if part.endswith(("-a", "-b")):
        first, last = _months(year, int(part[:2]), 1)
        return (first, first.replace(day=15)) if part.endswith("a") else (first.replace(day=16), last)
    return _months(year, int(part), 1) if part else _months(year, 1, 12)


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    end = month + count - 1
    return date(year, month, 1), date(year, end, calendar.monthrange(year, end)[1])


def in_words(period: str) -> str:
    """Return a period in words, as `2026年第4季度`."""
    year, part = f"{period[:4]}年", period[5:]
    if part.startswith("W"):
        return f"{year}第{int(part[1:])}周"
    if part.startswith("Q"):
        return f"{year}第{part[1:]}季度"
    if part.startswith("H"):
        return year + ("上半年" if part == "H1" else "下半年")
    if part.endswith(("-a", "-b")):
        return f"{year}{int(part[:2])}月" + ("上半月" if part.endswith("a") else "下半月")
    return f"{year}{int(part)}月" if part else year


@lru_cache(maxsize=8192)
def period_of(day: str, kind: str) -> str | None:
    """Return the period that a day falls into: `2026-W47`, `2026-11-a`, `2026-11`, `2026-Q4`, `2026-H2`, `2026`.

    Empty for all time; None for a day that is not known well enough to fall into one period.
    """
    if kind == "all":
        return ""
    year, month = day[:4], int(day[5:7] or 0)
    if kind == "year" and year:
        return year
    if not month or (kind in ("week", "half-month") and len(day) < 10):
        return None
    if kind == "week":
        of_year, week, _ = date.fromisoformat(day).isocalendar()
        return f"{of_year}-W{week:02d}"
    if kind == "half-month":
        return f"{year}-{month:02d}-{'a' if int(day[8:]) <= 15 else 'b'}"
    return {"month": f"{year}-{month:02d}", "quarter": f"{year}-Q{(month + 2) // 3}",
            "half-year": f"{year}-H{(month + 5) // 6}"}[kind]


def following(period: str, kind: str) -> str:
    """Return the period after this one."""
    after = period_of((span(period)[1] + timedelta(days=1)).isoformat(), kind)
    assert after
    return after


def periods(kind: str, start: date, until: date) -> Iterator[str]:
    """Yield every period of a kind from the one that holds `start` to the one that holds `until`."""
    period = period_of(start.isoformat(), kind)
    while period and span(period)[0] <= until:
        yield period
        period = following(period, kind)
