"""Eight builds at once, and readers meanwhile: one builds, the others say so, nobody reads a torn or missing page."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path

from tests.campaign import Row, some
from tests.campaign._runs import Ended, Ground, build, copied, ended, ground, start
from tests.sites import content, torn, write_site

BUILDS, ROUNDS, SWAPS, READERS = 8, 40, 60, 2


def run(share: float) -> Iterable[Row]:
    """Start builds together; read while others swap."""
    with ground() as here:
        yield at_once(here, some(share, ROUNDS))
        yield while_read(here, some(share, SWAPS, 2))


def at_once(here: Ground, rounds: int) -> Row:
    """Start eight builds together, again and again."""
    refused, met, bad = 0, 0, []
    for _ in range(rounds):
        with copied(here) as home:
            done = _all_at_once(home)
            told = sum(one.code == 1 for one in done)
            refused, met = refused + told, met + bool(told)
            lost = [one.said for one in done if one.code not in (0, 1) or (one.code and "另一次生成" not in one.said
                                                                          and "another build" not in one.said)]
            right = not lost and any(one.code == 0 for one in done) and not torn(home / "site")
            if not right or content(home / "site") != here.new:
                bad.append(str(lost or "not the new site"))
    return Row(f"{BUILDS} builds at once", rounds, met, met - len(bad), str(bad[:2]) if bad else
               f"each time one published at least, {refused} of {rounds * BUILDS} were told that another one runs")


def _all_at_once(home: Path) -> list[Ended]:
    """Return how eight builds ended that began at the same moment; each says what it says into a folder of its own."""
    ready, go = os.pipe()
    folders = []
    for number in range(BUILDS):
        folder = home / f"said-{number}"
        folder.mkdir()
        folders.append(folder)

    def wait() -> None:
        os.close(go)
        os.read(ready, 1)

    children = [_start(home, folder, wait) for folder in folders]
    os.close(go)
    os.close(ready)
    return [ended(folder, child) for folder, child in zip(folders, children, strict=True)]


def _start(home: Path, folder: Path, wait: object) -> int:
    (folder / "site_config.yml").symlink_to(home / "site_config.yml")
    return start(folder, wait, "--config", str(home / "site_config.yml"), "--out", str(home / "site"))  # type: ignore[arg-type]


def while_read(here: Ground, swaps: int) -> Row:
    """Let readers read every page through `current` while releases take turns; each must be that of some release."""
    with copied(here) as home:
        paths = sorted(path for path in here.old.keys() & here.new.keys() if path.endswith((".html", ".css", ".js")))
        known = _named(home)
        readers = [_reader(home, paths, number) for number in range(READERS)]
        for number in range(swaps):
            write_site(home, {"cases/c-01.yml": (home / "content/cases/leak.yml").read_text(encoding="utf-8").replace(
                "楼道漏水", f"第{number}次")}, (home / "site_config.yml").read_text(encoding="utf-8"))
            assert build(home).code == 0
            known |= _named(home)
        (home / "over").touch()
        for reader in readers:
            os.waitpid(reader, 0)
        said = [json.loads((home / f"read-{number}").read_text(encoding="utf-8")) for number in range(READERS)]
    reads, stood = sum(one["reads"] for one in said), {name for one in said for name in one["stood"]}
    bad = [fault for one in said for fault in one["missing"]]
    bad += [f"{path}: of no release" for one in said for path, digest in one["seen"] if (path, digest) not in known]
    return Row("reading while releases are swapped", reads, reads if len(stood) > 1 else 0, reads - len(bad),
               str(bad[:3]) if bad else f"{len(stood)} releases stood meanwhile; each page that was read was of one")


def _named(home: Path) -> set[tuple[str, str]]:
    """Return what the release that stands says it holds, as (path, sha256)."""
    files = json.loads((home / "site/current/manifest.json").read_bytes())["files"]
    return {(path, digest) for path, (digest, _) in files.items()}


def _reader(home: Path, paths: Sequence[str], number: int) -> int:
    """Return a child process that reads pages until it is over, and notes what it saw and what was missing."""
    child = os.fork()
    if child:
        return child
    missing: list[str] = []
    stood: set[str] = set()
    seen: set[tuple[str, str]] = set()
    reads = 0
    try:
        while not (home / "over").exists():
            stood.add(os.readlink(home / "site/current"))
            for path in paths:
                reads += 1
                try:
                    seen.add((path, sha256((home / "site/current" / path).read_bytes()).hexdigest()))
                except OSError as error:
                    missing.append(f"{path}: {error.strerror}")
            time.sleep(0.02)
        (home / f"read-{number}").write_text(json.dumps(
            {"reads": reads, "stood": sorted(stood), "seen": sorted(seen), "missing": missing}), encoding="utf-8")
    finally:
        os._exit(0)
