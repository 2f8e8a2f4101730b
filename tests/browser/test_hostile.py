"""Script in every field: a slice of `make campaign NAMES=xss`, with the control that shows what the watch notices."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser, expect

from generator.records import kinds
from tests.campaign import xss
from tests.forms import editing, write_forms
from tests.sites import BASE
from tests.xss import asking, fragments, payloads, sites, watch
from tests.xss.town import Filled

pytestmark = pytest.mark.browser

FEW = payloads.spread(0.06)
LIVE = ("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '"><svg onload=alert(1)>', "javascript:alert(1)",
        "<details open ontoggle=alert(1)>", "<p onmouseover=alert(1)>字</p>", "';alert(1)//\";alert(1)//", "alert(1)",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>", "[看](javascript:alert(1))", "' onfocus=alert(1) x='")
NOTICED = ("ran alert", "request http://evil.example", "attribute on", "attribute style", "address javascript",
           "tag in <iframe>", "script in", "unknown tag", "error ", "console ")


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Filled:
    """A town whose every text is a payload."""
    return sites.small(FEW, tmp_path_factory.mktemp("hostile") / "town")


@pytest.fixture(scope="module")
def release(town: Filled) -> Path:
    """The town as it is published."""
    return sites.built(town)


def test_payloads_are_many() -> None:
    """Thousands come from a package, thousands more are made of them, and no two are the same."""
    every = payloads.everything()
    assert len(payloads.packaged()) > 4_000 and len(every) > 11_000 and len(set(every)) == len(every)
    assert {*payloads.packaged(), *payloads.OWN, *payloads.ATTRIBUTES} <= set(every) and len(payloads.MUTATORS) > 60


def test_control_runs(browser: Browser) -> None:
    """Put into a page without care every one of these runs: what stays silent below is silent for a reason."""
    ran: set[int] = set()
    for _ in range(3):  # a busy machine may leave a page before its picture has failed to load
        with browser.new_context(proxy=watch.NOWHERE) as context:
            ran |= watch.live(context, LIVE)
        if len(ran) == len(LIVE):
            break
    assert ran == set(range(len(LIVE)))


def test_watch_notices(browser: Browser) -> None:
    """On a page that escapes nothing the watch that looks at all others sees scripts, requests, handlers, errors."""
    hostile = (*LIVE, '<a href="javascript:alert(1)">字</a>',
               '<img src="//evil.example/x.png">', "<x-y>", '<b style="color:red">', "<script>throw 1</script>")
    served = type("Hostile", (fragments.Fragments,), {"payloads": hostile})
    with watch.serving(served) as home, xss.visiting(browser, home) as (seen, page):
        seen.sweep(page, ["unescaped/0.html"])
    assert [start for start in NOTICED if not any(what.startswith(start) for what in seen.seen)] == []


def test_town_holds_payloads_everywhere(town: Filled) -> None:
    """Every kind that editors write takes payloads, in hundreds of fields."""
    written = {kind for kind, model in kinds().items() if model.by_hand}
    assert {name.partition(".")[0] for name in town.fields} >= written
    assert len(town.fields) > 400 and town.placed.total() > 2_500 and len(town.placed) > 400


def test_texts_are_clean(browser: Browser) -> None:
    """Whatever Markdown and the cleaner make of a payload, no policy in force, holds nothing that could run."""
    row = xss.texts(browser, FEW, frozenset(FEW))
    assert row.holds, row.told


def test_pages_run_nothing(browser: Browser, release: Path) -> None:
    """Pages full of payloads, no policy in force, looked at, touched and printed: nothing ran, nothing was asked."""
    pages = sites.pages(release)
    with watch.serving(watch.of_folder(watch.bare(), release)) as home, xss.visiting(browser, home) as (seen, page):
        seen.sweep(page, pages[::6])
    assert seen.pages > 30 and not seen.seen


def test_policy_is_never_offended(browser: Browser, release: Path) -> None:
    """Under the headers that servers send the same pages raise no complaint: markup that is refused has got through."""
    with watch.serving(watch.of_folder(watch.sending(), release)) as home, xss.visiting(browser, home) as (seen, page):
        seen.sweep(page, sites.pages(release)[2::18])
    assert seen.pages >= 10 and not seen.seen


def test_questions_run_nothing(browser: Browser, release: Path) -> None:
    """As `?q=`, as `#…`, typed into the searches and kept on the device a payload stays a text."""
    with watch.serving(watch.of_folder(watch.bare(), release)) as home, xss.visiting(browser, home) as (seen, page):
        assert asking.by_address(seen, page, LIVE[:3], set(sites.pages(release))) > 10
        assert asking.by_hand(seen, page, [*LIVE, *FEW[:150]]) > 200
        assert asking.on_device(seen, page, LIVE[:2]) == 2
    assert not seen.seen


def test_documents_run_nothing(browser: Browser, tmp_path: Path) -> None:
    """Papers, the preview of a rule, a difference and its comment on a forge, opened from disk."""
    row = xss.documents(browser, FEW, frozenset(FEW), tmp_path)
    assert row.holds, row.told


def test_forms_run_nothing(browser: Browser, tmp_path: Path) -> None:
    """A record full of payloads, in the lists of the forms at /admin/ and opened in one, no policy in force.

    With it the console tells of handlers in the documents in which Sveltia cleans a title, where none could run.
    """
    write_forms(tmp_path)
    cases = {f"cases/c{number}.yml": yaml.safe_dump({
        "title": one, "source": {"text": one}, "category": one, "place": one, "note": one, "reported": "2026-05-06",
        "description": f"{one}\n\n- {one}\n", "steps": [{"date": "2026-05-06", "action": one}],
    }) for number, one in enumerate(LIVE)}
    ran: list[str] = []
    with editing(browser, tmp_path, bare=True) as editor:
        editor.page.context.expose_binding("gongshiCanary", lambda source, what: ran.append(what))
        editor.page.add_init_script(watch.HOOKS)
        editor.open_folder({**BASE, **cases})
        editor.page.goto(f"{editor.address}admin/#/collections/case")
        expect(editor.page.get_by_text("';alert(1)//").first).to_be_visible()  # of others the list leaves out the tags
        for number in (0, 8):
            editor.open("case", f"c{number}")
            expect(editor.box("标题")).to_have_value(LIVE[number])
    assert ran == []
