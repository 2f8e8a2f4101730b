"""Which indexes a site has: one for each kind and year with many records, and one for all the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from generator.data import Index, Row, is_searched
from generator.records import kinds

MANY = 200
"""Kinds and years with fewer records share an index: each one costs a phone four requests."""
REST = "rest"


def plan(rows: Iterable[Row]) -> tuple[Index, ...]:
    """Return the indexes of a site: the one for all the rest first, then those of a kind and year, newest first."""
    counts = Counter((row.kind, row.dated[:4]) for row in rows if is_searched(row))
    large = sorted((key for key, many in counts.items() if many >= MANY), key=lambda key: (key[1], key[0]))
    own = [Index(f"{kinds()[kind].folder}-{year or 'undated'}", kind, year) for kind, year in reversed(large)]
    return Index(REST, "", ""), *own
