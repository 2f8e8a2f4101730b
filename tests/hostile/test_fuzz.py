"""A slice of the fuzzing campaign: `make fuzz SECONDS=…` tries more, `make campaign` the whole of it."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import pytest

from tests.campaign import fuzz


def test_damaged_files_are_read_or_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some cases of every door: none crashes, none hangs, and most were truly damaged."""
    monkeypatch.setattr(fuzz, "METHOD", "fork")  # the seeds need not be made twice
    found = fuzz.fuzz(0, 150, 30)
    fuzz.keep(found.failed)
    assert found.failed == []
    assert sum(found.counts.values()) > 100
    assert {outcome.partition(" ")[0] for outcome in found.counts} == {"yaml", "prose", "xlsx", "csv"}
    assert found.peak << 10 <= fuzz.LIMIT_MEMORY


def test_number_gives_the_same_bytes() -> None:
    """A case is its number: whoever is told one can repeat it."""
    assert [fuzz.case(number) for number in range(5, 25)] == [fuzz.case(number) for number in range(5, 25)]
    assert len({fuzz.case(number).data for number in range(40)}) > 35


def _stumbling(folder: Path, one: fuzz.Case) -> str:
    raise ZeroDivisionError


def _dying(folder: Path, one: fuzz.Case) -> str:
    os.abort()


def _hanging(folder: Path, one: fuzz.Case) -> str:
    time.sleep(60)
    return "read"


@pytest.mark.parametrize("door", [_stumbling, _dying, _hanging])
def test_every_way_to_fail_is_noticed(door: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: a reader that raises, that ends the process, or never answers is told with its number."""
    monkeypatch.setattr(fuzz, "DOORS", dict.fromkeys(fuzz.DOORS, door))
    monkeypatch.setattr(fuzz, "LIMIT_SECONDS", 0.1)
    monkeypatch.setattr(fuzz, "METHOD", "fork")
    found = fuzz.fuzz(0, 2, 20)
    assert [number for number, _ in found.failed] == [0, 1]
