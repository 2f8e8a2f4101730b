"""How one value is written in a record's file: bare where every reader of YAML takes it for the same, else in quotes.

Our own loader keeps all but null, true and false as text; others (YAML 1.1 and 1.2, forms, forges) read `12:30` as 750,
`no` as false and `010` as 8. What they would read as something else is quoted, but for numbers and days in fields that
hold numbers and days.
"""

from __future__ import annotations

import json
import re
from typing import Any

import yaml

from generator.letters import HIDDEN
from generator.plain import Refused, parse

_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@`=<~")
_FLOW = frozenset(",[]{}?")
_BREAKING = re.compile("[\t\r\n\u0085\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_UNSAFE = re.compile(r":(?:\s|\Z)|\s#|\A(?:\.\.\.|\s)|\s\Z")
_TYPED = re.compile(
    r"[-+]?(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:e[-+]?\d+)?|0[xob][0-9a-f_]+|\d+(?::\d+)+(?:\.\d*)?"
    r"|\d{4}-\d{1,2}-\d{1,2}(?:[t ].*)?|y|n|yes|no|on|off|true|false|null|[-+]?\.(?:inf|nan)", re.IGNORECASE | re.ASCII)
_BARE = {"whole": re.compile(r"0|[1-9]\d{0,14}", re.ASCII),
         "number": re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d*[1-9])?", re.ASCII),
         "day": re.compile(r"\d{4}(?:-\d\d-\d\d)?", re.ASCII)}
_BARE["period"] = _BARE["day"]
"""What stands bare in fields of a form, though others read a number or a day: it is one."""


def scalar(value: Any, form: str = "", flow: bool = False) -> str:
    """Return one value on one line. form: of its field, empty for any text; flow: it stands between brackets."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return value if _is_plain(value, form, flow) else _quoted(value)


def block(value: str, indent: int, deeper: int) -> list[str] | None:
    """Return a text of several lines as a `|` block: its head and its lines; None where only quotes can hold it.

    indent: of its lines; deeper: by how much that is more than the indent of what it stands in.
    """
    if "\n" not in value.rstrip("\n") or _BREAKING.search(value.replace("\n", "").replace("\t", "")) or (
            HIDDEN.search(value)):
        return None
    body = value.rstrip("\n")
    ends = len(value) - len(body)
    head = "|" + (str(deeper) if body.startswith((" ", "\n")) else "") + ("-", "", "+")[min(ends, 2)]
    lines = [" " * indent + line if line else "" for line in [*body.split("\n"), *[""] * (ends - 1)]]
    return [head, *lines] if _reads_back(head, lines, value, indent - deeper) else None


def _reads_back(head: str, lines: list[str], value: str, outer: int) -> bool:
    """Whether the loader reads the block as `value`: rarer than all else, so that it can be tried."""
    text = "\n".join(["k: " + head, *(line[outer:] for line in lines), ""])
    try:
        return bool(parse(text) == {"k": value})
    except Refused:
        return False


def _is_plain(value: str, form: str, flow: bool) -> bool:
    if not value or _BREAKING.search(value) or HIDDEN.search(value) or _UNSAFE.search(value):
        return False
    if form in _BARE and _BARE[form].fullmatch(value):
        return True
    return not (value[0] in _INDICATORS or (flow and not _FLOW.isdisjoint(value)) or is_typed(value))


def is_typed(value: str) -> bool:
    """Whether some reader of YAML takes the bare text for a number, a day, a truth value or nothing."""
    near = yaml.SafeLoader.yaml_implicit_resolvers.get(value[:1], ())
    return bool(_TYPED.fullmatch(value)) or any(pattern.match(value) for _, pattern in near)


def _quoted(value: str) -> str:
    """Return the text in quotes: double ones, single ones where that spares escapes."""
    hidden = HIDDEN.search(value) or _BREAKING.search(value)
    if not hidden and "'" not in value and ('"' in value or "\\" in value):
        return f"'{value}'"
    return _ESCAPED.sub(_escape, json.dumps(value, ensure_ascii=False))


_ESCAPED = re.compile(f"{HIDDEN.pattern}|[\u2028\u2029\ud800-\udfff\ufffe\uffff]")


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
