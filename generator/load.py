"""Level 2, the first stage: from files to Raw values.

In: the content folder. Out: one `Raw` per record, or Problems with their places. Nothing here knows a model
beyond the names of the folders; nothing here is skipped silently.
How YAML itself is read stands in `plain`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from generator.config import Site
from generator.data import COMPUTED, Raw
from generator.digest import sha256
from generator.letters import unfit
from generator.plain import CORE as CORE
from generator.plain import Events, position
from generator.plain import Refused as Refused
from generator.plain import parse as parse
from generator.problem import ContentError, Place, Problem
from generator.records.forms import ID

LIMIT_BYTES = 256 * 1024
LIMIT_WORK = 20_000_000
"""A page's length times its unclosed `<` (and a tenth of its fences), a paragraph's times its marks: 2 s at most."""
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
_OPEN = re.compile(r"<(?![^<>\n]*>)")
_FENCE = re.compile(r"^[ ]{0,3}(?:`{3}|~{3})", re.MULTILINE)
_BLOCK = re.compile(r"(?:.+\n?)+")
_MARKS = re.compile(r"[\[<>`*_!&]|^[=#-]", re.MULTILINE)
_HEADER = re.compile(r"[ ]{0,3}[A-Za-z0-9_-]++[ \t]*:")


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


class Scan(NamedTuple):
    """What lies in a content folder: record files, sound prose pages and photos, sorted, and Problems of all else.

    photos: paths below content/photos, of whatever lies there.
    """

    files: list[File]
    prose: list[Prose]
    problems: list[Problem]
    photos: list[str]


def scan(content: Path, kind_of: Mapping[str, str]) -> Scan:
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
            check_work(text)
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


def check_work(text: str) -> None:
    """Refuse a prose page that Python-Markdown would take minutes for: its time grows with length times marks.

    16,000 open brackets in one paragraph take 20 seconds, four times as many five minutes (measured). Raises: Refused.
    """
    if (len(_OPEN.findall(text)) + len(_FENCE.findall(text)) // 10) * len(text) > LIMIT_WORK:
        raise Refused("tangled-page")
    for block in _BLOCK.finditer(text):
        if len(_MARKS.findall(block[0])) * len(block[0]) > LIMIT_WORK:
            raise Refused("tangled-page", *position(text, block.start()))


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
        data = bytes_of(os.path.join(content, file.path))
        text = text_in(data)
        return Raw(file.kind, file.id, file.path, parse(text), sha256(data)), text
    except Refused as fault:
        return Problem(fault.code, Place(file.path, fault.line, fault.column), fault.values)


def text_of(path: str) -> str:
    """Return the text of a file: UTF-8, not empty, of bounded size, without characters that deceive."""
    return text_in(bytes_of(path))


def bytes_of(path: str) -> bytes:
    """Return the bytes of a file of bounded size. Raises: Refused."""
    try:
        data = _bytes_of(path)
    except OSError as error:
        raise Refused("unreadable", reason=error.strerror) from None
    if len(data) > LIMIT_BYTES:
        raise Refused("too-large", size=os.stat(path).st_size, limit=LIMIT_BYTES)
    return data


def text_in(data: bytes) -> str:
    """Return the text in the bytes of a file, under the same rules. Raises: Refused."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[:error.start].decode("utf-8-sig", "replace")
        raise Refused("not-utf8", *position(before, len(before)), offset=error.start + 1) from None
    if not text.strip():
        raise Refused("empty-file")
    if found := unfit(text):
        raise Refused(found.code, *position(text, found.offset), **found.values)
    return text


def _bytes_of(path: str) -> bytes:
    """Return a file's bytes, up to one more than the limit; does not wait, as a pipe would hold the build for ever."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    try:
        return os.read(descriptor, LIMIT_BYTES + 1)
    finally:
        os.close(descriptor)


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
    if found := noted(problems, site):
        raise ContentError(found)


def noted(problems: Iterable[Problem], site: Site) -> list[Problem]:
    """Return Problems or notes with their positions, named from the configuration's folder."""
    folder = site.settings.content
    return [replace(p, place=replace(p.place, path=f"{folder}/{p.place.path}")) for p in locate(site.content, problems)]


def _positions(path: Path) -> dict[tuple[str | int, ...], tuple[int, int]]:
    """Return the place of every key path in a file that `parse` accepted; empty for one that can't be read."""
    places: dict[tuple[str | int, ...], tuple[int, int]] = {}
    try:
        parse(text := text_of(str(path)))  # the composer calls itself: 30,000 brackets end the process
        root = yaml.compose(text, Loader=Events)
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
