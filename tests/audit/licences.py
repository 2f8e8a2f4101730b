"""THIRD-PARTY.md: every package that the locks name, with its licence, as the packages themselves say it.

`python -m tests.audit.licences` writes it. What runs or is delivered (`requirements.lock`, the program of the forms)
stands apart from the tools of developers. Raises: SystemExit where a licence is unknown, or not one of those below.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent.parent
FILE = ROOT / "THIRD-PARTY.md"
LOCK, TOOLS, FORMS = "requirements.lock", "requirements-dev.lock", "theme/admin/package-lock.json"
PIN = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==(\S+)", re.MULTILINE)
SAID = {
    "MIT License": "MIT", "BSD License": "BSD", "Apache Software License": "Apache-2.0", "Apache 2.0": "Apache-2.0",
    "PSFL": "PSF-2.0", "Python Software Foundation License": "PSF-2.0", "GNU LGPL v3+": "LGPL-3.0-or-later",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0", "BSD-3-Clause, Apache-2.0, dependency licenses":
    "BSD-3-Clause AND Apache-2.0", "GNU General Public License v2 or later (GPLv2+)": "GPL-2.0-or-later",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.0-or-later",
    "Mozilla Public License 1.1 (MPL 1.1)": "MPL-1.1"}
"""Older ways of saying a licence, by SPDX; “BSD” where the number of clauses is not said."""
UNSAID = {"axe-playwright-python": "MIT", "brotlicffi": "MIT", "colorama": "BSD-3-Clause"}
"""What its own metadata does not say, or what is installed on other systems only; looked up in its repository."""
FREE = {"0BSD", "Apache-2.0", "BSD", "BSD-2-Clause", "BSD-3-Clause", "BlueOak-1.0.0", "CC0-1.0", "ISC", "MIT", "MIT-0",
        "MIT-CMU", "PSF-2.0", "Unlicense", "Zlib"}
"""What asks for no more than its notice."""
LIBRARIES = {"MPL-2.0", "LGPL-3.0-or-later"}
"""What may be used unchanged beside code under any licence; we change none of it."""
DEVELOPERS = {"GPL-3.0-or-later", "GPL-2.0-or-later", "LGPL-2.0-or-later", "MPL-1.1"}
"""What a developer's tool may carry besides: nothing of it is delivered or imported."""


class Package(NamedTuple):
    """A package as a lock pins it, and its licence as SPDX says it, empty where it is unknown."""

    name: str
    version: str
    licence: str


def locked(lock: str) -> dict[str, str]:
    """Return name -> version of a lock of Python packages."""
    return dict(PIN.findall((ROOT / lock).read_text(encoding="utf-8")))


def python_packages(names: Iterable[tuple[str, str]]) -> list[Package]:
    """Return Python packages with what their metadata says, sorted by name."""
    return [Package(name, version, _licence(name)) for name, version in sorted(names)]


def npm_packages() -> list[Package]:
    """Return the packages that go into the program of the forms, which is delivered with sites."""
    found = json.loads((ROOT / FORMS).read_text(encoding="utf-8"))["packages"]
    some = ((path.rpartition("node_modules/")[2], one) for path, one in found.items() if path and not one.get("dev"))
    return sorted({Package(name, one["version"], one.get("license", "")) for name, one in some})


def _licence(name: str) -> str:
    if name in UNSAID:
        return UNSAID[name]
    said = metadata.metadata(name)
    if expression := said.get("License-Expression"):
        return str(expression)
    field = (said.get("License") or "").strip()
    kinds = [line.rpartition(" :: ")[2] for line in said.get_all("Classifier", []) if line.startswith("License ::")]
    named = [field] if SAID.get(field, field) in FREE | LIBRARIES or field in SAID else kinds
    return " OR ".join(SAID.get(one, "") for one in named) if named != [field] else SAID.get(field, field)


def unfit(some: Iterable[Package], allowed: set[str]) -> Iterator[str]:
    """Yield every package whose licence is unknown or not allowed: of an OR one part is enough, of an AND all count."""
    for one in some:
        choices = [part.split(" AND ") for part in one.licence.strip("()").split(" OR ")]
        if not any(all(term.strip("() ") in allowed for term in terms) for terms in choices):
            yield f"{one.name} {one.version}: {one.licence or 'unknown'}"


def document() -> str:
    """Return the whole file. Raises: SystemExit with every package that must not be here."""
    run, tools = locked(LOCK), locked(TOOLS)
    lists = [("What runs: Python packages of `requirements.lock`", python_packages(run.items()), FREE | LIBRARIES),
             ("What the forms at `/admin/` are made of: npm packages, delivered with a site", npm_packages(), FREE),
             ("Tools of developers: Python packages of `requirements-dev.lock` alone, delivered to nobody",
              python_packages((name, version) for name, version in tools.items() if name not in run),
              FREE | LIBRARIES | DEVELOPERS)]
    if wrong := [line for _, some, allowed in lists for line in unfit(some, allowed)]:
        raise SystemExit("\n".join(["a licence is unknown or not allowed (tests/audit/licences.py):", *wrong]))
    return "\n".join([HEAD, *(line for title, some, _ in lists for line in _table(title, some))])


HEAD = """\
# 第三方软件 / Third-party software

本项目用到的全部软件包和各自的许可证，由 `make licences` 从锁文件和软件包自己的说明生成，不手改。
Every package that the locks pin, with its licence as it says itself; written by `make licences`, not by hand.
"""


def _table(title: str, some: list[Package]) -> Iterator[str]:
    yield from (f"## {title}", "", "| package | version | licence |", "|---|---|---|")
    yield from (f"| {one.name} | {one.version} | {one.licence} |" for one in some)
    yield ""


if __name__ == "__main__":
    FILE.write_text(document(), encoding="utf-8")
