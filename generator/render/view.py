"""Closed views: everything that a template shows, and nothing to query. Built from the register, never from disk."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

from generator.data import Register, Row, holidays
from generator.editions import Edition
from generator.records import kinds
from generator.records.base import GOING, shape_of
from generator.records.duty import Duty
from generator.records.scheme import Criterion, Scheme, root_of
from generator.render.cells import TO_HOME, Link, Own, is_own, number
from generator.render.chart import chart_of
from generator.render.codes import codes_of, notice_of
from generator.render.duties import DutyView, duty_view
from generator.render.editions import EditionView, view_of
from generator.render.lists import MARKS, PER_PAGE, leaf, mark_of, newest, pager, pages_of
from generator.render.money import ApprovedView, SpentView, approved, followed
from generator.render.outcomes import (
    FEW,
    badge_url,
    beyond_the_page,
    board_url,
    is_shown,
    latest,
    valid_until,
    whole_months,
    whole_url,
)
from generator.render.place import WHOLE, answers, around, by_kind, going_url, late_url, said
from generator.render.plan import estates_of, modes, spots
from generator.render.plots import Plot
from generator.render.plots_made import plots_of
from generator.render.results import (
    SHOWN,
    WHY,
    AccountView,
    Assessed,
    BoardRow,
    ListedView,
    RatingView,
    StandingView,
    TallyView,
    account_of,
    moved,
    tallies_of,
    total_of,
    way_of,
)
from generator.render.rule import terms
from generator.render.sheet import Sheet, make_sheet
from generator.render.traces import Reads, Traced, once
from generator.results import Entry, Outcome, Rating, Results, Standing
from generator.workdays import Calendar, calendar_of

BACKLINKS_SHOWN = 50
TABLES = ("accounts", "series", "duties", "standings", "entries", "results_of", "elsewhere", "ranks", "inside",
          "of_place", "estates", "going", "codes", "plots", "below", "told_of")
"""What is known of records and places; what a page looks up in them is noted."""
REGISTER = ("rows", "backlinks", "above", "moved", "kinds")
NONE: Mapping[Any, Any] = MappingProxyType({})


class Group(NamedTuple):
    """Records of one kind that refer to a record, real or illustrative: the newest, and how many there are."""

    label: str
    items: tuple[tuple[str, Link, str | None], ...]
    total: int


class ListRow(NamedTuple):
    """One line of a list: date, link, place, status and the kind's own columns, each as (label, value)."""

    dated: str
    link: Link
    area: Link | None
    status: str | None
    overdue: int
    kind: str
    cells: tuple[tuple[str, Any], ...]


class Context(NamedTuple):
    """What a record's page needs beyond the record: where it stands, what it points to, what points to it."""

    row: Row
    crumbs: tuple[Link, ...]
    links: Mapping[str, Link]
    groups: tuple[Group, ...] = ()
    standings: tuple[StandingView, ...] = ()
    place: Mapping[str, Any] | None = None
    boards: tuple[Link, ...] = ()
    criteria: Mapping[str, Criterion] = NONE
    listed: tuple[ListedView, ...] = ()
    accounts: tuple[AccountView, ...] = ()
    versions: tuple[tuple[Link, str, bool], ...] = ()
    sheet: Sheet | None = None
    terms: tuple[str, ...] = ()
    own: ListedView | None = None
    rated: RatingView | None = None
    pending: tuple[Link, ...] = ()
    approved: Mapping[tuple[Any, ...], ApprovedView] = NONE
    followed: Mapping[str, Sequence[SpentView]] = NONE
    chart: Any = None
    edition: EditionView | None = None
    calendar: Calendar | None = None
    duty: DutyView | None = None
    plot: Plot | None = None


class Views:
    """Makes views from the register and the outcomes. Pages stand one folder deep, so the root is `../`."""

    def __init__(self, register: Register, results: Results, schemes: Mapping[str, Scheme], as_of: date,
                 duties: Mapping[str, Duty] | None = None):
        self.register, self.schemes, self.as_of = register, schemes, as_of
        self._outcomes = Traced("outcomes", {"": results.outcomes})
        self.accounts, self.editions = results.accounts, results.editions
        self.series: dict[tuple[str, str, bool], list[Edition]] = defaultdict(list)
        for edition in self.editions:
            self.series[edition.group].append(edition)
        self.duties, self.calendar = duties or {}, calendar_of(holidays(register.of_kind("holiday")))
        self.standings: dict[str, list[tuple[Outcome, Standing]]] = defaultdict(list)
        self.entries: dict[str, list[tuple[Outcome, Entry]]] = defaultdict(list)
        self.results_of: dict[str, list[Outcome]] = defaultdict(list)
        for outcome in self.outcomes:
            frozen = outcome.frozen
            for key in (f"scheme/{outcome.scheme}", *((frozen.key, *frozen.corrections) if frozen else ())):
                self.results_of[key].append(outcome)
            for standing in outcome.standings:
                self.standings[standing.subject].append((outcome, standing))
            for entry in outcome.entries:
                self.entries[entry.record.subject].append((outcome, entry))
        self.elsewhere = {(outcome.key, subject): True for subject, some in self.standings.items()
                          for outcome in beyond_the_page(some)}
        self.family = {id: root_of(id, schemes) for id in schemes}
        self.ranks = {o.key: Counter(s.rank for s in o.standings) for o in self.outcomes}
        self.inside = _inside(register)
        self.of_place, self.estates = by_kind(self.inside), estates_of(register)
        self.going = {at: some for at, rows in self.inside.items() if (some := [r for r in rows if r.status in GOING])}
        self.asked: dict[tuple[str, str, bool], tuple[list[Row], Reads]] = {}
        self.areas: dict[tuple[str, str], tuple[Link, Reads]] = {}
        self.codes = codes_of(register)
        self.plots = plots_of(self)
        self.below: dict[str, list[Row]] = defaultdict(list)
        for row in register.of_kind("area"):
            self.below[row.area or ""].append(row)
        self.told_of = dict.fromkeys((*register.backlinks, *self.standings, *self.entries, *self.results_of,
                                      *self.accounts), True)
        for name in TABLES:
            setattr(self, name, Traced(name, getattr(self, name)))
        parts = {part: Traced(part, getattr(register, part)) for part in REGISTER}
        self.register = replace(register, **{part: parts[part] for part in REGISTER if part != "kinds"})
        vars(self.register)["kinds"] = parts["kinds"]

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """Every outcome there is."""
        return self._outcomes[""]

    def put(self, row: Row) -> None:
        """Have a record's row be another one: its own page and links to it show that, lists what they held."""
        assert isinstance(self.register.rows, Traced)
        self.register.rows[row.key] = row

    def tables(self) -> list[Traced[Any, Any]]:
        """Return all that pages look things up in."""
        return [self._outcomes, *(getattr(self, name) for name in TABLES),
                *(getattr(self.register, part) for part in REGISTER)]

    def common(self) -> tuple[Any, ...]:
        """Return what every page may depend on without looking it up: few and small, and seldom changed."""
        return self.as_of, tuple(self.schemes.items()), tuple(self.family.items()), self.calendar

    def link(self, key: str, root: str = "../") -> Link:
        """Return the link to a record, as seen from a page whose root is `root`."""
        return link_to(self.register.rows[self.register.today(key)], root)

    def find(self, key: str, root: str = "../") -> Link:
        """Return the link to a record; its bare key, leading nowhere, where no such record is left."""
        return self.link(key, root) if key in self.register.rows else Link(key, "")

    def area(self, row: Row, root: str = "../") -> Link | None:
        """Return the link to the record's area; most of a list's lines have one that an earlier line has."""
        if not row.area:
            return None
        return once(self.areas, (row.area, root), lambda: self.link(f"area/{row.area}", root))

    def context(self, key: str) -> Context:
        """Return what the page of a record needs beyond the record itself."""
        row = self.register.rows[key]
        told = self.of_others(row) if key in self.told_of else {}
        return Context(row=row, crumbs=self.crumbs(row), links={r.target: self.link(r.target) for r in row.references},
                       **told, **self.of_kind(row))

    def of_others(self, row: Row) -> dict[str, Any]:
        """Return what other records and results tell of a record; of most there is nothing, as one look-up says."""
        return {"groups": self.groups(row), "standings": self.of_subject(row.key), "boards": self.boards(row),
                "listed": self.listed_of(row), "accounts": self.accounts_of(row)}

    def of_kind(self, row: Row) -> dict[str, Any]:
        """Return what only the pages of the record's kind show; a tombstone shows nothing."""
        if row.withdrawn:
            return {}
        if row.kind == "area":
            return {"place": self.place(row)}
        if row.kind in ("organisation", "person"):
            return {"chart": chart_of(self, row)}
        if row.kind == "scheme" and row.id in self.schemes:
            return {"versions": self.versions(row), "sheet": self.sheet(row),
                    "terms": terms(self.schemes[row.id], self.find), "plot": self.plot_of(row)}
        if row.kind == "assessment":
            return {"criteria": self.criteria(row), "rated": self.rated(row), "pending": self.pending(row)}
        if row.kind == "fund":
            return {**approved(self, row), "plot": self.plots[mark_of(row)].get(f"fund-{row.id}")}
        if row.kind == "meeting":
            return followed(self, row)
        if row.kind == "bulletin":
            return {"edition": self.edition(row)}
        if row.kind == "duty":
            return {"duty": duty_view(self, row, self.duties[row.key])}
        if row.kind in ("announcement", "honour"):
            return {"calendar": self.calendar}
        return {"own": self.own(row)} if row.kind == "listing" else {}

    def plot_of(self, scheme: Row) -> Plot | None:
        """Return the plot of what a scheme's results came to, the most telling one there is."""
        some = self.plots[mark_of(scheme)]
        slugs = (f"{sort}-{self.family[scheme.id]}" for sort in ("stars", "ranks", "points"))
        return next((some[slug] for slug in slugs if slug in some), None)

    def edition(self, row: Row) -> EditionView | None:
        """Return what is computed for a bulletin's period, None where that has not begun."""
        for some in self.series.values():
            for mine in some:
                if mine.bulletin == row.key:
                    return view_of(self, mine, some)
        return None

    def boards(self, row: Row) -> tuple[Link, ...]:
        """Return the links to a scheme's results, by period; to those that an outcome froze or a correction mended."""
        links = ((self.board_link(o), self.when(o)) for o in self.results_of.get(row.key, ()))
        return tuple(link._replace(text=when) if row.kind == "scheme" else link for link, when in links)

    def when(self, outcome: Outcome) -> str:
        """Return an outcome's period and scope in words, empty where it has neither."""
        return " ".join(p for p in (outcome.words, self.find(outcome.scope).text if outcome.scope else "") if p)

    def board_link(self, outcome: Outcome) -> Link:
        """Return the link to an outcome's page, its period and scope in the text."""
        return Link(" ".join(part for part in (outcome.title, self.when(outcome)) if part), "../" + board_url(outcome),
                    outcome.illustrative)

    def criteria(self, row: Row) -> dict[str, Criterion]:
        """Return the criteria that an assessment's points stand for, by their id."""
        scheme = next(r.target for r in row.references if r.keys == ("scheme",))
        return {c.id: c for c in self.schemes[scheme.partition("/")[2]].criteria}

    def versions(self, row: Row) -> tuple[tuple[Link, str, bool], ...]:
        """Return every version of a scheme: link, day from which it is in force, whether it is this one."""
        chain = [id for id, first in self.family.items() if first == self.family[row.id]]
        chain.sort(key=lambda id: self.schemes[id].begins())
        return tuple((Link(f"版本 {self.schemes[id].version or id}", f"{id}.html"), self.schemes[id].begins(),
                      id == row.id) for id in chain) if len(chain) > 1 else ()

    def sheet(self, row: Row) -> Sheet | None:
        """Return the data of a star scheme's worksheet, None for a scheme without."""
        scheme = self.schemes[row.id]
        if scheme.form != "stars":
            return None
        rated = [(self.find(s.subject).text, s) for o in self.results_of.get(row.key, ()) for s in o.standings]
        return make_sheet(row.id, scheme, rated)

    def rated(self, row: Row) -> RatingView | None:
        """Return what its scheme made of an assessment, None where it is not among the scheme's subjects."""
        return next((self.rating(rating) for reference in row.references
                     for _, s in self.standings.get(reference.target, ())
                     for rating in s.ratings if rating.key == row.key), None)

    def rating(self, rating: Rating) -> RatingView:
        """Return one assessment of a subject's history."""
        hidden = rating.state in ("appealed", "expired")
        until = valid_until(rating, self.schemes[rating.record.scheme])
        points = sum(s.points for s in rating.record.scores)
        return RatingView(
            day=rating.record.date.day, until=until.isoformat() if until else None,
            stars=None if hidden else rating.stars, word="" if hidden else rating.word,
            value=None if hidden else str(points), state=rating.state, link=self.find(rating.key))

    def pending(self, row: Row) -> tuple[Link, ...]:
        """Return the appeals against a record that are not yet decided."""
        return tuple(self.link(key) for key in self.register.backlinks.get(row.key, ())
                     if key.startswith("appeal/") and self.register.rows[key].status == "办理中")

    def place(self, row: Row) -> dict[str, Any]:
        """Return what an area's page shows besides its own fields: what lies below, what happened there."""
        parts = [self.part(row, mark) for mark in MARKS if self.inside.get((row.id, mark))]
        below = [[r for r in self.below.get(row.id, ()) if mark_of(r) == mark] for mark in MARKS]
        return {"answers": answers(self, row), "parts": parts, "spots": spots(self, row), "modes": modes(self, row),
                "below": [[self.listed(r, columns=(0,)) for r in rows] for rows in below if rows],
                "notice": notice_of(row, self.codes)}

    def part(self, row: Row, mark: str) -> dict[str, Any]:
        """Return the real or the illustrative records of an area: counts that open them, and the newest of them."""
        rows, base = self.inside[row.id, mark], f"{row.id}{mark}"
        counts = Counter(r.kind for r in rows)
        going = self.going.get((row.id, mark), [])
        slices = pages_of(rows, PER_PAGE)
        groups = [(kind, kinds()[kind].label, [self.listed(r) for r in self.of_place[row.id, mark, kind]])
                  for kind in sorted(counts)] if len(rows) <= WHOLE else []
        return {"illustrative": bool(mark), "rows": [self.listed(r) for r in slices[0]], "total": len(rows),
                "counts": [(kinds()[kind].label, n, f"#of-{kind}{mark}" if groups else f"{base}.of-{kind}.html")
                           for kind, n in sorted(counts.items())], "groups": groups, "mark": mark,
                "open": len(going), "overdue": sum(1 for r in going if r.overdue),
                "open_at": going_url(self, row.id, mark), "late_at": late_url(self, row.id, mark),
                "pager": pager(f"areas/{base}", 1, len(slices))}

    def crumbs(self, row: Row) -> tuple[Link, ...]:
        """Return the way to a record: home, its kind, and for a place the places that contain it."""
        if row.kind != "area":
            return way_to(row.kind)
        return (*way_to(row.kind), *(self.link(f"area/{a}") for a in reversed(self.register.above.get(row.id, ()))))

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
        """Return the subject's standings, one for each scheme: of the newest period, with those before in `past`."""
        found: dict[tuple[str, str, bool], list[StandingView]] = defaultdict(list)
        for outcome, standing in self.standings.get(key, ()):
            found[outcome.family, outcome.scope, outcome.examples].append(self.standing(outcome, standing))
        return tuple(replace(newest, past=tuple(past)) if past else newest for newest, *past in found.values())

    def board_row(self, outcome: Outcome, standing: Standing) -> BoardRow:
        """Return one standing as a line of its board."""
        version, rating = self.version(outcome, standing), latest(standing)
        over = bool(outcome.period) and not outcome.running
        return BoardRow(
            rank=standing.rank, tied=standing.rank is not None and self.ranks[outcome.key][standing.rank] > 1,
            moved=moved(standing, outcome),
            value=None if standing.value is None else number(standing.value).replace("-", "−"),
            stars=standing.stars, word=standing.outcome, detail=standing.detail,
            why=WHY[standing.reason] if standing.reason else None, times=standing.times,
            ways=tuple(way_of(w, version, over) for w in standing.ways) if version else (), over=over,
            expires=self.find(rating.key).expires if rating else "",
            under=version.version or "" if version and version is not self.schemes.get(outcome.scheme) else "")

    def standing(self, outcome: Outcome, standing: Standing, shown: Sequence[slice] | None = None) -> StandingView:
        """Return one standing with its contributions opened. shown: which of each measure, None for the newest."""
        version, whole, limit = self.version(outcome, standing), None, SHOWN
        if (outcome.key, standing.subject) in self.elsewhere:
            whole, limit = Link(f"全部 {standing.times} 项", "../" + whole_url(outcome, standing.subject)), FEW
        top = version.top() if version else None
        return StandingView(
            **vars(self.board_row(outcome, standing)), title=outcome.title, board="../" + board_url(outcome),
            anchor=leaf(board_url(outcome)).removesuffix(".html"),
            period=outcome.words, version=(version.version or "") if version else "", ranked=outcome.ranked,
            full=None if top is None else number(top), tallies=self.tallies(
                outcome, standing, version, shown or [slice(limit)] * len(standing.tallies)),
            total=total_of(standing), whole=whole, history=tuple(map(self.rating, standing.ratings)),
            assessed=self.assessed(outcome, standing), frozen=bool(outcome.frozen), running=outcome.running,
            illustrative=outcome.illustrative)

    def version(self, outcome: Outcome, standing: Standing) -> Scheme | None:
        """Return the version of the scheme that a standing came about under, None where it is no longer on file."""
        return self.schemes.get(standing.assessed.record.scheme if standing.assessed else outcome.scheme)

    def tallies(self, outcome: Outcome, standing: Standing, version: Scheme | None, shown: Sequence[slice]
                ) -> tuple[TallyView, ...]:
        """Return a standing's parts; those of a comparison of two periods lead to the boards of these periods."""
        found = tallies_of(self, standing, version, shown)
        if not (version and version.compares):
            return found
        base = {o.words: self.board_link(o) for o in self.outcomes if o.scope == outcome.scope
                and o.examples == outcome.examples and o.family == self.family.get(version.compares)}
        return tuple(one._replace(how="", credits=(), records=(base[one.label],)) if one.label in base else one
                     for one in found)

    def assessed(self, outcome: Outcome, standing: Standing) -> Assessed | None:
        """Return the assessment behind a standing; None where there is none, or nothing more is told of it."""
        rating = latest(standing)
        if rating is None or rating.state == "expired":
            return None
        one, scheme = rating.record, self.schemes[rating.record.scheme]
        made, due, ends = one.date.first or self.as_of, one.next_due, valid_until(rating, scheme)
        told = one.notified.last if one.notified else made
        until = told + timedelta(days=scheme.appeal_days) if told and scheme.appeal_days else None
        until = until if until and until >= self.as_of else None
        appeals = [key for key in self.register.backlinks.get(rating.key, ()) if key.startswith("appeal/")]
        badge = standing.assessed is not None and is_shown(rating, scheme)
        base = "../" + badge_url(outcome.family, one.subject)
        return Assessed(
            link=self.find(rating.key), assessor=one.assessor, day=one.date.day,
            until=ends.isoformat() if ends else None, next_due=due.day if due else None,
            due=bool(due and due.last and due.last < self.as_of), months=whole_months(made, self.as_of),
            basis=one.basis,
            evidence=tuple(one.evidence), notified=one.notified.day if one.notified else None, reply=one.reply,
            reply_channel=one.reply_channel, decided_by=one.decided_by,
            appeal_until=until.isoformat() if until else None,
            appeal_days=(until - self.as_of).days if until else None, appeals=tuple(self.find(key) for key in appeals),
            badge=Link("星级徽标（SVG）", base + ".svg") if badge else None,
            certificate=Link("打印星级证书", base + ".html") if badge else None)

    def listed_of(self, row: Row) -> tuple[ListedView, ...]:
        """Return the red and black entries that stand against (or for) a subject."""
        return tuple(self.entry(*found) for found in self.entries.get(row.key, ()))

    def own(self, row: Row) -> ListedView | None:
        """Return the entry that a listing's page is about."""
        return next((self.entry(o, e) for reference in row.references
                     for o, e in self.entries.get(reference.target, ()) if e.key == row.key), None)

    def entry(self, outcome: Outcome, entry: Entry) -> ListedView:
        """Return one red or black entry with its whole process."""
        last = entry.record.last_day()
        return ListedView(
            link=self.find(entry.key), subject=self.find(entry.record.subject), record=entry.record,
            appeals=tuple(self.find(key) for key in entry.appeals), last_day=last.isoformat() if last else "",
            days_left=(last - self.as_of).days if last else 0, scheme=self.find(f"scheme/{outcome.scheme}"),
            illustrative=outcome.illustrative)

    def accounts_of(self, row: Row) -> tuple[AccountView, ...]:
        """Return the points accounts of a volunteer or a team."""
        return tuple(account_of(self, account) for account in self.accounts.get(row.key, ()))

    def listed(self, row: Row, root: str = "../", columns: Sequence[int] = ()) -> ListRow:
        """Return a record as one line of a list. columns: which of the kind's own to show, by their number."""
        labels = labels_of(row.kind) if columns else ()
        cells = tuple((labels[i][0], self.listed_cell(row, i, root, labels[i][1])) for i in columns)
        return ListRow(row.dated, link_to(row, root), self.area(row, root),
                       row.status, row.overdue, kinds()[row.kind].label, cells)

    def listed_cell(self, row: Row, column: int, root: str, own: bool) -> Any:
        """Return one of a line's own columns, a record's own words as such."""
        shown = said(self, row.cells[column], root)
        return Own(shown) if own and isinstance(shown, str) else shown


def link_to(row: Row, root: str) -> Link:
    """Return the link to a row's page, as seen from a page whose root is `root`."""
    return Link(Own(row.title), root + row.url, row.illustrative, row.expires, row.named)


@cache
def way_to(kind: str) -> tuple[Link, ...]:
    """Return the way to a record of a kind, but for the places that contain a place."""
    return TO_HOME, Link(kinds()[kind].label, "index.html")


@cache
def labels_of(kind: str) -> tuple[tuple[str, bool], ...]:
    """Return (label, whether it holds a record's own words) of each column of a kind."""
    model = kinds()[kind]
    shapes = ((name, shape_of(model, name)) for name in model.columns)
    return tuple((model.label_of(name), bool(shape and is_own(shape))) for name, shape in shapes)


def _inside(register: Register) -> dict[tuple[str, str], list[Row]]:
    """Return the records of every area, newest first, by area and mark, those of the areas below it or in it included.

    A grid holds what its buildings hold.
    """
    lines = {row.id: around(register, row.id) for row in register.of_kind("area")}
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in newest(r for r in register.rows.values() if r.kind != "area"):
        for area in lines[row.area] if row.area else ():
            found[area, mark_of(row)].append(row)
    return found
