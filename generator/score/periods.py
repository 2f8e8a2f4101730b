"""Periods of boards: rolling windows, the period before another, and words for both."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from generator.periods import in_words, period_of, span
from generator.records.forms import add_months
from generator.records.scheme import Scheme

ROLLING = "rolling"
BEFORE = "rolling-before"
"""The window that ends with `as_of`, and the equally long one before it."""


@lru_cache(maxsize=8192)
def window_of(day: str, as_of: date, months: int) -> str | None:
    """Return which rolling window a day falls into: the one that ends with `as_of`, or the one before; else None.

    A day known in part falls into none.
    """
    if len(day) < 10:
        return None
    if (ends := date.fromisoformat(day)) > as_of:
        return None
    middle = add_months(as_of, -months)
    return ROLLING if ends > middle else BEFORE if ends > add_months(as_of, -2 * months) else None


def last_of(day: str) -> str:
    """Return the last day that a day known in part can be, as ISO text; empty for one that is not known."""
    return span(day)[1].isoformat() if 0 < len(day) < 10 else day


def previous(period: str, kind: str) -> str | None:
    """Return the period before this one, None for all time."""
    if kind == "all":
        return None
    if kind == "rolling":
        return BEFORE
    return period_of((span(period)[0] - timedelta(days=1)).isoformat(), kind)


def words_of(period: str, scheme: Scheme, as_of: date) -> str:
    """Return a period in words, as `2026年第4季度`."""
    if scheme.period == "rolling":
        first = add_months(as_of, -(scheme.months or 0)) + timedelta(days=1)
        return f"近{scheme.months}个月（{first} 至 {as_of}）"
    if not period:
        return ""
    return in_words(period)


def has_ended(period: str, as_of: date) -> bool:
    """Whether a period lies wholly before `as_of`."""
    return bool(period) and span(period)[1] < as_of
