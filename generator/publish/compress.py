"""Compressed copies beside the files of a release, for servers that send them as they are.

A copy is made from a file that the manifest vouches for and is no file of its own there: other versions of zlib and
brotli give other bytes for the same content.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from generator.execute import at

ENDINGS = (".html", ".css", ".js", ".json", ".csv", ".svg", ".xml", ".txt")
COPIES = (".gz", ".br")
LEAST, GAIN = 1024, 0.9
"""Smaller files fit into one packet anyway; a copy must be at least a tenth smaller."""
GZIP_LEVEL = 9
BROTLI_QUALITY, BROTLI_ONCE = 5, 11
"""Of pages, and of what every page needs: the best quality takes 7 ms a page, 50 times what this one takes."""


def encodings() -> tuple[str, ...]:
    """Return what copies are made here: gzip always, brotli where its module is installed."""
    return ("gzip", "br") if _brotli() else ("gzip",)


def _brotli() -> Any:
    try:
        import brotli  # type: ignore[import-untyped]  # an extra
    except ImportError:
        return None
    return brotli


def is_worth_it(path: str) -> bool:
    """Whether a file is text, which shrinks."""
    return path.endswith(ENDINGS)


def compress(folder: Path, paths: Sequence[str]) -> None:
    """Write the compressed copies of some files of a release, each where it saves something."""
    brotli = _brotli()
    for path in paths:
        at(path)
        data = (folder / path).read_bytes()
        if len(data) < LEAST:
            continue
        copies = {".gz": gzip.compress(data, GZIP_LEVEL, mtime=0)}
        if brotli:
            once = path.startswith("assets/")
            copies[".br"] = brotli.compress(data, quality=BROTLI_ONCE if once else BROTLI_QUALITY)
        for ending, copy in copies.items():
            if len(copy) <= len(data) * GAIN:
                (folder / (path + ending)).write_bytes(copy)


def decompressed(copy: bytes, ending: str) -> bytes | None:
    """Return what a copy holds, None where nothing here can tell. Raises: ValueError where it is damaged."""
    brotli = _brotli()
    if ending == ".br" and not brotli:
        return None
    try:
        return bytes(brotli.decompress(copy)) if ending == ".br" else gzip.decompress(copy)
    except (OSError, EOFError, zlib.error, getattr(brotli, "error", ValueError)) as error:
        raise ValueError(ending) from error
