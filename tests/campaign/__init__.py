"""Campaigns: many faults, payloads or edits against one promise of the program, each counted as it truly happens.

A module of this folder with `run(share)` is a campaign, and yields its rows; `python -m tests.campaign` runs them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from typing import NamedTuple


class Row(NamedTuple):
    """What one campaign asked and saw. A control, which must fail, counts as passed where it failed.

    tried: how often something was attempted; fired: how often the fault, payload or edit truly took effect, counted
    and never assumed; passed: of those that fired, how many met the promise; told: what was asked and seen, in a line.
    """

    campaign: str
    tried: int
    fired: int
    passed: int
    told: str

    @property
    def holds(self) -> bool:
        """Whether the promise was kept, and put to the test at all: a sweep that injected nothing proves nothing."""
        return 0 < self.fired <= self.tried and self.passed == self.fired


Campaign = Callable[[float], Iterable[Row]]
"""Runs a share of a campaign: 1.0 is the whole, `make test` takes little."""


def campaigns() -> dict[str, Campaign]:
    """Return every campaign by the name of its module, sorted."""
    found = {path.stem: import_module(f"{__name__}.{path.stem}") for path in sorted(Path(__file__).parent.glob("*.py"))
             if not path.stem.startswith(("_", "test_"))}
    return {name: module.run for name, module in found.items() if hasattr(module, "run")}


def some(share: float, of: int, least: int = 1) -> int:
    """Return how many of the whole campaign's attempts a share is, at least so many."""
    return max(least, min(of, round(of * share)))
