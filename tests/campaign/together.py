"""Eight builds at once, and readers meanwhile: one builds, the others say so, nobody reads a torn or missing page."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
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
    refused, bad = 0, []
    for _ in range(rounds):
        with copied(here) as home:
            done = _all_at_once(home)
            refused += sum(one.code == 1 for one in done)
            lost = [one.said for one in done if one.code not in (0, 1) or (one.code and "另一次生成" not in one.said
                                                                          and "another build" not in one.said)]
            right = not lost and any(one.code == 0 for one in done) and not torn(home / "site")
            if not right or content(home / "site") != here.new:
                bad.append(str(lost or "not the new site"))
    return Row(f"{BUILDS} builds at once", rounds, rounds if refused else 0, rounds - len(bad), str(bad[:2]) if bad else
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
    """Let readers read every page through `current` while releases take turns."""
    with copied(here) as home:
        pages = {path: {here.old.get(path), here.new.get(path)} for path in here.old.keys() & here.new.keys()
                 if path.endswith((".html", ".css", ".js"))}
        readers = [_reader(home, pages, number) for number in range(READERS)]
        stood = set()
        for number in range(swaps):
            write_site(home, {"cases/c-01.yml": (home / "content/cases/leak.yml").read_text(encoding="utf-8").replace(
                "楼道漏水", f"第{number}次")}, (home / "site_config.yml").read_text(encoding="utf-8"))
            assert build(home).code == 0
            stood.add(os.readlink(home / "site/current"))
        (home / "over").touch()
        for reader in readers:
            os.waitpid(reader, 0)
        said = [line for number in range(READERS) for line in
                (home / f"read-{number}").read_text(encoding="utf-8").splitlines()]
    reads = sum(int(line.split()[1]) for line in said if line.startswith("read "))
    bad = [line for line in said if not line.startswith("read ")]
    return Row("reading while releases are swapped", reads, reads if len(stood) > 1 else 0, reads - len(bad),
               str(bad[:3]) if bad else f"{len(stood)} releases took turns; each page that was read was whole")


def _reader(home: Path, pages: dict[str, set[str | None]], number: int) -> int:
    """Return a child process that reads pages until it is over, and notes those missing or torn."""
    child = os.fork()
    if child:
        return child
    bad, reads = [], 0
    steady = [path for path in sorted(pages) if "c-01" not in path]
    try:
        while not (home / "over").exists():
            for path in steady:
                reads += 1
                bad += _read(home / "site/current" / path)
            time.sleep(0.02)
        (home / f"read-{number}").write_text("\n".join([f"read {reads}", *bad]), encoding="utf-8")
    finally:
        os._exit(0)


def _read(path: Path) -> list[str]:
    """Return what is wrong with one page as it is read now: it is not there, or not whole."""
    try:
        data = path.read_bytes()
    except OSError as error:
        return [f"{path.name}: {error.strerror}"]
    if path.suffix == ".html" and not data.rstrip().endswith(b"</html>"):
        return [f"{path.name}: torn, {sha256(data).hexdigest()[:8]}"]
    return []
