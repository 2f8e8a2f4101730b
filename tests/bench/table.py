"""The table of speeds: what each piece of work took at so many records, each in new processes, and whether it is right.

Nothing is deleted before or between the builds: a file system that has just freed many files makes new ones several
times slower. So a cold build goes to a new folder, and the cache of the one before is put aside.
"""

from __future__ import annotations

import csv
import os
import sys
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from generator import search
from generator.publish import MANIFEST
from tests.bench import previewing, synthetic
from tests.bench.running import PLAIN, QUICK, WHOLE, Spread, Took, run, spread

Program = tuple[str, ...]
HEADER = ("records", "work", "seconds", "least", "most", "processor", "peak_mb")


class Row(NamedTuple):
    """One line of the table."""

    records: int
    work: str
    took: Spread

    def line(self) -> str:
        """Return the line as it is printed."""
        t = self.took
        between = f"{t.least:.2f} – {t.most:.2f}"
        return (f"{self.work:<36}{t.seconds:>9.2f}{between:>18}{t.processor:>13.1f}{t.peak / 1e6:>9.0f}"
                f"{1e6 * t.seconds / self.records:>13,.0f}")

    def cells(self) -> list[str | int]:
        """Return the line as it is kept in a file."""
        t = self.took
        return [self.records, self.work, f"{t.seconds:.3f}", f"{t.least:.3f}", f"{t.most:.3f}", f"{t.processor:.2f}",
                round(t.peak / 1e6)]


def measure(count: int, times: int, work: Path, kept: Path | None = None, indexed: bool = True) -> None:
    """Make `count` records inside `work`, do everything `times` with them, and print what it took.

    kept: a CSV file to which the lines are added; indexed: with search as well, where it is installed.
    """
    bench = Bench(work, count, times)
    size = sum(path.stat().st_size for path in bench.site.rglob("*.yml"))
    print(f"{count:,} records, {size / 1e6:.1f} MB of YAML, {os.cpu_count()} processors; medians of {times}\n")
    print(f"{'work':<36}{'seconds':>9}{'least – most':>18}{'processor s':>13}{'peak MB':>9}{'µs a record':>13}",
          flush=True)
    for name, took in bench.rows(indexed and search.installed()):
        row = Row(count, name, spread(took))
        print(row.line(), flush=True)
        if kept:
            keep(kept, row)
    pages, files, written = counted(bench.newest)
    print(f"\n{pages:,} pages, {files:,} files, {written / 1e6:,.1f} MB; "
          f"after the edits the same bytes as a cold build: {'yes' if bench.same else 'NO'}")
    if not bench.same:
        sys.exit(1)


class Bench:
    """A site of `count` records in a folder `work`, and what is done with it. same: whether edits came out as cold."""

    def __init__(self, work: Path, count: int, times: int) -> None:
        self.site, self.same, self._work, self._times, self._number = work / "site", True, work, times, 0
        synthetic.write(self.site, count)

    @property
    def newest(self) -> Path:
        """The release that was made last."""
        return (self._out / "current").resolve()

    @property
    def _out(self) -> Path:
        return self._work / f"out-{self._number}"

    def rows(self, indexed: bool) -> Iterator[tuple[str, list[Took]]]:
        """Yield what each piece of work took, in the order in which it is done."""
        if find_spec("yaml_rs"):
            yield "cold, with the quick parser", self._each(lambda: self._cold(QUICK))
        yield "cold", self._each(self._cold)
        yield "nothing changed", self._each(self._build)
        yield "one title edited", self._each(self._edited)
        yield "check after one title was edited", self._each(self._checked)
        yield "preview: from saving to the page", previewing.measure(self.site, self._out, self._times)
        self._compare(PLAIN)
        yield "the same files, written and no more", [floor(self.newest, self._work / "floor")]
        if indexed:
            yield "cold, with search", [self._cold(WHOLE)]
            yield "one title edited, with search", self._each(lambda: self._edited(WHOLE))
            self._compare(WHOLE)

    def _each(self, work: Callable[[], Took]) -> list[Took]:
        return [work() for _ in range(self._times)]

    def _cold(self, program: Program = PLAIN) -> Took:
        cache = self.site / ".cache"
        if cache.exists():
            cache.rename(self._work / f"cache-{self._number}")
        self._number += 1
        return self._build(program)

    def _edited(self, program: Program = PLAIN) -> Took:
        edit(self.site)
        return self._build(program)

    def _checked(self) -> Took:
        edit(self.site)
        return self._run(PLAIN, "check")

    def _build(self, program: Program = PLAIN) -> Took:
        return self._run(program, "build", "--out", str(self._out))

    def _run(self, program: Program, command: str, *options: str) -> Took:
        return run(sys.executable, "-m", *program, command, "--config", str(self.site / "site_config.yml"), *options)

    def _compare(self, program: Program) -> None:
        """Build what stands now, then all of it cold, and note whether both wrote the same."""
        self._build(program)
        warm = (self.newest / MANIFEST).read_bytes()
        self._cold(program)
        self.same &= warm == (self.newest / MANIFEST).read_bytes()


def edit(site: Path) -> Path:
    """Change the title of one case, and return its file."""
    path = min(site.rglob("cases/*/*.yml"))
    path.write_text(path.read_text(encoding="utf-8").replace("title: ", "title: 已更正", 1), encoding="utf-8")
    return path


def floor(release: Path, folder: Path) -> Took:
    """Write the files of a release into a new folder, and do nothing else: what no build can do without."""
    seconds = 0.0
    folder.mkdir()
    for path in sorted(release.rglob("*")):
        name = folder / path.relative_to(release)
        data = b"" if path.is_dir() else path.read_bytes()
        start = time.perf_counter()
        if path.is_dir():
            name.mkdir()
        else:
            name.write_bytes(data)
        seconds += time.perf_counter() - start
    return Took(seconds, seconds)


def counted(release: Path) -> tuple[int, int, int]:
    """Return how many pages and files a release holds, and the bytes of all of them."""
    files = [path for path in release.rglob("*") if path.is_file()]
    return sum(path.suffix == ".html" for path in files), len(files), sum(path.stat().st_size for path in files)


def keep(path: Path, row: Row) -> None:
    """Add a line to a file of lines."""
    new = not path.exists()
    with path.open("a", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        if new:
            writer.writerow(HEADER)
        writer.writerow(row.cells())
