"""Level 1. Periods as records write them (`2026`, `2026-H1`, `2026-Q4`, `2026-11`, `2026-11-a`, `2026-W47`)."""

from __future__ import annotations

import calendar
from datetime import date, timedelta


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
