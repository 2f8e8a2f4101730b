"""What a sheet would do to the content: which records are new, which change in what, which rows can't be taken.

A row is the record whose id it names. One without an id is new, unless a record already says exactly the same: it was
made from this row before, so that a sheet can be imported again. One that only has title, date and place in common
with a record may be that record, with a slip mended, or another: the editor must say which. Rejected: writing ids back
into the editor's file (it may be open elsewhere, or be one of several copies).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from generator import load, sheets
from generator.config import Site
from generator.desk.editing import edited
from generator.desk.fmt import written
from generator.desk.merging import Edit, UnsureItems, edits, laid_over, lost, respelled
from generator.desk.naming import Numbering, new_path
from generator.digest import canonical
from generator.problem import Problem
from generator.records import folders, kinds
from generator.records.fields import fields
from generator.sheets import Fault, Read, Table


class Change(NamedTuple):
    """A record that a row makes or changes: its path below content/, what it says, the text of its file.

    edits: what differs from what is on file, none where it is new.
    """

    read: Read
    kind: str
    id: str
    path: str
    data: Mapping[str, Any]
    text: str
    edits: tuple[Edit, ...]
    is_new: bool

    @property
    def key(self) -> str:
        """`kind/id`."""
        return f"{self.kind}/{self.id}"

    @property
    def title(self) -> str:
        """The title as the sheet has it, empty where it has none."""
        return str(self.data.get("title", ""))

    @property
    def rows(self) -> set[tuple[str, int]]:
        """The rows in which the record stands: sheet and number, those of its lists included."""
        items = {(heads.sheet, row) for heads, rows in self.read.items.values() for row in rows}
        return items | {(self.read.row.sheet, self.read.row.row)}


@dataclass
class Plan:
    """What one file would do. same: rows that say what is on file; faults: what is wrong in its cells.

    again: rows that name a record for the second time, to be checked alone.
    others: Problems that the content would have elsewhere.
    """

    file: Path
    table: Table
    changes: list[Change] = field(default_factory=list)
    again: list[Change] = field(default_factory=list)
    same: int = 0
    faults: list[Fault] = field(default_factory=list)
    others: list[Problem] = field(default_factory=list)

    @property
    def sheet(self) -> str:
        """The name of the sheet that holds the records."""
        return self.table.reads[0].row.sheet if self.table.reads else ""

    @property
    def sound(self) -> list[Change]:
        """What it would do in rows without a fault."""
        wrong = {fault.cell[:2] for fault in self.faults}
        return [change for change in self.changes if wrong.isdisjoint(change.rows)]

    @property
    def new(self) -> list[Change]:
        """The records that it would make."""
        return [change for change in self.changes if change.is_new]

    @property
    def is_sound(self) -> bool:
        """Whether nothing keeps it from being carried out."""
        return not self.faults and not self.others


class OnFile:
    """The records of a kind as they lie in the content folder, each read when it is asked for.

    fresh: what rows without an id say, with the file and the row where each stands first.
    """

    def __init__(self, site: Site, kind: str, files: Iterable[load.File]):
        self.kind, self.model, self._content = kind, kinds()[kind], site.content
        self.files = {file.id: file for file in files}
        self.numbers = Numbering(kind, self.files)
        self.fresh: dict[bytes, tuple[Path, int]] = {}
        self._texts: dict[str, tuple[str, Any]] = {}

    def text(self, id: str) -> str:
        """Return the text of a record's file. Raises: load.Refused."""
        return self._read(id)[0]

    def data(self, id: str) -> dict[str, Any]:
        """Return what a record's file says. Raises: load.Refused."""
        return self._read(id)[1]

    def _read(self, id: str) -> tuple[str, Any]:
        if id not in self._texts:
            text = load.text_of(str(self._content / self.files[id].path))
            data = load.parse(text)
            if not isinstance(data, dict):
                raise load.Refused("not-a-mapping", found="text")
            self._texts[id] = text, data
        return self._texts[id]

    @cached_property
    def sound(self) -> list[str]:
        """The ids of all records that can be read."""
        return [id for id in self.files if self._is_sound(id)]

    def _is_sound(self, id: str) -> bool:
        try:
            return bool(self.data(id))
        except load.Refused:
            return False

    @cached_property
    def by_content(self) -> dict[bytes, list[str]]:
        """The ids of records by all that they say."""
        return _grouped((canonical(self.data(id)), id) for id in self.sound)

    @cached_property
    def by_name(self) -> dict[bytes, list[str]]:
        """The ids of records by title, date and place."""
        return _grouped((self.name(self.data(id)), id) for id in self.sound)

    def name(self, data: Mapping[str, Any]) -> bytes:
        """Return title, date and place of a record, by which people would take two for the same."""
        return canonical([data.get(name) for name in ("title", self.model.date_field or "", "area")])


def _grouped(pairs: Iterable[tuple[bytes, str]]) -> dict[bytes, list[str]]:
    found: dict[bytes, list[str]] = {}
    for key, id in pairs:
        found.setdefault(key, []).append(id)
    return found


def plan(site: Site, files: Iterable[tuple[Path, Table]]) -> list[Plan]:
    """Return what each file would do, before it is checked against everything else.

    Raises: ContentError where the content folder itself holds what is no record.
    """
    scan = load.scan(site.content, folders())
    stores: dict[str, OnFile] = {}
    tables = list(files)
    for _, table in tables:
        if table.kind not in stores:
            stores[table.kind] = OnFile(site, table.kind, (file for file in scan.files if file.kind == table.kind))
        for read in table.reads:
            stores[table.kind].numbers.take(read.id)
    plans = [_plan(path, table, stores[table.kind]) for path, table in tables]
    _check_twice(plans)
    return plans


def _plan(path: Path, table: Table, store: OnFile) -> Plan:
    made = Plan(path, table, faults=list(table.faults))
    claimed = {read.id for read in table.reads}
    unread = {fault.cell for fault in table.faults}
    seen: set[str] = set()
    for read in table.reads:
        if read.id and read.id in seen:
            made.again.append(_change(store, read, read.data))
            continue
        seen.add(read.id)
        try:
            lost = {path for path in read.heads.columns if read.heads.cell(read.row.row, path) in unread}
            change = _known(store, read, table.present - lost) if read.id in store.files else _new(
                store, path, read, claimed, bool(lost))
        except Refusal as refusal:
            made.faults.append(Fault(read.at(refusal.keys), refusal.code, refusal.values))
            continue
        if change:
            made.changes.append(change)
        else:
            made.same += 1
    return made


class Refusal(Exception):
    """A row that can't be taken; becomes a Fault in the cell of `keys`."""

    def __init__(self, code: str, keys: tuple[str | int, ...] = (), **values: Any):
        super().__init__(code)
        self.code, self.keys, self.values = code, keys, values


def _known(store: OnFile, read: Read, present: set[tuple[str, ...]]) -> Change | None:
    """Return what a row changes in the record it names, None for nothing. Raises: Refusal."""
    try:
        old = store.data(read.id)
        said = respelled(old, read.data, fields(store.model))
        wanted = laid_over(old, said, present)
    except load.Refused:
        raise Refusal("row-unreadable", path=store.files[read.id].path) from None
    except UnsureItems as found:
        labels = {part.name: part.label for one in fields(store.model) if one.name == found.name for part in one.parts}
        raise Refusal("row-items-unsure", (found.name,),
                      parts="、".join(labels.get(part, part) for part in found.parts)) from None
    if wanted == old:
        return None
    if read.digest and read.digest != sheets.digest(old):
        if read.digest in (sheets.digest(read.data), sheets.digest(said)):
            return None  # somebody else changed it since the export, and the editor did not
        raise Refusal("row-stale", id=read.id)
    if gone := min(lost(old, said), default=()):
        raise Refusal("cell-lost", gone)
    text = edited(store.text(read.id), wanted, store.model)
    return Change(read, store.kind, read.id, store.files[read.id].path, wanted, text,
                  tuple(edits(old, wanted, fields(store.model))), False)


def _new(store: OnFile, file: Path, read: Read, claimed: set[str], unread: bool) -> Change | None:
    """Return the record that a row makes, None where it made it before. Raises: Refusal.

    file: in which the row stands; claimed: the ids that its rows name.
    """
    if read.id and read.digest:
        raise Refusal("row-gone", id=read.id)
    said = canonical(read.data)
    if not read.id:
        first, row = store.fresh.setdefault(said, (file, read.row.row))
        if first != file:
            raise Refusal("row-repeated-elsewhere", row=row, file=first.name)
        if row != read.row.row:
            raise Refusal("row-repeated", row=row)
        if [id for id in store.by_content.get(said, ()) if id not in claimed]:
            return None
        like = [id for id in store.by_name.get(store.name(read.data), ()) if id not in claimed]
        if like and not unread:
            raise Refusal("row-maybe-known", id=like[0], example=store.numbers.next(read.data))
    id = store.numbers.take(read.id or store.numbers.next(read.data))
    return _change(store, read, read.data)._replace(id=id, path=new_path(store.kind, id, read.data))


def _change(store: OnFile, read: Read, data: Mapping[str, Any]) -> Change:
    """Return a row as a record that stands alone."""
    return Change(read, store.kind, read.id, new_path(store.kind, read.id, data), data,
                  written(dict(data), store.model), (), True)


def _check_twice(plans: list[Plan]) -> None:
    """Note a fault for every record that two files name."""
    first: dict[str, Plan] = {}
    for made in plans:
        for change in list(made.changes):
            other = first.setdefault(change.key, made)
            if other is not made:
                made.faults.append(Fault(change.read.row, "row-elsewhere", {"id": change.id, "file": other.file.name}))
                made.changes.remove(change)


