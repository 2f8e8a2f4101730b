"""Level 2. The plots of what is computed or kept in books: ranks, points, stars, plans and their course, balances."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Protocol

from generator.data import Row
from generator.periods import in_words, span
from generator.records.fund import Booked
from generator.records.scheme import Scheme
from generator.render import plots_draw as draw
from generator.render.bins import bins
from generator.render.cells import Link, number
from generator.render.lists import MARKS
from generator.render.plots import Part, Plot, Table, month_labels, month_names, months_until
from generator.render.results import figure
from generator.render.rule import noun
from generator.results import REASONS, Outcome, Rating, Standing

PERIODS, SUBJECTS, RANKS = 6, 6, 8
"""So many periods and subjects have a line, down to this rank."""
FEWEST_PERIODS, FEWEST_MONTHS, MONTHS_OF_BOOKS = 3, 3, 24
ABOUT_STARS = "单位：个。每月最后一天还有效的星级；复核中、过了有效期、还没有评的，都算没有有效的星级。"
ABOUT_PLAN = "累计的节点个数。计划是最初的计划，后来改期的也不抹去；没有写计划月份、或做完了没写月份的不算。"
STARS = (("五星", "i5"), ("四星", "i4"), ("三星", "i3"), ("二星", "i2"), ("一星", "i1"), ("没有有效的星级", "i0"))


class Shelf(Protocol):
    """What finds links, rules and the pages of outcomes."""

    schemes: Mapping[str, Scheme]
    as_of: date

    def find(self, key: str, root: str = "../") -> Link: ...

    def board_link(self, outcome: Outcome) -> Link: ...


def outcome_plots(shelf: Shelf, outcomes: Sequence[Outcome], mark: str) -> Iterator[Plot]:
    """Yield the plots of boards and stars, each scheme's and place's on their own."""
    groups: dict[tuple[str, str, bool], list[Outcome]] = defaultdict(list)
    for one in outcomes:
        if MARKS[one.illustrative] == mark:
            groups[one.family, one.scope, one.examples].append(one)
    for some in groups.values():
        slug = slug_of(some[0])
        if some[0].form == "stars":
            yield from _stars(shelf, some[0], f"stars-{slug}", mark)
        elif some[0].form == "leaderboard":
            yield from _ranks(shelf, some, f"ranks-{slug}", mark)
            yield from _points(shelf, some[0], f"points-{slug}", mark)


def slug_of(outcome: Outcome) -> str:
    """Return what the plots of a scheme's outcomes are called, besides what they show."""
    real = "real" if outcome.illustrative and not outcome.examples else ""  # beside others of a made-up scheme
    marks = (outcome.family, outcome.scope.partition("/")[2], real)
    return "-".join(mark for mark in marks if mark)


# ── boards ───────────────────────────────────────────────────────────────────────────────────────────────────


def _ranks(shelf: Shelf, some: Sequence[Outcome], slug: str, mark: str) -> Iterator[Plot]:
    """Yield how the first of the newest period stood in the periods before."""
    ordered = sorted((o for o in some if o.period and o.ranked), key=lambda o: span(o.period))[-PERIODS:]
    if len(ordered) < FEWEST_PERIODS:
        return
    newest = ordered[-1]
    first = [s for s in newest.standings if s.rank and s.rank <= RANKS][:SUBJECTS]
    names = [shelf.find(s.subject).text for s in first]
    places = [{s.subject: s for s in o.standings} for o in ordered]
    table = Table(("时期", *names), tuple(
        (o.words + ("（进行中）" if o.running else ""), *(_place(held.get(s.subject)) for s in first))
        for o, held in zip(ordered, places, strict=True)))
    found = [[rank if rank and rank <= RANKS else None for rank in table.column(at)] for at in range(1, len(first) + 1)]
    series = [draw.Series(name, values, f"r{at}") for at, (name, values) in enumerate(zip(names, found, strict=True))]
    heading = f"{newest.title}：名次怎样变"
    finding = f"{newest.words}第一名：{'、'.join(n for n, s in zip(names, first, strict=True) if s.rank == 1)}。"
    drawn = partial(draw.lines, heading, finding, _short_periods(ordered), series,
                    int(max((r for values in found for r in values if r), default=1)))
    yield Plot(slug, mark, heading, finding, _about_ranks(newest, first), table, (Part("", drawn),),
               f"由 {len(ordered)} 期结果算出", _to(shelf, newest))


def _about_ranks(newest: Outcome, first: Sequence[Standing]) -> str:
    left = newest.ranked - len(first)
    running = "最后一期还没有结束。" if newest.running else ""
    return (f"越高名次越靠前；线断开的一期没有名次，原因在数据表里。{running}"
            + (f"只画最近一期的前 {len(first)} 个、第 {RANKS} 名以内，另有 {left} 个看榜单。" if left else ""))


def _place(standing: Standing | None) -> int | str | None:
    if standing is None:
        return None
    return standing.rank or (REASONS[standing.reason] if standing.reason else None)


def _short_periods(ordered: Sequence[Outcome]) -> list[str]:
    """Return what stands below the axis: the period without its year, unless years are all there is."""
    return [in_words(o.period).partition("年")[2].removeprefix("第") or o.period for o in ordered]


def _points(shelf: Shelf, newest: Outcome, slug: str, mark: str) -> Iterator[Plot]:
    """Yield how the values of the newest period are spread, where they are many."""
    values = sorted(s.value for s in newest.standings if s.value is not None)
    found = bins(values)[::-1]
    if not found or len(found) < FEWEST_MONTHS:
        return
    what = noun(shelf.schemes[newest.scheme]) if newest.scheme in shelf.schemes else "对象"
    table = Table(("分数", f"{what}（个）"), tuple(
        (f"{figure(b.low, 6)}～{figure(b.high, 6)} 分", b.found) for b in found))
    heading = " ".join(part for part in (newest.title, newest.words) if part) + "：分数怎样分布"
    middle = values[(len(values) - 1) // 2]
    finding = f"有分的 {len(values)} 个，最高 {number(values[-1])} 分，正中间的一个 {number(middle)} 分。"
    drawn = partial(draw.columns, heading, finding, [figure(b.low, 6) for b in found], table.column(1))
    yield Plot(slug, mark, heading, finding, "横排是分数，写的是每一段从几分起；柱子上的数是个数。", table,
               (Part("", drawn),), f"由 {len(values)} 个{what}的得分算出", _to(shelf, newest))


def _to(shelf: Shelf, outcome: Outcome) -> Link:
    return Link("看这个榜" if outcome.form != "stars" else "看星级", shelf.board_link(outcome).href.removeprefix("../"))


# ── stars ────────────────────────────────────────────────────────────────────────────────────────────────────


def _stars(shelf: Shelf, outcome: Outcome, slug: str, mark: str) -> Iterator[Plot]:
    """Yield how many had how many stars at the end of each month; what may no longer be told has none."""
    held = [s for s in outcome.standings if s.reason != "exempt"]
    days = [r.record.date.day for s in held for r in s.ratings if r.record.date.day]
    months = months_until(shelf.as_of, min(days, default="9999")[:7])
    if len(months) < FEWEST_MONTHS or len(held) < FEWEST_MONTHS:
        return
    counts = [Counter(_held(shelf, s, min(span(m)[1], shelf.as_of)) for s in held) for m in months]
    names = month_names(months, shelf.as_of)
    shown = [(at, *star) for at, star in enumerate(STARS) if any(c[_stars_of(at)] for c in counts)]
    table = Table(("月末", *(name for _, name, _ in shown)), tuple(
        (name, *(c[_stars_of(at)] for at, _, _ in shown)) for name, c in zip(names, counts, strict=True)))
    what = noun(shelf.schemes[outcome.scheme])
    heading = f"{outcome.title}：各月底各有几颗星"
    good = counts[-1][5] + counts[-1][4]
    finding = f"现在 {len(held)} 个{what}里，四星和五星的 {good} 个；{names[0]}底是 {counts[0][5] + counts[0][4]} 个。"
    series = [draw.Series(name, table.column(at), ink) for at, (_, name, ink) in enumerate(shown, 1)]
    drawn = partial(draw.stacked, heading, finding, month_labels(months), series, False)
    yield Plot(slug, mark, heading, finding, ABOUT_STARS, table, (Part("", drawn),),
               f"由 {len(held)} 个{what}的评定记录算出", _to(shelf, outcome),
               key=tuple((ink, name) for _, name, ink in reversed(shown)))


def _stars_of(at: int) -> int:
    return 5 - at


def _held(shelf: Shelf, standing: Standing, day: date) -> int:
    """Return how many stars held on a day, 0 for none that may be told."""
    made = [r for r in standing.ratings if r.record.date.last and r.record.date.last <= day]
    newest = max(made, key=lambda r: r.record.date.day, default=None)
    if newest is None or newest.state in ("appealed", "expired") or not _lasts(shelf, newest, day):
        return 0
    return newest.stars or 0


def _lasts(shelf: Shelf, rating: Rating, day: date) -> bool:
    until = rating.record.valid_until(shelf.schemes[rating.record.scheme].valid_months)
    return until is None or until >= day


# ── plans, and what came of them ─────────────────────────────────────────────────────────────────────────────


def plan_plot(projects: Iterable[Row], mark: str, as_of: date) -> Iterator[Plot]:
    """Yield how many milestones were to be met by the end of each month, and how many were."""
    dues = [due for row in projects for due in row.traces]
    if not dues:
        return
    over = as_of.replace(day=1) - timedelta(days=1)  # the running month's plan is not yet due
    months = months_until(over, min(due.planned for due in dues))
    planned = [sum(due.planned <= m for due in dues) for m in months]
    met = [sum("" < due.met <= m for due in dues) for m in months]
    if len(months) < FEWEST_MONTHS or planned[-1] < FEWEST_MONTHS:
        return
    names = [f"{m[:4]}年{int(m[5:])}月" for m in months]
    table = Table(("月底", "最初计划完成（个）", "实际完成（个）"), tuple(
        zip(names, planned, met, strict=True)))
    heading = "各个项目的节点，计划完成多少、实际完成多少"
    finding = f"到{names[-1]}底，按最初的计划该完成 {planned[-1]} 个节点，实际完成 {met[-1]} 个。"
    ends = ("high", "low") if planned[-1] >= met[-1] else ("low", "high")  # so that the names at the ends don't meet
    series = [draw.Series(f"{name} {values[-1]}", values, f"{mark} {end}") for name, values, mark, end in
              zip(("计划", "实际"), (planned, met), ("plan", "done"), ends, strict=True)]
    drawn = partial(draw.lines, heading, finding, month_labels(months), series)
    yield Plot("plan", mark, heading, finding, ABOUT_PLAN, table, (Part("", drawn),),
               f"由 {len(dues)} 个节点算出", Link("看这些项目", f"projects/index{mark}.html"))


# ── funds ────────────────────────────────────────────────────────────────────────────────────────────────────


def fund_plot(row: Row, as_of: date) -> Iterator[Plot]:
    """Yield what was left at the end of each month; without books there is nothing to tell."""
    books = [b for b in row.traces if isinstance(b, Booked) and b.day <= as_of.isoformat()]
    months = months_until(as_of, books[0].day[:7], MONTHS_OF_BOOKS) if books else []
    if len(months) < FEWEST_MONTHS or len(books) < FEWEST_MONTHS:
        return
    left = [sum(b.fen for b in books if b.day[:7] <= m) for m in months]
    names = month_names(months, as_of)
    table = Table(("月末", "结余（元）"), tuple(zip(names, map(_yuan, left), strict=True)))
    ends = [min(span(m)[1], as_of).toordinal() for m in months]
    heading = f"{row.title}：结余怎样变"
    most, least = _yuan(max(left)), _yuan(min(left))
    finding = f"现在有 {_yuan(left[-1])} 元；{names[0]}以来，月末最多时 {most} 元，最少时 {least} 元。"
    drawn = partial(draw.steps, heading, finding, [*zip(ends, table.column(1), strict=True)],
                    ticks(span(months[0])[0], as_of))
    yield Plot(f"fund-{row.id}", MARKS[row.illustrative], heading, finding, "单位：元。每个月最后一天账上还有多少。",
               table, (Part("", drawn),), f"由期初和 {len(books) - 1} 笔收支算出",
               Link("看这本账", row.url))


def _yuan(fen: int) -> Decimal:
    return Decimal(fen).scaleb(-2)


def ticks(first: date, last: date) -> list[tuple[str, int]]:
    """Return at most six months' beginnings within some days, in words, with their days."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    every = next(step for step in (1, 2, 3, 6, 12, 24, 60, 120, 1200) if count / step <= 5)
    months = range(first.month - 1, first.month - 1 + count)
    starts = [date(first.year + month // 12, month % 12 + 1, 1) for month in months]
    some = [day for day in starts if (day.month - 1) % min(every, 12) == 0 and day >= first]
    return [(f"{day.year}年" if day.month == 1 else f"{day.month}月", day.toordinal())
            for day in (some if every <= 12 else some[:: every // 12])]
