"""Inspections: each finding open, put right, verified by somebody else, late or not told."""

from __future__ import annotations

import pytest

from generator.records.inspection import Inspection
from tests.sites import AS_OF, faults, record

HEAD = "title: 检查\nsource: press\ndate: 2026-06-01\ninspectors: [派出所, 消防站]\n"
OPEN = "  - {what: 无应急灯, responsible: 物业, due: 2026-06-20}\n"
MENDED = "  - {what: 灭火器过期, responsible: 物业, due: 2026-06-10, remedy: {date: 2026-06-13}}\n"
SEEN = ("  - {what: 堆物, responsible: 住户, remedy: {date: 2026-06-03, verified: 2026-06-05, "
        "verified_by: 网格员}}\n")


def inspection(*findings: str, more: str = "") -> Inspection:
    """Return an inspection with these findings."""
    found = record("inspection", HEAD + more + ("findings:\n" + "".join(findings) if findings else ""))
    assert isinstance(found, Inspection)
    return found


@pytest.mark.parametrize(("findings", "status", "late"), [
    ((), None, 0), ((OPEN,), "办理中", 10), ((MENDED,), "已办结", 0), ((SEEN,), "已确认", 0),
    ((SEEN, MENDED), "已办结", 0), ((SEEN, MENDED, OPEN), "办理中", 10)])
def test_status_is_that_of_what_is_furthest_behind(findings: tuple[str, ...], status: str | None, late: int) -> None:
    """Put right and verified are two; one open finding keeps the whole inspection open."""
    one = inspection(*findings)
    assert (one.status(AS_OF), one.overdue_days(AS_OF)) == (status, late)


def test_each_finding_has_its_own_status_and_delay() -> None:
    """A finding that was put right late says by how many days, one that is open by how many so far."""
    assert [(f.status, f.late) for f in inspection(SEEN, MENDED, OPEN).found(AS_OF)] == [
        ("已确认", 0), ("已办结", 3), ("办理中", 10)]
    assert inspection(SEEN, MENDED, OPEN).told(AS_OF) == "3 项，已整改 2，其中已核实 1"


def test_untold_outcome_has_no_status() -> None:
    """Where the source does not tell what became of it, nothing is called open, overdue or put right."""
    one = inspection(OPEN, more="outcome_unknown: true\n")
    assert (one.status(AS_OF), one.overdue_days(AS_OF)) == (None, 0)
    assert [(f.status, f.late) for f in one.found(AS_OF)] == [(None, 0)]


@pytest.mark.parametrize(("finding", "codes"), [
    (SEEN.replace("网格员", "住户（2单元）"), ["self-verified"]),
    (SEEN.replace("verified: 2026-06-05, ", ""), ["one-with-another"]),
    (SEEN.replace("06-05", "06-02"), ["dates-reversed"]), (SEEN, [])])
def test_nobody_verifies_their_own_rectification(finding: str, codes: list[str]) -> None:
    """Who puts a thing right does not verify it, and nothing is verified before it is done."""
    assert faults("inspection", HEAD + "findings:\n" + finding) == codes
