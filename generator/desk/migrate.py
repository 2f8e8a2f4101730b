"""`gongshi migrate`: a site written in an older format becomes one of today's, line by line, comments kept.

A migration is added with the change of a model that old files don't survive, and `config.SCHEMA_VERSION` rises with it.
It says of one mapping after the other what it is now: of the configuration, and of every record written by hand. What
commands have frozen is never touched, since seals bind its values: a model has to go on reading that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from generator import config, load
from generator.desk.editing import edited
from generator.problem import ContentError, Place, Problem
from generator.records import folders, kinds
from generator.records.forms import Part

Values = dict[str, Any]
_VERSION = re.compile(r"^schema_version:[^#\n]*?(?=\s*(?:#|$))", re.MULTILINE)


class Migration(NamedTuple):
    """One step from a format to the next.

    about: what changes and why, for editors, in Chinese and in English.
    change: (kind, values) -> values as they are written now; the configuration is of kind `site`. Values are what
    `load.parse` gives. What is new already is given back as it is: a run that was cut short is run again.
    """

    about: tuple[str, str]
    change: Callable[[str, Values], Values]


MIGRATIONS: tuple[Migration, ...] = ()
"""The first leads from format 1 to 2, each to the next."""


class Migrated(NamedTuple):
    """What a site becomes: its format before, the steps taken, and path -> (text before, text after)."""

    before: int
    steps: Sequence[Migration]
    files: dict[Path, tuple[str, str]]


def migrate(path: Path, migrations: Sequence[Migration] = MIGRATIONS) -> Migrated:
    """Return what the site of this configuration file becomes; nothing is written.

    Raises: ContentError where the configuration can't be read or is newer than this program, or a record is unreadable.
    """
    text, values = _read(path, str(path))
    if (other := config.out_of_step(values)) and other[0] == "newer-format":
        place = Place(str(path), keys=("schema_version",))
        raise ContentError(load.locate(Path(), [Problem(other[0], place, other[1])]))
    before = config.version_of(values)
    steps = migrations[before - 1:]
    if not steps:
        return Migrated(before, steps, {})
    site = _stated(_changed(text, "site", values, steps, Part), before + len(steps))
    content = path.parent / str(values.get("content", "content"))
    files = {**dict(_records(content, steps)), path: (text, site)}  # its version last: what is cut short is done again
    return Migrated(before, steps, {p: texts for p, texts in files.items() if texts[0] != texts[1]})


def _records(content: Path, steps: Sequence[Migration]) -> Iterator[tuple[Path, tuple[str, str]]]:
    """Yield every record that is written by hand with its text before and after. Raises: ContentError."""
    problems = []
    for file in load.scan(content, folders()).files:
        model = kinds()[file.kind]
        if not model.by_hand:
            continue
        try:
            text, values = _read(content / file.path, f"{content.name}/{file.path}")
        except ContentError as error:
            problems += error.problems
            continue
        yield content / file.path, (text, _changed(text, file.kind, values, steps, model))
    if problems:
        raise ContentError(problems)


def _read(path: Path, name: str) -> tuple[str, Values]:
    try:
        text = load.text_of(str(path))
        values = load.parse(text)
    except load.Refused as fault:
        raise ContentError([Problem(fault.code, Place(name, fault.line, fault.column), fault.values)]) from None
    if not isinstance(values, dict):
        raise ContentError([Problem("not-a-mapping", Place(name, 1, 1), {"found": "text"})])
    return text, values


def _changed(text: str, kind: str, values: Values, steps: Sequence[Migration], model: type[Part]) -> str:
    new = values
    for step in steps:
        new = step.change(kind, new)
    return text if new == values else edited(text, new, model)


def _stated(text: str, version: int) -> str:
    """Return the text of a configuration that states a format: in the line that did, else in a first one."""
    said = f"schema_version: {version}"
    return _VERSION.sub(said, text, count=1) if _VERSION.search(text) else f"{said}\n{text}"
