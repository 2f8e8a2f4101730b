"""Announcements: one end, one order of days, and a status that waits for the outcome."""

from __future__ import annotations

from datetime import date

import pytest

from generator.records.announcement import Announcement
from generator.workdays import Calendar
from tests.sites import AS_OF, faults, record

HEAD = "title: 停车费\nsource: press\nbasis: 规则第八条\ntext: 每月100元。\nchannel: 大厅\nissuer: 业委会\n"
OPEN = HEAD + "since: 2026-06-26\nworking_days: 5\n"
TOLD = "outcome: {{date: {day}, objections: 0, decision: 通过。}}\n"


def announcement(text: str) -> Announcement:
    """Return an announcement with these lines."""
    return record("announcement", text)


@pytest.mark.parametrize(("text", "found"), [
    (OPEN, []), (HEAD + "since: 2026-06-26\nuntil: 2026-07-03\n", []),
    (HEAD + "since: 2026-06-26\n", ["just-one"]), (OPEN + "until: 2026-07-03\n", ["just-one"]),
    (HEAD + "since: 2026-06\nworking_days: 5\n", ["day-needed"]),
    (HEAD + "since: 2026-06-26\nuntil: 2026-06-25\n", ["dates-reversed"]),
    (OPEN + TOLD.format(day="2026-06-25"), ["dates-reversed"]),
    (OPEN.replace("working_days: 5", "working_days: 0"), ["out-of-range"]),
    (OPEN.replace("working_days: 5", "working_days: 900"), ["out-of-range"])])
def test_notice_has_one_end(text: str, found: list[str]) -> None:
    """Either working days from a full day, or a last day; nothing ends or is decided before it begins."""
    assert faults("announcement", text) == found


@pytest.mark.parametrize(("text", "status"), [
    (OPEN, "办理中"), (OPEN.replace("2026-06-26", "2026-07-26"), "未开始"),
    (OPEN.replace("2026-06-26", "2026-01-05"), "办理中"),
    (OPEN.replace("2026-06-26", "2026-06-18") + TOLD.format(day="2026-06-30"), "已办结"),
    (OPEN + TOLD.format(day="2026-07-06"), "办理中"),
    (OPEN + "withdrawn: {date: 2026-06-29, reason: 写错}\n", "已撤回")])
def test_status_waits_for_the_outcome(text: str, status: str) -> None:
    """What is over stays 办理中 until somebody has said what came of it."""
    assert announcement(text).status(AS_OF) == status


def test_named_day_ends_the_notice() -> None:
    """A last day that is given holds, working day or not."""
    found = announcement(HEAD + "since: 2026-06-26\nuntil: 2026-07-05\n").term(AS_OF, Calendar())
    assert (found.ends, found.certain, len(found.ahead)) == (date(2026, 7, 5), True, 4)


def test_notice_without_end_is_refused() -> None:
    """A last day decades ahead is a slip of the pen, and every working day until then would stand on the page."""
    assert faults("announcement", OPEN.replace("working_days: 5", "until: 2062-07-10")) == ["out-of-range"]
    assert faults("announcement", OPEN.replace("working_days: 5", "until: 2027-06-30")) == []
