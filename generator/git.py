"""Level 1. git, asked for what it knows; the one place that runs it.

Nothing of a repository's own settings runs: no hook, no watcher, no pager, no prompt. What others are sent counts, not
what `git replace` shows here instead. Where git calls us from a hook, its index may be one made for this commit, and is
passed on. Its folder is not: told that alone, git takes any folder that it is asked in for the top.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, NamedTuple

from generator.problem import DeskError

OURS = ("core.fsmonitor=false", "core.quotePath=false", f"core.hooksPath={os.devnull}", "log.showSignature=false")
QUIET = {"LC_ALL": "C.UTF-8", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_PAGER": "cat",
         "GIT_NO_REPLACE_OBJECTS": "1"}
INDEX = "GIT_INDEX_FILE"
EVERYTHING = "--all"
"""Every branch and tag, where commits are asked for."""


class Answer(NamedTuple):
    """How git ended, and what it said; texts keep the bytes that are no UTF-8 as surrogates."""

    code: int
    said: str
    fault: str


def answer(folder: Path, *words: str, more: Mapping[str, str] | None = None, ours: Iterable[str] = OURS) -> Answer:
    """Return what git says in a folder, whatever that is. ours: settings instead of the user's.

    Raises: DeskError without git.
    """
    try:
        done = subprocess.run(_command(folder, words, ours), capture_output=True, encoding="utf-8", check=False,
                              errors="surrogateescape", stdin=subprocess.DEVNULL, env=_environment(more or {}))
    except OSError as error:
        raise DeskError("no-git", reason=error.strerror or str(error)) from None
    return Answer(done.returncode, done.stdout, done.stderr)


def ask(folder: Path, *words: str, fails: str = "git-failed", more: Mapping[str, str] | None = None, name: str = "",
        ours: Iterable[str] = OURS) -> str:
    """Return what git answers, without the last line break. fails: the code of what is said where it does not."""
    code, said, fault = answer(folder, *words, more=more, ours=ours)
    if code:
        reason = ((fault.strip() or said.strip()).splitlines() or ["?"])[0][:200]
        raise DeskError("git-failed" if "dubious" in reason else fails, name=name or str(folder), reason=reason)
    return said.strip("\n")


def top_of(folder: Path, fails: str = "no-repository") -> Path:
    """Return the top of the repository that a folder lies in. Raises: DeskError where it lies in none."""
    return Path(ask(folder, "rev-parse", "--show-toplevel", fails=fails))


def folder_of(folder: Path) -> Path:
    """Return the folder in which git keeps the repository itself, shared by all its working trees."""
    return (folder / ask(folder, "rev-parse", "--git-common-dir")).resolve()


def hooks_of(folder: Path) -> Path:
    """Return the folder in which git looks for hooks, as the user set it."""
    return folder / ask(folder, "rev-parse", "--git-path", "hooks", ours=())


def head_of(folder: Path) -> str:
    """Return the commit that a folder stands on, empty where it is no git checkout or git is not there."""
    try:
        code, said, _ = answer(folder, "rev-parse", "HEAD")
    except DeskError:
        return ""
    return "" if code else said.strip()


def commit_of(folder: Path, name: str) -> str:
    """Return the commit of a name. Raises: DeskError, which tells a shallow clone from a name that is not there."""
    return ask(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}",
               fails=missing(folder), name=name)


def missing(folder: Path) -> str:
    """Return what to say where a commit is not there: in a shallow clone it may only not have been fetched."""
    return "shallow-clone" if is_shallow(folder) else "no-commit"


def is_shallow(folder: Path) -> bool:
    """Whether a clone holds only the newest part of the history."""
    return ask(folder, "rev-parse", "--is-shallow-repository") == "true"


def exists(folder: Path, name: str) -> bool:
    """Whether git knows an object by this name."""
    return answer(folder, "rev-parse", "--verify", "--quiet", name).code == 0


def take_out(top: Path, tree: str, into: Path) -> None:
    """Write the files of a tree below the folder `into`, through an index of its own beside it.

    `git archive` would leave out what `.gitattributes` excludes from exports.
    """
    index = {INDEX: f"{into.absolute()}.index"}
    ask(top, "read-tree", tree, more=index)
    ask(top, "checkout-index", "--all", "--force", f"--prefix={into.absolute()}/", more=index)


def blobs(folder: Path, ids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Yield (id, content) of every object, in this order, from one run of git.

    Raises: DeskError where git stops before the end, as in a clone that holds only a part of the objects.
    """
    wanted = list(ids)
    with tempfile.TemporaryFile() as asked:
        asked.write("".join(f"{id}\n" for id in wanted).encode())
        asked.seek(0)
        with subprocess.Popen(_command(folder, ("cat-file", "--batch")), stdin=asked, stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, env=_environment({})) as process:
            assert process.stdout
            try:
                yield from (_next(process.stdout, id) for id in wanted)
            finally:
                process.kill()


def _next(out: IO[bytes], id: str) -> tuple[str, bytes]:
    """Return the object that git tells next; it ends without a word here where it can't fetch one."""
    told = out.readline().decode(errors="replace").split()
    if len(told) != 3 or len(data := out.read(int(told[2]) + 1)) <= int(told[2]):
        raise DeskError("git-failed", name=id, reason=" ".join(told) or "cat-file")
    return id, data[:-1]


def _command(folder: Path, words: Iterable[str], ours: Iterable[str] = OURS) -> list[str]:
    return ["git", "-C", str(folder), *(part for one in ours for part in ("-c", one)), *words]


def _environment(more: Mapping[str, str]) -> dict[str, str]:
    ours = {**os.environ, **QUIET}
    if "GIT_WORK_TREE" not in ours:
        ours.pop("GIT_DIR", None)
    whole = {name: os.path.abspath(value) for name, value in ours.items() if name in ("GIT_DIR", "GIT_WORK_TREE")}
    return {**ours, **whole, **more}
