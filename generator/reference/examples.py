"""What an editor might write in each field, taken from a kind's example."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

Names = tuple[str, ...]


def examples(text: str) -> dict[Names, str]:
    """Return the first value of every field in an example's YAML, as written, by the names that lead to it.

    A field that holds a mapping or a list of mappings has none of its own, one that holds a list of values the first.
    """
    found: dict[Names, str] = {}
    for names, value in _values(yaml.load(text, Loader=yaml.BaseLoader), ()):
        found.setdefault(names, value)
    return found


def _values(value: Any, names: Names) -> Iterator[tuple[Names, str]]:
    if isinstance(value, dict):
        for name, below in value.items():
            yield from _values(below, (*names, name))
    elif isinstance(value, list):
        for below in value:
            yield from _values(below, names)
    else:
        yield names, value
