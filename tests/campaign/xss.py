"""Script in every field, in a real browser: nothing runs, no other host is asked, no policy is offended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.chromium import find
from tests.browser.conftest import ARGS
from tests.campaign import Row, some
from tests.test_conformance import example_files
from tests.xss import asking, fragments, payloads, sites, watch
from tests.xss.town import Filled

WHOLE = 0.5
"""From this share on, the repository's own town is filled; below it, the town of every kind's example."""


def run(share: float) -> Iterable[Row]:
    """Yield the control, which must run; then texts, fields, addresses and documents, in which nothing may."""
    chosen = payloads.spread(share)
    path = find()
    if path is None:
        yield Row("XSS", len(chosen), 0, 0, "no Chromium here, so nothing was tried: python tests/browser/chromium.py")
        return
    with (sync_playwright() as playwright, playwright.chromium.launch(executable_path=path, args=ARGS) as browser,
          TemporaryDirectory() as folder):
        yield from rows(browser, chosen, Path(folder), share)


def rows(browser: Browser, chosen: tuple[str, ...], folder: Path, share: float) -> Iterator[Row]:
    """Yield the rows of some payloads."""
    with browser.new_context(proxy=watch.NOWHERE) as context:
        live = frozenset(chosen[number] for number in watch.live(context, chosen))
    packaged = frozenset(payloads.packaged())
    yield Row("XSS: control", len(chosen), len(live), len(live),
              f"put into a page without care or policy, which must run: {len(live)} did, {len(live & packaged)} of "
              f"them as packaged; {len(packaged.intersection(chosen))} payloads are from a package, the others mutants")
    yield texts(browser, chosen, live)
    town = sites.large(chosen, folder / "town") if share >= WHOLE else sites.small(chosen, folder / "town")
    yield from fields(browser, town, live, share)
    yield documents(browser, chosen, live, folder)


@contextmanager
def visiting(browser: Browser, home: str, own: tuple[str, ...] = ()) -> Iterator[tuple[watch.Watch, Page]]:
    """Give a watched page of the browser."""
    with browser.new_context(proxy=watch.NOWHERE) as context:
        seen = watch.Watch(home, own=own)
        yield seen, seen.on_context(context)


def told(seen: watch.Watch, what: str) -> str:
    """Return what was asked, and the first thing that went wrong."""
    return what + (f"; SEEN {len(seen.seen)}, first: {min(seen.seen)}" if seen.seen else "")


def texts(browser: Browser, chosen: tuple[str, ...], live: frozenset[str]) -> Row:
    """Put every payload through Markdown and the cleaner alone, in the ways of records and of prose pages."""
    ways = [way for way in fragments.WAYS if way != "unescaped"]
    served = type("Chosen", (fragments.Fragments,), {"payloads": chosen})
    with watch.serving(served) as home, visiting(browser, home) as (seen, page):
        seen.sweep(page, (path for way in ways for path in fragments.pages(way, len(chosen))))
    fired = len(live) * len(ways)
    return Row("XSS: Markdown, cleaner", len(chosen) * len(ways), fired, fired - len(seen.seen),
               told(seen, f"{len(chosen):,} payloads in {len(ways)} ways, no policy: nothing that could run"))


def fields(browser: Browser, town: Filled, live: frozenset[str], share: float) -> Iterator[Row]:
    """Visit every page of a town full of payloads: without a policy, with the servers', from disk; and ask it."""
    release = sites.built(town)
    pages, fired = sites.pages(release), sum(many for one, many in town.placed.items() if one in live)
    with (watch.serving(watch.of_folder(watch.bare(), release)) as home, visiting(browser, home) as (seen, page)):
        seen.sweep(page, pages)
    yield Row("XSS: fields, no policy", town.placed.total(), fired, fired - len(seen.seen), told(
        seen, f"{len(town.placed):,} payloads in {len(town.fields)} fields, {town.refused:,} refused; {len(pages)} "
        "pages read, touched and printed: nothing ran, was asked or would offend the policy"))
    few = pages[::5]
    with (watch.serving(watch.of_folder(watch.sending(), release)) as home, visiting(browser, home) as (seen, page)):
        seen.sweep(page, few)
    yield Row("XSS: fields, policy", len(few), len(few), len(few) - len(seen.seen),
              told(seen, "pages under the headers that servers send: no violation, no error"))
    disk = [path for path in pages if path != "404.html" and not watch.LEADS_ON.match(path)][::25]
    with visiting(browser, release.as_uri() + "/") as (seen, page):
        seen.sweep(page, disk)
    yield Row("XSS: fields, from disk", len(disk), len(disk), len(disk) - len(seen.seen),
              told(seen, "pages opened as files, with the policy that they carry"))
    yield asked(browser, release, live, share)


def asked(browser: Browser, release: Path, live: frozenset[str], share: float) -> Row:
    """Bring payloads along in addresses, boxes and on the device."""
    some_live = sorted(live)
    few = some_live[::max(1, len(some_live) // some(share, 300, 5))]
    there = set(sites.pages(release))
    with (watch.serving(watch.of_folder(watch.bare(), release)) as home, visiting(browser, home) as (seen, page)):
        tried = asking.by_address(seen, page, few, there) + asking.by_hand(seen, page, some_live)
        tried += asking.on_device(seen, page, few[:20])
        results = asking.found(seen, page, "alert")
    return Row("XSS: ?q=, #, boxes, device", tried, tried, tried - len(seen.seen), told(
        seen, f"live payloads in addresses, typed into searches, kept on the device; {results} payloads as results"))


def documents(browser: Browser, chosen: tuple[str, ...], live: frozenset[str], folder: Path) -> Row:
    """Open what commands write for editors: notices, the preview of a rule, a difference."""
    town = sites.small(chosen, folder / "small")
    (folder / "out").mkdir()
    made = sites.documents(town, folder / "out", "the-example", "volunteer-points", example_files())
    with visiting(browser, folder.as_uri() + "/", ("tag in <style>",)) as (seen, page):
        seen.sweep(page, [path.relative_to(folder).as_posix() for path in made])
    fired = sum(many for one, many in town.placed.items() if one in live)
    return Row("XSS: papers, what-if, diff", town.placed.total(), fired, fired - len(seen.seen),
               told(seen, f"{len(made)} documents opened from disk"))
