"""Level 1. Findings for programs: a JSON of our own, SARIF 2.1.0, and GitLab's Code Quality."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from generator import __version__
from generator.findings.finding import Finding, fingerprints
from generator.wording import Language

SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def listing(findings: Sequence[Finding], language: Language) -> str:
    """Return `{generator, problems, notes, findings}` as JSON.

    problems, notes: how many of each. A finding is {level: "error"|"note", code, path, line, column, message, remedy,
    fingerprint}; line and column count from 1 in characters, 0 where a whole file or folder is meant; `message` is
    what is wrong and what to do in one, `remedy` what to do whatever the case; `fingerprint` stays when lines move.
    """
    rows = [{"level": one.level, "code": one.problem.code, "path": one.problem.place.shown,
             "line": one.problem.place.line, "column": one.problem.place.column,
             "message": one.problem.message(language), "remedy": one.rule(language)[1], "fingerprint": mark}
            for one, mark in zip(findings, fingerprints(findings), strict=True)]
    notes = sum(one.level == "note" for one in findings)
    return _json({"generator": f"gongshi {__version__}", "problems": len(rows) - notes, "notes": notes,
                  "findings": rows})


def sarif(findings: Sequence[Finding], language: Language) -> str:
    """Return a SARIF 2.1.0 log of one run, with a rule for each code that occurs.

    Columns count characters (`columnKind`): a Chinese character is one in either unit.
    """
    codes = sorted({one.problem.code: one for one in findings}.items())
    rules = [_rule(code, one, language) for code, one in codes]
    ranks = {code: rank for rank, (code, _) in enumerate(codes)}
    results = [_result(one, ranks[one.problem.code], mark, language)
               for one, mark in zip(findings, fingerprints(findings), strict=True)]
    driver = {"name": "gongshi", "semanticVersion": __version__, "language": {"zh": "zh-CN", "en": "en"}[language],
              "rules": rules}
    return _json({"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [{
        "tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}]})


def _rule(code: str, finding: Finding, language: Language) -> dict[str, Any]:
    wrong, remedy = finding.rule(language)
    return {"id": code, "shortDescription": {"text": wrong}, "help": {"text": remedy},
            "defaultConfiguration": {"level": finding.level}}


def _result(finding: Finding, rank: int, mark: str, language: Language) -> dict[str, Any]:
    place = finding.problem.place
    where: dict[str, Any] = {"artifactLocation": {"uri": quote(place.shown), "uriBaseId": "%SRCROOT%"}}
    if place.line:
        where["region"] = {"startLine": place.line, "startColumn": place.column or 1}
    return {"ruleId": finding.problem.code, "ruleIndex": rank, "level": finding.level,
            "message": {"text": finding.problem.message(language)}, "locations": [{"physicalLocation": where}],
            "partialFingerprints": {"gongshi/v1": mark}}


def code_quality(findings: Sequence[Finding], language: Language) -> str:
    """Return what GitLab's widget on a merge request reads; an empty list where nothing was found."""
    severity = {"error": "major", "note": "info"}
    return _json([{"description": one.problem.message(language), "check_name": one.problem.code, "fingerprint": mark,
                   "severity": severity[one.level],
                   "location": {"path": one.problem.place.shown, "lines": {"begin": one.problem.place.line or 1}}}
                  for one, mark in zip(findings, fingerprints(findings), strict=True)])


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
