"""Level 1. What a command found, in the formats that people, scripts and forges read. Nothing here touches the disk.

In: Findings, and where a terminal is to show the line itself, a function that gives a file's lines. Out: text.
No format but that of a terminal holds the editor's own line: it may hold the very number that the gate refuses.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from generator.findings.finding import Finding, Level, sort
from generator.findings.github import commands, summary
from generator.findings.machines import code_quality, listing, sarif
from generator.findings.text import Lines, drawn, line
from generator.wording import Language

__all__ = ["FORMATS", "Finding", "Language", "Level", "Lines", "drawn", "line", "plain", "sort", "summary"]


def plain(findings: Sequence[Finding], language: Language) -> str:
    """Return `path:line:column: message [code]`, a line each."""
    return "".join(f"{line(one, language)}\n" for one in findings)


FORMATS: dict[str, Callable[[Sequence[Finding], Language], str]] = {
    "text": plain, "json": listing, "github": commands, "sarif": sarif, "gitlab": code_quality}
"""Every format by its name on the command line; each ends with a line break, or is empty."""
