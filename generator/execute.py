"""Level 1. Per-record stages run over batches through a `concurrent.futures.Executor`; nothing else knows which."""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from hashlib import blake2b
from typing import Any, TypeVar

Item = TypeVar("Item")
BATCH = 200
LEAST, USUAL, MOST = 64, 64, 256
"""The least and the most of a batch that is cut by names, and after how many more than the least it is cut, usually."""
PR_SET_PDEATHSIG = 1

Report = Callable[[str, int, int], None]
"""Told how far a stage is: its name, how much is done, of how much."""

__all__ = ["Executor", "Report", "Serial", "batches", "collect_rarely", "lasting_batches",
           "make_executor", "stream"]


class Serial(Executor):
    """Runs everything at once, in this process: for small sites, and for finding faults."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Return a future that is already done."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except BaseException as error:
            future.set_exception(error)
        return future


def collect_rarely() -> None:
    """Let the collector of cycles look away, for a process that ends with its build.

    What a build makes lives to its end: not looking through it again and again saves a fifth of the processor time.
    """
    gc.freeze()
    gc.set_threshold(100_000, 50, 1_000)


def make_executor(workers: int, prepare: Callable[..., None] | None = None, *given: Any) -> Executor:
    """Return an executor of so many processes, each prepared by `prepare(*given)`; one means this process itself.

    Forked workers have what is `given` without a copy; spawned ones receive it once each.
    """
    if workers <= 1:
        if prepare:
            prepare(*given)
        return Serial()
    # Forking is quickest, but not safe beside threads, such as those of the preview server.
    method = "fork" if sys.platform == "linux" and threading.active_count() == 1 else "spawn"
    return ProcessPoolExecutor(workers, multiprocessing.get_context(method), _begin, (os.getpid(), prepare, given))


def _begin(parent: int, prepare: Callable[..., None] | None, given: tuple[Any, ...]) -> None:
    """Prepare a worker, and tie it to its parent: a build that is killed must not live on in its workers."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)
    if prepare:
        prepare(*given)


def batches(items: Sequence[Item], size: int = BATCH) -> Iterator[Sequence[Item]]:
    """Yield the items in slices of `size`."""
    for start in range(0, len(items), size):
        yield items[start:start + size]


def lasting_batches(items: Sequence[Item], name: Callable[[Item], str]) -> Iterator[Sequence[Item]]:
    """Yield the items in slices of about `BATCH`, cut where an item's name says so.

    One that is added or taken away changes the slice that it is in, and hardly ever another: what was made of the
    others before still holds. Source: content-defined chunking, as in rsync and FastCDC.
    """
    start = 0
    for end, item in enumerate(items, 1):
        if end - start >= LEAST and (_drawn(name(item)) or end - start >= MOST):
            yield items[start:end]
            start = end
    if start < len(items):
        yield items[start:]


def _drawn(name: str) -> bool:
    """Whether a name is one of those that batches end with; checksums of numbered names are not spread well enough."""
    return int.from_bytes(blake2b(name.encode(), digest_size=4).digest()) % USUAL == 0


def stream(executor: Executor, function: Callable[..., Any], calls: Iterable[tuple[Any, ...]],
           ahead: int = 64) -> Iterator[Any]:
    """Yield `function(*call)` for every call, in order; never more than `ahead` calls wait, so memory stays flat."""
    waiting: deque[Future[Any]] = deque()
    for call in calls:
        waiting.append(executor.submit(function, *call))
        if len(waiting) >= ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()
