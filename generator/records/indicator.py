"""Indicators: targets, plans, actuals and reported figures, each with period, words and source.

A target that was changed keeps its first figure: the change is an amendment beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import ClassVar, NamedTuple

from pydantic import model_validator

from generator.records.base import Record
from generator.records.forms import Line, Name, Part, Period, Text, When, fault, field, has_come
from generator.records.statements import Quantity

AT_LEAST = ("exact", "at_least", "more_than")
AT_MOST = ("exact", "at_most", "below")
SHORT = 12
"""So many characters of a reading fit into a title."""


class Reading(Part):
    """One period's (or one moment's) figures; each may be missing, and missing is never zero."""

    period: Period | None = field("时期")
    as_of: When | None = field("截至")
    name: Line | None = field("分项")
    target: Quantity | None = field("目标")
    plan: Quantity | None = field("计划")
    actual: Quantity | None = field("实际")
    rank: Line | None = field("位次")
    note: Line | None = field("说明")

    def aim(self) -> Quantity | None:
        """Return what was first aimed at: the target, or else the plan."""
        return self.target or self.plan


class Change(Part):
    """A target that was changed: what it was before, what it is now, why, and who decided it."""

    date: When = field("变更日期", ...)
    period: Period = field("时期", ...)
    name: Line | None = field("分项")
    was: Quantity = field("原为", ...)
    to: Quantity = field("改为", ...)
    reason: Line = field("理由", ...)
    decided_by: Name = field("决定单位", ...)


class Course(NamedTuple):
    """A reading beside its first and its present aim, and what lies between them in words.

    changes: the amendments of this reading, oldest first; slip: how far the aim itself was moved.
    """

    reading: Reading
    aim: Quantity | None
    now: Quantity | None
    against: str
    against_first: str
    slip: str
    changes: tuple[Change, ...]


class Indicator(Record):
    """Figures that a source reports or a plan promises: never summed, always with their own words."""

    folder: ClassVar[str] = "indicators"
    label: ClassVar[str] = "指标"
    intro: ClassVar[str] = "来源报告的数字，或计划里承诺的数字。照原话写，网站不会把它们相加。"
    date_field: ClassVar[str] = "as_of"
    columns: ClassVar[tuple[str, ...]] = ("headline",)
    derived: ClassVar[dict[str, str]] = {"headline": "数字"}
    example: ClassVar[str] = """\
title: 网格问题办结数（示例）
source: illustration
definition: 四级联办中已办结的问题数。
as_of: 2026-06-30
readings:
  - period: 2026-H1
    target: {words: 150个, number: 150, unit: 个}
    actual: {words: 120余个, number: 120, bound: more_than, unit: 个}
amendments:
  - date: 2026-04-10
    period: 2026-H1
    was: {words: 150个, number: 150, unit: 个}
    to: {words: 130个, number: 130, unit: 个}
    reason: 两个网格划出
    decided_by: 示例街道
illustrative: true
"""

    definition: Text | None = field("定义")
    as_of: When | None = field("截至")
    readings: list[Reading] = field("数字", ..., min_length=1)
    amendments: list[Change] = field("目标变更", [])

    @model_validator(mode="after")
    def _baseline_stands(self) -> Indicator:
        """Every amendment starts from the aim that stood before it, so that no first figure can be written over."""
        aims: dict[tuple[str, str | None], Quantity] = {}
        for index, reading in enumerate(self.readings):
            aim, key = reading.aim(), (reading.period or "", reading.name)
            if aim and reading.period:
                if key in aims:
                    raise fault("said-twice", ("readings", index), value=" ".join(filter(None, key)))
                aims[key] = aim
        for index, change in sorted(enumerate(self.amendments), key=lambda c: c[1].date.day):
            before = aims.get((change.period, change.name))
            if before is None:
                raise fault("unknown-reading", ("amendments", index), period=change.period, value=change.name or "")
            unit = change.was.unit or before.unit
            if (before.words, before.number, before.unit) != (change.was.words, change.was.number, unit):
                raise fault("baseline-differs", ("amendments", index, "was"), value=_whole(change.was),
                            before=_whole(before))
            aims[change.period, change.name] = change.to
        return self

    def headline(self, as_of: object) -> str:
        """Return the first reading's own words."""
        first = self.readings[0]
        return str(first.actual or first.aim() or first.rank or "")

    def upshot(self, as_of: date) -> str:
        """Return the first reading where it is short."""
        words = self.headline(as_of)
        return words if len(words) <= SHORT else ""

    def course(self, as_of: date) -> list[Course]:
        """Return every reading beside its first and its present aim."""
        return [self._course(reading, as_of) for reading in self.readings]

    def _course(self, reading: Reading, as_of: date) -> Course:
        changes = sorted((c for c in self.amendments if (c.period, c.name) == (reading.period, reading.name)
                          and has_come(c.date, as_of)), key=lambda c: c.date.day)
        first = reading.aim()
        now = changes[-1].to if changes else first
        return Course(reading, first, now, difference(reading.actual, now),
                      difference(reading.actual, first) if changes else "", difference(now, first) if changes else "",
                      tuple(changes))

    def scale(self) -> dict[str, Decimal]:
        """Return the figure that fills a whole bar, by unit: 100 for per cent, else the largest there is."""
        largest: dict[str, Decimal] = {}
        for one in self._figures():
            if one.number is not None:
                full = Decimal(100) if one.unit == "%" else Decimal(0)
                unit = one.unit or ""
                largest[unit] = max(largest.get(unit, full), one.number)
        return {unit: number for unit, number in largest.items() if number > 0}

    def _figures(self) -> Sequence[Quantity]:
        given = [q for r in self.readings for q in (r.target, r.plan, r.actual) if q]
        return [*given, *(c.to for c in self.amendments)]


def _whole(quantity: Quantity) -> str:
    """Return a figure with all that it is compared by."""
    number = "" if quantity.number is None else f"{quantity.number:f}"
    return ", ".join(filter(None, (quantity.words, number, quantity.unit)))


def difference(actual: Quantity | None, aim: Quantity | None) -> str:
    """Return what lies between two figures, in words; nothing where one is missing or their units differ.

    A figure known only approximately is compared where its bound decides, and never subtracted.
    """
    if actual is None or aim is None or actual.number is None or aim.number is None or actual.unit != aim.unit:
        return ""
    if actual.bound == aim.bound == "exact":
        return _exactly(actual.number - aim.number, actual.unit)
    if aim.bound in AT_MOST and actual.bound in AT_LEAST and actual.number >= aim.number:
        return "高于" if actual.bound == "more_than" or aim.bound == "below" else "不低于"
    if aim.bound in AT_LEAST and actual.bound in AT_MOST and actual.number <= aim.number:
        return "低于" if actual.bound == "below" or aim.bound == "more_than" else "不高于"
    return "约数，不能比较"


def _exactly(between: Decimal, unit: str | None) -> str:
    if not between:
        return "相同"
    size = f"{abs(between):f}"
    size = size.rstrip("0").rstrip(".") if "." in size else size
    measure = "个百分点" if unit == "%" else unit or ""
    return f"{'高' if between > 0 else '低'} {size} {measure}".rstrip()
