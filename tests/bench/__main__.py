"""`python -m tests.bench [N] [--scoring]`: how fast N synthetic records become a site, and where the time goes.

Builds through the command itself: cold, after one edit, and with nothing changed, each in new processes. A fourth
build, within this process and serial, is timed stage by stage. Nothing is deleted before or between the builds: a
file system that has just freed many files makes new ones several times slower.

Then N cases and volunteers under the shipped schemes tell what scoring adds to a cold build (see `scoring`); with
`--scoring` they alone do. N = 115000 means 100,000 cases and 15,000 volunteers: 20 minutes, and 15 GB of disk.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench import scoring, stages, synthetic

SAMPLE_SECONDS = 0.05
PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


def main() -> None:
    """Run the benchmark and print its tables."""
    options = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    options.add_argument("records", nargs="?", type=int, default=10_000, help="how many (default: %(default)s)")
    options.add_argument("--work", type=Path, help="a new folder to work in and to keep")
    options.add_argument("--scoring", action="store_true", help="measure nothing but what scoring adds")
    options.add_argument("--times", type=int, default=3, help="builds of each kind to compare (default: %(default)s)")
    given = options.parse_args()
    with folder(given.work) as work:
        if not given.scoring:
            measure(given.records, work)
            print()
        scoring.measure(given.records, given.times, work)


@contextmanager
def folder(kept: Path | None) -> Iterator[Path]:
    """Give the folder to work in: the one that is kept, or one of our own that is gone afterwards."""
    if kept:
        kept.mkdir(parents=True)
        yield kept
    else:
        with tempfile.TemporaryDirectory(prefix="gongshi-bench-") as own:
            yield Path(own)


def measure(count: int, work: Path) -> None:
    """Make `count` records inside `work`, build them, and print what it took."""
    site, out = work / "site", work / "out"
    synthetic.write(site, count)
    size = sum(p.stat().st_size for p in site.rglob("*.yml"))
    print(f"{count:,} records, {size / 1e6:.1f} MB of YAML, {os.cpu_count()} processors\n")
    print(f"{'build':<14}{'seconds':>9}{'records/s':>11}{'peak MB':>9}{'pages':>9}{'MB':>8}")
    for name in ("cold", "one edit", "no change"):
        if name == "one edit":
            edit(site)
        seconds, peak = timed([sys.executable, "-m", "generator", "build", "--config", str(site / "site_config.yml"),
                               "--out", str(out)])
        pages, written = counted(out / "current")
        memory = f"{peak / 1e6:.0f}" if peak else "?"
        print(f"{name:<14}{seconds:>9.2f}{count / seconds:>11,.0f}{memory:>9}{pages:>9,}{written / 1e6:>8.1f}",
              flush=True)
    print(f"\n{'stage, in one process':<42}{'seconds':>9}{'share':>7}{'µs a record':>13}")
    took = stages.profile(site / "site_config.yml", work / "profiled")
    for stage, seconds in took.items():
        share = seconds / sum(took.values())
        print(f"{stage:<42}{seconds:>9.2f}{share:>7.0%}{1e6 * seconds / count:>13,.0f}")


def edit(site: Path) -> None:
    """Change one word of one case."""
    path = next(path for path in sorted(site.rglob("cases/*/*.yml")))
    path.write_text(path.read_text(encoding="utf-8").replace("title: ", "title: 已更正", 1), encoding="utf-8")


def timed(command: list[str]) -> tuple[float, int]:
    """Run a command; return its seconds and the peak memory of it and its children together, 0 where not to be had."""
    peak, over = 0, threading.Event()
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)

    def watch() -> None:
        nonlocal peak
        while not over.wait(SAMPLE_SECONDS):
            peak = max(peak, memory(process.pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    failed = process.wait()
    seconds = time.perf_counter() - start
    over.set()
    watcher.join()
    if failed:
        sys.exit(f"{' '.join(command)} ended with {failed}")
    return seconds, peak


def memory(process: int) -> int:
    """Return the resident bytes of a process and all below it, shared pages counted in each, 0 without /proc."""
    total = 0
    try:
        total = int(Path(f"/proc/{process}/statm").read_text().split()[1]) * PAGE_BYTES
        for task in Path(f"/proc/{process}/task").iterdir():
            total += sum(memory(int(child)) for child in (task / "children").read_text().split())
    except (OSError, IndexError):
        pass  # it has just ended
    return total


def counted(release: Path) -> tuple[int, int]:
    """Return how many pages a release holds, and the bytes of all its files."""
    files = [path for path in release.resolve().rglob("*") if path.is_file()]
    return sum(path.suffix == ".html" for path in files), sum(path.stat().st_size for path in files)


if __name__ == "__main__":
    main()
