"""`python -m tests.bench [N] [--scoring]`: how fast N synthetic records become a site, and where the time goes.

First the table of speeds (see `table`): cold, with nothing changed, after an edit, checked, previewed, with search.
Then one more build, within this process, serial and without search, timed stage by stage. With `--scoring` what scoring
adds instead (see `scoring`), to N cases and volunteers under the shipped schemes: 115,000 take 20 minutes and 15 GB.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

from tests.bench import scoring, stages, synthetic, table


def main() -> None:
    """Run the benchmark and print its tables."""
    options = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    options.add_argument("records", nargs="?", type=int, default=10_000, help="how many (default: %(default)s)")
    options.add_argument("--work", type=Path, help="a new folder to work in and to keep")
    options.add_argument("--scoring", action="store_true", help="measure nothing but what scoring adds")
    options.add_argument("--times", type=int, default=3, help="runs of each work (default: %(default)s)")
    options.add_argument("--no-search", action="store_true", help="leave out what indexes for the search")
    options.add_argument("--keep", type=Path, help="a CSV file to which the lines of the table are added")
    given = options.parse_args()
    with folder(given.work) as work:
        if given.scoring:
            scoring.measure(given.records, given.times, work)
        else:
            table.measure(given.records, given.times, work, given.keep, not given.no_search)
            profile(given.records, work / "staged")


@contextmanager
def folder(kept: Path | None) -> Iterator[Path]:
    """Give the folder to work in: the one that is kept, or one of our own that is gone afterwards."""
    if kept:
        kept.mkdir(parents=True)
        yield kept
    else:
        with tempfile.TemporaryDirectory(prefix="gongshi-bench-") as own:
            yield Path(own)


def profile(count: int, work: Path) -> None:
    """Build `count` records cold, in one process, without search, and print where the time went."""
    synthetic.write(work / "site", count)
    print(f"\n{'stage, in one process':<42}{'seconds':>9}{'share':>7}{'µs a record':>13}")
    with mock.patch("generator.search.installed", lambda: False):
        took = stages.profile(work / "site" / "site_config.yml", work / "out")
    for stage, seconds in took.items():
        share = seconds / sum(took.values())
        print(f"{stage:<42}{seconds:>9.2f}{share:>7.0%}{1e6 * seconds / count:>13,.0f}")


if __name__ == "__main__":
    main()
