"""`gongshi init`: a town's own repository, whole from the first minute, out of what lies below `generator/town/`.

    start/                      every file is a Jinja template of the same name; dot files lie there without their dot
    ci/FORGE, forge/FORGE       what a forge wants at the root of a repository, copied as it is
    ci/own                      likewise, scripts for whoever publishes on a server of his own

What the town names itself is real. Everything else is illustrative and lies in folders called `shili`, which an editor
deletes as a whole.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import yaml
from jinja2 import Environment, StrictUndefined

from generator import config, git
from generator.config import Site
from generator.desk.papers import papers
from generator.desk.wheel import vendor, version_of
from generator.problem import DeskError

SOURCES = Path(__file__).resolve().parent.parent / "town"
DOTTED = {"gitignore", "gitattributes", "editorconfig"}
FORGES = {"github": "GitHub", "gitlab": "GitLab", "gitea": "Gitea", "forgejo": "Forgejo", "none": "暂不用"}
HOSTED = ("github", "gitlab")
WORKFLOWS = {"github": ".github/workflows/publish.yml", "gitlab": ".gitlab-ci.yml",
             "gitea": ".gitea/workflows/publish.yml", "forgejo": ".gitea/workflows/publish.yml", "none": ""}
"""Where a forge reads what it does on a merge; how to set it up stands at the top of that file."""
LEVELS = {"street": "镇街", "community": "社区", "estate": "小区"}


class Town(NamedTuple):
    """What a new town says about itself; empty where it does not say.

    street, community, estate: names of real places, each inside the one before.
    """

    name: str
    operator: str = ""
    contact: str = ""
    street: str = ""
    community: str = ""
    estate: str = ""
    forge: str = "none"
    repository: str = ""
    address: str = ""


def refuse_if_used(folder: Path) -> None:
    """Raise DeskError where a folder holds anything but an empty repository."""
    if folder.exists() and not folder.is_dir():
        raise DeskError("folder-used", folder=str(folder), names=folder.name)
    names = sorted(p.name for p in folder.iterdir() if p.name != ".git") if folder.exists() else []
    if names:
        more = "…" if len(names) > 5 else ""
        raise DeskError("folder-used", folder=str(folder), names="、".join(names[:5]) + more)


def lay_out(folder: Path, town: Town, wheel: Path, as_of: date) -> None:
    """Write a town's repository into an empty folder. Raises: DeskError where `wheel` is no wheel of this program."""
    vendor(wheel, folder)
    places = dict(_places(town))
    for path, text in places.items():
        _put(folder / path, text.encode())
    environment = _environment(as_of)
    values = {**town._asdict(), "schema_version": config.SCHEMA_VERSION, "version": version_of(wheel),
              "workflow": WORKFLOWS[town.forge], "server": town.forge not in HOSTED,
              "places": [p for p in (town.street, town.community, town.estate) if p]}
    for source in _files(SOURCES / "start"):
        target = source.relative_to(SOURCES / "start").as_posix()
        text = environment.from_string(source.read_text(encoding="utf-8")).render(values)
        _put(folder / ("." + target if target in DOTTED else target), text.encode())
    for tree in _trees(town.forge):
        for source in _files(tree):
            _put(folder / source.relative_to(tree), source.read_bytes())


def add_papers(folder: Path, site: Site) -> None:
    """Write what `gongshi schema` writes for editors, so that it has nothing to do in a new town."""
    for path, text in papers(site).items():
        _put(folder / path, text.encode())


def _trees(forge: str) -> Iterator[Path]:
    """Yield the folders whose files a forge wants at the root of the repository; Forgejo reads what Gitea reads.

    Whoever has no pages of a forge publishes on a server of his own.
    """
    name = "gitea" if forge == "forgejo" else forge
    found = [SOURCES / "ci" / name, SOURCES / "forge" / name]
    if forge not in HOSTED:
        found.append(SOURCES / "ci/own")
    yield from (tree for tree in found if tree.is_dir())


def _files(tree: Path) -> list[Path]:
    """Return the files below a folder, sorted; what pip compiled of them is none of ours."""
    return sorted(p for p in tree.rglob("*") if p.is_file() and "__pycache__" not in p.parts)


def _put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _environment(as_of: date) -> Environment:
    """Return where the templates are painted. day(n): the day n days after the first one, as ISO text."""
    environment = Environment(undefined=StrictUndefined, autoescape=False, trim_blocks=True,
                              lstrip_blocks=True, keep_trailing_newline=True)
    environment.filters["quoted"] = lambda text: json.dumps(text, ensure_ascii=False)  # JSON is YAML
    environment.globals["day"] = lambda days: (as_of + timedelta(days)).isoformat()
    return environment


def _places(town: Town) -> Iterator[tuple[str, str]]:
    """Yield path and text of a record for every real place that the town names."""
    above, taken = "", set[str]()
    for key, level in LEVELS.items():
        title = getattr(town, key)
        if not title:
            continue
        id = _id_of(title, level, taken)
        values = {"title": title, "source": {"text": f"{town.operator or town.name}登记"}, "level": level,
                  **({"area": above} if above else {})}
        yield f"content/areas/{id}.yml", yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=120)
        taken.add(id)
        above = id


def _id_of(title: str, level: str, taken: set[str]) -> str:
    """Return a place's id in pinyin, that of its level where nothing of its name can be spelled."""
    from pypinyin import lazy_pinyin  # 0.1 s, and only here

    spelled = (re.sub(r"[^a-z0-9]", "", "".join(lazy_pinyin(text)).lower())[:40] for text in (title, level))
    base = next(s for s in spelled if s)
    return base if base not in taken else f"{base}-{len(taken) + 1}"


def first_commit(folder: Path) -> None:
    """Make a folder a git repository on `main` with all of it committed. Raises: DeskError with what git said."""
    commands = [["init", "--quiet", "--initial-branch=main"], ["add", "--all"],
                ["commit", "--quiet", "--message=建站：gongshi init"]]
    for command in commands[1:] if (folder / ".git").exists() else commands:
        try:
            git.ask(folder, *command)
        except DeskError as error:
            raise DeskError("git-refused", reason=error.values["reason"]) from None
