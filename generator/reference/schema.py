"""JSON Schema of every kind of record and of the configuration, for editors such as VS Code.

In: the models, as `records.fields` reads them. Out: plain dicts. Whatever the models accept is valid here, also where a
YAML parser has typed the scalars (2026 as a number), so that nobody is warned of what `check` lets pass; of what the
models refuse, a schema sees what can be seen in one field alone.

Draft-07, in keywords that mean the same in 2020-12: YAML servers before 1.20 know no later one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from generator.config import Settings
from generator.records import kinds
from generator.records.base import Record
from generator.records.fields import Field, fields
from generator.reference.examples import examples
from generator.reference.words import default_of, described

DRAFT = "http://json-schema.org/draft-07/schema#"
FOLDER = "schemas"
SITE = "site_config"

_ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_DAY = (r"^(?:19\d\d|20\d\d|2100)(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01])"
        r"(?: (?:[01]\d|2[0-3]):[0-5]\d)?)?)?$")
_PERIOD = (r"^(?:19\d\d|20\d\d|2100)(?:-(?:H[12]|Q[1-4]|W(?:0[1-9]|[1-4]\d|5[0-3])|(?:0[1-9]|1[0-2])(?:-[ab])?))?$")
_YEARS = {"minimum": 1900, "maximum": 2100}
_LINE = r"^[^\n]*\S[^\n]*$"

Schema = dict[str, Any]


def schemas() -> dict[str, Schema]:
    """Return the schema of every kind and of the configuration, by the name of its file without `.json`."""
    return {**{kind: of_kind(model) for kind, model in kinds().items()}, SITE: of_settings()}


def of_kind(model: type[Record]) -> Schema:
    """Return the schema of one kind's records."""
    shown = fields(model)
    found = _root(model.label, model.intro, shown, examples(model.example))
    return {**found, "defaultSnippets": [{"label": f"新的一条：{model.label}", "description": "必填的几项",
                                          "body": _skeleton(shown)}]}


def of_settings() -> Schema:
    """Return the schema of `site_config.yml`."""
    found = _root("设置", "全站唯一的设置文件。", fields(Settings), {})
    found["properties"]["mkdocs"] = {"title": "MkDocs", "description": "原样交给 MkDocs 的设置", "type": "object"}
    return found


def written(schema: Schema) -> str:
    """Return a schema as the text of its file: a line for each field and each part, so that changes can be read."""
    return "{\n" + ",\n".join(_lines(schema)) + "\n}\n"


def _lines(schema: Schema) -> Iterator[str]:
    for key, value in schema.items():
        if key in ("properties", "definitions"):
            inside = ",\n".join(f"  {_json(name)}: {_json(below)}" for name, below in value.items())
            yield f" {_json(key)}: {{\n{inside}\n }}"
        else:
            yield f" {_json(key)}: {_json(value)}"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _root(title: str, description: str, shown: tuple[Field, ...], example: Mapping[tuple[str, ...], str]) -> Schema:
    return {"$schema": DRAFT, "title": title, "description": description, **_mapping(shown, example),
            "definitions": dict(sorted(_definitions(shown)))}


def _definitions(shown: tuple[Field, ...]) -> Iterator[tuple[str, Schema]]:
    """Yield every part below these fields by its name, those that may be left empty under a second one."""
    for one in shown:
        if one.parts:
            yield _name(one), _part(one)
            yield from _definitions(one.parts)


def _name(one: Field) -> str:
    return f"{one.model}-or-empty" if _may_be_empty(one) else one.model


def _may_be_empty(one: Field) -> bool:
    """Whether nothing may stand behind the key: what the model takes for not written."""
    return not one.required and not one.many and one.default is None


def _mapping(shown: tuple[Field, ...], example: Mapping[tuple[str, ...], str] | None = None) -> Schema:
    required = [one.name for one in shown if one.required]
    return {"type": "object", "additionalProperties": False, **({"required": required} if required else {}),
            "properties": {one.name: _field(one, (example or {}).get((one.name,))) for one in shown}}


def _field(one: Field, example: str | None) -> Schema:
    """Return what a key may hold, with what an editor is shown on the way."""
    return {"title": one.label, "description": described(one), **_values(one),
            **({"default": default} if (default := default_of(one)) is not None else {}),
            **({"examples": [example]} if example is not None and one.form != "flag" else {})}


def _values(one: Field) -> Schema:
    if not one.many:
        return {"anyOf": [_value(one)]} if one.bare else _value(one)  # VS Code then offers no line for the parts
    some = {"type": "array", "items": _value(one), **({"minItems": one.at_least} if one.at_least else {})}
    return {"anyOf": [_value(one), some]} if one.alone else some


def _value(one: Field) -> Schema:
    """Return what one value of a field may be."""
    if one.parts:
        return {"$ref": f"#/definitions/{_name(one)}"}
    found = _scalar(one)
    if one.form != "words":
        found["errorMessage"] = f"{one.label}：{one.hint}"
    return _or_empty(found) if _may_be_empty(one) else found


def _or_empty(found: Schema) -> Schema:
    types = found["type"] if isinstance(found["type"], list) else [found["type"]]
    return {**found, "type": [*types, "null"], **({"enum": [*found["enum"], None]} if "enum" in found else {}),
            **({"enumDescriptions": [*found["enumDescriptions"], "不写"]} if "enumDescriptions" in found else {})}


def _scalar(one: Field) -> Schema:
    """Return what one scalar may be. Numbers stand beside text, as a parser may have typed what we keep as text."""
    if one.form == "choice":
        return {"type": "string", "enum": list(one.choices), "enumDescriptions": list(one.choices.values())}
    if one.form == "ref":
        return _reference(one.kinds)
    if one.form in ("whole", "number", "money"):
        return _number(one)
    plain: dict[str, Schema] = {
        "flag": {"type": "boolean"}, "day": {"type": ["string", "integer"], "pattern": _DAY, **_YEARS},
        "period": {"type": ["string", "integer"], "pattern": _PERIOD, **_YEARS},
        "id": {"type": ["string", "integer"], "pattern": f"^(?!index$){_ID}$", "maxLength": 80, "minimum": 0},
        "words": {"type": "object", "additionalProperties": {"type": ["string", "number"]}},
        "text": {"type": ["string", "number"], "maxLength": one.length},
        "line": {"type": ["string", "number"], **({"pattern": _LINE, "maxLength": one.length} if one.length else {})}}
    return plain["line" if one.form in ("name", "resident") else one.form]


def _reference(to: tuple[str, ...]) -> Schema:
    if len(to) == 1:
        return {"type": ["string", "integer"], "pattern": f"^(?:{to[0]}/)?{_ID}$", "minimum": 0}
    return {"type": "string", "pattern": f"^(?:{'|'.join(to)})/{_ID}$"}


def _number(one: Field) -> Schema:
    bounds = {"minimum": one.least, "exclusiveMinimum": one.above, "maximum": one.most}
    digits = {"whole": r"\d{1,15}(?:\.0{1,6})?", "number": r"\d{1,15}(?:\.\d{1,6})?",
              "money": r"\d{1,12}(?:\.\d{1,2})?"}
    sign = "" if one.least is not None and one.least >= 0 else "-?"
    return {"type": ["integer" if one.form == "whole" else "number", "string"],
            "pattern": f"^{sign}{digits[one.form]}$",
            **{name: _plain(bound) for name, bound in bounds.items() if bound is not None}}


def _plain(bound: Any) -> int | float:
    return int(bound) if bound == int(bound) else float(bound)


def _part(one: Field) -> Schema:
    """Return what a mapping inside a record may be, and the text alone that stands for one of its parts."""
    found = _mapping(one.parts)
    if one.form == "day":
        found["properties"]["value"] |= {"type": ["string", "integer", "null"], "pattern": _DAY, **_YEARS}
    bare = next((part for part in one.parts if part.name == one.bare), None)
    if bare:
        alone = {**found["properties"][bare.name]}
        types = [t for t in alone.pop("type") if t != "null"]
        keep = ("pattern", "maxLength", "minimum", "maximum")
        found |= {"type": [*types, "object"], **{name: alone[name] for name in keep if name in alone}}
        found["patternErrorMessage"] = one.hint if one.form == "day" else f"{bare.label}：{bare.hint}；或逐项写"
    return _or_empty(found) if _may_be_empty(one) else found


def _skeleton(shown: tuple[Field, ...]) -> dict[str, str]:
    """Return the required fields with gaps to fill in, as VS Code's snippets write them."""
    needed = [one for one in shown if one.required]
    return {one.name: f"${{{number}:{one.label}}}" for number, one in enumerate(needed, 1)}
