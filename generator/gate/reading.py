"""What the words of a published file are, whatever its format: text, attributes, cells, keys, what is packed inside.

In: a path and bytes. Out: one text in which `BREAK` stands between what no reader sees as one (two cells of a table,
two attributes), so that a number is found across `<b>` and never across `</td>`. What can't be looked into is `Unseen`.
"""

from __future__ import annotations

import csv
import html
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

from generator.gate import pictures

END = "␞"
BREAK = f"\n{END}\n"
LIMIT = 256 * 1024 * 1024
"""Bytes of what one packed file holds; larger ones are not looked into, and so not published."""
DEEPEST = 3
MARKUP = (".html", ".htm", ".xhtml", ".svg", ".xml", ".rss", ".atom", ".rels", ".rdf", ".xsl", ".opf", ".ncx")
DATA = (".json", ".geojson", ".jsonld", ".webmanifest", ".map")
TABLES = (".csv", ".tsv")
SCRIPTS = (".js", ".mjs", ".css")
INLINE = ("a|abbr|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|ins|kbd|mark|q|rb|rp|rt|ruby|s|samp|small|span|strike|"
          "strong|sub|sup|tspan|tt|u|var|wbr|"
          "r|t|rPr|rFont|sz|color|family|charset|scheme|vertAlign|w:r|w:t|w:rPr|text:span|a:r|a:t|a:rPr")
"""Elements within a line: of HTML and SVG, then of office files, where runs of one cell stand in elements.

Not `time`: a day that follows a number is not a part of it.
"""

_TAG = re.compile(r"(<[/!?A-Za-z][^<>]*>)")
_WITHIN = re.compile(rf"</?(?:{INLINE})(?=[\s/>])|<!--|<[!?]", re.IGNORECASE)
_LINE_END = re.compile(r"<br\b", re.IGNORECASE)
_DRAWN = re.compile(r"\b(?:d|points|viewBox|transform|stroke-dasharray)=([\"'])[-+\dMLHVCSQTAZEmlhvcsqtaze\s.,]*\1")
"""Coordinates: numbers that are drawn and never read."""
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})")
_QUOTES = re.compile(r"[\"'`]")
_NUMBER = re.compile(rb"[0-9A-Za-z._-]{8,}")
_NO_LETTERS = bytes(32 if byte < 128 else byte for byte in range(256))
_SPELLED = ("p", "a", "f")
"""What a fragment holds of a page for machines alone: its names and places in Latin letters, its facets in code."""
_LENGTH = re.compile(r"\b[`a-x](?=\d)")
_WORD_END = "\u3126"
"""What `search.words` puts behind every word that is no pair of characters."""
_APART = re.compile(f"{_WORD_END}(?<=[0-9A-Za-z]{_WORD_END})(?=[0-9A-Za-z])")
_PAGEFIND = b"pagefind_dcd"
_WASM = b"\0asm"
_FONTS = {".woff": b"wOFF", ".woff2": b"wOF2", ".otf": b"OTTO", ".ttf": b"\0\1\0\0"}


class Unseen(Exception):
    """A file that nothing here can look into; says what it is."""


def words_of(path: str, data: bytes, depth: int = 0) -> str:
    """Return what a file other than a picture says. Raises: Unseen."""
    if depth > DEEPEST:
        raise Unseen("packed too often")
    if data.startswith(b"\x1f\x8b"):
        return _unpacked(path, inflated(data), depth)
    if data.startswith((b"PK\3\4", b"PK\5\6")):
        return BREAK.join(_members(data, depth))
    if path.endswith(".br"):
        return words_of(path.removesuffix(".br"), _unbrotli(data), depth + 1)
    if data.startswith(_WASM) or _is_font(path, data) or pictures.is_one(data):
        return ""  # programs, letter shapes, pixels
    return said(path, _text(data))


def _is_font(path: str, data: bytes) -> bool:
    return any(path.endswith(ending) and data.startswith(head) for ending, head in _FONTS.items())


def said(path: str, text: str) -> str:
    """Return what a text file says to whoever opens it."""
    if path.endswith(MARKUP) or text.lstrip()[:1] == "<":
        return readable(passages(text))
    if path.endswith(DATA):
        return BREAK.join(_values(text))
    if path.endswith(TABLES):
        rows = csv.reader(io.StringIO(text), delimiter="\t" if path.endswith(".tsv") else ",")
        return BREAK.join(cell for row in rows for cell in row)
    return plain(_QUOTES.sub(BREAK, _DRAWN.sub("", text)) if path.endswith(SCRIPTS) else text)


def passages(text: str) -> list[str]:
    """Return what a piece of HTML or XML says as written, once each: its text, then its tags with their attributes.

    Whatever is cut off or malformed counts as text, so that nothing of it is left out.
    """
    parts = _TAG.split(text)
    tags = parts[1::2]
    parts[1::2] = map(between, tags)
    return list(dict.fromkeys((*" ".join("".join(parts).split()).split(END), *tags)))


@lru_cache(1 << 14)
def between(tag: str) -> str:
    """Return what a reader sees in the place of a tag: nothing, a space, or the end of what is read as one."""
    return "" if _WITHIN.match(tag) else " " if _LINE_END.match(tag) else END


def readable(some: Iterable[str]) -> str:
    """Return passages as their reader sees them, or would by looking at their source."""
    return plain(undrawn(BREAK.join(some)))


def undrawn(text: str) -> str:
    """Return markup without coordinates."""
    return _DRAWN.sub("", text) if "<path" in text or "<poly" in text or "<svg" in text else text


def inflated(data: bytes) -> bytes:
    """Return what a gzip file holds. Raises: Unseen."""
    try:
        unpacking = zlib.decompressobj(31)
        whole = unpacking.decompress(data, LIMIT)
    except zlib.error:
        raise Unseen("broken gzip") from None
    if not unpacking.eof or unpacking.unused_data:
        raise Unseen("gzip too large or in parts")
    return whole


def _unpacked(path: str, data: bytes, depth: int) -> str:
    """Return what stands in a gzip file: a part of the search index, or a compressed copy."""
    if not data.startswith(_PAGEFIND):
        return words_of(path.removesuffix(".gz"), data, depth + 1)
    inside = data[len(_PAGEFIND):]
    if inside.startswith(_WASM):
        return ""
    if inside.startswith(b"{"):
        return BREAK.join(_fragment(_text(inside)))
    return _terms(inside)


def _fragment(text: str) -> Iterator[str]:
    """Yield what a page's part of the search says: its text put together again, and the words that find it."""
    try:
        whole = json.loads(text)
        told = whole.pop("meta", {})
    except (ValueError, AttributeError, RecursionError):
        yield text
        return
    yield from map(_restored, _leaves(whole))
    for name, value in told.items():
        if name not in _SPELLED:
            yield _restored(str(value)) if len(name) > 1 else str(value).replace(f"{_WORD_END} ", BREAK)


def _restored(text: str) -> str:
    """Return a text that `search.words.stream` has made words of as it was before: a pair of characters gives one."""
    if _WORD_END not in text:
        return text
    joined = "".join([word if _WORD_END in word else word[:1] for word in text.split(" ")])
    return _APART.sub(" ", joined).replace(_WORD_END, "")


def _terms(data: bytes) -> str:
    """Return the words of a part of the index, which is CBOR: before each stands a byte that tells its length.

    That byte may look like a letter in front of a number, so that such words are given without it, too. Words of
    letters and Chinese are told apart: what stands beside each other here is not what does on a page.
    """
    numbers = BREAK.join(word.decode() for word in _NUMBER.findall(data))
    chinese = data.translate(_NO_LETTERS).decode("utf-8", "ignore")
    return BREAK.join((numbers, _LENGTH.sub("", numbers), chinese))


def _members(data: bytes, depth: int) -> Iterator[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(one.file_size for one in archive.infolist()) > LIMIT:
                raise Unseen("zip too large")
            yield archive.comment.decode("utf-8", "replace")
            for one in archive.infolist():
                yield one.filename
                yield words_of(one.filename.lower(), archive.read(one), depth + 1)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError):
        raise Unseen("broken or locked zip") from None


def _unbrotli(data: bytes) -> bytes:
    try:
        import brotli  # type: ignore[import-untyped]  # an extra
    except ImportError:
        raise Unseen("brotli") from None
    try:
        return bytes(brotli.decompress(data))
    except brotli.error:
        raise Unseen("broken brotli") from None


def _text(data: bytes) -> str:
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        return data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        raise Unseen(_first(data)) from None


def _first(data: bytes) -> str:
    """Return what a file begins with, for somebody who must tell what it is."""
    return "PDF" if data.startswith(b"%PDF") else " ".join(f"{byte:02x}" for byte in data[:4])


def _values(text: str) -> Iterable[str]:
    """Return every key and value of JSON as text; the text itself where it is none."""
    try:
        return _leaves(json.loads(text, parse_int=str, parse_float=str, parse_constant=str))
    except (ValueError, RecursionError):
        return [plain(text)]


def _leaves(whole: Any) -> list[str]:
    """Return the texts in nested lists and mappings, and the keys."""
    found: list[str] = []
    waiting = [whole]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            found.append(one)
        elif isinstance(one, dict):
            found += one
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
    return found


def plain(text: str) -> str:
    """Return a text without the escapes of HTML, addresses and scripts."""
    if "&" in text:
        text = html.unescape(text)
    if "\\" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1] or found[2], 16)), text)
    return unquote(text) if "%" in text else text
