"""No command asks the network, and none runs another program but git and the search indexer.

Each command runs where there is no network at all, not even loopback, if the system lets us take it away; every program
that is started and every socket that is opened, in any process of it, is counted: by strace, or by Python itself.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tests.campaign import Row
from tests.sites import BASE, CONFIG, RATED, ROOT, write_site

INDEXER = "pagefind"
"""How the search indexer's file begins; with git and Python itself it is all that may be started."""
COMMANDS = {"build": ["build", "--workers", "2", "--out", "site"], "check": ["check", "--workers", "2"],
            "check --staged": ["check", "--staged", "--workers", "1"], "check --history": ["check", "--history"],
            "notice": ["notice", "b3"]}
CALLS = "execve,execveat,socket,connect,sendto,sendmsg,bind"
STRACE = ("strace", "-f", "-qq", "-s", "4096", "-e", f"trace={CALLS}", "-e", "signal=none")
AUDIT = """\
import os, sys
def seen(event, given, log=os.environ["GONGSHI_AUDIT"], write=os.write, open=os.open):
    if event in ("subprocess.Popen", "os.exec", "os.posix_spawn", "os.system"):
        told = f"run {os.fspath(given[0])!s}"
    elif event in ("socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"):
        told = f"net {event} {given[1:]!r}" if event.startswith("socket.get") or given[0].family != 1 else ""
    else:
        return
    if told:
        write(open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT), (told.replace(chr(10), " ") + chr(10)).encode())
seen("os.exec", (sys.executable,))
sys.addaudithook(seen)
"""
"""A layer of Python's own, for systems without strace: put before everything else as `sitecustomize`."""


class Seen(NamedTuple):
    """What a command did: its exit code, what it said, the programs it started, and its traces of the network."""

    code: int
    said: str
    programs: list[str]
    network: list[str]

    @property
    def strangers(self) -> list[str]:
        """The programs that are neither Python, nor git, nor the search indexer."""
        names = [Path(program).name for program in self.programs]
        return [name for name in names if name != "git" and not name.startswith(("python", INDEXER))]


@cache
def works(*words: str) -> bool:
    """Whether a tool is here and may do what it is for; containers often forbid it."""
    try:
        return subprocess.run([*words, "true"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def isolated() -> tuple[str, ...]:
    """Return what to put before a command so that it has no network, nothing where that is not allowed."""
    return next((some for some in (("unshare", "-rn"), ("unshare", "-n")) if works(*some)), ())


def watched(command: Sequence[str], folder: Path, strace: bool | None = None) -> Seen:
    """Run a command in a folder and return what it did. strace: whether by that; by default where it works."""
    log = folder.parent / "calls.log"
    log.unlink(missing_ok=True)
    traced = works("strace", "-qq") if strace is None else strace
    hooks = folder.parent / "hooks"
    hooks.mkdir(exist_ok=True)
    (hooks / "sitecustomize.py").write_text(AUDIT, encoding="utf-8")
    path = str(ROOT) if traced else f"{hooks}{os.pathsep}{ROOT}"
    env = {**os.environ, "PYTHONPATH": path, "GONGSHI_AUDIT": str(log), "LANG": "zh_CN.UTF-8"}
    before = (*isolated(), *((*STRACE, "-o", str(log)) if traced else ()))
    done = subprocess.run([*before, *command], cwd=folder, env=env, capture_output=True, text=True, check=False)
    told = log.read_text(encoding="utf-8", errors="replace").splitlines() if log.is_file() else []
    return Seen(done.returncode, done.stdout + done.stderr, *(_of_strace(told) if traced else _of_audit(told)))


def _of_strace(lines: list[str]) -> tuple[list[str], list[str]]:
    ran = [found[1] for line in lines if (found := re.search(r'execve(?:at)?\((?:AT_FDCWD, )?"([^"]*)".* = 0', line))]
    return ran, [line for line in lines if re.search(r"\b(AF|PF)_(?!UNIX|LOCAL|UNSPEC)[A-Z]", line)]


def _of_audit(lines: list[str]) -> tuple[list[str], list[str]]:
    return ([line[4:] for line in lines if line.startswith("run ")],
            [line for line in lines if line.startswith("net ")])


def small_town(folder: Path) -> Path:
    """Return a small site that is a repository, so that every command has something to do."""
    write_site(folder, {**BASE, **RATED}, CONFIG)
    who = {"GIT_CONFIG_GLOBAL": os.devnull, **{f"GIT_{role}_{what}": value for role in ("AUTHOR", "COMMITTER")
                                               for what, value in (("NAME", "a"), ("EMAIL", "a@example.org"))}}
    for words in (["init", "-q"], ["add", "--all"], ["commit", "-qm", "a"]):
        subprocess.run(["git", "-C", str(folder), *words], check=True, env={**os.environ, **who})
    return folder


def gongshi(command: str) -> list[str]:
    """Return a command of ours as it is run."""
    return [sys.executable, "-m", "generator", *COMMANDS[command]]


CONTROL = "import socket, subprocess; subprocess.run(['true']); socket.socket().connect_ex(('127.0.0.1', 9))"


def run(share: float) -> Iterator[Row]:
    """Yield a row for each command, and one for a program that does both, which must be noticed."""
    with tempfile.TemporaryDirectory() as work:
        town = small_town(Path(work, "town"))
        for name in COMMANDS if share == 1 else ["build"]:
            yield _row(name, watched(gongshi(name), town))
        seen = watched([sys.executable, "-c", CONTROL], town)
        noticed = bool(seen.network) + ("true" in seen.strangers)
        yield Row("offline: control", 2, 2, noticed, "a program that connects and starts another is noticed in both")


def _row(name: str, seen: Seen) -> Row:
    calls = len(seen.programs) + len(seen.network)
    bad = len(seen.strangers) + len(seen.network)
    means = ("no network at all, " if isolated() else "") + ("strace" if works("strace", "-qq") else "audit hook")
    names = json.dumps(sorted({Path(program).name for program in seen.programs}))
    return Row(f"offline: {name}", calls, calls, calls - bad if seen.code == 0 else 0, f"{means}; started {names}")

