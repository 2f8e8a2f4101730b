"""The import law, read off the imports themselves: levels, clock and disk."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sites import ROOT

LEVELS = {
    "problem": 0, "digest": 0, "wording": 0,
    "records": 1, "data": 1, "config": 1, "execute": 1, "results": 1, "periods": 1,
    "editions": 1, "workdays": 1, "policy": 1, "written": 1, "cache": 1, "findings": 1, "plain": 1, "quick": 1,
    "reference": 1, "saving": 1, "letters": 1, "git": 1, "pickles": 1, "cluster": 1,
    "load": 2, "validate": 2, "link": 2, "score": 2, "render": 2, "export": 2, "gate": 2, "publish": 2, "approve": 2,
    "discretion": 2, "remembered": 2, "photos": 2, "search": 2, "sheets": 2, "admin": 2,
    "batch": 3, "painting": 3, "shelling": 3, "reuse": 3, "build": 3, "closed": 3, "issued": 3, "preview": 3,
    "desk": 3,
    "cli": 4, "serve": 4, "follow": 4, "__main__": 4,
}
HOSTS = {"cli", "serve", "follow"}
MAY_TOUCH_THE_DISK = {"load", "render", "gate", "publish", "photos", "search", "sheets", "admin", "export",
                      "desk", "batch", "preview", "painting", "shelling", "reuse", "build", "closed", "issued",
                      "config", "written", "cache", "saving", "git", "pickles", "remembered", "cluster", *HOSTS}
CLOCK = {"today", "now", "utcnow", "time", "time_ns", "localtime", "gmtime", "fromtimestamp", "monotonic",
         "perf_counter", "ctime", "strftime"}
CLOCKS = {"date", "Date", "datetime", "time"}
DISK_MODULES = {"os", "io", "pathlib", "shutil", "tempfile", "glob", "subprocess", "fileinput", "mmap", "fcntl",
                "sqlite3", "pickle", "urllib", "socket", "http", "requests"}
DISK_CALLS = {"open", "exec", "eval", "compile", "__import__"}
WITHOUT_DISK = {("execute", "os"), ("load", "pickle"), ("findings", "urllib"), ("reference", "urllib")}
"""What a level that must not touch the disk imports all the same, since it asks for no file: `os.name`, `quote`."""

SOURCES = sorted(path for path in (ROOT / "generator").rglob("*.py") if (ROOT / "generator/town") not in path.parents)
"""Every module of ours; what lies below `generator/town/` is files for towns, which nothing here imports."""


def room(module: str) -> str:
    """Return the room of a dotted name below `generator`, empty for the package itself."""
    return [*module.split("."), ""][1]


def module_of(path: Path) -> str:
    """Return the dotted name of a source file of ours."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imported(tree: ast.AST, module: str, package: bool = False) -> Iterator[tuple[int, str]]:
    """Yield (line, dotted name) of everything that a source imports, in functions and for typing too."""
    here = module if package else module.rpartition(".")[0]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                base = ".".join([*here.split(".")[:len(here.split(".")) - node.level + 1], base]).rstrip(".")
            if base == "generator":
                yield from ((node.lineno, f"generator.{alias.name}") for alias in node.names)
            else:
                yield node.lineno, base


def violations(source: str, module: str, package: bool = False) -> list[str]:
    """Return what a source does against the law, as `line: what`."""
    tree = ast.parse(source)
    mine = room(module)
    if mine not in LEVELS:
        return [f"0: {mine} has no level"] if mine else []
    return [*_upward(tree, module, package, mine), *_clock(tree, mine), *_disk(tree, module, package, mine)]


def _upward(tree: ast.AST, module: str, package: bool, mine: str) -> Iterator[str]:
    for line, name in imported(tree, module, package):
        if not name.startswith("generator."):
            continue
        other = room(name)
        if other == "__version__" or other == mine:
            continue
        if other not in LEVELS:
            yield f"{line}: imports {name}, which has no level"
        elif LEVELS[other] > LEVELS[mine] or (LEVELS[other] == LEVELS[mine] == 2):
            yield f"{line}: level {LEVELS[mine]} imports {name} of level {LEVELS[other]}"
        elif (mine, other) in {("batch", "build"), ("painting", "build"), ("batch", "painting")}:
            yield f"{line}: {mine} imports {other}"


def _clock(tree: ast.AST, mine: str) -> Iterator[str]:
    if mine in HOSTS:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in CLOCK and _name(node.value) in CLOCKS:
            yield f"{node.lineno}: reads the clock with {ast.unparse(node)}"
        if isinstance(node, ast.Import | ast.ImportFrom) and "time" in {
                getattr(node, "module", None), *(a.name for a in node.names)}:
            yield f"{node.lineno}: imports time"


def _name(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _disk(tree: ast.AST, module: str, package: bool, mine: str) -> Iterator[str]:
    if mine in MAY_TOUCH_THE_DISK:
        return
    for line, name in imported(tree, module, package):
        top = name.partition(".")[0]
        if top in DISK_MODULES and (mine, top) not in WITHOUT_DISK:
            yield f"{line}: {mine} imports {top}, but must not touch the disk"
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in DISK_CALLS:
            yield f"{node.lineno}: {mine} calls {node.func.id}"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: module_of(path))
def test_module_keeps_the_law(path: Path) -> None:
    """Imports go down levels only, hosts alone read the clock, and the pure stages touch no file."""
    assert violations(path.read_text(encoding="utf-8"), module_of(path), path.name == "__init__.py") == []


def test_no_import_cycle_inside_a_package() -> None:
    """Modules of one package import each other in one direction only (`__init__` aside, the façade)."""
    edges: dict[str, set[str]] = {}
    for path in SOURCES:
        if path.name != "__init__.py":
            tree = ast.parse(path.read_text(encoding="utf-8"))
            edges[module_of(path)] = {name for _, name in imported(tree, module_of(path))}

    def reachable(start: str) -> set[str]:
        found, waiting = set(), [start]
        while waiting:
            for name in edges.get(waiting.pop(), set()) - found:
                found.add(name)
                waiting.append(name)
        return found

    assert [module for module in edges if module in reachable(module)] == []


@pytest.mark.parametrize(("module", "source"), [
    ("generator.load", "from generator.validate import validate\n"),
    ("generator.load", "from generator import link\n"),
    ("generator.score.boards", "from generator.render import view\n"),
    ("generator.score.boards", "def f():\n    import generator.publish\n"),
    ("generator.score.boards", "from ..render import view\n"),
    ("generator.problem", "from generator.records import kinds\n"),
    ("generator.data", "from generator.load import File\n"),
    ("generator.records.case", "from generator.score import boards\n"),
    ("generator.batch", "from generator import build\n"),
    ("generator.batch", "from generator import painting\n"),
    ("generator.build", "from generator.cli import main\n"),
    ("generator.link", "from generator.newcomer import x\n"),
    ("generator.newcomer", "x = 1\n"),
    ("generator.build", "from datetime import date\nx = date.today()\n"),
    ("generator.render.view", "import datetime\nx = datetime.datetime.now()\n"),
    ("generator.publish", "import time\nx = time.time()\n"),
    ("generator.load", "from time import time\n"),
    ("generator.score.boards", "from pathlib import Path\nPath('x').read_text()\n"),
    ("generator.link", "open('x')\n"),
    ("generator.records.case", "import os\n"),
    ("generator.validate", "import subprocess\n"),
    ("generator.score.rules", "eval('1')\n"),
])
def test_violation_is_noticed(module: str, source: str) -> None:
    """The law's test is no formality: made-up sources that break it are caught."""
    assert len(violations(source, module)) >= 1


@pytest.mark.parametrize(("module", "source"), [
    ("generator.score.boards", "from generator.score.facts import Facts\nfrom generator.data import Row\n"),
    ("generator.score.boards", "from .facts import Facts\n"),
    ("generator.build", "from generator import __version__, batch, load\n"),
    ("generator.cli", "from datetime import datetime\nx = datetime.now()\nopen('x')\n"),
    ("generator.data", "from generator.records import kinds\n"),
    ("generator.execute", "import os\n"),
    ("generator.records.case", "from datetime import date\nx = date(2026, 1, 1)\n"),
])
def test_lawful_source_passes(module: str, source: str) -> None:
    """What the law allows is not reported."""
    assert violations(source, module) == []
