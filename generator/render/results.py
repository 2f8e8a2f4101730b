"""Views of outcomes: a subject's standing with every contribution opened, in the words that residents read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple, Protocol

from generator.records.listing import Listing
from generator.records.scheme import Criterion, Measure, Scheme
from generator.render.cells import Link, number
from generator.results import Account, Outcome, Standing, Step, Tally, Way, fraction, total

SHOWN = 60
"""A subject's page lists so many contributions to one outcome; more have a page of their own."""
PER_WHOLE = 500
"""So many contributions stand on one page of them all."""
STATES = {"valid": "有效", "lapsed": "已过期", "superseded": "已有新的评定", "appealed": "申诉复核中",
          "expired": "已到期，不再公布"}


class Linker(Protocol):
    """What finds the link to a record, or its bare key where no such record is left."""

    def find(self, key: str, root: str = "../") -> Link: ...


class CreditView(NamedTuple):
    """One contribution: when, how much, and the record that proves it."""

    day: str
    amount: str
    evidence: Link


class Moved(NamedTuple):
    """The movement against the period before: a sign, and the same in words."""

    sign: str
    words: str


class TallyView(NamedTuple):
    """One measure's or criterion's part: how its value comes about and becomes points; its contributions."""

    label: str
    how: str
    points: str
    share: int | None
    full: str | None
    standard: str | None
    found: str | None
    records: tuple[Link, ...]
    credits: tuple[CreditView, ...]


class WayView(NamedTuple):
    """What the next star or place would take: the points missing, what they bring, and a sentence for each way.

    lead: what the sentences are: each enough alone, or parts of it.
    """

    more: str
    goal: str
    lead: str
    steps: tuple[str, ...]


class RatingView(NamedTuple):
    """One assessment and what its scheme made of it. until: the last day on which it counts.

    An expired one, and a failing one while it is appealed against, has neither stars nor word nor points.
    """

    day: str
    until: str | None
    stars: int | None
    word: str
    value: str | None
    state: str
    link: Link

    @property
    def told(self) -> str:
        """The state in words."""
        return STATES[self.state]


class Assessed(NamedTuple):
    """The assessment behind a rating: who, when, until when, what the subject says, and what is due."""

    link: Link
    assessor: str
    day: str
    until: str | None
    next_due: str | None
    due: bool
    months: int
    basis: str | None
    evidence: tuple[str, ...]
    notified: str | None
    reply: str | None
    reply_channel: str | None
    decided_by: str | None
    appeal_until: str | None
    appeal_days: int | None
    appeals: tuple[Link, ...]
    badge: Link | None
    certificate: Link | None


@dataclass(frozen=True, kw_only=True)
class BoardRow:
    """A subject's outcome under one scheme and period, as one line.

    over: the period has ended; expires: the last day on which the assessment behind it may be told, empty for ever;
    under: the version that it came about under, where the board has more than one.
    """

    rank: int | None
    tied: bool
    moved: Moved | None
    value: str | None
    stars: int | None
    word: str
    detail: str
    why: str | None
    times: int
    ways: tuple[WayView, ...]
    over: bool
    expires: str
    under: str


@dataclass(frozen=True, kw_only=True)
class StandingView(BoardRow):
    """The same with every contribution behind it.

    anchor: where on the subject's page it stands; total: how the parts add up; past: the same in the periods before,
    newest first.
    """

    title: str
    board: str
    anchor: str
    period: str
    version: str
    ranked: int
    full: str | None
    tallies: tuple[TallyView, ...]
    total: str
    whole: Link | None
    history: tuple[RatingView, ...]
    assessed: Assessed | None
    frozen: bool
    running: bool
    illustrative: bool
    past: tuple[StandingView, ...] = ()


class ListedView(NamedTuple):
    """A red or black entry as its subject's page and the list show it."""

    link: Link
    subject: Link
    record: Listing
    appeals: tuple[Link, ...]
    last_day: str
    days_left: int
    scheme: Link
    illustrative: bool


class AccountView(NamedTuple):
    """A points account: what came in, what was spent, what is left."""

    scheme: Link
    earned: str
    spent: str
    balance: str
    members: int
    rows: tuple[tuple[str, Link, str, str], ...]


WHY = {
    "unassessed": "还没有评定过。不是零分，也不是不合格。",
    "lapsed": "上一次评定已过有效期，等着重新评定。不是零分，也不是不合格。",
    "appealed": "当事人提出了申诉，由没有参加评定的人复核。结果出来之前不公布星级。",
    "exempt": "按办法不参加评定，不是零分。",
    "small-sample": "记录太少，算出来的高低多半是碰巧，所以不排名。不是零分。",
    "no-base": "折算要用的数字没有准确的，所以不排名。不是零分。",
    "no-records": "这一期没有可以计入的记录。不是零分。",
    "no-previous": "上一期没有得分，没法比，所以不排名。"}
"""What a resident reads where there is no rank or star: typed, never a zero."""


def figure(value: Fraction, digits: int = 4) -> str:
    """Return a fraction in decimals, at most so many; trailing zeros dropped."""
    above, below = value.numerator, value.denominator
    if below == 1:
        return str(above)
    whole = (2 * abs(above) * 10**digits + below) // (2 * below)
    text = f"{whole // 10**digits}.{whole % 10**digits:0{digits}d}".rstrip("0").rstrip(".")
    return f"-{text}" if above < 0 and text != "0" else text


def measured(value: Fraction, unit: str) -> str:
    """Return a value with its unit; shares are shown in per cent."""
    return f"{figure(value * 100, 2)}%" if unit == "%" else f"{figure(value)} {unit}".strip()


def unit_of(measure: Measure | None, unit: str) -> str:
    """Return the unit in which a measure's value is shown: shares, and what runs from nothing to one, in per cent."""
    if measure is None or measure.unit:
        return unit
    whole = measure.worst is not None and {measure.worst, measure.best} == {0, 1}
    return "%" if whole or measure.take in ("ratio", "within_days") else unit


def how(tally: Tally, measure: Measure | None, per: str) -> str:
    """Return how a measure's value comes about and becomes points, as one line of arithmetic."""
    value = measured(tally.value, unit_of(measure, tally.unit))
    said = {"count": f"{tally.times} 条", "sum": f"{tally.times} 条相加，共 {value}", "latest": f"最近一条是 {value}",
            "mean": f"{tally.times} 条的平均数是 {value}", "median": f"{tally.times} 条从少到多排，正中间是 {value}",
            }.get(tally.take, value)
    if tally.take in ("ratio", "within_days"):
        good = total(fact.amount for fact in tally.facts)
        said = f"{tally.times} 件里做到 {figure(good)} 件，占 {measured(tally.value, '%')}"
    if per:
        said += f"（{per}）"
    return (said if measure is None else said + _priced(tally, measure)) + "。"


def _priced(tally: Tally, measure: Measure) -> str:
    weight, points = number(measure.weight), figure(tally.points, 2)
    if measure.worst is not None and measure.best is not None:
        unit = unit_of(measure, tally.unit)
        worst, best = (measured(Fraction(v), unit) for v in (measure.worst, measure.best))
        priced = f"；{worst}得 0 分，{best}得 {weight} 分，按比例得 {points} 分"
    elif measure.weight == 1 and measure.take not in ("ratio", "within_days"):
        priced = f"，得 {points} 分"
    else:
        value = measured(tally.value, "%" if unit_of(measure, "") == "%" else "")
        priced = f"；{value} × {weight} = {points} 分"
    bounds = [f"至少 {number(measure.floor)} 分" if measure.floor is not None else "",
              f"最多 {number(measure.cap)} 分" if measure.cap is not None else ""]
    return priced + ("（" + "，".join(b for b in bounds if b) + "）" if any(bounds) else "")


def total_of(standing: Standing) -> str:
    """Return how the points of a standing add up to its value, as one line: `42.86 + 13.67 + 26.25 = 82.78，…`."""
    if standing.value is None or not standing.tallies:
        return ""
    parts = [figure(t.points, 2) for t in standing.tallies]
    value = number(standing.value).replace("-", "−")
    if len(parts) == 1:
        return f"{value} 分" if Decimal(parts[0]) == standing.value else f"{parts[0]} 分，四舍五入为 {value} 分"
    exact = sum((t.points for t in standing.tallies), Fraction(0))
    shown = sum((Fraction(part) for part in parts), Fraction(0))
    left = parts[0] + "".join(f" − {part[1:]}" if part.startswith("-") else f" + {part}" for part in parts[1:])
    if shown == Fraction(standing.value):
        return f"{left} = {value} 分"
    if figure(exact, 2) != figure(shown, 2):
        return f"{left} ≈ {value} 分（各项只写到两位小数）"
    return f"{left} = {figure(exact, 2)}，四舍五入为 {value} 分"


def tallies_of(linker: Linker, standing: Standing, scheme: Scheme | None, shown: Sequence[slice]
               ) -> tuple[TallyView, ...]:
    """Return a standing's measures or criteria. shown: which contributions, for each of them.

    scheme: the version that it was computed under; None where its labels are no longer on file.
    """
    measures = {m.label: m for m in scheme.measures} if scheme else {}
    criteria = {c.label: c for c in scheme.criteria} if scheme else {}
    per = f"每 {scheme.per.amount} {scheme.per.unit or ''}折算".strip() if scheme and scheme.per else ""
    return tuple(_tally(linker, t, measures.get(t.label), criteria.get(t.label), per, standing, some)
                 for t, some in zip(standing.tallies, shown, strict=True))


def page_of(standing: Standing, number: int) -> list[slice]:
    """Return which contributions of each measure stand on a page of them all, from 1."""
    start, slices = (number - 1) * PER_WHOLE, []
    for tally in standing.tallies:
        slices.append(slice(max(0, start), max(0, start + PER_WHOLE)))
        start -= tally.times
    return slices


def _tally(linker: Linker, tally: Tally, measure: Measure | None, criterion: Criterion | None, per: str,
           standing: Standing, some: slice) -> TallyView:
    score, rating = None, standing.assessed
    if criterion and rating:
        score = next((s for s in rating.record.scores if s.criterion == criterion.id), None)
    top = Fraction(criterion.max) if criterion else Fraction(measure.weight) if measure and measure.is_share else None
    share = None if not top else max(0, min(100, int(100 * tally.points / top)))
    facts = () if criterion else tally.facts[some]
    unit, itself = unit_of(measure, tally.unit), Link(tally.label, linker.find(standing.subject).href)
    shown = tuple(CreditView(  # what the subject's own record tells is called by the measure
        fact.day, _amount(fact.amount, tally.take, unit),
        itself if fact.evidence == standing.subject else linker.find(fact.evidence)) for fact in facts)
    return TallyView(
        tally.label, "" if criterion else how(tally, measure, per), figure(tally.points, 2), share,
        figure(top) if top is not None else None, criterion.standard if criterion else None,
        score.found if score else None, tuple(linker.find(key) for key in score.records) if score else (),
        shown)


@lru_cache(maxsize=8192)
def _amount(amount: int | Decimal | Fraction, take: str, unit: str) -> str:
    """Return what one record contributes: done or not, nothing where records are only counted, else its amount.

    Most of a site's amounts are few.
    """
    if take in ("ratio", "within_days"):
        return "✓ 做到" if amount else "没有做到"
    return "" if take == "count" else measured(fraction(amount), unit)


def way_of(way: Way, scheme: Scheme, over: bool = False) -> WayView:
    """Return what the next star or place would take, in words. over: the period has ended, nothing can be added."""
    more = f"{'当时' if over else ''}{'再少' if scheme.direction == 'low' else '再得'} {number(way.gap)} 分"
    goal = f"就能{way.goal}" if way.goal.startswith("追平") else f"就是“{way.goal}”"
    by_criterion = {c.label: c for c in scheme.criteria}
    if scheme.criteria:
        steps = tuple(_criterion_step(step, by_criterion[step.label], way) for step in way.steps)
    else:
        steps = _measure_steps(way.steps, {m.label: m for m in scheme.measures})
    lead = "可以从这几项里补" if scheme.criteria else "做到下面任何一条就够"
    return WayView(more, goal, lead, steps)


def _criterion_step(step: Step, criterion: Criterion, way: Way) -> str:
    enough = "，补满这一项就够" if step.amount >= way.gap else ""
    remedy = f"。做法：{criterion.remedy}" if criterion.remedy else ""
    return f"{step.label}还能加 {figure(step.amount)} 分{enough}{remedy}"


def _measure_steps(steps: Sequence[Step], measures: Mapping[str, Measure]) -> tuple[str, ...]:
    """Return a sentence for each measure that could do it alone, one for all those that need the same."""
    needs: dict[str, list[str]] = {}
    for step in steps:
        needs.setdefault(_needed(step, measures.get(step.label)), []).append(f"“{step.label}”")
    return tuple(f"{'或'.join(labels)}{need}" for need, labels in needs.items())


def _needed(step: Step, measure: Measure | None) -> str:
    if step.take in ("ratio", "within_days"):
        return "再有 1 件做到" if step.amount == 1 else f"再有 {figure(step.amount)} 件，而且件件做到"
    if step.take in ("count", "sum"):
        return f"再有 {measured(step.amount, step.unit)}"
    return f"{'降到' if step.falls else '升到'} {measured(step.value or Fraction(0), unit_of(measure, step.unit))}"


def moved(standing: Standing, outcome: Outcome) -> Moved | None:
    """Return the movement against the period before; None for a board's first period and for who has no rank."""
    if standing.rank is None or not outcome.moves:
        return None
    if standing.before is None:
        return Moved("＋", "上期未排名")
    change = standing.before - standing.rank
    if not change:
        return Moved("＝", "持平")
    return Moved("▲", f"升 {change} 名") if change > 0 else Moved("▼", f"降 {-change} 名")


def account_of(linker: Linker, account: Account) -> AccountView:
    """Return a points account with what was spent, newest first."""
    return AccountView(
        scheme=linker.find(f"scheme/{account.scheme}"), earned=number(account.earned),
        spent=number(account.spent_total), balance=number(account.balance), members=account.members,
        rows=tuple((s.day, linker.find(s.key), s.item, number(s.points)) for s in reversed(account.spent)))
