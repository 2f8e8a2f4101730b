"""A disk that fails or is full, limits, folders of other people: the build says where, and the old site stands."""

from __future__ import annotations

import errno
import os
import re
import resource
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.campaign import Row, _hooks, _strace, some
from tests.campaign._runs import (
    Ended,
    Ground,
    build,
    copied,
    ground,
    in_parallel,
    spread,
    wrong,
    wrong_after_all,
)
from tests.sites import content

INJECTED = {"EIO": _strace.WRITING, "ENOSPC": _strace.WRITING, "EMFILE": _strace.OPENING}
EACH = 100
"""How many calls fail with each error in the whole campaign."""
NAMED = re.compile(r"^(\S*/\S+): ", re.MULTILINE)
TOLD = "it exits with 1 and names the path, or it was harmless; a whole site stands; the next build equals a clean one"
NOBODY = 65534


def run(share: float) -> Iterable[Row]:
    """Let builds fail at system calls, by limits, on a full disk, and in folders of other people."""
    with ground() as here:
        if _strace.usable():
            with copied(here) as home:
                calls = _strace.calls(home)
            for error, names in INJECTED.items():
                fit = [call for call in calls if call.name in names]
                chosen = spread(fit, some(share, EACH))
                yield _row(f"{error} at system calls", in_parallel(_failing_call, [(here, c, error) for c in chosen]))
        yield _row("EIO and ENOSPC at writing steps", in_parallel(_failing_step, [
            (here, step, error) for error in (errno.EIO, errno.ENOSPC)
            for step in spread(range(1, 160), some(share, 40))]))
        yield _row("limits of files and of sizes", in_parallel(_limited, [
            (here, name, limit) for name, limits in LIMITS.items() for limit in spread(limits, some(share, 12))]))
        yield _row("limits of files, eight workers", in_parallel(_limited, [
            (here, "RLIMIT_NOFILE", limit, "--workers", "8") for limit in spread(range(6, 40), some(share, 12))]))
        yield _row("read-only folders", in_parallel(_forbidden, [(here, name) for name in FORBIDDEN]))
        if os.geteuid() == 0 and _may_mount():
            yield _row("full tmpfs", in_parallel(_full, [(here, kib) for kib in spread(SIZES, some(share, 12))]))
            yield _row("full cache", in_parallel(_full_cache, [(here, kib) for kib in spread(CACHES, some(share, 8))]))


def judged(here: Ground, home: Path, done: Ended, fired: bool) -> tuple[bool, list[str]]:
    """Return whether a fault fired, and what is wrong about how the build took it."""
    faults = wrong(here, home)
    if done.code not in (0, 1) or "Traceback" in done.said:
        faults.append(f"exits with {done.code}: {done.said[-600:]}")
    if done.code == 1 and not NAMED.search(done.said):
        faults.append(f"no path in {done.said!r}")
    return fired, [*faults, *wrong_after_all(here, home)]


def _failing_call(here: Ground, call: _strace.Call, error: str) -> tuple[bool, list[str]]:
    with copied(here) as home:
        lasting = error != "EIO" and call.name != "write"  # what is said on stderr is written, too
        done, times = _strace.inject(home, call, f"error={error}", on=lasting)
        fired, faults = judged(here, home, done, times > 0)
        return fired, [f"{call.name} {call.number} {error}: {fault}" for fault in faults]


def _failing_step(here: Ground, step: int, error: int) -> tuple[bool, list[str]]:
    with copied(here) as home:
        mark = home / "fired"

        def fail() -> None:
            os.close(os.open(mark, os.O_CREAT))
            _hooks.failing(error)()

        done = build(home, lambda: _hooks.put(_hooks.at(step, fail)))
        return judged(here, home, done, mark.exists())


LIMITS: dict[str, list[int]] = {"RLIMIT_NOFILE": list(range(6, 30)), "RLIMIT_FSIZE": [2 ** n for n in range(9, 21)]}


def _limited(here: Ground, name: str, limit: int, *args: str) -> tuple[bool, list[str]]:
    kind = getattr(resource, name)

    def lower() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(kind, (limit, resource.getrlimit(kind)[1]))

    with copied(here) as home:
        done = build(home, lower, *args)
        fired, faults = judged(here, home, done, done.code != 0)
        return fired, [f"{name} {limit}: {fault}" for fault in faults]


FORBIDDEN = ("site", "site/releases", "site/releases/.lock")


def _forbidden(here: Ground, name: str) -> tuple[bool, list[str]]:
    """Build as somebody who may write the site's folder but not this part of it."""
    with copied(here) as home:
        if os.geteuid() == 0:
            for path in (home, *home.rglob("*")):
                os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
        part = home / name
        part.chmod(0o444 if part.is_file() else 0o555)
        done = build(home, _nobody if os.geteuid() == 0 else lambda: None)
        part.chmod(0o644 if part.is_file() else 0o755)
        return judged(here, home, done, done.code != 0)


def _nobody() -> None:
    os.setgid(NOBODY)
    os.setuid(NOBODY)


SIZES = list(range(64, 3200, 64))
"""KiB of a disk on which a whole build does not find room."""


def _may_mount() -> bool:
    return subprocess.run(["unshare", "--mount", "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True,
                          check=False).returncode == 0


@contextmanager
def _mounted(folder: Path, kib: int) -> Iterator[None]:
    options = f"size={kib}k,mode=755"
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "gongshi-campaign", str(folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def _full(here: Ground, kib: int) -> tuple[bool, list[str]]:
    """Build onto a disk of so many KiB besides what stands on it."""
    with copied(here) as home:
        kept = home / "kept"
        (home / "site").rename(kept)
        (home / "site").mkdir()
        taken = sum(-(-p.lstat().st_size // 4096) * 4 + 4 for p in kept.rglob("*"))
        with _mounted(home / "site", kib + taken):
            subprocess.run(["cp", "-a", f"{kept}/.", str(home / "site")], check=True)
            done = build(home)
            fired, faults = done.code != 0, wrong(here, home)
            if fired and ("Traceback" in done.said or not NAMED.search(done.said)):
                faults.append(f"says {done.said[-300:]!r}")
        return fired, [f"{kib} KiB: {fault}" for fault in faults]


CACHES = [4, 8, 16, 24, 32, 48, 64, 96]
"""KiB of a disk on which the cache does not find room."""


def _full_cache(here: Ground, kib: int) -> tuple[bool, list[str]]:
    """Build with a cache of so many KiB: it costs time and nothing else."""
    with copied(here) as home:
        shutil.rmtree(home / ".cache", ignore_errors=True)
        (home / ".cache").mkdir()
        with _mounted(home / ".cache", kib):
            done = build(home)
            fired = shutil.disk_usage(home / ".cache").free < 4096 * 3 or kib < 64
            faults = [] if done.code == 0 and content(home / "site") == here.new else [f"says {done.said[-300:]!r}"]
        return fired, [f"{kib} KiB of cache: {fault}" for fault in (*faults, *wrong_after_all(here, home))]


def _row(name: str, found: list[tuple[bool, list[str]]]) -> Row:
    fired = [faults for happened, faults in found if happened]
    bad = [fault for faults in fired for fault in faults]
    return Row(name, len(found), len(fired), sum(not faults for faults in fired), str(bad[:3]) if bad else TOLD)


Task = Callable[..., tuple[bool, list[str]]]
