"""Versions of schemes: a family is a chain of records in which each replaces the one before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from generator.records.scheme import Scheme, root_of


class Family(NamedTuple):
    """The versions of one scheme, the oldest first; `id` is the oldest's, and stays when newer ones come."""

    id: str
    versions: tuple[tuple[str, Scheme], ...]

    def on(self, day: date) -> tuple[str, Scheme]:
        """Return the version in force on a day; the oldest for a day before it all."""
        begun = [v for v in self.versions if v[1].begins() <= day.isoformat()]
        return begun[-1] if begun else self.versions[0]


def families(schemes: Mapping[str, Scheme], known: Mapping[str, Scheme] | None = None) -> list[Family]:
    """Return the families of schemes, sorted by id. The chains hold no cycles (`check_rules` has seen to it).

    known: every scheme there is, where `schemes` are only some; a family keeps the id of a first version that is gone.
    """
    chains: dict[str, list[str]] = {}
    for id in sorted(schemes):
        chains.setdefault(root_of(id, known or schemes), []).append(id)
    return [Family(root, tuple(sorted(((id, schemes[id]) for id in ids), key=lambda v: (v[0] != root, v[1].begins()))))
            for root, ids in sorted(chains.items())]
