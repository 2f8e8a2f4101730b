"""Boards of whole sites: what counts for whom, where and when, under which version; who has no rank, and why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.results import Outcome
from tests.sites import AS_OF, BASE, RATED, Scored, check_site, codes, problems, ranks, scored, standing

Make = Callable[..., Path]

POINTS = RATED["schemes/points.yml"]
SHOWN = "illustrative: true\n"


def outcomes(config: Path, scheme: str = "points") -> list[Outcome]:
    """Return the outcomes of one scheme."""
    return [o for o in check_site(config).results.outcomes if o.scheme == scheme]


def values(outcome: Outcome) -> dict[str, str]:
    """Return each subject's value as text."""
    return {s.subject: str(s.value) for s in outcome.standings}


def volunteers(**about: str) -> dict[str, str]:
    """Return volunteers by id, each with these lines more."""
    return {f"volunteers/{id}.yml": f"title: {id}某\nsource: press\n{more}" for id, more in about.items()}


def served(day: str, more: str = "", **hours: float) -> str:
    """Return an activity at which these volunteers served so many hours."""
    rows = "".join(f"  - {{volunteer: {id}, hours: {n}}}\n" for id, n in hours.items())
    return f"title: 清扫\nsource: press\ndate: {day}\n{more}attendance:\n{rows}"


def clean(files: dict[str, str], as_of: date = AS_OF) -> Scored:
    """Return what scoring makes of files without a Problem."""
    found = scored(files, as_of)
    assert [p.line() for p in found.problems] == []
    return found


def test_one_hour_is_one_point(make_site: Make) -> None:
    """Volunteers' points are their hours of the year, each proved by its activity."""
    [outcome] = outcomes(make_site(RATED))
    assert (outcome.period, values(outcome)) == ("2026", {"volunteer/zhang": "2.5", "volunteer/li": "2"})
    assert [(s.rank, s.tallies[0].credits[0].evidence) for s in outcome.standings] == [
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
    """Years are counted apart, the newest first; the one that goes on says so."""
    config = make_site({**RATED, "activities/old.yml": RATED["activities/clean.yml"].replace("2026", "2025")})
    assert [(o.period, o.running) for o in outcomes(config)] == [("2026", True), ("2025", False)]


def test_day_known_in_part_counts_only_where_it_is_sure() -> None:
    """An activity of some day in 2026 counts for the year, and for no month of it."""
    files = {**RATED, "activities/clean.yml": RATED["activities/clean.yml"].replace("2026-05-17", "2026")}
    assert [o.period for o in clean(files).results.outcomes if o.scheme == "points"] == ["2026"]
    files["schemes/points.yml"] = POINTS.replace("year", "month")
    assert [o for o in clean(files).results.outcomes if o.scheme == "points"] == []


def test_only_narrows_a_board(make_site: Make) -> None:
    """A board that is for one team lists nobody else."""
    config = make_site({**RATED, "schemes/points.yml": POINTS + "only: {team: team}\n"})
    assert values(outcomes(config)[0]) == {"volunteer/zhang": "2.5"}


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
    for outcome in content.results.outcomes:
        for one in outcome.standings:
            inputs = [rows[one.subject], *(rows[c.evidence] for t in one.tallies for c in t.credits)]
            assert any(r.illustrative for r in inputs) == outcome.examples, (outcome, one)
            assert outcome.illustrative or not outcome.examples


CASES = ("title: 榜\nsource: press\nform: leaderboard\nsubject: area\nrule: 无\nmeasures:\n"
         "  - {label: 办件, over: case, subject: area, take: count}\n")
"""A board of places by their cases."""
PLACE = "title: 某处\nsource: press\nlevel: {level}\n"


def place(level: str, above: str = "", more: str = "") -> str:
    """Return a place of a level, inside another one."""
    return PLACE.format(level=level) + (f"area: {above}\n" if above else "") + more


def case(area: str, more: str = "") -> str:
    """Return a case in a place."""
    return f"title: 事\nsource: press\narea: {area}\ncategory: 漏水\nreported: 2026-05-01\n{more}"


@given(st.lists(st.tuples(st.sampled_from(["x", "y"]), st.booleans()), max_size=6), st.booleans())
def test_illustrative_evidence_never_counts_for_a_real_subject(cases: list[tuple[str, bool]], made_up: bool) -> None:
    """Cases, made up or not, in two buildings, one of which may be made up: real places stand on real cases alone."""
    files = {"schemes/b.yml": CASES + "only: {level: 楼栋}\n", "cases/leak.yml": case("estate"),
             "areas/x.yml": place("楼栋", "estate", SHOWN if made_up else ""), "areas/y.yml": place("楼栋", "estate"),
             **{f"cases/c{i}.yml": case(area, SHOWN if shown else "") for i, (area, shown) in enumerate(cases)}}
    found = clean(files)
    rows = found.register.rows
    counted = 0
    for outcome in found.results.outcomes:
        for one in outcome.standings:
            assert rows[one.subject].illustrative == outcome.examples
            evidence = [rows[c.evidence] for t in one.tallies for c in t.credits]
            assert outcome.examples or not any(r.illustrative for r in evidence)
            counted += len(evidence)
    assert counted == sum(not shown or (area == "x" and made_up) for area, shown in cases)


def test_illustrative_scheme_marks_its_outcomes(make_site: Make) -> None:
    """Under an illustrative scheme everything is illustrative, and real subjects still stand apart."""
    config = make_site({**RATED, "schemes/points.yml": POINTS + SHOWN})
    [outcome] = outcomes(config)
    assert (outcome.examples, outcome.illustrative) == (False, True)


def test_dropping_a_volunteer_changes_nobody_else(tmp_path: Path) -> None:
    """On a whole site, too: without one volunteer the others' values and contributions are what they were."""
    names = [f"v{i}" for i in range(5)]
    files = {**BASE, "schemes/points.yml": POINTS, **volunteers(**dict.fromkeys(names, "")),
             "activities/a.yml": served("2026-05-01", **{n: i + 1 for i, n in enumerate(names)})}
    before = scored(files).board("points", "2026")
    files["activities/a.yml"] = files["activities/a.yml"].replace("  - {volunteer: v2, hours: 3}\n", "")
    after = scored(files).board("points", "2026")
    assert values(after) == {k: v for k, v in values(before).items() if k != "volunteer/v2"}
    assert {s.subject: s.tallies for s in after.standings} == {
        s.subject: s.tallies for s in before.standings if s.subject != "volunteer/v2"}


@given(st.permutations(["activities/a.yml", "activities/b.yml", "activities/clean.yml", "volunteers/zhang.yml"]))
def test_order_of_records_is_irrelevant(order: list[str]) -> None:
    """Files read in another order give the same outcomes."""
    files = {**RATED, "activities/a.yml": served("2026-05-17", zhang=1, li=1),
             "activities/b.yml": served("2025-03-01", li=1)}
    shuffled = {**{path: files[path] for path in order}, **files}
    assert scored(shuffled).results == scored(files).results


@given(st.sampled_from(["cases/x.yml", "documents/x.yml", "organisations/x.yml", "volunteers/x.yml", "areas/x.yml"]))
def test_record_that_does_not_count_changes_no_outcome(path: str) -> None:
    """One more case, document, team, volunteer without service or estate leaves every outcome as it was."""
    more = {"cases/x.yml": case("b3"), "documents/x.yml": BASE["documents/press.yml"],
            "organisations/x.yml": BASE["organisations/team.yml"], "volunteers/x.yml": "title: 王某\nsource: press\n",
            "areas/x.yml": place("小区")}
    assert clean({**RATED, path: more[path]}).results == clean(RATED).results


def test_illustrative_activity_credits_nobody_real(make_site: Make) -> None:
    """A made-up activity can't give a real volunteer points: each such row is refused."""
    found = problems(make_site({**RATED, "activities/clean.yml": RATED["activities/clean.yml"] + SHOWN}))
    assert codes(found) == ["illustrative-credit", "illustrative-credit"]


@pytest.mark.parametrize(("change", "count"), [
    ("withdrawn: {date: 2026-06-01, reason: 规则作废}\n", 0), ("effective: 2026-07-01\n", 0),
    ("ends: 2026-05-01\n", 0), ("effective: 2026-01-01\nends: 2026-12-31\n", 1)])
def test_scheme_counts_only_while_in_force(make_site: Make, change: str, count: int) -> None:
    """A withdrawn scheme, one that has not begun, and what comes after its end give no outcome."""
    assert len(outcomes(make_site({**RATED, "schemes/points.yml": POINTS + change}))) == count


# ── who has no rank, and why ──


def test_without_records_a_subject_is_listed_only_if_the_scheme_says_so() -> None:
    """Wang never served: not on the board, or, with list_all, at its end with the reason and no zero."""
    files = {**RATED, "volunteers/wang.yml": "title: 王某\nsource: press\n"}
    assert "volunteer/wang" not in ranks(clean(files).board("points", "2026"))
    files["schemes/points.yml"] = POINTS + "list_all: true\n"
    assert ranks(clean(files).board("points", "2026")) == {
        "volunteer/zhang": (1, "2.5"), "volunteer/li": (2, "2"), "volunteer/wang": (None, "no-records")}


def test_smallest_sample_counts_records_not_rows() -> None:
    """Li comes twice to one activity: that is one record, two are asked for; Zhang has two."""
    files = {**RATED, "schemes/points.yml": POINTS + "minimum: 2\n",
             "activities/a.yml": served("2026-05-01", zhang=1),
             "activities/clean.yml": RATED["activities/clean.yml"] + "  - {volunteer: li, hours: 9}\n"}
    found = clean(files).board("points", "2026")
    assert ranks(found) == {"volunteer/zhang": (1, "3.5"), "volunteer/li": (None, "small-sample")}
    assert "1 条" in standing(found, "volunteer/li").detail and "2 条" in standing(found, "volunteer/li").detail


def test_exempt_subject_is_listed_with_its_reason_until_the_exemption_ends() -> None:
    """Whoever is exempt has no rank, however many hours, up to the last day of the exemption; then ranks again."""
    exempt = "exempt:\n  - {subject: volunteer/zhang, reason: 站长本人不参评, until: 2026-06-30}\n"
    files = {**RATED, "schemes/points.yml": POINTS + exempt}
    found = clean(files).board("points", "2026")
    assert ranks(found) == {"volunteer/li": (1, "2"), "volunteer/zhang": (None, "exempt")}
    zhang = standing(found, "volunteer/zhang")
    assert (zhang.detail, zhang.tallies) == ("站长本人不参评", ())
    assert ranks(clean(files, date(2026, 7, 1)).board("points", "2026"))["volunteer/zhang"] == (1, "2.5")


@pytest.mark.parametrize(("households", "result"), [
    ("{words: 150户, number: 150}", (1, "2")), ("{words: 约150户, number: 150, bound: about}", (None, "no-base")),
    ("150余户", (None, "no-base")), ("", (None, "no-base")), ("{words: 7户, number: 7}", (1, "42.86"))])
def test_values_per_hundred_households(households: str, result: tuple[int | None, str]) -> None:
    """3 cases in 150 households are 3 × 100 / 150 = 2; in 7 they are 42.857…; about 150, or no number, is no base."""
    files = {"schemes/b.yml": CASES + "only: {level: 小区}\nper: {of: households, amount: 100, unit: 户}\n",
             "areas/x.yml": place("小区", "", f"households: {households}\n" if households else ""),
             **{f"cases/c{i}.yml": case("x") for i in range(3)}}
    assert ranks(clean(files).board("b"))["area/x"] == result


def test_no_household_is_a_problem() -> None:
    """Nothing can be taken per nought: the number is refused at its place."""
    files = {"schemes/b.yml": CASES + "per: {of: households}\n",
             "areas/x.yml": place("小区", "", "households: {words: 0户, number: 0}\n")}
    [problem] = scored(files).problems
    assert (problem.code, problem.place.path, problem.place.keys) == ("zero-divisor", "areas/x.yml", ("households",))


# ── places ──


def test_case_counts_for_the_nearest_rated_place_around_it() -> None:
    """A case in a house counts for its community, one in the street above for no community at all."""
    files = {"schemes/b.yml": CASES + "only: {level: 社区}\n", "areas/street.yml": place("镇街"),
             "areas/c1.yml": place("社区", "street"), "areas/e1.yml": place("小区", "c1"),
             "areas/h1.yml": place("楼栋", "e1"), "areas/c2.yml": place("社区", "street"),
             "cases/a.yml": case("h1"), "cases/b.yml": case("e1"), "cases/c.yml": case("c1"),
             "cases/d.yml": case("c2"), "cases/e.yml": case("street"), "cases/leak.yml": case("street")}
    found = clean(files).board("b")
    assert ranks(found) == {"area/c1": (1, "3"), "area/c2": (2, "1")}
    assert {c.evidence for c in standing(found, "area/c1").tallies[0].credits} == {"case/a", "case/b", "case/c"}


def test_case_counts_once_for_the_nearest_of_nested_places() -> None:
    """Where building and estate are both rated, a case in the building is the building's alone."""
    files = {"schemes/b.yml": CASES, "cases/a.yml": case("estate")}
    assert ranks(clean(files).board("b")) == {"area/b3": (1, "1"), "area/estate": (1, "1")}


def test_each_place_ranks_its_own() -> None:
    """With a scope every estate has a board of its own; who belongs to none stands on none."""
    files = {"schemes/points.yml": POINTS + "scope: 小区\n", "areas/other.yml": place("小区"),
             **volunteers(a="area: b3\n", b="area: estate\n", c="area: other\n", d=""),
             "activities/a.yml": served("2026-05-01", a=1, b=2, c=3, d=4)}
    found = clean(files)
    assert {o.scope: ranks(o) for o in found.results.outcomes} == {
        "area/estate": {"volunteer/b": (1, "2"), "volunteer/a": (2, "1")}, "area/other": {"volunteer/c": (1, "3")}}


def test_hours_of_members_are_the_team_s() -> None:
    """One hop: a volunteer's hours count for the team; those of nobody's team, or of another, do not."""
    files = {"schemes/teams.yml": (
        "title: 队伍榜\nsource: press\nform: leaderboard\nsubject: organisation\nrule: 无\nonly: {type: 志愿队伍}\n"
        "measures:\n  - {label: 队员, over: activity.attendance, subject: volunteer.team, take: sum, of: hours}\n"),
        "organisations/other.yml": "title: 物业\nsource: press\ntype: 企业\n",
        **volunteers(a="team: team\n", b="team: team\n", c="", d="team: other\n"),
        "activities/a.yml": served("2026-05-01", a=1, b=2.5, c=4, d=8)}
    assert ranks(clean(files).board("teams")) == {"organisation/team": (1, "3.5")}


def test_illustrative_member_gives_a_real_team_nothing() -> None:
    """The hours of a made-up activity never reach a real team, not even over a made-up member."""
    files = {"schemes/teams.yml": (
        "title: 队伍榜\nsource: press\nform: leaderboard\nsubject: organisation\nrule: 无\nmeasures:\n"
        "  - {label: 队员, over: activity.attendance, subject: volunteer.team, take: sum, of: hours}\n"),
        **volunteers(a="team: team\n", b="team: team\nillustrative: true\n"),
        "activities/a.yml": served("2026-05-01", a=1), "activities/b.yml": served("2026-05-02", SHOWN, b=2)}
    assert ranks(clean(files).board("teams")) == {"organisation/team": (1, "1")}


# ── figures, versions, windows ──


def test_equal_figures_are_equal_ranks() -> None:
    """Means of 0.333… and 0.334 are both shown as 0.33, so both are first; with three decimals they differ."""
    text = POINTS.replace("take: sum", "take: mean")
    files = {"schemes/points.yml": text + "decimals: 2\n", **volunteers(a="", b=""),
             "activities/a.yml": served("2026-05-01", a=0.1, b=0.334), "activities/b.yml": served("2026-05-02", a=0.5),
             "activities/c.yml": served("2026-05-03", a=0.4)}
    assert ranks(clean(files).board("points", "2026")) == {"volunteer/a": (1, "0.33"), "volunteer/b": (1, "0.33")}
    files["schemes/points.yml"] = text + "decimals: 3\n"
    assert ranks(clean(files).board("points", "2026")) == {"volunteer/b": (1, "0.334"), "volunteer/a": (2, "0.333")}


def test_low_and_dense_board() -> None:
    """Where less is better the smallest is first; dense ranks are not passed over."""
    files = {"schemes/points.yml": POINTS + "direction: low\nties: dense\n", **volunteers(a="", b="", c="", d=""),
             "activities/a.yml": served("2026-05-01", a=3, b=1, c=1, d=2)}
    assert {k: r for k, (r, _) in ranks(clean(files).board("points", "2026")).items()} == {
        "volunteer/b": 1, "volunteer/c": 1, "volunteer/d": 2, "volunteer/a": 3}


def test_movement_against_the_period_before() -> None:
    """A was first and is second, B was second and is first, C is new: nobody's rank is made up."""
    files = {"schemes/points.yml": POINTS.replace("year", "quarter"), **volunteers(a="", b="", c=""),
             "activities/a.yml": served("2026-02-01", a=5, b=3),
             "activities/b.yml": served("2026-05-01", a=1, b=2, c=1)}
    found = clean(files)
    assert {s.subject: (s.rank, s.before) for s in found.board("points", "2026-Q2").standings} == {
        "volunteer/b": (1, 2), "volunteer/a": (2, 1), "volunteer/c": (2, None)}
    assert {s.before for s in found.board("points", "2026-Q1").standings} == {None}


BETTER = ("title: 进步榜\nsource: press\nform: leaderboard\nsubject: volunteer\nrule: 比上一季度多几分。\n"
          "period: quarter\ncompares: points\n")


def test_improvement_is_this_period_less_the_one_before() -> None:
    """A: 1 - 5 = -4, B: 4 - 3 = 1; C has no period before, D none now. Both figures stand there."""
    files = {"schemes/points.yml": POINTS.replace("year", "quarter"), "schemes/better.yml": BETTER,
             **volunteers(a="", b="", c="", d=""), "activities/a.yml": served("2026-02-01", a=5, b=3, d=1),
             "activities/b.yml": served("2026-05-01", a=1, b=4, c=1)}
    found = clean(files)
    assert [o.period for o in found.results.outcomes if o.family == "better"] == ["2026-Q2"]
    board = found.board("better", "2026-Q2")
    assert ranks(board) == {"volunteer/b": (1, "1"), "volunteer/a": (2, "-4"), "volunteer/c": (None, "no-previous")}
    assert [(t.label, t.points) for t in standing(board, "volunteer/a").tallies] == [
        ("2026年第2季度", 1), ("2026年第1季度", -5)]


def test_each_period_is_scored_by_the_version_of_its_first_day() -> None:
    """From 1 April an hour gives two points: the second quarter counts so, the first as before, on one address."""
    second = POINTS.replace("year", "quarter").replace("of: hours", "of: hours, weight: 2")
    files = {"schemes/points.yml": POINTS.replace("year", "quarter") + "effective: 2026-01-01\n",
             "schemes/points-2.yml": second + "replaces: points\neffective: 2026-04-01\n", **volunteers(a=""),
             "activities/a.yml": served("2026-03-31", a=3), "activities/b.yml": served("2026-04-01", a=3)}
    found = clean(files).results.outcomes
    assert [(o.family, o.scheme, o.period, o.standings[0].value) for o in found] == [
        ("points", "points-2", "2026-Q2", 6), ("points", "points", "2026-Q1", 3)]


def test_version_in_the_middle_of_a_period_waits_for_the_next() -> None:
    """A version of 1 May does not touch the quarter that began in April; before its first day it is not in force."""
    second = POINTS.replace("year", "quarter").replace("of: hours", "of: hours, weight: 2")
    files = {"schemes/points.yml": POINTS.replace("year", "quarter") + "effective: 2026-01-01\n",
             "schemes/points-2.yml": second + "replaces: points\neffective: 2026-05-01\n", **volunteers(a=""),
             "activities/a.yml": served("2026-05-02", a=3), "activities/b.yml": served("2026-07-01", a=3)}
    assert {o.period: o.scheme for o in clean(files, date(2026, 7, 31)).results.outcomes} == {
        "2026-Q2": "points", "2026-Q3": "points-2"}


def test_address_of_a_family_outlives_its_first_version() -> None:
    """When the first version is withdrawn, the later one's board keeps the family's name."""
    gone = "effective: 2025-01-01\nwithdrawn: {date: 2026-01-01, reason: 旧}\n"
    files = {**RATED, "schemes/points.yml": POINTS + gone,
             "schemes/points-2.yml": POINTS + "replaces: points\neffective: 2026-01-01\n"}
    assert [(o.family, o.scheme) for o in clean(files).results.outcomes if o.form == "leaderboard"] == [
        ("points", "points-2")]


def test_rolling_board_moves_with_the_day() -> None:
    """Three months back from 30 June: April counts, February was the window before, last November is forgotten."""
    files = {"schemes/points.yml": POINTS.replace("period: year", "period: rolling\nmonths: 3"),
             **volunteers(a="", b=""), "activities/a.yml": served("2026-04-01", a=1, b=2),
             "activities/b.yml": served("2026-02-01", a=9), "activities/c.yml": served("2025-11-01", b=9),
             "activities/d.yml": served("2026-05", a=9)}
    [found] = [o for o in clean(files).results.outcomes if o.family == "points"]
    assert (found.period, found.words) == ("", "近3个月（2026-03-31 至 2026-06-30）")
    assert {s.subject: (s.rank, str(s.value), s.before) for s in found.standings} == {
        "volunteer/b": (1, "2", None), "volunteer/a": (2, "1", 1)}


def test_exemption_is_judged_by_the_period_not_by_today() -> None:
    """Exempt to the end of 2025: exempt on the board of 2025 for ever, and not on that of 2026."""
    exempt = "exempt:\n  - {subject: volunteer/zhang, reason: 站长, since: 2025-07-01, until: 2025-12-31}\n"
    files = {**RATED, "schemes/points.yml": POINTS + exempt, "activities/old.yml": served("2025-05-01", zhang=9, li=1),
             "activities/older.yml": served("2024-05-01", zhang=9)}
    for day in (date(2025, 12, 31), date(2026, 1, 1), date(2026, 6, 30)):
        assert ranks(clean(files, day).board("points", "2025"))["volunteer/zhang"] == (None, "exempt")
    assert ranks(clean(files).board("points", "2026"))["volunteer/zhang"] == (1, "2.5")
    assert ranks(clean(files).board("points", "2024"))["volunteer/zhang"] == (1, "9")


def test_ranks_under_two_versions_are_not_compared() -> None:
    """In the first period of a new version nobody moves, and nobody has improved: the rule has changed."""
    second = POINTS.replace("year", "quarter").replace("of: hours", "of: hours, weight: 2")
    files = {"schemes/points.yml": POINTS.replace("year", "quarter") + "effective: 2026-01-01\n",
             "schemes/points-2.yml": second + "replaces: points\neffective: 2026-04-01\n",
             "schemes/better.yml": BETTER, **volunteers(a="", b=""),
             "activities/a.yml": served("2026-02-01", a=3, b=1), "activities/b.yml": served("2026-05-01", a=1, b=3),
             "activities/c.yml": served("2026-07-01", a=5, b=3)}
    found = clean(files, date(2026, 7, 31))
    assert {s.before for s in found.board("points", "2026-Q2").standings} == {None}
    assert {s.subject: s.before for s in found.board("points", "2026-Q3").standings} == {
        "volunteer/a": 2, "volunteer/b": 1}
    assert [o.period for o in found.results.outcomes if o.family == "better"] == ["2026-Q3"]


@pytest.mark.parametrize(("take", "value"), [
    ("ratio, of: due_day", "1"), ("within_days, of: resolved, since: due_day, days: 3", "0")])
def test_derived_dates_can_be_counted(take: str, value: str) -> None:
    """A deadline is a date like any other, and something to count from; a case without one says nothing."""
    files = {"schemes/s.yml": (
        "title: 榜\nsource: press\nform: leaderboard\nsubject: area\nonly: {level: 小区}\nrule: 无\n"
        f"measures: [{{label: 项, over: case, subject: area, take: {take}}}]\n"),
        "cases/leak.yml": "title: 漏\nsource: press\narea: b3\ncategory: 漏\nreported: 2026-05-01\ndue: 2026-05-05\n",
        "cases/other.yml": "title: 灯\nsource: press\narea: b3\ncategory: 灯\nreported: 2026-05-01\n"}
    assert ranks(clean(files).board("s"))["area/estate"] == (1, value)


@pytest.mark.parametrize("kind", ["listing", "appeal", "outcome"])
def test_what_expires_is_counted_by_no_board(kind: str) -> None:
    """A board over entries of a list would keep them, frozen, when they have left: no measure counts them."""
    scheme = ("title: 榜\nsource: press\nform: leaderboard\nsubject: area\nrule: 无\n"
              f"measures: [{{label: 项, over: {kind}, subject: subject, take: count}}]\n")
    assert codes(scored({"schemes/s.yml": scheme}).problems) == ["unknown-measure"]
