"""What pygal draws arrives as shapes and words only, the same in every process, with gaps where nothing is known."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from markupsafe import Markup

from generator.render import plots_draw as draw
from tests.sites import ROOT

LABELS = ["4月", "5月", "", "7月"]
PARTS = [draw.Series("低", [3, 0, 2, 1], "i1"), draw.Series("高 & <b>", [1, 0, 0, 2], "i2")]
SPANS = [draw.Span("方案公示", 739000, 738990), draw.Span("竣工验收", 739100, None)]
TICKS = [("4月", 738980), ("7月", 739070)]

ALL = {
    "stacked": lambda: draw.stacked("题", "说", LABELS, PARTS),
    "columns": lambda: draw.columns("题", "说", LABELS, [3, None, 0, 12.5], "%"),
    "course": lambda: draw.course("题", "说", LABELS, [1, 2, None, 4]),
    "lines": lambda: draw.lines("题", "说", LABELS, PARTS),
    "ranks": lambda: draw.lines("题", "说", LABELS, [draw.Series("甲", [1, None, 3, 2], "r0")], 3),
    "steps": lambda: draw.steps("题", "说", [(738980, 320), (739000, 80.5)], TICKS),
    "spans": lambda: draw.spans("题", "说", SPANS, TICKS),
}
KEPT = {"svg", "title", "desc", "g", "path", "rect", "circle", "text"}
ATTRIBUTES = {"class", "viewBox", "role", "transform", "d", "x", "y", "width", "height", "cx", "cy", "r"}


def parsed(svg: Markup) -> ElementTree.Element:
    """Return a plot as a tree; fails where it is no well-formed XML."""
    return ElementTree.fromstring(svg)


def words(svg: Markup, mark: str) -> list[str]:
    """Return the words in the groups of a class, in order."""
    return [text.text or "" for g in parsed(svg).iter("g") if mark in g.get("class", "").split()
            for text in g.iter("text")]


@pytest.mark.parametrize("name", sorted(ALL))
def test_only_shapes_and_words(name: str) -> None:
    """No style, script, id, address or comment is left, so a strict content security policy finds nothing to refuse."""
    svg = ALL[name]()
    nodes = list(parsed(svg).iter())
    assert {node.tag for node in nodes} <= KEPT
    assert {key for node in nodes for key in node.attrib} <= ATTRIBUTES
    assert "<!--" not in svg and "http" not in svg and "url(" not in svg


@pytest.mark.parametrize("name", sorted(ALL))
def test_told_in_words(name: str) -> None:
    """Each is one picture with a title and a description for those who don't see it."""
    root = parsed(ALL[name]())
    assert (root.get("role"), [root.findtext("title"), root.findtext("desc")]) == ("img", ["题", "说"])


def test_same_in_every_process() -> None:
    """Two processes with other hash seeds draw the same bytes."""
    code = "from tests.render.test_plots_draw import ALL; print(''.join(ALL[name]() for name in sorted(ALL)))"
    found = {subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, env={
        **os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}).stdout for seed in ("1", "2")}
    assert len(found) == 1 and "".join(ALL[name]() for name in sorted(ALL)) == found.pop().decode().strip()


def test_stacked_by_hand() -> None:
    """Two parts over four labels: heights as the numbers, the sums above, words escaped, no shape for a zero."""
    root = parsed(ALL["stacked"]())
    low, high = ([float(rect.get("height", "")) for g in root.iter("g") if g.get("class") == mark
                  for rect in g.iter("rect")] for mark in ("i1", "i2"))
    assert [round(h / low[0], 2) for h in low] == [1, 0.67, 0.33]
    assert [round(h / low[0], 2) for h in high] == [0.33, 0.67]
    assert words(ALL["stacked"](), "sum") == ["4", "0", "2", "3"]
    assert words(ALL["stacked"](), "x") == ["4月", "5月", "7月"]


def test_missing_is_no_zero() -> None:
    """A number that is missing has neither column nor words; a zero has its word."""
    svg = ALL["columns"]()
    assert words(svg, "one") == ["3%", "0%", "12.5%"]
    assert len(list(parsed(svg).iter("rect"))) == 2


def test_a_gap_breaks_the_line() -> None:
    """A line ends before a missing number and goes on after it."""
    svg = ALL["course"]()
    assert words(svg, "one") == ["1", "2", "4"]
    paths = [p.get("d", "") for g in parsed(svg).iter("g") if g.get("class") == "one" for p in g.iter("path")]
    assert [path.count("L") for path in paths] == [1]
    assert len(list(parsed(svg).iter("circle"))) == 3


def test_ranks_rise_upwards() -> None:
    """The first rank stands above the third, and the name stands once, at the end."""
    svg = ALL["ranks"]()
    first, third, second = (float(dot.get("cy", "")) for dot in parsed(svg).iter("circle"))
    assert first < second < third
    assert words(svg, "r0") == ["甲"]


def test_steps_go_level_then_upright() -> None:
    """Between two points the line keeps its height until the day of the second."""
    [path] = [p.get("d", "") for g in parsed(ALL["steps"]()).iter("g") if g.get("class") == "one"
              for p in g.iter("path")]
    numbers = [float(part) for part in path.replace("M", "").replace("L", "").split()]
    points = list(zip(numbers[::2], numbers[1::2], strict=True))
    assert [a == c or b == d for (a, b), (c, d) in pairwise(points)] == [True, True]


def test_plan_and_course() -> None:
    """A ring where it was planned, a dot where it came about; what has not come about has no dot."""
    root = parsed(ALL["spans"]())
    dots = [(dot.get("class"), float(dot.get("cx", ""))) for dot in root.iter("circle")]
    assert [mark for mark, _ in dots] == ["plan", "done", "plan"]
    assert dots[1][1] < dots[0][1] < dots[2][1]
    assert words(ALL["spans"](), "y") == ["方案公示", "竣工验收"]


def test_spans_by_hand() -> None:
    """Days stand in proportion, a fiftieth free at both ends; a line joins the two marks of a row, in its middle."""
    svg = draw.spans("题", "说", [draw.Span("甲<", 700, 800), draw.Span("乙", 600, None)], [("4月", 650)])
    wide, free = 320 - 14 - 8, 0.02 * 200
    dots = [float(dot.get("cx", "")) for dot in parsed(svg).iter("circle")]
    assert dots == [round(wide * (day - 600 + free) / (200 + 2 * free), 1) for day in (700, 800, 600)]
    [joined] = [p.get("d") for g in parsed(svg).iter("g") if g.get("class") == "one" for p in g.iter("path")]
    rows = sorted({float(dot.get("cy", "")) for dot in parsed(svg).iter("circle")})
    assert joined == f"M{dots[0]:g} {rows[0]:g} L{dots[1]:g} {rows[0]:g}"
    assert words(svg, "y") == ["甲<", "乙"] and words(svg, "x") == ["4月"]
