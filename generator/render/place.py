"""What a place's page answers first: who, what, when, money, stars. Only views, from rows; bodies are never opened.

What a place has none of is taken from the nearest place above it, and says so. Kinds are asked for by name and may be
missing: a site without funds or meetings has pages without them. Real and illustrative records never meet here: a
place shows the records of its own sort first; the others stand further down its page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple, Protocol

from generator.data import Register, Row, Target
from generator.records import kinds
from generator.records.base import DONE, GOING
from generator.render.cells import Link, number, percent
from generator.render.results import BoardRow, Moved
from generator.render.traces import Reads, once
from generator.results import Outcome, Standing

LOCAL = ("社区", "小区", "网格", "楼栋", "单元", "房屋")
"""Levels near enough to a door that what is true of them is asked for there."""
ROLES = ("楼栋长", "单元长", "邻长", "片区长", "网格长", "网格员", "社区干部", "镇干部", "联络员")
"""Whom residents ask first, on pages and on paper; other roles come after them."""
FEW = 3


class Around(Protocol):
    """What a place is composed from: the register, and what is known by place.

    of_place: (area id, mark, kind) -> records, newest first; going: (area id, mark) -> those that are going on, of
    whatever kind; asked: answers found so far.
    """

    register: Register
    as_of: date
    inside: dict[tuple[str, str], list[Row]]
    of_place: dict[tuple[str, str, str], list[Row]]
    going: dict[tuple[str, str], list[Row]]
    asked: dict[tuple[str, str, bool], tuple[list[Row], Reads]]
    standings: dict[str, list[tuple[Outcome, Standing]]]

    def link(self, key: str, root: str = "../") -> Link: ...

    def board_row(self, outcome: Outcome, standing: Standing) -> BoardRow: ...


class Backer(NamedTuple):
    """Who stands behind somebody: as what, who, the organisation and its office contact, as far as published."""

    role: str
    name: str
    organisation: Link | None
    contact: str


class Chief(NamedTuple):
    """Somebody responsible: link, role, office contact, and who stands behind."""

    link: Link
    role: str
    contact: str
    behind: tuple[Backer, ...]


class Chiefs(NamedTuple):
    """Those responsible at one place.

    behind: the support, once, where all of them have the same; more: how many others there are.
    """

    place: Link | None
    people: tuple[Chief, ...]
    behind: tuple[Backer, ...]
    more: int


class Item(NamedTuple):
    """One record as a line: link, status, lateness, progress in per cent, its figure, and its other cells in words.

    dated: its day; of works, which take months, the last on which they moved.

    figure: what a fund has left, with its label; a fund that is told as a rule only has none.
    """

    link: Link
    dated: str
    status: str | None
    overdue: int
    share: int | None
    figure: tuple[str, Any] | None
    facts: tuple[tuple[str, Any], ...]


class Part(NamedTuple):
    """One question and its records.

    place: where they are from, None for the place itself; more: the list of all of the place's own, None where they
    all stand here and none is late.
    """

    kind: str
    heading: str
    place: Link | None
    items: tuple[Item, ...]
    more: Link | None


class Star(NamedTuple):
    """One standing as a line: whose, under which board, and what came out."""

    subject: Link
    title: str
    row: BoardRow
    moved: Moved | None


class Answers(NamedTuple):
    """The first two screens of a place's page.

    later: what comes after the stars; unit: the nearest unit that answers for the place, as one who stands behind it.
    """

    chiefs: tuple[Chiefs, ...]
    parts: tuple[Part, ...]
    later: tuple[Part, ...]
    stars: tuple[Star, ...]
    stars_of: Link | None
    unit: Backer | None
    grid: Link | None
    in_grid: tuple[Link, ...]


class Question(NamedTuple):
    """A kind of record that a resident asks for, under which heading, and which of its records answer.

    here_only: what the places above have is no answer.
    """

    kind: str
    heading: str
    wanted: Callable[[Row], bool]
    most: int = FEW
    here_only: bool = False


def _going(row: Row) -> bool:
    return row.status in GOING


def _done(row: Row) -> bool:
    return row.status in DONE


def _standing(row: Row) -> bool:
    return row.status != "已撤回"


QUESTIONS = (
    Question("project", "正在做的工程", _going, 2),
    Question("case", "正在办的事", _going, 2),
    Question("fund", "钱", _standing, 2),
)
LATER = (
    Question("project", "做完的工程", _done, 1, here_only=True),
    Question("announcement", "公示", _going, 2),
    Question("meeting", "最近的议事和表决", _standing, 2),
    Question("need", "居民的需求", _going, 2),
    Question("inspection", "检查和整改", _going, 2),
    Question("duty", "该公开的", _standing, 2),
)


def answers(views: Around, row: Row) -> Answers | None:
    """Return what the first screens of a place tell; None above the communities, which are too large for it."""
    if row.cells[0] not in LOCAL or row.withdrawn:
        return None
    stars, of = _stars(views, row)
    return Answers(tuple(_chiefs(views, row)), _parts(views, row, QUESTIONS), _parts(views, row, LATER), stars, of,
                   _unit(views, row), _grid(views, row), _in_grid(views, row))


def near(views: Around, row: Row) -> list[Row]:
    """Return the place, its grid, and the places above it up to its community, nearest first."""
    above = [views.register.rows[f"area/{id}"] for id in views.register.above[row.id]]
    return [row, *(r for r in above if r.cells[0] in LOCAL)]


def sort_of(row: Row) -> str:
    """Return the mark of the records that a place's first screens may show: its own sort's."""
    return ".example" if row.illustrative else ""


def records(views: Around, place: Row, kind: str) -> list[Row]:
    """Return the records of a kind in a place and below it, newest first, of the place's own sort."""
    return views.of_place.get((place.id, sort_of(place), kind), [])


def around(register: Register, area: str) -> tuple[str, ...]:
    """Return the ids of an area, the areas above it, and the grids that one of these belongs to."""
    line = (area, *register.above[area])
    grids = (r.target.partition("/")[2] for id in line for r in register.rows[f"area/{id}"].references
             if r.keys == ("grid",))
    return (*line, *(id for id in dict.fromkeys(grids) if id not in line))


def by_kind(inside: Mapping[tuple[str, str], list[Row]]) -> dict[tuple[str, str, str], list[Row]]:
    """Return the records of every area by area, mark and kind, in the order given."""
    found: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for (area, mark), rows in inside.items():
        for row in rows:
            found[area, mark, row.kind].append(row)
    return found


# ── who ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _chiefs(views: Around, row: Row) -> Iterable[Chiefs]:
    """Yield who is responsible: at the place, in its grid, at the places above it; the nearest two that have any."""
    grid = _grid_of(views, row)
    found = 0
    for place in [row, *([grid] if grid else []), *near(views, row)[1:]]:
        people = _people(views, place)
        if people and found < 2:
            found += 1
            shown = people if place is row else people[:2]
            behind = shown[0].behind if len({p.behind for p in shown}) == 1 else ()
            yield Chiefs(None if place is row else views.link(place.key), shown, behind, len(people) - len(shown))


def _people(views: Around, place: Row) -> tuple[Chief, ...]:
    rows = [r for r in records(views, place, "person") if r.area == place.id and not cell(r, "left")]
    return tuple(chief_of(views, r) for r in sorted(rows, key=by_role))


def by_role(row: Row) -> tuple[int, str]:
    """Return what sorts people by whom residents ask first, then by id."""
    role = cell(row, "role") or ""
    return next((i for i, known in enumerate(ROLES) if known in role), len(ROLES)), row.id


def chief_of(views: Around, row: Row) -> Chief:
    """Return somebody responsible, with who stands behind."""
    lines = (cell(row, "behind") or "").split("\n")
    parties = {r.keys[1]: r.target for r in row.references if r.keys[0] == "backing"}
    behind = (backer_of(views, line, parties.get(index)) for index, line in enumerate(lines) if line)
    return Chief(views.link(row.key), cell(row, "role") or "", cell(row, "contact") or "", tuple(behind))


def backer_of(views: Around, line: str, key: str | None) -> Backer:
    """Return one who stands behind somebody. line: role and name; key: the organisation or person, where published."""
    role, _, name = line.partition("\t")
    row = views.register.rows.get(key) if key else None
    return Backer(role, name, views.link(row.key) if row else None, (cell(row, "contact") or "") if row else "")


def _grid_of(views: Around, row: Row) -> Row | None:
    return _named(views, near(views, row), "grid")


def _named(views: Around, places: Iterable[Row], name: str) -> Row | None:
    """Return the record that the first of some places names in a field."""
    targets = (r.target for place in places for r in place.references if r.keys == (name,))
    return next((views.register.rows[target] for target in targets), None)


def _unit(views: Around, row: Row) -> Backer | None:
    """Return the unit that answers for a place: its own, its grid's, or that of a place above."""
    grid = _grid_of(views, row)
    unit = _named(views, [row, *([grid] if grid else []), *near(views, row)[1:]], "unit")
    return backer_of(views, "", unit.key) if unit else None


def _grid(views: Around, row: Row) -> Link | None:
    grid = _grid_of(views, row)
    return views.link(grid.key) if grid else None


def _in_grid(views: Around, row: Row) -> tuple[Link, ...]:
    """Return the places that name this one as their grid."""
    keys = views.register.backlinks.get(row.key, ())
    rows = (views.register.rows[key] for key in keys)
    return tuple(views.link(r.key) for r in rows if any(
        ref.keys == ("grid",) and ref.target == row.key for ref in r.references))


# ── what, when, money ────────────────────────────────────────────────────────────────────────────────────────


def _parts(views: Around, row: Row, questions: Iterable[Question]) -> tuple[Part, ...]:
    parts = (_part(views, row, question) for question in questions if question.kind in kinds())
    return tuple(part for part in parts if part)


def _part(views: Around, row: Row, question: Question) -> Part | None:
    for place in [row] if question.here_only else near(views, row):
        if rows := _wanted(views, place, question, place is row):
            items = tuple(item_of(views, r) for r in rows[:question.most])
            more = _more(views, place, question) if place is row and _has_more(question, rows) else None
            return Part(question.kind, question.heading, None if place is row else views.link(place.key), items,
                        more._replace(text=_all_of(question, rows)) if more else None)
    return None


def _wanted(views: Around, place: Row, question: Question, within: bool) -> list[Row]:
    """Return a place's answers to a question, late ones first; a hundred buildings ask for their community's.

    within: what lies in the places below counts too; a building that asks above does not mean its neighbours.
    """
    def answer() -> list[Row]:
        rows = (r for r in records(views, place, question.kind) if question.wanted(r)
                and (within or r.area == place.id))
        return sorted(rows, key=lambda r: not r.overdue)

    return once(views.asked, (place.id, question.heading, within), answer)


def _more(views: Around, place: Row, question: Question) -> Link:
    """Return the link to all records that a part shows some of: those going on, or the kind's on the place's page."""
    name = f"{place.id}{sort_of(place)}"
    if question.wanted is _going:
        return Link(question.heading, going_url(views, place.id, sort_of(place), question.kind))
    if len(views.inside[place.id, sort_of(place)]) > WHOLE:
        return Link(question.heading, f"{name}.of-{question.kind}.html")
    return Link(question.heading, f"{place.id}.html#of-{question.kind}")


def _all_of(question: Question, rows: Sequence[Row]) -> str:
    """Return the words that lead to the list: how many stand there, unless it holds others, too."""
    if question.wanted is _done:
        return f"这里的全部{kinds()[question.kind].label}"
    late = sum(1 for r in rows if r.overdue)
    return f"全部 {len(rows)} 项" + (f"，其中逾期 {late} 项" if late else "")


def _has_more(question: Question, rows: list[Row]) -> bool:
    return len(rows) > question.most or any(r.overdue for r in rows)


def asked_going(views: Around, row: Row, mark: str) -> list[str]:
    """Return the kinds of which a place's first screens lead to all that is going on."""
    if row.cells[0] not in LOCAL or row.withdrawn or sort_of(row) != mark:
        return []
    return [q.kind for q in (*QUESTIONS, *LATER)
            if q.wanted is _going and q.kind in kinds() and _has_more(q, _wanted(views, row, q, True))]


def going_url(views: Around, area: str, mark: str, kind: str = "") -> str:
    """Return the address, beside the place's own, of what is going on there: of one kind, or all.

    Where nothing else is going on than this kind's, both are one list.
    """
    alone = all(r.kind == kind for r in views.going.get((area, mark), ()))
    return f"{area}{mark}.of-{kind}-open.html" if kind and not alone else f"{area}{mark}.of-open.html"


def late_url(views: Around, area: str, mark: str) -> str:
    """Return the address of what is overdue in a place; where that is all that is going on, both are one list."""
    alone = all(r.overdue for r in views.going.get((area, mark), ()))
    return going_url(views, area, mark) if alone else f"{area}{mark}.of-overdue.html"


WHOLE = 50
"""A place with so many records or fewer has them all on its own page, by kind; with more, each kind has a page."""


UNASKED = {"project": ("category",), "case": ("category",), "fund": ("unit",)}
"""Cells that the first screens leave to the record's own page."""


TERM_OVER = "公示期已满，结果还没有公布，截止"
"""What stands before the last day of a notice that is over and of which nobody has said what came of it."""


def item_of(views: Around, row: Row, root: str = "../") -> Item:
    """Return one record as a line of the first screens, or of the home page."""
    model = kinds()[row.kind]
    cells = dict(zip(model.columns, row.cells, strict=True))
    share = cells.pop("progress", None) if row.kind == "project" else None
    for name in UNASKED.get(row.kind, ()):
        cells.pop(name, None)
    figure = cells.pop("balance", None)
    over = row.kind == "announcement" and row.status in GOING and "" < cells["closes"] < views.as_of.isoformat()
    facts = tuple((TERM_OVER if over and name == "closes" else model.label_of(name), said(views, value, root))
                  for name, value in cells.items()
                  if name not in model.unlisted and value not in (None, ""))
    return Item(views.link(row.key, root), row.updated if row.kind == "project" else row.dated, row.status, row.overdue,
                percent(share) if isinstance(share, Fraction) else None,
                None if figure in (None, "") else (model.label_of("balance"), said(views, figure, root)), facts)


def said(views: Around, value: Any, root: str = "../") -> Any:
    """Return a row's cell as pages show it: a link, a number or words, empty where it holds nothing."""
    if isinstance(value, str):
        return value
    if isinstance(value, Target):
        return views.link(value.key, root)
    if isinstance(value, Fraction):
        return f"{percent(value)}%"
    return number(value) if isinstance(value, int | Decimal) else value or ""


def cell(row: Row, name: str) -> Any:
    """Return one of a row's cells by its column's name, None where the kind has no such column."""
    columns = kinds()[row.kind].columns
    return row.cells[columns.index(name)] if name in columns else None


# ── stars ────────────────────────────────────────────────────────────────────────────────────────────────────


def _stars(views: Around, row: Row) -> tuple[tuple[Star, ...], Link | None]:
    for place in near(views, row):
        found = [star for subject in _subjects(views, place) for star in _newest(views, subject)]
        if found:
            return tuple(found[:FEW]), None if place is row else views.link(place.key)
    return (), None


def _subjects(views: Around, place: Row) -> list[Row]:
    """Return whose standings are a place's: its own, and those of the organisations that sit in it."""
    return [place, *(r for r in records(views, place, "organisation") if r.area == place.id)]


def _newest(views: Around, subject: Row) -> Iterable[Star]:
    """Yield a subject's standings, the newest of each scheme and scope."""
    seen = set()
    for outcome, standing in views.standings.get(subject.key, ()):
        board = (outcome.family, outcome.scope, outcome.examples)
        if board not in seen:
            seen.add(board)
            row = views.board_row(outcome, standing)
            to = views.link(subject.key)
            yield Star(to._replace(href=to.href + "#result"), " ".join(t for t in (outcome.title, outcome.words) if t),
                       row, row.moved)
