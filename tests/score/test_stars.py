"""Star ratings: the latest valid assessment counts, for its months; a failing mark needs due process."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from generator.data import Standing
from generator.score.stars import add_months
from tests.sites import RATED, check_site, codes, places, problems

Make = Callable[..., Path]
VISIT = RATED["assessments/b3-2026.yml"]
FAILING = VISIT.replace("points: 50", "points: 20")
DUE_PROCESS = ("basis: 办法第三条\nnotified: 2026-04-02\nreply_channel: 社区服务大厅\ndecided_by: 街道办\n"
               "expires: 2026-12-31\n")


def standing(config: Path, day: date, subject: str = "area/b3") -> Standing:
    """Return a subject's standing under the star scheme on a day."""
    [outcome] = [o for o in check_site(config, day).outcomes if o.scheme == "stars"]
    return next(s for s in outcome.standings if s.subject == subject)


def test_points_give_stars_and_say_what_is_missing(make_site: Make) -> None:
    """The points of the criteria add up, the band gives stars and word, and the way to the next is named."""
    found = standing(make_site(RATED), date(2026, 6, 30))
    assert (found.value, found.stars, found.word, found.to_next, found.next_word) == (80, 3, "三星", 10, "五星")
    assert [(c.measure, c.points, c.evidence) for c in found.credits] == [
        ("消防", 50, "assessment/b3-2026"), ("卫生", 30, "assessment/b3-2026")]


@pytest.mark.parametrize(("day", "word"), [
    (date(2026, 3, 31), "未评定"), (date(2026, 4, 1), "三星"), (date(2027, 4, 1), "三星"),
    (date(2027, 4, 2), "待评定")])
def test_rating_is_valid_for_its_months(make_site: Make, day: date, word: str) -> None:
    """A rating counts from its day for the scheme's months; then the subject is unrated, not at zero stars."""
    found = standing(make_site(RATED), day)
    assert found.word == word
    assert (found.stars is None, found.credits == ()) == (word.endswith("评定"),) * 2


def test_rating_ends_with_its_own_term(make_site: Make) -> None:
    """An assessment's own expiry ends it before the scheme's months do."""
    config = make_site({**RATED, "assessments/b3-2026.yml": VISIT + "expires: 2026-05-31\n"})
    assert standing(config, date(2026, 5, 31)).word == "三星"
    assert standing(config, date(2026, 6, 1)).word == "待评定"


def test_latest_valid_assessment_counts(make_site: Make) -> None:
    """A newer assessment replaces an older one, and one that lies ahead does not yet."""
    newer = VISIT.replace("2026-04-01", "2026-06-01").replace("50", "60")
    config = make_site({**RATED, "assessments/a-newer.yml": newer})
    assert standing(config, date(2026, 5, 31)).value == 80
    assert standing(config, date(2026, 6, 1)).value == 90


def test_subjects_without_assessment_are_listed_last(make_site: Make) -> None:
    """Who could be rated and is not stands at the end, without value or star; others are not listed at all."""
    config = make_site({**RATED, "areas/b1.yml": "title: 1栋\nsource: press\nlevel: 楼栋\narea: estate\n"})
    [outcome] = [o for o in check_site(config).outcomes if o.scheme == "stars"]
    assert [(s.subject, s.word, s.rank) for s in outcome.standings] == [
        ("area/b3", "三星", None), ("area/b1", "未评定", None)]


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


@pytest.mark.parametrize("made_up", [("areas/b3.yml", "assessments/b3-2026.yml"), ("areas/b3.yml",)])
def test_illustrative_ratings_stand_apart(make_site: Make, made_up: tuple[str, ...]) -> None:
    """What rests on an illustrative assessment, or rates an illustrative place, is in no outcome of real ones."""
    area = "title: 3栋\nsource: press\nlevel: 楼栋\narea: estate\n"
    files = {**RATED, "areas/b3.yml": area, "areas/b1.yml": area.replace("3栋", "1栋"),
             "assessments/b1.yml": VISIT.replace("area/b3", "area/b1")}
    files.update({path: files[path] + "illustrative: true\n" for path in made_up})
    content = check_site(make_site(files))
    rows = content.register.rows
    assert {o.examples for o in content.outcomes if o.scheme == "stars"} == {False, True}
    for outcome in (o for o in content.outcomes if o.scheme == "stars"):
        for standing in outcome.standings:
            if standing.credits:
                inputs = [rows[standing.subject], *(rows[c.evidence] for c in standing.credits)]
                assert any(r.illustrative for r in inputs) == outcome.examples


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
