"""SIGKILL at every system call that writes, and at random moments: the old site or the new one stands, and is whole."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.campaign import Row, _hooks, _strace, some
from tests.campaign._runs import (
    Ground,
    build,
    copied,
    ended,
    ground,
    in_parallel,
    spread,
    start,
    wrong,
    wrong_after_all,
)

RANDOM, WORKERS = 300, 24
TOLD = "old or new site stands whole, the next build equals a clean one"


def run(share: float) -> Iterable[Row]:
    """Kill builds wherever they write, and at random moments."""
    with ground() as here:
        yield at_calls(here, share) if _strace.usable() else at_steps(here, share)
        yield at_moments(here, share)
        yield of_workers(here, share)
        yield of_every_worker(here, share)


def at_calls(here: Ground, share: float) -> Row:
    """Kill at every system call that writes, by strace."""
    with copied(here) as home:
        calls = _strace.calls(home)
    chosen = spread(calls, some(share, len(calls)))
    found = in_parallel(_at_call, [(here, call) for call in chosen])
    names = len({call.name for call in chosen})
    return _row("SIGKILL at write-side system calls", found, f"{names} calls by strace; ")


def _at_call(here: Ground, call: _strace.Call) -> tuple[bool, list[str]]:
    with copied(here) as home:
        _, fired = _strace.inject(home, call, "signal=KILL")
        return bool(fired), [f"{call}: {fault}" for fault in wrong(here, home) + wrong_after_all(here, home)]


def at_steps(here: Ground, share: float) -> Row:
    """Kill at every step that Python tells of before it writes: where there is no strace."""
    with copied(here) as home:
        steps = home / "steps"
        assert build(home, lambda: _hooks.put(_noting(steps))).code == 0
        count = len(steps.read_bytes())
    chosen = spread(range(1, count + 1), some(share, count))
    return _row("SIGKILL at writing steps", in_parallel(_at_step, [(here, n) for n in chosen]), "by Python's audit; ")


def _noting(steps: Path) -> _hooks.Fault:
    """Return a fault that only adds a byte to a file for every step; not by `os.write`, which would be a step."""
    file = open(steps, "ab", buffering=0)  # noqa: SIM115  # open as long as its process lives
    return lambda event: file.write(b".") and None


def _at_step(here: Ground, number: int) -> tuple[bool, list[str]]:
    with copied(here) as home:
        done = build(home, lambda: _hooks.put(_hooks.at(number, _hooks.kill)))
        return done.code == -signal.SIGKILL, wrong(here, home) + wrong_after_all(here, home)


def at_moments(here: Ground, share: float) -> Row:
    """Kill at random moments of a build."""
    with copied(here) as home:
        started = time.monotonic()
        assert build(home).code == 0
        lasts = time.monotonic() - started
    chance = random.Random(20261122)
    moments = [chance.random() * lasts for _ in range(some(share, RANDOM, 3))]
    return _row("SIGKILL at random moments", in_parallel(_at_moment, [(here, moment) for moment in moments]), "")


def _at_moment(here: Ground, after: float) -> tuple[bool, list[str]]:
    with copied(here) as home:
        child = start(home)
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
        fired = ended(home, child).code == -signal.SIGKILL
        return fired, wrong(here, home) + wrong_after_all(here, home)


def of_workers(here: Ground, share: float) -> Row:
    """Kill one of two workers, as the system does for lack of memory: the build does its work again."""
    steps = spread(range(1, 120), some(share, WORKERS))
    found = in_parallel(_of_a_worker, [(here, step, True) for step in steps])
    return _row("SIGKILL of a worker", found, "the build ends well; ")


def of_every_worker(here: Ground, share: float) -> Row:
    """Kill every worker at the same step of its own, again and again: the build says where, and the old site stands."""
    steps = spread(range(1, 40), some(share, WORKERS))
    found = in_parallel(_of_a_worker, [(here, step, False) for step in steps])
    return _row("SIGKILL of every worker", found, "said in a line, or done by another; ")


def _of_a_worker(here: Ground, step: int, once: bool) -> tuple[bool, list[str]]:
    with copied(here) as home:
        mark = home / "fired"

        def die() -> None:
            if not (once and mark.exists()):
                mark.touch()
                _hooks.kill()

        def before() -> None:
            builder, fault = os.getpid(), _hooks.at(step, die)
            _hooks.put(lambda event: fault(event) if os.getpid() != builder else None)

        done = build(home, before, "--workers", "2")
        fired = mark.exists()
        said = done.code == 0 or (not once and done.code == 1 and "[worker" in done.said)
        return fired, [*([] if said else [done.said[-300:]]), *wrong(here, home), *wrong_after_all(here, home)]


def _row(name: str, found: Sequence[tuple[bool, list[str]]], how: str) -> Row:
    fired = [faults for happened, faults in found if happened]
    bad = [fault for faults in fired for fault in faults]
    told = how + (str(bad[:3]) if bad else TOLD)
    return Row(name, len(found), len(fired), sum(not faults for faults in fired), told)
