"""Funds: exact in fen, statements that reconcile or are refused, arrears as counts, a rule without a balance."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.periods import span
from generator.records.forms import Money
from generator.records.fund import Fund
from tests.sites import AS_OF, faults, places, problems, record

HEAD = "title: 3栋经费\nsource: press\n"
OPEN = 'opening: {date: 2026-01-01, amount: "100.00"}\n'


def entry(day: str, flow: str, amount: str, more: str = "") -> str:
    """Return one line of the books."""
    return f'  - {{date: {day}, flow: {flow}, item: 杂项, amount: "{amount}"{more}}}\n'


BOOKS = OPEN + "entries:\n" + entry("2026-01-05", "收入", "0.10") + entry("2026-02-10", "支出", "20.20") + entry(
    "2026-04-01", "收入", "0.20") + entry("2026-08-01", "支出", "1.00")


def fund(text: str) -> Fund:
    """Return a fund with these lines."""
    return record("fund", HEAD + text)


def statement(period: str, income: str, spending: str, closing: str) -> str:
    """Return what was posted for one period."""
    return f'statements:\n  - {{period: {period}, income: "{income}", spending: "{spending}", closing: "{closing}"}}\n'


def test_balance_is_what_came_in_less_what_went_out() -> None:
    """The balance is exact and knows only what has happened by the day of the site."""
    assert fund(BOOKS).balance(AS_OF) == "80.10\u00a0元"
    assert fund(BOOKS).balance(date(2026, 8, 1)) == "79.10\u00a0元"
    assert fund(BOOKS).until(AS_OF) == "2026-04-01"


def test_rule_alone_has_no_balance() -> None:
    """Fees that are agreed are no books: nothing is worked out from them, not even zero."""
    rule = fund("rule: {income: [{what: 经费, amount: {words: 每户每年240元, number: 240}}]}\n")
    assert (rule.balance(AS_OF), rule.until(AS_OF), rule.courses(AS_OF)) == (None, None, [])
    assert rule.stated(AS_OF) == "每户每年240元"
    assert fund("reported: [{flow: 支出, what: 长凳}]\n").balance(AS_OF) is None


@pytest.mark.parametrize(("period", "income", "spending", "closing", "column"), [
    ("2026-Q1", "0.10", "20.20", "79.90", None), ("2026-H1", "0.30", "20.20", "80.10", None),
    ("2026", "0.30", "21.20", "79.10", None), ("2026-Q1", "0.11", "20.20", "79.90", "income"),
    ("2026-Q1", "0.10", "20.19", "79.90", "spending"), ("2026-Q1", "0.10", "20.20", "80.00", "closing")])
def test_statement_agrees_with_the_books(make_site: Callable[..., Path], period: str, income: str, spending: str,
                                         closing: str, column: str | None) -> None:
    """What was posted is what opening and entries give; else the faulty figure itself is pointed at."""
    text = HEAD + BOOKS + statement(period, income, spending, closing)
    found = problems(make_site({"funds/b3.yml": text}))
    at = text.splitlines()[-1].index(column + ":") + 1 if column else 0
    assert places(found) == ([("statement-differs", "funds/b3.yml", len(text.splitlines()), at)] if column else [])


def test_statement_that_differs_says_by_how_much(make_site: Callable[..., Path]) -> None:
    """The message names the period, what was posted, what the books give, and the difference in yuan."""
    [found] = problems(make_site({"funds/b3.yml": HEAD + BOOKS + statement("2026-Q1", "0.10", "20.20", "79.00")}))
    assert "2026-Q1 公布的“期末结余”是 79.00 元，按期初和流水算是 79.90 元，相差 0.90 元" in found.message()


MOVES = st.lists(st.tuples(st.integers(0, 364), st.sampled_from(("收入", "支出")), st.integers(1, 10**9)), max_size=12)


@given(MOVES, st.integers(-10**9, 10**9), st.sampled_from(("2026", "2026-H1", "2026-H2", "2026-Q2", "2026-11")),
       st.integers(-5, 5))
def test_any_books_reconcile_to_the_fen(moves: list[tuple[int, str, int]], begun: int, period: str, wrong: int) -> None:
    """Whatever was moved, in any order, the sum in decimal yuan is accepted and one that is a fen off is not."""
    spans = {"2026": ("01-01", "12-31"), "2026-H1": ("01-01", "06-30"), "2026-H2": ("07-01", "12-31"),
             "2026-Q2": ("04-01", "06-30"), "2026-11": ("11-01", "11-30")}
    first, last = (f"2026-{day}" for day in spans[period])
    days = [(str(date(2026, 1, 1) + timedelta(at)), flow, Decimal(fen) / 100) for at, flow, fen in moves]
    sums = {flow: sum((a for d, f, a in days if f == flow and first <= d <= last), Decimal(0))
            for flow in ("收入", "支出")}
    left = Decimal(begun) / 100 + sum((a if f == "收入" else -a for d, f, a in days if d <= last), Decimal(0))
    text = HEAD + f'opening: {{date: 2026-01-01, amount: "{Decimal(begun) / 100:.2f}"}}\n' + (
        "entries:\n" if days else "") + "".join(entry(d, f, f"{a:.2f}") for d, f, a in days) + statement(
        period, f"{sums['收入']:.2f}", f"{sums['支出']:.2f}", f"{left + Decimal(wrong) / 100:.2f}")
    assert faults("fund", text) == (["statement-differs"] if wrong else [])


@pytest.mark.parametrize(("text", "codes"), [
    ("entries:\n" + entry("2026-01-05", "收入", "1.00"), ["opening-missing"]),
    (statement("2026-Q1", "0.00", "0.00", "0.00"), ["opening-missing"]),
    (OPEN + "entries:\n" + entry("2025-12-31", "收入", "1.00"), ["before-opening"]),
    (OPEN + statement("2025", "0.00", "0.00", "100.00"), ["before-opening"]),
    (OPEN + "entries:\n" + entry("2026-01", "收入", "1.00"), ["day-needed"]),
    (OPEN + "entries:\n" + entry("2026-01-05", "收入", "0.00"), ["out-of-range"]),
    (OPEN + "entries:\n" + entry("2026-01-05", "收入", "-3.00"), ["out-of-range"]),
    (OPEN + "entries:\n" + entry("2026-01-05", "收入", "1.00", ", receipt: A1") * 2, ["said-twice"]),
    (OPEN + "entries:\n" + entry("2026-01-05", "收入", "1.00") * 2, []),
    ("budgets: [{period: 2026}, {period: 2026}]\n", ["said-twice"]),
    ("dues: [{period: 2026, households: 3, paid: 4}]\n", ["more-than-all"]),
    (OPEN, []), ("reported: [{flow: 收入, what: 集体收益}]\n", [])])
def test_books_can_not_contradict_themselves(text: str, codes: list[str]) -> None:
    """Books have a beginning, movements have a day and an amount, and no paper or period is used twice."""
    assert faults("fund", HEAD + text) == codes


@pytest.mark.parametrize(("dues", "words"), [
    ("households: 48, paid: 46, each: \"40.00\"", "欠 2 户，共 80.00 元"), ("households: 48, paid: 46", "欠 2 户"),
    ("households: 48, paid: 46, each: \"40.00\", owed: \"55.00\"", "欠 2 户，共 55.00 元"),
    ("households: 48, paid: 48, each: \"40.00\"", "全部交齐")])
def test_arrears_are_counts(dues: str, words: str) -> None:
    """Who owes is a number of households; the sum is told only where it is known."""
    assert fund(f"dues: [{{period: 2025, households: 9, paid: 1}}, {{period: 2026, {dues}}}]\n").arrears(AS_OF) == words


def test_arrears_of_a_period_ahead_are_not_told_yet() -> None:
    """Dues of a period that has not begun are not owed."""
    assert fund("dues: [{period: 2027, households: 9, paid: 0}]\n").arrears(AS_OF) is None


def test_balance_after_each_movement_is_told_newest_first() -> None:
    """The list runs backwards in time, and its first line ends with today's balance."""
    told = [(p.entry.date.day, str(p.after)) for p in fund(BOOKS).postings(AS_OF)]
    assert told == [("2026-04-01", "80.10 元"), ("2026-02-10", "79.90 元"), ("2026-01-05", "100.10 元")]


RULE = 'rule: {resolution_from: "500.00"}\n'
APPROVED = ", receipt: Z1, approval: {meeting: talk, resolution: a}"


@pytest.mark.parametrize(("line", "words"), [
    (entry("2026-02-01", "支出", "500.00", ", receipt: Z1"), ["按约定须有决议，没有写决议"]),
    (entry("2026-02-01", "支出", "500.00", APPROVED), []),
    (entry("2026-02-01", "支出", "499.99", ", receipt: Z1"), []), (entry("2026-02-01", "支出", "1.00"), ["没有写票据"]),
    (entry("2026-02-01", "收入", "900.00"), []),
    (entry("2026-02-01", "支出", "1000.01", APPROVED), ["付了以后账上是 -0.01 元"])])
def test_what_lacks_its_paper_is_told(line: str, words: list[str]) -> None:
    """An expense without the resolution that the rule demands, without receipt, or overdrawing is shown, not hidden."""
    text = RULE + 'opening: {date: 2026-01-01, amount: "1000.00"}\nentries:\n' + line
    assert [flag for p in fund(text).postings(AS_OF) for flag in p.flags] == words


BUDGET = ("budgets:\n  - period: 2026-Q1\n    income: [{item: 会费, amount: \"50.00\"}]\n"
          "    spending: [{item: 杂项, amount: \"20.00\"}]\n")


def test_overspent_item_and_unplanned_one_are_told() -> None:
    """Beside each item stands what was spent; what exceeds it, or stands in no budget, is remarked on."""
    other = '  - {date: 2026-03-01, flow: 支出, item: 招待, amount: "3.00", receipt: Z2}\n'
    one = fund(BUDGET + BOOKS + other)
    [(words, _, lines)] = one.executions(AS_OF)
    assert words == "2026年第1季度"
    assert [(x.flow, x.item, x.planned, x.actual, x.over) for x in lines] == [
        ("收入", "会费", 5000, 0, None), ("收入", "杂项", None, 10, None), ("支出", "杂项", 2000, 2020, 20),
        ("支出", "招待", None, 300, 300)]
    assert [r.words for r in one.remarks(AS_OF)][:2] == [
        "2026年第1季度“杂项”超出预算 0.20 元", "2026年第1季度“招待”支出 3.00 元，不在预算里"]


@pytest.mark.parametrize(("as_of", "state"), [(date(2026, 3, 31), "还没到期"), (date(2026, 4, 1), "没有公布")])
def test_period_that_is_over_and_not_posted_is_told(as_of: date, state: str) -> None:
    """A budgeted period without a statement is a gap once it is over, never a Problem."""
    one = fund(BUDGET + BOOKS)
    assert [c.state for c in one.courses(as_of) if c.words == "2026年第1季度"] == [state]
    assert ("2026年第1季度的收支没有公布" in [r.words for r in one.remarks(as_of)]) == (state == "没有公布")


@given(st.lists(st.integers(0, 500), max_size=10), st.lists(st.sampled_from(
    ("2026", "2026-H1", "2026-Q1", "2026-Q3", "2026-02", "2027-Q1")), unique=True))
def test_every_entry_stands_under_one_period(days: list[int], periods: list[str]) -> None:
    """However periods overlap or leave gaps, each entry is listed once, under a period that it falls into if any."""
    lines = "".join(entry(str(date(2026, 1, 1) + timedelta(at)), "收入", "1.00") for at in days)
    budgets = "budgets: [" + ", ".join(f"{{period: {p}}}" for p in periods) + "]\n"
    one, as_of = fund(budgets + OPEN + (f"entries:\n{lines}" if lines else "")), date(2027, 12, 31)
    folds = one.folds(as_of)
    assert sorted(p.number for fold in folds for p in fold.postings) == list(range(len(days)))
    there = {fold.anchor for fold in folds} | {"entries"}
    assert {c.anchor for c in one.courses(as_of)} <= there
    for fold in folds:
        inside = [p.entry.date.day for p in fold.postings]
        first, last = (str(day) for day in span(fold.anchor[3:])) if fold.anchor != "in-none" else ("", "9")
        assert all(first <= day <= last for day in inside)


def test_statement_counts_as_posted_from_its_day() -> None:
    """Built as of an earlier day, a period is not yet posted, as it was then."""
    text = statement("2026-Q1", "0.10", "20.20", "79.90").replace("closing", "posted: 2026-04-09, closing")
    posted = fund(BOOKS + text)
    assert [posted.courses(day)[-1].state for day in (date(2026, 4, 8), date(2026, 4, 9))] == ["没有公布", "已公布"]


def test_course_of_periods_ends_with_todays_balance() -> None:
    """What happened since the last period has a line of its own, and its balance is today's."""
    first, second = fund(BOOKS + statement("2026-Q1", "0.10", "20.20", "79.90")).courses(AS_OF)
    assert (first.words, first.income, first.spending, str(first.closing)) == ("2026-04-01 以后", 20, 0, "80.10 元")
    assert (second.state, second.income, second.spending, second.closing) == ("已公布", 10, 2020, Money(7990))
