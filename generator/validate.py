"""Level 2, the second stage: Raw values become Records, or Problems that say what to type."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from generator.data import Raw
from generator.problem import Place, Problem
from generator.records.base import Record, shape_of, shapes
from generator.wording import WORDING, nearest

EXPECTS = {"list_type": "a list", "string_type": "text", "int_type": "a whole number",
           "int_parsing": "a whole number", "bool_type": "true or false", "bool_parsing": "true or false",
           "decimal_type": "a number", "model_type": "a mapping", "model_attributes_type": "a mapping",
           "dict_type": "a mapping"}
FOUND = {dict: "a mapping", list: "a list", str: "text", bool: "true or false", type(None): "nothing"}
SERIAL = re.compile(r"[a-z]{1,3}-\d{3,8}\Z")
"""The id of what must not be told from its address."""
Model = TypeVar("Model", bound=BaseModel)


def validate(raw: Raw, models: Mapping[str, type[Record]]) -> Record | list[Problem]:
    """Return the record, or every Problem of it, each with the keys that lead to its place."""
    model = models[raw.kind]
    _share_parts()
    try:
        record = check(model, raw.data, raw.path, raw.kind)
    except ProblemsFound as found:
        return found.problems
    if record.id is not None and record.id != raw.id:
        return [Problem("id-differs", Place(raw.path, keys=("id",)), {"id": record.id, "stem": raw.id})]
    if model.opaque and not SERIAL.match(raw.id):
        return [Problem("id-not-serial", Place(raw.path, 1, 1), {
            "name": raw.id, "example": f"{model.folder[0]}-0001.yml"})]
    return record


@cache
def _share_parts() -> None:
    """Have the parts that all kinds share made before any kind: each would make them anew, a third of its time."""
    for shape in shapes(Record):
        if shape.part:
            shape.part.model_rebuild()


class ProblemsFound(Exception):
    """Carries the Problems of one mapping out of `check`."""

    def __init__(self, problems: list[Problem]):
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


def check(model: type[Model], data: Any, path: str, kind: str) -> Model:
    """Return `data` as a `model`. Raises: ProblemsFound."""
    if not isinstance(data, dict):
        found = FOUND.get(type(data), "text")
        raise ProblemsFound([Problem("not-a-mapping", Place(path, 1, 1), {"found": found})])
    try:
        return model.model_validate(data)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_input=True)
        raise ProblemsFound([_problem(model, fault, path, kind) for fault in faults]) from None


def _problem(model: type[BaseModel], fault: Any, path: str, kind: str) -> Problem:
    keys = (*fault["loc"], *fault.get("ctx", {}).get("at", ()))
    code, values = _reading(model, fault, keys, kind)
    return Problem(code, Place(path, keys=keys), values)


def _reading(model: type[BaseModel], fault: Any, keys: tuple[Any, ...], kind: str) -> tuple[str, dict[str, Any]]:
    """Return our code and the words for one of pydantic's errors."""
    type_, value, context = fault["type"], fault["input"], fault.get("ctx", {})
    key = next((str(k) for k in reversed(keys) if isinstance(k, str)), "")
    if type_ in WORDING:
        return type_, {k: v for k, v in context.items() if k not in ("code", "at")}
    if type_ == "missing":
        return "missing-key", {"key": key, "label": _label(model, keys)}
    if type_ == "extra_forbidden":
        return "unknown-key", _nearest(key, [s.name for s in shapes(_model_at(model, keys[:-1]))], "known")
    if value is None or value == "":
        return "empty-value", {}
    if type_ == "literal_error":
        return "not-one-of", _choice(str(value)[:40], _choices(context["expected"]))
    if type_ in ("string_too_long", "too_long"):
        return "too-long", {"limit": context["max_length"]}
    if type_ == "too_short":
        return "too-few", {"key": key, "limit": context["min_length"]}
    if type_ in ("greater_than", "greater_than_equal", "less_than", "less_than_equal"):
        sign = {"greater_than": (">", "gt"), "greater_than_equal": ("≥", "ge"),
                "less_than": ("<", "lt"), "less_than_equal": ("≤", "le")}[type_]
        return "out-of-range", {"value": str(value)[:40], "bound": f"{sign[0]} {context[sign[1]]}"}
    if type_ in EXPECTS:
        return "wrong-type", {"key": key, "expects": EXPECTS[type_], "kind": kind,
                              "found": f"`{value[:40]}`" if isinstance(value, str) else FOUND.get(type(value), "text")}
    return "invalid", {"key": key, "reason": fault["msg"], "kind": kind}


def _model_at(model: type[BaseModel], keys: tuple[Any, ...]) -> type[BaseModel]:
    for key in keys:
        shape = shape_of(model, key)
        if shape and shape.part:
            model = shape.part
    return model


def _label(model: type[BaseModel], keys: tuple[Any, ...]) -> str:
    shape = shape_of(_model_at(model, keys[:-1]), keys[-1])
    return shape.label if shape else str(keys[-1])


def _nearest(key: str, known: list[str], name: str) -> dict[str, Any]:
    return {"key": key[:60], "near": nearest(key, known, 0.6), name: "、".join(known)}


def _choices(expected: str) -> list[str]:
    return expected.replace(" or ", ", ").replace("'", "").split(", ")


def _choice(value: str, allowed: list[str]) -> dict[str, Any]:
    return {"value": value, "near": nearest(value, allowed), "allowed": "、".join(allowed)}
