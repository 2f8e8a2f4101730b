"""Two versions of a site as folders: those that a range of commits names, read out of git beside the editor's tree.

git is asked for names and files only. Nothing of the editor's is checked out, staged or changed: files are taken out
through an index of their own. `git archive` would leave out what `.gitattributes` excludes from exports.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from generator import git
from generator.desk.copies import share_cache


class Version(NamedTuple):
    """A version as asked for: its name, its commit (empty for the working tree), and its configuration file there."""

    name: str
    commit: str
    config: Path

    @property
    def short(self) -> str:
        """The commit as people write it."""
        return self.commit[:8]


def touched(config: Path, before: Version, after: Version) -> tuple[str, list[str]]:
    """Return a site's folder below the top of its repository, empty or ending with a slash, and what changed there.

    What changed: every path of the repository, from its top; in the working tree only what git knows already.
    """
    here = config.resolve().parent
    top = git.top_of(here)
    ends = [commit for commit in (before.commit, after.commit) if commit]
    listed = git.ask(top, "diff", "--name-only", "--no-renames", "-z", *ends)
    return git.ask(here, "rev-parse", "--show-prefix"), sorted({path for path in listed.split("\0") if path})


@contextmanager
def versions(config: Path, asked: str) -> Iterator[tuple[Version, Version]]:
    """Give the version before and the version after; folders made for them are gone afterwards.

    asked: `BASE..HEAD`; `BASE...HEAD` means since both parted, as forges show a merge request; `BASE` alone is
    compared with the working tree. Raises: DeskError where git can't tell.
    """
    here = config.resolve().parent
    top = git.top_of(here)
    inside = git.ask(here, "rev-parse", "--show-prefix")
    before, after = _named(here, asked)
    with tempfile.TemporaryDirectory(prefix="gongshi-diff-") as work:
        yield (_taken_out(top, before, inside, config, Path(work, "before")),
               _taken_out(top, after, inside, config, Path(work, "after")))


def _named(folder: Path, asked: str) -> tuple[tuple[str, str], tuple[str, str]]:
    """Return name and commit of both sides; the commit of the working tree is empty."""
    dots = "..." if "..." in asked else ".."
    base, found, head = asked.partition(dots)
    base, head = base or "HEAD", head or "HEAD"
    before = git.commit_of(folder, base)
    after = git.commit_of(folder, head) if found else ""
    if dots == "..." and before != (shared := _merge_base(folder, before, after, asked)):
        before = shared
    return (base, before), (head if found else "", after)


def _merge_base(folder: Path, one: str, other: str, asked: str) -> str:
    return git.ask(folder, "merge-base", one, other, fails=git.missing(folder), name=asked)


def _taken_out(top: Path, named: tuple[str, str], inside: str, config: Path, into: Path) -> Version:
    """Return a version with its files in the folder `into`; none where the commit has no such folder.

    inside: the path of the configuration's folder below the top of the repository, empty or ending with a slash.
    """
    name, commit = named
    if not commit:
        return Version("", "", config)
    into.mkdir()
    if not inside or git.exists(top, f"{commit}:{inside}"):
        git.take_out(top, f"{commit}:{inside}", into)
    share_cache(config.resolve().parent, into)
    return Version(name, commit, into / config.name)
