"""Level 1. Findings for GitHub: annotations beside the lines, of which it shows ten a step, and a summary with all."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.findings.finding import Finding
from generator.wording import Language

MOST = 1000
"""So many rows hold the summary far below the 1 MiB that GitHub takes."""
COMMANDS = {"error": "error", "note": "notice"}
PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


def commands(findings: Sequence[Finding], language: Language) -> str:
    """Return a workflow command for each finding, a line each."""
    return "".join(f"{_annotation(one, language)}\n" for one in findings)


def _annotation(finding: Finding, language: Language) -> str:
    problem = finding.problem
    at = {"file": problem.place.shown, "line": problem.place.line, "col": problem.place.column, "title": problem.code}
    told = ",".join(f"{name}={_property(str(value))}" for name, value in at.items() if value)
    return f"::{COMMANDS[finding.level]} {told}::{_data(problem.message(language))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def summary(findings: Sequence[Finding], language: Language) -> str:
    """Return all findings as Markdown for the summary of a job; what records say can't become markup in it."""
    errors = sum(one.level == "error" for one in findings)
    zh = language == "zh"
    title = (f"检查：{errors} 处问题" if errors else "检查：没有问题") if zh else (
        f"Check: {errors} problem(s)" if errors else "Check: no problem")
    if not findings:
        return f"### {title}\n"
    head = "| 位置 | 问题和改法 | 代码 |" if zh else "| place | problem and remedy | code |"
    rows = [f"| {_escaped(str(one.problem.place))} | {_note(one, language)}{_escaped(one.problem.message(language))} "
            f"| {one.problem.code} |" for one in findings[:MOST]]
    rest = len(findings) - MOST
    more = [f"\n另有 {rest} 处，见日志。" if zh else f"\n{rest} more: see the log."] if rest > 0 else []
    return "\n".join([f"### {title}", "", head, "| --- | --- | --- |", *rows, *more]) + "\n"


def _note(finding: Finding, language: Language) -> str:
    return "" if finding.level == "error" else {"zh": "提醒：", "en": "note: "}[language]


def _escaped(text: str) -> str:
    """Return a text that stands in a cell as it is written: CommonMark lets every ASCII sign be escaped."""
    return PUNCTUATION.sub(r"\\\1", " ".join(text.split()))
