"""Level 2, the third stage: rows become a Register whose references all resolve.

In: one Row per record. Out: a frozen Register, or Problems. Nothing here reads a file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Set
from difflib import get_close_matches
from types import MappingProxyType

from generator.data import Reference, Register, Row, address
from generator.problem import Place, Problem
from generator.records import kinds


def link(rows: Iterable[Row], there: Set[str] = frozenset()) -> tuple[Register, list[Problem]]:
    """Return the register and the Problems found while linking; the register is whole only without Problems.

    there: keys of every record that has a file; who refers to one with Problems of its own is not at fault.
    """
    by_key = {row.key: row for row in sorted(rows, key=lambda r: (r.kind, r.id))}
    problems = [*_dangling(by_key, there), *_addresses(by_key), *_false_sources(by_key)]
    above, cycles = _areas(by_key)
    register = Register(MappingProxyType(by_key), MappingProxyType(_backlinks(by_key)), MappingProxyType(above))
    return register, problems + cycles


def _dangling(rows: dict[str, Row], there: Set[str]) -> Iterable[Problem]:
    ids: dict[str, list[str]] = defaultdict(list)
    for row in rows.values():
        ids[row.kind].append(row.id)
    for row in rows.values():
        for reference in row.references:
            if reference.target not in rows and reference.target not in there:
                yield _missing(row, reference, ids)


def _missing(row: Row, reference: Reference, ids: dict[str, list[str]]) -> Problem:
    place = Place(row.path, keys=reference.keys)
    kind, _, id = reference.target.partition("/")
    if not id or kind not in kinds():
        return Problem("reference-kind", place, {"value": reference.target, "kinds": "、".join(kinds())})
    near = get_close_matches(id, ids[kind], 1, 0.5)
    return Problem("missing-reference", place, {
        "label": kinds()[kind].label, "id": id, "folder": kinds()[kind].folder,
        "near": near[0] if near else ""})


def _addresses(rows: dict[str, Row]) -> Iterable[Problem]:
    taken = {row.url: row.path for row in rows.values()}
    for row in rows.values():
        for index, former in enumerate(row.formerly):
            url = address(row.kind, former)
            if url in taken:
                place = Place(row.path, keys=("formerly", index))
                yield Problem("address-taken", place, {"url": url, "other": taken[url]})
            taken[url] = row.path


def _false_sources(rows: dict[str, Row]) -> Iterable[Problem]:
    for row in rows.values():
        if row.illustrative:
            continue
        for reference in row.references:
            source = rows.get(reference.target)
            if reference.keys[0] == "source" and source is not None and source.illustrative:
                yield Problem("illustrative-source", Place(row.path, keys=reference.keys))


def _areas(rows: dict[str, Row]) -> tuple[dict[str, tuple[str, ...]], list[Problem]]:
    above: dict[str, tuple[str, ...]] = {}
    problems = []
    for row in rows.values():
        if row.kind != "area":
            continue
        chain, here = [], row.area
        while here is not None and here not in chain and f"area/{here}" in rows:
            if here == row.id:
                path = " → ".join([row.id, *chain, row.id])
                problems.append(Problem("area-cycle", Place(row.path, keys=("area",)), {"path": path}))
                break
            chain.append(here)
            here = rows[f"area/{here}"].area
        above[row.id] = tuple(chain)
    return above, problems


def _backlinks(rows: dict[str, Row]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for row in rows.values():
        for reference in row.references:
            if reference.target != row.key:
                found[reference.target][row.key] = None
    return {target: tuple(keys) for target, keys in sorted(found.items())}
