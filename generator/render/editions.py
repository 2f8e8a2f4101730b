"""What an edition of a bulletin shows: a sentence, the figures, and behind each figure its records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol

from generator.data import Register
from generator.editions import WORDS, Edition, Item, counts, said_of
from generator.records import kinds
from generator.render.cells import Link
from generator.render.results import Moved
from generator.results import Outcome

HEADINGS = {**WORDS, "open": "期末还在办的（逾期的在前）"}
COMPARED = ("began", "closed", "confirmed", "open", "late")
"""The figures that stand beside those of the period before."""
SHOWN = 60


class Figure(NamedTuple):
    """One number: what it counts, how many, of the period before, and where on the page its records stand."""

    label: str
    number: int
    before: int | None
    anchor: str
    late: bool


class Line(NamedTuple):
    """One record in a section: what happened to it, each with its day. day: that of the one thing without words."""

    link: Link
    kind: str
    late: bool
    day: str
    told: tuple[tuple[str, str], ...]


class Section(NamedTuple):
    """The records behind one figure; `more` of them are in the data only."""

    anchor: str
    heading: str
    lines: tuple[Line, ...]
    more: int


class Change(NamedTuple):
    """A rank or a star, before and after; expires: the last day on which it may be told."""

    link: Link
    before: str
    after: str
    moved: Moved | None
    day: str
    proof: Link | None
    expires: str


class Ranking(NamedTuple):
    """The ranks that changed on one board."""

    board: Link
    changes: tuple[Change, ...]
    more: int


class Differing(NamedTuple):
    """What a frozen edition and the records of today tell of one thing, empty where they don't tell it."""

    link: Link
    was: str
    now: str


@dataclass(frozen=True)
class EditionView:
    """An edition, ready to be placed. state: 进行中, 有点评, or that there is none."""

    series: str
    words: str
    first: str
    last: str
    area: Link
    state: str
    gap: bool
    illustrative: bool
    summary: str
    figures: tuple[Figure, ...]
    sections: tuple[Section, ...]
    rankings: tuple[Ranking, ...]
    stars: tuple[Change, ...]
    running: bool
    frozen: str
    corrections: tuple[Link, ...]
    differing: tuple[Differing, ...]
    older: Link | None
    newer: Link | None
    all: Link
    json: Link


class Shelf(Protocol):
    """What finds links, rows, boards and the editions around one."""

    register: Register
    @property
    def outcomes(self) -> tuple[Outcome, ...]: ...
    editions: tuple[Edition, ...]

    def find(self, key: str, root: str = "../") -> Link: ...

    def board_link(self, outcome: Outcome) -> Link: ...


def edition_url(edition: Edition) -> str:
    """Return the address of an edition below the root: its record's page, or where there is none one with dots."""
    if edition.bulletin:
        return f"bulletins/{edition.bulletin.partition('/')[2]}.html"
    return series_url(edition.group).replace("/" + edition.kind, f"/{edition.kind}.{edition.period}", 1)


def series_url(group: tuple[str, str, bool]) -> str:
    """Return the address of the page that lists every edition of a series."""
    kind, area, examples = group
    return f"bulletins/{kind}.in-{area}{'.example' if examples else ''}.html"


def leaf_of(edition: Edition) -> str:
    """Return an edition's address as seen from its own folder."""
    return edition_url(edition).partition("/")[2]


def told_of(shelf: Shelf, items: Iterable[Item]) -> tuple[Item, ...]:
    """Return the items without what may no longer be told: stars by assessments that were withdrawn or have expired."""
    def stands(item: Item) -> bool:
        row = shelf.register.rows.get(item.by)
        return item.what != "rated" or (row is not None and not row.withdrawn)
    return tuple(filter(stands, items))


def shown_of(shelf: Shelf, edition: Edition) -> Edition:
    """Return an edition with nothing but what may be told."""
    return replace(edition, items=told_of(shelf, edition.items))


def state_of(edition: Edition) -> str:
    """Return in a word whether an edition has its comment."""
    if edition.commented:
        return "有点评"
    return "进行中" if edition.running else "本期没有点评"


def summary_of(edition: Edition) -> str:
    """Return the period in one sentence."""
    found = counts(edition.items)
    parts = [f"{WORDS[what]} {found[what]} 件" for what in ("began", "closed", "confirmed", "reopened")
             if found.get(what)]
    dues = found.get("kept", 0) + found.get("missed", 0)
    due = f"到期的 {dues} 项，按时办到 {found.get('kept', 0)} 项、没办到 {found.get('missed', 0)} 项" if dues else ""
    late = f"，其中逾期 {found['late']} 件" if found.get("late") else ""
    until = "到今天" if edition.running else "到期末"
    going = f"{until}还在办 {found['open']} 件{late}" if found.get("open") else ""
    said = [some for some in ("、".join(parts), due, going) if some]
    return "；".join(said) + "。" if said else "这一期没有可说的记录。"


def view_of(shelf: Shelf, edition: Edition, around: Sequence[Edition]) -> EditionView:
    """Return an edition as its page shows it. around: its series, newest first."""
    shown = shown_of(shelf, edition)
    here = [e.period for e in around].index(edition.period)
    newer, older = around[here - 1] if here else None, around[here + 1] if here + 1 < len(around) else None
    return EditionView(
        edition.series, edition.words, edition.first, edition.last, shelf.find(f"area/{edition.area}"),
        state_of(edition), not edition.commented and not edition.running, edition.examples, summary_of(shown),
        _figures(shown, shown_of(shelf, older) if older else None), tuple(_sections(shelf, shown)),
        _rankings(shelf, shown), _stars(shelf, shown), edition.running, edition.frozen.day if edition.frozen else "",
        tuple(map(shelf.find, edition.frozen.corrections)) if edition.frozen else (),
        tuple(_differing(shelf, edition)), _to(older), _to(newer),
        Link("这个系列的各期", series_url(edition.group).partition("/")[2]),
        Link("本期数据（JSON）", leaf_of(edition).removesuffix(".html") + ".json"))


def _to(edition: Edition | None) -> Link | None:
    return Link(edition.words, leaf_of(edition)) if edition else None


def _figures(edition: Edition, older: Edition | None) -> tuple[Figure, ...]:
    now, then = counts(edition.items), counts(older.items) if older else Counter[str]()
    return tuple(Figure(label, now.get(what, 0), then.get(what, 0) if older and what in COMPARED else None,
                        "open" if what == "late" else what, what in ("late", "missed") and bool(now.get(what)))
                 for what, label in WORDS.items() if now.get(what) or what in ("began", "closed", "open"))


def _sections(shelf: Shelf, edition: Edition) -> Iterable[Section]:
    late = {i.key for i in edition.of("late")}
    for what, heading in HEADINGS.items():
        if what in ("late", "ranked", "rated") or not (items := edition.of(what)):
            continue
        grouped: dict[str, list[Item]] = {}
        for item in items:
            grouped.setdefault(item.key, []).append(item)
        keys = sorted(grouped, key=lambda key: key not in late) if what == "open" else list(grouped)
        lines = tuple(_line(shelf, key, grouped[key], edition.told, what == "open" and key in late)
                      for key in keys[:SHOWN])
        yield Section(what, heading, lines, len(keys) - len(lines))


def _line(shelf: Shelf, key: str, items: Sequence[Item], told: Mapping[Item, str], late: bool) -> Line:
    row = shelf.register.rows.get(key)
    words = () if row is None or row.withdrawn else tuple((i.day, told.get(i, "")) for i in items if i.day)
    day = words[0][0] if len(words) == 1 and not words[0][1] else ""
    return Line(shelf.find(key), kinds()[key.partition("/")[0]].label, late, day, () if day else words)


def _rankings(shelf: Shelf, edition: Edition) -> tuple[Ranking, ...]:
    boards = {" ".join((o.family, o.period, o.scope)).strip(): o for o in shelf.outcomes
              if o.illustrative == edition.examples}
    grouped: dict[str, list[Item]] = {}
    for item in edition.of("ranked"):
        grouped.setdefault(item.part, []).append(item)
    found = []
    for part, items in grouped.items():
        board = shelf.board_link(boards[part]) if part in boards else shelf.find(items[0].by)
        ordered = sorted(items, key=lambda i: (int(i.after), i.key))
        found.append(Ranking(board, tuple(_moved(shelf, i) for i in ordered[:SHOWN]), max(0, len(ordered) - SHOWN)))
    return tuple(found)


def _moved(shelf: Shelf, item: Item) -> Change:
    rise = int(item.before) - int(item.after)
    moved = Moved("▲", f"升 {rise} 名") if rise > 0 else Moved("▼", f"降 {-rise} 名")
    return Change(shelf.find(item.key), f"第 {item.before} 名", f"第 {item.after} 名", moved, "", None, "")


def _stars(shelf: Shelf, edition: Edition) -> tuple[Change, ...]:
    return tuple(Change(shelf.find(i.key), i.before or "此前没有公布的星级", i.after, None, i.day, shelf.find(i.by),
                        shelf.find(i.by).expires) for i in edition.of("rated")[:SHOWN])


def _differing(shelf: Shelf, edition: Edition) -> Iterable[Differing]:
    """Yield how today's records would tell a frozen edition otherwise; nothing that may no longer be told."""
    pairs: dict[tuple[str, str, str], list[str]] = {}
    frozen = edition.frozen
    for side, items in enumerate((frozen.gone, frozen.more) if frozen else ()):
        for item in told_of(shelf, items):
            both = pairs.setdefault((item.key, item.what, item.part), ["", ""])
            both[side] = "；".join(part for part in (both[side], said_of(item)) if part)
    return (Differing(shelf.find(key), was, now) for (key, _, _), (was, now) in sorted(pairs.items()))
