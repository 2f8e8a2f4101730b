"""Canonical JSON: equal values, equal bytes."""

from __future__ import annotations

import json
import random

from hypothesis import given
from hypothesis import strategies as st

from generator.digest import canonical, sha256

VALUES = st.dictionaries(st.text(max_size=4), st.integers() | st.text(max_size=4) | st.lists(st.booleans()), max_size=6)


@given(VALUES, st.randoms())
def test_order_of_keys_is_irrelevant(value: dict[str, object], chance: random.Random) -> None:
    """However a mapping came to be, its bytes are the same, and they read back as it."""
    keys = list(value)
    chance.shuffle(keys)
    assert canonical({key: value[key] for key in keys}) == canonical(value)
    assert json.loads(canonical(value)) == value


def test_canonical_form_is_fixed() -> None:
    """Sorted keys, no spaces, text as it is: the form that digests of published releases rest on."""
    data = canonical({"b": [1, None], "a": {"文": "件"}})
    assert data == '{"a":{"文":"件"},"b":[1,null]}'.encode()
    assert sha256(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
