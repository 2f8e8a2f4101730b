"""A record's file with other values: the lines of what changed are written anew, all others stay byte for byte.

Texts are spliced at the places that the parser tells; nothing is dumped whole, since no dumper gives every file back as
it was. What comes out is read again and compared with what was asked for, so that a slip can't reach a file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any

from pydantic import BaseModel

from generator import load
from generator.desk.fmt import entry_lines, field_of, formatted, item_lines, lines_of, parts
from generator.desk.pieces import Piece, piece_of, read
from generator.desk.scalars import scalar
from generator.records.fields import Field, fields


def edited(text: str, wanted: Mapping[str, Any], model: type[BaseModel]) -> str:
    """Return the text of a record with the values `wanted`, and no other change; canonical where it was.

    Comments stay; the one on a line goes with its value. New keys stand where the model has them.
    Raises: load.Refused where the text can't be read.
    """
    plain = text.replace("\r\n", "\n")
    root = read(plain)
    some = fields(model)
    merged = _merged(root, wanted, some, None)
    if not isinstance(merged, _Changed):
        return text
    new = _splice(plain, merged, some, None) + plain[root.stop:] if merged.before else ""
    if not _says(new, wanted):  # written in a way that can't be spliced: a mapping in braces, keys with `?`
        new = "\n".join(lines_of(merged, some)) + "\n"
    elif formatted(plain, model) == plain:
        new = formatted(new, model)
    return new.replace("\n", "\r\n") if "\r\n" in text else new


def _says(text: str, wanted: Mapping[str, Any]) -> bool:
    try:
        return bool(load.parse(text) == wanted)
    except load.Refused:
        return False


# ── what is to stand where ───────────────────────────────────────────────────────────────────────────────────


class _Changed(Piece):
    """A piece that says something else than the text; `before`: what stood inside it, where that can be spliced."""

    before: list[Piece]


def _merged(piece: Piece, wanted: Any, some: Sequence[Field], one: Field | None) -> Piece:
    """Return the piece with the values `wanted`: itself where they are the same, else one with its comments."""
    if piece.plain() == wanted and type(piece.value) is type(wanted):
        return piece
    if isinstance(piece.value, dict) and isinstance(wanted, Mapping):
        value: Any = _entries(piece, wanted, some)
    elif isinstance(piece.value, list) and isinstance(wanted, list):
        value = list(_items(piece, wanted, one))
    else:
        value = piece_of(wanted).value
    new = _Changed(value, piece.at, piece.end, piece.flow, piece.above, piece.beside, piece.below)
    new.before = piece.children() if type(value) is type(piece.value) and not piece.flow else []
    return new


def _entries(piece: Piece, wanted: Mapping[str, Any], some: Sequence[Field]) -> dict[str, Piece]:
    """Return the entries of a mapping: old ones in their order, new ones behind the key that the model has before."""
    keys = [key for key in piece.value if key in wanted]
    names = [one.name for one in some]
    for key in sorted((key for key in wanted if key not in piece.value), key=lambda key: _place(key, names)):
        before = [(_place(old, names), index) for index, old in enumerate(keys)
                  if _place(old, names) <= _place(key, names)]
        keys.insert(max(before)[1] + 1 if before else 0, key)
    return {key: _entry(piece.value.get(key), wanted[key], field_of(some, key)) for key in keys}


def _place(key: str, names: Sequence[str]) -> int:
    return names.index(key) if key in names else len(names)


def _entry(old: Piece | None, wanted: Any, one: Field | None) -> Piece:
    return piece_of(wanted) if old is None else _merged(old, wanted, parts(one), one)


def _items(piece: Piece, wanted: list[Any], one: Field | None) -> Iterator[Piece]:
    """Yield the items of a list, each with the old one that it is, or stands in the place of."""
    old = piece.children()
    texts = [[json.dumps(value, sort_keys=True) for value in some] for some in ([o.plain() for o in old], wanted)]
    for _, a, b, c, d in SequenceMatcher(None, texts[0], texts[1], autojunk=False).get_opcodes():
        for index in range(c, d):
            from_old = a + index - c
            yield _entry(old[from_old] if from_old < b else None, wanted[index], one)


# ── how it is written ────────────────────────────────────────────────────────────────────────────────────────


def _splice(text: str, piece: _Changed, some: Sequence[Field], one: Field | None) -> str:
    """Return the text of a changed block, from its key or dash on; what stands between its entries stays there."""
    first = piece.before[0]
    column = first.at - (text.rfind("\n", 0, first.at) + 1)
    leads, left = _leads(text, piece)
    out = text[piece.at:first.at]
    for index, (key, child) in enumerate(piece.entries()):
        lead = leads.get(child.at, "\n" + " " * column)
        if index == 0:
            lead = lead.lstrip() if "#" in lead else ""
        out += lead + _body(text, key, child, field_of(some, key) if isinstance(key, str) else one, column)
    return out + left


def _leads(text: str, piece: _Changed) -> tuple[dict[int, str], str]:
    """Return what stands before each entry that is kept, by its place, and behind the last one.

    Comments above an entry that is gone stay, before the next one.
    """
    kept = {child.at for child in piece.children()}
    leads: dict[int, str] = {}
    left = ""
    for above, child in pairwise(piece.before):
        lead = text[above.stop:child.at]
        if child.at in kept:
            leads[child.at], left = left + lead, ""
        elif "#" in lead:
            left += lead.rstrip()
    return leads, left


def _body(text: str, key: str | int, child: Piece, one: Field | None, column: int) -> str:
    if not isinstance(child, _Changed) and child.at >= 0:
        return text[child.at:child.stop]
    if isinstance(child, _Changed) and child.before and child.value:
        return _splice(text, child, parts(one), one)
    lines = entry_lines(f"{' ' * column}{scalar(key)}:", child, one, column) if isinstance(key, str) else item_lines(
        child, one, column)
    return "\n".join(lines)[column:]
