"""What a new record is called, and where its file lies: the address of its page for good."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

from generator.records import kinds

_SERIAL = re.compile(r"([a-z]{1,3})-(\d{3,8})\Z")
_YEAR = re.compile(r"\d{4}(?!\d)")


def new_id(kind: str, data: Mapping[str, Any], taken: Collection[str]) -> str:
    """Return the next free id: `p-0001` where ids must tell nothing, else `case-2026-0001`, or without a year.

    data: of the new record; taken: the ids of its kind. What follows the last number is free, never a gap: there may
    have been a record, and its address stands on paper.
    """
    serials = [found for id in taken if (found := _SERIAL.match(id))]
    if kinds()[kind].opaque or len(serials) * 2 > len(taken):
        before = Counter(found[1] for found in serials).most_common(1)
        prefix = before[0][0] if before else kinds()[kind].folder[0]
    else:
        prefix = "-".join(part for part in (kind, year_of(kind, data)) if part)
    numbers = [int(id.removeprefix(f"{prefix}-")) for id in taken if re.fullmatch(rf"{prefix}-\d{{1,8}}", id)]
    return f"{prefix}-{max(numbers, default=0) + 1:04d}"


def new_path(kind: str, id: str, data: Mapping[str, Any]) -> str:
    """Return where a new record's file lies below content/: dated ones by year, as forges list no 10,000 files."""
    return "/".join(part for part in (kinds()[kind].folder, year_of(kind, data), f"{id}.yml") if part)


def year_of(kind: str, data: Mapping[str, Any]) -> str:
    """Return the year of a record as written, empty where it has no date."""
    when = data.get(kinds()[kind].date_field or "")
    value = when.get("value") if isinstance(when, Mapping) else when
    found = _YEAR.match(value) if isinstance(value, str) else None
    return found[0] if found else ""
