"""Level 2. Plots as SVG for the page itself: pygal lays them out, and only shapes and words of what it makes are kept.

In: labels and numbers. Out: `<svg>` without style, script, id or address of its own, the same bytes for the same
numbers; colours, type and line styles come from the page's stylesheet (51-plots.css), so that dark, print and elder
mode follow. A number that is missing is not drawn; it is never zero.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup, escape

Number = float | int | None
WIDTH, TYPE, MARGIN = 320, 15, 8
"""A narrow phone's column, and the size of its words; on wider pages the plot grows, and the words do not."""
_BARE: dict[str, Any] = {
    "width": WIDTH, "no_prefix": True, "js": (), "css": (), "show_legend": False, "truncate_label": -1, "spacing": 6,
    "margin": 6, "order_min": 0, "min_scale": 2, "max_scale": 5, "print_labels": True,
    "formatter": lambda _: "", "value_formatter": lambda value: rounded(value)}


class Series(NamedTuple):
    """Numbers under one name, as many as there are labels. mark: the class that the stylesheet draws them by."""

    name: str
    values: Sequence[Number]
    mark: str


class Span(NamedTuple):
    """When one thing was planned, and when it came about, as days since the year 1."""

    name: str
    planned: int | None
    actual: int | None


Ticks = Sequence[tuple[str, int]]
"""Words below an axis of days, each with its day."""


def _plot(sort: str, **options: Any) -> Any:
    """Return an empty plot of pygal's, which takes 40 ms to import: most builds draw none anew."""
    from generator.render import plots_bare

    return getattr(plots_bare, sort)(**_BARE, style=plots_bare.style(TYPE), **options)


def stacked(title: str, said: str, labels: Sequence[str], series: Sequence[Series], summed: bool = True
            ) -> Markup:
    """Return a column of several parts for each label, the first at the bottom. summed: their sum stands above it."""
    sums = [sum(v or 0 for v in values) for values in zip(*(one.values for one in series), strict=True)]
    plot = _plot("Stacked", height=230, margin_top=24 if summed else 10)
    plot.x_labels = labels
    for one in series:
        plot.add(one.name, list(one.values))
    plot.add("", [{"value": 0, "label": rounded(total)} for total in sums] if summed else [])
    return _svg(plot, title, said, "gs-plot__svg--stacked", [*(one.mark for one in series), "sum"])


def columns(title: str, said: str, labels: Sequence[str], values: Sequence[Number], unit: str = "",
            top: Number = None) -> Markup:
    """Return a column for each number, written above it. top: the end of a scale that several plots share."""
    highest = top or max((v for v in values if v is not None), default=0) or 1
    plot = _plot("Columns", height=130 if top else 190, margin_top=28, range=(0, highest),
                     print_values_position="top")
    plot.x_labels, plot.y_labels = labels, [{"label": "", "value": 0}]
    plot.add("", [_labelled(value, unit) for value in values])
    return _svg(plot, title, said, "gs-plot__svg--columns", ["one"])


def course(title: str, said: str, labels: Sequence[str], values: Sequence[Number]) -> Markup:
    """Return a dot for each number, written above it, joined by a line that breaks where a number is missing."""
    plot = _plot("Line", height=190, margin_top=28, dots_size=4, allow_interruptions=True, include_x_axis=True)
    plot.x_labels = labels
    plot.add("", [_labelled(value) for value in values])
    return _svg(plot, title, said, "gs-plot__svg--course", ["one"])


def lines(title: str, said: str, labels: Sequence[str], series: Sequence[Series], ranks: int = 0) -> Markup:
    """Return a line for each series, its name at its end; it breaks where a number is missing.

    ranks: the numbers are ranks from 1 to this, the first on top.
    """
    room = max((_width(one.name) for one in series), default=0)
    plot = _plot("Line", height=50 + 36 * max(ranks, 4), margin_right=room + 14, margin_top=16, dots_size=4,
                      allow_interruptions=True, inverse_y_axis=bool(ranks), include_x_axis=not ranks)
    plot.x_labels = labels
    if ranks:
        plot.y_labels, plot.range = list(range(1, ranks + 1)), (0.6, ranks + 0.4)
    for one in series:
        last = max((at for at, value in enumerate(one.values) if value is not None), default=-1)
        plot.add(one.name, [{"value": value, "label": one.name} if at == last else value
                            for at, value in enumerate(one.values)])
    sort = "gs-plot__svg--ranks" if ranks else "gs-plot__svg--lines"
    return _svg(plot, title, said, sort, [one.mark for one in series])


def steps(title: str, said: str, points: Sequence[tuple[int, Number]], ticks: Ticks) -> Markup:
    """Return a line that keeps its height until the next point, a day and what holds from then on."""
    path = list(points[:1])
    for day, value in points[1:]:
        path += [(day, path[-1][1]), (day, value)]
    plot = _plot("Days", height=200, show_dots=False, margin_top=16, include_x_axis=True)
    plot.x_labels = [{"label": words, "value": day} for words, day in ticks]
    plot.add("", path)
    return _svg(plot, title, said, "gs-plot__svg--steps", ["one"])


def spans(title: str, said: str, some: Sequence[Span], ticks: Ticks) -> Markup:
    """Return a row for each thing, its name above: a ring where it was planned, a dot where it came about.

    some: not all on one day. Most pages of projects hold one, so it is drawn as pygal would, but by hand: in 50 µs
    instead of 1,700.
    """
    days = [day for one in some for day in (one.planned, one.actual) if day] + [day for _, day in ticks]
    widest = max(len(one.name) for one in some) * 0.6 * TYPE
    left = MARGIN - int(widest) + (6 + max(widest, TYPE))
    height, wide, high = 40 + 44 * len(some), WIDTH - (left + MARGIN), 1 + 44 * len(some)
    across, upwards = _scale(min(days), max(days), wide), _scale(0.6, len(some) + 0.6, high)
    names, lines, dots = [], [], []
    for at, one in enumerate(some):
        level = high - upwards(len(some) - at)
        row = _on_path(level)
        names.append(f'<path class="guide" d="M0 {row} h{_on_path(wide)}"></path>'
                     f'<text x="-5" y="{rounded(level + .35 * TYPE)}">{escape(one.name)}</text>')
        marks = [(mark, across(day)) for mark, day in (("plan", one.planned), ("done", one.actual)) if day]
        if len(marks) == 2:
            lines.append(f'<path d="M{_on_path(marks[0][1])} {row} L{_on_path(marks[1][1])} {row}"></path>')
        dots += [f'<circle class="{mark}" cx="{rounded(x)}" cy="{rounded(level)}" r="5"></circle>' for mark, x in marks]
    below = "".join(f'<text x="{rounded(across(day))}" y="{rounded(high + 17.5)}">{escape(words)}</text>'
                    for words, day in ticks)
    group = f'<g transform="translate({int(left)}, 12)">'
    joined = f'<g class="one">{"".join(lines)}</g>' if lines else ""
    return _picture("gs-plot__svg--spans", height, title, said, Markup(
        f'{group}<g class="y"><path d="M0 {high} h{_on_path(wide)}"></path>{"".join(names)}</g><g class="x">{below}</g>'
        f'{joined}</g>{group}<g class="one">{"".join(dots)}</g></g>'))


def _scale(first: float, last: float, size: float) -> Callable[[float], float]:
    """Return what places a number on an axis so long, of which a fiftieth stays free at both ends."""
    free = 0.02 * (last - first)
    start, end = first - free, last + free
    return lambda number: size * (number - start) / (end - start)


def _on_path(number: float) -> str:
    """Return a number of a path: pygal cuts these to millionths before they are rounded."""
    return rounded(round(number, 6))


def rounded(value: Number) -> str:
    """Return a number as written in a plot: whole, or with one decimal."""
    return "" if value is None else f"{value:.1f}".removesuffix(".0")


def _labelled(value: Number, unit: str = "") -> dict[str, Any] | None:
    return None if value is None else {"value": value, "label": rounded(value) + unit}


def _width(words: str) -> int:
    """Return how wide words are, in the plot's own units; pygal knows no Chinese type."""
    return sum(TYPE if ord(letter) > 0x2E7F else TYPE * 6 // 10 for letter in words)


# ── what pygal made, without all that a page of ours may not hold ────────────────────────────────────────────

KEPT = {"path": ("d",), "rect": ("x", "y", "width", "height"), "circle": ("cx", "cy", "r"), "text": ("x", "y")}
DROPPED = {"background", "tooltip", "titles"}
DECIMAL = re.compile(r"-?(?<!\d)\d++\.\d++(?:e-?\d+)?")


def _svg(plot: Any, title: str, said: str, sort: str, marks: Sequence[str]) -> Markup:
    """Return the plot, told in words for those who don't see it. marks: the class of each series."""
    inside = "".join(_kept(node, marks) for node in plot.render_tree() if _name(node) == "g")
    return _picture(sort, plot.config.height, title, said, Markup(inside))


def _picture(sort: str, height: int, title: str, said: str, inside: Markup) -> Markup:
    return Markup(f'<svg class="gs-plot__svg {sort}" viewBox="0 0 {WIDTH} {height}" role="img">'
                  f"<title>{escape(title)}</title><desc>{escape(said)}</desc>{inside}</svg>")


def _kept(node: Any, marks: Sequence[str]) -> str:
    """Return a shape, words or a group with its numbers shortened; nothing for what is not to be seen."""
    name, classes = _name(node), node.get("class", "").split()
    if name == "g" and not DROPPED & set(classes):
        return _group(node, classes, marks)
    if name not in KEPT or DROPPED & set(classes) or _is_nothing(node, name):
        return ""
    held = "".join(_given(key, _short(node.get(key, ""))) for key in KEPT[name])
    mark = next((_given("class", one) for one in ("guide", "plan", "done") if one in classes), "")
    return f"<{name}{mark}{held}>{escape(node.text or '')}</{name}>"


def _group(node: Any, classes: Sequence[str], marks: Sequence[str]) -> str:
    inside, moved = "".join(_kept(child, marks) for child in node), node.get("transform", "")
    mark = _mark(classes, marks)
    if not inside or not (mark or moved):
        return inside
    return f"<g{_given('class', mark)}{_given('transform', _short(moved))}>{inside}</g>"


def _mark(classes: Sequence[str], marks: Sequence[str]) -> str:
    """Return our class for one of pygal's groups: `x` and `y` for the axes, a mark for each series."""
    if "axis" in classes:
        return classes[1]
    return next((marks[int(one.removeprefix("serie-"))] for one in classes if one.startswith("serie-")), "")


def _given(key: str, value: str) -> str:
    return f' {key}="{value}"' if value else ""


def _is_nothing(node: Any, name: str) -> bool:
    """Whether nothing would be seen: no words, no height or width; upright lines of the grid are not wanted either."""
    if name == "text":
        return not (node.text or "").strip()
    if name == "path":
        return " v" in node.get("d", "")
    return name == "rect" and "0" in (_short(node.get("width")), _short(node.get("height")))


def _name(node: Any) -> str:
    """Return an element's name without its namespace, empty for a comment."""
    return str(node.tag).rpartition("}")[2] if isinstance(node.tag, str) else ""


def _short(text: str) -> str:
    """Return a text with its numbers rounded to a tenth."""
    return DECIMAL.sub(lambda found: rounded(round(float(found[0]), 1) + 0.0), text)
