"""Bulletins: one series, one period, one place; what was assigned, and how it stands on a day."""

from __future__ import annotations

from datetime import date

import pytest

from generator.records.bulletin import Bulletin
from tests.sites import faults, record

LAST = date(2026, 12, 31)
WEEK = "title: 调度\nsource: press\narea: estate\nseries: 一周一调度\nperiod: 2026-W26\npublished: 2026-06-29\n"


def bulletin(more: str = "") -> Bulletin:
    """Return a week's bulletin with these lines more."""
    one = record("bulletin", WEEK + more)
    assert isinstance(one, Bulletin)
    return one


@pytest.mark.parametrize(("series", "period", "fits"), [
    ("一周一调度", "2026-W26", True), ("半月一通报", "2026-06-b", True), ("一月一点评", "2026-06", True),
    ("一周一调度", "2026-06", False), ("一周一调度", "2026-06-a", False), ("半月一通报", "2026-06", False),
    ("一月一点评", "2026-W26", False), ("一月一点评", "2026-Q2", False), ("一月一点评", "2026-H1", False),
    ("一月一点评", "2026", False)])
def test_period_fits_its_series(series: str, period: str, fits: bool) -> None:
    """A week, a half-month or a month, each for its own series; nothing longer."""
    text = WEEK.replace("一周一调度", series).replace("2026-W26", period)
    assert faults("bulletin", text) == ([] if fits else ["other-period"])


def test_published_after_its_period_began() -> None:
    """Nothing is said of a period before it has begun; on its first day something may be."""
    assert faults("bulletin", WEEK.replace("2026-06-29", "2026-06-21")) == ["dates-reversed"]
    assert faults("bulletin", WEEK.replace("2026-06-29", "2026-06-22")) == []


def test_place_is_needed() -> None:
    """A bulletin without a place would be about nobody."""
    assert faults("bulletin", WEEK.replace("area: estate\n", "")) == ["missing-key"]


@pytest.mark.parametrize("lines", ["closed: 2026-07-01\n", "rows: 1f\n", "closed: 2026-07-01\nseal: 1f\n"])
def test_frozen_wholly_or_not_at_all(lines: str) -> None:
    """Of the three lines that freeze it none is left out."""
    assert faults("bulletin", WEEK + lines) == ["one-with-another"]


ASK = "asks: [{{what: 去问, responsible: 居委会, due: {due}{more}}}]\n"


@pytest.mark.parametrize(("more", "day", "word"), [
    ("", date(2026, 7, 10), "未到期"), ("", date(2026, 7, 11), "逾期"),
    (", done: 2026-07-20", date(2026, 7, 15), "逾期"),
    (", done: 2026-07-20", date(2026, 7, 20), "办到")])
def test_ask_stands_by_the_day(more: str, day: date, word: str) -> None:
    """It is late from the day after its due day until it is done."""
    assert bulletin(ASK.format(due="2026-07-10", more=more)).asks[0].standing(day) == word


def test_ask_is_a_promise() -> None:
    """What was assigned falls due like any deadline; a month alone falls due on its last day."""
    [one] = bulletin(ASK.format(due="2026-07", more=", done: 2026-07-20")).promises(LAST)
    assert (one.due, one.met, one.words) == ("2026-07-31", "2026-07-20", "去问")


def test_ask_needs_a_day() -> None:
    """Something assigned without a day can't be missed, and is refused."""
    assert faults("bulletin", WEEK + ASK.format(due="{words: 尽快}", more="")) == ["day-needed"]
