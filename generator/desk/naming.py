"""What a new record is called, and where its file lies: the address of its page for good."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

from generator.records import kinds

_NUMBERED = re.compile(r"(.+)-(\d{1,8})\Z")
_SERIAL = re.compile(r"[a-z]{1,3}-\d{3,8}\Z")
_YEAR = re.compile(r"\d{4}(?!\d)")


class Numbering:
    """The ids of a kind, from which new ones follow: `p-0001` where ids must tell nothing, else `case-2026-0001`.

    What follows the last number is free, never a gap: there may have been a record, and its address stands on paper.
    """

    def __init__(self, kind: str, taken: Collection[str]):
        self._kind, self._last = kind, dict[str, int]()
        for id in taken:
            self._note(id)
        serials = [id for id in taken if _SERIAL.match(id)]
        is_serial = kinds()[kind].opaque or len(serials) * 2 > len(taken)
        used = Counter(id.partition("-")[0] for id in serials).most_common(1)
        self._serial = (used[0][0] if used else kinds()[kind].folder[0]) if is_serial else ""

    def next(self, data: Mapping[str, Any]) -> str:
        """Return the next free id for a record that says `data`; it stays free until it is taken."""
        prefix = self._serial or "-".join(part for part in (self._kind, year_of(self._kind, data)) if part)
        return f"{prefix}-{self._last.get(prefix, 0) + 1:04d}"

    def take(self, id: str) -> str:
        """Return an id that is free no longer."""
        self._note(id)
        return id

    def _note(self, id: str) -> None:
        if found := _NUMBERED.match(id):
            self._last[found[1]] = max(self._last.get(found[1], 0), int(found[2]))


def new_id(kind: str, data: Mapping[str, Any], taken: Collection[str]) -> str:
    """Return the next free id for a new record. taken: the ids of its kind."""
    return Numbering(kind, taken).next(data)


def new_path(kind: str, id: str, data: Mapping[str, Any]) -> str:
    """Return where a new record's file lies below content/: dated ones by year, as forges list no 10,000 files."""
    return "/".join(part for part in (kinds()[kind].folder, year_of(kind, data), f"{id}.yml") if part)


def year_of(kind: str, data: Mapping[str, Any]) -> str:
    """Return the year of a record as written, empty where it has no date."""
    when = data.get(kinds()[kind].date_field or "")
    value = when.get("value") if isinstance(when, Mapping) else when
    found = _YEAR.match(value) if isinstance(value, str) else None
    return found[0] if found else ""
