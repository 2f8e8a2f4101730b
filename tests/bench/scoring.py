"""What scoring adds to a cold build: builds of the same records in turn, not scored, scored, and shown.

Every build runs in new processes and into a new folder. `unscored` counts nothing, `scored` reads the facts in the
workers and computes every outcome, then throws them away, `shown` is the command as it is, with all pages and files
about outcomes. So `scored` less `unscored` is what scoring costs, to the memory that later stages live beside, and
`shown` less `scored` what it costs to show.

`python -m tests.bench.scoring unscored build …` is the command `gongshi` that does not score (or throws away).
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from generator import cli, score
from generator.problem import Problem
from generator.results import Results
from tests.bench import rated, stages
from tests.bench.running import Took, run

BUILDS = {"unscored": ("tests.bench.scoring", "unscored"), "scored": ("tests.bench.scoring", "scored"),
          "shown": ("generator",)}
"""What is built in turn, and what follows `python -m` to build it."""


def measure(count: int, times: int, work: Path) -> None:
    """Make records inside `work`, build them in turn, `times` each, and print what scoring adds."""
    site = work / "rated"
    rated.write(site, count)
    total = sum(1 for _ in (site / "content").rglob("*.yml"))
    print(f"{count:,} cases and volunteers, {total:,} records in all, under the shipped schemes; "
          f"medians of {times}, least to most\n", flush=True)
    took: dict[str, list[Took]] = {name: [] for name in BUILDS}
    for turn in range(times):
        for name in list(BUILDS)[::-1 if turn % 2 else 1]:
            took[name].append(_build(name, site, work))
            print(f"  {name:<8}{took[name][-1].seconds:>9.2f} s", file=sys.stderr, flush=True)
    print(f"{'cold build':<14}{'seconds':>9}{'':>18}{'processor s':>13}{'all, peak MB':>17}")
    for name, some in took.items():
        wall = [b.seconds for b in some]
        print(f"{name:<14}{median(wall):>9.2f}{f'{min(wall):.2f} – {max(wall):.2f}':>18}"
              f"{median(b.processor for b in some):>13.1f}{max(b.peak for b in some) / 1e6:>17.0f}")
    print()
    for said, one, other in (("scoring", "scored", "unscored"), ("showing it", "shown", "scored"),
                             ("both", "shown", "unscored")):
        print(_added(said, took[one], took[other], took["unscored"]))
    print(inside(site, work / "profiled"))


def _added(said: str, these: Sequence[Took], those: Sequence[Took], base: Sequence[Took]) -> str:
    """Return what one build takes more than another, and its share of an unscored one.

    First the median of the pairs and their spread; then the quickest of each, as others' work only ever slows a build
    down; then processor seconds, which it disturbs least.
    """
    whole, added = _pairs(these, those, base, lambda b: b.seconds)
    shares = [more / whole for more in added]
    quickest = min(b.seconds for b in base)
    least = min(b.seconds for b in these) - min(b.seconds for b in those)
    work, used = _pairs(these, those, base, lambda b: b.processor)
    return (f"{said}: {median(added):.2f} s of {whole:.2f} s cold build, {median(shares):.1%} "
            f"({min(shares):.1%} – {max(shares):.1%}); quickest {least:.2f} s of {quickest:.2f} s, "
            f"{least / quickest:.1%}; processor {median(used):.1f} s of {work:.1f} s, {median(used) / work:.1%}")


def _pairs(these: Sequence[Took], those: Sequence[Took], base: Sequence[Took], of: Callable[[Took], float]
           ) -> tuple[float, list[float]]:
    return median(map(of, base)), [of(one) - of(other) for one, other in zip(these, those, strict=True)]


def _build(name: str, site: Path, work: Path) -> Took:
    return run(sys.executable, "-m", *BUILDS[name], "build", "--config", str(site / "site_config.yml"),
               "--out", str(work / f"{name}-{time.time_ns()}"))


def inside(site: Path, out: Path) -> str:
    """Return the share of a build in one process that is spent inside the functions that score."""
    took = stages.profile(site / "site_config.yml", out)
    mine, whole = sum(s for stage, s in took.items() if stage.startswith("score: ")), sum(took.values())
    return f"inside the scoring functions: {mine:.2f} s of {whole:.2f} s in one process, {mine / whole:.1%}"


def main(build: str, *arguments: str) -> None:
    """Run the command with less than all its scoring; forked workers do as this process does."""
    whole = score.score

    def thrown_away(*args: Any) -> tuple[Results, list[Problem]]:
        return Results(), whole(*args)[1]

    unscored: dict[str, Callable[..., Any]] = {
        "facts_of": lambda *args: score.Facts(), "check_findings": lambda *args: [],
        "score": lambda *args: (Results(), [])}
    for name, function in (unscored if build == "unscored" else {"score": thrown_away}).items():
        setattr(score, name, function)
    cli.main(list(arguments))


if __name__ == "__main__":
    main(*sys.argv[1:])
