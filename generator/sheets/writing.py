"""A kind's records as a workbook or as CSV; without records, the empty template."""

from __future__ import annotations

from pathlib import Path

from generator.problem import DeskError
from generator.records import kinds
from generator.saving import save
from generator.sheets.comma import as_csv
from generator.sheets.outgoing import Names, Records


def write(path: Path, kind: str, records: Records = (), names: Names | None = None) -> None:
    """Write the sheet of a kind with these records, as their YAML says them; none: the empty template.

    path: ends in .xlsx or .csv. names: what drop-downs of references offer.
    Raises: DeskError for any other ending, a kind that only commands write, a text too long for a cell.
    """
    if not kinds()[kind].by_hand:
        raise DeskError("sheet-by-command", name=kinds()[kind].label)
    if path.suffix.lower() == ".csv":
        save({path: as_csv(kind, records)}, "sheet-unwritable")
    elif path.suffix.lower() == ".xlsx":
        from generator.sheets.workbook import as_xlsx

        save({path: as_xlsx(kind, records, names or {})}, "sheet-unwritable")
    else:
        raise DeskError("sheet-type", name=path.name)
