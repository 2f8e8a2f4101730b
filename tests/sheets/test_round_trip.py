"""Whatever a record holds comes back from its sheet as it was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import sheets
from generator.plain import parse
from generator.records import kinds
from generator.sheets.layout import layout
from generator.sheets.outgoing import rows
from generator.sheets.rows import gather, spread
from tests.sheets.made import KINDS, records
from tests.sites import ROOT

made = st.sampled_from(KINDS).flatmap(lambda kind: st.tuples(st.just(kind), records(kind)))
several = st.sampled_from(KINDS).flatmap(lambda kind: st.tuples(st.just(kind), st.lists(records(kind), max_size=6)))


@given(made)
@settings(max_examples=150, deadline=None)
def test_record_survives_its_cells(one: tuple[str, dict[str, Any]]) -> None:
    """Texts of cells, read back, give the record: in one table and spread over the sheets of its lists."""
    kind, data = one
    flat = layout(kind, flat=True).main
    assert gather(flat, spread(flat, data)) == (data, [])


@given(several, st.sampled_from(["xlsx", "csv"]))
@settings(max_examples=25, deadline=None)
def test_records_survive_a_file(tmp_path_factory: pytest.TempPathFactory, one: tuple[str, list[dict[str, Any]]],
                                ending: str) -> None:
    """A file that was written is read as what was written, in the same order, whatever the texts."""
    kind, found = one
    path = tmp_path_factory.mktemp("sheet") / f"a.{ending}"
    put = [(f"r-{number}", data) for number, data in enumerate(found) if data]
    sheets.write(path, kind, put)
    table = sheets.read(path, kind)
    assert [fault.message() for fault in table.faults] == []
    assert [(read.id, read.data) for read in table.reads] == put
    assert [read.digest for read in table.reads] == [sheets.digest(data) for _, data in put]


def shipped(kind: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the records of a kind that the project ships."""
    folder = ROOT / "content" / kinds()[kind].folder
    return [(path.stem, parse(path.read_text(encoding="utf-8"))) for path in sorted(folder.rglob("*.yml"))]


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_shipped_records_survive(tmp_path: Path, ending: str) -> None:
    """The first and the last records of every kind come back; `python -m tests.sheets.campaign` tries all of them."""
    for kind in KINDS:
        found = shipped(kind)
        some = found[:3] + found[3:][-3:]
        sheets.write(tmp_path / f"{kind}.{ending}", kind, some)
        table = sheets.read(tmp_path / f"{kind}.{ending}")
        assert (table.kind, table.faults, [(read.id, read.data) for read in table.reads]) == (kind, [], some)


def test_shipped_records_need_no_escape() -> None:
    """Nothing that was ever written by hand looks odd in a sheet: no cell begins with a backslash."""
    for kind in KINDS:
        shape = layout(kind)
        for sheet in (shape.main, *shape.lists):
            assert [texts for _, _, texts in rows(sheet, shipped(kind))
                    for text in texts.values() if text.startswith("\\")] == []


def test_same_records_give_the_same_bytes(tmp_path: Path) -> None:
    """A workbook holds no time of writing."""
    for name in ("a.xlsx", "b.xlsx"):
        sheets.write(tmp_path / name, "case", shipped("case")[:5])
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
