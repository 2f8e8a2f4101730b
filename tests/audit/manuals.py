"""`make pictures`: the screens that the manuals show, taken from what the manuals themselves do.

    python -m tests.audit.manuals

Sheets are drawn as a program for sheets shows them (columns, rows, colours, remarks), since none runs here.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from html import escape
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import openpyxl
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from generator.cli import common
from tests.audit.pictures import save
from tests.browser.chromium import find
from tests.browser.conftest import ARGS, serving
from tests.browser.pages import built
from tests.docs.doing import do
from tests.docs.test_manuals import BOOKS, Clock, steps
from tests.forms import editing, write_forms
from tests.sites import ROOT

DOCS = ROOT / "docs"
SCREENS = DOCS / "editor/screens"


class Screen(NamedTuple):
    """A picture of the demonstration site: the page, how wide the window is, which part of its height is shown."""

    page: str
    width: int
    top: int
    bottom: int


SITE = {
    "editor/screens/case.webp": Screen("cases/demo-case-12.html", 760, 150, 980),
    "editor/screens/notice.webp": Screen("notices/demo-wangjiang-b1.html", 820, 190, 1180),
    "rules/screens/board.webp": Screen("boards/case-board.2026-Q3.example.html", 760, 150, 1000),
    "rules/screens/stars.webp": Screen("stars/house-stars.example.html", 760, 150, 1000),
}
"""Where below docs/ a picture lies, and what it shows."""
GRID = """<meta charset="utf-8"><style>
body { margin: 0; background: #fff; font: 14px/1.4 "Noto Sans CJK SC", sans-serif; }
table { border-collapse: collapse; }
td, th { border: 1px solid #c9ced4; padding: 3px 8px; white-space: pre; text-align: left; }
th { background: #eef1f4; color: #555; font-weight: 400; text-align: center; }
i { font-style: normal; display: block; white-space: normal; width: 190px; background: #fff8c6;
    border: 1px solid #b59a2b; padding: 4px 6px; margin-top: 4px; font-size: 13px; }
</style>"""


def main() -> None:
    """Take every picture anew."""
    chromium = find()
    with tempfile.TemporaryDirectory() as folder:
        followed = follow(Path(folder) / "editor")  # before a browser runs: its commands fork
        take(chromium, Path(folder), followed)


def take(chromium: str | None, folder: Path, followed: Path) -> None:
    """Take the pictures, of the site, of what was kept, of the forms."""
    with (sync_playwright() as playwright,
          playwright.chromium.launch(executable_path=chromium, args=ARGS) as browser):
        page = browser.new_context(locale="zh-CN", reduced_motion="reduce", color_scheme="light").new_page()
        of_the_site(page, folder / "site")
        of_the_sheets(page, followed)
        of_the_forms(browser, folder / "forms")


def of_the_site(page: Page, folder: Path) -> None:
    """Take the pictures of the demonstration site's pages."""
    with serving(built(folder).release) as address:
        for path, screen in SITE.items():
            save(taken(page, address + screen.page, screen.width).crop((0, screen.top, screen.width, screen.bottom)),
                 DOCS / path)


def follow(folder: Path) -> Path:
    """Follow the editors' manual to where it shows a difference, keep the sheets as they are on the way."""
    common.datetime = Clock  # type: ignore[attr-defined]
    _, begin, language = BOOKS["editor"]
    folder.mkdir()
    begin(town := folder / "town")
    for step in steps("editor"):
        do(step, town, language)
        if step.what == "gongshi import 办件.xlsx" and step.exit:
            for name, book in (("sheet", "办件.xlsx"), ("marked", "办件.错误.xlsx")):
                drawn = grid(openpyxl.load_workbook(town / book)["办件"])
                (folder / f"{name}.html").write_text(drawn, encoding="utf-8")
        if "gaidong.html" in step.what:
            (town / "gaidong.html").rename(folder / "diff.html")
            break
    return folder


def of_the_sheets(page: Page, folder: Path) -> None:
    """Take the sheets and the difference that were kept in a folder."""
    for name in ("sheet", "marked"):
        page.set_viewport_size({"width": 1400, "height": 400})
        page.goto((folder / f"{name}.html").as_uri())
        save(Image.open(BytesIO(page.locator("table").screenshot())).convert("RGB"), SCREENS / f"{name}.webp")
    save(taken(page, (folder / "diff.html").as_uri(), 760).crop((0, 0, 760, 900)), SCREENS / "diff.webp")


def grid(sheet: Worksheet) -> str:
    """Return a sheet as HTML: its rows and those of its columns that hold something, with colours and remarks."""
    columns = [c for c in range(1, sheet.max_column + 1) if any(sheet.cell(r, c).value for r in (4, 7, 8))
               and not str(sheet.cell(1, c).value).startswith("#")]
    letters = "".join(f"<th>{sheet.cell(1, c).column_letter}" for c in columns)
    rows = "".join(f"<tr><th>{r}{''.join(_cell(sheet.cell(r, c)) for c in columns)}" for r in range(1, 9))
    return f"{GRID}<table><tr><th>{letters}{rows}</table>"


def _cell(cell: Cell) -> str:
    colour = cell.fill.start_color.rgb if cell.fill.fill_type == "solid" else None
    ground = f"background:#{colour[-6:]};" if isinstance(colour, str) else ""
    small = "font-size:11px;color:#888;" if cell.row == 1 else "font-weight:700;" if cell.row == 2 else ""
    said = f"<i>{escape(cell.comment.text)}</i>" if cell.comment and cell.row > 2 else ""
    return f'<td style="{ground}{small}">{escape(str(cell.value or ""))}{said}'


def of_the_forms(browser: Browser, folder: Path) -> None:
    """Take the forms, filled with the demonstration's own records."""
    write_forms(folder, "repository: {forge: gitea, url: https://git.example.org/shili/gongshi}\n")
    content = ROOT / "content"
    files = {path.relative_to(content).as_posix(): path.read_text(encoding="utf-8") for path in _some(content)}
    with editing(browser, folder, 1000) as editor:
        editor.page.goto(f"{editor.address}admin/")
        editor.page.wait_for_timeout(2000)
        _form(editor.page, "login", 180, 900)
        editor.open_folder(files)
        editor.page.goto(f"{editor.address}admin/#/collections/case")
        editor.page.wait_for_timeout(1500)
        _form(editor.page, "list", 0, 640)
        editor.open("case", "demo/demo-case-12")
        editor.page.wait_for_timeout(1500)
        _form(editor.page, "case", 0, 860)
        editor.box("反映").fill("2026.9.9")
        editor.page.get_by_role("button", name="保存", exact=True).click()
        said = editor.page.get_by_role("alert").filter(has_text="日期要写成").first
        said.evaluate("one => one.scrollIntoView({block: 'center'})")
        editor.page.wait_for_timeout(1500)
        _form(editor.page, "error", 200, 900)


def _some(content: Path) -> Iterator[Path]:
    for kind in ("cases", "areas", "documents", "organisations"):
        yield from sorted((content / kind).rglob("*.yml"))


def _form(page: Page, name: str, top: int, bottom: int) -> None:
    shot = Image.open(BytesIO(page.screenshot())).convert("RGB")
    save(shot.crop((0, top, shot.width, bottom)), SCREENS / f"form-{name}.webp")


def taken(page: Page, address: str, width: int) -> Image.Image:
    """Return a whole page at a width."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address)
    return Image.open(BytesIO(page.screenshot(full_page=True))).convert("RGB")


if __name__ == "__main__":
    main()
