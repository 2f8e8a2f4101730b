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

from generator.execute import at
from generator.gate import pictures
from generator.gate.detect import find
from generator.gate.found import Found, shown
from generator.gate.judging import WITHHELD, Ground, Judge
from generator.gate.reading import BREAK, Unseen, passages, readable, words_of
from generator.gate.skimming import Skimmer
from generator.gate.sources import legible_name
from generator.problem import Place, Problem

METADATA, UNSEEN = "metadata", "unseen"
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
_LINK = re.compile(r"[A-Za-z0-9._%/-]+")
_ATTRIBUTE = re.compile(r"(?<![\w:-])([\w:-]++)=(?:\"[^\"]*|'[^']*|[^\s\"'>]*)\Z")

class Leak(NamedTuple):
    """Something that must not be published: in which file, which part of it, what, and where it most likely came from.

    code: of the detector, or one of ours; value: never shown whole; source: below the site's root, empty for unknown.
    """

    path: str
    part: str
    code: str
    value: str
    source: str


def inspect(folder: Path, paths: Iterable[str], ground: Ground, proven: Set[str] = frozenset()) -> list[Leak]:
    """Return what is personal in some files of a release.

    proven: those whose bytes were found clean before they were written; of them only the names are looked at.
    """
    judge, skimmer, some = Judge(ground), Skimmer(ground), list(paths)
    leaks = _in_paths(some, judge)
    for path in some:
        at(path)
        if path not in proven:
            with open(f"{folder}/{path}", "rb") as file:
                leaks += _inspect(path, file.read(), judge, skimmer)
    return leaks


def _in_paths(paths: Sequence[str], judge: Judge) -> list[Leak]:
    """Return what is personal in the names of files; nearly always nothing is, in any of them."""
    told = {path: f"{name}{BREAK}{name.rpartition('.')[0].replace('/', BREAK)}"
            for path, name in zip(paths, map(unquote, paths), strict=True)}
    if not judge.of(BREAK.join(told.values())):
        return []
    return [Leak(path, NAME, one.code, one.value, judge.ground.sources.get(path, ""))
            for path, text in told.items() for one in judge.of(text)]


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


def _inspect(path: str, data: bytes, judge: Judge, skimmer: Skimmer) -> Iterator[Leak]:
    sources = judge.ground.sources
    if path.endswith(".html"):
        try:
            if not skimmer.is_clean((b"", data)):
                yield from _page(path, data.decode(), judge)
            return
        except UnicodeDecodeError:
            pass
    try:
        text = words_of(path.lower(), data)
    except Unseen as fault:
        yield Leak(path, TEXT, UNSEEN, str(fault), "")
        return
    for one in judge.of(text):
        yield Leak(path, TEXT, one.code, one.value, _source(path, text, text, one, sources))
    for what in pictures.metadata(data):
        yield Leak(path, TEXT, METADATA, what, "")


def _page(path: str, text: str, judge: Judge) -> Iterator[Leak]:
    words = readable(passages(text))
    for one in judge.without_taken_back(judge.of(words), text):
        source = judge.ground.sources.get(path) or _source(path, text, words, one, judge.ground.sources)
        yield Leak(path, _part(words, one), one.code, one.value, source)


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
