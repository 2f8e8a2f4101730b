"""Level 1. Per-record stages on several machines: a Dask scheduler hands calls to workers that see the same folders.

Imported only where a cluster is asked for: it needs the extra `cluster`. A worker that dies costs a retry, which Dask
sees to; what it gives up on is tried alone on this machine. Whoever reaches a scheduler runs code as its user.
"""

from __future__ import annotations

import hashlib
import logging
import os
import re
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from concurrent import futures
from contextlib import contextmanager, suppress
from contextvars import Context
from functools import partial
from importlib import metadata
from pathlib import Path
from platform import python_version
from threading import Lock
from typing import Any, NamedTuple
from uuid import uuid4

from distributed import Client, KilledWorker, Worker, WorkerPlugin, get_worker

from generator import __version__
from generator.config import STOCK_THEME
from generator.execute import AHEAD, Prepare, Task, alone
from generator.problem import DeskError
from generator.records import kinds

PATIENCE, STEP, STEPS = 10, 5, 3
"""Seconds to wait for an answer; seconds between looks at the cluster, and how many in a row may find no worker."""
BESIDE = ("pdf",)
"""Extras that don't shape a site."""
ONE_AT_A_TIME = Lock()


class Dask(NamedTuple):
    """A cluster that is fit for work."""

    client: Any
    address: str

    def executor(self, prepare: Prepare, given: tuple[Any, ...]) -> futures.Executor:
        """Return an executor whose workers are prepared by `prepare(*given)`, also those that come later."""
        return Remote(self, Prepared(prepare, given))


class Prepared(WorkerPlugin):
    """What every worker receives once, by Dask's own means: so does one that takes a dead one's place."""

    def __init__(self, prepare: Prepare, given: tuple[Any, ...]):
        self.name, self.prepare, self.given = f"gongshi-{uuid4()}", prepare, given

    def setup(self, worker: Worker) -> None:
        """Keep what calls shall see; Dask gives each call a context of its own, in which they would find nothing."""
        self.context: Context | None = None

    def run(self, call: partial[Any]) -> Any:
        """Return what the call returns among what was prepared."""
        if self.context is None:
            kinds()  # records that were put aside elsewhere are read by models that are imported here
            self.context = Context()
            if self.prepare:
                self.context.run(self.prepare, *self.given)
        return self.context.run(call)


def run(name: str, mask: int, call: partial[Any]) -> Any:
    """Return what a call returns, in a worker. mask: the umask of the process that asks.

    One at a time, however many threads the worker has: our stages expect a process of their own.
    """
    with ONE_AT_A_TIME:
        os.umask(mask)
        prepared: Any = get_worker().plugins[name]
        return prepared.run(call)


class Remote(futures.Executor):
    """Runs calls on a cluster, and never waits for ever for one that is gone."""

    def __init__(self, cluster: Dask, prepared: Prepared):
        self._cluster, self._prepared, self._unseen = cluster, prepared, 0
        cluster.client.register_plugin(prepared)
        self._executor = cluster.client.get_executor(pure=False)
        self._mask = _mask()
        self._unfinished: set[Task] = set()
        self.ahead = max(AHEAD, 4 * sum(cluster.client.nthreads().values()))

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Task:
        """Return the call as a task that survives its worker."""
        task = Task(partial(fn, *args, **kwargs), self._settle)
        task.inner = self._executor.submit(partial(run, self._prepared.name, self._mask, task.call))
        self._unfinished.add(task)
        return task

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Forget what is not finished, which is nothing where all went well, and have the workers forget the rest."""
        futures.wait([task.inner for task in self._unfinished if task.inner], STEP)  # they may still write
        self._executor.shutdown(False)
        with suppress(OSError, TimeoutError):
            client = self._cluster.client
            client.sync(client.scheduler.unregister_worker_plugin, name=self._prepared.name, callback_timeout=STEP)

    def _settle(self, task: Task, timeout: float | None) -> None:
        assert task.inner is not None
        while not futures.wait([task.inner], STEP).done:
            self._look()
        if task.inner.cancelled() or isinstance(error := task.inner.exception(), futures.CancelledError):
            raise DeskError("cluster-lost", address=self._cluster.address)
        if isinstance(error, KilledWorker) or _is_misread(error):
            alone([task], self._prepared.prepare, self._prepared.given)
        self._unfinished.discard(task)
        task.take()

    def _look(self) -> None:
        """Raises: DeskError where there has been no worker for a while."""
        there: Any = {}
        with suppress(OSError, TimeoutError):
            client = self._cluster.client
            there = client.sync(client.scheduler.ncores, callback_timeout=STEP)
        self._unseen = 0 if there else self._unseen + 1
        if self._unseen >= STEPS:
            raise DeskError("cluster-lost", address=self._cluster.address)


def _is_misread(error: BaseException | None) -> bool:
    """Whether Dask itself stumbled: a result that comes in while its worker is lost is taken for an error there."""
    trace = error.__traceback__ if error else None
    while trace and trace.tb_next:
        trace = trace.tb_next
    return trace is not None and trace.tb_frame.f_globals.get("__name__") == "distributed.cfexecutor"


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@contextmanager
def connected(address: str, folders: Sequence[Path]) -> Iterator[Dask]:
    """Give the cluster at `dask://HOST:PORT` once it is sure to make the same site as this machine.

    folders: must be the same there, and writable; are made where there are none. What waits between stages lies in the
    first of them. Raises: DeskError within a quarter of a minute.
    """
    logging.getLogger("distributed").disabled = True  # what is wrong is said once, by us
    for name in ("distributed.client", "distributed.core", "distributed.comm"):
        logging.getLogger(name).disabled = True
    try:
        with warnings.catch_warnings(action="ignore"):
            client: Any = Client(  # type: ignore[no-untyped-call]
                address.replace("dask://", "tcp://"), timeout=PATIENCE, set_as_default=False)
    except (OSError, TimeoutError, ValueError):
        raise DeskError("cluster-unreachable", address=address) from None
    usual = tempfile.tempdir
    try:
        _check_workers(client, address)
        _check_program(client)
        for folder in folders:
            folder.mkdir(parents=True, exist_ok=True)
            _check_folder(client, folder)
        with tempfile.TemporaryDirectory(prefix="work-", dir=folders[0]) as tempfile.tempdir:
            yield Dask(client, address)
    finally:
        tempfile.tempdir = usual
        with suppress(OSError, TimeoutError):
            client.close(timeout=STEP)


def _check_workers(client: Any, address: str) -> None:
    try:
        client.wait_for_workers(1, timeout=STEP)
    except TimeoutError:
        raise DeskError("cluster-empty", address=address) from None


def _check_program(client: Any) -> None:
    """Raises: DeskError that names what a worker has in another version."""
    here = facts()
    for worker, there in _asked(client, facts).items():
        if isinstance(there, Exception):
            raise DeskError("cluster-differs", worker=worker, what="gongshi", here=__version__, there=str(there))
        for what in here.keys() | there.keys():
            if here.get(what) != there.get(what):
                raise DeskError("cluster-differs", worker=worker, what=what, here=here.get(what, "–"),
                                there=there.get(what, "–"))


def _check_folder(client: Any, folder: Path) -> None:
    with tempfile.NamedTemporaryFile(prefix=".tmp-", dir=folder) as probe:
        probe.write(secret := os.urandom(16))
        probe.flush()
        for worker, reason in _asked(client, seen, probe.name, secret).items():
            if reason:
                raise DeskError("cluster-unshared", worker=worker, path=str(folder), reason=str(reason))


def _asked(client: Any, function: Any, *args: Any) -> dict[str, Any]:
    """Return what every worker answers, by its address; exceptions as they are. Raises: DeskError for silence."""
    try:
        answers: dict[str, Any] = client.run(function, *args, on_error="return", callback_timeout=PATIENCE)
    except (OSError, TimeoutError):
        raise DeskError("cluster-lost", address=client.scheduler.address) from None
    return dict(sorted(answers.items()))


def facts() -> dict[str, str]:
    """Return what must be the same on all machines: the program to the byte, its place, Python, what it is built on."""
    package = Path(__file__).parent
    ours = [path for folder in (package, STOCK_THEME) for path in sorted(folder.rglob("*"))
            if path.is_file() and path.suffix != ".pyc" and "node_modules" not in path.parts]
    found = {"python": python_version(), "gongshi": f"{__version__} ({_digest(ours)})", "folder": str(package)}
    with suppress(metadata.PackageNotFoundError):
        for line in metadata.requires("gongshi") or ():
            name = re.split(r"[^\w.-]", line)[0]
            if not any(f'extra == "{extra}"' in line for extra in BESIDE):
                with suppress(metadata.PackageNotFoundError):
                    found[name] = metadata.version(name)
    return found


def seen(probe: str, secret: bytes) -> str:
    """Return why a worker does not share the folder of a file; empty where it reads the file, and may write."""
    try:
        if Path(probe).read_bytes() != secret:
            return "another folder"
        beside = Path(f"{probe}-{uuid4()}")
        beside.write_bytes(secret)
        beside.unlink()
    except OSError as error:
        return error.strerror or str(error)
    return ""


def _digest(paths: Sequence[Path]) -> str:
    """Return a digest of files, in their order."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:8]
