"""A difference as lines for the terminal: what it holds at a glance, then every section, each thing on a line."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.desk.diff.told import GRAVE, Change, Difference, Entry, Section
from generator.desk.diff.words import Piece
from generator.wording import Language

MOST_CHANGES, WIDTH = 12, 160
"""So many changes of one entry are printed, each text cut to so many characters; the page holds all."""

Say = Callable[[str, str], str]


def as_text(found: Difference, language: Language) -> str:
    """Return a difference for the terminal."""
    return "\n".join(_lines(found, language)).strip() + "\n"


def _lines(found: Difference, language: Language) -> Iterator[str]:
    say = sayer(language)
    yield heading(found, language)
    yield from remarks(found, language)
    for problem in found.problems:
        yield f"  {problem.line(language)}"
    yield from summary_of(found, language)
    for section in found.sections:
        yield ""
        for made_up, some in section.parts():
            mark = say("（示例，不是真实记录）", " (illustrative)") if made_up else ""
            yield title_of(section, f"{mark}{say('：', ': ')}{len(some)}", language)
            for entry in some:
                yield from _entry(entry, say)


def title_of(section: Section, rest: str, language: Language) -> str:
    """Return what stands above one part of a section; a sign before what has to be looked at."""
    return f"{'⚠ ' if section.code in GRAVE else ''}{section.heading(language)}{rest}"


def _entry(entry: Entry, say: Say) -> Iterator[str]:
    remark = f"：{entry.remark}" if entry.remark else ""
    key = f"（{entry.key}）" if entry.key not in ("", entry.title) else ""
    yield f"  {entry.kind} {entry.title}{key}{remark}"
    for change in entry.changes[:MOST_CHANGES]:
        yield f"      {change.label}：{said(change, say)}"
        yield from (f"          {reason}" for reason in change.because)
    if len(entry.changes) > MOST_CHANGES:
        more = len(entry.changes) - MOST_CHANGES
        yield say(f"      …还有 {more} 项", f"      … {more} more")


def said(change: Change, say: Say) -> str:
    """Return before and after in one line."""
    if some := change.pieces:
        return cut("".join(map(_marked, some)))
    before, after = cut(change.before), cut(change.after)
    if not before:
        return f"＋ {after}"
    return f"{before} → {after}" if after else f"－ {before}"


def _marked(piece: Piece) -> str:
    return {"=": "{}", "-": "[－{}]", "+": "[＋{}]"}[piece.sign].format(piece.text)


def cut(text: str, most: int = WIDTH) -> str:
    """Return a text in one line, at most so long."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[:most - 1] + "…"


# ── what every form says first ───────────────────────────────────────────────────────────────────────────────


def sayer(language: Language) -> Say:
    """Return what chooses between Chinese and English."""
    return lambda zh, en: en if language == "en" else zh


def heading(found: Difference, language: Language) -> str:
    """Return which versions are compared, as of which day."""
    say = sayer(language)
    base, head = (f"{one.name}（{one.short}）" if one.commit else say("工作区", "the working tree")
                  for one in (found.base, found.head))
    day = say(f"，都以 {found.as_of} 为准", f", both as of {found.as_of}") if found.as_of else ""
    return f"{base} → {head}{day}"


def remarks(found: Difference, language: Language) -> list[str]:
    """Return what a reader must know of the comparison as a whole."""
    say = sayer(language)
    some = []
    if found.problems:
        some.append(say(f"改动后有 {len(found.problems)} 处问题，改好之前不会发布：",
                        f"{len(found.problems)} problem(s) after the change; nothing is published until mended:"))
    if found.before:
        some.append(say(f"改动前的版本有 {len(found.before)} 处问题，没法算名次、数字和告示；下面只说记录本身。",
                        f"The version before has {len(found.before)} problem(s): ranks, numbers and notices can't be "
                        "compared; what follows tells of the records alone."))
    if found.fresh:
        some.append(say("此前没有站点：全部内容都是新公开的。", "There was no site before: all of it is new."))
    if found.is_empty:
        some.append(say("这次改动不改变公开内容。", "This change does not change what is public."))
    return some


def summary_of(found: Difference, language: Language) -> list[str]:
    """Return how many things each section holds, a line for what is real and one for what is made up."""
    say = sayer(language)
    names = ((say("真实", "Real"), lambda s: len(s.real)), (say("示例", "Illustrative"), lambda s: len(s.illustrative)))
    return [f"{name}{say('：', ': ')}{some}" for name, of in names if (some := _counts(found.sections, of, language))]


def _counts(some: tuple[Section, ...], of: Callable[[Section], int], language: Language) -> str:
    return sayer(language)("，", ", ").join(f"{section.heading(language).partition('（')[0]} {of(section)}"
                                           for section in some if of(section))
