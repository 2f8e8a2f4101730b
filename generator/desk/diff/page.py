"""A difference as one page that needs no other file: it holds its stylesheet, and works from a disk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from generator import render
from generator.desk.diff.text import heading, remarks, sayer
from generator.desk.diff.told import GRAVE, Change, Difference, Section
from generator.wording import Language

TEMPLATE = "pages/diff.html"


def as_page(found: Difference, themes: tuple[Path, ...], language: Language) -> str:
    """Return a difference as HTML."""
    say = sayer(language)
    words = {"title": say("这次改动会公开什么", "What becomes public by this change"), "lang": say("zh", "en"),
             "example": say("示例，不是真实的人或事", "Illustrative, not real"),
             "made_up": say("示例", "illustrative"), "holds": say("目录", "Contents")}
    return render.environment(themes).get_template(TEMPLATE).render(
        w=words, heading=heading(found, language), remarks=remarks(found, language),
        problems=[problem.line(language) for problem in found.problems],
        broken=[problem.line(language) for problem in found.before],
        sections=[_section(section, language) for section in found.sections],
        style=render.assets(themes)["gongshi.css"].decode())


def _section(section: Section, language: Language) -> dict[str, Any]:
    return {"code": section.code, "heading": section.heading(language), "grave": section.code in GRAVE,
            "count": len(section.real), "made_up": len(section.illustrative),
            "titles": [e.title for e in section.real] if section.code == "notices" else [],
            "parts": [(made_up, [(entry, [_change(c) for c in entry.changes]) for entry in some])
                      for made_up, some in section.parts()]}


def _change(change: Change) -> dict[str, Any]:
    return {"label": change.label, "before": change.before, "after": change.after, "because": change.because,
            "pieces": change.pieces}
