"""Does what a page of the manuals asks for, in a folder of its own, as its reader would."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import openpyxl
from click.testing import CliRunner
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image

from generator import load, validate
from generator.cli import main
from generator.data import Raw
from generator.records import folders, kinds
from tests.docs.reading import Step, agrees
from tests.sites import ROOT

NOT_RUN: dict[str, str] = {
    "make ": "the targets are the project's own: CI runs them, and this test would run itself",
    "python3 -m venv": "a whole environment: tests of the wheel make one",
    ".venv/bin/python -m pip": "fetches packages from the network",
    ".venv/bin/dask ": "runs until it is stopped: tests/test_cluster.py starts a real cluster",
    "gongshi build --executor": "needs that cluster, at another address",
    "sh server/publish.sh": "needs a web server of one's own: tests of the town's CI run it against one here",
}
"""Commands that no test runs, by how they begin, with the reason."""
IDENTITY = {"GIT_AUTHOR_NAME": "editor", "GIT_AUTHOR_EMAIL": "editor@example.org", "GIT_COMMITTER_NAME": "editor",
            "GIT_COMMITTER_EMAIL": "editor@example.org", "GIT_CONFIG_GLOBAL": os.devnull}
GONGSHI = re.compile(r"(?:\.venv/bin/)?gongshi (.*)")
ENTER = re.compile(r"cd (\S+)")
"""A change of folder holds for the commands after it."""
HEADS = 2
"""The row of a sheet in which its columns are named."""
ALONE = re.compile(r"[^|&;<]*")


def do(step: Step, folder: Path, language: str) -> Path:
    """Carry out a step in a folder, and return the folder that one is in then.

    Raises: AssertionError where it ends or says other than the page shows.
    """
    if step.do == "run" and (entered := ENTER.fullmatch(step.what)):
        assert (folder / entered[1]).is_dir(), f"{step.place}: there is no folder {entered[1]}"
        return folder / entered[1]
    _do(step, folder, language)
    return folder


def _do(step: Step, folder: Path, language: str) -> None:
    if step.do in ("write", "spoil"):
        _write(step, folder)
    elif step.do == "change":
        _change(step, folder)
    elif step.do == "fill":
        _fill(step, folder)
    elif step.do == "photo":
        (folder / step.what).parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (800, 600), "#445").save(folder / step.what)
    elif step.do == "show":
        load.parse(step.text)
    elif not step.what.startswith(tuple(NOT_RUN)):
        code, said = run(step.what, folder, language)
        assert code == step.exit, f"{step.place}: `{step.what}` ended with {code}:\n{said}"
        assert not step.text.strip() or agrees(step.text, said), (
            f"{step.place}: `{step.what}` says\n{said}\nand not, as shown,\n{step.text}")


def run(command: str, folder: Path, language: str) -> tuple[int, str]:
    """Return how a command ended and what it said; ours runs in this process, anything else in a shell."""
    found = GONGSHI.fullmatch(command)
    if found and ALONE.fullmatch(command):
        return _ours(found[1], folder, language)
    shim = folder.parent / ".shim"
    shim.mkdir(exist_ok=True)
    (shim / "gongshi").write_text(f'#!/bin/sh\nexec {sys.executable} -m generator "$@"\n', encoding="utf-8")
    (shim / "gongshi").chmod(0o755)
    ended = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command.replace(".venv/bin/gongshi", "gongshi")], cwd=folder,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, timeout=120,
        env={**os.environ, **IDENTITY, "PATH": f"{shim}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT), "LC_ALL": "",
             "LANG": language})
    return ended.returncode, ended.stdout


def _ours(typed: str, folder: Path, language: str) -> tuple[int, str]:
    arguments, _, file = typed.partition(" > ")
    words = shlex.split(arguments)
    before = Path.cwd()
    os.chdir(folder)
    try:
        ended = CliRunner(env={"LANG": language, "LC_ALL": None, "LC_MESSAGES": None, **IDENTITY}).invoke(main, words)
    finally:
        os.chdir(before)
    if ended.exception and not isinstance(ended.exception, SystemExit):
        raise ended.exception
    if file:
        (folder / file.strip()).parent.mkdir(parents=True, exist_ok=True)
        (folder / file.strip()).write_text(ended.stdout, encoding="utf-8")
    return ended.exit_code, ended.stderr if file else ended.output


def _write(step: Step, folder: Path) -> None:
    """Write a whole file; a record is sound by itself, unless it is shown because it is not."""
    path = folder / step.what
    kind = folders().get(step.what.removeprefix("content/").partition("/")[0])
    if kind and step.do == "write" and step.what.endswith(".yml"):
        found = validate.validate(Raw(kind, path.stem, step.what, load.parse(step.text)), kinds())
        assert not isinstance(found, list), f"{step.place}: {[problem.line() for problem in found]}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(step.text, encoding="utf-8")


def _change(step: Step, folder: Path) -> None:
    lines = step.text.rstrip("\n").split("\n")
    old = "".join(line[1:] + "\n" for line in lines if not line.startswith("+"))
    new = "".join(line[1:] + "\n" for line in lines if not line.startswith("-"))
    text = (folder / step.what).read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{step.place}: {step.what} does not hold these lines once:\n{old}"
    (folder / step.what).write_text(text.replace(old, new), encoding="utf-8")


def _fill(step: Step, folder: Path) -> None:
    """Type rows into a sheet as an editor would, by the words at the head of its columns."""
    name, _, sheet = step.what.partition(" ")
    book = openpyxl.load_workbook(folder / name)
    page = book[sheet]
    heads = {str(cell.value).lstrip("*"): cell.column for cell in page[HEADS]}
    named, _, *rows = ([cell.strip() for cell in line.strip()[1:-1].split("|")] for line in step.text.splitlines())
    for row in rows:
        first = heads[named[0]]
        there = [n for n in range(HEADS + 1, page.max_row + 1) if row[0] and page.cell(n, first).value == row[0]]
        at = there[0] if there else next(n for n in range(HEADS + 1, page.max_row + 2) if _is_free(page, n))
        for head, value in zip(named, row, strict=True):
            assert head in heads, f"{step.place}: {sheet} has no column {head}"
            page.cell(at, heads[head]).value = value.replace("<br>", "\n") or None
    book.save(folder / name)


def _is_free(page: Worksheet, row: int) -> bool:
    return all(cell.value is None for cell in page[row])
