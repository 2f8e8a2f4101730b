"""Level 2. A project's own plot: when each milestone was planned, and when it came about."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from markupsafe import Markup

from generator.records.forms import When, has_come
from generator.records.project import Project
from generator.render.plots_draw import Span, spans
from generator.render.plots_results import ticks

FEWEST = 3
"""Fewer milestones are seen at a glance in their table, which stands above."""


class Drawn(NamedTuple):
    """The plot, and what it shows in a sentence."""

    said: str
    svg: Markup


def course_of(record: Project, as_of: date) -> Drawn | None:
    """Return the plot of a project that fell behind its first plan; None where too little is known by the day."""
    some = [Span(m.name, _day(m.planned), _day(m.actual) if has_come(m.actual, as_of) else None)
            for m in record.milestones]
    some = [one for one in some if one.planned]
    days = [day for one in some for day in (one.planned, one.actual) if day]
    if len(some) < FEWEST or min(days) == max(days):
        return None
    late = sum(1 for one in some if one.actual and one.actual > (one.planned or 0))
    behind = sum(1 for one in some if not one.actual and (one.planned or 0) < as_of.toordinal())
    if not late and not behind:
        return None
    said = (f"有计划日期的 {len(some)} 个节点，{late} 个晚于最初的计划完成"
            + (f"，{behind} 个过了计划的日子还没完成。" if behind else "。"))
    first, last = (date.fromordinal(day) for day in (min(days), max(days)))
    return Drawn(said, spans("各节点的计划和实际", said, some, ticks(first.replace(day=1), last)))


def _day(when: When | None) -> int | None:
    """Return a day that is known whole, as a number."""
    return when.exact.toordinal() if when and when.exact else None
