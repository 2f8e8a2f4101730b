"""The same content gives the same bytes: whatever the hash seed, time zone, locale, path, workers, order of files."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from tests.campaign import Row, some
from tests.campaign._runs import CASES, build, in_parallel
from tests.pictures import picture
from tests.sites import BASE, LISTED, RATED, ROOT, content, torn, write_site

SITE: dict[str, str | bytes | None] = {
    **BASE, **RATED, **LISTED, **CASES, "pages/about.md": "# 关于\n\n说明。\n", "photos/lamp.png": picture(),
    "cases/c-00.yml": CASES["cases/c-00.yml"] + "images: [{file: lamp.png, alt: 楼道里的灯}]\n"}
ENVIRONMENTS = [
    {"PYTHONHASHSEED": "1", "TZ": "America/Lima", "LANG": "C", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "4711", "TZ": "Pacific/Kiritimati", "LANG": "zh_CN.UTF-8", "PYTHONUTF8": "0"},
    {"PYTHONHASHSEED": "77", "TZ": "Asia/Shanghai", "LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8"},
    {"PYTHONHASHSEED": "0", "TZ": "UTC", "LANG": "en_US.UTF-8", "PYTHONOPTIMIZE": "1"}]
FOLDERS = ["one", "二 号", "a/b/c d/e", "x" * 60]
ORDERS = 40
Before = Callable[[], object]


def run(share: float) -> Iterable[Row]:
    """Build the same content under other circumstances."""
    with tempfile.TemporaryDirectory(prefix="gongshi-same-") as name:
        work = Path(name)
        (work / "plain").mkdir()
        write_site(work / "plain", SITE)
        assert build(work / "plain").code == 0
        expected = content(work / "plain/site")
        count = some(share, 4, 2)
        alone = in_parallel(_elsewhere, [(work, number, expected) for number in range(count)])
        yield _row("hash seed, zone, locale, path, workers", alone, "in new processes, 1 to 3 workers")
        ways = list(WAYS)
        seeds = range(some(share, ORDERS, len(ways)))
        yield _row("order of files, umask, times", in_parallel(_shaken, [
            (work, ways[seed % len(ways)], seed, expected) for seed in seeds]), ", ".join(ways))


def _elsewhere(work: Path, number: int, expected: dict[str, str]) -> tuple[bool, str]:
    home = work / f"e{number}" / FOLDERS[number]
    config = write_site(home, dict(random.Random(number).sample(sorted(SITE.items()), len(SITE))))
    (home / "tmp").mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "generator", "build", "--workers", str(number % 3 + 1), "--config", str(config)],
        cwd=home, capture_output=True, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(home / "tmp"), **ENVIRONMENTS[number]})
    return True, _differing(home, expected) if done.returncode == 0 else done.stderr.decode(errors="replace")[-300:]


def _shaken(work: Path, way: str, seed: int, expected: dict[str, str]) -> tuple[bool, str]:
    home = Path(tempfile.mkdtemp(dir=work))
    write_site(home, SITE)
    happened = home / "happened"

    def before() -> None:
        WAYS[way](home, random.Random(seed), lambda: os.close(os.open(happened, os.O_CREAT)))

    done = build(home, before)
    fault = _differing(home, expected) if done.code == 0 else done.said[-300:]
    fired = happened.exists()
    shutil.rmtree(home)
    return fired, fault


def _shuffle(home: Path, chance: random.Random, happened: Before) -> None:
    """Give the names in every folder in another order."""
    scandir, listdir = os.scandir, os.listdir

    class Shuffled(list[Any]):
        def __enter__(self) -> Iterator[Any]:
            return iter(self)

        def __exit__(self, *error: object) -> None:
            pass

        def __next__(self) -> Any:
            if not self:
                raise StopIteration
            return self.pop()

        def close(self) -> None:
            pass

    def shuffled(path: Any = ".") -> Any:
        with scandir(path) as there:
            some = sorted(there, key=lambda entry: entry.name)
        chance.shuffle(some)
        happened()
        return Shuffled(some)

    def names(path: Any = ".") -> list[Any]:
        some = sorted(listdir(path))
        chance.shuffle(some)
        return some

    os.scandir, os.listdir = shuffled, names  # type: ignore[assignment]


def _umask(home: Path, chance: random.Random, happened: Before) -> None:
    os.umask(chance.choice([0o000, 0o002, 0o027, 0o077]))
    happened()


def _times(home: Path, chance: random.Random, happened: Before) -> None:
    for path in (home / "content").rglob("*"):
        os.utime(path, (chance.randrange(2 ** 31), chance.randrange(2 ** 31)))
    happened()


WAYS: dict[str, Callable[[Path, random.Random, Before], None]] = {
    "order of files": _shuffle, "umask": _umask, "times of files": _times}


def _differing(home: Path, expected: dict[str, str]) -> str:
    found = content(home / "site")
    return "、".join([*torn(home / "site"), *sorted(
        path for path in found.keys() | expected.keys() if found.get(path) != expected.get(path))][:5])


def _row(name: str, found: list[tuple[bool, str]], how: str) -> Row:
    fired = [fault for happened, fault in found if happened]
    bad = [fault for fault in fired if fault]
    return Row(name, len(found), len(fired), len(fired) - len(bad), str(bad[:3]) if bad else f"{how}: byte-identical")
