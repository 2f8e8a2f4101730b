"""A difference as Markdown for a merge request's comment: safe whatever records say, and never longer than forges take.

A record's text becomes plain words on one line: it can call nobody, close no issue, run no command, and hold no link,
picture, table or HTML. GitHub refuses a comment of more than 65,536 characters; GitLab and Gitea take more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.desk.diff.text import Say, cut, heading, remarks, sayer, summary_of, title_of
from generator.desk.diff.told import MARKER, Change, Difference, Entry, Section
from generator.desk.diff.words import Piece
from generator.wording import Language

LIMIT, BYTES = 60_000, 96_000
"""Characters, and bytes of UTF-8: less than forges take, and than one argument of a command may hold."""
STEPS = ((400, 40, 400), (120, 15, 240), (60, 8, 160), (30, 5, 120), (12, 3, 80), (5, 1, 60), (2, 0, 40), (0, 0, 40))
"""How much is told, most first: entries of a section, changes of an entry, characters of a text."""
OPEN = 10
"""Sections of more entries are folded, and those that list fields are."""
FOLDED = ("added", "changed", "status", "bulletins", "photos", "pages", "settings")

_PUNCTUATION = re.compile(r"([\\`*_{}\[\]()#!|~$])")
_LEADING = re.compile(r"\A(?:(\d{1,9})(?=[.)])|(?=[-+=]))")
_CALLS = re.compile(r"([@#!$%~^\[]|&amp;)(?=[\w\"'\\])")
_ADDRESSES = re.compile(r"(:)(?=//)|\b(GH|www)(?=[-.])", re.IGNORECASE)
NOTHING = "&#8203;"
"""A space of no width: after it, forges see no mention, reference or address."""


def as_markdown(found: Difference, language: Language) -> str:
    """Return a difference as Markdown of at most LIMIT characters; what is left out is counted."""
    return next(text for step in STEPS if (text := _within_limit(_lines(found, language, *step))))


def _within_limit(lines: Iterator[str]) -> str:
    """Return the lines as one text, empty where it would be too long: what lies beyond is not even put together."""
    some, length, size = [], 0, 0
    for line in lines:
        some.append(line)
        length, size = length + len(line) + 1, size + len(line.encode()) + 1
        if length > LIMIT or size > BYTES:
            return ""
    return "\n".join(some).strip() + "\n"


def _lines(found: Difference, language: Language, entries: int, changes: int, width: int) -> Iterator[str]:
    say = sayer(language)
    yield MARKER
    yield f"## {say('这次改动会公开什么', 'What becomes public by this change')}"
    yield ""
    yield plain(heading(found, language), 200)
    yield from (f"\n{line}" for line in remarks(found, language))
    if found.problems:
        yield ""
        some = found.problems[:max(entries, 20)]
        yield from (f"- {plain(problem.line(language), 400)}" for problem in some)
        yield from _more(len(found.problems) - len(some), say)
    yield ""
    yield from (f"- **{plain(line, 1_000)}**" for line in summary_of(found, language))
    for section in found.sections:
        yield from _section(section, language, entries, changes, width)


def _section(section: Section, language: Language, entries: int, changes: int, width: int) -> Iterator[str]:
    say = sayer(language)
    for made_up, some in section.parts():
        mark = say("（示例，不是真实记录）", " (illustrative)") if made_up else ""
        title = title_of(section, f"{mark}{say('：', ': ')}{len(some)}", language)
        folded = section.code in FOLDED or len(some) > OPEN or made_up
        yield f"\n<details><summary>{title}</summary>\n" if folded else f"\n### {title}\n"
        if section.code == "notices":
            yield plain("、".join(entry.title for entry in some), 1_000) + "\n"
        for entry in some[:entries]:
            yield from _entry(entry, changes, width, say)
        yield from _more(len(some) - entries, say)
        if folded:
            yield "\n</details>"


def _entry(entry: Entry, changes: int, width: int, say: Say) -> Iterator[str]:
    remark = f"：{plain(entry.remark, width)}" if entry.remark else ""
    key = f"（{_key(entry.key)}）" if entry.key not in ("", entry.title) else ""
    yield f"- {plain(entry.kind, 40)} **{plain(entry.title, 120)}**{key}{remark}"
    for change in entry.changes[:changes]:
        yield f"  - {plain(change.label, 80)}：{_said(change, width)}"
        yield from (f"    - {plain(reason, width)}" for reason in change.because)
    if len(entry.changes) > changes:
        more = len(entry.changes) - changes
        yield say(f"  - …还有 {more} 项", f"  - … {more} more")


def _key(key: str) -> str:
    return f"`{key}`" if re.fullmatch(r"[\w./-]+", key, re.ASCII) else plain(key, 120)


def _said(change: Change, width: int) -> str:
    if some := change.pieces:
        return _joined(some, width)
    before, after = plain(change.before, width), plain(change.after, width)
    if not before:
        return f"＋ {after}"
    return f"{before} → **{after}**" if after else f"~~{before}~~"


def _joined(some: Sequence[Piece], width: int) -> str:
    """Return a text with what went struck out and what came in bold; each mark hugs its words, as Markdown wants."""
    marks = {"=": "", "-": "~~", "+": "**"}
    parts, left = [], width
    for piece in some:
        words = cut(piece.text, max(left, 1))
        left -= len(words)
        mark = marks[piece.sign] if words.strip() else ""
        # A mark between two Chinese characters or signs counts only with a gap beside it.
        parts.append(f" {mark}{plain(words, width)}{mark} " if mark else plain(words, width))
        if left <= 0:
            break
    return " ".join("".join(parts).split())


def _more(count: int, say: Say) -> Iterator[str]:
    if count > 0:
        yield say(f"- …还有 {count} 条，这里放不下，到流水线里看", f"- … {count} more: see the pipeline")


def plain(text: str, most: int) -> str:
    """Return a text as words that Markdown shows as they are, on one line, cut to so many characters."""
    escaped = cut(text, most).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    escaped = _CALLS.sub(rf"\1{NOTHING}", _PUNCTUATION.sub(r"\\\1", escaped))
    return _LEADING.sub(rf"\1{NOTHING}", _ADDRESSES.sub(rf"\g<0>{NOTHING}", escaped))
