"""What git holds of a site, as a folder beside the editor's own: a commit, or what stands ready to be committed."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator import git
from generator.desk import past
from generator.problem import Problem


@contextmanager
def staged(config: Path) -> Iterator[Path]:
    """Give the configuration file of a copy of what is staged, which is gone afterwards.

    The copy is what the next commit would hold of the site's folder: half of a file, where half of it is staged, and
    nothing that git does not know. Raises: DeskError where git can't tell.
    """
    here = config.resolve().parent
    top = git.top_of(here)
    inside = git.ask(here, "rev-parse", "--show-prefix")
    tree = git.ask(top, "write-tree")
    with tempfile.TemporaryDirectory(prefix="gongshi-staged-") as work:
        into = Path(work, "site")
        into.mkdir()
        if not inside or git.exists(top, f"{tree}:{inside}"):
            git.take_out(top, f"{tree}:{inside}", into)
        share_cache(here, into)
        yield into / config.name


def loose(config: Path) -> list[Problem]:
    """Return what is personal in sheets, lists and photos that are staged in a site's folder."""
    here = config.resolve().parent
    listed = git.ask(here, "-c", "diff.relative=false", "diff", "--cached", "--raw", "--relative", "--no-renames",
                     "--no-abbrev", "--no-ext-diff", "-z", "--", ".")
    tokens = iter(listed.split("\0"))
    found = {path: fields.split(" ")[3] for fields, path in zip(tokens, tokens, strict=False)}
    read = past.LOOSE + past.PHOTOS
    some = [(path, blob) for path, blob in found.items() if path.lower().endswith(read) and blob.strip("0")]
    contents = git.blobs(here, [blob for _, blob in some])
    return [one for (path, _), (_, data) in zip(some, contents, strict=True) for one in past.judged(data, path)]


def share_cache(root: Path, into: Path) -> None:
    """Let a copy use the copies of photos that were made before: reading them anew takes a second each."""
    if (root / ".cache").is_dir() and into.is_dir() and not os.path.lexists(into / ".cache"):
        (into / ".cache").symlink_to(root / ".cache", target_is_directory=True)
