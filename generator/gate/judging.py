"""What a text of a release is judged by, and what of it must not be published.

In: words as `reading` gives them. Out: what is personal, or withheld, and may not stand there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from typing import NamedTuple

from generator import cache
from generator.digest import canonical, sha256
from generator.gate.detect import find
from generator.gate.found import Found
from generator.gate.reading import passages, readable

WITHHELD = "withheld"
_TAKEN_BACK = re.compile(r"<(a|span)\b[^<>]*\sdata-expires-as=\"[^\"]*\"[^<>]*>[^<]*</\1>")
"""What its reader's browser masks on its day: there, and nowhere else, a name by consent may stand."""
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

    def digest(self) -> str:
        """Return a digest of what decides whether a file may be published, this program included."""
        return sha256(canonical([cache.program(), sorted(self.allowed), sorted(self.withheld)]))


class Judge:
    """Says what of a text must not be published; made once for many texts."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        first = "".join(sorted({name[0] for name in ground.withheld}))
        self._heads = re.compile(f"[{re.escape(first)}]") if first else None
        self._lengths = sorted({len(name) for name in ground.withheld}, reverse=True)

    def of(self, words: str) -> list[Found]:
        """Return what must not be published of a text, each value once."""
        found = [one for one in find(words) if (one.code, one.value) not in self.ground.allowed
                 and not _is_digest(words, one)]
        found += self.names_in(words)
        return list({(one.code, one.value): one for one in reversed(found)}.values()) if found else found

    def names_in(self, words: str) -> Iterator[Found]:
        """Yield every name that is withheld, the longest of those that begin alike.

        A pattern of all of them would try each at every character that begins one: there may be thousands.
        """
        end = 0
        for start in (head.start() for head in self._heads.finditer(words)) if self._heads else ():
            names = (words[start:start + length] for length in self._lengths if start >= end)
            if name := next((one for one in names if one in self.ground.withheld), ""):
                end = start + len(name)
                yield Found(WITHHELD, start, end, name)

    def without_taken_back(self, found: list[Found], page: str) -> list[Found]:
        """Return what was found on a page without the names that stand there only where a browser masks them."""
        if not any(one.code == WITHHELD for one in found):
            return found
        lasting = {one.value for one in self.names_in(readable(passages(_TAKEN_BACK.sub("", page))))}
        return [one for one in found if one.code != WITHHELD or one.value in lasting]


def _is_digest(text: str, one: Found) -> bool:
    """Whether digits stand within a digest, which is no number: `3f9a8b1c…`, letters among them."""
    before, behind = _HEX[0].search(text[:one.start][-128:]), _HEX[1].match(text, one.end)
    assert before and behind
    whole = before[0] + text[one.start:one.end] + behind[0]
    return len(whole) >= _DIGEST and re.fullmatch("[0-9]*+[a-f][0-9a-f]*+", whole) is not None
