"""Caches that are cut, flipped, swapped or strange: the site is byte for byte the one that no cache had a part in."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from generator import cache
from tests.campaign import Row, some
from tests.campaign._runs import Ground, build, copied, ground, in_parallel
from tests.sites import content, torn

WHOLE = 500
Spoil = Callable[[Path, random.Random], None]


def run(share: float) -> Iterable[Row]:
    """Spoil the caches in every way, again and again, and build."""
    with ground() as here, copied(here) as home:
        assert build(home).code == 0
        assert len(_entries(home)) >= 2, "there is no cache to be spoilt"
        shutil.rmtree(home / "site")
        here = here._replace(home=home)
        count = some(share, WHOLE, len(WAYS))
        found = in_parallel(_spoilt, [(here, number) for number in range(count)])
    fired = [fault for happened, fault in found if happened]
    bad = [fault for fault in fired if fault]
    yield Row("spoilt caches", count, len(fired), len(fired) - len(bad), str(bad[:3]) if bad else
              f"{', '.join(WAYS)}: the site equals one built without any cache")


def _entries(home: Path) -> list[Path]:
    return sorted(path for path in (home / ".cache").rglob("*") if path.is_file())


def _cut(entry: Path, chance: random.Random) -> None:
    data = entry.read_bytes()
    entry.write_bytes(data[:chance.randrange(len(data))])


def _flip(entry: Path, chance: random.Random) -> None:
    data = bytearray(entry.read_bytes())
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    entry.write_bytes(data)


def _swap(entry: Path, chance: random.Random) -> None:
    """Put a sound entry under the name of another one."""
    other = chance.choice([path for path in entry.parent.parent.rglob("*") if path.is_file() and path != entry])
    shutil.copyfile(other, entry)


def _other_version(entry: Path, chance: random.Random) -> None:
    """Leave what another version of the program may have put there: sound, and of other bytes."""
    parts = cache.kept(entry) or []
    ours, cache.__version__ = cache.__version__, "0.0.9"
    cache.keep(entry, [part._replace(data=part.data + bytes(chance.randrange(1, 99))) for part in parts])
    cache.__version__ = ours


def _folder(entry: Path, chance: random.Random) -> None:
    entry.unlink()
    entry.mkdir()


def _link_to_nowhere(entry: Path, chance: random.Random) -> None:
    entry.unlink()
    entry.symlink_to("nowhere")


WAYS: dict[str, Spoil] = {"cut": _cut, "flipped": _flip, "swapped": _swap, "of another version": _other_version,
                          "emptied": lambda entry, chance: entry.write_bytes(b"") and None, "a folder": _folder,
                          "a link to nowhere": _link_to_nowhere}


def _spoilt(here: Ground, number: int) -> tuple[bool, str]:
    """Return whether the cache was truly spoilt, and how a build with it differs from one without."""
    chance = random.Random(number)
    way = list(WAYS)[number % len(WAYS)]
    with copied(here) as home:
        entry = chance.choice(_entries(home))
        before = entry.read_bytes()
        WAYS[way](entry, chance)
        fired = not entry.is_file() or entry.read_bytes() != before
        done = build(home)
        same = done.code == 0 and not torn(home / "site") and content(home / "site") == here.new
        return fired, "" if same else f"{entry.parent.name} {way}: {done.said[-300:] or 'other bytes'}"
