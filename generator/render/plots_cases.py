"""Level 2. The plots of cases: how many a month and how far up, how long they took, how many were late, and where."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from statistics import median

from generator.data import Row
from generator.records.case import LADDER, Case
from generator.render import plots_draw as draw
from generator.render.cells import Link
from generator.render.plots import Cell, Part, Plot, Table, month_labels, month_names, months_until

ENOUGH, ENOUGH_MONTHS = 6, 3
"""Fewer cases, or fewer months with one, make no plot."""
LEVELS = (*LADDER, "没有写级别")
INKS = ("i1", "i2", "i3", "i5", "i0")
"""The levels from the lowest up, and what each is drawn in."""
STEPS = (("当天", 0), ("1～3 天", 3), ("4～7 天", 7), ("8～15 天", 15), ("16～30 天", 30), ("30 天以上", 10 ** 9))
"""How long cases took: each step in words, with the most days that belong to it."""
BELOW_AXIS = ("当天", "1–3", "4–7", "8–15", "16–30", ">30")
FEWEST = 3
"""Of fewer cases in a month no median and no share is told: one case would make or break it."""
PLACES = 12
"""So many communities have a small plot of their own: those with the most cases."""


@dataclass
class Counts:
    """What the cases of a site add up to: by month of the report, of the closing, and of the deadline."""

    reported: Counter[tuple[str, str]] = field(default_factory=Counter)
    used: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    due: Counter[tuple[str, bool]] = field(default_factory=Counter)
    total: int = 0
    undated: int = 0

    def add(self, row: Row) -> None:
        """Count one case; what is not known of it counts nowhere."""
        self.total += 1
        cells = dict(zip(Case.columns, row.cells, strict=True))
        if len(row.dated) < 7:
            self.undated += 1
            return
        self.reported[row.dated[:7], cells["level"] or LEVELS[-1]] += 1
        if cells["days_used"] is not None:
            self.used[_after(row.dated, cells["days_used"])].append(cells["days_used"])
        if cells["days_allowed"] is not None and cells["in_time"] is not None:
            self.due[_after(row.dated, cells["days_allowed"]), bool(cells["in_time"])] += 1


def case_plots(cases: Sequence[Row], places: Mapping[str, Sequence[Row]], mark: str, as_of: date) -> Iterator[Plot]:
    """Yield the plots of some cases, all real or all illustrative. places: title of a community -> its cases."""
    counts = count(cases)
    if not counts.total:
        return
    months = months_until(as_of, min((m for m, _ in counts.reported), default="9999"))
    if any(m in months for m, _ in counts.reported):
        yield _by_level(counts, months, mark, as_of)
    if any(counts.used.get(m) for m in months):
        yield _spread(counts, months, mark, as_of)
        yield _median(counts, months, mark, as_of)
    if any(m in months for m, _ in counts.due):
        yield _late(counts, months, mark, as_of)
    if len(places) > 1:
        yield from _places(places, months, mark, as_of)


def count(cases: Iterable[Row]) -> Counts:
    """Return what some cases add up to."""
    counts = Counts()
    for row in cases:
        counts.add(row)
    return counts


def _plot(slug: str, mark: str, counted: int, what: str, **more: object) -> Plot:
    return Plot(slug=slug, mark=mark, source=f"由 {counted} 条{what}算出",
                of=Link("看这些办件", f"cases/index{mark}.html"), **more)  # type: ignore[arg-type]


def _by_level(counts: Counts, months: Sequence[str], mark: str, as_of: date) -> Plot:
    found = {level: [counts.reported[m, level] for m in months] for level in LEVELS}
    shown = [(level, ink) for level, ink in zip(LEVELS, INKS, strict=True) if ink != "i0" or any(found[level])]
    sums = [sum(values) for values in zip(*found.values(), strict=True)]
    names = month_names(months, as_of)
    table = Table(("月份", *(level for level, _ in shown), "合计"), tuple(
        (name, *(found[level][at] for level, _ in shown), sums[at]) for at, name in enumerate(names)))
    heading, finding = "每月反映多少件，办到哪一级", _most(sums, names)
    series = [draw.Series(level, found[level], ink) for level, ink in shown]
    drawn = partial(draw.stacked, heading, finding, month_labels(months), series)
    left = counts.total - sum(sums)
    return _plot("cases", mark, sum(sums), "办件", heading=heading, finding=finding, table=table,
                 about="按反映的月份数，柱子上的数是合计。越往上，办理的级别越高。"
                       + (f"另有 {left} 件更早，或没有写月份，没有画进来。" if left else ""),
                 parts=(Part("", drawn),) if _is_enough(sums) else (),
                 key=tuple((ink, level) for level, ink in reversed(shown)))


def _spread(counts: Counts, months: Sequence[str], mark: str, as_of: date) -> Plot:
    used = [days for m in months for days in counts.used.get(m, ())]
    found = [sum(low < days <= high for days in used) for (_, high), low in
             zip(STEPS, (-1, *(high for _, high in STEPS)), strict=False)]
    table = Table(("用时", "办结（件）"), tuple((name, n) for (name, _), n in zip(STEPS, found, strict=True)))
    heading = "办一件事要几天"
    finding = f"最近 {len(months)} 个月办结 {len(used)} 件，一半在 {_number(used)} 天以内。"
    drawn = partial(draw.columns, heading, finding, BELOW_AXIS, found)
    return _plot("case-days", mark, len(used), "办结的办件", heading=heading, finding=finding, table=table,
                 about="横排是从反映到办结的天数，柱子上的数是件数。日期只写到月的不算。",
                 parts=(Part("", drawn),) if len(used) >= ENOUGH else ())


def _median(counts: Counts, months: Sequence[str], mark: str, as_of: date) -> Plot:
    used = [counts.used.get(m, []) for m in months]
    names = month_names(months, as_of)
    table = Table(("办结的月份", "办结（件）", "用时中位数（天）"), tuple(
        (name, len(days), _half(days)) for name, days in zip(names, used, strict=True)))
    heading = "各月办结的，一半用了几天以内"
    known = [(median(days), name) for name, days in zip(names, used, strict=True) if len(days) >= FEWEST]
    finding = _range(known) if known else f"没有一个月办结满 {FEWEST} 件。"
    drawn = partial(draw.course, heading, finding, month_labels(months), table.column(2))
    return _plot("case-median", mark, sum(map(len, used)), "办结的办件", heading=heading, finding=finding,
                 about="单位：天。按办结的月份算：把这个月办结的按用时排队，正中间的一件用了几天。"
                   f"办结不足 {FEWEST} 件的月份空着，不是零。",
                 table=table, parts=(Part("", drawn),) if _is_drawn(table.column(2)) else ())


def _late(counts: Counts, months: Sequence[str], mark: str, as_of: date) -> Plot:
    late = [counts.due[m, False] for m in months]
    due = [counts.due[m, True] + n for m, n in zip(months, late, strict=True)]
    table = Table(("到期的月份", "到期（件）", "没按期（件）", "没按期（%）"), tuple(
        (name, n, missed, _few(n) or _percent(missed, n)) for name, n, missed in
        zip(month_names(months, as_of), due, late, strict=True)))
    heading = "到期的事，有多少没按期办结"
    finding = f"最近 {len(months)} 个月到期 {sum(due)} 件，{sum(late)} 件没按期（{_percent(sum(late), sum(due))}%）。"
    drawn = partial(draw.columns, heading, finding, month_labels(months), table.column(3))
    return _plot("case-late", mark, sum(due), "到期的办件", heading=heading, finding=finding, table=table,
                 about="单位：百分之几。按期限所在的月份算；没写期限的、还没到期又没办结的不算。"
                   f"到期不足 {FEWEST} 件的月份空着，不是零。",
                 parts=(Part("", drawn),) if _is_drawn(table.column(3)) else ())


def _places(places: Mapping[str, Sequence[Row]], months: Sequence[str], mark: str, as_of: date) -> Iterator[Plot]:
    found = {place: [sum(n for (m, _), n in counts.reported.items() if m == month) for month in months]
             for place, counts in ((place, count(rows)) for place, rows in places.items())}
    ordered = sorted(found, key=lambda place: (-sum(found[place]), place))
    top = max((n for values in found.values() for n in values), default=0)
    if not top:
        return
    table = Table(("月份", *ordered), tuple(
        (name, *(found[place][at] for place in ordered)) for at, name in enumerate(month_names(months, as_of))))
    heading = "各社区每月反映多少件"
    finding = f"最近 {len(months)} 个月，{ordered[0]}最多，{sum(found[ordered[0]])} 件。"
    some = [place for place in ordered[:PLACES] if sum(found[place])]
    sums, labels = {place: f"{sum(values)} 件" for place, values in found.items()}, month_labels(months)
    drawn = tuple(Part(f"{place}（{sums[place]}）", partial(
        draw.columns, f"{place}：每月反映多少件", f"合计 {sums[place]}", labels, found[place], "", top))
        for place in some)
    total = [sum(values) for values in zip(*found.values(), strict=True)]
    yield _plot("case-places", mark, sum(total), "办件", heading=heading, finding=finding, table=table,
                 about="各图的高低可以直接比。件数多不等于办得差：反映得多，也可能是居民愿意说。"
                       + (f"只画了最多的 {PLACES} 个，其余的在数据表里。" if len(ordered) > PLACES else ""),
                 parts=drawn if _is_enough(total) else (), small=True)


def _is_enough(numbers: Sequence[int]) -> bool:
    return sum(numbers) >= ENOUGH and sum(1 for n in numbers if n) >= ENOUGH_MONTHS


def _is_drawn(numbers: Sequence[float | None]) -> bool:
    return sum(1 for n in numbers if n is not None) >= ENOUGH_MONTHS


def _most(sums: Sequence[int], names: Sequence[str]) -> str:
    return f"最近 {len(sums)} 个月共 {sum(sums)} 件，{names[sums.index(max(sums))]}最多，{max(sums)} 件。"


def _after(day: str, days: int) -> str:
    """Return the month that lies so many days after a day."""
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()[:7]


def _half(days: Sequence[int]) -> Cell:
    return _few(len(days)) or (Decimal(_number(days)) if days else None)


def _few(cases: int) -> str:
    return f"不足 {FEWEST} 件" if 0 < cases < FEWEST else ""


def _range(known: Sequence[tuple[float, str]]) -> str:
    (least, fast), (most, slow) = (best(known, key=lambda pair: pair[0]) for best in (min, max))
    return f"最快是{fast}，{draw.rounded(least)} 天；最慢是{slow}，{draw.rounded(most)} 天。"


def _number(days: Sequence[int]) -> str:
    return draw.rounded(median(days))


def _percent(part: int, whole: int) -> int | None:
    """Return a share in per cent, rounded half up; None of nothing."""
    return (200 * part + whole) // (2 * whole) if whole else None
