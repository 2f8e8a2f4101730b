"""Whom a fact credits in the end: one hop further, or the nearest place around it that the scheme rates."""

from __future__ import annotations

from collections.abc import Mapping, Set
from functools import cache

from generator.data import Register
from generator.records import kinds
from generator.records.scheme import Scheme


class Resolver:
    """Finds the subject of facts; `key` as it stands in a record, the answer a candidate of the scheme or None."""

    def __init__(self, register: Register, schemes: Mapping[str, Scheme], candidates: Mapping[str, Set[str]]):
        self._register, self._schemes, self._candidates = register, schemes, candidates
        self.subject = cache(self._subject)
        self.scope = cache(self._scope)

    def _subject(self, scheme: str, measure: int, key: str) -> str | None:
        rule, rated = self._schemes[scheme], self._candidates.get(scheme, frozenset())
        hop = rule.measures[measure].subject.partition(".")[2]
        if hop:
            row = self._register.rows.get(key)
            key = next((r.target for r in row.references if r.keys == (hop,)), "") if row else ""
        if rule.subject != "area":
            return key if key in rated else None
        return next((place for place in self._upward(key) if place in rated), None)

    def _upward(self, key: str) -> list[str]:
        if not key.startswith("area/"):
            return []
        above = self._register.above.get(key.removeprefix("area/"), ())
        return [key, *(f"area/{area}" for area in above)]

    def _scope(self, subject: str, level: str) -> str:
        """Return the nearest place of a level that contains a subject, empty where there is none."""
        row = self._register.rows.get(subject)
        start = subject if subject.startswith("area/") else f"area/{row.area}" if row and row.area else ""
        at = kinds()["area"].columns.index("level")
        return next((place for place in self._upward(start) if self._register.rows[place].cells[at] == level), "")
