"""Photos of a record as its page shows them: before beside after, then the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from generator.data import Copy
from generator.records.forms import When
from generator.records.photo import Photo

MIME = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
WORDS = {"before": "整改前", "during": "过程中", "after": "整改后"}
REBUILT = {**WORDS, "before": "改造前", "after": "改造后"}
ALONE, PAIRED = "(min-width: 800px) 720px, 92vw", "(min-width: 960px) 450px, (min-width: 640px) 46vw, 92vw"
"""How wide a photo is shown, as 52-photos.css lays it out; in px, since a rem here would be 16 of them, not our 20."""


class Shot(NamedTuple):
    """One photo: `sources` are (type, srcset) of the modern formats, `srcset` is that of the one every browser reads.

    href: its largest copy; width, height: that copy's size, so that nothing moves once the photo has come.
    word: whether it shows what was before, while or after; first: it comes at once, the others when they are near.
    """

    sources: tuple[tuple[str, str], ...]
    srcset: str
    sizes: str
    href: str
    width: int
    height: int
    alt: str
    word: str
    date: When | None
    caption: str
    by: str
    first: bool


class Album(NamedTuple):
    """What a page shows of a record's photos: pairs of before and after, and all others in the order of the record."""

    pairs: tuple[tuple[Shot, Shot], ...]
    others: tuple[Shot, ...]


def photos_of(kind: str, photos: Sequence[Photo], copies: Mapping[str, tuple[Copy, ...]], root: str) -> Album | None:
    """Return a record's photos, None where it has none. copies: what was published of each photo."""
    if not photos:
        return None
    words = REBUILT if kind == "project" else WORDS
    pairs = _pairs(photos)
    paired = [id(photo) for pair in pairs for photo in pair]
    others = [photo for photo in photos if id(photo) not in paired]

    def shot(photo: Photo, sizes: str, first: bool) -> Shot:
        return _shot(photo, words.get(photo.shows or "", ""), copies[photo.file], root, sizes, first)

    return Album(tuple((shot(one, PAIRED, index == 0), shot(other, PAIRED, index == 0))
                       for index, (one, other) in enumerate(pairs)),
                 tuple(shot(one, ALONE, not pairs and index == 0) for index, one in enumerate(others)))


def _pairs(photos: Sequence[Photo]) -> list[tuple[Photo, Photo]]:
    """Return every before with its after; the model lets at most one of each share a `pair` where there are both."""
    found: dict[str, dict[str, Photo]] = {}
    for photo in photos:
        found.setdefault(photo.pair or "", {})[photo.shows or ""] = photo
    return [(some["before"], some["after"]) for some in found.values() if "before" in some and "after" in some]


def _shot(photo: Photo, word: str, copies: Sequence[Copy], root: str, sizes: str, first: bool) -> Shot:
    sets = {type: list(some) for type, some in groupby(copies, key=lambda copy: copy.type)}
    largest = sets["jpg"][-1]
    return Shot(
        tuple((MIME[type], _srcset(some, root)) for type, some in sets.items() if type != "jpg"),
        _srcset(sets["jpg"], root), sizes, _address(largest, root), largest.width, largest.height, photo.alt,
        word, photo.date, photo.caption or "", photo.by or "", first)


def _srcset(copies: Iterable[Copy], root: str) -> str:
    return ", ".join(f"{_address(copy, root)} {copy.width}w" for copy in copies)


def _address(copy: Copy, root: str) -> str:
    return f"{root}photos/{copy.name}"
