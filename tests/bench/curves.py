"""`python -m tests.bench.curves FILE FOLDER`: a CSV that `tests.bench --keep` has filled, as tables and two pictures.

Both axes are logarithmic: what grows with the number of records is a straight line, whatever it takes.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from math import log10

import pygal  # type: ignore[import-untyped]
from PIL import Image
from playwright.sync_api import sync_playwright
from pygal.style import Style  # type: ignore[import-untyped]

from tests.browser.chromium import find
from tests.browser.conftest import ARGS

WIDTH, HEIGHT = 1000, 560
LOOK = Style(background="#fff", plot_background="#fff", font_family="sans-serif", label_font_size=18,
             major_label_font_size=18, legend_font_size=18, title_font_size=22,
             colors=("#8c2d04", "#0b5fa5", "#1b7837", "#7b3294", "#555"))
Titles = tuple[str, str]
TITLES: dict[str, Titles] = {"seconds": ("秒", "seconds"), "records": ("记录数", "records"),
                             "memory": ("全部进程的内存，MB", "memory of all processes, MB")}
WORKS: dict[str, Titles] = {
    "cold": ("从头生成", "cold"),
    "cold, with the quick parser": ("从头生成，装了 yaml-rs", "cold, with yaml-rs"),
    "one title edited": ("改一个标题", "one title edited"),
    "nothing changed": ("什么都没变", "nothing changed"),
    "check after one title was edited": ("改一个标题后 `check`", "`check` after an edit"),
    "preview: from saving to the page": ("`serve`：存盘到看见那一页", "`serve`: from saving to the page"),
    "cold, with search": ("从头生成，含搜索", "cold, with search"),
    "one title edited, with search": ("改一个标题，含搜索", "one title edited, with search"),
    "the same files, written and no more": ("只写出同样的文件，别的不做", "the same files written, and no more")}
DRAWN = ("cold, with the quick parser", "cold, with search", "one title edited", "nothing changed",
         "check after one title was edited")
"""What of the table is drawn; more lines would not be told apart."""
Line = list[tuple[float, float]]


def main(lines: str, folder: str) -> None:
    """Print what was measured as tables in both languages, and draw seconds and memory by the number of records."""
    seconds, memory = defaultdict[str, Line](list), defaultdict[str, Line](list)
    rows: dict[tuple[str, int], dict[str, str]] = {}
    with open(lines, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            rows[row["work"], int(row["records"])] = row
            if row["work"] in DRAWN:
                at = log10(int(row["records"]))
                seconds[row["work"]].append((at, log10(float(row["seconds"]))))
                if int(row["peak_mb"]):
                    memory[row["work"]].append((at, log10(float(row["peak_mb"]))))
    for language in (0, 1):
        print("\n".join(table(rows, language)), end="\n\n")
    chromium = find()
    with sync_playwright() as playwright, playwright.chromium.launch(executable_path=chromium, args=ARGS) as browser:
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        for name, of, marks in (("seconds", seconds, (0.1, 1, 10, 60, 600)),
                                ("memory", memory, (100, 300, 1000, 3000))):
            for language, beside in ((0, ""), (1, "en/")):
                drawing = draw(TITLES[name], of, marks, language)
                page.set_content(f"<style>body {{ margin: 0 }}</style>{drawing}")
                Image.open(BytesIO(page.screenshot())).save(f"{folder}/{beside}{name}.webp", quality=80, method=6)


def table(rows: Mapping[tuple[str, int], Mapping[str, str]], language: int) -> Iterator[str]:
    """Yield the lines of a table in Markdown: a line for each work, a column for each number of records."""
    counts = sorted({count for _, count in rows})
    yield f"| {('工作', 'work')[language]} | {' | '.join(f'{count:,}' for count in counts)} |"
    yield f"|---|{'--:|' * len(counts)}"
    for work, names in WORKS.items():
        cells = [_cell(rows.get((work, count))) for count in counts]
        if any(cells):
            yield f"| {names[language]} | {' | '.join(cells)} |"


def _cell(row: Mapping[str, str] | None) -> str:
    if row is None:
        return "–"
    least, most = float(row["least"]), float(row["most"])
    spread = f" ({least:.2f}–{most:.2f})" if least < most else ""
    return f"{float(row['seconds']):.2f} s{spread}" + (f", {int(row['peak_mb']):,} MB" if row["peak_mb"] != "0" else "")


def draw(titles: Titles, lines: Mapping[str, Line], marks: Sequence[float], language: int) -> str:
    """Return a picture of some lines, as SVG. marks: the numbers at the axis of y; language: 0 Chinese, 1 English."""
    ats = sorted({at for line in lines.values() for at, _ in line})
    plot = pygal.XY(style=LOOK, title=titles[language], x_title=TITLES["records"][language], width=WIDTH, height=HEIGHT,
                    legend_box_size=16, js=(), dots_size=5, stroke_style={"width": 3}, margin_right=60,
                    truncate_legend=-1, x_labels=[{"value": at, "label": f"{10 ** at:,.0f}"} for at in ats],
                    y_labels=[{"value": log10(mark), "label": f"{mark:g}"} for mark in marks])
    for work in DRAWN:
        if work in lines:
            plot.add(WORKS[work][language].replace("`", ""), sorted(lines[work]))
    return str(plot.render(is_unicode=True))


if __name__ == "__main__":
    main(*sys.argv[1:])
