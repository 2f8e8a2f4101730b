"""Level 2, the first stage: from files to Raw values.

In: the content folder. Out: one `Raw` per record, or Problems with their places. Nothing here knows a model
beyond the names of the folders; nothing here is skipped silently.

YAML is read as a stream of events, not composed into nodes: half the time of PyYAML's CSafeLoader, no recursion
(30,000 nested brackets crash the C composer), and anchors, tags and duplicate keys are seen with their place.
Plain scalars are text, but for null, true and false: the model, not the parser, decides what a date or number is.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from generator.config import Site
from generator.data import COMPUTED, Raw
from generator.problem import ContentError, Place, Problem
from generator.records.forms import ID

LIMIT_BYTES = 256 * 1024
LIMIT_DEPTH = 20
CORE = {"": None, "~": None, "null": None, "true": True, "false": False}
HIDDEN = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2069\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]")
PROSE_FOLDER = "pages"
PHOTO_FOLDER = "photos"
TAKEN = (*COMPUTED, "q", "assets", "manual", PHOTO_FOLDER, "index.md", "README.md", "index.html", "404.md", "404.html",
            "manifest.json")
PROSE_FILES = (".md", ".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif")
FRONT_MATTER = ("title", "description")
FROZEN = ("outcome", "correction", "bulletin")
"""Kinds whose records have a `.json` beside them, written by the generator."""
LEDGER = "codes/issued.txt"
"""The one file beside records that is none: every short code ever issued, a line each."""
_FRONT = re.compile(r"-{3}[ \t]*\n(.*?\n)(?:-{3}|\.{3})[ \t]*(?:\n|\Z)", re.DOTALL)
_HEADER = re.compile(r"[A-Za-z0-9_-]+[ \t]*:")

_SLIP = re.compile(r"^(?:- |[ ])*[a-z_]+(：|:(?=[^\s:/]))", re.MULTILINE)
"""A key whose colon is full-width, or has no space behind it."""

_Events: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NO_KEY = object()


@dataclass(frozen=True)
class File:
    """A record's file: its kind, its id, and its path below the content folder."""

    kind: str
    id: str
    path: str

    @property
    def key(self) -> str:
        """`kind/id`, unique among the files of a scan."""
        return f"{self.kind}/{self.id}"


class Prose(NamedTuple):
    """A file below content/pages: its path, and its text if it is a page."""

    path: str
    text: str

    @property
    def address(self) -> str:
        """Its path below content/pages."""
        return self.path.removeprefix(f"{PROSE_FOLDER}/")


class Refused(Exception):
    """A file that can't be read as a record; becomes a Problem at `line` and `column`."""

    def __init__(self, code: str, line: int = 1, column: int = 1, **values: Any):
        super().__init__(code)
        self.code, self.line, self.column, self.values = code, line, column, values


class Scan(NamedTuple):
    """What lies in a content folder: record files, sound prose pages and photos, sorted, and Problems of all else.

    photos: paths below content/photos, of whatever lies there.
    """

    files: list[File]
    prose: list[Prose]
    problems: list[Problem]
    photos: list[str]


def scan(content: Path, kind_of: dict[str, str]) -> Scan:
    """Return every record file under `content` and every prose page, and a Problem for what is neither.

    kind_of: folder name -> kind. Hidden files (leading dot) are left alone.
    """
    files: list[File] = []
    prose: list[Prose] = []
    problems: list[Problem] = []
    beside: list[str] = []
    photos: list[str] = []
    for entry in _entries(content):
        if entry.is_symlink():
            problems.append(Problem("symlink", Place(entry.name, 1, 1)))
        elif not entry.is_dir():
            problems.append(Problem("unexpected-file", Place(entry.name, 1, 1), {"name": entry.name}))
        elif entry.name == PROSE_FOLDER:
            prose += _prose(content, _walk(entry.path, entry.name, problems), {*kind_of, *TAKEN}, problems)
        elif entry.name == PHOTO_FOLDER:
            photos += (path.partition("/")[2] for path in _walk(entry.path, entry.name, problems))
        elif entry.name in kind_of:
            for path in _walk(entry.path, entry.name, problems):
                if kind_of[entry.name] in FROZEN and path.endswith(".json"):
                    beside.append(path)
                elif path != LEDGER:
                    _add(path, kind_of[entry.name], files, problems)
        else:
            near = get_close_matches(entry.name, kind_of, 1, 0) or [next(iter(kind_of))]
            problems.append(Problem("unknown-folder", Place(entry.name, 1, 1), {"name": entry.name, "near": near[0]}))
    stems = {file.path.rpartition(".")[0] for file in files if file.kind in FROZEN}
    problems += [Problem("unexpected-file", Place(path, 1, 1), {"name": path.rpartition("/")[2]})
                 for path in beside if path.removesuffix(".json") not in stems]
    return Scan(_unique(files, problems), prose, problems, photos)


def _entries(folder: str | Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as found:
        return sorted((e for e in found if not e.name.startswith(".")), key=lambda e: e.name)


def _walk(folder: str, path: str, problems: list[Problem]) -> Iterator[str]:
    """Yield the path of every file below a folder, sorted, and note links and folders named like records."""
    try:
        entries = _entries(folder)
    except OSError as error:
        problems.append(Problem("unreadable", Place(path, 1, 1), {"reason": error.strerror}))
        return
    for entry in entries:
        below = f"{path}/{entry.name}"
        if entry.is_symlink():
            problems.append(Problem("symlink", Place(below, 1, 1)))
        elif not entry.is_dir():
            yield below
        elif entry.name.endswith((".yml", ".yaml")):
            problems.append(Problem("not-a-file", Place(below, 1, 1), {"name": entry.name}))
        else:
            yield from _walk(entry.path, below, problems)


def _prose(content: Path, paths: Iterable[str], taken: Set[str], problems: list[Problem]) -> Iterator[Prose]:
    for path in paths:
        page = path.removeprefix(f"{PROSE_FOLDER}/")
        if (first := page.partition("/")[0]) in taken:
            url = page.replace("README.md", "index.md").removesuffix(".md") + ".html"
            problems.append(Problem("address-taken", Place(path, 1, 1), {"url": url, "other": first}))
            continue
        if not path.endswith(PROSE_FILES):
            problems.append(Problem("unexpected-file", Place(path, 1, 1), {"name": page}))
            continue
        try:
            text = text_of(os.path.join(content, path)) if path.endswith(".md") else ""
            check_front(text)
            yield Prose(path, text)
        except Refused as fault:
            problems.append(Problem(fault.code, Place(path, fault.line, fault.column), fault.values))


def check_front(text: str) -> None:
    """Refuse a prose page whose front matter MkDocs should not see: nothing but a title and a description.

    Read by our own parser first: 30,000 brackets there would crash MkDocs. Raises: Refused.
    """
    if not text.startswith("---"):
        if _HEADER.match(text):
            raise Refused("unknown-key", key=text.partition(":")[0], near="", known="（正文页开头不写“键: 值”）")
        return
    found = _FRONT.match(text)
    values = parse(found[1]) if found else None
    if not isinstance(values, dict):
        raise Refused("not-a-mapping", found="text")
    for key in values:
        if key not in FRONT_MATTER:
            raise Refused("unknown-key", key=key[:60], near="", known="、".join(FRONT_MATTER))


def _add(path: str, kind: str, files: list[File], problems: list[Problem]) -> None:
    name = path.rpartition("/")[2]
    stem, _, ending = name.rpartition(".")
    if ending not in ("yml", "yaml"):
        problems.append(Problem("unexpected-file", Place(path, 1, 1), {"name": name}))
    elif not ID.match(stem) or len(stem) > 80 or stem == "index":
        problems.append(Problem("bad-id", Place(path, 1, 1), {"name": stem}))
    else:
        files.append(File(kind, stem, path))


def _unique(files: list[File], problems: list[Problem]) -> list[File]:
    first: dict[tuple[str, str], File] = {}
    for file in files:
        other = first.setdefault((file.kind, file.id), file)
        if other is not file:
            problems.append(Problem("duplicate-id", Place(file.path, 1, 1), {"id": file.id, "other": other.path}))
    return list(first.values())


def read(content: str, file: File) -> tuple[Raw, str] | Problem:
    """Return one record's values and its text, or the Problem that keeps it from being read."""
    try:
        text = text_of(os.path.join(content, file.path))
        return Raw(file.kind, file.id, file.path, parse(text)), text
    except Refused as fault:
        return Problem(fault.code, Place(file.path, fault.line, fault.column), fault.values)


def text_of(path: str) -> str:
    """Return the text of a file: UTF-8, not empty, of bounded size, without invisible characters."""
    try:
        data = _bytes_of(path)
    except OSError as error:
        raise Refused("unreadable", reason=error.strerror) from None
    if len(data) > LIMIT_BYTES:
        raise Refused("too-large", size=os.stat(path).st_size, limit=LIMIT_BYTES)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[:error.start].decode("utf-8-sig", "replace")
        raise Refused("not-utf8", *_position(before, len(before)), offset=error.start + 1) from None
    if not text.strip():
        raise Refused("empty-file")
    if hidden := HIDDEN.search(text):
        raise Refused("hidden-character", *_position(text, hidden.start()), name=f"U+{ord(hidden[0]):04X}")
    return text


def _bytes_of(path: str) -> bytes:
    """Return a file's bytes, up to one more than the limit; does not wait, as a pipe would hold the build for ever."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    try:
        return os.read(descriptor, LIMIT_BYTES + 1)
    finally:
        os.close(descriptor)


def _position(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def parse(text: str) -> Any:
    """Return the one document in `text` as dicts, lists, text, None, True and False.

    Raises: Refused, with its place, for anything that is not plain, unambiguous YAML.
    """
    loader = _Events(text)
    try:
        return _build(loader.get_event)
    except yaml.MarkedYAMLError as error:
        raise _syntax(error, text) from None
    except yaml.reader.ReaderError as error:
        raise Refused("yaml-syntax", *_position(text, error.position), reason=error.reason) from None
    finally:
        loader.dispose()


def _syntax(error: yaml.MarkedYAMLError, text: str) -> Refused:
    """Return what is wrong where an editor would look: at the likely slip, or where a quote or bracket opens."""
    mark = error.problem_mark or error.context_mark
    if slip := _SLIP.search("\n".join(text.split("\n")[:mark.line + 1] if mark else [])):
        reason = "full-width colon" if slip[1] == "：" else "no space after the colon"
        return Refused("yaml-syntax", *_position(slip.string, slip.start(1)), reason=reason)
    if error.context_mark and ("quoted" in (error.context or "") or "flow" in (error.context or "")):
        mark = error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return Refused("yaml-syntax", line, column, reason=error.problem or str(error))


def _build(next_event: Any) -> Any:
    """Return the document that the events tell; one loop, because it runs for every line of every record."""
    open_boxes: list[tuple[Any, Any]] = []
    box: Any = []
    key: Any = _NO_KEY
    next_event(), next_event()
    while True:
        event = next_event()
        kind = type(event)
        if kind is yaml.ScalarEvent:
            value = event.value
            if event.implicit[0] and value in CORE:
                value = CORE[value]
        elif kind is yaml.MappingStartEvent:
            value = {}
        elif kind is yaml.SequenceStartEvent:
            value = []
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            box, key = open_boxes.pop()
            continue
        else:
            return _end(event, next_event, box)
        if event.anchor or event.tag:
            raise _marked(event)
        if type(box) is list:
            box.append(value)
        elif key is _NO_KEY:
            key = _key(event, value, box)
            continue
        else:
            box[key], key = value, _NO_KEY
        if kind is not yaml.ScalarEvent:
            open_boxes.append((box, key))
            box, key = value, _NO_KEY
            if len(open_boxes) > LIMIT_DEPTH:
                raise _at(event, "yaml-depth", limit=LIMIT_DEPTH)


def _key(event: Any, value: Any, box: dict[str, Any]) -> str:
    if type(event) is not yaml.ScalarEvent or not isinstance(value, str):
        raise _at(event, "bad-key")
    if value in box:
        raise _at(event, "duplicate-key", key=value[:60])
    return value


def _end(event: Any, next_event: Any, box: list[Any]) -> Any:
    if type(event) is yaml.AliasEvent:
        raise _at(event, "yaml-anchor", name=f"*{event.anchor}")
    if type(event) is not yaml.DocumentEndEvent:
        raise Refused("empty-file")
    if type(after := next_event()) is not yaml.StreamEndEvent:
        raise _at(after, "yaml-documents")
    return box[0]


def _marked(event: Any) -> Refused:
    if event.anchor:
        return _at(event, "yaml-anchor", name="&" + event.anchor)
    return _at(event, "yaml-tag", name=event.tag)


def _at(event: Any, code: str, **values: Any) -> Refused:
    return Refused(code, event.start_mark.line + 1, event.start_mark.column + 1, **values)


def locate(content: Path, problems: Iterable[Problem]) -> list[Problem]:
    """Return the Problems with the line and column of their keys looked up; only a failing run pays for this."""
    maps: dict[str, dict[tuple[str | int, ...], tuple[int, int]]] = {}
    found = []
    for problem in problems:
        path, keys = problem.place.path, problem.place.keys
        if problem.place.line:
            found.append(problem)
            continue
        if path not in maps:
            maps[path] = _positions(content / path)
        while keys and keys not in maps[path]:
            keys = keys[:-1]
        found.append(problem.at(*maps[path].get(keys, (1, 1))))
    return found


def stop_if(problems: Iterable[Problem], site: Site) -> None:
    """Raise ContentError if there are Problems, each with its position, named from the configuration's folder."""
    if found := locate(site.content, problems):
        folder = site.settings.content
        raise ContentError(replace(p, place=replace(p.place, path=f"{folder}/{p.place.path}")) for p in found)


def _positions(path: Path) -> dict[tuple[str | int, ...], tuple[int, int]]:
    """Return the place of every key path in a file that `parse` accepted; empty for one that can't be read."""
    places: dict[tuple[str | int, ...], tuple[int, int]] = {}
    try:
        root = yaml.compose(text_of(str(path)), Loader=_Events)
    except (Refused, OSError, yaml.YAMLError):
        return places

    def note(node: Any, keys: tuple[str | int, ...], mark: Any) -> None:
        places[keys] = (mark.line + 1, mark.column + 1)
        if isinstance(node, yaml.MappingNode):
            for name, below in node.value:
                note(below, (*keys, name.value), name.start_mark)
        elif isinstance(node, yaml.SequenceNode):
            for index, below in enumerate(node.value):
                note(below, (*keys, index), below.start_mark)

    if root is not None:
        note(root, (), root.start_mark)
    return places
