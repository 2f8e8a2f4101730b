"""A record's file as a tree whose pieces know where they stand in the text, and which comments belong to them.

`formatted` (in `fmt`) writes such a tree anew; `edited` (in `editing`) writes what changed and keeps the rest as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from generator.plain import CORE, parse

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_COLON = re.compile(r"\s*:")
_BEFORE_DASH = re.compile(r"(?:\s|#[^\n]*)*")


@dataclass
class Piece:
    """A value: text, None, True, False, a dict or a list of pieces.

    at: where its entry begins (its key, or the dash before it); end: where its line does, a comment beside it included;
    -1 both for a value that stands in no text. flow: it is written between brackets.
    above, beside, below: comments before it (empty texts are blank lines), on its line, after its last entry.
    """

    value: Any
    at: int = -1
    end: int = -1
    flow: bool = False
    above: list[str] = field(default_factory=list)
    beside: str = ""
    below: list[str] = field(default_factory=list)

    def children(self) -> list[Piece]:
        """Return what is directly inside it, in order."""
        return list(self.value.values()) if isinstance(self.value, dict) else (
            self.value if isinstance(self.value, list) else [])

    def entries(self) -> Iterator[tuple[str | int, Piece]]:
        """Yield what is directly inside it with its key or index."""
        yield from self.value.items() if isinstance(self.value, dict) else enumerate(self.value)

    @property
    def stop(self) -> int:
        """Where its last line ends, for one that stands in a text."""
        return self.end if self.flow or not self.children() else self.children()[-1].stop

    def plain(self) -> Any:
        """Return the value itself, as `load.parse` gives it."""
        if isinstance(self.value, dict):
            return {key: child.plain() for key, child in self.value.items()}
        return [child.plain() for child in self.value] if isinstance(self.value, list) else self.value

    def is_remarked(self) -> bool:
        """Whether a comment stands inside it."""
        return any(c.beside or any(c.above) or any(c.below) or c.is_remarked() for c in self.children()) or any(
            self.below)


def piece_of(value: Any) -> Piece:
    """Return a value as a piece that stands in no text."""
    if isinstance(value, dict):
        return Piece({key: piece_of(below) for key, below in value.items()})
    return Piece([piece_of(below) for below in value] if isinstance(value, list) else value)


def read(text: str) -> Piece:
    """Return the tree of a text whose lines end in a line feed. Raises: plain.Refused where it is no sound record."""
    parse(text)
    return _Reader(text).read()


class _Reader:
    """Walks once through a text; `cursor` is where the last piece ended, `last` that piece."""

    def __init__(self, text: str):
        self.text, self.cursor, self.last = text, 0, Piece(None)

    def read(self) -> Piece:
        root = self._piece(yaml.compose(self.text, Loader=_Loader), 0, 0)
        root.below += _rest(root, self._gap(len(self.text)), 0)
        first = root.children()[0] if root.children() else root
        if root.children() and "" in first.above:  # what stands apart at the top is about the file, not its first key
            cut = len(first.above) - first.above[::-1].index("")
            root.above, first.above = first.above[:cut], first.above[cut:]
        return root

    def _piece(self, node: Any, at: int, begin: int) -> Piece:
        """Return the piece of a node. at: where its entry begins; begin: where its key or dash ends."""
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, at, begin)
        piece = Piece({} if isinstance(node, yaml.MappingNode) else [], at, flow=bool(node.flow_style))
        self.last, self.cursor = piece, max(begin, node.start_mark.index if piece.flow else begin)
        for child in node.value:
            self._child(piece, child)
        if piece.flow:
            piece.below += [line for _, line in self._gap(node.end_mark.index)]
            self.last, self.cursor, piece.end = piece, node.end_mark.index, node.end_mark.index
        return piece

    def _child(self, piece: Piece, child: Any) -> None:
        if isinstance(piece.value, dict):
            key, node = child
            colon = _COLON.match(self.text, key.end_mark.index)
            at, begin = key.start_mark.index, colon.end() if colon else key.end_mark.index
        else:
            key, node, at = None, child, child.start_mark.index
            if not piece.flow:
                found = _BEFORE_DASH.match(self.text, self.cursor)
                at = found.end() if found else at
            begin = at if piece.flow else at + 1
        above = _rest(piece, self._gap(at), at - (self.text.rfind("\n", 0, at) + 1))
        new = self._piece(node, at, begin)
        new.above = above
        if key is None:
            piece.value.append(new)
        else:
            piece.value[key.value] = new

    def _scalar(self, node: Any, at: int, begin: int) -> Piece:
        source = self.text[node.start_mark.index:node.end_mark.index]
        value = CORE.get(node.value, node.value) if not node.style else node.value
        end = max(begin, node.start_mark.index + len(source.rstrip() if node.style in ("|", ">") else source))
        piece = Piece(value, at, end)
        self.last, self.cursor = piece, end
        if node.style in ("|", ">") and "#" in (head := source.partition("\n")[0]):
            piece.beside = head[head.index("#"):].rstrip()
        return piece

    def _gap(self, to: int) -> list[tuple[int, str]]:
        """Return the comment lines from the cursor to `to`, each with its column; one beside the last piece is its own.

        A run of blank lines counts as one, in the first column.
        """
        first, *rest = ("\n" * (self.cursor == 0) + self.text[self.cursor:to]).split("\n")
        if rest or "#" in first:
            self.last.end = self.cursor + len(first.rstrip())
            if "#" in first:
                self.last.beside = first[first.index("#"):].rstrip()
        lines: list[tuple[int, str]] = []
        for index, line in enumerate(rest, 1):
            if "#" in line:
                lines.append((line.index("#"), line[line.index("#"):].rstrip()))
            elif index < len(rest) and not line.strip() and (not lines or lines[-1][1]):
                lines.append((0, ""))
        return lines


def _rest(piece: Piece, lines: list[tuple[int, str]], column: int) -> list[str]:
    """Return the comments that stand no deeper than `column`; deeper ones go to the last of `piece` until now."""
    before = piece.children()
    while not piece.flow and before and before[-1].children() and lines and lines[0][0] > column:
        before[-1].below.append(lines.pop(0)[1])
    return [line for _, line in lines]
