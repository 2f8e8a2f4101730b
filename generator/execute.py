"""Level 1. Per-record stages run over batches through a `concurrent.futures.Executor`; nothing else knows which.

A worker that the system ends costs a retry: what was not finished is done again, so whatever runs here may run twice,
and must write the same bytes to the same paths. What ends its process twice is named.
"""

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
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import partial
from hashlib import blake2b
from typing import Any, NamedTuple, Protocol, TypeVar

from generator.problem import DeskError

Item = TypeVar("Item")
BATCH = 200
AHEAD = 64
"""So many calls wait at most, where an executor does not ask for more."""
LIVES = 3
"""So many times a pool is made anew."""
PR_SET_PDEATHSIG = 1
NOTED = 1024
"""Bytes in which a worker says what it is at."""

class Sizes(NamedTuple):
    """Of batches cut by names: the least and the most of one, and after how many items more than the least it ends."""

    least: int
    usual: int
    most: int


Report = Callable[[str, int, int], None]
"""Told how far a stage is: its name, how much is done, of how much."""
Prepare = Callable[..., None] | None


class Cluster(Protocol):
    """Workers on other machines."""

    def executor(self, prepare: Prepare, given: tuple[Any, ...]) -> Executor:
        """Return an executor whose workers are prepared by `prepare(*given)`."""


Workers = int | Cluster
"""Where work is done: in so many processes of this machine, or on a cluster."""

__all__ = ["Cluster", "Executor", "Report", "Serial", "Sizes", "Task", "Workers", "alone", "at", "batches",
           "collect_rarely", "lasting_batches", "make_executor", "stream", "waiting"]


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


class Task(Future[Any]):
    """A call that outlives the worker it runs on. inner: its latest attempt, none where that could not be made.

    settle: called where the result is asked for, until there is one; it may replace the attempt. Not in the background:
    only this thread can fork again.
    """

    inner: Future[Any] | None = None

    def __init__(self, call: partial[Any], settle: Callable[[Task, float | None], None]):
        super().__init__()
        self.call, self._settle = call, settle

    def result(self, timeout: float | None = None) -> Any:
        """Return what the call returns, or raise what it raises."""
        while not self.done():
            self._settle(self, timeout)
        return super().result()

    def take(self) -> None:
        """Make the outcome of an attempt that is done the task's own."""
        assert self.inner is not None
        if error := self.inner.exception():
            self.set_exception(error)
        else:
            self.set_result(self.inner.result())

    def is_lost(self) -> bool:
        """Whether the attempt was not finished, and never will be."""
        return self.inner is None or (self.inner.done() and isinstance(self.inner.exception(), BrokenExecutor))


class Pool(Executor):
    """Processes of this machine. When the system ends one, the others end as well, and a new pool goes on.

    What the dead worker may have been at is first done by one process alone; what ends that twice is named. There are
    half as many workers from then on, as it is mostly memory that was short.
    """

    def __init__(self, workers: int, prepare: Prepare, given: tuple[Any, ...]):
        self._workers, self._prepare, self._given, self._deaths = workers, prepare, given, 0
        self._unfinished: dict[Task, None] = {}
        self._pool = processes(workers, prepare, given)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Task:
        """Return the call as a task that survives its worker."""
        task = Task(partial(fn, *args, **kwargs), self._settle)
        self._unfinished[task] = None
        try:
            self._attempt(task)
        except BrokenExecutor:
            self._mend()
        return task

    def _attempt(self, task: Task) -> None:
        before = set(multiprocessing.active_children())
        try:
            task.inner = self._pool.submit(task.call)
        except OSError:  # too few file handles or processes: those that were started would be waited for, for ever
            for child in {*multiprocessing.active_children()} - before:
                child.kill()
            raise

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes."""
        self._pool.shutdown(wait, cancel_futures=cancel_futures)

    def _settle(self, task: Task, timeout: float | None) -> None:
        if task.inner is not None:
            task.inner.exception(timeout)  # waits for it
        if task.is_lost():
            self._mend()
        else:
            task.take()
            del self._unfinished[task]

    def _mend(self) -> None:
        """Put a new pool in the place of the broken one. Raises: DeskError where that helps nothing."""
        self._pool.shutdown()  # waits, so that nobody of it lives on and writes
        self._deaths += 1
        if self._deaths > LIVES:
            raise DeskError("workers-died", times=str(self._deaths))
        lost = [task for task in self._unfinished if task.is_lost()]
        begun = 2 * self._workers + 1  # what a pool hands to its workers at most: one each, and as many and one in line
        alone(lost[:begun], self._prepare, self._given)
        self._workers = max(1, self._workers // 2)
        self._pool = processes(self._workers, self._prepare, self._given)
        with suppress(BrokenExecutor):  # what is still lost is noticed where its result is asked for
            for task in lost[begun:]:
                self._attempt(task)


NOTE: ContextVar[Any] = ContextVar("where this worker, if it is alone, says what it is at", default=None)


def at(what: str) -> None:
    """Say what this worker is at, as the path of a record: what ends the process is named by it.

    Only heard where a worker has died before, so that it costs 0.05 µs.
    """
    if (note := NOTE.get()) is not None:
        note.value = what.encode(errors="replace")[:NOTED - 1]


def alone(tasks: Iterable[Task], prepare: Prepare, given: tuple[Any, ...]) -> None:
    """Do each task in a process of its own, in turn. Raises: DeskError that names what ended such a process twice."""
    note = multiprocessing.RawArray("c", NOTED)
    for task in tasks:
        for _ in range(2):
            note.value = b""
            with processes(1, prepare, given, note) as one:
                task.inner = one.submit(task.call)
            if not task.is_lost():
                break
        else:
            raise DeskError("worker-died", what=note.value.decode(errors="ignore") or task.call.func.__name__)


def processes(workers: int, prepare: Prepare, given: tuple[Any, ...], note: Any = None) -> ProcessPoolExecutor:
    """Return a pool of processes. Forked ones have what is `given` without a copy, spawned ones receive it once."""
    # Forking is quickest, but not safe beside threads, such as those of the preview server.
    method = "fork" if sys.platform == "linux" and threading.active_count() == 1 else "spawn"
    return ProcessPoolExecutor(workers, multiprocessing.get_context(method), _begin,
                               (os.getpid(), prepare, given, note))


def _begin(parent: int, prepare: Prepare, given: tuple[Any, ...], note: Any) -> None:
    """Prepare a worker, and tie it to its parent: a build that is killed must not live on in its workers."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)
    NOTE.set(note)
    if prepare:
        prepare(*given)


def collect_rarely() -> None:
    """Let the collector of cycles look away, for a process that ends with its build.

    What a build makes lives to its end: not looking through it again and again saves a fifth of the processor time.
    """
    gc.freeze()
    gc.set_threshold(100_000, 50, 1_000)


def make_executor(workers: Workers, prepare: Prepare = None, *given: Any) -> Executor:
    """Return an executor on these workers, each prepared by `prepare(*given)`; one means this process itself."""
    if not isinstance(workers, int):
        return workers.executor(prepare, given)
    if workers > 1:
        return Pool(workers, prepare, given)
    if prepare:
        prepare(*given)
    return Serial()


@contextmanager
def waiting(count: int) -> Iterator[Executor]:
    """Give so many threads that wait for other programs; once one call has failed, no other begins."""
    threads = ThreadPoolExecutor(count)
    try:
        yield threads
    finally:
        threads.shutdown(cancel_futures=True)


def batches(items: Sequence[Item], size: int = BATCH) -> Iterator[Sequence[Item]]:
    """Yield the items in slices of `size`."""
    for start in range(0, len(items), size):
        yield items[start:start + size]


OF_RECORDS = Sizes(64, 64, 256)


def lasting_batches(items: Sequence[Item], name: Callable[[Item], str], sizes: Sizes = OF_RECORDS,
                    weigh: Callable[[Item], int] = lambda item: 1) -> Iterator[Sequence[Item]]:
    """Yield the items in slices of some sizes, by default of 128 or so, cut where an item's name says so.

    One that is added or taken away changes the slice that it is in, and hardly ever another: what was made of the
    others before still holds. weigh: how much an item counts.

    Source: content-defined chunking, as in rsync and FastCDC.
    """
    start = size = 0
    for end, item in enumerate(items, 1):
        size += weigh(item)
        if size >= sizes.least and (size >= sizes.most or _drawn(name(item), sizes.usual)):
            yield items[start:end]
            start, size = end, 0
    if start < len(items):
        yield items[start:]


def _drawn(name: str, usual: int) -> bool:
    """Whether a name is one of those that batches end with; checksums of numbered names are not spread well enough."""
    return int.from_bytes(blake2b(name.encode(), digest_size=4).digest()) % usual == 0


def stream(executor: Executor, function: Callable[..., Any], calls: Iterable[tuple[Any, ...]],
           ahead: int = 0) -> Iterator[Any]:
    """Yield `function(*call)` for every call, in order; never more than `ahead` calls wait, so memory stays flat."""
    most = ahead or getattr(executor, "ahead", AHEAD)
    waiting: deque[Future[Any]] = deque()
    for call in calls:
        waiting.append(executor.submit(function, *call))
        if len(waiting) >= most:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()
