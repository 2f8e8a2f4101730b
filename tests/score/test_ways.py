"""What the next place or star would take: going the whole way gets there, going a step less does not."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.records.scheme import Scheme
from generator.results import Standing, Step
from generator.score.boards import Subjects, leaderboard, with_ways
from generator.score.facts import Fact
from tests.sites import RATED, Measured, board, grouped, scored, standing

AMOUNTS = {"count": [1], "ratio": [0, 1], "sum": [1, "0.5", 3], "mean": [1, 2, 5], "median": [1, 4, 7],
           "latest": ["0.25", "0.5", "0.75"]}
MEASURES: tuple[dict[str, str], ...] = (
    {"take": "sum"}, {"take": "sum", "weight": "2", "cap": "9"}, {"take": "sum", "weight": "-1", "floor": "-4"},
    {"take": "sum", "worst": "0", "best": "6", "weight": "20"}, {"take": "count", "weight": "0.5"},
    {"take": "count", "weight": "3", "cap": "7"}, {"take": "mean", "worst": "0", "best": "5", "weight": "10"},
    {"take": "mean", "worst": "9", "best": "0", "weight": "10"},
    {"take": "median", "worst": "8", "best": "1", "weight": "15"}, {"take": "median"},
    {"take": "ratio", "weight": "50"}, {"take": "ratio", "worst": "0.5", "best": "0.9", "weight": "10"},
    {"take": "latest", "worst": "0", "best": "1", "weight": "100"})
SUBJECTS = [f"volunteer/{c}" for c in "abcd"]


def scheme(measures: list[dict[str, str]], direction: str, decimals: int, banded: bool) -> Scheme:
    """Return a board of these measures, each over records of its own."""
    return Scheme.model_validate({
        "title": "榜", "source": "press", "form": "leaderboard", "rule": "无", "subject": "volunteer",
        "direction": direction, "decimals": str(decimals), "per": {"of": "x", "amount": "100"},
        "measures": [{"label": f"项{i}", "over": "activity", "subject": "self",
                      **({} if m["take"] == "count" else {"of": "x"}), **m} for i, m in enumerate(measures)],
        "bands": [{"floor": f, "word": f"{f}级"} for f in ("0", "8", "30")] if banded and direction == "high" else []})


@st.composite
def boards(draw: st.DrawFn) -> tuple[Scheme, list[Measured], Subjects]:
    """Draw a board of one to three measures with up to four subjects, some taken per a number of their own."""
    measures = draw(st.lists(st.sampled_from(MEASURES), min_size=1, max_size=3))
    rule = scheme(measures, draw(st.sampled_from(["high", "high", "low"])), draw(st.integers(0, 2)),
                  draw(st.booleans()))
    scaled = draw(st.booleans())
    subjects = {s: Fraction(draw(st.sampled_from([50, 80, 250]))) if scaled else Fraction(100)
                for s in SUBJECTS}
    found = [(i, Fact(f"2026-05-{day:02}", f"activity/{i}-{day}", Fraction(amount), subject))
             for subject in SUBJECTS for i, measure in enumerate(measures)
             for day, amount in enumerate(draw(st.lists(st.sampled_from(AMOUNTS[measure["take"]]), min_size=1,
                                                        max_size=4)), 1)]
    return rule, found, subjects


def scores(rule: Scheme, facts: list[Measured], subjects: Subjects, subject: str) -> Decimal:
    """Return a subject's published value."""
    value = next(s for s in leaderboard(rule, grouped(rule, facts), subjects, {}) if s.subject == subject).value
    assert value is not None
    return value


def after(rule: Scheme, facts: list[Measured], one: Standing, index: int, step: Step, less: bool, per: Fraction
          ) -> list[Measured]:
    """Return the facts once a step is gone, or all of it but its last unit, with further records of the same kind."""
    measure, tally = rule.measures[index], one.tallies[index]
    new = Fact("2026-06-01", "activity/new", Fraction(1), one.subject)
    if measure.take in ("count", "ratio"):
        count = int(step.amount) - less
        return facts + [(index, new._replace(evidence=f"activity/new-{n}")) for n in range(count)]
    if measure.take == "sum":
        unit = next(u for u in (Fraction(1), Fraction(1, 2), Fraction(1, 100))
                    if all((c.amount / u).denominator == 1 for c in tally.credits))
        return [*facts, (index, new._replace(amount=step.amount - less * unit))]
    assert step.value is not None
    unit = Fraction(1, 100) if measure.take == "latest" else Fraction(1, 2)
    back = unit if step.value > tally.value else -unit
    needed = (step.value - less * back) / per
    if measure.take == "latest":
        return [*facts, (index, new._replace(amount=needed))]
    shift = needed - tally.value / per
    return [(i, f._replace(amount=Fraction(f.amount) + shift) if (f.subject, i) == (one.subject, index) else f)
            for i, f in facts]


@given(boards())
def test_step_reaches_its_goal_and_a_unit_less_does_not(drawn: tuple[Scheme, list[Measured], Subjects]) -> None:
    """Whoever does what one step says, and nothing else, has the value of the goal; with one unit less, not yet."""
    rule, facts, subjects = drawn
    standings = with_ways(rule, leaderboard(rule, grouped(rule, facts), subjects, {}), subjects)
    values = {f"追平第 {s.rank} 名": s.value for s in standings}
    values |= {band.word: Decimal(band.floor) for band in rule.bands}
    for one in standings:
        per = 100 / (subjects[one.subject] or Fraction(1))
        for way in one.ways:
            target = values[way.goal]
            assert target is not None and one.value is not None and way.gap == abs(target - one.value)
            for step in way.steps:
                index = int(step.label.removeprefix("项"))
                gone, nearly = (scores(rule, after(rule, facts, one, index, step, less, per), subjects, one.subject)
                                for less in (False, True))
                low = rule.direction == "low"
                assert gone <= target if low else gone >= target, (way.goal, step)
                assert nearly > target if low else nearly < target, (way.goal, step)


@given(boards())
def test_measure_without_a_step_leads_nowhere(drawn: tuple[Scheme, list[Measured], Subjects]) -> None:
    """A measure that is not named could not do it alone: not with 1, 10 or 200 further records, however good."""
    rule, facts, subjects = drawn
    standings = with_ways(rule, leaderboard(rule, grouped(rule, facts), subjects, {}), subjects)
    values = {f"追平第 {s.rank} 名": s.value for s in standings}
    values |= {band.word: Decimal(band.floor) for band in rule.bands}
    for one in standings:
        for way in one.ways:
            named = {step.label for step in way.steps}
            for index, measure in enumerate(rule.measures):
                if measure.label in named or measure.take not in ("count", "sum", "ratio"):
                    continue
                for many in (1, 10, 200):
                    more = [(index, Fact("2026-06-01", f"activity/new-{n}", Fraction(1), one.subject))
                            for n in range(many)]
                    value, target = scores(rule, facts + more, subjects, one.subject), values[way.goal]
                    assert target is not None and (value > target if rule.direction == "low" else value < target)


@given(boards())
def test_everybody_but_the_best_has_a_goal(drawn: tuple[Scheme, list[Measured], Subjects]) -> None:
    """Whoever is not first is told how to draw level with the next better rank; the first is not."""
    rule, facts, subjects = drawn
    standings = with_ways(rule, leaderboard(rule, grouped(rule, facts), subjects, {}), subjects)
    ranks = sorted({s.rank for s in standings if s.rank})
    for one in standings:
        goals = [w.goal for w in one.ways if w.goal.startswith("追平")]
        better = [r for r in ranks if one.rank and r < one.rank]
        assert goals == ([f"追平第 {better[-1]} 名"] if better else [])


def test_hours_missing_by_hand() -> None:
    """Zhang has 2.5 and the band begins at 10: 7.5 more hours. Li has 2, in whole hours: 8 more, 1 to draw level."""
    files = {**RATED, "schemes/points.yml": RATED["schemes/points.yml"] + (
        "bands: [{floor: 0, word: 起步}, {floor: 10, word: 热心}]\n")}
    found = scored(files).board("points", "2026")
    told = {s.subject: [(w.goal, w.gap, [step.amount for step in w.steps]) for w in s.ways] for s in found.standings}
    assert told == {"volunteer/zhang": [("热心", Decimal("7.5"), [Fraction(15, 2)])],
                    "volunteer/li": [("热心", 8, [8]), ("追平第 1 名", Decimal("0.5"), [1])]}


def test_nought_is_a_goal_like_any_other() -> None:
    """Where the better value is 0, the way there is told all the same: B is at -1, A at 0."""
    rule = scheme([{"take": "sum"}], "high", 0, False)
    facts = [(0, Fact("2026-05-01", "activity/a", n, f"volunteer/{c}")) for c, n in (("a", 0), ("b", -1))]
    subjects = {f"volunteer/{c}": Fraction(100) for c in "ab"}
    _, second = with_ways(rule, leaderboard(rule, grouped(rule, facts), subjects, {}), subjects)
    assert [(w.goal, w.gap, [s.amount for s in w.steps]) for w in second.ways] == [("追平第 1 名", 1, [1])]


@pytest.mark.parametrize(("done", "all_", "needed"), [(1, 2, 3), (0, 1, 4), (3, 4, 1), (7, 10, 5)])
def test_good_cases_missing_by_hand(done: int, all_: int, needed: int) -> None:
    """1 of 2 in time, 80 % wanted: (1+3)/(2+3) = 4/5. 0 of 1: 4/5. 3 of 4: 4/5. 7 of 10: (7+5)/(10+5) = 4/5."""
    rule = scheme([{"take": "ratio", "weight": "100"}], "high", 0, False).model_copy(update={"bands": []})
    facts = [(0, Fact("2026-05-01", f"activity/{i}", int(i < done), "volunteer/a")) for i in range(all_)]
    facts += [(0, Fact("2026-05-01", f"activity/b{i}", int(i < 4), "volunteer/b")) for i in range(5)]
    subjects = {"volunteer/a": Fraction(100), "volunteer/b": Fraction(100)}
    standings = with_ways(rule, leaderboard(rule, grouped(rule, facts), subjects, {}), subjects)
    [way] = next(s for s in standings if s.subject == "volunteer/a").ways
    assert [(s.amount, s.unit) for s in way.steps] == [(needed, "件")]


# ── stars ──

VISIT = RATED["assessments/b3-2026.yml"]


@given(st.integers(0, 60), st.integers(0, 40))
def test_way_to_the_next_star(fire: int, tidy: int) -> None:
    """Of 60 and 40 points so many are there: the gap is named, and which criterion could fill it alone."""
    def visit(fire: int, tidy: int) -> Standing:
        text = VISIT.replace("fire, points: 50", f"fire, points: {fire}").replace(
            "tidy, points: 30", f"tidy, points: {tidy}")
        return standing(board(scored({**RATED, "assessments/b3-2026.yml": text}).results, "stars"), "area/b3")

    one = visit(fire, tidy)
    goal = next((floor for floor in (60, 90) if floor > fire + tidy), None)
    if goal is None:
        assert one.ways == ()
        return
    [way] = one.ways
    assert (way.goal, way.gap) == ({60: "三星", 90: "五星"}[goal], goal - fire - tidy)
    left = {"消防": 60 - fire, "卫生": 40 - tidy}
    assert {s.label: s.amount for s in way.steps} == {label: more for label, more in left.items() if more}
    assert [s.amount for s in way.steps] == sorted((s.amount for s in way.steps), reverse=True)
    for step in (s for s in way.steps if s.amount >= way.gap):
        gap = int(way.gap)
        more, less = ((fire + n, tidy) if step.label == "消防" else (fire, tidy + n) for n in (gap, gap - 1))
        assert visit(*more).word == way.goal
        assert visit(*less).word != way.goal
