"""Level 0. What editors are told: `code: {language: (what is wrong, what to do)}`, with gaps in braces; a table a room."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from string import Formatter
from typing import Any, Literal

from generator.wording.desk import DESK
from generator.wording.form import FORM
from generator.wording.meaning import MEANING
from generator.wording.notes import NOTES
from generator.wording.sheets import ROWS, SHEETS
from generator.wording.site import SITE
from generator.wording.terms import TERMS

__all__ = ["DESK", "EVERYTHING", "NOTES", "ROWS", "SHEETS", "TERMS", "WORDING", "Language", "legible", "nearest", "rule", "said", "say"]

Language = Literal["zh", "en"]

WORDING = FORM | MEANING | SITE
"""What a Problem of the content says."""

EVERYTHING = WORDING | NOTES | SHEETS | ROWS | DESK

_UNSEEN = re.compile("[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def legible(text: str) -> str:
    """Return a text on one line that any terminal and file takes: names of files may hold whatever bytes there are."""
    return _UNSEEN.sub(lambda match: " " if match[0].isspace() else "\N{REPLACEMENT CHARACTER}", text)


def nearest(written: str, known: Iterable[str], alike: float = 0.5) -> str:
    """Return which of the known was probably meant, empty where none is like it. alike: from 0 to 1, how much so."""
    return next(iter(get_close_matches(written, list(known), 1, alike)), "")


def say(code: str, values: dict[str, Any], language: Language) -> str:
    """Return what is wrong and what to type, in one line."""
    what, remedy = said(code, values, language)
    return f"{what}{remedy}" if language == "zh" else f"{what} {remedy}"


def said(code: str, values: dict[str, Any], language: Language) -> tuple[str, str]:
    """Return what is wrong, as a sentence, and what to type.

    Values that are one of `TERMS` are said in Chinese; `near`, where not empty, becomes a question.
    """
    what, remedy = EVERYTHING[code][language]
    gaps = {k: _term(v, language) for k, v in values.items()}
    if near := values.get("near"):
        gaps["near"] = f"是不是 `{near}`？" if language == "zh" else f"did you mean `{near}`? "
    return what.format_map(gaps) + ("。" if language == "zh" else "."), remedy.format_map(gaps)


def rule(code: str, language: Language) -> tuple[str, str]:
    """Return what is wrong and what to do as it holds for every case: gaps are an ellipsis."""
    what, remedy = EVERYTHING[code][language]
    gaps = {name: "…" for text in (what, remedy) for _, name, _, _ in Formatter().parse(text) if name} | {"near": ""}
    return what.format_map(gaps), remedy.format_map(gaps)


def _term(value: Any, language: Language) -> Any:
    if isinstance(value, str):
        value = legible(value)
    return TERMS.get(value, value) if language == "zh" and isinstance(value, str) else value
