"""Two texts as what stayed, went and came: a short comparison that a reader takes in at a glance."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal, NamedTuple

AROUND, LONG, LEAST = 10, 24, 2
"""Characters kept around a change; from which length on texts are compared word by word; shortest rest that stays."""
MOST = 1_000_000
"""Up to so many pairs of words are compared; longer texts sentence by sentence."""
_WORD = re.compile(r"[㐀-鿿]|\w+|\s+|.", re.DOTALL)
_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；\n]?")


class Piece(NamedTuple):
    """A run of text that stayed (`=`), went (`-`) or came (`+`); what stayed is cut to what stands around changes."""

    sign: Literal["=", "-", "+"]
    text: str


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Return what changed between two long texts in order, nothing where showing both whole is plainer."""
    if not before or not after or max(len(before), len(after)) <= LONG:
        return ()
    old, new = (_WORD.findall(text) for text in (before, after))
    if len(old) * len(new) > MOST:
        old, new = ([s for s in _SENTENCE.findall(text) if s] for text in (before, after))
    found = SequenceMatcher(None, old, new, autojunk=False)
    if found.ratio() < 0.4:
        return ()
    return tuple(_cut(_joined(_runs(found, old, new))))


def _runs(found: SequenceMatcher[str], old: list[str], new: list[str]) -> Iterator[tuple[str, str, str]]:
    """Yield (what stayed, what went, what came), one of the first and the others empty; tiny rests count as changed."""
    codes = found.get_opcodes()
    for at, (tag, a, b, c, d) in enumerate(codes):
        was, now = "".join(old[a:b]), "".join(new[c:d])
        if tag == "equal" and (len(was) >= LEAST or at in (0, len(codes) - 1)):
            yield was, "", ""
        else:
            yield "", was, now


def _joined(runs: Iterator[tuple[str, str, str]]) -> Iterator[Piece]:
    for stayed, some in groupby(runs, key=lambda run: bool(run[0])):
        same, gone, come = ("".join(texts) for texts in zip(*some, strict=True))
        if stayed:
            yield Piece("=", same)
            continue
        if gone:
            yield Piece("-", gone)
        if come:
            yield Piece("+", come)


def _cut(some: Iterator[Piece]) -> Iterator[Piece]:
    found = list(some)
    for at, piece in enumerate(found):
        if piece.sign != "=":
            yield piece
            continue
        head = piece.text[:AROUND] if at else ""
        tail = piece.text[-AROUND:] if at < len(found) - 1 else ""
        whole = len(piece.text) <= len(head) + len(tail) + 1
        yield piece if whole else Piece("=", f"{head}…{tail}")
