"""What outlasts a power cut: folders flushed to the disk, and files and links put in place by one rename.

On NFS a rename is one step on the server, but other clients may see the old link for as long as they cache names.
"""

from __future__ import annotations

import ctypes
import os
import shutil
from pathlib import Path

from generator.problem import PublishError

FRESH = "-new"
"""How a file or link ends until it is renamed."""


def flush(folder: Path) -> None:
    """Bring a folder and all below it to the disk. Raises: OSError, also for what failed since it was written.

    One `syncfs` takes 0.1 s where an `fsync` of each of 10,000 files takes 1.6 s; it tells of failed writes since
    Linux 5.8. Elsewhere each is flushed.
    """
    syncfs = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
    if syncfs is None:
        for below, _, names in os.walk(folder):
            for path in (*(os.path.join(below, name) for name in names), below):
                flush_one(Path(path))
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        if syncfs(descriptor) != 0:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number), str(folder))
    finally:
        os.close(descriptor)


def flush_one(path: Path) -> None:
    """Bring one file to the disk, or of a folder the names in it."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        os.close(descriptor)


def remove(folder: Path) -> None:
    """Remove a folder and all below it. Raises: OSError, which names the folder: `rmtree` gives bare names."""
    try:
        shutil.rmtree(folder)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(folder)) from error


def put(path: Path, data: bytes) -> None:
    """Make a file hold `data` by one rename; one that does is left as it is."""
    if path.is_file() and path.read_bytes() == data:
        return
    fresh = path.with_name(f".{path.name}{FRESH}")
    fresh.write_bytes(data)
    flush_one(fresh)
    os.replace(fresh, path)
    flush_one(path.parent)


def point(link: Path, target: Path) -> None:
    """Make `link` lead to `target` by one rename, so that no moment is without a site."""
    if link.exists() and not link.is_symlink():
        raise PublishError(f"{link}: 不是链接，不能替换 / not a link, can't be replaced")
    if not link.is_symlink() or Path(os.readlink(link)) != target:
        fresh = link.with_name(f".{link.name}{FRESH}")
        fresh.unlink(missing_ok=True)
        try:
            fresh.symlink_to(target)
        except OSError as error:  # it names where the link leads first
            raise OSError(error.errno, error.strerror, str(link)) from error
        os.replace(fresh, link)
    flush_one(link.parent)
