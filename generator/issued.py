"""Level 3. The ledger of short codes: `content/codes/issued.txt`, to which lines are only ever added.

Every code ever issued stands there with its day and what it first led to, and has a record of its own. To lose a code
somebody would have to remove it in two places. In: the ledger and the register. Out: Problems.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from pathlib import Path
from typing import NamedTuple

from generator import gate
from generator.data import Register
from generator.load import LEDGER
from generator.problem import Place, Problem
from generator.records.code import is_code


class Issue(NamedTuple):
    """One line of the ledger: the code, the day on which it was issued, and what it led to then; counted from 1."""

    code: str
    day: str
    target: str
    number: int = 0

    def __str__(self) -> str:
        return f"{self.code} {self.day} {self.target}"


def read_ledger(content: Path) -> tuple[list[Issue], list[Problem]]:
    """Return the lines of the ledger, none where there is no such file, and a Problem for every one that is no line."""
    path = content / LEDGER
    text = path.read_text(encoding="utf-8-sig", errors="replace") if path.is_file() else ""
    found: dict[str, Issue] = {}
    problems = gate.judge(text, LEDGER).problems
    for number, line in enumerate(text.splitlines(), 1):
        words = line.split()
        if not words:
            continue
        if len(words) == 3 and is_code(words[0]) and words[0] not in found:
            found[words[0]] = Issue(words[0], words[1], words[2], number)
        elif not gate.find(line):  # whose Problem does not repeat what it found
            problems.append(Problem("ledger-line", Place(LEDGER, number, 1), {"line": line[:60]}))
    return list(found.values()), problems


def check(content: Path, register: Register, unread: Set[str]) -> list[Problem]:
    """Return a Problem for every code that was issued and has no file, and for every one that was never issued.

    unread: `kind/id` of the files that have no row.
    """
    ledger, problems = read_ledger(content)
    issued = {line.code for line in ledger}
    return [*problems, *_deleted(ledger, register, unread), *_never_issued(register, issued)]


def with_lines(content: Path, lines: Iterable[Issue]) -> tuple[Path, str]:
    """Return the path of the ledger, and its text with these lines added."""
    path = content / LEDGER
    before = path.read_text(encoding="utf-8") if path.is_file() else ""
    end = "\n" if before and not before.endswith("\n") else ""
    return path, before + end + "".join(f"{line}\n" for line in lines)


def _deleted(ledger: Iterable[Issue], register: Register, unread: Set[str]) -> Iterator[Problem]:
    for line in ledger:
        if (key := f"code/{line.code}") not in register.rows and key not in unread:
            yield Problem("code-deleted", Place(LEDGER, line.number, 1), {"code": line.code, "target": line.target})


def _never_issued(register: Register, issued: Set[str]) -> Iterator[Problem]:
    for row in register.of_kind("code"):
        if row.id not in issued:
            yield Problem("code-not-issued", Place(row.path, 1, 1), {"code": row.id})
