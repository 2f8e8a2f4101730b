"""Pages on paper: A4, black on white, nothing small, nothing to press; and photos, on the screen and there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

RECORD, LIST, BOARD = "cases/demo-case-01.html", "cases/index.example.html", "boards/volunteer-points.2026.example.html"
A4 = (595, 842)
MARGIN = 56
SMALL = """() => {
  const found = [], words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const at = words.currentNode.parentElement, box = at.getBoundingClientRect();
    const size = parseFloat(getComputedStyle(at).fontSize);
    const hidden = !box.width || getComputedStyle(at).clipPath !== "none";
    if (words.currentNode.data.trim() && !hidden && !at.closest("svg") && size < 15.9)
      found.push(at.tagName + "." + at.className + " " + size);
  }
  return found.slice(0, 5);
}"""

Print = Callable[..., pypdfium2.PdfDocument]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A reader's page on a phone, by night, in 大字: paper knows nothing of that."""
    with browser.new_context(viewport={"width": 360, "height": 800}, color_scheme="dark") as context:
        yield context.new_page()


@pytest.fixture
def paper(page: Page, address: str, tmp_path: Path) -> Iterator[Print]:
    """Open a page of the site and print it."""
    made: list[pypdfium2.PdfDocument] = []

    def print_(path: str) -> pypdfium2.PdfDocument:
        page.goto(address + path)
        modes = "[['theme', 'dark'], ['mode', 'elder']]"
        page.evaluate(f"for (const [k, v] of {modes}) document.documentElement.dataset[k] = v")
        page.pdf(path=tmp_path / "paper.pdf", prefer_css_page_size=True, print_background=True)
        made.append(pypdfium2.PdfDocument(tmp_path / "paper.pdf"))
        return made[-1]

    yield print_
    for document in made:
        document.close()


def told(document: pypdfium2.PdfDocument) -> list[str]:
    """Return the text of each sheet, without spaces."""
    return ["".join(sheet.get_textpage().get_text_range().split()) for sheet in document]


@pytest.mark.parametrize(("path", "title", "most"), [
    (RECORD, "银杏苑3栋2单元下水道堵塞", 2), (LIST, "办件（示例）", 6), (BOARD, "志愿服务积分榜", 4)],
    ids=["record", "list", "board"])
def test_page_prints_black_on_white(paper: Print, page: Page, path: str, title: str, most: int) -> None:
    """On A4 with two centimetres around: name of the site, address and day first, then the page; no dark ground."""
    document = paper(path)
    assert all(abs(a - b) < 1 for a, b in zip(document[0].get_size(), A4, strict=True))
    assert len(document) <= most
    first, *_ = sheets = told(document)
    assert all(word in first for word in ("社区公示", f"/{path}", "打印于20", title))
    tools = ("栏目", "深色", "浅色", "一页", "下载数据", "首页")
    assert not [word for word in tools for sheet in sheets if word in sheet]
    assert all(f"第{number}页，共{len(document)}页" in sheet for number, sheet in enumerate(sheets, 1))
    for sheet in document:
        image = sheet.render(scale=1).to_pil().convert("L")
        width, height = image.size
        for box in ((0, 0, width, MARGIN - 2), (0, 0, MARGIN - 2, height), (width - MARGIN + 2, 0, width, height)):
            assert image.crop(box).getextrema() == (255, 255)
        assert image.resize((1, 1)).getpixel((0, 0)) > 190


@pytest.mark.parametrize("path", [RECORD, LIST, BOARD, "areas/demo-house-15.html", "projects/demo-project-lamps.html",
                                  "meetings/demo-yinxing-b3-2026-04.html", "funds/demo-yinxing-b3.html", "index.html"])
def test_nothing_on_paper_is_small(page: Page, address: str, path: str) -> None:
    """No word is under 12 pt, whatever it was on the screen."""
    page.goto(address + path)
    page.emulate_media(media="print")
    assert page.evaluate(SMALL) == []


def test_heads_stand_on_every_sheet(paper: Print) -> None:
    """A list is a table on paper, though it was cards on the phone, and every sheet says what its columns are."""
    sheets = told(paper(LIST))
    assert len(sheets) > 2 and all("办理级别" in sheet for sheet in sheets[:-1])


def test_photos_print_within_half_a_sheet(paper: Print) -> None:
    """Before and after stand side by side on one sheet, each at most half as high as it."""
    [first, *_] = paper(RECORD)
    photos = [thing.get_bounds() for thing in first.get_objects(filter=[3])]
    assert len(photos) == 2
    (_, _, right, _), (other, *_) = photos
    assert right <= other and all(top - bottom <= A4[1] / 2 for _, bottom, _, top in photos)


@pytest.mark.parametrize("width", [360, 1280])
def test_before_stands_beside_after(browser: Browser, address: str, width: int) -> None:
    """Side by side, on a phone one above the other; light, without a jump, each with words for who can't see it."""
    with browser.new_context(viewport={"width": width, "height": 800}, device_scale_factor=3) as context:
        page = context.new_page()
        weights: dict[str, int] = {}
        page.on("response", lambda got: weights.update({got.url: len(got.body())}) if "/photos/" in got.url else None)
        page.goto(address + "projects/demo-project-lamps.html", wait_until="networkidle")
        pair = page.locator(".gs-pair figure")
        expect(pair).to_have_count(2)
        before, after = (pair.nth(index).bounding_box() or {} for index in (0, 1))
        assert before["y"] == after["y"] and before["x"] < after["x"] if width > 700 else before["y"] < after["y"]
        for image in page.locator(".gs-photos img").all():
            image.scroll_into_view_if_needed()
            asked = image.evaluate("i => [i.width / i.height, i.getAttribute('width') / i.getAttribute('height')]")
            assert asked[0] == pytest.approx(asked[1], 0.01) and len(image.get_attribute("alt") or "") > 8
        assert weights and all(url.endswith(".avif") for url in weights) and max(weights.values()) <= 60_000
