"""Editions of bulletins: computed as of the end of each period, whatever happens afterwards."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import link
from generator.data import Raw, Register, row_of
from generator.editions import Edition, Item, items_of, rows_text
from generator.periods import periods, span
from generator.records.base import Promise
from generator.records.bulletin import SERIES, WRITTEN, Bulletin
from generator.records.case import Case
from generator.score.bulletins import earliest, editions
from generator.score.courses import Course, course_of, fate, late_spans, open_spans
from generator.score.facts import Found
from tests.sites import APPEALED, AS_OF, BASE, RATED, raw, record, scored

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
HAPPENED = ("began", "moved", "amended", "reopened", "closed", "confirmed", "kept", "missed")


@cache
def register() -> Register:
    """The places of the clean site: an estate, and building b3 inside it."""
    rows = [row_of(record("area", BASE[f"areas/{id}.yml"]), raw("area", BASE[f"areas/{id}.yml"], id), AS_OF)
            for id in ("estate", "b3")]
    return link.link(rows)[0]


def bulletin(series: str, period: str, area: str = "estate", examples: bool = False) -> Found:
    """Return a bulletin as workers find it."""
    one = record("bulletin", f"title: 简报\nsource: press\narea: {area}\nseries: {series}\nperiod: {period}\n"
                             f"published: {span(period)[1]}\ncomment: 好\nillustrative: {str(examples).lower()}\n")
    assert isinstance(one, Bulletin)
    return Found(f"bulletin/{series}-{period}-{area}", examples, one)


JANUARY = [bulletin(series, {"2026-W47": "2026-W01", "2026-11-b": "2026-01-a", "2026-11": "2026-01"}[written])
           for series, written in WRITTEN.items()]


def course(id: str, case: Case, area: str = "b3", examples: bool = False) -> Course:
    """Return what a case tells."""
    return Course(f"case/{id}", area, examples, tuple(case.events()), tuple(case.promises(LAST)))


def told(courses: Iterable[Course], as_of: date = LAST, bulletins: list[Found] = JANUARY) -> dict[str, Edition]:
    """Return period -> edition of all series of the estate."""
    return {e.period: e for e in editions(bulletins, courses, {}, register(), (), as_of, {})}


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A case of 2026 with up to two deadlines, some steps, perhaps closed, reopened and closed again."""
    begun = FIRST + timedelta(draw(st.integers(3, 300)))
    after = st.integers(0, 60).map(lambda days: (begun + timedelta(days)).isoformat())
    data: dict[str, Any] = {"title": "漏水", "source": "press", "category": "漏水", "reported": begun.isoformat(),
                            "steps": [{"date": draw(after), "action": "看"} for _ in range(draw(st.integers(0, 2)))]}
    if draw(st.booleans()):
        data["ladder"] = [{"level": "社区自办", "date": begun.isoformat(), "due": draw(after)}]
        if draw(st.booleans()):
            data["ladder"].append({"level": "网格长联办", "date": draw(after), "due": draw(after)})
    if draw(st.booleans()):
        data["resolved"] = resolved = draw(after)
        if draw(st.booleans()):
            data["reopened"] = [draw(after)]
        elif draw(st.booleans()):
            data["confirmed"] = (date.fromisoformat(resolved) + timedelta(draw(st.integers(0, 9)))).isoformat()
    return Case.model_validate(data)


SOME = st.lists(cases(), min_size=1, max_size=5).map(lambda some: [course(f"c{i}", c) for i, c in enumerate(some)])


def happened(edition: Edition) -> Counter[Item]:
    """Return what an edition tells of its days, without how things stood at its end."""
    return Counter(i for i in edition.items if i.what in HAPPENED)


@given(SOME)
def test_every_event_falls_into_exactly_one_period(courses: list[Course]) -> None:
    """Whatever happened on a known day of the year stands in one week, one half-month and one month, once."""
    found = told(courses)
    events = Counter(Item(e.verb, e.day, c.key, e.part) for c in courses for e in c.events)
    for length in ("week", "half-month", "month"):
        some = sum((happened(e) for e in found.values() if e.kind == length), Counter())
        assert {i: n for i, n in some.items() if i.what not in ("kept", "missed")} == events
        assert all(e.first <= item.day <= e.last for e in found.values() for item in happened(e))


@given(SOME)
def test_halves_make_the_month(courses: list[Course]) -> None:
    """The two halves of a month tell together what the month tells, and end as it ends."""
    found = told(courses)
    for month in (p for p in found if len(p) == 7):
        first, second, whole = found[f"{month}-a"], found[f"{month}-b"], found[month]
        assert happened(first) + happened(second) == happened(whole)
        assert (second.of("open"), second.of("late")) == (whole.of("open"), whole.of("late"))


def until(case: Case, day: date) -> Case:
    """Return a case as it was written down on a day: nothing that happened later."""
    def known(value: object) -> object:
        if isinstance(value, list):
            return [v for v in map(known, value) if v is not None]
        at = value.get("date") if isinstance(value, dict) else value
        return None if isinstance(at, str) and at[:1] == "2" and at > day.isoformat() else value
    data = {name: known(value) for name, value in case.model_dump(mode="json", exclude_none=True).items()}
    for name in ("reported", "resolved", "confirmed"):
        data[name] = known((data.get(name) or {}).get("value"))
    data["reopened"] = [d["value"] for d in data["reopened"] if d["value"] <= day.isoformat()]
    for name in ("ladder", "steps"):
        data[name] = [part for part in data[name] if part["date"]["value"] <= day.isoformat()]
    if data["resolved"] is None:
        data["confirmed"] = None
    return Case.model_validate({name: value for name, value in data.items() if value is not None})


@given(st.lists(cases(), min_size=1, max_size=4), st.integers(20, 340))
def test_what_comes_later_changes_nothing(some: list[Case], days: int) -> None:
    """A period that is over is told alike by records as they were then and as they are today."""
    day = FIRST + timedelta(days)
    now = told([course(f"c{i}", c) for i, c in enumerate(some)])
    then = told([course(f"c{i}", until(c, day)) for i, c in enumerate(some)
                 if c.reported and c.reported.day <= day.isoformat()])
    over = [p for p in now if span(p)[1] <= day]
    assert over
    for period in over:
        assert now[period].items == then[period].items, period


@given(SOME, st.randoms())
def test_order_of_records_is_irrelevant(courses: list[Course], chance: random.Random) -> None:
    """The same records in another order give the same editions."""
    shuffled = courses[:]
    chance.shuffle(shuffled)
    assert told(shuffled) == told(courses)


@given(st.lists(cases(), min_size=1, max_size=4), st.integers(0, 364))
def test_running_period_says_what_the_pages_say(some: list[Case], days: int) -> None:
    """What is open and late on the day itself is what each case's own page shows: status and days overdue."""
    day = FIRST + timedelta(days)
    known = [until(c, day) for c in some if c.reported and c.reported.day <= day.isoformat()]
    running = [e for e in told([course(f"c{i}", c) for i, c in enumerate(known)], day).values() if e.running]
    assert len(running) == 3
    going = {f"case/c{i}" for i, c in enumerate(known) if c.status(day) in ("未开始", "办理中")}
    late = {f"case/c{i}" for i, c in enumerate(known) if f"case/c{i}" in going and c.overdue_days(day)}
    for edition in running:
        assert {i.key for i in edition.of("open")} == going
        assert {i.key for i in edition.of("late")} == late


@given(SOME)
def test_rows_survive_being_frozen(courses: list[Course]) -> None:
    """What is written beside a bulletin is read again as the same items."""
    for edition in told(courses).values():
        assert items_of(rows_text(edition.items)) == edition.items


@given(st.lists(cases(), min_size=1, max_size=5), st.integers(0, 360))
def test_what_workers_leave_out_is_missed_by_nobody(some: list[Case], days: int) -> None:
    """Workers drop records that were over before the first period: the editions are the same without them."""
    start = FIRST + timedelta(days)
    week = [bulletin("一周一调度", f"{start.isocalendar()[0]}-W{start.isocalendar()[1]:02d}")]
    since = earliest(week, {})
    rows = [row_of(c, Raw("case", f"c{i}", "", {}), LAST)._replace(area="b3") for i, c in enumerate(some)]
    kept = [found for row, c in zip(rows, some, strict=True) if (found := course_of(row, c, since, LAST))]
    assert told(kept, bulletins=week) == told([course(f"c{i}", c) for i, c in enumerate(some)], bulletins=week)


def test_workers_leave_out_what_was_over() -> None:
    """A case closed and confirmed before the first period is dropped, one still open then is kept."""
    old = Case.model_validate({"title": "漏", "source": "press", "category": "漏", "reported": "2026-01-05",
                               "resolved": "2026-01-07"})
    row = row_of(old, Raw("case", "old", "", {}), LAST)
    assert course_of(row, old, "2026-01-08", LAST) is None and course_of(row, old, "2026-01-07", LAST) is not None


# ── by hand ──

SPANS = [("2026-05-01", "2026-05-10"), ("2026-05-20", "9999-12-31")]


@pytest.mark.parametrize(("promise", "word"), [
    (Promise("2026-05-10"), "kept"), (Promise("2026-05-09"), "missed"),
    (Promise("2026-05-09", met="2026-05-09"), "kept"),
    (Promise("2026-05-09", replaced="2026-05-09"), ""), (Promise("2026-05-09", replaced="2026-05-10"), "missed"),
    (Promise("2026-05-25"), "missed"), (Promise("2026-06-30"), ""), (Promise("2026-07-01"), ""),
    (Promise("2026-04-01"), "missed")])
def test_fate_of_a_promise(promise: Promise, word: str) -> None:
    """Kept if closed or met by then, gone if replaced by then, else missed once its day is over; today is not over."""
    assert fate(promise, SPANS, "2026-06-30") == word


def test_late_from_the_day_after() -> None:
    """A promise is late from the day after until it is met, replaced or the record closes; again once reopened."""
    assert late_spans([Promise("2026-05-05")], SPANS) == [("2026-05-06", "2026-05-10"), SPANS[1]]
    assert late_spans([Promise("2026-05-05", met="2026-05-08")], SPANS) == [("2026-05-06", "2026-05-08")]
    assert late_spans([Promise("2026-05-05", replaced="2026-05-06")], SPANS) == []


def test_day_known_in_part_falls_where_it_lies_whole() -> None:
    """“May” is in the month of May, and in none of its weeks."""
    case = Case.model_validate({"title": "漏", "source": "press", "category": "漏", "reported": "2026-05"})
    found = told([course("a", case)])
    assert [p for p, e in found.items() if e.of("began")] == ["2026-05"]
    assert open_spans(tuple(case.events())) == [("2026-05-01", "9999-12-31")]


def test_places_below_count_and_others_do_not() -> None:
    """An estate's bulletin tells of its buildings, a building's not of its estate; real and made-up never mix."""
    case = Case.model_validate({"title": "漏", "source": "press", "category": "漏", "reported": "2026-05-06"})
    two = [bulletin("一月一点评", "2026-05"), bulletin("一月一点评", "2026-05", "b3"),
           bulletin("一月一点评", "2026-05", "estate", True)]
    courses = [course("low", case), course("high", case, "estate"), course("made-up", case, "b3", True)]
    found = {(e.area, e.examples): {i.key for i in e.of("began")}
             for e in editions(two, courses, {}, register(), (), LAST, {}) if e.period == "2026-05"}
    assert found == {("estate", False): {"case/low", "case/high"}, ("b3", False): {"case/low"},
                     ("estate", True): {"case/made-up"}}


def test_series_runs_from_its_first_bulletin_to_today() -> None:
    """Every period in between is there, with a bulletin or without; the last one is running."""
    found = told([], date(2026, 2, 10), [bulletin("一周一调度", "2026-W05"), bulletin("一周一调度", "2026-W03")])
    assert [(e.period, e.commented, e.running) for e in found.values()] == [
        ("2026-W07", False, True), ("2026-W06", False, False), ("2026-W05", True, False), ("2026-W04", False, False),
        ("2026-W03", True, False)]


@pytest.mark.parametrize("kind", SERIES.values())
def test_periods_leave_no_day_out(kind: str) -> None:
    """The periods of years follow each other without a gap, across the turns of years as well."""
    some = [span(p) for p in periods(kind, date(2020, 1, 1), date(2027, 1, 31))]
    assert all(a[1] + timedelta(1) == b[0] for a, b in pairwise(some)) and len(some) > 80


# ── with boards and stars ──

MONTH = "title: 六月点评\nsource: press\narea: estate\nseries: 一月一点评\nperiod: 2026-04\npublished: 2026-05-02\n"
FAILED = ("basis: 办法\nevidence: [照片]\nnotified: 2026-05-20\nreply_channel: 大厅\ndecided_by: 街道办\n"
          "expires: 2026-12-31\n")


def rated(**points: tuple[int, str]) -> dict[str, str]:
    """Return the rated site with a bulletin and assessments of building 3: name -> (points for fire, day)."""
    visit = RATED["assessments/b3-2026.yml"]
    return {**RATED, "bulletins/m.yml": MONTH, **{
        f"assessments/{name}.yml": visit.replace("points: 50", f"points: {fire}").replace("2026-04-01", day)
        + (FAILED if fire + 30 < 60 else "") for name, (fire, day) in points.items()}}


def stars(files: dict[str, str]) -> list[tuple[str, str, str]]:
    """Return (period, before, after) of every star told."""
    return sorted((e.period, i.before, i.after) for e in scored(files).results.editions for i in e.of("rated"))


def test_star_is_told_when_it_changes() -> None:
    """The first star, then the better one; a visit that confirms the star is no news."""
    assert stars(rated(second=(55, "2026-05-10"), third=(60, "2026-06-10"))) == [
        ("2026-04", "", "三星"), ("2026-06", "三星", "五星")]


def test_failing_rating_is_never_told() -> None:
    """Neither as what came after nor as what came before: it has an end, and a bulletin has none."""
    assert stars(rated(second=(10, "2026-05-21"), third=(60, "2026-06-10"))) == [
        ("2026-04", "", "三星"), ("2026-06", "", "五星")]
    files = rated(**{"b3-2026": (10, "2026-05-21")})
    assert stars({**files, **APPEALED}) == []


def test_rank_is_told_in_the_period_in_which_the_boards_ended() -> None:
    """Who rose and who fell on last year's board stands in the bulletin of its last day, with both ranks."""
    work = ("title: 清扫\nsource: press\narea: estate\ndate: {day}\n"
            "attendance: [{{volunteer: zhang, hours: {zhang}}}, {{volunteer: li, hours: {li}}}]\n")
    files = {**RATED, "volunteers/li.yml": RATED["volunteers/li.yml"] + "area: b3\n",
             "activities/a.yml": work.format(day="2024-05-01", zhang=1, li=2),
             "activities/b.yml": work.format(day="2025-05-01", zhang=3, li=2),
             "bulletins/m.yml": MONTH.replace("2026-04", "2025-11")}
    found = [(e.period, i.key, i.before, i.after) for e in scored(files).results.editions for i in e.of("ranked")]
    assert found == [("2025-12", "volunteer/li", "1", "2"), ("2025-12", "volunteer/zhang", "2", "1")]
