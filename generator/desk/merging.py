"""What a record is to be once a row of a sheet is laid over it, and how that differs from what it was."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from generator.desk.fmt import field_of, on_one_line, parts
from generator.desk.pieces import piece_of
from generator.digest import canonical
from generator.records.fields import Field

Path = tuple[str, ...]
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,6})?", re.ASCII)


class UnsureItems(Exception):
    """Items of a list can't be laid over the old ones: their number differs, and the sheet lacks columns for them."""

    def __init__(self, name: str, parts: Sequence[str]):
        super().__init__(name)
        self.name, self.parts = name, parts


def laid_over(old: Mapping[str, Any], row: Mapping[str, Any], present: Collection[Path]) -> dict[str, Any]:
    """Return the record with what a row says; a field with a column that is empty is gone, one without stays.

    present: the path of every field that the sheet has a column for; for a list on a sheet of its own that of the
    list and those of its columns. Raises: UnsureItems.
    """
    names = {path[0] for path in present}
    found = {name: value for name, value in old.items() if name not in names}
    for name in (*(name for name in old if name in names), *(name for name in row if name not in old)):
        below = {path[1:] for path in present if path[0] == name and len(path) > 1}
        value = _value(old.get(name), row.get(name), below, name, (name,) in present)
        if value is not None:
            found[name] = value
    return found


def _value(old: Any, new: Any, below: Collection[Path], name: str, is_list: bool) -> Any:
    """Return one field, None for one that is gone."""
    if below and is_list and isinstance(old, list) and isinstance(new, list):
        return _items(old, new, below, name)
    if below and not is_list and isinstance(old, Mapping) and isinstance(new, Mapping | None):
        return laid_over(old, new or {}, below) or None
    return new


def _items(old: list[Any], new: list[Any], below: Collection[Path], name: str) -> list[Any]:
    known = {path[0] for path in below}
    lost = sorted({part for item in old if isinstance(item, Mapping) for part in item if part not in known})
    if not lost:
        return new
    if len(old) != len(new):
        raise UnsureItems(name, lost)
    return [laid_over(was, item, below) if isinstance(was, Mapping) and isinstance(item, Mapping) else item
            for was, item in zip(old, new, strict=True)]


def lost(old: Any, new: Any, keys: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the keys of every text whose rare characters became `?`, as in a CSV that Chinese Excel saved as GBK."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for name in old.keys() & new.keys():
            yield from lost(old[name], new[name], (*keys, name))
    elif isinstance(old, list) and isinstance(new, list):
        for index, (was, now) in enumerate(zip(old, new, strict=False)):
            yield from lost(was, now, (*keys, index))
    elif isinstance(old, str) and isinstance(new, str) and old != new and "?" in new:
        in_gbk = old.encode("gbk", "replace").decode("gbk")
        in_halves = "".join("??" if ord(one) > 0xFFFF else one for one in old).encode("gbk", "replace").decode("gbk")
        if new in (in_gbk, in_halves):
            yield keys


# ── numbers that say the same ──────────────────────────────────────────────────────────────────────────────────


def respelled(old: Mapping[str, Any], row: Mapping[str, Any], some: Sequence[Field]) -> dict[str, Any]:
    """Return what a row says, with `240` as `240.00` where the record has that: spreadsheets take zeros off the end."""
    spelt = dict(_amounts(old, some))
    return {name: _respelled(value, field_of(some, name), (name,), spelt) for name, value in row.items()}


def _amounts(value: Any, some: Sequence[Field], path: Path = ()) -> Iterator[tuple[tuple[Path, Decimal], str]]:
    """Yield every number below a mapping as it is spelt, by the field that it stands in."""
    for name, below in value.items():
        one = field_of(some, name)
        for item in below if isinstance(below, list) else (below,):
            if isinstance(item, Mapping):
                yield from _amounts(item, parts(one), (*path, name))
            elif (amount := _amount(item, one)) is not None:
                yield ((*path, name), amount), item


def _respelled(value: Any, one: Field | None, path: Path, spelt: Mapping[tuple[Path, Decimal], str]) -> Any:
    if isinstance(value, Mapping):
        return {name: _respelled(below, field_of(parts(one), name), (*path, name), spelt)
                for name, below in value.items()}
    if isinstance(value, list):
        return [_respelled(item, one, path, spelt) for item in value]
    amount = _amount(value, one)
    return value if amount is None else spelt.get((path, amount), value)


def _amount(value: Any, one: Field | None) -> Decimal | None:
    is_number = one and one.form in ("money", "number") and isinstance(value, str) and _NUMBER.fullmatch(value)
    return Decimal(value) if is_number else None


# ── what changed ─────────────────────────────────────────────────────────────────────────────────────────────


class Edit(NamedTuple):
    """One field that changed: its labels (`办理过程 第 2 条·事项`), what it said and says now, empty for nothing."""

    label: str
    before: str
    after: str


def edits(old: Any, new: Any, some: Sequence[Field], label: str = "", one: Field | None = None) -> Iterator[Edit]:
    """Yield every field in which two values differ, in the order of the model, as deep as both are alike in form."""
    if old == new:
        return
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        places = {field.name: index for index, field in enumerate(some)}
        for name in sorted({*old, *new}, key=lambda name: (places.get(name, len(places)), name)):
            field = field_of(some, name)
            named = "·".join(part for part in (label, field.label if field else name) if part)
            yield from edits(old.get(name), new.get(name), parts(field), named, field)
    elif isinstance(old, list) and isinstance(new, list) and label:
        yield from _item_edits(old, new, label, one)
    else:
        yield Edit(label, _shown(old, one), _shown(new, one))


def _item_edits(old: list[Any], new: list[Any], label: str, one: Field | None) -> Iterator[Edit]:
    texts = [[canonical(item) for item in items] for items in (old, new)]
    for _, a, b, c, d in SequenceMatcher(None, texts[0], texts[1], autojunk=False).get_opcodes():
        for index in range(max(b - a, d - c)):
            was = old[a + index] if a + index < b else None
            now = new[c + index] if c + index < d else None
            place = (c if now is not None else a) + index + 1
            yield from edits(was, now, parts(one), f"{label} 第 {place} 条", one)


def _shown(value: Any, one: Field | None) -> str:
    """Return a value on one line, in the words of editors; empty for nothing."""
    said = "" if value is None else _spoken(value, one)
    if isinstance(said, str):
        return " ⏎ ".join(said.split("\n"))
    return on_one_line(piece_of(said), None) or "；".join(
        part if isinstance(part, str) else _shown(part, None)
        for part in (said if isinstance(said, list) else (f"{name}: {_shown(below, None)}"
                                                         for name, below in said.items())))


def _spoken(value: Any, one: Field | None) -> Any:
    """Return a value with labels for its keys, and the Chinese words of its choices."""
    if isinstance(value, Mapping):
        named = ((field_of(parts(one), name), name, below) for name, below in value.items())
        return {(field.label if field else name): _spoken(below, field) for field, name, below in named}
    if isinstance(value, list):
        return [_spoken(item, one) for item in value]
    if isinstance(value, bool):
        return "是" if value else "否"
    return (one.choices if one else {}).get(value, value)
