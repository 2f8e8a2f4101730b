"""No pattern of ours can be made slow: twice the text takes twice the time, whatever the text."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pytest
from markupsafe import escape

from tests.hostile.patterns import UNRESOLVED, Pattern, attacks, patterns

SIZE = 3000
NOTICED = 0.003
"""Seconds from which on growth is looked at: here linear patterns take a hundredth, quadratic ones tenfold."""
TWICE = 2.6
OWN_HTML = {"generator.render.paint.TAGS",
            "generator.render.entries.FOR_A_TIME", "generator.render.entries.HEADS", "generator.render.entries.TAG",
            "generator.render.entries.HEADING"}
"""These read HTML that templates and nh3 wrote: what people typed stands there escaped, so that `<` begins a tag."""
OWN_PAGES = {"generator.render.manuals._LINK"}
"""The manuals are ours."""
CAPPED = {"generator.gate.numbers._ENDING", "generator.gate.numbers._JOINED", "generator.gate.reading._LINE"}
"""Two are asked about the twelve characters before a number; `_LINE` about HTML of ours, whose blank lines are few."""
UNCALLED = {"search", "match", "fullmatch", "finditer"}
"""What is tried on a pattern that is handed on to others."""
PATTERNS = {one.where: one for one in patterns()}


def seconds(one: Pattern, method: str, text: str) -> float:
    """Return the processor time of one question, the better of two."""
    found = []
    for _ in range(2):
        begun = time.thread_time()
        one.run(method, text)
        found.append(time.thread_time() - begun)
        if found[-1] < NOTICED:
            break
    return min(found)


def growth(one: Pattern) -> Iterator[str]:
    """Yield the questions that take more than twice as long for a text twice as long."""
    for method in sorted(one.methods or UNCALLED):
        for half, whole in zip(attacks(one, SIZE // 2), attacks(one, SIZE), strict=True):
            if one.where in OWN_HTML:
                half, whole = str(escape(half)), str(escape(whole))
            took = seconds(one, method, whole)
            if took > NOTICED and took > TWICE * seconds(one, method, half):
                yield f"{one.where}.{method}({whole[:12]!r}…{whole[-4:]!r}): {took * 1000:.1f} ms"


def test_all_patterns_are_found() -> None:
    """The search through our sources finds named, unnamed and assembled patterns, and how each is asked."""
    known = {"generator.link._MARKDOWN_LINK", "generator.letters.HIDDEN", "generator.render.text._SPECIAL"}
    assert known <= set(PATTERNS)
    assert len(PATTERNS) > 120
    assert UNRESOLVED == [], "give an example of each in patterns.LOCAL"
    assert PATTERNS["generator.render.text._SPECIAL"].methods == {"search"}
    assert set(PATTERNS) >= OWN_HTML | OWN_PAGES | CAPPED


def test_slow_pattern_is_noticed() -> None:
    """What was slow here before, blank lines before a list and digits before a unit, is found to be."""
    for slow in (r"^\s*(?:[-+=>]|\d+[.)])", r"\d+(?:栋|单元)"):
        assert any(growth(Pattern("slow", re.compile(slow, re.MULTILINE), frozenset({"search"}))))


@pytest.mark.parametrize("where", sorted(set(PATTERNS) - OWN_PAGES - CAPPED))
def test_pattern_is_linear(where: str) -> None:
    """Each character and literal of the pattern, repeated alone and in pairs, is read in time that grows with it."""
    assert next(growth(PATTERNS[where]), None) is None
