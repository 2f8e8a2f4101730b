"""Level 1. The one reading of YAML: from text to dicts, lists, text, None, True and False.

YAML is read as a stream of events, not composed into nodes: half the time of PyYAML's CSafeLoader, no recursion
(30,000 nested brackets crash the C composer), and anchors, tags and duplicate keys are seen with their place.
Plain scalars are text, but for null, true and false: the model, not the parser, decides what a date or number is.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from generator import quick
from generator.letters import HIDDEN as HIDDEN
from generator.letters import unfit

LIMIT_DEPTH = 20
LIMIT_KEY = 200
"""Characters of a key: YAML reads no longer ones than 1,024 outside brackets, so that `fmt` could not write them."""
CORE = {"": None, "~": None, "null": None, "true": True, "false": False}
_SLIP = re.compile(r"^(?:- |[ ])*[a-z_]+(：|:(?=[^\s:/]))", re.MULTILINE)
"""A key whose colon is full-width, or has no space behind it."""

Events: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NO_KEY = object()


class Refused(Exception):
    """Text that can't be read as a record; becomes a Problem at `line` and `column`."""

    def __init__(self, code: str, line: int = 1, column: int = 1, **values: Any):
        super().__init__(code)
        self.code, self.line, self.column, self.values = code, line, column, values


def position(text: str, offset: int) -> tuple[int, int]:
    """Return the line and column, from 1, of what stands at `offset`."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def parse(text: str) -> Any:
    """Return the one document in `text` as dicts, lists, text, None, True and False.

    Raises: Refused, with its place, for anything that is not plain, unambiguous YAML.
    """
    found = quick.read(text)
    return parse_slowly(text) if found is None else found


def parse_slowly(text: str) -> Any:
    """Return what `parse` does, by PyYAML alone: what every other reader is held to."""
    loader = Events(text)
    try:
        found = _build(loader.get_event)
    except yaml.MarkedYAMLError as error:
        raise _syntax(error, text) from None
    except yaml.reader.ReaderError as error:
        raise Refused("yaml-syntax", *position(text, error.position), reason=error.reason) from None
    finally:
        loader.dispose()
    if "\\" in text:
        _check_escapes(text)
    return found


def _check_escapes(text: str) -> None:
    """Refuse characters that a text may not hold and that stand in it as escapes: `"\\u202e"`."""
    for event in yaml.parse(text, Loader=Events):
        if isinstance(event, yaml.ScalarEvent) and event.style == '"' and (found := unfit(event.value)):
            raise _at(event, found.code, **found.values)


def _syntax(error: yaml.MarkedYAMLError, text: str) -> Refused:
    """Return what is wrong where an editor would look: at the likely slip, or where a quote or bracket opens."""
    mark = error.problem_mark or error.context_mark
    if slip := _SLIP.search("\n".join(text.split("\n")[:mark.line + 1] if mark else [])):
        reason = "full-width colon" if slip[1] == "：" else "no space after the colon"
        return Refused("yaml-syntax", *position(slip.string, slip.start(1)), reason=reason)
    if error.context_mark and ("quoted" in (error.context or "") or "flow" in (error.context or "")):
        mark = error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return Refused("yaml-syntax", line, column, reason=error.problem or str(error))


def _build(next_event: Any) -> Any:
    """Return the document that the events tell; one loop, because it runs for every line of every record."""
    open_boxes: list[tuple[Any, Any]] = []
    box: Any = []
    key: Any = _NO_KEY
    next_event(), next_event()
    while True:
        event = next_event()
        kind = type(event)
        if kind is yaml.ScalarEvent:
            value = event.value
            if event.implicit[0] and value in CORE:
                value = CORE[value]
        elif kind is yaml.MappingStartEvent:
            value = {}
        elif kind is yaml.SequenceStartEvent:
            value = []
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            box, key = open_boxes.pop()
            continue
        else:
            return _end(event, next_event, box)
        if event.anchor or event.tag:
            raise _marked(event)
        if type(box) is list:
            box.append(value)
        elif key is _NO_KEY:
            key = _key(event, value, box)
            continue
        else:
            box[key], key = value, _NO_KEY
        if kind is not yaml.ScalarEvent:
            open_boxes.append((box, key))
            box, key = value, _NO_KEY
            if len(open_boxes) > LIMIT_DEPTH:
                raise _at(event, "yaml-depth", limit=LIMIT_DEPTH)


def _key(event: Any, value: Any, box: dict[str, Any]) -> str:
    if type(event) is not yaml.ScalarEvent or not isinstance(value, str) or len(value) > LIMIT_KEY:
        raise _at(event, "bad-key")
    if value in box:
        raise _at(event, "duplicate-key", key=value[:60])
    return value


def _end(event: Any, next_event: Any, box: list[Any]) -> Any:
    if type(event) is yaml.AliasEvent:
        raise _at(event, "yaml-anchor", name=f"*{event.anchor}")
    if type(event) is not yaml.DocumentEndEvent:
        raise Refused("empty-file")
    if type(after := next_event()) is not yaml.StreamEndEvent:
        raise _at(after, "yaml-documents")
    return box[0]


def _marked(event: Any) -> Refused:
    if event.anchor:
        return _at(event, "yaml-anchor", name="&" + event.anchor)
    return _at(event, "yaml-tag", name=event.tag)


def _at(event: Any, code: str, **values: Any) -> Refused:
    return Refused(code, event.start_mark.line + 1, event.start_mark.column + 1, **values)
