"""`gongshi check --history`: what is personal in what git keeps, wherever it stood: files, names of files, messages.

Every content is judged once, where it came in first; what was deleted since is judged too. Texts, tables and documents
are read; of photos, whether they say where they were taken.
"""

from __future__ import annotations

import contextlib
import io
import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from PIL import Image

from generator import gate, git, plain
from generator.config import Site
from generator.gate.reading import Unseen, words_of
from generator.problem import Place, Problem

PHOTOS = (".jpg", ".jpeg", ".png", ".webp", ".avif")
UNREAD = (".gif", ".pdf", ".whl")
SHEETS = (".xlsx", ".xlsm", ".docx")
PLACED = "photo-place"
"""What is said of a photo with a position in it; nothing fails for that."""
_GPS, _LATITUDE = 0x8825, 2
LOOSE = (*SHEETS, ".csv", ".tsv", ".txt")
"""What people drop into a repository beside the records: lists as they came."""
PERSONAL = "personal-"
"""What the codes of the gate's findings begin with; its other Problems are about records as they are today."""
SHORT = 10
"""So many characters of a commit are shown."""
MARK = "\x01"
LOG = ("-c", "log.showRoot=true", "-c", "log.diffMerges=separate", "-c", "diff.relative=false", "log", "--topo-order",
       "--reverse", "-m", "--raw", "-z", "-O/dev/null", "--no-renames", "--no-abbrev", "--no-color", "--no-ext-diff",
       "--encoding=UTF-8",
       f"--format={MARK}%H{MARK}%cs{MARK}%B")
NOTHING, MODULE = "000000", "160000"
"""What stands for the mode of a file that is gone, and of another repository."""
_TAG = re.compile(r"<[^<>]*>")
_SIGNED = re.compile(r"^[A-Z][A-Za-z-]*-by:.*$", re.MULTILINE)
"""Who signed a commit is known to git anyway."""


class Commit(NamedTuple):
    """A commit: its day as ISO text, what it says, and what it brought, as (path from the top, blob)."""

    id: str
    day: str
    message: str
    files: list[tuple[str, str]]


class Added(NamedTuple):
    """Where a content, or a name, came in first: the commit and its day, the path from the top."""

    commit: str
    day: str
    path: str


class Past(NamedTuple):
    """What the history holds: Problems, the oldest first, whose places begin with a commit; how much was looked at.

    whole: false where the clone holds only the newest part.
    """

    problems: list[Problem]
    commits: int
    contents: int
    whole: bool


def past(site: Site, asked: str = git.EVERYTHING) -> Past:
    """Return what is personal in a site's history. asked: `--all` for every branch and tag, else commits as git names
    them (`main`, `v1..main`).

    A value that stays in a file from version to version is told once. Raises: DeskError where git can't tell.
    """
    git.top_of(site.root)
    commits = _log(site, asked)
    contents: dict[str, Added] = {}
    names: dict[str, Added] = {}
    for one in commits.values():
        for path, blob in one.files:
            added = Added(one.id, one.day, path)
            names.setdefault(path, added)
            if not path.lower().endswith(UNREAD):
                contents.setdefault(blob, added)
    problems = [*_of_messages(commits.values()), *_of_names(names.values()), *_of_contents(site, contents)]
    order = {id: number for number, id in enumerate(commits)}
    problems.sort(key=lambda one: (order[one.values["commit"]], one.place, one.code))
    return Past(problems, len(commits), len(contents), not git.is_shallow(site.root))


def _log(site: Site, asked: str) -> dict[str, Commit]:
    """Return the commits by their ids, the oldest first.

    Every side of a merge is compared, so that what only the merge itself brought is there too.
    """
    some = [asked] if asked == git.EVERYTHING else ["--end-of-options", asked]
    said = git.ask(site.root, *LOG, *some, "--", fails=git.missing(site.root), name=asked)
    inside = git.ask(site.root, "rev-parse", "--show-prefix")
    commits: dict[str, Commit] = {}
    files: list[tuple[str, str]] = []
    tokens = iter(said.split("\0"))
    for token in tokens:
        if token.startswith(MARK):
            _, id, day, message = token.split(MARK, 3)
            files = commits.setdefault(id, Commit(id, day, message, [])).files
        elif token:
            _, mode, _, blob, _ = token.lstrip("\n:").split(" ")
            path = next(tokens)
            if mode not in (NOTHING, MODULE) and _is_ours(path, inside, site.settings.content):
                files.append((path, blob))
    return commits


def _is_ours(path: str, inside: str, content: str) -> bool:
    return path.startswith(f"{inside}{content}/") or (path.startswith(inside) and path.lower().endswith(LOOSE))


def _of_messages(commits: Iterable[Commit]) -> Iterator[Problem]:
    for commit, day, message, _ in commits:
        judged = gate.judge(_SIGNED.sub("", message), "", as_of=_date(day)).problems
        yield from (_at(one, commit, day, "") for one in judged)


def _of_names(names: Iterable[Added]) -> Iterator[Problem]:
    for commit, day, path in names:
        judged = gate.judge(path, path, as_of=_date(day)).problems
        yield from (_at(replace(one, place=Place(path)), commit, day, path) for one in judged)


def _of_contents(site: Site, added: dict[str, Added]) -> Iterator[Problem]:
    """Yield what is personal in contents; a value that stays in a file is told where it came in."""
    told: set[tuple[str, str, str]] = set()
    for blob, data in git.blobs(site.root, added):
        commit, day, path = added[blob]
        for one in judged(data, path, _date(day)):
            key = (path, one.code, str(one.values))
            if key not in told:
                told.add(key)
                yield _at(one, commit, day, path)


def judged(data: bytes, path: str, as_of: date | None = None) -> list[Problem]:
    """Return what is personal in a file's bytes, each at its line where the file has lines; a record by its fields."""
    if path.lower().endswith(PHOTOS):
        return [Problem(PLACED, Place(path))] if _says_where(data) else []
    text = _packed(data, path) if path.lower().endswith(SHEETS) else _text(data)
    found = [one for one in gate.judge(text, path, _read(text, path), as_of).problems if one.code.startswith(PERSONAL)]
    lined = not path.lower().endswith(SHEETS)
    return [one if lined and one.place.line else replace(one, place=Place(path)) for one in found]


def _says_where(data: bytes) -> bool:
    """Whether a photo holds the position of its camera; only its head is read, and one that can't be holds none."""
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(data)) as photo:
            return _LATITUDE in photo.getexif().get_ifd(_GPS)
    except Exception:  # whatever Pillow stumbles over in strangers' files; photos themselves are checked elsewhere
        return False


def _read(text: str, path: str) -> Any:
    """Return a record's values, None of what is no record or can't be read."""
    if path.endswith((".yml", ".yaml")):
        with contextlib.suppress(plain.Refused):
            return plain.parse(text)
    return None


def _text(data: bytes) -> str:
    """Return a file's text as whoever wrote it may have saved it, empty where it is none."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if b"\0" in data[:8000]:
        return ""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


def _packed(data: bytes, path: str) -> str:
    """Return what a sheet or document of Office says, empty where it is none."""
    try:
        return words_of(path.lower(), data)
    except Unseen:
        return ""


def _date(day: str) -> date:
    """Return a commit's day; git takes any, and what is of no year that there is is judged as if all had ended."""
    try:
        return date.fromisoformat(day)
    except ValueError:
        return date.max


def _at(problem: Problem, commit: str, day: str, path: str) -> Problem:
    """Return a Problem whose place is git's own name of the file then; a number in that name is not shown."""
    for one in reversed(gate.find(path)):
        path = path[:one.start] + gate.shown(one.value) + path[one.end:]
    place = replace(problem.place, path=f"{commit[:SHORT]}:{path}" if path else commit[:SHORT])
    return replace(problem, place=place, values={**problem.values, "commit": commit, "day": day})
