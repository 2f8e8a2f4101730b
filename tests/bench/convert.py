"""Turns plain records into a site of ours: `python -m tests.bench.convert RECORDS SITE`.

Plain records suit a generator without a model: flat, one YAML file each, nothing linked but the community. So we and
others can be measured on the same ones. RECORDS holds `communities.yml`, a list of `{id, name, street}`, and the
folders `cases/YYYY-MM/`, `volunteers/`, `honours/`, `projects/`. Every record has `id`, `type`, `title`, `date`,
`community` (an id) and `description` (Markdown); besides:

- case: `category`, `grid`, `level` (1-4), `reported`, `assigned`, `resolved`, `satisfaction` (1-5) and
  `timeline`, a list of `{date, actor, action, note}`
- volunteer: `name`, `team` and `services`, a list of `{date, item, hours}`
- honour: `award`, `recipient`, `issuer`
- project: `progress` (per cent), `budget` and `paid` (yuan), `contractor` and `milestones`, a list of
  `{name, planned, actual, status}`; `actual` is empty until it is met

Names are masked with asterisks (`王**`), links to `/feedback/` lead to the page for comments. All of it becomes
`SITE/site_config.yml` and `SITE/content/`: every text and field is kept, but for what our model derives (progress,
status, hours). Teams and communities become records of their own, a level becomes a rung of the ladder on the day of
`assigned`, and what was `paid` becomes one payment on the day of the last milestone met.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from generator.records.case import LADDER

Plain = dict[str, Any]
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
EXAMPLE = {"source": "illustration", "illustrative": True}
CONFIG = {
    "identity": {"name": "社区公示"},
    "sections": [{"kind": "case", "title": "办结事项"}, {"kind": "volunteer", "title": "志愿者"},
                 {"kind": "honour", "title": "荣誉榜"}, {"kind": "project", "title": "改造项目"},
                 {"page": "boards", "title": "排行"}, {"kind": "area", "title": "社区"}],
    "publication": {"as_of": "2026-06-30"},
}
SOURCE = {"title": "合成数据说明", "source": {"text": "性能测试"}, "type": "说明", "illustrative": True,
          "text": "这些记录由程序生成，不是真实的人、房屋、事项或数字。\n"}
BOARD = {"title": "志愿者服务时长", **EXAMPLE, "form": "leaderboard", "subject": "volunteer",
         "rule": "服务1小时得1分，按积分从高到低排列，积分相同名次并列。",
         "measures": [{"label": "服务时长", "over": "volunteer.services", "subject": "self", "take": "sum",
                       "of": "hours", "date": "date", "unit": "小时"}]}
FEEDBACK = "# 意见征集\n\n对公开的内容有意见，请告诉社区。\n"


def write_site(site: Path, communities: Iterable[Plain], records: Iterable[Plain]) -> None:
    """Write a whole site of ours into the folder `site`, which must not exist."""
    content = site / "content"
    (content / "pages").mkdir(parents=True)
    (content / "pages" / "feedback.md").write_text(FEEDBACK, encoding="utf-8")
    put(site / "site_config.yml", CONFIG)
    put(content / "documents" / "illustration.yml", SOURCE)
    put(content / "schemes" / "hours.yml", BOARD)
    for place in communities:
        put(content / "areas" / f"{place['id']}.yml",
             {"title": place["name"], **EXAMPLE, "level": "社区", "address": place["street"]})
    teams: dict[str, str] = {}
    for record in records:
        put(content / _path(record), ours(record, teams))
    for name, id in teams.items():
        put(content / "organisations" / f"{id}.yml", {"title": name, **EXAMPLE, "type": "志愿队伍"})


def ours(record: Plain, teams: dict[str, str]) -> Plain:
    """Return a plain record in our form. teams: name -> id, filled on the way."""
    own = {"case": case_of, "volunteer": volunteer_of, "honour": honour_of, "project": project_of}[record["type"]]
    team = {"team": teams.setdefault(record["team"], f"team-{len(teams) + 1}")} if "team" in record else {}
    return {"id": record["id"], "title": masked(record["title"]), **EXAMPLE, "area": record["community"], **team,
            **own(record), "description": prose(record["description"])}


def case_of(record: Plain) -> Plain:
    """Return what a case has of its own."""
    return {"category": record["category"], "place": record["grid"], "reported": record["reported"],
            "assigned": record["assigned"], "resolved": record["resolved"], "satisfaction": record["satisfaction"],
            "ladder": [{"level": LADDER[record["level"] - 1], "date": record["assigned"]}],
            "steps": [{**step, "note": masked(step["note"])} for step in record["timeline"]]}


def volunteer_of(record: Plain) -> Plain:
    """Return what a volunteer has of its own, the team left out."""
    return {"joined": record["date"], "services": record["services"]}


def honour_of(record: Plain) -> Plain:
    """Return what an honour has of its own."""
    return {"award": record["award"], "awarded": record["date"], "recipient_words": masked(record["recipient"]),
            "issuer": record["issuer"]}


def project_of(record: Plain) -> Plain:
    """Return what a project has of its own."""
    met = [row["actual"] for row in record["milestones"] if row["actual"]]
    paid = [{"date": met[-1], "amount": record["paid"], "to": record["contractor"], "purpose": "工程款"}] if met else []
    return {"started": record["date"], "budget": record["budget"], "payments": paid, "contractor": record["contractor"],
            "milestones": [{key: row[key] for key in ("name", "planned", "actual") if row[key]}
                           for row in record["milestones"]]}


def masked(name: str) -> str:
    """Return a text with the asterisks of its masked names as we write them: `王**` is `王某`."""
    return name.replace("**", "*").replace("*", "某")


def prose(text: str) -> str:
    """Return a text with its links as our pages have them."""
    return text.replace("](/feedback/)", "](/feedback.html)")


def _path(record: Plain) -> str:
    month = f"{record['date']:%Y-%m}/" if record["type"] == "case" else ""
    return f"{record['type']}s/{month}{record['id']}.yml"


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """Writes texts of several lines as blocks and equal dates out in full, the way people write them."""

    def ignore_aliases(self, data: Any) -> bool:
        """Return that no value stands for another."""
        return True


_Dumper.add_representer(str, lambda dumper, text: dumper.represent_scalar(
    "tag:yaml.org,2002:str", text, style="|" if "\n" in text else None))


def put(path: Path, value: Any) -> None:
    """Write a value as YAML."""
    _make_folder(path.parent)
    text = yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000)
    path.write_text(text, encoding="utf-8")


@cache
def _make_folder(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)


def read(folder: Path) -> Iterator[Plain]:
    """Yield the plain records of a folder, in the order of their paths."""
    for path in sorted(folder.glob("*/**/*.yml")):
        yield yaml.load(path.read_bytes(), LOADER)


def main(records: str, site: str) -> None:
    """Convert a folder of plain records."""
    communities = yaml.load(Path(records, "communities.yml").read_bytes(), LOADER)
    write_site(Path(site), communities, read(Path(records)))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
