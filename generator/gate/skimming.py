"""A quick look at pages that have most of their text in common: is there nothing personal in one, yes or no?

In: a page as it is published. Out: whether it is clean; what isn't is for `output` to look into and to tell of. Lines,
tags and passages of a clean page are not read again on the next one. No tag runs across the beginning of another, so
that what stands between two of them says the same wherever it stands, and what stands between the first and the last
break in it is never read together with what stands around it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import filterfalse

from generator.gate.judging import Ground, Judge
from generator.gate.reading import BREAK, END, between, plain, undrawn

MOST = 1 << 16
"""Lines, tags and passages that are remembered before all are forgotten: some 10 MB."""
_BEGINS = "\n<"
_FIRST = "!>"
"""A tag without its `<` that nobody sees: what stands before the first tag is read like what follows one."""
_DRAWN = ("<path", "<poly", "<svg")
_OPENING = frozenset("/!?ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")


class Skimmer:
    """Tells of one page after the other whether it is clean, by what a release is judged by."""

    def __init__(self, ground: Ground) -> None:
        self._judge = Judge(ground)
        self._tags = _Tags()
        self._lines = _Lines(self._tags)
        self._passages: set[str] = set()
        self._literals: dict[bytes, str] = {}

    def is_clean(self, pieces: Sequence[bytes]) -> bool:
        """Whether a page holds nothing that must not be published. Raises: UnicodeDecodeError.

        pieces: what it consists of; the first, third, fifth … are those of many pages.
        """
        lines, tags = len(self._lines), len(self._tags)
        text = "".join([piece.decode() if at % 2 else self._literal(piece) for at, piece in enumerate(pieces)])
        told = "".join(map(self._lines.__getitem__, f"{_FIRST}{text}".split(_BEGINS)))
        words, marks = self._fresh(told.split(END)), self._fresh(self._tags.met)
        self._tags.met.clear()
        said = " ".join(END.join(words).split()).replace(END, BREAK)
        drawn = [undrawn(tag) if tag.startswith(_DRAWN) else tag for tag in marks]
        found = self._judge.of(plain(BREAK.join((said, *drawn))))
        if found:
            _shrink(self._lines, lines)
            _shrink(self._tags, tags)
            return not self._judge.without_taken_back(found, text)
        self._passages.update(words, marks)
        if len(self._lines) + len(self._tags) + len(self._passages) > MOST:
            for known in (self._lines, self._tags, self._passages, self._literals):
                known.clear()
        return True

    def _fresh(self, passages: Iterable[str]) -> dict[str, None]:
        return dict.fromkeys(filterfalse(self._passages.__contains__, passages))

    def _literal(self, piece: bytes) -> str:
        """Return a piece of many pages; where its lines are known already, only what can be read with others."""
        if piece in self._literals:
            return self._literals[piece]
        text = piece.decode()
        first, *inner = text.split(_BEGINS)
        if len(inner) < 2 or not all(line in self._lines for line in inner[:-1]):
            return text
        ends = _ends("".join(map(self._lines.__getitem__, inner[:-1])))
        return self._literals.setdefault(piece, f"{first}{ends}{_BEGINS}{inner[-1]}")


class _Tags(dict[str, str]):
    """What a tag and the text up to the next one say, by both of them without the first `<`.

    met: the tags that were not known before; what is malformed is text.
    """

    def __init__(self) -> None:
        super().__init__()
        self.met: list[str] = []

    def __missing__(self, part: str) -> str:
        tag, closed, text = part.partition(">")
        if not closed or tag[:1] not in _OPENING:
            return f"<{part}"
        self.met.append(f"<{tag}>")
        self[part] = told = between(f"<{tag.partition(' ')[0]}>") + text
        return told


class _Lines(dict[str, str]):
    """What a line, without its first `<`, says: all of it the first time, then what can be read with other lines."""

    def __init__(self, tags: _Tags) -> None:
        super().__init__()
        self._tags = tags

    def __missing__(self, line: str) -> str:
        told = f" {''.join(map(self._tags.__getitem__, line.split('<')))}"
        self[line] = _ends(told)
        return told


def _ends(told: str) -> str:
    """Return a text without what stands between the first break in it and the last."""
    first, found, rest = told.partition(END)
    return f"{first}{END}{rest.rpartition(END)[2]}" if found else told


def _shrink(known: dict[str, str], number: int) -> None:
    """Forget what came last, so that so many are left."""
    while len(known) > number:
        known.popitem()
