"""CSV, in both directions: one table, with what a spreadsheet could take for a formula made harmless."""

from __future__ import annotations

import csv
import io
import re

from generator.problem import DeskError
from generator.sheets.grid import Grid
from generator.sheets.layout import DIGEST_LABEL, ID_LABEL, layout
from generator.sheets.outgoing import Records, digest, rows

DANGEROUS = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
PLAIN_NUMBER = re.compile(r"-\d+(\.\d+)?", re.ASCII)


def as_csv(kind: str, records: Records) -> bytes:
    """Return the records as one table for spreadsheets: UTF-8 with its mark, heads in Chinese, lists in cells."""
    sheet = layout(kind, flat=True).main
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\r\n")
    out.writerow([ID_LABEL, *(column.label for column in sheet.columns), DIGEST_LABEL])
    for id, data, texts in rows(sheet, records):
        out.writerow([id, *(harmless(texts.get(column.path, "")) for column in sheet.columns), digest(data)])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def harmless(text: str) -> str:
    """Return a text of CSV that no spreadsheet takes for a formula; a negative number is none."""
    return "'" + text if DANGEROUS.match(text) and not PLAIN_NUMBER.fullmatch(text) else text


def unharmed(text: str) -> str:
    """Return the text that `harmless` was given."""
    return text[1:] if text.startswith("'") and DANGEROUS.match(text) else text


def table(name: str, data: bytes) -> Grid:
    """Return the one table of a CSV file, whose rows are counted as a spreadsheet would show them."""
    lines = csv_rows(csv_text(data, name), name)
    cells = {number: {column: text for column, text in enumerate(line, 1) if text.strip()}
             for number, line in enumerate(lines, 1)}
    return Grid(name, {number: row for number, row in cells.items() if row}, lambda text, field: unharmed(text))


def csv_text(data: bytes, name: str) -> str:
    """Return the text of a CSV file: UTF-8, else GB 18030 as Chinese Excel writes it, and never a guess."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise DeskError("sheet-encoding", name=name)


def csv_rows(text: str, name: str) -> list[list[str]]:
    """Return the rows of CSV. Raises: DeskError where its quotes don't match."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator_of(text), strict=True)
    try:
        return list(reader)
    except csv.Error:
        raise DeskError("sheet-quotes", name=name, line=str(reader.line_num)) from None


def separator_of(text: str) -> str:
    """Return what separates the cells of CSV: what its first row holds most of."""
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)
