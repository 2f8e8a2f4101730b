"""Closed views: everything that a template shows, and nothing to query. Built from the register, never from disk."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from generator.data import Outcome, Register, Row, Standing, Target
from generator.records import kinds
from generator.records.scheme import Criterion, Scheme
from generator.render.cells import Link, number, percent

BACKLINKS_SHOWN = 50
PER_PAGE = 50
MARKS = ("", ".example")


class Group(NamedTuple):
    """Records of one kind that refer to a record, real or illustrative: the newest, and how many there are."""

    label: str
    items: tuple[tuple[str, Link, str | None], ...]
    total: int


class CreditView(NamedTuple):
    """One line of 怎么算的: what was counted, when, how much, and the record that proves it."""

    measure: str
    day: str
    amount: str
    points: str
    evidence: Link


class StandingView(NamedTuple):
    """A subject's outcome under one scheme and period, with every credit behind it."""

    title: str
    board: str
    form: str
    period: str
    rank: int | None
    ranked: int
    value: str
    stars: int | None
    word: str | None
    to_next: str | None
    next_word: str | None
    credits: tuple[CreditView, ...]
    illustrative: bool


class ListRow(NamedTuple):
    """One line of a list: date, link, place, status and the kind's own columns."""

    dated: str
    link: Link
    area: Link | None
    status: str | None
    overdue: int
    kind: str
    cells: tuple[Any, ...]


@dataclass(frozen=True)
class Context:
    """What a record's page needs beyond the record: where it stands, what it points to, what points to it."""

    row: Row
    crumbs: tuple[Link, ...]
    links: Mapping[str, Link]
    groups: tuple[Group, ...]
    standings: tuple[StandingView, ...]
    place: Mapping[str, Any] | None = None
    boards: tuple[Link, ...] = ()
    criteria: Mapping[str, Criterion] = field(default_factory=dict)


class Views:
    """Makes views from the register and the outcomes. Pages stand one folder deep, so the root is `../`."""

    def __init__(self, register: Register, outcomes: Iterable[Outcome], schemes: Mapping[str, Scheme]):
        self.register = register
        self.outcomes = tuple(outcomes)
        self.schemes = schemes
        self.standings: dict[str, list[tuple[Outcome, Standing]]] = defaultdict(list)
        for outcome in self.outcomes:
            for standing in outcome.standings:
                self.standings[standing.subject].append((outcome, standing))
        self.inside = _inside(register)
        self.below: dict[str, list[Row]] = defaultdict(list)
        for row in register.of_kind("area"):
            self.below[row.area or ""].append(row)

    def link(self, key: str, root: str = "../") -> Link:
        """Return the link to a record, as seen from a page whose root is `root`."""
        row = self.register.rows[key]
        return Link(row.title, root + row.url, row.illustrative)

    def area(self, row: Row, root: str = "../") -> Link | None:
        """Return the link to the record's area."""
        return self.link(f"area/{row.area}", root) if row.area else None

    def contexts(self, rows: Iterable[Row]) -> list[Context]:
        """Return what the pages of some records need beyond the records themselves."""
        return [Context(
            row, self.crumbs(row), {r.target: self.link(r.target) for r in row.references}, self.groups(row),
            self.of_subject(row.key), self.place(row) if row.kind == "area" else None, self.boards(row),
            self.criteria(row)) for row in rows]

    def boards(self, row: Row) -> tuple[Link, ...]:
        """Return the links to a scheme's results."""
        return tuple(Link(f"{o.title} {o.period}".strip(), "../" + board_url(o), o.illustrative)
                     for o in self.outcomes if row.key == f"scheme/{o.scheme}")

    def criteria(self, row: Row) -> dict[str, Criterion]:
        """Return the criteria that an assessment's points stand for, by their id."""
        if row.kind != "assessment":
            return {}
        scheme = next(r.target for r in row.references if r.keys == ("scheme",))
        return {c.id: c for c in self.schemes[scheme.partition("/")[2]].criteria}

    def place(self, row: Row) -> dict[str, Any]:
        """Return what an area's page shows besides its own fields: what lies below, what happened there."""
        parts = [self.part(row, mark) for mark in MARKS if self.inside.get((row.id, mark))]
        below = [[r for r in self.below[row.id] if mark_of(r) == mark] for mark in MARKS]
        here = [r for mark in MARKS for r in self.inside.get((row.id, mark), []) if r.area == row.id]
        return {"people": [self.listed(r) for r in here if r.kind == "person"], "parts": parts,
                "below": [[self.listed(r) for r in rows] for rows in below if rows]}

    def part(self, row: Row, mark: str) -> dict[str, Any]:
        """Return the real or the illustrative records of an area: counts by kind, and the newest of them."""
        rows = self.inside[row.id, mark]
        counts = Counter(r.kind for r in rows)
        going = [r for r in rows if r.status in ("未开始", "办理中")]
        slices = pages_of(rows, PER_PAGE)
        return {"illustrative": bool(mark), "rows": [self.listed(r) for r in slices[0]], "total": len(rows),
                "counts": [(kinds()[kind].label, n) for kind, n in sorted(counts.items())],
                "open": len(going), "overdue": sum(1 for r in going if r.overdue),
                "pager": pager(f"areas/{row.id}{mark}", 1, len(slices))}

    def crumbs(self, row: Row) -> tuple[Link, ...]:
        """Return the way to a record: home, its kind, and for a place the places that contain it."""
        model = kinds()[row.kind]
        above = reversed(self.register.above.get(row.id, ())) if row.kind == "area" else ()
        return (Link("首页", "../index.html"), Link(model.label, "index.html"),
                *(self.link(f"area/{a}") for a in above))

    def groups(self, row: Row) -> tuple[Group, ...]:
        """Return the records that refer to this one, by kind, newest first; places list theirs elsewhere."""
        if row.kind == "area":
            return ()
        found: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for key in self.register.backlinks.get(row.key, ()):
            other = self.register.rows[key]
            found[mark_of(other), other.kind].append(other)
        return tuple(Group(kinds()[kind].label + ("（示例）" if mark else ""), tuple(
            (r.dated, self.link(r.key), r.status) for r in newest(rows)[:BACKLINKS_SHOWN]), len(rows))
            for (mark, kind), rows in sorted(found.items()))

    def of_subject(self, key: str) -> tuple[StandingView, ...]:
        """Return the subject's standings under every scheme, newest period first."""
        return tuple(self.standing(*found) for found in self.standings.get(key, ()))

    def standing(self, outcome: Outcome, standing: Standing) -> StandingView:
        """Return one standing with its credits opened."""
        return StandingView(
            outcome.title, "../" + board_url(outcome), outcome.form, outcome.period, standing.rank, outcome.ranked,
            number(standing.value), standing.stars, standing.word, _text(standing.to_next), standing.next_word,
            tuple(CreditView(c.measure, c.day, number(c.amount), number(c.points), self.link(c.evidence))
                  for c in standing.credits), outcome.illustrative)

    def listed(self, row: Row, root: str = "../", columns: Sequence[int] | None = None) -> ListRow:
        """Return a record as one line of a list. columns: which of the kind's own to show, None for all."""
        cells = row.cells if columns is None else [row.cells[i] for i in columns]
        return ListRow(row.dated, Link(row.title, root + row.url, row.illustrative), self.area(row, root),
                       row.status, row.overdue, kinds()[row.kind].label, tuple(self._cell(c, root) for c in cells))

    def _cell(self, value: Any, root: str) -> Any:
        if isinstance(value, Fraction):
            return f"{percent(value)}%"
        if isinstance(value, int | Decimal):
            return number(value)
        if isinstance(value, Target):
            return self.link(value.key, root)
        return value or ""


def newest(rows: Iterable[Row]) -> list[Row]:
    """Return the rows by date, newest first; undated ones last, equal dates by title and id."""
    return sorted(sorted(rows, key=lambda r: (r.title, r.id)), key=lambda r: r.dated, reverse=True)


def board_url(outcome: Outcome) -> str:
    """Return the address of an outcome's first page below the root."""
    folder = "stars" if outcome.form == "stars" else "boards"
    marks = [outcome.scheme, *([outcome.period] if outcome.period else []), *(["example"] if outcome.examples else [])]
    return f"{folder}/{'.'.join(marks)}.html"


def _text(value: Decimal | None) -> str | None:
    return None if value is None else number(value)


def pages_of(rows: Sequence[Any], size: int) -> list[Sequence[Any]]:
    """Return the rows in slices of `size`, at least one."""
    return [rows[i:i + size] for i in range(0, len(rows), size)] or [rows]


def numbered(base: str, number: int) -> str:
    """Return the address of a list's page; ids hold no dot, so it can't be a record's."""
    return f"{base}.html" if number == 1 else f"{base}.{number}.html"


def leaf(path: str) -> str:
    """Return an address as seen from its own folder."""
    return path.rpartition("/")[2]


def pager(base: str, number: int, pages: int, first: str | None = None) -> dict[str, Any] | None:
    """Return what leads through a list of several pages, None for a list of one.

    first: the address of the first page where it is not `base` itself.
    """
    if pages == 1:
        return None
    before = numbered(base, number - 1) if number > 2 or not first else first
    return {"number": number, "pages": pages, "previous": leaf(before) if number > 1 else None,
            "first": leaf(first or numbered(base, 1)) if number > 2 else None,
            "last": leaf(numbered(base, pages)) if number < pages - 1 else None,
            "next": leaf(numbered(base, number + 1)) if number < pages else None}


def _inside(register: Register) -> dict[tuple[str, str], list[Row]]:
    """Return the records of every area, newest first, by area and mark, those of the areas below it included."""
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in newest(r for r in register.rows.values() if r.kind != "area"):
        for area in (row.area, *register.above[row.area]) if row.area else ():
            found[area, mark_of(row)].append(row)
    return found


def mark_of(row: Row) -> str:
    """Return what the addresses of lists of illustrative records carry, empty for real ones."""
    return MARKS[row.illustrative]
