"""What a detector gives: a Found, and how it is told without telling it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple


class Found(NamedTuple):
    """Something personal in a text: what it is, from where to where, and its value, written in one way only."""

    code: str
    start: int
    end: int
    value: str


def shown(value: str) -> str:
    """Return enough of a value to find it, never the value: of eleven characters five, of seven three, of three one."""
    start, end = min(3, (len(value) + 1) // 4), min(2, len(value) // 5)
    return f"{value[:start]}…{value[len(value) - end:]}"


class Start(NamedTuple):
    """How what a family looks for begins: with one of a few characters, and what must stand behind it, or before."""

    heads: str
    rest: str

    @property
    def source(self) -> str:
        """The pattern of it, which begins with nothing but these characters: Python skips to them."""
        return f"[{self.heads}](?:{self.rest})"


def any_of(starts: Iterable[Start]) -> Start:
    """Return how any of them begins, for one pass over a text instead of one each."""
    some = tuple(starts)
    return Start("".join(one.heads for one in some), "|".join(f"(?<=[{one.heads}])(?:{one.rest})" for one in some))


def led_by(heads: re.Pattern[str], pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield what `pattern.finditer` would, asking only where one of few characters begins it.

    Python itself skips to such characters only where a pattern begins with nothing but them.
    """
    end = 0
    for head in heads.finditer(text):
        if head.start() >= end and (found := pattern.match(text, head.start())):
            end = found.end()
            yield found
