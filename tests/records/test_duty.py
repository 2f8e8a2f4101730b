"""Duties: periods of one length, one after the other without a gap, each with its last day."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.periods import EVERY, period_of, span
from generator.records.duty import Duty, shape_of
from tests.sites import AS_OF, faults, record

HEAD = "title: 收支公开\nsource: press\nwhat: 账。\nby_words: 自治会\nbasis: 办法\nwithin_days: 10\n"
SINCE = {"每周": "2025-W52", "每半月": "2025-12-b", "每月": "2025-12", "每季度": "2025-Q4", "每半年": "2025-H2",
         "每年": "2024"}


def duty(every: str, more: str = "") -> Duty:
    """Return a duty that comes so often, since the end of 2025."""
    return record("duty", f"{HEAD}every: {every}\nsince: {SINCE[every]}\n{more}")


@pytest.mark.parametrize("every", SINCE)
def test_periods_follow_each_other(every: str) -> None:
    """Periods leave no day out, begin with the first one named, and the last one holds the site's day."""
    spans = duty(every).spans(AS_OF)
    assert spans[0].period == SINCE[every]
    assert all(one.last + timedelta(days=1) == two.first for one, two in pairwise(spans))
    assert spans[-1].first <= AS_OF <= spans[-1].last
    assert {(one.due - one.last).days for one in spans} == {10}


@given(st.sampled_from([*SINCE]), st.dates(date(2001, 1, 1), date(2090, 1, 1)))
def test_name_leads_back_to_the_first_day(every: str, day: date) -> None:
    """A period's name is of its own form and gives its first day again, whatever the year."""
    one = record("duty", f"{HEAD}every: {every}\nsince: {SINCE[every]}\n")
    last = one.spans(max(day, AS_OF))[-1]
    assert shape_of(last.period) == every
    assert span(last.period) == (last.first, last.last) and period_of(str(last.first), EVERY[every]) == last.period


def test_next_day_skips_what_is_published() -> None:
    """What comes next is the first period that is neither overdue nor published; nothing once the duty has ended."""
    done = "published: [{period: 2026-05, record: case/a, date: 2026-06-03}]\n"
    assert duty("每月").next_due(date(2026, 6, 9)) == "2026-06-10（2026年5月）"
    assert duty("每月", done).next_due(date(2026, 6, 9)) == "2026-07-10（2026年6月）"
    assert duty("每月").next_due(date(2026, 6, 11)) == "2026-07-10（2026年6月）"
    assert duty("每月", "until: 2026-02\n").next_due(AS_OF) == ""


def test_duty_that_ended_has_no_later_periods() -> None:
    """After its last period nothing is due."""
    assert duty("每月", "until: 2026-02\n").spans(AS_OF)[-1].period == "2026-02"


@pytest.mark.parametrize(("more", "found"), [
    ("every: 每月\nsince: 2026-W01\n", ["period-of-other-length"]),
    ("every: 每月\nsince: 2026-01\nuntil: 2026-Q2\n", ["period-of-other-length"]),
    ("every: 每月\nsince: 2026-01\npublished: [{period: 2026-Q1, record: case/a, date: 2026-02-01}]\n",
     ["period-of-other-length"]),
    ("every: 每月\nsince: 2026-01\npublished: [{period: 2026-01, record: case/a, date: 2026-02}]\n", ["day-needed"]),
    ("every: 每月\nsince: 2026-01\nmet_by: {kind: lamp}\n", ["not-one-of"])])
def test_periods_of_other_lengths_are_refused(more: str, found: list[str]) -> None:
    """A monthly duty has months published on a full day, and is met by records of a kind that exists."""
    assert faults("duty", HEAD + more) == found


def test_what_is_to_be_published_later_is_still_due() -> None:
    """A publication that lies ahead does not let its period be skipped."""
    ahead = duty("每月", "published: [{period: 2026-06, record: document/press, date: 2026-07-05}]\n")
    assert ahead.next_due(AS_OF) == "2026-07-10（2026年6月）"
    assert ahead.next_due(date(2026, 7, 5)) == "2026-08-10（2026年7月）"
