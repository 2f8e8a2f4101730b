"""Every kind of page, looked at by axe: on a phone and a desk, in light, dark, elder mode and on paper."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page

from tests.browser.conftest import wearing
from tests.browser.pages import ALL, ELSEWHERE, Gallery
from tests.sites import ROOT

pytestmark = pytest.mark.browser

CONTRAST = ["color-contrast-enhanced"]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
         "rules": {CONTRAST[0]: {"enabled": True}}}
MODES = {
    "360 light": (360, "light", RULES), "360 dark": (360, "dark", CONTRAST), "360 elder": (360, "elder", [
        *CONTRAST, "target-size"]),
    "1280 elder dark": (1280, "elder dark", CONTRAST), "1280 light": (1280, "light", [*CONTRAST, "target-size"]),
    "print": (720, "print", CONTRAST)}
"""Mode -> width, what the page wears, rules. All rules once; then only those that width and colours can break."""


@pytest.fixture(scope="module")
def reader(browser: Browser) -> Iterator[Page]:
    """One visitor who opens page after page, with axe in every one."""
    with browser.new_context(viewport={"width": 360, "height": 800}, locale="zh-CN") as context:
        context.add_init_script(AXE_SCRIPT)
        yield context.new_page()


@pytest.mark.parametrize("name", ALL)
def test_page_is_accessible(reader: Page, address: str, gallery: Gallery, name: str) -> None:
    """No violation of WCAG 2.2 AA, contrast as AAA asks, in any mode."""
    reader.set_viewport_size({"width": 360, "height": 800})
    reader.goto(address + gallery.path(name))
    faults = []
    for mode, (width, worn, rules) in MODES.items():
        reader.set_viewport_size({"width": width, "height": 800})
        with wearing(reader, worn):
            faults += [f"{mode}: {fault}" for fault in violations(reader, rules)]
    assert not faults, "\n".join([reader.url, *faults])


def violations(page: Page, rules: object) -> list[str]:
    """Return each rule that is broken, where, and what axe says about the first place."""
    return page.evaluate("""rules => axe.run({...rules, resultTypes: ["violations"]}).then(found =>
        found.violations.map(v => v.id + " at " + v.nodes.slice(0, 3).map(n => n.target.join(" ")).join(" and ") +
                                  ": " + v.nodes[0].failureSummary.split("\\n").slice(1, 2).join("").trim()))""",
                         rules if isinstance(rules, dict) else {"runOnly": {"type": "rule", "values": rules}})


def test_no_template_is_forgotten(gallery: Gallery) -> None:
    """Every template of the theme paints a page that is looked at, or says why it cannot."""
    painted = {page.template for page in gallery.painted}
    assert {f"{name}.html" for name in ELSEWHERE} & painted == set()
    there = {f"pages/{p.name}" for p in (ROOT / "theme/pages").glob("*.html")}
    assert painted | {f"{name}.html" for name in ELSEWHERE} == there
    looked_at = {gallery.path(name).partition("?")[0] for name in ALL}
    assert {page.template for page in gallery.painted if page.path in looked_at} == painted
    assert all((gallery.release / path).is_file() for path in looked_at)
