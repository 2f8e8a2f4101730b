"""Level 2. An indicator's readings as a table and a plot: first aim, present aim and actual side by side."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from generator.periods import in_words
from generator.records.indicator import Course, Indicator, Reading
from generator.records.statements import Quantity
from generator.render.cells import number


class Bar(NamedTuple):
    """One reading of the plot, in hundredths of the largest figure of its unit; None for what is not told.

    said: the same in words, for those who don't see it; told, aimed: the actual and the present aim.
    """

    label: str
    first: str | None
    now: str | None
    actual: str | None
    said: str
    told: str
    aimed: str


class Line(NamedTuple):
    """One reading of the table, with its label."""

    label: str
    course: Course
    reached: str
    missed: str


class Targets(NamedTuple):
    """What an indicator's page shows: which columns there are, the lines, the bars."""

    aims: str
    amended: bool
    ranked: bool
    lines: tuple[Line, ...]
    bars: tuple[Bar, ...]


def targets_of(record: Indicator, as_of: date) -> Targets | None:
    """Return an indicator's aims and actuals, None for one that only reports figures."""
    courses = record.course(as_of)
    if not any(course.aim for course in courses):
        return None
    scale = record.scale()
    targets, plans = (any(getattr(c.reading, name) for c in courses) for name in ("target", "plan"))
    return Targets(
        "目标" if targets and not plans else "计划" if plans and not targets else "目标或计划",
        any(course.changes for course in courses), any(course.reading.rank for course in courses),
        tuple(_line(course) for course in courses),
        tuple(bar for course in courses if (bar := _bar(course, scale))))


def label_of(reading: Reading) -> str:
    """Return what a reading is about: its period or moment, and its part."""
    when = in_words(reading.period) if reading.period else str(reading.as_of or "")
    return " ".join(part for part in (when, reading.name) if part)


def _line(course: Course) -> Line:
    aim = "计划" if course.reading.plan and not course.reading.target else "目标"
    present = f"调整后的{aim}" if course.changes else aim
    return Line(label_of(course.reading), course, _against(present, course.against),
                _against(f"原定{aim}", course.against_first))


def _against(aim: str, words: str) -> str:
    """Return a difference as a phrase: 比目标低 1.4 个百分点."""
    if not words or words.startswith("约数"):
        return words
    if words == "相同":
        return f"与{aim}相同"
    return f"比{aim}{words}" if words[0] in "高低" and " " in words else f"{words}{aim}"


def _bar(course: Course, scale: dict[str, Decimal]) -> Bar | None:
    first, now, actual = (_share(q, scale) for q in (course.aim, course.now, course.reading.actual))
    if first is None and actual is None:
        return None
    said = [f"{name}{q.words}" for name, q in (
        ("原定" if course.changes else "目标", course.aim), ("调整后", course.now if course.changes else None),
        ("实际", course.reading.actual)) if q]
    told = str(course.reading.actual or "未载")
    return Bar(label_of(course.reading), first, now if course.changes else None, actual,
               "，".join(said if course.reading.actual else [*said, "实际未载"]), told,
               str(course.now or ""))


def _share(quantity: Quantity | None, scale: dict[str, Decimal]) -> str | None:
    full = scale.get(quantity.unit or "") if quantity else None
    if quantity is None or quantity.number is None or quantity.number < 0 or not full:
        return None
    return number((quantity.number * 100 / full).quantize(Decimal("0.1")))
