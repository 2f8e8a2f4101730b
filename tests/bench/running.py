"""Runs commands of ours in new processes, and tells what they took.

`python -m tests.bench.running plain build …` is the command `gongshi` where neither a search nor a quick parser is
installed, `python -m tests.bench.running quick build …` where the parser is.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

PLAIN, QUICK, WHOLE = ("tests.bench.running", "plain"), ("tests.bench.running", "quick"), ("generator",)
"""What follows `python -m` for the command without search and PyYAML alone, without search, and with all there is."""
SAMPLE_SECONDS, SHARE = 0.05, 20
"""Memory is looked at so often; a look that takes long, as at a gigabyte, may take a twentieth of the time."""
_PSS = re.compile(r"(?m)^Pss: +(\d+) kB")


class Took(NamedTuple):
    """What one command took. peak: bytes that all its processes held together; processor: seconds of all of them."""

    seconds: float
    processor: float = 0
    peak: int = 0


class Spread(NamedTuple):
    """What one command took over several runs: the median of the seconds, the least and the most."""

    seconds: float
    least: float
    most: float
    processor: float
    peak: int


def spread(some: Sequence[Took]) -> Spread:
    """Return the median of some runs, and between what they lie; of the memory the most."""
    seconds = [one.seconds for one in some]
    return Spread(median(seconds), min(seconds), max(seconds), median(one.processor for one in some),
                  max(one.peak for one in some))


def run(*command: str) -> Took:
    """Run a command to its end; the program stops here where that fails."""
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=said, stderr=said)
        with Watch(process.pid) as watch:
            _, status, used = os.wait4(process.pid, 0)
            seconds = time.perf_counter() - start
        process.returncode = status  # or Popen would look for the process that we have waited for
        if status:
            said.seek(0)
            sys.exit(f"{' '.join(command)} ended with {status}:\n{said.read().decode()}")
    return Took(seconds, used.ru_utime + used.ru_stime, watch.peak)


class Watch:
    """Looks at the memory of a process and all below it while something goes on; peak: in bytes, 0 without /proc."""

    def __init__(self, process: int) -> None:
        self.peak, self._process, self._over = 0, process, threading.Event()
        self._thread = threading.Thread(target=self._look)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        took = 0.0
        while not self._over.wait(max(SAMPLE_SECONDS, SHARE * took)):
            start = time.perf_counter()
            self.peak = max(self.peak, memory(self._process))
            took = time.perf_counter() - start


def memory(process: int) -> int:
    """Return the bytes of memory that a process and all below it hold, 0 without /proc.

    What forked processes share is counted once: a page of three is a third of a page to each (PSS).
    """
    total = 0
    try:
        found = _PSS.search(Path(f"/proc/{process}/smaps_rollup").read_text())
        total = int(found[1]) * 1024 if found else 0
        for task in Path(f"/proc/{process}/task").iterdir():
            total += sum(memory(int(child)) for child in (task / "children").read_text().split())
    except OSError:
        pass  # it has just ended
    return total


def main(parser: str, *arguments: str) -> None:
    """Run the command without search; forked workers do as this process does."""
    if parser == "plain":
        sys.modules["yaml_rs"] = None  # type: ignore[assignment]  # whoever imports it finds none
    from generator import cli, search

    search.installed = lambda: False
    cli.main(list(arguments))


if __name__ == "__main__":
    main(*sys.argv[1:])
