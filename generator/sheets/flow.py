"""The general form of a cell: YAML in one line, in which whatever a record can hold can be written.

Editors meet it where a mapping stands in a cell: `{文件: press, 位置: 第3版}`. Its keys are the labels of the fields,
its choices their Chinese words; machine names and values are read as well.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

import yaml

from generator.plain import CORE, parse
from generator.records.fields import Field

_ESCAPES = re.compile(r"[\n\r\x85\xa0\u2028\u2029\ufeff]|x005F_|_x[0-9A-Fa-f]{4}_")
"""What must stand in double quotes: breaks of lines, NBSP, and what Excel would take for a character."""


class Quoted(str):
    """Text that stands in double quotes."""


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """Leaves every text bare that `parse` reads as that text, dates and numbers too."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: Any, text: str) -> Any:
    quoted = isinstance(text, Quoted) or _ESCAPES.search(text)
    return dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style='"' if quoted else None)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(Quoted, _text)
_Dumper.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"(?:~|null|)\Z"), ["~", "n", ""])
_Dumper.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"(?:true|false)\Z"), ["t", "f"])


def dump(value: Any) -> str:
    """Return YAML of one line that `parse` reads as `value`: dicts, lists, text, None, True, False."""
    text: str = yaml.dump(value, Dumper=_Dumper, default_flow_style=True, allow_unicode=True, width=2**30,
                          sort_keys=False)
    text = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", r"\\x5F", text.removesuffix("\n").removesuffix("\n..."))
    return text.replace("x005F_", r"x005\x46_").replace("\xa0", r"\_")


def spoken(value: Any, field: Field) -> Any:
    """Return the value of one field, or of one of its items, in the words of the editors."""
    if isinstance(value, dict):
        parts = {one.name: one for one in field.parts}
        return {parts[k].label if k in parts else k: _each(v, parts.get(k), spoken) for k, v in value.items()}
    return field.choices.get(value, value) if isinstance(value, str) else value


def meant(value: Any, field: Field) -> Any:
    """Return the value that `spoken` words mean; what it does not know it leaves alone."""
    if isinstance(value, dict):
        parts = {name: one for one in field.parts for name in (one.label, one.name)}
        return {parts[k].name if k in parts else k: _each(v, parts.get(k), meant) for k, v in value.items()}
    words = {word: choice for choice, word in field.choices.items()}
    return words.get(value, value) if isinstance(value, str) else value


def _each(value: Any, field: Field | None, turn: Any) -> Any:
    if field is None:
        return value
    return [turn(item, field) for item in value] if isinstance(value, list) else turn(value, field)


def load(text: str) -> Any:
    """Return what a cell's YAML says. Raises: `plain.Refused`."""
    return CORE[text] if text in CORE else parse(text)
