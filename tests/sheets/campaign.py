"""`python -m tests.sheets.campaign`: every shipped record, and thousands of made-up ones, through a file and back.

Takes a few minutes; the suite tries a slice of it (`test_round_trip.py`).
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator import sheets
from generator.plain import parse
from generator.records import kinds
from tests.sheets.made import KINDS, records
from tests.sites import ROOT

ROWS = 10_000


def through(folder: Path, kind: str, found: list[tuple[str, dict[str, Any]]]) -> None:
    """Write records as a workbook and as CSV; stop where either gives back anything else."""
    for ending in ("xlsx", "csv"):
        path = folder / f"{kind}.{ending}"
        sheets.write(path, kind, found)
        table = sheets.read(path, kind)
        assert [fault.cell.place + fault.message() for fault in table.faults] == []
        assert [(read.id, read.data) for read in table.reads] == found


def shipped(kind: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the records of a kind that the project ships."""
    folder = ROOT / "content" / kinds()[kind].folder
    return [(path.stem, parse(path.read_text(encoding="utf-8"))) for path in sorted(folder.rglob("*.yml"))]


def main() -> None:
    """Run it and print the figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for kind in KINDS:
            through(folder, kind, shipped(kind))
        print(f"{sum(len(shipped(kind)) for kind in KINDS)} shipped records of {len(KINDS)} kinds came back")
        tried = 0
        for kind in KINDS:
            @given(st.just(kind), st.lists(records(kind), max_size=8))
            @settings(max_examples=60, deadline=None, derandomize=False, database=None,
                      suppress_health_check=list(HealthCheck))
            def some(kind: str, found: list[dict[str, Any]]) -> None:
                nonlocal tried
                tried += len(found)
                through(folder, kind, [(f"r-{number}", data) for number, data in enumerate(found) if data])
            some()
        print(f"{tried} made-up records came back")
        many = [(f"c-{number}", data) for number, (_, data) in enumerate((shipped("case") * (ROWS // 50))[:ROWS])]
        for ending in ("xlsx", "csv"):
            path, begun = folder / f"many.{ending}", time.perf_counter()
            sheets.write(path, "case", many)
            written = time.perf_counter()
            assert len(sheets.read(path, "case").reads) == ROWS
            print(f"{ROWS} cases as .{ending}: written in {written - begun:.1f} s, read in "
                  f"{time.perf_counter() - written:.1f} s, {path.stat().st_size / 2**20:.1f} MiB")


if __name__ == "__main__":
    main()
