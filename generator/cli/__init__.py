"""Level 4. The command `gongshi`; click, the clock and the terminal live here alone."""

from __future__ import annotations

from generator.cli import (
    committing,
    deciding,
    difference,
    formatting,
    inspecting,
    paper,
    previewing,
    publishing,
    sheets,
    towns,
    writing,
)
from generator.cli.common import main, site_at, today

__all__ = [
    "committing",
    "deciding",
    "difference",
    "formatting",
    "inspecting",
    "main",
    "paper",
    "previewing",
    "publishing",
    "sheets",
    "site_at",
    "today",
    "towns",
    "writing",
]
