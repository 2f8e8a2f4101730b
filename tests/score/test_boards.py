"""Leaderboards: values that add up to their credits, ranks that ties share, periods that days fall into."""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.data import Fact, Outcome
from generator.records.scheme import Band, Scheme
from generator.score import period_of
from generator.score.boards import band_for, leaderboard, shared_ranks
from tests.sites import AS_OF, BASE, RATED, check_site, codes, problems, record, write_site

Make = Callable[..., Path]

SCHEME: Scheme = record("scheme", (
    "title: 榜\nsource: press\nform: leaderboard\nsubject: volunteer\nrule: 无\nmeasures:\n"
    "  - {label: 活动, over: activity.attendance, subject: volunteer, take: sum, of: hours}\n"
    "  - {label: 次数, over: activity.attendance, subject: volunteer, take: count, weight: 0.5}\n"
    "bands: [{floor: 0, word: 起步, stars: 1}, {floor: 10, word: 热心, stars: 2}]\nminimum: 2\n"))
FACTS = st.lists(st.builds(
    Fact, st.just("points"), st.integers(0, 1), st.sampled_from([f"volunteer/{c}" for c in "abcde"]),
    st.sampled_from([Decimal(1), Decimal(2), Decimal("2.5")]), st.sampled_from(["2026-01-01", "2026-02", "2026"]),
    st.sampled_from([f"activity/{i}" for i in range(6)]), st.just(False)), max_size=20)


@given(FACTS, st.randoms())
def test_order_of_facts_is_irrelevant(facts: list[Fact], chance: random.Random) -> None:
    """Shuffled facts give the same standings: ranks, values, and the order of their credits."""
    shuffled = facts[:]
    chance.shuffle(shuffled)
    assert leaderboard(SCHEME, shuffled) == leaderboard(SCHEME, facts)


@given(FACTS)
def test_value_is_the_sum_of_its_credits(facts: list[Fact]) -> None:
    """Whoever adds up the credits of a standing gets its value, and no fact is lost or counted twice."""
    standings = leaderboard(SCHEME, facts)
    for standing in standings:
        assert standing.value == sum(c.points for c in standing.credits)
    assert sum(len(s.credits) for s in standings) == len(facts)


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 2).map(Decimal)))
def test_ties_share_a_rank(values: dict[str, Decimal]) -> None:
    """A rank is one more than the number of those strictly ahead, so equals share it and the next is passed over."""
    assert shared_ranks(values) == {key: 1 + sum(other > value for other in values.values())
                                    for key, value in values.items()}


@given(FACTS)
def test_ranked_standings_stand_in_order(facts: list[Fact]) -> None:
    """The board is in the order of its ranks, and these follow from the values alone."""
    ranked = [s for s in leaderboard(SCHEME, facts) if s.rank is not None]
    assert {s.subject: s.rank for s in ranked} == shared_ranks({s.subject: s.value for s in ranked})
    assert [s.rank for s in ranked] == sorted(s.rank for s in ranked)


@given(FACTS, st.sampled_from("abcde"))
def test_unrelated_subject_changes_no_value(facts: list[Fact], gone: str) -> None:
    """Without one subject every other one has the same value, credits and stars as before."""
    before = {s.subject: (s.value, s.credits, s.stars, s.word) for s in leaderboard(SCHEME, facts)}
    after = leaderboard(SCHEME, [f for f in facts if f.subject != f"volunteer/{gone}"])
    before.pop(f"volunteer/{gone}", None)
    assert {s.subject: (s.value, s.credits, s.stars, s.word) for s in after} == before


@given(FACTS)
def test_too_few_credits_are_listed_without_a_rank(facts: list[Fact]) -> None:
    """Below the smallest sample a subject is shown, behind the others, and not ranked."""
    standings = leaderboard(SCHEME, facts)
    assert all((s.rank is None) == (len(s.credits) < 2) for s in standings)
    assert [s.rank is None for s in standings] == sorted(s.rank is None for s in standings)


def test_ranks_leave_gaps_after_ties() -> None:
    """Two seconds are followed by a fourth."""
    values = {"a": Decimal(5), "b": Decimal("3.0"), "c": Decimal(3), "d": Decimal(1)}
    assert shared_ranks(values) == {"a": 1, "b": 2, "c": 2, "d": 4}


@pytest.mark.parametrize(("points", "reached", "above"), [("0", "起步", "热心"), ("9.9", "起步", "热心"),
                                                          ("10", "热心", None), ("-1", None, "起步")])
def test_band_begins_at_its_floor(points: str, reached: str | None, above: str | None) -> None:
    """A band is reached at its floor exactly, and the next one is named until there is none."""
    found: tuple[Band | None, Band | None] = band_for(Decimal(points), SCHEME.bands)
    assert tuple(b and b.word for b in found) == (reached, above)


@pytest.mark.parametrize(("day", "period", "name"), [
    ("2026-11-22", "month", "2026-11"), ("2026-11-22", "quarter", "2026-Q4"), ("2026-11-22", "half-year", "2026-H2"),
    ("2026-11-22", "year", "2026"), ("2026-11-22", "all", ""), ("2026-03-31", "quarter", "2026-Q1"),
    ("2026-04", "quarter", "2026-Q2"), ("2026-06-30", "half-year", "2026-H1"), ("2026-07", "half-year", "2026-H2"),
    ("2026", "month", "2026"), ("2026", "year", "2026"), ("", "all", "")])
def test_day_falls_into_its_period(day: str, period: str, name: str) -> None:
    """Every day has one period; one known to the year only stays with the year."""
    assert period_of(day, period) == name


# ── whole sites ──


def outcomes(config: Path, scheme: str = "points") -> list[Outcome]:
    """Return the outcomes of one scheme."""
    return [o for o in check_site(config).outcomes if o.scheme == scheme]


def values(outcome: Outcome) -> dict[str, str]:
    """Return each subject's value as text."""
    return {s.subject: str(s.value) for s in outcome.standings}


def test_one_hour_is_one_point(make_site: Make) -> None:
    """Volunteers' points are their hours of the year, each proved by its activity."""
    [outcome] = outcomes(make_site(RATED))
    assert (outcome.period, values(outcome)) == ("2026", {"volunteer/zhang": "2.5", "volunteer/li": "2"})
    assert [(s.rank, s.credits[0].evidence) for s in outcome.standings] == [
        (1, "activity/clean"), (2, "activity/clean")]
    assert not outcome.illustrative


def test_what_lies_ahead_does_not_count(make_site: Make) -> None:
    """An activity after the day of the site gives nobody points yet."""
    config = make_site({**RATED, "activities/later.yml": RATED["activities/clean.yml"].replace("05-17", "07-01")})
    assert values(outcomes(config)[0])["volunteer/zhang"] == "2.5"


def test_withdrawn_records_count_nothing(make_site: Make) -> None:
    """A withdrawn activity gives no points, a withdrawn volunteer stands on no board."""
    gone = "withdrawn: {date: 2026-06-01, reason: 误登}\n"
    assert outcomes(make_site({**RATED, "activities/clean.yml": RATED["activities/clean.yml"] + gone})) == []
    config = make_site({**RATED, "volunteers/li.yml": RATED["volunteers/li.yml"] + gone})
    assert values(outcomes(config)[0]) == {"volunteer/zhang": "2.5"}


def test_each_period_has_an_outcome_newest_first(make_site: Make) -> None:
    """Years are counted apart, the newest first."""
    config = make_site({**RATED, "activities/old.yml": RATED["activities/clean.yml"].replace("2026", "2025")})
    assert [o.period for o in outcomes(config)] == ["2026", "2025"]


def test_only_narrows_a_board(make_site: Make) -> None:
    """A board that is for one team lists nobody else."""
    config = make_site({**RATED, "schemes/points.yml": RATED["schemes/points.yml"] + "only: {team: team}\n"})
    assert values(outcomes(config)[0]) == {"volunteer/zhang": "2.5"}


SHOWN = "illustrative: true\n"


@pytest.mark.parametrize("made_up", [
    ["volunteers/zhang.yml"], ["activities/clean.yml", "volunteers/zhang.yml", "volunteers/li.yml"]])
def test_real_and_illustrative_never_share_an_outcome(make_site: Make, made_up: list[str]) -> None:
    """Points of an illustrative volunteer never stand beside real ones, whatever the activity."""
    files = dict(RATED)
    for path in made_up:
        files[path] += SHOWN
    files["activities/real.yml"] = RATED["activities/clean.yml"].split("attendance")[0] + (
        "attendance: [{volunteer: li, hours: 4}]\n")
    content = check_site(make_site(files))
    rows = content.register.rows
    for outcome in content.outcomes:
        for standing in outcome.standings:
            inputs = [rows[standing.subject], *(rows[c.evidence] for c in standing.credits)]
            assert any(r.illustrative for r in inputs) == outcome.examples, (outcome, standing)
            assert outcome.illustrative or not outcome.examples


def test_illustrative_scheme_marks_its_outcomes(make_site: Make) -> None:
    """Under an illustrative scheme everything is illustrative, and real subjects still stand apart."""
    config = make_site({**RATED, "schemes/points.yml": RATED["schemes/points.yml"] + SHOWN})
    [outcome] = outcomes(config)
    assert (outcome.examples, outcome.illustrative) == (False, True)


def test_dropping_a_volunteer_changes_nobody_else(tmp_path: Path) -> None:
    """On a whole site, too: without one volunteer the others' values and credits are what they were."""
    names = [f"v{i}" for i in range(5)]
    rows = "".join(f"  - {{volunteer: {n}, hours: {i + 1}}}\n" for i, n in enumerate(names))
    files = {**BASE, "schemes/points.yml": RATED["schemes/points.yml"],
             **{f"volunteers/{n}.yml": "title: 某人\nsource: press\n" for n in names},
             "activities/a.yml": f"title: 清扫\nsource: press\ndate: 2026-05-01\nattendance:\n{rows}"}
    before = values(outcomes(write_site(tmp_path / "all", files))[0])
    files["activities/a.yml"] = files["activities/a.yml"].replace("  - {volunteer: v2, hours: 3}\n", "")
    after = values(outcomes(write_site(tmp_path / "less", files))[0])
    assert after == {k: v for k, v in before.items() if k != "volunteer/v2"}
    assert check_site(write_site(tmp_path / "less", files), AS_OF).outcomes


def test_illustrative_activity_credits_nobody_real(make_site: Make) -> None:
    """A made-up activity can't give a real volunteer points: each such row is refused."""
    found = problems(make_site({**RATED, "activities/clean.yml": RATED["activities/clean.yml"] + SHOWN}))
    assert codes(found) == ["illustrative-credit", "illustrative-credit"]


@pytest.mark.parametrize(("change", "count"), [
    ("withdrawn: {date: 2026-06-01, reason: 规则作废}\n", 0), ("effective: 2026-07-01\n", 0),
    ("ends: 2026-05-01\n", 0), ("effective: 2026-01-01\nends: 2026-12-31\n", 1)])
def test_scheme_counts_only_while_in_force(make_site: Make, change: str, count: int) -> None:
    """A withdrawn scheme, one that has not begun, and what comes after its end give no outcome."""
    assert len(outcomes(make_site({**RATED, "schemes/points.yml": RATED["schemes/points.yml"] + change}))) == count
