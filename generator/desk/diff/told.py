"""What a difference consists of, whatever form it is told in: sections, entries, changes; and its JSON.

Real and illustrative entries stand in one section, and never in one list or count: `Section.real`, `.illustrative`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from generator.desk.diff.versions import Version
from generator.desk.diff.words import Piece, pieces
from generator.problem import Problem
from generator.wording import Language

MARKER = "<!-- gongshi-diff -->"
"""Stands in every Markdown, so that a forge's comment is found again and updated, not posted once more."""
FORM = 1
"""The shape of the JSON; rises when a reader of it would have to change."""

HEADINGS: dict[str, tuple[str, str]] = {
    "named": ("新公开的姓名", "Persons newly named"),
    "privacy": ("要核对的联系方式", "Contact details to be looked at"),
    "removed": ("被直接删除（没有留下撤回说明）", "Removed without a withdrawal"),
    "withdrawn": ("撤回", "Withdrawn"),
    "renamed": ("改了编号", "Renamed"),
    "rules": ("办法有变", "Rules changed"),
    "standings": ("名次和星级变动", "Ranks and stars moved"),
    "frozen": ("已定榜的各期与现在的记录不一致", "Frozen outcomes that the records now tell otherwise"),
    "numbers": ("数字变动", "Numbers changed"),
    "status": ("办理状态变动", "Status changed"),
    "added": ("新增", "Added"),
    "changed": ("修改", "Changed"),
    "photos": ("照片", "Photos"),
    "bulletins": ("简报变动", "Bulletins affected"),
    "notices": ("要重印的告示", "Notices to re-print"),
    "pages": ("正文页", "Prose pages"),
    "program": ("程序和发布流程的文件", "Files of the program and of publishing"),
    "settings": ("全站设置", "Settings of the site"),
}
"""Every section by its code, in their order: first what can't be taken back once it was public."""
GRAVE = ("named", "privacy", "removed", "frozen", "program")
"""Sections that a reviewer has to look at."""


class Change(NamedTuple):
    """One thing before and after, empty where there was or is none; `because` says why, a line each."""

    label: str
    before: str
    after: str
    because: tuple[str, ...] = ()

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """What changed inside a long text."""
        return pieces(self.before, self.after)


class Entry(NamedTuple):
    """What changed of one record, board, bulletin, notice or file.

    key: `kind/id` of a record, else the address of a page or the path of a file; kind: what it is, in words.
    remark: what else there is to say of it.
    """

    key: str
    title: str
    kind: str
    illustrative: bool
    changes: tuple[Change, ...] = ()
    remark: str = ""


class Section(NamedTuple):
    """Entries that tell the same kind of thing. code: one of HEADINGS."""

    code: str
    entries: tuple[Entry, ...]

    @property
    def real(self) -> tuple[Entry, ...]:
        """What concerns the real site."""
        return tuple(entry for entry in self.entries if not entry.illustrative)

    @property
    def illustrative(self) -> tuple[Entry, ...]:
        """What concerns made-up records."""
        return tuple(entry for entry in self.entries if entry.illustrative)

    def parts(self) -> list[tuple[bool, tuple[Entry, ...]]]:
        """Return (whether made up, entries) of the parts that hold something, the real one first."""
        return [(made_up, some) for made_up, some in ((False, self.real), (True, self.illustrative)) if some]

    def heading(self, language: Language) -> str:
        """Return what stands above it."""
        return HEADINGS[self.code][language == "en"]


class Difference(NamedTuple):
    """What becomes public between two versions of a site, both as of the same day (None: there is no site to ask).

    before, problems: what is wrong with either version; where `problems` has some, nothing would be published, and
    where either has some, only what single records tell is compared. fresh: there was no site before.
    """

    base: Version
    head: Version
    as_of: date | None
    before: tuple[Problem, ...]
    problems: tuple[Problem, ...]
    fresh: bool
    sections: tuple[Section, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing changes for the public, as far as could be told."""
        return not (self.sections or self.problems or self.before)


def sections(entries: Sequence[tuple[str, Entry]]) -> tuple[Section, ...]:
    """Return (code, entry) pairs as sections in their order; entries stay in theirs."""
    return tuple(Section(code, some) for code in HEADINGS
                 if (some := tuple(entry for of, entry in entries if of == code)))


def as_json(found: Difference) -> dict[str, Any]:
    """Return a difference as plain values.

    `{form, base, head, as_of, fresh, empty, base_problems, problems, counts, sections}`. base, head: `{name, commit}`,
    both empty for the working tree. A problem: `{path, line, column, code, message}`. counts: section code ->
    `{real, illustrative}`. A section: `{code, heading, real, illustrative}`, each a list of entries
    `{key, title, kind, remark, changes}`; a change: `{label, before, after, because}`, `because` a list of texts.
    """
    return {
        "form": FORM, "base": _version(found.base), "head": _version(found.head), "as_of": str(found.as_of or ""),
        "fresh": found.fresh, "empty": found.is_empty, "base_problems": [_problem(p) for p in found.before],
        "problems": [_problem(p) for p in found.problems],
        "counts": {s.code: {"real": len(s.real), "illustrative": len(s.illustrative)} for s in found.sections},
        "sections": [{"code": s.code, "heading": s.heading("zh"), "real": [_entry(e) for e in s.real],
                      "illustrative": [_entry(e) for e in s.illustrative]} for s in found.sections]}


def _version(version: Version) -> dict[str, str]:
    return {"name": version.name, "commit": version.commit}


def _problem(problem: Problem) -> dict[str, Any]:
    return {"path": problem.place.shown, "line": problem.place.line, "column": problem.place.column,
            "code": problem.code, "message": problem.message()}


def _entry(entry: Entry) -> dict[str, Any]:
    return {"key": entry.key, "title": entry.title, "kind": entry.kind, "remark": entry.remark,
            "changes": [{**change._asdict(), "because": list(change.because)} for change in entry.changes]}
