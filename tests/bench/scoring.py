"""What scoring adds to a cold build, by builds of the same records in turn: without rules, scored, scored and shown.

Every build is the command itself, in new processes, into a new folder. `plain` lacks the schemes and the few records
that cannot stand without them; `scored` reads the facts and scores them, then throws the outcomes away; `shown` is
the command as it is, with every page and file about outcomes. So `scored` less `plain` is what scoring costs, from
the schemes' YAML to memory that later stages have to live beside, and `shown` less `scored` what showing it costs.

`python -m tests.bench.scoring build …` is the command `gongshi` that scores and throws away.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple
from unittest import mock

from generator import cli, score
from generator.results import Results
from tests.bench import rated, stages

BUILDS = {"plain": "generator", "scored": "tests.bench.scoring", "shown": "generator"}
"""What is built in turn, and the module that builds it."""
LIMIT = 0.15


class Build(NamedTuple):
    """What one build took; peak: resident bytes of its main process."""

    seconds: float
    processor: float
    peak: int


def measure(count: int, times: int, work: Path) -> None:
    """Make records inside `work`, build them in turn, `times` each, and print what scoring adds."""
    site = work / "rated"
    rated.write(site, count)
    total = sum(1 for _ in (site / "content").rglob("*.yml"))
    print(f"{count:,} cases and volunteers, {total:,} records in all, under the shipped schemes; "
          f"medians of {times}, least to most\n", flush=True)
    took: dict[str, list[Build]] = {name: [] for name in BUILDS}
    for turn in range(times):
        for name in list(BUILDS)[::-1 if turn % 2 else 1]:
            took[name].append(_build(name, site, work))
            print(f"  {name:<8}{took[name][-1].seconds:>9.2f} s", file=sys.stderr, flush=True)
    print(f"{'cold build':<14}{'seconds':>9}{'':>18}{'processor s':>13}{'peak MB of main':>17}")
    for name, some in took.items():
        wall = [b.seconds for b in some]
        print(f"{name:<14}{statistics.median(wall):>9.2f}{f'{min(wall):.2f} – {max(wall):.2f}':>18}"
              f"{statistics.median(b.processor for b in some):>13.1f}{max(b.peak for b in some) / 1e6:>17.0f}")
    print()
    for said, one, other in (("scoring", "scored", "plain"), ("showing it", "shown", "scored"),
                             ("both", "shown", "plain")):
        print(_added(said, took[one], took[other], took["plain"]))
    print(inside(site, work / "profiled"))


def _added(said: str, these: Sequence[Build], those: Sequence[Build], base: Sequence[Build]) -> str:
    """Return what one build takes more than another, as a share of the plain one: median of the pairs, and spread."""
    def more(of: Callable[[Build], float]) -> tuple[float, float, list[float]]:
        added = [of(a) - of(b) for a, b in zip(these, those, strict=True)]
        whole = statistics.median(map(of, base))
        return statistics.median(added), whole, [a / whole for a in added]

    seconds, whole, shares = more(lambda b: b.seconds)
    processor, _, of_processor = more(lambda b: b.processor)
    return (f"{said}: {seconds:.2f} s of {whole:.2f} s cold build, {statistics.median(shares):.1%} "
            f"({min(shares):.1%} – {max(shares):.1%}); processor {processor:.1f} s, "
            f"{statistics.median(of_processor):.1%}")


def _build(name: str, site: Path, work: Path) -> Build:
    out = work / f"{name}-{time.time_ns()}"
    _lay(site, ruled=name != "plain")
    command = [sys.executable, "-m", BUILDS[name], "build", "--config", str(site / "site_config.yml"),
               "--out", str(out)]
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    peak = 0
    while True:
        ended, status, used = os.wait4(process.pid, os.WNOHANG)
        if ended:
            break
        peak = max(peak, _resident(process.pid))
        time.sleep(0.05)
    if status:
        process.returncode = status
        sys.exit(f"{' '.join(command)} ended with {status}")
    process.returncode = 0
    return Build(time.perf_counter() - start, used.ru_utime + used.ru_stime, peak)


def _resident(process: int) -> int:
    """Return the most bytes that a process has had resident so far, 0 where that is not to be had."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:")), 0)


def _lay(site: Path, ruled: bool) -> None:
    """Put the schemes, and what cannot stand without them, into the content, or aside."""
    content, aside = site / "content", site / "aside"
    aside.mkdir(exist_ok=True)
    here, there = (aside, content) if ruled else (content, aside)
    for name in rated.RULED:
        if (here / name).exists():
            (here / name).rename(there / name)


def inside(site: Path, out: Path) -> str:
    """Return the share of a build in one process that is spent inside the functions that score."""
    _lay(site, ruled=True)
    took = stages.profile(site / "site_config.yml", out)
    mine, whole = sum(s for stage, s in took.items() if stage.startswith("score: ")), sum(took.values())
    return f"inside the scoring functions: {mine:.2f} s of {whole:.2f} s in one process, {mine / whole:.1%}"


def main() -> None:
    """Run the command, its outcomes thrown away once they are computed."""
    whole = score.score

    def thrown_away(*args: object, **kwargs: object) -> object:
        _, problems = whole(*args, **kwargs)  # type: ignore[arg-type]  # whatever it takes
        return Results(), problems

    with mock.patch("generator.score.score", thrown_away):
        cli.main()


if __name__ == "__main__":
    main()
