"""Level 1. What the stages hand over: plain frozen values, no behaviour beyond looking things up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from pydantic import BaseModel

from generator.digest import sha256
from generator.records import folders, kinds
from generator.records.base import End, Record, Shape, figured, referring, shape_of
from generator.records.exception import PrivacyException
from generator.records.statements import Claim, Quantity


@dataclass(frozen=True)
class Raw:
    """A record as read: `data` holds only dicts, lists, text, None, True and False; digest: sha256 of the file."""

    kind: str
    id: str
    path: str
    data: Any
    digest: str = ""


class Reference(NamedTuple):
    """One reference: the keys under which it stands in its file, and the `kind/id` it names."""

    keys: tuple[str | int, ...]
    target: str


class Said(NamedTuple):
    """A figure as a source states it, or another statement of the same thing; never added to anything.

    bound: `differing` for a statement, else as in `Quantity`; when: the moment or period it is about; source: the key
    of the document, empty where only words name it; place: those words.
    """

    label: str
    words: str
    bound: str
    when: str
    source: str = ""
    place: str = ""
    quoted: str = ""


class Row(NamedTuple):
    """What the register keeps of a record: enough for lists, links and back-links, never the body.

    withdrawn: nothing but a tombstone is left, since it was withdrawn or has expired. expires: the last day, as ISO
    text, on which it may be named; empty for what never expires. traces: what other records need of it beyond that.
    said: what its sources report or tell differently. ends: every last day, past ones too, of the record and its parts.
    excepted: what of it may be told all the same, for a time. named: (name, last day) where the title masks a name that
    stands by consent: only what can take it back on that day shows it.
    """

    kind: str
    id: str
    path: str
    title: str
    dated: str
    updated: str
    area: str | None
    status: str | None
    overdue: int
    illustrative: bool
    withdrawn: bool
    expires: str
    formerly: tuple[str, ...]
    references: tuple[Reference, ...]
    cells: tuple[Any, ...]
    traces: tuple[Any, ...] = ()
    said: tuple[Said, ...] = ()
    ends: tuple[End, ...] = ()
    excepted: tuple[PrivacyException, ...] = ()
    named: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """`kind/id`, unique on the site."""
        return f"{self.kind}/{self.id}"

    @property
    def url(self) -> str:
        """The page's address below the site's root."""
        return address(self.kind, self.id)


COMPUTED = {"find": "找我家", "boards": "榜单", "stars": "星级", "badges": "徽章", "lists": "三项清单",
            "notices": "告示栏", "claims": "不同说法", "disclosure": "该公开的", "exceptions": "公开例外",
            "plots": "数据图", "search": "搜索"}
"""Folders of pages that no record makes, with their names."""


def address(kind: str, id: str) -> str:
    """Return the address of a record's page below the site's root."""
    return f"{kinds()[kind].folder}/{id}.html"


def row_of(record: Record, raw: Raw, as_of: date) -> Row:
    """Return what the register keeps of a validated record."""
    whole = record.consented(as_of)
    row = Row(
        raw.kind, raw.id, raw.path, whole.masked if whole else record.title, record.dated(), record.updated(as_of),
        record.area, record.status(as_of), record.overdue_days(as_of), record.illustrative, False,
        last.isoformat() if (last := record.last_day()) else "", tuple(record.formerly), tuple(references(record)),
        tuple(_cell(record, name, as_of) for name in record.columns), record.traces(), said_in(record),
        tuple(record.last_days()), tuple(record.privacy_exceptions),
        (whole.name, whole.until) if whole and whole.holds else ())
    return buried(row) if record.tombstone(as_of) else row


def buried(row: Row) -> Row:
    """Return the row of a tombstone: it names nobody, refers to nothing, and stands on no other record's page.

    A place keeps the place that contains it, since others stand inside it.
    """
    place = row.kind == "area"
    ended = "已到期的" if row.kind in ("assessment", "feedback") else "不在榜的"
    word = "已撤回的" if row.status == "已撤回" else ended
    return row._replace(
        title=word + kinds()[row.kind].label, dated="", updated="", area=row.area if place else None,
        status="已撤回" if row.status == "已撤回" else None, overdue=0, withdrawn=True, expires="",
        cells=(None,) * len(row.cells), traces=(), said=(), named=(), excepted=(),
        ends=() if row.status == "已撤回" else row.ends,
        references=tuple(r for r in row.references if place and r.keys == ("area",)))


class Pool:
    """Makes equal values of rows one object: days, places, references and columns repeat, and each batch has its own.

    Halves what rows take in the main process, and in every worker that is forked from it, for 5 µs a row.
    """

    def __init__(self) -> None:
        self._known: dict[Any, Any] = {}

    def share(self, rows: list[Row]) -> None:
        """Have rows hold the objects that earlier ones hold."""
        once = self._known.setdefault
        rows[:] = [row._replace(
            dated=once(row.dated, row.dated), updated=once(row.updated, row.updated), area=once(row.area, row.area),
            references=once(row.references, row.references), cells=self._cells(row.cells)) for row in rows]

    def _cells(self, cells: tuple[Any, ...]) -> tuple[Any, ...]:
        """Return equal cells of the same types: 1, 1.00 and True are equal, but not alike."""
        types = tuple(map(type, cells))
        found: tuple[Any, ...] = cells if Decimal in types else self._known.setdefault((types, cells), cells)
        return found


class Target(NamedTuple):
    """A cell that names another record by its key."""

    key: str


def _cell(record: Record, name: str, as_of: date) -> Any:
    value = record.value(name, as_of)
    if value is None or isinstance(value, int | Decimal | Fraction):
        return value
    shape = shape_of(type(record), name)
    return Target(target_of(value, shape)) if shape and shape.refs else str(value)


def said_in(record: Record) -> tuple[Said, ...]:
    """Return what a record's sources tell differently, every figure that they report, and every approximate one.

    Most records say none: a kind without figures of its own is not looked through.
    """
    if not record.claims and not record.differing and len(figured(type(record))) == 1:
        return ()
    return *_differing(record), *_figures(record, "", _moment(record))


def _differing(record: Record) -> Iterator[Said]:
    for one in record.differing:
        source = one.source
        yield Said("", one.statement, "differing", "", f"document/{source.document}" if source.document else "",
                   "，".join(part for part in (source.text, source.place) if part), source.words or "")


def _figures(part: BaseModel, label: str, when: str) -> Iterator[Said]:
    for shape in figured(type(part)):
        value = getattr(part, shape.name)
        for item in value if isinstance(value, list) else (value,) if value else ():
            if isinstance(item, Quantity):
                if isinstance(item, Claim) or item.bound != "exact":
                    yield Said(getattr(item, "label", "") or label or shape.label, item.words, item.bound,
                               str(item.as_of or when))
            elif isinstance(item, BaseModel):
                yield from _figures(item, getattr(item, "name", None) or "", _moment(item) or when)


def asked_by(record: Record, row: Row) -> list[Asked]:
    """Return the photos that a record asks for, whether or not its page will show them."""
    return [Asked(row.key, row.path, ("images", index, "file"), one.file, row.illustrative)
            for index, one in enumerate(record.images)]


def _moment(part: BaseModel) -> str:
    """Return the moment or the period that a record's or a part's figures are about, as printed."""
    return str(getattr(part, "as_of", None) or getattr(part, "period", None) or "")


def references(part: BaseModel, keys: tuple[str | int, ...] = ()) -> list[Reference]:
    """Return every reference in a record or a part of one, in the order of the model."""
    found: list[Reference] = []
    for shape in referring(type(part)):
        value = getattr(part, shape.name)
        if not value:
            continue
        for at, item in _items(value, (*keys, shape.name)):
            if shape.refs:
                found.append(_reference(at, target_of(item, shape)))
            else:
                found += references(item, at)
    return found


@lru_cache(maxsize=8192)
def _reference(keys: tuple[str | int, ...], target: str) -> Reference:
    """Return one object for equal references: what a batch repeats is then pickled once."""
    return Reference(keys, target)


def _items(value: Any, keys: tuple[str | int, ...]) -> Sequence[tuple[tuple[str | int, ...], Any]]:
    return [((*keys, i), v) for i, v in enumerate(value)] if isinstance(value, list) else [(keys, value)]


def target_of(value: str, shape: Shape) -> str:
    """Return `kind/id` for a reference as written."""
    return f"{shape.refs[0]}/{value}" if len(shape.refs) == 1 and "/" not in value else value


def holidays(rows: Iterable[Row]) -> Iterator[tuple[int, str, str]]:
    """Yield (year, days off, weekend days worked) of the holiday records that hold; made-up ones change nothing."""
    for row in rows:
        if row.kind == "holiday" and not row.illustrative and not row.withdrawn:
            year, off, worked = row.cells
            yield year, off, worked


@dataclass(frozen=True)
class Register:
    """Every record's row, what points to it, and the tree of areas; not changed once linked.

    rows:      key -> Row, sorted by key.
    backlinks: key -> keys of the records that refer to it (its own area's contents included), sorted.
    above:     area id -> ids of the areas that contain it, nearest first.
    moved:     key that a record once had -> the key it has today.
    """

    rows: Mapping[str, Row]
    backlinks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    above: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    moved: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def kinds(self) -> Mapping[str, list[Row]]:
        """The rows by kind, each in the order of their ids."""
        found: dict[str, list[Row]] = {}
        for row in self.rows.values():
            found.setdefault(row.kind, []).append(row)
        return found

    def of_kind(self, kind: str) -> list[Row]:
        """Return the rows of a kind, in the order of their ids; not to be changed."""
        return self.kinds.get(kind, [])

    def at(self, address: str) -> Row | None:
        """Return the row whose page has an address below the root, None where that is no record's page."""
        folder, _, name = address.partition("/")
        kind = folders().get(folder)
        return self.rows.get(f"{kind}/{name.removesuffix('.html')}") if kind and name.endswith(".html") else None

    def today(self, key: str) -> str:
        """Return the key that a record has today, whatever it was called when somebody referred to it."""
        return self.moved.get(key, key)


class Asked(NamedTuple):
    """A photo that a record asks for: the record's key and file, where in it the photo stands, and the photo's path.

    illustrative: whether the record is made up.
    """

    key: str
    path: str
    keys: tuple[str | int, ...]
    photo: str
    illustrative: bool


ENDED = "〔现在不公开〕"
"""What stands in the place of a value that no exception covers any more, or not yet."""


class Excepted(NamedTuple):
    """Something personal that one record's page may show for a time. mark: what stands for it everywhere.

    value: as written; until: the last day, as ISO text.
    """

    mark: str
    value: str
    until: str


class Copy(NamedTuple):
    """A published copy of a photo: its name below photos/, its type (`avif`, `webp`, `jpg`), its size in pixels."""

    name: str
    type: str
    width: int
    height: int


class Written(NamedTuple):
    """A file of the release: its path below the root, its size in bytes, its sha256."""

    path: str
    size: int
    sha256: str


class Entry(NamedTuple):
    """What search needs of one page: what its readers see, as text.

    label: the kind in words; text: what the page says, without what has an end of its own; facets: (name, value) by
    which results are narrowed; names: other names and numbers of it; places: those that contain it, the largest
    first; sorts: kind, category and status in words.
    """

    path: str
    title: str
    label: str
    text: str
    facets: tuple[tuple[str, str], ...]
    names: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    status: str = ""
    dated: str = ""
    expires: str = ""
    sorts: tuple[str, ...] = ()


class Index(NamedTuple):
    """One index of the site: its folder below `search/`, and the kind and year it holds; empty for all the rest.

    since, until: the first and the last day in it; slices: whose entries it holds, as (batch, year).
    """

    name: str
    kind: str = ""
    year: str = ""
    since: str = ""
    until: str = ""
    slices: tuple[tuple[int, str], ...] = ()

    @property
    def code(self) -> str:
        """What its results begin with: a word of letters and digits that no other index of the site has."""
        return "x" + sha256(self.name.encode())[:8]


UNSEARCHED = ("code", "holiday")
"""Kinds whose pages nobody looks for: a code is printed, a calendar is read with what it moves."""


def is_searched(row: Row) -> bool:
    """Whether a record is in the search: tombstones are not."""
    return not row.withdrawn and row.kind not in UNSEARCHED


def bare(title: str) -> str:
    """Return a name without the mark that it is made up: nobody types it, and every result carries it anyway."""
    return title.partition("（示例")[0]


@lru_cache(maxsize=4096)
def facet_word(name: str, value: str) -> str:
    """Return the word that stands in the indexes for a facet: none is the beginning of another."""
    return "q" + sha256(f"{name}={value}".encode())[:12].translate(LETTERS)


LETTERS = str.maketrans("0123456789", "ghijklmnop")
"""Pagefind takes words of letters alone as they are."""
