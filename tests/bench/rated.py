"""Makes a site for the shipped schemes to rate: their own files, and synthetic records of everything that they count.

Of N records 100 in 115 are cases (with a deadline for their level, three quarters of them confirmed) and 15 in 115
volunteers; on top come what a town of 50 communities has: activities with attendance, projects, houses and party
branches with assessments, listings, redemptions. The schemes stand unchanged, so the places and the party committee
have the ids that `only` names, and all that is counted happened while they were in force. Nobody and nothing in it
is real.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.bench import convert, synthetic
from tests.bench.convert import EXAMPLE, LOADER, Plain, put

SHIPPED = Path(__file__).parents[2] / "content" / "schemes" / "demo"
AS_OF = date(2026, 11, 22)
HOUSES = 300
LISTED = 20
TEAMS = 100
ACTIVITY_EVERY, ATTENDING = 10, 20
"""One activity for so many volunteers, and how many of them attend it."""
DAYS_BY_LEVEL = (7, 15, 20, 30)
SECTIONS = [{"kind": "case", "title": "办件"}, {"kind": "volunteer", "title": "志愿者"},
            {"kind": "area", "title": "地方"}, {"page": "stars", "title": "星级"}, {"page": "boards", "title": "榜单"}]


def write(site: Path, count: int) -> None:
    """Write the site into the folder `site`, which must not exist."""
    content = site / "content"
    convert.put(site / "site_config.yml", {
        "identity": {"name": "社区公示"}, "sections": SECTIONS, "publication": {"as_of": AS_OF.isoformat()}})
    shutil.copytree(SHIPPED, content / "schemes")
    put(content / "documents" / "illustration.yml", convert.SOURCE)
    (content / "pages").mkdir()
    (content / "pages" / "feedback.md").write_text(convert.FEEDBACK, encoding="utf-8")
    rng = random.Random(count)
    volunteers = count * 15 // 115
    for parts in (_places(rng), _cases(rng, count - volunteers), _volunteers(rng, volunteers),
                  _projects(rng, count // 230 + 1), _assessments(rng), _listings(rng)):
        for path, record in parts:
            put(content / f"{path}.yml", {**record, **EXAMPLE})


Made = Iterator[tuple[str, Plain]]


def _places(rng: random.Random) -> Made:
    yield "areas/demo-street", {"title": "示例街道", "level": "镇街"}
    yield "organisations/demo-party-street", {"title": "示例街道党工委", "type": "党组织", "area": "demo-street"}
    for id, name in zip(synthetic.COMMUNITIES, synthetic.ESTATES, strict=True):
        yield f"areas/{id}", {"title": name, "level": "社区", "area": "demo-street"}
        yield f"organisations/branch-{id}", {"title": f"{name}党支部", "type": "党组织", "area": id,
                                             "parent": "demo-party-street"}
        for grid in range(1, synthetic.GRIDS + 1):
            yield f"areas/{id}-g{grid:02d}", {"title": f"{name}第{grid}网格", "level": "网格", "area": id}
    for number in range(1, TEAMS + 1):
        yield f"organisations/team-{number}", {"title": f"第{number}志愿队", "type": "志愿队伍", "area": "demo-street"}
    for number in range(1, HOUSES + 1):
        yield f"areas/demo-house-{number:02d}", {"title": f"{number}号房屋", "level": "房屋", "area": _community(rng)}


def _cases(rng: random.Random, count: int) -> Made:
    for number in range(1, count + 1):
        plain = synthetic.case(rng, rng.choice(synthetic.ESTATES), date(2026, 1, 1), 300)
        grid = f"{_community(rng)}-g{rng.randint(1, synthetic.GRIDS):02d}"
        done = {"area": grid, **convert.case_of({**plain, "grid": grid})}
        done["ladder"][0]["due"] = plain["assigned"] + timedelta(DAYS_BY_LEVEL[plain["level"] - 1])
        if rng.random() < 0.05:
            del done["resolved"], done["satisfaction"]
        elif rng.random() < 0.75:
            done["confirmed"] = plain["resolved"] + timedelta(rng.randint(0, 3))
        yield f"cases/{plain['date']:%Y-%m}/c{number:07d}", _told(plain, done)


def _volunteers(rng: random.Random, count: int) -> Made:
    """Yield volunteers and the activities that they attend; one in a hundred has spent a point earned there."""
    for number in range(1, count + 1):
        plain = synthetic.volunteer(rng, rng.choice(synthetic.ESTATES), date(2025, 1, 1), 380)
        done = {"area": _community(rng), "team": f"team-{rng.randint(1, TEAMS)}", **convert.volunteer_of(plain)}
        yield f"volunteers/v{number:07d}", _told(plain, done)
    ids = range(1, count + 1)
    for number in range(1, count // ACTIVITY_EVERY + 1):
        here = rng.sample(ids, min(ATTENDING, count))
        yield f"activities/a{number:07d}", {
            "title": f"{rng.choice(synthetic.SERVICES)}（第 {number} 次）", "area": _community(rng),
            "date": date(2025, 1, 1) + timedelta(rng.randrange(600)), "category": rng.choice(synthetic.SERVICES),
            "attendance": [{"volunteer": f"v{one:07d}", "hours": rng.choice((1, 1.5, 2, 3))} for one in here]}
        if not number % 10:
            yield f"redemptions/r-{number:07d}", {
                "title": "兑换", "scheme": "volunteer-points-2", "volunteer": f"v{here[0]:07d}", "date": "2026-11-01",
                "points": 0.5, "item": "口罩一包"}


def _projects(rng: random.Random, count: int) -> Made:
    for number in range(1, count + 1):
        plain = synthetic.project(rng, rng.choice(synthetic.ESTATES))
        yield f"projects/p{number:07d}", _told(plain, {**convert.project_of(plain), "area": _community(rng)})


def _assessments(rng: random.Random) -> Made:
    """Yield two assessments of every house and branch, none of them failing: failing takes a process of its own."""
    houses = [f"area/demo-house-{number:02d}" for number in range(1, HOUSES + 1)]
    branches = [f"organisation/branch-{id}" for id in synthetic.COMMUNITIES]
    for scheme, subjects in {"house-stars": houses, "branch-stars": branches}.items():
        criteria = _rule(scheme)["criteria"]
        for subject in subjects:
            for half in (1, 2):
                scores = [{"criterion": c["id"], "points": rng.randint(int(c["max"]) * 2 // 3 + 1, int(c["max"]))}
                          for c in criteria]
                yield f"assessments/{subject.partition('/')[2]}-{half}", {
                    "title": "评定", "scheme": scheme, "subject": subject, "assessor": "评定小组", "scores": scores,
                    "date": date(2025, 9, 1) + timedelta(200 * half - rng.randrange(150))}


def _listings(rng: random.Random) -> Made:
    for number in range(1, LISTED + 1):
        yield f"listings/l-{number:04d}", {
            "title": "列入红榜", "scheme": "house-list", "colour": "红榜", "subject": f"area/demo-house-{number:02d}",
            "entered": "2026-06-01", "facts": "全年没有查实的投诉。", "basis": "办法", "evidence": ["评定表"],
            "proposed_by": "评定小组", "decided_by": "复核组", "notified": "2026-05-20", "reply_channel": "社区大厅",
            "expires": "2027-05-31"}


def _rule(scheme: str) -> Any:
    return convert.yaml.load((SHIPPED / f"{scheme}.yml").read_bytes(), LOADER)


def _told(plain: Plain, own: Plain) -> Plain:
    return {"title": convert.masked(plain["title"]), **own, "description": convert.prose(plain["description"])}


def _community(rng: random.Random) -> str:
    return rng.choice(synthetic.COMMUNITIES)
