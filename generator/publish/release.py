"""A release being written: its folder, and what is noted of the files in it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from generator.data import Written
from generator.problem import PublishError
from generator.written import write


def keep(before: str, folder: str, path: str) -> None:
    """Take a file of an older release over as it is; both then share it on the disk, and nobody writes to it."""
    source, target = f"{before}/{path}", f"{folder}/{path}"  # a `Path` takes 3 µs
    try:
        os.link(source, target)
    except FileExistsError:
        pass  # a worker that died has linked it; or this one was taken for dead, and the page has been painted since
    except OSError:  # a file system without hard links, or with too many
        shutil.copyfile(source, target)


@dataclass
class Release:
    """A release being written: its folder, the files it holds so far, and the pages hidden from search engines.

    forms: the policy of /admin/, empty where there are no forms. clean: files found clean before they were written.
    """

    folder: Path
    files: list[Written] = field(default_factory=list)
    hidden: set[str] = field(default_factory=set)
    forms: str = ""
    clean: set[Written] = field(default_factory=set)

    def drop(self, paths: Iterable[str]) -> None:
        """Remove files that no page of this release is, and the folders that held nothing else."""
        for path in paths:
            (self.folder / path).unlink(missing_ok=True)
            with suppress(OSError):
                (self.folder / path).parent.rmdir()

    def put(self, path: str, data: bytes) -> None:
        """Write one file into the release."""
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        self.files.append(write(self.folder, path, data))

    def hide(self, forms: Iterable[tuple[str, bytes]], policy: str) -> None:
        """Write the forms of /admin/, under a policy of their own and away from search engines."""
        for path, data in forms:
            self.put(path, data)
            self.hidden.add(path)
            self.forms = policy

    def add(self, files: Iterable[Written]) -> None:
        """Note files that a worker has written into the folder."""
        self.files += files

    def pages(self) -> list[str]:
        """Return the pages that may be found, in order."""
        return sorted(path for path in self.paths() - self.hidden if path.endswith(".html"))

    def paths(self) -> set[str]:
        """Return the paths of the files so far."""
        return {file.path for file in self.files}

    def make_folders(self, names: Iterable[str]) -> None:
        """Make the folders that workers write into."""
        for name in names:
            (self.folder / name).mkdir(parents=True, exist_ok=True)

    def listed(self) -> dict[str, list[str | int]]:
        """Return sha256 and size of every file by its path. Raises: PublishError where two own one path."""
        found: dict[str, list[str | int]] = {}
        for file in sorted(self.files):
            if file.path in found:
                raise PublishError(f"two pages own the address {file.path}")
            found[file.path] = [file.sha256, file.size]
        return found
