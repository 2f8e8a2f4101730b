"""Editions of bulletins: what began, moved, closed, fell due, changed rank or star, as of the end of each period.

In: courses (what each record tells of its own way, read off in workers), bulletins, outcomes. Out: editions. What
happens after a period never changes its edition; only a record mended afterwards does.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from generator.data import Register
from generator.editions import Edition, Item, Kept, Shut
from generator.periods import in_words, period_of, periods, span
from generator.problem import Place, Problem
from generator.records.bulletin import SERIES
from generator.records.scheme import Scheme
from generator.results import Outcome
from generator.score.courses import ORDER, Course, fate, late_spans, open_spans
from generator.score.facts import Found
from generator.score.periods import BEFORE, ROLLING

Group = tuple[str, str, bool]
"""Kind of period, area, real or illustrative: what makes a series."""

def earliest(told: Iterable[Found], schemes: Mapping[str, Scheme]) -> str:
    """Return the day before which nothing is needed, empty where there is no bulletin."""
    return min((start.isoformat() for start in _starts(told, schemes).values()), default="")


def check_bulletins(told: Iterable[Found], paths: Mapping[str, str]) -> list[Problem]:
    """Return a Problem for each bulletin on a period that another one is about already."""
    first: dict[tuple[Group, str], str] = {}
    problems = []
    for one in sorted(told, key=lambda t: t.key):
        other = first.setdefault((_group(one), one.record.period), one.key)
        if other != one.key:
            problems.append(Problem("bulletin-twice", Place(paths[one.key], keys=("period",)), {"other": paths[other]}))
    return problems


def editions(told: Sequence[Found], courses: Iterable[Course], schemes: Mapping[str, Scheme], register: Register,
             outcomes: Iterable[Outcome], as_of: date, kept: Mapping[str, Kept]) -> tuple[Edition, ...]:
    """Return every period of every series from its start to `as_of`, with or without a bulletin, newest first.

    A series starts with its first bulletin, or with the first whole period under the scheme that its bulletins name.
    """
    starts = _starts(told, schemes)
    on_file = {(_group(one), one.record.period): one for one in told}
    places = {(area, mark): _Place(area, mark, register) for _, area, mark in starts}
    homes: dict[tuple[str | None, bool], list[_Place]] = {}
    for course in courses:
        home = course.area, course.illustrative
        if home not in homes:
            homes[home] = [p for p in places.values() if p.examples == home[1] and p.holds(home[0])]
        for place in homes[home]:
            place.courses.append(course)
    outcomes = tuple(outcomes)
    found: list[Edition] = []
    for group in sorted(starts):
        blank = [_blank(group, period, on_file.get((group, period)), as_of)
                 for period in periods(group[0], starts[group], as_of)]
        place = places[group[1], group[2]]
        items = place.items(group[0], blank, as_of)
        _ranks(place, group[0], outcomes, items)
        _stars(place, group[0], outcomes, schemes, as_of, items)
        found += [_edition(one, items[one.period], place, kept, as_of) for one in reversed(blank)]
    return tuple(found)


def _group(one: Found) -> Group:
    return SERIES[one.record.series], one.record.area or "", one.illustrative


def _starts(told: Iterable[Found], schemes: Mapping[str, Scheme]) -> dict[Group, date]:
    """Return the first day of every series."""
    starts: dict[Group, date] = {}
    for one in told:
        group = _group(one)
        scheme = schemes.get(one.record.scheme or "")
        ruled = scheme.effective.first if scheme and scheme.effective else None
        days = [span(one.record.period)[0], *([_next_period(ruled, group[0])] if ruled else [])]
        starts[group] = min([*days, *([starts[group]] if group in starts else [])])
    return starts


def _next_period(day: date, kind: str) -> date:
    """Return the first day, from `day` on, with which a period begins."""
    first, last = span(next(periods(kind, day, day)))
    return first if first == day else last + timedelta(days=1)


def _blank(group: Group, period: str, one: Found | None, as_of: date) -> Edition:
    kind, area, examples = group
    first, last = span(period)
    said = one is not None and one.record.comment is not None and one.record.is_published(as_of)
    return Edition(next(s for s, k in SERIES.items() if k == kind), kind, period, in_words(period), area, examples,
                   first.isoformat(), last.isoformat(), bulletin=one.key if one else "", commented=said,
                   running=last >= as_of)


def _edition(blank: Edition, found: list[Item], place: _Place, kept: Mapping[str, Kept], as_of: date) -> Edition:
    """Return an edition with its items: as frozen, with what would differ now, or as computed."""
    items = tuple(sorted(found, key=lambda i: (ORDER.index(i.what), i)))
    frozen = None
    shut = kept.get(blank.bulletin)
    if shut and shut.day <= as_of.isoformat():
        was, now = {*shut.items}, {*items}
        frozen = Shut(shut.day, shut.corrections, tuple(i for i in shut.items if i not in now),
                      tuple(i for i in items if i not in was))
        items = shut.items
    told = {item: place.words[item] for item in items if item in place.words}
    return replace(blank, items=items, frozen=frozen, told=told)


class _Place:
    """What lies in one area (real or illustrative): its records' courses, and whether a subject belongs to it."""

    def __init__(self, area: str, examples: bool, register: Register):
        self.area, self.examples, self.register = area, examples, register
        self.courses: list[Course] = []
        self.words: dict[Item, str] = {}

    def holds(self, area: str | None) -> bool:
        """Whether an area is this one, or lies below it."""
        return area is not None and (area == self.area or self.area in self.register.above.get(area, ()))

    def is_home_of(self, key: str) -> bool:
        """Whether a subject stands in this area, or is it."""
        row = self.register.rows.get(key)
        return row is not None and self.holds(row.id if row.kind == "area" else row.area)

    def items(self, kind: str, blank: Sequence[Edition], as_of: date) -> dict[str, list[Item]]:
        """Return period -> what happened in it, what fell due in it, and how things stood at its end."""
        found: dict[str, list[Item]] = {one.period: [] for one in blank}
        names = [one.period for one in blank]
        ends = [min(one.last, as_of.isoformat()) for one in blank]
        for course in self.courses:
            spans = open_spans(course.events)
            for event in course.events:
                if event.day <= as_of.isoformat():
                    self._put(found, kind, Item(event.verb, event.day, course.key, event.part), event.words)
            for promise in course.promises:
                if what := fate(promise, spans, as_of.isoformat()):
                    self._put(found, kind, Item(what, promise.due, course.key, promise.part), promise.words)
            for what, some in (("open", spans), ("late", late_spans(course.promises, spans))):
                for index in sorted({i for since, until in some
                                     for i in range(bisect_left(ends, since), bisect_left(ends, until))}):
                    found[names[index]].append(Item(what, "", course.key))
        return found

    def _put(self, found: dict[str, list[Item]], kind: str, item: Item, words: str) -> None:
        period = period_of(item.day, kind)
        if period in found:
            found[period].append(item)
            if words:
                self.words[item] = words


def _ranks(place: _Place, kind: str, outcomes: Iterable[Outcome], found: dict[str, list[Item]]) -> None:
    """Add whose rank changed on the boards whose period ended in each of ours."""
    for outcome in outcomes:
        if (outcome.form != "leaderboard" or outcome.illustrative != place.examples or outcome.running
                or outcome.period in ("", ROLLING, BEFORE) or outcome.scope not in ("", f"area/{place.area}")):
            continue
        day = span(outcome.period)[1].isoformat()
        period = period_of(day, kind)
        if period in found:
            board = " ".join((outcome.family, outcome.period, outcome.scope)).strip()
            found[period] += [
                Item("ranked", day, s.subject, board, str(s.before), str(s.rank), f"scheme/{outcome.scheme}")
                for s in outcome.standings
                if s.before and s.rank and s.before != s.rank and place.is_home_of(s.subject)]


def _stars(place: _Place, kind: str, outcomes: Iterable[Outcome], schemes: Mapping[str, Scheme], as_of: date,
           found: dict[str, list[Item]]) -> None:
    """Add whose star changed, by the day of the assessment.

    A failing rating has an end and a bulletin has none: it is told neither as what came before nor as what came after.
    """
    for outcome in outcomes:
        if outcome.form != "stars" or outcome.illustrative != place.examples:
            continue
        for standing in outcome.standings:
            if not place.is_home_of(standing.subject):
                continue
            before = ""
            for rating in reversed(standing.ratings):
                failing = {b.word for b in schemes[rating.record.scheme].bands if b.failing}
                word = "" if rating.state in ("expired", "appealed") or rating.word in failing else rating.word
                period = period_of(rating.record.date.day, kind)
                if word and word != before and period in found:
                    found[period].append(Item("rated", rating.record.date.day, standing.subject, outcome.family,
                                              before, word, rating.key))
                before = word
