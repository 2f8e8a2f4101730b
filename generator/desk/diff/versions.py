"""Two versions of a site as folders: those that a range of commits names, read out of git beside the editor's tree.

git is asked for names and files only. Nothing of the editor's is checked out, staged or changed: files are taken out
through an index of their own. `git archive` would leave out what `.gitattributes` excludes from exports.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from generator.problem import DeskError


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
    top = Path(_git(here, "rev-parse", "--show-toplevel"))
    ends = [commit for commit in (before.commit, after.commit) if commit]
    listed = _git(top, "diff", "--name-only", "--no-renames", "-z", *ends)
    return _git(here, "rev-parse", "--show-prefix"), sorted({path for path in listed.split("\0") if path})


@contextmanager
def versions(config: Path, asked: str) -> Iterator[tuple[Version, Version]]:
    """Give the version before and the version after; folders made for them are gone afterwards.

    asked: `BASE..HEAD`; `BASE...HEAD` means since both parted, as forges show a merge request; `BASE` alone is
    compared with the working tree. Raises: DeskError where git can't tell.
    """
    here = config.resolve().parent
    top = Path(_git(here, "rev-parse", "--show-toplevel", fails="no-repository"))
    inside = _git(here, "rev-parse", "--show-prefix")
    before, after = _named(here, asked)
    with tempfile.TemporaryDirectory(prefix="gongshi-diff-") as work:
        yield (_taken_out(top, before, inside, config, Path(work, "before")),
               _taken_out(top, after, inside, config, Path(work, "after")))


def _named(folder: Path, asked: str) -> tuple[tuple[str, str], tuple[str, str]]:
    """Return name and commit of both sides; the commit of the working tree is empty."""
    dots = "..." if "..." in asked else ".."
    base, found, head = asked.partition(dots)
    base, head = base or "HEAD", head or "HEAD"
    before = _commit(folder, base)
    after = _commit(folder, head) if found else ""
    if dots == "..." and before != (shared := _merge_base(folder, before, after, asked)):
        before = shared
    return (base, before), (head if found else "", after)


def _commit(folder: Path, name: str) -> str:
    return _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}",
                fails=_missing(folder), name=name)


def _merge_base(folder: Path, one: str, other: str, asked: str) -> str:
    return _git(folder, "merge-base", one, other, fails=_missing(folder), name=asked)


def _missing(folder: Path) -> str:
    """Return what to say where a commit is not there: in a shallow clone it may only not have been fetched."""
    return "shallow-clone" if _git(folder, "rev-parse", "--is-shallow-repository") == "true" else "no-commit"


def _taken_out(top: Path, named: tuple[str, str], inside: str, config: Path, into: Path) -> Version:
    """Return a version with its files in the folder `into`; none where the commit has no such folder.

    inside: the path of the configuration's folder below the top of the repository, empty or ending with a slash.
    """
    name, commit = named
    if not commit:
        return Version("", "", config)
    into.mkdir()
    if not inside or _exists(top, f"{commit}:{inside}"):
        index = {"GIT_INDEX_FILE": f"{into}.index"}
        _git(top, "read-tree", f"{commit}:{inside}", more=index)
        _git(top, "checkout-index", "--all", "--force", f"--prefix={into}/", more=index)
    _share_cache(config.resolve().parent, into)
    return Version(name, commit, into / config.name)


def _share_cache(root: Path, into: Path) -> None:
    """Let a version use the copies of photos that were made before: reading them anew takes a second each."""
    if (root / ".cache").is_dir() and into.is_dir() and not os.path.lexists(into / ".cache"):
        (into / ".cache").symlink_to(root / ".cache", target_is_directory=True)


def _exists(top: Path, name: str) -> bool:
    return _run(top, ("rev-parse", "--verify", "--quiet", name), {}).returncode == 0


def _git(folder: Path, *words: str, fails: str = "git-failed", more: dict[str, str] | None = None, name: str = ""
         ) -> str:
    """Return what git answers. fails: the code of what is said where it does not."""
    done = _run(folder, words, more or {})
    if done.returncode != 0:
        reason = (done.stderr.strip().splitlines() or ["?"])[0][:200]
        raise DeskError("git-failed" if "dubious" in reason else fails, name=name or str(folder), reason=reason)
    return done.stdout.strip("\n")


def _run(folder: Path, words: tuple[str, ...], more: dict[str, str]) -> subprocess.CompletedProcess[str]:
    ours = ("core.fsmonitor=false", "core.quotePath=false", f"core.hooksPath={os.devnull}")
    command = ["git", "-C", str(folder), *(part for one in ours for part in ("-c", one)), *words]
    quiet = {"LC_ALL": "C.UTF-8", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"}
    try:
        return subprocess.run(command, capture_output=True, encoding="utf-8", errors="surrogateescape", check=False,
                              env={**os.environ, **quiet, **more})
    except OSError as error:
        raise DeskError("no-git", reason=error.strerror or str(error)) from None
