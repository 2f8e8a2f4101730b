"""Random edits, built one upon the other with caches and older releases, against builds of nothing but the content."""

from __future__ import annotations

import os
import random
import shutil
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from generator.config import STOCK_THEME
from tests.campaign import Row, some
from tests.campaign._runs import OLD, build, in_parallel
from tests.pictures import picture
from tests.sites import APPEALED, BASE, CONFIG, LISTED, RATED, content, torn, write_site

EDITS, SEQUENCES, EVERY, AT_ONCE = 2000, 20, 10, 3
"""How many edits in how many sequences; after so many a cold build is compared; up to so many are built together."""
LEAK = BASE["cases/leak.yml"]
MORE = {"areas/street.yml": "title: 清水街道\nsource: press\nlevel: 镇街\n",
        "areas/other.yml": "title: 碧水小区\nsource: press\nlevel: 小区\narea: street\n",
        "areas/b4.yml": "title: 4栋\nsource: press\nlevel: 楼栋\narea: other\n",
        "announcements/vote.yml": (
            "title: 加装电梯公示\nsource: press\narea: b3\nbasis: 办法第二条\ntext: 加装一部电梯。\nsince: 2026-06-10\n"
            "until: 2026-06-28\nchannel: 社区大厅\nissuer: 社区\n")}
"""Places to move between, and a notice, to be laid over the rest."""
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
        pages = {path: text for path, text in OLD.items() if path.startswith("pages/")}
        write_site(home, {**BASE, **RATED, **LISTED, **APPEALED, **MORE, **pages}, CONFIG + "theme: theme\n")
        _theme(home, chance)
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
    folders = [home / name for name in ("content", "theme", "site")]
    some = [home / "site_config.yml", *(path for folder in folders for path in folder.rglob("*"))]
    return {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in some if path.is_file()}


def _differing(home: Path, work: Path) -> list[str]:
    """Return the files in which the site that stands differs from a cold build of the same content."""
    cold = work / "cold"
    shutil.rmtree(cold, ignore_errors=True)
    shutil.copytree(home / "content", cold / "content")
    shutil.copytree(home / "theme", cold / "theme")
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
    (home / "site_config.yml").write_text(CONFIG.replace("清水公示", name) + "theme: theme\n", encoding="utf-8")


def _day(home: Path, chance: random.Random) -> None:
    config = (home / "site_config.yml").read_text(encoding="utf-8").partition("publication")[0]
    day = f"2026-06-{chance.randrange(21, 31)}"
    text = f"{config}publication: {{as_of: {day}}}\ntheme: theme\n"
    (home / "site_config.yml").write_text(text, encoding="utf-8")


def _retitle_place(home: Path, chance: random.Random) -> None:
    _line(home / "content/areas" / chance.choice(("estate.yml", "b3.yml", "other.yml")), "title",
          f"{chance.randrange(1, 99)}号小区")


def _move_place(home: Path, chance: random.Random) -> None:
    _line(home / "content/areas" / chance.choice(("b3.yml", "b4.yml")), "area", chance.choice(("estate", "other")))


def _rule(home: Path, chance: random.Random) -> None:
    _line(home / "content/schemes/points.yml", "rule", f"一小时{chance.randrange(2, 9)}分。")


def _criteria(home: Path, chance: random.Random) -> None:
    text = RATED["schemes/stars.yml"].replace("floor: 60", f"floor: {chance.randrange(50, 61)}")
    (home / "content/schemes/stars.yml").write_text(text, encoding="utf-8")


def _person(home: Path, chance: random.Random) -> None:
    _line(home / "content/volunteers/zhang.yml", "title", chance.choice(("张某", "张某某", "张师傅")))


def _listing(home: Path, chance: random.Random) -> None:
    _line(home / "content/listings/l-0001.yml", "facts", f"楼道口堆放旧床垫{chance.randrange(2, 9)}张")


def _appeal(home: Path, chance: random.Random) -> None:
    _line(home / "content/appeals/a-0001.yml", "grounds", f"灭火器当天送检{chance.randrange(2, 9)}只。")


def _notice(home: Path, chance: random.Random) -> None:
    _line(home / "content/announcements/vote.yml", "until", f"2026-06-{chance.randrange(20, 31)}")


def _line(path: Path, key: str, value: str) -> None:
    lines = path.read_text(encoding="utf-8").splitlines(True)
    path.write_text("".join(f"{key}: {value}\n" if line.startswith(f"{key}:") else line for line in lines),
                    encoding="utf-8")


def _photo_again(home: Path, chance: random.Random) -> None:
    """Put another picture under the name of one that is shown."""
    for photo in sorted((home / "content/photos").glob("*"))[:1]:
        photo.write_bytes(picture(40, 30 + chance.randrange(20)))


def _theme(home: Path, chance: random.Random) -> None:
    style = home / "theme/assets/gongshi.css/99-town.css"
    style.parent.mkdir(parents=True, exist_ok=True)
    style.write_text(f".gs-town {{ margin: {chance.randrange(99)}px }}\n", encoding="utf-8")


def _template(home: Path, chance: random.Random) -> None:
    """Change what every case's page is made by: the town's own template, and back to the stock one."""
    own = home / "theme/records/case.html"
    own.parent.mkdir(parents=True, exist_ok=True)
    if own.exists():
        own.unlink()
    else:
        stock = (STOCK_THEME / "records/case.html").read_text(encoding="utf-8")
        own.write_text(f"{stock}<p>{chance.randrange(99)}</p>\n", encoding="utf-8")


def _spoil(home: Path, chance: random.Random) -> None:
    """Damage a page of the release that stands: nothing of it may be taken over."""
    pages = sorted((home / "site/current").resolve().rglob("*.html"))
    for page in chance.sample(pages, min(1, len(pages))):
        page.write_bytes(page.read_bytes()[:-chance.randrange(1, 99)])


def _forget(home: Path, chance: random.Random) -> None:
    """Take away a part of the caches."""
    some = sorted(path for path in (home / ".cache").rglob("*") if path.is_file()) if (home / ".cache").is_dir() else []
    for path in chance.sample(some, len(some) // 3):
        path.unlink()


def _touch(home: Path, chance: random.Random) -> None:
    os.utime(_one(home, chance), (chance.randrange(10 ** 9), chance.randrange(10 ** 9)))


EDITS_BY_NAME: dict[str, Edit] = {
    "add": _add, "remove": _remove, "title": _title, "withdraw": _withdraw, "rename": _rename, "photo": _photo,
    "hours": _volunteer, "assess": _assess, "prose": _prose, "identity": _identity, "day": _day, "touch": _touch,
    "place": _retitle_place, "move": _move_place, "rule": _rule, "criteria": _criteria, "person": _person,
    "listing": _listing, "appeal": _appeal, "notice": _notice, "photo again": _photo_again, "theme": _theme,
    "template": _template, "spoil": _spoil, "forget": _forget}
