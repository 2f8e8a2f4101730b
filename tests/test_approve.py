"""Money and the resolutions behind it: nothing is spent on a resolution that is not there, or beyond it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.sites import places, problems

MEETING = ("title: 楼下议事\nsource: press\ntype: 议事会\nitems:\n  - title: 长凳\n    resolutions:\n"
           '      - {id: bench, text: 添长凳, amount: "30.00"}\n      - {id: lamp, text: 换灯}\n')


def fund(*lines: tuple[str, str, str], flow: str = "支出") -> str:
    """Return a fund with these movements: day, amount, resolution."""
    return 'title: 经费\nsource: press\nopening: {date: 2026-01-01, amount: "100.00"}\nentries:\n' + "".join(
        f"  - date: {day}\n    flow: {flow}\n    item: 长凳\n    amount: \"{amount}\"\n"
        f"    approval: {{meeting: talk, resolution: {name}}}\n" for day, amount, name in lines)


Make = Callable[..., Path]


def found(make_site: Make, **files: str) -> list[tuple[str, str, int, int]]:
    """Return the Problems of a site with the meeting and these funds, `a` standing for `funds/a.yml`."""
    return places(problems(make_site({"meetings/talk.yml": MEETING,
                                      **{f"funds/{name}.yml": text for name, text in files.items()}})))


@pytest.mark.parametrize(("lines", "expected"), [
    ([("2026-02-01", "30.00", "bench")], []), ([("2026-02-01", "30.01", "bench")], [("over-approved", 9)]),
    ([("2026-02-01", "20.00", "bench"), ("2026-03-01", "10.01", "bench")], [("over-approved", 14)]),
    ([("2026-03-01", "20.00", "bench"), ("2026-02-01", "10.01", "bench")], [("over-approved", 9)]),
    ([("2026-02-01", "99.00", "lamp")], []), ([("2026-02-01", "1.00", "bnech")], [("unknown-resolution", 9)])])
def test_spending_stays_within_its_resolution(make_site: Make, lines: list[tuple[str, str, str]],
                                              expected: list[tuple[str, int]]) -> None:
    """The payment with which more is spent than was approved is the faulty one; no amount, no limit."""
    assert [(code, line) for code, _, line, _ in found(make_site, a=fund(*lines))] == expected


def test_several_funds_share_one_approval(make_site: Make) -> None:
    """What two funds spend under one resolution is added up, by day."""
    some = found(make_site, a=fund(("2026-03-01", "20.00", "bench")), b=fund(("2026-02-01", "20.00", "bench")))
    assert [(code, path) for code, path, _, _ in some] == [("over-approved", "funds/a.yml")]


def test_money_that_came_back_is_not_spent(make_site: Make) -> None:
    """A refund under the same resolution leaves room for as much again."""
    refund = fund(("2026-02-02", "5.00", "bench"), flow="收入")
    spent = fund(("2026-02-01", "30.00", "bench"), ("2026-02-03", "5.00", "bench"))
    assert found(make_site, a=spent, b=refund) == []


def test_unknown_resolution_names_the_nearest(make_site: Make) -> None:
    """A mistyped resolution is refused at its line with the nearest one and all that the meeting has."""
    [one] = problems(make_site({"meetings/talk.yml": MEETING, "funds/a.yml": fund(("2026-02-01", "1.00", "bnech"))}))
    assert "是不是 `bench`？" in one.message() and "bench、lamp" in one.message()


def test_withdrawn_meeting_is_not_held_against_a_fund(make_site: Make) -> None:
    """A meeting whose page is a tombstone tells nothing; what was spent on it is no fault of the books."""
    gone = MEETING + "withdrawn: {date: 2026-05-01, reason: 误录}\n"
    assert problems(make_site({"meetings/talk.yml": gone, "funds/a.yml": fund(("2026-02-01", "90.00", "bnech"))})) == []


@pytest.mark.parametrize(("meeting", "books", "code"), [
    (MEETING + "illustrative: true\n", fund(("2026-02-01", "1.00", "bench")), "illustrative-source"),
    (MEETING, fund(("2026-02-01", "1.00", "bench")) + "illustrative: true\n", "illustrative-credit")])
def test_real_and_made_up_approve_nothing_of_each_other(make_site: Make, meeting: str, books: str, code: str) -> None:
    """Real money needs a real resolution, and a made-up payment is charged to no real one."""
    assert [p.code for p in problems(make_site({"meetings/talk.yml": meeting, "funds/a.yml": books}))] == [code]
