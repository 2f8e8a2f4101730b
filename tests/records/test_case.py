"""Cases: status, the ladder of four levels, deadlines, overdue days; closed and confirmed are two things."""

from __future__ import annotations

from datetime import date

import pytest

from generator.records.case import LADDER, Case, Stay
from tests.sites import AS_OF, faults, record

HEAD = "title: 漏水\nsource: press\ncategory: 漏水\n"


def case(text: str) -> Case:
    """Return a case with these lines."""
    return record("case", HEAD + text)


@pytest.mark.parametrize(("text", "status"), [
    ("", "未开始"), ("reported: 2026-05-01\n", "未开始"), ("accepted: 2026-05-01\n", "办理中"),
    ("assigned: 2026-05-01\n", "办理中"), ("ladder: [{level: 社区自办, date: 2026-05-01}]\n", "办理中"),
    ("steps: [{date: 2026-05-01, action: 看}]\n", "办理中"), ("resolved: 2026-05-08\n", "已办结"),
    ("resolved: 2026-05-08\nconfirmed: 2026-05-09\n", "已确认"),
    ("resolved: 2026-05-08\nconfirmed: 2026-05-09\naccepted: 2026-05-01\nreopened: [2026-05-20]\n", "办理中"),
    ("resolved: 2026-05-25\nreopened: [2026-05-20]\n", "已办结"), ("resolved: {words: 当天}\n", "已办结"),
    ("resolved: 2026-05-08\nwithdrawn: {date: 2026-06-01, reason: 重复}\n", "已撤回"),
])
def test_status_follows_from_what_happened(text: str, status: str) -> None:
    """The status is never written: it follows from dates; closed and confirmed are two, reopened is open again."""
    assert case(text).status(AS_OF) == status


@pytest.mark.parametrize(("text", "days"), [
    ("accepted: 2026-05-01\n", 0), ("due: 2026-06-30\n", 0), ("due: 2026-06-29\n", 1), ("due: 2026-05-31\n", 30),
    ("due: 2026-05\n", 30), ("due: 2026-05-01\nresolved: 2026-05-01\n", 0),
    ("due: 2026-05-01\nresolved: 2026-05-11\n", 10), ("due: 2026-05-10\nresolved: 2026-05-01\n", 0),
    ("due: 2026-05-01\nresolved: 2026-05-02\nreopened: [2026-05-20]\n", 60), ("due: {words: 尽快}\n", 0),
    ("due: 2026-05-01\nresolved: {words: 当天}\n", 0),
    ("due: 2026-05-01\nwithdrawn: {date: 2026-06-01, reason: 重复}\n", 0),
])
def test_overdue_days_run_until_resolved_or_today(text: str, days: int) -> None:
    """Overdue counts from the last day the deadline can mean; open cases run on, withdrawn and undated ones do not."""
    assert case(text).overdue_days(AS_OF) == days


def test_deadline_is_that_of_the_highest_level_with_one() -> None:
    """Each level has its own deadline: the last one given is in force, the case's own only where no level has one."""
    ladder = ("ladder:\n  - {level: 社区自办, date: 2026-05-01, due: 2026-05-08}\n"
              "  - {level: 责任单位承办, date: 2026-05-09, due: 2026-05-20}\n"
              "  - {level: 网格长联办, date: 2026-05-21}\n")
    assert str(case(ladder + "due: 2026-12-31\n").deadline()) == "2026-05-20"
    assert str(case("due: 2026-12-31\n").deadline()) == "2026-12-31"
    assert case("").deadline() is None
    assert case(ladder).overdue_days(date(2026, 5, 25)) == 5
    assert case(ladder).level(AS_OF) == "网格长联办"


@pytest.mark.parametrize("levels", [[1, 0], [0, 0], [0, 2, 1], [3, 3]])
def test_ladder_only_rises(levels: list[int]) -> None:
    """A case climbs the four levels in order, each once; levels may be left out."""
    steps = "".join(f"  - {{level: {LADDER[i]}, date: 2026-05-01}}\n" for i in levels)
    assert faults("case", f"{HEAD}ladder:\n{steps}") == ["ladder-order"]


def test_ladder_may_leave_levels_out() -> None:
    """From the first level straight to the fourth is a ladder too."""
    assert faults("case", HEAD + "ladder:\n  - {level: 社区自办, date: 2026-05-01}\n"
                  "  - {level: 领导小组交办, date: 2026-05-02}\n") == []


@pytest.mark.parametrize(("text", "codes"), [
    ("confirmed: 2026-05-09\n", ["confirmed-before-resolved"]),
    ("reported: 2026-05-06\nresolved: 2026-05-05\n", ["dates-reversed"]),
    ("reported: 2026-05-06\nresolved: 2026-05\n", []), ("reported: 2026-05\nresolved: 2026-05-01\n", []),
    ("reported: 2026-05-06\nresolved: 2026-05-06\n", []), 
    ("reported: 2026\nresolved: 2025-12-31\n", ["dates-reversed"]),
    ("satisfaction: 0\n", ["out-of-range"]), ("satisfaction: 6\n", ["out-of-range"]), ("satisfaction: 5\n", [])])
def test_dates_must_be_possible(text: str, codes: list[str]) -> None:
    """What can't be is refused; partly known dates are given the benefit of the doubt."""
    assert faults("case", HEAD + text) == codes


@pytest.mark.parametrize(("text", "days"), [
    ("reported: 2026-05-06\nresolved: 2026-05-08\n", 2), ("reported: 2026-05-06\n", None),
    ("reported: 2026-05\nresolved: 2026-05-08\n", None), ("resolved: 2026-05-08\n", None),
    ("reported: 2026-05-06 23:50\nresolved: 2026-05-07 00:10\n", 1)])
def test_days_used_need_both_whole_dates(text: str, days: int | None) -> None:
    """Days are counted between two whole dates only: missing is not zero."""
    assert case(text).days_used(AS_OF) == days


def test_updated_is_never_after_the_day_of_the_site() -> None:
    """更新于 is the latest day something happened; deadlines, and what lies ahead, do not count."""
    one = case("reported: 2026-05-06\nresolved: 2026-08-01\ndue: 2026-06-01\n")
    assert (one.updated(AS_OF), one.updated(date(2026, 8, 1)), one.updated(date(2026, 1, 1))) == (
        "2026-05-06", "2026-08-01", "")


@pytest.mark.parametrize(("text", "stays"), [
    ("ladder: [{level: 社区自办, date: 2026-06-01, due: 2026-06-08}]\nresolved: 2026-06-05\n", [(4, 7)]),
    ("ladder: [{level: 社区自办, date: 2026-06-01}]\nresolved: 2026-06-01\n", [(0, None)]),
    ("ladder: [{level: 社区自办, date: 2026-06-01, due: 2026-06-08}]\n", [(29, 7)]),
    ("ladder: [{level: 社区自办, date: 2026-06-01, due: 2026-06-08}, {level: 网格长联办, date: 2026-06-10}]\n",
     [(9, 7), (20, None)]),
    ("ladder: [{level: 社区自办, date: 2026-06}]\n", [None]),
    ("ladder: [{level: 社区自办, date: 2026-06-01}]\nresolved: {words: 当月}\n", [None]),
    ("ladder: [{level: 社区自办, date: 2026-06-01}]\noutcome_unknown: true\n", [None]),
    ("ladder: [{level: 社区自办, date: 2026-06-01}]\nresolved: 2026-06-05\nreopened: [2026-06-09]\n", [None]),
])
def test_days_on_a_level_beside_its_limit(text: str, stays: list[tuple[int, int | None] | None]) -> None:
    """A level lasts until the next, until the end, or until today; nothing is counted from dates known only in part."""
    found = case(text)
    assert [stay for _, _, rung, stay in found.rungs(AS_OF) if rung] == stays


def test_days_past_the_limit_of_a_level() -> None:
    """A level without a limit is never over it; the bar is as wide as the longer of the two."""
    assert [(s.over, s.whole) for s in (Stay(9, 7), Stay(4, 7), Stay(9, None), Stay(0, 0))] == [
        (2, 9), (0, 7), (0, 9), (0, 1)]
