"""The lists on which detectors are measured: `corpus.tsv`, `held_out.tsv`, at which their author never looked, and
`corpus2.tsv`, written blind; the figures of its first run stand at its top.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from generator import gate

LISTS = ("corpus", "held_out", "corpus2")


class Line(NamedTuple):
    """A text, what must be found in it, and what may be found all the same."""

    text: str
    must: set[str]
    may: set[str]
    why: str


class Score(NamedTuple):
    """How often a code was found rightly, missed, and found wrongly."""

    found: int
    missed: int
    false: int

    @property
    def recall(self) -> float:
        """The share of what had to be found."""
        return self.found / max(1, self.found + self.missed)

    @property
    def precision(self) -> float:
        """The share of what was found rightly."""
        return self.found / max(1, self.found + self.false)


def lines(name: str) -> Iterator[Line]:
    """Yield the lines of a list."""
    for line in (Path(__file__).parent / f"{name}.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            codes, text, why = line.split("\t")
            named = {code.replace("-like", "") for code in codes.split(",") if code}
            yield Line(json.loads(f'"{text}"'), {code for code in named if not code.endswith("?")},
                       {code.rstrip("?") for code in named}, why)


def codes(text: str) -> set[str]:
    """Return the codes of what is found in a text, without what all begin with."""
    return {one.code.removeprefix("personal-").removesuffix("-like") for one in gate.find(text)}


def scores(name: str) -> dict[str, Score]:
    """Return the score of every code on one of the lists."""
    found, missed, false = Counter[str](), Counter[str](), Counter[str]()
    for line in lines(name):
        told = codes(line.text)
        found.update(line.must & told)
        missed.update(line.must - told)
        false.update(told - line.may)
    return {code: Score(found[code], missed[code], false[code]) for code in sorted({*found, *missed, *false})}
