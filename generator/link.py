"""Level 2, the third stage: rows become a Register whose references all resolve.

In: one Row per record. Out: a frozen Register, or Problems. Nothing here reads a file.
"""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from datetime import date
from typing import NamedTuple

from generator.data import COMPUTED, Register, Row, address, buried, holidays
from generator.problem import Place, Problem
from generator.records import folders, kinds
from generator.wording import nearest
from generator.workdays import calendar_of, last_day

_MARKDOWN_LINK = re.compile(r"\]\(\s*<?([^)\s>]+)|\]:\s*<?(/[^\s>\"']+)")
_OUTSIDE = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)


CREDITED = ("subject", "recipient", "volunteer", "responsible")
"""Fields that credit or charge somebody."""


SHOWN_BY = ("source", "published", "matches")
"""Fields that name what shows a record to be true, a duty to be met, a need to be matched."""


class TextLink(NamedTuple):
    """A link in the text of a source file, and where it stands."""

    target: str
    path: str
    line: int
    column: int


def link(rows: Iterable[Row], there: Set[str] = frozenset()) -> tuple[Register, list[Problem]]:
    """Return the register and the Problems found while linking; the register is whole only without Problems.

    there: keys of records that have a file but no row; who refers to one with Problems of its own is not at fault.
    """
    by_key = _with_appeals_bound({row.key: row for row in sorted(rows, key=lambda r: (r.kind, r.id))})
    moved = {f"{row.kind}/{former}": row.key for row in by_key.values() for former in row.formerly}
    by_key = _with_notices_ended(by_key)
    problems = [*_dangling(by_key, there, moved), *_addresses(by_key), *_false_sources(by_key), *_years_twice(by_key)]
    above, cycles = _areas(by_key)
    register = Register(by_key, _backlinks(by_key, moved), above, moved)
    return register, problems + cycles


def _with_appeals_bound(rows: dict[str, Row]) -> dict[str, Row]:
    """Return the rows with every appeal bound to what it is against: it expires, and is buried, with it.

    One against what was withdrawn stays: it may be the appeal that succeeded.
    """
    for key, row in rows.items():
        if row.kind != "appeal":
            continue
        target = next((rows.get(r.target) for r in row.references if r.keys == ("against",)), None)
        if target and target.withdrawn and target.status != "已撤回":
            rows[key] = buried(row)._replace(ends=target.ends)
        elif target:
            rows[key] = row._replace(expires=target.expires, ends=target.ends)
    return rows


def _with_notices_ended(rows: dict[str, Row]) -> dict[str, Row]:
    """Return the rows with every public notice's last day counted by the content's own calendar, if it has one."""
    calendar = calendar_of(holidays(rows.values()))
    if not calendar.years:
        return rows
    columns = kinds()["announcement"].columns
    for key, row in rows.items():
        for notice in row.traces if row.kind == "announcement" else ():
            if notice.days:
                end = last_day(date.fromisoformat(notice.since), notice.days, calendar)
                cells = dict(zip(columns, row.cells, strict=True)) | {"closes": end}
                rows[key] = row._replace(cells=tuple(cells.values()))
    return rows


def links_in(text: str, path: str) -> list[TextLink]:
    """Return every Markdown link in the text of a source file, with its place."""
    if "](" not in text and "]:" not in text:
        return []
    found = []
    for link in _MARKDOWN_LINK.finditer(text):
        start = link.start(link.lastindex or 1)
        line, column = text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
        found.append(TextLink(link[link.lastindex or 1], path, line, column))
    return found


def check_links(links: Iterable[TextLink], register: Register, prose: Set[str]) -> list[Problem]:
    """Return a Problem for every link in a text that is not allowed, or leads to no page of the site.

    prose: paths of the files below content/pages. What is computed (lists, boards) is looked up once it is written.
    """
    former = {address(row.kind, id) for row in register.rows.values() for id in row.formerly}
    pages = {path.removesuffix(".md") + ".html" if path.endswith(".md") else path for path in prose}
    there = former | pages | {"index.html"}
    known: dict[tuple[str, str], str] = {}  # the texts of many records lead to a few pages: 1 instead of 7 µs a link
    problems = []
    for link in links:
        alike = link.target, _base(link)
        if alike not in known:
            known[alike] = _fault(link, there, register)
        if fault := known[alike]:
            problems.append(Problem(fault, Place(link.path, link.line, link.column), {"target": link.target[:80]}))
    return problems


def _base(link: TextLink) -> str:
    """Return the folder from which a link leads on, if it says so; nothing where it is in a record."""
    return posixpath.dirname(link.path) if link.path.startswith("pages/") else ""


def _fault(link: TextLink, there: Set[str], register: Register) -> str:
    """Return the code of what is wrong with a link, empty for nothing."""
    path = link.target.partition("#")[0].partition("?")[0]
    if _OUTSIDE.match(link.target) or not path:
        return ""
    if ":" in path or path.startswith("//") or not (link.path.startswith("pages/") or path.startswith("/")):
        return "bad-link"
    target = address_of(link)
    known = target in there or register.at(target) or _is_computed(target)
    return "" if known else "broken-link"


def address_of(link: TextLink) -> str:
    """Return the address below the site's root that a link within the site means."""
    path = link.target.partition("#")[0].partition("?")[0]
    in_prose = link.path.startswith("pages/")
    folder = posixpath.dirname(link.path.removeprefix("pages/")) if in_prose and not path.startswith("/") else ""
    target = posixpath.normpath(posixpath.join(folder, path.lstrip("/")))
    return target.removesuffix(".md") + ".html" if in_prose and target.endswith(".md") else target


def within(links: Iterable[TextLink]) -> dict[str, str]:
    """Return the first source file with a link to it for every address of the site that is named in a text."""
    found: dict[str, str] = {}
    seen: set[tuple[str, str]] = set()
    for link in links:
        alike = link.target, _base(link)
        if alike in seen:
            continue
        seen.add(alike)
        if not _OUTSIDE.match(link.target) and not link.target.startswith(("#", "?")):
            found.setdefault(address_of(link), link.path)
    return found


def _is_computed(target: str) -> bool:
    """Whether an address has the form of a list's or a board's, which no record's has."""
    folder, _, name = target.rpartition("/")
    stem = name.removesuffix(".html")
    computed = folder in COMPUTED or target.startswith("manual/")
    return computed or (folder in folders() and (stem == "index" or "." in stem))


def _dangling(rows: dict[str, Row], there: Set[str], moved: Mapping[str, str]) -> Iterable[Problem]:
    """Yield a Problem for every reference that leads nowhere; a code may name its target as it was once called."""
    ids: dict[str, list[str]] = defaultdict(list)
    for row in rows.values():
        ids[row.kind].append(row.id)
    for row in rows.values():
        for reference in row.references:
            known = reference.target in rows or (row.kind == "code" and reference.target in moved)
            if not known and reference.target not in there:
                place = Place(row.path, keys=reference.keys)
                yield missing(place, reference.target, ids[reference.target.partition("/")[0]])


def missing(place: Place, target: str, ids: Iterable[str]) -> Problem:
    """Return what is wrong with a reference to `kind/id` that leads nowhere. ids: of the records of that kind."""
    kind, _, id = target.partition("/")
    return Problem("missing-reference", place, {
        "label": kinds()[kind].label, "id": id, "folder": kinds()[kind].folder, "near": nearest(id, ids)})


def _addresses(rows: dict[str, Row]) -> Iterable[Problem]:
    taken: dict[str, str] = {}
    for row in rows.values():
        for index, former in enumerate(row.formerly):
            key = f"{row.kind}/{former}"
            if other := taken.get(key) or (rows[key].path if key in rows else ""):
                place = Place(row.path, keys=("formerly", index))
                yield Problem("address-taken", place, {"url": address(row.kind, former), "other": other})
            taken[key] = row.path


def _false_sources(rows: dict[str, Row]) -> Iterable[Problem]:
    """Yield a Problem where a real record rests on a made-up source, or a made-up mark falls on a real subject."""
    for row in rows.values():
        for reference in row.references:
            target = rows.get(reference.target)
            if target is None or target.illustrative == row.illustrative:
                continue
            if reference.keys[0] in SHOWN_BY and target.illustrative:
                yield Problem("illustrative-source", Place(row.path, keys=reference.keys))
            if row.illustrative and str(reference.keys[-1]) in CREDITED:
                yield Problem("illustrative-credit", Place(row.path, keys=reference.keys))


def _years_twice(rows: dict[str, Row]) -> Iterable[Problem]:
    """Yield a Problem where two records that hold say of the same year which days are worked."""
    seen: set[int] = set()
    for row in rows.values():
        for year, _, _ in holidays([row]):
            if year in seen:
                yield Problem("said-twice", Place(row.path, keys=("year",)), {"value": str(year)})
            seen.add(year)


def _areas(rows: dict[str, Row]) -> tuple[dict[str, tuple[str, ...]], list[Problem]]:
    above: dict[str, tuple[str, ...]] = {}
    problems = []
    for row in rows.values():
        if row.kind != "area":
            continue
        chain: list[str] = []
        here = row.area
        while here is not None and here not in chain and f"area/{here}" in rows:
            if here == row.id:
                path = " → ".join([row.id, *chain, row.id])
                problems.append(Problem("area-cycle", Place(row.path, keys=("area",)), {"path": path}))
                break
            chain.append(here)
            here = rows[f"area/{here}"].area
        above[row.id] = tuple(chain)
    return above, problems


def _backlinks(rows: dict[str, Row], moved: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return the keys of who refers to each record: the very texts that `rows` has, each once."""
    found: dict[str, list[str]] = defaultdict(list)
    for key, row in rows.items():
        for reference in row.references:
            if reference.target == key:
                continue
            keys = found[moved.get(reference.target, reference.target)]
            if keys[-1:] != [key]:
                keys.append(key)
    return {target: tuple(keys) for target, keys in sorted(found.items())}
