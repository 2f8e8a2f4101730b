"""Level 2. A duty's periods: whether each was published, when, and how late.

A period is met by the record that the duty names for it, else by one of the stated kind: the one that is about that
very period, or, where the kind has no periods, the first that is dated in its window. What is missing is said with the
days since it was due: the site publishes its own overdue list.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple, Protocol

from generator.data import Register, Row
from generator.records import kinds
from generator.records.duty import Duty, Recognised, Span
from generator.records.forms import When
from generator.render.cells import Link


class Finder(Protocol):
    """What knows the records there are and the site's day, and makes links."""

    register: Register
    as_of: date

    def find(self, key: str, root: str = "../") -> Link: ...


class PeriodView(NamedTuple):
    """One period of a duty. state: 已公开, 晚公开, 未公开, 未到期; days: how late, or how long missing."""

    words: str
    due: str
    state: str
    days: int
    on: str
    record: Link | None


class DutyView(NamedTuple):
    """A duty with its periods, newest first. told: how many of the periods that are due were published in time."""

    link: Link
    what: str
    by: Link
    basis: str
    rule: str
    met: str
    periods: tuple[PeriodView, ...]
    missing: int
    told: str
    older: int = 0


def duty_view(views: Finder, row: Row, duty: Duty) -> DutyView:
    """Return a duty with every period that has begun."""
    periods = tuple(reversed([*_periods(views, row, duty)]))
    due = [p for p in periods if p.state != "未到期" and (p.state == "未公开" or p.record)]
    in_time = sum(1 for p in due if p.state == "已公开")
    return DutyView(
        views.find(row.key), duty.what, views.find(f"organisation/{duty.by}") if duty.by else Link(
            duty.by_words or "", ""), duty.basis, f"{duty.every}一次，期满后 {duty.within_days} 天内",
        _met(views, duty.met_by), periods,
        sum(1 for p in periods if p.state == "未公开"),
        f"应公开 {len(due)} 期，按时 {in_time} 期" if due else "还没有到期的")


def _met(views: Finder, rule: Recognised | None) -> str:
    """Return in words how a period is recognised as published."""
    if rule is None:
        return "由编辑逐期登记公开的记录和日期"
    kind = kinds()[rule.kind]
    where = f"{views.find(f'area/{rule.area}').text}或它下面的地方" if rule.area else "本站"
    when = ("写明是这一期的" if "period" in kind.columns else "日期在这一期里的" if rule.after == "期内"
            else "日期在期满以后、下一期结束以前的")
    return f"{where}有一条{when}“{kind.label}”，就算公开了"


def _periods(views: Finder, row: Row, duty: Duty) -> Iterator[PeriodView]:
    spans = duty.spans(views.as_of)
    named = {one.period: (one.record, one.date) for one in duty.published
             if not views.register.rows[one.record].withdrawn}
    found = _recognised(views, row, duty.met_by, spans) if duty.met_by else {}
    for span in spans:
        key, day = named.get(span.period) or found.get(span.period) or (None, None)
        yield _period(views, span, key, day)


def _period(views: Finder, span: Span, key: str | None, day: When | None) -> PeriodView:
    due, as_of = span.due.isoformat(), views.as_of
    if key is None or day is None or day.day > as_of.isoformat():
        state = "未公开" if span.due < as_of else "未到期"
        return PeriodView(span.words, due, state, max(0, (as_of - span.due).days), "", None)
    late = max(0, (day.first - span.due).days) if day.first else 0
    return PeriodView(span.words, due, "晚公开" if late else "已公开", late, str(day), views.find(key))


def _recognised(views: Finder, row: Row, rule: Recognised, spans: Sequence[Span]) -> dict[str, tuple[str, When]]:
    """Return the first fitting record of every period: the one that names the period, or is dated in its window."""
    fitting = sorted((other.dated, other.key) for other in views.register.of_kind(rule.kind)
                     if other.dated and not other.withdrawn and other.illustrative == row.illustrative
                     and _is_there(views, other, rule))
    columns = kinds()[rule.kind].columns
    if "period" in columns:
        at = columns.index("period")
        return {str(views.register.rows[key].cells[at]): (key, When(value=dated)) for dated, key in reversed(fitting)}
    found: dict[str, tuple[str, When]] = {}
    for span, window in zip(spans, _windows(spans, rule.after), strict=True):
        dated_there = ((key, When(value=dated)) for dated, key in fitting if _lies_in(When(value=dated), window))
        if first := next(dated_there, None):
            found[span.period] = first
    return found


def _lies_in(day: When, window: tuple[date, date]) -> bool:
    return day.first is not None and day.last is not None and window[0] <= day.first and day.last <= window[1]


def _windows(spans: Sequence[Span], after: str) -> list[tuple[date, date]]:
    if after == "期内":
        return [(span.first, span.last) for span in spans]
    following = [(one.first, one.last) for _, one in pairwise(spans)]
    return [*following, *((span.last + timedelta(days=1), date.max) for span in spans[-1:])]


def _is_there(views: Finder, other: Row, rule: Recognised) -> bool:
    """Whether a record lies in the rule's place, or below it, and names its organisation."""
    above = (other.area, *views.register.above.get(other.area or "", ()))
    if other.kind == "area":
        above = (other.id, *above)
    of = rule.organisation is None or any(r.target == f"organisation/{rule.organisation}" for r in other.references)
    return of and (rule.area is None or rule.area in above)
