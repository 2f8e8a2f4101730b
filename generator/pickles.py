"""Level 1. Values of ours as bytes and back: records, rows and facts, and nothing that could run when it is read.

A pickle names whatever it wants called. Ours may name plain data alone: models, named tuples and data classes of this
program that are imported already, numbers, days and sets. Anything else is refused, so that a cache that somebody
else has written makes no one's program run.
"""

from __future__ import annotations

import io
import pickle
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import is_dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import BaseModel

from generator import cache
from generator.records import kinds

Taken = TypeVar("Taken")

PLAIN = {("builtins", "set"), ("builtins", "frozenset"), ("datetime", "date"), ("datetime", "datetime"),
         ("decimal", "Decimal"), ("fractions", "Fraction"), ("markupsafe", "Markup"), ("pathlib", "PosixPath"),
         ("collections", "defaultdict"), ("generator.records.forms", "_restored")}
"""What a pickle may name besides our own data: what only holds values, and what puts the parts of a record together."""


class Foreign(pickle.UnpicklingError):
    """A pickle that names something other than data."""


def dumps(value: Any) -> bytes:
    """Return a value as bytes."""
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def loads(data: bytes) -> Any:
    """Return the value that `dumps` was given. Raises: Foreign, or another error of what is no pickle at all."""
    return _Data(io.BytesIO(data)).load()


def received(data: bytes) -> Any:
    """Return the value that a worker of this run was given by `dumps`: a Problem may hold what no cache may name."""
    return pickle.loads(data)


def recalled(entry: Path, take: Callable[..., Taken]) -> Taken | None:
    """Return what `take` makes of the value in a cached file's first part and the bytes of the others.

    None where there is no such file, or whatever it holds can't be that: somebody else may have put it there.
    """
    parts = cache.kept(entry)
    with suppress(Exception):  # such a pickle may fail in any way
        return take(loads(parts[0].data), *(part.data for part in parts[1:])) if parts else None
    return None


class _Data(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        return _named(module, name)


@lru_cache(None)
def _named(module: str, name: str) -> Any:
    kinds()  # what others have written may name any of them
    there = vars(sys.modules.get(module, sys))
    if (module, name) in PLAIN:
        return there[name]
    found = there.get(name) if module.startswith("generator.") else None
    if getattr(found, "__module__", "") == module and _is_data(found):
        return found
    raise Foreign(f"{module}.{name}")


def _is_data(found: Any) -> bool:
    return isinstance(found, type) and (issubclass(found, BaseModel) or is_dataclass(found) or (
        issubclass(found, tuple) and hasattr(found, "_fields")) or found.__bases__ in ((str,), (int,)))


def digest(value: Any, instead: Mapping[type, Callable[[Any], Any]] = MappingProxyType({})) -> bytes:
    """Return a digest of a value, 16 bytes: equal ones that were made alike have the same one.

    Nothing is remembered while it is written: what a value holds twice, once shared and once not, makes no difference.
    instead: gives what stands for values of some types, as `copyreg.dispatch_table` does.
    """
    out = io.BytesIO()
    pickler = pickle.Pickler(out, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table, pickler.fast = instead, True
    pickler.dump(value)
    return blake2b(out.getvalue(), digest_size=16).digest()
