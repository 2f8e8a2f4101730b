"""Frozen outcomes: what is written when a period is closed, how it is sealed, and where the records now differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from generator.digest import canonical, sha256
from generator.records.scheme import Scheme
from generator.results import Differs, Outcome, Standing, rows_of

Key = tuple[str, str, str, bool]
RULE = {"rule", "subject", "only", "scope", "period", "measures", "compares", "per", "full", "direction", "ties",
        "decimals", "minimum", "list_all", "exempt", "bands", "ends"}
"""The fields of a scheme that an outcome follows from, and the sentence that stands above it."""


class Closed(NamedTuple):
    """A frozen outcome as read.

    key: family, period, scope, real or illustrative; scheme: the version that it was computed under; record: key of
    the record that froze it; corrections: keys, the newest first; inputs, standings: as last corrected.
    """

    key: Key
    scheme: str
    record: str
    day: str
    corrections: tuple[str, ...]
    inputs: str
    standings: tuple[Standing, ...]


def rows_text(outcome: Outcome) -> bytes:
    """Return the rows of an outcome as they are frozen: one line a row, so that versions compare well."""
    lines = (canonical(row).decode() for row in rows_of(outcome))
    return ("[\n" + ",\n".join(lines) + "\n]\n").encode()


def inputs_digest(standings: Iterable[Standing], rule: Scheme) -> str:
    """Return the digest of what standings were computed from: the rule, and every contribution with its record."""
    found = [[s.subject, s.reason, [[t.label, str(t.value), [[c.evidence, c.day, str(c.amount)] for c in t.credits]]
                                    for t in s.tallies]] for s in standings]
    return sha256(canonical({"rule": rule.model_dump(mode="json", include=RULE, exclude_defaults=True),
                             "found": sorted(found)}))


def seal_of(values: Mapping[str, Any]) -> str:
    """Return the digest that binds a frozen record's own values, among them the digest of its rows."""
    return sha256(canonical({name: value for name, value in values.items() if name != "seal"}))


def told(standing: Standing) -> str:
    """Return a standing's result in words, as corrections state it."""
    value = "" if standing.value is None else f"{standing.value:f}分"
    parts = [f"第{standing.rank}名" if standing.rank else "", value, standing.outcome]
    return " ".join(part for part in parts if part) or "不在榜"


def differences(frozen: Iterable[Standing], now: Iterable[Standing]) -> tuple[Differs, ...]:
    """Return every subject whose result the records now tell otherwise, sorted by key."""
    was = {s.subject: told(s) for s in frozen}
    are = {s.subject: told(s) for s in now}
    return tuple(Differs(subject, was.get(subject, "不在榜"), are.get(subject, "不在榜"))
                 for subject in sorted(was.keys() | are.keys()) if was.get(subject) != are.get(subject))
