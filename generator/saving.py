"""Level 1. Several files written as one: nothing is touched before all of them lie beside, whole and flushed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from generator.problem import DeskError

_FRESH = ".gongshi-new"
"""How a file ends until it is renamed; it begins with a dot, so that no command takes it for a record."""


def save(files: Mapping[Path, bytes], code: str = "unwritable") -> None:
    """Write every file, whole or not at all; a failure before the last is ready leaves all as they were.

    Then they are renamed, one after the other, in the order given: one that is killed there leaves old and new files,
    each whole, and a second run of the same command finishes. Raises: DeskError, with this code.
    """
    fresh: dict[Path, Path] = {}
    try:
        for path, data in files.items():
            fresh[path] = path.with_name(f".{path.name}{_FRESH}")
            with writing(path, code):
                path.parent.mkdir(parents=True, exist_ok=True)
                _flush(fresh[path], data)
                if path.exists():
                    shutil.copymode(path, fresh[path])
        for path, ready in fresh.items():
            with writing(path, code):
                os.replace(ready, path)
    finally:
        for ready in fresh.values():
            with suppress(OSError):
                ready.unlink()


@contextmanager
def writing(path: Path, code: str = "unwritable") -> Iterator[None]:
    """Say of a disk that is full, or a folder that is not ours, what it is. Raises: DeskError."""
    try:
        yield
    except OSError as error:
        raise DeskError(code, name=str(path), reason=error.strerror or str(error)) from error


def _flush(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
