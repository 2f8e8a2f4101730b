"""Faults at the system calls that write, put there by strace; where it can't be used, nothing here is true."""

from __future__ import annotations

import ctypes
import os
import re
import shutil
import subprocess
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from tests.campaign._runs import Ended, ended, start

OPENING = ("open", "openat", "creat")
WRITING = (*OPENING, "write", "pwrite64", "writev", "sendfile", "copy_file_range", "rename", "renameat", "renameat2",
           "unlink", "unlinkat", "mkdir", "mkdirat", "rmdir", "link", "linkat", "symlink", "symlinkat", "fsync",
           "fdatasync", "syncfs", "sync", "ftruncate", "truncate", "chmod", "fchmod", "fchmodat", "flock", "utimensat")
CALL = re.compile(r"^\d+ +(\w+)\((.*)$")
PR_SET_PTRACER, ANYBODY = 0x59616D61, -1


class Call(NamedTuple):
    """One system call of a build: its name, and the how manieth of that name it is."""

    name: str
    number: int


def usable() -> bool:
    """Whether strace is here and may trace."""
    return bool(shutil.which("strace")) and subprocess.run(
        ["strace", "-o", os.devnull, "true"], capture_output=True, check=False).returncode == 0


def traced(home: Path, *options: str) -> tuple[Ended, str]:
    """Build a site under strace with these options, and return how it ended and what was traced."""
    told, go = os.pipe()

    def wait() -> None:
        ctypes.CDLL(None).prctl(PR_SET_PTRACER, ANYBODY, 0, 0, 0)
        os.close(go)
        os.read(told, 1)

    child = start(home, wait)
    os.close(told)
    log = home / "trace"
    tracer = subprocess.Popen(["strace", "-f", "-qq", *options, "-o", str(log), "-p", str(child)],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while tracer.poll() is None and "TracerPid:\t0\n" in Path(f"/proc/{child}/status").read_text():
        time.sleep(0.001)
    os.close(go)
    found = ended(home, child)
    tracer.wait()
    return found, log.read_text(errors="replace") if log.exists() else ""


def calls(home: Path) -> list[Call]:
    """Return every system call of a whole build that writes, in order; opening to read does not."""
    found, log = traced(home, "-e", f"trace={','.join(WRITING)}")
    assert found.code == 0, found.said
    count: Counter[str] = Counter()
    some = []
    for line in log.splitlines():
        if not (match := CALL.match(line)):
            continue
        name, rest = match.groups()
        count[name] += 1
        if name not in OPENING or re.search(r"O_WRONLY|O_RDWR|O_CREAT", rest):
            some.append(Call(name, count[name]))
    return some


def inject(home: Path, call: Call, fault: str, on: bool = False) -> tuple[Ended, int]:
    """Build with a fault at one call, such as `signal=KILL` or `error=EIO`; return how it ended and how often it fired.

    on: at every call of that name from there on.
    """
    found, log = traced(home, "-e", f"trace={call.name}", "-e",
                        f"inject={call.name}:{fault}:when={call.number}{'+' if on else ''}")
    return found, int(found.code == -9) if fault.startswith("signal") else log.count("(INJECTED)")
