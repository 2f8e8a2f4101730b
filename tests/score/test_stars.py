"""Star ratings: the latest valid assessment counts, for its months; a failing mark needs due process."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.records.forms import add_months
from generator.results import Standing
from tests.sites import APPEALED, RATED, board, build_site, check_site, codes, faults, places, problems, scored
from tests.sites import standing as standing_in

Make = Callable[..., Path]
VISIT = RATED["assessments/b3-2026.yml"]
STARS = RATED["schemes/stars.yml"]
APPEAL = APPEALED["appeals/a-0001.yml"]
FAILING = VISIT.replace("points: 50", "points: 20")
DUE_PROCESS = ("basis: 办法第三条\nevidence: [照片存档]\nnotified: 2026-04-02\nreply_channel: 社区服务大厅\n"
               "decided_by: 街道办\nexpires: 2026-12-31\n")
DECISION = "decided: {day}\ndecided_by: {by}\noutcome: {outcome}\nreasons: 复查属实。\n"
DAY = date(2026, 6, 30)


def standing(config: Path, day: date, subject: str = "area/b3") -> Standing:
    """Return a subject's standing under the star scheme on a day."""
    return standing_in(board(check_site(config, day).results, "stars"), subject)


def rated(files: dict[str, str], day: date = DAY) -> Standing:
    """Return the building's standing on a day, of files without a Problem."""
    found = scored({**RATED, **files}, day)
    assert [p.line() for p in found.problems] == []
    return standing_in(found.board("stars"), "area/b3")


def states(one: Standing) -> list[tuple[str, str]]:
    """Return (record, state) of each assessment, newest first."""
    return [(r.key.partition("/")[2], r.state) for r in one.ratings]


def test_points_give_stars_and_say_what_is_missing(make_site: Make) -> None:
    """The points of the criteria add up, the band gives stars and word, and the way to the next is named."""
    found = standing(make_site(RATED), DAY)
    assert (found.value, found.stars, found.word) == (80, 3, "三星")
    assert [(w.goal, w.gap) for w in found.ways] == [("五星", 10)]
    assert [(t.label, t.points, c.evidence) for t in found.tallies for c in t.credits] == [
        ("消防", 50, "assessment/b3-2026"), ("卫生", 30, "assessment/b3-2026")]


@pytest.mark.parametrize(("day", "word"), [
    (date(2026, 4, 1), "三星"), (date(2027, 4, 1), "三星"), (date(2027, 4, 2), "待评定")])
def test_rating_is_valid_for_its_months(make_site: Make, day: date, word: str) -> None:
    """A rating counts from its day for the scheme's months; then the subject is unrated, not at zero stars."""
    found = standing(make_site(RATED), day)
    assert found.outcome == word
    assert (found.stars is None, found.value is None, found.tallies == ()) == (word.endswith("评定"),) * 3
    assert found.reason == ("lapsed" if word == "待评定" else None)


def test_rating_that_lies_ahead_is_none_yet() -> None:
    """The day before it is made nobody knows of it: the building is unrated, with no history."""
    older = VISIT.replace("2026-04-01", "2025-10-01").replace("3栋评定", "3栋2025年评定")
    found = rated({"assessments/old.yml": older}, date(2026, 3, 31))
    assert (found.word, states(found)) == ("三星", [("old", "valid")])
    unrated = scored({**RATED, "areas/b1.yml": "title: 1栋\nsource: press\nlevel: 楼栋\narea: estate\n"}).board("stars")
    one = standing_in(unrated, "area/b1")
    assert (one.reason, one.outcome, one.value, one.stars, one.ratings) == ("unassessed", "未评定", None, None, ())


def test_rating_ends_with_its_own_term(make_site: Make) -> None:
    """An assessment's own expiry ends it before the scheme's months do."""
    config = make_site({**RATED, "assessments/b3-2026.yml": VISIT + "expires: 2026-05-31\n"})
    assert standing(config, date(2026, 5, 31)).outcome == "三星"
    assert standing(config, date(2026, 6, 1)).outcome == "待评定"


def test_latest_valid_assessment_counts(make_site: Make) -> None:
    """A newer assessment replaces an older one, and one that lies ahead does not yet."""
    newer = VISIT.replace("2026-04-01", "2026-06-01").replace("50", "60")
    config = make_site({**RATED, "assessments/a-newer.yml": newer})
    assert standing(config, date(2026, 5, 31)).value == 80
    after = standing(config, date(2026, 6, 1))
    assert (after.value, states(after)) == (90, [("a-newer", "valid"), ("b3-2026", "superseded")])


def test_an_older_rating_does_not_come_back() -> None:
    """When the newest rating lapses, an older one that still runs stays superseded: the subject waits for a new one."""
    newer = VISIT.replace("2026-04-01", "2026-06-01") + "expires: 2026-06-15\n"
    found = rated({"assessments/n.yml": newer})
    assert states(found) == [("n", "expired"), ("b3-2026", "superseded")]
    assert (found.ratings[0].stars, found.ratings[0].word) == (None, "")
    assert (found.reason, found.value) == ("lapsed", None)


def test_of_two_on_one_day_the_later_key_counts() -> None:
    """Two assessments of one day never both count, and which one does is settled by their ids."""
    found = rated({"assessments/c.yml": VISIT.replace("50", "60")})
    assert states(found) == [("c", "valid"), ("b3-2026", "superseded")]


def test_subjects_without_assessment_are_listed_last(make_site: Make) -> None:
    """Who could be rated and is not stands at the end, without value or star; others are not listed at all."""
    config = make_site({**RATED, "areas/b1.yml": "title: 1栋\nsource: press\nlevel: 楼栋\narea: estate\n"})
    outcome = board(check_site(config).results, "stars")
    assert [(s.subject, s.outcome, s.rank) for s in outcome.standings] == [
        ("area/b3", "三星", None), ("area/b1", "未评定", None)]


def test_exempt_building_has_no_stars_but_its_history() -> None:
    """An exemption hides no assessment: no star, no value, the reason, and what was found before; then stars again."""
    exempt = STARS + "exempt:\n  - {subject: area/b3, reason: 已列入征收, until: 2026-06-30}\n"
    found = rated({"schemes/stars.yml": exempt})
    assert (found.reason, found.detail, found.stars, found.value) == ("exempt", "已列入征收", None, None)
    assert states(found) == [("b3-2026", "valid")]
    assert rated({"schemes/stars.yml": exempt}, date(2026, 7, 1)).stars == 3


def test_each_assessment_is_read_under_its_own_version() -> None:
    """From May 80 points are five stars: what was found in April keeps three, what is found in May gets five."""
    second = STARS.replace("floor: 90", "floor: 80") + "replaces: stars\neffective: 2026-05-01\n"
    newer = VISIT.replace("scheme: stars", "scheme: stars-2").replace("2026-04-01", "2026-05-02")
    files = {"schemes/stars.yml": STARS + "effective: 2026-01-01\n", "schemes/stars-2.yml": second}
    assert rated(files).stars == 3
    found = rated({**files, "assessments/n.yml": newer})
    assert (found.stars, [(r.version, r.stars) for r in found.ratings]) == (5, [("", 5), ("", 3)])


def test_assessment_names_the_version_of_its_day() -> None:
    """Under a version that was not yet, or no longer, in force nothing is assessed; the right one is named."""
    files = {**RATED, "schemes/stars.yml": STARS + "effective: 2026-01-01\n",
             "schemes/stars-2.yml": STARS + "replaces: stars\neffective: 2026-04-01\n"}
    [problem] = scored(files).problems
    assert (problem.code, problem.place.keys) == ("version-not-in-force", ("scheme",))
    assert problem.values["right"] == "stars-2"


@given(st.lists(st.tuples(st.dates(date(2025, 1, 1), date(2026, 12, 31)), st.integers(10, 40)), max_size=5),
       st.dates(date(2025, 1, 1), date(2027, 12, 31)))
def test_at_most_one_assessment_counts(visits: list[tuple[date, int]], day: date) -> None:
    """On every day at most one of a building's assessments is valid: the newest that is made and not yet lapsed."""
    files = {**RATED, **{f"assessments/v{i}.yml": VISIT.replace("2026-04-01", when.isoformat()).replace(
        "tidy, points: 30", f"tidy, points: {points}") for i, (when, points) in enumerate(visits)}}
    made = [date(2026, 4, 1), *(when for when, _ in visits)]
    alive = [when for when in made if when <= day <= add_months(when, 12)]
    outcomes = [o for o in scored(files, day).results.outcomes if o.family == "stars"]
    one = standing_in(outcomes[0], "area/b3") if outcomes else Standing("area/b3", reason="unassessed")
    assert [r.record.date.exact for r in one.ratings if r.state == "valid"] == ([max(alive)] if alive else [])
    assert (one.stars is None) == (not alive)
    assert len(one.ratings) == sum(when <= day for when in made)


# ── due process ──


@pytest.mark.parametrize("lacking", [line + "\n" for line in DUE_PROCESS.splitlines()])
def test_failing_mark_needs_the_whole_due_process(make_site: Make, lacking: str) -> None:
    """Without notice, ground, channel of reply, another decider or an expiry nobody is publicly marked as failing."""
    whole = make_site({**RATED, "assessments/b3-2026.yml": FAILING + DUE_PROCESS})
    assert problems(whole) == []
    [found] = problems(make_site({"assessments/b3-2026.yml": FAILING + DUE_PROCESS.replace(lacking, "")}))
    assert found.code == "no-due-process" and lacking.split(":")[0] in found.message() and "不合格" in found.message()


def test_assessor_can_not_decide_alone(make_site: Make) -> None:
    """Who assessed can't be the one who decides on a failing mark."""
    same = DUE_PROCESS.replace("街道办", "评定小组")
    assert codes(problems(make_site({**RATED, "assessments/b3-2026.yml": FAILING + same}))) == ["no-due-process"]


def test_passing_mark_needs_no_due_process(make_site: Make) -> None:
    """A good mark takes nothing from anybody."""
    assert problems(make_site(RATED)) == []


@pytest.mark.parametrize(("change", "code"), [
    (("points: 50", "points: 61"), "points-over-max"), (("criterion: tidy", "criterion: noise"), "criterion-unknown"),
    (("  - {criterion: tidy, points: 30}\n", ""), "criterion-missing"),
    (("criterion: tidy", "criterion: fire"), "criterion-missing")])
def test_points_follow_the_scheme(make_site: Make, change: tuple[str, str], code: str) -> None:
    """Points are given for every criterion of the scheme, once, and never more than its maximum."""
    text = VISIT.replace(*change).replace("points: 50", "points: 60")
    assert code in codes(problems(make_site({**RATED, "assessments/b3-2026.yml": text})))


# ── appeals ──

FAILED = {"assessments/b3-2026.yml": FAILING + DUE_PROCESS, **APPEALED}


def test_failing_mark_under_appeal_is_not_shown_as_a_mark() -> None:
    """While the appeal is pending there is no star and no failing word, and the reason says so; before it there was."""
    assert rated(FAILED, date(2026, 4, 9)).word == "不合格"
    found = rated(FAILED, date(2026, 4, 10))
    assert (found.reason, found.outcome, found.value, found.word) == ("appealed", "申诉复核中", None, None)
    assert states(found) == [("b3-2026", "appealed")]


def test_appeal_against_a_good_mark_takes_nothing_away() -> None:
    """Who wants four stars instead of three keeps the three while the appeal is pending."""
    assert (rated(APPEALED).stars, states(rated(APPEALED))) == (3, [("b3-2026", "valid")])


def test_upheld_mark_stands_from_the_day_of_the_decision() -> None:
    """The day before the decision the appeal is pending, on its day the mark stands."""
    text = APPEAL + DECISION.format(day="2026-05-01", by="区复核组", outcome="维持")
    files = {**FAILED, "appeals/a-0001.yml": text}
    assert rated(files, date(2026, 4, 30)).reason == "appealed"
    assert rated(files, date(2026, 5, 1)).word == "不合格"


def test_withdrawn_appeal_is_no_appeal() -> None:
    """An appeal that was taken back holds nothing up."""
    files = {**FAILED, "appeals/a-0001.yml": APPEAL + "withdrawn: {date: 2026-04-12, reason: 本人撤回}\n"}
    assert rated(files).word == "不合格"


@pytest.mark.parametrize("outcome", ["撤销", "改判"])
def test_appeal_that_succeeded_must_be_carried_out(outcome: str) -> None:
    """A mark that was set aside can't go on standing: the build is refused until it is withdrawn, then it is gone."""
    text = APPEAL + DECISION.format(day="2026-05-01", by="区复核组", outcome=outcome)
    again = {"assessments/again.yml": VISIT.replace("2026-04-01", "2026-05-01")} if outcome == "改判" else {}
    text += "new_assessment: again\n" if again else ""
    files = {**RATED, **FAILED, **again, "appeals/a-0001.yml": text}
    [problem] = scored(files).problems
    assert (problem.code, problem.place.path) == ("appeal-not-carried-out", "appeals/a-0001.yml")
    assert problem.values["path"] == "assessments/b3-2026.yml"
    files["assessments/b3-2026.yml"] += "withdrawn: {date: 2026-05-01, reason: 经申诉撤销}\n"
    after = scored(files)
    assert after.problems == []
    marks = [(s.stars, states(s)) for o in after.results.outcomes if o.family == "stars" for s in o.standings]
    assert marks == ([(3, [("again", "valid")])] if again else [])


@pytest.mark.parametrize("who", ["评定小组", "街道办"])
def test_nobody_decides_an_appeal_against_their_own_work(who: str) -> None:
    """Neither who assessed nor who decided the first time may decide the appeal."""
    text = APPEAL + DECISION.format(day="2026-05-01", by=who, outcome="维持")
    [problem] = scored({**RATED, **FAILED, "appeals/a-0001.yml": text}).problems
    assert (problem.code, problem.place.keys) == ("same-decider", ("decided_by",))


@pytest.mark.parametrize("lacking", ["decided", "decided_by", "outcome", "reasons"])
def test_decision_is_whole_or_absent(lacking: str) -> None:
    """Day, decider, outcome and reasons belong together: each one missing is named."""
    whole = DECISION.format(day="2026-05-01", by="区复核组", outcome="维持")
    text = "".join(line + "\n" for line in whole.splitlines() if not line.startswith(f"{lacking}:"))
    [problem] = scored({**RATED, **FAILED, "appeals/a-0001.yml": APPEAL + text}).problems
    assert (problem.code, problem.values["names"]) == ("appeal-incomplete", lacking)


@pytest.mark.parametrize(("outcome", "more"), [("改判", ""), ("维持", "new_assessment: b3-2026\n")])
def test_new_mark_belongs_to_a_revised_one(outcome: str, more: str) -> None:
    """A revision names the new assessment, and nothing else does."""
    text = APPEAL + DECISION.format(day="2026-05-01", by="区复核组", outcome=outcome) + more
    assert codes(scored({**RATED, **FAILED, "appeals/a-0001.yml": text}).problems) == ["appeal-incomplete"]


def test_appeal_is_not_decided_before_it_is_filed() -> None:
    """A decision of the day before is refused."""
    text = APPEAL + DECISION.format(day="2026-04-09", by="区复核组", outcome="维持")
    assert codes(scored({**RATED, **FAILED, "appeals/a-0001.yml": text}).problems) == ["dates-reversed"]


# ── real and illustrative ──


@pytest.mark.parametrize("made_up", [("areas/b3.yml", "assessments/b3-2026.yml"), ("areas/b3.yml",)])
def test_illustrative_ratings_stand_apart(make_site: Make, made_up: tuple[str, ...]) -> None:
    """What rests on an illustrative assessment, or rates an illustrative place, is in no outcome of real ones."""
    area = "title: 3栋\nsource: press\nlevel: 楼栋\narea: estate\n"
    files = {**RATED, "areas/b3.yml": area, "areas/b1.yml": area.replace("3栋", "1栋"),
             "assessments/b1.yml": VISIT.replace("area/b3", "area/b1")}
    files.update({path: files[path] + "illustrative: true\n" for path in made_up})
    content = check_site(make_site(files))
    rows = content.register.rows
    stars = [o for o in content.results.outcomes if o.scheme == "stars"]
    assert {o.examples for o in stars} == {False, True}
    counted = 0
    for outcome in stars:
        for one in outcome.standings:
            for credit in [c for t in one.tallies for c in t.credits]:
                assert (rows[one.subject].illustrative or rows[credit.evidence].illustrative) == outcome.examples
                counted += 1
    assert counted == 4


@pytest.mark.parametrize(("day", "months", "later"), [
    (date(2026, 1, 31), 1, date(2026, 2, 28)), (date(2024, 1, 31), 1, date(2024, 2, 29)),
    (date(2026, 12, 15), 1, date(2027, 1, 15)), (date(2026, 4, 1), 12, date(2027, 4, 1)),
    (date(2024, 2, 29), 12, date(2025, 2, 28)), (date(2026, 5, 5), 0, date(2026, 5, 5))])
def test_months_end_on_a_day_that_exists(day: date, months: int, later: date) -> None:
    """Months are added as people do: the same day, or the month's last."""
    assert add_months(day, months) == later


def test_illustrative_rating_never_falls_on_a_real_place(make_site: Make) -> None:
    """A made-up mark on a real house would stand on its page: it is refused at its subject."""
    found = problems(make_site({**RATED, "assessments/b3-2026.yml": VISIT + "illustrative: true\n"}))
    assert places(found) == [("illustrative-credit", "assessments/b3-2026.yml", 4, 1)]


def test_assessment_of_what_the_scheme_does_not_rate_is_refused(make_site: Make) -> None:
    """An assessment never vanishes silently: a subject outside the scheme is a Problem at its place."""
    found = problems(make_site({**RATED, "assessments/b3-2026.yml": VISIT.replace("area/b3", "area/estate")}))
    assert places(found) == [("not-rated", "assessments/b3-2026.yml", 4, 1)]


def test_failing_mark_expires_with_its_page(make_site: Make, tmp_path: Path) -> None:
    """After its own term no page says what was found, and no older star returns."""
    older = VISIT.replace("2026-04-01", "2026-01-05").replace("points: 50", "points: 60")
    failed = (FAILING + DUE_PROCESS).replace("2026-12-31", "2026-07-31").replace(
        "criterion: fire, points: 20", "criterion: fire, points: 20, found: 楼道堆满旧家具")
    config = make_site({**RATED, "assessments/a-old.yml": older, "assessments/b3-2026.yml": failed})
    before, after = (build_site(config, tmp_path / name, day) for name, day in (
        ("before", date(2026, 7, 31)), ("after", date(2026, 8, 1))))
    assert "旧家具" in (before / "areas/b3.html").read_text()
    assert [p for p in after.rglob("*.html") if "旧家具" in p.read_text()] == []
    found = standing(config, date(2026, 8, 1))
    assert (found.reason, found.stars, found.ratings[0].state) == ("lapsed", None, "expired")
    assert "50 分" not in (after / "areas/b3.html").read_text()


def test_assessment_needs_some_date() -> None:
    """A rating of nobody knows when can't be put under the version of its time."""
    assert faults("assessment", VISIT.replace("date: 2026-04-01", "date: {words: 去年夏天}")) == ["day-needed"]
