"""Random edits, built one upon the other with caches and older releases, against builds of nothing but the content."""

from __future__ import annotations

import os
import random
import shutil
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from tests.campaign import Row, some
from tests.campaign._runs import OLD, build, in_parallel
from tests.pictures import picture
from tests.sites import BASE, CONFIG, RATED, content, torn, write_site

EDITS, SEQUENCES, EVERY, AT_ONCE = 2000, 20, 10, 3
"""How many edits in how many sequences; after so many a cold build is compared; up to so many are built together."""
LEAK = BASE["cases/leak.yml"]
Edit = Callable[[Path, random.Random], None]


def run(share: float) -> Iterable[Row]:
    """Edit, build, and compare with cold builds."""
    count = some(share, EDITS, EVERY)
    sequences = max(1, min(SEQUENCES, count // EVERY))
    found = in_parallel(_sequence, [(seed, count // sequences) for seed in range(sequences)])
    bad = [fault for _, _, faults in found for fault in faults]
    fired, compared = sum(edits for edits, _, _ in found), sum(cold for _, cold, _ in found)
    yield Row("edits, built with caches", count, fired, fired - len(bad), str(bad[:3]) if bad else
              f"{sequences} sequences of {len(EDITS_BY_NAME)} sorts; equal to each of {compared} cold builds")


def _sequence(seed: int, count: int) -> tuple[int, int, list[str]]:
    """Return how many edits changed something, how many cold builds they were compared with, and what differed."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="gongshi-edits-") as work:
        home = Path(work) / "town"
        write_site(home, {**BASE, **RATED, **{path: text for path, text in OLD.items() if path.startswith("pages/")}},
                   CONFIG)
        edits, fired, compared, faults = 0, 0, 0, []
        while edits < count:
            names = chance.choices(sorted(EDITS_BY_NAME), k=min(chance.randint(1, AT_ONCE), count - edits))
            for name in names:
                before = _state(home)
                EDITS_BY_NAME[name](home, chance)
                fired += _state(home) != before
            done = build(home)
            edits += len(names)
            if done.code != 0:
                faults.append(f"{seed}: {names}: {done.said[:300]}")
            elif edits >= (compared + 1) * EVERY or edits == count:
                compared += 1
                faults += [f"{seed}: {names}: {path}" for path in _differing(home, Path(work))]
        return fired, compared, faults


def _state(home: Path) -> dict[Path, tuple[int, bytes]]:
    """Return what a build may see of every file: when it was changed, and what it holds."""
    some = [home / "site_config.yml", *(home / "content").rglob("*")]
    return {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in some if path.is_file()}


def _differing(home: Path, work: Path) -> list[str]:
    """Return the files in which the site that stands differs from a cold build of the same content."""
    cold = work / "cold"
    shutil.rmtree(cold, ignore_errors=True)
    shutil.copytree(home / "content", cold / "content")
    shutil.copy(home / "site_config.yml", cold)
    assert build(cold).code == 0
    one, other = content(home / "site"), content(cold / "site")
    both = one.keys() | other.keys()
    return [*torn(home / "site"), *sorted(path for path in both if one.get(path) != other.get(path))]


def _cases(home: Path) -> list[Path]:
    return sorted((home / "content/cases").glob("r-*.yml"))


def _one(home: Path, chance: random.Random) -> Path:
    """Return a case that may be edited, made now where there is none."""
    if not _cases(home):
        _add(home, chance)
    return chance.choice(_cases(home))


def _add(home: Path, chance: random.Random) -> None:
    number = chance.randrange(10 ** 6)
    text = LEAK.replace("楼道漏水", f"第{number}件").replace("2026-05-0", f"2026-0{chance.randrange(1, 6)}-0")
    (home / f"content/cases/r-{number}.yml").write_text(text, encoding="utf-8")


def _remove(home: Path, chance: random.Random) -> None:
    _one(home, chance).unlink()
    _sweep_photos(home)


def _title(home: Path, chance: random.Random) -> None:
    one = _one(home, chance)
    lines = one.read_text(encoding="utf-8").splitlines(True)
    one.write_text("".join([f"title: 改名{chance.randrange(10 ** 6)}\n", *lines[1:]]), encoding="utf-8")


def _withdraw(home: Path, chance: random.Random) -> None:
    one = _one(home, chance)
    text = one.read_text(encoding="utf-8")
    if "withdrawn" not in text:
        one.write_text(text + "withdrawn: {date: 2026-06-20, reason: 误录}\n", encoding="utf-8")
        _sweep_photos(home)


def _rename(home: Path, chance: random.Random) -> None:
    one = _one(home, chance)
    text = one.read_text(encoding="utf-8")
    if "formerly" not in text:
        new = one.with_name(f"r-{chance.randrange(10 ** 6)}.yml")
        one.unlink()
        new.write_text(f"{text}formerly: [{one.stem}]\n", encoding="utf-8")


def _photo(home: Path, chance: random.Random) -> None:
    one = _one(home, chance)
    text = one.read_text(encoding="utf-8")
    if "images" in text or "withdrawn" in text:
        return
    name = f"p-{chance.randrange(10 ** 6)}.png"
    (home / "content/photos").mkdir(exist_ok=True)
    (home / "content/photos" / name).write_bytes(picture(40, 30 + chance.randrange(20)))
    one.write_text(f"{text}images: [{{file: {name}, alt: 楼梯间的灯都亮了}}]\n", encoding="utf-8")


def _sweep_photos(home: Path) -> None:
    """Remove the photos that no record names any more."""
    named = "".join(path.read_text(encoding="utf-8") for path in _cases(home))
    for photo in (home / "content/photos").glob("*"):
        if photo.name not in named:
            photo.unlink()


def _volunteer(home: Path, chance: random.Random) -> None:
    hours = chance.randrange(1, 9)
    (home / "content/activities/clean.yml").write_text(RATED["activities/clean.yml"].replace(
        "zhang, hours: 2.5", f"zhang, hours: {hours}"), encoding="utf-8")


def _assess(home: Path, chance: random.Random) -> None:
    (home / "content/assessments/b3-2026.yml").write_text(RATED["assessments/b3-2026.yml"].replace(
        "points: 50", f"points: {chance.randrange(30, 61)}"), encoding="utf-8")


def _prose(home: Path, chance: random.Random) -> None:
    (home / "content/pages/about.md").write_text(f"# 关于\n\n说明{chance.randrange(10 ** 6)}。\n", encoding="utf-8")


def _identity(home: Path, chance: random.Random) -> None:
    name = chance.choice(["清水公示", "清水社区公示", "公示清水"])
    (home / "site_config.yml").write_text(CONFIG.replace("清水公示", name), encoding="utf-8")


def _day(home: Path, chance: random.Random) -> None:
    config = (home / "site_config.yml").read_text(encoding="utf-8").partition("publication")[0]
    day = f"2026-06-{chance.randrange(21, 31)}"
    (home / "site_config.yml").write_text(f"{config}publication: {{as_of: {day}}}\n", encoding="utf-8")


def _touch(home: Path, chance: random.Random) -> None:
    os.utime(_one(home, chance), (chance.randrange(10 ** 9), chance.randrange(10 ** 9)))


EDITS_BY_NAME: dict[str, Edit] = {
    "add": _add, "remove": _remove, "title": _title, "withdraw": _withdraw, "rename": _rename, "photo": _photo,
    "hours": _volunteer, "assess": _assess, "prose": _prose, "identity": _identity, "day": _day, "touch": _touch}
