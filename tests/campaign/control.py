"""Controls that must fail: a publisher that writes in place is torn, and a sweep that does nothing does not hold."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterable
from pathlib import Path

from tests.campaign import Row, _hooks, some
from tests.campaign._runs import Ground, copied, ground, in_parallel, spread
from tests.sites import content

KILLS = 100


def run(share: float) -> Iterable[Row]:
    """Kill a publisher that copies over what stands, and sweep without a fault."""
    with ground() as here:
        changed = sorted(path for path in here.new if here.old.get(path) != here.new[path])
        kills = spread(range(2, len(changed) + 1), some(share, KILLS, 2))
        found = in_parallel(_in_place, [(here, changed, number) for number in kills])
    fired = [torn for happened, torn in found if happened]
    yield Row("control: publishing in place", len(found), len(fired), sum(fired),
              "killed at the files that change: must be torn, and is, so these tests would see it")
    idle = Row("", 20, sum(happened for happened, _ in (_nothing() for _ in range(20))), 0, "")
    yield Row("control: a sweep of nothing", 1,
              1, int(not idle.holds), "20 runs in which no fault fires: must not hold")


def _nothing() -> tuple[bool, bool]:
    """Return whether a fault fired that waits for a step which never comes."""
    fired: list[bool] = []
    fault = _hooks.at(10 ** 9, lambda: fired.append(True))
    for _ in range(100):
        fault("open")
    return bool(fired), True


def _in_place(here: Ground, changed: list[str], number: int) -> tuple[bool, bool]:
    """Copy the new site over the old one, die before the file of this number, and return whether it is torn."""
    with copied(here) as home:
        site = shutil.copytree(home / "site/current", home / "public")
        new = home.parent.parent / "clean/site/current"
        child = os.fork()
        if not child:
            _copy(new, site, changed, number)
        died = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
        (home / "shown").mkdir()
        (home / "shown/current").symlink_to(site)
        return died, content(home / "shown") not in (here.old, here.new)


def _copy(new: Path, site: Path, changed: list[str], number: int) -> None:
    try:
        for position, path in enumerate(changed, 1):
            if position == number:
                _hooks.kill()
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(new / path, site / path)
    finally:
        os._exit(0)
