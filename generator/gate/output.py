"""The gate over what was built: whatever a release holds is looked through once more before it is put in place.

Sources are judged before, so that what is found here was composed (two harmless halves), or put there by the theme, the
configuration, a prose page or a picture. In: the files of a release. Out: what is personal in them, and where from.
"""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from generator.digest import canonical, sha256
from generator.execute import at
from generator.gate import pictures
from generator.gate.detect import find
from generator.gate.found import Found, shown
from generator.gate.reading import BREAK, Unseen, fresh, passages, readable, words_of
from generator.gate.sources import legible_name
from generator.problem import Place, Problem

WITHHELD, METADATA, UNSEEN = "withheld", "metadata", "unseen"
TEXT, NAME = "the text", "the file name"
"""Parts of a file; others are the attributes of HTML."""
WHAT = {
    WITHHELD: "a name that is withheld", "personal-id": "an identity-card number",
    "personal-id-like": "an identity-card number", "personal-phone": "a mobile number",
    "personal-bank-card": "a bank-card number", "personal-plate": "a number plate",
    "personal-address": "a home address", "personal-passport": "a passport number",
    "personal-wechat": "a WeChat account", "personal-qq": "a QQ number", "personal-email": "an e-mail address",
    "personal-gps": "exact coordinates", "personal-mask": "a name masked too thinly"}
TOLD = 3
"""The same find on more files than this is told once, with their number."""
_TAKEN_BACK = re.compile(r"<(a|span)\b[^<>]*\sdata-expires-as=\"[^\"]*\"[^<>]*>[^<]*</\1>")
"""What its reader's browser masks on its day: there, and nowhere else, a name by consent may stand."""
_LINK = re.compile(r"[A-Za-z0-9._%/-]+")
_ATTRIBUTE = re.compile(r"(?<![\w:-])([\w:-]++)=(?:\"[^\"]*|'[^']*|[^\s\"'>]*)\Z")
_HEX = re.compile(r"[0-9a-f]*\Z"), re.compile(r"[0-9a-f]*")
_DIGEST = 16


class Ground(NamedTuple):
    """What a release is judged by.

    allowed: what is personal and may stand, as (code, value); withheld: words that must stand nowhere; sources: path of
    a page, or key of a record -> file that it is made of, below the site's root.
    """

    allowed: Set[tuple[str, str]] = frozenset()
    withheld: Set[str] = frozenset()
    sources: Mapping[str, str] = {}

    def print(self) -> str:
        """Return a digest of what decides whether a file may be published."""
        return sha256(canonical([sorted(self.allowed), sorted(self.withheld)]))


class Leak(NamedTuple):
    """Something that must not be published: in which file, which part of it, what, and where it most likely came from.

    code: of the detector, or one of ours; value: never shown whole; source: below the site's root, empty for unknown.
    """

    path: str
    part: str
    code: str
    value: str
    source: str


class Seen(NamedTuple):
    """What pages repeat and was found clean: whole lines, and the passages in them."""

    lines: set[str]
    passages: set[str]


def inspect(folder: Path, paths: Iterable[str], ground: Ground) -> list[Leak]:
    """Return what is personal in some files of a release; what pages repeat of earlier ones is looked through once."""
    seen, names, some = Seen(set(), set()), _names(ground.withheld), list(paths)
    leaks = _in_paths(some, ground, names)
    for path in some:
        at(path)
        with open(f"{folder}/{path}", "rb") as file:
            leaks += _inspect(path, file.read(), ground, names, seen)
    return leaks


def _in_paths(paths: Sequence[str], ground: Ground, names: re.Pattern[str] | None) -> list[Leak]:
    """Return what is personal in the names of files; nearly always nothing is, in any of them."""
    told = {path: f"{unquote(path)}{BREAK}{unquote(path).rpartition('.')[0].replace('/', BREAK)}" for path in paths}
    if not _judged(BREAK.join(told.values()), ground, names):
        return []
    return [Leak(path, NAME, one.code, one.value, ground.sources.get(path, ""))
            for path, text in told.items() for one in _judged(text, ground, names)]


def public(texts: Iterable[str]) -> set[tuple[str, str]]:
    """Return what stands in texts that are public by purpose, as (code, value)."""
    return {(one.code, one.value) for text in texts for one in find(text)}


def problems(leaks: Iterable[Leak]) -> list[Problem]:
    """Return a Problem for each leak; one that many files hold is told for the first of them."""
    same: dict[tuple[str, str], list[Leak]] = defaultdict(list)
    for leak in sorted(leaks, key=lambda leak: (leak.part != NAME, leak)):
        same[leak.code, leak.path if leak.code in (METADATA, UNSEEN) else leak.value].append(leak)
    return [_problem(leak, len(some) - TOLD if len(some) > TOLD and leak == some[TOLD - 1] else 0)
            for some in same.values() for leak in some[:TOLD]]


def _problem(leak: Leak, more: int) -> Problem:
    place = Place(_legible(leak.source or leak.path, leak), 1, 1)
    page = f"{_legible(leak.path, leak)} (+{more})" if more else _legible(leak.path, leak)
    if leak.code in (METADATA, UNSEEN):
        return Problem(f"built-{leak.code}", place, {"page": page, "what": leak.value})
    what = WHAT.get(leak.code, "something personal")
    hint = f"{leak.value[0]}…" if leak.code == WITHHELD else shown(leak.value)
    return Problem("built-personal", place, {"page": page, "part": leak.part, "what": what, "shown": hint})


def _legible(path: str, leak: Leak) -> str:
    """Return a path without what is personal in it."""
    hint = re.compile(re.escape(leak.value), re.IGNORECASE)
    return legible_name(hint.sub(lambda found: shown(found[0]), path) if leak.part == NAME else path)


def _inspect(path: str, data: bytes, ground: Ground, names: re.Pattern[str] | None, seen: Seen
             ) -> Iterator[Leak]:
    if path.endswith(".html"):
        try:
            yield from _page(path, data.decode(), ground, names, seen)
            return
        except UnicodeDecodeError:
            pass
    try:
        text = words_of(path.lower(), data)
    except Unseen as fault:
        yield Leak(path, TEXT, UNSEEN, str(fault), "")
        return
    for one in _judged(text, ground, names):
        yield Leak(path, TEXT, one.code, one.value, _source(path, text, text, one, ground.sources))
    for what in pictures.metadata(data):
        yield Leak(path, TEXT, METADATA, what, "")


def _page(path: str, text: str, ground: Ground, names: re.Pattern[str] | None, seen: Seen
          ) -> Iterator[Leak]:
    lines = fresh(text, seen.lines)
    new = BREAK.join(lines)
    some = passages(new, seen.passages)
    words = readable(some)
    found = _without_taken_back(_judged(words, ground, names), new, names)
    if not found:
        seen.lines.update(lines)
        seen.passages.update(some)
    for one in found:
        source = ground.sources.get(path) or _source(path, new, words, one, ground.sources)
        yield Leak(path, _part(words, one), one.code, one.value, source)


def _without_taken_back(found: list[Found], text: str, names: re.Pattern[str] | None) -> list[Found]:
    """Return what was found on a page without the names that stand there only where a browser masks them."""
    if names is None or not any(one.code == WITHHELD for one in found):
        return found
    lasting = set(names.findall(readable(passages(_TAKEN_BACK.sub("", text)))))
    return [one for one in found if one.code != WITHHELD or one.value in lasting]


def _judged(text: str, ground: Ground, names: re.Pattern[str] | None) -> list[Found]:
    """Return what must not be published of a text, each value once."""
    found = [one for one in find(text) if (one.code, one.value) not in ground.allowed and not _is_digest(text, one)]
    if names:
        found += [Found(WITHHELD, one.start(), one.end(), one[0]) for one in names.finditer(text)]
    return list({(one.code, one.value): one for one in reversed(found)}.values()) if found else found


def _names(withheld: Set[str]) -> re.Pattern[str] | None:
    """Return a pattern of all words that are withheld, the longest of those that begin alike."""
    return re.compile("|".join(map(re.escape, sorted(withheld, reverse=True)))) if withheld else None


def _is_digest(text: str, one: Found) -> bool:
    """Whether digits stand within a digest, which is no number: `3f9a8b1c…`, letters among them."""
    before, behind = _HEX[0].search(text[:one.start][-128:]), _HEX[1].match(text, one.end)
    assert before and behind
    whole = before[0] + text[one.start:one.end] + behind[0]
    return len(whole) >= _DIGEST and re.fullmatch("[0-9]*+[a-f][0-9a-f]*+", whole) is not None


def _part(words: str, one: Found) -> str:
    """Return the attribute in which something stands, or that it is text."""
    start = words.rfind(BREAK, 0, one.start) + len(BREAK)
    before = words[start if start >= len(BREAK) else 0:one.start]
    attribute = _ATTRIBUTE.search(before) if before.startswith("<") else None
    return attribute[1] if attribute else TEXT


def _source(path: str, text: str, words: str, one: Found, sources: Mapping[str, str]) -> str:
    """Return the file of the record whose link stands nearest, empty for none: rows of lists and data name theirs.

    text: what stands in the file; words: what was made of it, and searched.
    """
    written = r"(?:<[^<>]*>|\s)*".join(map(re.escape, "".join(words[one.start:one.end].split())))
    at = re.search(written, text)
    links = [(min(abs(link.start() - at.start()), abs(link.end() - at.end())), sources[target])
             for link in _LINK.finditer(text)
             if (target := next((t for t in _targets(path, link[0]) if t in sources), ""))] if at else []
    return min(links)[1] if links else ""


def _targets(path: str, link: str) -> tuple[str, ...]:
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), link)), link.lstrip("./")
