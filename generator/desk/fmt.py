"""`gongshi fmt`: a record's file in the one form that its values have, with the comments that stood in it.

Keys stand in the order of the model, in parts too; two spaces a level; quotes only where they are needed. The values
alone decide on the layout, so that a file that a form wrote anew differs from the old one in what was changed: a list
of plain values and a mapping of them stand on one line where they fit, an item of a list of mappings has its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from generator import load
from generator.config import Site
from generator.desk.pieces import Piece, piece_of, read
from generator.desk.scalars import block, scalar
from generator.problem import DeskError, Place, Problem
from generator.records import folders, kinds
from generator.records.fields import Field, fields

WIDTH = 120
"""Characters on a line of several values; a single text is never broken."""


def reformat(site: Site, paths: Sequence[Path]) -> dict[Path, bytes]:
    """Return the new bytes of every record's file that is not in canonical form, sorted by path.

    paths: files and folders, all of the content where there are none. What only commands write is left alone; seals
    bind the values of frozen records, not their bytes, so that those stay whole.
    Raises: ContentError where a file can't be read; DeskError for a path below which there is no record.
    """
    problems: list[Problem] = []
    found: dict[Path, bytes] = {}
    for file in _chosen(site, paths):
        path = site.content / file.path
        try:
            new = formatted(load.text_of(str(path)), kinds()[file.kind]).encode()
        except load.Refused as fault:
            problems.append(Problem(fault.code, Place(file.path, fault.line, fault.column), fault.values))
            continue
        if new != path.read_bytes():
            found[path] = new
    load.stop_if(problems, site)
    return found


def _chosen(site: Site, paths: Sequence[Path]) -> Iterator[load.File]:
    """Yield the files of records that are named, or lie in a folder that is. Raises: DeskError."""
    files = [file for file in load.scan(site.content, folders()).files if kinds()[file.kind].by_hand]
    there = [site.content.resolve() / file.path for file in files]
    asked = [path.resolve() for path in paths]
    for path, name in zip(asked, paths, strict=True):
        if not any(one.is_relative_to(path) for one in there):
            raise DeskError("fmt-nothing", path=str(name), content=site.settings.content)
    for file, one in zip(files, there, strict=True):
        if not asked or any(one.is_relative_to(path) for path in asked):
            yield file


def formatted(text: str, model: type[BaseModel]) -> str:
    """Return the text in its canonical form; its values and comments are the same, and so is what is canonical.

    Raises: load.Refused where it can't be read.
    """
    root = read(text.replace("\r\n", "\n").replace("\r", "\n"))
    if not isinstance(root.value, dict):
        return text
    return "\n".join(lines_of(root, fields(model))) + "\n"


def written(data: dict[str, Any], model: type[BaseModel]) -> str:
    """Return the values of a record as the text of its file, in canonical form."""
    return "\n".join(lines_of(piece_of(data), fields(model))) + "\n"


def lines_of(root: Piece, some: Sequence[Field]) -> list[str]:
    """Return the lines of a whole record."""
    lines = [*root.above, *_mapping(root, some, 0), *root.below]
    while lines and not lines[-1]:
        lines.pop()
    return lines[next((i for i, line in enumerate(lines) if line), 0):]


def entry_lines(head: str, piece: Piece, one: Field | None, indent: int, deeper: int = 2) -> list[str]:
    """Return the lines of one entry, without the comments above it. head: its key or dash, at `indent`."""
    beside = f"  {piece.beside}" if piece.beside else ""
    if isinstance(piece.value, str) and (text := block(piece.value, indent + deeper, deeper)):
        return [f"{head} {text[0]}{beside}", *text[1:]]
    line = on_one_line(piece, one)
    if line is not None and (not piece.children() or len(head) + 1 + len(line) <= WIDTH):
        return [f"{head} {line}{beside}"]
    below = _mapping(piece, parts(one), indent + deeper) if isinstance(piece.value, dict) else _list(
        piece, one, indent + deeper)
    return [f"{head}{beside}", *below, *_comments(piece.below, indent + deeper)]


def on_one_line(piece: Piece, one: Field | None, flow: bool = False) -> str | None:
    """Return a value on one line, None where it needs several: remarks, paragraphs, parts within parts."""
    if isinstance(piece.value, dict | list):
        return _brackets(piece, one)
    return scalar(piece.value, form_of(one), flow)


def _brackets(piece: Piece, one: Field | None) -> str | None:
    """Return a list of plain values, or a mapping of such lists, mappings and values, in brackets; None for others."""
    inside = piece.children()
    flat = all(not child.children() for child in inside)
    nests = isinstance(piece.value, dict) and all(
        not below.children() for child in inside for below in child.children())
    if not (flat or nests) or piece.is_remarked() or _has_paragraphs(piece):
        return None
    if isinstance(piece.value, list):
        return "[" + ", ".join(on_one_line(child, one, True) or "" for child in inside) + "]"
    some = parts(one)
    return "{" + ", ".join(f"{scalar(key, flow=True)}: {on_one_line(child, field_of(some, key), True)}"
                           for key, child in ordered(piece, some)) + "}"


def _has_paragraphs(piece: Piece) -> bool:
    return any(_has_paragraphs(child) for child in piece.children()) or (
        isinstance(piece.value, str) and "\n" in piece.value)


def _mapping(piece: Piece, some: Sequence[Field], indent: int) -> list[str]:
    lines = []
    for key, child in ordered(piece, some):
        lines += _comments(child.above, indent)
        lines += entry_lines(f"{' ' * indent}{scalar(key)}:", child, field_of(some, key), indent)
    return lines


def _list(piece: Piece, one: Field | None, indent: int) -> list[str]:
    lines = []
    for child in piece.children():
        lines += _comments(child.above, indent)
        lines += item_lines(child, one, indent)
    return lines


def item_lines(item: Piece, one: Field | None, indent: int) -> list[str]:
    """Return the lines of one item of a list; the first entry of a mapping stands beside the dash."""
    first, *rest = entry_lines(" " * indent + "-", item, one, indent)
    if not isinstance(item.value, dict) or not item.value or first.strip() not in ("-", f"-  {item.beside}"):
        return [first, *rest]
    remarks = _comments([item.beside] if item.beside else [], indent)
    while rest and rest[0].lstrip().startswith("#"):
        remarks += _comments([rest.pop(0).strip()], indent)
    return [*remarks, f"{' ' * indent}- {rest[0].lstrip()}", *rest[1:]]


def _comments(some: Sequence[str], indent: int) -> list[str]:
    return [" " * indent + comment if comment else "" for comment in some]


def ordered(piece: Piece, some: Sequence[Field]) -> list[tuple[str, Piece]]:
    """Return the entries of a mapping in the order of its model; what that does not know comes last, as it stood."""
    place = {one.name: index for index, one in enumerate(some)}
    return sorted(piece.value.items(), key=lambda entry: place.get(entry[0], len(place)))


def parts(one: Field | None) -> Sequence[Field]:
    """Return the fields of what a field holds, none for any that holds no mapping."""
    if one and one.form == "day":
        return [part._replace(form="day") if part.name == one.bare else part for part in one.parts]
    return one.parts if one else ()


def field_of(some: Sequence[Field], name: str) -> Field | None:
    """Return the field of that name, None for one that the model does not know."""
    return next((one for one in some if one.name == name), None)


def form_of(one: Field | None) -> str:
    """Return the form in which a plain value of the field is written."""
    if one is None:
        return ""
    bare = field_of(parts(one), one.bare)
    return bare.form if bare else one.form
