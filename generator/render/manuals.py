"""The manuals: Markdown and pictures below docs/, which a site may carry at manual/.

In: the folder. Out: its pages ready for MkDocs, pictures under names that carry their digest and with their sizes, and
for each page what stands around it. The contents pages (`index.md`) alone say in which order pages are read.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any

from generator.digest import sha256

FOLDER = "manual"
INDEX = "index.md"
PICTURES = (".webp", ".png")
_PICTURE = re.compile(r"^!\[([^\]]*)\]\(([^)\s]+)\)$", re.MULTILINE)
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s:#]+\.md)(?:#[^)\s]*)?\)")
_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)
_WIDE = re.compile(r"<(pre|table)>")
_CODE = re.compile(r"^(```|~~~).*?^\1[ \t]*$", re.MULTILINE | re.DOTALL)


def take_manuals(manuals: Path, docs: Path, anew: Mapping[str, str] | None = None) -> dict[str, dict[str, Any]]:
    """Write the manuals into MkDocs's folder, and return what stands around each page, by its path there.

    Around a page stand `above`, `previous` and `next`: titles and addresses, as plain values.
    anew: texts that take the place of files, as a site of its own tells them.
    """
    texts = {path.relative_to(manuals).as_posix(): path.read_text(encoding="utf-8")
             for path in sorted(manuals.rglob("*.md"))} | dict(anew or {})
    pictures = {path.relative_to(manuals).as_posix(): path for path in sorted(manuals.rglob("*"))
                if path.suffix in PICTURES}
    names = {path: _named(path, file) for path, file in pictures.items()}
    for path, file in pictures.items():
        _write(docs / FOLDER / names[path], file.read_bytes())
    for path, text in texts.items():
        _write(docs / FOLDER / path, _with_pictures(text, path, pictures, names).encode())
    return around(texts)


def around(texts: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Return, for each page that the contents lead to, the pages above it and those before and behind it."""
    order = list(dict.fromkeys(_reading_order(INDEX, texts)))
    beside = zip(order, [None, *order], [*order[1:], None], strict=False)
    return {f"{FOLDER}/{path}": {"above": [_entry(one, texts) for one in _above(path) if one in texts],
                                 "previous": _entry(before, texts), "next": _entry(behind, texts)}
            for path, before, behind in beside}


def links_of(path: str, text: str) -> list[str]:
    """Return the manual's own pages that a page links, as paths, in the order in which they stand."""
    return [posixpath.normpath(posixpath.join(posixpath.dirname(path), link))
            for link in _LINK.findall(_CODE.sub("", text))]


def reachable(html: str) -> str:
    """Return a page whose blocks that may be wider than a phone can be scrolled by keys, too."""
    return _WIDE.sub(r'<\1 tabindex="0">', html)


def title_of(text: str) -> str:
    """Return a page's title: its first heading."""
    found = _TITLE.search(text)
    return found[1].strip() if found else ""


def _reading_order(index: str, texts: Mapping[str, str]) -> Iterator[str]:
    """Yield a contents page and what it lists, a contents page further below with all of its own."""
    yield index
    for path in links_of(index, texts.get(index, "")):
        if path in texts and path.startswith(posixpath.dirname(index)) and path != index:
            yield from _reading_order(path, texts) if posixpath.basename(path) == INDEX else (path,)


def _above(path: str) -> list[str]:
    """Return the contents pages that a page stands below, the first of all first."""
    folders = path.split("/")[:-1] if not path.endswith(f"/{INDEX}") else path.split("/")[:-2]
    above = ["/".join([*folders[:depth], INDEX]) for depth in range(len(folders) + 1)]
    return [] if path == INDEX else above


def _entry(path: str | None, texts: Mapping[str, str]) -> dict[str, str] | None:
    if path is None:
        return None
    return {"title": title_of(texts[path]), "url": f"{FOLDER}/{path.removesuffix('.md')}.html",
            "lang": "en" if path.startswith("en/") else "zh"}


def _named(path: str, file: Path) -> str:
    stem, _, ending = path.rpartition(".")
    return f"{stem}.{sha256(file.read_bytes())[:8]}.{ending}"


def _with_pictures(text: str, path: str, pictures: Mapping[str, Path], names: Mapping[str, str]) -> str:
    """Return a page's text whose pictures have their sizes and the names that they are published under.

    Each stands on a line of its own, and opens by itself: on a phone a sheet is too small to be read.
    """
    from PIL import Image  # 20 ms, and shells are seldom made anew

    folder = posixpath.dirname(path)

    def picture(found: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(folder, found[2]))
        if target not in pictures:
            return found[0]
        with Image.open(pictures[target]) as opened:
            width, height = opened.size
        address = posixpath.relpath(names[target], folder or ".")
        return (f'<p class="gs-screen"><a href="{address}"><img src="{address}" alt="{escape(found[1])}" '
                f'width="{width}" height="{height}" loading="lazy"></a></p>')

    return _PICTURE.sub(picture, text)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
