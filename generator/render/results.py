"""Views of outcomes: a subject's standing with every contribution opened, in the words that residents read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple, Protocol

from generator.records.listing import Listing
from generator.records.scheme import Criterion, Measure, Scheme
from generator.render.cells import Link, number
from generator.results import Account, Outcome, Rating, Standing, Step, Tally, Way

SHOWN = 60
"""A subject's page lists so many contributions; more have a page of their own."""
STATES = {"valid": "有效", "lapsed": "已过期", "superseded": "已有新的评定", "appealed": "申诉复核中"}


class Linker(Protocol):
    """What finds the link to a record, or its bare key where no such record is left."""

    def find(self, key: str, root: str = "../") -> Link: ...


class CreditView(NamedTuple):
    """One contribution: when, how much, what it adds to the value, and the record that proves it."""

    day: str
    amount: str
    adds: str
    evidence: Link


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
    """What the next star or place would take: a sentence, and one for each measure that could do it alone."""

    goal: str
    gap: str
    steps: tuple[str, ...]


class RatingView(NamedTuple):
    """One assessment in a subject's history."""

    day: str
    stars: int | None
    word: str
    value: str
    state: str
    link: Link
    version: str


class Assessed(NamedTuple):
    """The assessment behind a rating: who, when, until when, what the subject says, and what is due."""

    link: Link
    assessor: str
    day: str
    until: str | None
    next_due: str | None
    due: bool
    months: int
    reply: str | None
    reply_channel: str | None
    decided_by: str | None
    appeal_until: str | None
    appeals: tuple[Link, ...]
    badge: Link | None
    certificate: Link | None


class StandingView(NamedTuple):
    """A subject's outcome under one scheme and period, with every contribution behind it."""

    title: str
    board: str
    form: str
    period: str
    version: str
    rank: int | None
    ranked: int
    moved: str
    value: str | None
    full: str | None
    stars: int | None
    word: str
    detail: str
    why: str | None
    tallies: tuple[TallyView, ...]
    times: int
    whole: Link | None
    ways: tuple[WayView, ...]
    history: tuple[RatingView, ...]
    assessed: Assessed | None
    frozen: bool
    illustrative: bool


class ListedView(NamedTuple):
    """A red or black entry as its subject's page and the list show it."""

    link: Link
    subject: Link
    record: Listing
    appeals: tuple[Link, ...]
    last_day: str | None
    days_left: int | None
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
    "lapsed": "上一次评定已过有效期，等待重新评定。不是零分，也不是不合格。",
    "appealed": "当事人已申诉，由没有参加评定的人复核；结果出来之前不公布星级。",
    "exempt": "按办法免评。",
    "small-sample": "记录太少，算出来的高低多半是偶然，所以不排名。",
    "no-base": "折算要用的基数没有准确数字，所以不排名。",
    "no-records": "本期没有可计的记录。",
    "no-previous": "上一期没有可比的结果。"}
"""What a resident reads where there is no rank or star: typed, never a zero."""


def figure(value: Fraction, digits: int = 4) -> str:
    """Return a fraction in decimals, at most so many; trailing zeros dropped."""
    scaled = value * 10**digits
    whole = (2 * abs(scaled.numerator) + scaled.denominator) // (2 * scaled.denominator)
    text = f"{whole // 10**digits}.{whole % 10**digits:0{digits}d}".rstrip("0").rstrip(".")
    return f"-{text}" if value < 0 and text != "0" else text


def measured(value: Fraction, unit: str) -> str:
    """Return a value with its unit; shares are shown in per cent."""
    return f"{figure(value * 100, 2)}%" if unit == "%" else f"{figure(value)} {unit}".strip()


def how(tally: Tally, measure: Measure | None, per: str) -> str:
    """Return how a measure's value comes about and becomes points, as one line of arithmetic."""
    unit = "%" if tally.take in ("ratio", "within_days") else tally.unit
    value = measured(tally.value, unit)
    said = {"count": f"{tally.times} 条", "sum": f"{tally.times} 条相加得 {value}", "latest": f"最近一条 {value}",
            "mean": f"{tally.times} 条平均 {value}", "median": f"{tally.times} 条的中位数 {value}",
            }.get(tally.take, value)
    if tally.take in ("ratio", "within_days"):
        good = sum((c.amount for c in tally.credits), Fraction(0))
        said = f"{tally.times} 件中 {figure(good)} 件，即 {value}"
    if per:
        said += f"（{per}）"
    return said if measure is None else said + _priced(tally, measure)


def _priced(tally: Tally, measure: Measure) -> str:
    weight, points = number(measure.weight), figure(tally.points)
    if measure.worst is not None and measure.best is not None:
        unit = "%" if tally.unit == "%" else tally.unit
        worst, best = (measured(Fraction(v), unit) for v in (measure.worst, measure.best))
        priced = f"；{worst} 得 0 分，{best} 得 {weight} 分，按比例得 {points} 分"
    elif measure.weight == 1 and measure.take not in ("ratio", "within_days"):
        priced = f"，得 {points} 分"
    else:
        priced = f"，× {weight} = {points} 分"
    bounds = [f"至少 {number(measure.floor)} 分" if measure.floor is not None else "",
              f"封顶 {number(measure.cap)} 分" if measure.cap is not None else ""]
    return priced + ("（" + "、".join(b for b in bounds if b) + "）" if any(bounds) else "")


def tallies_of(linker: Linker, standing: Standing, scheme: Scheme | None, limit: int | None) -> tuple[TallyView, ...]:
    """Return a standing's measures or criteria with at most `limit` contributions of each, None for all.

    scheme: the version that it was computed under; None where its labels are no longer on file.
    """
    measures = {m.label: m for m in scheme.measures} if scheme else {}
    criteria = {c.label: c for c in scheme.criteria} if scheme else {}
    per = f"每 {scheme.per.amount} {scheme.per.unit or ''}折算".strip() if scheme and scheme.per else ""
    return tuple(_tally(linker, t, measures.get(t.label), criteria.get(t.label), per, standing.assessed, limit)
                 for t in standing.tallies)


def _tally(linker: Linker, tally: Tally, measure: Measure | None, criterion: Criterion | None, per: str,
           rating: Rating | None, limit: int | None) -> TallyView:
    score = None
    if criterion and rating:
        score = next((s for s in rating.record.scores if s.criterion == criterion.id), None)
    top = Fraction(criterion.max) if criterion else Fraction(measure.weight) if measure and measure.is_share else None
    share = None if not top else max(0, min(100, int(100 * tally.points / top)))
    credits = () if criterion else tally.credits[:limit]
    return TallyView(
        tally.label, "" if criterion else how(tally, measure, per), figure(tally.points), share,
        figure(top) if top is not None else None, criterion.standard if criterion else None,
        score.found if score else None, tuple(linker.find(key) for key in score.records) if score else (),
        tuple(CreditView(c.day, measured(c.amount, tally.unit), figure(c.adds), linker.find(c.evidence))
              for c in credits))


def way_of(way: Way, scheme: Scheme) -> WayView:
    """Return what the next star or place would take, in words."""
    by_label = {c.label: c for c in scheme.criteria}
    if scheme.criteria:
        steps = tuple(_criterion_step(step, by_label[step.label], way) for step in way.steps)
    else:
        steps = tuple(_measure_step(step) for step in way.steps)
    return WayView(way.goal, number(way.gap), steps)


def _criterion_step(step: Step, criterion: Criterion, way: Way) -> str:
    enough = "，补满这一项就够" if step.amount >= way.gap else ""
    remedy = f"：{criterion.remedy}" if criterion.remedy else ""
    return f"{step.label}还能加 {figure(step.amount)} 分（满分 {criterion.max}）{enough}{remedy}"


def _measure_step(step: Step) -> str:
    if step.take in ("ratio", "within_days"):
        return f"单靠“{step.label}”：再有 {figure(step.amount)} 件都做到"
    if step.take in ("count", "sum"):
        return f"单靠“{step.label}”：再有 {measured(step.amount, step.unit)}"
    return f"单靠“{step.label}”：达到 {measured(step.value or Fraction(0), step.unit)}"


def moved(standing: Standing, outcome: Outcome) -> str:
    """Return the movement against the period before: `▲2`, `▼1`, `持平`, `新上榜`; empty where there is none."""
    if standing.rank is None or not any(s.before for s in outcome.standings):
        return ""
    if standing.before is None:
        return "新上榜"
    change = standing.before - standing.rank
    return "持平" if not change else f"▲{change}" if change > 0 else f"▼{-change}"


def history_of(linker: Linker, ratings: Sequence[Rating], as_of: date) -> tuple[RatingView, ...]:
    """Return a subject's assessments, newest first."""
    return tuple(RatingView(r.record.date.day, r.stars, r.word, str(r.record.points(as_of)), STATES[r.state],
                            linker.find(r.key), r.version) for r in ratings)


def account_of(linker: Linker, account: Account) -> AccountView:
    """Return a points account with what was spent, newest first."""
    spent = sum((s.points for s in account.spent), start=account.earned - account.earned)
    return AccountView(
        linker.find(f"scheme/{account.scheme}"), number(account.earned), number(spent), number(account.balance),
        account.members,
        tuple((s.day, linker.find(s.key), s.item, number(s.points)) for s in reversed(account.spent)))
