"""Level 1. A Finding: a Problem, and whether anything fails for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from generator.digest import sha256
from generator.problem import Problem
from generator.wording import Language, legible, rule

Level = Literal["error", "note"]


class Finding(NamedTuple):
    """A Problem, or something that an editor should know and nothing fails for (`note`)."""

    problem: Problem
    level: Level = "error"

    def rule(self, language: Language) -> tuple[str, str]:
        """Return what its code says of every case: what is wrong, what to do."""
        return rule(self.problem.code, language)


def sort(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings in the order of their places, errors first."""
    return sorted(findings, key=lambda one: (one.level != "error", one.problem.place, one.problem.code,
                                             str(one.problem.values)))


def fingerprints(findings: Sequence[Finding]) -> Iterator[str]:
    """Yield a name for each finding that stays when its line moves: its file, its code, its values.

    What is equal in all three is counted, in the order of the file.
    """
    seen: Counter[str] = Counter()
    for one in findings:
        values = sorted((name, legible(str(value))) for name, value in one.problem.values.items())
        name = f"{one.problem.place.shown}\n{one.problem.code}\n{values}"
        seen[name] += 1
        yield sha256(f"{name}\n{seen[name]}".encode())
