"""Plots as they are seen: inside the page, words large enough and apart, the table readable on a phone."""

import pytest
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

MEASURE = """() => {
    document.querySelectorAll("details").forEach(fold => { fold.open = true; });
    const found = {small: [], outside: [], meeting: [], faint: [], wide: document.documentElement.scrollWidth};
    document.querySelectorAll(".gs-plot__svg").forEach(svg => {
        const scale = svg.getScreenCTM().a;
        svg.querySelectorAll("text").forEach(text => {
            const box = text.getBoundingClientRect(), size = parseFloat(getComputedStyle(text).fontSize) * scale;
            if (size < 13.5) found.small.push([text.textContent, size]);
            if (box.left < 0 || box.right > innerWidth) found.outside.push([text.textContent, box.left, box.right]);
        });
        svg.querySelectorAll("g.x").forEach(axis => {
            const boxes = [...axis.querySelectorAll("text")].map(text => text.getBoundingClientRect());
            boxes.slice(1).forEach((box, at) => {
                if (box.left < boxes[at].right) found.meeting.push(svg.textContent);
            });
        });
        svg.querySelectorAll("rect").forEach(rect => {
            if (getComputedStyle(rect).fill === "rgb(0, 0, 0)") found.faint.push(rect.outerHTML);
        });
    });
    return found;
}"""


@pytest.mark.parametrize("mode", ["", "elder"])
@pytest.mark.parametrize("width", [320, 360, 768, 1280])
@pytest.mark.parametrize("path", ["plots/index.example.html", "projects/demo-project-roof.html"])
def test_plots_fit_and_can_be_read(browser: Browser, address: str, width: int, path: str, mode: str) -> None:
    """At every width all words lie inside the page, are 13.5 px or larger, and no two below an axis meet."""
    with browser.new_context(viewport={"width": width, "height": 800}, locale="zh-CN") as context:
        page = context.new_page()
        page.goto(address + path)
        page.evaluate("mode => document.documentElement.setAttribute('data-mode', mode)", mode)
        found = page.evaluate(MEASURE)
        assert page.locator(".gs-plot__svg").count() > 0
        assert found == {"small": [], "outside": [], "meeting": [], "faint": [], "wide": width}
