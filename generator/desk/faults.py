"""What is wrong with a row of a sheet, in the cells and the words of the sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator import gate, validate
from generator.data import Raw
from generator.desk.fmt import field_of, parts
from generator.desk.pieces import Piece, read
from generator.desk.planning import Change
from generator.problem import Problem
from generator.records import kinds
from generator.records.fields import Field, fields, walk
from generator.records.forms import ID
from generator.sheets import Fault
from generator.wording import nearest

Keys = tuple[str | int, ...]
NAMED = ("key", "earlier", "later")
"""The values of Problems that name a key of YAML, which a sheet shows as a label."""

IN_CELLS = {"missing-key": "cell-missing", "bad-reference": "cell-no-id", "missing-reference": "cell-no-record",
            "one-line": "cell-one-line", "wrong-type": "cell-wrong-type"}
"""Codes whose words for files have others for cells, by the code for files."""


def fault_of(problem: Problem, change: Change) -> Fault:
    """Return a Problem of a record's file as a Fault in the cell that says it."""
    labels = {one.name: one.label for _, one in reversed(list(walk(fields(kinds()[change.kind]))))}
    keys = _keys(problem, change)
    code = IN_CELLS.get(problem.code, problem.code)
    values = {name: f"“{labels[value]}”" if name in NAMED and value in labels else value
              for name, value in problem.values.items()}
    if code == "cell-no-id" and "source" in keys:
        code = "cell-no-source"
    return Fault(change.read.at(keys), code, values, labels)


def alone(change: Change) -> Iterator[Fault]:
    """Yield what is wrong with a record whatever else there is."""
    found = validate.validate(Raw(change.kind, change.id, change.path, change.data), kinds())
    personal = gate.judge(change.text, change.path, change.data).problems
    yield from (fault_of(problem, change) for problem in (*personal, *(found if isinstance(found, list) else ())))


def _keys(problem: Problem, change: Change) -> Keys:
    """Return the keys that lead to a Problem; one that is known by line and column is in what stands there."""
    if problem.place.keys or not problem.place.line:
        return problem.place.keys
    lines = change.text.split("\n")
    offset = sum(len(line) + 1 for line in lines[:problem.place.line - 1]) + problem.place.column - 1
    return _at(read(change.text), offset)


def _at(piece: Piece, offset: int) -> Keys:
    for key, child in piece.entries() if piece.children() else ():
        if child.at <= offset < max(child.stop, child.at + 1):
            return (key, *_at(child, offset))
    return ()


# ── references ───────────────────────────────────────────────────────────────────────────────────────────────


def dangling(change: Change, known: Mapping[str, Sequence[str]]) -> Iterator[Fault]:
    """Yield a Fault for every reference of a record that leads nowhere: `link` looks at none that is wrong otherwise.

    known: the ids of every kind.
    """
    for keys, kind, id in _references(change.data, fields(kinds()[change.kind])):
        if ID.match(id) and id not in known.get(kind, ()):  # what can't be an id is told by the model
            yield Fault(change.read.at(keys), "cell-no-record", {
                "label": kinds()[kind].label, "id": id, "near": nearest(id, known.get(kind, ()))})


def _references(data: Mapping[str, Any], some: Sequence[Field], above: Keys = ()) -> Iterator[tuple[Keys, str, str]]:
    """Yield every reference in a mapping that is written as one: its keys, the kind and the id that it means."""
    for name, value in data.items():
        one = field_of(some, name)
        items = enumerate(value) if isinstance(value, list) else ((None, value),)
        for index, item in items if one else ():
            keys = (*above, name) if index is None else (*above, name, index)
            if isinstance(item, Mapping):
                yield from _references(item, parts(one), keys)
            elif isinstance(item, str) and one:
                yield from ((keys, kind, id) for kind, id in _meant(item, one))


def _meant(text: str, one: Field) -> Iterator[tuple[str, str]]:
    bare = field_of(one.parts, one.bare)
    targets = one.kinds or (bare.kinds if bare else ())
    kind, slash, id = text.rpartition("/")
    if slash and kind in targets:
        yield kind, id
    elif not slash and len(targets) == 1:
        yield targets[0], id
