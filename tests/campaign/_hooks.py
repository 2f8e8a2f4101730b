"""Faults at what Python tells its audit hooks before it happens, and at writing and flushing; needs no strace."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from generator.publish import durable

EVENTS = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod",
          "os.utime")
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
Fault = Callable[[str], None]


def put(fault: Fault) -> None:
    """Call `fault` with the name of every step that writes, before it is done; for good, so only in a child process."""
    def heard(event: str, args: tuple[Any, ...]) -> None:
        if event in EVENTS or (event == "open" and isinstance(args[2], int) and args[2] & WRITES):
            fault(event)

    sys.addaudithook(heard)
    for owner, name in ((os, "write"), (os, "fsync"), (durable, "flush")):
        setattr(owner, name, _after(fault, name, getattr(owner, name)))


def _after(fault: Fault, name: str, whole: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(*args: Any) -> Any:
        fault(name)
        return whole(*args)

    return guarded


def counting(into: list[str]) -> Fault:
    """Return a fault that only notes every step."""
    return into.append


def at(number: int, act: Callable[[], None]) -> Fault:
    """Return a fault that acts at one step, counted from 1."""
    seen = [0]

    def fault(event: str) -> None:
        seen[0] += 1
        if seen[0] == number:
            act()

    return fault


def kill() -> None:
    """Die at once."""
    os.kill(os.getpid(), signal.SIGKILL)


def failing(number: int) -> Callable[[], None]:
    """Return what raises an error of the system."""
    def fail() -> None:
        raise OSError(number, os.strerror(number))

    return fail
