"""Level 1. Findings for people: one line each, and in a terminal the line of the file with a caret below the place."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence

from generator.findings.finding import Finding
from generator.wording import Language

Lines = Callable[[str], Sequence[str]]
"""The lines of a file of the site by its path; none where it can't be read."""

MOST = 100
"""So many columns of a terminal are shown of a line."""
BEFORE = 40
"""Of a longer one, so many characters before the place."""


def line(finding: Finding, language: Language) -> str:
    """Return `path:line:column: message [code]`, which editors and terminals turn into a link."""
    problem = finding.problem
    mark = "" if finding.level == "error" else {"zh": "提醒：", "en": "note: "}[language]
    return f"{problem.place}: {mark}{problem.message(language)} [{problem.code}]"


def drawn(findings: Sequence[Finding], language: Language, lines_of: Lines) -> str:
    """Return each finding's line, and below it the file's own line with a caret below the place."""
    return "".join(f"{part}\n" for one in findings for part in (line(one, language), *_excerpt(one, lines_of)))


def _excerpt(finding: Finding, lines_of: Lines) -> Iterator[str]:
    place = finding.problem.place
    lines = lines_of(place.path) if place.line else ()
    if place.line > len(lines) or not lines[place.line - 1].strip():
        return
    text, before = _window(_safe(lines[place.line - 1]), place.column - 1)
    number = str(place.line)
    yield f"  {number} │ {text}"
    yield f"  {' ' * len(number)} │ {' ' * _width(text[:before])}^"


def _safe(text: str) -> str:
    """Return a line with nothing that moves the cursor or turns the direction of reading."""
    return "".join(" " if char == "\t" else char if char.isprintable() else "�" for char in text)


def _window(text: str, column: int) -> tuple[str, int]:
    """Return what fits of a line, and where the place stands in it, in characters."""
    if _width(text) <= MOST:
        return text, column
    start = max(0, column - BEFORE)
    shown = text[start:]
    while _width(shown) > MOST:
        shown = shown[:-max(1, (_width(shown) - MOST) // 2)]
    return ("…" if start else "") + shown, column - start + bool(start)


def _width(text: str) -> int:
    """Return how many columns of a terminal a text takes: a Chinese character two, an accent none."""
    return sum(0 if unicodedata.combining(char) else 1 + (unicodedata.east_asian_width(char) in "WF") for char in text)
