"""The gate over what was built: whatever a release holds is looked through once more before it is put in place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from pathlib import Path

from generator.gate.detect import find
from generator.gate.found import shown
from generator.problem import Place, Problem

TEXTS = (".csv", ".txt")


def inspect(folder: Path, paths: Iterable[str], allowed: Set[tuple[str, str]]) -> list[Problem]:
    """Return a Problem for whatever is personal in some files of a release. allowed: what the sources may publish."""
    return [problem for path in paths for problem in _inspect(folder, path, allowed)]


def _inspect(folder: Path, path: str, allowed: Set[tuple[str, str]]) -> Iterator[Problem]:
    if path.endswith(TEXTS):
        for one in find((folder / path).read_text(encoding="utf-8")):
            if (one.code, one.value) not in allowed:
                yield Problem(one.code, Place(path), {"shown": shown(one.value)})
