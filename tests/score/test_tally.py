"""The second pass, by hand: what amounts become by each way of counting, and what points a value becomes."""

from __future__ import annotations

import statistics
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.records.scheme import Measure
from generator.score.facts import Fact
from generator.score.tally import points_of, rounded, tally, valued
from tests.sites import record, scored, standing

AREA = "volunteer/a"
NEEDS = {"count": {}, "within_days": {"of": "ended", "since": "begun", "days": "7"}}
TAKES = ("count", "sum", "mean", "median", "ratio", "within_days", "latest")


def measure(take: str = "sum", **more: str) -> Measure:
    """Return a measure that counts in this way."""
    return Measure.model_validate({"label": "项", "over": "case", "subject": "area", "take": take,
                                   **NEEDS.get(take, {"of": "x"}), **more})


def facts(*amounts: str, days: tuple[str, ...] = ()) -> list[Fact]:
    """Return one fact for each amount, on consecutive days unless these are given."""
    given_days = days or tuple(f"2026-05-{i:02}" for i in range(1, len(amounts) + 1))
    return [Fact(day, f"case/{i}", Fraction(amount), AREA)
            for i, (amount, day) in enumerate(zip(amounts, given_days, strict=True))]


@pytest.mark.parametrize(("take", "amounts", "value"), [
    ("count", ["1", "1", "1"], "3"),
    ("sum", ["2", "2.5", "0.25"], "4.75"),
    ("mean", ["1", "2", "2"], "5/3"),
    ("median", ["9", "1", "4"], "4"),
    ("median", ["9", "1", "4", "5"], "9/2"),
    ("median", ["3"], "3"),
    ("ratio", ["1", "0", "1"], "2/3"),
    ("within_days", ["1", "0", "0", "0"], "1/4"),
    ("latest", ["9", "1", "4"], "4"),
    *[(take, [], "0") for take in TAKES]])
def test_amounts_become_a_value(take: str, amounts: list[str], value: str) -> None:
    """3 records count 3; 2 + 2.5 + 0.25 = 4.75; (1+2+2)/3 = 5/3; the middle of 1 4 9 is 4, of 1 4 5 9 (4+5)/2."""
    found = tally(measure(take), facts(*amounts))
    assert found.value == Fraction(value)
    assert found.times == len(amounts)


def test_latest_is_the_last_day_s_whatever_the_order() -> None:
    """The newest day counts alone; of two on one day the one with the later key."""
    some = facts("5", "7", "6", days=("2026-05-03", "2026-05-09", "2026-05-09"))
    assert tally(measure("latest"), reversed(some)).value == 6
    assert [c.adds for c in tally(measure("latest"), some).credits] == [6, 0, 0]


def test_contributions_stand_newest_first() -> None:
    """A tally lists its contributions from the newest day to the oldest."""
    assert [c.day for c in tally(measure(), facts("1", "2", "3")).credits] == ["2026-05-03", "2026-05-02", "2026-05-01"]


@given(st.sampled_from(TAKES), st.lists(st.fractions(min_value=-50, max_value=50, max_denominator=12)),
       st.sampled_from([Fraction(1), Fraction(2, 7)]))
def test_value_is_the_sum_of_what_its_amounts_add(take: str, amounts: list[Fraction], per: Fraction) -> None:
    """Every amount adds its part, the parts alone make the value, and it is the value that schools teach."""
    value, parts = valued(take, amounts, per)
    assert value == sum(amount * part for amount, part in zip(amounts, parts, strict=True))
    if not amounts:
        assert value == 0
    elif take in ("count", "sum"):
        assert value == sum(amounts) * per
    elif take == "latest":
        assert value == amounts[-1] * per
    else:
        taught = statistics.median(amounts) if take == "median" else sum(amounts) / len(amounts)
        assert value == taught * per


# ── points ──


@pytest.mark.parametrize(("value", "more", "points"), [
    ("7", {}, "7"), ("7", {"weight": "0.5"}, "3.5"), ("7", {"weight": "-2"}, "-14"),
    ("7", {"cap": "5"}, "5"), ("5", {"cap": "5"}, "5"), ("2", {"floor": "3"}, "3"), ("-7", {"floor": "-3"}, "-3"),
    ("30", {"worst": "0", "best": "60", "weight": "20"}, "10"),
    ("30", {"worst": "60", "best": "0", "weight": "20"}, "10"),
    ("15", {"worst": "60", "best": "0", "weight": "20"}, "15"),
    ("61", {"worst": "60", "best": "0", "weight": "20"}, "0"),
    ("60", {"worst": "60", "best": "0", "weight": "20"}, "0"),
    ("-1", {"worst": "60", "best": "0", "weight": "20"}, "20"),
    ("61", {"worst": "0", "best": "60", "weight": "20"}, "20"),
    ("-1", {"worst": "0", "best": "60", "weight": "20"}, "0"),
    ("1", {"worst": "0", "best": "3", "weight": "10"}, "10/3"),
    ("1", {"worst": "0", "best": "3", "weight": "10", "cap": "3"}, "3"),
    ("0", {"worst": "0", "best": "3", "weight": "10", "floor": "2"}, "2")])
def test_value_becomes_points(value: str, more: dict[str, str], points: str) -> None:
    """Weight times the value; or its share of the way from worst to best, never beyond either; then floor and cap."""
    assert points_of(Fraction(value), measure(**more)) == Fraction(points)


@given(st.fractions(-100, 200), st.integers(-20, 120), st.integers(-20, 120), st.integers(1, 50))
def test_scaled_points_never_leave_their_bounds(value: Fraction, worst: int, best: int, weight: int) -> None:
    """Between nothing and the weight; all of it at `best` and beyond, none at `worst` and beyond."""
    if worst == best:
        return
    one = measure(worst=str(worst), best=str(best), weight=str(weight))
    points = points_of(value, one)
    assert 0 <= points <= weight
    assert points_of(Fraction(worst), one) == 0 and points_of(Fraction(best), one) == weight
    nearer = points_of(value + (1 if best > worst else -1), one)
    assert nearer >= points


def test_per_scales_every_contribution() -> None:
    """3 cases in a place of 150 households are 2 per 100: each adds 100/150."""
    found = tally(measure("count"), facts("1", "1", "1"), Fraction(100, 150))
    assert (found.value, found.points, {c.adds for c in found.credits}) == (2, 2, {Fraction(2, 3)})


@pytest.mark.parametrize(("value", "decimals", "shown"), [
    ("1/2", 0, "1"), ("3/2", 0, "2"), ("5/2", 0, "3"), ("-1/2", 0, "-1"), ("-5/2", 0, "-3"), ("-2/5", 0, "0"),
    ("0.125", 2, "0.13"), ("-0.125", 2, "-0.13"), ("0.1249", 2, "0.12"), ("2/3", 2, "0.67"), ("2/3", 6, "0.666667"),
    ("100", 2, "100"), ("1200", 0, "1200"), ("82.80", 1, "82.8"), ("0.049", 1, "0"), ("99.996", 2, "100")])
def test_values_are_rounded_half_away_from_zero(value: str, decimals: int, shown: str) -> None:
    """As schools teach: a half goes up, below zero down; and a figure is written without trailing zeros."""
    assert f"{rounded(Fraction(value), decimals):f}" == shown


@given(st.fractions(-10**15, 10**15, max_denominator=1000), st.integers(0, 6))
def test_rounding_is_symmetric_and_never_far(value: Fraction, decimals: int) -> None:
    """Half a unit of the last place at most, and the same on either side of zero."""
    found = rounded(value, decimals)
    assert abs(Fraction(found) - value) <= Fraction(1, 2 * 10**decimals)
    assert rounded(-value, decimals) == -found
    assert found == round(found, decimals)


# ── what counts as an amount ──


def board_of(measures: str, cases: dict[str, str], scheme: str = "") -> dict[str, object]:
    """Return value and contributions of the estate on a board of cases with one measure."""
    files = {
        "schemes/b.yml": ("title: 榜\nsource: press\nform: leaderboard\nsubject: area\nonly: {level: 小区}\nrule: 无\n"
                          f"{scheme}measures:\n  - {{label: 项, over: case, subject: area, {measures}}}\n"),
        **{f"cases/{id}.yml": f"title: 事\nsource: press\narea: estate\ncategory: 漏水\n{text}"
           for id, text in cases.items()}}
    found = scored(files)
    assert found.problems == []
    one = standing(found.board("b"), "area/estate")
    return {"value": one.tallies[0].value, "amounts": {c.evidence: c.amount for c in one.tallies[0].credits}}


def test_ratio_of_a_flag() -> None:
    """A flag is a yes or a no: of three records one whose source tells no end makes 1/3."""
    found = board_of("take: ratio, of: outcome_unknown", {"yes": "outcome_unknown: true\n", "no": ""})
    assert found["amounts"] == {"case/yes": 1, "case/no": 0, "case/leak": 0}
    assert found["value"] == Fraction(1, 3)


def test_ratio_of_a_date_asks_whether_it_has_come() -> None:
    """A date in the past is a yes; a missing one, and one that lies ahead, a no."""
    done = "reported: 2026-05-01\nresolved: 2026-05-02\n"
    found = board_of("take: ratio, of: confirmed", {
        "a": done + "confirmed: 2026-06-30\n", "b": done, "c": done + "confirmed: 2026-07-01\n"})
    assert found["amounts"] == {"case/a": 1, "case/b": 0, "case/c": 0, "case/leak": 0}


def test_ratio_of_a_derived_value_leaves_out_what_it_can_not_tell() -> None:
    """In time: yes, no; without a deadline, or with one still ahead, nothing at all, which is not a no."""
    found = board_of("take: ratio, of: in_time", {
        "early": "reported: 2026-05-01\nresolved: 2026-05-02\ndue: 2026-05-02\n",
        "late": "reported: 2026-05-01\nresolved: 2026-05-03\ndue: 2026-05-02\n",
        "never": "reported: 2026-05-01\ndue: 2026-06-29\n", "ahead": "reported: 2026-05-01\ndue: 2026-06-30\n",
        "free": "reported: 2026-05-01\nresolved: 2026-05-02\n"})
    assert found["amounts"] == {"case/early": 1, "case/late": 0, "case/never": 0, "case/leak": 1}
    assert found["value"] == Fraction(1, 2)


def test_within_days_counts_both_days_and_needs_them_exactly() -> None:
    """From the 1st to the 8th are 7 days, to the 9th 8. What is still open counts against once it is too late, before
    that it says nothing; nor does a date known to the month."""
    found = board_of("take: within_days, of: resolved, since: reported, days: 7", {
        "seven": "reported: 2026-05-01\nresolved: 2026-05-08\n",
        "eight": "reported: 2026-05-01\nresolved: 2026-05-09\n",
        "month": "reported: 2026-05-01\nresolved: 2026-05\n", "open": "reported: 2026-05-01\n",
        "young": "reported: 2026-06-23\n"})
    assert found["amounts"] == {"case/seven": 1, "case/eight": 0, "case/leak": 1, "case/open": 0}


def test_missing_number_is_no_zero() -> None:
    """Who gave no mark is not counted as nothing: (5 + 2) / 2, of three cases."""
    found = board_of("take: mean, of: satisfaction", {
        "a": "satisfaction: 5\n", "b": "satisfaction: 2\n", "c": ""})
    assert found["value"] == Fraction(7, 2)


def test_mean_of_a_derived_number() -> None:
    """Days from report to resolution: 3 and 2 (the leak) give 5/2."""
    found = board_of("take: mean, of: days_used", {
        "a": "reported: 2026-05-01\nresolved: 2026-05-04\n", "open": "reported: 2026-05-01\n"})
    assert found["value"] == Fraction(5, 2)


def test_amounts_are_kept_exactly() -> None:
    """A tenth of an hour is a tenth: ten of them are one hour, no more and no less."""
    hours = Decimal("0.1")
    some = [Fact("2026-05-01", f"activity/{i}", hours, AREA) for i in range(10)]
    assert tally(measure(), some).value == 1


def test_example_measure_is_a_model_of_the_scheme() -> None:
    """The measures of these tests are those that a scheme's file gives."""
    one = record("scheme", "title: 榜\nsource: press\nform: leaderboard\nsubject: area\nrule: 无\nmeasures:\n"
                           "  - {label: 项, over: case, subject: area, take: sum, of: x}\n")
    assert one.measures == [measure()]
