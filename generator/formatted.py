"""Level 1. The quick reading of YAML as `gongshi fmt` and most people write it; `plain` reads the rest.

Only what is certain is read, a line at a time: each has one of a few narrow forms, in which every reader of YAML sees
the same. Comments, anchors, tags, escapes, values over several lines, odd spaces and whatever is wrong are left to
`plain`, which alone tells what is wrong with a text. 23 µs for a record of 1.2 KB; PyYAML takes 65, mostly for events.
"""

from __future__ import annotations

import re
from typing import Any

CORE = {"": None, "~": None, "null": None, "true": True, "false": False}
"""The plain scalars that are no text."""
LIMIT_OPEN, LIMIT_FLOW = 12, 4
"""Boxes within each other, and those on one line: together fewer than `plain` allows."""

_KEY = "(?!(?:null|true|false):)([a-z_]{1,80}+):"
_FIRST = r"""[^\s\-?:,\[\]{}#&*!|>'"%@`]"""
_PLAIN = rf"{_FIRST}[^\n:#]*+(?:(?::(?=\S)|(?<=\S)#)[^\n:#]*+)*+(?<!\s)"
_QUOTED = r""""([^"\\\n]*+)"|'([^'\n]*+)'"""
_BLOCK = r"\|(-?)\n(( ++)\S[^\n]*+\n(?:\10[^\n]*+\n|\n)*+)"
_LINE = re.compile(rf"^( *+)(- )?(?:{_KEY})?(?:(?:(?<=:) |(?<=- ))(?:({_PLAIN})|{_QUOTED}|([\[{{][^\n]*+))\n"
                   rf"|(?<=:) {_BLOCK}|(?<=:)\n)", re.MULTILINE)
"""Spaces, a dash, a key; then a plain or quoted value, brackets, a block of text, or nothing. 10 groups."""
_FLOW = re.compile(rf"(?:{_KEY} )?(?:([\[{{])|({_FIRST}[^\n,\[\]{{}}:#?]*+)|{_QUOTED})([\]}}]*+)(, )?")
"""Between brackets: a key; then a bracket that opens, or a value; what closes behind it; a comma. 7 groups."""
_STRANGE = re.compile("[^\n -~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""What YAML refuses, or may take for a space or for the end of a line."""


class _Unsure(Exception):
    """The text is not of the narrow form, or not sound."""


def read(text: str) -> dict[str, Any] | None:
    """Return what a text says, just as `plain.parse` would; None for one that only it can read, or refuse."""
    parts = _LINE.split(text)
    if any(parts[::11]) or len(parts) == 1 or _STRANGE.search(text):
        return None
    try:
        return _nested(zip(*(parts[group::11] for group in range(1, 11)), strict=True))
    except _Unsure:
        return None


def _nested(lines: Any) -> dict[str, Any]:
    """Return the mapping that lines tell, each as the groups of `_LINE`. Raises: _Unsure.

    One loop, because it runs for every line of every record. boxes: the open mappings and lists, with the columns at
    which they stand; awaiting: the key whose value further lines may bring.
    """
    box: Any = {}
    boxes, columns, column, awaiting = [box], [0], 0, None
    for spaces, dash, key, plain, double, single, flow, chomp, block, margin in lines:
        at = len(spaces)
        if awaiting is not None:
            if at > column or (dash and at == column):
                if len(boxes) > LIMIT_OPEN:
                    raise _Unsure
                box[awaiting] = box = [] if dash else {}
                boxes.append(box)
                columns.append(column := at)
            awaiting = None
        while column > at or (column == at and not dash and type(box) is list):
            boxes.pop(), columns.pop()
            box, column = boxes[-1], columns[-1]
        if column != at or (type(box) is list) is not bool(dash):
            raise _Unsure
        if dash and key:
            box.append(box := {})
            boxes.append(box)
            columns.append(column := at + 2)
        if plain is not None:
            value = CORE.get(plain, plain)
        elif block is not None:
            if len(margin) <= column:
                raise _Unsure
            value = block[len(margin):].replace("\n" + margin, "\n").rstrip("\n") + ("" if chomp else "\n")
        elif flow is not None:
            value = _flow(flow)
        elif double is not None or single is not None:
            value = single if double is None else double
        else:
            value, awaiting = None, key
        if key is None:
            box.append(value)
        elif key in box:
            raise _Unsure
        else:
            box[key] = value
    return boxes[0]


def _flow(text: str) -> Any:
    """Return the list or mapping that stands in brackets on one line. Raises: _Unsure."""
    parts = _FLOW.split(text)
    if any(parts[::8]) or " ," in text or " ]" in text or " }" in text:
        raise _Unsure
    box: Any = []
    boxes: list[Any] = []
    more = True
    for key, opening, plain, double, single, closing, comma in zip(*(parts[g::8] for g in range(1, 8)), strict=True):
        if not more or (type(box) is list) is not (key is None) or (key and key in box):
            raise _Unsure
        if plain is not None:
            value: Any = CORE.get(plain, plain)
        elif opening:
            value = [] if opening == "[" else {}
        else:
            value = single if double is None else double
        if key is None:
            box.append(value)
        else:
            box[key] = value
        if opening:
            boxes.append(box)
            box = value
        for bracket in closing:
            if not boxes or (bracket == "]") is not (type(box) is list):
                raise _Unsure
            box = boxes.pop()
        more = bool(comma or (opening and not closing))
        if len(boxes) > LIMIT_FLOW or (comma and (not boxes or (opening and not closing))):
            raise _Unsure
    if boxes or more:
        raise _Unsure
    return box[0]
