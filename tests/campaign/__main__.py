"""`python -m tests.campaign [SHARE] [NAME…]`: run the campaigns and print one table; 1 where any row does not hold."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable
from unicodedata import east_asian_width

from tests.campaign import Row, campaigns

HEAD = ("campaign", "tried", "fired", "passed", "told")


def main() -> int:
    """Run what was asked for, say how far it is on stderr, print the table, and return the exit code."""
    known = campaigns()
    options = argparse.ArgumentParser(prog="python -m tests.campaign", description=__doc__)
    options.add_argument("share", nargs="?", type=float, default=1.0, help="of the whole (default: %(default)s)")
    options.add_argument("names", nargs="*", help=f"some of {', '.join(known)} (default: all)")
    given = options.parse_args()
    rows: list[Row] = []
    for name in given.names or known:
        started = time.monotonic()
        rows += known[name](given.share)
        print(f"{name}: {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
    print(table(rows))
    return 0 if rows and all(row.holds for row in rows) else 1


def table(rows: Iterable[Row]) -> str:
    """Return the rows as a table, those marked that do not hold."""
    cells = [HEAD, *((row.campaign, f"{row.tried:,}", f"{row.fired:,}", f"{row.passed:,}",
                      ("" if row.holds else "FAILED: ") + row.told) for row in rows)]
    widths = [max(_width(line[column]) for line in cells) for column in range(len(HEAD) - 1)]
    lines = [_line(line, widths) for line in cells]
    rules = ["-" * (width + 1) + ("-" if column == 0 else ":") for column, width in enumerate(widths)]
    return "\n".join([lines[0], "|".join(["", *rules, "---", ""]), *lines[1:]])


def _line(cells: tuple[str, ...], widths: list[int]) -> str:
    *first, told = cells
    padded = [_pad(cell, widths[column], right=column > 0) for column, cell in enumerate(first)]
    return f"| {' | '.join([*padded, told.replace('|', '/')])} |"


def _pad(text: str, width: int, right: bool) -> str:
    space = " " * (width - _width(text))
    return space + text if right else text + space


def _width(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


if __name__ == "__main__":
    sys.exit(main())
