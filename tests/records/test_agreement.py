"""Agreements: each promise kept, late, open or not told."""

from __future__ import annotations

from datetime import date

from generator.records.agreement import Agreement
from tests.sites import AS_OF, record

HEAD = "title: 结对\nsource: press\nparties: [甲, 乙]\n"


def agreement(pledge: str, more: str = "signed: 2026-01-10\n") -> Agreement:
    """Return an agreement with one promise."""
    found = record("agreement", f"{HEAD}{more}pledges:\n  - {{text: 做到, {pledge}}}\n")
    assert isinstance(found, Agreement)
    return found


def turns(one: Agreement, as_of: date = AS_OF) -> list[tuple[str, str, int]]:
    """Return (span, state, days late) of the times of its one promise."""
    [(_, found)] = one.course(as_of)
    return [(t.span, t.state, t.late) for t in found]


def test_promise_past_its_day_is_overdue_until_kept() -> None:
    """Due and not kept is overdue; kept late says by how much; due later or never is neither."""
    assert turns(agreement("due: 2026-06-20")) == [("", "逾期", 10)]
    assert turns(agreement("due: 2026-06-30")) == [("", "还没有到期", 0)]
    assert turns(agreement("by: 甲")) == [("", "没有定期限", 0)]
    late = agreement("due: 2026-06-20, kept: [{date: 2026-06-22}]")
    assert turns(late) == [("", "已兑现", 2)] and late.overdue_days(AS_OF) == 0 and late.status(AS_OF) == "已办结"
    assert turns(late, date(2026, 6, 21)) == [("", "逾期", 1)]


def test_what_the_source_does_not_tell_stays_untold() -> None:
    """Where the source tells no outcome, time alone makes no promise overdue and gives no status."""
    silent = agreement("due: 2020-01-01", "signed: 2019-01-01\noutcome_unknown: true\n")
    assert turns(silent) == [("", "没有说到", 0)]
    assert (silent.status(AS_OF), silent.overdue_days(AS_OF), silent.told(AS_OF)) == (None, 0, "来源没有说到")


def test_repeated_promise_is_judged_span_by_span() -> None:
    """Each whole span since signing is kept or missed, the running one is open; the newest missed one counts."""
    one = agreement("every: 每季度, kept: [{date: 2026-05-05}]", "signed: 2025-07-01\n")
    assert turns(one) == [("2026年第2季度", "已兑现", 0), ("2026年第1季度", "逾期", 91),
                          ("2025年第4季度", "逾期", 181), ("2025年第3季度", "逾期", 273)]
    assert (one.overdue_days(AS_OF), one.overdue_days(date(2026, 4, 30))) == (0, 30)
    assert one.told(AS_OF) == "0 项兑现，共 1 项"


def test_span_of_the_signing_is_not_held_against_anybody() -> None:
    """Who signed in the middle of a year owes that year nothing, but is credited with what was done in it."""
    assert turns(agreement("every: 每年", "signed: 2025-11-01\n")) == [("2026年", "本期还没有结束", 0)]
    assert turns(agreement("every: 每年, kept: [{date: 2025-12-01}]", "signed: 2025-11-01\n"))[-1] == (
        "2025年", "已兑现", 0)


def test_repeated_promise_ends_with_the_agreement() -> None:
    """No span after the agreement's last day is asked for; without a day of signing none is."""
    ended = agreement("every: 每月", "signed: 2026-02-01\nuntil: 2026-03-31\n")
    assert [t[0] for t in turns(ended)] == ["2026年3月", "2026年2月"]
    assert turns(agreement("every: 每年", "")) == [("", "没有定起始", 0)]


def test_nothing_that_was_done_is_left_out() -> None:
    """What was kept before the signing, or on a day that nobody knows, is shown after the spans."""
    one = agreement("every: 每年, kept: [{date: {words: 后来}}, {date: 2024-05-01}, {date: 2026-05-01}]",
                    "signed: 2026-01-01\n")
    [(_, found)] = one.course(AS_OF)
    assert [(t.span, len(t.kept)) for t in found] == [("2026年", 1), ("其他", 2)]


def test_promise_is_kept_on_the_first_day_whatever_their_order() -> None:
    """Two days of keeping in any order in the file, one of them still ahead: the earliest that has come counts."""
    one = agreement("due: 2026-05-01, kept: [{date: 2026-06-10}, {date: 2026-04-28}, {date: 2027-01-01}]")
    assert turns(one) == [("", "已兑现", 0)]
    assert [e.day for e in one.events() if e.verb == "closed"] == ["2026-04-28"]
    ahead = agreement("due: 2026-05-01, kept: [{date: 2027-01-01}, {date: 2026-04-28}]")
    assert ahead.status(AS_OF) == "已办结"
