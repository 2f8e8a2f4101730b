"""The table of campaigns: what holds, what does not, and that a sweep which did nothing is no success."""

from __future__ import annotations

import sys

import pytest

from tests import campaign
from tests.campaign import Row, __main__, _runs, kills


@pytest.mark.parametrize(("tried", "fired", "passed", "holds"), [
    (10, 10, 10, True), (10, 7, 7, True), (10, 7, 6, False), (10, 0, 0, False), (0, 0, 0, False), (3, 4, 4, False)])
def test_row_holds_only_where_something_fired_and_all_passed(tried: int, fired: int, passed: int, holds: bool) -> None:
    """Nothing fired, a fault not withstood, or more fired than tried: the row does not hold."""
    assert Row("x", tried, fired, passed, "").holds is holds


def test_table_marks_what_failed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """All rows stand in one table, and one that does not hold makes the whole fail."""
    good, idle = Row("写入 SIGKILL", 1200, 1100, 1100, "whole"), Row("nothing", 5, 0, 0, "a sweep of nothing")
    monkeypatch.setattr(__main__, "campaigns", lambda: {"one": lambda share: [good], "two": lambda share: [idle]})
    for names, code in ((["one"], 0), (["one", "two"], 1), ([], 1)):
        monkeypatch.setattr(sys, "argv", ["campaign", "0.5", *names])
        assert __main__.main() == code
    assert capsys.readouterr().out.splitlines()[-4:] == [
        "| campaign     | tried | fired | passed | told |",
        "|--------------|------:|------:|-------:|---|",
        "| 写入 SIGKILL | 1,200 | 1,100 |  1,100 | whole |",
        "| nothing      |     5 |     0 |      0 | FAILED: a sweep of nothing |"]


def test_share_never_comes_to_nothing() -> None:
    """However small a share, something is tried."""
    assert [campaign.some(share, 2000) for share in (1, 0.5, 0.0001, 0)] == [2000, 1000, 1, 1]


@pytest.mark.parametrize("name", ["caches", "control", "edits", "faults", "kills", "same", "together"])
def test_small_share_holds(name: str) -> None:
    """A sample of every campaign against publishing fires, and holds; `make campaign` runs the whole."""
    rows = list(campaign.campaigns()[name](0.002))
    assert rows and [row for row in rows if not row.holds] == []


def test_killed_at_steps_that_python_tells() -> None:
    """Where there is no strace, builds are killed at the steps that Python tells of, and fare as well."""
    with _runs.ground() as here:
        row = kills.at_steps(here, 0.002)
    assert row.holds and row.fired > 0, row
