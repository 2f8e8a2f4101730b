"""Level 1. The kinds of record: one module each, found by looking into this folder."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from generator.records.base import Record


@cache
def kinds() -> MappingProxyType[str, type[Record]]:
    """Return every kind by name, sorted: the one `Record` in the module of that name; modules without one are none."""
    found = {}
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda m: m.name):
        names = vars(importlib.import_module(f"{__name__}.{module.name}"))
        model = next((v for v in names.values() if isinstance(v, type) and issubclass(v, Record) and v is not Record
                      and v.__module__.endswith("." + module.name)), None)
        if model:
            model.kind = module.name
            found[module.name] = model
    return MappingProxyType(found)


@cache
def folders() -> Mapping[str, str]:
    """Return the kind that each folder of content/ holds."""
    return MappingProxyType({model.folder: name for name, model in kinds().items()})
