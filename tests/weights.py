"""`python -m tests.weights`: what a slow phone takes for one page of each kind, against the limits; 1 if one is broken.

The repository's own site is built. Counted is the first view: the page and everything that it names itself, packed as
servers send it, each picture at its heaviest. What scripts take later, on being used, does not count.
"""

from __future__ import annotations

import gzip
import posixpath
import re
import sys
import tempfile
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from generator import build
from generator.cli import site_at, today
from generator.records import kinds
from tests.sites import ROOT, quiet

PAGE, VIEW, PICTURE = 14 * 1024, 150 * 1024, 60 * 1024
"""Limits in bytes: a record's page packed, a first view packed, one picture."""
TAGS = re.compile(r"<(link|script|img|source|iframe|video|audio|object|embed|input)\b[^>]*>")
PICTURE_ELEMENT = re.compile(r"(<picture\b.*?</picture>)", re.DOTALL)
ADDRESS = re.compile(r'\b(?:href|src|srcset|data|poster)="([^"]*)"')
LOADED = ("stylesheet", "icon")
PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".avif", ".svg", ".ico", ".gif")
FONTS = (".woff", ".woff2", ".ttf", ".otf", ".eot")
HOSTS = re.compile(r"^(?:[a-z]+:)?//|^[a-z]+:(?!//)", re.IGNORECASE)
CSS_ADDRESS = re.compile(r"""(?:url\(\s*['"]?|@import\s+['"])([^'")]+)""")
COMPUTED = ("index.html", "find/index.html", "boards/index.html", "boards/case-board.2026-Q3.example.html",
            "boards/house-list.example.html", "stars/house-stars.example.html", "lists/index.html", "claims/index.html",
            "disclosure/index.html", "notices/index.html", "badges/house-stars.demo-house-01.html", "search/index.html",
            "plots/index.html", "about.html", "method.html", "accessibility.html", "404.html")
"""Pages that no record makes, one of each make."""


class Weight(NamedTuple):
    """A page's first view, in bytes: the page plain and packed, then what it names, packed. faults: limits broken."""

    page: str
    plain: int
    html: int
    css: int
    js: int
    pictures: int
    requests: int
    faults: tuple[str, ...]

    @property
    def view(self) -> int:
        """Everything of the first view, packed."""
        return self.html + self.css + self.js + self.pictures


def weigh(site: Path, page: str) -> Weight:
    """Return what the first view of a page weighs. site: a release's folder."""
    data = (site / page).read_bytes()
    choices = {tuple(within(page, one) for one in some) for some in fetched(data.decode())}
    faults = [f"asks {one}" for some in fetched(data.decode()) for one in some if HOSTS.match(one)]
    sizes = dict.fromkeys(("css", "js", "pictures"), 0)
    for some in choices:
        there = {path: (site / path).read_bytes() for path in some if path}
        size, path = max(((packed(p, content), p) for p, content in there.items()), default=(0, ""))
        sizes[path.rpartition(".")[2] if path.endswith((".css", ".js")) else "pictures"] += size
        faults += [fault for p, content in sorted(there.items()) for fault in _faults_of(p, content)]
    weight = Weight(page, len(data), packed(page, data), **sizes, requests=1 + len(choices), faults=tuple(faults))
    return weight._replace(faults=(*faults, *_over(weight)))


def _faults_of(path: str, content: bytes) -> Iterator[str]:
    if path.endswith(PICTURES) and len(content) > PICTURE:
        yield f"{path} is over {PICTURE // 1024} KB"
    if path.endswith(".css"):
        for address in CSS_ADDRESS.findall(content.decode()):
            if not address.startswith(("data:", "#")) and (HOSTS.match(address) or address.endswith(FONTS)):
                yield f"{path} asks {address}"


def _over(weight: Weight) -> Iterator[str]:
    if weight.html > PAGE:
        yield f"the page is over {PAGE // 1024} KB"
    if weight.view > VIEW:
        yield f"the first view is over {VIEW // 1024} KB"


def fetched(html: str) -> Iterator[tuple[str, ...]]:
    """Yield the address of everything that a browser fetches to show a page; a choice of pictures together, as one."""
    for part in PICTURE_ELEMENT.split(html):
        named = [some for tag in TAGS.finditer(part) if _is_fetched(tag) and (some := _addresses(tag[0]))]
        if part.startswith("<picture"):
            yield tuple(chain.from_iterable(named))
        else:
            yield from map(tuple, named)


def _is_fetched(tag: re.Match[str]) -> bool:
    return tag[1] != "link" or any(f'{rel}"' in tag[0] for rel in LOADED)


def _addresses(tag: str) -> list[str]:
    return [part.split()[0] for found in ADDRESS.findall(tag) if not found.startswith("data:")
            for part in found.split(",") if part.strip()]


def within(page: str, address: str) -> str:
    """Return the file below the root that an address on a page names, empty for another host's."""
    path = unquote(address.partition("?")[0].partition("#")[0])
    if HOSTS.match(address) or not path:
        return ""
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(page), path)).lstrip("/")


def packed(path: str, data: bytes) -> int:
    """Return how many bytes are sent: pictures as they are, text packed."""
    return len(data) if path.endswith(PICTURES) and not path.endswith(".svg") else len(gzip.compress(data, 9, mtime=0))


def pages_of(site: Path) -> list[str]:
    """Return the heaviest page of each kind of record, each kind's list, and the pages that no record makes."""
    found = []
    for model in kinds().values():
        some = sorted((site / model.folder).glob("*.html"), key=lambda path: (-path.stat().st_size, path.name))
        records = [p for p in some if (ROOT / "content" / model.folder).is_dir() and not p.stem.startswith("index")]
        found += [path.relative_to(site).as_posix() for path in records[:1]]
        found += [f"{model.folder}/index.html"] if (site / model.folder / "index.html").is_file() else []
    return found + list(COMPUTED)


def table(weights: list[Weight]) -> str:
    """Return the weights as text."""
    lines = [f"{'page':<52}{'HTML':>7}{'gz':>7}{'CSS':>7}{'JS':>7}{'pict.':>7}{'view':>8}{'asked':>6}   KB"]
    for one in weights:
        sizes = "".join(f"{size / 1024:>7.1f}" for size in (one.plain, one.html, one.css, one.js, one.pictures))
        told = f"{one.page:<52}{sizes}{one.view / 1024:>8.1f}{one.requests:>6}   {'; '.join(one.faults)}"
        lines.append(told.rstrip())
    return "\n".join(lines)


def main() -> int:
    """Build the site, print the table, and return 1 where a limit is broken."""
    site = site_at(ROOT / "site_config.yml")
    with tempfile.TemporaryDirectory(prefix="gongshi-weights-") as work:
        release = build.build(site, Path(work) / "site", today(site, None), 2, quiet, "").folder
        weights = [weigh(release, page) for page in pages_of(release)]
    broken = [one for one in weights if one.faults]
    print(table(weights))
    print(f"\n{len(weights)} pages; heaviest page {max(w.html for w in weights) / 1024:.1f} KB packed (limit "
          f"{PAGE // 1024}), heaviest first view {max(w.view for w in weights) / 1024:.1f} KB (limit {VIEW // 1024})")
    print(f"{len(broken)} over a limit" if broken else "Every limit holds.")
    return bool(broken)


if __name__ == "__main__":
    sys.exit(main())
