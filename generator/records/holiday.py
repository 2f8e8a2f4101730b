"""Holidays: the days off of one year and the weekend days worked for them, where they differ from the library's."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from pydantic import Field, model_validator

from generator.records.base import Record
from generator.records.forms import When, Whole, fault, field


class Holiday(Record):
    """The working calendar of one whole year, as announced; it goes before what the calendar library knows."""

    folder: ClassVar[str] = "holidays"
    label: ClassVar[str] = "节假日安排"
    intro: ClassVar[str] = "一整年的放假和调休安排，照国务院通知抄写。公示期按工作日算，要用到它。"
    columns: ClassVar[tuple[str, ...]] = ("year", "days_off", "days_worked")
    derived: ClassVar[dict[str, str]] = {"days_off": "放假", "days_worked": "调休上班"}
    example: ClassVar[str] = """\
title: 2027年节假日安排（示例）
source: illustration
year: 2027
off: [2027-01-01, 2027-02-08]
worked: [2027-02-14]
illustrative: true
"""

    year: Annotated[Whole, Field(ge=2000, le=2100)] = field("年份", ...)
    off: list[When] = field("放假的工作日", ..., min_length=1)
    worked: list[When] = field("调休上班的周末", [])

    @model_validator(mode="after")
    def _days_of_its_year(self) -> Holiday:
        seen: set[str] = set()
        for name in ("off", "worked"):
            for index, day in enumerate(getattr(self, name)):
                if day.exact is None or day.exact.year != self.year:
                    raise fault("day-outside-year", (name, index), value=day.day, year=str(self.year))
                if day.day in seen:
                    raise fault("said-twice", (name, index), value=day.day)
                seen.add(day.day)
        return self

    def days_off(self, as_of: date) -> str:
        """Return the days off as ISO text."""
        return "、".join(day.day for day in self.off)

    def days_worked(self, as_of: date) -> str:
        """Return the weekend days worked as ISO text."""
        return "、".join(day.day for day in self.worked)
