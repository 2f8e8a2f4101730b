"""Periods: every day has one of each kind, periods follow each other without a gap, windows roll with the day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.periods import period_of, span
from generator.records.forms import add_months, check_period
from generator.records.scheme import Scheme
from generator.score.periods import BEFORE, ROLLING, has_ended, previous, window_of, words_of
from tests.sites import record

KINDS = ("week", "half-month", "month", "quarter", "half-year", "year")
DAYS = st.dates(date(1950, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(("day", "kind", "name"), [
    ("2026-11-22", "week", "2026-W47"), ("2026-11-22", "half-month", "2026-11-b"), ("2026-11-22", "month", "2026-11"),
    ("2026-11-22", "quarter", "2026-Q4"), ("2026-11-22", "half-year", "2026-H2"), ("2026-11-22", "year", "2026"),
    ("2026-11-22", "all", ""), ("2026-03-31", "quarter", "2026-Q1"), ("2026-06-30", "half-year", "2026-H1"),
    ("2026-11-15", "half-month", "2026-11-a"), ("2026-11-16", "half-month", "2026-11-b"),
    ("2026-02-28", "half-month", "2026-02-b"), ("2026-02-01", "half-month", "2026-02-a")])
def test_day_falls_into_its_period(day: str, kind: str, name: str) -> None:
    """Every day has one period of each kind."""
    assert period_of(day, kind) == name


@pytest.mark.parametrize(("day", "name"), [
    ("2024-12-29", "2024-W52"), ("2024-12-30", "2025-W01"), ("2025-01-01", "2025-W01"),
    ("2026-12-31", "2026-W53"), ("2027-01-01", "2026-W53"), ("2027-01-03", "2026-W53"), ("2027-01-04", "2027-W01"),
    ("2021-01-03", "2020-W53"), ("2023-01-01", "2022-W52")])
def test_weeks_at_the_turn_of_the_year_are_whole(day: str, name: str) -> None:
    """A week belongs to the year in which its Thursday lies: the calendar of ISO 8601, by hand."""
    assert period_of(day, "week") == name


@pytest.mark.parametrize(("day", "known"), [
    ("2026-04", {"month": "2026-04", "quarter": "2026-Q2", "half-year": "2026-H1", "year": "2026", "all": ""}),
    ("2026", {"year": "2026", "all": ""}), ("", {"all": ""})])
def test_day_known_in_part_falls_into_what_is_sure(day: str, known: dict[str, str]) -> None:
    """A month has a quarter but no week, a year only itself, and no date at all only the whole time."""
    found = {kind: period_of(day, kind) for kind in (*KINDS, "all")}
    assert {kind: name for kind, name in found.items() if name is not None} == known


@given(DAYS, st.sampled_from(KINDS))
def test_every_day_lies_in_the_span_of_its_period(day: date, kind: str) -> None:
    """First day ≤ day ≤ last day, the ends fall into the same period, and the days outside them don't."""
    name = period_of(day.isoformat(), kind)
    assert name is not None and check_period(name) == name
    first, last = span(name)
    assert first <= day <= last
    inside = [first, last, day]
    outside = [first - timedelta(1), last + timedelta(1)]
    assert {period_of(d.isoformat(), kind) for d in inside} == {name}
    assert name not in {period_of(d.isoformat(), kind) for d in outside}


@given(DAYS, st.sampled_from(KINDS))
def test_periods_follow_each_other_without_a_gap(day: date, kind: str) -> None:
    """The day after a period's predecessor ends, the period begins."""
    name = str(period_of(day.isoformat(), kind))
    before = previous(name, kind)
    assert before is not None
    assert span(before)[1] + timedelta(1) == span(name)[0]


@pytest.mark.parametrize(("kind", "name", "before"), [
    ("week", "2027-W01", "2026-W53"), ("week", "2026-W01", "2025-W52"), ("half-month", "2026-03-a", "2026-02-b"),
    ("half-month", "2026-03-b", "2026-03-a"), ("month", "2026-01", "2025-12"), ("quarter", "2026-Q1", "2025-Q4"),
    ("half-year", "2026-H2", "2026-H1"), ("year", "2026", "2025"), ("all", "", None), ("rolling", ROLLING, BEFORE)])
def test_the_period_before(kind: str, name: str, before: str | None) -> None:
    """Each kind knows what came before, over the turn of the year too; all time has nothing before it."""
    assert previous(name, kind) == before


@pytest.mark.parametrize(("name", "first", "last"), [
    ("2026", "2026-01-01", "2026-12-31"), ("2026-H1", "2026-01-01", "2026-06-30"),
    ("2026-Q4", "2026-10-01", "2026-12-31"), ("2024-02", "2024-02-01", "2024-02-29"),
    ("2026-02-b", "2026-02-16", "2026-02-28"), ("2026-02-a", "2026-02-01", "2026-02-15"),
    ("2026-W47", "2026-11-16", "2026-11-22"), ("2026-W53", "2026-12-28", "2027-01-03"),
    ("2025-W01", "2024-12-30", "2025-01-05")])
def test_span_by_hand(name: str, first: str, last: str) -> None:
    """First and last days, looked up in a calendar."""
    assert tuple(d.isoformat() for d in span(name)) == (first, last)


def test_period_ends_with_its_last_day() -> None:
    """On its last day a period still runs; the day after it is over. All time never is."""
    assert not has_ended("2026-Q2", date(2026, 6, 30))
    assert has_ended("2026-Q2", date(2026, 7, 1))
    assert not has_ended("", date(2099, 1, 1))


# ── rolling windows ──


@pytest.mark.parametrize(("day", "window"), [
    ("2026-06-30", ROLLING), ("2026-03-31", ROLLING), ("2026-03-30", BEFORE), ("2025-12-31", BEFORE),
    ("2025-12-30", None), ("2026-07-01", None), ("2026-05", None), ("", None)])
def test_window_of_three_months(day: str, window: str | None) -> None:
    """On 30 June three months reach back to after 30 March, and three more to after 30 December."""
    assert window_of(day, date(2026, 6, 30), 3) == window


@given(DAYS, st.integers(1, 60), st.integers(0, 4000))
def test_windows_meet_and_never_overlap(as_of: date, months: int, back: int) -> None:
    """Going back day by day one is in this window, then in the one before, then in none; each holds its months."""
    day = as_of - timedelta(back)
    found = window_of(day.isoformat(), as_of, months)
    middle, end = add_months(as_of, -months), add_months(as_of, -2 * months)
    assert found == (ROLLING if day > middle else BEFORE if day > end else None)


# ── words ──


def scheme(period: str) -> Scheme:
    """Return a scheme of this period."""
    one = record("scheme", "title: 榜\nsource: press\nform: leaderboard\nsubject: volunteer\nrule: 无\n"
                           f"period: {period}\nmeasures: [{{label: 项, over: activity.attendance, subject: volunteer, "
                           "take: count}]\n")
    assert isinstance(one, Scheme)
    return one


@pytest.mark.parametrize(("name", "words"), [
    ("2026", "2026年"), ("2026-H1", "2026年上半年"), ("2026-H2", "2026年下半年"), ("2026-Q4", "2026年第4季度"),
    ("2026-01", "2026年1月"), ("2026-11-a", "2026年11月上半月"), ("2026-11-b", "2026年11月下半月"),
    ("2026-W05", "2026年第5周"), ("", "")])
def test_periods_in_words(name: str, words: str) -> None:
    """A resident reads a period as people say it."""
    assert words_of(name, scheme("year"), date(2026, 6, 30)) == words


def test_rolling_window_names_its_days() -> None:
    """A window says which days it holds, both ends included."""
    assert words_of("", scheme("rolling\nmonths: 12"), date(2026, 6, 30)) == "近12个月（2025-07-01 至 2026-06-30）"
