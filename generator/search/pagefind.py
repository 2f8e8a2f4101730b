"""Pagefind itself: a program that is fed through its pipe and hands back the files of one index, or the cache does.

Words are split here, so its plain edition does: the extended one is ten times as large and its Chinese words are not
those that a reader's browser makes of a query. No filters are used: their order in the files is that of a hash map,
and differs from run to run. A facet is a word like others. Pagefind writes no files itself: it says that it has before
the last bytes are on disk.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, partial
from importlib import metadata
from io import BufferedReader
from pathlib import Path
from typing import IO, Any

from generator.cache import Part, keep, kept
from generator.data import Entry, Index, Written, bare, facet_word
from generator.digest import canonical, sha256
from generator.problem import GongshiError
from generator.search.words import numbers, spelled, stream, terms
from generator.written import write

READ_ONCE = ("pagefind.js", "wasm.unknown.pagefind")
"""What the first index alone needs: the reader's browser takes it from there for all."""
AT_ONCE = 4
"""So many indexes are made at once, at most: each takes up to 300 MB."""
UNDATED = "0000-00-00"
FORM = 1
"""How an entry becomes what Pagefind is told: each change of that raises it, so that no cached index is taken."""
KEY = 16
CHUNK_NAME, CHUNK = "PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE", "5000"
"""Places of words in a file of an index: Pagefind's own 20,000 make a reader take 14 KB for each word, these 4 KB."""


class SearchError(GongshiError):
    """Pagefind did not do what it was told."""


INSIDE = re.compile(r"(?!\.)[\w.-]+(/(?!\.)[\w.-]+)*", re.ASCII)
"""A path below its index: caches may be written by others, and nothing of theirs leads elsewhere."""


def installed() -> bool:
    """Whether Pagefind is here."""
    return _program() is not None


def _program() -> Path | None:
    try:
        from pagefind_bin import get_executable  # type: ignore[import-untyped, import-not-found, unused-ignore]
    except ImportError:
        return None
    return Path(get_executable())


def write_index(index: Index, first: bool, marks: Sequence[str], entries: Callable[[], Iterable[Entry]],
                release: Path, store: Path, hasty: bool) -> tuple[tuple[Written, ...], str]:
    """Write one index below `search/`; return its files, and what it is called in the cache, which is at `store`.

    first: whether readers' browsers begin with it. marks: digests of its entries, which are only asked for where the
    cache has no index of them. hasty: an index of other entries does, if there is one.
    """
    entry = fresh = store / f"{index.name}-{_key(index, first, marks)}"
    if hasty:
        entry = next(iter(sorted(store.glob(f"{index.name}-{'?' * KEY}"))), fresh)
    parts = kept(entry)
    if parts is None or not all(INSIDE.fullmatch(part.about[0]) for part in parts):
        entry, parts = fresh, _made(index.code, first, entries())
        keep(entry, parts)
    return tuple(_written(release, f"search/{index.name}/{part.about[0]}", part.data) for part in parts), entry.name


def _key(index: Index, first: bool, marks: Sequence[str]) -> str:
    """Return a digest of all that decides what an index looks like."""
    return sha256(canonical([FORM, CHUNK, *_versions(), index.code, first, *marks]))[:KEY]


@cache
def _versions() -> tuple[str, ...]:
    return tuple(metadata.version(name) for name in ("pagefind_bin", "pypinyin"))


def _made(code: str, first: bool, entries: Iterable[Entry]) -> list[Part]:
    """Return the files of an index that Pagefind makes, in the order of their paths."""
    with _service() as ask:
        id = ask({"type": "NewIndex", "config": {}})["index_id"]
        for entry in entries:
            ask({"type": "AddRecord", "index_id": id, "language": code, **record_of(entry)})
        files = ask({"type": "GetFiles", "index_id": id})["files"]
    return sorted(Part([file["path"]], b64decode(file["content"])) for file in files
                  if _is_read(file["path"], first))


def _is_read(path: str, first: bool) -> bool:
    """Whether a reader's browser asks for a file: not for the scripts and styles of Pagefind's own pages."""
    return "/" in path or path == "pagefind-entry.json" or path.endswith(".pf_meta") or (first and path in READ_ONCE)


def record_of(entry: Entry) -> dict[str, Any]:
    """Return an entry as Pagefind takes it. The fields of `meta` in one letter are words; others are for readers."""
    shown = {"title": entry.title, "kind": entry.label, "place": " › ".join(entry.places[-3:]),
             "status": entry.status, "date": entry.dated, "expires": entry.expires}
    around = [*map(terms, (*entry.places, *entry.sorts)), *map(spelled, entry.places[-2:])]
    name = bare(entry.title)
    words = {"k": _words(terms(name), *map(terms, entry.names)), "p": _words(spelled(name)),
             "a": _words(*around), "n": _words(numbers(entry.text)),
             "f": _words([facet_word(*facet) for facet in entry.facets])}
    return {"url": entry.path, "content": stream(entry.text) or "。", "filters": {},
            "meta": {name: value for name, value in (shown | words).items() if value},
            "sort": {"date": entry.dated or UNDATED}}


def _words(*some: Sequence[str]) -> str:
    return " ".join(dict.fromkeys(word for words in some for word in words))


def _written(release: Path, path: str, data: bytes) -> Written:
    (release / path).parent.mkdir(parents=True, exist_ok=True)
    return write(release, path, data)


@contextmanager
def _service() -> Iterator[Callable[[Mapping[str, Any]], dict[str, Any]]]:
    """Give a function that asks a running Pagefind and returns its answer. Raises: SearchError."""
    with subprocess.Popen([str(_program()), "--service"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, env=os.environ | {CHUNK_NAME: CHUNK}) as process:
        assert process.stdin and isinstance(process.stdout, BufferedReader)
        try:
            yield partial(_asked, process.stdin, process.stdout)
        finally:
            process.kill()


def _asked(into: IO[bytes], out: BufferedReader, payload: Mapping[str, Any]) -> dict[str, Any]:
    said = bytearray()
    try:
        into.write(b64encode(json.dumps({"message_id": 0, "payload": payload}).encode()) + b",")
        into.flush()
        while not said.endswith(b",") and (some := out.read1(1 << 16)):
            said += some
    except OSError as error:
        raise SearchError(f"{_program()}: {error.strerror}") from None
    if not said:
        raise SearchError(f"{_program()}: ended")
    answer: dict[str, Any] = json.loads(b64decode(said[:-1]))["payload"]
    if answer["type"] == "Error":
        raise SearchError(f"{_program()}: {answer.get('message')}")
    return answer
