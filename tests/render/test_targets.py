"""Targets beside actuals: a table and a plot that keep the first figure and never draw what is missing."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from generator.render.targets import targets_of
from tests.records.test_indicator import FIRST, HEAD, READINGS, amended
from tests.render.test_disclosure import words
from tests.sites import AS_OF, build_site, record


def test_both_targets_stand_on_the_page(make_site: Callable[..., Path], tmp_path: Path) -> None:
    """The first target, the present one, and what the actual lacks against either are in words and in the plot."""
    build_site(make_site({"indicators/a.yml": amended(FIRST)}), tmp_path / "out")
    page = tmp_path / "out/current/indicators/a.html"
    text = words(page)
    for told in ("95%", "93%", "比原定低 2 个百分点", "比调整后的目标高 1 个百分点", "比原定目标低 1 个百分点", "街道"):
        assert told in text
    assert "<title>2026年第1季度：原定95%，调整后93%，实际94%</title>" in page.read_text(encoding="utf-8")


def test_missing_actual_has_no_bar() -> None:
    """A period without an actual shows its target and an empty bar, and says 未载."""
    found = targets_of(record("indicator", HEAD + READINGS.replace("number: 96", "number: 96, unit: '%'")), AS_OF)
    assert found and [(b.first, b.actual, b.told) for b in found.bars] == [("95", "94", "94%"), ("96", None, "未载")]


def test_units_have_scales_of_their_own() -> None:
    """The largest figure of a unit fills its bar, per cent are of a hundred."""
    readings = ("readings:\n  - {name: 产值, target: {words: 360亿, number: 360, unit: 亿元}}\n"
                "  - {name: 去年, target: {words: 90亿, number: 90, unit: 亿元}}\n"
                "  - {name: 占比, target: {words: 70%, number: 70, unit: '%'}}\n")
    found = targets_of(record("indicator", HEAD + readings), AS_OF)
    assert found and [b.first for b in found.bars] == ["100", "25", "70"]


def test_figures_without_aim_keep_the_plain_table(make_site: Callable[..., Path], tmp_path: Path) -> None:
    """What only reports figures has no plot."""
    build_site(make_site({"indicators/a.yml": HEAD + "readings: [{actual: {words: 约3, number: 3}}]\n"}),
               tmp_path / "out")
    html = (tmp_path / "out/current/indicators/a.html").read_text(encoding="utf-8")
    assert not re.search("<figure", html) and "约3" in html
