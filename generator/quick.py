"""Level 1. YAML read by a faster parser, where that is installed and can't but give what `plain` gives.

The extra `gongshi[fast]` brings yaml-rs: 28 µs instead of 70 for a record of 1.2 KB, the look at `SIMPLE` included. It
reads YAML otherwise: `240.00` is a number and loses its digits, `_000` is nought, `0x1F`, `NULL` and `True` mean
something, a last line without an end gets one, anchors, tags and several documents are resolved. So it is shown nothing
but what `SIMPLE` allows, block mappings and sequences of one-line scalars, flow ones of one level, and `|` blocks: all
records of the benchmark, 654 of the demo's 761. All else, and whatever it refuses, is left to `plain`, which knows the
places of faults. That both read alike whatever is allowed is held by `tests/test_quick.py`.
"""

from __future__ import annotations

import re
from typing import Any

try:
    import yaml_rs
except ImportError:  # an extra
    yaml_rs = None  # type: ignore[assignment]

_ODD = (r"\x00-\x1f\x7f-\xa0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ud800-\uf8ff\ufeff\ufff0-\uffff")
"""Controls, and spaces that a parser may take for one: in no scalar, also where `letters` lets them pass."""
_KEY = r"(?!(?:true|false|null):)[a-z_]{1,40}+:"
_NUMBER = r"0|-?[1-9][0-9]{0,14}|-?(?:0|[1-9][0-9]{0,8})\.[0-9]{0,3}[1-9]"
"""As Python writes it, so that its text comes back: no zeros at its ends, no exponent, no sign of plus."""
_DAY = r"[12][0-9]{3}-[0-9]{2}(?:-[0-9]{2}(?: [0-9]{2}:[0-9]{2})?)?"
_QUOTED = rf"""\"[^{_ODD}"\\]*+\"|'[^{_ODD}']*+'"""
_FIRST = rf"(?:[A-EG-MO-SU-Za-z]|[0-9]{{0,9}}+[^\x00-\xff{_ODD}])"
"""What no number, indicator or word such as True, Null and FALSE begins with; true, false and null are read alike."""
_SCALAR = rf"(?:{_FIRST}[^{_ODD}:#]*+(?<! )|{_DAY}|{_NUMBER}|{_QUOTED})"
_INNER = rf"(?:{_FIRST}[^{_ODD}:#,\[\]{{}}]*+(?<! )|{_DAY}|{_NUMBER}|{_QUOTED})(?=[,\]}}])"
_PAIRS = rf"\{{{_KEY} {_INNER}(?:, {_KEY} {_INNER})*+\}}"
_FLOW = rf"(?:{_PAIRS}|\[(?:(?:{_INNER}|{_PAIRS})(?:, (?:{_INNER}|{_PAIRS}))*+)?\])"
_BLOCK = rf"\|-?\n\1  [^ {_ODD}][^{_ODD}]*+\n(?:(?:\1   *+[^ {_ODD}][^{_ODD}]*+)?\n)*+"
"""Paragraphs two spaces further in than their key, `\\1`; no line of spaces alone."""
_VALUE = rf"(?:{_SCALAR}|{_FLOW})\n"
SIMPLE = re.compile(rf"(?:( {{0,12}}+)(?:{_KEY}(?:\n| (?:{_BLOCK}|{_VALUE}))|- (?:{_KEY}(?:\n| {_VALUE})|{_VALUE}))"
                    rf"|\n|#[^{_ODD}]*+\n)*+\Z")
"""The documents that both parsers read alike; 5 µs for a record. No deeper than `plain.LIMIT_DEPTH`."""


def read(text: str) -> Any:
    """Return what `plain.parse` gives for a text, None where only that can tell."""
    if yaml_rs is None or not SIMPLE.match(text):
        return None
    try:
        return _written(yaml_rs.loads(text, parse_datetime=False))
    except yaml_rs.YAMLDecodeError:
        return None


def _written(value: Any) -> Any:
    """Return a value with its numbers as they were written; changed in place, as it is nobody else's yet."""
    kind = type(value)
    if kind is dict:
        for key, one in value.items():
            if type(one) is not str:
                value[key] = _written(one)
    elif kind is list:
        value[:] = [one if type(one) is str else _written(one) for one in value]
    elif kind is int or kind is float:
        return repr(value)
    return value
