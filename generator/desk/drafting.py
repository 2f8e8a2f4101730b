"""`gongshi new`: one record is drafted field by field, checked by its model's own rules, and written as fmt would.

In: values as an editor types them. Out: the text of a file and its path, or Problems that name the field's keys.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from functools import cache
from typing import Any, NamedTuple

from generator import gate, link, load, validate
from generator.config import Site
from generator.data import Raw, Reference, references
from generator.desk.fmt import written
from generator.desk.naming import new_id, new_path
from generator.problem import ContentError, DeskError, Place, Problem
from generator.records import folders, kinds
from generator.records.fields import Field, fields
from generator.records.forms import ID
from generator.saving import save

Keys = tuple[str | int, ...]


class Match(NamedTuple):
    """A record that a reference might mean: what is written for it, and its title."""

    ref: str
    title: str


class Shelf:
    """The records that lie in a content folder: files by `kind/id`; a title is read when it is asked for."""

    def __init__(self, site: Site):
        self._content = site.content
        self.files = {file.key: file for file in load.scan(site.content, folders()).files}
        self._data = cache(self._read)

    def ids(self, kind: str) -> list[str]:
        """Return the ids of a kind, sorted."""
        return sorted(file.id for file in self.files.values() if file.kind == kind)

    def title(self, key: str) -> str:
        """Return a record's title, empty where it can't be read."""
        return str(self._data(key).get("title", ""))

    def is_example(self, key: str) -> bool:
        """Whether a record is marked as made up."""
        return self._data(key).get("illustrative") is True

    def _read(self, key: str) -> dict[str, Any]:
        read = load.read(str(self._content), self.files[key])
        data = None if isinstance(read, Problem) else read[0].data
        return data if isinstance(data, dict) else {}

    def find(self, said: str, to: Sequence[str], most: int = 9) -> list[Match]:
        """Return the records of these kinds that `said` may mean, the likeliest first.

        Those whose id or title it is, then those that hold it, then those whose id or title looks like it.
        """
        keys = [f"{kind}/{id}" for kind in to for id in self.ids(kind)]
        names = {key: (key.partition("/")[2], self.title(key)) for key in keys}
        same = [key for key in keys if said in (key, *names[key])]
        holds = [key for key in keys if any(said in name for name in names[key])]
        by_name = {name: key for key in reversed(keys) for name in names[key]}
        near = [by_name[name] for name in get_close_matches(said, by_name, most, 0.5)]
        found = list(dict.fromkeys(same or [*holds, *near]))[:most]
        return [Match(key if len(to) > 1 else names[key][0], names[key][1]) for key in found]


# ── values as they are typed ─────────────────────────────────────────────────────────────────────────────────


def filled(kind: str, given: Iterable[str]) -> dict[str, Any]:
    """Return the values of `NAME=VALUE`, as YAML would give them; names are paths, as `ladder.0.level`.

    A name given again adds to its list. Raises: DeskError for what is no such pair, or leaves a gap in a list.
    """
    data: dict[str, Any] = {}
    for pair in given:
        path, sign, value = pair.partition("=")
        if not sign or not path:
            raise DeskError("new-pair", pair=pair)
        _put(data, fields(kinds()[kind]), path.split("."), value, pair)
    return data


def _put(box: dict[str, Any], some: Sequence[Field], names: list[str], value: str, pair: str) -> None:
    name, *rest = names
    one = next((one for one in some if one.name == name), None)
    if not rest:
        box[name] = _with(box.get(name), one, value)
    elif rest[0].isdecimal():
        items = box.setdefault(name, [])
        if not isinstance(items, list) or int(rest[0]) > len(items):
            raise DeskError("new-gap", pair=pair, next=f"{name}.{len(items) if isinstance(items, list) else 0}")
        _put_item(items, one, int(rest[0]), rest[1:], value, pair)
    else:
        below = box.setdefault(name, {})
        if not isinstance(below, dict):
            raise DeskError("new-pair", pair=pair)
        _put(below, one.parts if one else (), rest, value, pair)


def _put_item(items: list[Any], one: Field | None, index: int, rest: list[str], value: str, pair: str) -> None:
    if not rest:
        items[index:index + 1] = [typed(one, value)]
        return
    if index == len(items):
        items.append({})
    if not isinstance(items[index], dict):
        raise DeskError("new-pair", pair=pair)
    _put(items[index], one.parts if one else (), rest, value, pair)


def _with(there: Any, one: Field | None, value: str) -> Any:
    """Return a field's value with what is typed added: a list takes one more."""
    new = typed(one, value)
    if one is None or not one.many:
        return new
    if there is None and one.alone:
        return new
    return [one for some in (there, new) if some is not None for one in (some if isinstance(some, list) else [some])]


def typed(one: Field | None, value: str) -> Any:
    """Return what a text stands for in a field: a flag, a choice by its Chinese word, YAML between brackets."""
    if one is None:
        return value
    if one.form == "flag":
        return {"是": True, "true": True, "否": False, "false": False}.get(value, value)
    if one.choices:
        return next((choice for choice, word in one.choices.items() if value in (choice, word)), value)
    if (one.parts or one.many or one.form == "words") and value[:1] in ("{", "["):
        try:
            return load.parse(value)
        except load.Refused:
            raise DeskError("new-brackets", value=value) from None
    return value


# ── what is wrong ────────────────────────────────────────────────────────────────────────────────────────────


def faults(kind: str, data: dict[str, Any], shelf: Shelf) -> list[Problem]:
    """Return what is wrong with a draft: by its model's own rules, and references that lead nowhere or to examples."""
    found = validate.validate(Raw(kind, stand_in(kind), "", data), kinds())
    if isinstance(found, list):
        return found
    wrong = (_wrong(reference, found.illustrative, shelf) for reference in references(found))
    return [problem for problem in wrong if problem]


def faults_at(kind: str, data: dict[str, Any], at: Keys, shelf: Shelf) -> list[Problem]:
    """Return what is wrong with what stands at these keys and below, whatever else is."""
    return [problem for problem in faults(kind, data, shelf) if problem.place.keys[:len(at)] == at]


def stand_in(kind: str) -> str:
    """Return an id that any kind accepts, for a draft that has none yet."""
    return "x-0001" if kinds()[kind].opaque else "x"


def _wrong(reference: Reference, is_example: bool, shelf: Shelf) -> Problem | None:
    """Return what is wrong with where a reference leads: nowhere, or, for a real record, to a made-up source."""
    place = Place("", keys=reference.keys)
    if reference.target in shelf.files:
        real_shown_by_example = (not is_example and reference.keys[0] in link.SHOWN_BY
                                 and shelf.is_example(reference.target))
        return Problem("illustrative-source", place) if real_shown_by_example else None
    return link.missing(place, reference.target, shelf.ids(reference.target.partition("/")[0]))


# ── the file ─────────────────────────────────────────────────────────────────────────────────────────────────


class Draft(NamedTuple):
    """A record ready to be written: its path below content/ and the text of its file."""

    path: str
    text: str


def proposed_id(kind: str, data: dict[str, Any], shelf: Shelf) -> str:
    """Return the next free id, as this kind's records are called."""
    return new_id(kind, data, shelf.ids(kind))


def refuse_unless_by_hand(kind: str) -> None:
    """Raise DeskError for a kind that only a command writes."""
    if not kinds()[kind].by_hand:
        raise DeskError("new-by-command", label=kinds()[kind].label, command=BY_COMMAND.get(kind, kind))


BY_COMMAND = {"outcome": "close", "correction": "correct"}


def refuse_id(kind: str, id: str, shelf: Shelf) -> None:
    """Raise DeskError for an id that can't be one, or that a record of this kind has."""
    if not ID.match(id) or len(id) > 80 or id == "index" or (kinds()[kind].opaque and not validate.SERIAL.match(id)):
        raise DeskError("new-id", id=id, example=new_id(kind, {}, shelf.ids(kind)))
    if f"{kind}/{id}" in shelf.files:
        raise DeskError("new-exists", id=id, path=shelf.files[f"{kind}/{id}"].path)


def draft(kind: str, id: str, data: dict[str, Any], shelf: Shelf) -> Draft:
    """Return the record's file. Raises: ContentError for a draft with faults, DeskError where there is such a record.

    The places of the faults are the fields' names, as they are given on the command line.
    """
    refuse_id(kind, id, shelf)
    text, path = written(data, kinds()[kind]), new_path(kind, id, data)
    found = validate.validate(Raw(kind, id, path, data), kinds())
    wrong = found if isinstance(found, list) else faults(kind, data, shelf)
    if wrong or (wrong := gate.judge(text, path, data).problems):
        raise ContentError(Problem(one.code, Place(_named(kind, one)), one.values) for one in wrong)
    return Draft(path, text)


def _named(kind: str, problem: Problem) -> str:
    return ".".join(map(str, problem.place.keys)) or kind


def put_down(site: Site, ready: Draft) -> str:
    """Write a draft and return its path from the folder of the configuration; no file is ever overwritten."""
    target = site.content / ready.path
    if target.exists():
        raise DeskError("new-exists", id=target.stem, path=ready.path)
    save({target: ready.text.encode()})
    return f"{site.settings.content}/{ready.path}"
