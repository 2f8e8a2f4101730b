"""What a page looks up while it is painted: if none of that changes, neither does the page.

Source: constructive traces, in Mokhov, Mitchell, Peyton Jones, Build Systems à la Carte (2018).
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Hashable, ItemsView, Iterable, Iterator, KeysView, Mapping, ValuesView
from contextlib import contextmanager
from functools import lru_cache
from hashlib import blake2b
from typing import Any, Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")
ALL = ("whatever it holds",)
"""The key under which looking through a whole table is noted."""
Reads = set[tuple[str, Hashable]]


class _Reader:
    """Whoever looks things up just now: one page at a time, in each process."""

    reads: Reads | None = None


class Traced(dict[Key, Value], Generic[Key, Value]):
    """A table that notes what is looked up in it, what is not there included. name: tells it from others."""

    def __init__(self, name: str, of: Mapping[Key, Value] | Iterable[tuple[Key, Value]]):
        super().__init__(of)
        self.name = name

    def __reduce__(self) -> tuple[Any, ...]:
        return Traced, (self.name, dict(dict.items(self)))

    def __getitem__(self, key: Key) -> Value:
        if _Reader.reads is not None:
            _Reader.reads.add((self.name, key))
        return dict.__getitem__(self, key)

    def get(self, key: Key, default: Any = None) -> Any:
        """Return what stands under a key, `default` where nothing does."""
        if _Reader.reads is not None:
            _Reader.reads.add((self.name, key))
        return dict.get(self, key, default)

    def __contains__(self, key: object) -> bool:
        if _Reader.reads is not None:
            _Reader.reads.add((self.name, key))
        return dict.__contains__(self, key)

    def __iter__(self) -> Iterator[Key]:
        self._look_through()
        return dict.__iter__(self)

    def __len__(self) -> int:
        self._look_through()
        return dict.__len__(self)

    def keys(self) -> KeysView[Key]:  # type: ignore[override]
        """Return all keys."""
        self._look_through()
        return dict.keys(self)

    def values(self) -> ValuesView[Value]:  # type: ignore[override]
        """Return all values."""
        self._look_through()
        return dict.values(self)

    def items(self) -> ItemsView[Key, Value]:  # type: ignore[override]
        """Return all keys with their values."""
        self._look_through()
        return dict.items(self)

    def _look_through(self) -> None:
        if _Reader.reads is not None:
            _Reader.reads.add((self.name, ALL))


@contextmanager
def reading() -> Iterator[Reads]:
    """Give the set of what is looked up inside, as (table, key); whoever asks from outside has looked it up as well."""
    outer, _Reader.reads = _Reader.reads, set()
    try:
        yield _Reader.reads
    finally:
        if outer is not None:
            outer |= _Reader.reads
        _Reader.reads = outer


def once(memo: dict[Key, tuple[Value, Reads]], key: Key, make: Callable[[], Value]) -> Value:
    """Return what is known under a key, made if it is not; who asks again has looked up what its maker did."""
    if key not in memo:
        with reading() as reads:
            made = make()
        memo[key] = made, reads
    made, reads = memo[key]
    if _Reader.reads is not None:
        _Reader.reads |= reads
    return made


@lru_cache(1 << 13)  # a larger one takes 250 bytes a record in every process
def mark(table: str, key: Hashable) -> int:
    """Return the number that stands for a key of a table: two that share one cost a page painted in vain."""
    return int.from_bytes(blake2b(repr((table, key)).encode(), digest_size=8).digest())


def packed(reads: Reads) -> bytes:
    """Return the marks of what was looked up, sorted, 8 bytes each."""
    return array("Q", sorted({mark(*one) for one in reads})).tobytes()


def marks(data: bytes) -> array[int]:
    """Return the marks in what `packed` gave."""
    found = array("Q")
    found.frombytes(data)
    return found
