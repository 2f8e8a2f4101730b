"""Views to pages: our own Jinja environment (autoescape on, undefined names refused), run in workers by batches."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from jinja2.runtime import Context as TemplateContext
from markupsafe import Markup

from generator.data import ENDED, Copy, Excepted, Written
from generator.digest import sha256
from generator.execute import at
from generator.records import kinds
from generator.records.base import Record, whens
from generator.records.fields import WORDS
from generator.records.forms import has_come
from generator.records.statements import Source
from generator.render.cells import (
    Blocks,
    Link,
    Painter,
    expires,
    inline,
    link,
    named,
    number,
    own,
    percent,
    quantity,
    unbroken,
    when,
    written,
)
from generator.render.compiled import Compiled
from generator.render.links import internal_links
from generator.render.photos import photos_of
from generator.render.plots_projects import course_of
from generator.render.shell import ALL, NOINDEX, Shell, files_below
from generator.render.targets import targets_of
from generator.render.titles import is_hidden, summary_of, title_of, with_site
from generator.render.traces import packed, reading
from generator.render.view import Context
from generator.written import write

BURIED = ("", "所针对的条目已不在榜")
"""What an appeal's page says once the entry that it was against has left its list."""
TAGS = re.compile(r"(<[^>]*>)")
TARGETS = "targets"
"""Under this name what a page leads to is marked, as if it were looked up in a table."""
Show = Callable[[Written, Sequence[bytes]], None]
"""Takes each page once it is written, in the pieces that a shell gives."""
PASSED_THROUGH = ("pages/moved.html", "pages/search.html")
"""Templates of pages that a search engine gains nothing from."""


@dataclass(frozen=True)
class Studio:
    """What every worker paints with: theme folders, the site's day, whether it has a feedback page, release, name.

    photos: the published copies of every photo, by its path below content/photos.
    """

    themes: tuple[Path, ...]
    as_of: date
    has_feedback: bool
    release: Path
    site: str
    photos: Mapping[str, tuple[Copy, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Page:
    """A page that is no record: where it goes, in which shell, by which template, with which values.

    `values` is called where the page is painted: a thousand lists need not be held at once.
    """

    path: str
    section: str
    title: str
    description: str
    template: str
    values: Callable[[], Mapping[str, Any]]


@dataclass(frozen=True)
class File:
    """A file beside the pages (data, a badge); `data` is called where it is written."""

    path: str
    data: Callable[[], bytes]


@dataclass(frozen=True)
class Painted:
    """What a batch left behind: the files written, every internal address that they link to, by page, what is hidden.

    hidden: the pages that search engines are asked not to keep. reads, targets: what was looked up for each file, and
    what it was seen to lead to, `packed`. clean: the files whose bytes hold nothing personal.
    """

    files: tuple[Written, ...]
    links: tuple[tuple[str, str], ...]
    hidden: tuple[str, ...] = ()
    reads: tuple[bytes, ...] = ()
    targets: tuple[bytes, ...] = ()
    clean: tuple[Written, ...] = ()


class _Context(TemplateContext):
    """Calls what a template calls at once: Jinja first asks every function whether it wants the context; none does."""

    def call(self, function: Callable[..., Any], /, *given: Any, _loop_vars: object = None, _block_vars: object = None,
             **named: Any) -> Any:
        return function(*given, **named)


class _Environment(Environment):
    """Jinja, with `escaped` for `escape` in templates: pages escape a hundred values each.

    What all templates know is one dictionary, instead of a chain that is walked through in Python for each page (3 µs).
    read: the digest of the templates' files as they were when it was made.
    """

    context_class = _Context
    read: str

    def make_globals(self, own: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return {**self.globals, **(own or {})}

    def _generate(self, *given: Any, **named: Any) -> str:
        return super()._generate(*given, **named) + "\nfrom generator.render.cells import escaped as escape\n"


@lru_cache(maxsize=4)
def environment(themes: tuple[Path, ...]) -> _Environment:
    """Return the Jinja environment of this process. Records are values here, never template source."""
    env = _Environment(loader=FileSystemLoader(themes), autoescape=True, undefined=StrictUndefined,
                       trim_blocks=True, lstrip_blocks=True, auto_reload=False,
                       bytecode_cache=Compiled())
    env.filters.update(number=number, percent=percent, when=when, quantity=quantity, link=link, named=named,
                       expires=expires, own=own, targets=targets_of, course=course_of, unbroken=unbroken, inline=inline,
                       word=WORDS.__getitem__)
    env.tests.update(come=has_come)
    env.read = _digest_of(themes)
    return env


@lru_cache(maxsize=200)
def template_for(themes: tuple[Path, ...], kind: str) -> Template:
    """Return the kind's own template, or the generic one."""
    return environment(themes).select_template([f"records/{kind}.html", "records/record.html"])


def forget_templates(themes: tuple[Path, ...]) -> None:
    """Make this process read the templates again where one has changed: compiling them takes 0.3 s, looking 2 ms."""
    if environment(themes).read != _digest_of(themes):
        environment.cache_clear()
        template_for.cache_clear()


def _digest_of(themes: tuple[Path, ...]) -> str:
    """Return the digest of all templates, by what they hold: a second edit within a tick changes no time of a file."""
    found = (f"{path}\0{sha256(path.read_bytes())}\n" for theme in themes for path in files_below(theme)
             if path.suffix == ".html")
    return sha256("".join(found).encode())


def paint_records(studio: Studio, shell: Shell, context_of: Callable[[str], Context],
                  records: Iterable[tuple[str, Record]],
                  told: Callable[[Context, Record, Blocks, str], None] | None = None,
                  excepted: Mapping[str, Sequence[Excepted]] = MappingProxyType({}),
                  show: Show = lambda written, pieces: None) -> Painted:
    """Write one page per record. records: with their keys; told: given each record's pieces and article.

    excepted: what the page alone shows, by key.

    The links of the batch's first page stand for its template's. References were resolved by `link`, and the links in
    texts are checked at their source: looking through every page again would find nothing, at 25 µs each.
    """
    files: list[Written] = []
    links: set[tuple[str, str]] = set()
    hidden, looked_up = [], []
    for key, record in records:
        with reading() as reads:
            context = context_of(key)
            at(context.row.path)
            blocks, body = record_article(studio, context, record)
            if told:
                told(context, record, blocks, body)
        row = context.row
        body = with_excepted(body, excepted.get(row.key, ()))
        title = with_site(title_of(row, record.upshot(studio.as_of)), studio.site)
        page = shell.filled(title, summary_of(row, record), row.url, body, NOINDEX if is_hidden(row) else ALL)
        files.append(write(studio.release, row.url, b"".join(page)))
        show(files[-1], page)
        looked_up.append(packed(reads))
        hidden += [row.url] if is_hidden(row) else []
        if len(files) == 1:
            links = internal_links(body, row.url)
    seen = (_targets(links), *(b"",) * (len(files) - 1)) if files else ()
    return Painted(tuple(files), _once(links), tuple(hidden), tuple(looked_up), seen)


def _targets(links: Iterable[tuple[str, str]]) -> bytes:
    return packed({(TARGETS, target) for target, _ in links})


def with_excepted(article: str, some: Sequence[Excepted]) -> str:
    """Return an article that shows what only it may show, each until its day; nothing is put into a tag."""
    for one in some:
        shown = Markup('<span{} data-expires-as="{}">{}</span>').format(expires(one.until), ENDED, one.value)
        article = "".join(part if part.startswith("<") else part.replace(one.mark, shown)
                          for part in TAGS.split(article))
    return article


def record_article(studio: Studio, context: Context, record: Record) -> tuple[Blocks, str]:
    """Return a record's pieces and its page's article; a tombstone's tells nothing but when and why it went."""
    painter = Painter(context.links, "../")
    blocks = painter.blocks(record)
    template = template_for(studio.themes, context.row.kind)
    common = {"record": record, "row": context.row, "view": context, "as_of": studio.as_of, "handled": (),
              "label": kinds()[context.row.kind].label, "has_feedback": studio.has_feedback,
              "tombstone": record.tombstone(studio.as_of) or (BURIED if context.row.withdrawn else None)}
    opened = {} if common["tombstone"] else _opened(studio, context, record, painter, blocks)
    return blocks, template.render(common | opened)


def _opened(studio: Studio, context: Context, record: Record, painter: Painter, blocks: Blocks) -> dict[str, Any]:
    """Return a record's values as HTML, for a template to place."""
    def document(source: Source) -> Link | None:
        return painter.links[f"document/{source.document}"] if source.document else None

    return {
        "facts": blocks.facts, "sections": blocks.sections, "paint": painter,
        "description": blocks.description,
        "grounds": sorted({w.ground for w in whens(record, planned=True) if w.ground}),
        "note": written(record.note, "../") if record.note else None,
        "photos": photos_of(context.row.kind, record.images, studio.photos, "../"),
        "sources": [(document(s), s) for s in record.source],
        "differing": [(document(d.source), d) for d in record.differing]}


def paint_pages(studio: Studio, shells: Mapping[str, Shell], pages: Sequence[Page | File],
                show: Show = lambda written, pieces: None,
                is_record: Callable[[str], bool] = lambda address: False) -> Painted:
    """Write lists, places, boards and the home page, and the files beside them.

    is_record: whether there is a record of an address. Links to these are not noted: each has its page, and where one
    is named, its row was looked up or is among the page's values.
    """
    files, links, hidden, looked_up, seen = [], set(), [], [], []

    def links_of(html: str, path: str) -> set[tuple[str, str]]:
        return {link for link in internal_links(html, path) if not is_record(link[0])}

    for page in pages:
        at(page.path)
        own: set[tuple[str, str]] = set()
        pieces: list[bytes] = []
        if isinstance(page, File):
            with reading() as reads:
                data = page.data()
            if page.path.endswith(".html"):
                own = links_of(data.decode(), page.path)
                hidden.append(page.path)  # it only leads on
        else:
            with reading() as reads:
                values = page.values()
                body = environment(studio.themes).get_template(page.template).render(
                    values, root="../" * page.path.count("/"), as_of=studio.as_of, title=page.title)
            own = links_of(body, page.path)
            robots = NOINDEX if _is_hidden(page, values) else ALL
            hidden += [page.path] if robots == NOINDEX else []
            pieces = shells[page.section].filled(with_site(page.title, studio.site), page.description, page.path, body,
                                                 robots)
            data = b"".join(pieces)
        files.append(write(studio.release, page.path, data))
        if pieces:
            show(files[-1], pieces)
        looked_up.append(packed(reads))
        links |= own
        seen.append(_targets(own))
    return Painted(tuple(files), _once(links), tuple(hidden), tuple(looked_up), tuple(seen))


def _is_hidden(page: Page, values: Mapping[str, Any]) -> bool:
    """Whether search engines are asked not to keep a page that is no record: made up, or of no use to them."""
    return page.template in PASSED_THROUGH or ".example" in page.path or bool(values.get("illustrative"))


def _once(links: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return links as (target, page), each target with the first page that holds it."""
    return tuple({target: page for target, page in sorted(links, reverse=True)}.items())
