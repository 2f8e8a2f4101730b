"""Work in other processes: in order, with few waiting, and a worker that the system ends costs a retry."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextvars import ContextVar
from pathlib import Path

import pytest

from generator.execute import LIVES, NOTE, Serial, at, batches, make_executor, stream
from generator.problem import DeskError
from tests.sites import BASE, ROOT

MANY = 30


POWER: ContextVar[int] = ContextVar("what a worker was prepared with")


def strengthen(power: int) -> None:
    """Prepare a worker."""
    POWER.set(power)


@pytest.fixture(autouse=True)
def forked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers are forked, as from the command line, whatever threads the tests have: a second each less."""
    monkeypatch.setattr(threading, "active_count", lambda: 1)


def powered(number: int, dying: tuple[int, ...], mark: str) -> int:
    """Return a power of a number; of the dying ones only where the mark says that it died before."""
    if number in dying:
        die_once(Path(f"{mark}-{number}"))
    return int(number ** POWER.get())


def die_once(mark: Path) -> None:
    """Be ended by the system, unless that happened before."""
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)


def squared_alone(number: int) -> int:
    """Return the square of a number, but only where no other process runs beside this one: memory is short."""
    if NOTE.get() is None:
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number


def fatal(number: int) -> None:
    """Be ended by the system, if this is the number 7."""
    at(f"number {number}")
    if number == 7:
        os.kill(os.getpid(), signal.SIGKILL)


def test_stream_keeps_the_order_and_holds_few() -> None:
    """Results come in the order of the calls, and no more than `ahead` wait."""
    started: list[int] = []

    def calls():
        for i in range(20):
            started.append(i)
            yield (i,)

    results = stream(Serial(), lambda i: i * i, calls(), ahead=3)
    assert next(results) == 0 and len(started) == 3
    assert [0, *results] == [i * i for i in range(20)]


def test_batches_hold_everything_once() -> None:
    """Slicing loses nothing and repeats nothing."""
    assert [list(b) for b in batches(range(7), 3)] == [[0, 1, 2], [3, 4, 5], [6]]


@pytest.mark.parametrize("dying", [(0,), (3, 20)])
def test_dead_worker_costs_a_retry(tmp_path: Path, dying: tuple[int, ...]) -> None:
    """Whichever call a worker dies in, the results are those of a day without deaths, each once and in order."""
    mark = str(tmp_path / "died")
    with make_executor(3, strengthen, 3) as executor:
        found = list(stream(executor, powered, ((i, dying, mark) for i in range(MANY)), ahead=8))
    assert found == [i ** 3 for i in range(MANY)]
    assert {path.name for path in tmp_path.glob("died-*")} == {f"died-{i}" for i in dying}


def test_what_ends_its_process_twice_is_named() -> None:
    """One call that no process survives ends the whole, and is named by what it was at."""
    with pytest.raises(DeskError) as raised, make_executor(3) as executor:
        list(stream(executor, fatal, ((i,) for i in range(MANY))))
    assert "`number 7`" in raised.value.line("zh") and "`number 7`" in raised.value.line("en")


def test_workers_that_always_die_end_in_a_message() -> None:
    """Where every pool dies, and no call can be blamed, it is not tried for ever."""
    with pytest.raises(DeskError) as raised, make_executor(4) as executor:
        list(stream(executor, squared_alone, ((i,) for i in range(60)), ahead=40))
    assert raised.value.code == "workers-died" and str(LIVES + 1) in raised.value.line("en")


@pytest.mark.parametrize(("limits", "said"), [("-n 14", "Too many open files"), ("-f 1", "File too large")])
def test_limits_of_the_system_are_told_in_one_line(make_site: Callable[..., Path], limits: str, said: str) -> None:
    """`check` with too few file handles for its workers, or no room for its work: it ends, and says where."""
    some = {f"cases/c-{i}.yml": BASE["cases/leak.yml"] for i in range(20)}
    command = f"ulimit {limits}; exec {sys.executable} -m generator check --workers 8 --config {make_site(some)}"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False, timeout=100,
                          cwd=ROOT, env={**os.environ, "LANG": "en_US.UTF-8"})
    assert done.returncode == 1 and re.fullmatch(rf"/\S+: {said}\n", done.stderr), done
