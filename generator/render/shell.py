"""MkDocs with Material builds the shells: the prose pages, and one empty page per section that records go into.

In: the site, its theme and prose. Out: the prose pages as files, and a `Shell` per section. MkDocs never sees a
record: rendering one page through it costs 6 ms, splicing one into a shell 0.02 ms (measured).
"""

from __future__ import annotations

import logging
import os
import re
import secrets
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from generator import policy
from generator.config import Section, Site
from generator.data import COMPUTED
from generator.digest import sha256
from generator.problem import ContentError, Place, Problem
from generator.records import kinds
from generator.reference import pages as fields
from generator.render.assets import write_assets
from generator.render.cells import escaped
from generator.render.english import english, in_english
from generator.render.foot import foot
from generator.render.manuals import FOLDER as MANUALS
from generator.render.manuals import reachable, take_manuals
from generator.render.text import clean

SLOTS = ("title", "description", "address", "robots", "version", "body")
ALL, NOINDEX = "all", "noindex"
STUB = "gs-stub"
HOME = "."
NOT_PAGES = ("admin", "node_modules", "__pycache__")
"""What a theme holds besides: its forms, and what comes of making them."""
ARTICLE = 'id="main">'
ZONE = "Asia/Shanghai"
"""The zone that scripts reckon in where a page names no other."""
LEFT_OUT = re.compile(rf"(?:.*/)?{STUB}\.html|sitemap\.xml(?:\.gz)?|assets/javascripts/|assets/images/favicon\.png$|"
                      r"assets/stylesheets/(?!main\..*css$)")


@dataclass(frozen=True)
class Shell:
    """A built page cut at its slots: literal bytes and slot names in turn, a literal first and last."""

    pieces: tuple[bytes, ...]
    slots: tuple[str, ...]

    def filled(self, title: str, description: str, address: str, body: str, robots: str = ALL) -> list[bytes]:
        """Return the page in pieces, every second one a slot. `body` is HTML; the others are text, escaped here.

        robots: ALL, or NOINDEX for what no search engine may keep. The version on paper is that of the body.
        """
        article = body.encode()
        values = {"title": escaped(title).encode(), "description": escaped(description).encode(),
                  "address": escaped(address).encode(), "robots": robots.encode(),
                  "version": version_of(article).encode(), "body": article}
        parts = [self.pieces[0]]
        for slot, piece in zip(self.slots, self.pieces[1:], strict=True):
            parts += (values[slot], piece)
        return parts


@dataclass(frozen=True)
class Shells:
    """Every section's shell, and the files that MkDocs made: the prose pages and the assets."""

    of: Mapping[str, Shell]
    files: Mapping[str, bytes]


def files_below(theme: Path) -> Iterator[Path]:
    """Yield every file of a folder that pages may be made of, in order: hidden ones and a theme's forms are not.

    Links are followed, as Jinja follows them, but into no folder that the way there has led through.
    """
    for below, folders, names in os.walk(theme, followlinks=True):
        hidden = NOT_PAGES if below == str(theme) else ()
        folders[:] = sorted(name for name in folders if name not in hidden and not name.startswith(".")
                            and not _leads_back(Path(below, name)))
        shown = (Path(below, name) for name in sorted(names) if not name.startswith("."))
        yield from (path for path in shown if path.is_file())


def _leads_back(folder: Path) -> bool:
    """Whether a folder is a link to one that it lies in: whoever goes down there never comes to an end."""
    return folder.is_symlink() and folder.parent.resolve().is_relative_to(folder.resolve())


def make_shells(site: Site, prose: Sequence[str], work: Path, as_of: date) -> Shells:
    """Return the shells of a site; builds with MkDocs inside `work`, which must be empty or absent.

    prose: paths of the sound files below content/pages; MkDocs sees no others.

    Raises: ContentError where MkDocs refuses the settings or a page.
    """
    docs, theme, built = work / "docs", work / "theme", work / "built"
    tokens = {slot: f"gs{secrets.token_hex(12)}" for slot in SLOTS}
    for folder in reversed(site.themes):
        if (folder / "material").is_dir():
            shutil.copytree(folder / "material", theme, dirs_exist_ok=True)
    for path in prose:
        (docs / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(site.content / "pages" / path, docs / path)
    manual = take_manuals(site.manuals, docs, _fields(site)) if site.manuals else {}
    made = {"en.js": english(site.themes, in_english(prose))} if "en" in site.settings.languages else {}
    assets = write_assets(site.themes, docs / "assets", made)
    for name in sections():
        stub = docs / ("" if name == HOME else name) / f"{STUB}.md"
        stub.parent.mkdir(parents=True, exist_ok=True)
        stub.write_text(stub_text(name, tokens), encoding="utf-8")
    _mkdocs(site, work, {"docs_dir": str(docs), "site_dir": str(built), "theme": _theme(theme),
                         "extra": {"gongshi": _extra(site, assets) | {"day": as_of.isoformat(),
                                                                      "english": in_english(prose) if made else [],
                                                                      "foot": foot(site, prose, as_of),
                                                                      "manual": manual}}})
    shells = {name: cut(_stub(built, name).read_bytes(), tokens, name) for name in sections()}
    return Shells(shells, {path: _cleaned(path, (built / path).read_bytes()) for path in _files(built)})


def _cleaned(path: str, data: bytes) -> bytes:
    """Return a file of MkDocs as it may be published."""
    is_prose = path.endswith(".html") and path != "404.html"  # the theme's own: its links begin at the host
    return clean_page(data.decode(), path).encode() if is_prose else data


def clean_page(html: str, path: str) -> str:
    """Return a prose page whose article holds no script and asks no other host, whatever its source says."""
    before, article, after = parted(html)
    safe = clean(article, "../" * path.count("/"))
    return before + (reachable(safe) if path.startswith(f"{MANUALS}/") else safe) + after


def parted(html: str) -> tuple[str, str, str]:
    """Return a prose page as what stands before its article, the article's inside, and what stands behind."""
    before, start, rest = html.partition(ARTICLE)
    article, end, after = rest.rpartition("</article>")
    return before + start, article, end + after


def stub_text(section: str, tokens: Mapping[str, str]) -> str:
    """Return the source of a page that is nothing but slots."""
    meta = {"section": section, **{f"gs_{slot}": token for slot, token in tokens.items()}}
    return f"---\n{yaml.safe_dump(meta)}---\n"


def sections() -> tuple[str, ...]:
    """Return the sections that have a shell: home, every folder of computed pages, every kind's folder."""
    return (HOME, *COMPUTED, *(model.folder for model in kinds().values()))


def cut(page: bytes, tokens: Mapping[str, str], section: str) -> Shell:
    """Return a stub cut at its tokens. Raises: RuntimeError unless each stands there the expected number of times."""
    names = {token.encode(): slot for slot, token in tokens.items()}
    parts = re.split(b"(" + b"|".join(names) + b")", page)
    slots = tuple(names[token] for token in parts[1::2])
    counts = {slot: slots.count(slot) for slot in SLOTS}
    if counts["body"] != 1 or counts["robots"] != 1 or not counts["title"] or not counts["description"]:
        raise RuntimeError(f"the theme's shell for {section} holds its slots {counts} times")
    return Shell(tuple(parts[0::2]), slots)


def version_of(article: bytes) -> str:
    """Return the few characters by which an article on paper is told from what it says today."""
    return sha256(article)[:8]


def _theme(custom: Path) -> dict[str, Any]:
    custom.mkdir(exist_ok=True)
    return {"name": "material", "custom_dir": str(custom), "language": "zh", "font": False, "features": [],
            "palette": {"scheme": "default", "primary": "custom"}}


def _extra(site: Site, assets: Mapping[str, str]) -> dict[str, Any]:
    """Return what the overrides of the theme read: plain values only."""
    settings = site.settings
    return {"identity": settings.identity.model_dump(exclude_none=True), "assets": dict(assets),
            "navigation": navigation(site), "material": _material_css(), "address": settings.address or "",
            "policy": policy.in_page(),
            "zone": "" if settings.timezone == ZONE else settings.timezone}


def _material_css() -> str:
    """Return the name of Material's stylesheet, which carries a digest that changes with its version."""
    import material  # type: ignore[import-untyped]

    folder = Path(material.__file__).parent / "templates" / "assets" / "stylesheets"
    return next(p.name for p in sorted(folder.glob("main.*.min.css")))


def navigation(site: Site) -> list[tuple[str, list[dict[str, str]]]]:
    """Return the groups of the navigation, each with its entries (title, address, section); "" is the header's own.

    Every kind there is, if none are set.
    """
    present = [Section(kind=k) for k, m in kinds().items() if (site.content / m.folder).is_dir()]
    found: dict[str, list[dict[str, str]]] = {"": []}
    for section in site.settings.sections or present:
        found.setdefault(section.group or "", []).append(_entry(section))
    return list(found.items())  # a list, as MkDocs sorts mappings


def _entry(section: Section) -> dict[str, str]:
    if section.kind:
        model = kinds()[section.kind]
        return {"title": section.title or model.label, "url": f"{model.folder}/index.html", "section": model.folder}
    if section.page in COMPUTED:
        return {"title": section.title or COMPUTED[section.page], "url": f"{section.page}/index.html",
                "section": section.page}
    page = str(section.page).removesuffix(".md")
    return {"title": section.title or page, "url": f"{page}.html", "section": f"page:{page}"}


def _fields(site: Site) -> dict[str, str]:
    """Return the manual's pages on every field, with links into the editor of the site's own forge."""
    told = fields.pages(site.settings.repository, site.settings.content)
    return {f"{fields.FOLDER}/{path}": text for path, text in told.items()}


def _mkdocs(site: Site, work: Path, ours: Mapping[str, Any]) -> None:
    """Run MkDocs over the stubs and the prose. Raises: ContentError where it refuses."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    given = site.settings.mkdocs
    place = Place("site_config.yml", keys=("mkdocs",))
    extra = {**given.get("extra", {}), **ours["extra"]}
    settings = {**given, **ours, "extra": extra, "site_name": site.settings.identity.name,
                "site_url": site.settings.address or "", "use_directory_urls": False, "plugins": [],
                "validation": {"links": {"not_found": "ignore", "absolute_links": "ignore",
                                         "unrecognized_links": "ignore"}, "nav": {"omitted_files": "ignore"}}}
    written = work / "mkdocs.yml"
    written.write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
    said = _Said()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(said)
    try:
        build(load_config(str(written)))
    except MkDocsException as error:
        raise ContentError([Problem("mkdocs-refused", place, {"reason": said.text() or str(error)})]) from None
    except OSError:  # the disk's fault, and no setting's
        raise
    except Exception as error:  # an extension stumbles over its settings, or over a page
        reason = said.text() or f"{type(error).__name__}: {error}"
        raise ContentError([Problem("mkdocs-refused", place, {"reason": reason[:200]})]) from error
    finally:
        logger.removeHandler(said)
    if said.lines:
        raise ContentError([Problem("mkdocs-refused", place, {"reason": said.text()})])


class _Said(logging.Handler):
    """Keeps what MkDocs warns of: a warning is a fault of the content."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(" ".join(record.getMessage().split()))

    def text(self) -> str:
        return "; ".join(self.lines)


def _stub(built: Path, name: str) -> Path:
    return built / ("" if name == HOME else name) / f"{STUB}.html"


def _files(built: Path) -> Iterable[str]:
    """Yield the files that belong to the release: prose pages, their files, our assets, Material's stylesheet."""
    for folder, below, names in os.walk(built):
        below.sort()
        for name in sorted(names):
            path = Path(folder, name).relative_to(built).as_posix()
            if not LEFT_OUT.match(path):
                yield path
