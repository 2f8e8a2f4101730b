"""`python -m tests.bench.curves FILE FOLDER`: the lines of a CSV that `tests.bench --keep` has filled, as two pictures.

Both axes are logarithmic: what grows with the number of records is a straight line, whatever it takes.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import log10
from pathlib import Path

import pygal  # type: ignore[import-untyped]
from pygal.style import Style  # type: ignore[import-untyped]

LOOK = Style(background="#fff", plot_background="#fff", font_family="sans-serif", label_font_size=18,
             major_label_font_size=18, legend_font_size=18, title_font_size=22,
             colors=("#8c2d04", "#0b5fa5", "#1b7837", "#7b3294", "#555"))
SHOWN = {"cold": "从头生成", "one title edited": "改一个标题", "nothing changed": "什么都没变",
         "check after one title was edited": "改一份后 check", "cold, with search": "从头生成，含搜索"}
"""What of the table is drawn, and its name; more lines would not be told apart."""
Line = list[tuple[float, float]]


def main(lines: str, folder: str) -> None:
    """Draw seconds and memory by the number of records."""
    seconds, memory = defaultdict[str, Line](list), defaultdict[str, Line](list)
    with open(lines, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["work"] in SHOWN:
                at = log10(int(row["records"]))
                seconds[row["work"]].append((at, log10(float(row["seconds"]))))
                memory[row["work"]].append((at, log10(float(row["peak_mb"]))))
    draw(Path(folder) / "seconds.svg", "秒", seconds, (0.5, 1, 10, 60, 600))
    draw(Path(folder) / "memory.svg", "全部进程的内存，MB", memory, (100, 300, 1000, 3000))


def draw(path: Path, title: str, lines: Mapping[str, Line], marks: Sequence[float]) -> None:
    """Write a picture of some lines. marks: the numbers at the axis of y."""
    ats = sorted({at for line in lines.values() for at, _ in line})
    plot = pygal.XY(style=LOOK, title=title, x_title="记录数", width=900, height=560, legend_box_size=16,
                    js=(), dots_size=5, stroke_style={"width": 3}, margin_right=60,
                    x_labels=[{"value": at, "label": f"{10 ** at:,.0f}"} for at in ats],
                    y_labels=[{"value": log10(mark), "label": f"{mark:g}"} for mark in marks])
    for work, name in SHOWN.items():
        if work in lines:
            plot.add(name, sorted(lines[work]))
    plot.uuid = path.stem  # the same again
    path.write_text(plot.render(is_unicode=True), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
