"""A record, or an item of a list, as the texts of a row, and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.records.fields import Field
from generator.sheets.cells import ESCAPED, Amiss, decode, encode, escaped
from generator.sheets.layout import Sheet, flat_part

Path = tuple[str, ...]
Texts = dict[Path, str]


def spread(sheet: Sheet, data: Mapping[str, Any]) -> Texts:
    """Return the texts of the columns of a row that holds `data`; what has no column is left out."""
    texts: Texts = {}
    for field in sheet.fields:
        if field.name in data:
            texts.update(_spread(field, data[field.name]))
    return texts


def gather(sheet: Sheet, texts: Mapping[Path, str]) -> tuple[dict[str, Any], list[tuple[Path, Amiss]]]:
    """Return what a row says, in the order of the model, and the columns that can't be read.

    texts: by the path of the column; blank ones are left out.
    """
    data: dict[str, Any] = {}
    amiss: list[tuple[Path, Amiss]] = []
    for field in sheet.fields:
        mine = {path: text for path, text in texts.items() if path[0] == field.name}
        if mine:
            value = _whole(mine, amiss) if any(map(_is_whole, mine.values())) else _value(field, (), mine, amiss)
            if value is not _NOTHING:
                data[field.name] = value
    return data, amiss


_NOTHING = object()


def _is_whole(text: str) -> bool:
    """Whether a cell holds more than its own column: the whole mapping."""
    return bool(ESCAPED.match(text)) and not text.startswith('\\"')


def _whole(mine: Texts, amiss: list[tuple[Path, Amiss]]) -> Any:
    """Return the mapping that one of its cells holds as a whole; no other may be filled."""
    path, text = next((path, text) for path, text in mine.items() if _is_whole(text))
    for other in mine.keys() - {path}:
        amiss.append((other, Amiss("cell-beside-whole")))
    return _decoded(None, path, text, amiss)


def _decoded(field: Field | None, path: Path, text: str, amiss: list[tuple[Path, Amiss]]) -> Any:
    try:
        return decode(field or _ANY, text)
    except Amiss as fault:
        amiss.append((path, fault))
        return _NOTHING


_ANY = Field("", "", "line", False, False, None, {}, (), None, None, None, None, 0, (), "")


def _value(field: Field, above: Path, mine: Mapping[Path, str], amiss: list[tuple[Path, Amiss]]) -> Any:
    """Return the value of one field from the texts below it; a mapping with but its bare part is that text alone."""
    path = (*above, field.name)
    if not flat_part(field):
        return _decoded(field, path, mine[path], amiss) if path in mine else _NOTHING
    bare = (*path, field.bare)
    if mine.get(bare, "").startswith("{"):
        return _bare(field, path, mine, amiss)
    values = {part.name: value for part in field.parts
              if (value := _value(part, path, mine, amiss)) is not _NOTHING}
    if not values:
        return _NOTHING
    return values[field.bare] if values.keys() == {field.bare} else values


def _bare(field: Field, path: Path, mine: Mapping[Path, str], amiss: list[tuple[Path, Amiss]]) -> Any:
    """Return the mapping that stands in the column of its bare part, written as one; no other may be filled."""
    bare = (*path, field.bare)
    for other in mine:
        if other != bare and other[:len(path)] == path:
            amiss.append((other, Amiss("cell-beside-whole")))
    return _decoded(field, bare, mine[bare], amiss)


def _spread(field: Field, value: Any) -> Texts:
    if not flat_part(field):
        return {(field.name,): encode(field, value)}
    try:
        return dict(_parts(field, value, (field.name,)))
    except _Unnatural:
        return {_first(field): escaped(value)}


class _Unnatural(Exception):
    """A mapping that its columns can't hold: it stands as a whole in the first of them."""


def _parts(field: Field, value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    bare = next((part for part in field.parts if part.name == field.bare), None)
    if bare and isinstance(value, str):
        text = encode(bare, value)
        yield (*path, bare.name), escaped(value) if text.startswith("{") else text
        return
    if not isinstance(value, dict) or not value:
        raise _Unnatural
    if bare and value.keys() == {bare.name}:
        yield (*path, bare.name), _mapping(field, value)
        return
    if value.keys() - {part.name for part in field.parts}:
        raise _Unnatural
    for part in field.parts:
        if part.name not in value:
            continue
        if flat_part(part):
            yield from _parts(part, value[part.name], (*path, part.name))
        else:
            text = encode(part, value[part.name])
            if _is_whole(text) or (part is bare and text.startswith("{")):
                raise _Unnatural
            yield (*path, part.name), text


def _mapping(field: Field, value: dict[str, Any]) -> str:
    """Return the text of a mapping that has but its bare part, to be told from that text alone."""
    text = encode(field, value)
    if not text.startswith("{"):
        raise _Unnatural
    return text


def _first(field: Field) -> Path:
    """Return the path of the first column that a mapping has."""
    path: Path = (field.name,)
    while flat_part(field):
        field = field.parts[0]
        path = (*path, field.name)
    return path
