"""Needs: four steps, a status that follows from them, how long they wait, and nobody named."""

from __future__ import annotations

from datetime import date

import pytest

from generator.records.need import Need
from tests.sites import AS_OF, faults, record

HEAD = "title: 想装扶手\nsource: press\nform: 需求\n"
ASKED = "asked: 2026-06-01\n"
TAKEN = ASKED + "dispatched: {date: 2026-06-02, who: 网格员}\ntaken: {date: 2026-06-04, who: 修补队}\n"
DONE = TAKEN + "resolved: 2026-06-10\n"


def need(text: str) -> Need:
    """Return a need with these lines."""
    found = record("need", HEAD + text)
    assert isinstance(found, Need)
    return found


@pytest.mark.parametrize(("text", "status", "stage"), [
    ("", "未开始", None), (ASKED, "未开始", "点单"), (ASKED + "dispatched: {date: 2026-06-02}\n", "办理中", "派单"),
    (TAKEN, "办理中", "接单"), (DONE, "已办结", "办结"), (DONE + "confirmed: 2026-06-11\n", "已确认", "居民确认"),
    ("resolved: {words: 完成}\n", "已办结", "办结"), (ASKED + "outcome_unknown: true\n", None, "点单"),
    ("asked: 2026-07-01\n", "未开始", None), (TAKEN + "resolved: 2026-07-10\n", "办理中", "接单"),
    (DONE + "withdrawn: {date: 2026-06-20, reason: 重复}\n", "已撤回", "办结")])
def test_status_and_stage_follow_from_the_steps(text: str, status: str | None, stage: str | None) -> None:
    """Neither is written by hand; what lies after the day of the site has not happened."""
    assert (need(text).status(AS_OF), need(text).stage(AS_OF)) == (status, stage)


@pytest.mark.parametrize(("text", "age", "used"), [
    (ASKED, 29, None), ("", None, None), ("asked: 2026-06\n", None, None), ("asked: {words: 说起}\n", None, None),
    (DONE, None, 9), ("asked: 2026-06\nresolved: 2026-06-10\n", None, None),
    (ASKED + "outcome_unknown: true\n", None, None), ("asked: 2026-06-30\n", 0, None),
    (ASKED + "resolved: 2026-06-01\n", None, 0)])
def test_unknown_days_stay_unknown(text: str, age: int | None, used: int | None) -> None:
    """Waiting and working days are counted between whole days only: missing is not zero, and zero is."""
    assert (need(text).age(AS_OF), need(text).days_used(AS_OF)) == (age, used)


@pytest.mark.parametrize(("text", "days"), [
    ("due: 2026-06-20\n", 10), ("due: 2026-06-30\n", 0), (DONE + "due: 2026-06-08\n", 2), ("due: {words: 尽快}\n", 0),
    ("due: 2026-06-20\noutcome_unknown: true\n", 0)])
def test_overdue_once_the_due_day_has_passed(text: str, days: int) -> None:
    """Overdue runs from the deadline until done or until today, and for nothing whose end is not told."""
    assert need(text).overdue_days(AS_OF) == days


@pytest.mark.parametrize(("text", "unmatched"), [
    (ASKED, True), (TAKEN, False), (ASKED + "matches: [service/hair]\n", False), (DONE, False)])
def test_unmatched_means_nothing_and_nobody_was_found(text: str, unmatched: bool) -> None:
    """An open need is unmatched until a resource, a service or somebody takes it."""
    assert need(text).is_unmatched(AS_OF) is unmatched
    assert need(TAKEN).is_unmatched(date(2026, 6, 3))


@pytest.mark.parametrize(("text", "codes"), [
    ("confirmed: 2026-06-01\n", ["confirmed-before-resolved"]),
    (DONE.replace("06-04", "06-01"), ["dates-reversed"]), (DONE.replace("06-04", "06-11"), ["dates-reversed"]),
    ("asked: 2026-06\nresolved: 2026-06-01\n", []), ("asker: 王建国\n", ["resident-named"]),
    ("asker: 陈奶奶\n", []), ("asker: 3栋住户\n", []), ("matches: [need/other]\n", ["reference-kind"])])
def test_what_can_not_be_is_refused(text: str, codes: list[str]) -> None:
    """Steps come in their order, who asked is never named, and a need is met by no other need."""
    assert faults("need", HEAD + text) == codes
