"""New records get the next free number of their kind and year; nothing that was ever used is given again."""

from __future__ import annotations

import pytest

from generator.desk.naming import new_id, new_path
from generator.records import kinds


@pytest.mark.parametrize("kind, data, taken, id, path", [
    ("case", {"reported": "2026-05-06"}, [], "case-2026-0001", "cases/2026/case-2026-0001.yml"),
    ("case", {"reported": {"value": "2026-05", "words": "五月"}}, ["case-2026-0007", "case-2025-0009", "lamp"],
     "case-2026-0008", "cases/2026/case-2026-0008.yml"),
    ("case", {"reported": {"words": "年前"}}, ["case-2026-0007"], "case-0001", "cases/case-0001.yml"),
    ("case", {"reported": "20265-06"}, [], "case-0001", "cases/case-0001.yml"),
    ("case", {}, ["case-9999"], "case-10000", "cases/case-10000.yml"),
    ("area", {}, ["b3"], "area-0001", "areas/area-0001.yml"),
    ("redemption", {}, [], "r-0001", "redemptions/r-0001.yml"),
    ("appeal", {}, ["ap-0003", "ap-0001"], "ap-0004", "appeals/ap-0004.yml"),
    ("person", {"title": "张某"}, ["p-0001", "p-1004"], "p-1005", "people/p-1005.yml"),
])
def test_names(kind: str, data: dict[str, object], taken: list[str], id: str, path: str) -> None:
    """Kind, year and number; a serial where an id must not tell who it is; the year's folder."""
    assert new_id(kind, data, taken) == id
    assert new_path(kind, id, data) == path


@pytest.mark.parametrize("kind", kinds())
def test_every_kind_has_names(kind: str) -> None:
    """Whatever is taken, the next id is another one, and one more after it."""
    first = new_id(kind, {}, [])
    assert new_id(kind, {}, [first]) > first
