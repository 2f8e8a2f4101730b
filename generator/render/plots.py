"""Level 2. Plots as values: what each says, its numbers as a table, and how it is drawn from that very table.

Real and illustrative records never meet in one. What is missing is a gap or a dash; too little is not drawn, and says
so. `plots_cases` and `plots_results` make them, `plots_pages` shows them all.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from markupsafe import Markup

from generator.periods import periods
from generator.render.cells import Link

Cell = str | int | Decimal | None
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
MONTHS = 12
"""So many months are shown, the running one included."""


@dataclass(frozen=True)
class Table:
    """Numbers under the names of their columns; the first column names the rows. None is what is not known."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def column(self, at: int) -> list[float | None]:
        """Return a column's numbers as they are drawn; words and what is not known are None."""
        return [None if value is None or isinstance(value, str) else float(value)
                for value in (row[at] for row in self.rows)]

    @property
    def fits(self) -> bool:
        """Whether its columns stand beside each other on a phone."""
        return len(self.columns) <= 7

    @property
    def shown(self) -> list[list[str]]:
        """The rows as pages show them."""
        return [[words_of(value) or "—" for value in row] for row in self.rows]

    def csv(self) -> bytes:
        """Return the table as CSV that a spreadsheet opens rightly: marked as UTF-8, no cell taken for a formula."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerows([safe(words_of(value)) if isinstance(value, str) else words_of(value) for value in row]
                         for row in (self.columns, *self.rows))
        return text.getvalue().encode("utf-8-sig")


@dataclass(frozen=True)
class Part:
    """One drawing of a plot; the caption tells small ones apart."""

    caption: str
    draw: Callable[[], Markup]

    @property
    def svg(self) -> Markup:
        """The drawing."""
        return self.draw()


@dataclass(frozen=True)
class Plot:
    """One plot: its question, what it shows in a sentence, how to read it, its numbers, and where they come from.

    key: (mark, name) of each series that is not named in the drawing; parts: none where there is too little to draw.
    source: from how many records of what; of: the records' list; url: its place on the page of all plots.
    """

    slug: str
    mark: str
    heading: str
    finding: str
    about: str
    table: Table
    parts: tuple[Part, ...]
    source: str
    of: Link
    key: tuple[tuple[str, str], ...] = ()
    small: bool = False

    @property
    def csv_url(self) -> str:
        """The address of its numbers below the root."""
        return f"plots/{self.slug}{self.mark}.csv"


def safe(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return "'" + text if text.startswith(FORMULA) else text


def words_of(value: Cell) -> str:
    """Return a cell's value as text, empty for what is not known."""
    return "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)


def months_until(as_of: date, first: str, most: int = MONTHS) -> list[str]:
    """Return the newest months up to `as_of`, at most so many, from `first` on, as `2026-05`."""
    start = date(as_of.year - most // 12, as_of.month, 1)
    return [m for m in periods("month", start, as_of) if m >= first][-most:]


def month_names(months: Sequence[str], as_of: date) -> list[str]:
    """Return months in words; the running one says up to which day it is told."""
    return [f"{m[:4]}年{int(m[5:])}月" + (f"（到{as_of.day}日）" if m == as_of.isoformat()[:7] else "") for m in months]


def month_labels(months: Sequence[str]) -> list[str]:
    """Return what stands below an axis of months: the quarters' first ones, January as its year; the others are blank.

    All of them where they are few.
    """
    few = len(months) <= 5
    return [f"{m[:4]}年" if m[5:] == "01" else f"{int(m[5:])}月" if few or m[5:] in ("04", "07", "10") else ""
            for m in months]
