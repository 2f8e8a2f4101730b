"""Leaderboards: values that add up to their contributions, ranks that ties share, and who is left out and why."""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.records.scheme import Band, Scheme
from generator.score.boards import band_for, leaderboard, shared_ranks
from generator.score.facts import Fact
from generator.score.tally import rounded
from tests.sites import Measured, grouped, record

Make = Callable[..., Path]

SCHEME: Scheme = record("scheme", (
    "title: 榜\nsource: press\nform: leaderboard\nsubject: volunteer\nrule: 无\nmeasures:\n"
    "  - {label: 活动, over: activity.attendance, subject: volunteer, take: sum, of: hours}\n"
    "  - {label: 次数, over: activity.attendance, subject: volunteer, take: count, weight: 0.5, cap: 2}\n"
    "bands: [{floor: 0, word: 起步, stars: 1}, {floor: 10, word: 热心, stars: 2}]\nminimum: 2\n"))
SHARES: Scheme = record("scheme", (
    "title: 榜\nsource: press\nform: leaderboard\nsubject: volunteer\nrule: 无\ndecimals: 1\nmeasures:\n"
    "  - {label: 均, over: activity.attendance, subject: volunteer, take: mean, of: hours, weight: 30, worst: 0, "
    "best: 7}\n"
    "  - {label: 中, over: activity.attendance, subject: volunteer, take: median, of: hours, weight: -3}\n"))
SUBJECTS = {f"volunteer/{c}": None for c in "abcde"}
FACTS = st.lists(st.tuples(st.integers(0, 1), st.builds(
    Fact, st.sampled_from(["2026-01-01", "2026-02", "2026"]), st.sampled_from([f"activity/{i}" for i in range(6)]),
    st.sampled_from([Decimal(1), Decimal(2), Decimal("2.5")]), st.sampled_from([*SUBJECTS]))), max_size=20)
SCHEMES = st.sampled_from([SCHEME, SHARES, SCHEME.model_copy(update={"list_all": True, "ties": "dense"}),
                           SHARES.model_copy(update={"direction": "low"})])
VALUES = st.dictionaries(st.sampled_from("abcdef"), st.integers(-2, 2).map(Decimal))


@given(SCHEMES, FACTS, st.randoms())
def test_order_of_facts_is_irrelevant(scheme: Scheme, facts: list[Measured], chance: random.Random) -> None:
    """Shuffled facts give the same standings: ranks, values, and the order of their contributions."""
    shuffled = facts[:]
    chance.shuffle(shuffled)
    one, other = (leaderboard(scheme, grouped(scheme, some), SUBJECTS, {}) for some in (facts, shuffled))
    assert one == other


@given(SCHEMES, FACTS)
def test_total_is_the_rounded_sum_of_its_parts(scheme: Scheme, facts: list[Measured]) -> None:
    """Whoever adds up the points gets the total, whoever adds up the contributions their value; no fact is lost."""
    standings = leaderboard(scheme, grouped(scheme, facts), SUBJECTS, {})
    for one in standings:
        if one.value is not None:
            assert one.value == rounded(sum((t.points for t in one.tallies), Fraction(0)), scheme.decimals)
        for tally in one.tallies:
            assert tally.value == sum(c.adds for c in tally.credits)
            assert [c.amount for c in tally.credits if tally.take == "sum"] == [
                c.adds for c in tally.credits if tally.take == "sum"]
    assert sum(s.times for s in standings) == len(facts)


@given(SCHEMES, FACTS)
def test_ranked_standings_stand_in_order(scheme: Scheme, facts: list[Measured]) -> None:
    """The board is in the order of its ranks, these follow from the values alone, and nobody stands there twice."""
    standings = leaderboard(scheme, grouped(scheme, facts), SUBJECTS, {})
    ranked = [s for s in standings if s.rank is not None]
    values = {s.subject: s.value for s in ranked if s.value is not None}
    assert {s.subject: s.rank for s in ranked} == shared_ranks(
        values, scheme.direction == "low", scheme.ties == "dense")
    assert [s.rank for s in ranked] == sorted(s.rank for s in ranked)
    assert len({s.subject for s in standings}) == len(standings)
    assert all((s.rank is None) == (s.value is None) == (s.reason is not None) for s in standings)


@given(SCHEMES, FACTS, st.data())
def test_unrelated_record_changes_nothing_else(scheme: Scheme, facts: list[Measured], data: st.DataObject) -> None:
    """Without one fact everybody else has the same value, contributions, stars and reason as before."""
    if not facts:
        return
    gone = data.draw(st.sampled_from(facts))
    rest = facts[:]
    rest.remove(gone)
    before, after = ({s.subject: s._replace(rank=None) for s in leaderboard(scheme, grouped(scheme, some), SUBJECTS, {})
                      if s.subject != gone[1].subject} for some in (facts, rest))
    assert before == after


@given(FACTS)
def test_too_few_records_are_listed_without_a_rank(facts: list[Measured]) -> None:
    """Below the smallest sample (of records, not of entries in them) a subject is shown, behind the others."""
    standings = leaderboard(SCHEME, grouped(SCHEME, facts), SUBJECTS, {})
    for one in standings:
        records = {c.evidence for t in one.tallies for c in t.credits}
        assert (one.reason == "small-sample") == (len(records) < 2) == (one.rank is None)
    assert [s.rank is None for s in standings] == sorted(s.rank is None for s in standings)


@given(FACTS)
def test_mean_of_nothing_is_no_zero(facts: list[Measured]) -> None:
    """A subject without a record for a mean, a median or a share has no value at all."""
    for one in leaderboard(SHARES, grouped(SHARES, facts), SUBJECTS, {}):
        assert (one.reason == "small-sample") == any(not t.credits for t in one.tallies)


# ── ranks ──


@given(VALUES)
def test_ties_share_a_rank(values: dict[str, Decimal]) -> None:
    """A rank is one more than the number of those strictly ahead, so equals share it and the next is passed over."""
    assert shared_ranks(values) == {key: 1 + sum(other > value for other in values.values())
                                    for key, value in values.items()}


@given(VALUES)
def test_dense_ranks_pass_nobody_over(values: dict[str, Decimal]) -> None:
    """Dense ranks count the different values ahead: 1, 2, 2, 3."""
    assert shared_ranks(values, dense=True) == {
        key: 1 + len({other for other in values.values() if other > value}) for key, value in values.items()}


@given(VALUES, st.booleans())
def test_low_is_high_turned_round(values: dict[str, Decimal], dense: bool) -> None:
    """Where less is better, the ranks are those of the negated values."""
    assert shared_ranks(values, True, dense) == shared_ranks({k: -v for k, v in values.items()}, False, dense)


@given(VALUES, st.permutations("abcdef"))
def test_ranks_do_not_depend_on_the_order(values: dict[str, Decimal], order: list[str]) -> None:
    """The same values in another order get the same ranks."""
    assert shared_ranks({key: values[key] for key in order if key in values}) == shared_ranks(values)


def test_ranks_leave_gaps_after_ties() -> None:
    """Two seconds are followed by a fourth, or, dense, by a third."""
    values = {"a": Decimal(5), "b": Decimal("3.0"), "c": Decimal(3), "d": Decimal(1)}
    assert shared_ranks(values) == {"a": 1, "b": 2, "c": 2, "d": 4}
    assert shared_ranks(values, dense=True) == {"a": 1, "b": 2, "c": 2, "d": 3}
    assert shared_ranks(values, low=True) == {"d": 1, "b": 2, "c": 2, "a": 4}


@pytest.mark.parametrize(("points", "reached", "above"), [("0", "起步", "热心"), ("9.9", "起步", "热心"),
                                                          ("10", "热心", None), ("-1", None, "起步")])
def test_band_begins_at_its_floor(points: str, reached: str | None, above: str | None) -> None:
    """A band is reached at its floor exactly, and the next one is named until there is none."""
    found: tuple[Band | None, Band | None] = band_for(Decimal(points), SCHEME.bands)
    assert tuple(b and b.word for b in found) == (reached, above)
