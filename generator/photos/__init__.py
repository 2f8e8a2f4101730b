"""Level 2. Photos: looked at before they are believed, published only as small copies without anything but pixels.

`check` finds what is wrong with the files below content/photos, `publish` writes one photo's copies into a release.
Both run in workers, on one file each. Whatever stands in a file besides its pixels (where it was taken, with which
telephone, by whom) stays behind, and so does its name, which may be a resident's.
"""

from __future__ import annotations

from pathlib import Path

from generator.data import Copy, Written
from generator.photos.named import FOLDER, named
from generator.problem import Problem

__all__ = ["FOLDER", "check", "named", "publish"]


def check(content: str, photo: str, cache: Path) -> Problem | None:
    """Return what keeps a photo from being published, see `store.check`; Pillow is imported with the first: 30 ms."""
    from generator.photos import store

    return store.check(content, photo, cache)


def publish(content: str, photo: str, cache: Path, release: Path) -> tuple[tuple[Copy, ...], tuple[Written, ...]]:
    """Write the copies of a photo into the release, and return them, see `store.publish`."""
    from generator.photos import store

    return store.publish(content, photo, cache, release)
